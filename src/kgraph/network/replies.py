"""How long an answer took, and how many letters never got one."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

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
        network.letters.with_columns(way())
        .with_columns(
            low=pl.coalesce("date_earliest", "date_latest").dt.epoch("s"),
            high=pl.coalesce("date_latest", "date_earliest").dt.epoch("s"),
        )
        .filter(pl.col("low").is_not_null() & (pl.col("s") != pl.col("t")))
        .unique(["source", "target", "document"], keep="first", maintain_order=True)
        .sort("low", "high", "document")
        .select("source", "target", "document", "channel", "low", "high")
    )
    rows: list[tuple[object, ...]] = []
    if not dated.height:
        return pl.DataFrame(schema=SCHEMA)
    end = float(dated["high"].max())  # type: ignore[arg-type]
    rows.extend(_stated(network, dated))
    explained = {(r[2], r[0]) for r in rows}
    waiting: dict[tuple[str, str], tuple[object, ...]] = {}
    for letter in dated.iter_rows():
        a, b, document, _, low, high = letter
        open_turn = waiting.pop((b, a), None)
        if open_turn is not None and (open_turn[2], open_turn[0]) not in explained:
            rows.append(_row(open_turn, (document, low, high), True, "inferred"))
        waiting.setdefault((a, b), letter)
    for letter in waiting.values():
        if (letter[2], letter[0]) not in explained:
            rows.append(_row(letter, (None, end, end), False, "inferred"))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("source", "target", "document")


def _stated(network: Network, dated: pl.DataFrame) -> list[tuple[object, ...]]:
    letters = dated.with_columns(pl.concat_str("low", "high", separator=" ").alias("_"))
    pairs = (
        network.replies.join(
            letters.rename({"document": "answers"}), on="answers", how="inner"
        )
        .join(
            letters.select("document", answerer="source", answered="target", low2="low", high2="high"),
            on="document", how="inner",
        )
        .filter((pl.col("answerer") == pl.col("target")) & (pl.col("answered") == pl.col("source")))
        .unique(["answers", "source", "target"], keep="first", maintain_order=True)
    )  # fmt: skip
    return [
        _row(
            (r["source"], r["target"], r["answers"], r["channel"], r["low"], r["high"]),
            (r["document"], r["low2"], r["high2"]), True, "stated",
        )
        for r in pairs.iter_rows(named=True)
    ]  # fmt: skip


def _row(
    letter: tuple[object, ...], reply: tuple[object, ...], answered: bool, basis: str
) -> tuple[object, ...]:
    a, b, document, channel, low, high = letter
    by, low2, high2 = reply
    middle = (float(low2) + float(high2)) / 2 - (float(low) + float(high)) / 2  # type: ignore[arg-type]
    if by is None:  # the end of what is known
        middle = float(high2) - (float(low) + float(high)) / 2  # type: ignore[arg-type]
    least = max(0.0, float(low2) - float(high))  # type: ignore[arg-type]
    most = max(0.0, float(high2) - float(low))  # type: ignore[arg-type]
    return (
        a, b, document, by, channel, max(0.0, middle) / _DAY, least / _DAY, most / _DAY, answered,
        basis,
    )  # fmt: skip


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
    parts = times.group_by(groups, maintain_order=True) if groups else [((), times)]
    rows = []
    for key, part in parts:
        found = kaplan_meier(part["days"], part["answered"])
        stated = int((part["basis"] == "stated").sum())
        rows.append(
            (*key, found.letters, found.answered, stated, found.median, found.median_low,
             found.median_high)
        )  # fmt: skip
    schema = dict.fromkeys(groups, pl.String()) | {
        "letters": pl.Int64(), "answered": pl.Int64(), "stated": pl.Int64(),
        "median": pl.Float64(), "median_low": pl.Float64(), "median_high": pl.Float64(),
    }  # fmt: skip
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.sort("letters", *groups, descending=[True, *[False] * len(groups)])
