"""Is the graph sound? Shapes, references to nothing, and the conflicts that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kgraph import iris, vocab
from kgraph.report import Finding
from kgraph.shapes import Test, sorted_tests
from kgraph.shipped import folder
from kgraph.store import Store, Term

MOST = 100
"""Findings listed for one constraint; of the rest only the number is told."""


def shape_tests() -> list[Test]:
    """The tests of ``ontology/shapes.ttl``."""
    path = folder("ontology") / "shapes.ttl"
    return sorted_tests([iris.rebase(path.read_text("utf-8"))]) if path.exists() else []


def violations(store: Store) -> Iterator[Finding]:
    """What breaks a shape: one finding for a node and a constraint."""
    for test in shape_tests():
        seen = 0
        for this, *rest in store.select(test.query):
            seen += 1
            if seen <= MOST:
                yield _finding(test, this, rest[0] if rest else None)
        if seen > MOST:
            yield Finding(
                code=f"shape-{test.component}",
                where=_name(ox.NamedNode(test.shape)),
                message=f"{test.message}: {seen - MOST} more like these",
                severity=test.severity,
            )


def _finding(test: Test, this: Term | None, value: Term | None) -> Finding:
    message = test.message
    if test.path:
        message += f" ({_short(test.path)})"
    if value is not None and value != this:
        message += f": {_name(value)}"
    return Finding(
        code=f"shape-{test.component}",
        where=_name(this),
        message=message,
        hint="see ontology/shapes.ttl",
        severity=test.severity,
    )


def _short(path: str) -> str:
    """A SPARQL path with its IRIs as prefixed names."""
    for part in {piece.split(">")[0] for piece in path.split("<")[1:]}:
        path = path.replace(f"<{part}>", vocab.shrink(part))
    return path


def _name(term: Term | None) -> str:
    if isinstance(term, ox.NamedNode):
        local = iris.local(term.value)
        return local if local != term.value else vocab.shrink(term.value)
    return "" if term is None else str(getattr(term, "value", term))


def dangling(store: Store) -> Iterator[Finding]:
    """Things of ours that statements point at and that nothing is said of.

    Where no document of a source is in the graph, as the documents that the authority's events
    are told in are not beside letters of one's own, that is for information.
    """
    found: dict[str, Counter[str]] = {}
    rows = store.select(
        "SELECT DISTINCT ?predicate ?target ?subject WHERE { ?subject ?predicate ?target "
        f'FILTER(isIRI(?target) && STRSTARTS(STR(?target), "{iris.BASE}")) '
        "FILTER NOT EXISTS { ?target ?p ?o } }"
    )
    example: dict[str, str] = {}
    for predicate, target, subject in rows:
        name = _name(target)
        found.setdefault(name, Counter())[_name(predicate)] += 1
        example[name] = min(example.get(name, _name(subject)), _name(subject))
    sources = {name.partition("/")[0] for name in found} - set(iris.KINDS)
    absent = {one for one in sources if not _holds_documents(store, one)}
    for name, predicates in sorted(found.items()):
        elsewhere = name.partition("/")[0] in absent
        uses = ", ".join(f"{predicate} {count}x" for predicate, count in predicates.most_common(3))
        yield Finding(
            code="dangling-reference",
            where=name,
            message=f"is pointed at ({uses}; e.g. by {example[name]}) and nothing is said of it",
            hint="build its source too" if elsewhere else "add an entry for it, or mend the id",
            severity="info" if elsewhere else "warning",
        )


def _holds_documents(store: Store, source: str) -> bool:
    """Whether the graph has a document whose id begins with `source`, as those of a source do."""
    begin = iris.document(f"{source}/")
    return store.ask(f'ASK {{ ?one a kg:Document FILTER(STRSTARTS(STR(?one), "{begin}")) }}')


def conflicts(store: Store) -> Iterator[Finding]:
    """The disagreements that the graph holds: nothing to mend, all claims stay."""
    rows = store.select(
        "SELECT ?conflict ?property (GROUP_CONCAT(DISTINCT STR(?value); separator=' | ') AS ?all) "
        "(GROUP_CONCAT(DISTINCT STR(?thing); separator=' ') AS ?things) WHERE { "
        "?conflict a kg:Conflict ; kg:onProperty ?property ; kg:about ?thing . "
        "OPTIONAL { ?conflict kg:hasClaim/rdf:value ?value } } "
        "GROUP BY ?conflict ?property ORDER BY ?conflict"
    )
    for _, name, values, things in rows:
        about = " ".join(iris.local(one) for one in _name(things).split())
        yield Finding(
            code="conflict",
            where=about,
            message=f"sources differ on {_name(name)}: {_name(values)}",
            severity="info",
        )
