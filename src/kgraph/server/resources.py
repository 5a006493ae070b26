"""Every IRI answers: things by 303 to their documents, documents by negotiation.

    /id/person/kohler        303 ──▶ /doc/person/kohler        (by Accept)
    /id/person/kohler.ttl    303 ──▶ /doc/person/kohler.ttl    (Turtle, whatever Accept says)

After Cool URIs for the Semantic Web (W3C 2008), section 4.2. An id that was merged
into another answers 301; one that was given up, 410.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kgraph import iris, vocab
from kgraph.server import negotiation
from kgraph.server.catalogue import counted, statistics
from kgraph.server.describe import CC0, describe, node
from kgraph.server.negotiation import HTML, RDF, Representation, by_suffix
from kgraph.server.publication import Edition, Publication
from kgraph.shipped import folder

SHAPES = iris.BASE + "shapes"
IN_SCHEMA_ORG = ".schema.jsonld"
"""Suffix of JSON-LD in the words of schema.org."""
JSON_LD = next(one for one in RDF if one.suffix == "jsonld")
Page = Callable[[Request, Edition, str, list[ox.Quad]], Response | None]


@dataclass
class Resources:
    """Answers for things, their documents, and the terms. `page` draws the HTML of one."""

    publication: Publication
    page: Page | None = None
    further: tuple[Representation, ...] = ()  # e.g. CMIF for letters
    write_further: Callable[[Edition, str, Representation], bytes | None] | None = None
    cite: Callable[[Request, Edition, str, str], Response] | None = None
    in_schema_org: Callable[[Request, Edition, str], Response] | None = None

    @property
    def offered(self) -> tuple[Representation, ...]:
        return (*((HTML,) if self.page else ()), *RDF, *self.further)

    def offered_of(self, iri: str) -> tuple[Representation, ...]:
        """What one thing can be had as: the further representations are for documents."""
        document = iri.startswith(iris.THINGS + "document/") and "/-/" not in iri
        return self.offered if document else tuple(r for r in self.offered if r.rdf or r is HTML)

    def links_of(self, request: Request, path: str) -> str | None:
        """The Link header of the page at `path`; None where there is no page."""
        iri, representation = self._iri(self.publication.now(), _iri_of(path))
        quads = self.quads(self.publication.now(), iri)
        chosen = representation or self.offered[0]
        return self._links(request, iri, chosen, quads) if quads else None

    async def thing(self, request: Request) -> Response:
        """303 from a thing to its document."""
        path = request.scope["path"].removeprefix("/id/")
        return RedirectResponse("/doc/" + quote(path), 303, {"Vary": "Accept"})

    async def channel_or_term(self, request: Request) -> Response:
        """The ontology, the shapes and the channel scheme at their own IRIs."""
        iri = iris.from_path(request.scope["path"])
        return await run_in_threadpool(self._describe, request, iri)

    async def document(self, request: Request) -> Response:
        iri = _iri_of(request.scope["path"])
        return await run_in_threadpool(self._describe, request, iri)

    def _describe(self, request: Request, iri: str) -> Response:
        edition = self.publication.now()
        stem, _, suffix = iri.rpartition(".")
        if self.cite and suffix in ("bib", "ris") and self.quads(edition, stem):
            return self.cite(request, edition, stem, suffix)
        by_profile = False
        representation: Representation | None
        if iri.endswith(IN_SCHEMA_ORG) and self.quads(edition, iri.removesuffix(IN_SCHEMA_ORG)):
            iri, representation, by_profile = iri.removesuffix(IN_SCHEMA_ORG), JSON_LD, True
        else:
            iri, representation = self._iri(edition, iri)
        quads = self.quads(edition, iri)
        if not quads:
            return self._gone_or_missing(request, iri)
        moved = _moved_to(quads, iri)
        if moved:
            path = moved.removeprefix(iris.THINGS)
            return RedirectResponse("/doc/" + quote(path, safe="/%"), 301)
        if _deprecated(quads, iri):
            return PlainTextResponse(_farewell(quads, iri), 410)
        if representation is None:
            accept = request.headers.get("accept")
            representation = negotiation.choose(accept, self.offered_of(iri))
            by_profile = representation is JSON_LD and negotiation.asks_for_schema_org(accept)
        if representation is None:
            return self._not_acceptable(request, iri)
        headers = {
            "Content-Type": representation.content_type,
            "Vary": "Accept",
            "Link": self._links(request, iri, representation, quads),
        }
        if by_profile and self.in_schema_org is not None:
            answer = self.in_schema_org(request, edition, iri)
            answer.headers.update({k: v for k, v in headers.items() if k != "Content-Type"})
            return answer
        if representation is HTML and self.page is not None:
            page = self.page(request, edition, iri, quads)
            if page is not None:
                page.headers.update({k: v for k, v in headers.items() if k != "Content-Type"})
                return page
            representation = RDF[0]
            headers["Content-Type"] = representation.content_type
        if representation.rdf is None:
            body = self.write_further(edition, iri, representation) if self.write_further else None
            if body is None:
                return self._not_acceptable(request, iri)
            return Response(body, headers=headers)
        body = serialise(quads, iri, representation, document_iri(request, iri))
        return Response(body, headers=headers)

    def quads(self, edition: Edition, iri: str) -> list[ox.Quad]:
        """The description of `iri`, kept as long as the edition for a while."""
        memo: dict[str, list[ox.Quad]] = edition.memo.setdefault("descriptions", {})
        found = memo.get(iri)
        if found is None:
            if len(memo) > 500:
                memo.clear()
            predicates = statistics(edition).of_things if counted(edition) else None
            found = shapes() if iri == SHAPES else describe(edition.store, iri, predicates)
            memo[iri] = found
        return found

    def _iri(self, edition: Edition, iri: str) -> tuple[str, Representation | None]:
        """The IRI without a suffix that asks for a representation."""
        stem, representation = by_suffix(iri, self.offered)
        if representation and not self.quads(edition, iri):
            return stem, representation
        return iri, None

    def _links(
        self, request: Request, iri: str, chosen: Representation, quads: Sequence[ox.Quad]
    ) -> str:
        """Typed links (Signposting level 2, FAIR; RFC 8288)."""
        base = _base(iri)
        links = [f'<{iri}>; rel="cite-as"', f'<{CC0}>; rel="license"']
        links.append('<https://schema.org/AboutPage>; rel="type"')
        if "/document/" in iri:
            links.append('<https://schema.org/Message>; rel="type"')
            links += [f'<{one}>; rel="author"' for one in _senders(quads, iri)]
        for other in self.offered_of(iri):
            if other is not chosen:
                kind = "describedby" if other.rdf else "alternate"
                links.append(f'<{base}.{other.suffix}>; rel="{kind}"; type="{other.media_type}"')
        if self.in_schema_org is not None:
            links.append(
                f'<{base}{IN_SCHEMA_ORG}>; rel="describedby"; type="application/ld+json"; '
                f'profile="{negotiation.SCHEMA_ORG}"'
            )
        links.append('</.well-known/void>; rel="describedby"; type="text/turtle"')
        links.append('</dataset>; rel="collection"; type="text/turtle"')
        links.append(f'</linkset{base}>; rel="linkset"; type="application/linkset+json"')
        return ", ".join(_ascii(link) for link in links)

    def _not_acceptable(self, request: Request, iri: str) -> Response:
        base = _base(iri)
        lines = [f"{r.media_type}  {base}.{r.suffix}" for r in self.offered_of(iri)]
        text = "this can be had as:\n" + "\n".join(lines) + "\n"
        return PlainTextResponse(text, 406, {"Vary": "Accept"})

    def _gone_or_missing(self, request: Request, iri: str) -> Response:
        if self.page is not None:
            page = self.page(request, self.publication.now(), iri, [])
            if page is not None and negotiation.choose(
                request.headers.get("accept"), (*RDF, HTML)
            ) is HTML:  # fmt: skip
                return page
        return PlainTextResponse(f"nothing is known of {iris.local(iri)}\n", 404)


def _base(iri: str) -> str:
    """Path of the document about a thing, without a suffix."""
    if iri.startswith(iris.THINGS):
        return "/doc/" + iri.removeprefix(iris.THINGS)
    return "/" + iri.removeprefix(iris.BASE)


def _senders(quads: Sequence[ox.Quad], iri: str) -> list[str]:
    sender, thing = node("rico:hasSender"), ox.NamedNode(iri)
    return [
        q.object.value
        for q in quads
        if q.predicate == sender and q.subject == thing and isinstance(q.object, ox.NamedNode)
    ]


def shapes() -> list[ox.Quad]:
    """The shapes of the ontology: they are shipped beside the store, not in it."""
    text = iris.rebase((folder("ontology") / "shapes.ttl").read_text("utf-8"))
    graph = ox.NamedNode(SHAPES)
    return [
        ox.Quad(q.subject, q.predicate, q.object, graph)
        for q in ox.parse(text, format=ox.RdfFormat.TURTLE)
    ]


def document_iri(request: Request, iri: str) -> str:
    """Absolute address of the document about `iri`."""
    path = "/doc/" + iri.removeprefix(iris.THINGS)
    if not iri.startswith(iris.THINGS):
        path = "/" + iri.removeprefix(iris.BASE)
    return str(request.url.replace(path=path, query=""))


def serialise(
    quads: Sequence[ox.Quad], iri: str, representation: Representation, document: str
) -> bytes:
    """A description in an RDF format, with what the document itself is."""
    about = [
        ox.Triple(ox.NamedNode(document), node("rdf:type"), node("foaf:Document")),
        ox.Triple(ox.NamedNode(document), node("foaf:primaryTopic"), ox.NamedNode(iri)),
        ox.Triple(ox.NamedNode(document), node("dcterms:license"), ox.NamedNode(CC0)),
    ]
    assert representation.rdf is not None
    statements: list[Any]
    if representation.rdf in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS):
        statements = [*(ox.Quad(t.subject, t.predicate, t.object) for t in about), *quads]
    else:
        statements = list(dict.fromkeys([*about, *(quad.triple for quad in quads)]))
    written = ox.serialize(statements, format=representation.rdf, prefixes=vocab.prefixes())
    assert written is not None
    return written


def _moved_to(quads: Sequence[ox.Quad], iri: str) -> str | None:
    targets = _replaced_by(quads, iri)
    return targets[0] if len(targets) == 1 else None


def _farewell(quads: Sequence[ox.Quad], iri: str) -> str:
    """What is said of an id that was given up or split."""
    parts = _replaced_by(quads, iri)
    if not parts:
        return f"{iris.local(iri)} was given up\n"
    return "\n".join([f"{iris.local(iri)} was split into", *parts, ""])


def _replaced_by(quads: Sequence[ox.Quad], iri: str) -> list[str]:
    replaced = node("dcterms:isReplacedBy")
    return [
        q.object.value
        for q in quads
        if q.predicate == replaced
        and isinstance(q.subject, ox.NamedNode)
        and q.subject.value == iri
        and isinstance(q.object, ox.NamedNode)
    ]


def _deprecated(quads: Sequence[ox.Quad], iri: str) -> bool:
    gone = node("owl:deprecated")
    return any(q.predicate == gone and q.subject == ox.NamedNode(iri) for q in quads)


def _iri_of(path: str) -> str:
    """What the document at a path is about."""
    if path.startswith("/doc/"):
        path = "/id/" + path.removeprefix("/doc/")
    return iris.from_path(path)


def _ascii(text: str) -> str:
    """Header fields carry ASCII: other letters are percent-encoded (RFC 3987, section 3.1)."""
    return "".join(c if ord(c) < 128 else "".join(f"%{b:02X}" for b in c.encode()) for c in text)
