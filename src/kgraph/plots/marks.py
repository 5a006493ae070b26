"""Marks and lines: shapes of nodes, curved arrows between them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon
from numpy.typing import NDArray

from kgraph.plots.style import PAPER, Look, SideLook

Points = NDArray[np.float64]

_CORNERS = {"square": 4, "diamond": 4, "triangle": 3, "wedge": 3, "hexagon": 6, "pentagon": 5}
_TURN = {
    "square": 45.0,
    "diamond": 90.0,
    "triangle": 90.0,
    "wedge": 270.0,
    "hexagon": 0.0,
    "pentagon": 90.0,
}
_EQUAL = {
    "square": 1.253,
    "diamond": 1.253,
    "triangle": 1.555,
    "wedge": 1.555,
    "hexagon": 1.1,
    "pentagon": 1.15,
}


def mark(look: SideLook, x: float, y: float, radius: float, line: float, z: float = 5) -> Patch:
    """A node: a shape of the area of a circle of `radius`."""
    style = {"facecolor": look.fill, "edgecolor": look.edge, "linewidth": line, "zorder": z}
    if look.shape == "circle":
        return Circle((x, y), radius, **style)
    corners = _CORNERS[look.shape]
    turn = np.deg2rad(_TURN[look.shape] + 360.0 / corners * np.arange(corners))
    reach = radius * _EQUAL[look.shape]
    outline = np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn)])
    return Polygon(outline, closed=True, joinstyle="round", **style)


def dashed(look: Look, width: float) -> tuple[float, tuple[float, ...]]:
    """The dash of a line in points: longer on wide lines, but less than in proportion."""
    factor = max(1.15, width**0.55 * 1.15)
    return look.dash[0], tuple(x * factor for x in look.dash[1])


def curve(start: Points, end: Points, bend: float, steps: int = 40) -> Points:
    """Points of a quadratic curve that bows `bend` points to the left of its way."""
    way = end - start
    length = float(np.hypot(*way)) or 1.0
    left = np.array([-way[1], way[0]]) / length
    control = (start + end) / 2 + left * bend * 2
    t = np.linspace(0, 1, steps)[:, None]
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end)


def loop(centre: Points, radius: float, size: float, angle: float, steps: int = 40) -> Points:
    """Points of a loop that leaves a mark and comes back to it, in the direction `angle`."""
    out = np.array([np.cos(angle), np.sin(angle)])
    middle = centre + out * (radius + size * 0.8)
    turn = np.linspace(angle + np.pi * 1.18, angle + np.pi * 2.82, steps)
    return np.asarray(middle + size * np.column_stack([np.cos(turn), np.sin(turn)]))


def clipped(points: Points, start: Points, r0: float, end: Points, r1: float) -> Points:
    """The part of a curve outside the marks at its ends."""
    outside = (np.hypot(*(points - start).T) >= r0) & (np.hypot(*(points - end).T) >= r1)
    where = np.flatnonzero(outside)
    return points[where[0] : where[-1] + 1] if len(where) > 1 else points


def arrow(
    axes: Axes,
    points: Points,
    look: Look,
    width: float,
    head: float,
    z: float = 2,
    casing: bool = True,
) -> list[object]:
    """A line along `points` with a head at its end; white edges set crossings apart.

    The axes' limits are not touched: they are set already.
    """  # fmt: skip
    gaps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(gaps)])
    total = float(along[-1])
    head = min(head, total * 0.6)
    tip = points[-1]
    base = np.array([np.interp(total - head, along, points[:, k]) for k in (0, 1)])
    body = np.vstack([points[along < total - head * 0.7], base + (tip - base) * 0.15])
    way = tip - base
    length = float(np.hypot(*way)) or 1.0
    side = np.array([-way[1], way[0]]) / length * head * 0.42
    made: list[object] = []
    if casing:
        axes.add_artist(
            Line2D(*body.T, color=PAPER, linewidth=width + 1.8, zorder=z, solid_capstyle="butt")
        )
    line = Line2D(
        *body.T, color=look.colour, linewidth=width, zorder=z + 0.01,
        dash_capstyle="butt", solid_capstyle="butt",
    )  # fmt: skip
    if look.dash[1]:
        line.set_linestyle((0, tuple(x / width for x in dashed(look, width)[1])))
    made.append(axes.add_artist(line))
    outline = np.vstack([tip, base + side, base + way * 0.18, base - side])
    made.append(
        axes.add_artist(
            Polygon(outline, closed=True, facecolor=look.colour, edgecolor=PAPER,
                    linewidth=0.4, zorder=z + 0.02)
        )
    )  # fmt: skip
    return made
