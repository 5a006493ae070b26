"""The processes of a server that only reads: one port, one site, several that answer queries.

::

    parent      binds the port, begins the others, replaces those that end
    queries     accept connections and answer /sparql on the spot (`kgraph.server.fleet.turns`)
    site        gets every connection whose request is for another address

A connection moves with its socket to the process that answers its request
(`kgraph.server.fleet.passing`); nothing is copied through. A query that cannot be stopped
costs its process, and never the site.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from kgraph.report import KgraphError
from kgraph.server.application import Settings

READY, REPLACE = b"r", b"x"
PATIENCE = 30.0
"""Seconds that a process may take to begin."""


def possible() -> bool:
    """Whether this system has what the processes need (Linux has)."""
    return hasattr(select, "epoll") and hasattr(socket, "SOCK_SEQPACKET") and hasattr(os, "fork")


@dataclass
class Fleet:
    """The server that `settings` describe, at `listener`."""

    settings: Settings
    listener: socket.socket
    _site: int = 0
    _queries: set[int] = field(default_factory=set)
    _leaving: set[int] = field(default_factory=set)
    _over: bool = False

    def __post_init__(self) -> None:
        from kgraph.server.fleet.passing import channel

        self._to_site = channel()
        self._to_queries = channel()
        self._said, self._say = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._life, self._held = os.pipe()  # its end is seen by the children when we are gone

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until SIGINT or SIGTERM. `ready` is called when every process has begun.

        Raises `KgraphError` where a process ends before it has begun.
        """
        most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most[1], most[1]))
        before = {s: signal.signal(s, self._end) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._site = self._fork(self._run_site)
            for _ in range(max(1, self.settings.workers)):
                self._queries.add(self._fork(self._run_queries))
            self._await_beginning()
            if not self._over:
                ready()
            self._supervise()
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, *_: object) -> None:
        self._over = True

    def _await_beginning(self) -> None:
        waiting = 1 + len(self._queries)
        until = time.monotonic() + PATIENCE
        while waiting and not self._over:
            message = self._hear(0.1)
            if message[:1] == READY:
                waiting -= 1
            if self._ended() or time.monotonic() > until:
                self._stop()
                raise KgraphError("the server could not begin", hint="what stands above says why")

    def _supervise(self) -> None:
        last: list[float] = []
        while not self._over:
            message = self._hear(0.5)
            if message[:1] == REPLACE:
                number = int(message[1:])
                if number in self._queries:
                    self._queries.discard(number)
                    self._leaving.add(number)
                    self._queries.add(self._fork(self._run_queries))
            for number in self._ended():
                if number in self._leaving:
                    self._leaving.discard(number)
                    continue
                last = [at for at in last if at > time.monotonic() - 60] + [time.monotonic()]
                if len(last) > 20:
                    raise KgraphError("the server's processes keep ending")
                if number == self._site:
                    self._site = self._fork(self._run_site)
                elif number in self._queries:
                    self._queries.discard(number)
                    self._queries.add(self._fork(self._run_queries))

    def _hear(self, seconds: float) -> bytes:
        try:
            if select.select([self._said], [], [], seconds)[0]:
                return self._said.recv(64)
        except InterruptedError:
            pass
        return b""

    def _ended(self) -> list[int]:
        ended: list[int] = []
        while True:
            try:
                number, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if not number:
                return ended
            ended.append(number)

    def _stop(self) -> None:
        self._over = True
        numbers = {self._site, *self._queries, *self._leaving} - {0}
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)
        until = time.monotonic() + 5
        while numbers and time.monotonic() < until:
            numbers -= set(self._ended())
            time.sleep(0.02)
        for number in numbers:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(number, signal.SIGKILL)
                os.waitpid(number, 0)
        self._site, self._queries, self._leaving = 0, set(), set()

    # in the children

    def _fork(self, work: Callable[[], None]) -> int:
        sys.stdout.flush()
        sys.stderr.flush()
        number = os.fork()
        if number:
            return number
        status = 1
        try:
            os.close(self._held)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the parent decides
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            work()
            status = 0
        except KgraphError as error:
            print(f"error: {error}", file=sys.stderr)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def _run_queries(self) -> None:
        from kgraph.server.fleet.asking import Answerer
        from kgraph.server.fleet.passing import sender
        from kgraph.server.fleet.turns import Turns
        from kgraph.server.publication import Publication

        answerer = Answerer(
            Publication(self.settings.home),
            self.settings.timeout,
            self.settings.hosts,
            self.settings.rows,
        )
        turns = Turns(
            answerer,
            self.listener,
            self._to_queries[1],
            elsewhere=sender(self._to_site[0]),
            onward=sender(self._to_queries[0]),
            replaced=lambda: self._tell(REPLACE),
            life=self._life,
        )
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        self._tell(READY)
        turns.run()

    def _run_site(self) -> None:
        import uvicorn

        from kgraph.server.application import application
        from kgraph.server.fleet.passing import Neighbours, Receiver, sender

        pool = Neighbours(sender(self._to_queries[0]), self.settings.timeout)
        self.listener.close()
        config = uvicorn.Config(
            application(self.settings, pool),
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        server = Receiver(config, self._to_site[1], self._life)
        server.begun = lambda: self._tell(READY)
        server.run()

    def _tell(self, what: bytes) -> None:
        self._say.send(what + (str(os.getpid()).encode() if what == REPLACE else b""))
