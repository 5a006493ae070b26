"""Structural holes: who stands between people who do not write to each other."""

from __future__ import annotations

import numpy as np

from kgraph.network.engines import Engine, as_igraph, choose
from kgraph.network.network import Floats, Ints, Network
from kgraph.network.triangles import Pairs, pairs, triangles


def _total(p: Pairs, n: int) -> Floats:
    """Letters sent and received by each."""
    sums = np.bincount(p.first, p.mutual, n) + np.bincount(p.second, p.mutual, n)
    return np.asarray(sums, dtype=np.float64)


def _tied(p: Pairs, n: int) -> Ints:
    """Persons that each is tied to."""
    return np.bincount(np.concatenate([p.first, p.second]), minlength=n).astype(np.int64)


def _divided(values: Floats, by: Floats) -> Floats:
    return np.divide(values, by, out=np.zeros(len(values)), where=by > 0)


def constraint(network: Network, engine: Engine = "auto") -> Floats:
    """How much of a person's ties lead back to one and the same circle.

    c(i) = sum over neighbours j of (p(i, j) + sum over q of p(i, q) p(q, j))^2, with
    p(i, j) the share of i's letters (sent and received) exchanged with j. Burt 1992,
    *Structural Holes*, p. 54; as networkx's `constraint` with weights. Low for a
    broker, high for who depends on a few tied to each other. No tie: not a number.
    """
    n = network.size
    if n == 0:
        return np.zeros(0)
    if choose(engine, "kgraph", "igraph") == "igraph":
        return np.array(as_igraph(network).constraint(weights="weight"), dtype=np.float64)
    p = pairs(network)
    many = len(p.first)
    total = _total(p, n)
    there, back = _divided(p.mutual, total[p.first]), _divided(p.mutual, total[p.second])
    by_there, by_back = there.copy(), back.copy()  # and over a third
    for x in triangles(network):
        for sums, tie, left, right in (
            (by_there, x.ab, there[x.ac], back[x.bc]),
            (by_back, x.ab, there[x.bc], back[x.ac]),
            (by_there, x.ac, there[x.ab], there[x.bc]),
            (by_back, x.ac, back[x.bc], back[x.ab]),
            (by_there, x.bc, back[x.ab], there[x.ac]),
            (by_back, x.bc, back[x.ac], there[x.ab]),
        ):
            sums += np.bincount(tie, left * right, many)
    value = np.bincount(p.first, by_there**2, n) + np.bincount(p.second, by_back**2, n)
    return np.where(_tied(p, n) > 0, value, np.nan)


def effective_size(network: Network) -> Floats:
    """How many circles a person's neighbours make: neighbours less their overlap.

    e(i) = sum over neighbours j of (1 - sum over q != i, j of p(i, q) m(j, q)), with
    m(j, q) the letters between j and q over those between j and the one that j has
    most with. Burt 1992, p. 52; as networkx's `effective_size` of a directed graph.
    No tie: not a number.
    """
    n = network.size
    if n == 0:
        return np.zeros(0)
    p = pairs(network)
    total = _total(p, n)
    most = np.zeros(n)
    np.maximum.at(most, p.first, p.mutual)
    np.maximum.at(most, p.second, p.mutual)
    there, back = _divided(p.mutual, total[p.first]), _divided(p.mutual, total[p.second])
    most_there, most_back = _divided(p.mutual, most[p.first]), _divided(p.mutual, most[p.second])
    overlap = np.zeros(n)
    for x in triangles(network):
        a, b, c = p.first[x.ab], p.second[x.ab], p.second[x.ac]
        for node, value in (
            (a, there[x.ac] * most_there[x.bc] + there[x.ab] * most_back[x.bc]),
            (b, there[x.bc] * most_there[x.ac] + back[x.ab] * most_back[x.ac]),
            (c, back[x.bc] * most_there[x.ab] + back[x.ac] * most_back[x.ab]),
        ):
            overlap += np.bincount(node, value, n)
    tied = _tied(p, n)
    return np.where(tied > 0, tied - overlap, np.nan)
