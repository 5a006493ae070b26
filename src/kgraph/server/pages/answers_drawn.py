"""An answer of the SPARQL page as a drawing, where its columns are of a kind that can be drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from kgraph import iris
from kgraph.server.pages.drawing import MOST_BARS, by_name, tied

Binding = dict[str, dict[str, str]]
_DATE = re.compile(r"-?\d{4}(-\d\d){0,2}$")


def drawn(columns: Sequence[str], rows: Sequence[Binding]) -> Markup:
    """Ties where two columns hold things, bars where one holds words and one numbers.

    Labels beside a column of things (``sender``, ``sender_label``) name them.
    """
    if len(rows) < 2:
        return Markup("")
    things = [c for c in columns if _all(rows, c, _is_thing)]
    if len(things) >= 2:
        a, b = things[:2]
        return tied(
            (
                (row[a]["value"], _label(row, a), row[b]["value"], _label(row, b))
                for row in rows
                if a in row and b in row
            ),
            f"Ties from {a} to {b}",
        )
    numbers = [c for c in columns if all_numbers(rows, c)]
    words = [c for c in columns if c not in numbers and any(c in row for row in rows)]
    if not numbers or not words:
        return Markup("")
    name = f"{words[0]}_label" if f"{words[0]}_label" in words else words[0]
    pairs = [(_label(row, name), float(row[numbers[0]]["value"])) for row in rows]
    if not all(_DATE.match(word) for word, _ in pairs):
        pairs.sort(key=lambda pair: -pair[1])
    left = f", the first {MOST_BARS}" if len(pairs) > MOST_BARS else ""
    return by_name(pairs, f"{numbers[0]} by {name}{left}")


def all_numbers(rows: Sequence[Binding], column: str) -> bool:
    """Whether a column of an answer holds numbers and nothing else."""
    return _all(rows, column, _is_number)


def _all(rows: Sequence[Binding], column: str, test: object) -> bool:
    assert callable(test)
    cells = [row[column] for row in rows if column in row]
    return bool(cells) and all(test(cell) for cell in cells)


def _is_thing(cell: dict[str, str]) -> bool:
    if cell["type"] == "uri":
        return cell["value"].startswith(iris.THINGS)
    return bool(re.match(r"(person|body|place|group|position)/[\w-]", cell["value"]))


def _is_number(cell: dict[str, str]) -> bool:
    if not cell.get("datatype", "").endswith(("integer", "decimal", "double", "float", "int")):
        return False
    return bool(re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", cell["value"]))


def _label(row: Binding, column: str) -> str:
    cell = row.get(f"{column}_label") or row.get(column)
    if cell is None:
        return ""
    value = cell["value"]
    return iris.local(value) if value.startswith(iris.BASE) else value
