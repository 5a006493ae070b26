"""``kgraph check``: is the graph sound?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kgraph.cli.options import StoreOption, note
from kgraph.report import KgraphError, Report

EXAMPLE = "kgraph check"


def check(
    format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="List errors and warnings alone.")
    ] = False,
    store: StoreOption = None,
) -> int:
    """Check the graph against its shapes; list dangling references and conflicts.

    Exit status 1 where a shape is violated. Conflicts between sources and documents of sources
    that were not built are no faults: they are listed for information.
    """
    from kgraph import check as checks
    from kgraph.store import open_store

    if format not in ("table", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="one of table, json")
    graph = open_store(store)
    report = Report(checks.violations(graph))
    report.extend(checks.dangling(graph))
    if quiet:
        report = Report(finding for finding in report if finding.severity != "info")
    else:
        report.extend(checks.conflicts(graph))
    if format == "json":
        import msgspec

        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(list(report))) + b"\n")
    else:
        for finding in report:
            print(finding)
        counts = {"error": 0, "warning": 0, "info": 0}
        for finding in report:
            counts[finding.severity] += 1
        note(
            f"{counts['error']} violations, {counts['warning']} warnings"
            + ("" if quiet else f", {counts['info']} notes")
        )
    return 1 if report.has_errors else 0
