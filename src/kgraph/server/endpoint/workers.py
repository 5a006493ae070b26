"""Queries run in processes that can be killed: pyoxigraph cannot stop a query itself.

A `Pool` keeps a few processes, each with the store open for reading. A query that
takes too long, or whose client has gone, costs its process, and a fresh one takes
its place. Answers come back in chunks, so that a long one never stands in memory
whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import multiprocessing as mp
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox

from kgraph.server.endpoint.limits import count, limited

CHUNK = 1 << 16
BEGINNING = 60.0
"""Seconds that a process may take to begin."""
CUT = " cut"
"""Stands behind the media type of an answer that was cut at its row limit."""


@dataclass(slots=True)
class Question:
    """One query as the protocol gives it. Dataset None: the union of all graphs."""

    text: str
    results: str = "application/sparql-results+json"  # media type for SELECT and ASK
    rdf: str = "text/turtle"  # media type for CONSTRUCT and DESCRIBE
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    prefixes: tuple[tuple[str, str], ...] = ()
    base: str | None = None
    row_limit: int | None = None
    timeout: float | None = None  # seconds; None: the pool's


class Failed(Exception):
    """A query that did not come to an answer. `status` is the HTTP status that fits."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Sink(io.RawIOBase):
    """A file that sends what is written to it through a pipe, in chunks."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        if len(self._held) >= CHUNK:
            self._send()
        return len(data)

    def _send(self) -> None:
        if self._held:
            self._pipe.send_bytes(b"d" + bytes(self._held))
            self._held.clear()

    def close(self) -> None:
        if not self.closed:
            self._send()
        super().close()


def evaluate(store: ox.Store, question: Question, output: Any) -> str:
    """Write the answer to `output`; returns the media type written, with `CUT` behind it
    where there would have been more than `row_limit` rows or triples.

    Raises SyntaxError for a query that cannot be parsed and RuntimeError for one
    that cannot be evaluated.
    """
    if question.row_limit is not None:
        return _evaluate_limited(store, question, question.row_limit, output)
    return _write(_asked(store, question), question, output)


def _asked(store: ox.Store, question: Question) -> Any:
    text = question.text
    prefixes = needed(text, question.prefixes)
    base = question.base if "<" in text else None  # what needs one has an IRI in brackets
    if question.default_graphs is None and question.named_graphs is None:
        return store.query(text, prefixes=prefixes, base_iri=base, use_default_graph_as_union=True)
    return store.query(
        text,
        prefixes=prefixes,
        base_iri=base,
        default_graph=[ox.NamedNode(g) for g in question.default_graphs or ()],
        named_graphs=[ox.NamedNode(g) for g in question.named_graphs or ()],
    )


def needed(text: str, prefixes: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Those of some prefixes that may stand in a query: the store reads each that it is given."""
    if text.count(":") <= text.count("://"):
        return {}
    return {name: namespace for name, namespace in prefixes if f"{name}:" in text}


def _write(answer: Any, question: Question, output: Any) -> str:
    if isinstance(answer, ox.QueryTriples):
        rdf = ox.RdfFormat.from_media_type(question.rdf) or ox.RdfFormat.TURTLE
        ox.serialize(answer, output, rdf, prefixes=dict(question.prefixes))
        return rdf.media_type
    results, written = results_of(question.results)
    if isinstance(answer, ox.QueryBoolean):
        output.write(written[1] if answer else written[0])
        return written[2]
    answer.serialize(output, results)
    return results.media_type


def _evaluate_limited(store: ox.Store, question: Question, most: int, output: Any) -> str:
    """The same with at most so many rows or triples; the answer is held until it is whole."""
    asked = limited(question.text, most)
    try:
        answer = _asked(store, replace(question, text=asked.text) if asked else question)
    except SyntaxError:
        _asked(store, question)  # tells where the fault is in the text as it was given
        raise
    if isinstance(answer, ox.QueryTriples):
        rdf = ox.RdfFormat.from_media_type(question.rdf) or ox.RdfFormat.TURTLE
        triples = iter(_asked(store, question))  # a limit in the text would count solutions
        first = list(islice(triples, most))
        ox.serialize(first, output, rdf, prefixes=dict(question.prefixes))
        return rdf.media_type + (CUT if next(triples, None) is not None else "")
    if asked is None or isinstance(answer, ox.QueryBoolean):
        return _write(answer, question, output)
    body = io.BytesIO()
    media_type = _write(answer, question, body)
    output.write(body.getvalue())
    if count(body.getvalue(), media_type) < most:
        return media_type
    more = _asked(store, replace(question, text=asked.next_row))
    return media_type + (CUT if next(more, None) is not None else "")


@lru_cache(100)
def results_of(media_type: str) -> tuple[ox.QueryResultsFormat, tuple[bytes, bytes, str]]:
    """A format, and "no" and "yes" in it with the media type that they have."""
    found = ox.QueryResultsFormat.from_media_type(media_type) or ox.QueryResultsFormat.JSON
    if found in (ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV):
        # no serialisation of a boolean is defined for these
        return found, (b"false", b"true", "text/plain")
    no, yes = (
        ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON).serialize(format=found)
        for text in (b'{"head":{},"boolean":false}', b'{"head":{},"boolean":true}')
    )
    assert no is not None
    assert yes is not None
    return found, (no, yes, found.media_type)


def _work(path: str, pipe: Connection) -> None:
    """What a worker process does: answer questions until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store = ox.Store.read_only(path)
    with contextlib.suppress(OSError):
        pipe.send_bytes(b"r")
    while True:
        try:
            question: Question = pipe.recv()
        except (EOFError, OSError):
            return
        sink = _Sink(pipe)
        try:
            media_type = evaluate(store, question, sink)
            sink.close()
            pipe.send_bytes(b"e" + media_type.encode())
        except SyntaxError as error:
            pipe.send_bytes(b"s" + str(error).encode())
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as error:  # the store's errors are of several kinds
            pipe.send_bytes(b"f" + f"{type(error).__name__}: {error}".encode())


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    generation: str
    fresh: bool = True  # it has not yet said that it is ready


class Asked:
    """What answers questions: a pool of processes, this process, or those of a fleet."""

    timeout: float

    def start(self) -> None:
        """Begin what answers."""

    def stop(self) -> None:
        """End what answers."""

    def stream(self, question: Question) -> AsyncIterator[tuple[str, bytes]]:
        """("data", chunk) pairs and at the end ("end", media type)."""
        raise NotImplementedError

    async def ask(self, question: Question) -> tuple[str, list[bytes]]:
        """Media type and chunks of the answer, read to its end."""
        chunks: list[bytes] = []
        media_type = ""
        async for kind, data in self.stream(question):
            if kind == "data":
                chunks.append(data)
            else:
                media_type = data.decode()
        return media_type, chunks


class Pool(Asked):
    """`size` processes over the store in the folder that `folder()` names now.

    When `folder()` names another one (a new build), idle workers are replaced
    before they are used again, so that no answer mixes two builds.
    """

    def __init__(self, folder: Callable[[], str], size: int = 2, timeout: float = 30.0) -> None:
        self._folder = folder
        self._size = max(1, size)
        self.timeout = timeout
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[int] = set()
        self._context = mp.get_context("spawn")

    def start(self) -> None:
        for _ in range(self._size):
            self._idle.put_nowait(self._begin())

    def _begin(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        folder = self._folder()
        process = self._context.Process(target=_work, args=(folder, theirs), daemon=True)
        process.start()
        theirs.close()
        self._all.add(process.pid or 0)
        return _Worker(process, ours, folder)

    def _end(self, worker: _Worker) -> None:
        with contextlib.suppress(OSError):
            worker.pipe.close()
        if worker.process.pid in self._all:
            self._all.discard(worker.process.pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.process.pid, signal.SIGKILL)
            worker.process.join(timeout=1)

    def stop(self) -> None:
        while not self._idle.empty():
            self._end(self._idle.get_nowait())
        for pid in list(self._all):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._all.clear()

    async def stream(self, question: Question) -> AsyncIterator[tuple[str, bytes]]:
        """("data", chunk) pairs and at the end ("end", media type).

        Raises `Failed`: 400 for a syntax error, 500 for a failed evaluation, 503
        when the time is over. A caller that stops reading costs the worker.
        """
        worker = await self._idle.get()
        if worker.generation != self._folder() or not worker.process.is_alive():
            self._end(worker)
            worker = self._begin()
        clean = given_back = False
        loop = asyncio.get_running_loop()
        seconds = question.timeout or self.timeout
        try:
            if worker.fresh:  # its beginning is not the query's time
                await self._receive(worker.pipe, BEGINNING)
                worker.fresh = False
            deadline = loop.time() + seconds
            worker.pipe.send(question)
            while True:
                message = await self._receive(worker.pipe, deadline - loop.time())
                kind, data = message[:1], message[1:]
                if kind == b"d":
                    yield "data", data
                elif kind == b"e":
                    clean = True
                    self._idle.put_nowait(worker)
                    given_back = True
                    yield "end", data
                    return
                else:
                    clean = True
                    raise Failed(400 if kind == b"s" else 500, data.decode("utf-8", "replace"))
        except TimeoutError:
            raise Failed(503, f"the query took longer than {seconds:g} seconds") from None
        except (EOFError, OSError) as error:
            raise Failed(500, f"the query ended its process ({error})") from None
        finally:
            if not clean:
                self._end(worker)
                worker = self._begin()
            if not given_back:
                self._idle.put_nowait(worker)

    async def _receive(self, pipe: Connection, seconds: float) -> bytes:
        if not pipe.poll():
            loop = asyncio.get_running_loop()
            ready = loop.create_future()
            loop.add_reader(pipe.fileno(), _set, ready)
            try:
                await asyncio.wait_for(ready, max(seconds, 0.0))
            finally:
                loop.remove_reader(pipe.fileno())
                os.set_blocking(pipe.fileno(), True)  # uvloop's add_reader makes it non-blocking
        return pipe.recv_bytes()


class LocalPool(Asked):
    """The same for a store that this process may write to: queries run in threads here.

    `store` gives the store that answers now. Such a query sees every update at once; it
    cannot be stopped when its time is over, only its client is told.
    """

    def __init__(self, store: Callable[[], ox.Store], timeout: float = 30.0) -> None:
        self.store = store
        self.timeout = timeout

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        self.store().flush()

    async def stream(self, question: Question) -> AsyncIterator[tuple[str, bytes]]:
        """As `Pool.stream`, the answer in one chunk."""
        output = io.BytesIO()

        def told() -> str | Exception:
            try:
                return evaluate(self.store(), question, output)
            except Exception as error:
                # without its frames, since the store's iterators must end in this thread
                return error.with_traceback(None)

        seconds = question.timeout or self.timeout
        try:
            media_type = await asyncio.wait_for(asyncio.to_thread(told), seconds)
            if isinstance(media_type, Exception):
                raise media_type
        except TimeoutError:
            raise Failed(503, f"the query took longer than {seconds:g} seconds") from None
        except SyntaxError as error:
            raise Failed(400, str(error)) from None
        except (ValueError, RuntimeError, OSError) as error:
            raise Failed(500, str(error)) from None
        if output.tell():
            yield "data", output.getvalue()
        yield "end", media_type.encode()


def _set(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


def media_types(representations: Sequence[Any]) -> list[str]:
    """All media types of some representations, for 406 answers and descriptions."""
    return [r.media_type for r in representations]
