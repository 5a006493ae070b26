"""``kgraph conflicts``: where sources disagree, and what cannot be."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli.options import StoreOption, note, print_findings, status_of, warn
from kgraph.report import KgraphError, Report

if TYPE_CHECKING:
    from kgraph.model import Conflict

EXAMPLE = "kgraph conflicts --kind date"


def conflicts(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]",
            help="Sources to read and compare [default: what the store holds].",
        ),
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only of this kind.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Only about this.")] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table, tsv or json.")] = "table",
    store: StoreOption = None,
) -> int:
    """List every disagreement: each claim with source and words, the preferred value, its rule.

    Impossible things (an answer before its question, an office before its holder
    took it, a number out of sequence, a file of another date) are among them.
    """
    import msgspec

    from kgraph import lookup, register
    from kgraph.store import open_store

    if format not in ("table", "tsv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, tsv, json")
    report = Report()
    if sources:
        every = _read(sources, report)
        found = [
            one for one in every
            if (kind is None or one.kind == kind)
            and (document is None or document in (one.subject, *one.subjects))
        ]  # fmt: skip
    else:
        graph = open_store(store)
        found = every = register.conflicts(graph, kind, document)
        if kind is not None and not found:
            every = register.conflicts(graph)
        if document is not None and not found and not lookup.known(graph, lookup.term(document)):
            warn(f"nothing is known of {document}", lookup.did_you_mean(graph, document))
    if kind is not None and not found and (kinds := sorted({one.kind for one in every})):
        warn(f"there is no conflict of kind {kind!r}", f"there are: {', '.join(kinds)}")
    if format == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    elif format == "tsv":
        columns = ("kind", "about", "property", "value", "source", "words", "preferred", "rule")
        rows = [
            (c.kind, c.subject, c.property, claim.value, claim.record or claim.source,
             claim.words or "", c.preferred or c.assessment or "", c.rule or "")
            for c in found
            for claim in c.claims
        ]  # fmt: skip
        for row in (columns, *rows):
            print("\t".join(" ".join(str(cell).split()) for cell in row))
    elif found:
        print("\n\n".join(_told(c) for c in found))
    note("1 conflict" if len(found) == 1 else f"{len(found)} conflicts")
    return status_of(report)


def _read(sources: list[str], report: Report) -> list[Conflict]:
    """The conflicts within sources that are read now, without a store."""
    from kgraph.cli.resolving import decisions_in, resolved, shipped_authority
    from kgraph.model import Conflict

    _, decisions = decisions_in(None)
    items = resolved(sources, shipped_authority((), report), decisions, report)
    found = [item for item in items if isinstance(item, Conflict)]
    print_findings(report, least=("error", "warning"))
    return found


def _told(conflict: Conflict) -> str:
    """A conflict as a paragraph: what about, each claim with source and words, what is held."""
    lines = [f"{conflict.subject}: {conflict.property} ({conflict.kind.replace('-', ' ')})"]
    for claim in conflict.claims:
        words = " ".join((claim.words or "").split())
        quoted = f": “{words}”" if words and words != claim.value else ""
        lines.append(f"  - {claim.value}, says {claim.record or claim.source}{quoted}")
    if conflict.assessment:
        lines.append(f"  {conflict.assessment}")
    if conflict.preferred:
        lines.append(f"  preferred: {conflict.preferred}" + (f", since {conflict.rule}" if conflict.rule else ""))  # fmt: skip
    return "\n".join(lines)
