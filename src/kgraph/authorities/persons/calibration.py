"""From a matcher's raw probability to the share of right links that was measured.

`fit` is isotonic regression by pooling adjacent violators (Ayer et al. 1955):
of all rising step functions the one nearest to the outcomes. `reliability` gives
the rows of a reliability plot, `error` the expected calibration error.
``bench/identity.py`` fits on all volumes but one and measures on the one left out;
`KNOTS` holds what it printed for all of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

Knots = tuple[tuple[float, float], ...]
"""(raw, calibrated) pairs, both rising; straight lines between them."""

KNOTS: Knots = ()
"""The calibration in force; empty: raw probabilities are given as they are."""


class Bin(msgspec.Struct, frozen=True):
    """One row of a reliability plot: links whose probability lay in a bin."""

    low: float
    high: float
    links: int
    expected: float
    observed: float


def fit(outcomes: Iterable[tuple[float, bool]], *, least: int = 20) -> Knots:
    """The rising calibration of (raw probability, whether right); blocks smaller than
    `least` are joined to the next, so that no step rests on a handful of links."""
    blocks: list[list[float]] = []  # sum of raw, sum right, count
    for raw, right in sorted(outcomes):
        blocks.append([raw, float(right), 1.0])
        while len(blocks) > 1 and (
            blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2] or blocks[-2][2] < least
        ):
            last = blocks.pop()
            blocks[-1] = [x + y for x, y in zip(blocks[-1], last, strict=True)]
    # Laplace's rule keeps 0 and 1 for what is certain
    return tuple((b[0] / b[2], (b[1] + 1) / (b[2] + 2)) for b in blocks)


def calibrated(probability: float, knots: Knots | None = None) -> float:
    """The calibrated probability of a raw one, in [0, 1]."""
    points = KNOTS if knots is None else knots
    if not points:
        return probability
    at = bisect_left(points, (probability, -1.0))
    low = points[at - 1] if at else (0.0, 0.0)
    high = points[at] if at < len(points) else (1.0, max(points[-1][1], probability))
    if high[0] <= low[0]:
        return high[1]
    share = (probability - low[0]) / (high[0] - low[0])
    return min(1.0, max(0.0, low[1] + share * (high[1] - low[1])))


def reliability(outcomes: Sequence[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Observed against expected share of right links, by equal bins of probability."""
    rows = []
    for i in range(bins):
        low, high = i / bins, (i + 1) / bins
        inside = [(p, r) for p, r in outcomes if low <= p < high or (p == 1.0 and i == bins - 1)]
        if inside:
            n = len(inside)
            rows.append(
                Bin(low, high, n, sum(p for p, _ in inside) / n, sum(r for _, r in inside) / n)
            )
    return rows


def error(outcomes: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: mean gap of expected and observed, by links; 0 is perfect."""
    total = len(outcomes)
    return (
        sum(b.links * abs(b.expected - b.observed) for b in reliability(outcomes, bins)) / total
        if total
        else 0.0
    )
