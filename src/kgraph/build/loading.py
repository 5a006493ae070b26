"""Quads into a store, and the hash that says whether two builds are the same."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

import polars as pl
import pyoxigraph as ox

from kgraph import iris
from kgraph.network.tables import EDGES, LAYERS, SCHEMAS, EdgeTables
from kgraph.shipped import folder

_CHUNK = 1 << 20


class _Chain(io.RawIOBase):
    """Several files read as one."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = iter(files)
        self._open: io.BufferedReader | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end of the last file."""
        while True:
            if self._open is None:
                path = next(self._files, None)
                if path is None:
                    return b""
                self._open = path.open("rb")
            data = self._open.read(_CHUNK if size < 0 else size)
            if data:
                return data
            self._open.close()
            self._open = None


def load(target: Path, files: Sequence[Path], *, optimize_above: int) -> None:
    """Load N-Quads `files` into a new store at `target`, in one bulk load.

    Above `optimize_above` bytes of N-Quads divided by 200 (about one quad) the
    store is compacted, which makes lookups faster and takes longer than the load.
    """
    store = ox.Store(str(target))
    store.bulk_load(cast(IO[bytes], _Chain(files)), ox.RdfFormat.N_QUADS)
    if sum(path.stat().st_size for path in files) / 200 > optimize_above:
        store.optimize()
    store.flush()


class _Hasher(io.RawIOBase):
    """Takes N-Quads and adds up the hashes of their lines."""

    def __init__(self) -> None:
        self.total = 0
        self.lines = 0
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = bytes(data)  # type: ignore[call-overload]
        *lines, self._rest = (self._rest + given).split(b"\n")
        sha256 = hashlib.sha256
        for line in lines:
            self.total += int.from_bytes(sha256(line).digest(), "big")
        self.lines += len(lines)
        return len(given)


def quads_hash(target: Path) -> tuple[str, int]:
    """Hash of the set of quads in a store, and how many there are.

    It is the sum, modulo 2**256, of the SHA-256 of each quad's line in N-Quads
    (without the newline), so it depends neither on order nor on the store. The
    graph has no blank nodes, whose labels would differ from build to build.
    """
    hasher = _Hasher()
    ox.Store.read_only(str(target)).dump(cast(IO[bytes], hasher), ox.RdfFormat.N_QUADS)
    return f"{hasher.total % (1 << 256):064x}", hasher.lines


def ontology_lines() -> list[str]:
    """Terms and channels as N-Quads of the ontology's graph; without blank nodes."""
    graph = ox.NamedNode(iris.ONTOLOGY_GRAPH)
    lines = []
    for name in ("kgraph.ttl", "channels.ttl"):
        text = iris.rebase((folder("ontology") / name).read_text("utf-8"))
        for quad in ox.parse(text, ox.RdfFormat.TURTLE):
            lines.append(f"{ox.Quad(quad.subject, quad.predicate, quad.object, graph)} .\n")
    return sorted(lines)


def tables_of(segments: Path, key: str) -> EdgeTables:
    """The edge tables that one source gave."""

    def part(name: str) -> pl.DataFrame:
        path = segments / f"{key}.{name}.parquet"
        return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=SCHEMAS[name])

    edges = [
        pl.read_parquet(path)
        for layer in LAYERS
        if (path := segments / f"{key}.{layer}.parquet").exists()
    ]
    return EdgeTables(
        edges=pl.concat(edges) if edges else pl.DataFrame(schema=EDGES),
        **{name: part(name) for name in SCHEMAS},
    )
