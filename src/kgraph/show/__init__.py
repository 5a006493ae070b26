"""All about one thing: what is preferred, what each source claims and in which words, its way.

A claim of a source often has a node of its own (a leg, a participation, a date),
whose statements come nested: node -> parts. Nothing here knows the single terms;
whatever a record says of a thing is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
import pyoxigraph as ox

from kgraph import answers, iris, lookup, queries, vocab
from kgraph.report import KgraphError
from kgraph.store import Store

DEPTH = 4
LINKS = 50
"""Subjects listed for one property that points at the thing; the others are counted."""


class Fact(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One statement. `parts` are the statements about its value, where that is a node
    of the same record; `words` with `start` and `end` are what the source writes."""

    property: str
    value: str
    label: str | None = None
    words: str | None = None
    start: int | None = None
    end: int | None = None
    locator: str | None = None
    rule: str | None = None
    certainty: str | None = None
    parts: list[Fact] = []


class Account(msgspec.Struct, kw_only=True):
    """What one record of one source says."""

    record: str
    source: str
    source_label: str | None = None
    locator: str | None = None
    facts: list[Fact] = []


class Links(msgspec.Struct, kw_only=True):
    """What points at the thing by one property; `subjects` are ids with labels. Of the hops of a
    document's way the document is named: whose hands it went through."""

    property: str
    count: int
    subjects: list[tuple[str, str | None]] = []


class Description(msgspec.Struct, kw_only=True):
    """One thing as the graph knows it."""

    id: str
    iri: str
    label: str | None
    kinds: list[str]
    preferred: list[Fact]
    legs: list[dict[str, str | None]]
    accounts: list[Account]
    names: list[tuple[str, int]]  # how sources write its name, most frequent first
    links: list[Links]
    aliases: list[str]
    labels: dict[str, str]  # of the ids and notations in the legs, and of their sources


class _Walk:
    """Gathers the statements about a thing; keeps its triples for Turtle and JSON-LD."""

    def __init__(self, store: Store, iri: str) -> None:
        self.store = store
        self.iri = iri
        self.triples: list[ox.Triple] = []
        self.graphs: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
        self.nodes: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
        self._thing()

    def _thing(self) -> None:
        rows = self.store.select(
            "SELECT ?graph ?p ?o { GRAPH ?graph { ?thing ?p ?o } } ORDER BY ?graph ?p ?o",
            {"thing": ox.NamedNode(self.iri)},
        )
        frontier: set[str] = set()
        for graph, p, o in rows:
            self._take(self.iri, p, o)
            name = graph.value  # type: ignore[union-attr]
            self.graphs.setdefault(name, []).append((p.value, o))  # type: ignore[arg-type,union-attr]
            frontier |= self._parts(o)
        about = self.store.select(
            "SELECT ?graph ?node { GRAPH ?graph { ?node kg:about ?thing } } ORDER BY ?graph ?node",
            {"thing": ox.NamedNode(self.iri)},
        )
        for graph, node in about:
            name, value = graph.value, node.value  # type: ignore[union-attr]
            if "/-/" in value:
                self.graphs.setdefault(name, []).append((vocab.iri("kg:about"), node))  # type: ignore[arg-type]
                frontier.add(value)
        records = f"{iris.THINGS}record/"
        frontier |= {name for name in self.graphs if name.startswith(records)}
        for _ in range(DEPTH):
            frontier = self._expand(frontier - set(self.nodes))

    def _expand(self, wanted: set[str]) -> set[str]:
        """Read the statements of the nodes `wanted`; the nodes that these lead to."""
        further: set[str] = set()
        listed = sorted(wanted)
        for start in range(0, len(listed), 200):
            values = " ".join(str(ox.NamedNode(one)) for one in listed[start : start + 200])
            rows = self.store.select(
                f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o }} ORDER BY ?s ?p ?o"
            )
            for s, p, o in rows:
                subject = s.value  # type: ignore[union-attr]
                self._take(subject, p, o)
                self.nodes.setdefault(subject, []).append((p.value, o))  # type: ignore[arg-type,union-attr]
                further |= self._parts(o)
        return further

    def _take(self, subject: str, p: object, o: object) -> None:
        self.triples.append(ox.Triple(ox.NamedNode(subject), p, o))  # type: ignore[arg-type]

    @staticmethod
    def _parts(o: object) -> set[str]:
        return {o.value} if isinstance(o, ox.NamedNode) and "/-/" in o.value else set()


def describe(store: Store, local_id: str) -> Description:
    """All about the thing with this local id (or IRI). `KgraphError` where nothing is known."""
    walk = _walk(store, local_id)
    labels = answers.labels_of(store, _mentioned(walk))
    mine = labels.get(walk.iri)
    read = _Reading(walk, labels)
    local = iris.local(walk.iri)
    legs = _legs(store, local)
    return Description(
        id=local,
        iri=walk.iri,
        label=mine,
        kinds=sorted({vocab.shrink(k) for k in read.values(walk.iri, "rdf:type")}),
        preferred=list(read.facts_of_graphs(lambda graph: "/record/" not in graph)),
        legs=legs,
        accounts=list(read.accounts()),
        names=_names(store, walk.iri),
        links=_links(store, walk.iri),
        aliases=_aliases(store, walk.iri),
        labels=_leg_labels(store, legs),
    )


def triples(store: Store, local_id: str) -> list[ox.Triple]:
    """The statements that `describe` rests on."""
    return _walk(store, local_id).triples


def _walk(store: Store, local_id: str) -> _Walk:
    walk = _Walk(store, lookup.follow(store, lookup.term(local_id)).value)
    if not walk.triples:
        raise KgraphError(
            f"nothing is known of {local_id}",
            hint=lookup.did_you_mean(store, local_id) or "ids look like person/kohler or frus/21",
        )
    return walk


def _mentioned(walk: _Walk) -> set[str]:
    every = [*walk.graphs.values(), *walk.nodes.values()]
    found = {o.value for part in every for _, o in part if isinstance(o, ox.NamedNode)}
    return {one for one in found if one.startswith(iris.BASE) and "/-/" not in one} | {walk.iri}


class _Reading:
    """Statements as facts."""

    _APART = ("rdf:type", "kg:evidence", "oa:exact", "kg:locator", "kg:rule", "kg:certainty")

    def __init__(self, walk: _Walk, labels: dict[str, str]) -> None:
        self.walk = walk
        self.labels = labels
        self.apart = {vocab.iri(name) for name in self._APART}

    def values(self, node: str, name: str) -> list[str]:
        """Values of one property of a node, the thing itself included."""
        wanted = vocab.iri(name)
        statements = self.walk.nodes.get(node, [])
        if node == self.walk.iri:
            statements = [one for part in self.walk.graphs.values() for one in part]
        return [o.value for p, o in statements if p == wanted]

    def facts_of_graphs(self, chosen: object) -> Iterator[Fact]:
        for graph, statements in self.walk.graphs.items():
            if chosen(graph):  # type: ignore[operator]
                yield from self.facts(statements, {self.walk.iri})

    def facts(
        self, statements: Iterable[tuple[str, ox.NamedNode | ox.Literal]], seen: set[str]
    ) -> Iterator[Fact]:
        for p, o in statements:
            if p in self.apart or o.value in seen:
                continue
            fact = Fact(property=_short(p), value=_local(o), label=self.labels.get(o.value))
            if isinstance(o, ox.NamedNode) and "/-/" in o.value and o.value in self.walk.nodes:
                self._with_words(fact, o.value)
                fact.parts = list(self.facts(self.walk.nodes[o.value], seen | {o.value}))
            yield fact

    def _with_words(self, fact: Fact, node: str) -> None:
        for name in ("locator", "rule"):
            setattr(fact, name, next(iter(self.values(node, f"kg:{name}")), None))
        certainty = next(iter(self.values(node, "kg:certainty")), None)
        fact.certainty = certainty.rpartition("-")[2] if certainty else None
        fact.words = next(iter(self.values(node, "oa:exact")), None)
        for span in self.values(node, "kg:evidence"):
            for selector in self.values(span, "oa:hasSelector"):
                fact.words = next(iter(self.values(selector, "oa:exact")), fact.words)
                start, end = self.values(selector, "oa:start"), self.values(selector, "oa:end")
                if start and end:
                    fact.start, fact.end = int(start[0]), int(end[0])

    def accounts(self) -> Iterator[Account]:
        """What each record says, by record."""
        for graph, statements in sorted(self.walk.graphs.items()):
            if "/record/" not in graph:
                continue
            own = [
                (p, o)
                for p, o in self.walk.nodes.get(graph, [])
                if o.value != self.walk.iri and p != vocab.iri("prov:hadPrimarySource")
            ]
            source = next(iter(self.values(graph, "prov:hadPrimarySource")), "")
            yield Account(
                record=iris.local(graph).removeprefix("record/"),
                source=iris.local(source),
                source_label=self.labels.get(source),
                locator=next(iter(self.values(graph, "kg:locator")), None),
                facts=list(self.facts([*own, *statements], {self.walk.iri, graph})),
            )


def _short(iri: str) -> str:
    return vocab.shrink(iri)


def _local(term: ox.NamedNode | ox.Literal) -> str:
    return answers.cell_text(term)


def _legs(store: Store, local_id: str) -> list[dict[str, str | None]]:
    if local_id.partition("/")[0] in iris.KINDS:
        return []
    return queries.select(store, "legs", {"document": local_id})


def _leg_labels(store: Store, legs: list[dict[str, str | None]]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for leg in legs:
        for name in ("from", "by", "to", "place", "source"):
            if value := leg[name]:
                wanted[iris.thing(value)] = value
        for name in ("mode", "channel"):
            if value := leg[name]:
                wanted[iris.channel(value)] = value
    found = answers.labels_of(store, wanted)
    return {wanted[iri]: label for iri, label in found.items() if iri in wanted}


def _names(store: Store, iri: str) -> list[tuple[str, int]]:
    rows = store.select(
        "SELECT ?name (COUNT(DISTINCT ?node) AS ?n) { "
        "?node prov:agent|oa:hasBody ?thing ; kg:nameAsGiven ?name } GROUP BY ?name ?thing",
        {"thing": ox.NamedNode(iri)},
    )
    counted = Counter({queries.plain(name) or "": int(queries.plain(n) or 0) for name, n in rows})
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _links(store: Store, iri: str) -> list[Links]:
    rows = store.select(
        "SELECT DISTINCT ?p ?s ?label { ?s ?p ?thing . OPTIONAL { ?s rdfs:label ?label } } "
        "ORDER BY ?p ?s",
        {"thing": ox.NamedNode(iri)},
    )
    hands = store.select(
        "SELECT DISTINCT ?p ?s ?label { VALUES ?p { kg:handedBy kg:carriedBy kg:handedTo } "
        "?leg ?p ?thing . ?s kg:hasLeg ?leg . OPTIONAL { ?s rdfs:label ?label } } ORDER BY ?p ?s",
        {"thing": ox.NamedNode(iri)},
    )
    found: dict[str, dict[str, str | None]] = {}
    for p, s, label in [*rows, *hands]:
        subject = queries.plain(s) or ""
        if "/-/" not in subject and "/record/" not in subject:
            found.setdefault(_short(queries.plain(p) or ""), {}).setdefault(
                iris.local(subject), queries.plain(label)
            )
    return [
        Links(property=name, count=len(subjects), subjects=sorted(subjects.items())[:LINKS])
        for name, subjects in found.items()
    ]


def _aliases(store: Store, iri: str) -> list[str]:
    rows = store.select(
        "SELECT DISTINCT ?alias { ?alias dcterms:isReplacedBy ?thing "
        "FILTER NOT EXISTS { ?alias owl:deprecated true } } ORDER BY ?alias",
        {"thing": ox.NamedNode(iri)},
    )
    return [iris.local(queries.plain(alias) or "") for (alias,) in rows]
