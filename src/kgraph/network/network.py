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
    def _summed(self) -> tuple[Any, Ints]:
        """The matrix of the ties, loops left out, and how many letters each tie holds."""
        s, t = self.letters["s"].to_numpy(), self.letters["t"].to_numpy()
        w = self.letters["weight"].to_numpy()
        other = s != t
        if not other.all():
            s, t, w = s[other], t[other], w[other]
        matrix = _summed(s, t, w, self.size)
        if bool((w == 1.0).all()):
            return matrix, matrix.data.astype(np.int64)
        return matrix, _summed(s, t, np.ones(len(w)), self.size).data.astype(np.int64)

    @cached_property
    def ties(self) -> pl.DataFrame:
        """One row a pair that is tied, loops left out: s, t, weight, letters; sorted."""
        s, t, w = self.ends
        return pl.DataFrame({
            "s": s, "t": t, "weight": w, "letters": self._summed[1].astype(np.uint32)
        })  # fmt: skip

    @cached_property
    def ends(self) -> tuple[Ints, Ints, Floats]:
        """Sources, targets and weights of `ties` as arrays."""
        matrix = self.matrix
        s = np.repeat(np.arange(self.size, dtype=np.int64), np.diff(matrix.indptr))
        return s, matrix.indices.astype(np.int64), matrix.data

    @property
    def matrix(self) -> Any:
        """The weighted adjacency matrix, rows writing to columns (scipy CSR, columns in order)."""
        return self._summed[0]

    @cached_property
    def back(self) -> Any:
        """`matrix` turned around: rows written to by columns."""
        return self.matrix.T.tocsr()

    @cached_property
    def counts(self) -> Any:
        """The adjacency matrix of ones and zeros."""
        return _ones(self.matrix)

    @cached_property
    def counts_back(self) -> Any:
        """`counts` turned around."""
        return _ones(self.back)

    def coded(self, attribute: str) -> tuple[Ints, list[str]]:
        """A column of `nodes` as numbers from 0, null as -1, and the values that they stand for."""
        kept: dict[str, tuple[Ints, list[str]]] = self.__dict__.setdefault("_coded", {})
        if attribute not in kept:
            column = self.nodes[attribute].cast(pl.String)
            names = column.drop_nulls().unique().sort()
            code = column.cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(-1)
            kept[attribute] = code.to_numpy(), names.to_list()
        return kept[attribute]

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

    def marked(self, name: str, values: pl.Series) -> Network:
        """The same network with a further column of `nodes`, to sort them by."""
        return replace(self, nodes=self.nodes.with_columns(values.alias(name)))

    def only(self, keep: NDArray[np.bool_]) -> Network:
        """The network of the nodes where `keep` is true, renumbered."""
        number = np.cumsum(keep, dtype=np.int64) - 1
        s, t = self.letters["s"].to_numpy(), self.letters["t"].to_numpy()
        inside = pl.Series(keep[s] & keep[t])
        letters = self.letters.filter(inside).with_columns(
            pl.col("s", "t").map_batches(lambda x: pl.Series(number[x.to_numpy()]))
        )
        return replace(self, nodes=self.nodes.filter(pl.Series(keep)), letters=letters)

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
    places = tables.nodes.filter(pl.col("kind") == "place")
    return _numbered(chosen.nodes, edges, tables.documents, tables.replies, places, choice)


def _numbered(
    known: pl.DataFrame,
    edges: pl.DataFrame,
    documents: pl.DataFrame,
    replies: pl.DataFrame,
    places: pl.DataFrame,
    selection: Selection,
    alone: bool = False,
) -> Network:
    """Those of the nodes `known` that a letter touches, in the order of their ids; with
    `alone` all of them, in the order given."""
    edges = edges.filter(pl.col("source").is_not_null() & pl.col("target").is_not_null())
    known = known.unique("id", keep="first", maintain_order=True)
    known = known if alone else known.sort("id")
    ends = _codes(edges, known["id"])
    if ends.select(pl.any_horizontal(pl.all().is_null().any())).item():
        known = _with_unknown(
            known, edges.filter(pl.any_horizontal(ends.select(pl.all().is_null())))
        )
        ends = _codes(edges, known["id"])
    s, t = ends["source"].to_numpy(), ends["target"].to_numpy()
    there = np.full(known.height, alone)
    there[s] = there[t] = True
    number = np.cumsum(there, dtype=np.int64) - 1
    nodes = known.filter(pl.Series(there)).select(
        "id", pl.coalesce("label", "id"), pl.col("kind").fill_null("unknown"),
        pl.col(list(NODES)[3:]),
    )  # fmt: skip
    labels = nodes["label"]
    letters = edges.select(list(EDGES)).with_columns(s=number[s], t=number[t])
    letters = letters.with_columns(
        labels.gather(letters["s"]).alias("source_label"),
        labels.gather(letters["t"]).alias("target_label"),
    )
    return Network(nodes, letters, documents, replies, places, selection)


def _codes(edges: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Sources and targets as places among `ids`; null where an id is not among them."""
    ends = pl.col("source", "target").cast(pl.Enum(ids), strict=False)
    return edges.lazy().select(ends.to_physical().cast(pl.Int64)).collect()


def _with_unknown(known: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """`known` and the ends of `edges` that are not in it, by the label they mostly bear."""
    met = pl.concat([
        edges.select(pl.col(end).alias("id"), pl.col(f"{end}_label").alias("label"))
        for end in ("source", "target")
    ])  # fmt: skip
    met = (
        met.join(known, on="id", how="anti")
        .group_by("id")
        .agg(pl.col("label").drop_nulls().mode().sort().first())
    )
    return pl.concat([known, edge_tables.conform(met, NODES)]).sort("id")


def _summed(s: Ints, t: Ints, w: Floats, n: int) -> Any:
    """The matrix of rows s and columns t, what falls on one place added up."""
    return sparse.coo_array((w, (s, t)), shape=(n, n)).tocsr()


def _ones(matrix: Any) -> Any:
    """The places of `matrix` that are filled, with ones."""
    return sparse.csr_array(
        (np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def tables_of(source: str | Path | EdgeTables | Store, layers: tuple[str, ...]) -> EdgeTables:
    """Edge tables from what a user has: tables, their folder, a store or its location, or a file
    of letters or edges of any format that ``kgraph read`` reads (findings become warnings)."""
    if isinstance(source, EdgeTables):
        return source
    if isinstance(source, str | Path):
        path = Path(source)
        if any((path / f"{name}.parquet").is_file() for name in ("nodes", *layers)):
            return edge_tables.read(path, layers)
        if path.is_file():
            return _of_a_file(path)
        from kgraph.store import open_store

        return from_store(open_store(source), layers)
    return from_store(source, layers)


def _of_a_file(path: Path) -> EdgeTables:
    import warnings

    from kgraph.network.reading import tables_from
    from kgraph.report import Report

    report = Report()
    found = tables_from([str(path)], report)
    for finding in report:
        warnings.warn(str(finding), stacklevel=4)
    return found


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

    `source` is a store or its location (None: the default store), a file of letters or
    edges, a folder of edge tables, or `EdgeTables`; `choices` are the fields of `Selection`.

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


def from_arrays(n: int, s: Ints, t: Ints, w: Floats) -> Network:
    """A `Network` of `n` nodes named by their numbers, and of ties as columns, for measures."""
    ids = pl.Series("id", np.arange(n)).cast(pl.String)
    nodes = edge_tables.conform(pl.DataFrame({"id": ids, "label": ids}), NODES)
    letters = edge_tables.conform(
        pl.DataFrame({"weight": w}, schema={"weight": pl.Float64}), EDGES
    ).with_columns(
        pl.Series("s", s, dtype=pl.Int64), pl.Series("t", t, dtype=pl.Int64),
        layer=pl.lit("wrote-to"),
    )  # fmt: skip
    return Network(
        nodes, letters, pl.DataFrame(schema=edge_tables.DOCUMENTS),
        pl.DataFrame(schema=edge_tables.REPLIES), pl.DataFrame(schema=NODES), Selection(),
    )  # fmt: skip


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
        alone=True,
    )
