"""Which documents stand behind a number."""

from __future__ import annotations

import polars as pl

from kgraph.network.network import Network
from kgraph.network.summary import way


def explain(network: Network, person: str) -> pl.DataFrame:
    """Every document that a node sent, got or took part in, in order of time.

    Columns: role (sent, received), document, date, with (id), with_label, channel,
    place, weight, certainty, record, title. The weights of "sent" sum to
    strength out, those of "received" to strength in, loops left out.
    """
    number = network.number(person)
    letters = network.letters.with_columns(way())
    parts = []
    for role, here, there in (("sent", "s", "target"), ("received", "t", "source")):
        parts.append(
            letters.filter((pl.col(here) == number) & (pl.col("s") != pl.col("t"))).select(
                pl.lit(role).alias("role"),
                "document",
                pl.coalesce("edtf", pl.col("date_earliest").dt.strftime("%Y-%m-%d")).alias("date"),
                pl.col(there).alias("with"),
                pl.col(f"{there}_label").alias("with_label"),
                "channel", "place", "weight", "certainty", "record", "date_earliest",
            )
        )  # fmt: skip
    titles = network.documents.select("document", "title").unique("document", keep="first")
    return (
        pl.concat(parts)
        .join(titles, on="document", how="left", maintain_order="left")
        .sort("date_earliest", "document", nulls_last=True, maintain_order=True)
        .drop("date_earliest")
    )
