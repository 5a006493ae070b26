"""Edge tables asked with SPARQL, where there are no Parquet columns: from an endpoint.

The queries use the derived shortcuts of the graph (preferred sender, date, channel), so
that a document counts once; hops are those of every source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kgraph import iris, queries
from kgraph.network.tables import EDGES, NODES, EdgeTables, conform, unify
from kgraph.report import KgraphError

if TYPE_CHECKING:
    from kgraph.store import Store

_PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://w3id.org/kgraph/ontology#>
PREFIX rico: <https://www.ica.org/standards/RiC/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
"""
_LETTERS = """
SELECT DISTINCT ?source ?target ?source_label ?target_label ?document ?date_earliest
  ?date_latest ?edtf ?channel ?place ?place_to ?status ?classification ?version_of
WHERE {
  ?document a kg:Document ; rico:hasSender ?source ; %s ?target ; kg:survivalStatus ?status .
  ?source rdfs:label ?source_label . ?target rdfs:label ?target_label .
  FILTER NOT EXISTS { ?document rico:isDraftOf ?finished }
  OPTIONAL { ?document kg:earliest ?date_earliest ; kg:latest ?date_latest }
  OPTIONAL { ?document kg:date ?edtf }
  OPTIONAL { ?document kg:channel/skos:notation ?channel }
  OPTIONAL { ?document kg:placeFrom ?place }
  OPTIONAL { ?document kg:placeTo ?place_to }
  OPTIONAL { ?document kg:classification ?classification }
  OPTIONAL { ?document dcterms:isVersionOf|schema:translationOfWork ?version_of }
}"""
_HOPS = """
SELECT DISTINCT ?source ?by ?target ?source_label ?by_label ?target_label ?document
  ?date_earliest ?date_latest ?edtf ?channel ?mode ?place ?status ?leg
WHERE {
  ?document kg:hasLeg ?node .
  ?node kg:legIndex ?leg ; kg:legStatus ?status ; kg:legSeries "way" .
  OPTIONAL { ?node kg:handedBy ?source . ?source rdfs:label ?source_label }
  OPTIONAL { ?node kg:carriedBy ?by . ?by rdfs:label ?by_label }
  OPTIONAL { ?node kg:handedTo ?target . ?target rdfs:label ?target_label }
  OPTIONAL { ?node kg:mode/skos:notation ?mode }
  OPTIONAL { ?node kg:viaChannel/skos:notation ?channel }
  OPTIONAL { ?node kg:place ?place }
  OPTIONAL { ?node kg:date ?edtf }
  OPTIONAL { ?node kg:earliest ?date_earliest ; kg:latest ?date_latest }
}"""
_NODES = """
SELECT DISTINCT ?id ?label ?kind ?side ?lat ?lon
WHERE {
  VALUES (?type ?kind) { (rico:Person "person") (rico:Position "office")
    (rico:CorporateBody "body") (rico:Group "group") (rico:Place "place") }
  ?id a ?type ; rdfs:label ?label .
  OPTIONAL { ?id kg:side ?side }
  OPTIONAL { ?id geo:lat ?lat ; geo:long ?lon }
}"""
_TARGETS = {
    "wrote-to": "rico:hasAddressee",
    "copied-to": "schema:ccRecipient",
    "mentions": "schema:mentions",
}


def from_endpoint(store: Store, layers: tuple[str, ...]) -> EdgeTables:
    """The edges of `layers` and all nodes; *spoke-with* cannot be asked for so far."""
    parts = []
    for layer in layers:
        if layer in _TARGETS:
            parts.append(_edges(_answer(store, _LETTERS % _TARGETS[layer]), layer))
        elif layer == "handed-to":
            parts.append(_hops(_answer(store, _HOPS)))
        else:
            raise KgraphError(
                f"the layer {layer} cannot be asked for from an endpoint",
                hint="use a store that was built here: --store .kgraph",
            )
    nodes = conform(_answer(store, _NODES), NODES)
    return unify(EdgeTables(edges=pl.concat(parts), nodes=nodes.unique("id", keep="first")))


def _answer(store: Store, text: str) -> pl.DataFrame:
    rows = queries.local_ids(store.select(iris.rebase(_PREFIXES + text)))
    columns = list(zip(*([queries.plain(cell) for cell in row] for row in rows), strict=True))
    if not columns:
        return pl.DataFrame(schema=dict.fromkeys(rows.columns, pl.String))
    return pl.DataFrame(
        [pl.Series(n, c, dtype=pl.String) for n, c in zip(rows.columns, columns, strict=True)]
    )


def _edges(table: pl.DataFrame, layer: str) -> pl.DataFrame:
    status = pl.col("status").str.extract(r"(?:#status-|^)([a-z-]+)$", 1)
    if "leg" not in table.columns:
        table = table.with_columns(status=status).sort(pl.all(), nulls_last=True)
        table = table.unique(["source", "target", "document"], keep="first", maintain_order=True)
        table = table.with_columns(mode="channel")
    return conform(table, EDGES).with_columns(
        layer=pl.lit(layer),
        weight=pl.lit(1.0),
        share=1.0 / pl.len().over("document"),
        records=pl.lit(1, dtype=pl.Int32),
        certainty=pl.lit("stated"),
        channel=pl.coalesce("channel", "mode"),
    )


def _hops(table: pl.DataFrame) -> pl.DataFrame:
    """A carrier stands between giver and receiver; a hop with one hand only is no tie."""
    carried = pl.col("by").is_not_null()
    first = table.filter(carried).with_columns(target="by", target_label="by_label")
    second = table.filter(carried).with_columns(source="by", source_label="by_label")
    hops = pl.concat([table.filter(~carried), first, second])
    both = pl.col("source").is_not_null() & pl.col("target").is_not_null()
    other = pl.col("mode").is_in(["translation", "custody"]).fill_null(False)
    return _edges(hops.filter(both & ~other).drop("by", "by_label"), "handed-to")
