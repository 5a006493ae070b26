"""Numbers over time: the standing of persons window by window, the wait for answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kgraph.network import centrality
from kgraph.network.network import Floats, Network
from kgraph.network.replies import kaplan_meier, reply_times
from kgraph.network.rhythm import over_time
from kgraph.network.selection import label_of
from kgraph.plots.frame import Sheet, extent, sheet
from kgraph.plots.style import (
    DASHDOT,
    DASHED,
    DOTTED,
    FAINT,
    LONG,
    SHORT,
    SOFT,
    SOLID,
    TWODOT,
    Style,
    channel_looks,
    readable,
    style_named,
)

COLOURS = ("#0072B2", "#D55E00", "#00805d", "#8a3f86", "#b27d00", "#56B4E9", "#5c5c5c", "#08306b")
DASHES = (SOLID, DASHED, DOTTED, DASHDOT, LONG, TWODOT, SHORT, SOLID)


def standing(
    data: Network,
    *,
    measure: Callable[[Network], Floats] = centrality.strength,
    name: str = "letters sent and received",
    days: float = 91.3,
    most: int = 7,
    title: str = "Who stood where, and when",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """A measure of the `most` highest, window by window; a name stands at each line's end."""
    look = style_named(style)
    table = over_time(data, measure, days)
    first = (
        table.group_by("id", "label").agg(pl.col("value").max())
        .sort("value", "id", descending=[True, False], nulls_last=True).head(most)
    )  # fmt: skip
    labels = first["label"].to_list()
    right = max((extent(x, look.small, look)[0] for x in labels), default=30) + 18 + _SAMPLE
    made = sheet(look, title, subtitle, source, margins=(34 * look.line, 22 * look.line),
                 size=(look.width, look.height * 0.72))  # fmt: skip
    _narrow(made, right)
    axes = made.area
    _plain(axes, look)
    if not table.height:
        axes.text(0.5, 0.5, "no dated letters", transform=axes.transAxes, ha="center", color=SOFT)
        return made.figure
    ends: list[_End] = []
    for k, (key, label) in enumerate(first.select("id", "label").iter_rows()):
        part = table.filter(pl.col("id") == key).sort("start")
        values = part["value"].fill_null(0.0).to_numpy()
        when = part["start"].to_list()
        (line,) = axes.plot(when, values, color=COLOURS[k % 8], linestyle=DASHES[k % 8],
                            linewidth=1.5 * look.line, marker="o", markersize=2.4 * look.line)  # fmt: skip
        made.name(line, f"line-{k}", label)
        ends.append((float(values[-1]), label, COLOURS[k % 8], DASHES[k % 8]))
    _ticks(axes, float(np.nanmax(table["value"].fill_null(0.0).to_numpy(), initial=0.0)) or 1.0)
    axes.set_ylabel(name, size=look.small, color=SOFT)
    locator = mdates.AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    low, high = axes.get_xlim()
    span = mdates.num2date([low, high])  # type: ignore[no-untyped-call]
    ticks = [x for x in locator.tick_values(*span) if low <= x <= high]  # type: ignore[no-untyped-call]
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
    )
    axes.xaxis.get_offset_text().set_visible(False)
    _at_ends(made, ends)
    return made.figure


def _narrow(made: Sheet, right: float) -> None:
    """Room for words to the right of the axes."""
    box = made.area.get_position()
    width = made.figure.get_figwidth() * 72
    made.area.set_position((box.x0, box.y0, box.width - right / width, box.height))


def _plain(axes: Axes, style: Style) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.tick_params(colors=SOFT, labelsize=style.small)
    axes.grid(axis="y", color="#ececec", linewidth=0.7)
    axes.set_axisbelow(True)


def _ticks(axes: Axes, top: float) -> None:
    """The axis from 0 to the first round number above `top`."""
    ticks = MaxNLocator(5).tick_values(0.0, top)
    axes.set_yticks(ticks)
    axes.set_ylim(0, float(ticks[-1]) * 1.03)  # a mark at the very top stays whole


_End = tuple[float, str, str, Any]
"""Where a line ends, its words, colour and dash."""
_SAMPLE = 20  # points of a line shown beside its words


def _at_ends(made: Sheet, ends: list[_End]) -> None:
    """Words right of the lines' ends behind a piece of each line, pushed apart so that none overlap."""
    axes, style = made.area, made.style
    low, high = axes.get_ylim()
    box = axes.get_position()
    height = box.height * made.figure.get_figheight() * 72
    width = box.width * made.figure.get_figwidth() * 72
    step = style.small * 1.4
    wanted = sorted(
        (((value - low) / (high - low) * height, label, colour, dash)
         for value, label, colour, dash in ends),
        key=lambda end: end[:2],
    )  # fmt: skip
    spots: list[float] = []
    for y, *_ in wanted:
        spots.append(max(y, spots[-1] + step) if spots else y)
    over = (spots[-1] - height) if spots else 0.0
    if over > 0:
        for k in range(len(spots) - 1, -1, -1):
            limit = height if k == len(spots) - 1 else spots[k + 1] - step
            spots[k] = min(spots[k], limit)
    for k, (y, (_, label, colour, dash)) in enumerate(zip(spots, wanted, strict=True)):
        axes.plot(
            [1 + 7 / width, 1 + (7 + _SAMPLE) / width], [y / height] * 2, color=colour,
            linestyle=dash, linewidth=1.4 * style.line, transform=axes.transAxes, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            label, (1.0, y / height), xycoords="axes fraction", xytext=(12 + _SAMPLE, 0),
            textcoords="offset points", size=style.small, color=readable(colour), va="center",
            family=list(style.family), annotation_clip=False,
        ).set_gid(f"kg-label-{k}")  # fmt: skip


def answers(
    data: Network,
    *,
    by: str = "channel",
    most: int = 5,
    title: str = "The wait for an answer",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """The share of letters still waiting after so many days (Kaplan-Meier), with its bounds.

    One line each of the `most` groups ("channel" or "pair") with most letters; a small
    tick is a letter that was never answered. Days are on a scale that widens the first of
    them (the logarithm of one day more), since most answers came soon or never.
    """
    look = style_named(style)
    times = reply_times(data)
    if by == "pair":
        times = times.with_columns(group=pl.col("source") + " to " + pl.col("target"))
    else:
        times = times.with_columns(group=pl.col("channel"))
    names = (
        times.group_by("group").agg(pl.len().alias("n"))
        .sort("n", "group", descending=[True, False]).head(most)["group"].to_list()
    )  # fmt: skip
    words = {n: label_of(n) if by == "channel" else n for n in names}
    right = max((extent(f"{w} (000, median 000 days)", look.small, look)[0]
                 for w in words.values()), default=30) + 18 + _SAMPLE  # fmt: skip
    made = sheet(look, title, subtitle, source, margins=(34 * look.line, 26 * look.line),
                 size=(look.width, look.height * 0.72))  # fmt: skip
    _narrow(made, right)
    axes = made.area
    _plain(axes, look)
    looks = {n: (COLOURS[k % 8], DASHES[k % 8]) for k, n in enumerate(names)}
    if by == "channel":
        looks = {n: (x.colour, x.dash) for n, x in channel_looks(names)[0].items()}
    ends: list[_End] = []
    for k, name in enumerate(names):
        part = times.filter(pl.col("group") == name)
        found = kaplan_meier(part["days"], part["answered"])
        days = np.concatenate([[0.0], found.curve["days"].to_numpy()])
        share = np.concatenate([[1.0], found.curve["waiting"].to_numpy()])
        colour, dash = looks[name]
        (line,) = axes.step(days, share, where="post", color=colour, linestyle=dash,
                            linewidth=1.6 * look.line)  # fmt: skip
        known = found.curve.filter(pl.col("low").is_not_null())
        axes.fill_between(known["days"], known["low"], known["high"], step="post", color=colour,
                          alpha=0.10, linewidth=0)  # fmt: skip
        open_ones = part.filter(~pl.col("answered"))["days"].to_numpy()
        at = share[np.searchsorted(days, open_ones, side="right") - 1]
        axes.plot(open_ones, at, "|", color=colour, markersize=5 * look.line)
        median = f", median {_days(found.median)}" if found.median is not None else ""
        made.name(line, f"line-{k}", f"{words[name]}: {found.answered} of {found.letters} answered")
        ends.append((float(share[-1]), f"{words[name]} ({found.letters}{median})", colour, dash))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25 %", "50 %", "75 %", "100 %"])
    axes.set_ylim(0, 1.02)
    longest = float(times["days"].max() or 1.0)  # type: ignore[arg-type]
    axes.set_xscale("function", functions=(np.log1p, np.expm1))
    axes.set_xlim(0, longest * 1.1 + 1)
    shown = {n: words for n, words in _DAYS.items() if n <= longest * 1.1 + 1}
    axes.set_xticks(list(shown), list(shown.values()))
    axes.set_xticks([], minor=True)
    axes.set_xlabel("time since the letter", size=look.small, color=SOFT)
    axes.set_ylabel("share still waiting", size=look.small, color=SOFT)
    _at_ends(made, ends)
    return made.figure


_DAYS = {
    0: "0", 1: "1", 3: "3", 7: "7", 14: "14", 30: "30 days", 91: "3 months", 365: "1 year",
    1096: "3 years", 3653: "10 years", 10957: "30 years",
}  # fmt: skip


def _days(number: float) -> str:
    return f"{number:.0f} day" + ("" if round(number) == 1 else "s")


def standing_table(
    data: Network,
    measure: Callable[[Network], Floats] = centrality.strength,
    days: float = 91.3,
) -> pl.DataFrame:
    """The numbers behind the picture of standing."""
    return over_time(data, measure, days)
