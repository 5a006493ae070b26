"""The home page: what there is in figures, an example, who wrote most to whom, and the sources."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kgraph import iris, vocab
from kgraph.server import kept
from kgraph.server.catalogue import KINDS, statistics
from kgraph.server.pages import Row, View
from kgraph.server.pages.drawing import bars, month_of
from kgraph.server.pages.pictures import longest_way
from kgraph.server.publication import Edition

MOST_PAIRS = 1000
PAIRS = f"""
SELECT ?sender ?sender_label ?addressee ?addressee_label (COUNT(DISTINCT ?d) AS ?documents) WHERE {{
  ?d rico:hasSender ?sender ; rico:hasAddressee ?addressee ; kg:survivalStatus kg:status-extant .
  ?sender rdfs:label ?sender_label . ?addressee rdfs:label ?addressee_label .
}} GROUP BY ?sender ?sender_label ?addressee ?addressee_label ORDER BY DESC(?documents) ?sender_label ?addressee_label LIMIT {MOST_PAIRS}"""
SOURCES = """
SELECT ?source ?label (COUNT(DISTINCT ?record) AS ?records) WHERE {
  ?record prov:hadPrimarySource ?source . ?source rdfs:label ?label
} GROUP BY ?source ?label ORDER BY DESC(?records)"""
LABELLED = (
    "SELECT ?label ?date WHERE { ?x rdfs:label ?label OPTIONAL { ?x kg:date ?date } } LIMIT 1"
)
MONTHS = "SELECT ?date (COUNT(?x) AS ?n) WHERE { ?x a kg:Document ; kg:date ?date } GROUP BY ?date"
COUNTED = {
    "document": ("/letters", "documents"), "person": ("/people", "persons"),
    "event": ("/events", "events"), "place": ("/places", "places"),
    "archive": ("/archives", "archival units"),
    "conflict": ("/conflicts", "conflicts and doubts"),
}  # fmt: skip


def home(view: View) -> dict[str, Any]:
    """What the home page shows."""
    figures = statistics(view.edition).classes
    counts = [(*words, figures.get(vocab.iri(KINDS[kind]), 0)) for kind, words in COUNTED.items()]
    legs = figures.get(vocab.iri("kg:TransmissionLeg"), 0)
    counts.insert(1, ("/channels", "legs from hand to hand", legs))
    found = gathered(view.edition)
    months = {((year, month), "documents"): count for year, month, count in found["months"]}
    return {
        "counts": counts,
        "pairs": found["pairs"][:10],
        "sources": found["sources"],
        "way": found["way"],
        "in_time": bars(months, ("documents",), "Documents in time"),
    }


def gathered(edition: Edition) -> dict[str, Any]:
    """What is read of the whole graph, once an edition: the pairs with most letters, the
    sources, documents by month as [year, month, count], and the letter with the longest way."""
    found: dict[str, Any] = kept.value(edition, "home-1", lambda: _gathered(View.of(edition)))
    return found


def _gathered(view: View) -> dict[str, Any]:
    months: Counter[tuple[int, int | None]] = Counter()
    for row in view.rows(MONTHS):
        if month := month_of(row["date"]):
            months[month] += int(row["n"])
    return {
        "pairs": view.rows(PAIRS),
        "sources": view.rows(SOURCES),
        "months": [[year, month, count] for (year, month), count in months.items()],
        "way": _long_way(view),
    }


def _long_way(view: View) -> Row | None:
    """The letter whose drawn way passes through most hands, to be shown as an example."""
    document = longest_way(view.edition)
    named = view.rows(LABELLED, x=iris.thing(document)) if document else []
    return named[0] | {"document": document} if named else None
