"""Connections that go from process to process, so that each is answered where it should be.

A socket is sent with what was read from it (SCM_RIGHTS, unix(7)) and goes on in
another process as if it had been accepted there.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlencode

from uvicorn import Config, Server

from kgraph.server.endpoint.workers import Asked, Failed, Question

LARGEST = 1 << 18


def channel() -> tuple[socket.socket, socket.socket]:
    """The two ends of a way for connections: where they are put in, where they come out."""
    entry, exit_ = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    entry.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * LARGEST)
    return entry, exit_


def sender(entry: socket.socket) -> Callable[[socket.socket, bytes], None]:
    """A function that puts a connection into a channel, with what was read from it."""

    def send(connection: socket.socket, data: bytes) -> None:
        # a message must not be empty: that would be the end of the channel
        socket.send_fds(entry, [b"+" + data], [connection.fileno()])

    return send


def receive(exit_: socket.socket) -> tuple[bytes, list[int]]:
    """What was read from a connection, and the connection. BlockingIOError: there is none."""
    data, fds, _, _ = socket.recv_fds(exit_, LARGEST, 1)
    return data[1:], fds


class Receiver(Server):
    """A uvicorn server without a port: it serves the connections that come out of a channel."""

    def __init__(self, config: Config, exit_: socket.socket, life: int) -> None:
        super().__init__(config)
        self._exit, self._life = exit_, life
        self._tasks: set[asyncio.Task[Any]] = set()
        self.begun: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=[])
        loop = asyncio.get_running_loop()
        self._exit.setblocking(False)
        loop.add_reader(self._exit.fileno(), self._arrived)
        loop.add_reader(self._life, self._orphaned)
        self.begun()

    def _orphaned(self) -> None:
        asyncio.get_running_loop().remove_reader(self._life)
        self.should_exit = self.force_exit = True

    def _arrived(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(16):
            try:
                data, fds = receive(self._exit)
            except OSError:
                return
            for fd in fds:
                task = loop.create_task(self._serve_connection(socket.socket(fileno=fd), data))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _serve_connection(self, connection: socket.socket, data: bytes) -> None:
        connection.setblocking(False)
        made_by: Any = self.config.http_protocol_class
        protocol = made_by(
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )
        made = protocol.connection_made

        def connection_made(transport: Any) -> None:
            made(transport)
            if data:
                protocol.data_received(data)

        protocol.connection_made = connection_made
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: protocol, connection)
        except OSError:
            connection.close()


class Neighbours(Asked):
    """The query processes, asked from the site: a connection of ours is handed to them."""

    def __init__(self, put: Callable[[socket.socket, bytes], None], timeout: float) -> None:
        self._put = put
        self.timeout = timeout

    def start(self) -> None:
        """Nothing: the processes are begun by `kgraph.server.fleet`."""

    def stop(self) -> None:
        """Nothing: they end with their parent."""

    async def stream(self, question: Question) -> AsyncIterator[tuple[str, bytes]]:
        """As `kgraph.server.endpoint.workers.Pool.stream`; whoever stops reading ends the query."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._put(theirs, b"")
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 18)
        try:
            writer.write(_request(question, self.timeout))
            await writer.drain()
            status, fields = await _head(reader)
            if status != 200:
                body = await reader.readexactly(int(fields.get("content-length", "0")))
                raise Failed(status, body.decode("utf-8", "replace").strip())
            async for data in _body(reader, fields):
                yield "data", data
            yield "end", fields.get("content-type", "").partition(";")[0].encode()
        except (OSError, EOFError) as error:
            raise Failed(503, f"the query was ended ({type(error).__name__})") from None
        finally:
            writer.close()


def _request(question: Question, longest: float) -> bytes:
    asked = [("timeout", f"{question.timeout or longest:g}")]
    if question.default_graphs is not None or question.named_graphs is not None:
        asked += [("default-graph-uri", g) for g in question.default_graphs or ()]
        asked += [("named-graph-uri", g) for g in question.named_graphs or ()]
    text = f"BASE <{question.base}> {question.text}" if question.base else question.text
    body = text.encode()
    accept = f"{question.results}, {question.rdf}"
    head = (
        f"POST /sparql?{urlencode(asked)} HTTP/1.1\r\nhost: site\r\naccept: {accept}\r\n"
        f"content-type: application/sparql-query\r\ncontent-length: {len(body)}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split()[1]), fields


async def _body(reader: asyncio.StreamReader, fields: dict[str, str]) -> AsyncIterator[bytes]:
    if "content-length" in fields:
        left = int(fields["content-length"])
        while left:
            data = await reader.read(min(left, 1 << 16))
            if not data:
                raise EOFError
            left -= len(data)
            yield data
        return
    while size := int(await reader.readline() or b"", 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)
