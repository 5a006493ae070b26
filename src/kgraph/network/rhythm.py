"""The pulse of a correspondence: bursts, windows, before and after a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

import numpy as np
import polars as pl

from kgraph.network.network import Floats, Network

DAY = timedelta(days=1)


def instants(network: Network) -> pl.DataFrame:
    """Every dated document once: document, when (the middle of its interval)."""
    low = pl.coalesce("date_earliest", "date_latest")
    high = pl.coalesce("date_latest", "date_earliest")
    return (
        network.letters.filter(low.is_not_null())
        .group_by("document")
        .agg((low + (high - low) / 2).min().alias("when"))
        .sort("when", "document")
    )


@dataclass(frozen=True)
class Bursts:
    """`burstiness` -1 (a clock) to 1 (bursts), 0 as by chance; `corrected` for few
    letters; `memory` -1 to 1: whether short gaps follow short ones."""

    letters: int
    mean_gap: float | None
    burstiness: float | None
    corrected: float | None
    memory: float | None


def bursts(network: Network) -> Bursts:
    """How unevenly the letters of a network follow each other in time.

    B = (sd - mean) / (sd + mean) of the gaps in days between letters, and memory, the
    correlation of gaps that follow each other: Goh and Barabasi 2008,
    https://doi.org/10.1209/0295-5075/81/48002. Corrected for the number of gaps after Kim and Jo
    2016, https://doi.org/10.1103/PhysRevE.94.032311. Fewer than two gaps, or all letters on one
    day: None; memory needs four gaps, not all alike.
    """
    when = instants(network)["when"]
    gaps = when.diff().drop_nulls().dt.total_seconds().to_numpy() / 86_400.0
    n = len(gaps)
    if n < 2 or gaps.mean() == 0:
        return Bursts(when.len(), float(gaps.mean()) if n else None, None, None, None)
    mean, spread = float(gaps.mean()), float(gaps.std())
    ratio = spread / mean
    corrected = (sqrt(n + 1) * ratio - sqrt(n - 1)) / ((sqrt(n + 1) - 2) * ratio + sqrt(n - 1))
    memory = None
    if n >= 4 and gaps[:-1].std() > 0 and gaps[1:].std() > 0:
        memory = float(np.corrcoef(gaps[:-1], gaps[1:])[0, 1])
    return Bursts(when.len(), mean, (spread - mean) / (spread + mean), corrected, memory)


def rolling(
    network: Network, days: float = 30.0, step: float | None = None
) -> Iterator[tuple[datetime, datetime, Network]]:
    """Windows of `days`, moved by `step` days (default: a whole window), each as a network.

    A letter is in every window that its date *may* lie in; letters without a date are
    in none. The last window ends at or after the last letter.
    """
    low = pl.coalesce("date_earliest", "date_latest")
    high = pl.coalesce("date_latest", "date_earliest")
    dated = network.letters.filter(low.is_not_null())
    if not dated.height:
        return
    begin, end = dated.select(low.min().alias("a"), high.max().alias("b")).row(0)
    width, pace = timedelta(days=days), timedelta(days=step or days)
    start = datetime(begin.year, begin.month, begin.day)
    while start <= end:
        inside = dated.filter((low < start + width) & (high >= start))
        yield start, start + width, network.part(inside)
        start += pace


def over_time(
    network: Network,
    measure: Callable[[Network], Floats],
    days: float = 90.0,
    step: float | None = None,
) -> pl.DataFrame:
    """A measure in the network of every window: start, id, label, value.

    Null for those whom no letter of the window touches.
    """
    parts = []
    for start, _, window in rolling(network, days, step):
        touched = np.zeros(network.size, bool)
        touched[window.letters["s"].to_numpy()] = True
        touched[window.letters["t"].to_numpy()] = True
        value = np.full(network.size, np.nan)
        value[touched] = measure(window.only(touched))
        parts.append(
            network.nodes.select(pl.lit(start).alias("start"), "id", "label").with_columns(
                pl.Series("value", value).fill_nan(None)
            )
        )
    if not parts:
        columns = (pl.Datetime("us"), pl.String(), pl.String(), pl.Float64())
        return pl.DataFrame(
            schema=dict(zip(("start", "id", "label", "value"), columns, strict=True))
        )
    return pl.concat(parts)


@dataclass(frozen=True)
class Turn:
    """Letters a day before and after a date, their ratio with bounds, and a p-value."""

    at: datetime
    before: int
    after: int
    rate_before: float
    rate_after: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float


def around(network: Network, date: datetime, days: float = 30.0, confidence: float = 0.95) -> Turn:
    """Letters in the `days` before and after `date`, compared as two Poisson rates.

    Given their sum, the later count is binomial with one half if nothing changed; the
    bounds of the ratio follow from Clopper and Pearson's (Przyborowski and Wilenski
    1940, https://doi.org/10.1093/biomet/31.3-4.313). No letter before: ratio None.
    """
    when = instants(network)["when"]
    width = timedelta(days=days)
    before = int(((when >= date - width) & (when < date)).sum())
    after = int(((when >= date) & (when < date + width)).sum())
    if before + after == 0:
        return Turn(date, 0, 0, 0.0, 0.0, None, None, None, 1.0)
    from scipy import stats  # a second to load

    test = stats.binomtest(after, before + after, 0.5)
    bounds = test.proportion_ci(confidence)
    return Turn(
        date, before, after, before / days, after / days,
        after / before if before else None,
        bounds.low / (1 - bounds.low) if bounds.low < 1 else None,
        bounds.high / (1 - bounds.high) if bounds.high < 1 else None,
        float(test.pvalue),
    )  # fmt: skip
