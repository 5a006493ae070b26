"""When each thing changed: the versions behind event streams, OAI-PMH and change lists.

Beside the store stands ``history.jsonl``. When an edition is first asked about, the
digests of its things (documents, persons, places ...) are compared with those of the
last one, and what is new, different or gone is appended with the time of the build.
The file only grows, so that a deletion is never forgotten; where it cannot be
written, the history lasts as long as the process.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pyoxigraph as ox

from kgraph import iris
from kgraph.server.publication import Edition, Publication

FILE = "history.jsonl"
CREATED, UPDATED, DELETED = "create", "update", "delete"
THINGS = frozenset(
    {"document", "person", "body", "group", "place", "event", "archive", "publication", "position"}
)
"""Kinds whose versions are kept; records are versions of the documents they describe."""


@dataclass(frozen=True, slots=True)
class Version:
    """One change of one thing. `number` counts all changes from 0."""

    number: int
    path: str  # behind /id/ and /doc/: "document/frus/21"
    change: str
    at: datetime
    digest: str

    @property
    def iri(self) -> str:
        return iris.THINGS + self.path

    @property
    def gone(self) -> bool:
        return self.change == DELETED


@dataclass
class History:
    """The changes of everything that is published, oldest first."""

    publication: Publication
    versions: list[Version] = field(default_factory=list)
    latest: dict[str, Version] = field(default_factory=dict)
    _edition: str = ""  # tag of the last edition that was compared
    _read: int = 0  # bytes of the file that were read
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> Edition:
        """The edition that answers now, after the history has caught up with it."""
        edition = self.publication.now()
        if edition.tag != self._edition:
            with self._lock:
                if edition.tag != self._edition:
                    self._catch_up(edition)
        return edition

    def current(self) -> list[Version]:
        """The last version of every thing, the deleted ones too, oldest first."""
        return sorted(self.latest.values(), key=lambda v: v.number)

    def _catch_up(self, edition: Edition) -> None:
        path = self.publication.home / FILE
        try:
            with path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(self._read)
                self._take(file.read())
                if self._edition != edition.tag:
                    added = self._compared(edition)
                    lines = [_line(v) for v in added]
                    lines.append(json.dumps({"edition": edition.tag}) + "\n")
                    file.write("".join(lines).encode())
                    self._keep(added)
                    self._edition = edition.tag
                self._read = file.tell()
        except OSError:
            self._keep(self._compared(edition))
            self._edition = edition.tag

    def _take(self, data: bytes) -> None:
        for line in data.splitlines():
            try:
                entry = json.loads(line)
                if "edition" in entry:
                    self._edition = str(entry["edition"])
                    continue
                at = datetime.fromisoformat(entry["at"])
                number = len(self.versions)
                version = Version(number, entry["path"], entry["change"], at, entry["digest"])
            except (ValueError, KeyError, TypeError):
                continue  # a line that a crash cut short
            self._keep([version])

    def _keep(self, versions: list[Version]) -> None:
        for version in versions:
            self.versions.append(version)
            self.latest[version.path] = version

    def _compared(self, edition: Edition) -> list[Version]:
        at = edition.modified.replace(microsecond=0)
        if self.versions and at <= self.versions[-1].at:
            at = self.versions[-1].at + timedelta(seconds=1)
        found = digests(edition)
        changes = []
        for path, digest in sorted(found.items()):
            before = self.latest.get(path)
            if before is None or before.gone:
                changes.append((path, CREATED, digest))
            elif before.digest != digest:
                changes.append((path, UPDATED, digest))
        for path, before in self.latest.items():
            if path not in found and not before.gone:
                changes.append((path, DELETED, before.digest))
        start = len(self.versions)
        return [Version(start + n, p, change, at, d) for n, (p, change, d) in enumerate(changes)]


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
