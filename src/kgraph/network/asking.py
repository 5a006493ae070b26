"""Edge tables asked with SPARQL, where there are no Parquet columns: from an endpoint.

The queries use the derived shortcuts of the graph (preferred sender, date, channel), so
that a document counts once; hops are those of every source. What only names things
(titles, offices) is asked for only where it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kgraph import iris, queries
from kgraph.network.gathering import HAPPENED, SPOKEN
from kgraph.network.tables import (
    DOCUMENTS,
    EDGES,
    NODES,
    OFFICES,
    REPLIES,
    EdgeTables,
    conform,
    unify,
)

if TYPE_CHECKING:
    from kgraph.store import Store

_PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://w3id.org/kgraph/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
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
  OPTIONAL { ?document kg:earliest ?date_earliest }
  OPTIONAL { ?document kg:latest ?date_latest }
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
  OPTIONAL { ?node kg:earliest ?date_earliest }
  OPTIONAL { ?node kg:latest ?date_latest }
}"""
_WAYS = """
SELECT DISTINCT ?document ?leg ?mode ?channel WHERE {
  ?document kg:hasLeg ?node .
  ?node kg:legIndex ?leg ; kg:legSeries "way" .
  OPTIONAL { ?node kg:mode/skos:notation ?mode }
  OPTIONAL { ?node kg:viaChannel/skos:notation ?channel }
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
_TALKS = """
SELECT DISTINCT ?document ?agent ?label ?kind ?event_status ?date_earliest ?date_latest ?edtf
  ?place
WHERE {
  { ?document kg:participant ?agent } UNION {
    ?document rico:hasOrHadParticipant ?agent ; kg:eventStatus ?event_status ; dcterms:type ?kind
  }
  ?agent rdfs:label ?label .
  OPTIONAL { ?document kg:earliest ?date_earliest }
  OPTIONAL { ?document kg:latest ?date_latest }
  OPTIONAL { ?document kg:date ?edtf }
  OPTIONAL { ?document kg:place ?place }
}"""
_SAYINGS = """
SELECT DISTINCT ?source ?source_label ?target ?target_label ?document ?event_status
  ?date_earliest ?date_latest ?edtf ?place
WHERE {
  ?saying a kg:Statement ; kg:saidIn ?document ; kg:speaker ?source ; kg:hearer ?target .
  ?document kg:eventStatus ?event_status .
  ?source rdfs:label ?source_label . ?target rdfs:label ?target_label .
  FILTER(?source != ?target)
  OPTIONAL { ?document kg:earliest ?date_earliest }
  OPTIONAL { ?document kg:latest ?date_latest }
  OPTIONAL { ?document kg:date ?edtf }
  OPTIONAL { ?document kg:place ?place }
}"""
_DOCUMENTS = """
SELECT DISTINCT ?document ?title ?edtf ?date_earliest ?date_latest ?received_earliest
  ?received_latest
WHERE {
  ?document a kg:Document .
  OPTIONAL { ?document rdfs:label|dcterms:title ?title }
  OPTIONAL { ?document kg:date ?edtf }
  OPTIONAL { ?document kg:earliest ?date_earliest }
  OPTIONAL { ?document kg:latest ?date_latest }
}"""
_SOURCES = """
SELECT DISTINCT ?document ?source WHERE {
  ?record a kg:SourceRecord ; kg:describes ?document ; prov:hadPrimarySource ?source .
}"""
_REPLIES = """
SELECT DISTINCT ?document ?answers WHERE { ?document rico:isReplyTo ?answers }"""
_OFFICES = """
SELECT DISTINCT ?person ?office ?title ?start ?end
WHERE {
  ?holding a rico:PositionHoldingRelation ; rico:relationHasSource ?person ;
    rico:relationHasTarget ?office ; rdfs:label ?title .
  OPTIONAL { ?holding rico:beginningDate ?start }
  OPTIONAL { ?holding rico:endDate ?end }
}"""
_TARGETS = {
    "wrote-to": "rico:hasAddressee",
    "copied-to": "schema:ccRecipient",
    "mentions": "schema:mentions",
}


def from_endpoint(store: Store, layers: tuple[str, ...]) -> EdgeTables:
    """The edges of `layers`, and all nodes, offices, documents and stated answers."""
    parts = []
    ways: pl.DataFrame | None = None
    for layer in layers:
        if layer in _TARGETS:
            asked = _answer(store, _LETTERS % _TARGETS[layer])
            if layer != "copied-to":
                ways = _ways(_answer(store, _WAYS)) if ways is None else ways
                asked = _on_their_way(asked, ways)
            who = pl.col("target").str.contains(r"^(person|body|group|position)/")
            parts.append(_edges(asked.filter(who), layer))
        elif layer == "handed-to":
            parts.append(_hops(_answer(store, _HOPS)))
        else:
            parts.append(_talks(_answer(store, _TALKS), _answer(store, _SAYINGS)))
    nodes = conform(_answer(store, _NODES), NODES)
    documents = conform(_answer(store, _DOCUMENTS), DOCUMENTS)
    replies = conform(_answer(store, _REPLIES), REPLIES).with_columns(certainty=pl.lit("stated"))
    return unify(
        EdgeTables(
            edges=_with_sources(pl.concat(parts), _answer(store, _SOURCES)),
            nodes=nodes.unique("id", keep="first"),
            documents=documents.unique("document", keep="first"),
            replies=replies,
            offices=conform(_answer(store, _OFFICES), OFFICES),
        )
    )


def _with_sources(edges: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Each edge with a source of its document: of several the one that has most documents."""
    named = sources.with_columns(pl.col("source").str.strip_prefix("source/"))
    first = (
        named.with_columns(many=pl.len().over("source"))
        .sort("document", "many", "source", descending=[False, True, False])
        .unique("document", keep="first", maintain_order=True)
        .select("document", pl.col("source").alias("_source"))
    )
    return (
        edges.join(first, on="document", how="left", maintain_order="left")
        .with_columns(source_id="_source")
        .drop("_source")
    )


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
        if "mode" not in table.columns:
            table = table.with_columns(mode="channel")
    return conform(table, EDGES).with_columns(
        layer=pl.lit(layer),
        weight=pl.lit(1.0),
        share=1.0 / pl.len().over("document"),
        records=pl.lit(1, dtype=pl.Int32),
        certainty=pl.lit("stated"),
        channel=pl.coalesce("channel", "mode"),
    )


def _ways(legs: pl.DataFrame) -> pl.DataFrame:
    """Channel and mode of each document: the route that a hop names, else how the first was done."""
    other = pl.col("mode").is_in(["translation", "custody"]).fill_null(False)
    first = pl.col("mode", "channel").drop_nulls().first()
    return (
        legs.filter(~other)
        .sort(pl.col("leg").cast(pl.Int32), "channel", "mode", nulls_last=True)
        .group_by("document")
        .agg(first.name.prefix("_"))
    )


def _on_their_way(letters: pl.DataFrame, ways: pl.DataFrame) -> pl.DataFrame:
    """Letters by the route or mode of their hops; where there are none, by what the graph says."""
    said = pl.col("channel").replace("not stated", None)
    known = letters.join(ways, on="document", how="left", maintain_order="left")
    return known.with_columns(
        channel=pl.coalesce("_channel", "_mode", said), mode=pl.coalesce("_mode", said)
    ).drop("_channel", "_mode")


def _hops(table: pl.DataFrame) -> pl.DataFrame:
    """A carrier stands between giver and receiver; a hop with one hand only is no tie."""
    carried = pl.col("by").is_not_null()
    first = table.filter(carried).with_columns(target="by", target_label="by_label")
    second = table.filter(carried).with_columns(source="by", source_label="by_label")
    hops = pl.concat([table.filter(~carried), first, second])
    both = pl.col("source").is_not_null() & pl.col("target").is_not_null()
    other = pl.col("mode").is_in(["translation", "custody"]).fill_null(False)
    return _edges(hops.filter(both & ~other).drop("by", "by_label"), "handed-to")


def _talks(talks: pl.DataFrame, sayings: pl.DataFrame) -> pl.DataFrame:
    """Every pair of those who took part in a talk, and speakers with hearers beside them."""
    spoken = pl.col("kind").is_null() | pl.col("kind").str.contains_any(sorted(SPOKEN))
    happened = pl.col("event_status").is_null() | pl.col("event_status").is_in(sorted(HAPPENED))
    people = talks.filter(spoken & happened).sort(pl.all(), nulls_last=True)
    people = people.unique(["document", "agent"], keep="first", maintain_order=True)
    share = 1.0 / (pl.len().over("document") - 1.0)
    agent, label = pl.col("agent"), pl.col("label")
    rest = ("document", "date_earliest", "date_latest", "edtf", "place")
    first = people.select(*rest, agent.alias("source"), label.alias("source_label"), share=share)
    second = people.select("document", agent.alias("target"), label.alias("target_label"))
    pairs = first.join(second, on="document").filter(pl.col("source") < pl.col("target"))
    heard = sayings.filter(happened).with_columns(
        share=1.0 / pl.col("target").n_unique().over("document", "source")
    )
    pair = pl.concat_list("source", "target").list.sort().list.join(" ").alias("_pair")
    heard = (
        heard.with_columns(pair)
        .join(pairs.select("document", pair), on=["document", "_pair"], how="anti")
        .sort("source", "target", "edtf", nulls_last=True)
        .unique(["document", "_pair"], keep="first", maintain_order=True)
    )
    both = pl.concat([pairs, heard.select(pairs.columns)])
    return conform(both, EDGES).with_columns(
        layer=pl.lit("spoke-with"), weight=pl.lit(1.0), records=pl.lit(1, dtype=pl.Int32),
        certainty=pl.lit("stated"), channel=pl.lit("oral"), mode=pl.lit("oral"),
        place_to="place",
    )  # fmt: skip
