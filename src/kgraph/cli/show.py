"""``kgraph show``: all about one thing."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kgraph.cli.options import StoreOption
from kgraph.report import KgraphError

EXAMPLE = "kgraph show frus/21"
FORMATS = ("table", "json", "ttl", "jsonld")


def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="A local id (person/kohler, frus/21) or an IRI.")
    ],
    format: Annotated[
        str, typer.Option("-f", "--format", help=f"One of {', '.join(FORMATS)}.")
    ] = "table",
    store: StoreOption = None,
) -> None:
    """Show all about one thing: what is preferred, its way from hand to hand, and what each
    source claims, with the words it rests on.
    """
    from kgraph import answers
    from kgraph import show as showing
    from kgraph.store import open_store

    if format not in FORMATS:
        raise KgraphError(f"there is no format {format!r}", hint=f"one of {', '.join(FORMATS)}")
    graph = open_store(store)
    if format in ("ttl", "jsonld"):
        answers.write_triples(showing.triples(graph, id), sys.stdout.buffer, format)
        return
    description = showing.describe(graph, id)
    if format == "json":
        import msgspec

        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(description)) + b"\n")
        return
    from kgraph.show import telling

    for line in telling.lines(description):
        print(line)
