"""``kgraph missing``: documents that should be there and are not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli.options import StoreOption, note, print_findings, print_table, status_of
from kgraph.report import KgraphError, Report

if TYPE_CHECKING:
    from kgraph.model import Record
    from kgraph.register import Absent

EXAMPLE = "kgraph missing --status missing"


def missing(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]",
            help="Sources to read and search [default: what the store holds].",
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", help="cited, implied, missing, not-found, lost, not-published or proposed."
        ),
    ] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table, tsv or json.")] = "table",
    store: StoreOption = None,
) -> int:
    """List documents that are cited, numbered, answered, enclosed or sought, but not present,
    with those that speak of them and the likeliest candidates.
    """
    import msgspec

    from kgraph.register import ABSENT, absent
    from kgraph.store import open_store

    if format not in ("table", "tsv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, tsv, json")
    if status is not None and status not in ABSENT:
        raise KgraphError(f"there is no status {status!r}", hint=f"one of {', '.join(ABSENT)}")
    report = Report()
    found = _read(sources, status, report) if sources else absent(open_store(store), status)
    print_findings(report, least=("error", "warning"))
    if format == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    else:
        columns = ("document", "status", "title", "cited by", "candidates")
        rows = [
            (
                one.id, one.status, one.title, ", ".join(one.cited_by),
                ", ".join(f"{id} ({score:.2f})" for id, score in one.candidates),
            )
            for one in found
        ]  # fmt: skip
        if format == "tsv":
            for row in (columns, *rows):
                print("\t".join(" ".join(cell.split()) for cell in row))
        else:
            print_table(columns, rows)
    note(
        "1 document is not present"
        if len(found) == 1
        else f"{len(found)} documents are not present"
    )
    return status_of(report)


def _read(sources: list[str], status: str | None, report: Report) -> list[Absent]:
    """What sources that are read now speak of and do not give, without a store."""
    from kgraph.cli.resolving import decisions_in, resolved, shipped_authority
    from kgraph.model import Identity, Record
    from kgraph.register import ABSENT, Absent
    from kgraph.titles import title_of

    _, decisions = decisions_in(None)
    spoken: dict[str, list[Record]] = {}
    canonical: dict[str, str] = {}
    for item in resolved(sources, shipped_authority((), report), decisions, report):
        if isinstance(item, Record):
            spoken.setdefault(item.about, []).append(item)
        elif isinstance(item, Identity):
            canonical |= dict.fromkeys(item.records, item.document)
    present = {
        canonical.get(record.about, record.about)
        for records in spoken.values() for record in records if record.status not in ABSENT
    }  # fmt: skip
    found: list[Absent] = []
    for about, records in spoken.items():
        if canonical.get(about, about) in present:
            continue
        if status is not None and not any(record.status == status for record in records):
            continue
        best = max(records, key=lambda record: (bool(record.title), len(record.relations)))
        citing = tuple(r.target for r in best.relations if r.type in ("cited-in", "enclosed-in"))
        found.append(
            Absent(id=about, status=best.status, title=title_of((best,)), cited_by=citing, candidates=_candidates(best))
        )  # fmt: skip
    return found


def _candidates(record: Record) -> tuple[tuple[str, float], ...]:
    return tuple(
        (r.target, float((r.note or "").partition("score ")[2].partition(":")[0] or 0))
        for r in record.relations
        if r.rule == "missing-candidate"
    )
