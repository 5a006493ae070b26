"""Requests for ``/sparql`` answered in place: from the bytes of one to the bytes of the other.

This is the short way of a query process (`kgraph.server.fleet.turns`): no framework between
the socket and the store. What an answer says, and which header fields it has, is the
same as on the long way (`kgraph.server.endpoint.sparql` behind `kgraph.server.caching`).
"""

from __future__ import annotations

import re
import threading
from typing import IO, Protocol, cast

import pyoxigraph as ox

from kgraph.server import negotiation
from kgraph.server.caching import (
    WORTH_COMPRESSING,
    answer_tag,
    choose_encoding,
    quick_encodings,
    unchanged,
)
from kgraph.server.endpoint.limits import HEADER
from kgraph.server.endpoint.protocol import BadRequest, Operation, plain_query, read_request
from kgraph.server.endpoint.sparql import BEGINNING, question_of, readable, shipped_prefixes
from kgraph.server.endpoint.workers import CUT, evaluate, needed
from kgraph.server.endpoint.written import STREAMED, Answer, Way, common, line, modified
from kgraph.server.fleet.wire import Elsewhere, Fields, Reader, Request
from kgraph.server.negotiation import RESULTS
from kgraph.server.publication import Edition, Publication

HELD = 1 << 18
"""Bytes of an answer up to which it is held until it is whole, and may be kept."""
HELD_LIMITED = 1 << 30
"""The same where rows are limited: whether an answer was cut is known at its end."""
MEMORY = 48 << 20
"""Bytes of answers that a process keeps."""
LARGEST_KEY = 1 << 13
LARGEST_WAYS = 2000
ONCE = 1 << 16
"""Marks of requests that were answered once; one in some hundreds is taken for another."""
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE|SERVICE)\b", re.IGNORECASE)


class Stopped(Exception):
    """A query whose client has gone or whose time is over, stopped while it wrote."""


class Client(Protocol):
    """Who asked, as far as an answer needs to know."""

    local: bool  # from this machine: its word on the scheme is taken
    stopped: bool

    def begin(self, seconds: float) -> None:
        """The query begins, and may take so long."""

    def stream(self, data: bytes) -> None:
        """Send a part of an answer too long to be held; waits for the client."""


class _Sink:
    """Where the store writes an answer: held while it is short, else sent in parts."""

    __slots__ = ("_client", "_content_type", "_held", "_parts", "_request", "_size", "streaming")

    def __init__(self, client: Client, request: Request, content_type: str, held: int) -> None:
        self._client, self._request, self._content_type = client, request, content_type
        self._held = held
        self._parts: list[bytes] = []
        self._size = 0
        self.streaming = False

    def write(self, data: bytes) -> int:
        if self._client.stopped:
            raise Stopped
        self._parts.append(data)
        self._size += len(data)
        if self._size > self._held:
            self.send()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is held is sent when it is enough."""

    def send(self) -> None:
        body = b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        head = b""
        if not self.streaming:
            self.streaming = True
            head = self.head().bytes()
        if self._request.method != b"HEAD":
            self._client.stream(b"%b%x\r\n%b\r\n" % (head, len(body), body))

    def head(self) -> Answer:
        """The head of an answer whose length is not known."""
        close = self._request.fields.close
        rest = b"content-type: %b\r\ntransfer-encoding: chunked\r\n%b\r\n"
        return Answer(line(200), rest % (self._content_type.encode(), common(close)), close)

    def end(self) -> None:
        if self._parts:
            self.send()
        self._client.stream(b"0\r\n\r\n")

    def body(self) -> bytes:
        return b"".join(self._parts)


class Answerer:
    """Answers requests; `hosts` are those that SERVICE may ask, `longest` is in seconds, `rows`
    is how many rows an answer may have."""

    def __init__(
        self,
        publication: Publication,
        longest: float,
        hosts: frozenset[str] = frozenset(),
        rows: int | None = None,
    ) -> None:
        self.publication, self.longest, self.hosts, self.rows = publication, longest, hosts, rows
        self.encodings = quick_encodings()
        self.reader = Reader(lambda header: choose_encoding(header, self.encodings))
        self._ways: dict[tuple[str, str | None, bool], Way | None] = {}
        self._kept: dict[bytes, Answer] = {}
        self._once = bytearray(ONCE)
        self._size = 0
        self._edition: Edition | None = None
        self._lock = threading.Lock()

    def kept(self, raw: bytes) -> Answer | None:
        """The answer to the same request, where it was given for this edition."""
        now = self.publication.now()
        if now is not self._edition:
            with self._lock:
                self._kept, self._once, self._ways, self._size = {}, bytearray(ONCE), {}, 0
                self._edition = now
            return None
        return self._kept.get(raw)

    def understood(self, request: Request) -> Operation | Answer:
        """The query that a request asks, or its refusal. Raises `Elsewhere` for an update."""
        if request.method == b"GET" and (plain := plain_query(request.query_string)) is not None:
            return plain
        try:
            operation = read_request(
                request.method.decode("ascii"),
                request.query_string,
                request.fields.content_type,
                request.body,
            )
        except BadRequest as error:
            return self.refusal(request, error.status, str(error), error.headers)
        if operation.kind != "query":
            raise Elsewhere
        return operation

    def answer(self, request: Request, operation: Operation, client: Client) -> Answer:
        """The answer to one request. Raises `Stopped` where the client said so meanwhile."""
        try:
            if operation.plain and self.rows is None and request.method == b"GET":
                brief = self._brief(request, operation.text, client)
                if brief is not None:
                    return brief
            fields = request.fields
            question, chosen = question_of(
                operation,
                fields.accept,
                self._base(request, client),
                longest=self.longest,
                hosts=self.hosts,
                rows=self.rows,
            )
            edition = self.publication.now()
            client.begin(question.timeout or self.longest)
            content_type = chosen.content_type
            held = HELD if self.rows is None else HELD_LIMITED
            sink = _Sink(client, request, content_type, held)
            media_type = evaluate(edition.store.oxigraph, question, sink)
            if sink.streaming:
                if request.method == b"HEAD":
                    return sink.head()
                sink.end()
                return STREAMED
            cut = media_type.endswith(CUT)
            if cut:
                media_type = media_type.removesuffix(CUT)
            if not content_type.startswith(media_type):
                content_type = f"{media_type}; charset=utf-8"
            body = sink.body()
            more = f"{HEADER.lower()}: {self.rows}\r\n".encode() if cut else b""
            answer = self._written(request, 200, content_type, body, edition, more)
            self._keep(request, operation.text, edition, answer)
            return answer
        except BadRequest as error:
            return self.refusal(request, error.status, str(error), error.headers)
        except SyntaxError as error:
            return self.refusal(request, 400, readable(str(error)))
        except (ValueError, RuntimeError, OSError, OverflowError) as error:
            return self.refusal(request, 500, f"{type(error).__name__}: {error}")

    def _brief(self, request: Request, text: str, client: Client) -> Answer | None:
        """The same for a SELECT or ASK that asks for nothing special; None for others.

        What is special would be found out anew for each request, and takes longer than
        the store takes for a short query.
        """
        fields, edition = request.fields, self._edition
        found = BEGINNING.match(text)
        if found is None or edition is None or fields.no_match or fields.since:
            return None
        try:
            way = self._ways[found[1], fields.accept, fields.close]
        except KeyError:
            way = self._way(found[1], fields, edition)
        if way is None or way.edition is not edition or "service" in text.lower():
            return None
        prefixes = needed(text, shipped_prefixes())
        if prefixes or "<" in text:
            base = self._base(request, client)
            client.begin(self.longest)
            result = edition.store.oxigraph.query(
                text, use_default_graph_as_union=True, prefixes=prefixes, base_iri=base
            )
        else:
            client.begin(self.longest)
            result = edition.store.oxigraph.query(text, use_default_graph_as_union=True)
        if isinstance(result, ox.QueryBoolean):
            answer = way.boolean[bool(result)]
        elif isinstance(result, ox.QuerySolutions):
            sink = _Sink(client, request, way.content_type, HELD)
            result.serialize(cast(IO[bytes], sink), way.format)
            if sink.streaming:
                sink.end()
                return STREAMED
            body = sink.body()
            if fields.coding and len(body) > WORTH_COMPRESSING:
                answer = self._written(request, 200, way.content_type, body, edition)
            else:
                answer = way.answer(body)
        else:
            return None
        self._keep(request, text, edition, answer)
        return answer

    def _way(self, form: str, fields: Fields, edition: Edition) -> Way | None:
        """How a form of query is answered to this client; None: not in brief."""
        way = None
        chosen = negotiation.choose(fields.accept, RESULTS)
        if chosen is not None and form.upper() in ("SELECT", "ASK"):
            way = Way(chosen.media_type, chosen.content_type, edition, fields.close)
        if len(self._ways) < LARGEST_WAYS and edition is self._edition:
            self._ways[form, fields.accept, fields.close] = way
        return way

    @staticmethod
    def _base(request: Request, client: Client) -> str:
        """Where relative IRIs in a query start from: the address that was asked."""
        fields = request.fields
        scheme = fields.forwarded_scheme if client.local and fields.forwarded_scheme else "http"
        return f"{scheme}://{fields.host}{request.path.decode('ascii')}"

    def refusal(
        self, request: Request, status: int, message: str, headers: dict[str, str] | None = None
    ) -> Answer:
        """An answer other than 200, in words."""
        more = b"".join(
            f"{k.lower()}: {v}\r\n".encode("latin-1")
            for k, v in (headers or {}).items()
            if k != "Vary"
        )
        body = message.encode() + b"\n"
        return self._written(request, status, "text/plain; charset=utf-8", body, None, more)

    def _written(
        self,
        request: Request,
        status: int,
        content_type: str,
        body: bytes,
        edition: Edition | None,
        more: bytes = b"",
    ) -> Answer:
        fields = request.fields
        read = request.method != b"POST"
        tag = b""
        if edition is not None and read:
            tag = answer_tag(edition, body)
        if fields.coding and status == 200 and len(body) > WORTH_COMPRESSING:
            body = self.encodings[fields.coding](body)
            coding = fields.coding.encode()
            more += b"content-encoding: " + coding + b"\r\n"
            tag = tag and tag + b"-" + coding
        if tag and edition is not None:
            tag = b'"' + tag + b'"'
            more += b"etag: " + tag + b"\r\nlast-modified: " + modified(edition) + b"\r\n"
            if (fields.no_match or fields.since) and unchanged(
                tag, edition, fields.no_match, fields.since
            ):
                kept = more.replace(b"content-encoding: " + fields.coding.encode() + b"\r\n", b"")
                rest = kept + common(fields.close) + b"\r\n"
                return Answer(line(304), rest, fields.close)
        rest = b"content-type: %b\r\ncontent-length: %d\r\n%b%b\r\n" % (
            content_type.encode(),
            len(body),
            more,
            common(fields.close),
        )
        if request.method != b"HEAD":
            rest += body
        return Answer(line(status), rest, fields.close)

    def _keep(self, request: Request, text: str, edition: Edition, answer: Answer) -> None:
        """Keep an answer that is asked for the second time, if it is the same every time."""
        raw = request.raw
        if edition is not self._edition or len(raw) > LARGEST_KEY:
            return
        key = hash(raw)
        place, mark = key & (ONCE - 1), (key >> 20 & 0xFF) or 1
        if self._once[place] != mark:
            self._once[place] = mark
            return
        if _CHANGING.search(text):
            return
        with self._lock:
            if raw not in self._kept:
                self._size += len(raw) + len(answer.rest) + 400
            self._kept[raw] = answer
            while self._size > MEMORY:
                oldest = next(iter(self._kept))
                gone = self._kept.pop(oldest)
                self._size -= len(oldest) + len(gone.rest) + 400
