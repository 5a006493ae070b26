"""``kgraph network``: the key figures of who communicated with whom."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import polars as pl
import typer

from kgraph.cli import filters
from kgraph.cli.options import StoreOption, edge_tables, note, print_table
from kgraph.report import KgraphError

if TYPE_CHECKING:
    from kgraph.network.doubt import Loss
    from kgraph.network.reports import Question

EXAMPLE = "kgraph network --channel 'back channel' --from 1961"


def network(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]",
            help="Letter tables, edge tables or any source, measured without a store.",
        ),
    ] = None,
    layer: filters.Layers = None,
    channel: filters.Channels = None,
    without_channel: filters.Without = None,
    start: filters.From = None,
    end: filters.To = None,
    surely: filters.Surely = False,
    by: filters.Nodes = "person",
    joint: filters.Count = "full",
    side: filters.Sides = None,
    place: filters.Places = None,
    classification: filters.Classes = None,
    form: filters.Forms = None,
    source: filters.Sources = None,
    certainty: filters.Certainty = None,
    known: filters.Known = False,
    explain: Annotated[
        str | None,
        typer.Option(help="Name the documents behind a person's numbers.", metavar="PERSON"),
    ] = None,
    way: Annotated[
        tuple[str, str] | None,
        typer.Option(
            help="The first, the fastest and the shortest way between two.", metavar="PERSON PERSON"
        ),
    ] = None,
    table: Annotated[
        str | None, typer.Option(help="Only this table; --table list names them.", metavar="TABLE")
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            help="For over-time, ranges, robustness: strength, pagerank ...", metavar="MEASURE"
        ),
    ] = None,
    around: Annotated[
        str | None, typer.Option(help="Letters before and after this day.", metavar="DATE")
    ] = None,
    days: Annotated[
        float | None, typer.Option(help="Width of windows of time.", metavar="N")
    ] = None,
    remove: Annotated[
        str, typer.Option(help="In robustness, lose by letter, archive, source or person.")
    ] = "letter",
    rounds: Annotated[
        int | None, typer.Option(help="How often chance is tried.", metavar="N", min=1)
    ] = None,
    seed: Annotated[int, typer.Option(help="Where chance begins.", metavar="N")] = 0,
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
) -> int:
    """Measure who communicated with whom: the whole, each person, each channel.

    CSV holds one table (nodes, unless --table names another); JSON holds all. With
    --without-channel the numbers are those without it, and what is lost is told too.
    """
    if format not in ("table", "csv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, csv, json")
    from kgraph.network.reports import REPORTS, Question
    from kgraph.network.selection import moment

    if table == "list":
        print_table(("table", "what it tells"), ((n, r.meaning) for n, r in REPORTS.items()))
        return 0
    table = table or ("around" if around else None)
    if table is not None and table not in REPORTS:
        raise KgraphError(f"there is no table {table!r}", hint=f"one of {', '.join(REPORTS)}")
    choice = filters.selection(
        layer, channel, without_channel, start, end, by, joint, side, place, classification,
        source, certainty, known, form=form, surely=surely,
    )  # fmt: skip
    if table in _LOSSES and not choice.without_channels:
        raise KgraphError(
            f"the table {table} needs a channel", hint="add --without-channel CHANNEL"
        )
    if days is not None and days <= 0:
        raise KgraphError("a window of time needs days", hint="--days 30")
    needed = REPORTS[table].layers if table else ()
    layers = tuple(dict.fromkeys((*choice.layers, *needed)))
    tables, status = edge_tables(sources or [], layers, store)
    question = Question(
        tables, choice, measure, days, rounds, seed, cast("Loss", remove), moment(around)
    )
    if output is not None:
        from kgraph.export import letters

        for lost in letters.save(question.network, output):
            note(f"not in {output.name}: {lost}")
        note(f"wrote {output}")
        return status
    if explain is not None:
        from kgraph.network.explanation import explain as explained

        _print(f"Documents behind {explain}", explained(question.network, explain), format, 0)
        return status
    if way is not None:
        from kgraph.network.paths import ways

        _print(f"From {way[0]} to {way[1]}", ways(question.network, *way), format, 0)
        return status
    names = _asked(table, format, bool(choice.without_channels))
    made = {name: REPORTS[name].make(question) for name in names}
    if format == "json":
        everything: dict[str, object] = {name: part.to_dicts() for name, part in made.items()}
        if "figures" in made:
            everything["figures"] = dict(made["figures"].iter_rows())
        print(json.dumps(everything, ensure_ascii=False, indent=1, default=str))
        return status
    for name, part in made.items():
        _print(name, part, format, 0 if name in _WHOLE else limit)
    _remarks(question, names)
    return status


def _remarks(question: Question, names: tuple[str, ...]) -> None:
    """How much was measured, what was estimated, and what was asked for and is not there."""
    from kgraph.network import reach
    from kgraph.network.selection import unmatched
    from kgraph.network.summary import exact, pivots_for

    network, choice = question.network, question.selection
    said = "; ".join([", ".join(choice.layers), *choice.words()])
    note(f"{network.letters['document'].n_unique()} documents ({said})")
    for lack in unmatched(question.tables, choice):
        note(lack)
    if {"nodes", "standing"} & set(names) and not exact(network):
        note(
            f"betweenness and closeness are estimated from {pivots_for(network)} of {network.size} "
            "nodes, drawn at random: see their standard errors"
        )
    if "reach" in names and (drawn := reach.pivots_for(network)) < network.size:
        note(
            f"reach is estimated from {drawn} of {network.size} nodes, drawn at random: see its "
            "standard error"
        )
    if "changes" in names:
        from kgraph.network.changes import known_days

        dated = known_days(network).len()
        vague = network.letters["document"].n_unique() - dated
        without = f" ({vague} are not dated to a week and left out)" if vague else ""
        note(
            f"the pace of {dated} documents{without} changed where the same days in another order do "
            "not show as much, with a probability of error of 5 % for the whole table"
        )
    if set(_LOSSES) & set(names):
        from kgraph.network.loss import ROUND_PIVOTS

        loss = question.loss
        note(f"low and high are from {loss.rounds} resamples of the documents")
        if loss.pivots < loss.nodes:
            note(
                f"reach is estimated from {loss.pivots} of {loss.nodes} nodes, drawn at random, its "
                f"low and high from {ROUND_PIVOTS}, which makes them wide"
            )


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
        sys.stdout.write(part.write_csv())
    else:
        shown = part.head(limit) if limit else part
        rows = [[_cell(value) for value in row] for row in shown.iter_rows()]
        if name in _WHOLE:  # names of figures in words
            rows = [[str(row[0]).replace("_", " "), *row[1:]] for row in rows]
        print_table(
            [c.replace("_", " ") for c in part.columns], rows, title=name[:1].upper() + name[1:]
        )
        if shown.height < part.height:
            note(f"{part.height - shown.height} more rows: --limit 0")


def _cell(value: object) -> object:
    if isinstance(value, float):
        whole = abs(value) >= 1000 or (abs(value) >= 1 and value == int(value))
        return f"{value:.0f}" if whole else f"{value:.4g}"
    return value
