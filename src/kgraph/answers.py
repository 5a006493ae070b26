"""Answers in the formats of the W3C, Markdown, HTML, and as a table that people read."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec
import pyoxigraph as ox

from kgraph import iris, queries, vocab
from kgraph.report import KgraphError
from kgraph.store import Rows, Store, Term

RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "markdown", "html")

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def write_rows(rows: Rows, output: IO[bytes], format: str) -> None:
    """Write the answer to a SELECT as csv, tsv, json, xml, markdown or html.

    The first four are the W3C's SPARQL 1.1 result formats, byte for byte as
    pyoxigraph writes them.
    """
    if format in ("ttl", "nt", "jsonld"):
        raise KgraphError(
            f"{format} holds triples, and this query answers with rows",
            hint="use csv, tsv, json or xml, or ask with CONSTRUCT",
        )
    if format == "markdown":
        output.write(_markdown(rows.columns, readable(rows)).encode())
    elif format == "html":
        output.write(_html(rows.columns, readable(rows)).encode())
    else:
        as_json = b"".join(_json(rows))
        if format == "json":
            output.write(as_json)
        else:
            answer: Any = ox.parse_query_results(as_json, ox.QueryResultsFormat.JSON)
            answer.serialize(output, RESULTS[format])


def write_boolean(value: bool, output: IO[bytes], format: str) -> None:
    """Write the answer to an ASK; the formats without one for it get the bare word."""
    if format in ("json", "xml"):
        text = b'{"head":{},"boolean":%s}' % (b"true" if value else b"false")
        answer: Any = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
        answer.serialize(output, RESULTS[format])
    else:
        output.write(b"true\n" if value else b"false\n")


def write_triples(triples: Iterable[ox.Triple], output: IO[bytes], format: str) -> None:
    """Write the answer to a CONSTRUCT or DESCRIBE, sorted; a table is written as Turtle."""
    kind = GRAPHS.get("ttl" if format == "table" else format)
    if kind is None:
        raise KgraphError(
            f"{format} holds rows, and this query answers with triples",
            hint="use ttl, nt, jsonld or xml, or ask with SELECT",
        )
    known = vocab.prefixes()
    listed = sorted(set(triples), key=str)
    used = {
        name: namespace
        for name, namespace in known.items()
        if any(namespace in str(triple) for triple in listed)
    }
    if kind == ox.RdfFormat.N_TRIPLES:
        used = {}
    ox.serialize(listed, output, kind, prefixes=used)


def readable(rows: Rows, shrink: bool = True) -> Iterator[tuple[str, ...]]:
    """Cells as text; `shrink` writes IRIs as local ids or with their prefixes."""
    for row in rows:
        yield tuple(cell_text(cell) if shrink else queries.plain(cell) or "" for cell in row)


def for_reading(rows: Rows, store: Store) -> tuple[list[str], list[tuple[str, ...]]]:
    """Columns and cells of a table that people read.

    Persons, bodies, places, channels and other things stand with their labels,
    documents with their local ids. Where the query gives labels itself (a column
    ``sender_label`` beside ``sender``), they take the place of the ids.
    """
    listed = list(rows)
    shown = [n for n, name in enumerate(rows.columns) if f"{name}_label" not in rows.columns]
    wanted = {
        term.value
        for row in listed
        for term in (row[n] for n in shown)
        if isinstance(term, ox.NamedNode) and _is_thing(term.value)
    }
    labels = labels_of(store, wanted)

    def cell(term: Term | None) -> str:
        label = labels.get(term.value) if isinstance(term, ox.NamedNode) else None
        return label or cell_text(term)

    columns = [rows.columns[n].removesuffix("_label") for n in shown]
    return columns, [tuple(cell(row[n]) for n in shown) for row in listed]


def labels_of(store: Store, things: Iterable[str]) -> dict[str, str]:
    """The label of each IRI that has one; the first in the alphabet where there are several."""
    found: dict[str, str] = {}
    waiting = sorted(things)
    for start in range(0, len(waiting), 500):
        values = " ".join(str(ox.NamedNode(iri)) for iri in waiting[start : start + 500])
        rows = store.select(
            "SELECT ?thing (MIN(STR(?l)) AS ?label) { VALUES ?thing { " + values + " } "
            "?thing rdfs:label|skos:prefLabel ?l } GROUP BY ?thing"
        )
        for thing, label in rows:
            if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                found[thing.value] = label.value
    return found


def _is_thing(iri: str) -> bool:
    """Whether an IRI is one of ours that people know by its label."""
    return iri.startswith((iris.THINGS, iris.CHANNELS)) and not iri.startswith(
        (f"{iris.THINGS}document/", f"{iris.THINGS}record/")
    )


def cell_text(term: Term | None) -> str:
    """One term for the eye."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        local = iris.local(term.value)
        return local if local != term.value else vocab.shrink(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _json(rows: Rows) -> Iterator[bytes]:
    """The W3C's JSON, row by row."""
    encode = msgspec.json.encode
    yield b'{"head":{"vars":' + encode(rows.columns) + b'},"results":{"bindings":['
    first = True
    for row in rows:
        yield b"" if first else b","
        first = False
        yield encode(
            {
                name: _json_term(term)
                for name, term in zip(rows.columns, row, strict=True)
                if term is not None
            }
        )
    yield b"]}}"


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        plain = {"type": "literal", "value": term.value}
        if term.language:
            return plain | {"xml:lang": term.language}
        if term.datatype.value != _STRING:
            return plain | {"datatype": term.datatype.value}
        return plain
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _markdown(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    def line(cells: Iterable[str]) -> str:
        safe = (cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
        return "| " + " | ".join(" ".join(cell.split()) for cell in safe) + " |\n"

    names = list(columns)
    return line(names) + line("---" for _ in names) + "".join(line(row) for row in rows)


def _html(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    def line(tag: str, cells: Iterable[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>\n"

    body = "".join(line("td", row) for row in rows)
    return f"<table>\n<thead>\n{line('th', columns)}</thead>\n<tbody>\n{body}</tbody>\n</table>\n"
