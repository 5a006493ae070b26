"""``kgraph missing``: documents that should be there and are not."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kgraph.cli.options import note, print_table
from kgraph.report import KgraphError

EXAMPLE = "kgraph missing --status missing"
ABSENT = ("cited", "implied", "missing", "not-found", "lost", "not-published", "proposed")


def missing(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources to search [default: the shipped data].")
    ] = None,
    status: Annotated[str | None, typer.Option("--status", help=", ".join(ABSENT))] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table, tsv or json.")] = "table",
) -> int:
    """List documents that are cited, numbered, answered, enclosed or sought, but not present,
    with the words that speak of them and the likeliest candidates."""
    import msgspec

    from kgraph.cli.doubts import decisions_in, resolved, shipped_authority
    from kgraph.model import Identity, Record, to_json
    from kgraph.report import Report
    from kgraph.titles import title_of

    if format not in ("table", "tsv", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, tsv, json")
    if status is not None and status not in ABSENT:
        raise KgraphError(f"there is no status {status!r}", hint=f"one of {', '.join(ABSENT)}")
    report = Report()
    _, decisions = decisions_in(None)
    spoken: dict[str, list[Record]] = {}
    canonical: dict[str, str] = {}
    for item in resolved(sources or (), shipped_authority((), report), decisions, report):
        if isinstance(item, Record):
            spoken.setdefault(item.about, []).append(item)
        elif isinstance(item, Identity):
            canonical |= dict.fromkeys(item.records, item.document)
    present = {canonical.get(r.about, r.about) for rs in spoken.values() for r in rs if r.status not in ABSENT}  # fmt: skip
    found = {
        about: max(records, key=lambda r: (bool(r.title), len(r.relations)))
        for about, records in spoken.items()
        if canonical.get(about, about) not in present
        and (status is None or any(r.status == status for r in records))
    }
    if format == "json":
        plain = msgspec.json.encode([to_json(r) for r in found.values()])
        sys.stdout.buffer.write(msgspec.json.format(plain) + b"\n")
    else:
        columns = ("document", "status", "title", "cited by", "candidates")
        rows = [
            (id, r.status, title_of((r,)), _citing(r), _candidates(r)) for id, r in found.items()
        ]
        if format == "tsv":
            for row in (columns, *rows):
                print("\t".join(" ".join(cell.split()) for cell in row))
        else:
            print_table(columns, rows)
    note(f"{len(found)} documents are not present")
    return 0


def _citing(record: object) -> str:
    relations = getattr(record, "relations", ())
    return ", ".join(r.target for r in relations if r.type in ("cited-in", "enclosed-in"))


def _candidates(record: object) -> str:
    relations = getattr(record, "relations", ())
    return ", ".join(
        f"{r.target} ({(r.note or '').partition('score ')[2].partition(':')[0]})"
        for r in relations
        if r.rule == "missing-candidate"
    )
