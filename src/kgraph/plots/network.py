"""Who wrote to whom: nodes sized by letters, curved arrows as wide as they carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from matplotlib import patheffects
from matplotlib.figure import Figure
from numpy.typing import NDArray

from kgraph.network.backbone import backbone_of
from kgraph.network.network import Network
from kgraph.network.summary import way
from kgraph.plots import keys
from kgraph.plots.frame import Sheet, extent, sheet
from kgraph.plots.labels import Wish, along, place
from kgraph.plots.layout import (
    height_for,
    positions,
)
from kgraph.plots.marks import arrow, clipped, curve, mark
from kgraph.plots.name_room import names_of, room_for_all_names, room_for_names, size_of_names
from kgraph.plots.style import (
    INK,
    PAPER,
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

LARGE = 400
"""More nodes than this are drawn as circles of correspondents."""
PROJECTED = 150
"""The same on slides, whose words are larger."""
NAMED = 80
"""Up to so many nodes marks give way until every name stands beside its own."""
STRAND = 12.0
"""Lines of one pair that reach farther to the side, in points, are a strand to be kept free."""
LINES = 240
"""Of more ties than this only the backbone is drawn."""

BUNDLED = 400
"""Of more arrows than this those of one pair and direction are drawn as one."""

Points = NDArray[np.float64]
Arrange = Callable[[Network, NDArray[np.float64], float, float], Points]


def ties_by_channel(network: Network) -> pl.DataFrame:
    """The numbers behind the picture: s, t, source, target, channel, weight, documents."""
    return (
        network.letters.filter(pl.col("s") != pl.col("t"))
        .with_columns(way())
        .group_by("s", "t", "channel")
        .agg(
            pl.col("source").first(), pl.col("target").first(),
            pl.col("source_label").first(), pl.col("target_label").first(),
            pl.col("weight").sum(), pl.col("document").n_unique().alias("documents"),
        )
        .sort("s", "t", "weight", "channel", descending=[False, False, True, False])
    )  # fmt: skip


def letters_of(network: Network) -> NDArray[np.float64]:
    """Letters sent and received by each node."""
    s, t, w = network.ends
    n = network.size
    both: NDArray[np.float64] = (np.bincount(s, w, n) + np.bincount(t, w, n)).astype(np.float64)
    return both


def _bundled(ties: pl.DataFrame) -> pl.DataFrame:
    """One row a pair and direction, with the channel that most of its letters took."""
    return (
        ties.sort("s", "t", "weight", "channel", descending=[False, False, True, False])
        .group_by("s", "t", maintain_order=True)
        .agg(
            pl.col("source", "target", "source_label", "target_label", "channel").first(),
            pl.col("weight", "documents").sum(),
        )
        .select(ties.columns)
    )


@dataclass(frozen=True)
class _Line:
    s: int
    t: int
    look: Look
    weight: float
    words: str
    rank: int  # among the parallel lines of its pair and direction
    answered: bool
    offset: float  # points left of the straight way, so that parallel lines lie side by side
    widest: float = 0.0  # the largest offset of its pair


def network(
    data: Network,
    *,
    title: str = "Who wrote to whom",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
    note: str = "",
    arrange: Arrange | None = None,
) -> Figure:
    """Every node and its ties, up to `LARGE` nodes; more are drawn as `circles`.

    Of more than `LINES` ties only the backbone is drawn, and the picture says so.
    `note` says what else was left out, and stands with the source. `arrange` gives the
    points of the nodes where they shall not be laid out by their ties alone.
    """
    if data.size > (PROJECTED if style == "slides" else LARGE) and arrange is None:
        from kgraph.plots.circles import circles

        return circles(data, title=title, subtitle=subtitle, source=source, style=style)
    look = style_named(style)
    ties = ties_by_channel(data)
    if data.ties.height > LINES:
        kept = backbone_of(data, max(LINES, int(1.1 * data.size)))
        note = f"{note} {kept.words()}".strip()
        ties = ties.join(data.ties.filter(pl.Series(kept.keep)), on=["s", "t"], how="semi")
    if ties.height > BUNDLED:
        ties = _bundled(ties)
        note = f"{note} Arrows of several channels have the colour of the busiest.".strip()
    channels, merged = channel_looks(ties["channel"].to_list())
    sides = side_looks(data.nodes["side"].to_list())
    letters = letters_of(data)
    radii = radii_of(letters, look)
    lines = _lines(ties, channels, look, data.size)
    thickest = max((line.weight for line in lines), default=1.0)
    said = " ".join(x for x in (note, source) if x)
    sections = _sections(lines, sides, letters, radii, thickest, look, merged)
    key_height, draw_key = keys.measured(sections, look, look.width * 72 - 3.2 * look.text)
    around = (title, subtitle, said, key_height, draw_key)
    page = look.height * (1.32 if data.size > 40 and look.name == "print" else 1.0)
    full = sheet(look, *around, size=(look.width, page))
    shown = data.part(data.letters.join(ties.select("s", "t").unique(), on=["s", "t"], how="semi"))
    tall = full.height if arrange else height_for(shown.matrix, radii, full.width, full.height)
    made = sheet(look, *around, size=(look.width, page - (full.height - tall) / 72))
    points = (arrange or _by_ties)(shown, radii, made.width, made.height)
    if arrange is None:
        if data.size > NAMED:
            points = room_for_names(made, data, points, radii, letters)
        else:
            strands = {
                (line.s, line.t): line.widest + 0.5 * STRAND
                for line in lines
                if line.widest > STRAND
            }
            points = room_for_all_names(made, data, points, radii, letters, strands)
    widths = [width_of(line.weight, thickest, look, data.size) for line in lines]
    heads = [_head(width, data.size) for width in widths]
    drawn = _draw_lines(made, lines, points, radii, widths, heads)
    _draw_nodes(made, data, points, radii, letters, sides)
    left = label(made, data, points, radii, letters, drawn, heads, lines)
    if left:
        words = f"{left} of {data.size} names have no room and are left out."
        _remark(made, words)
    return made.figure


def _by_ties(data: Network, radii: NDArray[np.float64], width: float, height: float) -> Points:
    return positions(data.matrix, radii, width, height)


def _remark(made: Sheet, words: str) -> None:
    made.area.text(
        made.width, 0, words, size=made.style.small, color=SOFT, ha="right", va="bottom",
        style="italic", family=list(made.style.family), zorder=9,
        path_effects=[patheffects.withStroke(linewidth=2, foreground=PAPER)],
    )  # fmt: skip


def radii_of(letters: NDArray[np.float64], style: Style) -> NDArray[np.float64]:
    """Radius of each mark in points: its area grows with the letters."""
    n = max(len(letters), 1)
    largest = float(np.clip(64.0 / np.sqrt(n), 6.5, 17.0)) * style.line
    least = float(np.clip(14.0 / np.sqrt(n), 1.7, 4.2)) * style.line
    share = letters / max(float(letters.max(initial=1.0)), 1.0)
    return np.sqrt(least**2 + (largest**2 - least**2) * share)


def width_of(weight: float, thickest: float, style: Style, crowd: int) -> float:
    """Width of a line in points: its square root grows with the letters."""
    most = np.clip(22.0 / np.sqrt(max(crowd, 1)), 2.2, 5.0) * style.line
    least = np.clip(4.0 / np.sqrt(max(crowd, 1)), 0.45, 0.9) * style.line
    return float(least + (most - least) * np.sqrt(weight / thickest))


def _lines(ties: pl.DataFrame, looks: dict[str, Look], style: Style, n: int) -> list[_Line]:
    pairs = set(ties.select("s", "t").unique().iter_rows())
    gathered: dict[tuple[int, int, Look], list[tuple[str, str, str, float]]] = {}
    for row in ties.iter_rows(named=True):
        gathered.setdefault((row["s"], row["t"], looks[row["channel"]]), []).append(
            (row["source_label"], row["target_label"], row["channel"], row["weight"])
        )
    made: list[_Line] = []
    ranks: dict[tuple[int, int], int] = {}
    edges: dict[tuple[int, int], float] = {}
    weights = [sum(row[3] for row in rows) for rows in gathered.values()]
    thickest = max(weights, default=1.0)
    apart = float(np.clip(30.0 / np.sqrt(max(n, 1)), 2.0, 4.5)) * style.line
    order = sorted(
        gathered.items(), key=lambda x: (x[0][0], x[0][1], -sum(r[3] for r in x[1]), x[0][2].label)
    )
    for (s, t, look), rows in order:
        rank = ranks.get((s, t), 0)
        ranks[s, t] = rank + 1
        weight = sum(row[3] for row in rows)
        ways = ", ".join(f"{row[2]} {row[3]:g}" for row in rows)
        words = f"{rows[0][0]} to {rows[0][1]}: {weight:g} ({ways})"
        answered = (t, s) in pairs
        width = width_of(weight, thickest, style, n)
        before = edges.get((s, t), apart / 2 if answered else -width / 2)
        edges[s, t] = before + width + apart
        made.append(_Line(s, t, look, weight, words, rank, answered, before + width / 2))
    return [replace(line, widest=edges[line.s, line.t]) for line in made]


def _sections(
    lines: list[_Line],
    sides: dict[str | None, SideLook],
    letters: NDArray[np.float64],
    radii: NDArray[np.float64],
    thickest: float,
    style: Style,
    merged: bool,
) -> list[keys.Section]:
    met = {line.look.label: line.look for line in lines}
    counts = {name: sum(x.weight for x in lines if x.look.label == name) for name in met}
    ways = [
        keys.line_entry(met[name], style, f"{name} ({counts[name]:g})")
        for name in sorted(met, key=lambda x: (-counts[x], x))
    ]
    plain = Look(SOFT, SOLID, "")
    widths = [
        keys.stroke_entry(plain, style, f"{n}", width_of(n, thickest, style, len(radii)))
        for n in keys.round_steps(thickest)
    ]
    most = float(letters.max(initial=1.0))
    scale = SideLook("circle", "#eeeeee", SOFT, "")
    sizes = []
    for n in keys.round_steps(most):
        made = radii_of(np.append(letters, [n]), style)[-1]
        full = radii_of(letters, style).max(initial=1.0)
        sizes.append(keys.mark_entry(scale, style, f"{n}", float(min(made, full))))
    shapes = {look.label: look for look in sides.values()}
    marks = [keys.mark_entry(look, style) for look in shapes.values()]
    return [
        keys.Section("Ways" if merged else "Channels", ways),
        keys.Section("Sides", marks),
        keys.Section("Letters", [*sizes, *widths]),
    ]


def _draw_lines(
    made: Sheet,
    lines: list[_Line],
    points: Points,
    radii: NDArray[np.float64],
    widths: list[float],
    heads: list[float],
) -> list[Points]:
    """The lines, the thinnest first, with their heads; the path of each."""
    casing = len(lines) <= 250
    order = sorted(range(len(lines)), key=lambda k: (lines[k].weight, k))
    paths = [_path(line, points, radii, len(radii)) for line in lines]
    for z, k in enumerate(order):
        line, above = lines[k], 2 + z / (len(lines) + 1)
        parts = arrow(made.area, paths[k], line.look, widths[k], heads[k], above, casing)
        for p, part in enumerate(parts):
            made.name(part, f"line-{k}-{p}", line.words)
    return paths


def _head(width: float, n: int) -> float:
    """Length of the arrowhead of a line so wide among `n` nodes, in points."""
    return (3.0 + 1.5 * width) if n > 60 else (4.6 + 1.7 * width)


def _path(line: _Line, points: Points, radii: NDArray[np.float64], n: int) -> Points:
    """The curve of a line: to the left of its way, clear of other marks where it can be."""
    start, end = points[line.s], points[line.t]
    chord = float(np.hypot(*(end - start)))
    bends = [line.offset + (float(np.clip(chord * 0.05, 1.5, 8.0)) if line.answered else 0.0)]
    if line.rank == 0 and n <= 120:
        bends += [bends[0] + extra for extra in (chord * 0.08, chord * 0.16, chord * 0.26)]
    way = (end - start) / (chord or 1.0)
    left = np.array([-way[1], way[0]])
    room = max(line.widest * 0.55, 1e-9)
    start_at = start + left * line.offset * 0.55 * min(1.0, radii[line.s] * 0.85 / room)
    end_at = end + left * line.offset * 0.55 * min(1.0, radii[line.t] * 0.85 / room)
    others = np.delete(np.arange(len(points)), [line.s, line.t])
    best, least = None, np.inf
    for k, bend in enumerate(bends):
        path = curve(start_at, end_at, bend - line.offset * 0.3)
        cut = clipped(path, start, radii[line.s] * 1.12 + 0.6, end, radii[line.t] * 1.12 + 0.9)
        if len(bends) == 1:
            return cut
        gap = (
            np.hypot(cut[:, None, 0] - points[others, 0], cut[:, None, 1] - points[others, 1]).min(
                axis=0, initial=np.inf
            )
            - radii[others]
        )
        cost = float(np.maximum(2.5 - gap, 0).sum()) + 1.2 * k
        if cost < least:
            best, least = cut, cost
    assert best is not None
    return best


def _draw_nodes(
    made: Sheet,
    data: Network,
    points: Points,
    radii: NDArray[np.float64],
    letters: NDArray[np.float64],
    sides: dict[str | None, SideLook],
) -> None:
    line = float(np.clip(5.0 / np.sqrt(max(len(radii), 1)), 0.5, 1.0)) * made.style.line
    s, t, w = data.ends
    sent, got = np.bincount(s, w, data.size), np.bincount(t, w, data.size)
    side = data.nodes["side"].to_list()
    for i, key, name in data.names():
        x, y = points[i]
        made.area.add_artist(
            mark(SideLook(sides[side[i]].shape, PAPER, PAPER, ""), x, y, radii[i] + 1.1, 0, 4.9)
        )
        patch = made.area.add_artist(mark(sides[side[i]], x, y, radii[i], line))
        made.name(patch, f"node-{i}", f"{name} ({key}): sent {sent[i]:g}, received {got[i]:g}")


def label(
    made: Sheet,
    data: Network,
    points: Points,
    radii: NDArray[np.float64],
    letters: NDArray[np.float64],
    drawn: list[Points],
    heads: list[float],
    lines: list[_Line],
) -> int:
    """Names beside nodes, numbers on lines; how many names found no room."""
    style = made.style
    n = data.size
    size = size_of_names(made, data, letters)
    names, weights = names_of(data, letters)
    wishes = []
    for i, name in enumerate(names):
        w, h = extent(name, size, style, weights[i])
        wishes.append(Wish(points[i, 0], points[i, 1], radii[i] * 1.08, w, h, letters[i]))
    marks = np.column_stack([points, radii * 1.1])
    bounds = (0.0, 0.0, made.width, made.height)
    places = place(
        wishes,
        marks,
        along(drawn, heads),
        bounds,
        rings=7 if n <= NAMED else 4,
        first=max(6, n // 12),
    )
    halo = [patheffects.withStroke(linewidth=2.2 * style.line, foreground=PAPER, alpha=0.92)]
    boxes = []
    for i, where in enumerate(places):
        if where is None:
            continue
        boxes.append(where.box)
        x, y = where.centre
        if where.far:
            bx = float(np.clip(points[i, 0], where.box[0], where.box[2]))
            by = float(np.clip(points[i, 1], where.box[1], where.box[3]))
            made.area.plot([points[i, 0], bx], [points[i, 1], by], color=SOFT,
                           linewidth=0.5 * style.line, zorder=4.5)  # fmt: skip
        text = made.area.text(
            x, y, names[i], size=size, color=INK, ha="center", va="center", weight=weights[i],
            family=list(style.family), linespacing=1.05, zorder=8, path_effects=halo,
        )  # fmt: skip
        text.set_gid(f"kg-label-{i}")
    if len(lines) <= 60 and n <= 45:
        _numbers(made, lines, drawn, np.array(boxes).reshape(-1, 4), marks)
    return sum(where is None for where in places)


def _numbers(
    made: Sheet, lines: list[_Line], drawn: list[Points], boxes: Points, marks: Points
) -> None:
    """The number of letters on each line, where there is room."""
    style = made.style
    size = style.small * 0.86
    used = boxes
    for line, path in sorted(zip(lines, drawn, strict=True), key=lambda x: -x[0].weight):
        if line.weight <= 1:
            continue
        words = f"{line.weight:g}"
        w, h = extent(words, size, style)
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73):
            x, y = path[int(share * (len(path) - 1))]
            box = np.array([x - w / 2 - 1, y - h / 2, x + w / 2 + 1, y + h / 2])
            clear = (
                not len(used)
                or not (
                    (box[0] < used[:, 2] + 1) & (used[:, 0] < box[2] + 1)
                    & (box[1] < used[:, 3] + 1) & (used[:, 1] < box[3] + 1)
                ).any()
            )  # fmt: skip
            far = np.hypot(marks[:, 0] - x, marks[:, 1] - y) > marks[:, 2] + max(w, h) * 0.6
            if clear and far.all():
                used = np.vstack([used, box])
                made.area.text(
                    x, y, words, size=size, color=readable(line.look.colour), ha="center", va="center",
                    family=list(style.family), zorder=7,
                    path_effects=[patheffects.withStroke(linewidth=2.4 * style.line, foreground=PAPER)],
                ).set_gid(f"kg-number-{line.s}-{line.t}-{line.rank}")  # fmt: skip
                break
