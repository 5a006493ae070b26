"""Every table that ``kgraph network --table`` can print, by name.

To add one, write a function of a `Question` that returns a data frame and name it in
`REPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from kgraph.network import (
    brokerage,
    centrality,
    channels,
    cohesion,
    communities,
    doubt,
    holes,
    replies,
    rhythm,
    summary,
    triads,
)
from kgraph.network.network import Network, network_of
from kgraph.network.selection import Selection
from kgraph.network.tables import LAYERS, EdgeTables


@dataclass(frozen=True)
class Question:
    """What is measured: the tables of a collection and the choices of a user."""

    tables: EdgeTables
    selection: Selection

    @cached_property
    def network(self) -> Network:
        """The network that the choices make."""
        return network_of(self.tables, self.selection)


@dataclass(frozen=True)
class Report:
    """A table, what it tells, and the layers that it needs beside the chosen ones."""

    meaning: str
    make: Callable[[Question], pl.DataFrame]
    layers: tuple[str, ...] = ()


def _figures(q: Question) -> pl.DataFrame:
    found = cohesion.key_figures(q.network)
    return pl.DataFrame(
        {"figure": list(found), "value": list(found.values())},
        schema={"figure": pl.String, "value": pl.Float64},
        strict=False,
    )


def _standing(q: Question) -> pl.DataFrame:
    """More measures of every node, beside those of the table "nodes"."""
    net = q.network
    hubs, authorities = centrality.hits(net)
    circle = communities.communities(net)
    return net.nodes.select("id", "label", "side").with_columns(
        hub=hubs,
        authority=authorities,
        closeness_out=centrality.closeness(net, "out"),
        closeness_in=centrality.closeness(net, "in"),
        constraint=pl.Series(holes.constraint(net)).fill_nan(None),
        effective_size=pl.Series(holes.effective_size(net)).fill_nan(None),
        core=cohesion.core(net),
        community=circle.member,
        stability=circle.stability,
    )


def _bursts(q: Question) -> pl.DataFrame:
    """The pulse of the whole and of its ten busiest pairs."""
    rows = [("all", "", rhythm.bursts(q.network))]
    pairs = q.network.ties.sort("weight", "s", "t", descending=[True, False, False]).head(10)
    labels = q.network.nodes["label"]
    for s, t in pairs.select("s", "t").iter_rows():
        part = q.network.letters.filter((pl.col("s") == s) & (pl.col("t") == t))
        rows.append((labels[s], labels[t], rhythm.bursts(q.network.part(part))))
    return pl.DataFrame(
        [(a, b, x.letters, x.mean_gap, x.burstiness, x.corrected, x.memory) for a, b, x in rows],
        schema={"source": pl.String, "target": pl.String, "letters": pl.Int64,
                "mean_gap": pl.Float64, "burstiness": pl.Float64, "corrected": pl.Float64,
                "memory": pl.Float64},
        orient="row",
    )  # fmt: skip


def _communities(q: Question) -> pl.DataFrame:
    found = communities.communities(q.network)
    letters = centrality.strength(q.network)
    return (
        q.network.nodes.select("id", "label", "side")
        .with_columns(community=found.member, stability=found.stability, letters=letters)
        .sort("community", "letters", "id", descending=[False, True, False])
    )


def _without(q: Question) -> pl.DataFrame:
    return channels.without(*_parted(q)).figures


def _parted(q: Question) -> tuple[EdgeTables, tuple[str, ...], Selection]:
    from dataclasses import replace

    gone = q.selection.without_channels
    return q.tables, gone, replace(q.selection, without_channels=())


def _carriers(q: Question) -> pl.DataFrame:
    return channels.carriers(q.tables, q.selection)


REPORTS: dict[str, Report] = {
    "figures": Report("the whole in numbers", _figures),
    "nodes": Report("letters, ties, PageRank, betweenness", lambda q: summary.nodes(q.network)),
    "edges": Report("who wrote to whom, how often, when", lambda q: summary.ties(q.network)),
    "channels": Report("the figures by channel", lambda q: summary.channels(q.network)),
    "standing": Report("hubs, closeness, constraint, cores, communities", _standing),
    "brokers": Report("brokerage between sides", lambda q: brokerage.brokerage(q.network)),
    "communities": Report("circles and how stable they are", _communities),
    "triads": Report("patterns of three, and by chance", lambda q: triads.motifs(q.network)),
    "routes": Report(
        "channels by direction, secrecy, delay, carriers",
        lambda q: channels.channel_table(q.tables, q.selection),
        ("handed-to",),
    ),
    "carriers": Report("who handed on, by channel", _carriers, ("handed-to",)),
    "overlap": Report(
        "how far layers tie the same pairs",
        lambda q: channels.overlap(q.tables, LAYERS, q.selection),
        LAYERS,
    ),
    "replies": Report("which letter was answered when", lambda q: replies.reply_times(q.network)),
    "delays": Report("median days until an answer", lambda q: replies.delays(q.network)),
    "bursts": Report("how unevenly letters follow", _bursts),
    "changes": Report("dates when the pace changed", lambda q: rhythm.change_points(q.network)),
    "without": Report("what is lost without a channel", _without),
    "standing-without": Report(
        "whose standing changes without a channel", lambda q: channels.without(*_parted(q)).persons
    ),
    "cut-off": Report(
        "who is cut off without a channel", lambda q: channels.without(*_parted(q)).cut_off
    ),
    "ranges": Report(
        "strength as a range over what is in doubt",
        lambda q: doubt.ranges(q.tables, centrality.strength, q.selection),
    ),
    "robustness": Report(
        "how a ranking by PageRank survives lost letters",
        lambda q: doubt.robustness(q.network, centrality.pagerank),
    ),
}
