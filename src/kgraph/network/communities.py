"""Circles: groups that write more among themselves, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import combinations, groupby
from typing import Any

import numpy as np

from kgraph.network.engines import (
    MANY,
    Engine,
    as_networkit,
    as_networkx,
    choose,
    on_processors,
    undirected,
    without_direction,
)
from kgraph.network.network import Floats, Ints, Network
from kgraph.network.sharing import processors


@dataclass(frozen=True)
class Communities:
    """A division: `member` numbers each node's community from 0, the largest first.

    `modularity` is that of the division (None without ties). `agreement` is the
    mean adjusted Rand index between the divisions of different seeds (1: always the
    same; Hubert and Arabie 1985); `stability` is for each node the share of its
    community that it was put together with, on average over seeds.
    """

    member: Ints
    modularity: float | None
    agreement: float
    stability: Floats
    method: str

    @property
    def sizes(self) -> list[int]:
        return np.bincount(self.member).tolist() if len(self.member) else []


def communities(
    network: Network,
    resolution: float = 1.0,
    seeds: int = 10,
    engine: Engine = "auto",
    first: int = 0,
    repeatable: bool = True,
) -> Communities:
    """Leiden communities of the ties without direction, weights summed, over several seeds.

    The division with the highest modularity of `seeds` seeds from `first` on is given. Traag, Waltman and van Eck
    2019, https://doi.org/10.1038/s41598-019-41695-z. From `MANY` ties on networkit's Leiden is
    taken where it is installed, below and else igraph's; without both Louvain of networkx
    (Blondel et al. 2008). `method` says which. The same seeds give the same division with the
    same engine. With `repeatable` False fewer seeds than there are processors each take all of
    them with networkit, sooner done, but what a seed finds then hangs on their pace. Without ties everybody is alone and modularity is None.
    """
    n = network.size
    many = len(network.ends[0]) >= MANY
    known = ("networkit", "igraph", "networkx") if many else ("igraph", "networkx", "networkit")
    chosen = choose(engine, *known)
    method = {"networkx": "louvain"}.get(chosen, "leiden")
    if n == 0 or not len(network.ends[0]):
        return Communities(np.arange(n), None, 1.0, np.ones(n), method)
    every = range(first, first + max(1, seeds))
    if chosen == "networkit":
        if repeatable or len(every) >= processors():
            divisions = _side_by_side(network, resolution, every)
        else:
            divisions = [_together(network, resolution) for _ in every]
    else:
        find = {"igraph": _leiden, "networkx": _louvain}[chosen]
        divisions = [find(network, resolution, seed) for seed in every]
    scores = [modularity(network, d, resolution) for d in divisions]
    best = divisions[int(np.argmax(scores))]
    plain = [_numbered(one) for one in divisions] if len(divisions) > 1 else []
    pairs = [_agreement(one, other) for one, other in combinations(plain, 2)]
    return Communities(
        member=_by_size(best),
        modularity=float(max(scores)),
        agreement=float(np.mean(pairs)) if pairs else 1.0,
        stability=_stability(best, divisions),
        method=method,
    )


def _leiden(network: Network, resolution: float, seed: int) -> Ints:
    import random

    import igraph

    graph, number = without_direction(network)
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = graph.community_leiden(
            "modularity", weights="weight", resolution=resolution, n_iterations=2
        )
    finally:
        igraph.set_random_number_generator(random)
    member: Ints = np.array(found.membership, dtype=np.int64)[number]
    return member


def _side_by_side(network: Network, resolution: float, seeds: Sequence[int]) -> list[Ints]:
    """With networkit, every seed on one processor: on several its result hangs on their pace.

    As many seeds at once as there are processors. Each has a thread of its own, and with it
    chance of its own: that of networkit's seed, from as many numbers on as tell seeds apart.
    Seed 0 takes no chance: it visits those with most ties first.
    """
    import networkit

    graph, number = as_networkit(network)
    found: dict[int, Ints] = {}

    def divide(seed: int) -> None:
        for _ in range(seed % _APART):
            networkit.graphtools.randomNode(graph)
        found[seed] = _parallel_leiden(graph, resolution, by_chance=seed != 0)[number]

    for chance, some in groupby(seeds, key=lambda seed: seed // _APART):
        networkit.setSeed(chance, False)
        with ThreadPoolExecutor(processors()) as hands:
            for _ in hands.map(lambda seed: on_processors(1, partial(divide, seed)), some):
                pass
    return [found[seed] for seed in seeds]


def _together(network: Network, resolution: float) -> Ints:
    """One division by networkit on all processors."""
    graph, number = as_networkit(network)
    found: list[Ints] = []

    def divide() -> None:
        found.append(_parallel_leiden(graph, resolution, by_chance=False)[number])

    on_processors(processors(), divide)
    return found[0]


def _parallel_leiden(graph: Any, resolution: float, by_chance: bool) -> Ints:
    import networkit

    made = networkit.community.ParallelLeiden(graph, randomize=by_chance, gamma=resolution)
    return np.array(made.run().getPartition().getVector(), dtype=np.int64)


_APART = 64


def _louvain(network: Network, resolution: float, seed: int) -> Ints:
    import networkx as nx

    graph = as_networkx(network, directed=False)
    member = np.zeros(network.size, np.int64)
    for k, group in enumerate(
        nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    ):
        member[list(group)] = k
    return member


def _by_size(member: Ints) -> Ints:
    """Renumbered: the largest first, of equal ones the one with the first node."""
    names, first, inverse = np.unique(member, return_index=True, return_inverse=True)
    order = np.lexsort((first, -np.bincount(inverse)))
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    return np.asarray(rank[inverse], dtype=np.int64)


def modularity(network: Network, member: Ints, resolution: float = 1.0) -> float:
    """Share of letters inside communities less that expected by strength alone.

    Q = sum over communities of (inside / 2m - resolution (strength / 2m)^2), ties without
    direction. Newman and Girvan 2004, https://doi.org/10.1103/PhysRevE.69.026113. No tie: 0.
    """
    s, t, w = undirected(network)
    twice = 2.0 * w.sum()
    if not twice:
        return 0.0
    groups = int(member.max()) + 1
    same = member[s] == member[t]
    inside = 2.0 * np.bincount(member[s[same]], w[same], groups)
    strength = np.bincount(s, w, network.size) + np.bincount(t, w, network.size)
    total = np.bincount(member, strength, groups)
    return float((inside / twice - resolution * (total / twice) ** 2).sum())


def adjusted_rand(a: Ints, b: Ints) -> float:
    """Agreement of two divisions: 1 the same, 0 as by chance. Hubert and Arabie 1985,
    https://doi.org/10.1007/BF01908075. Where both put everybody together or apart: 1."""
    return _agreement(_numbered(a), _numbered(b))


def _numbered(division: Ints) -> Ints:
    """A division's groups as numbers from 0 without gaps."""
    numbers: Ints = np.unique(division, return_inverse=True)[1].astype(np.int64)
    return numbers


def _agreement(x: Ints, y: Ints) -> float:
    """`adjusted_rand` of divisions whose groups are numbered without gaps."""
    n = len(x)
    many = (int(x.max()) + 1, int(y.max()) + 1) if n else (0, 0)
    table = np.bincount(x * many[1] + y, minlength=many[0] * many[1]).reshape(many)

    def pairs(counts: Ints) -> float:
        return float((counts * (counts - 1.0) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    every = n * (n - 1) / 2
    expected = rows * columns / every if every else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _stability(best: Ints, divisions: list[Ints]) -> Floats:
    if len(divisions) == 1:
        return np.ones(len(best))
    total = np.zeros(len(best))
    size = np.bincount(best)[best]
    for other in divisions:
        joint = best.astype(np.int64) * (int(other.max()) + 1) + other
        _, inverse, counts = np.unique(joint, return_inverse=True, return_counts=True)
        together = counts[inverse] - 1
        total += np.where(size > 1, together / np.maximum(size - 1, 1), 1.0)
    return total / len(divisions)
