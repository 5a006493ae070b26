"""Triple Pattern Fragments: one pattern at a time, in pages that link to each other.

After the specification of 2014 (https://linkeddatafragments.org/specification/triple-pattern-fragments/):
every fragment has its data, an estimate of how many triples match (``void:triples``,
here exact but for patterns that match very many), and the Hydra form by which any
other fragment is found. Metadata and form stand in a named graph in TriG and N-Quads.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import vocab
from kgraph.server import negotiation
from kgraph.server.catalogue import VOID, statistics
from kgraph.server.catalogue.dcat import Describing
from kgraph.server.negotiation import RDF, Representation
from kgraph.server.publication import Edition, Publication
from kgraph.store import Term

HYDRA = "http://www.w3.org/ns/hydra/core#"
PAGE = 100
KEPT = 16
"""Readings that are kept open, for clients that ask page after page."""
SLICE = 20_000
"""Triples passed over at a stretch before other requests have their turn."""
COUNTED = 50_000
"""Matches up to which an estimate is counted out."""
_SUFFIXES = {"ttl", "jsonld", "trig", "nq", "nt"}
OFFERED: tuple[Representation, ...] = tuple(
    sorted((r for r in RDF if r.suffix in _SUFFIXES), key=lambda r: r.suffix != "trig")
)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<?([^<>\s]+?)>?)?', re.DOTALL)
_TURTLE = re.compile(r'"(.*)"(?:@([\w-]+)|\^\^<?([^<>\s]+?)>?)?', re.DOTALL)
Pattern = tuple[Term | None, Term | None, Term | None]


@dataclass
class _Reading:
    """Matches of a pattern, read up to `position`; used by one thread alone, as the store
    demands of whoever began to read."""

    quads: Iterator[ox.Quad]
    position: int = 0
    last: ox.Triple | None = None

    def take(self, count: int) -> list[ox.Triple]:
        """The next `count` triples; the same triple of several graphs comes once."""
        found: list[ox.Triple] = []
        for quad in self.quads:
            triple = quad.triple
            if triple == self.last:
                continue
            self.last = triple
            found.append(triple)
            if len(found) == count:
                break
        self.position += len(found)
        return found


@dataclass
class Fragments:
    """``/fragments?subject=&predicate=&object=&page=``."""

    publication: Publication
    path: str = "/fragments"
    _edition: Edition | None = None
    _open: OrderedDict[tuple[str, int], _Reading] = field(default_factory=OrderedDict)
    """Readings on their way to the page that begins at a position."""
    _reader: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="fragments")
    )

    async def answer(self, request: Request) -> Response:
        """A page of a fragment, as TriG unless the client likes another format better."""
        chosen = negotiation.choose(request.headers.get("accept"), OFFERED)
        if chosen is None:
            kinds = ", ".join(r.media_type for r in OFFERED)
            return PlainTextResponse(f"a fragment can be had as: {kinds}\n", 406, VARY)
        try:
            pattern = read_pattern(request)
            page = int(request.query_params.get("page", "1"))
        except ValueError as error:
            return PlainTextResponse(f"{error}\n", 400)
        if page < 1 or page > 10**9:
            return PlainTextResponse("pages are numbered from 1\n", 404)
        edition = self.publication.now()
        total = await run_in_threadpool(estimate, edition, pattern)
        triples, more = await self._page(edition, pattern, page)
        if not triples and page > 1:
            return PlainTextResponse("there is no such page\n", 404)
        root = str(request.base_url)
        controls = self.controls(request, pattern, page, more, total, root)
        metadata = f"{root.rstrip('/')}{self.path}#metadata"
        body = await run_in_threadpool(_written, triples, controls, chosen, metadata)
        return Response(body, headers={"Content-Type": chosen.content_type, **VARY})

    def close(self) -> None:
        """End the readings, in the thread that began them."""
        self._reader.submit(self._open.clear)
        self._reader.shutdown()

    async def _page(
        self, edition: Edition, pattern: Pattern, page: int
    ) -> tuple[list[ox.Triple], bool]:
        """The triples of a page, and whether there are more."""
        loop = asyncio.get_running_loop()
        found = None
        while found is None:  # others have their turn meanwhile
            found = await loop.run_in_executor(self._reader, self._read, edition, pattern, page)
        return found

    def _read(
        self, edition: Edition, pattern: Pattern, page: int
    ) -> tuple[list[ox.Triple], bool] | None:
        """The same; None where the page is not yet reached."""
        if edition is not self._edition:
            self._open.clear()
            self._edition = edition
        start, key = (page - 1) * PAGE, str(pattern)
        reading = self._open.pop((key, start), None) or _Reading(edition.store.match(*pattern))
        if reading.position < start:
            if not reading.take(min(SLICE, start - reading.position)):
                return [], False
            self._keep((key, start), reading)
            return None
        triples = reading.take(PAGE)
        more = len(triples) == PAGE
        if more:
            self._keep((key, reading.position), reading)
        return triples, more

    def _keep(self, place: tuple[str, int], reading: _Reading) -> None:
        self._open[place] = reading
        while len(self._open) > KEPT:
            self._open.popitem(last=False)

    def controls(
        self,
        request: Request,
        pattern: Pattern,
        page: int,
        more: bool,
        total: int,
        root: str,
    ) -> list[ox.Triple]:
        """What the fragment is, its neighbours, and the form (Hydra Core Vocabulary)."""
        d = Describing()
        here = root.rstrip("/") + self.path
        asked = {k: v for k, v in request.query_params.items() if k in NAMES and v}
        this = ox.NamedNode(here + ("?" + urlencode(asked) if asked else ""))
        shown = _address(here, asked, page) if "page" in request.query_params else this
        dataset = ox.NamedNode(f"{here}#dataset")
        form = ox.NamedNode(f"{here}#form")
        d.say(dataset, "rdf:type", ox.NamedNode(VOID + "Dataset"),
              ox.NamedNode(HYDRA + "Collection"))  # fmt: skip
        d.say(dataset, VOID + "subset", *dict.fromkeys((this, shown)))
        d.say(dataset, VOID + "uriLookupEndpoint", ox.Literal(_template(here)))
        d.say(dataset, HYDRA + "itemsPerPage", PAGE)
        d.say(dataset, HYDRA + "search", form)
        d.say(form, HYDRA + "template", ox.Literal(_template(here)))
        explicit = ox.NamedNode(HYDRA + "ExplicitRepresentation")
        d.say(form, HYDRA + "variableRepresentation", explicit)
        for name, meant in zip(NAMES, ("subject", "predicate", "object"), strict=True):
            mapping = ox.NamedNode(f"{here}#{name}")
            d.say(form, HYDRA + "mapping", mapping)
            d.say(mapping, HYDRA + "variable", ox.Literal(name))
            d.say(mapping, HYDRA + "property", node_of(meant))
        for fragment in dict.fromkeys((this, shown)):
            d.say(fragment, "rdf:type", ox.NamedNode(HYDRA + "PartialCollectionView"),
                  ox.NamedNode(HYDRA + "PagedCollection"))  # fmt: skip
            d.say(fragment, "dcterms:source", dataset)
            d.say(fragment, VOID + "triples", total)
            d.say(fragment, HYDRA + "totalItems", total)
            d.say(fragment, HYDRA + "itemsPerPage", PAGE)
            first = _address(here, asked, 1)
            d.say(fragment, HYDRA + "first", first)
            d.say(fragment, HYDRA + "firstPage", first)
            if more:
                d.say(fragment, HYDRA + "next", _address(here, asked, page + 1))
                d.say(fragment, HYDRA + "nextPage", _address(here, asked, page + 1))
            if page > 1:
                d.say(fragment, HYDRA + "previous", _address(here, asked, page - 1))
                d.say(fragment, HYDRA + "previousPage", _address(here, asked, page - 1))
        return d.triples


NAMES = ("subject", "predicate", "object")
VARY = {"Vary": "Accept"}


def node_of(name: str) -> ox.NamedNode:
    return ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name)


def read_pattern(request: Request) -> Pattern:
    """The pattern that a request asks for. Raises ValueError for a term that is none.

    A variable (``?x``) or nothing means any term; literals come as in N-Triples, with
    or without angle brackets around the datatype.
    """
    subject, predicate, object_ = (read_term(request.query_params.get(name, "")) for name in NAMES)
    if isinstance(subject, ox.Literal) or isinstance(predicate, (ox.Literal, ox.BlankNode)):
        raise ValueError("subject and predicate cannot be literals")
    return subject, predicate, object_


def counts_all(request: Request) -> bool:
    """Whether the estimate is taken from the figures of the data."""
    asked = (request.query_params.get(name, "").strip() for name in ("subject", "object"))
    return all(not text or text.startswith("?") for text in asked)


def read_term(text: str) -> Term | None:
    """A term as clients write it in an address."""
    text = text.strip()
    if not text or text.startswith("?"):
        return None
    if text.startswith('"'):
        found = _LITERAL.fullmatch(text) or _TURTLE.fullmatch(text)
        if found is None:
            raise ValueError(f"not a literal: {text}")
        value = _unescaped(found[1])
        if found[2]:
            return ox.Literal(value, language=found[2])
        return ox.Literal(value, datatype=ox.NamedNode(found[3]) if found[3] else None)
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    return ox.NamedNode(text.strip("<>"))


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _MEANT.get(found[3], found[3])

    return _ESCAPE.sub(meant, text)


def estimate(edition: Edition, pattern: Pattern) -> int:
    """How many triples match: exact up to `COUNTED` and where only the predicate, or
    nothing, is given; otherwise at least `COUNTED`."""
    kept: dict[str, int] = edition.memo.setdefault("estimates", {})
    key = str(pattern)
    if key not in kept:
        subject, predicate, object_ = pattern
        if subject is None and object_ is None:
            figures = statistics(edition)
            counted = figures.triples
            if isinstance(predicate, ox.NamedNode):
                counted = figures.properties.get(predicate.value, 0)
        else:
            counted = len(_Reading(edition.store.match(*pattern)).take(COUNTED))
        if len(kept) > 10_000:
            kept.clear()
        kept[key] = counted
    return kept[key]


def _template(here: str) -> str:
    return here + "{?subject,predicate,object}"


def _address(here: str, asked: dict[str, str], page: int) -> ox.NamedNode:
    return ox.NamedNode(f"{here}?{urlencode({**asked, 'page': page})}")


def _written(
    triples: list[ox.Triple], controls: list[ox.Triple], chosen: Representation, metadata: str
) -> bytes:
    prefixes = {**vocab.prefixes(), "hydra": HYDRA, "void": VOID}
    statements: list[ox.Triple] | list[ox.Quad]
    if chosen.suffix in ("trig", "nq", "jsonld"):
        graph = ox.NamedNode(metadata)
        about = ox.Triple(graph, ox.NamedNode(vocab.iri("foaf:primaryTopic")), controls[0].subject)
        statements = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
        statements += [ox.Quad(t.subject, t.predicate, t.object, graph) for t in (about, *controls)]
    else:
        statements = [*controls, *triples]
    return ox.serialize(statements, format=chosen.rdf, prefixes=prefixes) or b""
