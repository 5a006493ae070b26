"""Edge tables asked from a SPARQL endpoint, with the named questions of ``queries/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kgraph import queries
from kgraph.network.tables import EDGES, NODES, EdgeTables, conform
from kgraph.store.sparql import as_rows

if TYPE_CHECKING:
    from kgraph.store import Store


def from_endpoint(store: Store, layers: tuple[str, ...]) -> EdgeTables:
    """The edges of `layers` and their nodes, by ``network-edges`` and ``network-nodes``."""
    edges = [_answer(store, "network-edges", {"layer": layer}) for layer in layers]
    filled = [
        conform(table, EDGES).with_columns(
            pl.lit(layer).alias("layer"),
            pl.col("weight", "share").fill_null(1.0),
            pl.col("records").fill_null(1),
        )
        for layer, table in zip(layers, edges, strict=True)
    ]
    nodes = conform(_answer(store, "network-nodes", {}), NODES)
    return EdgeTables(edges=pl.concat(filled), nodes=nodes.unique("id", keep="first"))


def _answer(store: Store, name: str, given: dict[str, str]) -> pl.DataFrame:
    rows = queries.local_ids(as_rows(queries.run(store, queries.find(name), given)))
    columns = list(zip(*([queries.plain(cell) for cell in row] for row in rows), strict=True))
    if not columns:
        return pl.DataFrame(schema=dict.fromkeys(rows.columns, pl.String))
    return pl.DataFrame(
        [pl.Series(n, c, dtype=pl.String) for n, c in zip(rows.columns, columns, strict=True)]
    )
