"""The steps of a build that work on one source alone, each kept by content.

::

    source ──convert──▶ items ──settle──▶ items with links ──write──▶ N-Quads, edge tables
      key: bytes, code        + authority lists, decisions      + what all records together say

Every step writes into ``segments/`` under a key made of all that its outcome
depends on. A step whose key is there already is not run again; a file under its
final name is complete (it is written beside and then renamed).
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO

import msgspec

import kgraph
from kgraph import authorities, iris, mapping, sources
from kgraph.authorities import Authority
from kgraph.authorities.events.well_known import entries
from kgraph.authorities.review import Decisions, read_decisions
from kgraph.build import items
from kgraph.mapping import Context
from kgraph.model import Conflict, Event, Identity, Item, Record, Redirect, SourceEntry
from kgraph.network.gathering import Gatherer
from kgraph.report import Finding, KgraphError, Report
from kgraph.shipped import folder
from kgraph.sources import calendar

# what a conversion does not depend on
_APART = {
    "cli",
    "plots",
    "server",
    "export",
    "evaluate",
    "check.py",
    "show",
    "register.py",
    "answers.py",
}


class Facts(msgspec.Struct, kw_only=True):
    """What is known of a step's outcome without reading it; its file marks completeness."""

    records: int = 0
    events: int = 0
    entries: int = 0
    ids: list[str] = []  # of its records
    known: list[str] = []  # local ids that the source's own entries label
    sources: list[str] = []  # ids of the sources that its items name
    described: list[str] = []  # ids of the sources that it describes
    findings: list[Finding] = []

    @property
    def is_list(self) -> bool:
        """Whether the source is an authority list: entries and no records."""
        return self.entries > 0 and self.records == 0


class World(msgspec.Struct, kw_only=True):
    """What mapping one record must know of all others (see `kgraph.mapping.Context`)."""

    canonical: dict[str, str] = {}
    shared: list[str] = []
    known: list[str] = []

    def context(self) -> Context:
        return Context(self.canonical, self.shared, self.known)


def digest(*parts: bytes | str) -> str:
    """Hexadecimal BLAKE2b of the parts, each set off from the next."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def digest_of_path(path: Path) -> str:
    """Digest of a file's bytes, or of the names and bytes of all files in a folder."""
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file())
        return digest(*(digest(str(p.relative_to(path)), digest_of_path(p)) for p in files))
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def companies(paths: Iterable[Path]) -> list[str]:
    """Of each path the digest of what it is read together with: for our own data files
    the authority, the list of sources and the ids of their data folder; else the mapping beside
    a table, if there is one."""
    known: dict[Path, str] = {}

    def of(path: Path) -> str:
        if path.suffix not in (".yaml", ".yml"):
            beside = path.with_suffix(".toml")
            return digest_of_path(beside) if beside.is_file() and beside != path else ""
        near = [one for one in path.resolve().parents[:3] if (one / "sources.toml").is_file()]
        root = near[0] if near else folder("data")
        if root not in known:
            known[root] = _of_data_folder(root)
        return known[root]

    return [of(path) for path in paths]


def _of_data_folder(root: Path) -> str:
    ids = sorted(
        found
        for path in root.rglob("*.y*ml")
        if path.suffix in (".yaml", ".yml") and "authorities" not in path.parts
        for found in calendar.IDS.findall(path.read_text("utf-8", "replace"))
    )
    whole = [path for path in (root / "sources.toml", root / "authorities") if path.exists()]
    return digest(*ids, *(digest_of_path(path) for path in whole))


@cache
def code_digest() -> str:
    """Digest of the code, ontology, gazetteer and mappings that conversion depends on, and of the base IRI."""
    home = Path(kgraph.__file__).parent
    code = sorted(
        path
        for path in home.rglob("*")
        if path.is_file()
        and path.suffix in (".py", ".csv", ".tsv", ".toml", ".yaml", ".json")
        and path.relative_to(home).parts[0] not in _APART | {"_shipped"}
    )
    ontology = sorted(path for path in folder("ontology").iterdir() if path.is_file())
    lists = sorted(
        path
        for name in ("gazetteer", "mappings")
        for path in (folder("data") / name).iterdir()
        if path.is_file()
    )
    return digest(iris.BASE, *(digest(p.name, p.read_bytes()) for p in (*code, *ontology, *lists)))


class Segments:
    """The folder of kept outcomes. `used` gathers the keys that this build needs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.used: set[str] = set()
        home.mkdir(parents=True, exist_ok=True)

    def path(self, key: str, ending: str) -> Path:
        return self.home / f"{key}.{ending}"

    def has(self, key: str) -> bool:
        self.used.add(key)
        return self.path(key, "facts").exists()

    def facts(self, key: str) -> Facts:
        return msgspec.json.decode(self.path(key, "facts").read_bytes(), type=Facts)

    def read(self, key: str, ending: str = "items") -> Iterator[Item]:
        return items.read(self.path(key, ending))

    def keep(self, key: str, facts: Facts, made: dict[str, Path]) -> None:
        """Give the files of a finished step their names; its facts last."""
        for ending, path in made.items():
            path.replace(self.path(key, ending))
        beside = self.path(key, f"facts.{os.getpid()}.part")
        beside.write_bytes(msgspec.json.encode(facts))
        beside.replace(self.path(key, "facts"))

    def part(self, key: str, ending: str) -> Path:
        """Where a step writes before it is finished."""
        return self.path(key, f"{ending}.{os.getpid()}.part")

    def forget_others(self) -> None:
        """Remove what this build did not need."""
        for path in self.home.iterdir():
            if path.name.split(".")[0] not in self.used:
                path.unlink(missing_ok=True)


def convert(home: Path, key: str, source: Path) -> str:
    """Read one source into items. A reader that fails leaves a finding and what it read."""
    segments = Segments(home)
    report = Report()
    facts = Facts()
    target = segments.part(key, "items")
    with target.open("wb") as output:
        for item in sources.read(source, report):
            _count(item, facts)
            items.write(output, item)
    facts.findings = list(report)
    segments.keep(key, facts, {"items": target})
    return key


def shared_ids(facts: Iterable[tuple[str, Facts]]) -> dict[str, tuple[str, ...]]:
    """By the key of a source, the ids of its records that a source before it has too."""
    seen: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for key, one in facts:
        found[key] = tuple(name for name in dict.fromkeys(one.ids) if name in seen)
        seen.update(one.ids)
    return found


def set_apart(given: Iterable[Item], taken: frozenset[str]) -> Iterator[Item]:
    """`given`, its records of the ids `taken` named after their source too: what two sources say
    of one document are two records about it ("frus1961-63v06/d21~frus1961-63v06.xml")."""
    for item in given:
        if isinstance(item, Record) and item.id in taken:
            name = f"{item.id}~{item.source}"
            yield msgspec.structs.replace(item, id=name, document=item.about)
        else:
            yield item


def settle(
    home: Path, key: str, converted: str, lists: tuple[str, ...], decided: tuple[Path, ...] = (),
    taken: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """Link the names in one source's items to the authority; keep traces for comparing.

    `decided` are the folders whose decisions of reviewers hold, `taken` the ids of records that
    a source before it has too.
    """
    segments = Segments(home)
    report = Report()
    facts = Facts()
    target, traces = segments.part(key, "items"), segments.part(key, "traces")
    authority = _authority(home, lists)
    resolved = authorities.resolve_source(
        set_apart(segments.read(converted), frozenset(taken)),
        authority,
        decisions=decisions(decided),
        report=report,
    )
    with target.open("wb") as output, traces.open("wb") as beside:
        for item in _guarded(resolved, converted, report):
            _count(item, facts)
            items.write(output, item)
            if isinstance(item, Record):
                items.write(beside, authorities.trace(item))
            elif isinstance(item, (Identity, Redirect, Event)):
                items.write(beside, item)
    facts.findings = [*segments.facts(converted).findings, *report]
    segments.keep(key, facts, {"items": target, "traces": traces})
    return key


def write(home: Path, key: str, settled: str, world: Path) -> str:
    """Write one source's quads and edge tables, and keep aside what is described elsewhere too."""
    segments = Segments(home)
    facts = Facts()
    context = _world(world).context()  # fresh, so that the outcome depends on this source alone
    quads, shared = segments.part(key, "nq"), segments.part(key, "shared")
    gatherer = Gatherer()
    report = Report()
    with quads.open("w", encoding="utf-8") as lines, shared.open("wb") as aside:
        write_items(segments.read(settled), context, gatherer, lines, aside, report)
    made = {"nq": quads, "shared": shared}
    for name, frame in gatherer.tables().parts():
        if frame.height:
            path = segments.part(key, f"{name}.parquet")
            frame.write_parquet(path, compression="lz4")
            made[f"{name}.parquet"] = path
    facts.findings = list(report)
    segments.keep(key, facts, made)
    return key


def write_items(
    given: Iterable[Item],
    context: Context,
    gatherer: Gatherer,
    lines: IO[str],
    aside: IO[bytes],
    report: Report,
) -> None:
    """Map `given`; a record of a document with several records is also written to `aside`."""
    for item in given:
        try:
            lines.writelines(mapping.quads(item, context))
        except KgraphError as error:
            where = getattr(item, "id", type(item).__name__)
            report.error("not-mapped", where, f"not in the graph: {error}", error.hint)
            continue
        lines.writelines(context.take_agents())
        gatherer.add(item)
        if isinstance(item, Record):
            about = context.canonical.get(item.about, item.about)
            if about in context.shared:
                items.write(aside, msgspec.structs.replace(item, text=""))


def _count(item: Item, facts: Facts) -> None:
    if isinstance(item, Record):
        facts.records += 1
        facts.ids.append(item.id)
    elif isinstance(item, Event):
        facts.events += item.id not in entries()  # those come with each source that speaks of them
    elif isinstance(item, items.ENTRIES):
        facts.entries += 1
        facts.known.append(item.id)
    elif isinstance(item, SourceEntry):
        facts.described.append(item.id)
    if isinstance(item, (Record, Event, Conflict)) and item.source not in facts.sources:
        facts.sources.append(item.source)


def _guarded(given: Iterable[Item], where: str, report: Report) -> Iterator[Item]:
    """`given`, ended by a finding instead of an exception."""
    stream = iter(given)
    while True:
        try:
            item = next(stream)
        except StopIteration:
            return
        except Exception as error:
            hint = error.hint if isinstance(error, KgraphError) else "please report this file"
            kind = "" if isinstance(error, KgraphError) else f"{type(error).__name__}: "
            report.error("source-failed", where, f"reading stopped: {kind}{error}", hint)
            return
        yield item


@cache
def _authority(home: Path, lists: tuple[str, ...]) -> Authority:
    segments = Segments(home)
    return Authority.of(item for key in lists for item in segments.read(key))


@cache
def decisions(folders: tuple[Path, ...], report: Report | None = None) -> Decisions:
    """What reviewers decided, of all folders together."""
    found = Decisions()
    for one in folders:
        for decision in read_decisions(one, report).all:
            found.add(decision)
    return found


@cache
def _world(path: Path) -> World:
    return msgspec.msgpack.decode(path.read_bytes(), type=World)


def start_worker(parent: int) -> None:
    """End this worker process when the build's process `parent` is gone."""

    def watch() -> None:
        while True:
            time.sleep(0.5)
            try:
                os.kill(parent, 0)
            except ProcessLookupError:
                os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


Step = Callable[..., str]
