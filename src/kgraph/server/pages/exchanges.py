"""Letters in the order in which two persons exchanged them.

The store has no index by date. Which letter comes before and which after another one is
therefore looked up in a table beside the generation (SQLite), where there is one; else
all letters of the two are asked of the store, and kept for the next letter.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kgraph.server import kept
from kgraph.server.pages import Row, View
from kgraph.server.publication import Edition

NAME = "exchanges-1"

ALL = """
SELECT ?a ?b ?when ?other WHERE {
  ?other rico:hasSender ?a ; rico:hasAddressee ?b ; kg:earliest ?when ; kg:survivalStatus kg:status-extant
}"""
OF_TWO = """
SELECT DISTINCT ?other ?when WHERE {
  { ?other rico:hasSender ?a ; rico:hasAddressee ?b ; kg:earliest ?when ; kg:survivalStatus kg:status-extant }
  UNION
  { ?other rico:hasSender ?b ; rico:hasAddressee ?a ; kg:earliest ?when ; kg:survivalStatus kg:status-extant }
}"""
"""What the letters are called is asked afterwards, of those chosen: in the same query, the
store would read the dates of all letters that there are."""
PAIRS_KEPT = 2000
NEXT = {
    "before": "time < ? ORDER BY time DESC, letter",
    "after": "time > ? ORDER BY time, letter",
}


def write(edition: Edition) -> None:
    """Write the table of an edition, if there is none. OSError where that cannot be."""

    def fill(new: sqlite3.Connection) -> None:
        new.execute(
            "CREATE TABLE exchanges (one TEXT, other TEXT, time TEXT, letter TEXT,"
            " PRIMARY KEY (one, other, time, letter)) WITHOUT ROWID"
        )
        new.executemany("INSERT OR IGNORE INTO exchanges VALUES (?, ?, ?, ?)", _all(edition))

    kept.table(edition, NAME, fill)


def _all(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    for row in edition.store.select(ALL):
        a, b, when, letter = (str(getattr(term, "value", "")) for term in row)
        yield (*_pair(a, b), when, letter)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def neighbours(view: View, time: str, one: str, other: str) -> dict[str, str]:
    """The letters before and after a time between two persons, in either direction: "before"
    and "after", where there are such. Of several at the same time the first by name."""
    pair = _pair(one, other)
    file = view.edition.beside / f"{NAME}.sqlite"
    if file.exists():
        with contextlib.suppress(sqlite3.Error):
            return _read(file, pair, time)
    letters = _between(view, pair)
    earlier = [row for row in letters if row["when"] < time]
    later = [row for row in letters if row["when"] > time]
    found = {}
    if earlier:
        found["before"] = max(earlier, key=lambda row: row["when"])["other"]
    if later:
        found["after"] = min(later, key=lambda row: row["when"])["other"]
    return found


def _read(file: Path, pair: tuple[str, str], time: str) -> dict[str, str]:
    found = {}
    with kept.opened(file) as table:
        for name, condition in NEXT.items():
            text = (
                f"SELECT letter FROM exchanges WHERE one = ? AND other = ? AND {condition} LIMIT 1"
            )
            row = table.execute(text, (*pair, time)).fetchone()
            if row:
                found[name] = str(row[0])
    return found


def _between(view: View, pair: tuple[str, str]) -> list[Row]:
    known: dict[tuple[str, str], list[Row]] = view.edition.memo.setdefault("exchanges", {})
    letters = known.get(pair)
    if letters is None:
        if len(known) > PAIRS_KEPT:
            known.clear()
        rows = view.rows(OF_TWO, a=pair[0], b=pair[1])
        letters = known[pair] = sorted(rows, key=lambda row: row["other"])
    return letters
