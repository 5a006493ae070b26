"""Room for the names of a network: how large they are written, and marks moved aside for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kgraph.network.network import Network
from kgraph.plots.frame import Sheet, balanced, extent
from kgraph.plots.labels import Wish, place
from kgraph.plots.layout import beside_strands, make_room, part_blocks, spread

FULL = 0.2
"""Share of the field that names may fill before they are written smaller."""

Points = NDArray[np.float64]


def names_of(data: Network, letters: NDArray[np.float64]) -> tuple[list[str], list[str]]:
    """The names as they are written, and how boldly."""
    n = data.size
    rank = np.argsort(np.argsort(-letters, kind="stable"))
    names = [balanced(name, 20) for _, _, name in data.names()]
    return names, ["bold" if rank[i] < max(2, n // 25) and n > 3 else "normal" for i in range(n)]


def size_of_names(made: Sheet, data: Network, letters: NDArray[np.float64]) -> float:
    """Size of the names, in points: smaller where there are many, or where they would fill the
    field."""
    style, n = made.style, data.size
    size = style.text * float(np.clip(1.12 - 0.003 * n, 0.74, 1.0))
    taken = 0.0
    for words, weight in zip(*names_of(data, letters), strict=True):
        width, height = extent(words, size, style, weight)
        taken += width * height
    share = taken / (made.width * made.height)
    return max(size * min(1.0, float(np.sqrt(FULL / max(share, 1e-9)))), 0.74 * style.text)


def room_for_all_names(
    made: Sheet,
    data: Network,
    points: Points,
    radii: NDArray[np.float64],
    letters: NDArray[np.float64],
    strands: dict[tuple[int, int], float],
) -> Points:
    """Marks moved apart so that each has its name below it, and out of thick strands of lines
    between two others: (from, to) -> how far these reach to the side."""
    if not data.size:
        return points
    size = size_of_names(made, data, letters)
    extents = np.array([extent(words, size, made.style, weight) for words, weight in
                        zip(*names_of(data, letters), strict=True)])  # fmt: skip
    halves = np.column_stack([
        np.maximum(extents[:, 0] / 2, radii) + 2.5, radii + extents[:, 1] / 2 + 3.0,
    ])  # fmt: skip
    lift = -extents[:, 1] / 2
    for _ in range(4):
        points = part_blocks(points, halves, made.width, made.height, lift)
        points = beside_strands(points, radii + 3.0, strands)
    return part_blocks(points, halves, made.width, made.height, lift)


def room_for_names(
    made: Sheet,
    data: Network,
    points: Points,
    radii: NDArray[np.float64],
    letters: NDArray[np.float64],
) -> Points:
    """Lesser marks moved aside where the names of the greatest nodes shall stand."""
    first = np.argsort(-letters, kind="stable")[: max(6, data.size // 12)]
    labels = data.nodes["label"].to_list()
    bounds = (0.0, 0.0, made.width, made.height)
    for _ in range(4):
        wishes = []
        for i in first:
            w, h = extent(
                balanced(labels[i], 20), size_of_names(made, data, letters), made.style, "bold"
            )
            wishes.append(Wish(points[i, 0], points[i, 1], radii[i] * 1.1, w, h, letters[i]))
        great = np.column_stack([points[first], radii[first] * 1.15])
        places = place(wishes, great, points, bounds, rings=2)
        boxes = np.array([p.box if p else (-9, -9, -8, -8) for p in places])
        moved = make_room(points, radii + 1.0, boxes, [int(i) for i in first])
        if np.allclose(moved, points):
            break
        points = spread(moved, radii, made.width, made.height, gap=1.5, rounds=30)
        points = make_room(points, radii + 1.0, boxes, [int(i) for i in first])
    return points
