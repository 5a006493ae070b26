"""``kgraph network``: the key figures of who communicated with whom."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from kgraph.cli import filters
from kgraph.cli.options import StoreOption, note, print_table
from kgraph.report import KgraphError

EXAMPLE = "kgraph network --channel 'back channel' --from 1961"


def network(
    layer: filters.Layers = None,
    channel: filters.Channels = None,
    without_channel: filters.Without = None,
    start: filters.From = None,
    end: filters.To = None,
    by: filters.Nodes = "person",
    joint: filters.Count = "full",
    side: filters.Sides = None,
    place: filters.Places = None,
    classification: filters.Classes = None,
    source: filters.Sources = None,
    certainty: filters.Certainty = None,
    known: filters.Known = False,
    explain: Annotated[
        str | None,
        typer.Option(help="Name the documents behind a person's numbers.", metavar="PERSON"),
    ] = None,
    table: Annotated[
        str | None, typer.Option(help="Only this table; --table list names them.", metavar="TABLE")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write the network itself: .gexf, .graphml, .net, .cyjs, .csv or .parquet.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(help="Rows of each table on a terminal; 0: all.")] = 25,
    format: Annotated[str, typer.Option("-f", "--format", help="table, csv or json.")] = "table",
    store: StoreOption = None,
) -> None:
    """Measure who communicated with whom: the whole, each person, each channel.

    CSV holds one table (nodes, unless --table names another); JSON holds all. With
    --without-channel the numbers are those without it, and what is lost is told too.
    """
    if format not in ("table", "csv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, csv, json")
    from kgraph.network.network import tables_of
    from kgraph.network.reports import REPORTS, Question
    from kgraph.store import open_store

    if table == "list":
        print_table(("table", "what it tells"), ((n, r.meaning) for n, r in REPORTS.items()))
        return
    if table is not None and table not in REPORTS:
        raise KgraphError(f"there is no table {table!r}", hint=f"one of {', '.join(REPORTS)}")
    choice = filters.selection(
        layer, channel, without_channel, start, end, by, joint, side, place, classification,
        source, certainty, known,
    )  # fmt: skip
    if table in _LOSSES and not choice.without_channels:
        raise KgraphError(
            f"the table {table} needs a channel", hint="add --without-channel CHANNEL"
        )
    needed = REPORTS[table].layers if table else ()
    layers = tuple(dict.fromkeys((*choice.layers, *needed)))
    question = Question(tables_of(open_store(store), layers), choice)
    if output is not None:
        from kgraph.export import letters

        for lost in letters.save(question.network, output):
            note(f"not in {output.name}: {lost}")
        note(f"wrote {output}")
        return
    if explain is not None:
        from kgraph.network.explanation import explain as explained

        _print(f"Documents behind {explain}", explained(question.network, explain), format, 0)
        return
    names = _asked(table, format, bool(choice.without_channels))
    made = {name: REPORTS[name].make(question) for name in names}
    if format == "json":
        everything: dict[str, object] = {name: part.to_dicts() for name, part in made.items()}
        if "figures" in made:
            everything["figures"] = dict(made["figures"].iter_rows())
        print(json.dumps(everything, ensure_ascii=False, indent=1, default=str))
        return
    for name, part in made.items():
        _print(name, part, format, 0 if name in _WHOLE else limit)
    said = "; ".join([", ".join(choice.layers), *choice.words()])
    note(f"{question.network.letters['document'].n_unique()} documents ({said})")


_WHOLE = ("figures", "without")  # short tables that no limit cuts
_LOSSES = ("without", "standing-without", "cut-off")


def _asked(table: str | None, format: str, without: bool) -> tuple[str, ...]:
    """The tables to print."""
    if table is not None:
        return (table,)
    if format == "csv":
        return ("nodes",)
    found = ("figures", "nodes", "channels") if format == "table" else (
        "figures", "nodes", "edges", "channels",
    )  # fmt: skip
    return (*found, *_LOSSES) if without else found


def _print(name: str, part: pl.DataFrame, format: str, limit: int) -> None:
    if format == "json":
        print(json.dumps(part.to_dicts(), ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        part.write_csv(sys.stdout.buffer)
    else:
        shown = part.head(limit) if limit else part
        rows = [[_cell(value) for value in row] for row in shown.iter_rows()]
        print_table([c.replace("_", " ") for c in part.columns], rows, title=name.capitalize())
        if shown.height < part.height:
            note(f"{part.height - shown.height} more rows: --limit 0")


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) and abs(value) >= 1 else f"{value:.4g}"
    return value
