"""One document's way from hand to hand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl
from matplotlib import patheffects
from matplotlib.figure import Figure
from numpy.typing import NDArray

from kgraph.plots import keys
from kgraph.plots.frame import Sheet, balanced, extent, sheet, wrap_to
from kgraph.plots.hops import (
    Hand,
    both_ways,
    gathered,
    hands_of,
    kind_of,
    past_others,
    put_in_columns,
    way_of,
    words_of,
)
from kgraph.plots.marks import arrow, clipped, curve, mark
from kgraph.plots.style import (
    DOTTED,
    INK,
    PAPER,
    SHORT,
    SOFT,
    SOLID,
    Look,
    SideLook,
    Style,
    channel_looks,
    readable,
    side_looks,
    style_named,
)


def route(
    legs: pl.DataFrame,
    *,
    title: str = "From hand to hand",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """The hands down the page, in order; beside every hop its way, place and time.

    `legs` is what `legs_of` gives. Hops that a source only implies are short-dashed,
    those only intended or proposed are dotted.
    """
    look = style_named(style)
    hops = gathered(legs)
    hands = hands_of(hops)
    put_in_columns(hands, hops)
    depth = max((h.depth for h in hands.values()), default=0)
    columns = max((h.column for h in hands.values()), default=0) + 1
    ways, _ = channel_looks([way_of(row) for row in hops], most=99)
    sides = side_looks([h.side for h in hands.values()])
    named = {x.label: x for x in sides.values()}
    kinds = sorted({kind_of(row) for row in hops})
    strokes = {"stated": SOLID, "implied": SHORT, "intended": DOTTED}
    sections = [
        keys.Section("Sides", [keys.mark_entry(x, look) for x in named.values()]),
        keys.Section(
            "Hops",
            [keys.line_entry(Look(SOFT, strokes[k], ""), look, _KINDS[k]) for k in kinds],
        ),
    ]
    around_others = any(
        past_others(hands[str(r["source"])], hands[str(r["target"])], hands) for r in hops
    )
    width = look.width * (0.62 if columns == 1 and not around_others else 1.0)
    key_height, draw_key = keys.measured(sections, look, width * 72 - 3.2 * look.text)
    around = (title, subtitle, source, key_height, draw_key)
    full = sheet(look, *around, size=(width, look.height))
    steps = _steps(hops, hands, depth, look)
    field = (width - look.width) * 72 + made_width(look)
    need = 30.0 * look.line + sum(steps) + _list_height(hands, field, columns, look)
    made = sheet(look, *around, size=(width, (look.height * 72 - full.height + need) / 72))
    for hand in hands.values():
        hand.x = (
            made.width
            * (hand.column + ((0.3 if around_others else 0.2) if columns == 1 else 0.12))
            / columns
        )
        hand.y = made.height - 14.0 * look.line - sum(steps[: hand.depth])
    _draw(made, hands, hops, ways, sides, made.width / columns)
    return made.figure


def made_width(style: Style) -> float:
    """Width of the field in points."""
    return style.width * 72 - 3.2 * style.text


def _steps(
    hops: list[dict[str, object]], hands: dict[str, Hand], depth: int, style: Style
) -> list[float]:
    """Room in points below the hands of each depth: the words of their hops must fit."""
    lines: dict[frozenset[str], int] = {}
    for row in hops:
        key = frozenset((str(row["source"]), str(row["target"])))
        lines[key] = lines.get(key, 0) + sum(bool(x) for x in words_of(row))
    rooms = [2] * depth
    wide = [37.0 * style.line] * depth
    for row in hops:  # a way that joins another comes in above the name of its target
        a, b = hands[str(row["source"])], hands[str(row["target"])]
        if a.column != b.column and 0 < max(a.depth, b.depth) <= depth and a.depth != b.depth:
            wide[max(a.depth, b.depth) - 1] = 54.0 * style.line
    for pair, count in lines.items():
        upper = min(hands[one].depth for one in pair)
        if upper < depth:
            rooms[upper] = max(rooms[upper], count)
    return [base + style.small * 1.3 * n for base, n in zip(wide, rooms, strict=True)]


def _names(hand: Hand, width: float, columns: float, style: Style) -> str:
    """The persons that a mark stands for, in lines that fit its column."""
    return wrap_to(", ".join(hand.many), width / columns * 0.66, style.small, style)


def _list_height(hands: dict[str, Hand], width: float, columns: float, style: Style) -> float:
    return max(
        (_names(h, width, columns, style).count("\n") * style.small * 1.25 + 12.0
         for h in hands.values() if h.many),
        default=0.0,
    )  # fmt: skip


_KINDS = {
    "stated": "stated", "implied": "implied or inferred", "intended": "intended or proposed",
}  # fmt: skip


def _draw(
    made: Sheet,
    hands: dict[str, Hand],
    hops: list[dict[str, object]],
    ways: dict[str, Look],
    sides: dict[str | None, SideLook],
    column: float,
) -> None:
    style = made.style
    radius = 6.5 * style.line
    halo = [patheffects.withStroke(linewidth=2.2 * style.line, foreground=PAPER)]
    for hand in hands.values():
        patch = made.area.add_artist(
            mark(sides[hand.side], hand.x, hand.y, radius, 0.9 * style.line)
        )
        words = ", ".join(hand.many) or hand.label
        made.name(patch, f"hand-{len(hand.id)}-{hand.id.replace('/', '-')}", words)
        made.area.text(
            hand.x + radius + 5 * style.line, hand.y, _label(hand, column, style), size=style.text,
            weight="bold", color=INK, va="center_baseline", ha="left", family=list(style.family),
            zorder=8, path_effects=halo, linespacing=1.1,
        ).set_gid(f"kg-label-{hand.id}")  # fmt: skip
        if hand.many:
            made.area.text(
                hand.x + radius + 5 * style.line, hand.y - 9 * style.line,
                wrap_to(", ".join(hand.many), column * 0.66, style.small, style),
                size=style.small, color=SOFT, va="top", ha="left", family=list(style.family),
                linespacing=1.15, zorder=8,
            )  # fmt: skip
    pairs: dict[tuple[str, str], list[int]] = {}
    for k, row in enumerate(hops):
        pairs.setdefault((str(row["source"]), str(row["target"])), []).append(k)
    told: dict[frozenset[str], tuple[NDArray[np.float64], bool, list[int]]] = {}
    for (a, b), numbers in pairs.items():
        start = np.array([hands[a].x, hands[a].y])
        end = np.array([hands[b].x, hands[b].y])
        past = past_others(hands[a], hands[b], hands)
        at: NDArray[np.float64] | None = None
        for rank, k in enumerate(numbers):
            row = hops[k]
            base = ways[way_of(row)]
            dash = {"stated": SOLID, "implied": SHORT, "intended": DOTTED}[kind_of(row)]
            bend = 9.0 * style.line * rank + (6.0 * style.line if (b, a) in pairs else 0.0)
            if past:  # around the hands between, on the side without names
                bend = -(26.0 * style.line + 0.12 * float(np.hypot(*(end - start))) + bend)
            if hands[a].depth != hands[b].depth and abs(float(end[0] - start[0])) > 5:
                down = hands[a].depth < hands[b].depth
                upper, lower = (a, b) if down else (b, a)
                one = _sources(pairs, lower) == 1
                breaks = _label(hands[upper if one else lower], column, style).count("\n")
                aside = 5.0 * style.line * (rank if down else -1 - rank)
                path = _elbow(*((start, end) if down else (end, start)), one, breaks, aside, style)
                path = path if down else path[::-1]
            else:
                path = curve(start, end, bend)
            path = clipped(path, start, radius + 3 * style.line, end, radius + 3 * style.line)
            look = Look(base.colour, dash, base.label)
            for p, part in enumerate(
                arrow(made.area, path, look, 1.5 * style.line, 7 * style.line)
            ):
                made.name(part, f"hop-{k}-{p}", " ".join(words_of(row)))
            centre = path[len(path) // 2]
            if at is None or (centre[0] < at[0] if past else centre[0] > at[0]):
                at = centre
        if at is None:
            continue
        if abs(float(end[0] - start[0])) > 5:
            one = _sources(pairs, b) == 1
            name = _label(hands[b if one else a], column, style)
            lines = sum(bool(x) for r in both_ways(hops, a, b) for x in words_of(r))
            at = _beside_an_end(start, end, one, name.count("\n"), lines, style)
        key = frozenset((a, b))
        if key in told:  # the way back is told with the way there, beyond both curves
            other, _, before = told[key]
            told[key] = (at if at[0] > other[0] else other, past, before + numbers)
        else:
            told[key] = (at, past, numbers)
    for at, past, numbers in told.values():
        _beside(made, at, [hops[k] for k in numbers], ways, column, style, left=past)


def _elbow(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    branching: bool,
    breaks: int,
    aside: float,
    style: Style,
) -> NDArray[np.float64]:
    """The line of a hop from a hand down to one in another column, past the names that stand
    right of marks: a branch crosses over just below its source, a way that joins another just
    above its target. `breaks` are the line breaks of the name there; the line runs `aside`."""
    name = 0.6 * style.text * (breaks + 1) + 3 * style.line
    room = max((11.5 if branching else 19.0) * style.line, name) + aside
    across = float(start[1]) - room if branching else float(end[1]) + room
    moved = np.array([aside, 0.0])
    start, end = start + moved, end + moved
    stops = [start, (start[0], across), (end[0], across), end]
    turn = min(5 * style.line, room * 0.6)
    points = [np.asarray(stops[0], float)]
    for before, here, after in zip(stops, stops[1:], stops[2:], strict=False):
        a, b, c = (np.asarray(one, float) for one in (before, here, after))
        into, out = (a - b) / (np.hypot(*(a - b)) or 1.0), (c - b) / (np.hypot(*(c - b)) or 1.0)
        share = np.linspace(0, 1, 8)[:, None]
        points += list((b + into * turn) * (1 - share) ** 2 + 2 * share * (1 - share) * b
                       + (b + out * turn) * share**2)  # fmt: skip
    corners = np.array([*points, np.asarray(stops[-1], float)])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    fine = np.linspace(0, along[-1], 160)
    return np.column_stack([np.interp(fine, along, corners[:, i]) for i in (0, 1)])


def _sources(pairs: Iterable[tuple[str, str]], target: str) -> int:
    return sum(b == target for _, b in pairs)


def _beside_an_end(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    at_target: bool,
    breaks: int,
    lines: int,
    style: Style,
) -> NDArray[np.float64]:
    """Where the middle of so many lines of words of a hop between columns stands: in the column
    that it has to itself, clear of the name there, which has so many line breaks."""
    away = 6.0 * style.line + 0.6 * style.text * (breaks + 1) + 0.65 * style.small * lines
    x, y = (end if at_target else start).tolist()
    above = (end[1] < start[1]) == at_target
    return np.array([x, y + away if above else y - away])


def _label(hand: Hand, column: float, style: Style) -> str:
    """The name in even lines, narrower where its column is narrow."""
    for width in (26, 20, 15, 11):
        words = balanced(hand.label, width)
        if extent(words, style.text, style)[0] * 1.08 < column * 0.86 - 11 * style.line:
            break
    return words


def _beside(
    made: Sheet,
    at: NDArray[np.float64],
    rows: list[dict[str, object]],
    ways: dict[str, Look],
    column: float,
    style: Style,
    *,
    left: bool = False,
) -> None:
    lines: list[tuple[str, str, str]] = []
    for row in rows:
        first, second = words_of(row)
        lines.append((first, readable(ways[way_of(row)].colour), "normal"))
        if second:
            lines.append((second, SOFT, "normal"))
    size = style.small
    step = size * 1.3
    y = at[1] + step * (len(lines) - 1) / 2
    for words, colour, weight in lines:
        while extent(words, size, style)[0] > column * 0.84 - 20 and len(words) > 12:
            words = words[: len(words) - 4].rstrip(" ,") + "…"
        made.area.text(
            at[0] + (-8 if left else 8) * style.line, y, words, size=size, color=colour,
            weight=weight, va="center_baseline", ha="right" if left else "left", family=list(style.family), zorder=7,
            path_effects=[patheffects.withStroke(linewidth=2 * style.line, foreground=PAPER)],
        )  # fmt: skip
        y -= step
