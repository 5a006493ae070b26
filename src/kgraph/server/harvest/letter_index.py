"""CMIF over HTTP: the index of all letters at one stable address, and each letter's own part.

Harvesters of letter catalogues ask ``/cmif.xml`` by HEAD and by If-Modified-Since, and
fetch it whole; a letter's page has its ``correspDesc`` behind the suffix ``.cmif``.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kgraph import __version__, iris
from kgraph.export import cmif
from kgraph.server.negotiation import Representation
from kgraph.server.publication import Edition, Publication

CMIF = Representation("cmif", ("application/tei+xml",), label="CMIF (TEI)")


def index_of(edition: Edition) -> cmif.Index:
    """What all letters of an edition share, read once."""
    kept: cmif.Index | None = edition.memo.get("cmif")
    if kept is None:
        kept = edition.memo["cmif"] = cmif.Index.of(edition.store)
    return kept


def of_letter(edition: Edition, iri: str, *, apart: bool = False) -> bytes | None:
    """CMIF about one letter; None where the document is no letter. `apart`: with ids that
    no other letter's file has."""
    found = cmif.letters(edition.store, {"d": ox.NamedNode(iri)})
    if not found:
        return None
    address = f"{iris.BASE}doc/{iri.removeprefix(iris.THINGS)}.cmif"
    return cmif.document(found, index_of(edition), address, edition.modified, iri if apart else "")


def write_letter(edition: Edition, iri: str, representation: Representation) -> bytes | None:
    """For `kgraph.server.resources`: CMIF where a letter is asked for as CMIF."""
    if representation is not CMIF or not iri.startswith(iris.THINGS + "document/"):
        return None
    return of_letter(edition, iri)


@dataclass
class LetterIndex:
    """``/cmif.xml``, written once an edition."""

    publication: Publication
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def answer(self, request: Request) -> Response:
        edition = self.publication.now()
        path = await run_in_threadpool(self._file, edition)
        headers = {"ETag": f'"{edition.tag}-cmif"', "Last-Modified": edition.last_modified}
        return FileResponse(path, media_type="application/xml", headers=headers)

    def _file(self, edition: Edition) -> Path:
        path = edition.beside / "dumps" / f"cmif-{__version__}.xml"
        with self._lock:
            if not path.exists():
                path.parent.mkdir(exist_ok=True)
                beside = path.with_suffix(".part")
                with beside.open("wb") as output:
                    cmif.write(edition.store, output)
                beside.replace(path)
        return path
