"""The tables that ``kgraph network`` prints: figures, nodes, ties, channels."""

from __future__ import annotations

import polars as pl

from kgraph.network import centrality, cohesion
from kgraph.network.engines import Engine
from kgraph.network.network import Network

EXACT = 20_000_000
"""Exact betweenness up to this many nodes x ties (seconds); sampled beyond."""
PIVOTS = 500
SAMPLED = 100_000_000
"""Pivots x ties that a sample takes at most; never fewer than 50 pivots."""


def exact(network: Network) -> bool:
    """Whether the tables give betweenness and closeness as they are, not from pivots."""
    return network.size * len(network.ends[0]) <= EXACT


def pivots_for(network: Network) -> int:
    """How many pivots the tables take: all nodes where that is quick."""
    if exact(network):
        return network.size
    return int(min(PIVOTS, max(50, SAMPLED // len(network.ends[0]))))


def way() -> pl.Expr:
    """The channel of a letter, else its mode, else "not stated"."""
    return pl.coalesce("channel", "mode", pl.lit("not stated")).alias("channel")


def nodes(network: Network, engine: Engine = "auto", pivots: int | None = None) -> pl.DataFrame:
    """One row a node: letters, ties and strength out and in, PageRank, betweenness.

    Ordered by strength, then id. `betweenness_error` is the standard error where the
    network is so large that betweenness was sampled (from `pivots`, by default
    `pivots_for`), else 0.
    """
    between = centrality.sampled_betweenness(network, pivots or pivots_for(network), engine=engine)
    return (
        network.nodes.select("id", "label", "kind", "side")
        .with_columns(
            documents=_documents(network),
            degree_out=centrality.degree(network, "out"),
            degree_in=centrality.degree(network, "in"),
            strength_out=centrality.strength(network, "out"),
            strength_in=centrality.strength(network, "in"),
            pagerank=centrality.pagerank(network),
            betweenness=between.values,
            betweenness_error=between.error,
        )
        .sort(pl.col("strength_out") + pl.col("strength_in"), "id", descending=[True, False])
    )


def _documents(network: Network) -> pl.Series:
    """How many different documents each node sent, got or took part in."""
    touched = pl.concat([
        network.letters.select(pl.col("s").alias("n"), "document"),
        network.letters.select(pl.col("t").alias("n"), "document"),
    ])  # fmt: skip
    counted = touched.group_by("n").agg(pl.col("document").n_unique().alias("documents"))
    every = pl.DataFrame({"n": range(network.size)}, schema={"n": pl.Int64})
    return (
        every.join(counted, on="n", how="left", maintain_order="left")["documents"]
        .fill_null(0)
        .cast(pl.Int64)
    )


def ties(network: Network) -> pl.DataFrame:
    """One row a pair: source, target, weight, documents, first and last date, channels."""
    return (
        network.letters.with_columns(way())
        .group_by("source", "target")
        .agg(
            pl.col("source_label").first(),
            pl.col("target_label").first(),
            pl.col("weight").sum(),
            pl.col("document").n_unique().alias("documents"),
            pl.col("date_earliest").min().dt.strftime("%Y-%m-%d").alias("first"),
            pl.col("date_latest").max().dt.strftime("%Y-%m-%d").alias("last"),
            pl.col("channel").unique().sort().str.join("; ").alias("channels"),
        )
        .sort("weight", "source", "target", descending=[True, False, False])
    )


def channels(network: Network) -> pl.DataFrame:
    """The key figures once for each channel, the busiest first."""
    letters = network.letters.with_columns(way())
    rows = []
    for (name,), part in sorted(letters.group_by("channel"), key=lambda x: (-x[1].height, x[0])):
        inside = network.part(part)
        touched = len(set(part["s"]) | set(part["t"]))
        pairs = len(inside.ends[0])
        rows.append({
            "channel": name,
            "documents": part["document"].n_unique(),
            "nodes": touched,
            "edges": pairs,
            "density": pairs / (touched * (touched - 1)) if touched > 1 else None,
            "reciprocity": cohesion.reciprocity(inside),
            "first": _day(part["date_earliest"].min()),
            "last": _day(part["date_latest"].max()),
        })  # fmt: skip
    schema = {"channel": pl.String, "documents": pl.Int64, "nodes": pl.Int64, "edges": pl.Int64,
              "density": pl.Float64, "reciprocity": pl.Float64, "first": pl.String,
              "last": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _day(moment: object) -> str | None:
    return str(moment)[:10] if moment is not None else None
