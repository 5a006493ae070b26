"""Requests for ``/sparql`` as they stand on the wire (HTTP/1.1, RFC 9112).

Only the plain ones are read here: GET, HEAD and POST with a length, of a query. Whatever
else comes (other addresses, chunked bodies, credentials, malformed requests) is for the
site's own server, which speaks all of HTTP: `read` raises `Elsewhere` for it, before
anything of it was used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

PATHS = (b"/sparql", b"/sparql/")
LONGEST_HEAD = 1 << 16
LARGEST_BODY = 1 << 17
_BEGINNINGS = (b"GET /sparql", b"HEAD /sparql", b"POST /sparql")
_FIELD = re.compile(rb"([!#$%&'*+.^`|~\w-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*")
_QUERY = re.compile(rb"(?:^|&)query=")
_USUAL = b"GET /sparql?query="
_FORM = b"application/x-www-form-urlencoded"
_ASKING = (_FORM, b"application/sparql-query")
_ELSEWHERE = frozenset(
    {b"transfer-encoding", b"expect", b"upgrade", b"authorization", b"range"}
)  # fmt: skip
_MANY = 2000


class Elsewhere(Exception):
    """A request that is not answered here but by the site's own server."""


@dataclass(slots=True)
class Fields:
    """What is used of a request's header fields. `coding`: the content coding chosen."""

    host: str
    accept: str | None = None
    coding: str = ""
    content_type: str | None = None
    no_match: bytes = b""
    since: bytes = b""
    length: int = 0
    close: bool = False
    forwarded_scheme: str = ""


@dataclass(slots=True)
class Request:
    """One request for ``/sparql``. `raw` is all of it, as it was sent."""

    method: bytes
    path: bytes
    query_string: bytes
    fields: Fields
    body: bytes
    raw: bytes


class Reader:
    """Reads requests; header blocks that a client sends again and again are read once.

    `choose` gives the content coding for an Accept-Encoding field.
    """

    def __init__(self, choose: Callable[[str], str]) -> None:
        self._choose = choose
        self._known: dict[bytes, Fields | None] = {}
        self._bodiless: dict[bytes, Fields] = {}  # by all that comes after the first line

    def read(self, data: bytes) -> Request | None:
        """The first request in `data`; None while it is not complete."""
        if data.startswith(_USUAL):
            target, _, rest = data.partition(b" HTTP/1.1\r\n")
            fields = self._bodiless.get(rest)
            if fields is not None and target.count(b" ") == 1:
                return Request(b"GET", b"/sparql", target[12:], fields, b"", data)
        end = data.find(b"\r\n\r\n")
        if end < 0:
            if len(data) > LONGEST_HEAD or not _may_be_ours(data):
                raise Elsewhere
            return None
        first = data.find(b"\r\n")
        try:
            method, target, version = data[:first].split(b" ")
        except ValueError:
            raise Elsewhere from None
        path, _, query_string = target.partition(b"?")
        if path not in PATHS or version != b"HTTP/1.1" or method not in (b"GET", b"POST", b"HEAD"):
            raise Elsewhere
        block = data[first + 2 : end]
        try:
            fields = self._known[block]
        except KeyError:
            fields = self._fields(block)
            if len(self._known) >= _MANY:
                self._known.clear()
            self._known[block] = fields
        if fields is None:
            raise Elsewhere
        size = end + 4 + fields.length
        if method == b"POST":
            kind = (fields.content_type or "").partition(";")[0].strip().lower().encode("latin-1")
            if kind not in _ASKING or fields.length > LARGEST_BODY:
                raise Elsewhere
            if len(data) < size:
                return None
            if kind == _FORM and not _QUERY.search(data[end + 4 : size]):
                raise Elsewhere
        elif fields.length or not _QUERY.search(query_string):
            raise Elsewhere
        if not fields.length and len(data) == size:
            if len(self._bodiless) >= _MANY:
                self._bodiless.clear()
            self._bodiless[data[first + 2 :]] = fields
        raw = data if len(data) == size else data[:size]
        return Request(method, path, query_string, fields, data[end + 4 : size], raw)

    def _fields(self, block: bytes) -> Fields | None:
        """The fields of a header block; None for one that is not read here."""
        given: dict[bytes, bytes] = {}
        for line in block.split(b"\r\n"):
            found = _FIELD.fullmatch(line)
            if found is None:
                return None
            name, value = found[1].lower(), found[2]
            if name in _ELSEWHERE:
                return None
            if name in given:
                if name in (b"host", b"content-length", b"content-type"):
                    return None
                value = given[name] + b"," + value
            given[name] = value
        length = given.get(b"content-length", b"0")
        if b"host" not in given or not length.isdigit() or len(length) > 9:
            return None

        def text(name: bytes) -> str | None:
            return given[name].decode("latin-1") if name in given else None

        return Fields(
            host=given[b"host"].decode("latin-1"),
            accept=text(b"accept"),
            coding=self._choose(text(b"accept-encoding") or ""),
            content_type=text(b"content-type"),
            no_match=given.get(b"if-none-match", b""),
            since=given.get(b"if-modified-since", b""),
            length=int(length),
            close=b"close" in given.get(b"connection", b"").lower(),
            forwarded_scheme=(text(b"x-forwarded-proto") or "").strip().lower(),
        )


def _may_be_ours(data: bytes) -> bool:
    """Whether the beginning of a request may still become one for ``/sparql``."""
    return any(data.startswith(b) or b.startswith(data) for b in _BEGINNINGS)
