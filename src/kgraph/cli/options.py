"""Options and ways to print that several verbs share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.report import Finding, KgraphError, Report

if TYPE_CHECKING:
    from kgraph.network import EdgeTables

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="KGRAPH_STORE",
        help="Folder of the store, or http(s) address of a SPARQL endpoint "
        "[default: .kgraph in the current folder].",
        metavar="PATH|URL",
    ),
]


def note(*words: object) -> None:
    """Print to stderr: whatever is not data."""
    print(*words, file=sys.stderr)


def warn(message: str, hint: str | None = None) -> None:
    """Say on stderr what may be wrong, and what to do, where the work goes on all the same."""
    note(f"warning: {message}")
    if hint:
        note(f"hint: {hint}")


def print_findings(report: Report, *, least: Iterable[str] = ("error", "warning", "info")) -> None:
    """Print the findings whose severity is in `least` to stderr."""
    wanted = set(least)
    for finding in report:
        if finding.severity in wanted:
            note(finding)


def print_table(
    columns: Iterable[str], rows: Iterable[Iterable[object]], title: str | None = None
) -> None:
    """A readable table on stdout, as wide as the terminal; in a pipe, no cell is cut.

    Columns of numbers stand at the right.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=10_000)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for column, *values in zip(columns, *cells, strict=True):
        table.add_column(column, overflow="fold", justify="right" if _numbers(values) else "left")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _numbers(values: list[str]) -> bool:
    """Whether all that a column says are numbers."""
    said = [value for value in values if value]
    return bool(said) and all(_NUMBER.fullmatch(value) for value in said)


_NUMBER = re.compile(r"[-+]?(\d[\d,]*(\.\d+)?(e[-+]?\d+)?|inf|nan)( ?%)?")


def edge_tables(
    sources: list[str], layers: tuple[str, ...], store: str | None
) -> tuple[EdgeTables, int]:
    """The edge tables of sources, else of a store, and the exit status that reading gives."""
    from kgraph.network.network import tables_of
    from kgraph.store import open_store

    if not sources:
        return tables_of(open_store(store), layers), 0
    from kgraph.network.reading import tables_from

    if store is not None and store != os.environ.get("KGRAPH_STORE"):
        raise KgraphError("both a store and sources are named", hint="leave one of them out")
    report = Report()
    try:
        tables = tables_from(sources, report)
    finally:
        _print_kinds(report)
    return tables, status_of(report)


def status_of(report: Report) -> int:
    """1 where a finding is an error, else 0."""
    return 1 if report.has_errors else 0


def _print_kinds(report: Report) -> None:
    """Findings to stderr, of those that say the same of several rows the first and how many."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in report:
        alike.setdefault((finding.code, finding.message), []).append(finding)
    for first, *others in alike.values():
        note(first)
        if others:
            note(f"  the same in {len(others)} more: kgraph read names all")
