"""Reading in several processes: a file each, in order, and none of them can hang the rest."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from kgraph.model import Item
from kgraph.report import Finding, KgraphError, Report
from kgraph.sources import guard, spool

AHEAD = 4
"""Files a process that may be read before their turn (their items wait on the disk)."""
GRACE = 2.0
"""A process that overruns the time limit of its file this many times is killed."""


def in_processes(paths: Sequence[Path], report: Report, jobs: int) -> Iterator[tuple[Path, Item]]:
    """Items of `paths` with the path they come from, in the order of `paths`."""
    place = Path(tempfile.mkdtemp(prefix="kgraph-read-"))
    pool = _Pool(paths, place, min(jobs, max(1, len(paths))))
    try:
        for number, path in enumerate(paths):
            pool.work_until(number)
            kept = place / str(number)
            for value in spool.read(kept) if kept.exists() else ():
                if isinstance(value, Finding):
                    report.extend([value])
                else:
                    yield path, value
            report.extend(pool.lost.get(number, []))
            kept.unlink(missing_ok=True)
    finally:
        pool.close()
        shutil.rmtree(place, ignore_errors=True)


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int | None = None
    until: float = 0.0
    ready: bool = False  # it has begun to listen


class _Pool:
    def __init__(self, paths: Sequence[Path], place: Path, jobs: int) -> None:
        self.paths = paths
        self.place = place
        self.waiting = list(range(len(paths)))
        self.done: set[int] = set()
        self.lost: dict[int, list[Finding]] = {}
        self.ahead = jobs * AHEAD
        self.context = get_context("spawn")
        self.workers = [self._start() for _ in range(jobs)]

    def _start(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.place), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def work_until(self, number: int) -> None:
        """Return when file `number` has been read, or given up."""
        while number not in self.done:
            for worker in self.workers:
                if worker.number is None and self.waiting and self.waiting[0] < number + self.ahead:
                    self._give(worker, self.waiting.pop(0))
            busy = [worker for worker in self.workers if worker.number is not None]
            soonest = min(worker.until for worker in busy) - time.monotonic()
            ready = wait([worker.pipe for worker in busy], timeout=max(0.0, soonest))
            for worker in busy:
                if worker.pipe in ready:
                    self._take(worker)
                elif time.monotonic() > worker.until:
                    self._lose(worker, "time-limit", "reading hung, and was ended")

    def _give(self, worker: _Worker, number: int) -> None:
        path = self.paths[number]
        size = path.stat().st_size if path.is_file() else 50e6
        worker.number = number
        worker.until = time.monotonic() + 30 + GRACE * guard.SECONDS * (1 + size / 10e6)
        try:
            worker.pipe.send((number, path))
        except OSError:
            self._lose(worker, "process-lost", "the reading process ended before it began")

    def _take(self, worker: _Worker) -> None:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            if not worker.ready:
                raise KgraphError(
                    "processes for reading cannot be started",
                    hint="read with one job; a script that reads with several must do so under "
                    "if __name__ == '__main__'",
                ) from None
            self._lose(worker, "process-lost", "the reading process died; what it read was kept")
            return
        worker.ready = True
        if answer is None:
            return
        assert worker.number is not None
        self.done.add(worker.number)
        worker.number = None

    def _lose(self, worker: _Worker, code: str, message: str) -> None:
        assert worker.number is not None
        finding = Finding(code=code, where=str(self.paths[worker.number]), message=message,
                          hint="split the file, or report it")  # fmt: skip
        self.lost.setdefault(worker.number, []).append(finding)
        self.done.add(worker.number)
        worker.process.kill()
        worker.process.join(5)
        worker.pipe.close()
        self.workers[self.workers.index(worker)] = self._start()

    def close(self) -> None:
        for worker in self.workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in self.workers:
            worker.process.join(5)


def _serve(pipe: Connection, place: Path) -> None:
    """The life of a reading process: a path in, a file of items and findings out."""
    from kgraph.sources import intake

    pipe.send(None)
    while True:
        try:
            number, path = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        report = Report()
        told = 0
        with (place / str(number)).open("wb") as out:
            for item in intake.read(path, report):
                for finding in report.findings[told:]:
                    spool.write(out, finding)
                told = len(report.findings)
                spool.write(out, item)
            for finding in report.findings[told:]:
                spool.write(out, finding)
        pipe.send(number)
