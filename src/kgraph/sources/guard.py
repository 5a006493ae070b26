"""A reader at work: whatever it raises, and however long it takes, costs one finding."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kgraph.model import Item, Record
from kgraph.report import Finding, KgraphError, Report

if TYPE_CHECKING:
    from kgraph.sources import Source

SECONDS = 120.0
"""Seconds that a file may take, and as many again for every 10 MB of it."""


def guarded(
    source: Source, given: Path, path: Path, report: Report, clock: Clock
) -> Iterator[Item]:
    """A reader's items; what it raises becomes a finding, and what it gave stays."""
    count = 0
    ids: dict[str, int] = {}
    try:
        stream = iter(source.read(given, report))
        while True:
            with clock:
                item = next(stream, None)
            if item is None:
                break
            count += 1
            if isinstance(item, Record):
                item = _with_own_id(item, ids, path, report)
            yield item
    except _TimeOut:
        report.error("time-limit", str(path), f"reading was given up after {clock.limit:.0f} s; "
                     f"{count} items were kept", "split the file, or report it")  # fmt: skip
    except KgraphError as error:
        report.error("not-read", str(path), str(error), error.hint)
    except MemoryError:
        report.error("memory", str(path), f"there was too little memory after {count} items",
                     "split the file")  # fmt: skip
    except RecursionError:
        report.error("too-deep", str(path), f"nested too deeply; {count} items were kept")
    except Exception as error:
        line = getattr(error, "lineno", None) or getattr(error, "line", None)
        where = f"{path}:{line}" if isinstance(line, int) else str(path)
        report.error("reader-failed", where, f"the {source.NAME} reader stopped after {count} items: "
                     f"{type(error).__name__}: {error}", "please report this file")  # fmt: skip
    else:
        if count == 0 and not report.has_errors:
            report.warning("nothing-found", str(path), f"read as {source.NAME}, and nothing was "
                           "found in it", "check that the file is what you think")  # fmt: skip


def _with_own_id(record: Record, ids: dict[str, int], path: Path, report: Report) -> Record:
    """`record`, under another id where an earlier one of the file bears its id."""
    new = record.id
    while new in ids:
        ids[record.id] += 1
        new = f"{record.id}-{ids[record.id]}"
    ids[new] = 1
    if new == record.id:
        return record
    report.warning("same-id", str(path), f"two records bear the id {record.id!r}; the second was read "
                   f"as {new!r}", "give each document of the file an id of its own")  # fmt: skip
    return msgspec.structs.replace(record, id=new)


class Shown(Report):
    """Passes findings on at once; a copy's path is written as that of the original."""

    def __init__(self, outer: Report, copy: Path, original: Path) -> None:
        super().__init__()
        self.outer = outer
        self.names = (str(copy), str(original)) if copy != original else None

    def add(self, code: str, where: str, message: str, hint: str | None = None,
            severity: Any = "error") -> None:  # fmt: skip
        if self.names:
            where, message = (text.replace(*self.names) for text in (where, message))
        self.findings.append(
            Finding(code=code, where=where, message=message, hint=hint, severity=severity)
        )
        self.outer.add(code, where, message, hint, severity)

    def extend(self, findings: Iterable[Finding]) -> None:
        for f in findings:
            self.add(f.code, f.where, f.message, f.hint, f.severity)


class _TimeOut(Exception):
    pass


class Clock:
    """Counts the time that a reader takes, not that of whoever uses its items."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.left = limit
        self.works = hasattr(signal, "setitimer") and (
            threading.current_thread() is threading.main_thread()
        )
        self._began = 0.0

    def __enter__(self) -> None:
        if self.works:
            self._began = time.monotonic()
            signal.setitimer(signal.ITIMER_REAL, max(self.left, 0.001))

    def __exit__(self, *_: object) -> None:
        if self.works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.left -= time.monotonic() - self._began


@contextmanager
def deadline(path: Path) -> Iterator[Clock]:
    size = path.stat().st_size if path.is_file() else 0
    clock = Clock(SECONDS * (1 + size / 10e6))

    def ring(*_: object) -> None:
        raise _TimeOut

    if not clock.works:
        yield clock
        return
    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield clock
    finally:
        signal.signal(signal.SIGALRM, before)
