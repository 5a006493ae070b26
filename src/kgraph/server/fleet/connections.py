"""One client's connection to a query process (`kgraph.server.fleet.turns`)."""

from __future__ import annotations

import select
import socket
import threading
import time

from kgraph.server.fleet.asking import Stopped

READ = select.EPOLLIN | select.EPOLLRDHUP
GONE = select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR


class Connection:
    """One client's connection; the `Client` of its requests."""

    __slots__ = (
        "apart",
        "busy",
        "close",
        "deadline",
        "fd",
        "gone",
        "home",
        "inbox",
        "local",
        "lock",
        "outbox",
        "refused",
        "socket",
        "stopped",
        "streaming",
        "told",
        "used",
    )

    def __init__(self, client: socket.socket, inbox: bytes = b"") -> None:
        self.socket = client
        self.fd = client.fileno()
        self.inbox = inbox  # of a request that is not complete
        self.outbox: memoryview | None = None  # of an answer that the client is slow to take
        self.close = False  # after the answer
        self.used = time.monotonic()
        self.busy = False  # its request waits to be answered, or the answer to be sent
        self.apart = False  # its query runs in a thread that lost the turn
        self.home = False  # its thread is done, and whoever has the turn is to take it back
        self.deadline = 0.0
        self.stopped = False
        self.told = 0.0  # when its query was told to stop
        self.gone = False
        self.refused = False  # 503 was sent for it
        self.streaming = False
        self.lock = threading.Lock()  # over `refused` and the end of an answer
        try:
            peer = client.getpeername()
        except OSError:
            peer = ""
        self.local = not isinstance(peer, tuple) or peer[0] in ("127.0.0.1", "::1")

    def begin(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self.stopped = self.streaming = False

    def stream(self, data: bytes) -> None:
        self.streaming = True
        send_all(self.socket, data, self.deadline)


def send_all(client: socket.socket, data: bytes, deadline: float) -> None:
    """Send everything through a socket that does not block. Raises `Stopped` when late."""
    waiting = memoryview(data)
    while waiting:
        try:
            waiting = waiting[client.send(waiting) :]
        except BlockingIOError:
            left = deadline - time.monotonic()
            writable = select.poll()
            writable.register(client, select.POLLOUT)
            if left <= 0 or not writable.poll(left * 1000):
                raise Stopped from None
        except OSError:
            raise Stopped from None
