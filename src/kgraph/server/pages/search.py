"""Search over labels, names, regests and summaries, by tantivy (BM25)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kgraph import iris
from kgraph.server.pages import View
from kgraph.server.pages.things import kind_of

MOST = 100
TEXTS = """
SELECT ?x ?text ?main WHERE {
  { ?x rdfs:label ?text BIND(true AS ?main) }
  UNION { ?x skos:altLabel ?text BIND(true AS ?main) }
  UNION { ?x kg:regest ?text BIND(false AS ?main) }
  UNION { ?s kg:saidIn ?x ; kg:summary ?text BIND(false AS ?main) }
  UNION { ?x skos:note ?text BIND(false AS ?main) }
  UNION { ?x kg:localId ?text BIND(true AS ?main) }
}"""
DETAILS = """
SELECT ?label ?date ?regest WHERE {
  OPTIONAL { ?x rdfs:label ?label } OPTIONAL { ?x kg:date ?date } OPTIONAL { ?x kg:regest ?regest }
} LIMIT 1"""
SHOWN = ("document", "person", "body", "group", "event", "place", "archive", "publication",
         "channel", "conflict")  # fmt: skip


@dataclass
class Index:
    """A full-text index of one edition, in memory."""

    index: Any

    @classmethod
    def of(cls, view: View) -> Index:
        import tantivy

        schema = (
            tantivy.SchemaBuilder()
            .add_text_field("iri", stored=True, tokenizer_name="raw")
            .add_text_field("kind", stored=True, tokenizer_name="raw")
            .add_text_field("name", stored=False, tokenizer_name="default")
            .add_text_field("text", stored=False, tokenizer_name="en_stem")
            .build()
        )
        index = tantivy.Index(schema)
        texts: dict[str, tuple[list[str], list[str]]] = {}
        for row in view.rows(TEXTS):
            iri = row["x"]
            if "/-/" in iri or kind_of(iri) not in SHOWN:
                continue
            names, running = texts.setdefault(iri, ([], []))
            (names if row["main"] == "true" else running).append(row["text"])
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for iri, (names, running) in texts.items():
            document = tantivy.Document()
            document.add_text("iri", iri)
            document.add_text("kind", kind_of(iri))
            document.add_text("name", " | ".join(names))
            document.add_text("text", " | ".join(names + running))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    def find(self, words: str, kind: str | None) -> list[str]:
        """IRIs that fit the words, best first; a broken query is read leniently."""
        query, _ = self.index.parse_query_lenient(
            words, ["name", "text"], field_boosts={"name": 3.0}, conjunction_by_default=True
        )
        searcher = self.index.searcher()
        found = []
        for _, address in searcher.search(query, MOST * 3).hits:
            document = searcher.doc(address)
            if kind is None or document["kind"][0] == kind:
                found.append(document["iri"][0])
        return found[:MOST]


def search(view: View) -> dict[str, Any]:
    """What the search page shows."""
    words = view.request.query_params.get("q", "").strip()
    kind = view.request.query_params.get("kind") or None
    results = []
    if words:
        index = view.edition.memo.get("search")
        if index is None:
            index = view.edition.memo["search"] = Index.of(view)
        for iri in index.find(words, kind if kind in SHOWN else None):
            row = (view.rows(DETAILS, x=iri) or [{}])[0]
            results.append({"iri": iri, "kind": kind_of(iri), **row,
                            "label": row.get("label") or iris.local(iri)})  # fmt: skip
    return {
        "title": f"Search: {words}" if words else "Search",
        "words": words,
        "kind": kind or "",
        "kinds": SHOWN,
        "results": results,
        "most": MOST,
    }
