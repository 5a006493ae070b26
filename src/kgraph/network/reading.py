"""Edge tables straight from sources, without a store: letter tables, edge tables, any format."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from kgraph.network import columns
from kgraph.network import tables as edge_tables
from kgraph.network.gathering import from_records
from kgraph.network.tables import LAYERS, EdgeTables, concat, unify
from kgraph.report import Report

LARGE = 16_000_000
"""Bytes from which a letter table is read as columns, names and dates as they stand."""


def tables_from(sources: Iterable[str], report: Report, jobs: int = 1) -> EdgeTables:
    """The tables of some sources; findings go to `report`.

    A folder of edge tables and a Parquet file are taken as columns, so is a CSV or TSV file
    that `columns.is_edges`, or a letter table of more than `LARGE` bytes for which the columns
    suffice; everything else is read as ``kgraph read`` does and its records gathered. Persons stay as each source
    names them: who is who across sources is found by ``kgraph build``.
    """
    from kgraph.sources import intake

    parts: list[EdgeTables] = []
    rest: list[str] = []
    for source in sources:
        path = Path(source)
        if path.is_dir() and any((path / f"{x}.parquet").is_file() for x in ("nodes", *LAYERS)):
            parts.append(edge_tables.read(path))
        elif path.is_file() and _as_columns(path):
            parts.append(columns.read(path, report))
        else:
            rest.append(source)
    if rest:
        parts.append(unify(from_records(intake.items(rest, report, jobs))))
    return parts[0] if len(parts) == 1 else concat(parts)


def _as_columns(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending not in columns.ENDINGS:
        return False
    if ending == ".parquet":
        return True
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = next(csv.reader(file, delimiter="," if ending == ".csv" else "\t"), [])
    if columns.is_edges(first):
        return True
    return path.stat().st_size > LARGE and columns.suffices(path, first)
