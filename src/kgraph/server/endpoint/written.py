"""Answers to queries as they stand on the wire, and the parts of them that are ready."""

from __future__ import annotations

import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from zlib import crc32

from kgraph.server.caching import CORS, tag_beginning
from kgraph.server.endpoint.workers import results_of
from kgraph.server.publication import Edition

_COMMON = b"".join(
    k + b": " + v + b"\r\n" for k, v in [*CORS, (b"cache-control", b"public, no-cache")]
)


class Answer:
    """What is sent: the status line, then the date, then `rest`."""

    __slots__ = ("close", "line", "rest")

    def __init__(self, line: bytes, rest: bytes, close: bool = False) -> None:
        self.line, self.rest, self.close = line, rest, close

    def bytes(self) -> bytes:
        return self.line + _date() + self.rest


STREAMED = Answer(b"", b"")
"""Stands for an answer that was sent while it was written."""


class Way:
    """How rows and booleans are sent to clients that accept the same, for an edition."""

    __slots__ = ("boolean", "close", "content_type", "edition", "format", "tagged")

    def __init__(self, media_type: str, content_type: str, edition: Edition, close: bool) -> None:
        self.content_type, self.edition, self.close = content_type, edition, close
        self.format, (no, yes, written) = results_of(media_type)
        self.tagged = self._tagged(content_type, edition)
        if not content_type.startswith(written):
            self.tagged = self._tagged(f"{written}; charset=utf-8", edition)
        self.boolean = self.answer(no), self.answer(yes)
        self.tagged = self._tagged(content_type, edition)

    def answer(self, body: bytes) -> Answer:
        """The answer that has this body."""
        size = len(body)
        return Answer(_OK, self.tagged % (size, crc32(body), size) + body, self.close)

    def _tagged(self, content_type: str, edition: Edition) -> bytes:
        """What stands between the date and the body, as a format: length, checksum, length."""
        return b'content-type: %b\r\ncontent-length: %%d\r\netag: "%b-%%x-%%x"\r\n%b%b\r\n' % (
            content_type.encode(),
            tag_beginning(edition),
            b"last-modified: %b\r\n" % modified(edition),
            common(self.close),
        )


@lru_cache(64)
def line(status: int) -> bytes:
    """The status line, up to where the date comes."""
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ndate: ".encode()


@lru_cache(2)
def common(close: bool) -> bytes:
    """The header fields that all answers have."""
    ending = b"connection: close\r\n" if close else b""
    return b"vary: Accept, Accept-Encoding\r\n" + _COMMON + ending


_OK = line(200)
_clock: list[Any] = [0, b""]


def _date() -> bytes:
    """Now as a header field's value with its line end, made once a second."""
    now = int(time.time())
    if _clock[0] != now:
        _clock[1] = formatdate(now, usegmt=True).encode() + b"\r\n"
        _clock[0] = now
    return _clock[1]  # type: ignore[no-any-return]


_times: dict[str, bytes] = {}


def modified(edition: Edition) -> bytes:
    """The time of an edition as a header field's value."""
    if edition.generation not in _times:
        _times.clear()
        _times[edition.generation] = edition.last_modified.encode()
    return _times[edition.generation]
