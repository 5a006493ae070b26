"""The connections of one query process: threads that take turns at serving them.

One thread has the turn: it waits for connections, reads requests and answers them
on the spot, which is the fastest way by far while queries are short. A query that is
still running after `PATIENCE` costs its thread the turn: another thread serves all
other connections from then on, and the late one sends its answer and ends. So a long
query holds up nobody.

A late query that cannot be ended (`kgraph.server.fleet.late`) ends its process, which hands its
connections on to its siblings first (`kgraph.server.fleet` has begun another one by then).
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable

from kgraph.server.endpoint.protocol import Operation
from kgraph.server.endpoint.written import STREAMED, Answer
from kgraph.server.fleet.asking import Answerer, Stopped
from kgraph.server.fleet.connections import GONE, READ, Connection
from kgraph.server.fleet.late import Late
from kgraph.server.fleet.passing import receive
from kgraph.server.fleet.wire import Elsewhere, Request

PATIENCE = 0.005
"""Seconds after which a query loses the turn."""
MOST_APART = 16
"""Long queries that run beside each other in one process; more are refused with 503."""
IDLE = 75.0
"""Seconds for which a connection without a request is kept."""
RECEIVED = 1 << 16
TOGETHER = 0.002
"""Seconds for which answers wait for others of the same round, to be sent together."""


class Turns:
    """Serves connections from `listener` and from `handed` (by siblings and the site).

    `elsewhere` and `onward` hand a connection, with what was read from it, to the site
    and to a sibling; `replaced` is called once, when the process is to end. `life` ends
    with the process that began this one.
    """

    def __init__(
        self,
        answerer: Answerer,
        listener: socket.socket,
        handed: socket.socket,
        elsewhere: Callable[[socket.socket, bytes], None],
        onward: Callable[[socket.socket, bytes], None],
        replaced: Callable[[], None],
        life: int,
    ) -> None:
        self.answerer, self.listener, self.handed = answerer, listener, handed
        self.elsewhere, self.onward, self.replaced = elsewhere, onward, replaced
        self.life = life
        self.leaving = False
        self._connections: dict[int, Connection] = {}
        self._ready: deque[tuple[int, int]] = deque()
        self._back: deque[Connection] = deque()
        self._asked: deque[tuple[Connection, Request, Operation]] = deque()
        self._answers: deque[tuple[Connection, Answer]] = deque()
        self._received = memoryview(bytearray(RECEIVED))  # of whoever has the turn
        self._late = Late(self.leave)
        self._lock = threading.Lock()  # over the turn and what runs
        self._turn = object()
        self._running: Connection | None = None
        self._mark = 0  # counts requests
        self._dozing = False
        self._awake = threading.Event()
        self._swept = time.monotonic()
        self._over = False
        self._inner, self._bell = socket.socketpair()
        self._epoll = select.epoll()
        for part in (listener, handed, self._inner):
            part.setblocking(False)
        self._bell.setblocking(False)
        exclusive = select.EPOLLIN | getattr(select, "EPOLLEXCLUSIVE", 0)
        self._epoll.register(listener.fileno(), exclusive)
        self._epoll.register(handed.fileno(), exclusive)
        self._epoll.register(self._inner.fileno(), select.EPOLLIN)
        self._epoll.register(life, select.EPOLLIN)

    def run(self) -> None:
        """Serve until the process is replaced or its parent has ended."""
        self._begin(self._turn)
        quiet, seen = 0, -1
        while not self._over:
            if quiet > 40 and not self._late and not self.leaving:
                self._dozing = True
                if self._mark == seen:
                    self._awake.wait(1.0)
                self._dozing, quiet = False, 0
                self._awake.clear()
            time.sleep(PATIENCE)
            if self._running is not None and self._mark == seen:
                self._pass_turn(seen)
            quiet = quiet + 1 if self._mark == seen else 0
            seen = self._mark
            if self._late:
                self._late.watch()

    # the watch over long queries, in the first thread

    def _begin(self, turn: object) -> None:
        threading.Thread(target=self._work, args=(turn,), daemon=True).start()

    def _work(self, turn: object) -> None:
        try:
            self._lead(turn)
        except BaseException:
            traceback.print_exc()
            os._exit(70)  # the parent begins another process

    def _pass_turn(self, seen: int) -> None:
        with self._lock:
            late = self._running
            if late is None or self._mark != seen:
                return
            self._late.add(late)
            self._running = None
            self._turn = turn = object()
        self._begin(turn)

    def leave(self) -> None:
        """Hand the connections on, and end when the last answer is sent."""
        if not self.leaving:
            self.leaving = True
            self.replaced()
            self._ring()

    def _ring(self) -> None:
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    # the thread that has the turn

    def _lead(self, turn: object) -> None:
        """Read all requests that are there, then answer them, then send the answers.

        Each of these three goes faster when it is done for several requests in a row:
        the processor finds the code of the store where it left it.
        """
        ready, asked, answers = self._ready, self._asked, self._answers
        began = 0.0
        while True:
            if ready:
                self._attend(*ready.popleft())
            elif asked:
                if not self._answer_next(turn):
                    return
                if answers and time.monotonic() > began + TOGETHER:
                    self._send_answers()
            elif answers:
                self._send_answers()
            else:
                if self._back or self.leaving or time.monotonic() > self._swept + 5:
                    self._keep_house()
                with contextlib.suppress(InterruptedError):
                    ready.extend(self._epoll.poll(1.0))
                began = time.monotonic()

    def _attend(self, fd: int, event: int) -> None:
        connection = self._connections.get(fd)
        if connection is None:
            self._not_a_client(fd)
        elif connection.apart:
            self._perhaps_gone(connection, event)
        elif connection.outbox is None:
            if not connection.busy:
                self._hear(connection)
        elif event & (select.EPOLLOUT | GONE):
            self._send_on(connection)

    def _answer_next(self, turn: object) -> bool:
        """Answer one request; False where the turn went to another thread meanwhile."""
        connection, request, operation = self._asked.popleft()
        answer = self._answered(connection, request, operation, turn)
        if answer is None:
            self._back.append(connection)
            self._ring()
            return False
        self._answers.append((connection, answer))
        return True

    def _send_answers(self) -> None:
        answers = self._answers
        while answers:
            connection, answer = answers.popleft()
            if self._give(connection, answer) and connection.inbox:
                self._ready.append((connection.fd, select.EPOLLIN))

    def _not_a_client(self, fd: int) -> None:
        if fd == self.listener.fileno():
            if not self.leaving:
                try:
                    client, _ = self.listener.accept()
                except OSError:
                    return
                self._take(client, b"")
        elif fd == self.handed.fileno():
            if not self.leaving:
                try:
                    data, fds = receive(self.handed)
                except OSError:
                    return
                for number in fds:
                    self._take(socket.socket(fileno=number), data)
        elif fd == self._inner.fileno():
            with contextlib.suppress(OSError):
                self._inner.recv(4096)
        elif fd == self.life:
            os._exit(0)

    def _take(self, client: socket.socket, data: bytes) -> None:
        client.setblocking(False)
        if client.family != socket.AF_UNIX:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(client, data)
        self._connections[connection.fd] = connection
        self._epoll.register(connection.fd, READ)
        if data:
            self._ready.append((connection.fd, select.EPOLLIN))

    def _drop(self, connection: Connection) -> None:
        if self._connections.pop(connection.fd, None) is not None:
            with contextlib.suppress(OSError):
                self._epoll.unregister(connection.fd)
        connection.socket.close()

    def _hand(
        self, connection: Connection, to: Callable[[socket.socket, bytes], None], data: bytes
    ) -> None:
        with contextlib.suppress(OSError):
            to(connection.socket, data)
        self._drop(connection)

    def _perhaps_gone(self, connection: Connection, event: int) -> None:
        """An event of a client whose query still runs: has it hung up?"""
        if event & GONE:
            connection.gone = True
            self._epoll.modify(connection.fd, 0)
        else:  # it sends more: that waits
            self._epoll.modify(connection.fd, select.EPOLLRDHUP)

    def _hear(self, connection: Connection) -> None:
        """Read a request; what is said after it waits until it is answered."""
        data = b""
        try:
            size = connection.socket.recv_into(self._received)
        except BlockingIOError:
            if not connection.inbox:
                return
        except OSError:
            self._drop(connection)
            return
        else:
            if not size:
                self._drop(connection)
                return
            data = self._received[:size].tobytes()
        if connection.inbox:
            data = connection.inbox + data
            connection.inbox = b""
        answerer = self.answerer
        known = answerer.kept(data)
        if known is not None:
            self._answers.append((connection, known))
            return
        try:
            request = answerer.reader.read(data)
            if request is None:
                connection.inbox = data
                return
            asked = answerer.understood(request)
        except Elsewhere:
            self._hand(connection, self.elsewhere, data)
            return
        if request.raw is not data:
            connection.inbox = data[len(request.raw) :]
        connection.busy = True
        if isinstance(asked, Answer):
            self._answers.append((connection, asked))
        else:
            self._asked.append((connection, request, asked))

    def _answered(
        self, connection: Connection, request: Request, operation: Operation, turn: object
    ) -> Answer | None:
        """The answer; None where the turn was lost, and the answer sent, meanwhile."""
        if len(self._late) >= MOST_APART:
            return self.answerer.refusal(
                request, 503, "too many long queries are running", {"Retry-After": "5"}
            )
        self._mark += 1
        self._running = connection
        if self._dozing:
            self._awake.set()
        answer: Answer | None
        try:
            answer = self.answerer.answer(request, operation, connection)
        except Stopped:
            answer = None
        with self._lock:
            if self._turn is turn:
                self._running = None
        if self._turn is turn:
            if answer is None:  # stopped: only the client's going can do it so early
                connection.close = True
                return STREAMED
            return answer
        self._late.come_home(connection, answer)
        return None

    def _give(self, connection: Connection, answer: Answer) -> bool:
        """Send an answer; False where the client is slow to take it, or is done with."""
        connection.busy = False
        connection.used = time.monotonic()
        if answer is not STREAMED:
            connection.close = answer.close
            data = answer.bytes()
            try:
                sent = connection.socket.send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self._drop(connection)
                return False
            if sent < len(data):
                connection.outbox = memoryview(data)[sent:]
                self._epoll.modify(connection.fd, select.EPOLLOUT | select.EPOLLRDHUP)
                return False
        if connection.close:
            self._drop(connection)
            return False
        return True

    def _send_on(self, connection: Connection) -> None:
        assert connection.outbox is not None
        try:
            connection.outbox = connection.outbox[connection.socket.send(connection.outbox) :]
        except BlockingIOError:
            return
        except OSError:
            self._drop(connection)
            return
        connection.used = time.monotonic()
        if connection.outbox:
            return
        connection.outbox = None
        if connection.close:
            self._drop(connection)
            return
        self._epoll.modify(connection.fd, READ)
        if connection.inbox:
            self._ready.append((connection.fd, select.EPOLLIN))

    def _keep_house(self) -> None:
        """Take back connections of long queries, drop idle ones, and leave when it is time."""
        while self._back:
            connection = self._back.popleft()
            connection.apart = connection.home = connection.busy = False
            if connection.close:
                self._drop(connection)
                continue
            connection.used = time.monotonic()
            self._epoll.modify(connection.fd, READ)
            if connection.inbox:
                self._ready.append((connection.fd, select.EPOLLIN))
        now = self._swept = time.monotonic()
        for connection in list(self._connections.values()):
            if connection.apart or connection.fd < 0:
                continue
            if self.leaving and connection.outbox is None:
                self._hand(connection, self.onward, connection.inbox)
            elif now > connection.used + IDLE:
                self._drop(connection)
        if self.leaving:
            self._leave()

    def _leave(self) -> None:
        for part in (self.listener, self.handed):
            with contextlib.suppress(OSError):
                self._epoll.unregister(part.fileno())
        waiting = [c for c in self._connections.values() if not c.refused]
        if not waiting and not self._back:
            os._exit(0)
