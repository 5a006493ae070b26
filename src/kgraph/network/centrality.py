"""Who stands where: degree, strength, PageRank, hubs and authorities, betweenness, closeness.

All take a `Network` and give one number a node, in the order of its nodes. Loops
(letters to oneself, or within one office) are left out. Where a measure is
undefined the docstring says what is given instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

import numpy as np

from kgraph.network.engines import Engine, as_igraph, as_networkx, choose
from kgraph.network.network import Floats, Ints, Network
from kgraph.report import KgraphError

Direction = Literal["in", "out", "both"]


def degree(network: Network, direction: Direction = "both") -> Ints:
    """Number of ties: of those written to (out), of those who wrote (in), or both summed.

    d_out(i) = #{j != i : i wrote to j}. Freeman 1978, https://doi.org/10.1016/0378-8733(78)90021-7.
    Always defined; 0 for a node whose only letters are loops.
    """
    s, t, _ = network.ends
    out = np.bincount(s, minlength=network.size)
    into = np.bincount(t, minlength=network.size)
    return into if direction == "in" else out if direction == "out" else into + out


def strength(network: Network, direction: Direction = "both") -> Floats:
    """Weight of the ties: letters sent (out), letters received (in), or both summed.

    s_out(i) = sum over j of w(i, j). Barrat et al. 2004, https://doi.org/10.1073/pnas.0400087101.
    Always defined.
    """
    s, t, w = network.ends
    out: Floats = np.bincount(s, weights=w, minlength=network.size).astype(np.float64)
    into: Floats = np.bincount(t, weights=w, minlength=network.size).astype(np.float64)
    return into if direction == "in" else out if direction == "out" else into + out


def pagerank(
    network: Network, damping: float = 0.85, tolerance: float = 1e-12, rounds: int = 1000
) -> Floats:
    """Share of the time that a letter sent on and on at random lies with each.

    p = d (P' p + dangling / n) + (1 - d) / n, with P the weights of letters sent,
    each row divided by its sum; whoever writes to nobody sends on to anybody.
    Brin and Page 1998, https://doi.org/10.1016/S0169-7552(98)00110-X. Iterated until
    the numbers change by less than `tolerance` in sum. An empty network: no numbers.
    """
    n = network.size
    if n == 0:
        return np.zeros(0)
    sent = strength(network, "out")
    step = np.divide(1.0, sent, out=np.zeros(n), where=sent > 0)
    transposed = network.matrix.T.tocsr()
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
    raise KgraphError(
        f"PageRank did not settle in {rounds} rounds", hint="allow a larger tolerance"
    )


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
    back = matrix.T.tocsr()
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
    return np.where(hubs < 1e-15, 0.0, hubs), np.where(authorities < 1e-15, 0.0, authorities)


def betweenness(network: Network, engine: Engine = "auto") -> Floats:
    """Share of the shortest chains between others that lead through each, in [0, 1].

    b(v) = 1 / ((n - 1)(n - 2)) * sum over s, t of chains(s, t | v) / chains(s, t), chains
    directed and counted in hops. Freeman 1977, https://doi.org/10.2307/3033543, computed after
    Brandes 2001, https://doi.org/10.1080/0022250X.2001.9990249. Fewer than three nodes: 0.
    """
    n = network.size
    if n < 3:
        return np.zeros(n)
    if choose(engine) == "igraph":
        found = np.array(as_igraph(network).betweenness(directed=True))
        return found / ((n - 1) * (n - 2))
    import networkx as nx

    made = nx.betweenness_centrality(as_networkx(network))
    return np.array([made[i] for i in range(n)])


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
    groups = np.array_split(drawn, min(20, pivots))
    sums = np.array([_dependencies(network, part, engine) for part in groups])
    sizes = np.array([len(part) for part in groups], dtype=float)
    scale = n / ((n - 1) * (n - 2))
    values = sums.sum(axis=0) / pivots * scale
    means = sums / sizes[:, None] * scale
    spread = ((means - values) ** 2 * sizes[:, None]).sum(axis=0) / pivots
    shrink = 1 - pivots / n
    error = np.sqrt(spread * shrink / max(len(groups) - 1, 1))
    bound = n / (n - 1) * sqrt(log(2 * n / (1 - confidence)) / (2 * pivots))
    return Sampled(values, error, bound, confidence, pivots)


def _dependencies(network: Network, sources: Ints, engine: Engine) -> Floats:
    if choose(engine) == "igraph":
        return np.array(as_igraph(network).betweenness(directed=True, sources=sources.tolist()))
    import networkx as nx

    made = nx.betweenness_centrality_subset(
        as_networkx(network), sources.tolist(), range(network.size)
    )
    return np.array([made[i] for i in range(network.size)])


def closeness(network: Network, direction: Literal["in", "out"] = "out") -> Floats:
    """How near all others are in hops: out, whom a message from here reaches; in, who reaches here.

    c(v) = (r - 1) / (n - 1) * (r - 1) / sum of distances, r the nodes reached (v among
    them): Wasserman and Faust's scaling (1994, p. 201) for networks in several parts. Who
    reaches nobody has 0; so has the only node.
    """
    n = network.size
    near = np.zeros(n)
    if n < 2:
        return near
    for start, distance in _distances(network, direction, np.arange(n)):
        reached = np.isfinite(distance)
        r = reached.sum(axis=1)
        total = np.where(reached, distance, 0.0).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(total > 0, (r - 1) / (n - 1) * (r - 1) / total, 0.0)
        near[start] = value
    return near


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
    jackknife over 20 groups of pivots; `bound` is that of the share reached,
    sqrt(ln(2 n / (1 - confidence)) / (2 pivots)) (Hoeffding), for all nodes at once.
    `pivots` of n or more: exact.
    """
    n = network.size
    if pivots >= n or n < 2:
        return Sampled(closeness(network, direction), np.zeros(n), 0.0, confidence, n)
    drawn = np.random.default_rng(seed).choice(n, pivots, replace=False)
    groups = np.array_split(drawn, min(20, pivots))
    back = "in" if direction == "out" else "out"
    reached, total = np.zeros((len(groups), n)), np.zeros((len(groups), n))
    for k, group in enumerate(groups):
        for part, distance in _distances(network, back, group):
            near = np.isfinite(distance)
            near[np.arange(len(part)), part] = False
            reached[k] += near.sum(axis=0)
            total[k] += np.where(near, distance, 0.0).sum(axis=0)

    def estimate(hit: Floats, far: Floats, size: float) -> Floats:
        scale = (n - 1) / size
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(far > 0, (hit * scale) ** 2 / ((n - 1) * far * scale), 0.0)

    value = estimate(reached.sum(0), total.sum(0), float(pivots))
    left_out = np.array([
        estimate(reached.sum(0) - reached[k], total.sum(0) - total[k], float(pivots - len(g)))
        for k, g in enumerate(groups)
    ])  # fmt: skip
    many = len(groups)
    error = np.sqrt((many - 1) / many * ((left_out - left_out.mean(0)) ** 2).sum(0))
    bound = sqrt(log(2 * n / (1 - confidence)) / (2 * pivots))
    return Sampled(value, error, bound, confidence, pivots)


def _distances(network: Network, direction: str, nodes: Ints):  # type: ignore[no-untyped-def]
    """Distances in hops from (or to) `nodes`, in blocks of rows of bounded size."""
    from scipy.sparse.csgraph import shortest_path

    matrix = network.counts if direction == "out" else network.counts.T.tocsr()
    block = max(1, 4_000_000 // max(network.size, 1))
    for begin in range(0, len(nodes), block):
        part = nodes[begin : begin + block]
        yield part, shortest_path(matrix, unweighted=True, indices=part)
