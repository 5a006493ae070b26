"""``kgraph compare``: two texts side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import note, print_table
from kgraph.report import KgraphError

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
    texts = _texts((left, right), source or ())
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
    return 0


def _texts(wanted: tuple[str, str], given: list[str] | tuple[()]) -> dict[str, str]:
    from kgraph.model import Record
    from kgraph.report import Report
    from kgraph.sources import intake

    found: dict[str, str] = {}
    for one in wanted:
        if Path(one).is_file():
            found[one] = Path(one).read_text(encoding="utf-8", errors="replace")
    if len(found) < len(set(wanted)) and given:
        for item in intake.items(given, Report()):
            if isinstance(item, Record) and item.id in wanted and item.text:
                found.setdefault(item.id, item.text)
    for one in wanted:
        if one not in found:
            raise KgraphError(
                f"there is no text of {one!r}",
                hint="give a text file, or the id of a document and --source FILE where it stands",
            )
    return found
