"""How the whole holds together: density, reciprocity, components, cores, mixing, triads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kgraph.network.engines import (
    MANY,
    Engine,
    as_networkit,
    choose,
    on_processors,
    undirected,
    without_direction,
)
from kgraph.network.network import Ints, Network


def density(network: Network) -> float | None:
    """Share of all ordered pairs that are tied: m / (n (n - 1)).

    Wasserman and Faust 1994, p. 101. Fewer than two nodes: None.
    """
    n = network.size
    return len(network.ends[0]) / (n * (n - 1)) if n > 1 else None


def reciprocity(network: Network) -> float | None:
    """Share of ties that are answered by one the other way (as networkx's overall_reciprocity).

    r = #{(i, j) : i -> j and j -> i} / m. Garlaschelli and Loffredo 2004,
    https://doi.org/10.1103/PhysRevLett.93.268701 (their first, uncorrected form). No tie: None.
    """
    there, back = (_filled(x) for x in (network.matrix, network.back))
    return there.multiply(back).nnz / there.nnz if there.nnz else None


def _filled(matrix: Any) -> Any:
    """The places of `matrix` that are filled, as small as may be."""
    return sparse.csr_array(
        (np.ones(matrix.nnz, np.int8), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def weighted_reciprocity(network: Network) -> float | None:
    """Share of the letters that are balanced by letters the other way.

    r = sum of min(w(i, j), w(j, i)) / sum of w(i, j). Squartini et al. 2013,
    https://doi.org/10.1038/srep02729. No letter: None.
    """
    matrix = network.matrix
    total = matrix.sum()
    return float(matrix.minimum(network.back).sum() / total) if total else None


@dataclass(frozen=True)
class Components:
    """`weak` and `strong` number each node's component from 0, the largest first."""

    weak: Ints
    strong: Ints

    @property
    def weak_sizes(self) -> list[int]:
        return np.bincount(self.weak).tolist() if len(self.weak) else []

    @property
    def strong_sizes(self) -> list[int]:
        return np.bincount(self.strong).tolist() if len(self.strong) else []


def components(network: Network) -> Components:
    """Weak components: joined by letters in any direction; strong: each can reach each.

    Wasserman and Faust 1994, p. 109 and 133. An empty network has none. Equal sizes
    are numbered by their first node.
    """
    if network.size == 0:
        return Components(np.zeros(0, np.int64), np.zeros(0, np.int64))
    made = []
    for kind in ("weak", "strong"):
        _, label = connected_components(network.matrix, directed=True, connection=kind)
        sizes = np.bincount(label)
        first = np.empty(len(sizes), np.int64)
        first[label[::-1]] = np.arange(network.size)[::-1]  # the first of each is written last
        rank = np.empty(len(sizes), np.int64)
        rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
        made.append(rank[label])
    return Components(*made)


def core(network: Network, engine: Engine = "auto") -> Ints:
    """The largest k for which a node belongs to a group in which each has k ties inside it.

    Ties without direction, a pair counted once. Seidman 1983,
    https://doi.org/10.1016/0378-8733(83)90028-X; computed after Batagelj and Zaversnik 2003.
    A node without ties has 0.
    """
    n = network.size
    known: tuple[Engine, ...] = ("igraph", "kgraph", "networkit")
    if len(network.ends[0]) >= MANY:  # the numbers are the same
        known = ("networkit", "igraph", "kgraph")
    chosen = choose(engine, *known) if n else "kgraph"
    if chosen == "networkit":
        import networkit

        joined, place = as_networkit(network)
        peeled = networkit.centrality.CoreDecomposition(joined)
        on_processors(1, peeled.run)  # two wait for each other longer than one takes
        cores: Ints = np.array(peeled.scores(), dtype=np.int64)[place]
        return cores
    if chosen == "igraph":
        graph, number = without_direction(network)
        deepest: Ints = np.fromiter(graph.coreness(), np.int64, n)[number]
        return deepest
    s, t, _ = undirected(network)
    both = sparse.csr_array(
        (np.ones(2 * len(s)), (np.concatenate([s, t]), np.concatenate([t, s]))), shape=(n, n)
    )
    start, neighbour = both.indptr, both.indices
    left = np.diff(start).astype(np.int64)
    found = np.zeros(n, np.int64)
    alive = np.ones(n, bool)
    k = 0
    while alive.any():
        k = max(k, int(left[alive].min()))
        peel = np.flatnonzero(alive & (left <= k))
        while len(peel):
            found[peel] = k
            alive[peel] = False
            touched = np.concatenate([neighbour[start[i] : start[i + 1]] for i in peel])
            np.subtract.at(left, touched, 1)
            near = np.unique(touched)
            peel = near[alive[near] & (left[near] <= k)]
    return found


def assortativity(network: Network, attribute: str = "side", weighted: bool = True) -> float | None:
    """How far letters stay within one side: 1 all, 0 as by chance, below 0 less than that.

    r = (trace e - sum of a b) / (1 - sum of a b), e the share of letters between each
    two values, a and b its sums. Newman 2003, https://doi.org/10.1103/PhysRevE.67.026126.
    Nodes without a value and their letters are left out. No letter left, or all letters
    from and to one value: None.
    """
    code, names = network.coded(attribute)
    s, t, w = network.ends
    many = len(names) + 1  # the last: not known
    code = np.where(code < 0, many - 1, code)
    pair = (code * many)[s]
    pair += code[t]
    cells = np.bincount(pair, w if weighted else None, many * many)
    e = cells.reshape(many, many)[:-1, :-1].astype(np.float64)
    if not e.any():
        return None
    e /= e.sum()
    chance = float(e.sum(axis=1) @ e.sum(axis=0))
    return None if chance > 1 - 1e-12 else float((np.trace(e) - chance) / (1 - chance))


def key_figures(network: Network) -> dict[str, float | int | None]:
    """The figures of a network as a whole, by name; None where undefined."""
    parts = components(network)
    letters = network.letters
    return {
        "nodes": network.size,
        "edges": len(network.ends[0]),
        "letters": letters["document"].n_unique(),
        "weight": float(letters.filter(pl.col("s") != pl.col("t"))["weight"].sum()),
        "density": density(network),
        "reciprocity": reciprocity(network),
        "weighted_reciprocity": weighted_reciprocity(network),
        "weak_components": len(parts.weak_sizes),
        "largest_weak_component": max(parts.weak_sizes, default=0),
        "strong_components": len(parts.strong_sizes),
        "largest_strong_component": max(parts.strong_sizes, default=0),
        "assortativity_by_side": assortativity(network),
    }
