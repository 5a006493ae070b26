"""What would be missing without a channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kgraph.network import centrality, cohesion, summary
from kgraph.network.brokerage import brokered, closed_ways
from kgraph.network.network import Ints, Network, network_of
from kgraph.network.reach import Contacts, drawn_pivots, others_drawn, pivots_for
from kgraph.network.replies import Waits
from kgraph.network.selection import Selection, on_channels
from kgraph.network.tables import EdgeTables
from kgraph.network.triangles import pairs, triangles

DAYS = "days until an answer"
ROUNDS = 200
_DRAWN = 40_000_000  # documents drawn in all rounds together, at the most
_FEWEST = 40

Drawn = NDArray[np.bool_]


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
    the whole; therefore counts are compared by the share that is lost, and that share is
    taken of the whole (a ratio estimate, Efron and Tibshirani 1993, chapter 10).
    They show how much hangs on single documents, not on documents that are lost.

    Reach is followed to `pivots` persons, the same with and without (`reach.sampled_reach`).
    By default all of them and 200 rounds, of large networks `reach.PIVOTS` persons and fewer
    rounds, at least 40.
    """
    full = network_of(tables, selection or Selection())
    kept = ~on_channels(channels)
    less = full.part(full.letters.filter(kept))
    documents = full.letters["document"].unique().sort()
    many = len(documents)
    if rounds is None:
        rounds = int(np.clip(_DRAWN // max(many, 1), _FEWEST, ROUNDS))
    ends = drawn_pivots(full.size, pivots or pivots_for(full), seed)
    sides = [Sampling(x, documents, ends) for x in (full, less)]
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
    for name, figure in FIGURES.items():
        a, b = (figure(side, np.ones(many, bool)) for side in sides)
        low, high = (None, None)
        if spread := samples[name]:
            of = 1.0 if name == DAYS else a or 0.0  # days are days, counts a share of the whole
            low, high = np.percentile(spread, [tail, 100 - tail]) * of
        rows.append((name, a, b, b - a if a is not None and b is not None else None, low, high))
    schema = {"figure": pl.String(), "with": pl.Float64(), "without": pl.Float64(),
              "difference": pl.Float64(), "low": pl.Float64(), "high": pl.Float64()}  # fmt: skip
    return Loss(
        pl.DataFrame(rows, schema=schema, orient="row", strict=False),
        _standing(full, less, [side.reached for side in sides]),
        _cut_off(full, less),
        rounds, len(ends), full.size,
    )  # fmt: skip


def _lost(name: str, whole: float, rest: float) -> float:
    """What `rest` is less than `whole`: of days the difference, of counts a share of the whole."""
    if name == DAYS:
        return rest - whole
    return (rest - whole) / whole if whole else 0.0


class Sampling:
    """A network of which some documents are taken, again and again others.

    `documents` names and orders the documents, `ends` are those to whom reach is followed.
    """

    def __init__(self, network: Network, documents: pl.Series, ends: Ints) -> None:
        self.network, self.ends = network, ends
        coded = network.letters["document"].cast(pl.Enum(documents))
        self.document = coded.to_physical().to_numpy()
        self.others = others_drawn(network.size, ends)
        s, t, _ = network.ends
        keys = s * network.size + t
        ours = network.letters.select("s", "t").to_numpy()
        self._tied = ours[:, 0] != ours[:, 1]
        self._tie = np.searchsorted(keys, ours[self._tied] @ np.array([network.size, 1]))

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self.network)

    @cached_property
    def waits(self) -> Waits:
        return Waits(self.network, self.document)

    @cached_property
    def pair(self) -> Ints:
        """Which pair of `triangles.pairs` each tie belongs to."""
        s, t, _ = self.network.ends
        p, n = pairs(self.network), self.network.size
        a, b = p.rank[s], p.rank[t]
        keys = p.rank[p.first] * n + p.rank[p.second]
        return np.searchsorted(keys, np.minimum(a, b) * n + np.maximum(a, b))

    @cached_property
    def reached(self) -> Ints:
        """How many others each node reaches, or would by the share of `ends`."""
        found = self.contacts.reaching(self.ends) / self.others * (self.network.size - 1)
        return np.rint(found).astype(np.int64)

    def documents(self, drawn: Drawn) -> float:
        """How many of those drawn are in this network."""
        ours = np.zeros(len(drawn), bool)
        ours[self.document] = True
        return float((ours & drawn).sum())

    def ties(self, drawn: Drawn) -> Drawn:
        """Which ties of the network have a document among those drawn."""
        there = np.zeros(len(self.network.ends[0]), bool)
        there[self._tie[drawn[self.document[self._tied]]]] = True
        return there

    def in_reach(self, drawn: Drawn) -> float:
        """Ordered pairs that reach each other in the order of time."""
        there = drawn[self.document[self.contacts.row]]
        met = self.contacts.reaching(self.ends, there)
        return float((met / self.others).sum() * (self.network.size - 1))

    def largest(self, drawn: Drawn) -> float:
        """Persons of the largest weak component."""
        s, t, _ = self.network.ends
        n, there = self.network.size, self.ties(drawn)
        if not n:
            return 0.0
        one = np.ones(there.sum(), np.int8)
        matrix = sparse.coo_array((one, (s[there], t[there])), shape=(n, n)).tocsr()
        return float(np.bincount(connected_components(matrix, connection="weak")[1]).max())

    def brokered(self, drawn: Drawn) -> float:
        """Open ways a -> b -> c among persons whose sides are known (`brokerage`)."""
        network, there = self.network, self.ties(drawn)
        s, t, _ = network.ends
        known = network.coded("side")[0] >= 0
        p = pairs(network)
        there &= known[s] & known[t]
        out = np.bincount(s[there], minlength=network.size)
        into = np.bincount(t[there], minlength=network.size)
        code = np.zeros(len(p.first), np.int64)
        forth = p.first[self.pair] == s
        np.add.at(code, self.pair[there], np.where(forth[there], 1, 2))
        ways = int(out @ into) - 2 * int((code == 3).sum())
        for x in triangles(network):
            ways -= int(closed_ways()[code[x.ab] + 4 * code[x.ac] + 16 * code[x.bc]].sum())
        return float(ways)


FIGURES: dict[str, Callable[[Sampling, Drawn], float | None]] = {
    "documents": Sampling.documents,
    "ties": lambda x, drawn: float(x.ties(drawn).sum()),
    "pairs in reach": Sampling.in_reach,
    "largest component": Sampling.largest,
    "brokered ways": Sampling.brokered,
    DAYS: lambda x, drawn: x.waits.median(drawn),
}  # fmt: skip


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
