"""``kgraph conflicts``: where sources disagree, and what cannot be."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kgraph.cli.options import note, print_table
from kgraph.report import KgraphError

EXAMPLE = "kgraph conflicts --kind date"


def conflicts(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources to compare [default: the shipped data].")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only of this kind.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Only about this.")] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table, tsv or json.")] = "table",
) -> int:
    """List every disagreement: each claim with source and words, the preferred value, its rule.

    Impossible things (an answer before its question, an office before its holder
    took it, a number out of sequence, a file of another date) are among them.
    """
    import msgspec

    from kgraph.cli.doubts import decisions_in, resolved, shipped_authority
    from kgraph.model import Conflict
    from kgraph.report import Report

    if format not in ("table", "tsv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, tsv, json")
    report = Report()
    _, decisions = decisions_in(None)
    found = [
        item
        for item in resolved(sources or (), shipped_authority((), report), decisions, report)
        if isinstance(item, Conflict)
        and (kind is None or item.kind == kind)
        and (document is None or document in (item.subject, *item.subjects))
    ]
    if format == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    else:
        columns = ("kind", "about", "property", "value", "source", "words", "preferred", "rule")
        rows = [
            (c.kind, c.subject, c.property, claim.value, claim.record or claim.source,
             claim.words or "", c.preferred or c.assessment or "", c.rule or "")
            for c in found
            for claim in c.claims
        ]  # fmt: skip
        if format == "tsv":
            for row in (columns, *rows):
                print("\t".join(" ".join(str(cell).split()) for cell in row))
        else:
            print_table(columns, rows)
    note(f"{len(found)} conflicts")
    return 0
