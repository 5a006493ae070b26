"""``kgraph compare``: two texts side by side."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import note, print_findings, print_table, status_of
from kgraph.report import KgraphError, Report

EXAMPLE = "kgraph compare docs/examples/harbour-a.txt docs/examples/harbour-b.txt"


def compare(
    left: Annotated[str, typer.Argument(metavar="A", help="A document's id, or a text file.")],
    right: Annotated[
        str, typer.Argument(metavar="B", help="Another document's id, or a text file.")
    ],
    source: Annotated[
        list[str] | None,
        typer.Option("--source", "-s", help="Where documents given by id are read from."),
    ] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table, tsv or json.")] = "table",
) -> int:
    """Show two translations or prints of one document side by side, passage by passage.

    "<" marks what only the left text has, ">" what only the right one has.
    """
    import msgspec

    from kgraph.authorities.documents.align import align

    if format not in ("table", "tsv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, tsv, json")
    report = Report()
    texts = _texts((left, right), source or (), report)
    passages = align(texts[left], texts[right])
    if format == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(passages)) + b"\n")
    else:
        rows = [
            (
                "<" if not p.right else ">" if not p.left else f"{p.score:.2f}",
                " ".join(s.text for s in p.left),
                " ".join(s.text for s in p.right),
            )
            for p in passages
        ]
        if format == "tsv":
            for row in (("likeness", left, right), *rows):
                print("\t".join(row))
        else:
            print_table(("", left, right), rows)
    both = sum(1 for p in passages if p.left and p.right)
    note(f"{both} passages in both, {len(passages) - both} in one alone")
    return status_of(report)


def _texts(wanted: tuple[str, str], given: Sequence[str], report: Report) -> dict[str, str]:
    """The texts of files and, of records read from `given`, of those with the ids wanted."""
    from kgraph.model import Record
    from kgraph.sources import intake

    found: dict[str, str] = {}
    for one in wanted:
        if Path(one).is_file():
            found[one] = Path(one).read_text(encoding="utf-8", errors="replace")
    if len(found) < len(set(wanted)) and given:
        for item in intake.items(given, report):
            if isinstance(item, Record) and item.id in wanted and item.text:
                found.setdefault(item.id, item.text)
        print_findings(report, least=("error", "warning"))
    for one in wanted:
        if one not in found:
            raise KgraphError(
                f"there is no text of {one!r}",
                hint="give a text file, or the id of a document and --source FILE where it stands",
            )
    return found
