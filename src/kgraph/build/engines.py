"""Where the steps of a build run: in this process, in several, or on a Spark cluster.

A step takes its input from files and leaves its outcome in files under a key
(`kgraph.build.segments`), so an engine hands over arguments and waits: nothing else
travels. To add an engine, write a class with the methods of `Engine` and name it in
`engine`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, Literal, Protocol, get_args

from kgraph.build import segments
from kgraph.build.segments import Step
from kgraph.report import KgraphError

Name = Literal["local", "spark"]
ALONE_BELOW = 4_000_000
"""Bytes to convert below which starting further processes does not pay."""


class Engine(Protocol):
    """Runs a step once for each task."""

    def run(self, step: Step, tasks: Sequence[tuple[Any, ...]]) -> Iterator[None]:
        """Yields once for every task that is done. What a step raises is raised here."""

    def close(self) -> None:
        """Give back processes or cluster."""


def engine(name: str, jobs: int, sources: int, size: int) -> Engine:
    """The engine called `name` for `sources` sources of `size` bytes together.

    Raises `KgraphError` for another name, and where what the engine needs is missing.
    """
    if name not in get_args(Name):
        raise KgraphError(
            f"there is no engine {name!r}", hint=f"one of {', '.join(get_args(Name))}"
        )
    if name == "spark":
        return Spark(jobs)
    if jobs > 1 and sources > 1 and size > ALONE_BELOW:
        return Processes(jobs)
    return Alone()


class Alone:
    """One task after the other in this process."""

    def run(self, step: Step, tasks: Sequence[tuple[Any, ...]]) -> Iterator[None]:
        for task in tasks:
            step(*task)
            yield

    def close(self) -> None:
        """Nothing to give back."""


class Processes:
    """Processes of this machine, which end when this one does."""

    def __init__(self, jobs: int) -> None:
        self._pool = ProcessPoolExecutor(
            jobs,
            mp_context=get_context("forkserver"),
            initializer=segments.start_worker,
            initargs=(os.getpid(),),
        )

    def run(self, step: Step, tasks: Sequence[tuple[Any, ...]]) -> Iterator[None]:
        if len(tasks) < 2:
            yield from Alone().run(step, tasks)
            return
        for future in as_completed([self._pool.submit(step, *task) for task in tasks]):
            future.result()
            yield

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


class Spark:
    """A Spark cluster (extra ``kgraph[spark]``, and Java 17 or newer), a task a source.

    The master is that of the environment's ``SPARK_MASTER`` or of ``spark-submit``, else
    `jobs` threads here. Sources and store must lie in folders that every worker sees at
    the same path, and the workers' Python (``PYSPARK_PYTHON``) must have this kgraph.
    """

    def __init__(self, jobs: int) -> None:
        try:
            from pyspark import SparkConf, SparkContext
        except ImportError:
            raise KgraphError(
                "the engine spark needs pyspark", hint="pip install 'kgraph[spark]'"
            ) from None
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        conf = SparkConf().setAppName("kgraph build")
        conf.setIfMissing("spark.master", os.environ.get("SPARK_MASTER", f"local[{jobs}]"))
        if str(conf.get("spark.master")).startswith("local"):  # nobody outside is to connect
            conf.setIfMissing("spark.driver.host", "localhost")
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1")
        conf.setIfMissing("spark.ui.enabled", "false")
        conf.setIfMissing("spark.ui.showConsoleProgress", "false")
        conf.setIfMissing("spark.log.level", "ERROR")
        try:
            self._context = SparkContext.getOrCreate(conf)
        except Exception as error:  # of several kinds: no Java, no master
            raise KgraphError(
                f"Spark does not start: {error}",
                hint="it needs Java 17 or newer, and a master that answers (SPARK_MASTER)",
            ) from error

    def run(self, step: Step, tasks: Sequence[tuple[Any, ...]]) -> Iterator[None]:
        if not tasks:
            return
        spread = self._context.parallelize([(step, task) for task in tasks], len(tasks))
        told = 0
        with ThreadPoolExecutor(1) as aside:
            outcome = aside.submit(lambda: spread.map(_perform).collect())
            while not outcome.done():
                time.sleep(0.05)
                for _ in range(told, self._done()):
                    told += 1
                    yield None
            outcome.result()
        yield from (None for _ in range(told, len(tasks)))

    def _done(self) -> int:
        tracker = self._context.statusTracker()
        known = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return sum(stage.numCompletedTasks for stage in known if stage)

    def close(self) -> None:
        self._context.stop()


def _perform(task: tuple[Step, tuple[Any, ...]]) -> None:
    step, arguments = task
    step(*arguments)
