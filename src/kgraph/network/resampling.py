"""What a network holds when only some of its documents are taken, again and again others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kgraph.network.brokerage import closed_ways
from kgraph.network.network import Ints, Network
from kgraph.network.reach import Contacts, others_drawn
from kgraph.network.replies import Waits
from kgraph.network.triangles import pairs, triangles

DAYS = "days until an answer"
REACH = "pairs in reach"
Drawn = NDArray[np.bool_]


def coded(network: Network) -> tuple[Network, int]:
    """The network with only what `Sampling` needs, documents and channels, and how many documents.

    Documents are numbered from 0 in the order of their ids.
    """
    column = network.letters["document"]
    number = (column.rank("dense") - 1).cast(pl.UInt32).alias("document")
    letters = network.letters.select(*_NEEDED).insert_column(0, number)
    replies = network.replies
    known = pl.DataFrame({"id": column, "number": number})
    known = known.unique("id") if replies.height else known.clear()
    for end in ("document", "answers"):
        numbered = known.select(pl.col("id").alias(end), pl.col("number").alias("_number"))
        replies = replies.join(numbered, on=end, maintain_order="left")
        replies = replies.with_columns(pl.col("_number").alias(end)).drop("_number")
    many = int(letters["document"].max() or 0) + 1 if letters.height else 0  # type: ignore[arg-type]
    return replace(network, letters=letters, replies=replies), many


_NEEDED = ("s", "t", "weight", "date_earliest", "date_latest", "leg", "channel", "mode")


class Sampling:
    """A network (as `coded` makes it) of which some documents are taken, again and again others.

    `ends` are those to whom reach is followed.
    """

    def __init__(self, network: Network, ends: Ints) -> None:
        self.network, self.ends = network, ends
        self.document = network.letters["document"].to_numpy()
        s, t, _ = network.ends
        ours = [network.letters[x].to_numpy() for x in ("s", "t")]
        self._tied = ours[0] != ours[1]
        keys = (ours[0] * network.size + ours[1])[self._tied]
        self._tie = np.searchsorted(s * network.size + t, keys)

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self.network)

    @cached_property
    def waits(self) -> Waits:
        return Waits(self.network)

    @cached_property
    def pair(self) -> Ints:
        """Which pair of `triangles.pairs` each tie belongs to."""
        s, t, _ = self.network.ends
        p, n = pairs(self.network), self.network.size
        a, b = p.rank[s], p.rank[t]
        keys = p.rank[p.first] * n + p.rank[p.second]
        return np.searchsorted(keys, np.minimum(a, b) * n + np.maximum(a, b))

    def reached(self, ends: Ints) -> Ints:
        """How many others each node reaches, or would by the share of `ends`."""
        found = self.contacts.reaching(ends) / others_drawn(self.network.size, ends)
        return np.rint(found * (self.network.size - 1)).astype(np.int64)

    def documents(self, drawn: Drawn) -> float:
        """How many of those drawn are in this network."""
        ours = np.zeros(len(drawn), bool)
        ours[self.document] = True
        return float((ours & drawn).sum())

    def ties(self, drawn: Drawn) -> Drawn:
        """Which ties of the network have a document among those drawn."""
        there = np.zeros(len(self.network.ends[0]), bool)
        there[self._tie[drawn[self.document[self._tied]]]] = True
        return there

    def in_reach(self, drawn: Drawn) -> float:
        """Ordered pairs that reach each other in the order of time."""
        there = drawn[self.document[self.contacts.row]]
        met = self.contacts.reaching(self.ends, there)
        others = others_drawn(self.network.size, self.ends)
        return float((met / others).sum() * (self.network.size - 1))

    def largest(self, drawn: Drawn) -> float:
        """Persons of the largest weak component."""
        s, t, _ = self.network.ends
        n, there = self.network.size, self.ties(drawn)
        if not n:
            return 0.0
        one = np.ones(there.sum(), np.int8)
        matrix = sparse.coo_array((one, (s[there], t[there])), shape=(n, n)).tocsr()
        return float(np.bincount(connected_components(matrix, connection="weak")[1]).max())

    def brokered(self, drawn: Drawn) -> float:
        """Open ways a -> b -> c among persons whose sides are known (`brokerage`)."""
        network, there = self.network, self.ties(drawn)
        s, t, _ = network.ends
        known = network.coded("side")[0] >= 0
        p = pairs(network)
        there &= known[s] & known[t]
        out = np.bincount(s[there], minlength=network.size)
        into = np.bincount(t[there], minlength=network.size)
        code = np.zeros(len(p.first), np.int64)
        forth = p.first[self.pair] == s
        np.add.at(code, self.pair[there], np.where(forth[there], 1, 2))
        ways = int(out @ into) - 2 * int((code == 3).sum())
        for x in triangles(network):
            ways -= int(closed_ways()[code[x.ab] + 4 * code[x.ac] + 16 * code[x.bc]].sum())
        return float(ways)


FIGURES: dict[str, Callable[[Sampling, Drawn], float | None]] = {
    "documents": Sampling.documents,
    "ties": lambda x, drawn: float(x.ties(drawn).sum()),
    REACH: Sampling.in_reach,
    "largest component": Sampling.largest,
    "brokered ways": Sampling.brokered,
    DAYS: lambda x, drawn: x.waits.median(drawn),
}  # fmt: skip
