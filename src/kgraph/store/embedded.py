"""The embedded store: a folder of generations, read through pyoxigraph.

::

    .kgraph/
      current        one line: the generation that answers ("gen-3")
      lock           held by the one writer (who, since when)
      gen-3/
        oxigraph/    the quads
        tables/      edge tables, Parquet
        manifest.json
        in-use       readers hold a shared lock on it
      segments/      converted sources, by content (see kgraph.build)

A build writes a new generation beside the one that answers and then replaces
`current` in one step, so that a reader sees the old graph or the new one whole.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec
import pyoxigraph as ox

from kgraph.report import Finding, KgraphError
from kgraph.store import Bindings, Rows, Term
from kgraph.store.sparql import as_rows, syntax_error, with_bindings

if TYPE_CHECKING:
    import polars

CURRENT = "current"
GRAPHLESS = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML)


class Manifest(msgspec.Struct, kw_only=True):
    """What a generation holds; written last, beside its quads."""

    generation: str
    built: str  # ISO 8601 instant, UTC
    version: str  # of kgraph
    base: str  # base IRI
    hash: str  # of the quads, see kgraph.build.quads_hash
    quads: int
    graphs: int
    records: int
    documents: int
    persons: int
    sources: list[str]
    tables: dict[str, int] = {}  # rows by edge table
    findings: dict[str, int] = {}  # findings by severity
    faults: list[Finding] = []  # what breaks a shape
    inputs: str = ""  # digest of what it was built from, see kgraph.build


def _missing(home: Path) -> KgraphError:
    command = "kgraph build" if str(home) == ".kgraph" else f"kgraph build --store {home}"
    return KgraphError(f"there is no store in {home}", hint=f"make one with: {command}")


def _generation(home: Path) -> Path:
    """The folder that `current` names."""
    try:
        name = (home / CURRENT).read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(home) from None
    return home / name


class OpenGraph:
    """The quads in the folder of a pyoxigraph store, open for reading, beside any writer.

    What is opened as `writable` sees its own changes, and keeps other writers out.
    """

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        self._folder = folder
        self._prefixes: dict[str, str] | None = None
        self._store = ox.Store(str(folder)) if writable else ox.Store.read_only(str(folder))

    @property
    def location(self) -> str:
        return str(self._folder)

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that a query may use without declaring them."""
        if self._prefixes is None:
            from kgraph import vocab

            self._prefixes = dict(vocab.prefixes())
        return self._prefixes

    @property
    def oxigraph(self) -> ox.Store:
        """The store itself, for those who pass its answers on as they come."""
        return self._store

    def query(
        self, text: str, bindings: Bindings | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._query(with_bindings(text, bindings))
        except (SyntaxError, KgraphError) as error:
            wrong = error
        try:  # the position in the text as it was given, without the values
            self._query(text)
        except SyntaxError as error:
            raise syntax_error(text, str(error), tuple(self.prefixes)) from None
        raise wrong

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        answer: Any = self._store.query(
            text, prefixes=self.prefixes, use_default_graph_as_union=True
        )
        return answer  # type: ignore[no-any-return]

    def select(self, text: str, bindings: Bindings | None = None) -> Rows:
        return as_rows(self.query(text, bindings))

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        return bool(self.query(text, bindings))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[ox.Triple]:
        answer = self.query(text, bindings)
        if not isinstance(answer, ox.QueryTriples):
            raise KgraphError("a CONSTRUCT query is needed here")
        yield from answer

    def quads(
        self, subject: Term | None = None, graph: ox.NamedNode | None = None
    ) -> Iterator[ox.Quad]:
        """Quads with this subject or in this graph (None: any)."""
        return self._store.quads_for_pattern(subject, None, None, graph)  # type: ignore[arg-type]

    def match(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterator[ox.Quad]:
        """Quads of any graph that match; the same triple of several graphs comes in a row."""
        return self._store.quads_for_pattern(subject, predicate, object_, None)  # type: ignore[arg-type]

    def count_graphs(self) -> int:
        """Number of named graphs."""
        return sum(1 for _ in self._store.named_graphs())

    def dump(self, output: IO[bytes], format: ox.RdfFormat) -> None:
        if format in GRAPHLESS:
            everything: Any = self._query("CONSTRUCT WHERE { ?s ?p ?o }")
            ox.serialize(everything, output, format, prefixes=self.prefixes)
        else:
            self._store.dump(output, format, prefixes=self.prefixes)

    def table(self, name: str) -> polars.LazyFrame:
        raise KgraphError(f"{self.location} has no edge tables")


class EmbeddedStore(OpenGraph):
    """The current generation of the store in `home`, open for reading.

    It goes on to answer from its generation when a newer one is built meanwhile.
    """

    def __init__(self, home: Path, *, writable: bool = False) -> None:
        self.home = home
        for _ in range(10):  # a build may remove the generation between two of these lines
            self.folder = _generation(home)
            try:
                self._lock = (self.folder / "in-use").open("rb")
                fcntl.flock(self._lock, fcntl.LOCK_SH)
                if _generation(home) == self.folder:
                    break
            except FileNotFoundError:
                time.sleep(0.02)
        else:
            raise self._damaged(f"{self.folder.name} is missing")
        try:
            super().__init__(self.folder / "oxigraph", writable=writable)
        except OSError as error:
            raise self._damaged(str(error)) from error

    @staticmethod
    def check(home: Path) -> None:
        """Raise `KgraphError` where there is no store in `home`; opens nothing."""
        _generation(home)

    def _damaged(self, what: str) -> KgraphError:
        return KgraphError(
            f"the store in {self.home} is damaged: {what}",
            hint=f"remove {self.home} and run: kgraph build",
        )

    @property
    def location(self) -> str:
        return str(self.home)

    @property
    def manifest(self) -> Manifest:
        """What the generation says of itself."""
        return msgspec.json.decode((self.folder / "manifest.json").read_bytes(), type=Manifest)

    def table(self, name: str) -> polars.LazyFrame:
        import polars

        path = self.folder / "tables" / f"{name}.parquet"
        if not path.exists():
            there = sorted(file.stem for file in path.parent.glob("*.parquet"))
            raise KgraphError(
                f"there is no table {name!r} in {self.location}", hint=f"one of: {', '.join(there)}"
            )
        return polars.scan_parquet(path)


class Writer:
    """The one writer of a store: a context manager that holds its lock.

    `start` makes the folder of a new generation; `commit` makes it the current
    one. Without `commit`, leaving the context removes the new folder and the
    store answers as before.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lock: IO[str] | None = None
        self._new: Path | None = None

    def __enter__(self) -> Writer:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise KgraphError(
                f"{self.home} is a file, so it cannot hold a store", hint="name another --store"
            ) from None
        except OSError as error:
            raise self._refused(error) from None
        try:
            self._lock = (self.home / "lock").open("a+")
        except OSError as error:
            raise self._refused(error) from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.seek(0)
            said = self._lock.read()
            self._lock.close()
            raise KgraphError(
                f"another build is writing to {self.home}{_holder(said)}",
                hint="wait for it to end; the store can be asked meanwhile",
            ) from None
        self._lock.truncate(0)
        since = time.strftime("%Y-%m-%d %H:%M:%S")
        self._lock.write(json.dumps({"pid": os.getpid(), "since": since}))
        self._lock.flush()
        self._sweep()
        return self

    def __exit__(self, *failure: object) -> None:
        if self._new is not None:
            shutil.rmtree(self._new, ignore_errors=True)
        if self._lock is not None:
            self._lock.truncate(0)
            self._lock.close()

    def _refused(self, error: OSError) -> KgraphError:
        return KgraphError(
            f"{self.home} cannot be written: {error.strerror}", hint="name another --store"
        )

    def start(self) -> Path:
        """A new, empty generation's folder."""
        numbers = [
            int(path.name[4:]) for path in self.home.glob("gen-*") if path.name[4:].isdigit()
        ]
        self._new = self.home / f"gen-{max(numbers, default=0) + 1}"
        (self._new / "tables").mkdir(parents=True)
        (self._new / "in-use").touch()
        return self._new

    def commit(self, manifest: Manifest) -> None:
        """Make the new generation the one that answers; remove those that nobody reads."""
        if self._new is None:
            raise KgraphError("nothing was started, so there is nothing to commit")
        (self._new / "manifest.json").write_bytes(msgspec.json.encode(manifest))
        for path in (*self._new.iterdir(), *(self._new / "tables").iterdir(), self._new):
            _sync(path)
        pointer = self.home / "current.new"
        pointer.write_text(self._new.name + "\n")
        _sync(pointer)
        pointer.replace(self.home / CURRENT)
        _sync(self.home)
        self._new = None
        self._sweep()

    def _sweep(self) -> None:
        """Remove what killed builds left and generations that no reader holds."""
        try:
            current = _generation(self.home)
        except KgraphError:
            current = None
        for folder in self.home.glob("gen-*"):
            if folder in (current, self._new):
                continue
            try:
                with (folder / "in-use").open("rb") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            except FileNotFoundError:
                shutil.rmtree(folder, ignore_errors=True)
            except OSError:  # somebody reads it still: the next build tries again
                continue


def _holder(said: str) -> str:
    try:
        who = json.loads(said)
        return f" (process {who['pid']}, since {who['since']})"
    except (ValueError, KeyError, TypeError):
        return ""


def _sync(path: Path) -> None:
    """Have the file or folder on the disk before what follows."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
