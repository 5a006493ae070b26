"""Source readers: one module per format, told apart by content.

A reader is a module with

- ``NAME``: the format's short name ("frus-tei");
- ``sniff(head: bytes, name: str) -> bool``: whether a file that begins with
  `head` (up to 64 KiB, UTF-8 unless the XML declaration says otherwise) and is
  called `name` is of this format; it never raises;
- ``read(path: Path, report: Report) -> Iterator[Item]``: its items, streaming;
  bad data goes to `report`, one finding each, and reading goes on;
- ``PAGED = True`` where `path` is a folder of numbered pages;
- ``LIMIT``, bytes, where the reader takes files other than `intake.LIMIT`.

To add a format, write such a module and name it in `SOURCES` below; the order is
the order in which they are asked. See docs/adding-a-source.md. What is read is
UTF-8 and no larger than it may be: `kgraph.sources.intake` sees to that before.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kgraph.model import Item
from kgraph.report import Report
from kgraph.sources import (
    archive_page,
    book,
    calendar,
    cmif,
    compendium,
    frus_tei,
    frus_text,
    letter_table,
    mail,
    notice,
    people,
    single_document,
)


class Source(Protocol):
    """What a reader module has."""

    NAME: str

    def sniff(self, head: bytes, name: str) -> bool:
        """Whether a file is of this format, by its first bytes and its name."""

    def read(self, path: Path, report: Report) -> Iterator[Item]:
        """The items of a file, or of a folder of pages."""


SOURCES: tuple[Source, ...] = (
    calendar,
    frus_tei,
    cmif,
    people,
    mail,
    letter_table,
    archive_page,
    frus_text,
    compendium,
    notice,
    book,
    single_document,
)

from kgraph.sources.intake import expand, items, read  # noqa: E402

__all__ = ["SOURCES", "Source", "expand", "items", "read"]
