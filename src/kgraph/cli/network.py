"""``kgraph network``: the key figures of who communicated with whom."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import polars as pl
import typer

from kgraph.cli import filters
from kgraph.cli.options import StoreOption, note, print_table
from kgraph.report import KgraphError

EXAMPLE = "kgraph network --channel 'back channel' --from 1961"
TABLES = ("figures", "nodes", "edges", "channels")


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
        str | None,
        typer.Option(help=f"Only this table: {', '.join(TABLES)}.", metavar="TABLE"),
    ] = None,
    limit: Annotated[int, typer.Option(help="Rows of each table on a terminal; 0: all.")] = 25,
    format: Annotated[str, typer.Option("-f", "--format", help="table, csv or json.")] = "table",
    store: StoreOption = None,
) -> None:
    """Measure who communicated with whom: the whole, each person, each channel.

    CSV holds one table (nodes, unless --table names another); JSON holds all.
    """
    if format not in ("table", "csv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, csv, json")
    if table is not None and table not in TABLES:
        raise KgraphError(f"there is no table {table!r}", hint=f"one of {', '.join(TABLES)}")
    from kgraph.network import network_of, summary
    from kgraph.network.cohesion import key_figures
    from kgraph.network.network import tables_of
    from kgraph.store import open_store

    choice = filters.selection(
        layer, channel, without_channel, start, end, by, joint, side, place, classification,
        source, certainty, known,
    )  # fmt: skip
    tables = tables_of(open_store(store), choice.layers)
    found = network_of(tables, choice)
    if explain is not None:
        from kgraph.network.explanation import explain as explained

        _print(f"Documents behind {explain}", explained(found, explain), format, 0)
        return
    made: dict[str, pl.DataFrame] = {}
    if table in (None, "figures") and (table or format != "csv"):
        figures = key_figures(found)
        made["figures"] = pl.DataFrame(
            {"figure": list(figures), "value": list(figures.values())},
            schema={"figure": pl.String, "value": pl.Float64},
            strict=False,
        )
    if table in (None, "nodes"):
        made["nodes"] = summary.nodes(found)
    if table == "edges" or (table is None and format == "json"):
        made["edges"] = summary.ties(found)
    if table == "channels" or (table is None and format != "csv"):
        made["channels"] = summary.channels(found)
    if format == "json":
        everything = {name: part.to_dicts() for name, part in made.items()}
        if "figures" in everything:
            everything["figures"] = key_figures(found)  # type: ignore[assignment]
        json.dump(everything, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for name, part in made.items():
        _print(name, part, format, limit)
    said = "; ".join([", ".join(choice.layers), *choice.words()])
    note(f"{found.letters['document'].n_unique()} documents ({said})")


def _print(name: str, part: pl.DataFrame, format: str, limit: int) -> None:
    if format == "json":
        print(json.dumps(part.to_dicts(), ensure_ascii=False, indent=1))
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
