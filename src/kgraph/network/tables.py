"""Edge tables: who stands in which relation to whom, one row a document (or a hop of it).

Five tables of columns, which every measure and picture starts from:

- ``edges``: `EDGES`, one row for a layer, a source, a target and a document;
- ``nodes``: `NODES`, one row a person, office, body, group or place;
- ``offices``: `OFFICES`, who held which office from when to when;
- ``documents``: `DOCUMENTS`, title, form and holder, to name what a number rests on;
- ``replies``: `REPLIES`, which document answers which.

Ids are local (``person/kohler``). Dates are local time, null where unknown;
`date_earliest` and `date_latest` bound an uncertain date. They are written as
Parquet beside the store (``tables/<layer>.parquet``, ``tables/nodes.parquet`` ...),
asked from an endpoint, or gathered from records (`kgraph.network.gathering`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from kgraph.report import KgraphError

LAYERS = ("wrote-to", "copied-to", "handed-to", "spoke-with", "mentions")
INSTANT = pl.Datetime("us")

EDGES: dict[str, pl.DataType] = {
    "layer": pl.String(),
    "source": pl.String(),
    "target": pl.String(),
    "source_label": pl.String(),
    "target_label": pl.String(),
    "document": pl.String(),
    "date_earliest": INSTANT,
    "date_latest": INSTANT,
    "edtf": pl.String(),
    "channel": pl.String(),  # the route it belonged to, else the mode of its first hop
    "mode": pl.String(),  # how (the first hop of) it was done
    "place": pl.String(),  # where it was sent or handed over
    "place_to": pl.String(),  # where it went
    "weight": pl.Float64(),  # 1 a document
    "share": pl.Float64(),  # 1 / (senders x addressees); 1 / (participants - 1)
    "certainty": pl.String(),
    "record": pl.String(),
    "source_id": pl.String(),
    "form": pl.String(),
    "status": pl.String(),  # of the document; of the hop in handed-to
    "classification": pl.String(),
    "archive": pl.String(),
    "leg": pl.Int32(),  # order of the hop, handed-to alone
    "records": pl.Int32(),  # how many source records say so
    "version_of": pl.String(),  # the document that it is a version or translation of
}
NODES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "label": pl.String(),
    "kind": pl.String(),  # person, office, body, group, place, unknown
    "side": pl.String(),  # us, soviet, british ...; null: not known
    "born": pl.String(),
    "died": pl.String(),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
}
OFFICES: dict[str, pl.DataType] = {
    "person": pl.String(),
    "office": pl.String(),
    "title": pl.String(),
    "body": pl.String(),
    "start": pl.String(),
    "end": pl.String(),
}
DOCUMENTS: dict[str, pl.DataType] = {
    "document": pl.String(),
    "title": pl.String(),
    "form": pl.String(),
    "status": pl.String(),
    "edtf": pl.String(),
    "date_earliest": INSTANT,
    "date_latest": INSTANT,
    "received_earliest": INSTANT,
    "received_latest": INSTANT,
    "archive": pl.String(),
    "record": pl.String(),
    "source_id": pl.String(),
}
REPLIES: dict[str, pl.DataType] = {
    "document": pl.String(),
    "answers": pl.String(),
    "certainty": pl.String(),
}
SCHEMAS = {
    "nodes": NODES,
    "offices": OFFICES,
    "documents": DOCUMENTS,
    "replies": REPLIES,
}


def frame(schema: Mapping[str, pl.DataType], rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    """Rows as columns. Instants may come as ISO 8601 text."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return pl.DataFrame(schema=dict(schema))
    made: list[pl.Series] = []
    for (name, kind), values in zip(schema.items(), columns, strict=True):
        if kind == INSTANT:
            text = pl.Series(name, values, dtype=pl.String, strict=False)
            made.append(instants(text))
        else:
            made.append(pl.Series(name, values, dtype=kind, strict=False))
    return pl.DataFrame(made)


def instants(text: pl.Series) -> pl.Series:
    """ISO 8601 dates or date-times as instants; what is neither becomes null."""
    padded = text.to_frame("t").select(
        pl.when(pl.col("t").str.len_chars() == 10)
        .then(pl.col("t") + "T00:00:00")
        .otherwise(pl.col("t").str.slice(0, 19))
    )
    series = padded.to_series().str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    return series.alias(text.name)


def conform(table: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """`table` with exactly the columns of `schema`, missing ones null."""
    columns: list[pl.Expr | pl.Series] = []
    for name, kind in schema.items():
        if name not in table.columns:
            columns.append(pl.lit(None, dtype=kind).alias(name))
        elif kind == INSTANT and table.schema[name] == pl.String:
            columns.append(instants(table[name]).alias(name))
        else:
            columns.append(pl.col(name).cast(kind, strict=False))
    return table.select(columns)


def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=SCHEMAS.get(name, EDGES))


@dataclass(frozen=True)
class EdgeTables:
    """The tables of one collection; see the module's text for their columns."""

    edges: pl.DataFrame = field(default_factory=lambda: _empty("edges"))
    nodes: pl.DataFrame = field(default_factory=lambda: _empty("nodes"))
    offices: pl.DataFrame = field(default_factory=lambda: _empty("offices"))
    documents: pl.DataFrame = field(default_factory=lambda: _empty("documents"))
    replies: pl.DataFrame = field(default_factory=lambda: _empty("replies"))

    def layer(self, name: str) -> pl.DataFrame:
        """The edges of one layer."""
        return self.edges.filter(pl.col("layer") == name)

    def parts(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """File name (without ending) and table of every table, edges by layer."""
        for name in LAYERS:
            yield name, self.layer(name)
        for name in SCHEMAS:
            yield name, getattr(self, name)

    def write(self, folder: Path) -> None:
        """Write one Parquet file a layer and a table into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in self.parts():
            table.write_parquet(folder / f"{name}.parquet", compression="zstd")


def read(folder: Path, layers: Iterable[str] = LAYERS) -> EdgeTables:
    """The tables that `EdgeTables.write` left in `folder`; of the edges only `layers`."""
    if not folder.is_dir():
        raise KgraphError(f"no edge tables in {folder}", hint="run: kgraph build")
    edges = [
        pl.read_parquet(path) for name in layers if (path := folder / f"{name}.parquet").is_file()
    ]
    rest = {
        name: pl.read_parquet(path)
        if (path := folder / f"{name}.parquet").is_file()
        else _empty(name)
        for name in SCHEMAS
    }
    return EdgeTables(edges=pl.concat(edges) if edges else _empty("edges"), **rest)


def concat(parts: Iterable[EdgeTables]) -> EdgeTables:
    """Several collections as one; a node or office met again is kept once (first wins)."""
    given = list(parts)
    if not given:
        return EdgeTables()
    return EdgeTables(
        edges=pl.concat([p.edges for p in given]),
        nodes=best_nodes(pl.concat([p.nodes for p in given])),
        offices=pl.concat([p.offices for p in given]).unique(maintain_order=True),
        documents=pl.concat([p.documents for p in given]),
        replies=pl.concat([p.replies for p in given]).unique(maintain_order=True),
    )


def best_nodes(nodes: pl.DataFrame) -> pl.DataFrame:
    """One row an id; of each column the first value that is not null.

    Rows of the authority come before rows gathered from parties, which have no
    side and no dates, so that the authority's label wins wherever it stands.
    """
    if nodes["id"].is_unique().all():
        return nodes
    known = pl.any_horizontal(pl.col("side", "born", "died", "lat").is_not_null())
    return (
        nodes.sort(known, descending=True, maintain_order=True)
        .group_by("id", maintain_order=True)
        .agg(pl.all().drop_nulls().first())
        .select(list(NODES))
    )


def unify(
    tables: EdgeTables,
    documents: Mapping[str, str] | None = None,
    agents: Mapping[str, str] | None = None,
) -> EdgeTables:
    """Count a document once, however many records or sources give it.

    `documents` maps a document's id to the one that stands for it (from the
    `Identity` items), `agents` likewise for persons and bodies (from `Redirect`).
    Rows that become equal in layer, source, target, document and leg are one
    edge, dated as `reconciled` has it of all records of the document, and whose `records`
    counts them; other columns keep the first value that is not null. A text and
    its translations or versions are one document too, named by the one that a
    source brings (their hops stay apart).
    """
    edges, nodes = tables.edges, tables.nodes
    docs, replies, offices = tables.documents, tables.replies, tables.offices
    if documents:
        edges = edges.with_columns(pl.col("document", "version_of").replace(dict(documents)))
        docs = docs.with_columns(pl.col("document").replace(dict(documents)))
        replies = replies.with_columns(pl.col("document", "answers").replace(dict(documents)))
    if agents:
        edges = edges.with_columns(pl.col("source", "target").replace(dict(agents)))
        offices = offices.with_columns(pl.col("person").replace(dict(agents)))
        nodes = best_nodes(nodes.with_columns(pl.col("id").replace(dict(agents))))
    return replace(
        tables,
        edges=_dated_alike(_once(edges), docs),
        nodes=nodes,
        offices=offices,
        documents=docs.with_columns(_TITLE).unique("document", keep="first", maintain_order=True),
        replies=replies.unique(["document", "answers"], keep="first", maintain_order=True),
    )


_TITLE = pl.col("title").sort_by(pl.col("title").str.starts_with("["), maintain_order=True).first().over("document")  # fmt: skip
"""The title that one of a document's records gives, before one that is supplied."""
_KEY = ["layer", "source", "target", "_root", "leg"]
_RANK = pl.col("status").replace_strict({"extant": 0, "cited": 1}, default=2, return_dtype=pl.Int8)


def _once(edges: pl.DataFrame) -> pl.DataFrame:
    rooted = edges.with_columns(_root=_roots(edges))
    again = rooted.select(_KEY).is_duplicated()
    if not again.any():
        return edges
    rest = [c for c in EDGES if c not in _KEY and c not in ("document", *_DATE, "records")]
    rows = rooted.filter(again).sort(
        _RANK, pl.col("document") != pl.col("_root"), maintain_order=True
    )
    merged = rows.group_by(_KEY, maintain_order=True).agg(
        pl.col("document").first(), pl.col(rest).drop_nulls().first(), pl.col("records").sum()
    )
    dates = reconciled(rows.select(*_KEY, *_DATE), _KEY)
    merged = merged.join(dates, on=_KEY, how="left", nulls_equal=True, maintain_order="left")
    return pl.concat([edges.filter(~again), conform(merged, EDGES)])


_DATE = ("date_earliest", "date_latest", "edtf")


def reconciled(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """One date for each `key` from what several rows say of it: the columns of `_DATE`.

    A date that another one lies within is only the vaguer (1960 beside 9 November 1960) and says
    no more. What is left and overlaps is narrowed to what all allow; where it does not, sources
    disagree, and the date is the interval that spans them.
    """
    low = pl.col("date_earliest").fill_null(pl.lit(_EARLY))
    high = pl.col("date_latest").fill_null(pl.lit(_LATE))
    dated = rows.filter(pl.any_horizontal(pl.col(_DATE[:2]).is_not_null()))
    dated = dated.with_columns(low.alias("_low"), high.alias("_high"))
    dated = dated.unique([*key, "_low", "_high"], keep="first", maintain_order=True)
    if dated.select(key).is_duplicated().any():
        dated = dated.with_row_index("_row")
        other = dated.select(*key, pl.col("_row", "_low", "_high").name.suffix("2"))
        vaguer = dated.join(other, on=key, nulls_equal=True).filter(
            (pl.col("_row") != pl.col("_row2"))
            & (pl.col("_low") <= pl.col("_low2"))
            & (pl.col("_high") >= pl.col("_high2"))
        )["_row"]
        dated = dated.filter(~pl.col("_row").is_in(vaguer.implode()))
    shared = pl.col("_low").max() <= pl.col("_high").min()
    made = dated.group_by(key, maintain_order=True).agg(
        pl.when(shared).then(pl.col("_low").max()).otherwise(pl.col("_low").min()).alias("_first"),
        pl.when(shared).then(pl.col("_high").min()).otherwise(pl.col("_high").max()).alias("_last"),
        pl.col("edtf").first(),
        pl.len().alias("_readings"),
    )
    first = pl.when(pl.col("_first") > _EARLY).then(pl.col("_first"))
    last = pl.when(pl.col("_last") < _LATE).then(pl.col("_last"))
    written = pl.concat_str(
        first.dt.strftime("%Y-%m-%d").fill_null(".."), last.dt.strftime("%Y-%m-%d").fill_null(".."),
        separator="/",
    )  # fmt: skip
    edtf = pl.when(pl.col("_readings") > 1).then(written).otherwise("edtf")
    return made.select(
        *key, first.alias("date_earliest"), last.alias("date_latest"), edtf.alias("edtf")
    )


_EARLY, _LATE = datetime(1, 1, 1), datetime(9999, 12, 31)


def _dated_alike(edges: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Edges of documents that records date otherwise, with the date of all of them; hops keep theirs."""
    said = documents.select("document", *_DATE)
    several = said.filter(pl.col("document").is_duplicated())
    if not several.height:
        return edges
    hop = pl.col("layer") == "handed-to"
    ours = edges.filter(~hop).select("document", *_DATE)
    ours = ours.filter(pl.col("document").is_in(several["document"].implode()))
    dates = reconciled(pl.concat([ours, several]), ["document"])
    new = [pl.col(x).alias(f"_{x}") for x in _DATE]
    joined = edges.join(
        dates.select("document", *new, _known=True),
        on="document",
        how="left",
        maintain_order="left",
    )
    known = pl.col("_known").fill_null(False) & ~hop
    return joined.with_columns(
        pl.when(known).then(f"_{x}").otherwise(x).alias(x) for x in _DATE
    ).select(edges.columns)


def _roots(edges: pl.DataFrame) -> pl.Series:
    """The document that each row counts as: the one that it is a version of, at the end."""
    versions = edges.filter(
        pl.col("version_of").is_not_null() & (pl.col("version_of") != pl.col("document"))
    )
    own = edges["document"]
    if not versions.height:
        return own
    above = dict(versions.select("document", "version_of").unique("document").iter_rows())
    final: dict[str, str] = {}
    for start in above:
        here, seen = start, {start}
        while (up := above.get(here)) is not None and up not in seen:
            seen.add(up)
            here = up
        final[start] = here
    hop = edges["layer"] == "handed-to"
    counted = own.replace(final)
    return pl.select(pl.when(hop).then(own).otherwise(counted)).to_series()
