"""Which documents stand in which lists of OAI-PMH: a table, made once an edition.

Items are the last versions of documents, in the order of their changes; those of sets are
looked up by set and number, so that any page of any list is found at once. Deleted
documents are in the lists of every set.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from kgraph import iris
from kgraph.server import kept
from kgraph.server.harvest.history import DELETED, History, Version
from kgraph.server.publication import Edition

TABLE = "oai-1"
SETS = {
    # a set's head, its name, and the pattern of members: document, key, label
    "source": ("Source", "?d ^kg:describes/prov:hadPrimarySource ?set . ?set rdfs:label ?label"),
    "channel": ("Channel", "?d kg:channel ?set . ?set skos:prefLabel ?label"),
    "form": ("Form", "?d rico:hasDocumentaryFormType ?set . ?set rdfs:label ?label"),
    "status": ("Survival", "?d kg:survivalStatus ?set . ?set rdfs:label ?label"),
}
GONE = ""
"""Stands for the set of the deleted."""
MANY = 1 << 40


@dataclass(frozen=True)
class Listed:
    """A list that is asked for: everything, or a set, in a span of time, in a format."""

    set: str | None = None
    first: datetime | None = None
    last: datetime | None = None
    letters: bool = False  # only what can be had as CMIF


@dataclass(frozen=True)
class Lists:
    """The lists of an edition, in the table `file`."""

    file: Path

    @classmethod
    def of(cls, history: History, edition: Edition) -> Lists:
        def fill(new: sqlite3.Connection) -> None:
            _fill(new, _items(history, edition), edition)

        return cls(kept.table(edition, TABLE, fill))

    def sets(self) -> list[tuple[str, str]]:
        """setSpec and name of every set."""
        with kept.opened(self.file) as table:
            return table.execute("SELECT spec, name FROM sets ORDER BY spec").fetchall()

    def sets_of(self, version: Version) -> list[str]:
        """The sets that a document is in."""
        query = "SELECT spec FROM members WHERE number = ? AND spec LIKE '%:%' ORDER BY spec"
        with kept.opened(self.file) as table:
            return [spec for (spec,) in table.execute(query, (version.number,))]

    def count(self, wanted: Listed) -> int:
        """Number of documents in a list."""
        with kept.opened(self.file) as table:
            chosen, values = _chosen(table, wanted, 0)
            return int(table.execute(f"SELECT COUNT(*) FROM ({chosen})", values).fetchone()[0])

    def page(self, wanted: Listed, start: int, size: int) -> list[Version]:
        """`size` documents of a list from the version `start` on."""
        with kept.opened(self.file) as table:
            chosen, values = _chosen(table, wanted, start)
            found = table.execute(
                "SELECT number, path, change, at FROM items JOIN"
                f" (SELECT number FROM ({chosen}) ORDER BY number LIMIT ?) USING (number)"
                " ORDER BY number",
                (*values, size),
            )
            return [Version(n, path, change, datetime.fromisoformat(at), "")
                    for n, path, change, at in found]  # fmt: skip


def _chosen(
    table: sqlite3.Connection, wanted: Listed, start: int
) -> tuple[str, tuple[object, ...]]:
    """A query for the numbers of a list, in their order."""
    low, high = _span(table, wanted)
    low = max(low, start)
    letter = "letter OR change = 'delete'"
    if wanted.set is None:
        more = f" AND ({letter})" if wanted.letters else ""
        query = f"SELECT number FROM items WHERE number BETWEEN ? AND ?{more} ORDER BY number"
        return query, (low, high)
    if not table.execute("SELECT 1 FROM sets WHERE spec = ?", (wanted.set,)).fetchone():
        return "SELECT number FROM items WHERE 0", ()
    one = "SELECT number FROM members WHERE spec = ? AND number BETWEEN ? AND ?"
    query = f"{one} UNION ALL {one} ORDER BY number"
    values = (wanted.set, low, high, GONE, low, high)
    if wanted.letters:
        query = f"SELECT number FROM ({query}) JOIN items USING (number) WHERE {letter}"
    return query, values


def _span(table: sqlite3.Connection, wanted: Listed) -> tuple[int, int]:
    """First and last number of a span of time: later changes have higher numbers."""
    low, high = 0, MANY
    if wanted.first:
        query = "SELECT number FROM items WHERE at >= ? ORDER BY at, number LIMIT 1"
        row = table.execute(query, (wanted.first.isoformat(),)).fetchone()
        low = row[0] if row else MANY
    if wanted.last:
        query = "SELECT number FROM items WHERE at <= ? ORDER BY at DESC, number DESC LIMIT 1"
        row = table.execute(query, (wanted.last.isoformat(),)).fetchone()
        high = row[0] if row else -1
    return low, high


def _items(history: History, edition: Edition) -> Iterator[tuple[int, str, str, str]]:
    with kept.opened(history.of(edition).file) as table:
        yield from table.execute(
            "SELECT number, path, change, at FROM versions WHERE last"
            " AND path >= 'document/' AND path < 'document0' ORDER BY number"
        )


def _fill(
    new: sqlite3.Connection, items: Iterator[tuple[int, str, str, str]], edition: Edition
) -> None:
    from kgraph.export.cmif import LETTERS

    new.execute(
        "CREATE TABLE items (number INTEGER PRIMARY KEY, path TEXT, change TEXT, at TEXT,"
        " letter INTEGER)"
    )
    new.execute(
        "CREATE TABLE members (spec TEXT, number INTEGER, PRIMARY KEY (spec, number)) WITHOUT ROWID"
    )
    new.execute("CREATE TABLE sets (spec TEXT PRIMARY KEY, name TEXT)")
    letters = {_path(row[0]) for row in edition.store.select(LETTERS)}
    numbers: dict[str, int] = {}
    for number, path, change, at in items:
        new.execute(
            "INSERT INTO items VALUES (?, ?, ?, ?, ?)", (number, path, change, at, path in letters)
        )
        if change == DELETED:
            new.execute("INSERT INTO members VALUES (?, ?)", (GONE, number))
        else:
            numbers[path] = number
    new.execute("CREATE INDEX in_time ON items (at)")
    names = {head: name for head, (name, _) in SETS.items()}
    for head, (name, where) in SETS.items():
        for d, member, label in edition.store.select(f"SELECT ?d ?set ?label {{ {where} }}"):
            if _path(d) not in numbers or not isinstance(member, ox.NamedNode):
                continue
            spec = f"{head}:{_key(head, member.value)}"
            called = f"{name}: {getattr(label, 'value', '')}"
            names[spec] = min(names.get(spec, called), called)
            rows = ((head, numbers[_path(d)]), (spec, numbers[_path(d)]))
            new.executemany("INSERT OR IGNORE INTO members VALUES (?, ?)", rows)
    new.executemany("INSERT INTO sets VALUES (?, ?)", names.items())
    new.execute("CREATE INDEX of_item ON members (number)")


def _path(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(iris.THINGS)


def _key(head: str, iri: str) -> str:
    key = iri.rpartition("#")[2].rpartition("/")[2].removeprefix(f"{head}-")
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in key)
