"""What is published: the generation of the store that answers now.

A build replaces the generation in one step. `Publication.now()` looks at the
pointer file at most every tenth of a second, so that a new build is served without
a restart and every answer comes from one generation alone.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from kgraph.report import KgraphError
from kgraph.store.embedded import CURRENT, EmbeddedStore

LOOK_AGAIN = 0.1


@dataclass
class Edition:
    """One generation, open: its store, the tag and time that caches go by."""

    store: EmbeddedStore
    tag: str  # short and the same for the same quads
    modified: datetime
    generation: str
    folder: str  # of the quads, for worker processes
    memo: dict[Any, Any] = field(default_factory=dict)  # answers kept as long as the edition

    @property
    def last_modified(self) -> str:
        """RFC 9110 date of the build."""
        return format_datetime(self.modified, usegmt=True)


class Publication:
    """The store in `home`, opened anew when a build replaces it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lock = threading.Lock()
        self._looked = 0.0
        self._edition = self._open()

    def _open(self) -> Edition:
        store = EmbeddedStore(self.home)
        manifest = store.manifest
        return Edition(
            store=store,
            tag=manifest.hash.rpartition(":")[2][:20],
            modified=datetime.fromisoformat(manifest.built).astimezone(UTC),
            generation=manifest.generation,
            folder=str(store.folder / "oxigraph"),
        )

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
