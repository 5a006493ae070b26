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

from kgraph.plots.boxes import Boxes, covers, distances, inside, meet

Options = tuple[Boxes, NDArray[np.float64]]
"""Places that a label may have, and how little each is liked."""


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
COVERED = 8.0
"""How little a lesser mark under the label of a great one is liked."""
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
    order = sorted(range(len(wishes)), key=lambda i: (-wishes[i].weight, i))
    great = set(order[:first])
    field = _Field(marks, lines, bounds, taken, gap)
    seats = _Seats(
        [
            field.options(wish, len(_RINGS), True) if i in great else field.options(wish, rings)
            for i, wish in enumerate(wishes)
        ],
        gap,
    )
    for _ in range(1 + sweeps):
        if not sum([seats.improve(i) or seats.make_way(i) for i in order]):
            break
    for _ in range(sweeps):
        if not sum([seats.exchange(i) for i in order]):
            break
    return [
        Place(box, _gap_to(wish, box) > 8.0) if box is not None else None
        for wish, box in zip(wishes, seats.taken(), strict=True)
    ]


@dataclass(frozen=True)
class _Field:
    """What stands on the sheet before any label does."""

    marks: NDArray[np.float64]
    lines: NDArray[np.float64]
    bounds: tuple[float, float, float, float]
    taken: Boxes | None
    gap: float

    def options(self, wish: Wish, rings: int, great: bool = False) -> Options:
        """The places that a label may have, and how little each is liked; a `great` one may cover
        marks smaller than half its own."""
        boxes, cost = candidates(wish, rings)
        x0, y0, x1, y1 = self.bounds
        free = (boxes[:, :2] >= (x0, y0)).all(axis=1) & (boxes[:, 2:] <= (x1, y1)).all(axis=1)
        large = self.marks[:, 2] > wish.radius / 2 if great else np.full(len(self.marks), True)
        free &= ~covers(boxes, self.marks[large], self.gap)
        cost = cost + COVERED * inside(boxes, self.marks[~large, :2])
        if self.taken is not None and len(self.taken):
            free &= ~meet(boxes, self.taken, self.gap).any(axis=1)
        cost = cost + MISLEADING * _nearer_to_others(boxes, wish, self.marks)
        boxes, cost = boxes[free], cost[free]
        if len(self.lines) and len(boxes):
            cost = cost + CROSSED * np.minimum(inside(boxes, _near(self.lines, boxes)), 30)
        return boxes, cost


class _Seats:
    """Which label stands at which of its options; `chosen` is -1, its box NaN, while at none."""

    def __init__(self, options: list[Options], gap: float) -> None:
        self.boxes = [boxes for boxes, _ in options]
        self.costs = [costs for _, costs in options]
        self.gap = gap
        self.chosen = np.full(len(options), -1)
        self.used = np.full((len(options), 4), np.nan)

    def taken(self) -> list[tuple[float, float, float, float] | None]:
        """The box of each label, None for one that found no place."""
        return [
            tuple(box.tolist()) if at >= 0 else None
            for at, box in zip(self.chosen, self.used, strict=True)
        ]

    def improve(self, i: int) -> bool:
        """Move label `i` to the place that it likes best of those that no other label holds."""
        c = self._best(i, self._others(i))
        if c is None or c == self.chosen[i]:
            return False
        self._settle(i, c)
        return True

    def make_way(self, i: int) -> bool:
        """Place label `i`, if it has no place, where one other label stands that can stand
        elsewhere."""
        if self.chosen[i] >= 0:
            return False
        for c in np.argsort(self.costs[i])[:40]:
            other = self._moved(i, self.boxes[i][c])
            if other is not None:
                self._settle(i, int(c))
                self._settle(*other)
                return True
        return False

    def exchange(self, i: int) -> bool:
        """Move label `i` to a place that it likes better where one other label stands, if that one
        moves elsewhere and both together stand better than before."""
        if self.chosen[i] < 0:
            return False
        costs = self.costs[i]
        mine = float(costs[self.chosen[i]])
        better = np.flatnonzero(costs < mine - 0.5)
        for c in better[np.argsort(costs[better], kind="stable")][:24]:
            other = self._moved(i, self.boxes[i][c])
            if other is None:
                continue
            j, k = other
            before = mine + float(self.costs[j][self.chosen[j]])
            if float(costs[c]) + float(self.costs[j][k]) < before - 0.5:
                self._settle(i, int(c))
                self._settle(j, k)
                return True
        return False

    def _moved(self, i: int, box: NDArray[np.float64]) -> tuple[int, int] | None:
        """The one label that stands where label `i` would, in `box`, and its best place elsewhere;
        None where none or several do, or the one has nowhere to go."""
        clash = np.flatnonzero(meet(box[None], np.nan_to_num(self.used, nan=-1e9), self.gap)[0])
        clash = clash[clash != i]
        if len(clash) != 1:
            return None
        j = int(clash[0])
        k = self._best(j, np.vstack([self._others(i, j), box]))
        return None if k is None else (j, k)

    def _best(self, i: int, others: Boxes) -> int | None:
        """The option that label `i` likes best where it meets none of `others`."""
        free = ~meet(self.boxes[i], others, self.gap).any(axis=1)
        return int(np.argmin(np.where(free, self.costs[i], np.inf))) if free.any() else None

    def _others(self, *but: int) -> Boxes:
        """The boxes of all labels that have a place, but for some."""
        rest = np.delete(self.used, but, axis=0)
        placed: Boxes = rest[~np.isnan(rest[:, 0])]
        return placed

    def _settle(self, i: int, c: int) -> None:
        self.chosen[i], self.used[i] = c, self.boxes[i][c]


def _gap_to(wish: Wish, box: tuple[float, float, float, float]) -> float:
    dx = max(box[0] - wish.x, 0, wish.x - box[2])
    dy = max(box[1] - wish.y, 0, wish.y - box[3])
    return float(np.hypot(dx, dy) - wish.radius)


def _nearer_to_others(boxes: Boxes, wish: Wish, marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """From 0, where every other mark is `AMBIGUOUS` points farther than the label's own, to 1,
    where one is as near."""
    others = marks[np.hypot(marks[:, 0] - wish.x, marks[:, 1] - wish.y) > 1e-6]
    if not len(others):
        return np.zeros(len(boxes))
    own = distances(boxes, np.array([[wish.x, wish.y, wish.radius]]))[:, 0]
    gap = own + AMBIGUOUS - distances(boxes, others).min(axis=1)
    share: NDArray[np.float64] = np.clip(gap / AMBIGUOUS, 0.0, 1.0)
    return share
