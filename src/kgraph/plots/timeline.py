"""Letters by date, in a lane for each channel; a date in doubt is a bar as long as the doubt."""

from __future__ import annotations

from datetime import datetime, timedelta

import matplotlib.dates as mdates
import numpy as np
import polars as pl
from matplotlib.figure import Figure

from kgraph.network.network import Network
from kgraph.network.summary import way
from kgraph.plots import keys
from kgraph.plots.frame import Sheet, amount, extent, sheet
from kgraph.plots.marks import mark
from kgraph.plots.style import (
    FAINT,
    INK,
    SOFT,
    Look,
    SideLook,
    Style,
    channel_looks,
    family,
    side_looks,
    style_named,
)

DENSE = 700
"""More letters than this are shown as counts, not one by one."""


def day_number(moment: datetime) -> float:
    """Days since 1 January 1970, matplotlib's measure of time."""
    return (moment - datetime(1970, 1, 1)) / timedelta(days=1)


def letters_by_lane(data: Network) -> tuple[pl.DataFrame, int]:
    """One row a document and channel: dates, sender, addressee, side; and how many have no date.

    Columns: document, channel, date_earliest, date_latest, edtf, source_label,
    target_label, side (of the first sender).
    """
    sides = data.nodes.select(pl.col("id").alias("source"), "side")
    rows = (
        data.letters.with_columns(way())
        .join(sides, on="source", how="left", maintain_order="left")
        .group_by("document", "channel", maintain_order=True)
        .agg(
            pl.col("date_earliest").min(), pl.col("date_latest").max(), pl.col("edtf").first(),
            pl.col("source_label").unique(maintain_order=True).str.join(", "),
            pl.col("target_label").unique(maintain_order=True).str.join(", "),
            pl.col("side").first(),
        )
        .with_columns(
            date_earliest=pl.coalesce("date_earliest", "date_latest"),
            date_latest=pl.coalesce("date_latest", "date_earliest"),
        )
    )  # fmt: skip
    dated = rows.filter(pl.col("date_earliest").is_not_null())
    return dated.sort("date_earliest", "document"), rows.height - dated.height


def timeline(
    data: Network,
    *,
    title: str = "Letters by date and channel",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """A mark for each letter, in the lane of its channel, shaped by the sender's side."""
    look = style_named(style)
    letters, undated = letters_by_lane(data)
    note = f"{amount(undated, 'letter')} without any date left out. " if undated else ""
    sides = side_looks(letters["side"].to_list())
    named = {x.label: x for x in sides.values()}
    many = letters.height > DENSE
    plain = [
        SideLook(x.shape, "#ffffff" if x.shape == "circle" else SOFT, SOFT, x.label)
        for x in named.values()
    ]
    entries = [] if many else [keys.mark_entry(x, look) for x in plain]
    doubt = [] if many else [_bar_entry(look)]
    sections = [keys.Section("Sender", entries), keys.Section("Date", doubt)]
    key_height, draw_key = keys.measured(sections, look, look.width * 72 - 3.2 * look.text)
    words, looks, left, heights = _laned(letters, look, many)
    room = (title, subtitle, note + source, key_height, draw_key)
    full = sheet(look, *room, margins=(left, 20)).height
    least = 1.35 * look.text  # a lane's name
    squeezed = min(
        (b / a for a, b in zip(heights, _within(heights, full, least), strict=True)), default=1.0
    )
    if len(heights) * least > full or (len(heights) > 8 and squeezed < 0.35 and not many):
        letters = letters.with_columns(
            pl.col("channel").map_elements(family, return_dtype=pl.String)
        )
        words, looks, left, heights = _laned(letters, look, many)
        room = (title, subtitle, f"{note}Channels by family. {source}", key_height, draw_key)
    heights = _within(heights, full, least)
    tall = look.height * 72 - max(0.0, full - max(sum(heights) + 40, 60.0))
    made = sheet(look, *room, size=(look.width, tall / 72), margins=(left, 20))
    _draw(made, letters, words, heights, looks, sides, many)
    return made.figure


def _laned(
    letters: pl.DataFrame, look: Style, many: bool
) -> tuple[dict[str, str], dict[str, Look], float, list[float]]:
    """The lanes in their order with their words, their looks, the room of words, the heights."""
    lanes = _lanes(letters)
    looks, _ = channel_looks(lanes, most=99)
    counts = {n: letters.filter(pl.col("channel") == n).height for n in lanes}
    words = {n: f"{looks[n].label} ({counts[n]})" for n in lanes}
    left = max((extent(w, look.text, look)[0] for w in words.values()), default=40) + 14
    pace = (look.width * 72 - 3.2 * look.text - left) / _span(letters)
    heights = [_stack(letters.filter(pl.col("channel") == n), look, many, pace) for n in lanes]
    return words, looks, left, heights


def _within(heights: list[float], room: float, least: float) -> list[float]:
    """Heights of at least `least` that `room` holds: what is above that gives way alike."""
    heights = [max(x, least) for x in heights]
    over, spare = sum(heights) - room, sum(heights) - least * len(heights)
    if over <= 0 or spare <= 0:
        return heights
    share = max(0.0, 1 - over / spare)
    return [least + (x - least) * share for x in heights]


def _lanes(letters: pl.DataFrame) -> list[str]:
    counted = letters.group_by("channel").agg(pl.len().alias("n")).sort(
        "n", "channel", descending=[True, False]
    )  # fmt: skip
    names = counted["channel"].to_list()
    return [n for n in names if n != "not stated"] + [n for n in names if n == "not stated"]


def _bar_entry(style: Style) -> keys.Entry:
    room = 22.0 * style.line

    def draw(axes: object, x: float, y: float) -> None:
        axes.plot([x, x + room], [y, y], color=SOFT, linewidth=2.6 * style.line, alpha=0.45,  # type: ignore[attr-defined]
                  solid_capstyle="round")  # fmt: skip

    return keys.Entry("known only to lie within the bar", room, draw)


def _span(letters: pl.DataFrame) -> float:
    """Days that the axis spans."""
    if not letters.height:
        return 1.0
    start, end = letters["date_earliest"].min(), letters["date_latest"].max()
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    return max((end - start) / timedelta(days=1) * 1.04, 2.0)


def _stack(letters: pl.DataFrame, style: Style, many: bool, pace: float) -> float:
    """Height in points that a lane needs, with `pace` points a day."""
    if many:
        return 34.0 * style.line
    if not letters.height:
        return 16.0
    rows = _levels(letters, pace, style)
    return (max(rows, default=0) + 1) * 7.6 * style.line + 9.0 * style.line


def _levels(letters: pl.DataFrame, pace: float, style: Style) -> list[int]:
    """The level of each mark in its lane, so that none hides another."""
    free: list[float] = []
    found = []
    first = letters["date_earliest"].min()
    assert isinstance(first, datetime)
    for begin, end in letters.select("date_earliest", "date_latest").iter_rows():
        x0 = (begin - first) / timedelta(days=1) * pace
        x1 = (end - first) / timedelta(days=1) * pace
        need = max(x1, x0 + 7.0 * style.line)
        for level, until in enumerate(free):
            if x0 >= until:
                free[level] = need + 0.8
                found.append(level)
                break
        else:
            found.append(len(free))
            free.append(need + 0.8)
    return found


def _draw(
    made: Sheet,
    letters: pl.DataFrame,
    lanes: dict[str, str],
    heights: list[float],
    looks: dict[str, Look],
    sides: dict[str | None, SideLook],
    many: bool,
) -> None:
    axes, style = made.area, made.style
    for name in ("top", "right", "left"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set_color(SOFT)
    axes.tick_params(colors=SOFT, labelsize=style.small)
    axes.set_yticks([])
    if not letters.height:
        axes.text(0.5, 0.5, "no dated letters", transform=axes.transAxes, ha="center", color=SOFT)
        return
    start, end = letters["date_earliest"].min(), letters["date_latest"].max()
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    pad = max((end - start) * 0.02, timedelta(days=1))
    low, high = day_number(start - pad), day_number(end + pad)
    axes.set_xlim(low, high)
    axes.set_ylim(0, made.height)
    locator = mdates.AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
    )
    axes.xaxis.get_offset_text().set_fontsize(style.small)
    axes.xaxis.get_offset_text().set_color(SOFT)
    axes.grid(axis="x", color="#ececec", linewidth=0.7)
    axes.set_axisbelow(True)
    points = made.width / (high - low)  # per day
    scale = made.height / max(sum(heights), 1.0)
    scale = min(scale, 1.6)
    top = made.height
    parts = [letters.filter(pl.col("channel") == name) for name in lanes]
    rows = [max(_levels(x, points, style), default=0) + 1 for x in parts]
    steps = [(h * scale - 5.0 * style.line) / n for h, n in zip(heights, rows, strict=True)]
    step = min(7.6 * style.line, *steps)  # the same in all lanes, so that a mark is a letter
    for lane, (name, tall) in enumerate(zip(lanes, heights, strict=True)):
        part = parts[lane]
        tall *= scale
        floor = top - tall
        axes.plot([low, high], [floor, floor], color=FAINT, linewidth=0.6, zorder=1)
        axes.text(
            -10 / made.width, (floor + tall / 2) / made.height, lanes[name],
            transform=axes.transAxes, ha="right", va="center", size=style.text, color=INK,
            family=list(style.family),
        ).set_gid(f"kg-label-{lane}")  # fmt: skip
        if many:
            _bars(made, part, floor, tall, looks[name], (low, high))
        else:
            _marks(made, part, floor, step, looks[name], sides, low, points, lane)
        top = floor


def _marks(
    made: Sheet,
    part: pl.DataFrame,
    floor: float,
    step: float,
    look: Look,
    sides: dict[str | None, SideLook],
    low: float,
    points: float,
    lane: int,
) -> None:
    from matplotlib.transforms import Affine2D

    axes, style = made.area, made.style
    levels = _levels(part, points, style)
    r = min(3.0 * style.line, step * 0.45)
    # marks are drawn in points, so that circles stay round on an axis of days
    still = Affine2D().scale(1 / points, 1).translate(low, 0) + axes.transData
    for k, (level, row) in enumerate(zip(levels, part.iter_rows(named=True), strict=True)):
        x0 = (day_number(row["date_earliest"]) - low) * points
        x1 = (day_number(row["date_latest"]) - low) * points
        y = floor + step * (level + 0.5) + 2.5 * style.line
        doubtful = row["date_latest"] - row["date_earliest"] > timedelta(days=1)
        if doubtful:
            axes.plot([x0, x1], [y, y], color=look.colour, linewidth=r * 1.1, alpha=0.4,
                      solid_capstyle="round", transform=still, zorder=2)  # fmt: skip
        base = sides[row["side"]]
        shape = SideLook(base.shape, look.colour if base.shape != "circle" else "#ffffff",
                         look.colour, "")  # fmt: skip
        if doubtful:
            shape = SideLook(shape.shape, shape.fill, look.colour, "")
        patch = mark(shape, (x0 + x1) / 2, y, r, 1.1 * style.line, 3)
        patch.set_transform(still)
        axes.add_patch(patch)
        made.name(
            patch, f"letter-{lane}-{k}",
            f"{row['document']}: {row['source_label']} to {row['target_label']}, "
            f"{row['edtf'] or row['date_earliest']:}",
        )  # fmt: skip


def _bars(
    made: Sheet,
    part: pl.DataFrame,
    floor: float,
    tall: float,
    look: Look,
    limits: tuple[float, float],
) -> None:
    """Letters counted by month or year."""
    middle = [
        day_number(a + (b - a) / 2)
        for a, b in part.select("date_earliest", "date_latest").iter_rows()
    ]
    steps = int(np.clip((limits[1] - limits[0]) / 30.4, 12, 90))
    counts, edges = np.histogram(middle, bins=steps, range=limits)
    high = counts / max(counts.max(initial=1), 1) * tall * 0.86
    made.area.bar(
        edges[:-1], high, width=np.diff(edges) * 0.86, bottom=floor, align="edge",
        color=look.colour, alpha=0.85, zorder=2,
    )  # fmt: skip
