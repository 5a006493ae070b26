"""Every table that ``kgraph network --table`` can print, by name.

To add one, write a function of a `Question` that returns a data frame and name it in
`REPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from kgraph.network import (
    brokerage,
    centrality,
    changes,
    channels,
    cohesion,
    communities,
    doubt,
    holes,
    reach,
    replies,
    rhythm,
    summary,
    triads,
)
from kgraph.network.loss import Loss, without
from kgraph.network.network import Network, network_of
from kgraph.network.selection import Selection
from kgraph.network.tables import LAYERS, EdgeTables
from kgraph.report import KgraphError


@dataclass(frozen=True)
class Question:
    """What is measured: the tables of a collection and the choices of a user.

    `measure` names one of `MEASURES` for the tables that take any; `days` is the width of
    windows, `rounds` how often something is drawn (None: what the table thinks right),
    `remove` what is lost together in "robustness", `event` the date of "around".
    """

    tables: EdgeTables
    selection: Selection
    measure: str | None = None
    days: float | None = None
    rounds: int | None = None
    seed: int = 0
    remove: doubt.Loss = "letter"
    event: datetime | None = None

    @cached_property
    def network(self) -> Network:
        """The network that the choices make."""
        return network_of(self.tables, self.selection)

    @cached_property
    def loss(self) -> Loss:
        """What is lost without the channels that the choices leave out."""
        gone = self.selection.without_channels
        choice = replace(self.selection, without_channels=())
        return without(self.tables, gone, choice, self.rounds, self.seed)

    def measured_by(self, usual: str) -> doubt.Measure:
        """The measure that was asked for, else the usual one."""
        name = self.measure or usual
        if name not in MEASURES:
            raise KgraphError(f"there is no measure {name!r}", hint=f"one of {', '.join(MEASURES)}")
        return MEASURES[name]


MEASURES: dict[str, doubt.Measure] = {
    "degree": lambda n: centrality.degree(n).astype(np.float64),
    "strength": centrality.strength,
    "sent": lambda n: centrality.strength(n, "out"),
    "received": lambda n: centrality.strength(n, "in"),
    "pagerank": centrality.pagerank,
    "hub": lambda n: centrality.hits(n)[0],
    "authority": lambda n: centrality.hits(n)[1],
    "betweenness": lambda n: centrality.sampled_betweenness(n, summary.pivots_for(n)).values,
    "closeness": lambda n: centrality.sampled_closeness(n, summary.pivots_for(n)).values,
    "core": lambda n: cohesion.core(n).astype(np.float64),
    "brokered": lambda n: brokerage.brokered(n).astype(np.float64),
    "reach": lambda n: reach.sampled_reach(n, reach.pivots_for(n)).values,
}
"""Numbers a node, for tables over time, over doubt and over loss."""


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


_WAYS: tuple[Literal["out", "in"], ...] = ("out", "in")


def _standing(q: Question) -> pl.DataFrame:
    """More measures of every node, beside those of the table "nodes"."""
    net = q.network
    hubs, authorities = centrality.hits(net)
    pivots = summary.pivots_for(net)
    out, into = (centrality.sampled_closeness(net, pivots, direction=d) for d in _WAYS)
    circle = communities.communities(net)
    return (
        net.nodes.select("id", "label", "side")
        .with_columns(
            hub=hubs,
            authority=authorities,
            closeness_out=out.values,
            closeness_out_error=out.error,
            closeness_in=into.values,
            closeness_in_error=into.error,
            constraint=pl.Series(holes.constraint(net)).fill_nan(None),
            effective_size=pl.Series(holes.effective_size(net)).fill_nan(None),
            core=cohesion.core(net),
            community=circle.member,
            stability=circle.stability,
            _letters=centrality.strength(net),
        )
        .sort("_letters", "id", descending=[True, False])
        .drop("_letters")
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


def _carriers(q: Question) -> pl.DataFrame:
    return channels.carriers(q.tables, q.selection)


def _triads(q: Question) -> pl.DataFrame:
    ties = max(1, len(q.network.ends[0]))
    rounds = q.rounds or int(np.clip(3_000_000 // ties, 5, 100))
    return triads.motifs(q.network, rounds, q.seed)


def _reach(q: Question) -> pl.DataFrame:
    found = reach.sampled_reach(q.network, reach.pivots_for(q.network))
    return (
        q.network.nodes.select("id", "label", "side")
        .with_columns(
            reach=pl.Series(np.rint(found.values)).cast(pl.Int64), reach_error=found.error
        )
        .sort("reach", "id", descending=[True, False])
    )


def _windows(q: Question) -> pl.DataFrame:
    """The whole in windows of time."""
    rows = []
    for start, end, part in rhythm.rolling(q.network, q.days or 90.0):
        s, t, w = part.ends
        rows.append({
            "from": start, "until": end, "documents": part.letters["document"].n_unique(),
            "nodes": len(np.union1d(s, t)), "edges": len(s), "weight": float(w.sum()),
            "reciprocity": cohesion.reciprocity(part),
            "largest_component": max(cohesion.components(part).weak_sizes, default=0),
        })  # fmt: skip
    schema: dict[str, pl.DataType] = {
        "from": pl.Datetime("us"), "until": pl.Datetime("us"), "documents": pl.Int64(),
        "nodes": pl.Int64(), "edges": pl.Int64(), "weight": pl.Float64(), "reciprocity": pl.Float64(),
        "largest_component": pl.Int64(),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema).with_columns(
        pl.col("from", "until").dt.strftime("%Y-%m-%d")
    )


def _over_time(q: Question) -> pl.DataFrame:
    found = rhythm.over_time(q.network, q.measured_by("strength"), q.days or 90.0)
    return (
        found.drop_nulls("value")
        .sort("start", "value", "id", descending=[False, True, False])
        .with_columns(pl.col("start").dt.strftime("%Y-%m-%d"))
    )


def _around(q: Question) -> pl.DataFrame:
    if q.event is None:
        raise KgraphError("the table around needs a date", hint="add --around 1962-10-22")
    parts = [("all", q.network)]
    channel = q.network.letters.with_columns(summary.way())
    for (name,), some in sorted(channel.group_by("channel"), key=lambda x: (-x[1].height, x[0])):
        parts.append((str(name), q.network.part(some)))
    rows = []
    for name, part in parts:
        turn = asdict(rhythm.around(part, q.event, q.days or 30.0))
        if name == "all" or turn["before"] + turn["after"]:
            rows.append({"channel": name, **turn, "at": turn["at"].strftime("%Y-%m-%d")})
    return pl.DataFrame(rows, infer_schema_length=None)


def _changes(q: Question) -> pl.DataFrame:
    found = changes.change_points(q.network, rounds=max(q.rounds or 999, 99), seed=q.seed)
    return found.with_columns(pl.col("date", "until").dt.strftime("%Y-%m-%d"))


REPORTS: dict[str, Report] = {
    "figures": Report("the whole in numbers", _figures),
    "nodes": Report("letters, ties, PageRank, betweenness", lambda q: summary.nodes(q.network)),
    "edges": Report("who wrote to whom, how often, when", lambda q: summary.ties(q.network)),
    "channels": Report("the figures by channel", lambda q: summary.channels(q.network)),
    "standing": Report("hubs, closeness, constraint, cores, communities", _standing),
    "brokers": Report("brokerage between sides", lambda q: brokerage.brokerage(q.network)),
    "communities": Report("circles and how stable they are", _communities),
    "triads": Report("patterns of three, and by chance", _triads),
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
    "delays-by-channel": Report(
        "the same by channel", lambda q: replies.delays(q.network, "channel")
    ),
    "bursts": Report("how unevenly letters follow", _bursts),
    "changes": Report("dates when the pace changed, letters a week (--rounds)", _changes),
    "reach": Report("whom each could reach in the order of time", _reach),
    "windows": Report("the whole in windows of time (--days)", _windows),
    "over-time": Report("a measure of each in windows of time (--measure, --days)", _over_time),
    "around": Report("letters before and after a date (--around, --days)", _around),
    "without": Report("what is lost without a channel", lambda q: q.loss.figures),
    "standing-without": Report(
        "whose standing changes without a channel", lambda q: q.loss.persons
    ),
    "cut-off": Report("who is cut off without a channel", lambda q: q.loss.cut_off),
    "ranges": Report(
        "a measure as a range over what is in doubt (--measure)",
        lambda q: doubt.ranges(
            q.tables, q.measured_by("strength"), q.selection, q.rounds or 200, q.seed
        ),
    ),
    "robustness": Report(
        "how a ranking survives lost letters (--measure, --remove)",
        lambda q: doubt.robustness(
            q.network, q.measured_by("pagerank"), q.remove, rounds=q.rounds or 50, seed=q.seed
        ),
    ),
}
