"""Motifs of three: how often each pattern of ties among three people occurs, and by chance."""

from __future__ import annotations

from functools import cache
from itertools import combinations_with_replacement

import numpy as np
import polars as pl

from kgraph.network.engines import Engine, as_igraph, choose
from kgraph.network.network import Network
from kgraph.network.triangles import pairs, triangles

NAMES = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201",
    "120D", "120U", "120C", "210", "300",
)  # fmt: skip


_WAYS = (("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("b", "c"), ("c", "b"))


@cache
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

    Holland and Leinhardt 1976, https://doi.org/10.2307/270703. Triangles are looked at one
    by one; threes with two ties follow from everybody's ties less the triangles, those with
    one tie from the ties less both (as Moody 1998, *Social Networks* 20).
    Fewer than three nodes: all 0.
    """
    n = network.size
    counts = dict.fromkeys(NAMES, 0)
    if n < 3:
        return counts
    if choose(engine, "kgraph", "igraph") == "igraph":
        found_there = as_igraph(network).triad_census()
        return dict(zip(NAMES, map(int, found_there), strict=True))
    p, names = pairs(network), _names()
    closed = np.zeros(64, np.int64)
    for x in triangles(network):
        closed += np.bincount(p.code[x.ab] + 4 * p.code[x.ac] + 16 * p.code[x.bc], minlength=64)
    # two ties at a middle a, to b and to c: of the kinds 1 (out), 2 (in), 3 (both)
    kinds = {
        k: np.bincount(p.first[p.code == k], minlength=n)
        + np.bincount(p.second[p.code == _TURNED[k]], minlength=n)
        for k in (1, 2, 3)
    }
    for k, other in combinations_with_replacement((1, 2, 3), 2):
        one, two = kinds[k], kinds[other]
        ways = int((one * two).sum() if k != other else (one * (one - 1) // 2).sum())
        counts[names[k + 4 * other]] += ways
    for code in np.flatnonzero(closed).tolist():
        many, ab, ac, bc = int(closed[code]), code & 3, code >> 2 & 3, code >> 4
        counts[names[code]] += many
        for k, other in ((ab, ac), (_TURNED[ab], bc), (_TURNED[ac], _TURNED[bc])):
            counts[names[min(k, other) + 4 * max(k, other)]] -= many
    one_way, both = int((p.code < 3).sum()), int((p.code == 3).sum())
    counts["012"] = one_way * (n - 2) - sum(int(name[1]) * c for name, c in counts.items())
    counts["102"] = both * (n - 2) - sum(int(name[0]) * c for name, c in counts.items())
    counts["003"] = n * (n - 1) * (n - 2) // 6 - sum(counts.values())
    return counts


_TURNED = (0, 2, 1, 3)


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
