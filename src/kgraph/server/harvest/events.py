"""A Linked Data Event Stream of versions (https://w3id.org/ldes/specification, TREE hypermedia).

Every change of a thing is a member: a named graph that holds what the graph says
of the thing, with its time, the thing it is a version of, and whether it was created,
updated or deleted. Only the last version of a thing is kept in full (the retention
policy says so); a deletion stays for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import vocab
from kgraph.server import negotiation
from kgraph.server.catalogue.dcat import XSD, Describing
from kgraph.server.describe import CC0, node
from kgraph.server.harvest.history import CREATED, UPDATED, History, Version
from kgraph.server.negotiation import RDF, Representation
from kgraph.server.publication import Edition

LDES = "https://w3id.org/ldes#"
TREE = "https://w3id.org/tree#"
SH = "http://www.w3.org/ns/shacl#"
AS = "https://www.w3.org/ns/activitystreams#"
PAGE = 100
OFFERED = tuple(
    sorted((r for r in RDF if r.suffix in ("trig", "nq", "jsonld")), key=lambda r: r.suffix != "trig")
)  # fmt: skip


@dataclass
class EventStream:
    """``/ldes`` is the stream with its first page; ``/ldes?page=N`` are the pages."""

    history: History
    path: str = "/ldes"

    async def answer(self, request: Request) -> Response:
        """A page of the stream in a format that has named graphs."""
        chosen = negotiation.choose(request.headers.get("accept"), OFFERED)
        if chosen is None:
            kinds = ", ".join(r.media_type for r in OFFERED)
            return PlainTextResponse(
                f"the stream can be had as: {kinds}\n", 406, {"Vary": "Accept"}
            )
        text = request.query_params.get("page", "0")
        root = str(request.base_url).rstrip("/") + self.path
        body = None
        if text.isdecimal():
            body = await run_in_threadpool(self._page, root, int(text), chosen)
        if body is None:
            return PlainTextResponse("there is no such page\n", 404)
        return Response(body, headers={"Content-Type": chosen.content_type, "Vary": "Accept"})

    def _page(self, root: str, page: int, chosen: Representation) -> bytes | None:
        edition, history = self.history.now()
        versions = history.slice(page * PAGE, PAGE + 1)
        if page and not versions:
            return None
        quads = [
            ox.Quad(t.subject, t.predicate, t.object) for t in self.stream(root, page, versions)
        ]
        for version in versions[:PAGE]:
            if version.last:
                quads += self.member(edition, root, version)
        prefixes = {**vocab.prefixes(), "ldes": LDES, "tree": TREE, "as": AS}
        return ox.serialize(quads, format=chosen.rdf, prefixes=prefixes)

    def stream(self, root: str, page: int, versions: list[Version]) -> list[ox.Triple]:
        """The collection, this page as a node of its tree, and the way to the next, which
        begins with the last of `versions` where there are more than fit the page."""
        d = Describing()
        stream = ox.NamedNode(root + "#stream")
        first = ox.NamedNode(root)
        here = ox.NamedNode(f"{root}?page={page}") if page else first
        d.say(stream, "rdf:type", ox.NamedNode(TREE + "Collection"),
              ox.NamedNode(LDES + "EventStream"))  # fmt: skip
        d.say(stream, "dcterms:title", "Versions of everything that the graph describes")
        d.say(stream, "dcterms:license", ox.NamedNode(CC0))
        d.say(stream, LDES + "timestampPath", node("dcterms:created"))
        d.say(stream, LDES + "versionOfPath", node("dcterms:isVersionOf"))
        d.say(stream, LDES + "versionCreateObject", ox.NamedNode(AS + "Create"))
        d.say(stream, LDES + "versionUpdateObject", ox.NamedNode(AS + "Update"))
        d.say(stream, LDES + "versionDeleteObject", ox.NamedNode(AS + "Delete"))
        _shape(d, stream, root)
        d.say(stream, TREE + "view", here)
        d.say(here, "rdf:type", ox.NamedNode(TREE + "Node"))
        policy = ox.NamedNode(root + "#retention")
        d.say(first, LDES + "retentionPolicy", policy)
        d.say(policy, "rdf:type", ox.NamedNode(LDES + "LatestVersionSubset"))
        d.say(policy, LDES + "amount", 1)
        if len(versions) > PAGE:
            relation = ox.NamedNode(f"{root}?page={page}#next")
            d.say(here, TREE + "relation", relation)
            d.say(relation, "rdf:type", ox.NamedNode(TREE + "GreaterThanOrEqualToRelation"))
            d.say(relation, TREE + "node", ox.NamedNode(f"{root}?page={page + 1}"))
            d.say(relation, TREE + "path", node("dcterms:created"))
            d.say(relation, TREE + "value", _instant(versions[PAGE]))
        for version in versions[:PAGE]:
            if version.last:
                d.say(stream, TREE + "member", _name(root, version))
        return d.triples

    def member(self, edition: Edition, root: str, version: Version) -> list[ox.Quad]:
        """One version: what it is in the default graph, what it says in a graph of its name."""
        d = Describing()
        name = _name(root, version)
        change = {CREATED: "Create", UPDATED: "Update"}.get(version.change, "Delete")
        d.say(name, "rdf:type", ox.NamedNode(AS + change))
        d.say(name, "dcterms:isVersionOf", ox.NamedNode(version.iri))
        d.say(name, "dcterms:created", _instant(version))
        d.say(name, "dcterms:identifier", ox.Literal(version.digest))
        quads = [ox.Quad(t.subject, t.predicate, t.object) for t in d.triples]
        if not version.gone:
            told = dict.fromkeys(q.triple for q in own_statements(edition, version.iri))
            quads += [ox.Quad(t.subject, t.predicate, t.object, name) for t in told]
        return quads


def own_statements(edition: Edition, iri: str) -> list[ox.Quad]:
    """What belongs to a version of a thing: its records whole, and what is said of it and
    its parts elsewhere. Labels of other things and links to it are versions of those."""
    store = edition.store
    thing = ox.NamedNode(iri)
    quads: dict[ox.Quad, None] = {}
    for (record,) in store.select("SELECT DISTINCT ?r { ?r kg:describes ?x }", {"x": thing}):
        if isinstance(record, ox.NamedNode):
            quads.update(dict.fromkeys(store.quads(graph=record)))
    waiting, seen = [thing], {iri}
    while waiting:
        for quad in store.quads(waiting.pop()):
            quads[quad] = None
            part = quad.object
            if not isinstance(part, ox.NamedNode) or part.value in seen:
                continue
            if part.value.startswith(iri + "/-/"):
                seen.add(part.value)
                waiting.append(part)
    return list(quads)


def _shape(d: Describing, stream: ox.NamedNode, root: str) -> None:
    """What every member has."""
    shape = ox.NamedNode(root + "#shape")
    d.say(stream, TREE + "shape", shape)
    d.say(shape, "rdf:type", ox.NamedNode(SH + "NodeShape"))
    for name, demand, value in (
        ("isVersionOf", "nodeKind", ox.NamedNode(SH + "IRI")),
        ("created", "datatype", ox.NamedNode(XSD + "dateTime")),
    ):
        part = ox.NamedNode(f"{root}#shape-{name}")
        d.say(shape, SH + "property", part)
        d.say(part, SH + "path", node("dcterms:" + name))
        d.say(part, SH + demand, value)
        d.say(part, SH + "minCount", 1)
        d.say(part, SH + "maxCount", 1)


def _name(root: str, version: Version) -> ox.NamedNode:
    return ox.NamedNode(f"{root}#version-{version.number}")


def _instant(version: Version) -> ox.Literal:
    return ox.Literal(version.at.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
