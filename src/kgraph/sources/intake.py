"""From what a user points at to items: expand, look, check, read.

A source is a file, a folder (read file by file, or as one book where it holds
numbered pages) or an http(s) address. Formats are told apart by content. Whatever
cannot be read becomes one finding with file, line and what to do next; the other
files are read. Readers get UTF-8: other encodings are copied first.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from kgraph import sources
from kgraph.model import Item, Record
from kgraph.report import KgraphError, Report
from kgraph.sources import download, encodings, folders, guard, prolog, tables

HEAD = 65_536
LIMIT = 256 << 20
"""Bytes of a file beyond which it is not read, where its reader sets no `LIMIT` of its own."""


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
        for one in folders.within(path):
            found = True
            if _has_a_name(one, report):
                yield one
        if not found:
            report.warning(
                "folder-empty", str(path), "the folder holds no file that could be a source"
            )
    elif path.exists():
        if _has_a_name(path, report):
            yield path
    else:
        raise KgraphError(
            f"there is no file, folder or http(s) address {str(source)!r}",
            hint="standard input has no name to tell its format by: save it as a file"
            if str(source) == "-"
            else "check the spelling; relative paths count from the current folder",
        )


def _has_a_name(path: Path, report: Report) -> bool:
    """Whether the path can be written in a record; what a disk of another system gave cannot."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        report.error("file-name", shown, "the file's name is not UTF-8", "rename the file")
        return False
    return True


def read(path: Path, report: Report) -> Iterator[Item]:
    """Items of one path that `expand` gave: look at it, choose the reader, read.

    Never raises for what the data hold: a failure is one finding.
    """
    with tempfile.TemporaryDirectory(prefix="kgraph-") as place:
        own = Report()
        try:
            chosen = _choose(path, Path(place), own)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            own.error("unreadable", str(path), f"cannot be read: {reason}")
            chosen = None
        report.extend(own)
        if chosen is None:
            return
        source, given = chosen
        inner = guard.Shown(report, given, path)
        with guard.deadline(path) as clock:
            yield from guard.guarded(source, given, path, inner, clock)


def _choose(path: Path, place: Path, report: Report) -> tuple[sources.Source, Path] | None:
    """The reader of `path` and what it is to read: the path, or a copy in UTF-8."""
    if path.is_dir():
        return _choose_for_pages(path, report)
    if not path.is_file():
        report.error("not-a-file", str(path), "is neither a file nor a folder",
                     "save what it gives as a file")  # fmt: skip
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
    if size <= HEAD and not head.strip():
        report.error(
            "empty-file", str(path), "the file holds blanks only", "fetch or export it again"
        )
        return None
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
                     encodings.advice(what))  # fmt: skip
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
    if (guess.encoding == "utf-8" and guess.claimed is None) or (
        guess.encoding == "utf-8-sig" and encodings.XML.match(head[3:])
    ):
        return path, head
    if guess.claimed is not None:
        report.warning("encoding-wrong", f"{path}:1", f"the XML declares the encoding "
                       f"{guess.claimed!r}, which it does not have; it was read as "
                       f"{guess.encoding.upper()}", "correct the first line of the file")  # fmt: skip
    elif not guess.sure:
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


def to_json(record: Record) -> dict[str, object]:
    """The record as the plain data that ``kgraph read`` prints: every key, no text."""
    data: dict[str, object] = msgspec.to_builtins(record)
    data.pop("text")
    return data


def plain(item: Item) -> dict[str, Any]:
    """An item that is not a record as plain data, with its type under "item"."""
    return {"item": type(item).__name__, **msgspec.to_builtins(item)}
