"""From what a user points at to items: expand, look, check, read.

A source is a file, a folder (read file by file, or as one book where it holds
numbered pages) or an http(s) address. Formats are told apart by content. Whatever
cannot be read becomes one finding with file, line and what to do next; the other
files are read. Readers get UTF-8: other encodings are copied first.
"""

from __future__ import annotations

import re
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from kgraph import sources
from kgraph.model import Item, Record
from kgraph.report import Finding, KgraphError, Report
from kgraph.sources import calendar, download, encodings, prolog, tables

HEAD = 65_536
LIMIT = 256 << 20
"""Bytes of a file beyond which it is not read, where its reader sets no `LIMIT` of its own."""
SECONDS = 120.0
"""Seconds that a file may take, and as many again for every 10 MB of it."""

_PAGE = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)(?P<end>[^\d]*)$")
_SKIPPED = re.compile(
    r"(?i)^(?:\.|~\$)|^(?:licen[cs]e|readme|changelog|notice|authors|contributing|copying|thumbs\.db)"
    r"(?:\.|$)|\.(?:md|rst|css|js|py|xsl|xslt|xsd|rng|rnc|sch|odd|dtd|ini|lock|json|toml|svg|ico|png"
    r"|jpe?g|gif|tiff?)$"
)


def expand(source: str | Path, report: Report) -> Iterator[Path]:
    """`source` as the paths to read one by one; a paged book is its folder.

    In folders, files that are no sources (hidden ones, README, licences, pictures,
    schemas, settings) are passed over in silence. Links that lead round in a
    circle are not followed. Raises `KgraphError` where there is nothing at `source`.
    """
    if isinstance(source, str) and re.match(r"(?i)https?://", source):
        path = download.fetch(source, report)
        if path is not None:
            yield path
        return
    path = Path(source).expanduser()
    if path.is_dir():
        found = False
        for one in _in_folder(path):
            found = True
            yield one
        if not found:
            report.warning(
                "folder-empty", str(path), "the folder holds no file that could be a source"
            )
    elif path.exists():
        yield path
    else:
        raise KgraphError(
            f"there is no file, folder or http(s) address {str(source)!r}",
            hint="check the spelling; relative paths count from the current folder",
        )


def _in_folder(folder: Path) -> Iterator[Path]:
    if is_paged(folder):
        yield folder
        return
    of_data = any((one / calendar.SOURCES_FILE).is_file() for one in (folder, folder.parent))
    for path in sorted(folder.iterdir()):
        if of_data and path.stem in calendar.SKIPPED:  # tables that readers use, no sources
            continue
        if path.is_dir():
            if not path.is_symlink() and not path.name.startswith("."):
                yield from _in_folder(path)
        elif path.name == "sources.toml" or not _SKIPPED.search(path.name):
            yield path


def is_paged(folder: Path) -> bool:
    """Whether a folder is one book: its text files are numbered, nearly without gaps.

    At least three files differ in their number alone, they are four fifths of the
    folder's text files, and no more than half of the numbers between the first
    and the last are missing (numbers of records in a catalogue lie far apart).
    """
    series: dict[tuple[str, str], list[int]] = {}
    total = 0
    for path in folder.iterdir():
        if path.suffix.lower() not in (".txt", ".html", ".htm", ".text"):
            continue
        total += 1
        if match := _PAGE.match(path.name):
            series.setdefault((match["stem"], match["end"]), []).append(int(match["number"][:9]))
    pages = max(series.values(), key=len, default=[])
    if len(pages) < 3 or len(pages) < 0.8 * total:
        return False
    return len(set(pages)) >= 0.5 * (max(pages) - min(pages) + 1)


def read(path: Path, report: Report) -> Iterator[Item]:
    """Items of one path that `expand` gave: look at it, choose the reader, read.

    Never raises for what the data hold: a failure is one finding.
    """
    with tempfile.TemporaryDirectory(prefix="kgraph-") as place:
        own = Report()
        try:
            chosen = _choose(path, Path(place), own)
        except OSError as error:
            own.error("unreadable", str(path), f"cannot be read: {error.strerror or error}")
            chosen = None
        report.extend(own)
        if chosen is None:
            return
        source, given = chosen
        inner = _Shown(report, given, path)
        with _deadline(path) as clock:
            yield from _guarded(source, given, path, inner, clock)


class _Shown(Report):
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


def _guarded(
    source: sources.Source, given: Path, path: Path, report: Report, clock: _Clock
) -> Iterator[Item]:
    """A reader's items; what it raises becomes a finding, and what it gave stays."""
    count = 0
    ids: set[str] = set()
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


def _with_own_id(record: Record, ids: set[str], path: Path, report: Report) -> Record:
    """`record`, under another id where an earlier one of the file bears its id."""
    new, again = record.id, 1
    while new in ids:
        again += 1
        new = f"{record.id}-{again}"
    ids.add(new)
    if new == record.id:
        return record
    report.warning("same-id", str(path), f"two records bear the id {record.id!r}; the second was read "
                   f"as {new!r}", "give each document of the file an id of its own")  # fmt: skip
    return msgspec.structs.replace(record, id=new)


def _choose(path: Path, place: Path, report: Report) -> tuple[sources.Source, Path] | None:
    """The reader of `path` and what it is to read: the path, or a copy in UTF-8."""
    if path.is_dir():
        return _choose_for_pages(path, report)
    if not path.is_file():
        report.error("not-a-file", str(path), "is neither a file nor a folder")
        return None
    size = path.stat().st_size
    if size == 0:
        report.error("empty-file", str(path), "the file is empty", "fetch or export it again")
        return None
    largest = max((_limit(source) for source in sources.SOURCES), default=LIMIT)
    if size > largest:
        _too_large(path, size, largest, report)
        return None
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00"):
        report.error("binary-file", str(path), "the file begins with zero bytes only",
                     "fetch or export it again")  # fmt: skip
        return None
    what = encodings.binary(head)
    if what and tables.is_spreadsheet(head):
        source = sniff(head, path.name)
        return (source, path) if source and _fits(path, size, source, report) else None
    if what:
        archive = "archive" in what
        report.error("archive-file" if archive else "binary-file", str(path),
                     f"the file is {what}, which is no source",
                     "unpack it and give the files in it" if archive
                     else "give its text, as a file of its own")  # fmt: skip
        return None
    found = _in_utf8(path, head, place, report)
    if found is None:
        return None
    given, head = found
    source = sniff(head, path.name)
    if source is None:
        known = ", ".join(s.NAME for s in sources.SOURCES)
        report.error("unknown-format", f"{path}:1", "the file has no format that kgraph knows",
                     f"known are {known}; docs/adding-a-source.md says how to add one")  # fmt: skip
        return None
    if not _fits(path, size, source, report) or (
        encodings.XML.match(head) and not prolog.harmless(given, path, report)
    ):
        return None
    return source, given


def _in_utf8(path: Path, head: bytes, place: Path, report: Report) -> tuple[Path, bytes] | None:
    """The file as UTF-8 and its first bytes: itself, or a copy where it is not."""
    guess = encodings.guess(path, head)
    if guess.encoding == "utf-8" or (
        guess.encoding == "utf-8-sig" and encodings.XML.match(head[3:])
    ):
        return path, head
    if not guess.sure:
        where = f"{path}:{guess.line}" if guess.line else str(path)
        names = {"cp1252": "Windows-1252", "latin-1": "ISO 8859-1"}
        name = names.get(guess.encoding, guess.encoding.upper())
        report.warning("not-utf8", where, f"the text is not UTF-8; it was read as {name}",
                       "check accented letters and quotation marks, or save the file as UTF-8")  # fmt: skip
    folder = place / (path.absolute().parent.name or "source")  # ids may be made of it
    folder.mkdir()
    copy = folder / path.name
    mapping = path.with_suffix(".toml")
    if mapping.is_file():
        shutil.copyfile(mapping, copy.with_suffix(".toml"))
    encodings.to_utf8(path, copy, guess.encoding)
    with copy.open("rb") as file:
        return copy, file.read(HEAD)


def _choose_for_pages(folder: Path, report: Report) -> tuple[sources.Source, Path] | None:
    for source in sources.SOURCES:
        if getattr(source, "PAGED", False):
            return source, folder
    report.error("unknown-format", str(folder), "the folder holds numbered pages, and no reader "
                 "takes them", "give its files one by one")  # fmt: skip
    return None


def sniff(head: bytes, name: str) -> sources.Source | None:
    """The first reader in `SOURCES` that takes a file beginning with `head`."""
    for source in sources.SOURCES:
        try:
            if source.sniff(head, name):
                return source
        except Exception:  # a reader that stumbles over bytes does not know them
            continue
    return None


def _limit(source: sources.Source) -> int:
    return int(getattr(source, "LIMIT", LIMIT))


def _fits(path: Path, size: int, source: sources.Source, report: Report) -> bool:
    if size <= _limit(source):
        return True
    _too_large(path, size, _limit(source), report)
    return False


def _too_large(path: Path, size: int, limit: int, report: Report) -> None:
    report.error("too-large", str(path), f"the file has {size / 1e6:,.0f} MB; no more than "
                 f"{limit / 1e6:,.0f} MB are read at once", "split it into several files")  # fmt: skip


class _TimeOut(Exception):
    pass


class _Clock:
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
def _deadline(path: Path) -> Iterator[_Clock]:
    size = path.stat().st_size if path.is_file() else 0
    clock = _Clock(SECONDS * (1 + size / 10e6))

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


def items(given: Iterable[str | Path], report: Report, jobs: int = 1) -> Iterator[Item]:
    """Items of all sources, in the order of the sources whatever `jobs` is.

    With `jobs` > 1 that many processes read, a file each; a file that kills or
    hangs its process costs one finding. A record id that an earlier record of
    another file bears is reported. Memory does not grow with what is read, apart
    from the ids.
    """
    paths = (path for source in given for path in expand(source, report))
    if jobs > 1:
        from kgraph.sources.workers import in_processes

        stream: Iterator[tuple[Path, Item]] = in_processes(list(paths), report, jobs)
    else:
        stream = ((path, item) for path in paths for item in read(path, report))
    seen: dict[str, Path] = {}
    told: set[tuple[Path, Path]] = set()
    for path, item in stream:
        if isinstance(item, Record):
            first = seen.setdefault(item.id, path)
            if first is not path and (first, path) not in told:
                told.add((first, path))
                report.warning("same-id", str(path), f"record ids are also in {first}, {item.id!r} for one",
                               "rename one of the files; both records were kept")  # fmt: skip
        yield item


def plain(item: Item) -> dict[str, Any]:
    """An item that is not a record as plain data, with its type under "item"."""
    return {"item": type(item).__name__, **msgspec.to_builtins(item)}
