"""Queries that lost the turn, and run on in threads of their own until they end or are ended.

The store cannot stop a query. One whose time is over, or whose client has gone, is stopped
where it next writes a part of its answer; where it does not in time, its client gets 503
and its process must end.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kgraph.server.endpoint.written import STREAMED, Answer
from kgraph.server.fleet.asking import Stopped
from kgraph.server.fleet.connections import Connection, send_all

GRACE = 0.25
"""Seconds that a query whose time is over has for stopping by itself."""
UNHEARD = 2.0
"""The same for a query whose client has gone."""


@dataclass
class Late:
    """The late queries of a process; `leave` is called when one cannot be ended otherwise."""

    leave: Callable[[], None]
    running: list[Connection] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.running)

    def add(self, connection: Connection) -> None:
        connection.apart = True
        self.running.append(connection)

    def watch(self) -> None:
        """Stop queries whose time is over or whose client has gone."""
        now = time.monotonic()
        for late in list(self.running):
            if not late.stopped and (late.gone or now > late.deadline > 0):
                late.stopped, late.told = True, now
            elif (
                late.stopped
                and not late.refused
                and (now > late.told + (UNHEARD if late.gone else GRACE))
            ):
                with late.lock:
                    if late.refused or late.home:
                        continue
                    late.refused = True
                _refuse(late)
                self.leave()

    def come_home(self, connection: Connection, answer: Answer | None) -> None:
        """The end of a late query, in its thread: the answer is sent (None: it was stopped)."""
        with connection.lock:
            refused, connection.home = connection.refused, True
        if connection in self.running:
            self.running.remove(connection)
        if answer is None:
            if not refused and not connection.streaming and not connection.gone:
                answer = refusal()
            connection.close = True
        if answer is not None and not refused and answer is not STREAMED:
            try:
                send_all(connection.socket, answer.bytes(), time.monotonic() + 30)
            except Stopped:
                connection.close = True
            connection.close = connection.close or answer.close
        connection.close = connection.close or refused or connection.gone


def _refuse(late: Connection) -> None:
    if not late.streaming and not late.gone:
        with contextlib.suppress(OSError):
            late.socket.send(refusal().bytes())
    with contextlib.suppress(OSError):
        late.socket.shutdown(socket.SHUT_RDWR)


def refusal() -> Answer:
    """What a client gets whose query took too long."""
    body = b"the query took too long, and was ended\n"
    rest = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n" % len(body)
    more = b"access-control-allow-origin: *\r\nvary: Accept\r\nconnection: close\r\n\r\n"
    return Answer(b"HTTP/1.1 503 Service Unavailable\r\ndate: ", rest + more + body, True)
