"""Ways that respect time: nobody passes on what has not yet arrived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

import polars as pl

from kgraph.network.network import Network
from kgraph.report import KgraphError

Moment = Literal["earliest", "middle", "latest"]


def timed(letters: pl.DataFrame, moment: Moment = "middle") -> pl.DataFrame:
    """`letters` that are no loops, with the instant `when` that counts; null where no date is known.

    `moment` says which instant of an uncertain date. Hops of a document without a date of
    their own take that of the hop before, and none comes before the hop before it.
    """
    low = pl.coalesce("date_earliest", "date_latest")
    high = pl.coalesce("date_latest", "date_earliest")
    instant = {"earliest": low, "latest": high, "middle": low + (high - low) / 2}[moment]
    rows = letters.filter(pl.col("s") != pl.col("t")).with_columns(when=instant)
    if not rows["leg"].is_not_null().any():
        return rows
    return rows.sort("document", "leg", nulls_last=True, maintain_order=True).with_columns(
        when=pl.col("when").forward_fill().over("document")
    ).with_columns(when=pl.col("when").cum_max().over("document"))  # fmt: skip


def contacts(network: Network, moment: Moment = "middle") -> tuple[pl.DataFrame, int]:
    """Letters or hops in the order of time, and how many without a date are left out.

    Columns: s, t, when (see `timed`), date, document, channel, leg; those of one instant by
    document, then leg.
    """
    rows = timed(network.letters, moment)
    dated = rows.filter(pl.col("when").is_not_null())
    made = dated.sort("when", "document", "leg", "s", "t", nulls_last=True).select(
        "s", "t", "when", _date(), "document", "channel", "leg"
    )
    return made, rows.height - dated.height


def _date() -> pl.Expr:
    """What is known of a date, no finer than it is known."""
    low, high = pl.col("date_earliest"), pl.col("date_latest")
    minute = low.dt.strftime("%Y-%m-%d %H:%M")
    days = [x.dt.strftime("%Y-%m-%d") for x in (low, high)]
    return (
        pl.when(low.is_null() & high.is_null()).then(None)
        .when((high - low).dt.total_seconds() < 3600).then(minute)
        .when(days[0] == days[1]).then(days[0])
        .otherwise(pl.concat_str(*(x.fill_null("..") for x in days), separator="/"))
        .alias("date")
    )  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A way in time: its hops (source, target, when, date, document, channel, leg), in order.

    `when` is the instant that counted, `date` what is known: a day, a day and its minute, or
    an interval of days.
    """

    hops: pl.DataFrame

    @property
    def days(self) -> float:
        """From the first hop to the last, in days."""
        when = self.hops["when"]
        return float((when[-1] - when[0]).total_seconds() / 86_400.0) if len(when) else 0.0


def earliest(
    network: Network,
    source: str,
    target: str,
    start: datetime | None = None,
    moment: Moment = "middle",
) -> Way | None:
    """The way by which something from `source` arrives first, leaving at `start` or later.

    Xuan, Ferreira and Jarry 2003, https://doi.org/10.1142/S0129054103001728 (foremost journey).
    Nothing is passed on at the instant at which it arrives, except by hops of one document.
    None where there is no way. Of equally early arrivals, fewer hops win.
    """
    rows, _ = contacts(network, moment)
    a, b = _ends(network, source, target)
    if start is not None:
        rows = rows.filter(pl.col("when") >= start)
    arrivals = _journeys(rows, a, b, late=False)
    return _way(network, rows, next(arrivals, None))


def fastest(network: Network, source: str, target: str, moment: Moment = "middle") -> Way | None:
    """The way that takes the least time from its first hop to its last; fewer hops win ties.

    Xuan et al. 2003 (fastest journey), found in one pass that keeps the latest departure
    with which each can have been reached (Wu et al. 2014,
    https://doi.org/10.14778/2732939.2732945).
    """
    rows, _ = contacts(network, moment)
    a, b = _ends(network, source, target)
    best = min(
        _journeys(rows, a, b, late=True),
        key=lambda j: (j.arrival - j.departure, j.hops, j.arrival),
        default=None,
    )
    return _way(network, rows, best)


class _Journey(NamedTuple):
    """How something came to a node: by which contact, after which journey."""

    row: int
    before: _Journey | None
    departure: datetime
    arrival: datetime
    hops: int

    def beats(self, other: _Journey | None, late: bool) -> bool:
        """Whether this is kept and `other` is not: the later to leave (`late`), then of fewer hops."""
        if other is None:
            return True
        if late and self.departure != other.departure:
            return self.departure > other.departure
        return self.hops < other.hops


def _journeys(rows: pl.DataFrame, a: int, b: int, late: bool) -> Iterator[_Journey]:
    """The journeys from a that reach b, one for each instant at which a better one does.

    Of the journeys to a node the one of fewest hops is kept, with `late` the one that left last.
    """
    reached: dict[int, _Journey] = {}
    columns = rows.select("when", "s", "t", "document", "leg").with_row_index()
    for when, group in groupby(columns.iter_rows(), key=itemgetter(1)):
        fresh: dict[int, _Journey] = {}
        here: dict[tuple[str, int], _Journey] = {}  # by a document's hops at this instant
        for row, _, s, t, document, leg in group:
            ways = [_Journey(row, None, when, when, 1)] if s == a else []
            for before in (reached.get(s), here.get((document, s)) if leg is not None else None):
                if before is not None and s != a:
                    ways.append(_Journey(row, before, before.departure, when, before.hops + 1))
            for way in ways:
                if way.beats(here.get((document, t)), late):
                    here[document, t] = way
                if way.beats(fresh.get(t), late) and way.beats(reached.get(t), late):
                    fresh[t] = way
        reached |= fresh
        if b in fresh:
            yield fresh[b]


def _ends(network: Network, source: str, target: str) -> tuple[int, int]:
    a, b = network.number(source), network.number(target)
    if a == b:
        raise KgraphError("a way needs two different ends", hint="name another person")
    return a, b


def _way(network: Network, rows: pl.DataFrame, journey: _Journey | None) -> Way | None:
    picked: list[int] = []
    while journey is not None:
        picked.append(journey.row)
        journey = journey.before
    return _picked(network, rows[picked[::-1]]) if picked else None


def _picked(network: Network, part: pl.DataFrame) -> Way:
    names = network.nodes.select("id", "label")
    return Way(
        part.with_columns(
            source=names["id"].gather(part["s"]), target=names["id"].gather(part["t"]),
            source_label=names["label"].gather(part["s"]),
            target_label=names["label"].gather(part["t"]),
        ).select(
            "source", "source_label", "target", "target_label", "when", "date", "document",
            "channel", "leg",
        )
    )  # fmt: skip


def ways(network: Network, source: str, target: str) -> pl.DataFrame:
    """The `earliest`, `fastest` and `shortest` way from `source` to `target`, hop by hop.

    Columns: way, days (of the whole way; null where dates are not known), and those of
    `Way.hops`. A way that there is not has no row.
    """
    parts = []
    for name, found in (
        ("earliest", earliest(network, source, target)),
        ("fastest", fastest(network, source, target)),
        ("shortest", shortest(network, source, target)),
    ):
        if found is not None:
            days = (
                found.days if found.hops["when"].null_count() == 0 and name != "shortest" else None
            )
            parts.append(found.hops.select(
                pl.lit(name).alias("way"), pl.lit(days, dtype=pl.Float64).alias("days"),
                "source_label", "target_label", "date", "document", "channel",
            ))  # fmt: skip
    if not parts:
        a, b = _ends(network, source, target)
        names = network.nodes["label"]
        raise KgraphError(f"no way leads from {names[a]} to {names[b]}")
    return pl.concat(parts)


def shortest(network: Network, source: str, target: str) -> Way | None:
    """The way of fewest hops, whatever their dates (Moore 1959); of several, the first by id."""
    a, b = _ends(network, source, target)
    frontier, back = [a], {a: -1}
    matrix = network.counts
    while frontier and b not in back:
        fresh = []
        for i in frontier:
            for j in matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]].tolist():
                if j not in back:
                    back[j] = i
                    fresh.append(j)
        frontier = sorted(fresh)
    if b not in back:
        return None
    chain = [b]
    while chain[-1] != a:
        chain.append(back[chain[-1]])
    chain.reverse()
    rows = network.letters.with_columns(when=pl.coalesce("date_earliest", "date_latest"))
    parts = [
        rows.filter((pl.col("s") == i) & (pl.col("t") == j))
        .sort("when", "document", nulls_last=True)
        .head(1)
        for i, j in pairwise(chain)
    ]
    picked = pl.concat(parts).select("s", "t", "when", _date(), "document", "channel", "leg")
    return _picked(network, picked)
