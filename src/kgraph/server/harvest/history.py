"""When each thing changed: the versions behind event streams, OAI-PMH and change lists.

Beside the store stands ``history.jsonl``. When an edition is first asked about, the
digests of its things (documents, persons, places ...) are compared with those of the
last one, and what is new, different or gone is appended with the time of the build.
The file only grows, so that a deletion is never forgotten; where it cannot be
written, the history lasts as long as the process.

What is asked of the history is looked up in a table of all versions, made once an edition.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyoxigraph as ox

from kgraph import iris
from kgraph.server import kept
from kgraph.server.publication import Edition, Publication

FILE = "history.jsonl"
TABLE = "versions-1"
CREATED, UPDATED, DELETED = "create", "update", "delete"
THINGS = frozenset(
    {"document", "person", "body", "group", "place", "event", "archive", "publication", "position"}
)
"""Kinds whose versions are kept; records are versions of the documents they describe."""


@dataclass(frozen=True, slots=True)
class Version:
    """One change of one thing. `number` counts all changes from 0; `last`: none came after."""

    number: int
    path: str  # behind /id/ and /doc/: "document/frus/21"
    change: str
    at: datetime
    digest: str
    last: bool = True

    @property
    def iri(self) -> str:
        return iris.THINGS + self.path

    @property
    def gone(self) -> bool:
        return self.change == DELETED


@dataclass(frozen=True)
class Versions:
    """All versions up to an edition, oldest first, in the table `file`."""

    file: Path

    def __len__(self) -> int:
        return self._number("SELECT COUNT(*) FROM versions")

    def first(self) -> datetime | None:
        """When the history begins."""
        return next((version.at for version in self.slice(0, 1)), None)

    def slice(self, start: int, size: int) -> list[Version]:
        """`size` versions from number `start` on."""
        return self._found("number >= ? ORDER BY number LIMIT ?", start, size)

    def latest(self, path: str) -> Version | None:
        """The last version of a thing."""
        return next(iter(self._found("path = ? AND last", path)), None)

    def count_there(self) -> int:
        """Number of things that are not deleted."""
        return self._number("SELECT COUNT(*) FROM versions WHERE last AND change != 'delete'")

    def there(self, start: int, size: int) -> list[Version]:
        """Last versions of things that are not deleted, `size` of them, without the first `start`."""
        where = "last AND change != 'delete' ORDER BY number LIMIT ? OFFSET ?"
        return self._found(where, size, start)

    def _number(self, query: str) -> int:
        with kept.opened(self.file) as table:
            return int(table.execute(query).fetchone()[0])

    def _found(self, where: str, *values: object) -> list[Version]:
        query = f"SELECT number, path, change, at, digest, last FROM versions WHERE {where}"
        with kept.opened(self.file) as table:
            return [
                Version(number, path, change, datetime.fromisoformat(at), digest, bool(last))
                for number, path, change, at, digest, last in table.execute(query, values)
            ]


@dataclass
class History:
    """The changes of everything that is published."""

    publication: Publication

    def now(self) -> tuple[Edition, Versions]:
        """The edition that answers now, and the versions up to it."""
        edition = self.publication.now()
        return edition, self.of(edition)

    def of(self, edition: Edition) -> Versions:
        """The versions up to an edition; what has changed since the one before is found out
        when it is first asked for."""

        def fill(new: sqlite3.Connection) -> None:
            _fill(new, caught_up(self.publication.home / FILE, edition))

        return Versions(kept.table(edition, TABLE, fill))


def _fill(new: sqlite3.Connection, versions: list[Version]) -> None:
    last = {version.path: version.number for version in versions}
    new.execute(
        "CREATE TABLE versions (number INTEGER PRIMARY KEY, path TEXT, change TEXT, at TEXT,"
        " digest TEXT, last INTEGER)"
    )
    new.executemany(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)",
        ((v.number, v.path, v.change, v.at.isoformat(), v.digest, last[v.path] == v.number)
         for v in versions),
    )  # fmt: skip
    new.execute("CREATE UNIQUE INDEX latest ON versions (path) WHERE last")
    new.execute("CREATE INDEX there ON versions (number) WHERE last AND change != 'delete'")


def caught_up(path: Path, edition: Edition) -> list[Version]:
    """The versions in the file at `path`, after those that the edition adds were appended."""
    versions: list[Version] = []
    try:
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            tag = _read(file, versions)
            if tag != edition.tag:
                added = list(_compared(edition, versions))
                lines = [_line(v) for v in added]
                lines.append(json.dumps({"edition": edition.tag}) + "\n")
                file.write("".join(lines).encode())
                versions += added
    except OSError:
        versions += _compared(edition, versions)
    return versions


def _read(lines: Iterator[bytes], versions: list[Version]) -> str:
    """Read versions from lines; returns the tag of the last edition that was compared."""
    tag = ""
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError):  # a line that a crash cut short
            entry = json.loads(line)
            if "edition" in entry:
                tag = str(entry["edition"])
                continue
            at = datetime.fromisoformat(entry["at"])
            number = len(versions)
            versions.append(Version(number, entry["path"], entry["change"], at, entry["digest"]))
    return tag


def _compared(edition: Edition, versions: list[Version]) -> Iterator[Version]:
    """What is new, different or gone in an edition, compared with the versions before it."""
    at = edition.modified.replace(microsecond=0)
    if versions and at <= versions[-1].at:
        at = versions[-1].at + timedelta(seconds=1)
    latest = {version.path: version for version in versions}
    found = digests(edition)
    changes = []
    for path, digest in sorted(found.items()):
        before = latest.get(path)
        if before is None or before.gone:
            changes.append((path, CREATED, digest))
        elif before.digest != digest:
            changes.append((path, UPDATED, digest))
    for path, before in latest.items():
        if path not in found and not before.gone:
            changes.append((path, DELETED, before.digest))
    start = len(versions)
    for number, (path, change, digest) in enumerate(changes, start):
        yield Version(number, path, change, at, digest)


def _line(version: Version) -> str:
    entry = {"path": version.path, "change": version.change, "at": version.at.isoformat(),
             "digest": version.digest}  # fmt: skip
    return json.dumps(entry, ensure_ascii=False) + "\n"


def digests(edition: Edition) -> dict[str, str]:
    """A digest of what is said of each thing, whatever the order of its quads.

    To a document belong the records that describe it. Sums of hashes are compared,
    since the order of quads may differ between two builds of the same graph.
    """
    sums: dict[str, int] = {}
    described, merged = _described(edition), _aliases(edition)
    for quad in edition.store.quads():
        owner = _owner(quad, described)
        if owner is None or owner in merged or owner.partition("/")[0] not in THINGS:
            continue
        told = hashlib.blake2b(str(quad).encode(), digest_size=8).digest()
        sums[owner] = (sums.get(owner, 0) + int.from_bytes(told)) & 0xFFFFFFFFFFFFFFFF
    return {path: f"{total:016x}" for path, total in sums.items()}


def _described(edition: Edition) -> dict[str, str]:
    """Record graph -> path of the document that it describes."""
    rows = edition.store.select("SELECT ?r ?d { ?r kg:describes ?d }")
    return {
        r.value: d.value.removeprefix(iris.THINGS)
        for r, d in rows
        if isinstance(r, ox.NamedNode) and isinstance(d, ox.NamedNode)
    }


def _aliases(edition: Edition) -> set[str]:
    """Paths of ids that were merged into others: they are no things of their own."""
    rows = edition.store.select("SELECT DISTINCT ?a { ?a dcterms:isReplacedBy ?x }")
    return {a.value.removeprefix(iris.THINGS) for (a,) in rows if isinstance(a, ox.NamedNode)}


def _owner(quad: ox.Quad, described: dict[str, str]) -> str | None:
    """Path of the thing that a quad belongs to."""
    graph = quad.graph_name
    if isinstance(graph, ox.NamedNode) and graph.value in described:
        return described[graph.value]
    subject = quad.subject
    if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(iris.THINGS):
        return None
    return subject.value.removeprefix(iris.THINGS).partition("/-/")[0]


def stamp(at: datetime) -> str:
    """UTC to the second, as OAI-PMH and sitemaps write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
