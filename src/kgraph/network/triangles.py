"""Triangles: every three that are tied to each other, which much else is counted from.

A tie without direction (`Pairs`) leads from its end with fewer ties to the one with more,
so that nobody has many ties onwards and few ways of two ties need a look (Chiba and
Nishizeki 1985, https://doi.org/10.1137/0214017).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from kgraph.network.network import Floats, Ints, Network

_WAYS = 1 << 21  # ways of two ties looked at together
_KEPT = 1 << 22  # triangles remembered for the next measure
_SIEVE = 1 << 24


@dataclass(frozen=True)
class Pairs:
    """Each tied pair once: `first` and `second`, weights `there` (first to second) and `back`.

    `code` is 1 for a tie there, 2 for one back, 3 for both. `start` tells where the pairs
    of each first end begin, in the order by ties (`rank`).
    """

    first: Ints
    second: Ints
    there: Floats
    back: Floats
    code: Ints
    start: Ints
    rank: Ints

    @property
    def mutual(self) -> Floats:
        """Letters between the two, in both directions."""
        return self.there + self.back


@dataclass(frozen=True)
class Triangles:
    """Numbers of the pairs of some triangles of a, b, c: ab, ac and bc, first end first."""

    ab: Ints
    ac: Ints
    bc: Ints


def pairs(network: Network) -> Pairs:
    """The tied pairs of a network. Made once for each network."""
    kept: dict[str, Any] = network.__dict__.setdefault("_triangles", {})
    if "pairs" not in kept:
        kept["pairs"] = _pairs(network)
    found: Pairs = kept["pairs"]
    return found


def triangles(network: Network) -> Iterator[Triangles]:
    """All triangles of a network in blocks, each once."""
    kept: dict[str, Any] = network.__dict__.setdefault("_triangles", {})
    if "blocks" in kept:
        yield from kept["blocks"]
        return
    blocks, many = [], 0
    for block in _found(pairs(network), network.size):
        many += len(block.ab)
        if many <= _KEPT:
            blocks.append(block)
        yield block
    if many <= _KEPT:
        kept["blocks"] = blocks


def _pairs(network: Network) -> Pairs:
    n = network.size
    s, t, w = network.ends
    ties = np.bincount(s, minlength=n) + np.bincount(t, minlength=n)
    order = np.argsort(ties, kind="stable")
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    a, b = rank[s], rank[t]
    there = a < b
    # the real part of a cell is what went there, the imaginary part what came back
    cell = np.where(there, w, 1j * w)
    code = np.where(there, 1.0, 2.0)
    place = (np.where(there, a, b), np.where(there, b, a))
    weights = sparse.coo_array((cell, place), shape=(n, n)).tocsr()
    codes = sparse.coo_array((code, place), shape=(n, n)).tocsr()
    rows = np.repeat(np.arange(n), np.diff(weights.indptr))
    return Pairs(
        first=order[rows],
        second=order[weights.indices],
        there=weights.data.real.copy(),
        back=weights.data.imag.copy(),
        code=codes.data.astype(np.int64),
        start=weights.indptr.astype(np.int64),
        rank=rank,
    )


def _found(p: Pairs, n: int) -> Iterator[Triangles]:
    """Ways of two ties a - b - c, of which those are kept whose ends are a pair too."""
    if not len(p.first):
        return
    a, b = p.rank[p.first], p.rank[p.second]
    key = a * n + b
    sieve = np.zeros(_SIEVE, bool)
    sieve[key & (_SIEVE - 1)] = True
    onwards = np.diff(p.start)[b]
    upto = np.cumsum(onwards)
    low = 0
    while low < len(key):
        done = int(upto[low - 1]) if low else 0
        high = max(int(np.searchsorted(upto, done + _WAYS, side="right")), low + 1)
        many = onwards[low:high]
        first = np.repeat(np.arange(low, high), many)
        step = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
        second = p.start[b[first]] + step
        wanted = a[first] * n + b[second]
        likely = sieve[wanted & (_SIEVE - 1)]
        first, second, wanted = first[likely], second[likely], wanted[likely]
        third = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        closed = key[third] == wanted
        yield Triangles(ab=first[closed], ac=third[closed], bc=second[closed])
        low = high
