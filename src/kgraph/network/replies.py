"""How long an answer took, and how many letters never got one."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from kgraph.network.network import Network
from kgraph.network.summary import way

_DAY = 86_400.0
SCHEMA = {
    "source": pl.String(), "target": pl.String(), "document": pl.String(),
    "answered_by": pl.String(), "channel": pl.String(), "days": pl.Float64(),
    "least": pl.Float64(), "most": pl.Float64(), "answered": pl.Boolean(), "basis": pl.String(),
}  # fmt: skip


def reply_times(network: Network) -> pl.DataFrame:
    """One row a letter that waits for an answer, in days; unanswered ones are censored.

    *stated*: a source says that a document answers another. *inferred*: turns are taken
    between two; a turn begins with the first letter from a to b since b last wrote to
    a, and ends with the next letter from b to a. A turn that never ends is censored at
    the last date of the network (``answered`` false). Letters without a date take no
    part.

    `days` is counted between the middles of the date intervals; `least` and `most`
    are the bounds that the intervals leave (never below 0). Columns: source, target
    (who waits for whom), document, answered_by, channel (of the letter), days, least,
    most, answered, basis.
    """
    dated = (
        _dated(network.letters.with_columns(way()))
        .sort("low", "high", "document")
        .select("source", "target", "document", "channel", "low", "high")
    )
    if not dated.height:
        return pl.DataFrame(schema=SCHEMA)
    stated = _once(_stated(network.replies, dated))
    explained = stated.select("document", "source")
    turns = _turns(dated).join(explained, on=["document", "source"], how="anti")
    end = dated["high"].max()
    turns = turns.with_columns(
        answered=pl.col("answered_by").is_not_null(), low2=pl.col("low2").fill_null(end),
        high2=pl.col("high2").fill_null(end),
        basis=pl.lit("inferred"),
    )  # fmt: skip
    both = pl.concat([turns.select(stated.columns), stated])
    middle = pl.when("answered").then((pl.col("low2") + pl.col("high2")) / 2).otherwise("high2")
    days = middle - (pl.col("low") + pl.col("high")) / 2
    return both.with_columns(
        (span.cast(pl.Float64).clip(0) / _DAY).alias(name)
        for name, span in (
            ("days", days),
            ("least", pl.col("low2") - pl.col("high")),
            ("most", pl.col("high2") - pl.col("low")),
        )
    ).select(list(SCHEMA)).sort("source", "target", "document")  # fmt: skip


def _dated(letters: pl.DataFrame) -> pl.DataFrame:
    """Letters with a date, `low` to `high` in seconds, once from each to each."""
    return (
        letters.with_columns(
            low=pl.coalesce("date_earliest", "date_latest").dt.epoch("s"),
            high=pl.coalesce("date_latest", "date_earliest").dt.epoch("s"),
        )
        .filter(pl.col("low").is_not_null() & (pl.col("s") != pl.col("t")))
        .unique(["s", "t", "document"], keep="first", maintain_order=True)
    )


def _turns(dated: pl.DataFrame) -> pl.DataFrame:
    """The first letter of each turn of each two, and the first of the turn that follows it."""
    first = pl.min_horizontal("source", "target").alias("_a")
    second = pl.max_horizontal("source", "target").alias("_b")
    ordered = dated.with_columns(first, second).sort(
        "_a", "_b", "low", "high", "document", "source", maintain_order=True
    )
    two = ["_a", "_b"]
    turns = ordered.filter((pl.col("source") != pl.col("source").shift().over(two)).fill_null(True))
    return turns.with_columns(
        pl.col(here).shift(-1).over(two).alias(there)
        for here, there in (("document", "answered_by"), ("low", "low2"), ("high", "high2"))
    )


def _stated(replies: pl.DataFrame, dated: pl.DataFrame) -> pl.DataFrame:
    """Letters that a source says are answered, with each of their answers."""
    answers = dated.select(
        pl.col("document").alias("answered_by"), pl.col("source").alias("answerer"),
        pl.col("target").alias("asker"), pl.col("low").alias("low2"), pl.col("high").alias("high2"),
    )  # fmt: skip
    return (
        replies.select(pl.col("answers").alias("document"), answered_by="document")
        .join(dated, on="document")
        .join(answers, on="answered_by")
        .filter((pl.col("answerer") == pl.col("target")) & (pl.col("asker") == pl.col("source")))
        .drop("answerer", "asker")
        .with_columns(answered=pl.lit(True), basis=pl.lit("stated"))
    )


def _once(stated: pl.DataFrame) -> pl.DataFrame:
    return stated.unique(["document", "source", "target"], keep="first", maintain_order=True)


class Waits:
    """The median wait for an answer, of some documents of a network and then of others.

    Documents are numbered, in its letters and its replies (`resampling.coded`).
    """

    def __init__(self, network: Network) -> None:
        dated = _dated(
            network.letters.select("s", "t", "document", "date_earliest", "date_latest")
        ).rename({"s": "source", "t": "target"})
        dated = dated.select("source", "target", "document", "low", "high")
        self._stated = _stated(network.replies, dated)
        low, high = pl.min_horizontal("source", "target"), pl.max_horizontal("source", "target")
        forth = (pl.col("source") < pl.col("target")).cast(pl.Int64)
        rows = dated.select(
            ((low * network.size + high) * 2 + forth).alias("tie"), "source", "document", "low", "high"
        ).sort(pl.col("tie") // 2, "low", "high", "document", "source")  # fmt: skip
        self._tie, self._source, self._document, self._low, self._high = (
            x.to_numpy() for x in rows
        )

    def median(self, drawn: NDArray[np.bool_]) -> float | None:
        """As `delays` by "all", of the documents where `drawn` is true."""
        there = np.flatnonzero(drawn[self._document])
        if not len(there):
            return None
        end = self._high[there].max()
        tie = self._tie[there]
        turn = np.append(True, tie[1:] != tie[:-1])
        there, tie = there[turn], tie[turn]
        document, s = self._document[there], self._source[there]
        low, high = self._low[there], self._high[there]
        answered = np.append(tie[1:] >> 1 == tie[:-1] >> 1, False)
        low2 = np.where(answered, np.append(low[1:], end), end)
        high2 = np.where(answered, np.append(high[1:], end), end)
        # in half seconds, so that the middles of dates are whole numbers
        days = np.where(answered, low2 + high2, 2 * high2) - (low + high)
        whole = [drawn[self._stated[x].to_numpy()] for x in ("document", "answered_by")]
        known = self._stated.filter(pl.Series(whole[0] & whole[1]))
        if known.height:
            known = _once(known)
            told = pl.DataFrame({"document": document, "source": s}).with_row_index().join(
                known, on=["document", "source"], how="anti")["index"].to_numpy()  # fmt: skip
            stated = known.select(
                pl.sum_horizontal("low2", "high2") - pl.sum_horizontal("low", "high")
            )
            days = np.append(days[told], stated.to_series().to_numpy())
            answered = np.append(answered[told], np.ones(known.height, bool))
        found = _median(np.maximum(days, 0), answered)
        return None if found is None else found / (2 * _DAY)


def _median(time: NDArray[np.int64], answered: NDArray[np.bool_]) -> float | None:
    """The first time at which at most half still wait (Kaplan and Meier)."""
    both = np.sort(time * 2 + answered)
    first = np.flatnonzero(np.append(True, both[1:] >> 1 != both[:-1] >> 1))
    at_risk = len(both) - first
    waiting = np.cumprod(1 - np.add.reduceat(both & 1, first) / at_risk)
    half = np.flatnonzero(waiting <= 0.5)
    return float(both[first[half[0]]] >> 1) if len(half) else None


@dataclass(frozen=True)
class Waiting:
    """A Kaplan-Meier estimate: `curve` and the median time until an answer.

    ``curve`` columns: days, at_risk, answers, waiting (share still waiting), low, high.
    `median` is None where fewer than half were ever answered; so are its bounds.
    """

    curve: pl.DataFrame
    median: float | None
    median_low: float | None
    median_high: float | None
    letters: int
    answered: int


def kaplan_meier(days: ArrayLike, answered: ArrayLike, confidence: float = 0.95) -> Waiting:
    """The share still waiting after each time, letters without an answer counted rightly.

    S(t) = product over times u <= t of (1 - answers(u) / at_risk(u)). Kaplan and Meier
    1958, https://doi.org/10.1080/01621459.1958.10501452; bounds by Greenwood's variance on the
    log(-log) scale (Kalbfleisch and Prentice 2002, p. 18), null where S is 0 or 1. No
    letters: an empty curve.
    """
    time, event = np.asarray(days, float), np.asarray(answered, bool)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    rows = []
    waiting, variance = 1.0, 0.0
    for t in np.unique(time):
        risk = int((time >= t).sum())
        events = int((event & (time == t)).sum())
        if events:
            waiting *= 1 - events / risk
            variance += events / (risk * (risk - events)) if risk > events else 0.0
        low = high = None
        if 0 < waiting < 1:
            spread = z * sqrt(variance) / log(waiting)
            low, high = waiting ** exp(-spread), waiting ** exp(spread)
            low, high = min(low, high), max(low, high)
        rows.append((float(t), risk, events, waiting, low, high))
    schema = {
        "days": pl.Float64(), "at_risk": pl.Int64(), "answers": pl.Int64(),
        "waiting": pl.Float64(), "low": pl.Float64(), "high": pl.Float64(),
    }  # fmt: skip
    curve = pl.DataFrame(rows, schema=schema, orient="row")

    def reach(column: str) -> float | None:
        at = curve.filter(pl.col(column) <= 0.5)["days"]
        return float(at[0]) if len(at) else None

    return Waiting(
        curve, reach("waiting"), reach("low"), reach("high"), len(time), int(event.sum())
    )


def delays(network: Network, by: str = "pair") -> pl.DataFrame:
    """Median days until an answer, by "pair", "channel" or "all".

    Columns: the group, letters, answered, stated, median, median_low, median_high
    (null where fewer than half were answered).
    """
    times = reply_times(network)
    groups = {"pair": ["source", "target"], "channel": ["channel"], "all": []}[by]
    keys = groups or ["_all"]
    times = times if groups else times.with_columns(_all=pl.lit(""))
    total = pl.col("letters").sum().over(keys)
    steps = (
        times.group_by(*keys, "days")
        .agg(
            pl.len().alias("letters"),
            pl.col("answered").sum().alias("events"),
            (pl.col("basis") == "stated").sum().alias("stated"),
        )
        .sort(*keys, "days")
        .with_columns(risk=total - pl.col("letters").cum_sum().over(keys) + pl.col("letters"))
        .with_columns(
            waiting=(1 - pl.col("events") / pl.col("risk")).cum_prod().over(keys),
            variance=pl.when(pl.col("risk") > pl.col("events"))
            .then(pl.col("events") / (pl.col("risk") * (pl.col("risk") - pl.col("events"))))
            .otherwise(0.0)
            .cum_sum()
            .over(keys),
        )
    )
    waiting = pl.col("waiting")
    inside = (waiting > 0) & (waiting < 1)
    spread = NormalDist().inv_cdf(0.975) * pl.col("variance").sqrt() / waiting.log()
    bounds = [pl.when(inside).then(waiting ** (sign * spread).exp()) for sign in (-1, 1)]
    steps = steps.with_columns(
        low=pl.min_horizontal(*bounds), high=pl.max_horizontal(*bounds)
    ).sort(*keys, "days")
    table = steps.group_by(keys, maintain_order=True).agg(
        pl.col("letters").sum().cast(pl.Int64),
        pl.col("events").sum().cast(pl.Int64).alias("answered"),
        pl.col("stated").sum().cast(pl.Int64),
        *(
            pl.col("days").filter(pl.col(share) <= 0.5).first().alias(name)
            for share, name in (
                ("waiting", "median"), ("low", "median_low"), ("high", "median_high"),
            )
        ),
    ).select(*groups, "letters", "answered", "stated", "median", "median_low", "median_high")  # fmt: skip
    return table.sort("letters", *groups, descending=[True, *[False] * len(groups)])
