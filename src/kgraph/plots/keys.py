"""The key at the foot of a picture: what lines, marks and sizes mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from kgraph.plots.frame import extent
from kgraph.plots.marks import arrow, curve, mark
from kgraph.plots.style import INK, SOFT, Look, SideLook, Style

Drawer = Callable[[Axes, float, float], None]


@dataclass(frozen=True)
class Entry:
    """One thing explained: `draw(axes, x, y)` draws it, `room` points wide."""

    words: str
    room: float
    draw: Drawer
    tall: float = 0.0


@dataclass(frozen=True)
class Section:
    """Entries under a heading."""

    heading: str
    entries: Sequence[Entry]


def line_entry(look: Look, style: Style, words: str | None = None, width: float = 1.6) -> Entry:
    """A line with its head."""
    room = 36.0 * style.line

    def draw(axes: Axes, x: float, y: float) -> None:
        points = curve(np.array([x, y]), np.array([x + room, y]), 0.0)
        arrow(axes, points, look, width * style.line, 6.5 * style.line, casing=False)

    return Entry(words or look.label, room, draw)


def stroke_entry(look: Look, style: Style, words: str, width: float) -> Entry:
    """A plain stroke of a width."""
    room = 20.0 * style.line

    def draw(axes: Axes, x: float, y: float) -> None:
        axes.plot([x, x + room], [y, y], color=look.colour, linewidth=width,
                  linestyle=look.dash, solid_capstyle="butt")  # fmt: skip

    return Entry(words, room, draw)


def mark_entry(look: SideLook, style: Style, words: str | None = None, radius: float = 0) -> Entry:
    """A mark of a side, or of a size."""
    r = radius or 4.2 * style.line

    def draw(axes: Axes, x: float, y: float) -> None:
        axes.add_artist(mark(look, x + r, y, r, 0.8 * style.line))

    return Entry(words or look.label, 2 * r, draw, 2 * r + 3)


def measured(
    sections: Sequence[Section], style: Style, width: float
) -> tuple[float, Callable[[Axes, float, float], None]]:
    """Height in points that the sections need at `width`, and what draws them."""
    size, heading_gap, gap = style.small, 8.0 * style.line, 13.0 * style.line
    step = max(size * 1.75, 11.5 * style.line)
    spots: list[tuple[float, float, Entry | str]] = []
    y = 0.0
    column = max(
        (extent(s.heading, size, style, "bold")[0] for s in sections if s.heading), default=0.0
    )
    for section in sections:
        if not section.entries:
            continue
        rows: list[list[Entry]] = [[]]
        x = column + heading_gap
        for entry in section.entries:
            need = entry.room + 4 * style.line + extent(entry.words, size, style)[0]
            if x + need > width and rows[-1]:
                rows.append([])
                x = column + heading_gap
            rows[-1].append(entry)
            x += need + gap
        for r, row in enumerate(rows):
            tall = max(step, *(entry.tall for entry in row))
            if r == 0:
                spots.append((0.0, y + tall / 2, section.heading))
            x = column + heading_gap
            for entry in row:
                spots.append((x, y + tall / 2, entry))
                x += entry.room + 4 * style.line + extent(entry.words, size, style)[0] + gap
            y += tall

    def draw(axes: Axes, _width: float, height: float) -> None:
        for x, down, what in spots:
            level = height - down
            if isinstance(what, str):
                axes.text(x, level, what, size=size, color=INK, weight="bold", va="center_baseline",
                          family=list(style.family))  # fmt: skip
            else:
                what.draw(axes, x, level)
                axes.text(x + what.room + 4 * style.line, level, what.words, size=size, color=SOFT,
                          va="center_baseline", family=list(style.family))  # fmt: skip

    return y, draw


def round_steps(largest: float, steps: int = 3) -> list[int]:
    """Up to `steps` round numbers between 1 and `largest`, for keys of size and width."""
    top = max(1, int(largest))
    if top <= steps:
        return list(range(1, top + 1))
    lead = 10 ** (len(str(top)) - 1)
    high = next(m * lead for m in (9, 8, 7, 6, 5, 4, 3, 2, 1) if m * lead <= top)
    if steps == 2:
        return [1, high]
    middle = max(2, round(high / 4) if high < 40 else int(f"{high / 4:.1g}".split("e")[0] or 0))
    middle = int(float(f"{high / 4:.1g}")) if high >= 40 else middle
    return sorted({1, middle, high})
