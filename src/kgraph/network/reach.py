"""Whom each could have reached by letters or hands, in the order of time."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kgraph.network.centrality import Sampled
from kgraph.network.network import Floats, Ints, Network
from kgraph.network.paths import Moment, timed

_TOGETHER = 1 << 14  # ends followed at once, a bit each
_CROWD = 16  # contacts an instant above which they are followed together
PIVOTS = 4096
EXACT = 20_000_000_000
"""Nodes x letters up to which tables count reach exactly (some seconds); sampled beyond."""


def reach(network: Network, moment: Moment = "middle") -> Ints:
    """How many others each could reach by letters or hands, in the order of time.

    i reaches j if contacts lead from i to j, each later than the one before; hops of one
    document may follow each other at one instant. Kempe, Kleinberg and Kumar 2002,
    https://doi.org/10.1006/jcss.2002.1829; Holme 2005, https://doi.org/10.1103/PhysRevE.71.046119.
    Contacts without a date lead nowhere.
    """
    contacts = Contacts(network, moment)
    found = np.zeros(network.size, np.int64)
    for begin in range(0, network.size, _TOGETHER):
        found += contacts.reaching(np.arange(begin, min(begin + _TOGETHER, network.size)))
    return found


def sampled_reach(
    network: Network,
    pivots: int = PIVOTS,
    seed: int = 0,
    confidence: float = 0.95,
    moment: Moment = "middle",
) -> Sampled:
    """`reach` from how many of `pivots` persons drawn at random each could reach.

    The share of the pivots reached, times n - 1. `error` is its standard error, drawn
    without replacement (Cochran 1977, *Sampling Techniques*, chapter 3); `bound` holds for
    all nodes at once: (n - 1) sqrt(ln(2 n / (1 - confidence)) / (2 (pivots - 1))), after
    Hoeffding 1963 (https://doi.org/10.1080/01621459.1963.10500830), since nobody is a pivot of
    their own. `pivots` of n or more: exact.
    """
    n = network.size
    if pivots >= n:
        found = reach(network, moment).astype(np.float64)
        return Sampled(found, np.zeros(n), 0.0, confidence, n)
    drawn = drawn_pivots(n, pivots, seed)
    others = others_drawn(n, drawn)
    share = Contacts(network, moment).reaching(drawn) / others
    spread = share * (1 - share) / np.maximum(others - 1, 1) * (1 - others / (n - 1))
    bound = (n - 1) * sqrt(log(2 * n / (1 - confidence)) / (2 * max(pivots - 1, 1)))
    return Sampled(share * (n - 1), np.sqrt(spread) * (n - 1), bound, confidence, pivots)


def pivots_for(network: Network) -> int:
    """How many pivots tables take: all nodes where that is a matter of seconds."""
    return network.size if network.size * network.letters.height <= EXACT else PIVOTS


def drawn_pivots(n: int, pivots: int, seed: int = 0) -> Ints:
    """Numbers of `pivots` of n nodes; of all, where there are no more."""
    if pivots >= n:
        return np.arange(n)
    return np.random.default_rng(seed).choice(n, pivots, replace=False)


def others_drawn(n: int, pivots: Ints) -> Floats:
    """For each node how many pivots are somebody else."""
    others = np.full(n, float(len(pivots)))
    others[pivots] = max(len(pivots) - 1, 1)
    return others


class Contacts:
    """The dated letters or hops of a network as columns, the last first: `s`, `t` and `row`,
    which of the network's letters each is. Of hops of one document at one instant those that
    lead on to each other stand for a hop over both too."""

    def __init__(self, network: Network, moment: Moment = "middle") -> None:
        self.size = network.size
        letters = network.letters.with_row_index("row")
        rows = timed(letters, moment).filter(pl.col("when").is_not_null())
        rows = rows.select("s", "t", "when", "row", "leg", "document")
        hops = rows.filter(pl.col("leg").is_not_null())
        if hops.height:
            rows = pl.concat([rows, _passed_on(hops)])
        rows = rows.sort("when", "s", descending=[True, False])
        self.s, self.t, self.row = (rows[x].to_numpy() for x in ("s", "t", "row"))
        self.when = rows["when"].to_physical().to_numpy()

    def reaching(self, ends: Ints, there: NDArray[np.bool_] | None = None) -> Ints:
        """How many of `ends`, itself left out, each node reaches; `there` picks contacts."""
        s, t, when = self.s, self.t, self.when
        if there is not None:
            s, t, when = s[there], t[there], when[there]
        cuts = [*(np.flatnonzero(np.diff(when)) + 1).tolist(), len(s)]
        spread = _at_once if len(s) > _CROWD * len(cuts) else _one_by_one
        found = spread(self.size, ends, s, t, cuts)
        found[ends] -= 1
        return found


def _one_by_one(n: int, ends: Ints, s: Ints, t: Ints, cuts: list[int]) -> Ints:
    """How many of `ends` each node reaches over contacts that are cut by their instants."""
    known = [0] * n
    for bit, end in enumerate(ends.tolist()):
        known[end] = 1 << bit
    senders, getters, low = s.tolist(), t.tolist(), 0
    for high in cuts:
        brought = [known[x] for x in getters[low:high]]  # before what this instant brings
        for x, more in zip(senders[low:high], brought, strict=True):
            known[x] |= more
        low = high
    return np.fromiter((x.bit_count() for x in known), np.int64, n)


def _at_once(n: int, ends: Ints, s: Ints, t: Ints, cuts: list[int]) -> Ints:
    """As `_one_by_one`, all contacts of an instant together; those of a sender stand together."""
    known = np.zeros((n, -(-len(ends) // 64)), np.uint64)
    place = np.arange(len(ends))
    known[ends, place // 64] = np.left_shift(np.uint64(1), (place % 64).astype(np.uint64))
    new = np.append(True, s[1:] != s[:-1])
    new[cuts[:-1]] = True
    first = np.flatnonzero(new)  # where the contacts of each sender and instant begin
    again = np.flatnonzero(~new)
    sender, upto, more = s[first], np.searchsorted(first, cuts), np.searchsorted(again, cuts)
    low = before = past = 0
    for high, after, beyond in zip(cuts, upto.tolist(), more.tolist(), strict=True):
        brought = known[t[low:high]]  # before what this instant brings
        known[sender[before:after]] |= brought[first[before:after] - low]
        if beyond > past:
            others = again[past:beyond]
            np.bitwise_or.at(known, s[others], brought[others - low])
        low, before, past = high, after, beyond
    return np.asarray(np.bitwise_count(known).sum(axis=1), dtype=np.int64)


def _passed_on(hops: pl.DataFrame) -> pl.DataFrame:
    """For hops of one document at one instant: from each giver to all whom later ones lead to."""
    made: list[tuple[int, int, object, int]] = []
    for _, part in hops.sort("leg").group_by("document", "when", maintain_order=True):
        if part.height < 2:
            continue
        when = part["when"][0]
        led: list[tuple[int, int, int, int]] = []  # s, t, row, leg of the last hop
        for s, t, row, leg in part.select("s", "t", "row", "leg").iter_rows():
            on = [(a, t, first, leg) for a, b, first, last in led if b == s and last < leg]
            made.extend((a, b, when, first) for a, b, first, _ in on)
            led += [(s, t, row, leg), *on]
    schema = {x: hops.schema[x] for x in ("s", "t", "when", "row")}
    found = pl.DataFrame(made, schema=schema, orient="row").filter(pl.col("s") != pl.col("t"))
    return found.with_columns(
        leg=pl.lit(None, dtype=pl.Int32), document=pl.lit(None, dtype=hops.schema["document"])
    )
