"""What takes long is made once for a build, for large stores by a process of its own.

::

    server      begins  ──▶  python -m kgraph.server.preparing HOME GENERATION NAME ...
    server      reads   ◀──  a line with each name that is ready; the end, when all is over

What is made stands beside the generation (the search index, the figures of VoID, the
exchanges of letters and their number, the rows of lists, the explorer's data and pictures of the whole) or beside the store (the history). Where it cannot be written there,
the server makes it for itself when it is asked for it. The process gives way to others
(nice 10). For a small store a thread does the same within seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import __version__
from kgraph.report import KgraphError
from kgraph.server.publication import Edition, Publication

AT_ONCE = ("exchanges", "tallies", "search", "statistics", "lists", "network")
"""Made as soon as a build is served; the history waits for the first harvester."""
LARGE = 1_000_000
"""Quads from which on a process of its own does the work."""
PATIENCE = 10.0
"""Seconds that a visitor waits before being told to come again."""
LATER = 20
"""Seconds after which to come again."""
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class _Work:
    """A process, and what it has made."""

    done: dict[str, asyncio.Event]
    process: asyncio.subprocess.Process | None = None
    task: asyncio.Task[None] | None = None


@dataclass
class Preparation:
    """The processes of a server that make things ready. Before `begin` nothing is waited for."""

    publication: Publication
    _loop: asyncio.AbstractEventLoop | None = None
    _works: dict[tuple[str, str], _Work] = field(default_factory=dict)

    def begin(self) -> None:
        """Have what the first visitors need made, from within the server's event loop."""
        self._loop = asyncio.get_running_loop()
        edition = self.publication.now()
        if large(edition):
            if missing := tuple(name for name in AT_ONCE if not made(edition, name)):
                self._ask(edition, missing)
        else:
            threading.Thread(target=self._make_here, args=(edition,), daemon=True).start()

    def _make_here(self, edition: Edition) -> None:
        for name in AT_ONCE:
            if name == "network":  # drawn when it is first asked for
                continue
            with contextlib.suppress(KgraphError, OSError, RuntimeError):
                make(self.publication, edition, name)

    async def end(self) -> None:
        """End the processes that are still at work."""
        self._loop = None
        for work in {id(w): w for w in self._works.values()}.values():
            if work.task is None or work.task.done():
                continue
            if work.process is None:
                work.task.cancel()
            else:
                with contextlib.suppress(ProcessLookupError):
                    work.process.terminate()
                _, running = await asyncio.wait({work.task}, timeout=1)
                if running:  # in the store's own code, which hears no signal
                    with contextlib.suppress(ProcessLookupError):
                        work.process.kill()
            await asyncio.wait({work.task})
        self._works.clear()

    async def ready(self, name: str, patience: float = PATIENCE) -> bool:
        """Whether `name` can be had now or after a short wait, for the edition that answers."""
        if asyncio.get_running_loop() is not self._loop:
            return True
        edition = self.publication.now()
        if not large(edition) or made(edition, name):
            return True
        if (edition.generation, name) not in self._works:
            self._ask(edition, (name,))
        try:
            await asyncio.wait_for(
                self._works[edition.generation, name].done[name].wait(), patience
            )
        except TimeoutError:
            return False
        return True

    def waited(
        self, name: str, handler: Handler, concerns: Callable[[Request], bool] = lambda _: True
    ) -> Handler:
        """`handler`, answering 503 as long as `name` is being made; requests that `concerns`
        does not hold of are not kept waiting."""

        async def waiting(request: Request) -> Response:
            if concerns(request) and not await self.ready(name):
                words = "this is being made ready for a new build; come again soon\n"
                headers = {"Retry-After": str(LATER), "Cache-Control": "no-store"}
                return PlainTextResponse(words, 503, headers)
            return await handler(request)

        return waiting

    def _ask(self, edition: Edition, names: tuple[str, ...]) -> None:
        work = _Work({name: asyncio.Event() for name in names})
        for name in names:
            self._works[edition.generation, name] = work
        work.task = asyncio.get_running_loop().create_task(self._follow(work, edition, names))

    async def _follow(self, work: _Work, edition: Edition, names: tuple[str, ...]) -> None:
        command = ("-P", "-m", __name__, str(self.publication.home), edition.generation, *names)
        try:
            work.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
            assert work.process.stdout is not None
            while line := await work.process.stdout.readline():
                if (name := line.decode().strip()) in work.done:
                    work.done[name].set()
            assert work.process.stdin is not None
            work.process.stdin.close()
            await work.process.wait()
        except OSError:
            pass
        finally:
            for event in work.done.values():
                event.set()


def large(edition: Edition) -> bool:
    """Whether what is made once takes so long that nobody may wait for it."""
    return edition.as_built and edition.store.manifest.quads >= LARGE


LAST = {
    "exchanges": "exchanges-1.sqlite",
    "tallies": "tallies-1.sqlite",
    "search": "search-3",
    "statistics": f"statistics-{__version__}.json",
    "lists": "pages-1.json",
    "network": f"matrix-{__version__}.svg",
    "history": "oai-1.sqlite",
}
"""What is written last of each, beside the generation."""


def made(edition: Edition, name: str) -> bool:
    """Whether a thing is ready."""
    return (edition.beside / LAST[name]).exists()


def make(publication: Publication, edition: Edition, name: str) -> None:
    """Make one thing ready where it is not yet."""
    if name == "search":
        from kgraph.server.pages.finding import Index

        Index.of(edition)
    elif name == "exchanges":
        from kgraph.server.pages.exchanges import write

        write(edition)
    elif name == "tallies":
        from kgraph.server.pages import tallies

        tallies.write(edition)
    elif name == "statistics":
        from kgraph.server.catalogue import statistics

        statistics(edition)
    elif name == "lists":
        from kgraph.server.catalogue import pages
        from kgraph.server.pages.home import gathered
        from kgraph.server.pages.lists import LISTINGS, rows_of
        from kgraph.server.pages.pictures import has_ego, has_place

        for listed in LISTINGS:
            rows_of(edition, listed)
        gathered(edition)
        pages(edition)
        has_ego(edition, "")
        has_place(edition, "")
    elif name == "network":
        from kgraph.server.pages.explorer import network_json
        from kgraph.server.pages.pictures import draw_all

        network_json(edition)
        draw_all(edition)
    elif name == "history":
        from kgraph.server.harvest.history import History
        from kgraph.server.harvest.oai_lists import Lists

        Lists.of(History(publication), edition)
    else:
        raise ValueError(name)


def main(home: Path, generation: str, names: list[str]) -> None:
    """Make `names` ready for a generation, one after the other, saying so on stdout. Ends
    when stdin does: with it went the server."""

    def ended(*_: object) -> None:
        sys.exit(1)

    def orphaned() -> None:
        while os.read(0, 1):  # not sys.stdin, which this thread would hold when the process ends
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the server decides
    threading.Thread(target=orphaned, daemon=True).start()
    os.nice(10)
    publication = Publication(home)
    edition = publication.now()
    if edition.generation != generation:
        return
    for name in names:
        with contextlib.suppress(KgraphError, OSError):
            make(publication, edition, name)
        print(name, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
