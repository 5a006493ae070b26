"""Ways that respect time: nobody passes on what has not yet arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal

import numpy as np
import polars as pl

from kgraph.network.network import Ints, Network
from kgraph.report import KgraphError

Moment = Literal["earliest", "middle", "latest"]


def contacts(network: Network, moment: Moment = "middle") -> tuple[pl.DataFrame, int]:
    """Letters or hops in the order of time, and how many without a date are left out.

    `moment` says which instant of an uncertain date counts. Hops of one document keep
    their order on one day. Columns: s, t, when, document, channel, leg.
    """
    low = pl.coalesce("date_earliest", "date_latest")
    high = pl.coalesce("date_latest", "date_earliest")
    instant = {"earliest": low, "latest": high, "middle": low + (high - low) / 2}[moment]
    rows = network.letters.filter(pl.col("s") != pl.col("t")).with_columns(when=instant)
    if rows.filter(pl.col("leg").is_not_null()).height:
        rows = _ordered(rows)
    dated = rows.filter(pl.col("when").is_not_null())
    made = dated.sort("when", "document", "leg", "s", "t", nulls_last=True).select(
        "s", "t", "when", "document", "channel", "leg"
    )
    return made, rows.height - dated.height


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """Hops of a document without a date of their own take that of the hop before."""
    return rows.sort("document", "leg", nulls_last=True, maintain_order=True).with_columns(
        when=pl.col("when").forward_fill().over("document")
    ).with_columns(when=pl.col("when").cum_max().over("document"))  # fmt: skip


def reach(network: Network, moment: Moment = "middle") -> Ints:
    """How many others each could reach by letters or hands, in the order of time.

    i reaches j if contacts lead from i to j with times that do not decrease. Holme
    2005, https://doi.org/10.1103/PhysRevE.71.046119. Contacts without a date lead nowhere.
    """
    rows, _ = contacts(network, moment)
    known = [1 << i for i in range(network.size)]
    for s, t in rows.select("s", "t").reverse().iter_rows():
        known[s] |= known[t]
    return np.array([x.bit_count() - 1 for x in known], dtype=np.int64)


@dataclass(frozen=True)
class Way:
    """A way in time: its hops (source, target, when, document, channel, leg), in order."""

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
    None where there is no way. Of equally early arrivals, fewer hops win.
    """
    rows, _ = contacts(network, moment)
    a, b = _ends(network, source, target)
    if start is not None:
        rows = rows.filter(pl.col("when") >= start)
    return _way(network, rows, _search(rows, a, b))


def fastest(network: Network, source: str, target: str, moment: Moment = "middle") -> Way | None:
    """The way that takes the least time from its first hop to its last; fewer hops win ties.

    Xuan et al. 2003 (fastest journey): the foremost journey from every departure.
    """
    rows, _ = contacts(network, moment)
    a, b = _ends(network, source, target)
    best: Way | None = None
    departures = rows.filter(pl.col("s") == a)["when"].unique().sort()
    for departure in departures:
        later = rows.filter(pl.col("when") >= departure)
        found = _way(network, later, _search(later, a, b))
        if found is not None and (
            best is None or (found.days, found.hops.height) < (best.days, best.hops.height)
        ):
            best = found
    return best


def _ends(network: Network, source: str, target: str) -> tuple[int, int]:
    a, b = network.number(source), network.number(target)
    if a == b:
        raise KgraphError("a way needs two different ends", hint="name another person")
    return a, b


def _search(rows: pl.DataFrame, a: int, b: int) -> list[int]:
    """Row numbers of the first way from a to b, or an empty list."""
    back: dict[int, tuple[int, int, int]] = {a: (-1, -1, 0)}  # node -> row, from, hops
    arrived: object = None
    for k, (s, t, when) in enumerate(rows.select("s", "t", "when").iter_rows()):
        if arrived is not None and when > arrived:
            break
        if s not in back:
            continue
        hops = back[s][2] + 1
        if t not in back:
            back[t] = (k, s, hops)
            if t == b:
                arrived = when
        elif t == b and hops < back[t][2]:
            back[t] = (k, s, hops)
    if b not in back:
        return []
    made: list[int] = []
    here = b
    while here != a:
        k, before, _ = back[here]
        made.append(k)
        here = before
    return made[::-1]


def _way(network: Network, rows: pl.DataFrame, picked: list[int]) -> Way | None:
    if not picked:
        return None
    names = network.nodes.select("id", "label")
    part = rows[picked]
    return Way(
        part.with_columns(
            source=names["id"].gather(part["s"]), target=names["id"].gather(part["t"]),
            source_label=names["label"].gather(part["s"]),
            target_label=names["label"].gather(part["t"]),
        ).select(
            "source", "source_label", "target", "target_label", "when", "document", "channel",
            "leg",
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
                "source_label", "target_label", pl.col("when").dt.strftime("%Y-%m-%d %H:%M"),
                "document", "channel",
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
    picked = pl.concat(parts).select("s", "t", "when", "document", "channel", "leg")
    return _way(network, picked, list(range(picked.height)))
