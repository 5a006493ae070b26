"""The full-text index of one edition, by tantivy (BM25), with counts by facet.

A facet is a field with one or more exact values a thing: the kind of thing, the
persons who wrote or received, the year and decade, the channels, who holds copies,
and the sides. Counts are those of the answer to the words and all chosen facets.
"""

from __future__ import annotations

import contextlib
import difflib
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph import iris
from kgraph.server.pages import Row, View
from kgraph.server.pages.things import kind_of

FACETS = ("kind", "person", "decade", "year", "channel", "archive", "side")
SHOWN = ("document", "person", "body", "group", "event", "place", "archive", "publication",
         "channel", "conflict")  # fmt: skip
FORMAT = "search-2"
"""Name of the folder of an index beside its generation; raised when the fields change."""

TEXTS = """
SELECT ?x ?text ?main WHERE {
  { ?x rdfs:label ?text BIND(true AS ?main) }
  UNION { ?x skos:altLabel ?text BIND(true AS ?main) }
  UNION { ?x kg:regest ?text BIND(false AS ?main) }
  UNION { ?s kg:saidIn ?x ; kg:summary ?text BIND(false AS ?main) }
  UNION { ?x skos:note ?text BIND(false AS ?main) }
  UNION { ?x kg:localId ?text BIND(true AS ?main) }
}"""
SHORT = """
SELECT ?x ?label ?date ?earliest ?regest WHERE {
  ?x rdfs:label ?label
  OPTIONAL { ?x kg:date ?date } OPTIONAL { ?x kg:earliest ?earliest } OPTIONAL { ?x kg:regest ?regest }
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
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One page of an answer: how many fit in all, those shown, and counts by facet."""

    count: int
    results: list[Row]
    counts: dict[str, list[tuple[str, int]]]


@dataclass
class Index:
    """A full-text index of one edition, kept beside its generation where that can be written."""

    index: Any
    schema: Any

    @classmethod
    def of(cls, view: View) -> Index:
        import tantivy

        schema = _schema()
        folder = Path(view.edition.folder).parent / FORMAT
        with contextlib.suppress(OSError, ValueError):
            if folder.is_dir():
                return cls(tantivy.Index(schema, path=str(folder)), schema)
            draft = Path(tempfile.mkdtemp(prefix=f".{FORMAT}-", dir=folder.parent))
            try:
                _fill(tantivy.Index(schema, path=str(draft)), view)
                draft.rename(folder)
                return cls(tantivy.Index(schema, path=str(folder)), schema)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        index = tantivy.Index(schema)
        _fill(index, view)
        return cls(index, schema)

    def find(self, words: str, chosen: Mapping[str, str], size: int = 50, offset: int = 0) -> Found:
        """What fits the words (a broken query is read leniently) and every chosen facet."""
        query = self._query(words, chosen)
        searcher = self.index.searcher()
        hits = searcher.search(query, size, count=True, offset=offset)
        results = []
        for _, address in hits.hits:
            document = searcher.doc(address)
            results.append({n: (document[n] or [""])[0] for n in
                            ("iri", "kind", "label", "date", "regest")})  # fmt: skip
        asked = {name: {"terms": {"field": name, "size": 60}} for name in FACETS}
        counted = searcher.aggregate(query, asked)
        counts = {
            name: [(str(b["key"]), int(b["doc_count"])) for b in counted[name]["buckets"]]
            for name in FACETS
        }
        return Found(int(hits.count), results, counts)

    def _query(self, words: str, chosen: Mapping[str, str]) -> Any:
        from tantivy import Occur, Query

        parts = [
            (Occur.Must, Query.const_score_query(Query.term_query(self.schema, name, value), 0.0))
            for name, value in chosen.items()
        ]
        if words:
            text, _ = self.index.parse_query_lenient(
                words, ["name", "text"], field_boosts={"name": 3.0}, conjunction_by_default=True
            )
            parts.append((Occur.Must, text))
        else:
            parts.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(parts)

    def respelled(self, words: str) -> str | None:
        """The words as names here are spelled, where that finds something; else None."""
        from tantivy import Query

        searcher = self.index.searcher()
        better = []
        for word in re.findall(r"\w+", words.lower()):
            fuzzy = Query.fuzzy_term_query(
                self.schema, "name", word, distance=1 if len(word) < 6 else 2
            )
            near: set[str] = set()
            for _, address in searcher.search(fuzzy, 40).hits:
                near.update(re.findall(r"\w+", searcher.doc(address)["names"][0].lower()))
            if word in near:
                better.append(word)
            else:
                better += difflib.get_close_matches(word, sorted(near), 1, 0.5) or [word]
        text = " ".join(better)
        if text and text != words.lower() and self.find(text, {}, 1).count:
            return text
        return None


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("iri", "label", "date", "regest", "names"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(
            name, stored=name == "kind", tokenizer_name="raw", fast=True, index_option="basic"
        )
    builder.add_text_field("name", stored=False, tokenizer_name="default")
    builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
    return builder.build()


def _fill(index: Any, view: View) -> None:
    import tantivy

    texts: dict[str, tuple[list[str], list[str]]] = {}
    for row in view.rows(TEXTS):
        iri = row["x"]
        if "/-/" in iri or kind_of(iri) not in SHOWN:
            continue
        names, running = texts.setdefault(iri, ([], []))
        (names if row["main"] == "true" else running).append(row["text"])
    short = {row["x"]: row for row in reversed(view.rows(SHORT))}
    values: dict[str, dict[str, list[str]]] = {}
    for facet, query in VALUES.items():
        gathered: dict[str, list[str]] = defaultdict(list)
        for row in view.rows(query):
            gathered[row["x"]].append(_key(row["value"]))
        values[facet] = gathered
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for iri, (names, running) in texts.items():
        row = short.get(iri, {})
        document = tantivy.Document()
        document.add_text("iri", iri)
        document.add_text("kind", kind_of(iri))
        document.add_text("label", row.get("label") or iris.local(iri))
        document.add_text("date", row.get("date", ""))
        document.add_text("regest", row.get("regest", ""))
        document.add_text("names", " | ".join(names)[:400])
        document.add_text("name", " | ".join(names))
        document.add_text("text", " | ".join(names + running))
        year = row.get("earliest", "")[:4]
        if re.fullmatch(r"\d{4}", year):
            document.add_text("year", year)
            document.add_text("decade", f"{year[:3]}0s")
        for facet, held in values.items():
            for value in held.get(iri, ()):
                document.add_text(facet, value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _key(value: str) -> str:
    """A facet's value as it stands in addresses: local for things, "c/..." for channels."""
    if value.startswith(iris.CHANNELS):
        return "c/" + value.removeprefix(iris.CHANNELS)
    return value.removeprefix(iris.THINGS)
