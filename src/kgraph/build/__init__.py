"""Sources -> store: read, resolve, map, load, check, switch.

Everything is done beside the store that answers; the last act replaces one
pointer (see `kgraph.store.embedded`). What a source gives is kept by content
(`kgraph.build.segments`), so that an unchanged one is not converted again; a
record that is gone from its source is gone from the next generation, which is
always loaded whole.
"""

from __future__ import annotations

import io
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from kgraph import __version__, authorities, iris, mapping, sources
from kgraph.authorities import Authority, Trace
from kgraph.build import items, loading
from kgraph.build import segments as steps
from kgraph.build.engines import Alone, Engine, engine
from kgraph.build.segments import Segments, World, companies, digest, digest_of_path
from kgraph.check import violations
from kgraph.mapping import Context
from kgraph.model import Conflict, Event, Identity, Record, Redirect, SourceEntry
from kgraph.network import tables
from kgraph.network.gathering import Gatherer
from kgraph.report import SEVERITIES, Finding, KgraphError, Report
from kgraph.shipped import folder
from kgraph.store.embedded import EmbeddedStore, Manifest, OpenGraph, Writer

COMPARISON = SourceEntry(
    id="matching",
    title="Found by comparing records",
    kind="derivation",
    note="What kgraph concludes from all records together: same documents, conflicts, gaps.",
)
Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many of it are done, and how many there are."""

OPTIMIZE_ABOVE = 1_000_000
"""Quads above which the store is compacted after loading (measured: lookups 2.6 times faster)."""


class BuildSummary(msgspec.Struct, kw_only=True):
    """What a build made. `seconds` is the whole time; `converted` counts the sources read anew."""

    store: str
    records: int
    documents: int
    persons: int
    events: int
    quads: int
    graphs: int
    hash: str
    sources: int
    converted: int
    findings: dict[str, int]
    tables: dict[str, int]
    seconds: float
    steps: dict[str, float]  # seconds a step

    def lines(self) -> Iterator[tuple[str, str]]:
        """The summary as names and values, for printing."""
        yield "store", self.store
        yield "sources", f"{self.sources} ({self.converted} converted, the rest unchanged)"
        for name in ("records", "documents", "persons", "events", "quads", "graphs"):
            yield name, f"{getattr(self, name):,}"
        for name, rows in self.tables.items():
            yield "table", f"{name}: {rows:,} rows"
        told = ", ".join(f"{self.findings.get(s, 0)} {s}" for s in SEVERITIES)
        yield "findings", told
        yield "hash", self.hash
        yield "time", f"{self.seconds:.2f} s"


def build(
    given: Sequence[str | Path],
    home: Path,
    *,
    jobs: int | None = None,
    with_engine: str = "local",
    report: Report | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Make the store in `home` answer from the sources `given`.

    A source is a file, a folder or an http(s) address; none means the data that
    come with kgraph. The authority lists that come with kgraph are always read
    first. `jobs` is the number of processes (default: one a core), `with_engine` what they
    run on (`kgraph.build.engines`); the graph is the same with each. Findings go to
    `report`. Raises `KgraphError` for a source that does not exist and where
    another build is at work.
    """
    with Writer(home) as writer:
        work = _Build(
            home, jobs or os.cpu_count() or 1, Report() if report is None else report, progress
        )
        return work.run(given, writer, with_engine)


class _Build:
    """One run; its methods are its steps, in order."""

    def __init__(self, home: Path, jobs: int, report: Report, progress: Progress | None) -> None:
        self.home = home
        self.jobs = jobs
        self.report = report
        self.progress: Progress = progress or (lambda what, done, of: None)
        self.segments = Segments(home / "segments")
        self.engine: Engine = Alone()
        self.times: dict[str, float] = {}
        self.agents: dict[str, str] = {}
        self._lists: tuple[str, ...] = ()
        self._path_of: dict[str, Path] = {}  # of each source's items
        self.decided: tuple[Path, ...] = ()
        self._undescribed: list[SourceEntry] = []
        self._gatherer = Gatherer()
        self._started = self._last = time.perf_counter()

    def run(self, given: Sequence[str | Path], writer: Writer, with_engine: str) -> BuildSummary:
        paths = self._paths(given)
        self.decided = _decided(given)
        size = sum(_size(path) for path in paths)
        self.engine = engine(with_engine, self.jobs, len(paths), size)
        try:
            converted, anew = self._convert(paths)
            self._lap("read")
            settled = self._settle(converted)
            self._lap("resolve")
            extra, world = self._across(settled)
            self._lap("compare")
            written = self._write(settled, world)
            self._lap("map")
        finally:
            self.engine.close()
        known = [self.segments.facts(key) for key in dict.fromkeys(settled)]
        inputs = self._inputs(written, extra)
        manifest = self._unchanged(inputs)
        if manifest is None:
            new = writer.start()
            self._load(new, written, extra, world)
            self._lap("load")
            counts, graphs, (hash_, quads), faults = self._verify(new, written, world)
            self._lap("tables, hash, check")
            manifest = Manifest(
                generation=new.name,
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                version=__version__,
                base=iris.BASE,
                hash=hash_,
                quads=quads,
                graphs=graphs,
                records=sum(facts.records for facts in known)
                + sum(isinstance(i, Record) for i in extra),
                documents=counts.pop("_documents"),
                persons=counts.pop("_persons"),
                sources=[str(path) for path in paths],
                tables=counts,
                findings=_by_severity([*self.report, *faults]),
                faults=faults,
                inputs=inputs,
            )
            self.progress("switching", 0, 1)
            writer.commit(manifest)
        self.report.extend(manifest.faults)
        self.segments.forget_others()
        self._lap("switch")
        return BuildSummary(
            store=str(self.home),
            records=manifest.records,
            documents=manifest.documents,
            persons=manifest.persons,
            events=sum(facts.events for facts in known),
            quads=manifest.quads,
            graphs=manifest.graphs,
            hash=manifest.hash,
            sources=len(paths),
            converted=anew,
            findings=_by_severity(self.report),
            tables=manifest.tables,
            seconds=time.perf_counter() - self._started,
            steps=self.times,
        )

    def _paths(self, given: Sequence[str | Path]) -> list[Path]:
        """What to read, one by one: the shipped authorities, then what is given, each once."""
        data = folder("data")
        always = [one for one in (data / "sources.toml", data / "authorities") if one.exists()]
        found: dict[Path, None] = {}
        for source in (*always, *(given or [data])):
            for path in sources.expand(str(source), self.report):
                found.setdefault(path.resolve(), None)
        return [_shown(path) for path in found if self._readable(_shown(path))]

    def _readable(self, path: Path) -> bool:
        """Whether a file may be read; where not, that is told as for any other bad source."""
        if path.is_dir() or not path.is_file() or os.access(path, os.R_OK):
            return True
        self.report.error("unreadable", str(path), "cannot be read: Permission denied",
                          "give yourself leave to read it")  # fmt: skip
        return False

    def _convert(self, paths: list[Path]) -> tuple[list[str], int]:
        """Keys of the sources' items, in the order of `paths`, and how many were read anew."""
        keys = [
            digest("items", steps.code_digest(), str(path), digest_of_path(path), company)
            for path, company in zip(paths, companies(paths), strict=True)
        ]
        self._path_of = dict(zip(keys, paths, strict=True))
        tasks = [
            (key, (self.segments.home, key, path))
            for key, path in sorted(zip(keys, paths, strict=True), key=lambda one: -_size(one[1]))
        ]
        return keys, self._each("reading", steps.convert, tasks)

    def _foreign(self, key: str) -> bool:
        """Whether a source is none of our own data files, whose records keep their ids."""
        return self._path_of[key].suffix not in (".yaml", ".yml")

    def _tell_shared(self, key: str, names: tuple[str, ...]) -> None:
        self.report.info(
            "ids-in-two-sources", str(self._path_of[key]),
            f"{len(names)} of its records have ids that another source gives too ({names[0]}, ...)",
            hint="they stand beside the other source's as records of the same documents",
        )  # fmt: skip

    def _settle(self, converted: list[str]) -> list[str]:
        """Keys of the items with links filled in."""
        lists = tuple(key for key in converted if self.segments.facts(key).is_list)
        decided = [digest_of_path(one) for one in self.decided]
        world = digest(steps.code_digest(), *lists, *decided)
        taken = steps.shared_ids(
            (key, self.segments.facts(key))
            for key in sorted(dict.fromkeys(converted), key=self._foreign)
        )
        for key, names in taken.items():
            if names:
                self._tell_shared(key, names)
        keys = [digest("settled", key, world, *taken[key]) for key in converted]
        tasks = [
            (key, (self.segments.home, key, before, lists, self.decided, taken[before]))
            for key, before in zip(keys, converted, strict=True)
        ]
        self._lists = lists
        self._each("resolving", steps.settle, tasks)
        for key in dict.fromkeys(keys):
            self.report.extend(self.segments.facts(key).findings)
        return keys

    def _across(self, settled: list[str]) -> tuple[list[Any], World]:
        """What follows from all records together: further items, and what mapping must know."""
        self.progress("comparing records", 0, 1)
        authority = Authority.of(item for key in self._lists for item in self.segments.read(key))
        about: Counter[str] = Counter()
        identities: list[Identity] = []
        events: list[Event] = []
        self.agents = {r.id: r.to for r in authority.redirects.values() if r.to}

        def kept() -> Iterator[Any]:
            for key in dict.fromkeys(settled):
                yield from items.read(self.segments.path(key, "traces"))

        for item in kept():
            if isinstance(item, Identity):
                identities.append(item)
            elif isinstance(item, Event):
                events.append(item)
            elif isinstance(item, Redirect) and item.to:
                self.agents[item.id] = item.to
            elif isinstance(item, Trace):
                about[item.about] += 1
        extra = list(
            authorities.across(
                (item for item in kept() if isinstance(item, Trace)),
                authority,
                known=identities,
                events=events,
                decisions=steps.decisions(self.decided, self.report),
                report=self.report,
            )
        )
        about.update(item.about for item in extra if isinstance(item, Record))
        identities += [item for item in extra if isinstance(item, Identity)]
        self.agents |= {r.id: r.to for r in extra if isinstance(r, Redirect) and r.to}
        links = Context.of(identities)
        described: Counter[str] = Counter()
        for document, records in about.items():
            described[links.canonical.get(document, document)] += records
        facts = [self.segments.facts(key) for key in dict.fromkeys(settled)]
        known = {name for one in facts for name in one.known}
        named: set[str] = set()
        for item in extra:
            if isinstance(item, Conflict):
                named |= {item.source, *(claim.source for claim in item.claims)}
            elif isinstance(item, (Record, Identity)) and item.source:
                named.add(item.source)
        named |= {name for one in facts for name in one.sources}
        described_sources = {name for one in facts for name in one.described}
        self._undescribed = [
            COMPARISON if name == COMPARISON.id else SourceEntry(id=name, title=name, kind="file")
            for name in sorted(named - described_sources)
        ]
        return extra, World(
            canonical=dict(sorted(links.canonical.items())),
            shared=sorted(document for document, records in described.items() if records > 1),
            known=sorted(known),
        )

    def _write(self, settled: list[str], world: World) -> list[str]:
        """Keys of the quads and edge tables."""
        packed = msgspec.msgpack.encode(world)
        name = digest("world", packed)
        path = self.segments.path(name, "world")
        path.write_bytes(packed)
        self.segments.used.add(name)
        keys = [digest("written", key, name) for key in settled]
        tasks = [
            (key, (self.segments.home, key, before, path))
            for key, before in zip(keys, settled, strict=True)
        ]
        self._each("mapping", steps.write, tasks)
        for key in dict.fromkeys(keys):
            self.report.extend(self.segments.facts(key).findings)
        return keys

    def _inputs(self, written: list[str], extra: list[Any]) -> str:
        """Digest of all that the quads, the tables and the check depend on."""
        packed = io.BytesIO()
        for item in (*extra, *self._undescribed):
            items.write(packed, item)
        return digest(steps.code_digest(), __version__, packed.getvalue(), *written)

    def _unchanged(self, inputs: str) -> Manifest | None:
        """What the store's generation says of itself, where it was made of the same."""
        try:
            manifest = EmbeddedStore(self.home).manifest
        except (KgraphError, OSError, msgspec.DecodeError):
            return None
        return manifest if manifest.inputs == inputs else None

    def _load(self, new: Path, written: list[str], extra: list[Any], world: World) -> None:
        """One bulk load of all quads: the sources', what follows from all, the ontology's."""
        context = world.context()
        more, aside = new / "rest.nq", new / "aside.items"
        with more.open("w", encoding="utf-8") as lines, aside.open("wb") as beside:
            rest = [*extra, *self._undescribed]
            steps.write_items(rest, context, self._gatherer, lines, beside, self.report)
        with more.open("a", encoding="utf-8") as lines:
            kept = [self.segments.path(key, "shared") for key in dict.fromkeys(written)]
            described: dict[str, list[Record]] = {}
            for path in (*kept, aside):
                for record in items.read(path):
                    about = context.canonical.get(record.about, record.about)
                    described.setdefault(about, []).append(record)
            for about in sorted(described):
                records = described[about]
                records.sort(key=lambda record: (record.id != about, record.id))
                lines.writelines(mapping.preferred(records, context))
            lines.writelines(context.take_agents())
            lines.writelines(loading.ontology_lines())
        files = [self.segments.path(key, "nq") for key in dict.fromkeys(written)]
        self.progress("loading", 0, 1)
        loading.load(new / "oxigraph", [*files, more], optimize_above=OPTIMIZE_ABOVE)
        more.unlink()
        aside.unlink()

    def _verify(
        self, new: Path, written: list[str], world: World
    ) -> tuple[dict[str, int], int, tuple[str, int], list[Finding]]:
        """Tables, shapes and hash side by side: none of them holds Python's lock for long."""
        self.progress("checking", 0, 1)
        with ThreadPoolExecutor(2) as threads:
            hashed = threads.submit(loading.quads_hash, new / "oxigraph")
            checked = threads.submit(_checked, new / "oxigraph")
            counts = self._tables(new, written, world)
            faults, graphs = checked.result()
            return counts, graphs, hashed.result(), faults

    def _tables(self, new: Path, written: list[str], world: World) -> dict[str, int]:
        """Write the edge tables; rows by table, and the numbers of documents and persons."""
        self.progress("writing edge tables", 0, 1)
        parts = [loading.tables_of(self.segments.home, key) for key in dict.fromkeys(written)]
        everything = tables.unify(
            tables.concat([*parts, self._gatherer.tables()]), world.canonical, self.agents
        )
        everything.write(new / "tables")
        counts = {name: frame.height for name, frame in everything.parts()}
        nodes = everything.nodes
        counts["_documents"] = everything.documents.height
        counts["_persons"] = nodes.filter(nodes["kind"] == "person").height
        return counts

    def _each(self, what: str, step: steps.Step, tasks: list[tuple[str, tuple[Any, ...]]]) -> int:
        """Run `step` for every task whose outcome is not kept; how many there were."""
        waiting = {key: task for key, task in tasks if not self.segments.has(key)}
        self.progress(what, 0, len(waiting))
        for done, _ in enumerate(self.engine.run(step, list(waiting.values())), 1):
            self.progress(what, done, len(waiting))
        return len(waiting)

    def _lap(self, name: str) -> None:
        now = time.perf_counter()
        self.times[name] = now - self._last
        self._last = now


def _by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    counted = Counter(str(finding.severity) for finding in findings)
    return {severity: counted[severity] for severity in SEVERITIES if counted[severity]}


def _checked(folder: Path) -> tuple[list[Finding], int]:
    """What breaks a shape, and the number of named graphs."""
    graph = OpenGraph(folder)
    return list(violations(graph)), graph.count_graphs()


def _decided(given: Sequence[str | Path]) -> tuple[Path, ...]:
    """Folders of reviewers' decisions: ``decisions/`` in the shipped data and in what is given."""
    homes = [folder("data"), *(Path(one) for one in given if Path(one).is_dir())]
    found = dict.fromkeys((home / "decisions").resolve() for home in homes)
    return tuple(one for one in found if one.is_dir())


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
    return path.stat().st_size


def _shown(path: Path) -> Path:
    """`path` relative to the current folder where it lies inside it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
