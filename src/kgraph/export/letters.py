"""What every network format starts from: the nodes and letters of a network as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import polars as pl

from kgraph.network.network import Network, load_network
from kgraph.network.summary import way
from kgraph.report import KgraphError
from kgraph.store import Store

Loss = tuple[str, ...]
Writer = Callable[[Network, IO[bytes]], Loss]

EDGE_FIELDS = (
    "document", "layer", "channel", "mode", "place", "place_to", "edtf", "certainty", "record",
    "source_id", "form", "status", "classification", "archive", "leg",
)  # fmt: skip
"""Text attributes of an edge, in the order that files give them."""
NODE_FIELDS = ("kind", "side", "born", "died")
ONE_LAYER = "layers other than wrote-to: kgraph network --layer LAYER -o FILE writes any of them"


def letters_of(store: Store) -> Network:
    """The network of letters of a store, every letter an edge."""
    return load_network(store)


def nodes(network: Network) -> Iterator[dict[str, Any]]:
    """Rows of id, label and `NODE_FIELDS`."""
    yield from network.nodes.select("id", "label", *NODE_FIELDS).iter_rows(named=True)


def edges(network: Network) -> Iterator[dict[str, Any]]:
    """Rows of id, source, target, s, t, weight, start, end and `EDGE_FIELDS`.

    `start` and `end` are ISO 8601 date-times or None. Ids are stable: e0, e1 ... in
    the order of source, target, date and document.
    """
    rows = (
        network.letters.with_columns(way())
        .with_columns(
            start=pl.coalesce("date_earliest", "date_latest"),
            end=pl.coalesce("date_latest", "date_earliest"),
        )
        .sort("s", "t", "start", "document", "layer", "leg", nulls_last=True)
        .with_row_index("_n")
        .select(
            ("e" + pl.col("_n").cast(pl.String)).alias("id"),
            "source", "target", "s", "t", "weight",
            pl.col("start", "end").dt.strftime("%Y-%m-%dT%H:%M:%S"),
            *EDGE_FIELDS,
        )
    )  # fmt: skip
    yield from rows.iter_rows(named=True)


def undated(network: Network) -> int:
    """How many letters have no date at all."""
    none = pl.col("date_earliest").is_null() & pl.col("date_latest").is_null()
    return network.letters.filter(none).height


def writer_for(path: Path) -> Writer:
    """The function that writes the format of a file's ending."""
    from kgraph.export import cytoscape, gexf, graphml, pajek
    from kgraph.export.edges import edges_csv, edges_parquet

    known: dict[str, Writer] = {
        ".gexf": gexf.write_network,
        ".graphml": graphml.write_network,
        ".net": pajek.write_network,
        ".cyjs": cytoscape.write_network,
        ".csv": edges_csv,
        ".parquet": edges_parquet,
    }
    if path.suffix.lower() not in known:
        raise KgraphError(
            f"cannot write a network to {path.name}", hint=f"end its name in {', '.join(known)}"
        )
    return known[path.suffix.lower()]


def save(network: Network, path: Path) -> Loss:
    """Write a network to a file, in the format of its ending; what was lost."""
    write = writer_for(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as output:
            return write(network, output)
    except OSError as error:
        raise KgraphError(f"cannot write {path}: {error.strerror}") from error
