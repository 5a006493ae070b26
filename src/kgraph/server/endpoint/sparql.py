"""The SPARQL endpoint: queries, updates where allowed, and what the service is."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from kgraph import vocab
from kgraph.server import negotiation
from kgraph.server.caching import answer_tag
from kgraph.server.endpoint.limits import HEADER
from kgraph.server.endpoint.protocol import BadRequest, Operation, read_request
from kgraph.server.endpoint.workers import CUT, Asked, Failed, Question
from kgraph.server.negotiation import HTML, RDF, RESULTS, Representation
from kgraph.server.publication import Publication

_KEYWORD = r"(?<![\w:?$@-]){}\b(?![:-])"  # no variable, no part of a prefixed name
_FORM = re.compile(_KEYWORD.format("(SELECT|ASK|CONSTRUCT|DESCRIBE)"), re.IGNORECASE)
_IRIS = r"<[^<>\"{}|^`\\\s]*>"
_WORDS = (
    r"\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
)
BEGINNING = re.compile(
    rf"\s*(?:(?:PREFIX\s+[\w.-]*:|BASE)\s*{_IRIS}\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
"""The beginning of a usual query, up to its form. What it does not match may be a query, too."""
_NOISE = re.compile(rf"#[^\n]*|{_IRIS}|{_WORDS}", re.DOTALL)
_UNSAID = re.compile(rf"#[^\n]*|({_IRIS})|{_WORDS}", re.DOTALL)
_SERVICE = re.compile(_KEYWORD.format("SERVICE"), re.IGNORECASE)
_SERVICE_IRI = re.compile(
    _KEYWORD.format("SERVICE") + rf"(?:\s*SILENT\b)?\s*({_IRIS})", re.IGNORECASE
)
_BASE = re.compile(_KEYWORD.format("BASE"), re.IGNORECASE)
_POSITION = re.compile(r"at (?:line )?(\d+)(?::| (?:between columns |column ))(\d+)")

Updating = Callable[[str, str], None]
"""Runs an update: its text and the IRI that relative IRIs in it start from."""


@dataclass
class Endpoint:
    """`/sparql`. `updating` runs an update text, or is None where the store is read-only."""

    publication: Publication
    pool: Asked
    token: str | None = None
    updating: Updating | None = None
    hosts: frozenset[str] = frozenset()  # of endpoints that SERVICE may ask
    longest: float = 30.0
    rows: int | None = None  # that an answer may have
    page: Callable[[Request], Any] | None = None  # what a browser without a query gets
    _described: dict[str, bytes] = field(default_factory=dict)

    async def answer(self, request: Request) -> Response:
        body = await request.body() if request.method == "POST" else b""
        try:
            operation = read_request(
                request.method,
                request.scope["query_string"],
                request.headers.get("content-type"),
                body,
            )
            if operation.kind == "describe-service":
                return await self._service(request)
            if operation.kind == "update":
                return self._update(request, operation)
            return await self._query(request, operation)
        except BadRequest as error:
            return PlainTextResponse(str(error) + "\n", error.status, error.headers)
        except Failed as error:
            return PlainTextResponse(readable(str(error)) + "\n", error.status)

    async def _query(self, request: Request, operation: Operation) -> Response:
        question, chosen = question_of(
            operation,
            request.headers.get("accept"),
            str(request.url.replace(query="")),
            longest=self.longest,
            hosts=self.hosts,
            rows=self.rows,
        )
        return await self._streamed(question, chosen)

    async def _streamed(self, question: Question, chosen: Representation) -> Response:
        """The answer as it comes; its first chunk decides between 200 and an error."""
        answer = self.pool.stream(question)
        if question.row_limit is not None:
            return await self._held(answer, chosen, question.row_limit)
        kind, first = await anext(answer)
        headers = {"Vary": "Accept", "Content-Type": chosen.content_type}
        if kind == "end":
            return Response(b"", headers=_typed(headers, first))
        second_kind, second = await anext(answer)
        if second_kind == "end":  # the usual case: one chunk
            tag = answer_tag(self.publication.now(), first).decode()
            return Response(first, headers=_typed(headers, second) | {"ETag": f'"{tag}"'})

        async def rest() -> AsyncIterator[bytes]:
            yield first
            yield second
            async for more, data in answer:
                if more == "data":
                    yield data

        return StreamingResponse(rest(), headers=headers)

    async def _held(
        self, answer: AsyncIterator[tuple[str, bytes]], chosen: Representation, rows: int
    ) -> Response:
        """An answer that may be cut: its end decides what its head says."""
        chunks = [one async for one in answer]
        headers = {"Vary": "Accept", "Content-Type": chosen.content_type}
        written = chunks.pop()[1].decode()
        if written.endswith(CUT):
            headers[HEADER] = str(rows)
        body = b"".join(data for _, data in chunks)
        return Response(body, headers=_typed(headers, written.removesuffix(CUT).encode()))

    def _update(self, request: Request, operation: Operation) -> Response:
        if self.updating is None:
            raise BadRequest(403, "this store is read-only; it is not served with --writable")
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            raise BadRequest(401, "updates need the token", WWW_Authenticate="Bearer")
        from kgraph.server.endpoint.update import with_dataset

        text = with_dataset(operation.text, operation.default_graphs, operation.named_graphs)
        try:
            self.updating(text, str(request.url.replace(query="")))
        except SyntaxError as error:
            raise BadRequest(400, readable(str(error))) from None
        except (ValueError, RuntimeError, OSError) as error:
            raise BadRequest(500, str(error)) from None
        return Response(status_code=204)

    async def _service(self, request: Request) -> Response:
        offered = (*RDF, HTML) if self.page else RDF
        accept = request.headers.get("accept")
        chosen = negotiation.choose(accept, offered)
        if chosen is HTML and self.page is not None:
            page: Response = await self.page(request)
            return page
        if chosen is None or chosen.rdf is None:
            chosen = RDF[0]
        url = str(request.url.replace(query=""))
        key = f"{url} {chosen.suffix}"
        if key not in self._described:
            quads = service_description(url, self.updating is not None, bool(self.hosts))
            prefixes = {**vocab.prefixes(), "sd": SD}
            self._described[key] = ox.serialize(quads, format=chosen.rdf, prefixes=prefixes) or b""
        return Response(
            self._described[key], headers={"Content-Type": chosen.content_type, "Vary": "Accept"}
        )


def question_of(
    operation: Operation,
    accept: str | None,
    base: str,
    *,
    longest: float,
    hosts: frozenset[str] = frozenset(),
    rows: int | None = None,
) -> tuple[Question, Representation]:
    """What a request asks of the store, and how its answer is to be written.

    `base` is where relative IRIs start from, `longest` the seconds that a query may
    take, `hosts` those that SERVICE may ask, `rows` how many rows an answer may have. Raises `BadRequest`: 406 where no
    format fits, 400 for an unknown format or a SERVICE that is not allowed.
    """
    text = operation.text
    form = query_form(text)
    graphs = form in ("CONSTRUCT", "DESCRIBE")
    offered = RDF if graphs else RESULTS
    if operation.format is None:
        chosen = _chosen(accept, graphs)
    else:
        chosen = _named(operation.format, offered)
    if chosen is None:
        if form is not None:
            kinds = ", ".join(r.media_type for r in offered)
            raise BadRequest(406, f"this answer can be had as: {kinds}", Vary="Accept")
        chosen = offered[0]
    if "service" in text.lower() and _SERVICE.search(_NOISE.sub(" ", text)):
        _check_services(text, hosts, base)
    question = Question(
        text,
        chosen.media_type if chosen.results else "application/sparql-results+json",
        chosen.media_type if chosen.rdf else "text/turtle",
    )
    question.prefixes, question.base, question.row_limit = shipped_prefixes(), base, rows
    question.timeout = min(operation.timeout, longest) if operation.timeout else longest
    if operation.names_a_dataset:
        question.default_graphs = operation.default_graphs
        question.named_graphs = operation.named_graphs
    return question, chosen


@lru_cache(2000)
def _chosen(accept: str | None, graphs: bool) -> Representation | None:
    return negotiation.choose(accept, RDF if graphs else RESULTS)


@cache
def shipped_prefixes() -> tuple[tuple[str, str], ...]:
    """The prefixes that a query need not declare."""
    return tuple(vocab.prefixes().items())


def _check_services(text: str, hosts: frozenset[str], base: str) -> None:
    """Refuse SERVICE unless each one names, as an IRI in full, a host that is allowed."""
    if not hosts:
        raise BadRequest(400, "SERVICE is off here; the server was started without --allow-service")
    bare = _UNSAID.sub(lambda found: found[1] or " ", text)
    named = [found.strip("<>") for found in _SERVICE_IRI.findall(bare)]
    if len(named) < len(_SERVICE.findall(_NOISE.sub(" ", text))):
        raise BadRequest(400, "SERVICE must name its endpoint as a full IRI here")
    declared = _BASE.search(bare)
    for iri in named:
        if declared and ":" not in iri:
            raise BadRequest(400, "SERVICE must name its endpoint as a full IRI here")
        try:
            host = urlsplit(urljoin(base, iri)).hostname or ""
        except ValueError:
            host = ""
        if host not in hosts:
            raise BadRequest(
                400, f"SERVICE may not ask {host or iri} here; allowed: {', '.join(sorted(hosts))}"
            )


def query_form(text: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; None for a text that is no query."""
    found = BEGINNING.match(text) or _FORM.search(_NOISE.sub(" ", text))
    return found[1].upper() if found else None


def _named(suffix: str, offered: tuple[Representation, ...]) -> Representation:
    aliases = {"json": "srj", "xml": "srx", "turtle": "ttl"}
    for representation in offered:
        if aliases.get(suffix, suffix) == representation.suffix or suffix in (
            representation.media_types
        ):
            return representation
    known = ", ".join(r.suffix for r in offered)
    raise BadRequest(400, f"there is no format {html.escape(suffix)!r}; there are {known}")


def _typed(headers: dict[str, str], media_type: bytes) -> dict[str, str]:
    """Headers with the media type that was really written."""
    written = media_type.decode()
    if not headers["Content-Type"].startswith(written):
        text = written.startswith("text/")
        return {**headers, "Content-Type": f"{written}; charset=utf-8" if text else written}
    return headers


def readable(message: str) -> str:
    found = _POSITION.search(message)
    return f"line {found[1]}, column {found[2]}: {message}" if found else message


SD = "http://www.w3.org/ns/sparql-service-description#"


def service_description(url: str, writable: bool, federated: bool) -> list[ox.Triple]:
    """SPARQL 1.1 Service Description of the endpoint at `url`."""
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD + name)

    service = ox.BlankNode("service")
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    triples = [
        ox.Triple(service, rdf_type, sd("Service")),
        ox.Triple(service, sd("endpoint"), ox.NamedNode(url)),
        ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        ox.Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        ox.Triple(service, sd("defaultDataset"), dataset),
        ox.Triple(dataset, rdf_type, sd("Dataset")),
        ox.Triple(dataset, sd("defaultGraph"), default),
        ox.Triple(default, rdf_type, sd("Graph")),
    ]
    if writable:
        triples.append(ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Update")))
    if federated:
        triples.append(ox.Triple(service, sd("feature"), sd("BasicFederatedQuery")))
    formats = "http://www.w3.org/ns/formats/"
    for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
                 "SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads",
                 "TriG"):  # fmt: skip
        triples.append(ox.Triple(service, sd("resultFormat"), ox.NamedNode(formats + name)))
    return triples
