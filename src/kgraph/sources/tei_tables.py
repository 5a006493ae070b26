"""Tables in TEI that are lists in columns: FROM, TO and SUBJECT, or those present by sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kgraph.extract.list_labels import kind_of

TEI = "{http://www.tei-c.org/ns/1.0}"


@dataclass(slots=True)
class Row:
    """What a row adds to which list: the cell that names the list, and the cells that fill it."""

    kind: str | None  # "participants", "to" ...; None: a row of no list
    label: Any | None = None
    cells: list[Any] = field(default_factory=list)


def words(element: Any) -> str:
    """The words of an element, its notes among them."""
    return " ".join("".join(element.itertext()).split())


def first_words(element: Any) -> str:
    """The words of the first heading, paragraph or line inside an element."""
    for one in element.iter(f"{TEI}head", f"{TEI}p", f"{TEI}seg", f"{TEI}ab", f"{TEI}salute"):
        return words(one)
    return ""


def printed(element: Any) -> str:
    """The words of an element without its notes."""
    return " ".join(
        "".join(element.xpath(".//text()[not(ancestor::*[local-name()='note'])]")).split()
    )


def broken(element: Any) -> str:
    """The words of an element without its notes, a line where it has a break."""
    parts = element.xpath(
        ".//text()[not(ancestor::*[local-name()='note'])] | .//*[local-name()='lb']"
    )
    text = "".join(" ".join(part.split("\n")) if isinstance(part, str) else "\n" for part in parts)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def listed(table: Any, above: str | None = None) -> list[Row] | None:
    """The rows of a table that holds lists, or None for any other table.

    Either the first cell of a row names the list that the others, and the rows below
    with an empty first cell, belong to; or a first row names a single list for all; or
    the line `above` the table does.
    """
    rows = [[cell for cell in row if cell.tag == f"{TEI}cell"] for row in table.iter(f"{TEI}row")]
    first = [cell for cell in rows[0] if words(cell)] if rows else []
    if not first:
        return None
    if kind_of(words(first[0])) is None:
        return [Row("participants", None, row) for row in rows] if above == "participants" else None
    if len(first) > 1 and {kind_of(words(cell)) for cell in first} == {"participants"}:
        return [Row(None, first[0]), *(Row("participants", None, row) for row in rows[1:])]
    if len(first) == 1 and (first[0] is not rows[0][0] or len(rows[0]) == 1 or _heads(rows)):
        kind = kind_of(words(first[0]))
        return [Row(None, first[0]), *(Row(kind, None, row) for row in rows[1:])]
    out: list[Row] = []
    kind = None
    for row in rows:
        if row and words(row[0]):
            kind = kind_of(words(row[0]))
            out.append(Row(kind, row[0], row[1:]))
        else:
            out.append(Row(kind, None, row[1:]))
    return out


def _heads(rows: list[list[Any]]) -> bool:
    """Whether a first row with one word for all rows has columns below that it does not name."""
    return len(rows) > 1 and len(rows[1]) > 1 and all(words(cell) for cell in rows[1])


def items(row: Row) -> list[list[Any]]:
    """The cells of a row by what they tell: each somebody, or a symbol and a name together
    ("EUR—" beside "Mr. Rusk")."""
    if row.kind is None or any(re.search(r"^[—–-]|[—–-]$", words(cell)) for cell in row.cells):
        return [row.cells]
    return [[cell] for cell in row.cells]


def headings_above(division: Any) -> tuple[str, ...]:
    """The headings of the divisions of a chapter that hold a document, the nearest first."""
    found = []
    while division is not None and division.get("type") in ("subchapter", "chapter"):
        head = division.find(f"{TEI}head")
        if head is not None:
            found.append(printed(head))
        division = division.getparent()
    return tuple(found)


def present_in(division: Any) -> Iterator[str]:
    """Who was present at the meeting that a division is about, by the list at its head."""
    if division is None or division.get("type") not in ("subchapter", "chapter"):
        return
    for table in division.iterchildren(f"{TEI}table"):
        for row in listed(table) or ():
            if row.kind == "participants":
                yield from filter(None, map(broken, row.cells))
    for items in division.iterchildren(f"{TEI}list"):
        head = items.find(f"{TEI}head")
        named = kind_of(words(head)) if head is not None else None
        if "participants" in (items.get("type"), named):
            for item in items.iter(f"{TEI}item"):
                if item.find(f"{TEI}list") is None:  # else a side, whose members stand inside it
                    yield broken(item)
