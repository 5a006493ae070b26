"""What each channel carried, which way, and from when to when."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from matplotlib.figure import Figure

from kgraph.network.network import Network
from kgraph.network.summary import way
from kgraph.plots.frame import extent, sheet
from kgraph.plots.style import FAINT, INK, SOFT, channel_looks, side_looks, style_named

NOT_KNOWN = "side not known"


def by_direction(data: Network) -> pl.DataFrame:
    """One row a channel and direction: channel, from_side, to_side, documents, first, last."""
    sides = data.nodes.select("id", pl.col("side").fill_null(NOT_KNOWN))
    return (
        data.letters.with_columns(way())
        .join(sides.rename({"id": "source", "side": "from_side"}), on="source", how="left")
        .join(sides.rename({"id": "target", "side": "to_side"}), on="target", how="left")
        .group_by("channel", "from_side", "to_side")
        .agg(
            pl.col("document").n_unique().alias("documents"),
            pl.col("date_earliest").min().alias("first"),
            pl.col("date_latest").max().alias("last"),
        )
        .sort("channel", "from_side", "to_side")
    )


def channels(
    data: Network,
    *,
    title: str = "The channels",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """Bars from the middle: letters of the two busiest sides to each other, left and right.

    Letters within one side, or of other sides, stand as a pale bar below. Where no two sides are
    known, there is one bar for each channel, from the left.
    """
    look = style_named(style)
    rows = by_direction(data)
    left_side, right_side = _two(rows)
    names = (
        rows.group_by("channel").agg(pl.col("documents").sum())
        .sort("documents", "channel", descending=[True, False])["channel"].to_list()
    )  # fmt: skip
    looks, _ = channel_looks(names, most=99)
    sides = side_looks([left_side, right_side])
    words = [looks[n].label for n in names]
    margin = max((extent(x, look.text, look)[0] for x in words), default=40) + 10
    step = 27.0 * look.line
    need = step * len(names) + 34 * look.line
    full = sheet(look, title, subtitle, source)
    made = sheet(
        look, title, subtitle, source,
        size=(look.width, (look.height * 72 - full.height + need) / 72),
    )  # fmt: skip
    axes = made.area
    dates = 96.0 * look.line
    sided = left_side is not None
    middle = margin + (made.width - margin - dates) / 2 if sided else margin
    reach = (made.width - margin - dates) / (2 if sided else 1) - 22 * look.line
    most = max((_count(rows, n, a, b) for n in names
                for a, b in ((left_side, right_side), (right_side, left_side))), default=1)  # fmt: skip
    most = max(most, *(_rest(rows, n, left_side, right_side) for n in names), 1)
    family = list(look.family)
    top = made.height - 16 * look.line

    def head(side: str | None, other: str | None) -> str:
        named = [sides[x].label if x in sides else "others" for x in (side, other)]
        return f"{named[0]} to {named[1]}"

    if sided:
        axes.text(middle - 5, top, f"◂ {head(left_side, right_side)}", ha="right", va="bottom",
                  size=look.small, color=SOFT, family=family)  # fmt: skip
        axes.text(middle + 5, top, f"{head(right_side, left_side)} ▸", ha="left", va="bottom",
                  size=look.small, color=SOFT, family=family)  # fmt: skip
    axes.plot([middle, middle], [top - step * len(names), top], color=FAINT, linewidth=0.8)
    for k, (name, label) in enumerate(zip(names, words, strict=True)):
        y = top - step * (k + 0.5)
        axes.text(margin - 8, y, label, ha="right", va="center_baseline", size=look.text,
                  color=INK, family=family).set_gid(f"kg-label-{k}")  # fmt: skip
        directions = [(-1, left_side, right_side), (1, right_side, left_side)]
        for sign, a, b in directions if sided else [(1, None, None)]:
            n = _count(rows, name, a, b) if sided else _rest(rows, name, None, None)
            if not n:
                continue
            length = reach * n / most
            (bar,) = axes.barh(y + 3 * look.line, sign * length, left=middle,
                               height=9 * look.line, color=looks[name].colour)  # fmt: skip
            way = f", {head(a, b)}" if sided else ""
            made.name(bar, f"bar-{k}-{sign}", f"{label}{way}: {n}")
            axes.text(middle + sign * (length + 3), y + 3 * look.line, str(n), size=look.small,
                      color=INK, ha="left" if sign > 0 else "right", va="center_baseline",
                      family=family)  # fmt: skip
        rest = _rest(rows, name, left_side, right_side)
        if rest and sided:
            length = reach * rest / most
            (bar,) = axes.barh(y - 6 * look.line, length, left=middle - length / 2,
                               height=4 * look.line, color="#b9b9b9")  # fmt: skip
            made.name(bar, f"rest-{k}", f"{label}, within one side or of others: {rest}")
            axes.text(middle + length / 2 + 3, y - 6 * look.line, str(rest), size=look.small * 0.9,
                      color=SOFT, ha="left", va="center_baseline", family=family)  # fmt: skip
        axes.text(made.width, y, _span(rows.filter(pl.col("channel") == name)), ha="right",
                  va="center_baseline", size=look.small, color=SOFT, family=family)  # fmt: skip
    if sided:
        axes.text(
            margin, 0, "grey: letters within one side, or of sides other than these two",
            size=look.small, color=SOFT, va="bottom", family=family,
        )  # fmt: skip
    return made.figure


def _two(rows: pl.DataFrame) -> tuple[str | None, str | None]:
    """The two sides with most letters between them, by name."""
    pairs: dict[tuple[str, str], int] = {}
    for a, b, n in rows.select("from_side", "to_side", "documents").iter_rows():
        if a != b and NOT_KNOWN not in (a, b):
            low, high = sorted((a, b))
            pairs[low, high] = pairs.get((low, high), 0) + n
    if not pairs:
        return None, None
    return max(sorted(pairs), key=pairs.__getitem__)


def _count(rows: pl.DataFrame, channel: str, a: str | None, b: str | None) -> int:
    if a is None or b is None:
        return 0
    found = rows.filter(
        (pl.col("channel") == channel) & (pl.col("from_side") == a) & (pl.col("to_side") == b)
    )
    return int(found["documents"].sum())


def _rest(rows: pl.DataFrame, channel: str, a: str | None, b: str | None) -> int:
    every = int(rows.filter(pl.col("channel") == channel)["documents"].sum())
    return every - _count(rows, channel, a, b) - _count(rows, channel, b, a)


def _span(rows: pl.DataFrame) -> str:
    first, last = rows["first"].min(), rows["last"].max()
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return "no date"
    a, b = f"{first:%b %Y}", f"{last:%b %Y}"
    return a if a == b else f"{a} – {b}"
