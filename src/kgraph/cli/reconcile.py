"""``kgraph reconcile``: the names of a table matched to an authority."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import note
from kgraph.report import KgraphError, Report

EXAMPLE = "kgraph reconcile docs/examples/letters.csv --column sender"


def reconcile(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Table (CSV or TSV) with a header line.")
    ],
    column: Annotated[str, typer.Option("--column", "-c", help="Column that holds the names.")],
    service: Annotated[
        str | None,
        typer.Option("--service", help="Address of a reconciliation service [default: our own]."),
    ] = None,
    authority: Annotated[
        list[Path] | None,
        typer.Option("--authority", help="Further authority files (people.tsv ...)."),
    ] = None,
    type: Annotated[str | None, typer.Option("--type", help="person, body, place ...")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Candidates a name.")] = 1,
) -> int:
    """Match the names of a table's column; the table with the matches goes to stdout.

    Added columns: id, name, score (per cent) and match (yes where it is sure).
    """
    from kgraph.authorities.reconcile import Service, reconcile_names
    from kgraph.cli.resolving import shipped_authority

    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KgraphError(
            f"{file} cannot be read: {error.strerror}", hint="check the spelling"
        ) from error
    except UnicodeDecodeError as error:
        raise KgraphError(f"{file} is not UTF-8", hint="save it as UTF-8 first") from error
    head = text.partition("\n")[0]
    mark = max("\t", ";", ",", key=head.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    if not rows:
        raise KgraphError(
            f"{file} is empty", hint="name a table whose first line names its columns"
        )
    if column not in rows[0]:
        raise KgraphError(
            f"{file} has no column {column!r}", hint=f"its columns: {', '.join(rows[0])}"
        )
    at = rows[0].index(column)
    wanted = [" ".join(row[at].split()) if at < len(row) else "" for row in rows[1:]]
    distinct = list(dict.fromkeys(w for w in wanted if w))
    report = Report()
    chosen = service or Service(shipped_authority(authority or (), report))
    found = dict(
        zip(distinct, reconcile_names(distinct, chosen, type=type, limit=limit), strict=True)
    )
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*rows[0], f"{column}_id", f"{column}_name", f"{column}_score", f"{column}_match"])
    matched = 0
    for row, name in zip(rows[1:], wanted, strict=True):
        candidates = found.get(name) or [{}]
        matched += bool(candidates[0].get("match"))
        for c in candidates[:limit]:
            out.writerow(
                [*row, c.get("id", ""), c.get("name", ""), c.get("score", ""),
                 "yes" if c.get("match") else ""]
            )  # fmt: skip
    note(f"{len(distinct)} names, {matched} of {len(wanted)} rows matched")
    return 0
