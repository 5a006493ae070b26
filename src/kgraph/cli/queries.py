"""``kgraph queries``: the questions that kgraph knows."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kgraph import queries as library
from kgraph.cli.options import print_table

EXAMPLE = "kgraph queries legs"


def queries(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Show this one whole, with its SPARQL.")
    ] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
) -> None:
    """List the named questions with their parameters, or show one whole."""
    if name is not None:
        sys.stdout.write(library.find(name).text)
        return
    known = library.named().values()
    if format == "json":
        import msgspec

        listed = [msgspec.to_builtins(query) for query in known]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(listed)) + b"\n")
        return
    rows = [
        (query.name, query.title, " ".join(_shown(p) for p in query.parameters)) for query in known
    ]
    print_table(("name", "question", "parameters"), rows)


def _shown(parameter: library.Parameter) -> str:
    if parameter.optional or parameter.default:
        return f"[{parameter.name}={parameter.default or parameter.type}]"
    return f"{parameter.name}={parameter.type}"
