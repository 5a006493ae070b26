"""The same people year by year: small networks side by side, everybody in one place."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib import patheffects
from matplotlib.figure import Figure
from numpy.typing import NDArray

from kgraph.network.network import Network
from kgraph.plots import keys
from kgraph.plots.frame import amount, balanced, extent, sheet
from kgraph.plots.labels import Wish, place
from kgraph.plots.layout import part_blocks, positions
from kgraph.plots.marks import arrow, clipped, curve, mark
from kgraph.plots.network import letters_of
from kgraph.plots.style import INK, PAPER, SOFT, SOLID, Look, side_looks, style_named

MOST = 14
"""So many persons are drawn, those with most letters in all years."""


def by_year(data: Network) -> tuple[pl.DataFrame, int]:
    """Letters of each pair in each year (of the earliest date), and how many have none.

    Columns: year, s, t, source, target, letters.
    """
    year = pl.coalesce("date_earliest", "date_latest").dt.year()
    rows = data.letters.filter(pl.col("s") != pl.col("t")).with_columns(year=year)
    dated = rows.filter(pl.col("year").is_not_null())
    table = (
        dated.group_by("year", "s", "t")
        .agg(pl.col("source").first(), pl.col("target").first(),
             pl.col("weight").sum().alias("letters"))
        .sort("year", "s", "t")
    )  # fmt: skip
    return table, rows["document"].n_unique() - dated["document"].n_unique()


def multiples(
    data: Network,
    *,
    title: str = "Year by year",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """One small network a year, at most twelve (else groups of years), all laid out alike."""
    look = style_named(style)
    table, undated = by_year(data)
    letters = letters_of(data)
    first = np.argsort(-letters, kind="stable")[:MOST]
    keep = np.zeros(data.size, bool)
    keep[first] = True
    years = sorted(set(table["year"].to_list()))
    span = max(1, -(-(years[-1] - years[0] + 1) // 12)) if years else 1
    starts = sorted({years[0] + (y - years[0]) // span * span for y in years}) if years else []
    notes = []
    if undated:
        notes.append(f"{amount(undated, 'letter')} without a date left out.")
    if data.size > MOST:
        notes.append(f"The {MOST} with most letters; {data.size - MOST} others are left out.")
    sides = side_looks(data.nodes["side"].to_list())
    shown_sides = set(data.nodes["side"].gather(first).to_list())
    named = {x.label: x for side, x in sides.items() if side in shown_sides}
    most = _most(table, first, years[0] if years else 0, span)
    sections = [
        keys.Section("Sides", [keys.mark_entry(x, look) for x in named.values()]),
        keys.Section("Letters", [
            keys.stroke_entry(_LINE, look, f"{n}", _width(n, most, look.line))
            for n in keys.round_steps(most)
        ]),
    ]  # fmt: skip
    key_height, draw_key = keys.measured(sections, look, look.width * 72 - 3.2 * look.text)
    columns = 3 if len(starts) > 4 else max(1, min(2, len(starts)))
    rows = max(1, -(-len(starts) // columns))
    note = " ".join([*notes, source])
    page = min(look.height * 1.4, 1.6 + rows * look.width / columns * 0.72)
    made = sheet(look, title, subtitle, note, key_height, draw_key, size=(look.width, page))
    w, h = made.width / columns, made.height / rows
    part = data.only(keep)
    radii = np.full(part.size, 3.2 * look.line)
    spots = positions(part.matrix, radii, w - 12, h - 26 * look.line)
    names = [balanced(x, 16) for x in part.nodes["label"].to_list()]
    extents = np.array([extent(x, look.small * 0.86, look) for x in names]).reshape(-1, 2)
    halves = np.maximum(extents / 2, radii[:, None]) + np.array((2.0, radii.max(initial=0.0) + 1.0))
    spots = part_blocks(spots, halves, w - 12, h - 26 * look.line, -extents[:, 1] / 2)
    ids = {key: i for i, key in enumerate(part.ids)}
    shown = table.filter(
        pl.col("source").is_in(list(ids)) & pl.col("target").is_in(list(ids))
    ).with_columns(start=_start(years[0] if years else 0, span))
    side = part.nodes["side"].to_list()
    for k, start in enumerate(starts):
        x0, y0 = (k % columns) * w + 6, made.height - (k // columns + 1) * h + 4
        words = f"{start}" if span == 1 else f"{start}–{start + span - 1}"
        ties = shown.filter(pl.col("start") == start).group_by("source", "target").agg(
            pl.col("letters").sum()
        ).sort("letters", "source", "target")  # fmt: skip
        made.area.text(x0, y0 + h - 8, f"{words}", size=look.text, weight="bold", color=INK,
                       va="top", family=list(look.family))  # fmt: skip
        here = spots + np.array([x0, y0])
        used = set(ties["source"].to_list()) | set(ties["target"].to_list())
        paths = []
        for j, (a, b, n) in enumerate(ties.iter_rows()):
            p, q = ids[a], ids[b]
            bend = min(9.0, 0.10 * float(np.hypot(*(here[q] - here[p]))))
            path = clipped(
                curve(here[p], here[q], bend), here[p], radii[p] + 1, here[q], radii[q] + 1
            )
            width = _width(n, most, look.line)
            for z, piece in enumerate(arrow(made.area, path, _LINE, width, 3.0 + 1.4 * width, 2)):
                made.name(piece, f"line-{k}-{j}-{z}", f"{words}: {a} to {b}: {n:g}")
            paths.append(path)
        for key, i in ids.items():
            patch = mark(sides[side[i]], here[i, 0], here[i, 1], radii[i], 0.6 * look.line)
            if key not in used:
                patch.set_alpha(0.25)
            made.area.add_artist(patch)
        _labels(made, [i for key, i in ids.items() if key in used], here, radii, names, paths,
                (x0, y0, x0 + w - 12, y0 + h - 18 * look.line), k)  # fmt: skip
    if not starts:
        made.area.text(made.width / 2, made.height / 2, "no dated letters", ha="center", color=SOFT)
    return made.figure


_LINE = Look("#3b6f94", SOLID, "")


def _start(first: int, span: int) -> pl.Expr:
    """The first year of the panel that a letter stands in."""
    return (pl.col("year") - first) // span * span + first


def _most(table: pl.DataFrame, drawn: NDArray[np.int64], first: int, span: int) -> float:
    """Letters of the thickest line."""
    there = pl.Series(drawn).implode()
    summed = (
        table.filter(pl.col("s").is_in(there) & pl.col("t").is_in(there))
        .group_by(_start(first, span).alias("start"), "s", "t")
        .agg(pl.col("letters").sum())
    )
    return float(summed["letters"].max() or 1.0)  # type: ignore[arg-type]


def _width(letters: float, most: float, line: float) -> float:
    return float((0.5 + 2.2 * np.sqrt(letters / most)) * line)


def _labels(made, chosen, here, radii, names, paths, bounds, panel) -> None:  # type: ignore[no-untyped-def]
    style = made.style
    size = style.small * 0.86
    wishes = []
    for i in chosen:
        w, h = extent(names[i], size, style)
        wishes.append(Wish(here[i, 0], here[i, 1], radii[i], w, h, 1.0))
    marks = np.column_stack([here, radii])[chosen]
    silent = np.delete(here, chosen, axis=0)  # pale marks may be covered where there is need
    along = np.vstack([*paths, silent])
    for i, where in zip(chosen, place(wishes, marks, along, bounds, rings=4), strict=True):
        if where is not None:
            made.area.text(
                *where.centre, names[i], size=size, color=INK, ha="center", va="center",
                family=list(style.family), zorder=8, linespacing=1.05,
                path_effects=[patheffects.withStroke(linewidth=1.8 * style.line, foreground=PAPER)],
            ).set_gid(f"kg-label-{panel}-{i}")  # fmt: skip
