"""Where the graph is kept and asked: one seam over an embedded store and a SPARQL endpoint.

>>> store = open_store("https://example.org/sparql")  # or a folder, or None  # doctest: +SKIP
>>> for person, label in store.select("SELECT ?p ?l { ?p rdfs:label ?l }"):   # doctest: +SKIP
...     print(person.value, label.value)

Terms are pyoxigraph's (`NamedNode`, `Literal`, `BlankNode`) in both. A query's
default graph is the union of all graphs. To add a store, write a class with the
methods of `Store` and choose it in `open_store`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from kgraph.report import KgraphError

if TYPE_CHECKING:
    import polars

Term = NamedNode | BlankNode | Literal | Triple
Bindings = Mapping[str, NamedNode | Literal]
"""Values for variables of a query, by name without the question mark."""

DEFAULT_LOCATION = ".kgraph"


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: names of the columns, and the rows, to be read once."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return self.rows


class Store(Protocol):
    """What every store can do. A query that cannot be parsed raises `QueryError`."""

    @property
    def location(self) -> str:
        """Folder or address, as messages name it."""

    def query(
        self, text: str, bindings: Bindings | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The answer to any SPARQL query, `bindings` joined into its outermost group."""

    def select(self, text: str, bindings: Bindings | None = None) -> Rows:
        """Columns and rows of a SELECT query."""

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """The answer to an ASK query."""

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""

    def dump(self, output: IO[bytes], format: RdfFormat) -> None:
        """Write every quad to `output`; a format without graphs gets the triples of all."""

    def table(self, name: str) -> polars.LazyFrame:
        """An edge table written at the build ("wrote-to", see `kgraph.build`)."""


class QueryError(KgraphError):
    """A query that cannot be parsed. `line` and `column` count from 1."""

    def __init__(
        self, message: str, hint: str | None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column


def open_store(location: str | Path | None = None) -> Store:
    """The store at `location`: a folder, or an http(s) address of a SPARQL endpoint.

    None means the environment's ``KGRAPH_STORE``, else ``.kgraph`` in the current
    folder. Raises `KgraphError` where there is no store.
    """
    where = location or os.environ.get("KGRAPH_STORE") or DEFAULT_LOCATION
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        from kgraph.store.remote import RemoteStore

        return RemoteStore(where)
    from kgraph.store.embedded import EmbeddedStore

    return EmbeddedStore(Path(where))
