"""Thousands of people as circles: each community a disc, ties between discs added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib import patheffects
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import sparse

from kgraph.network.backbone import backbone_of
from kgraph.network.communities import communities
from kgraph.network.network import Network
from kgraph.plots import keys
from kgraph.plots.frame import Sheet, balanced, extent, sheet
from kgraph.plots.labels import Wish, along, place
from kgraph.plots.layout import free_side, part_blocks, positions
from kgraph.plots.marks import arrow, clipped, curve
from kgraph.plots.network import letters_of
from kgraph.plots.style import INK, PAPER, SOFT, SOLID, Look, Style, style_named

Points = NDArray[np.float64]
MOST = 24
"""So many circles are drawn; the persons of smaller ones are left out and counted."""
_FILLS = ("#0072B2", "#D55E00", "#00805d", "#8a3f86", "#b27d00", "#3d7ea6", "#8a2d00", "#5c7a29")


@dataclass(frozen=True)
class Grouping:
    """Circles of a network: `member` by node, -1 where its circle is not drawn."""

    member: NDArray[np.int64]
    sizes: list[int]
    left_out: int
    modularity: float | None
    agreement: float
    flows: pl.DataFrame  # from_circle, to_circle, letters

    @property
    def shown(self) -> int:
        return len(self.sizes)


def grouped(data: Network, most: int = MOST, seeds: int = 3) -> Grouping:
    """The communities of a network, the largest `most`, and the letters between them."""
    found = communities(data, seeds=seeds if data.size < 5000 else 1)
    sizes = [n for n in found.sizes if n > 1][:most]
    member = np.where(found.member < len(sizes), found.member, -1)
    s, t, w = data.ends
    a, b = member[s], member[t]
    keep = (a >= 0) & (b >= 0)
    flows = (
        pl.DataFrame({"from_circle": a[keep], "to_circle": b[keep], "letters": w[keep]})
        .group_by("from_circle", "to_circle").agg(pl.col("letters").sum())
        .sort("letters", "from_circle", "to_circle", descending=[True, False, False])
    )  # fmt: skip
    left = int((member < 0).sum())
    return Grouping(member, sizes, left, found.modularity, found.agreement, flows)


def circles(
    data: Network,
    *,
    title: str = "Circles of correspondents",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """Communities as discs as large as their members; inside, the most letters in the middle.

    Arrows between discs add up all letters between their members; inside a disc only
    the backbone of ties is drawn, as fine lines.
    """
    look = style_named(style)
    group = grouped(data)
    parts = [f"{data.size} persons in {group.shown} circles."]
    if group.left_out:
        parts.append(f"{group.left_out} in smaller circles are left out.")
    back = backbone_of(data, 4 * data.size)
    if back.ties < back.all_ties:
        parts.append("Inside a circle: " + back.words())
    between = group.flows.filter(pl.col("from_circle") != pl.col("to_circle"))
    limit = max(12, round(1.6 * group.shown))
    if between.height > limit:
        kept = float(between.head(limit)["letters"].sum()) / float(between["letters"].sum())
        parts.append(
            f"The {limit} strongest of {between.height} flows between circles, with "
            f"{100 * kept:.0f} % of their letters."
        )
        between = between.head(limit)
    if group.modularity is not None:
        parts.append(f"Modularity {group.modularity:.2f}.")
    note = " ".join(parts)
    most = float(between["letters"].max() or 1.0)  # type: ignore[arg-type]
    plain = Look(SOFT, SOLID, "letters between circles")
    widths = [
        keys.stroke_entry(plain, look, f"{n}", _width(n, most, look.line))
        for n in keys.round_steps(most)
    ]
    sections = [keys.Section("Letters between circles", widths)]
    key_height, draw_key = keys.measured(sections, look, look.width * 72 - 3.2 * look.text)
    made = sheet(look, title, subtitle, f"{note} {source}", key_height, draw_key,
                 size=(look.width, look.height * (1.15 if look.name == "print" else 1.0)))  # fmt: skip
    if not group.sizes:
        made.area.text(made.width / 2, made.height / 2, "no two persons are tied", ha="center",
                       size=look.text, color=SOFT)  # fmt: skip
        return made.figure
    told = _told(data, group, look)
    centres, radii = _discs(made, group, told)
    points, dots = _members(data, group, centres, radii)
    _inside(made, data, group, points, back.keep, centres, radii)
    drawn = _between(made, between, centres, radii, most)
    _dots(made, group, points, dots)
    _names(made, group, told, centres, radii, drawn)
    return made.figure


def _width(letters: float, most: float, line: float) -> float:
    return float((0.5 + 4.5 * np.sqrt(letters / most)) * line)


def _colour(circle: int) -> str:
    return _FILLS[circle % len(_FILLS)]


def _discs(
    made: Sheet, group: Grouping, told: list[tuple[str, float, float]]
) -> tuple[Points, NDArray[np.float64]]:
    """Centres and radii of the discs; they take about a fifth of the field, with room for the
    names below each."""
    sizes = np.array(group.sizes, float)
    area = made.width * made.height * 0.22
    radii = np.sqrt(sizes + 2.0)
    radii *= np.sqrt(area / (np.pi * (radii**2).sum()))
    k = group.shown
    flows = group.flows.filter(pl.col("from_circle") != pl.col("to_circle"))
    matrix = sparse.csr_array(
        (
            flows["letters"].to_numpy(),
            (flows["from_circle"].to_numpy(), flows["to_circle"].to_numpy()),
        ),
        shape=(k, k),
    )
    if k == 1:
        return np.array([[made.width / 2, made.height / 2]]), radii
    # the strongest flows of each circle decide where it stands
    strong = matrix.toarray()
    keep = np.zeros_like(strong, bool)
    both = strong + strong.T
    for i in range(k):
        keep[i, np.argsort(-both[i])[:3]] = True
    laid = sparse.csr_array(np.where(keep | keep.T, both, 0.0))
    points = positions(laid, radii + 6.0, made.width, made.height)
    wide, high = np.array([one[1] for one in told]), np.array([one[2] for one in told])
    halves = np.column_stack([np.maximum(wide / 2, radii) + 13.0, radii + high / 2 + 12.0])
    tied = flows.select("from_circle", "to_circle").to_numpy().T
    lift = free_side(points, *tied) * high / 2
    return part_blocks(points, halves, made.width, made.height, lift), radii


def _members(
    data: Network, group: Grouping, centres: Points, radii: NDArray[np.float64]
) -> tuple[Points, NDArray[np.float64]]:
    """Members on a sunflower, those with most letters in the middle; and their sizes."""
    letters = letters_of(data)
    points = np.full((data.size, 2), np.nan)
    dots = np.zeros(data.size)
    for circle, size in enumerate(group.sizes):
        inside = np.flatnonzero(group.member == circle)
        inside = inside[np.argsort(-letters[inside], kind="stable")]
        k = np.arange(size)
        room = radii[circle] / np.sqrt(size) * 0.62
        share = letters[inside] / max(float(letters.max()), 1.0)
        dots[inside] = np.maximum(room * np.sqrt(share), min(room, 0.5) * 0.8)
        reach = radii[circle] * 0.93 * np.sqrt((k + 0.4) / size)
        reach = np.minimum(reach, radii[circle] - dots[inside] - 0.02 * radii[circle])
        turn = k * 2.399963
        points[inside] = centres[circle] + np.column_stack(
            [reach * np.cos(turn), reach * np.sin(turn)]
        )
    return points, dots


def _inside(
    made: Sheet,
    data: Network,
    group: Grouping,
    points: Points,
    keep: NDArray[np.bool_],
    centres: Points,
    radii: NDArray[np.float64],
) -> None:
    from matplotlib.patches import Circle

    for circle, (centre, reach) in enumerate(zip(centres, radii, strict=True)):
        made.area.add_artist(
            Circle(tuple(centre), reach + 1.5, facecolor=PAPER, linewidth=0, zorder=1)
        )
        patch = made.area.add_artist(
            Circle(
                tuple(centre), reach, facecolor=_colour(circle), alpha=0.10, linewidth=0, zorder=1
            )
        )
        made.name(patch, f"circle-{circle}", f"circle of {group.sizes[circle]} persons")
    s, t, _ = data.ends
    same = keep & (group.member[s] == group.member[t]) & (group.member[s] >= 0)
    lines = np.stack([points[s[same]], points[t[same]]], axis=1)
    colours = [_colour(c) for c in group.member[s[same]]]
    made.area.add_collection(
        LineCollection(list(lines), colors=colours, linewidths=0.25 * made.style.line, alpha=0.35,
                       zorder=2, rasterized=len(lines) > 3000)
    )  # fmt: skip


def _between(
    made: Sheet,
    flows: pl.DataFrame,
    centres: Points,
    radii: NDArray[np.float64],
    most: float,
) -> list[Points]:
    drawn = []
    for k, (a, b, letters) in enumerate(flows.iter_rows()):
        path = _past_others(made, a, b, centres, radii)
        width = _width(letters, most, made.style.line)
        look = Look(_colour(a), SOLID, "")
        for p, part in enumerate(arrow(made.area, path, look, width, 4.0 + 1.5 * width, 0.5)):
            part.set_alpha(0.75)  # type: ignore[attr-defined]
            made.name(part, f"flow-{k}-{p}", f"{letters:g} letters")
        drawn.append(path)
    return drawn


def _past_others(
    made: Sheet, a: int, b: int, centres: Points, radii: NDArray[np.float64]
) -> Points:
    """A curve from one disc to another that no third disc hides, or the least hidden one."""
    edge = np.array([made.width, made.height])
    start, end = centres[a], centres[b]
    far = float(np.hypot(*(end - start)))
    slight = float(np.clip(far * 0.08, 3.0, 16.0))
    others = np.ones(len(radii), bool)
    others[[a, b]] = False
    best, least = np.zeros((0, 2)), np.inf
    # none the opposite of another: the way back between the same discs would lie on it
    for bend in (slight, *(far * x for x in (0.15, -0.1, -0.2, 0.26))):
        path = curve(start, end, bend)
        path = clipped(path, start, radii[a] + 3.0, end, radii[b] + 3.0)
        apart = np.hypot(*(path[:, None] - centres[None, others]).transpose(2, 0, 1))
        hidden = int((apart < radii[others] + 3.0).sum())
        hidden += 9 * int(((path < 4.0) | (path > edge - 4.0)).sum())  # off the sheet
        if hidden < least:
            best, least = path, hidden
        if not hidden:
            break
    return best


def _dots(made: Sheet, group: Grouping, points: Points, dots: NDArray[np.float64]) -> None:
    shown = group.member >= 0
    made.area.scatter(
        points[shown, 0], points[shown, 1], s=(2 * dots[shown]) ** 2,
        c=[_colour(c) for c in group.member[shown]], linewidths=0.3, edgecolors=PAPER, zorder=4,
        rasterized=int(shown.sum()) > 3000,
    )  # fmt: skip


def _told(data: Network, group: Grouping, style: Style) -> list[tuple[str, float, float]]:
    """The two greatest of each circle, one of a small circle, and the room of the words."""
    letters = letters_of(data)
    labels = data.nodes["label"].to_list()
    told = []
    for circle, size in enumerate(group.sizes):
        inside = np.flatnonzero(group.member == circle)
        first = inside[np.argsort(-letters[inside], kind="stable")]
        words = "\n".join(balanced(labels[i], 22) for i in first[: 2 if size > 1 else 1])
        told.append((words, *extent(words, style.small, style)))
    return told


def _names(
    made: Sheet,
    group: Grouping,
    told: list[tuple[str, float, float]],
    centres: Points,
    radii: NDArray[np.float64],
    drawn: list[Points],
) -> None:
    """The greatest of each circle, close to it."""
    style = made.style
    wishes = [
        Wish(x, y, radius + 2, w, h, size)
        for (x, y), radius, (_, w, h), size in zip(centres, radii, told, group.sizes, strict=True)
    ]
    marks = np.column_stack([centres, radii])
    spots = place(wishes, marks, along(drawn), (0, 0, made.width, made.height))
    for circle, where in enumerate(spots):
        if where is None:
            continue
        made.area.text(
            *where.centre, told[circle][0], size=style.small, color=INK, ha="center", va="center",
            family=list(style.family), zorder=8, linespacing=1.08,
            path_effects=[patheffects.withStroke(linewidth=2.2 * style.line, foreground=PAPER)],
        ).set_gid(f"kg-label-{circle}")  # fmt: skip
