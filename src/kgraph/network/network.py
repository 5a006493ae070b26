"""A network ready to be measured: its nodes numbered, its letters and its ties as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from kgraph.network import tables as edge_tables
from kgraph.network.grouping import group
from kgraph.network.selection import Selection, select
from kgraph.network.tables import EDGES, NODES, EdgeTables
from kgraph.report import KgraphError

if TYPE_CHECKING:
    from kgraph.store import Store

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Directed and weighted; every letter stays its own row.

    - ``nodes``: the columns of `tables.NODES`, in the order that numbers them;
    - ``letters``: the columns of `tables.EDGES` and ``s``, ``t``, the numbers of
      source and target; ``weight`` is what the letter counts (see `Selection.joint`).
      What was spoken stands in both directions;
    - ``documents``, ``replies``: as in `EdgeTables`, for explanations and times;
    - ``places``: the places among the nodes of the tables, with coordinates.
    """

    nodes: pl.DataFrame
    letters: pl.DataFrame
    documents: pl.DataFrame
    replies: pl.DataFrame
    places: pl.DataFrame
    selection: Selection

    @property
    def size(self) -> int:
        """How many nodes."""
        return self.nodes.height

    @cached_property
    def ties(self) -> pl.DataFrame:
        """One row a pair that is tied, loops left out: s, t, weight, letters; sorted."""
        return (
            self.letters.lazy()
            .filter(pl.col("s") != pl.col("t"))
            .group_by("s", "t")
            .agg(pl.col("weight").sum(), pl.len().alias("letters"))
            .sort("s", "t")
            .collect()
        )

    @cached_property
    def ends(self) -> tuple[Ints, Ints, Floats]:
        """Sources, targets and weights of `ties` as arrays."""
        ties = self.ties
        return (
            ties["s"].to_numpy().astype(np.int64),
            ties["t"].to_numpy().astype(np.int64),
            ties["weight"].to_numpy().astype(np.float64),
        )

    @cached_property
    def matrix(self) -> Any:
        """The weighted adjacency matrix, rows writing to columns (scipy CSR)."""
        s, t, w = self.ends
        return sparse.csr_array((w, (s, t)), shape=(self.size, self.size))

    @cached_property
    def counts(self) -> Any:
        """The adjacency matrix of ones and zeros."""
        s, t, _ = self.ends
        return sparse.csr_array((np.ones(len(s)), (s, t)), shape=(self.size, self.size))

    @property
    def ids(self) -> list[str]:
        """Ids of the nodes in their order."""
        return self.nodes["id"].to_list()

    def number(self, node: str) -> int:
        """The number of a node by its id, its label, or the unique end of one."""
        ids, labels = self.ids, self.nodes["label"].to_list()
        for names in (ids, labels):
            if node in names:
                return names.index(node)
        low = node.casefold()
        found = [i for i, x in enumerate(labels) if x and low in x.casefold()]
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(ids[i] for i in found[:6])
            raise KgraphError(f"{node!r} fits {len(found)} nodes", hint=f"name one of: {some}")
        raise KgraphError(
            f"{node!r} is not in this network", hint="kgraph network lists who is; ids are safest"
        )

    def to_networkx(self, parallel: bool = True) -> Any:
        """As a networkx graph: every letter an edge, or (``parallel=False``) one a pair.

        Nodes are ids with the columns of `tables.NODES` as attributes. Parallel
        edges bear document, dates (ISO 8601), channel, mode, certainty, source and
        weight; single ones `weight` and `letters`.
        """
        graph: Any = nx.MultiDiGraph() if parallel else nx.DiGraph()
        ids = self.ids
        for row in self.nodes.iter_rows(named=True):
            key = row.pop("id")
            graph.add_node(key, **{k: v for k, v in row.items() if v is not None})
        if not parallel:
            graph.add_edges_from(
                (ids[s], ids[t], {"weight": w, "letters": n})
                for s, t, w, n in self.ties.iter_rows()
            )
            return graph
        ends = {"source", "target", "source_label", "target_label", "s", "t"}
        columns = [c for c in self.letters.columns if c not in ends]
        plain = self.letters.select(
            "source", "target", pl.col(columns).exclude("date_earliest", "date_latest"),
            pl.col("date_earliest", "date_latest").dt.strftime("%Y-%m-%dT%H:%M:%S"),
        )  # fmt: skip
        for row in plain.iter_rows(named=True):
            source, target = row.pop("source"), row.pop("target")
            graph.add_edge(source, target, **{k: v for k, v in row.items() if v is not None})
        return graph

    def part(self, letters: pl.DataFrame) -> Network:
        """The same nodes with only these `letters`."""
        return replace(self, letters=letters)

    def only(self, keep: NDArray[np.bool_]) -> Network:
        """The network of the nodes where `keep` is true, renumbered."""
        inside = self.nodes.filter(pl.Series(keep))["id"].implode()
        letters = self.letters.filter(
            pl.col("source").is_in(inside) & pl.col("target").is_in(inside)
        )
        return _numbered(
            self.nodes.filter(pl.Series(keep)), letters, self.documents, self.replies,
            self.places, self.selection,
        )  # fmt: skip

    def names(self) -> Iterator[tuple[int, str, str]]:
        """Number, id and label of every node."""
        for i, (key, label) in enumerate(self.nodes.select("id", "label").iter_rows()):
            yield i, key, label or key


def network_of(tables: EdgeTables, selection: Selection | None = None) -> Network:
    """The network that `selection` makes of `tables`.

    Nodes are those that some letter touches, in the order of their ids.
    """
    choice = selection or Selection()
    chosen = group(select(tables, choice), choice.by)
    edges = chosen.edges
    spoken = edges.filter(pl.col("layer") == "spoke-with")
    if spoken.height:
        back = spoken.rename({
            "source": "target", "target": "source",
            "source_label": "target_label", "target_label": "source_label",
        })  # fmt: skip
        edges = pl.concat([edges, back.select(edges.columns)])
    if choice.joint == "split":
        edges = edges.with_columns(weight=pl.col("weight") * pl.col("share").fill_null(1.0))
    met = pl.concat([
        edges.select(pl.col("source").alias("id"), pl.col("source_label").alias("_label")),
        edges.select(pl.col("target").alias("id"), pl.col("target_label").alias("_label")),
    ])  # fmt: skip
    met = met.group_by("id").agg(pl.col("_label").drop_nulls().mode().sort().first()).sort("id")
    nodes = (
        met.join(chosen.nodes.unique("id", keep="first"), on="id", how="left")
        .with_columns(
            label=pl.coalesce("label", "_label", "id"), kind=pl.col("kind").fill_null("unknown")
        )
        .select(list(NODES))
        .sort("id")
    )
    places = tables.nodes.filter(pl.col("kind") == "place")
    return _numbered(nodes, edges, tables.documents, tables.replies, places, choice)


def _numbered(
    nodes: pl.DataFrame,
    edges: pl.DataFrame,
    documents: pl.DataFrame,
    replies: pl.DataFrame,
    places: pl.DataFrame,
    selection: Selection,
) -> Network:
    numbers = nodes.select("id", "label").with_row_index("n")
    numbers = numbers.with_columns(pl.col("n").cast(pl.Int64))
    letters = edges.select(list(EDGES))
    for end, short in (("source", "s"), ("target", "t")):
        known = numbers.rename({"id": end, "n": short, "label": "_label"})
        letters = letters.join(known, on=end, maintain_order="left").with_columns(
            pl.coalesce("_label", f"{end}_label").alias(f"{end}_label")
        )
        letters = letters.drop("_label")
    return Network(nodes, letters, documents, replies, places, selection)


def tables_of(source: str | Path | EdgeTables | Store, layers: tuple[str, ...]) -> EdgeTables:
    """Edge tables from what a user has: tables, their folder, a store or its location."""
    if isinstance(source, EdgeTables):
        return source
    if isinstance(source, str | Path):
        path = Path(source)
        if any((path / f"{name}.parquet").is_file() for name in ("nodes", *layers)):
            return edge_tables.read(path, layers)
        from kgraph.store import open_store

        return from_store(open_store(source), layers)
    return from_store(source, layers)


def from_store(store: Store, layers: tuple[str, ...]) -> EdgeTables:
    """Edge tables of a store: its Parquet columns, or asked with SPARQL from an endpoint."""
    from kgraph.network.asking import from_endpoint
    from kgraph.store.remote import RemoteStore

    if isinstance(store, RemoteStore):
        return from_endpoint(store, layers)
    parts: dict[str, pl.DataFrame] = {}
    for name in (*layers, *edge_tables.SCHEMAS):
        schema = edge_tables.SCHEMAS.get(name, EDGES)
        try:
            parts[name] = edge_tables.conform(store.table(name).collect(), schema)
        except KgraphError:
            if name in layers:
                raise
            parts[name] = pl.DataFrame(schema=schema)
    edges = pl.concat([parts.pop(name) for name in layers])
    return EdgeTables(edges=edges, **parts)


def load(source: str | Path | EdgeTables | Store | None = None, **choices: Any) -> Any:
    """The network as a networkx MultiDiGraph, every letter an edge.

    `source` is a store or its location (None: the default store), a folder of edge
    tables, or `EdgeTables`; `choices` are the fields of `Selection`.

    >>> from kgraph.model import Party, Record
    >>> from kgraph.network import from_records, load
    >>> letter = Record(id="a/1", source="a", senders=(Party(name="Ann"),),
    ...                 addressees=(Party(name="Ben"),))
    >>> load(from_records([letter])).number_of_edges("person/a/ann", "person/a/ben")
    1
    """
    return load_network(source, **choices).to_networkx()


def load_network(source: str | Path | EdgeTables | Store | None = None, **choices: Any) -> Network:
    """As `load`, as the `Network` that the measures take."""
    selection = Selection(**choices)
    if source is None:
        from kgraph.store import open_store

        source = open_store(None)
    return network_of(tables_of(source, selection.layers), selection)


def from_networkx(graph: Any, weight: str = "weight") -> Network:
    """A `Network` of any networkx graph; an undirected edge stands in both directions."""
    directed = graph if graph.is_directed() else graph.to_directed()
    names = {node: str(node) for node in directed}
    rows = [
        ("wrote-to", names[a], names[b], names[a], names[b], f"edge/{i}", float(d.get(weight, 1)))
        for i, (a, b, d) in enumerate(directed.edges(data=True))
    ]
    schema = ["layer", "source", "target", "source_label", "target_label", "document", "weight"]
    edges = pl.DataFrame(rows, schema=schema, orient="row") if rows else pl.DataFrame()
    nodes = pl.DataFrame({
        "id": list(names.values()),
        "label": list(names.values()),
        "side": [directed.nodes[n].get("side") for n in names],
    }, schema_overrides={"id": pl.String, "label": pl.String, "side": pl.String})  # fmt: skip
    return _numbered(
        edge_tables.conform(nodes, NODES),
        edge_tables.conform(edges, EDGES),
        pl.DataFrame(schema=edge_tables.DOCUMENTS),
        pl.DataFrame(schema=edge_tables.REPLIES),
        pl.DataFrame(schema=NODES),
        Selection(),
    )
