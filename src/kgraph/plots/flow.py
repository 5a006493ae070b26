"""From side to side: an alluvial picture of senders, channels and addressees."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from kgraph.network.network import Network
from kgraph.network.selection import label_of
from kgraph.network.summary import way
from kgraph.plots.frame import Sheet, extent, sheet
from kgraph.plots.style import FAMILIES, INK, SOFT, family, side_looks, style_named

NOT_KNOWN = "side not known"


def streams(data: Network) -> pl.DataFrame:
    """Documents by sender's side, broad way and addressee's side.

    Columns: from_side, way, to_side, documents; a document between several sides counts
    once in each stream.
    """
    sides = data.nodes.select("id", pl.col("side").fill_null(NOT_KNOWN))
    return (
        data.letters.with_columns(way())
        .with_columns(
            way=pl.col("channel").map_elements(family, return_dtype=pl.String)
        )
        .join(sides.rename({"id": "source", "side": "from_side"}), on="source", how="left")
        .join(sides.rename({"id": "target", "side": "to_side"}), on="target", how="left")
        .group_by("from_side", "way", "to_side")
        .agg(pl.col("document").n_unique().alias("documents"))
        .sort("from_side", "way", "to_side")
    )  # fmt: skip


def flow(
    data: Network,
    *,
    title: str = "From side to side",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """Senders' sides on the left, ways in the middle, addressees' sides on the right."""
    look = style_named(style)
    made = sheet(look, title, subtitle, source, size=(look.width, look.height * 0.85))
    rows = streams(data)
    if not rows.height:
        made.area.text(made.width / 2, made.height / 2, "no letters", ha="center", color=SOFT)
        return made.figure
    sides = side_looks([None if x == NOT_KNOWN else x for x in rows["from_side"].to_list()
                        + rows["to_side"].to_list()])  # fmt: skip
    names = {k if k is not None else NOT_KNOWN: v for k, v in sides.items()}
    columns = ("from_side", "way", "to_side")
    labels = [
        {n: names[n].label for n in rows["from_side"].unique()},
        {n: label_of(n) for n in rows["way"].unique()},
        {n: names[n].label for n in rows["to_side"].unique()},
    ]
    colours = [
        {n: names[n].edge for n in labels[0]},
        {n: FAMILIES[n][0] for n in labels[1]},
        {n: names[n].edge for n in labels[2]},
    ]
    size, bar = look.text, 9.0 * look.line
    left = max(extent(f"{x} (0000)", size, look)[0] for x in labels[0].values()) + 8
    right = max(extent(f"{x} (0000)", size, look)[0] for x in labels[2].values()) + 8
    xs = [left, (left + made.width - right - bar) / 2, made.width - right - bar]
    tops = [_stacked(made, rows, column, look.text) for column in columns]
    for k, column in enumerate(columns):
        _bars(made, rows, column, xs[k], bar, tops[k], labels[k], colours[k], k)
    _ribbons(made, rows, columns[:2], xs[0] + bar, xs[1], tops[0], tops[1], colours[0])
    _ribbons(made, rows, columns[1:], xs[1] + bar, xs[2], tops[1], tops[2], colours[2])
    return made.figure


def _stacked(
    made: Sheet, rows: pl.DataFrame, column: str, text: float
) -> dict[str, tuple[float, float]]:
    """Top and height in points of each bar of a column, the largest at the top."""
    totals = rows.group_by(column).agg(pl.col("documents").sum()).sort(
        "documents", column, descending=[True, False]
    )  # fmt: skip
    gap = text * 1.9
    every = int(totals["documents"].sum())
    room = made.height - 10 - gap * (totals.height - 1)
    found: dict[str, tuple[float, float]] = {}
    y = made.height - 5
    for name, count in totals.iter_rows():
        height = room * count / every
        found[name] = (y, height)
        y -= height + gap
    return found


def _bars(made, rows, column, x, bar, tops, labels, colours, k) -> None:  # type: ignore[no-untyped-def]
    style = made.style
    totals = dict(rows.group_by(column).agg(pl.col("documents").sum()).iter_rows())
    for j, (name, (top, height)) in enumerate(tops.items()):
        patch = made.area.add_artist(
            Rectangle(
                (x, top - height), bar, height, facecolor=colours[name], linewidth=0, zorder=4
            )
        )
        made.name(patch, f"bar-{k}-{j}", f"{labels[name]}: {totals[name]}")
        words = f"{labels[name]} ({totals[name]})"
        where, align = ((x - 6, "right"), (x + bar / 2, "center"), (x + bar + 6, "left"))[k]
        y = top - height / 2 if k != 1 else top + style.text * 0.35
        made.area.text(
            where, y, words, ha=align, va="center_baseline" if k != 1 else "bottom",
            size=style.text if k != 1 else style.small, color=INK, family=list(style.family), zorder=6,
        ).set_gid(f"kg-label-{k}-{j}")  # fmt: skip


def _ribbons(made, rows, columns, x0, x1, tops0, tops1, colours) -> None:  # type: ignore[no-untyped-def]
    a, b = columns
    pairs = rows.group_by(a, b).agg(pl.col("documents").sum())
    every = int(pairs["documents"].sum())
    scale0 = sum(h for _, h in tops0.values()) / every
    scale1 = sum(h for _, h in tops1.values()) / every
    order0, order1 = list(tops0), list(tops1)
    used0 = {n: top for n, (top, _) in tops0.items()}
    used1 = {n: top for n, (top, _) in tops1.items()}
    placed: dict[tuple[str, str], list[float]] = {}
    counts = {(p, q): n for p, q, n in pairs.iter_rows()}
    for p in order0:
        for q in order1:
            if (p, q) in counts:
                placed[p, q] = [used0[p]]
                used0[p] -= counts[p, q] * scale0
    for q in order1:
        for p in order0:
            if (p, q) in counts:
                placed[p, q].append(used1[q])
                used1[q] -= counts[p, q] * scale1
    middle = (x0 + x1) / 2
    for k, ((p, q), (y0, y1)) in enumerate(placed.items()):
        h0, h1 = counts[p, q] * scale0, counts[p, q] * scale1
        points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 - h1),
                  (middle, y1 - h1), (middle, y0 - h0), (x0, y0 - h0), (x0, y0)]  # fmt: skip
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        colour = colours.get(p) or colours.get(q)
        patch = made.area.add_artist(
            PathPatch(
                Path(np.array(points), codes), facecolor=colour, alpha=0.32, linewidth=0, zorder=2
            )
        )
        made.name(patch, f"stream-{a}-{k}", f"{p} to {q}: {counts[p, q]}")
