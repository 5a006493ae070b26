"""What is published: the generation of the store that answers now.

A build replaces the generation in one step. `Publication.now()` looks at the
pointer file at most every tenth of a second, so that a new build is served without
a restart and every answer comes from one generation alone. Where the store is written
to, every change begins another edition of the same generation.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from kgraph.report import KgraphError
from kgraph.store.embedded import CURRENT, EmbeddedStore

LOOK_AGAIN = 0.1
CHANGED = "changed"
"""File beside a generation that was written to since it was built: when, the last time."""


@dataclass
class Edition:
    """One generation, open: its store, the tag and time that caches go by."""

    store: EmbeddedStore
    tag: str  # short and the same for the same quads
    modified: datetime
    generation: str
    folder: str  # of the quads, for worker processes
    as_built: bool = True  # not written to since
    memo: dict[Any, Any] = field(default_factory=dict)  # answers kept as long as the edition
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def beside(self) -> Path:
        """Where what is made once for the edition is kept: beside its generation, or, where
        that cannot be written to or is no longer as it was built, as long as the edition."""
        if self.as_built and os.access(self.store.folder, os.W_OK):
            return self.store.folder
        with self._lock:
            if "beside" not in self.memo:
                self.memo["beside"] = tempfile.TemporaryDirectory(prefix="kgraph-")
            return Path(self.memo["beside"].name)

    @property
    def last_modified(self) -> str:
        """RFC 9110 date of the build."""
        return format_datetime(self.modified, usegmt=True)


class Publication:
    """The store in `home`, opened anew when a build replaces it. `writable`: it may be
    changed through its editions, and `changed` must be told."""

    def __init__(self, home: Path, *, writable: bool = False) -> None:
        self.home, self.writable = home, writable
        self._lock = threading.Lock()
        self._looked = 0.0
        self._edition = self._open()

    def _open(self) -> Edition:
        store = EmbeddedStore(self.home, writable=self.writable)
        manifest = store.manifest
        edition = Edition(
            store=store,
            tag=manifest.hash.rpartition(":")[2][:20],
            modified=datetime.fromisoformat(manifest.built).astimezone(UTC),
            generation=manifest.generation,
            folder=str(store.folder / "oxigraph"),
        )
        try:
            changed = datetime.fromisoformat((store.folder / CHANGED).read_text())
        except (OSError, ValueError):
            return edition
        return _changed(edition, changed)

    def now(self) -> Edition:
        """The edition that answers now. A store that is damaged leaves the last one."""
        moment = time.monotonic()
        if moment - self._looked < LOOK_AGAIN:
            return self._edition
        with self._lock:
            self._looked = moment
            try:
                current = (self.home / CURRENT).read_text().strip()
                if current != self._edition.store.folder.name:
                    self._edition = self._open()
            except (OSError, KgraphError):
                pass
        return self._edition

    def changed(self) -> None:
        """Begin another edition: the store was written to, and what was made of it before
        holds no longer."""
        with self._lock:
            at = datetime.now(UTC)
            (self._edition.store.folder / CHANGED).write_text(at.isoformat())
            self._edition = _changed(self._edition, at)


def _changed(edition: Edition, at: datetime) -> Edition:
    tag = f"{edition.store.manifest.hash.rpartition(':')[2][:8]}{at:%y%m%d%H%M%S%f}"
    return replace(edition, tag=tag, modified=at, as_built=False, memo={}, _lock=threading.Lock())
