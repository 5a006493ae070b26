"""What the full-text index is filled with: of every thing its names, texts, facets and dates."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kgraph import iris
from kgraph.server.pages.words import chronological
from kgraph.store.embedded import OpenGraph

FACETS = ("kind", "person", "decade", "year", "channel", "archive", "side")
FILTERS = (*FACETS, "named", "place")
"""Fields by which an answer can be narrowed; facets are those whose values are counted."""
SHOWN = ("document", "person", "body", "group", "event", "place", "archive", "publication",
         "channel", "conflict")  # fmt: skip
ORDERS = ("by_date", "by_name")
"""Fields that hold the place of a thing in an order."""

TEXTS = """
SELECT ?x ?text ?main WHERE {
  { ?x rdfs:label ?text BIND(true AS ?main) }
  UNION { ?x skos:altLabel ?text BIND(true AS ?main) }
  UNION { ?x kg:regest ?text BIND(false AS ?main) }
  UNION { ?s kg:saidIn ?x ; kg:summary ?text BIND(false AS ?main) }
  UNION { ?x skos:note ?text BIND(false AS ?main) }
  UNION { ?x kg:localId ?text BIND(true AS ?main) }
}"""
VALUES = {
    "person": """SELECT DISTINCT ?x ?value WHERE {
      { ?x rico:hasSender ?value } UNION { ?x rico:hasAddressee ?value }
      UNION { ?x rico:hasOrHadParticipant ?value } UNION { ?x kg:participant ?value } }""",
    "channel": "SELECT DISTINCT ?x ?value WHERE { ?x kg:channel ?value }",
    "archive": """SELECT DISTINCT ?x ?value WHERE {
      ?x rico:hasOrHadInstantiation/(rico:hasOrHadHolder|kg:archivalUnit) ?value }""",
    "side": """SELECT DISTINCT ?x ?value WHERE {
      { ?x rico:hasSender/kg:side ?value } UNION { ?x rico:hasAddressee/kg:side ?value }
      UNION { ?x kg:side ?value } }""",
    "named": "SELECT DISTINCT ?x ?value WHERE { ?x schema:mentions ?value }",
    "place": """SELECT DISTINCT ?x ?value WHERE {
      { ?x kg:placeFrom ?value } UNION { ?x kg:placeTo ?value } }""",
}  # fmt: skip
SINGLE = {
    "label": "SELECT ?x ?value WHERE { ?x rdfs:label ?value }",
    "date": "SELECT ?x ?value WHERE { ?x kg:date ?value }",
    "earliest": "SELECT ?x ?value WHERE { ?x kg:earliest ?value }",
    "latest": "SELECT ?x ?value WHERE { ?x kg:latest ?value }",
    "regest": "SELECT ?x ?value WHERE { ?x kg:regest ?value }",
    "status": "SELECT ?x ?value WHERE { ?x kg:survivalStatus/skos:notation ?value }",
}
ENDS = {
    "from": "SELECT DISTINCT ?x ?value WHERE { ?x a kg:Document ; rico:hasSender ?value }",
    "to": "SELECT DISTINCT ?x ?value WHERE { ?x a kg:Document ; rico:hasAddressee ?value }",
    "channels": "SELECT DISTINCT ?x ?value WHERE { ?x a kg:Document ; kg:channel ?value"
    " FILTER(?value != kgc:not-stated) }",
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def schema() -> Any:
    """The fields of the index."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("shown", stored=True, indexed=False)
    for name in (*FILTERS, "month"):
        counted = name in FACETS or name == "month"
        builder.add_text_field(
            name, stored=False, tokenizer_name="raw", fast=counted, index_option="basic"
        )
    for name in (*ORDERS, "begins", "ends"):
        builder.add_unsigned_field(name, stored=False, indexed=True, fast=True)
    builder.add_text_field("name", stored=False, tokenizer_name="default")
    builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
    return builder.build()


def fill(index: Any, store: OpenGraph) -> None:
    """Put every thing of the graph into an empty index."""
    import tantivy

    texts: dict[str, tuple[list[str], list[str]]] = {}
    for iri, text, main in _rows(store, TEXTS):
        if "/-/" in iri or kind_of(iri) not in SHOWN:
            continue
        names, running = texts.setdefault(iri, ([], []))
        (names if main == "true" else running).append(text)
    single = {name: _single(store, query) for name, query in SINGLE.items()}
    facets = {name: _several(store, query) for name, query in VALUES.items()}
    ends = {name: _several(store, query) for name, query in ENDS.items()}
    labels = single["label"]
    places = _places(texts, labels, single["date"])
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for iri, (names, running) in texts.items():
        shown = {name: single[name].get(iri, "") for name in ("date", "regest", "status")}
        shown |= {"iri": iri, "kind": kind_of(iri), "names": " | ".join(names)[:400]}
        shown["label"] = labels.get(iri) or iris.local(iri)
        told = {
            name: [[whom, labels.get(whom) or iris.local(whom)] for whom in map(_iri, held[iri])]
            for name, held in ends.items() if iri in held
        }  # fmt: skip
        document = tantivy.Document()
        document.add_bytes("shown", json.dumps(shown | told, ensure_ascii=False).encode())
        document.add_text("kind", shown["kind"])
        document.add_text("name", " | ".join(names))
        document.add_text("text", " | ".join(names + running))
        for name in ORDERS:
            document.add_unsigned(name, places[name][iri])
        _dated(document, single["earliest"].get(iri, ""), single["latest"].get(iri, ""))
        for facet, held in facets.items():
            for value in held.get(iri, ()):
                document.add_text(facet, value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def day_number(text: str) -> int | None:
    """A day as a number that grows with time: 1961-09-29 is 19610929."""
    found = _DAY.match(text)
    return int("".join(found.groups())) if found else None


def _dated(document: Any, earliest: str, latest: str) -> None:
    begins, ends = day_number(earliest), day_number(latest)
    if begins is not None:
        document.add_text("month", earliest[:7])
        document.add_text("year", earliest[:4])
        document.add_text("decade", f"{earliest[:3]}0s")
    if (first := begins or ends) is not None:
        document.add_unsigned("begins", first)
        document.add_unsigned("ends", ends or first)


def _places(
    things: dict[str, Any], labels: dict[str, str], dates: dict[str, str]
) -> dict[str, dict[str, int]]:
    """Where each thing stands in each order, counted from 0."""

    def named(iri: str) -> tuple[bool, str, str]:
        label = labels.get(iri, "")
        return label[:1].islower(), label.casefold(), iri

    by_date = sorted(things, key=lambda iri: (chronological(dates.get(iri, "")), iri))
    return {
        "by_date": {iri: place for place, iri in enumerate(by_date)},
        "by_name": {iri: place for place, iri in enumerate(sorted(things, key=named))},
    }


def _rows(store: OpenGraph, query: str) -> Iterator[list[str]]:
    for row in store.select(query):
        yield [str(getattr(term, "value", "")) for term in row]


def _single(store: OpenGraph, query: str) -> dict[str, str]:
    """One value a thing; of several the first in their order."""
    found: dict[str, str] = {}
    for iri, value in _rows(store, query):
        found[iri] = min(found.get(iri, value), value)
    return found


def _several(store: OpenGraph, query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for iri, value in _rows(store, query):
        found[iri].append(key_of(value))
    return dict(found)


def kind_of(iri: str) -> str:
    """Kind of a thing by its IRI: person, document, event, channel ..."""
    if iri.startswith(iris.CHANNELS):
        return "channel"
    if iri.startswith(iris.THINGS):
        return iri.removeprefix(iris.THINGS).partition("/")[0]
    return "term"


def key_of(iri: str) -> str:
    """A facet's value as it stands in addresses: local for things, "c/..." for channels."""
    if iri.startswith(iris.CHANNELS):
        return "c/" + iri.removeprefix(iris.CHANNELS)
    return iri.removeprefix(iris.THINGS)


def _iri(key: str) -> str:
    return iris.CHANNELS + key[2:] if key.startswith("c/") else iris.THINGS + key
