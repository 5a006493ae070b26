"""What the graph says of one thing, for those who follow its IRI.

A description has the statements about the thing and its parts (legs, copies, dates),
for a document and an event also the whole named graphs of the records about it,
the labels of everything it points to, and links that come in (at most `INCOMING` of
each kind).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kgraph import iris, vocab
from kgraph.store.embedded import OpenGraph

INCOMING = 100
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(vocab.iri(curie))


def exists(store: OpenGraph, iri: str) -> bool:
    """Whether the graph says anything of `iri` or points to it."""
    subject = ox.NamedNode(iri)
    if next(iter(store.quads(subject)), None) is not None:
        return True
    return next(iter(store.quads(graph=subject)), None) is not None


def describe(store: OpenGraph, iri: str, predicates: Iterable[str] | None = None) -> list[ox.Quad]:
    """The quads of a description; empty where the graph knows nothing of `iri`. With the
    `predicates` that things have of which this may be the object, links to a thing that has very many are found faster."""
    found: dict[ox.Quad, None] = {}
    records = [
        solution["r"].value
        for solution in _select(store, "SELECT DISTINCT ?r { ?r kg:describes ?x }", iri)
    ]
    for graph in [*records, iri]:
        for quad in store.quads(graph=ox.NamedNode(graph)):
            found[quad] = None
    for quad in _with_parts(store, ox.NamedNode(iri), set()):
        found[quad] = None
    if not found:
        return []
    for quad in list(_incoming(store, iri, predicates)):
        found[quad] = None
    for quad in list(_labels(store, found)):
        found[quad] = None
    return list(found)


def _with_parts(store: OpenGraph, subject: ox.NamedNode, seen: set[str]) -> Iterator[ox.Quad]:
    """Statements about a thing and about the parts of it, which have its IRI before theirs."""
    seen.add(subject.value)
    for quad in store.quads(subject):
        yield quad
        target = quad.object
        if (
            isinstance(target, ox.NamedNode)
            and iris.PART in target.value
            and target.value not in seen
        ):
            yield from _with_parts(store, target, seen)


def _incoming(store: OpenGraph, iri: str, predicates: Iterable[str] | None) -> Iterator[ox.Quad]:
    thing, derived = ox.NamedNode(iri), ox.NamedNode(iris.DERIVED)
    pointers = [None] if predicates is None else [ox.NamedNode(name) for name in predicates]
    for pointer in pointers:
        counted: dict[ox.NamedNode, set[str]] = {}
        for quad in store.match(None, pointer, thing):
            subject = quad.subject
            if not isinstance(subject, ox.NamedNode) or iris.PART in subject.value:
                continue
            seen = counted.setdefault(quad.predicate, set())
            if subject.value in seen:  # in another graph
                continue
            if len(seen) == INCOMING:
                if pointer is not None:
                    break
                continue
            seen.add(subject.value)
            yield ox.Quad(subject, quad.predicate, thing, derived)


def _labels(store: OpenGraph, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    things: dict[ox.NamedNode, None] = {}
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(iris.BASE):
                things[term] = None
    for thing in things:
        yield from store.match(thing, LABEL, None)


def _select(store: OpenGraph, query: str, iri: str) -> ox.QuerySolutions:
    answer = store.query(query, {"x": ox.NamedNode(iri)})
    assert isinstance(answer, ox.QuerySolutions)
    return answer
