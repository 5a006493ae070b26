"""The front of the server: what is true of every answer (RFC 9110, RFC 9111).

Validators and 304, HEAD, compression by negotiation, CORS, and a memory of answers
that lasts as long as the edition they were made from. An answer in that memory is
sent without any other code being run.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zlib import crc32

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph.server.publication import Edition, Publication

LARGEST_KEPT = 2 << 20
"""Answers above this size (bytes) are passed on as they come and not kept."""
MEMORY = 192 << 20
"""Bytes of answers that are kept in all."""
WORTH_COMPRESSING = 600

CORS = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Last-Modified, Link, Location, Content-Type, Content-Range, X-SPARQL-MaxRows",
    ),
]
PREFLIGHT = [
    *CORS,
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Accept, Authorization, Content-Type, If-None-Match, If-Modified-Since, Range",
    ),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, POST, OPTIONS"),
]
_TEXTUAL = re.compile(rb"text/|application/(?:.*\+)?(?:xml|json)|application/(?:n-|trig|sparql)|"
                      rb"image/svg|application/javascript")  # fmt: skip


@dataclass(slots=True)
class Kept:
    """A finished answer in one encoding."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: bytes


class Memory:
    """Finished answers of one edition, the least recently used dropped first."""

    def __init__(self, limit: int = MEMORY) -> None:
        self.limit = limit
        self.size = 0
        self.edition: Edition | None = None
        self._kept: OrderedDict[tuple[bytes | str, ...], Kept] = OrderedDict()

    def get(self, edition: Edition, key: tuple[bytes | str, ...]) -> Kept | None:
        if edition is not self.edition:
            self._kept.clear()
            self.size, self.edition = 0, edition
            return None
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, edition: Edition, key: tuple[bytes | str, ...], kept: Kept) -> None:
        if edition is not self.edition:
            return
        self._kept[key] = kept
        self.size += len(kept.body) + 500
        while self.size > self.limit and self._kept:
            _, old = self._kept.popitem(last=False)
            self.size -= len(old.body) + 500


def encodings() -> dict[str, Callable[[bytes], bytes]]:
    """Content codings that this installation can write, best first."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    try:
        import zstandard

        found["zstd"] = lambda data: zstandard.ZstdCompressor(level=6).compress(data)
    except ImportError:
        pass
    try:
        import brotli

        found["br"] = lambda data: bytes(brotli.compress(data, quality=5))
    except ImportError:
        pass
    found["gzip"] = lambda data: gzip.compress(data, compresslevel=6, mtime=0)
    return found


def quick_encodings() -> dict[str, Callable[[bytes], bytes]]:
    """The same codings, for answers that are written for one client: fast before small."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    best = encodings()
    if "zstd" in best:
        import zstandard

        found["zstd"] = lambda data: zstandard.ZstdCompressor(level=1).compress(data)
    if "br" in best:
        import brotli

        found["br"] = lambda data: bytes(brotli.compress(data, quality=2))
    found["gzip"] = lambda data: gzip.compress(data, compresslevel=1, mtime=0)
    return found


def answer_tag(edition: Edition, body: bytes) -> bytes:
    """The entity tag of an answer to a query: of the edition that answers, and of the answer
    where the same edition may answer otherwise (by the hour, by chance)."""
    return b"%b-%x-%x" % (tag_beginning(edition), crc32(body), len(body))


def tag_beginning(edition: Edition) -> bytes:
    """What all entity tags of answers to queries begin with."""
    return edition.tag[:12].encode()


def choose_encoding(header: str, offered: Iterable[str]) -> str:
    """The coding for an Accept-Encoding header; "" for none (RFC 9110, section 12.5.3)."""
    wanted: dict[str, float] = {}
    for item in header.lower().split(","):
        name, _, parameter = item.partition(";")
        q = re.search(r"q\s*=\s*([\d.]+)", parameter)
        try:
            wanted[name.strip()] = float(q[1]) if q else 1.0
        except ValueError:
            wanted[name.strip()] = 0.0
    best, chosen = 0.0, ""
    for name in offered:
        q_of = wanted.get(name, wanted.get("*", 0.0))
        if q_of > best:
            best, chosen = q_of, name
    return chosen


class Front:
    """An ASGI application around another one; see the module."""

    def __init__(self, app: ASGIApp, publication: Publication, *, keep: bool = True) -> None:
        self.app = app
        self.keep = keep  # a writable store changes within an edition: nothing is kept then
        self.publication = publication
        self.memory = Memory()
        self.encodings = encodings()
        self._chosen: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = scope["method"]
        if method == "OPTIONS":
            await _send(send, 204, PREFLIGHT, b"")
            return
        if method not in ("GET", "HEAD"):
            await self.app(scope, receive, _with_cors(send))
            return
        accept = encoding = no_match = since = b""
        for name, value in scope["headers"]:
            if name == b"accept":
                accept += b"," + value if accept else value
            elif name == b"accept-encoding":
                encoding = value
            elif name == b"if-none-match":
                no_match = value
            elif name == b"if-modified-since":
                since = value
            elif name in (b"authorization", b"range"):
                await self.app({**scope, "method": "GET"}, receive, _head(_with_cors(send), method))
                return
        coding = self._coding(encoding.decode("latin-1"))
        edition = self.publication.now()
        key = (scope["path"], scope["query_string"], accept, coding)
        kept = self.memory.get(edition, key) if self.keep else None
        if kept is None:
            answer = _Answer(self, edition, key, coding, send, method, no_match, since)
            inner = {**scope, "method": "GET"} if method == "HEAD" else scope
            await self.app(inner, receive, answer.take)
            return
        await self.reply(kept, edition, method, no_match, since, send)

    def _coding(self, header: str) -> str:
        found = self._chosen.get(header)
        if found is None:
            found = choose_encoding(header, self.encodings)
            if len(self._chosen) < 1000:
                self._chosen[header] = found
        return found

    async def reply(
        self,
        kept: Kept,
        edition: Edition,
        method: str,
        no_match: bytes,
        since: bytes,
        send: Send,
    ) -> None:
        """Send a finished answer, or 304 where the client has it already."""
        if kept.status == 200 and unchanged(kept.etag, edition, no_match, since):
            await _send(send, 304, [h for h in kept.headers if h[0] not in _NOT_IN_304], b"")
            return
        await _send(send, kept.status, kept.headers, b"" if method == "HEAD" else kept.body)


_NOT_IN_304 = (b"content-length", b"content-type", b"content-encoding")


class _Answer:
    """Gathers what the inner application sends; keeps it, or passes on what is too long."""

    def __init__(
        self,
        front: Front,
        edition: Edition,
        key: tuple[Any, ...],
        coding: str,
        send: Send,
        method: str,
        no_match: bytes,
        since: bytes,
    ) -> None:
        self.front, self.edition, self.key, self.coding = front, edition, key, coding
        self.send, self.method, self.no_match, self.since = send, method, no_match, since
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.passing = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(k).lower(), bytes(v)) for k, v in message.get("headers", [])]
            return
        if self.passing:
            if self.method != "HEAD":
                await self.send(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            if len(self.body) > LARGEST_KEPT:
                await self._pass_on()
            return
        await self._finish()

    async def _pass_on(self) -> None:
        self.passing = True
        headers = [*self._common(), *self.headers]
        await self.send({"type": "http.response.start", "status": self.status, "headers": headers})
        more = self.method != "HEAD"
        body = bytes(self.body) if more else b""
        await self.send({"type": "http.response.body", "body": body, "more_body": more})
        self.body.clear()

    def _common(self) -> list[tuple[bytes, bytes]]:
        given = {name for name, _ in self.headers}
        extra = [h for h in CORS if h[0] not in given]
        if b"last-modified" not in given and self.status == 200 and self.front.keep:
            extra.append((b"last-modified", self.edition.last_modified.encode()))
        if b"cache-control" not in given:
            extra.append((b"cache-control", b"public, no-cache"))
        vary = b", ".join(v for k, v in self.headers if k == b"vary")
        if b"accept-encoding" not in vary.lower():
            vary = vary + b", Accept-Encoding" if vary else b"Accept-Encoding"
        self.headers = [h for h in self.headers if h[0] != b"vary"]
        return [*extra, (b"vary", vary)]

    async def _finish(self) -> None:
        body = bytes(self.body)
        given = dict(self.headers)
        common = self._common()
        headers = [h for h in self.headers if h[0] not in (b"content-length", b"etag")]
        tag = (
            given.get(b"etag", b"").strip(b'"')
            or hashlib.blake2b(body, digest_size=12).hexdigest().encode()
        )
        compress = self.front.encodings.get(self.coding)
        if (
            compress
            and self.status == 200
            and len(body) > WORTH_COMPRESSING
            and b"content-encoding" not in given
            and _TEXTUAL.match(given.get(b"content-type", b""))
        ):
            body = compress(body)
            headers.append((b"content-encoding", self.coding.encode()))
            tag += b"-" + self.coding.encode()
        etag = b'"' + tag + b'"'
        if self.status == 200:
            headers.append((b"etag", etag))
        headers.append((b"content-length", str(len(body)).encode()))
        kept = Kept(self.status, [*headers, *common], body, etag)
        private = b"no-store" in given.get(b"cache-control", b"")
        if (
            self.front.keep
            and self.status in (200, 303, 404, 406)
            and len(body) <= LARGEST_KEPT
            and not private
        ):
            self.front.memory.put(self.edition, self.key, kept)
        await self.front.reply(
            kept, self.edition, self.method, self.no_match, self.since, self.send
        )


def unchanged(etag: bytes, edition: Edition, no_match: bytes, since: bytes) -> bool:
    """Whether the client's copy is still good (RFC 9110, section 13.1)."""
    if no_match:
        tags = [tag.strip().removeprefix(b"W/") for tag in no_match.split(b",")]
        return etag in tags or b"*" in tags
    if since:
        try:
            date = parsedate_to_datetime(since.decode("latin-1"))
        except (ValueError, TypeError):
            return False
        return _utc(date) >= edition.modified.replace(microsecond=0)
    return False


def _utc(date: datetime) -> datetime:
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_cors(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *CORS]}
        await send(message)

    return sending


def _head(send: Send, method: str) -> Send:
    if method != "HEAD":
        return send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
