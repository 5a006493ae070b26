"""``kgraph query``: ask the graph."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from pyoxigraph import QueryBoolean, QuerySolutions

from kgraph import answers, lookup, queries
from kgraph.cli.options import StoreOption, note, print_table, warn
from kgraph.report import KgraphError
from kgraph.store import open_store
from kgraph.store.sparql import as_rows

EXAMPLE = "kgraph query legs -p document=frus/21"


def query(
    question: Annotated[
        str, typer.Argument(metavar="NAME|FILE|-", help="A named query, a file of SPARQL, or -.")
    ],
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="A value; repeat for more."),
    ] = None,
    format: Annotated[
        str, typer.Option("-f", "--format", help=f"One of {', '.join(answers.FORMATS)}.")
    ] = "table",
    ids: Annotated[
        str | None,
        typer.Option(
            help="local (person/kohler) or iri; named queries answer with local ids, SPARQL of "
            "your own with IRIs.",
            metavar="local|iri",
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Ask the graph a named question or one of your own in SPARQL.

    The prefixes of the ontology need no PREFIX line, and the default graph is
    all of the graph. "kgraph queries" lists the named questions.
    """
    if format not in answers.FORMATS:
        raise KgraphError(
            f"there is no format {format!r}",
            hint=queries.did_you_mean(format, list(answers.FORMATS))
            or f"one of {', '.join(answers.FORMATS)}",
        )
    if ids not in (None, "local", "iri"):
        raise KgraphError(f"--ids is {ids!r}", hint="write --ids local or --ids iri")
    asked = queries.parse(sys.stdin.read(), "-") if question == "-" else queries.find(question)
    graph = open_store(store)
    given = _pairs(parameter or [])
    answer = queries.run(graph, asked, given)
    for typed in queries.unknown(graph, asked, given):
        warn(f"nothing is known of {typed}", lookup.did_you_mean(graph, typed))
    out = sys.stdout.buffer
    if isinstance(answer, QueryBoolean):
        answers.write_boolean(bool(answer), out, format)
    elif isinstance(answer, QuerySolutions):
        rows = as_rows(answer)
        if format == "table" and ids is None:
            columns, cells = answers.for_reading(rows, graph)
            print_table(columns, cells)
            count = "1 row" if len(cells) == 1 else f"{len(cells)} rows"
            note(f"{count}; with ids: --ids local")
            return
        if ids == "local" or (ids is None and asked.shipped):
            rows = queries.local_ids(rows)
        if format == "table":
            print_table(rows.columns, answers.readable(rows, shrink=ids != "iri"))
        else:
            answers.write_rows(rows, out, format)
    else:
        answers.write_triples(answer, out, format)
    out.flush()


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise KgraphError(f"-p {text}: no value", hint=f"write -p {name or 'name'}=value")
        pairs[name.strip()] = value
    return pairs
