"""Numbers as ranges: dates, senders and links in doubt; letters that may be missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import polars as pl

from kgraph.network.network import Floats, Network, network_of
from kgraph.network.selection import Selection
from kgraph.network.tables import EdgeTables
from kgraph.report import KgraphError

Measure = Callable[[Network], Floats]
Loss = Literal["letter", "archive", "person", "source"]
TRUST: dict[str, float] = {"stated": 1.0, "inferred": 0.9, "conjectural": 0.5}
"""How often a claim of each certainty is taken as true: an assumption, to be changed."""


def ranges(
    tables: EdgeTables,
    measure: Measure,
    selection: Selection | None = None,
    rounds: int = 200,
    seed: int = 0,
    trust: Mapping[str, float] = TRUST,
    confidence: float = 0.9,
) -> pl.DataFrame:
    """A measure of every node over worlds that the claims allow (Monte Carlo).

    In each round every document gets an instant drawn evenly from its date interval (so
    that it may fall out of the time span asked for); of records that disagree on its
    sender or addressee one is drawn; an edge that is inferred or conjectural is kept
    with the probability in `trust`. Columns: id, label, value (all claims taken), low,
    median, high (of the middle `confidence` of rounds), best and worst rank (1 is
    highest) in it. A node that is in no round's network counts 0 there.
    """
    choice = selection or Selection()
    open_choice = replace(choice, start=None, end=None)
    from scipy import stats  # a second to load

    base = network_of(tables, choice)
    possible = network_of(tables, open_choice)
    values = np.zeros((rounds, possible.size))
    random = np.random.default_rng(seed)
    for k in range(rounds):
        world = possible.part(_world(possible, choice, trust, random))
        there = np.zeros(possible.size, bool)
        there[np.concatenate([world.letters["s"].to_numpy(), world.letters["t"].to_numpy()])] = True
        if there.any():
            values[k, there] = measure(world.only(there))
    values = np.nan_to_num(values)
    ranks = np.array([stats.rankdata(-row, method="min") for row in values])
    tail = (1 - confidence) / 2 * 100
    spread = np.percentile(values, [tail, 50, 100 - tail], axis=0)
    places = np.percentile(ranks, [tail, 100 - tail], axis=0)
    taken = dict(zip(base.ids, measure(base).tolist(), strict=True))
    return (
        possible.nodes.select("id", "label")
        .with_columns(
            value=pl.Series([taken.get(i, 0.0) for i in possible.ids], dtype=pl.Float64),
            low=spread[0], median=spread[1], high=spread[2],
            best=np.floor(places[0]).astype(int), worst=np.ceil(places[1]).astype(int),
        )
        .sort("median", "id", descending=[True, False])
    )  # fmt: skip


def _world(
    network: Network, choice: Selection, trust: Mapping[str, float], random: np.random.Generator
) -> pl.DataFrame:
    """The letters of one world."""
    letters = network.letters
    documents = letters["document"].unique().sort()
    place = pl.DataFrame({"document": documents, "_u": random.random(len(documents))})
    low = pl.coalesce("date_earliest", "date_latest")
    high = pl.coalesce("date_latest", "date_earliest")
    rows = letters.join(place, on="document", maintain_order="left").with_columns(
        _when=low + pl.duration(
            microseconds=((high - low).dt.total_microseconds() * pl.col("_u")).cast(pl.Int64)
        )
    )  # fmt: skip
    if choice.start is not None:
        rows = rows.filter(pl.col("_when") >= choice.start)
    if choice.end is not None:
        rows = rows.filter(pl.col("_when") <= choice.end)
    rival = rows.filter(pl.col("record").n_unique().over("document", "layer") > 1)
    if rival.height:
        claims = rival.select("document", "layer", "record").unique().sort(pl.all())
        claims = claims.with_columns(_draw=pl.Series(random.random(claims.height)))
        chosen = claims.sort("_draw").unique(["document", "layer"], keep="first")
        keep = rival.join(chosen.drop("_draw"), on=["document", "layer", "record"], how="semi")
        rest = rows.filter(pl.col("record").n_unique().over("document", "layer") <= 1)
        rows = pl.concat([rest, keep])
    odds = rows["certainty"].fill_null("stated").replace_strict(
        dict(trust), default=1.0, return_dtype=pl.Float64
    )  # fmt: skip
    return rows.filter(pl.Series(random.random(rows.height)) < odds).select(letters.columns)


def robustness(
    network: Network,
    measure: Measure,
    by: Loss = "letter",
    shares: tuple[float, ...] = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9),
    rounds: int = 50,
    seed: int = 0,
) -> pl.DataFrame:
    """How far a ranking survives when letters are lost.

    A share of the documents is taken away: single ones at random, or whole archives,
    sources or persons' letters in random order until the share is reached. Compared is
    the ranking of the nodes before and after (Spearman's rank correlation, nodes that
    lose all their letters with 0). After Ryan and Ahnert 2021,
    https://doi.org/10.22148/001c.25943. Columns: share, removed (mean share really taken),
    correlation, low, high (5th and 95th percentile). Fewer than three nodes, or a
    measure alike for all: null.
    """
    if by not in get_args(Loss):
        raise KgraphError(f"cannot remove letters by {by!r}", hint=", ".join(get_args(Loss)))
    from scipy import stats

    groups = _groups(network, by)
    documents = network.letters["document"].unique().sort()
    before = np.nan_to_num(measure(network))
    random = np.random.default_rng(seed)
    rows = []
    for share in shares:
        scores, taken = [], []
        for _ in range(rounds):
            lost = _lost(groups, documents, share, random)
            rest = network.letters.filter(~pl.col("document").is_in(list(lost)))
            after = np.nan_to_num(measure(network.part(rest)))
            taken.append(len(lost) / max(len(documents), 1))
            if len(before) > 2 and np.ptp(before) > 0 and np.ptp(after) > 0:
                scores.append(float(stats.spearmanr(before, after).statistic))
        low, middle, high = (
            (np.percentile(scores, 5), float(np.mean(scores)), np.percentile(scores, 95))
            if scores else (None, None, None)
        )  # fmt: skip
        rows.append((share, float(np.mean(taken)), middle, low, high))
    schema = {"share": pl.Float64(), "removed": pl.Float64(), "correlation": pl.Float64(),
              "low": pl.Float64(), "high": pl.Float64()}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row", strict=False)


def _groups(network: Network, by: str) -> list[list[str]]:
    """Documents that are lost together."""
    letters = network.letters
    if by == "letter":
        return []
    if by == "person":
        both = pl.concat([
            letters.select("document", pl.col("source").alias("key")),
            letters.select("document", pl.col("target").alias("key")),
        ])  # fmt: skip
    else:
        column = "archive" if by == "archive" else "source_id"
        both = letters.select("document", pl.col(column).fill_null("not known").alias("key"))
    found = (
        both.unique().sort("key", "document").group_by("key", maintain_order=True).agg("document")
    )
    return found["document"].to_list()


def _lost(
    groups: list[list[str]], documents: pl.Series, share: float, random: np.random.Generator
) -> set[str]:
    wanted = round(share * len(documents))
    if not groups:
        return set(documents.gather(random.permutation(len(documents))[:wanted]).to_list())
    lost: set[str] = set()
    for k in random.permutation(len(groups)):
        if len(lost) >= wanted:
            break
        lost |= set(groups[k])
    return lost
