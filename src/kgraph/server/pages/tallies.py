"""How many letters went between two, and how often a name is written: counted once for all.

The page of somebody with ten thousand letters would count them anew. For a store that is as
it was built they stand in a table beside the generation (SQLite); until it is made, and where
a store is written to, the store is asked.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kgraph.server import kept
from kgraph.server.pages import View
from kgraph.server.publication import Edition

NAME = "tallies-1"

SENT_TO = """
SELECT ?other (COUNT(DISTINCT ?d) AS ?letters) WHERE {
  ?d rico:hasSender ?x ; rico:hasAddressee ?other ; kg:survivalStatus kg:status-extant
} GROUP BY ?other"""
GOT_FROM = """
SELECT ?other (COUNT(DISTINCT ?d) AS ?letters) WHERE {
  ?d rico:hasAddressee ?x ; rico:hasSender ?other ; kg:survivalStatus kg:status-extant
} GROUP BY ?other"""
FORMS = (
    "SELECT ?form (COUNT(*) AS ?times) { ?node oa:hasBody ?x ; kg:nameAsGiven ?form } GROUP BY ?form",
    "SELECT ?form (COUNT(*) AS ?times) { ?node prov:agent ?x ; kg:nameAsGiven ?form } GROUP BY ?form",
)
"""The forms of a name with how often they are written, whatever the source."""

ALL_SENT = """
SELECT DISTINCT ?a ?b ?d WHERE {
  ?d rico:hasSender ?a ; rico:hasAddressee ?b ; kg:survivalStatus kg:status-extant
}"""
ALL_FORMS = (
    "SELECT ?x ?form WHERE { ?node kg:nameAsGiven ?form ; oa:hasBody ?x }",
    "SELECT ?x ?form WHERE { ?node kg:nameAsGiven ?form ; prov:agent ?x }",
)


def write(edition: Edition) -> None:
    """Write the table of an edition, if there is none. OSError where that cannot be."""

    def fill(new: sqlite3.Connection) -> None:
        new.execute(
            "CREATE TABLE letters (sender TEXT, addressee TEXT, count INTEGER,"
            " PRIMARY KEY (sender, addressee)) WITHOUT ROWID"
        )
        new.execute("CREATE INDEX received ON letters (addressee)")
        new.execute(
            "CREATE TABLE forms (agent TEXT, form TEXT, times INTEGER,"
            " PRIMARY KEY (agent, form)) WITHOUT ROWID"
        )
        sent = Counter((a, b) for a, b, _ in _all(edition, ALL_SENT))
        new.executemany("INSERT INTO letters VALUES (?, ?, ?)", ((*k, n) for k, n in sent.items()))
        forms = Counter((x, form) for query in ALL_FORMS for x, form in _all(edition, query))
        new.executemany("INSERT INTO forms VALUES (?, ?, ?)", ((*k, n) for k, n in forms.items()))

    kept.table(edition, NAME, fill)


def _all(edition: Edition, query: str) -> Iterator[tuple[str, ...]]:
    for row in edition.store.select(query):
        yield tuple(str(getattr(term, "value", "")) for term in row)


def sent_to(view: View, iri: str) -> dict[str, int]:
    """How many letters somebody sent to each."""
    found = _looked_up(view, "SELECT addressee, count FROM letters WHERE sender = ?", iri)
    return _asked(view, SENT_TO, iri, "other", "letters") if found is None else found


def got_from(view: View, iri: str) -> dict[str, int]:
    """How many letters somebody received from each."""
    found = _looked_up(view, "SELECT sender, count FROM letters WHERE addressee = ?", iri)
    return _asked(view, GOT_FROM, iri, "other", "letters") if found is None else found


def forms(view: View, iri: str) -> dict[str, int]:
    """How often each form of a name is written."""
    found = _looked_up(view, "SELECT form, times FROM forms WHERE agent = ?", iri)
    if found is not None:
        return found
    times: Counter[str] = Counter()
    for query in FORMS:
        times.update(_asked(view, query, iri, "form", "times"))
    return dict(times)


def _looked_up(view: View, query: str, iri: str) -> dict[str, int] | None:
    """Rows of the table; None where there is no table."""
    file: Path = view.edition.beside / f"{NAME}.sqlite"
    if file.exists():
        with contextlib.suppress(sqlite3.Error), kept.opened(file) as table:
            return {str(name): int(count) for name, count in table.execute(query, (iri,))}
    return None


def _asked(view: View, query: str, iri: str, name: str, count: str) -> dict[str, int]:
    return {row[name]: int(row[count]) for row in view.rows(query, x=iri)}
