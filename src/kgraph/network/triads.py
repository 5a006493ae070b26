"""Motifs of three: how often each pattern of ties among three people occurs, and by chance."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy import sparse

from kgraph.network.engines import Engine, as_igraph, choose
from kgraph.network.network import Ints, Network

NAMES = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201",
    "120D", "120U", "120C", "210", "300",
)  # fmt: skip


_WAYS = (("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("b", "c"), ("c", "b"))


def _names() -> list[str]:
    """The name of each of the 64 ways to tie a, b, c: bits ab, ba, ac, ca, bc, cb."""
    import networkx as nx

    made = []
    for code in range(64):
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from("abc")
        for bit, (x, y) in enumerate(_WAYS):
            if code >> bit & 1:
                graph.add_edge(x, y)
        made.append(str(nx.triad_type(graph)))
    return made


def census(network: Network, engine: Engine = "auto") -> dict[str, int]:
    """Counts of the sixteen triads, named by mutual, one-way and missing ties (M-A-N).

    Holland and Leinhardt 1976, https://doi.org/10.2307/270703; counted pair by pair after
    Batagelj and Mrvar 2001, https://doi.org/10.1016/S0378-8733(01)00035-1. Fewer than three
    nodes: all 0.
    """
    n = network.size
    counts = dict.fromkeys(NAMES, 0)
    if n < 3:
        return counts
    if choose(engine) == "igraph":
        found_there = as_igraph(network).triad_census()
        return dict(zip(NAMES, map(int, found_there), strict=True))
    names = _names()
    forward = sparse.csr_array(network.counts)
    code = sparse.csr_array(forward + 2 * forward.T)  # 1: out, 2: in, 3: both
    code.sort_indices()
    start, near, tie = code.indptr, code.indices, code.data.astype(np.int64)
    found = np.zeros(64, dtype=object)
    for v in range(n):
        mine = near[start[v] : start[v + 1]]
        ties = tie[start[v] : start[v + 1]]
        for u, vu in zip(mine[mine > v], ties[mine > v], strict=True):
            theirs = near[start[u] : start[u + 1]]
            union = np.union1d(mine, theirs)
            union = union[(union != u) & (union != v)]
            found[_code(int(vu), 0, 0)] += n - len(union) - 2
            # each connected triad is counted once, from its first pair of tied nodes
            beside = np.isin(union, mine, assume_unique=True)
            third = union[(union > u) | ((union > v) & (union < u) & ~beside)]
            if not len(third):
                continue
            vw = _lookup(mine, ties, third)
            uw = _lookup(theirs, tie[start[u] : start[u + 1]], third)
            np.add.at(found, vu + 4 * vw + 16 * uw, 1)
    for k, count in enumerate(found):
        counts[names[k]] += int(count)
    every = n * (n - 1) * (n - 2) // 6
    counts["003"] = every - sum(c for name, c in counts.items() if name != "003")
    return counts


def _code(vu: int, vw: int, uw: int) -> int:
    return vu + 4 * vw + 16 * uw


def _lookup(keys: Ints, values: Ints, wanted: Ints) -> Ints:
    at = np.searchsorted(keys, wanted)
    at = np.minimum(at, max(len(keys) - 1, 0))
    if not len(keys):
        return np.zeros(len(wanted), np.int64)
    return np.where(keys[at] == wanted, values[at], 0)


def motifs(network: Network, rounds: int = 100, seed: int = 0) -> pl.DataFrame:
    """The census beside that of networks with the same letters out and in for everybody.

    Columns: triad, count, expected, deviation, z, from `rounds` networks made by
    swapping the addressees of pairs of ties (ten swaps a tie); Milo et al. 2002,
    https://doi.org/10.1126/science.298.5594.824. z is null where all made networks agree.
    """
    real = census(network)
    random = np.random.default_rng(seed)
    made = [census(_shuffled(network, random)) for _ in range(rounds)]
    rows = []
    for name in NAMES:
        values = np.array([m[name] for m in made], dtype=float)
        mean = float(values.mean()) if rounds else None
        spread = float(values.std(ddof=1)) if rounds > 1 else 0.0
        z = (real[name] - float(values.mean())) / spread if spread > 0 else None
        rows.append((name, real[name], mean, spread, z))
    return pl.DataFrame(rows, schema=["triad", "count", "expected", "deviation", "z"], orient="row")


def _shuffled(network: Network, random: np.random.Generator) -> Network:
    s, t, _ = (x.copy() for x in network.ends)
    m = len(s)
    present = set(zip(s.tolist(), t.tolist(), strict=True))
    for i, j in random.integers(0, max(m, 1), (10 * m, 2)).tolist():
        a, b, c, d = int(s[i]), int(t[i]), int(s[j]), int(t[j])
        if a in (c, d) or b in (c, d) or (a, d) in present or (c, b) in present:
            continue
        present -= {(a, b), (c, d)}
        present |= {(a, d), (c, b)}
        t[i], t[j] = d, b
    letters = pl.DataFrame({"s": s, "t": t, "weight": np.ones(m)})
    return network.part(letters)
