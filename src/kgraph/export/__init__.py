"""The graph in other people's formats: one module or function per format, one visible list.

To add a format, write a function ``(store, output) -> Loss`` and name it in
`FORMATS` with the ending of its file. A format that flattens something says in
its `Loss` what it lost, so that nobody takes the export for the graph.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from typing import IO, TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kgraph.report import KgraphError
from kgraph.store import Store

if TYPE_CHECKING:
    import polars

LAYERS = ("wrote-to", "copied-to", "handed-to", "spoke-with", "mentions")

Loss = tuple[str, ...]
"""What an export does not carry, in words; empty where it carries all."""


class Format(NamedTuple):
    """`write` puts the graph of a store into a binary file."""

    ending: str
    meaning: str
    write: Callable[[Store, IO[bytes]], Loss]


def _dump(format: ox.RdfFormat, loss: Loss = ()) -> Callable[[Store, IO[bytes]], Loss]:
    def write(store: Store, output: IO[bytes]) -> Loss:
        store.dump(output, format)
        return loss

    return write


def _elsewhere(module: str, function: str) -> Callable[[Store, IO[bytes]], Loss]:
    """A writer in a module of its own, imported when it is asked for."""

    def write(store: Store, output: IO[bytes]) -> Loss:
        name = f"kgraph.export.{module}"
        try:
            loaded = import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            raise KgraphError(f"this kgraph cannot write {module} yet") from None
        loss: Loss = tuple(getattr(loaded, function)(store, output) or ())
        return loss

    return write


def _edges(store: Store) -> polars.DataFrame:
    """The edges of all layers, one row for a layer, a pair and a document."""
    import polars

    return polars.concat([store.table(layer) for layer in LAYERS]).collect()


def _as_csv(store: Store, output: IO[bytes]) -> Loss:
    edges = _edges(store)
    output.write(edges.clear().write_csv().encode())
    for part in edges.iter_slices(
        _ROWS
    ):  # polars itself hides a closed pipe in an error of its own
        output.write(part.write_csv(include_header=False).encode())
    return _EDGES_LOSE


def _as_parquet(store: Store, output: IO[bytes]) -> Loss:
    whole = io.BytesIO()
    _edges(store).write_parquet(whole)
    output.write(whole.getbuffer())
    return _EDGES_LOSE


_ROWS = 50_000
"""Rows that are written at a time."""


_TRIPLES_LOSE: Loss = ("named graphs: which source says what",)
_EDGES_LOSE: Loss = (
    "everything but who stands in which relation to whom: copies, printings, remarks, words",
)

FORMATS: dict[str, Format] = {
    "nq": Format("nq", "N-Quads, all of it", _dump(ox.RdfFormat.N_QUADS)),
    "trig": Format("trig", "TriG, all of it", _dump(ox.RdfFormat.TRIG)),
    "jsonld": Format("jsonld", "JSON-LD, all of it", _dump(ox.RdfFormat.JSON_LD)),
    "ttl": Format("ttl", "Turtle, without graphs", _dump(ox.RdfFormat.TURTLE, _TRIPLES_LOSE)),
    "nt": Format("nt", "N-Triples, without graphs", _dump(ox.RdfFormat.N_TRIPLES, _TRIPLES_LOSE)),
    "csv": Format("csv", "the edges of every layer, one table", _as_csv),
    "parquet": Format("parquet", "the edges of every layer, one table", _as_parquet),
    "cmif": Format("xml", "CMIF, letter metadata in TEI", _elsewhere("cmif", "write")),
    "schema-org": Format("jsonld", "schema.org as JSON-LD", _elsewhere("schema_org", "write")),
    "gexf": Format("gexf", "the network of letters for Gephi", _elsewhere("gexf", "write")),
    "graphml": Format("graphml", "the network of letters, GraphML", _elsewhere("graphml", "write")),
    "pajek": Format("net", "the network of letters for Pajek", _elsewhere("pajek", "write")),
    "cytoscape": Format(
        "cyjs", "the network of letters for Cytoscape", _elsewhere("cytoscape", "write")
    ),
}


def export(store: Store, format: str, output: IO[bytes]) -> Loss:
    """Write the graph of `store` in `format` (a key of `FORMATS`); what was lost."""
    return FORMATS[format].write(store, output)
