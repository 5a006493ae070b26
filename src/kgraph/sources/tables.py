"""Rows of a table as columns name them: CSV, TSV, XLSX and ODS, streaming."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kgraph.report import KgraphError, Report

XLSX = b"xl/"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
DELIMITERS = (",", "\t", ";", "|")
UNPACKED = 400 << 20
"""Bytes that a spreadsheet may have when unpacked."""
CELL = 1 << 20
_LINES_IN_A_CELL = 500
"""Line breaks beyond which a cell is taken for the work of an unclosed quotation mark."""
_ABOVE = 12
"""Lines in which a table's head is looked for."""
_SEPARATOR = re.compile(r"(?i)^sep=(.)$")
_COMMENT = re.compile(r"#(?!\s*[,;\t|])")
"""A line of remarks; a "#" that is a cell of its own names the column of numbers."""


class Row(NamedTuple):
    """Cells by column name, and the row's line (or row number) in the file, from 1."""

    line: int
    cells: dict[str, str]


class Head(NamedTuple):
    """Where the column names of a text table stand: the names, what parts them, and how many
    lines stand above."""

    names: list[str]
    mark: str
    above: int


def header(head: bytes, name: str) -> Head | None:
    """The head of a table of text; None: no table.

    A line is a table's head where one mark parts it into at least two names, none of them
    long or repeated. In files that are called tables, a title, comments ("# ...") and Excel's
    "sep=;" may stand above it.
    """
    text = head.decode("utf-8", "replace").lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # old Macintosh lines
    called = name.lower().endswith((".csv", ".tsv", ".tab"))
    lines = text.split("\n", _ABOVE + 1)[: _ABOVE if called else 1]
    told = next((m[1] for line in lines if (m := _SEPARATOR.match(line.strip()))), None)
    best: Head | None = None
    for above, raw in enumerate(lines):
        line = raw.rstrip("\r")
        if not line.strip() or _COMMENT.match(line) or _SEPARATOR.match(line.strip()):
            continue
        for mark in [told] if told else sorted(DELIMITERS, key=lambda d: -line.count(d)):
            names = _names(line, mark, called or name.lower().endswith(".txt"))
            if names is None:
                continue
            if best is None or len(names) > 2 * len(best.names):
                best = Head(names, mark, above)
            break
    return best


def _names(line: str, mark: str, called: bool) -> list[str] | None:
    """The cells of a line where they can be the names of columns."""
    if mark not in line:
        return None
    try:
        names = [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])]
    except csv.Error:
        return None
    while names and not names[-1]:
        names.pop()
    return names if _can_be_names(names) and (called or len([n for n in names if n]) > 2) else None


def _can_be_names(cells: list[str]) -> bool:
    named = [cell for cell in cells if cell]
    if len(named) < 2 or len(set(named)) < len(named) or max(map(len, named)) > 60:
        return False
    return len(named) >= len(cells) / 2 and sum(n.count(" ") for n in named) <= 3 * len(named)


def is_spreadsheet(head: bytes) -> bool:
    """Whether a zip archive that begins with `head` is a spreadsheet."""
    return head.startswith(b"PK\x03\x04") and (XLSX in head or ODS in head[:200])


def columns(path: Path, report: Report) -> list[str]:
    """Column names of a table, of a spreadsheet's first sheet."""
    with path.open("rb") as file:
        head = file.read(65536)
    if is_spreadsheet(head):
        return next((list(row.cells) for row in rows(path, report)), [])
    found = header(head, path.name)
    if found is not None and "" in found.names:  # names may go on in a second row
        return next((list(row.cells) for row in rows(path, Report())), found.names)
    return found.names if found else []


def rows(path: Path, report: Report) -> Iterator[Row]:
    """The rows under the head, without empty ones; of a spreadsheet, the first sheet's.

    Rows with more cells than the head has names are reported and cut; a cell of
    more than a million characters, as an unclosed quotation mark makes one, ends
    the reading.
    """
    with path.open("rb") as file:
        head = file.read(65536)
    if not head.startswith(b"PK"):
        yield from _lines(path, head, report)
        return
    if not _small(path, report):
        return
    try:
        yield from _named(_ods(path, report) if ODS in head[:200] else _xlsx(path), path, report)
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        report.error("table-broken", str(path), f"the spreadsheet cannot be opened: {error}",
                     "save it again, or export it as CSV")  # fmt: skip


def _lines(path: Path, head: bytes, report: Report) -> Iterator[Row]:
    found = header(head, path.name)
    if found is None:
        report.error("table-head", f"{path}:1", "the first line names no columns")
        return
    before = csv.field_size_limit(CELL)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for _ in range(found.above):
                file.readline()
            reader = csv.reader(file, delimiter=found.mark)

            def numbered() -> Iterator[tuple[int, list[str]]]:
                last = found.above
                while True:
                    try:
                        cells = next(reader, None)
                    except csv.Error as error:
                        report.error("table-broken", f"{path}:{last + 1}", f"{error}; reading ended "
                                     "here", "look for an unclosed quotation mark")  # fmt: skip
                        return
                    if cells is None:
                        return
                    yield last + 1, cells
                    last = found.above + reader.line_num

            yield from _named(numbered(), path, report)
    finally:
        csv.field_size_limit(before)


def _named(cells: Iterator[tuple[int, list[str]]], path: Path, report: Report) -> Iterator[Row]:
    names: list[str] | None = None
    above: list[str] | None = None  # a head with gaps, whose names may go on below
    for line, values in cells:
        long = next((v for v in values if v.count("\n") > _LINES_IN_A_CELL), None)
        if long is not None:
            report.warning("cell-too-long", f"{path}:{line}", f"a cell of this row goes on for "
                           f"{long.count(chr(10))} lines", "look for an unclosed quotation mark")  # fmt: skip
        values = [value.strip() for value in values]
        if not any(values):
            continue
        if names is None:
            if line <= _ABOVE and sum(map(bool, values)) < 2:
                continue  # a title above the head
            names = _unique(values)
            above = values if "" in values[1 : len(values)] else None
            continue
        if above is not None:
            joined = _second_head(above, values)
            above = None
            if joined is not None:
                names = joined
                continue
        extra = [v for v in values[len(names) :] if v]
        if extra:
            report.warning("row-too-long", f"{path}:{line}", f"the row has {len(values)} cells and the "
                           f"head {len(names)} names; {extra[0][:40]!r} was left out",
                           "look for a separator inside a cell")  # fmt: skip
        values += [""] * (len(names) - len(values))
        yield Row(line, {n: v for n, v in zip(names, values, strict=False) if n})


_BELOW = frozenset(
    [*str.split("name place date id ref gnd viaf year month day title role office town city country ort datum lieu nom "
                "jahr monat tag surname forename vorname nachname prénom family given received time gender имя фамилия"),
     "first name", "last name", "family name", "given name", "full name"]
)  # fmt: skip


_OF_THE_LETTER = frozenset(
    ("date", "datum", "fecha", "data", "дата", "year", "jahr", "année", "title", "id")
)
"""What stands once in the second row of a head, with nothing above it, and is the letter's own."""


def _second_head(above: list[str], values: list[str]) -> list[str] | None:
    """Names over two rows, as merged cells give them: "Sender" over "Name" and "Place"."""
    if not all(value.casefold() in _BELOW for value in values if value):
        return None
    names: list[str] = []
    last = ""
    below_ = [value.casefold() for value in values]
    for index in range(max(len(above), len(values))):
        last = (above[index] if index < len(above) else "") or last
        below = values[index] if index < len(values) else ""
        own = index >= len(above) or not above[index]
        single = own and below.casefold() in _OF_THE_LETTER and below_.count(below.casefold()) == 1
        names.append(below if single else f"{last} {below}".strip())
    return _unique(names)


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 or not name else f"{name}.{seen[name]}")
    return out


def _small(path: Path, report: Report) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        report.error("table-broken", str(path), f"the spreadsheet cannot be unpacked: {error}",
                     "save it again, or export it as CSV")  # fmt: skip
        return False
    if size > UNPACKED:
        report.error("too-large", str(path), f"unpacked, the spreadsheet has {size / 1e6:,.0f} MB; no "
                     f"more than {UNPACKED / 1e6:,.0f} MB are read",
                     "export it as CSV")  # fmt: skip
        return False
    return True


def _missing(package: str) -> KgraphError:
    return KgraphError(
        f"spreadsheets need the package {package}",
        hint="install it with: pip install 'kgraph[tables]'; or export the table as CSV",
    )


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        import openpyxl
    except ImportError:
        raise _missing("openpyxl") from None
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        chosen = next((s for s in book.worksheets if _has_head(s)), book.worksheets[0])
        for number, cells in enumerate(chosen.iter_rows(values_only=True), 1):
            yield number, [_plain(cell) for cell in cells]
    finally:
        book.close()


def _has_head(sheet: Any) -> bool:
    """Whether a row at the top of a sheet can name columns: a sheet of remarks has none."""
    top = sheet.iter_rows(max_row=_ABOVE, values_only=True)
    return any(sum(cell not in (None, "") for cell in row) > 1 for row in top)


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "isoformat"):
        return re.sub(r"T00:00:00$", "", str(cell.isoformat()))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _ods(path: Path, report: Report) -> Iterator[tuple[int, list[str]]]:
    try:
        from odf.opendocument import load
        from odf.table import Table, TableRow
        from odf.teletype import extractText
    except ImportError:
        raise _missing("odfpy") from None
    sheets = load(str(path)).spreadsheet.getElementsByType(Table)
    if not sheets:
        report.error("table-broken", str(path), "the spreadsheet has no sheet")
        return
    number = 0
    for row in sheets[0].getElementsByType(TableRow):
        number += 1
        values: list[str] = []
        for cell in row.childNodes:
            repeat = min(int(cell.getAttribute("numbercolumnsrepeated") or 1), 1000)
            date = cell.getAttribute("datevalue") if cell.qname[1] != "covered-table-cell" else None
            values += [str(date or extractText(cell))] * repeat
        yield number, values
        number += int(row.getAttribute("numberrowsrepeated") or 1) - 1
