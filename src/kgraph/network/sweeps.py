"""Breadth-first sweeps that start from many nodes at once: distances and shortest chains.

Nodes take the rows of an array and starts its columns, so that one step of all sweeps is
one product with the matrix (chains) or one OR of bits along its rows (distances).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.network.network import Floats, Ints

DEEPEST = 100
"""Steps after which a sweep gives up: chains so long make wide sweeps the slower way."""
_WORDS = 8  # of 64 bits: ends met by one sweep of distances
_EDGES = 1 << 16  # rows taken together, in edges, so that they stay near the processor
_CELLS = 1 << 20  # of an array of chains
_FEW = 0.25  # share of the edges below which only rows in motion are taken


class TooDeep(Exception):
    """A sweep met a chain longer than `DEEPEST`."""


def near(out: Any, back: Any, groups: Sequence[Ints]) -> tuple[Floats, Floats]:
    """For each group of ends and each node: how many of the ends it reaches, and the sum of
    its distances to them in steps (itself left out); two arrays (groups, nodes).

    `out` is the CSR matrix of steps, `back` the same turned around. Raises `TooDeep`.
    """
    n = out.shape[0]
    reached, total = np.zeros((len(groups), n)), np.zeros((len(groups), n))
    ends = np.concatenate([*groups, np.zeros(0, np.int64)]).astype(np.int64)
    owner = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    for begin in range(0, len(ends), 64 * _WORDS):
        part = ends[begin : begin + 64 * _WORDS]
        place = np.arange(len(part))
        bit = np.left_shift(np.uint64(1), (place % 64).astype(np.uint64))
        seen = np.zeros((n, -(-len(part) // 64)), np.uint64)
        seen[part, place // 64] = bit
        masks = list(_masks(owner[begin : begin + len(part)], bit))
        fresh = seen.copy()
        for step in range(1, DEEPEST + 2):
            fresh = _spread(out, back, fresh)
            fresh &= ~seen
            if not fresh.any():
                break
            if step > DEEPEST:
                raise TooDeep
            seen |= fresh
            for group, words, mask in masks:
                met = np.bitwise_count(fresh[:, words] & mask).sum(axis=1, dtype=np.int64)
                reached[group] += met
                total[group] += step * met
    return reached, total


def _masks(owner: Ints, bit: NDArray[np.uint64]) -> Iterator[tuple[int, slice, NDArray[np.uint64]]]:
    """Each group with the words that hold its bits, and these bits."""
    for group in np.unique(owner).tolist():
        mine = np.flatnonzero(owner == group)
        first, last = int(mine[0]) // 64, int(mine[-1]) // 64
        mask = np.zeros(last - first + 1, np.uint64)
        np.bitwise_or.at(mask, mine // 64 - first, bit[mine])
        yield group, slice(first, last + 1), mask


def _spread(out: Any, back: Any, fresh: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """For each node the bits of all that it has a step to."""
    moving = np.flatnonzero(fresh.any(axis=1))
    made = np.zeros_like(fresh)
    size = np.diff(out.indptr)
    if np.diff(back.indptr)[moving].sum() < _FEW * len(out.indices):
        rows = np.unique(back[moving].indices)
        part = out[rows]
        indices, start = part.indices, part.indptr
    else:
        rows = np.flatnonzero(size)
        indices, start = out.indices, np.append(out.indptr[rows], out.indptr[-1])
    low = 0
    while low < len(rows):
        high = int(np.searchsorted(start, start[low] + _EDGES, side="right")) - 1
        high = min(max(high, low + 1), len(rows))
        taken = fresh[indices[start[low] : start[high]]]
        made[rows[low:high]] = np.bitwise_or.reduceat(taken, start[low:high] - start[low], axis=0)
        low = high
    return made


def dependencies(out: Any, back: Any, starts: Ints) -> Iterator[Floats]:
    """For blocks of `starts`, the share of the shortest chains from each start that lead
    through each node, summed over their ends: arrays (nodes, starts).

    Brandes 2001. `out` and `back` are CSR matrices of ones. Raises `TooDeep`.
    """
    width = int(np.clip(_CELLS // max(out.shape[0], 1), 8, 64))
    for begin in range(0, len(starts), width):
        yield _dependencies(out, back, np.asarray(starts[begin : begin + width]))


def _dependencies(out: Any, back: Any, starts: Ints) -> Floats:
    n, many = out.shape[0], len(starts)
    column = np.arange(many)
    chains = np.zeros((n, many))
    chains[starts, column] = 1.0
    unseen = np.ones((n, many))
    unseen[starts, column] = 0.0
    steps = [chains]
    while True:
        chains = _summed(out, back, steps[-1])
        chains *= unseen
        if not chains.any():
            break
        if len(steps) > DEEPEST:
            raise TooDeep
        np.copyto(unseen, 0.0, where=chains != 0)
        steps.append(chains)
    share = np.zeros((n, many))
    through = np.zeros((n, many))
    for step in range(len(steps) - 1, 0, -1):
        here = steps.pop()
        np.copyto(here, np.inf, where=here == 0)  # a share of nothing, then
        share += 1.0
        share /= here
        share = _summed(back, out, share)
        share *= steps[-1]
        if step > 1:
            through += share
    return through


def _summed(out: Any, back: Any, values: Floats) -> Floats:
    """For each node the sum of the values of all that have a step to it."""
    moving = np.flatnonzero(values @ np.ones(values.shape[1]))
    if np.diff(out.indptr)[moving].sum() < _FEW * len(out.indices):
        made: Floats = out[moving].T @ values[moving]
    else:
        made = back @ values
    return made


class OneByOne:
    """Shortest chains from one start after the other, where ties are many.

    Brandes 2001. A step follows the ties of the nodes it is at or asks those not met yet who
    leads to them, whichever are fewer (Beamer, Asanovic and Patterson 2012,
    https://doi.org/10.1109/SC.2012.50). Nodes are numbered anew by their ties, so that those met
    most often lie side by side in memory. `out` and `back` are CSR matrices of steps. Raises
    `TooDeep`.
    """

    def __init__(self, out: Any, back: Any) -> None:
        order = np.argsort(-(np.diff(out.indptr) + np.diff(back.indptr)), kind="stable")
        self._number = np.empty(len(order), np.int64)
        self._number[order] = np.arange(len(order))
        self._out, self._back = (_Ties(x[order], self._number) for x in (out, back))

    def dependencies(self, starts: Ints) -> Floats:
        """The share of the shortest chains from `starts` through each node, summed over ends."""
        total = np.zeros(len(self._number))
        for start in self._number[starts].tolist():
            total += self._from(start)
        return total[self._number]

    def _from(self, start: int) -> Floats:
        n, out, back = len(self._number), self._out, self._back
        chains = np.zeros(n)
        chains[start] = 1.0
        unseen = back.many > 0
        unseen[start] = False
        waiting = int(back.many.sum() - back.many[start])
        at = np.array([start])
        here = np.zeros(n, bool)
        steps = []
        while len(at):
            if int(out.many[at].sum()) <= waiting:
                sender, getter = out.of(at)
                new = unseen[getter]
            else:
                here[at] = True
                getter, sender = back.of(np.flatnonzero(unseen))
                new = here[sender]
                here[at] = False
            sender, getter = sender[new], getter[new]
            if not len(getter):
                break
            met = np.bincount(getter, chains[sender], n)
            at = np.flatnonzero(met)
            chains[at] = met[at]
            unseen[at] = False
            waiting -= int(back.many[at].sum())
            steps.append((sender, getter, at))
            if len(steps) > DEEPEST:
                raise TooDeep
        share, value = np.zeros(n), np.zeros(n)
        for sender, getter, at in reversed(steps):
            value[at] = (1.0 + share[at]) / chains[at]
            share += chains * np.bincount(sender, value[getter], n)
        share[start] = 0.0
        return share


class _Ties:
    """The ties of each node, as the rows of a matrix whose columns are numbered anew."""

    def __init__(self, matrix: Any, number: Ints) -> None:
        self._ends = number[matrix.indices].astype(np.int32)
        self._begin = matrix.indptr[:-1].astype(np.int32)
        self.many = np.diff(matrix.indptr)

    def of(self, nodes: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Both ends of all ties of some nodes."""
        many = self.many[nodes]
        first = np.cumsum(many, dtype=np.int32) - many
        tie = np.repeat(self._begin[nodes] - first, many)
        tie += np.arange(len(tie), dtype=np.int32)
        return np.repeat(nodes.astype(np.int32), many), self._ends[tie]
