"""``kgraph read``: what sources say, before it becomes a graph."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import msgspec
import typer

from kgraph.cli.options import note, print_findings, print_table
from kgraph.model import Item, Party, Record
from kgraph.report import KgraphError, Report

EXAMPLE = "kgraph read data/calendars --format table"


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders or http(s) addresses.")
    ],
    format: Annotated[str, typer.Option("-f", "--format", help="jsonl or table.")] = "jsonl",
    text: Annotated[
        bool,
        typer.Option(
            "--text", help='With "text": what start and end count in, from 0, in characters.'
        ),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help='Persons, events and the rest too, each with its "item" type.'),
    ] = False,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=1, help="Processes that read, a file each.")
    ] = 1,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Only errors among the findings.")
    ] = False,
) -> int:
    """Print the records of sources as JSON Lines, findings on stderr.

    Exit status is 1 where a finding is an error; whatever could be read is printed.
    """
    from kgraph.sources import intake

    if format not in ("jsonl", "table"):
        raise KgraphError(f"there is no format {format!r}", hint="jsonl or table")
    report = Report()
    told = 0
    kinds: Counter[str] = Counter()
    least = ("error",) if quiet else ("error", "warning", "info")

    def watched() -> Iterator[Item]:
        nonlocal told
        for item in intake.items(sources, report, jobs):
            if len(report) > told:
                print_findings(Report(report.findings[told:]), least=least)
                told = len(report)
            kinds[type(item).__name__] += 1
            yield item

    try:
        if format == "table":
            print_table(
                ("id", "date", "from", "to", "form"),
                (_row(item) for item in watched() if isinstance(item, Record)),
            )
        else:
            _lines(watched(), everything, text)
    finally:
        print_findings(Report(report.findings[told:]), least=least)
    counts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    found = Counter(finding.severity for finding in report)
    worst = ", ".join(f"{number} {severity}" for severity, number in found.items())
    note(f"read: {counts or 'nothing'}; findings: {worst or 'none'}")
    return int(report.has_errors)


def _lines(items: Iterator[Item], everything: bool, text: bool) -> None:
    from kgraph.sources import intake

    encode = msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    for item in items:
        if isinstance(item, Record):
            out.write(encode(item if text else intake.to_json(item)) + b"\n")
        elif everything:
            out.write(encode(intake.plain(item)) + b"\n")
    out.flush()


def _row(record: Record) -> tuple[str, ...]:
    date = record.date
    return (
        record.id,
        (date.edtf or date.text) if date else "",
        _names(record.senders),
        _names(record.addressees),
        record.form,
    )


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(party.name for party in parties)
