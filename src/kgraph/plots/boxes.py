"""Boxes on a sheet: where they meet, what they cover, how far they are from round marks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
"""Rows of x0, y0, x1, y1, in points (1/72 inch)."""


def meet(a: Boxes, b: Boxes, gap: float) -> NDArray[np.bool_]:
    """Which boxes of `a` (rows) come within `gap` of which of `b` (columns)."""
    return (
        (a[:, None, 0] < b[None, :, 2] + gap) & (b[None, :, 0] < a[:, None, 2] + gap)
        & (a[:, None, 1] < b[None, :, 3] + gap) & (b[None, :, 1] < a[:, None, 3] + gap)
    )  # fmt: skip


def covers(boxes: Boxes, marks: NDArray[np.float64], gap: float) -> NDArray[np.bool_]:
    """Which boxes touch any round mark."""
    if not len(marks):
        return np.zeros(len(boxes), bool)
    return np.asarray((distances(boxes, marks) < gap * 0.5).any(axis=1))


def distances(boxes: Boxes, marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """From each box (rows) to the edge of each round mark (columns); below 0 where they touch."""
    x, y, r = marks[:, 0], marks[:, 1], marks[:, 2]
    dx = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0)
    dy = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0)
    far: NDArray[np.float64] = np.hypot(dx, dy) - r
    return far


def inside(boxes: Boxes, points: NDArray[np.float64]) -> NDArray[np.float64]:
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
    both = meet(boxes, boxes, 0.0)
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(np.triu(both, 1)), strict=True)]
