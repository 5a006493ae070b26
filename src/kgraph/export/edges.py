"""Tables of edges and nodes, for spreadsheets, R, Palladio and Gephi's data laboratory."""

from __future__ import annotations

from typing import IO

import polars as pl

from kgraph.export.letters import Loss
from kgraph.network.network import Network

_LOSS: Loss = ("evidence, relations between documents and conflicting claims",)


def edge_table(network: Network) -> pl.DataFrame:
    """One row a letter: the columns of `kgraph.network.tables.EDGES`."""
    return network.letters.drop("s", "t").sort(
        "layer", "source", "target", "date_earliest", "document", "leg", nulls_last=True
    )


def edges_csv(network: Network, output: IO[bytes]) -> Loss:
    """Edges as CSV, dates as ISO 8601."""
    edge_table(network).write_csv(output, datetime_format="%Y-%m-%dT%H:%M:%S")
    return (*_LOSS, "what is known of persons: `kgraph network -f csv` lists them")


def nodes_csv(network: Network, output: IO[bytes]) -> Loss:
    """Nodes as CSV."""
    network.nodes.write_csv(output)
    return _LOSS


def edges_parquet(network: Network, output: IO[bytes]) -> Loss:
    """Edges as Parquet."""
    edge_table(network).write_parquet(output, compression="zstd")
    return (*_LOSS, "what is known of persons: `kgraph network -f csv` lists them")
