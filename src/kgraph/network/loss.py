"""What would be missing without a channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from kgraph.network import centrality, cohesion, summary
from kgraph.network.brokerage import brokered
from kgraph.network.network import Ints, Network, network_of
from kgraph.network.reach import drawn_pivots, pivots_for
from kgraph.network.resampling import DAYS, FIGURES, REACH, Sampling, coded
from kgraph.network.selection import Selection, on_channels
from kgraph.network.tables import EdgeTables

ROUNDS = 200
ROUND_PIVOTS = 128
"""Persons to whom reach is followed in each resample where it is not followed to all."""
_DRAWN = 40_000_000  # documents drawn in all rounds together, at the most
_FEWEST = 40


@dataclass(frozen=True)
class Loss:
    """What is lost without a channel: `figures` (with, without, difference, low, high),
    `persons` whose standing changes, and `cut_off`, who is no longer tied to the rest.

    `rounds` is how many resamples were made, `pivots` to how many persons reach was followed,
    `nodes` how many there are.
    """

    figures: pl.DataFrame
    persons: pl.DataFrame
    cut_off: pl.DataFrame
    rounds: int
    pivots: int
    nodes: int


def without(
    tables: EdgeTables,
    channels: tuple[str, ...],
    selection: Selection | None = None,
    rounds: int | None = None,
    seed: int = 0,
    confidence: float = 0.95,
    pivots: int | None = None,
) -> Loss:
    """The network with and without `channels`, over the same persons.

    Figures: documents, ties, pairs that reach each other in the order of time, the
    largest weak component, open ways through brokers between sides, median days until
    an answer. `low` and `high` bound the difference: percentiles over `rounds`
    resamples of documents with replacement (Efron 1979, https://doi.org/10.1214/aos/1176344552).
    A resample has about 63 of 100 documents, some of them twice, and so fewer ties than
    the whole, of fewer letters each. Therefore counts are compared by the share that is lost,
    that share is taken of the whole, and the resamples' mean is set on what the whole loses
    (ratio and bias: Efron and Tibshirani 1993, chapters 8 and 10); nothing is lost less than
    not at all.
    They show how much hangs on single documents, not on documents that are lost.

    Reach is followed to `pivots` persons, the same with and without (`reach.sampled_reach`), in
    resamples to `ROUND_PIVOTS` of them. By default all of them and 200 rounds, of large networks `reach.PIVOTS` persons and fewer
    rounds, at least 40.
    """
    full, many = coded(network_of(tables, selection or Selection()))
    less = full.part(full.letters.filter(~on_channels(channels)))
    if rounds is None:
        rounds = int(np.clip(_DRAWN // max(many, 1), _FEWEST, ROUNDS))
    ends = drawn_pivots(full.size, pivots or pivots_for(full), seed)
    near = ends if len(ends) == full.size else ends[:ROUND_PIVOTS]
    sides = [Sampling(x, near) for x in (full, less)]
    every = np.ones(many, bool)
    whole = {name: [figure(side, every) for side in sides] for name, figure in FIGURES.items()}
    reached = [side.reached(ends) for side in sides]
    whole[REACH] = [float(x.sum()) for x in reached]
    random = np.random.default_rng(seed)
    samples: dict[str, list[float]] = {name: [] for name in FIGURES}
    for _ in range(rounds if many else 0):
        drawn = np.zeros(many, bool)
        drawn[random.integers(0, many, many)] = True
        for name, figure in FIGURES.items():
            a, b = (figure(side, drawn) for side in sides)
            if a is not None and b is not None:
                samples[name].append(_lost(name, a, b))
    rows = []
    tail = (1 - confidence) / 2 * 100
    for name, (a, b) in whole.items():
        low, high = (None, None)
        if spread := samples[name]:
            aside = _lost(name, a, b) - np.mean(spread)
            low, high = np.percentile(spread, [tail, 100 - tail]) + aside
            if name != DAYS:  # days are days, counts a share of the whole
                low, high = (float(np.clip(x, -1.0, 0.0)) * (a or 0.0) for x in (low, high))
        rows.append((name, a, b, b - a if a is not None and b is not None else None, low, high))
    schema = {"figure": pl.String(), "with": pl.Float64(), "without": pl.Float64(),
              "difference": pl.Float64(), "low": pl.Float64(), "high": pl.Float64()}  # fmt: skip
    return Loss(
        pl.DataFrame(rows, schema=schema, orient="row", strict=False),
        _standing(full, less, reached),
        _cut_off(full, less),
        rounds, len(ends), full.size,
    )  # fmt: skip


def _lost(name: str, whole: float | None, rest: float | None) -> float:
    """What `rest` is less than `whole`: of days the difference, of counts a share of the whole."""
    whole, rest = whole or 0.0, rest or 0.0
    if name == DAYS:
        return rest - whole
    return (rest - whole) / whole if whole else 0.0


def _standing(full: Network, less: Network, reached: list[Ints]) -> pl.DataFrame:
    """Persons whose reach, betweenness or brokerage falls, the most first."""
    pivots = summary.pivots_for(full)
    between = [centrality.sampled_betweenness(x, pivots).values for x in (full, less)]
    ways = [brokered(x) for x in (full, less)]
    table = full.nodes.select("id", "label", "side").with_columns(
        reach=reached[0], reach_without=reached[1],
        betweenness=between[0], betweenness_without=between[1],
        brokered=ways[0], brokered_without=ways[1],
    )  # fmt: skip
    changed = (
        (pl.col("reach") != pl.col("reach_without"))
        | ((pl.col("betweenness") - pl.col("betweenness_without")).abs() > 1e-12)
        | (pl.col("brokered") != pl.col("brokered_without"))
    )
    return table.filter(changed).sort(
        pl.col("reach") - pl.col("reach_without"), "id", descending=[True, False]
    )


def _cut_off(full: Network, less: Network) -> pl.DataFrame:
    """Who belonged to the largest component and does not without the channel."""
    before, after = cohesion.components(full).weak, cohesion.components(less).weak
    lost = pl.Series((before == 0) & (after != 0))
    return full.nodes.filter(lost).select("id", "label", "side")
