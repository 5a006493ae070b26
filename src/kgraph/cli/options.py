"""Options and ways to print that several verbs share."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from kgraph.report import Report

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
    """A readable table on stdout, as wide as the terminal; in a pipe, no cell is cut."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=10_000)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console.print(table)
