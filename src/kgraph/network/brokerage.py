"""Brokers between sides: five roles, counted after Gould and Fernandez."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import numpy as np
import polars as pl
from scipy import sparse

from kgraph.network.network import Floats, Ints, Network
from kgraph.network.triangles import pairs, triangles

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


def brokerage(network: Network, attribute: str = "side") -> pl.DataFrame:
    """How often each stands in the middle of a -> b -> c where a never wrote to c.

    By the groups (sides) of a, b, c: *coordinator* all in one; *itinerant* a and c in
    one, b in another (also: consultant); *representative* a and b in one, c outside;
    *gatekeeper* b and c in one, a outside; *liaison* all in three. Gould and Fernandez
    1989, https://doi.org/10.2307/270949. Nodes whose group is not known are no part of any
    such way, and their counts are null.

    Columns: id, label, side, the roles, total; ordered by total, then id.
    """
    code, _ = network.coded(attribute)
    ways = _open_ways(network, code)
    table = network.nodes.select("id", "label", pl.col(attribute)).with_columns(
        *[pl.Series(role, ways[role]) for role in ROLES]
    )
    known = pl.Series(code >= 0)
    return (
        table.with_columns(pl.sum_horizontal(ROLES).alias("total"))
        .with_columns(
            pl.when(known).then(pl.col(c)).otherwise(None).alias(c) for c in (*ROLES, "total")
        )
        .sort("total", "id", descending=[True, False], nulls_last=True)
    )


def brokered(network: Network, attribute: str = "side") -> Ints:
    """The total of `brokerage` in the order of nodes; 0 where the group is not known."""
    ways = _open_ways(network, network.coded(attribute)[0])
    return np.asarray(np.sum([ways[role] for role in ROLES], axis=0), dtype=np.int64)


def _open_ways(network: Network, code: Ints) -> dict[str, Ints]:
    """Counts of open two-step ways by role, for every middle node.

    For a middle b: the ways through b with a in group g and c in group h number
    in(b, g) out(b, h), less those with a = c and those closed by a -> c.
    """
    n = network.size
    a = sparse.csr_array(network.counts, copy=True)
    known = sparse.diags_array((code >= 0).astype(float))
    a = sparse.csr_array(known @ a @ known)
    a.eliminate_zeros()
    groups = int(code.max(initial=-1)) + 1
    found = {role: np.zeros(n) for role in ROLES}
    if not groups:
        return {role: v.astype(np.int64) for role, v in found.items()}
    member = sparse.csr_array(
        (np.ones((code >= 0).sum()), (np.flatnonzero(code >= 0), code[code >= 0])),
        shape=(n, groups),
    )
    out, into = (a @ member).toarray(), (a.T @ member).toarray()
    mutual = (a.multiply(a.T) @ member).toarray()
    closed = _closed(network, code)
    own = np.maximum(code, 0)
    row = np.arange(n)
    same_in, same_out = into[row, own], out[row, own]
    all_in, all_out = into.sum(1), out.sum(1)
    other_in, other_out = all_in - same_in, all_out - same_out
    found["coordinator"] = same_in * same_out - mutual[row, own] - closed["coordinator"]
    mixed = (into * out).sum(1) - same_in * same_out  # a and c in one group, not b's
    back = mutual.sum(1) - mutual[row, own]
    found["itinerant"] = mixed - back - closed["itinerant"]
    found["representative"] = same_in * other_out - closed["representative"]
    found["gatekeeper"] = other_in * same_out - closed["gatekeeper"]
    found["liaison"] = other_in * other_out - mixed - closed["liaison"]
    return {
        role: np.where(code >= 0, np.rint(value), 0).astype(np.int64)
        for role, value in found.items()
    }


def _closed(network: Network, code: Ints) -> dict[str, Floats]:
    """Two-step ways a -> b -> c whose ends are tied a -> c, by role, for every b."""
    n = network.size
    found = {role: np.zeros(n) for role in ROLES}
    p = pairs(network)
    for x in triangles(network):
        nodes = p.first[x.ab], p.second[x.ab], p.second[x.ac]
        ties = {(0, 1): p.code[x.ab], (0, 2): p.code[x.ac], (1, 2): p.code[x.bc]}
        goes = {(i, j): tie & 1 > 0 for (i, j), tie in ties.items()}
        goes |= {(j, i): tie & 2 > 0 for (i, j), tie in ties.items()}
        for a, b, c in permutations(range(3)):
            all_there = goes[a, b] & goes[b, c] & goes[a, c]
            g, m, h = (code[nodes[k]] for k in (a, b, c))
            all_there &= (g >= 0) & (m >= 0) & (h >= 0)
            for role, where in (
                ("coordinator", (g == m) & (m == h)),
                ("itinerant", (g == h) & (m != h)),
                ("representative", (g != h) & (m == g)),
                ("gatekeeper", (g != h) & (m == h)),
                ("liaison", (g != h) & (m != g) & (m != h)),
            ):
                found[role] += np.bincount(nodes[b][all_there & where], minlength=n)
    return found


@cache
def closed_ways() -> Ints:
    """How many of the six ways x -> y -> z among a, b, c have a tie x -> z too, by how they are tied.

    At ab + 4 ac + 16 bc, each 0 for no tie, 1 for one there, 2 for one back, 3 for both.
    """
    found = np.zeros(64, np.int64)
    for code in range(64):
        goes = {(0, 1): code, (1, 0): code >> 1, (0, 2): code >> 2, (2, 0): code >> 3,
                (1, 2): code >> 4, (2, 1): code >> 5}  # fmt: skip
        found[code] = sum(
            goes[x, y] & goes[y, z] & goes[x, z] & 1 for x, y, z in permutations(range(3))
        )
    return found
