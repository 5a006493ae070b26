"""Persons as the offices they held or the governments they stood for.

An ambassadorship survives its holders: with ``--by office`` two men who held it
one after the other are one node; with ``--by government`` all of a side are one.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kgraph import iris
from kgraph.network.selection import By
from kgraph.network.tables import NODES, EdgeTables, best_nodes

NOT_KNOWN = "government/not-known"


def group(tables: EdgeTables, by: By) -> EdgeTables:
    """`tables` with sources and targets replaced by what they stand for.

    *office*: the office that the person held on the document's date (of several,
    the one that began last); a person without a known office on that date stays
    the person. *government*: the side of the person or body; those whose side is
    not known are one node, `NOT_KNOWN`. Edges within one office or government
    stay, as loops, and are left out of measures that have no loops.
    """
    if by == "office":
        return _by_office(tables)
    if by == "government":
        return _by_government(tables)
    return tables


def _by_government(tables: EdgeTables) -> EdgeTables:
    side = tables.nodes.select(
        "id",
        pl.when(pl.col("side").is_null())
        .then(pl.lit(NOT_KNOWN))
        .otherwise("government/" + pl.col("side"))
        .alias("group"),
    )
    edges = tables.edges
    for end in ("source", "target"):
        edges = (
            edges.join(side.rename({"id": end}), on=end, how="left", maintain_order="left")
            .with_columns(pl.col("group").fill_null(NOT_KNOWN).alias(end))
            .with_columns(_government_label(end).alias(f"{end}_label"))
            .drop("group")
        )
    found = pl.concat([edges["source"], edges["target"]]).unique().sort()
    nodes = pl.DataFrame({"id": found}).with_columns(
        label=_government_label("id"),
        kind=pl.lit("body"),
        side=pl.when(pl.col("id") == NOT_KNOWN)
        .then(None)
        .otherwise(pl.col("id").str.strip_prefix("government/")),
    )
    return _regrouped(tables, edges, nodes)


_STATES = {
    "us": "United States", "soviet": "Soviet Union", "russian": "Russia", "british": "Great Britain",
    "french": "France", "german": "Germany", "west-german": "West Germany", "italian": "Italy",
    "east-german": "East Germany", "chinese": "China", "japanese": "Japan", "cuban": "Cuba",
    "vietnamese": "Vietnam", "laotian": "Laos", "cambodian": "Cambodia", "austrian": "Austria",
    "polish": "Poland", "spanish": "Spain", "turkish": "Turkey", "prussian": "Prussia",
}  # fmt: skip


def side_name(side: str) -> str:
    """The name of the state that a side stands for, as the key of a picture writes it.

    >>> side_name("british"), side_name("holy-see")
    ('Great Britain', 'Holy See')
    """
    return _STATES.get(side) or side.replace("-", " ").title()


def _government_label(column: str) -> pl.Expr:
    name = pl.col(column).str.strip_prefix("government/")
    known = pl.col(column) != NOT_KNOWN
    return pl.when(known).then(
        name.map_elements(side_name, return_dtype=pl.String)
    ).otherwise(pl.lit("side not known"))  # fmt: skip


def _by_office(tables: EdgeTables) -> EdgeTables:
    titles = tables.offices["title"].drop_nulls().unique().to_list()
    made = {title: f"position/{iris.slug(title)}" for title in titles}
    named = pl.col("title").replace_strict(made, default=None, return_dtype=pl.String)
    held = tables.offices.select(
        "person",
        pl.coalesce("office", named).alias("office"),
        "title",
        pl.col("start").fill_null("").str.head(10).alias("start"),
        pl.col("end").fill_null("9999").str.head(10).alias("end"),
    )
    edges = tables.edges.with_row_index("_row")
    for end in ("source", "target"):
        on_day = pl.col("date_earliest").dt.strftime("%Y-%m-%d")
        found = (
            edges.select("_row", pl.col(end).alias("person"), on_day.alias("day"))
            .join(held, on="person")
            .filter(
                pl.col("day").is_not_null()
                & (pl.col("start") <= pl.col("day"))
                & (pl.col("day") <= pl.col("end") + "~")  # "1963" ends with 1963
            )
            .sort("start", descending=True)
            .unique("_row", keep="first")
            .select("_row", "office", "title")
        )
        edges = (
            edges.join(found, on="_row", how="left", maintain_order="left")
            .with_columns(
                pl.coalesce("office", end).alias(end),
                pl.coalesce("title", f"{end}_label").alias(f"{end}_label"),
            )
            .drop("office", "title")
        )
    sides = tables.nodes.select(pl.col("id").alias("person"), "side")
    offices = (
        held.join(sides, on="person", how="left")
        .group_by("office", maintain_order=True)
        .agg(pl.col("title").first(), pl.col("side").drop_nulls().mode().sort().first())
        .select(
            pl.col("office").alias("id"),
            pl.col("title").alias("label"),
            pl.lit("office").alias("kind"),
            "side",
        )
    )
    return _regrouped(tables, edges.drop("_row"), offices, keep=True)


def _regrouped(
    tables: EdgeTables, edges: pl.DataFrame, nodes: pl.DataFrame, keep: bool = False
) -> EdgeTables:
    from kgraph.network.tables import EDGES, conform

    made = conform(nodes, NODES)
    if keep:
        made = best_nodes(pl.concat([tables.nodes, made]))
    once = edges.unique(
        ["layer", "source", "target", "document", "leg"], keep="first", maintain_order=True
    )
    return replace(tables, edges=conform(once, EDGES), nodes=made)
