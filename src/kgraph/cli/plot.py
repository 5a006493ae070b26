"""``kgraph plot``: pictures of who communicated with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.cli import filters
from kgraph.cli.options import StoreOption, edge_tables, note
from kgraph.report import KgraphError

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.figure import Figure

    from kgraph.network import EdgeTables, Network, Selection

EXAMPLE = "kgraph plot network -o who-wrote-to-whom.svg --from 1961"
KINDS = (
    "network", "timeline", "matrix", "ego", "route", "channels", "map", "circles", "flow",
    "standing", "answers", "years",
)  # fmt: skip


@dataclass
class Picture:
    """A figure and the numbers behind it."""

    figure: Figure
    numbers: pl.DataFrame


def plot(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]",
            help="Letter tables, edge tables or any source, drawn without a store.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File to write: .png, .svg or .pdf.", metavar="FILE"),
    ] = None,
    focus: Annotated[
        str | None, typer.Option(help="The person in the middle of an ego picture.")
    ] = None,
    document: Annotated[
        str | None, typer.Option(help="The document whose route is drawn.", metavar="ID")
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(help="In standing: strength, pagerank, betweenness ...", metavar="MEASURE"),
    ] = None,
    days: Annotated[
        float | None, typer.Option(help="In standing, the width of windows.", metavar="N")
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
    title: Annotated[str | None, typer.Option(help="Words above the picture.")] = None,
    style: Annotated[str, typer.Option(help="print, screen or slides.")] = "print",
    data: Annotated[
        Path | None,
        typer.Option(help="Write the numbers behind the picture to this CSV file.", metavar="FILE"),
    ] = None,
    coastline: Annotated[
        Path | None,
        typer.Option(
            help="GeoJSON with finer outlines of land for a map than those that ship.",
            envvar="KGRAPH_COASTLINE",
            metavar="FILE",
        ),
    ] = None,
    store: StoreOption = None,
) -> int:
    """Draw who communicated with whom, when, and through whose hands.

    The same graph gives the same picture. SVG elements have titles.
    """
    if kind not in KINDS:
        raise KgraphError(f"there is no picture {kind!r}", hint=f"one of {', '.join(KINDS)}")
    if kind == "ego" and focus is None:
        raise KgraphError("an ego picture needs someone in its middle", hint="add --focus PERSON")
    if kind == "route" and document is None:
        raise KgraphError("a route needs a document", hint="add --document ID, e.g. frus/21")
    from kgraph.export import picture
    from kgraph.network import network_of
    from kgraph.network.selection import unmatched
    from kgraph.plots.style import style_named

    style_named(style)
    path = output or Path(f"{kind}.png")
    if path.suffix.lower() not in picture.FORMATS:
        raise KgraphError(
            f"cannot write a picture to {path.name}",
            hint=f"end its name in {', '.join(picture.FORMATS)}",
        )
    choice = filters.selection(
        layer, channel, without_channel, start, end, by, joint, side, place, classification,
        source, certainty, known, form=form, surely=surely,
    )  # fmt: skip
    if days is not None and days <= 0:
        raise KgraphError("a window of time needs days", hint="--days 30")
    if kind == "route":
        choice = replace(choice, layers=("handed-to",))
    tables, status = edge_tables(sources or [], choice.layers, store)
    titles = {} if sources else _titles(store)
    words: dict[str, Any] = {"style": style}
    if title:
        words["title"] = title
    if kind == "route":
        made = _route(tables, str(document), titles, words)
    else:
        from kgraph import plots

        found = network_of(tables, choice)
        for lack in unmatched(tables, choice):
            note(lack)
        if not found.size:
            if tables.edges["layer"].is_in(choice.layers).any():
                raise KgraphError("no letter fits these filters", hint="ask for less at once")
            raise KgraphError(
                f"there is nothing of {', '.join(choice.layers)} here",
                hint="build sources with letters, or name another --layer",
            )
        if kind == "map":
            from kgraph.plots import coast

            words["coast"] = coast.read(coastline) if coastline else coast.shipped()
        if kind == "standing":
            words |= _windows(measure, days)
        shown = plots.around(found, focus)[0] if kind == "ego" and focus else found
        words["source"] = _sources(tables, choice.layers, titles, shown.letters["document"])
        made = _draw(kind, found, choice, focus, words)
    picture.save(made.figure, path)
    note(f"wrote {path}")
    if data is not None:
        made.numbers.write_csv(data)
        note(f"wrote {data}")
    return status


NAMED = 3
"""Sources that a picture names; it counts the others."""


def _titles(store: str | None) -> dict[str, str]:
    from kgraph.lookup import titles_of_sources
    from kgraph.store import open_store

    return titles_of_sources(open_store(store))


def _sources(
    tables: EdgeTables,
    layers: tuple[str, ...],
    titles: Mapping[str, str],
    documents: pl.Series | None = None,
) -> str:
    """The sources (of `documents`) in a line, the most productive first, by title where one is
    known."""
    import polars as pl

    from kgraph import __version__

    counted = (
        tables.edges.filter(
            pl.col("layer").is_in(layers) & pl.col("source_id").is_not_null()
            & (pl.col("document").is_in(documents.unique().implode()) if documents is not None else True)
        )
        .group_by("source_id").agg(pl.len())
        .sort("len", "source_id", descending=[True, False])["source_id"].to_list()
    )  # fmt: skip
    named = "; ".join(titles.get(source, source) for source in counted[:NAMED])
    named += f"; and {len(counted) - NAMED} more" if len(counted) > NAMED else ""
    return (f"Sources: {named}. " if named else "") + f"Drawn with kgraph {__version__}."


_LAYERS = {
    "wrote-to": ("Who wrote to whom", "letters"),
    "copied-to": ("Who copied whom", "copies"),
    "handed-to": ("From hand to hand", "hops"),
    "spoke-with": ("Who spoke with whom", "talks"),
    "mentions": ("Who named whom", "mentions"),
}


def _windows(measure: str | None, days: float | None) -> dict[str, Any]:
    """The measure that a picture of standing draws, its name, and the width of windows."""
    from kgraph.network.reports import MEASURES

    asked: dict[str, Any] = {"days": days} if days else {}
    if measure is not None:
        if measure not in MEASURES:
            raise KgraphError(
                f"there is no measure {measure!r}", hint=f"one of {', '.join(MEASURES)}"
            )
        asked |= {"measure": MEASURES[measure], "name": measure}
    return asked


def _subtitle(found: Network, choice: Selection) -> str:
    documents = found.letters["document"].n_unique()
    who = {"person": "persons and offices", "office": "offices", "government": "governments"}
    said = f"{found.size} {who[choice.by]}, {documents} documents"
    filters_said = choice.words()
    return said + (": " + ", ".join(filters_said) if filters_said else "") + "."


def _draw(
    kind: str, found: Network, choice: Selection, focus: str | None, words: dict[str, Any]
) -> Picture:
    from kgraph import plots
    from kgraph.network import replies, summary

    title = (
        _LAYERS[choice.layers[0]][0] if len(choice.layers) == 1 else "Who communicated with whom"
    )
    words.setdefault("subtitle", _subtitle(found, choice))
    if kind == "network":
        words.setdefault("title", title)
        return Picture(plots.network(found, **words), plots.ties_by_channel(found))
    if kind == "matrix":
        words.setdefault("title", title)
        return Picture(plots.matrix(found, **words), summary.ties(found))
    if kind == "ego":
        assert focus is not None
        part, _ = plots.around(found, focus)
        words["subtitle"] = _subtitle(part, choice)
        return Picture(plots.ego(found, focus, **words), plots.ties_by_channel(part))
    if kind == "timeline":
        return Picture(plots.timeline(found, **words), plots.letters_by_lane(found)[0])
    if kind == "map":
        return Picture(plots.map(found, **words), plots.ways_between(found)[0])
    if kind == "circles":
        return Picture(plots.circles(found, **words), plots.grouped(found).flows)
    if kind == "flow":
        return Picture(plots.flow(found, **words), plots.streams(found))
    if kind == "standing":
        asked = {k: words[k] for k in ("measure", "days") if k in words}
        return Picture(plots.standing(found, **words), plots.standing_table(found, **asked))
    if kind == "answers":
        return Picture(plots.answers(found, **words), replies.reply_times(found))
    if kind == "years":
        return Picture(plots.multiples(found, **words), plots.by_year(found)[0])
    return Picture(plots.channels(found, **words), plots.by_direction(found))


def _route(
    tables: EdgeTables, document: str, titles: Mapping[str, str], words: dict[str, Any]
) -> Picture:
    from kgraph import plots

    legs = plots.legs_of(tables.edges, tables.nodes, document)
    if not legs.height:
        raise KgraphError(
            f"nothing is known of the way of {document!r}",
            hint="kgraph query legs lists documents with a known way",
        )
    known = tables.documents.filter(document=document)
    named = known["title"].drop_nulls().to_list()
    told = replace(tables, edges=tables.edges.filter(document=document))
    words["source"] = _sources(told, ("handed-to",), titles)
    words.setdefault("title", named[0] if named else plots.between(legs))
    words.setdefault("subtitle", f"The way of {document} from hand to hand")
    return Picture(plots.route(legs, **words), legs)
