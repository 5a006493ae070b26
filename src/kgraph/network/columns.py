"""Letter and edge tables read as columns: for millions of rows, or where there is no store.

A table is CSV, TSV or Parquet with a row a letter. An edge table has columns called source
and target and any others of `EDGES`: what ``kgraph network -o letters.parquet`` and
`EdgeTables.write` write is read back as it was. Of a letter table columns are chosen as
`kgraph.sources.columns` does it (a mapping file beside the table, else by their names);
used are sender, addressee, date, id, place, place_to and weight.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kgraph import dating, iris
from kgraph.model import Date
from kgraph.network.tables import EDGES, INSTANT, NODES, EdgeTables, conform
from kgraph.report import KgraphError, Report
from kgraph.sources import columns

ENDINGS = (".csv", ".tsv", ".tab", ".parquet")
_FIELDS = {
    "senders": "source", "addressees": "target", "date": "edtf", "id": "document",
    "place": "place", "place_to": "place_to", "weight": "weight",
}  # fmt: skip
_NOT_TIES = frozenset({
    "title", "language", "note", "url", "edition", "pages", "holder", "shelfmark", "subject",
    "ignore", "mentioned_places", "kind",
})  # fmt: skip


def is_edges(names: list[str]) -> bool:
    """Whether columns called `names` are those of an edge table."""
    return {"source", "target"} <= set(names)


def suffices(path: Path, names: list[str]) -> bool:
    """Whether all that a letter table tells of ties is in the columns that are used here."""
    mapping = columns.choose(path, names, Report())
    if mapping is None or mapping.senders or mapping.addressees or mapping.addresses:
        return False
    fields = set(mapping.columns.values())
    return {"senders", "addressees"} <= fields <= {*_FIELDS, *_NOT_TIES}


def read(path: Path, report: Report) -> EdgeTables:
    """The tables of one file; rows without sender or addressee are a finding and left out."""
    table = _loaded(path)
    named, separator = _named(table, path, report)
    given = set(named.columns)
    rows = named.with_columns(
        pl.col("document").cast(pl.String) if "document" in given
        else pl.concat_str(pl.lit(f"{path.stem}/"), pl.int_range(2, pl.len() + 2)).alias("document")
    )  # fmt: skip
    whole = rows.filter(
        pl.all_horizontal(
            pl.col(end).is_not_null() & (pl.col(end) != "") for end in ("source", "target")
        )
    )
    if whole.height < rows.height:
        report.warning(
            "rows-nameless", str(path), f"{rows.height - whole.height} rows do not name both sender "
            "and addressee; they were left out", "fill in both",
        )  # fmt: skip
    if "source_label" not in given:
        whole = _with_ids(_one_by_one(whole, separator), path.name)
    edges = _with_dates(whole, path, report)
    nodes = pl.concat([
        edges.select(pl.col(end).alias("id"), pl.col(f"{end}_label").alias("label"))
        for end in ("source", "target")
    ]).unique("id", keep="first", maintain_order=True)  # fmt: skip
    standing = {
        "layer": pl.lit("wrote-to"), "weight": pl.lit(1.0), "share": pl.lit(1.0),
        "status": pl.lit("extant"), "certainty": pl.lit("stated"),
        "source_id": pl.lit(path.name), "records": pl.lit(1),
    }  # fmt: skip
    edges = conform(edges, EDGES).with_columns(
        pl.col(name).fill_null(value) for name, value in standing.items()
    )
    kinds = nodes.with_columns(kind=pl.col("id").str.extract(r"^([a-z]+)/", 1))
    return EdgeTables(edges=edges, nodes=conform(kinds, NODES))


def _loaded(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        separator = "," if path.suffix.lower() == ".csv" else "\t"
        return pl.read_csv(path, separator=separator, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise KgraphError(
            f"{path} cannot be read as a table: {str(error).splitlines()[0]}"
        ) from None


def _named(table: pl.DataFrame, path: Path, report: Report) -> tuple[pl.DataFrame, str | None]:
    """The columns under the names of `EDGES`, and what parts several names in a cell."""
    if is_edges(table.columns):
        return table.select(name for name in EDGES if name in table.columns), None
    mapping = columns.choose(path, table.columns, report)
    known = {
        _FIELDS[field]: name
        for name, field in reversed((mapping.columns if mapping else {}).items())
        if field in _FIELDS
    }
    if mapping is None or not {"source", "target"} <= known.keys():
        raise KgraphError(
            f"{path} has no columns of senders and addressees",
            hint="name two columns sender and addressee, or source and target",
        )
    named = table.select(pl.col(name).alias(field) for field, name in known.items())
    if "document" in known:
        named = named.with_columns(document=f"{path.stem}/" + pl.col("document").cast(pl.String))
    return named, mapping.separator


def _one_by_one(rows: pl.DataFrame, separator: str | None) -> pl.DataFrame:
    """A row for each pair of a letter that several write or get; `share` is what each counts."""
    if not separator:
        return rows
    lists = rows.with_columns(
        pl.col(end).cast(pl.String).str.split(separator).list.eval(
            pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != "")
        )
        for end in ("source", "target")
    )  # fmt: skip
    many = pl.col("source").list.len() * pl.col("target").list.len()
    return lists.with_columns(share=1.0 / many).explode("source").explode("target")


def _with_ids(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    """Names as labels, and the ids that the graph would make of them."""
    names = pl.concat([rows["source"], rows["target"]]).unique()
    ids = {
        name: iris.unresolved(bare, "person", source)
        for name in names.to_list()
        if (bare := name.strip("[]? ") or name)
    }
    known = pl.DataFrame({"name": list(ids), "id": list(ids.values())})
    for end in ("source", "target"):
        rows = (
            rows.rename({end: f"{end}_label"})
            .join(known.rename({"name": f"{end}_label", "id": end}), on=f"{end}_label", how="left",
                  maintain_order="left")
        )  # fmt: skip
    return rows


def _with_dates(rows: pl.DataFrame, path: Path, report: Report) -> pl.DataFrame:
    """Dates as intervals: of each way to write one, once."""
    if "edtf" not in rows.columns or "date_earliest" in rows.columns:
        return rows
    if rows.schema["edtf"].is_temporal():
        when = pl.col("edtf").cast(INSTANT)
        return rows.with_columns(
            edtf=when.dt.strftime("%Y-%m-%d"), date_earliest=when, date_latest=when
        )
    rows = rows.with_columns(pl.col("edtf").cast(pl.String).str.strip_chars())
    made = []
    faulty = 0
    for text in rows["edtf"].drop_nulls().unique().to_list():
        date = _date(text)
        faulty += bool(text) and date is None
        made.append((text, *((date.edtf, date.earliest, date.latest) if date else (None,) * 3)))
    if faulty:
        report.warning(
            "date-unreadable", str(path), f"{faulty} ways to write a date were not understood",
            "write dates as YYYY-MM-DD",
        )  # fmt: skip
    known = pl.DataFrame(
        made, schema=dict.fromkeys(("edtf", "_", "date_earliest", "date_latest"), pl.String),
        orient="row",
    )  # fmt: skip
    rows = rows.join(known, on="edtf", how="left", maintain_order="left")
    return rows.with_columns(edtf="_").drop("_")


def _date(text: str) -> Date | None:
    for found in (dating.from_edtf(text, text), dating.parse(text)):
        if found is not None and (found.earliest or found.latest):
            return found
    return None
