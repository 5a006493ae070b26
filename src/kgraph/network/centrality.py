"""Who stands where: degree, strength, PageRank, hubs and authorities, betweenness, closeness.

All take a `Network` and give one number a node, in the order of its nodes. Loops
(letters to oneself, or within one office) are left out. Where a measure is
undefined the docstring says what is given instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any, Literal

import numpy as np

from kgraph.network.engines import Engine, as_igraph, as_networkx, choose
from kgraph.network.network import Floats, Ints, Network
from kgraph.network.sharing import shared
from kgraph.network.sweeps import OneByOne, TooDeep, dependencies, near
from kgraph.report import KgraphError

Direction = Literal["in", "out", "both"]


def degree(network: Network, direction: Direction = "both") -> Ints:
    """Number of ties: of those written to (out), of those who wrote (in), or both summed.

    d_out(i) = #{j != i : i wrote to j}. Freeman 1978, https://doi.org/10.1016/0378-8733(78)90021-7.
    Always defined; 0 for a node whose only letters are loops.
    """
    if direction == "both":
        return degree(network, "out") + degree(network, "in")
    matrix = network.matrix if direction == "out" else network.back
    return np.asarray(np.diff(matrix.indptr), dtype=np.int64)


def strength(network: Network, direction: Direction = "both") -> Floats:
    """Weight of the ties: letters sent (out), letters received (in), or both summed.

    s_out(i) = sum over j of w(i, j). Barrat et al. 2004, https://doi.org/10.1073/pnas.0400087101.
    Always defined.
    """
    if direction == "both":
        return strength(network, "out") + strength(network, "in")
    matrix = network.matrix if direction == "out" else network.back
    return np.asarray(matrix.sum(axis=1), dtype=np.float64)


def pagerank(
    network: Network, damping: float = 0.85, tolerance: float = 1e-12, rounds: int = 1000
) -> Floats:
    """Share of the time that a letter sent on and on at random lies with each.

    p = d (P' p + dangling / n) + (1 - d) / n, with P the weights of letters sent,
    each row divided by its sum; whoever writes to nobody sends on to anybody.
    Brin and Page 1998, https://doi.org/10.1016/S0169-7552(98)00110-X. Iterated until
    the numbers change by less than `tolerance` in sum. An empty network: no numbers.
    """
    found = pagerank_steps(network, damping, tolerance, rounds)
    if found is None:
        raise KgraphError(
            f"PageRank did not settle in {rounds} rounds", hint="allow a larger tolerance"
        )
    return found


def pagerank_steps(
    network: Network, damping: float, tolerance: float, rounds: int
) -> Floats | None:
    """`pagerank`, or None where the numbers do not settle in so many rounds."""
    n = network.size
    if n == 0:
        return np.zeros(0)
    sent = strength(network, "out")
    step = np.divide(1.0, sent, out=np.zeros(n), where=sent > 0)
    transposed = network.back
    idle = sent == 0
    rank: Floats = np.full(n, 1.0 / n)
    for _ in range(rounds):
        fresh: Floats = (
            damping * (transposed @ (rank * step) + rank[idle].sum() / n) + (1 - damping) / n
        )
        change = np.abs(fresh - rank).sum()
        rank = fresh
        if change < tolerance:
            return rank
    return None


def hits(network: Network) -> tuple[Floats, Floats]:
    """Hubs (who write to those written to) and authorities, each summing to 1.

    The leading left and right singular vectors of the weight matrix. Kleinberg 1999,
    https://doi.org/10.1145/324133.324140. Without any tie all are 1 / n. Where the largest
    singular value is not single (parts equally strong), the vectors are not unique;
    the one reached by power iteration from equal values is given.
    """
    n = network.size
    matrix = network.matrix
    if n == 0 or matrix.nnz == 0:
        return np.full(n, 1.0 / max(n, 1)), np.full(n, 1.0 / max(n, 1))
    back = network.back
    hubs = np.full(n, 1.0 / n)
    authorities = hubs
    for _ in range(10_000):
        authorities = back @ hubs
        authorities /= authorities.sum()
        fresh = matrix @ authorities
        fresh /= fresh.sum()
        change = np.abs(fresh - hubs).sum()
        hubs = fresh
        if change < 1e-13:
            break
    return np.where(hubs < 1e-12, 0.0, hubs), np.where(authorities < 1e-12, 0.0, authorities)


def betweenness(network: Network, engine: Engine = "auto") -> Floats:
    """Share of the shortest chains between others that lead through each, in [0, 1].

    b(v) = 1 / ((n - 1)(n - 2)) * sum over s, t of chains(s, t | v) / chains(s, t), chains
    directed and counted in hops. Freeman 1977, https://doi.org/10.2307/3033543, computed after
    Brandes 2001, https://doi.org/10.1080/0022250X.2001.9990249. Fewer than three nodes: 0.
    """
    n = network.size
    if n < 3:
        return np.zeros(n)
    every = np.arange(n)
    if choose(engine, *_CHAINS) == "igraph" and n * len(network.ends[0]) > LONG:
        found = shared(network, every)
    else:
        found = _dependencies(network, [every], engine)[0]
    return found / ((n - 1) * (n - 2))


LONG = 500_000_000
"""Nodes x ties above which exact betweenness (half a minute) is shared out among processors."""
_CHAINS = ("igraph", "kgraph", "networkx")


@dataclass(frozen=True)
class Sampled:
    """An estimate: `values`, standard `error` of each, and a `bound` that holds for all
    nodes at once with the given `confidence` (Hoeffding 1963 with a union bound)."""

    values: Floats
    error: Floats
    bound: float
    confidence: float
    pivots: int


def sampled_betweenness(
    network: Network,
    pivots: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
    engine: Engine = "auto",
) -> Sampled:
    """`betweenness` from shortest chains that start at `pivots` nodes drawn at random.

    Each pivot's dependency, divided by n - 2, lies in [0, 1]; their mean times n / (n - 1)
    estimates b. Brandes and Pich 2007, https://doi.org/10.1142/S0218127407018403. The bound is
    n / (n - 1) * sqrt(ln(2 n / (1 - confidence)) / (2 pivots)) (Hoeffding holds for
    drawing without replacement too). `pivots` of n or more: exact, error 0.
    """
    n = network.size
    if pivots >= n or n < 3:
        return Sampled(betweenness(network, engine), np.zeros(n), 0.0, confidence, n)
    drawn = np.random.default_rng(seed).choice(n, pivots, replace=False)
    groups = np.array_split(drawn, min(_GROUPS, pivots))
    sums = _dependencies(network, groups, engine)
    sizes = np.array([len(part) for part in groups], dtype=float)
    scale = n / ((n - 1) * (n - 2))
    values = sums.sum(axis=0) / pivots * scale
    means = sums / sizes[:, None] * scale
    spread = ((means - values) ** 2 * sizes[:, None]).sum(axis=0) / pivots
    shrink = 1 - pivots / n
    error = np.sqrt(spread * shrink / max(len(groups) - 1, 1))
    bound = n / (n - 1) * sqrt(log(2 * n / (1 - confidence)) / (2 * pivots))
    return Sampled(values, error, bound, confidence, pivots)


_GROUPS = 10


def _dependencies(network: Network, groups: Sequence[Ints], engine: Engine) -> Floats:
    """For each group of starts, the shortest chains from them through each node."""
    chosen = choose(engine, *_CHAINS)
    if engine == "auto" and len(network.ends[0]) >= MANY:
        chosen = "kgraph"
    if chosen == "kgraph":
        try:
            return _swept(network, groups)
        except TooDeep:
            chosen = choose("auto", "igraph", "networkx")
    if chosen == "igraph":
        graph = as_igraph(network)
        return np.array([graph.betweenness(directed=True, sources=g.tolist()) for g in groups])
    import networkx as nx

    plain, every = as_networkx(network), range(network.size)
    made = [nx.betweenness_centrality_subset(plain, g.tolist(), every) for g in groups]
    return np.array([[one[i] for i in every] for one in made])


def _swept(network: Network, groups: Sequence[Ints]) -> Floats:
    out, back = network.counts, network.counts_back
    if network.size >= _WIDE:
        sweeps = OneByOne(out, back)
        return np.array([sweeps.dependencies(g) for g in groups])
    none = np.zeros(network.size)
    return np.array(
        [sum((x.sum(axis=1) for x in dependencies(out, back, g)), none) for g in groups]
    )


MANY = 1_000_000
"""Ties from which chains from single starts are found faster here than by igraph."""
_WIDE = 3000  # nodes from which sweeps go one by one


def closeness(network: Network, direction: Literal["in", "out"] = "out") -> Floats:
    """How near all others are in hops: out, whom a message from here reaches; in, who reaches here.

    c(v) = (r - 1) / (n - 1) * (r - 1) / sum of distances, r the nodes reached (v among
    them): Wasserman and Faust's scaling (1994, p. 201) for networks in several parts. Who
    reaches nobody has 0; so has the only node.
    """
    n = network.size
    if n < 2:
        return np.zeros(n)
    return _wasserman(*steps_to(network, direction), n)


def steps_to(network: Network, direction: Literal["in", "out"]) -> tuple[Floats, Floats]:
    """How many others each node reaches (in: is reached from), and the steps to them in all."""
    reached, total = _near(network, direction, [np.arange(network.size)])
    return reached[0], total[0]


def _wasserman(reached: Floats, total: Floats, n: int) -> Floats:
    """Closeness of who reaches so many others at so many steps in all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, reached / (n - 1) * reached / total, 0.0)


def sampled_closeness(
    network: Network,
    pivots: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
    direction: Literal["in", "out"] = "out",
) -> Sampled:
    """`closeness` from the distances to (in: from) `pivots` nodes drawn at random.

    The number reached and the sum of distances are scaled up from the pivots; Eppstein
    and Wang 2004, https://doi.org/10.7155/jgaa.00081. `error` is the standard error by the
    jackknife over groups of pivots; `bound` is that of the share reached,
    sqrt(ln(2 n / (1 - confidence)) / (2 pivots)) (Hoeffding), for all nodes at once.
    `pivots` of n or more: exact.
    """
    n = network.size
    if pivots >= n or n < 2:
        return Sampled(closeness(network, direction), np.zeros(n), 0.0, confidence, n)
    drawn = np.random.default_rng(seed).choice(n, pivots, replace=False)
    groups = np.array_split(drawn, min(_GROUPS, pivots))
    reached, total = _near(network, direction, groups)

    def estimate(hit: Floats, far: Floats, size: float) -> Floats:
        scale = (n - 1) / size
        return _wasserman(hit * scale, far * scale, n)

    value = estimate(reached.sum(0), total.sum(0), float(pivots))
    left_out = np.array([
        estimate(reached.sum(0) - reached[k], total.sum(0) - total[k], float(pivots - len(g)))
        for k, g in enumerate(groups)
    ])  # fmt: skip
    many = len(groups)
    error = np.sqrt((many - 1) / many * ((left_out - left_out.mean(0)) ** 2).sum(0))
    bound = sqrt(log(2 * n / (1 - confidence)) / (2 * pivots))
    return Sampled(value, error, bound, confidence, pivots)


def _near(
    network: Network, direction: Literal["in", "out"], groups: Sequence[Ints]
) -> tuple[Floats, Floats]:
    """How many of each group each node reaches (in: is reached from), and the distances summed."""
    out, back = network.counts, network.counts_back
    if direction == "in":
        out, back = back, out
    try:
        return near(out, back, groups)
    except TooDeep:
        return _near_one_by_one(back, groups)


def _near_one_by_one(back: Any, groups: Sequence[Ints]) -> tuple[Floats, Floats]:
    """As `sweeps.near`, where chains are long: scipy's search from one end after the other."""
    from scipy.sparse.csgraph import shortest_path

    n = back.shape[0]
    block = max(1, 4_000_000 // max(n, 1))
    reached, total = np.zeros((len(groups), n)), np.zeros((len(groups), n))
    for k, group in enumerate(groups):
        for begin in range(0, len(group), block):
            part = group[begin : begin + block]
            distance = shortest_path(back, unweighted=True, indices=part)
            met = np.isfinite(distance)
            met[np.arange(len(part)), part] = False
            reached[k] += met.sum(axis=0)
            total[k] += np.where(met, distance, 0.0).sum(axis=0)
    return reached, total
