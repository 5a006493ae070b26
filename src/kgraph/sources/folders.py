"""Which files of a folder are sources, and which folders are books of numbered pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kgraph.sources import calendar

_PAGE = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)(?P<end>[^\d]*)$")
_SKIPPED = re.compile(
    r"(?i)^(?:\.|~\$)|^(?:licen[cs]e|readme|changelog|notice|authors|contributing|copying|thumbs\.db)"
    r"(?:\.|$)|\.(?:md|rst|css|js|py|xsl|xslt|xsd|rng|rnc|sch|odd|dtd|ini|lock|json|toml|svg|ico|png"
    r"|jpe?g|gif|tiff?)$"
)


def within(folder: Path) -> Iterator[Path]:
    """The sources in a folder and the folders below it: files, and folders that are books."""
    if is_paged(folder):
        yield folder
        return
    of_data = any((one / calendar.SOURCES_FILE).is_file() for one in (folder, folder.parent))
    for path in sorted(folder.iterdir()):
        if of_data and path.stem in calendar.SKIPPED:  # tables that readers use, no sources
            continue
        if path.is_dir():
            if _of_reviewers(path):
                continue
            if not path.is_symlink() and not path.name.startswith("."):
                yield from within(path)
        elif path.name == "sources.toml" or not _SKIPPED.search(path.name):
            yield path


def _of_reviewers(folder: Path) -> bool:
    """Whether a folder holds decisions of reviewers, which a build applies and does not read
    as sources."""
    files = list(folder.glob("*.yaml")) if folder.name == "decisions" else []
    return bool(files) and all(
        any(line.startswith("decision:") for line in path.read_text("utf-8", "replace").splitlines())
        for path in files
    )  # fmt: skip


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
