"""Senders by addressees: every pair's number of letters in its cell."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kgraph.network.network import Network
from kgraph.plots import keys
from kgraph.plots.frame import extent, sheet
from kgraph.plots.network import letters_of
from kgraph.plots.style import FAINT, INK, SOFT, SideLook, Style, side_looks, style_named

MOST = 60
_LEAST = 5.0  # points of a name, the smallest that print takes
_SHADES = LinearSegmentedColormap.from_list("letters", ["#eef3f8", "#9ecae1", "#2171b5", "#08306b"])


def cells(data: Network, most: int = MOST) -> tuple[pl.DataFrame, list[int], int]:
    """Letters of every pair, the order of nodes by side and strength, and how many are left out.

    Columns: source, target, source_label, target_label, weight.
    """
    letters = letters_of(data)
    keep = np.argsort(-letters, kind="stable")[:most]
    sides = data.nodes["side"].fill_null("~").to_list()
    weight_of = {side: sum(letters[i] for i in keep if sides[i] == side) for side in set(sides)}
    order = sorted(
        (int(i) for i in keep), key=lambda i: (-weight_of[sides[i]], sides[i], -letters[i], i)
    )
    ids, labels = data.nodes["id"], data.nodes["label"]
    rows = data.ties.filter(pl.col("s").is_in(set(order)) & pl.col("t").is_in(set(order))).select(
        "s", "t", "weight"
    )
    names = pl.DataFrame({"n": range(data.size), "id": ids, "label": labels}).with_columns(
        pl.col("n").cast(pl.Int64)
    )
    table = (
        rows.join(names.rename({"n": "s", "id": "source", "label": "source_label"}), on="s")
        .join(names.rename({"n": "t", "id": "target", "label": "target_label"}), on="t")
        .sort("s", "t")
    )
    return table, order, data.size - len(order)


def matrix(
    data: Network,
    *,
    title: str = "Who wrote to whom",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """A square of cells; rows send, columns receive; dark means many letters."""
    look = style_named(style)
    page = (look.width, look.height * 1.12)
    sides = side_looks(data.nodes["side"].to_list())
    most = float(cells(data)[0]["weight"].max() or 1.0)  # type: ignore[arg-type]
    key_height, draw_key = keys.measured(
        _sections(sides, most, look), look, look.width * 72 - 3.2 * look.text
    )
    words = 3.2 * look.text + 3 * look.title + 2.4 * look.small  # above and below the square
    high, wide = page[1] * 72 - words - key_height, look.width * 72 - 3.2 * look.text
    table, order, left, labels, size = _fitted(data, look, high, wide)
    place = {node: k for k, node in enumerate(order)}
    n = len(order)
    note = f"The {n} with most letters; {left} others are left out. " if left else ""
    longest = _longest(labels, size, look)
    beside = _beside(data, order, labels, size, look, wide - min(high, wide) + longest)
    made = sheet(
        look, title, subtitle, note + source, key_height, draw_key,
        margins=(_longest(beside, size, look), 0.0), size=page,
    )  # fmt: skip
    axes = made.area
    room = min(made.width - longest * 0.4, made.height - longest)
    box = axes.get_position()
    fw, fh = page[0] * 72, page[1] * 72
    axes.set_position((box.x0, box.y1 - (longest + room) / fh, room / fw, room / fh))
    grid = np.zeros((n, n))
    for s, t, w in table.select("s", "t", "weight").iter_rows():
        grid[place[s], place[t]] = w
    norm = _norm(most)
    axes.set_xlim(0, max(n, 1))
    axes.set_ylim(max(n, 1), 0)
    for i in range(n):
        axes.plot([0, n], [i, i], color=FAINT, linewidth=0.3, zorder=1)
        axes.plot([i, i], [0, n], color=FAINT, linewidth=0.3, zorder=1)
        axes.add_patch(_cell(i, i, "#e3e3e3"))
    for k, row in enumerate(table.iter_rows(named=True)):
        i, j, w = place[row["s"]], place[row["t"]], row["weight"]
        patch = axes.add_patch(_cell(i, j, _SHADES(norm(w))))
        made.name(patch, f"cell-{k}", f"{row['source_label']} to {row['target_label']}: {w:g}")
        if n <= 32:
            dark = norm(w) > 0.55
            axes.text(j + 0.5, i + 0.52, f"{w:g}", ha="center", va="center_baseline",
                      size=size * 0.92, color="white" if dark else INK,
                      family=list(look.family), zorder=4)  # fmt: skip
    colours = [sides[data.nodes["side"][i]].edge for i in order]
    family = list(look.family)
    axes.set_yticks([i + 0.5 for i in range(n)], beside, size=size, family=family)
    axes.set_xticks([i + 0.5 for i in range(n)], labels, size=size, rotation=90, family=family)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=3)
    for ticks in (axes.get_yticklabels(), axes.get_xticklabels()):
        for k, (tick, colour) in enumerate(zip(ticks, colours, strict=True)):
            tick.set_color(colour)
            tick.set_gid(f"kg-label-{k}")
    for spine in axes.spines.values():
        spine.set_color(SOFT)
        spine.set_linewidth(0.6)
    return made.figure


def _fitted(
    data: Network, look: Style, high: float, wide: float
) -> tuple[pl.DataFrame, list[int], int, list[str], float]:
    """The `cells` that `high` x `wide` points hold with names beside them, the names and their size.

    Names get smaller first, then shorter; then fewer are shown.
    """
    smallest = _LEAST * look.text / 7.6
    many = MOST
    while True:
        table, order, left = cells(data, many)
        named = [str(data.nodes["label"][i]) for i in order]
        for letters in (44, 34, 26):
            labels = [_shortened(x, letters) for x in named]
            for size in np.linspace(look.text, smallest, 8).tolist():
                room = min(high, wide) - _longest(labels, size, look)
                if room >= 1.25 * size * len(order):
                    return table, order, left, labels, size
        if many <= 8:
            return table, order, left, labels, smallest
        many = min(many, len(order)) - 2


def _longest(labels: list[str], size: float, look: Style) -> float:
    """Points that the longest name takes, with its distance from the square."""
    return max((extent(x, size, look)[0] for x in labels), default=30) + 16


def _beside(
    data: Network, order: list[int], labels: list[str], size: float, look: Style, room: float
) -> list[str]:
    """The names of the rows: whole, or less shortened than those above, where the page has `room`."""
    named = [str(data.nodes["label"][i]) for i in order]
    for letters in (200, 60, 44):
        longer = [_shortened(x, letters) for x in named]
        if _longest(longer, size, look) <= room:
            return longer
    return labels


def _shortened(label: str, most: int = 44) -> str:
    """A long label without words of its middle: what tells it from others is often its end."""
    if len(label) <= most:
        return label
    words = label.split()
    head, tail = words[:1], words[1:]
    while len(tail) > 1 and len(" ".join([*head, "…", *tail])) > most:
        if len(" ".join(head)) < most / 3 and len(" ".join([*head, tail[0]])) < most / 2:
            head.append(tail[0])
        tail = tail[1:]
    return " ".join([*head, "…", *tail])


def _sections(sides: dict[str | None, SideLook], most: float, style: Style) -> list[keys.Section]:
    named = {x.label: x for x in sides.values()}
    names = [
        keys.mark_entry(SideLook("square", x.edge, x.edge, x.label), style) for x in named.values()
    ]
    shades = [
        keys.mark_entry(
            SideLook("square", to_hex(_SHADES(_norm(most)(n))), SOFT, ""), style, f"{n}"
        )
        for n in keys.round_steps(most)
    ]
    words = keys.Entry("rows send, columns receive", 0.0, lambda axes, x, y: None)
    return [keys.Section("Names", names), keys.Section("Letters", [*shades, words])]


def _norm(most: float) -> Normalize:
    return LogNorm(0.8, max(most, 2)) if most > 12 else Normalize(0, max(most, 2))


def _cell(i: int, j: int, colour: object) -> Rectangle:
    return Rectangle(
        (j, i),
        1,
        1,
        facecolor=colour,
        edgecolor="white",
        linewidth=0.4,
        zorder=3,
    )
