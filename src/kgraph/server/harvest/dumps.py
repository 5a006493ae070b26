"""Dumps of the whole graph: written once an edition, resumable by ranges, with checksums."""

from __future__ import annotations

import gzip
import hashlib
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from kgraph.server.publication import Edition, Publication

FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
}
PACKINGS = {"gz": "application/gzip", "zst": "application/zstd"}


@dataclass
class Dumps:
    """``/dumps/kgraph.nq.gz`` and its like; ``.sha256`` behind a name gives its checksum."""

    publication: Publication
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        wanted = name.removesuffix(".sha256")
        edition = self.publication.now()
        path = await run_in_threadpool(self._file, edition, wanted)
        if path is None:
            known = ", ".join(f"kgraph.{f}.{p}" for f in FORMATS for p in PACKINGS)
            return PlainTextResponse(f"there is no dump {name}; there are {known}\n", 404)
        if name != wanted:
            digest = await run_in_threadpool(_checksum, path)
            return PlainTextResponse(f"{digest}  {wanted}\n")
        return FileResponse(
            path,
            media_type=PACKINGS[wanted.rpartition(".")[2]],
            filename=wanted,
            headers={"ETag": f'"{edition.tag}-{wanted}"', "Last-Modified": edition.last_modified,
                     "Cache-Control": "public, no-cache", "Accept-Ranges": "bytes"},
        )  # fmt: skip

    def _file(self, edition: Edition, name: str) -> Path | None:
        parts = name.split(".")
        if len(parts) != 3 or parts[0] != "kgraph":
            return None
        form, packing = FORMATS.get(parts[1]), parts[2]
        if form is None or packing not in PACKINGS:
            return None
        path = edition.beside / "dumps" / name
        with self._lock:
            if not path.exists():
                path.parent.mkdir(exist_ok=True)
                beside = path.with_name(name + ".part")
                with _packed(beside, packing) as output:
                    edition.store.dump(output, form)
                beside.replace(path)
        return path


def _packed(path: Path, packing: str) -> IO[bytes]:
    if packing == "gz":
        return gzip.GzipFile(path, "wb", compresslevel=6, mtime=0)  # type: ignore[return-value]
    import zstandard

    opened: IO[bytes] = zstandard.open(path, "wb")
    return opened


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
