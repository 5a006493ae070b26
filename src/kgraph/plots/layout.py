"""Where the nodes stand: the same network gives the same picture, always."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components, shortest_path

Points = NDArray[np.float64]


def positions(
    matrix: sparse.csr_array, radii: NDArray[np.float64], width: float, height: float
) -> Points:
    """Points for nodes in a field of `width` x `height`, no two marks overlapping.

    Each component is laid out by stress majorization (Gansner, Koren and North 2004,
    https://doi.org/10.1007/978-3-540-31843-9_25) from classical scaling; components are packed
    side by side, the largest first. `matrix` is any (directed) adjacency matrix.
    """
    n = matrix.shape[0]
    if n == 0:
        return np.zeros((0, 2))
    points = _packed(matrix, radii, width, height)
    parts, _ = connected_components(matrix, directed=False)
    fitted = fit(points, radii, width, height, 1.4 if parts == 1 else 1.12)
    return spread(fitted, radii, width, height)


def height_for(
    matrix: sparse.csr_array, radii: NDArray[np.float64], width: float, height: float
) -> float:
    """The height, at most `height`, that the picture needs at its `width`."""
    if matrix.shape[0] < 2:
        return min(height, 160.0)
    points = _packed(matrix, radii, width, height)
    parts, _ = connected_components(matrix, directed=False)
    span = points.max(0) - points.min(0) + 2 * float(radii.max())
    if parts > 1:
        return float(np.clip(span[1] + 66.0, 0.4 * height, height))
    wanted = 1.05 * span[1] / max(span[0], 1e-9) * width + 44.0
    return float(np.clip(wanted, 0.4 * height, height))


def _packed(
    matrix: sparse.csr_array, radii: NDArray[np.float64], width: float, height: float
) -> Points:
    """Components laid out and packed, at about the scale of the field."""
    n = matrix.shape[0]
    both = sparse.csr_array(matrix + matrix.T)
    both.sort_indices()
    both.indptr, both.indices = both.indptr.astype(np.int32), both.indices.astype(np.int32)
    _, label = connected_components(both, directed=False)
    sizes = np.bincount(label)
    parts = [np.flatnonzero(label == c) for c in np.argsort(-sizes, kind="stable")]
    laid = [_component(both[part][:, part]) for part in parts]
    laid[0] = _widened(laid[0], width / height)
    points = np.zeros((n, 2))
    unit = 10.0
    for _ in range(4):
        packed = _pack([unit * p for p in laid], [radii[p] for p in parts], width, height)
        for part, place in zip(parts, packed, strict=True):
            points[part] = place
        span = np.maximum(points.max(0) - points.min(0), 1e-9)
        scale = float(min((width - 80) / span[0], (height - 30) / span[1]))
        if len(parts) == 1 or 0.97 < scale < 1.03:
            break
        unit = float(np.clip(unit * scale, 0.5, 45.0))
    return points


WIDENED = 1.5
"""How much wider a layout may be made at most to fill a field that is wider than high."""


def _widened(points: Points, shape: float) -> Points:
    """The largest component, wider where the field's `shape` (width / height) leaves room beside
    it: names are wider than high too."""
    span = points.max(0) - points.min(0)
    if len(points) < 12 or span[1] < 1e-9:
        return points
    wider = float(np.clip(0.8 * shape * span[1] / max(span[0], 1e-9), 1.0, WIDENED))
    return np.asarray(points * np.array([wider, 1.0]))


def _component(matrix: sparse.csr_array) -> Points:
    return _laid(matrix.shape[0], matrix.indptr.tobytes(), matrix.indices.tobytes()).copy()


@lru_cache(maxsize=128)
def _laid(n: int, starts: bytes, ends: bytes) -> Points:
    """One component laid out; the same one is asked for twice, for the height and to draw."""
    indptr, indices = np.frombuffer(starts, np.int32), np.frombuffer(ends, np.int32)
    matrix = sparse.csr_array((np.ones(len(indices)), indices, indptr), shape=(n, n))
    if n == 1:
        return np.zeros((1, 2))
    if n == 2:
        return np.array([[-0.7, 0.0], [0.7, 0.0]]) * 3
    distance = _wanted(matrix)
    return _level(_majorize(_scaling(distance), distance, 300 if n <= 400 else 80))


def _wanted(matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Hops between nodes, with neighbours that share no neighbour pulled closer."""
    hops = shortest_path(matrix, directed=False, unweighted=True)
    degree = np.diff(sparse.csr_array(matrix).indptr).astype(float)
    crowd = np.sqrt(np.maximum(degree, 1.0))
    room = 1.0 + 0.08 * (crowd[:, None] + crowd[None, :])  # hubs need room around them
    wanted = np.where(hops <= 1, hops * room, hops * 1.25)
    return np.asarray(wanted) * 3.0


def _scaling(distance: NDArray[np.float64]) -> Points:
    """Classical scaling: the plane that keeps most of the distances."""
    n = len(distance)
    squared = distance**2
    centred = -0.5 * (squared - squared.mean(0)[None] - squared.mean(1)[:, None] + squared.mean())
    if n > 30:
        from scipy.sparse.linalg import eigsh

        values, vectors = eigsh(centred, 2, v0=np.ones(n))
    else:
        values, vectors = np.linalg.eigh(centred)
        values, vectors = values[-2:], vectors[:, -2:]
    points = vectors * np.sqrt(np.maximum(values, 1e-9))
    points *= np.where(points[np.abs(points).argmax(0), [0, 1]] < 0, -1, 1)
    turn = np.arange(n) * 2.399963  # equal points are set apart on a spiral
    made: Points = points[:, ::-1] + 0.05 * np.column_stack([np.cos(turn), np.sin(turn)]) * np.sqrt(
        np.arange(1, n + 1)[:, None] / n
    )
    return made


def _majorize(points: Points, distance: NDArray[np.float64], rounds: int) -> Points:
    n = len(points)
    with np.errstate(divide="ignore"):
        weight = np.where(distance > 0, distance**-2.0, 0.0)
    laplacian = np.diag(weight.sum(1)) - weight
    inverse = np.linalg.inv(laplacian + 1.0 / n)
    product = weight * distance
    last = np.inf
    for _ in range(rounds):
        gap = np.hypot(
            points[:, None, 0] - points[None, :, 0], points[:, None, 1] - points[None, :, 1]
        )
        stress = float((weight * (gap - distance) ** 2).sum())
        if last - stress < 1e-5 * max(stress, 1e-12):
            break
        last = stress
        ratio = np.divide(product, gap, out=np.zeros_like(gap), where=gap > 1e-9)
        b = np.diag(ratio.sum(1)) - ratio
        points = inverse @ (b @ points)
    return points


def _level(points: Points) -> Points:
    """Turned so that the longer way lies level; the same way up for the same network."""
    centred = points - points.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned: Points = centred @ axes.T
    for axis in (0, 1):
        if (turned[:, axis] ** 3).sum() < 0:
            turned[:, axis] *= -1
    return turned


def _pack(
    parts: list[Points], radii: list[NDArray[np.float64]], width: float, height: float
) -> list[Points]:
    """Components on shelves, the first the largest, in a field of the shape `width` x `height`."""
    room = float(np.clip(np.sqrt(width * height / sum(map(len, parts))) * 0.3, 5.0, 26.0))
    boxes = []
    for points, radius in zip(parts, radii, strict=True):
        low = (points - radius[:, None]).min(0) - room
        high = (points + radius[:, None]).max(0) + room
        boxes.append((low, high - low))
    area = sum(float(size[0] * size[1]) for _, size in boxes)
    widest = max(float(size[0]) for _, size in boxes)
    shelf = max(widest, np.sqrt(area * width / height) * 1.05)
    rows: list[list[int]] = [[]]
    x = 0.0
    for k, (_, size) in enumerate(boxes):
        if rows[-1] and x + size[0] > shelf:
            rows.append([])
            x = 0.0
        rows[-1].append(k)
        x += float(size[0])
    placed: list[Points] = list(parts)
    y = 0.0
    for row in rows:
        spare = max(0.0, shelf - sum(float(boxes[k][1][0]) for k in row)) / (len(row) + 1)
        tall = max(float(boxes[k][1][1]) for k in row)
        x = spare
        for k in row:
            low, size = boxes[k]
            placed[k] = parts[k] - low + np.array([x, y - (tall + size[1]) / 2])
            x += float(size[0]) + spare
        y -= tall
    return placed


def fit(
    points: Points,
    radii: NDArray[np.float64],
    width: float,
    height: float,
    stretch: float = 1.4,
) -> Points:
    """Scaled into the field, marks and a margin for labels included; a little stretched."""
    margin = np.array([min(46.0, width * 0.09), min(20.0, height * 0.06)])
    reach = float(radii.max(initial=0.0))
    room = np.array([width, height]) - 2 * (margin + reach)
    low, high = points.min(0), points.max(0)
    span = np.maximum(high - low, 1e-9)
    scale = room / span
    if len(points) == 1:
        return np.array([[width / 2, height / 2]])
    least = float(
        min(scale[0] if span[0] > 1e-6 else np.inf, scale[1] if span[1] > 1e-6 else np.inf)
    )
    scale = np.minimum(scale, least * stretch)
    scale = np.where(span > 1e-6, scale, 1.0)
    return np.asarray((points - (low + high) / 2) * scale + np.array([width, height]) / 2)


def spread(
    points: Points,
    radii: NDArray[np.float64],
    width: float,
    height: float,
    gap: float | None = None,
    rounds: int = 200,
) -> Points:
    """Marks pushed apart until none is nearer than `gap` to another, kept in the field."""
    from scipy.spatial import cKDTree

    n = len(points)
    if n < 2:
        return points
    free = width * height / n
    gap = min(14.0, 0.36 * float(np.sqrt(free))) if gap is None else gap
    points = points.copy()
    reach = float(radii.max()) * 2 + gap
    for _ in range(rounds):
        pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
        if not len(pairs):
            break
        i, j = pairs[:, 0], pairs[:, 1]
        delta = points[j] - points[i]
        far = np.hypot(delta[:, 0], delta[:, 1])
        wanted = radii[i] + radii[j] + gap
        near = far < wanted - 0.05
        if not near.any():
            break
        i, j, delta, far, wanted = i[near], j[near], delta[near], far[near], wanted[near]
        way = np.where(
            far[:, None] > 1e-6,
            delta / np.maximum(far, 1e-6)[:, None],
            np.column_stack([np.cos(i * 2.4), np.sin(i * 2.4)]),
        )
        push = way * ((wanted - far) * 0.5)[:, None]
        np.add.at(points, i, -push * 0.7)
        np.add.at(points, j, push * 0.7)
        inset = radii[:, None] + 2.0
        points = np.clip(points, inset, np.array([width, height]) - inset)
    return points


def free_side(points: Points, s: NDArray[Any], t: NDArray[Any]) -> NDArray[np.float64]:
    """For each mark 1 where most that it is tied to stands below it, so that a name above lies on
    no line, and else -1. `s` and `t` are the ends of the ties."""
    way = points[t] - points[s]
    steep = way[:, 1] / np.maximum(np.hypot(*way.T), 1e-9)
    pull = np.bincount(s, steep, len(points)) - np.bincount(t, steep, len(points))
    return np.where(pull < -0.3, 1.0, -1.0)


def part_blocks(
    points: Points,
    halves: NDArray[np.float64],
    width: float,
    height: float,
    lift: NDArray[np.float64],
    rounds: int = 400,
) -> Points:
    """Marks pushed apart until the blocks of a mark and its name (half widths and heights in
    `halves`, the middle `lift` above the mark's own) overlap no longer, or no room is left.

    Each pair gives way along the axis on which it overlaps least, as in "label adjust" of Gephi
    and in Gansner and Hu's proximity stress model (2009), so that the shape stays.
    """
    points = points.copy()
    n = len(points)
    if n < 2:
        return points
    upper = np.triu(np.ones((n, n), bool), 1)
    for turn in range(rounds):
        middle = points + np.column_stack([np.zeros(n), lift])
        delta = middle[None] - middle[:, None]
        over = halves[:, None] + halves[None] - np.abs(delta)
        i, j = np.nonzero(upper & (over[..., 0] > 0.1) & (over[..., 1] > 0.1))
        if not len(i):
            break
        deep, way = over[i, j], np.sign(delta[i, j])
        way[way == 0] = np.where(turn % 2, 1.0, -1.0)
        axis = np.argmin(deep / np.array([1.5, 1.0]), axis=1)  # the field is wider than high
        push = np.zeros((len(i), 2))
        rows = np.arange(len(i))
        push[rows, axis] = 0.3 * deep[rows, axis] * way[rows, axis]
        np.add.at(points, i, -push)
        np.add.at(points, j, push)
        low = np.column_stack([halves[:, 0], halves[:, 1] - lift])
        high = np.array([width, height]) - np.column_stack([halves[:, 0], halves[:, 1] + lift])
        points = np.clip(points, np.minimum(low, high), np.maximum(low, high))
    return points


def beside_strands(
    points: Points, radii: NDArray[np.float64], strands: dict[tuple[int, int], float]
) -> Points:
    """Marks moved sideways out of strands of lines: (from, to) -> how far to the left of its way
    a strand reaches, in points."""
    points = points.copy()
    for (s, t), wide in strands.items():
        way = points[t] - points[s]
        chord = float(np.hypot(*way))
        if chord < 1e-6:
            continue
        way = way / chord
        left = np.array([-way[1], way[0]])
        along, aside = (points - points[s]) @ way, (points - points[s]) @ left
        inside = (along > 0) & (along < chord) & (aside > -radii) & (aside < wide + radii)
        inside[[s, t]] = False
        points[inside] += (wide + radii[inside] - aside[inside])[:, None] * left
    return points


def make_room(
    points: Points, radii: NDArray[np.float64], boxes: NDArray[np.float64], own: list[int]
) -> Points:
    """Marks moved out of `boxes` (rows of x0, y0, x1, y1), by the shortest way out.

    `own` names for each box the mark whose words stand there; it stays.
    """
    points = points.copy()
    for box, owner in zip(boxes, own, strict=True):
        inside = (
            (points[:, 0] > box[0] - radii) & (points[:, 0] < box[2] + radii)
            & (points[:, 1] > box[1] - radii) & (points[:, 1] < box[3] + radii)
        )  # fmt: skip
        inside[owner] = False
        for i in np.flatnonzero(inside):
            x, y = points[i]
            ways = (
                (x - (box[0] - radii[i]), (box[0] - radii[i] - 1, y)),
                ((box[2] + radii[i]) - x, (box[2] + radii[i] + 1, y)),
                (y - (box[1] - radii[i]), (x, box[1] - radii[i] - 1)),
                ((box[3] + radii[i]) - y, (x, box[3] + radii[i] + 1)),
            )
            points[i] = min(ways)[1]
    return points
