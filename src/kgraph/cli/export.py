"""``kgraph export``: the graph in other formats."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import StoreOption, note
from kgraph.report import KgraphError

EXAMPLE = "kgraph export nq -o demo/graph.nq"


def export(
    format: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="nq, trig, jsonld, ttl, nt, csv, parquet, cmif, schema-org, gexf, graphml, pajek or "
            "cytoscape.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="[default: stdout]")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the graph in another format; what the format cannot carry is told on stderr."""
    from kgraph import export as exports
    from kgraph.queries import did_you_mean
    from kgraph.store import open_store

    if format not in exports.FORMATS:
        known = ", ".join(exports.FORMATS)
        raise KgraphError(
            f"there is no format {format!r}",
            hint=did_you_mean(format, list(exports.FORMATS)) or f"one of {known}",
        )
    graph = open_store(store)
    if output is None:
        if format == "parquet" and sys.stdout.isatty():
            raise KgraphError("parquet is not for a terminal", hint="use -o edges.parquet")
        loss = exports.export(graph, format, sys.stdout.buffer)
    else:
        loss = _into(output, graph, format)
    for lost in loss:
        note(f"not in {format}: {lost}")


def _into(output: Path, graph: object, format: str) -> tuple[str, ...]:
    """Write beside `output` and rename, so that a failure leaves no half file; a device or a pipe
    is written to as it stands."""
    from kgraph import export as exports

    ending = f"graph.{exports.FORMATS[format].ending}"
    if output.is_dir():
        raise KgraphError(
            f"{output} is a folder", hint=f"name a file in it, such as {output / ending}"
        )
    if output.exists() and not output.is_file():
        with output.open("wb") as file:
            return exports.export(graph, format, file)  # type: ignore[arg-type]
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise KgraphError(f"{output} cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            loss = exports.export(graph, format, file)  # type: ignore[arg-type]
        Path(beside).chmod(0o644)
        Path(beside).replace(output)
    finally:
        Path(beside).unlink(missing_ok=True)
    return loss
