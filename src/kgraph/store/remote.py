"""A store behind the SPARQL 1.1 protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from kgraph import __version__
from kgraph.report import KgraphError
from kgraph.store import Bindings, Rows
from kgraph.store.sparql import as_rows, syntax_error, with_bindings

if TYPE_CHECKING:
    import polars

RESULTS = ox.QueryResultsFormat.JSON
TRIPLES = ox.RdfFormat.N_TRIPLES
ACCEPT = f"{RESULTS.media_type}, {TRIPLES.media_type};q=0.9"
_QUADS = """SELECT ?s ?p ?o ?g {
  { GRAPH ?g { ?s ?p ?o } }
  UNION { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?any { ?s ?p ?o } } }
}"""


class RemoteStore:
    """The endpoint at `address`. A query is sent as a form; `timeout` is in seconds."""

    def __init__(self, address: str, timeout: float = 120.0) -> None:
        self.address = address
        self.timeout = timeout
        self._parser = (
            ox.Store()
        )  # empty: it only reads queries, so that faults show before sending

    @property
    def location(self) -> str:
        return self.address

    @property
    def prefixes(self) -> dict[str, str]:
        from kgraph import vocab

        return dict(vocab.prefixes())

    def query(
        self, text: str, bindings: Bindings | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        prefixes = self.prefixes
        try:
            form = self._parser.query(text, prefixes=prefixes)
        except SyntaxError as error:
            raise syntax_error(text, str(error), tuple(prefixes)) from None
        head = "".join(
            f"PREFIX {name}: <{iri}> "
            for name, iri in prefixes.items()
            if f"{name}:" in text and f"PREFIX {name}:".lower() not in text.lower()
        )
        body, media_type = self._send(head + with_bindings(text, bindings))
        if isinstance(form, ox.QueryTriples):
            format = ox.RdfFormat.from_media_type(media_type) or TRIPLES
            memory = ox.Store()
            memory.bulk_load(body, format)
            answer: Any = memory.query("CONSTRUCT WHERE { ?s ?p ?o }")
            return answer  # type: ignore[no-any-return]
        known = ox.QueryResultsFormat.from_media_type(media_type)
        if known is None:
            raise KgraphError(
                f"{self.address} answered {media_type or 'without a type'}, not SPARQL results",
                hint="give the address of the SPARQL endpoint itself, e.g. http://host:8000/sparql",
            )
        return ox.parse_query_results(body, known)

    def _send(self, text: str) -> tuple[IO[bytes], str]:
        request = urllib.request.Request(
            self.address,
            data=urllib.parse.urlencode({"query": text}).encode(),
            headers={"Accept": ACCEPT, "User-Agent": f"kgraph/{__version__}"},
        )
        try:
            answer = urllib.request.urlopen(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            said = error.read(2000).decode(errors="replace").strip()
            raise KgraphError(f"{self.address} refused the query ({error.code}): {said}") from error
        except (urllib.error.URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise KgraphError(
                f"{self.address} does not answer: {reason}",
                hint="is the server running? (kgraph serve)",
            ) from error
        return answer, (answer.headers.get_content_type() or "")

    def select(self, text: str, bindings: Bindings | None = None) -> Rows:
        return as_rows(self.query(text, bindings))

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        return bool(self.query(text, bindings))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[ox.Triple]:
        answer = self.query(text, bindings)
        if not isinstance(answer, ox.QueryTriples):
            raise KgraphError("a CONSTRUCT query is needed here")
        yield from answer

    def dump(self, output: IO[bytes], format: ox.RdfFormat) -> None:
        quads = (
            ox.Quad(s, p, o, g or ox.DefaultGraph())  # type: ignore[arg-type]
            for s, p, o, g in self.select(_QUADS)
        )
        if format.supports_datasets:
            ox.serialize(quads, output, format, prefixes=self.prefixes)
        else:
            ox.serialize((quad.triple for quad in quads), output, format, prefixes=self.prefixes)

    def table(self, name: str) -> polars.LazyFrame:
        raise KgraphError(
            f"{self.address} is a SPARQL endpoint and has no edge tables",
            hint="use a store that was built here: --store .kgraph",
        )
