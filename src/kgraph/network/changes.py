"""Turning points: when letters became more or fewer, for good or for the days of a crisis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import e, log, sqrt

import numpy as np
import polars as pl

from kgraph.network.network import Floats, Ints, Network

_SCHEMA: dict[str, pl.DataType] = {
    "date": pl.Datetime("us"), "until": pl.Datetime("us"), "documents": pl.Int64(),
    "before": pl.Float64(), "after": pl.Float64(), "p": pl.Float64(),
}  # fmt: skip
WEEK = 7.0
"""Days of what `before` and `after` count."""


@dataclass(frozen=True)
class _Arc:
    """Days `begin` to `end` of a span that differ most from its other days, and how much."""

    begin: int
    end: int
    score: float


def change_points(
    network: Network, step: float = 1.0, level: float = 0.05, rounds: int = 999, seed: int = 0
) -> pl.DataFrame:
    """When the pace of letters changed: beginning and end of every stretch with a pace of its own.

    Circular binary segmentation (Olshen, Venkatraman, Lucito and Wigler 2004,
    https://doi.org/10.1093/biostatistics/kxh008): the span of time is bent to a ring, the arc whose pace
    differs most from the rest is sought, and where it differs more than chance would have it, its
    parts are searched in the same way. So what rose and fell again is found, as well as
    what changed for good. How much an arc differs is told by the likelihood ratio of Poisson counts
    less what short arcs reach by their mere number (Rivera and Walther 2013,
    https://doi.org/10.1111/sjos.12027): sqrt(2 G) - sqrt(2 log(e N / n)), n of N days. Chance is the
    same days in a shuffled order, `rounds` times; so days are taken to be independent, while days on
    which many letters were written at once may be as frequent as they are. The probability to find anything in
    a span without change is at most `level`, all parts together: a part of n of N days is
    tested at level n / N (Meinshausen 2008, https://doi.org/10.1093/biomet/asn007). An end of an arc
    is dropped again where shuffling the days on both sides of it makes as sharp a cut.

    Columns: date, until (when the next stretch begins, or the day after the last letter), documents
    of this stretch, before and after (documents a week in the stretch before and in this), p
    (times N / n, and no less than that of the span it was found in). Letters are counted in steps of
    `step` days. A burst within one step is not found. Documents whose date is not known to
    `step` days or to a week are left out; fewer than eight steps: none.
    """
    when = known_days(network, max(step, WEEK))
    if when.len() < 2:
        return pl.DataFrame(schema=_SCHEMA)
    first = when.min()
    assert isinstance(first, datetime)
    start = datetime(first.year, first.month, first.day)
    steps = ((when - start).dt.total_seconds() / (step * 86_400)).floor().cast(pl.Int64)
    counts = np.bincount(steps.to_numpy())
    cuts = _segmented(counts, level, rounds, np.random.default_rng(seed))
    bounds = [0, *sorted(cuts), len(counts)]
    pace = [WEEK / step * float(counts[a:b].mean()) for a, b in pairwise(bounds)]
    rows = [
        (start + timedelta(days=bounds[k] * step), start + timedelta(days=bounds[k + 1] * step),
         int(counts[bounds[k] : bounds[k + 1]].sum()), pace[k - 1], pace[k], cuts[bounds[k]])
        for k in range(1, len(bounds) - 1)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def known_days(network: Network, width: float = WEEK) -> pl.Series:
    """When each document was written, of those that are dated to `width` days: the middle."""
    low = pl.coalesce("date_earliest", "date_latest")
    high = pl.coalesce("date_latest", "date_earliest")
    return (
        network.letters.filter((high - low) <= timedelta(days=width))
        .group_by("document")
        .agg((low + (high - low) / 2).min().alias("when"))
        .get_column("when")
        .sort()
    )


def _segmented(
    counts: Ints, level: float, rounds: int, random: np.random.Generator
) -> dict[int, float]:
    """Where the pace changes, with the adjusted p of each."""
    n = len(counts)
    found: dict[int, float] = {}
    todo = [(0, n, 0.0)]
    while todo:
        low, high, least = todo.pop(0)
        part = counts[low:high]
        share = len(part) / n
        if len(part) < 8 or not part.any() or 1 / (rounds + 1) > level * share:
            continue
        arc = _best_arc(part)
        p = max(least, _chance(part, arc.score, level * share, rounds, random) / share)
        if p > level:
            continue
        ends = [low + end for end in (arc.begin, arc.end) if 0 < end < len(part)]
        found |= dict.fromkeys(ends, p)
        bounds = [low, *ends, high]
        todo += [(a, b, p) for a, b in pairwise(bounds)]
    return _pruned(counts, found, level, rounds, random)


def _chance(
    counts: Ints, score: float, level: float, rounds: int, random: np.random.Generator
) -> float:
    """Share of shuffled series with an arc as unlike; given up where it must be over `level`."""
    larger = 0
    for done in range(1, rounds + 1):
        larger += _best_score(random.permutation(counts)) >= score - 1e-9
        if larger + 1 > level * (rounds + 1):
            return (larger + 1) / (done + 1)
    return (larger + 1) / (rounds + 1)


def _lengths(n: int) -> list[int]:
    """Lengths of arcs that are tried: all up to ten steps, then each a tenth longer."""
    found = [1]
    while (following := max(found[-1] + 1, round(found[-1] * 1.1))) <= n // 2:
        found.append(following)
    return found


def _best_score(counts: Ints) -> float:
    """How unlike the rest the arc is that is most unlike it."""
    ring = np.concatenate([[0], np.cumsum(np.concatenate([counts, counts[: len(counts) // 2]]))])
    n, every = len(counts), int(ring[len(counts)])
    best = -np.inf
    for length in _lengths(n):
        sums = ring[length : length + n] - ring[:n]
        # of arcs of one length that with the most or that with the fewest letters is most unlike
        for inside in (int(sums.max()), int(sums.min())):
            best = max(best, _score(inside, length, every, n))
    return best


def _best_arc(counts: Ints) -> _Arc:
    """The arc that is most unlike the rest, its ends then moved to where it is most so."""
    n = len(counts)
    total = np.concatenate([[0], np.cumsum(counts)])
    ring = np.concatenate([total, total[-1] + total[1 : n // 2 + 1]])
    best = _Arc(0, 0, -np.inf)
    for length in _lengths(n):
        sums = ring[length : length + n] - ring[:n]
        for begin in (int(sums.argmax()), int(sums.argmin())):
            score = _score(int(sums[begin]), length, int(total[-1]), n)
            if score > best.score:
                best = _Arc(begin, begin + length, score)
    begin, end = best.begin, best.end
    if end > n:  # around the seam of the ring: the rest is an arc of its own
        begin, end = end - n, begin
    return _Arc(*_moved(total, begin, end), best.score)


def _moved(total: Ints, begin: int, end: int) -> tuple[int, int]:
    """An arc's ends where its likelihood ratio is largest, one moved after the other."""
    n = len(total) - 1

    def gain(one: Ints, other: Ints) -> Floats:
        length, inside = other - one, total[other] - total[one]
        return _ratio(inside, length, int(total[-1]), n)

    for _ in range(10):
        before = begin, end
        begins = np.arange(0, end)
        begin = int(begins[np.argmax(gain(begins, np.full(len(begins), end)))])
        ends = np.arange(begin + 1, n + 1)
        end = int(ends[np.argmax(gain(np.full(len(ends), begin), ends))])
        if (begin, end) == before:
            break
    return begin, end


def _ratio(inside: Ints, length: Ints, every: int, n: int) -> Floats:
    """Log-likelihood ratio of two paces against one, given how many letters there are."""
    rest, others = every - inside, n - length
    with np.errstate(divide="ignore", invalid="ignore"):
        here = np.where(inside > 0, inside * np.log(inside * n / (every * length)), 0.0)
        there = np.where(rest > 0, rest * np.log(rest * n / (every * others)), 0.0)
    found: Floats = np.where((length > 0) & (others > 0), here + there, 0.0)
    return found


def _score(inside: int, length: int, every: int, n: int) -> float:
    rest, others = every - inside, n - length
    if not others:
        return -np.inf
    here = inside * log(inside * n / (every * length)) if inside else 0.0
    there = rest * log(rest * n / (every * others)) if rest else 0.0
    return sqrt(max(0.0, 2 * (here + there))) - sqrt(2 * log(e * n / min(length, others)))


def _pruned(
    counts: Ints, cuts: dict[int, float], level: float, rounds: int, random: np.random.Generator
) -> dict[int, float]:
    """The cuts without those that divide stretches whose paces are alike, the most alike first."""
    kept = dict(cuts)
    while kept:
        bounds = [0, *sorted(kept), len(counts)]
        alike = {
            cut: _unlike_by_chance(counts[a:cut], counts[cut:b], rounds, random)
            for a, cut, b in zip(bounds, bounds[1:], bounds[2:], strict=False)
        }
        worst = max(alike, key=lambda cut: alike[cut])
        if alike[worst] <= level:
            break
        del kept[worst]
    return kept


def _unlike_by_chance(one: Ints, other: Ints, rounds: int, random: np.random.Generator) -> float:
    """Share of shuffles of two stretches' days with a cut anywhere between stretches as unlike."""
    both = np.concatenate([one, other])
    n, every = len(both), int(both.sum())
    cuts = np.arange(1, n)

    def unlike(counts: Ints) -> Floats:
        gain = _ratio(np.cumsum(counts)[:-1], cuts, every, n)
        found: Floats = np.sqrt(np.maximum(2 * gain, 0)) - np.sqrt(2 * np.log(e * n / short))
        return found

    short = np.minimum(cuts, n - cuts)
    here = float(unlike(both)[len(one) - 1]) - 1e-9
    larger = sum(bool(unlike(random.permutation(both)).max() >= here) for _ in range(rounds))
    return (larger + 1) / (rounds + 1)
