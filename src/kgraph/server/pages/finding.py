"""The full-text index of one edition, by tantivy (BM25), with counts by facet.

A facet is a field with one or more exact values a thing: the kind of thing, the
persons who wrote or received, the year and decade, the channels, who holds copies,
and the sides. Counts are those of the answer to the words and all chosen facets.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import re
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgraph.server.pages.filling import FACETS, fill, schema
from kgraph.server.publication import Edition

FORMAT = "search-3"
"""Name of the folder of an index beside its generation; raised when the fields change."""
COUNTED = 60
"""Values of a facet that are counted, the most frequent ones."""
MONTHS = 6000
KEPT = 300
Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, values of facets that all must hold, and days (as numbers)
    that the date of a thing must touch."""

    words: str = ""
    values: tuple[tuple[str, str], ...] = ()
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Found:
    """One page of an answer: how many fit in all, and those shown."""

    count: int
    results: list[dict[str, Any]]


@dataclass
class Index:
    """A full-text index of one edition, kept beside its generation where that can be written."""

    index: Any
    schema: Any
    _counts: dict[Asked, Counts] = field(default_factory=dict)

    @classmethod
    def of(cls, edition: Edition) -> Index:
        """The index of an edition, made when first needed."""
        with edition.memo.setdefault("search lock", threading.Lock()):
            found: Index | None = edition.memo.get("search")
            if found is None:
                found = edition.memo["search"] = cls._made(edition)
            return found

    @classmethod
    def there(cls, edition: Edition) -> bool:
        """Whether the index is made already."""
        return "search" in edition.memo or (edition.beside / FORMAT).is_dir()

    @classmethod
    def _made(cls, edition: Edition) -> Index:
        import tantivy

        fields = schema()
        folder = edition.beside / FORMAT
        with contextlib.suppress(OSError, ValueError):
            if folder.is_dir():
                return cls(tantivy.Index(fields, path=str(folder)), fields)
            draft = Path(tempfile.mkdtemp(prefix=f".{FORMAT}-", dir=folder.parent))
            try:
                fill(tantivy.Index(fields, path=str(draft)), edition.store)
                draft.rename(folder)
                return cls(tantivy.Index(fields, path=str(folder)), fields)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        index = tantivy.Index(fields)
        fill(index, edition.store)
        return cls(index, fields)

    def find(self, asked: Asked, size: int = 50, offset: int = 0, order: str = "") -> Found:
        """What fits, in an order (`kgraph.server.pages.filling.ORDERS`) or the best first. A
        broken query is read leniently."""
        import tantivy

        searcher = self.index.searcher()
        ordered: dict[str, Any] = {}
        if order:
            ordered = {"order_by_field": order, "order": tantivy.Order.Asc}
        hits = searcher.search(self._query(asked), size, count=True, offset=offset, **ordered)
        results = [json.loads(searcher.doc(address)["shown"][0]) for _, address in hits.hits]
        return Found(int(hits.count), results)

    def counts(self, asked: Asked) -> Counts:
        """How many of what fits have each value of each facet, and begin in each month."""
        kept = self._counts.get(asked)
        if kept is None:
            wanted = {name: {"terms": {"field": name, "size": COUNTED}} for name in FACETS}
            wanted["month"] = {"terms": {"field": "month", "size": MONTHS}}
            counted = self.index.searcher().aggregate(self._query(asked), wanted)
            kept = {
                name: [(str(b["key"]), int(b["doc_count"])) for b in counted[name]["buckets"]]
                for name in wanted
            }
            if len(self._counts) > KEPT:
                self._counts.clear()
            self._counts[asked] = kept
        return kept

    def _query(self, asked: Asked) -> Any:
        from tantivy import FieldType, Occur, Query

        filters = [Query.term_query(self.schema, name, value) for name, value in asked.values]
        days = FieldType.Unsigned
        if asked.first is not None:
            filters.append(Query.range_query(self.schema, "ends", days, lower_bound=asked.first))
        if asked.last is not None:
            filters.append(Query.range_query(self.schema, "begins", days, upper_bound=asked.last))
        parts = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters]
        if asked.words:
            text, _ = self.index.parse_query_lenient(
                asked.words,
                ["name", "text"],
                field_boosts={"name": 3.0},
                conjunction_by_default=True,
            )
            parts.append((Occur.Must, text))
        elif not parts:
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
                shown = json.loads(searcher.doc(address)["shown"][0])
                near.update(re.findall(r"\w+", shown["names"].lower()))
            if word in near:
                better.append(word)
            else:
                better += difflib.get_close_matches(word, sorted(near), 1, 0.5) or [word]
        text = " ".join(better)
        if text and text != words.lower() and self.find(Asked(text), 1).count:
            return text
        return None
