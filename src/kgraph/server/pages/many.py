"""Documents of a thing that has very many of them: the first, and where all are listed.

A person may have written ten thousand letters. Their page then shows those that come
first, and leads to the list of documents, narrowed to that person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kgraph import vocab
from kgraph.server.pages import Row, View
from kgraph.server.pages.facets import Narrowed
from kgraph.server.pages.filling import key_of
from kgraph.server.pages.finding import Asked, Counts, Index
from kgraph.server.pages.letter_list import DOCUMENTS, PATH
from kgraph.server.pages.words import chronological

MANY = 300
"""Documents up to which all are shown on the page of a thing."""
FIRST = 100


@dataclass(frozen=True)
class Documents:
    """Rows of documents in the order of time. Where there are more: how many, the address of
    all, and how many begin in each month."""

    rows: list[Row] = field(default_factory=list)
    total: int = 0
    address: str = ""
    counts: Counts | None = None
    first: bool = False  # whether the rows are the first of more
    ends: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Of rows from the index: who wrote and who received each."""


def documents(view: View, iri: str, query: str, pointers: tuple[str, ...], facet: str) -> Documents:
    """Documents that a query finds, which point at the thing by one of `pointers`. Where they
    are more than `MANY`, they are taken from the index, in which `facet` has the thing."""
    if not _many(view, iri, pointers):
        rows = view.rows(query, x=iri)
        return Documents(sorted(rows, key=lambda row: chronological(row["date"])))
    if not Index.there(view.edition):  # it is being made
        head, _, _ = query.rpartition("ORDER BY")
        return Documents(view.rows(f"{head} LIMIT {FIRST}", x=iri), first=True)
    value = (facet, key_of(iri))
    index, asked = Index.of(view.edition), Asked(values=(*DOCUMENTS, value))
    found = index.find(asked, FIRST, order="by_date")
    return Documents(
        [{"document": one["iri"], **{k: one[k] for k in ("label", "date", "status")}}
         for one in found.results],
        found.count,
        Narrowed(PATH, values=(value,)).address(),
        index.counts(asked),
        True,
        {one["iri"]: one for one in found.results},
    )  # fmt: skip


def _many(view: View, iri: str, pointers: tuple[str, ...]) -> bool:
    thing, left = ox.NamedNode(iri), MANY
    for pointer in pointers:
        matches = view.edition.store.match(None, ox.NamedNode(vocab.iri(pointer)), thing)
        left -= sum(1 for _ in islice(matches, left + 1))
        if left < 0:
            return True
    return False
