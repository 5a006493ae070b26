"""Words beside marks: where each can stand so that none touches another.

Every label has candidates around its mark, near ones first. A first pass places the
most important labels; sweeps then move single labels to cheaper places. No two labels
overlap and none covers a mark; crossing a line costs, but is allowed, and so does standing
nearer to another mark than to its own. A label that finds no place is left out and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]  # rows of x0, y0, x1, y1


@dataclass(frozen=True)
class Wish:
    """A label that wants a place beside a mark at (x, y) of half width `radius`."""

    x: float
    y: float
    radius: float
    width: float
    height: float
    weight: float = 1.0


@dataclass(frozen=True)
class Place:
    """Where a label stands: its box (x0, y0, x1, y1), and whether it needs a leader line."""

    box: tuple[float, float, float, float]
    far: bool

    @property
    def centre(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


_ANGLES = np.deg2rad([0, 180, 90, 270, 45, 315, 135, 225, 22, 338, 158, 202, 68, 292, 112, 248])
_TASTE = np.array([0, 0.6, 0.9, 0.5, 0.7, 0.7, 1.0, 1.0, 0.9, 0.9, 1.2, 1.2, 1.2, 1.0, 1.3, 1.2])
MISLEADING = 12.0
AMBIGUOUS = 5.0
STEP = 3.0
"""Points (1/72 inch) from one point of a line to the next, where words try to keep clear of it."""
CROSSED = 2.0
"""How little every `STEP` of a line under a label is liked: four of them less than a place farther off."""
_RINGS = (1.5, 5.0, 11.0, 19.0, 30.0, 44.0, 60.0)


def candidates(wish: Wish, rings: int = len(_RINGS)) -> tuple[Boxes, NDArray[np.float64]]:
    """Boxes around a mark, and how little each is liked (distance first, then side)."""
    boxes, costs = [], []
    w, h = wish.width, wish.height
    for ring, gap in enumerate(_RINGS[:rings]):
        for angle, taste in zip(_ANGLES, _TASTE, strict=True):
            c, s = np.cos(angle), np.sin(angle)
            reach = wish.radius + gap
            # slide the box outward until its nearest point is `reach` away
            cx = wish.x + c * (reach + abs(c) * w / 2)
            cy = wish.y + s * (reach + abs(s) * h / 2)
            if abs(c) > 0.3:
                cx = wish.x + c * reach + np.sign(c) * w / 2
            if abs(s) > 0.5:
                cy = wish.y + s * reach + np.sign(s) * h / 2
            boxes.append((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
            costs.append(taste + 4.0 * ring + (6.0 if ring >= 2 else 0.0))
    return np.array(boxes), np.array(costs)


def along(paths: Sequence[NDArray[np.float64]], heads: Sequence[float] = ()) -> NDArray[np.float64]:
    """Points along lines, one every `STEP`, however coarsely the lines are given; with `heads`,
    the lengths of their arrowheads, also on both edges of these."""
    made = [np.zeros((0, 2))]
    for path, head in zip_longest(paths, heads, fillvalue=0.0):
        assert not isinstance(path, float)
        if len(path) < 2:
            continue
        far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        if head:
            base = np.array([np.interp(far[-1] - head, far, path[:, k]) for k in (0, 1)])
            way = path[-1] - base
            side = 0.42 * np.array([-way[1], way[0]])
            made.append(np.array([base + side, base - side]))
        at = np.linspace(0.0, far[-1], max(2, int(far[-1] / STEP) + 1))
        made.append(np.column_stack([np.interp(at, far, path[:, k]) for k in (0, 1)]))
    return np.vstack(made)


def _near(points: NDArray[np.float64], boxes: Boxes) -> NDArray[np.float64]:
    """The points that lie where any of the boxes is."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    near: NDArray[np.float64] = points[((points > low) & (points < high)).all(axis=1)]
    return near


def place(
    wishes: list[Wish],
    marks: NDArray[np.float64],
    lines: NDArray[np.float64],
    bounds: tuple[float, float, float, float],
    taken: Boxes | None = None,
    gap: float = 1.2,
    sweeps: int = 6,
    rings: int = len(_RINGS),
    first: int = 0,
) -> list[Place | None]:
    """A place for each wish, or None where there is none.

    `marks` are rows of x, y, radius that labels keep clear of; `lines` are points
    (x, y) along lines that they should, as `along` gives; `taken` are boxes already used. Wishes with a
    larger weight choose first; the `first` of them may cover marks of others that are
    smaller than half their own where there is no other way. Deterministic.
    """
    if not wishes:
        return []
    options: list[Boxes] = []
    costs: list[NDArray[np.float64]] = []
    order = sorted(range(len(wishes)), key=lambda i: (-wishes[i].weight, i))
    great = set(order[:first])
    for i, wish in enumerate(wishes):
        boxes, cost = candidates(wish, len(_RINGS) if i in great else rings)
        inside = (
            (boxes[:, 0] >= bounds[0]) & (boxes[:, 1] >= bounds[1])
            & (boxes[:, 2] <= bounds[2]) & (boxes[:, 3] <= bounds[3])
        )  # fmt: skip
        if i in great:
            large = marks[:, 2] > wish.radius / 2
            free = inside & ~_covers(boxes, marks[large], gap)
            cost = cost + 8.0 * _inside(boxes, marks[~large, :2])
        else:
            free = inside & ~_covers(boxes, marks, gap)
        if taken is not None and len(taken):
            free &= ~_meet(boxes, taken, gap).any(axis=1)
        cost = cost + MISLEADING * _nearer_to_others(boxes, wish, marks)
        boxes, cost = boxes[free], cost[free]
        if len(lines) and len(boxes):
            cost = cost + CROSSED * np.minimum(_inside(boxes, _near(lines, boxes)), 30)
        options.append(boxes)
        costs.append(cost)
    chosen = np.full(len(wishes), -1)
    used = np.full((len(wishes), 4), np.nan)
    for _ in range(1 + sweeps):
        changed = False
        for i in order:
            if not len(options[i]):
                continue
            others = np.delete(used, i, axis=0)
            others = others[~np.isnan(others[:, 0])]
            clash = _meet(options[i], others, gap).any(axis=1) if len(others) else False
            cost = np.where(clash, np.inf, costs[i])
            best = int(np.argmin(cost))
            if np.isfinite(cost[best]) and best != chosen[i]:
                chosen[i] = best
                used[i] = options[i][best]
                changed = True
            elif chosen[i] < 0 and _give_way(i, options, costs, chosen, used, gap):
                changed = True
        if not changed:
            break
    for _ in range(sweeps):
        if not sum(_exchange(i, options, costs, chosen, used, gap) for i in order):
            break
    return [
        Place(tuple(used[i].tolist()), _gap_to(wishes[i], used[i]) > 8.0)
        if chosen[i] >= 0
        else None
        for i in range(len(wishes))
    ]


def _give_way(
    i: int,
    options: list[Boxes],
    costs: list[NDArray[np.float64]],
    chosen: NDArray[np.int64],
    used: Boxes,
    gap: float,
) -> bool:
    """Place label `i` where one other label stands, if that one can stand elsewhere."""
    for c in np.argsort(costs[i])[:40]:
        other = _other_place(i, options[i][c], options, costs, chosen, used, gap)
        if other is not None:
            _settle(i, int(c), *other, options, chosen, used)
            return True
    return False


def _exchange(
    i: int,
    options: list[Boxes],
    costs: list[NDArray[np.float64]],
    chosen: NDArray[np.int64],
    used: Boxes,
    gap: float,
) -> bool:
    """Move label `i` to a place that it likes better where one other label stands, if that one
    moves elsewhere and both together stand better than before."""
    if chosen[i] < 0:
        return False
    mine = float(costs[i][chosen[i]])
    better = np.flatnonzero(costs[i] < mine - 0.5)
    for c in better[np.argsort(costs[i][better], kind="stable")][:24]:
        other = _other_place(i, options[i][c], options, costs, chosen, used, gap)
        if other is None:
            continue
        j, k = other
        before = mine + float(costs[j][chosen[j]])
        if float(costs[i][c]) + float(costs[j][k]) < before - 0.5:
            _settle(i, int(c), j, k, options, chosen, used)
            return True
    return False


def _other_place(
    i: int,
    box: NDArray[np.float64],
    options: list[Boxes],
    costs: list[NDArray[np.float64]],
    chosen: NDArray[np.int64],
    used: Boxes,
    gap: float,
) -> tuple[int, int] | None:
    """The one label that stands where label `i` would, in `box`, and its best place elsewhere;
    None where none or several do, or the one has nowhere to go."""
    clash = np.flatnonzero(_meet(box[None], np.nan_to_num(used, nan=-1e9), gap)[0])
    clash = clash[clash != i]
    if len(clash) != 1 or chosen[clash[0]] < 0:
        return None
    j = int(clash[0])
    rest = np.delete(used, [i, j], axis=0)
    rest = np.vstack([rest[~np.isnan(rest[:, 0])], box])
    free = ~_meet(options[j], rest, gap).any(axis=1)
    if not free.any():
        return None
    return j, int(np.argmin(np.where(free, costs[j], np.inf)))


def _settle(
    i: int, c: int, j: int, k: int, options: list[Boxes], chosen: NDArray[np.int64], used: Boxes
) -> None:
    """Put label `i` at its place `c`, label `j` at its place `k`."""
    chosen[i], used[i] = c, options[i][c]
    chosen[j], used[j] = k, options[j][k]


def _gap_to(wish: Wish, box: NDArray[np.float64]) -> float:
    dx = max(box[0] - wish.x, 0, wish.x - box[2])
    dy = max(box[1] - wish.y, 0, wish.y - box[3])
    return float(np.hypot(dx, dy) - wish.radius)


def _meet(a: Boxes, b: Boxes, gap: float) -> NDArray[np.bool_]:
    """Which boxes of `a` (rows) come within `gap` of which of `b` (columns)."""
    return (
        (a[:, None, 0] < b[None, :, 2] + gap) & (b[None, :, 0] < a[:, None, 2] + gap)
        & (a[:, None, 1] < b[None, :, 3] + gap) & (b[None, :, 1] < a[:, None, 3] + gap)
    )  # fmt: skip


def _covers(boxes: Boxes, marks: NDArray[np.float64], gap: float) -> NDArray[np.bool_]:
    """Which boxes touch any round mark."""
    if not len(marks):
        return np.zeros(len(boxes), bool)
    return np.asarray((_distances(boxes, marks) < gap * 0.5).any(axis=1))


def _distances(boxes: Boxes, marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """From each box (rows) to the edge of each round mark (columns); below 0 where they touch."""
    x, y, r = marks[:, 0], marks[:, 1], marks[:, 2]
    dx = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0)
    dy = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0)
    far: NDArray[np.float64] = np.hypot(dx, dy) - r
    return far


def _nearer_to_others(boxes: Boxes, wish: Wish, marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """From 0, where every other mark is `AMBIGUOUS` points farther than the label's own, to 1,
    where one is as near."""
    others = marks[np.hypot(marks[:, 0] - wish.x, marks[:, 1] - wish.y) > 1e-6]
    if not len(others):
        return np.zeros(len(boxes))
    own = _distances(boxes, np.array([[wish.x, wish.y, wish.radius]]))[:, 0]
    gap = own + AMBIGUOUS - _distances(boxes, others).min(axis=1)
    share: NDArray[np.float64] = np.clip(gap / AMBIGUOUS, 0.0, 1.0)
    return share


def _inside(boxes: Boxes, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many points lie in each box."""
    x, y = points[:, 0], points[:, 1]
    within: NDArray[np.bool_] = (
        (x > boxes[:, None, 0])
        & (x < boxes[:, None, 2])
        & (y > boxes[:, None, 1])
        & (y < boxes[:, None, 3])
    )
    counts: NDArray[np.float64] = within.sum(axis=1).astype(np.float64)
    return counts


def overlaps(boxes: Boxes) -> list[tuple[int, int]]:
    """Pairs of boxes that overlap (touching is not overlapping)."""
    meet = _meet(boxes, boxes, 0.0)
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(np.triu(meet, 1)), strict=True)]
