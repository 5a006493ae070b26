"""Invented compendia; above each stands what a reader finds, written before the reader was asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import compendium
from recorded import said

TEXTS = sorted((Path(__file__).parent / "golden" / "compendia").glob("*.page"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_an_invented_compendium(path: Path, tmp_path: Path) -> None:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    facts = msgspec.yaml.decode(head, type=dict[str, dict[str, Any]])
    file = tmp_path / "x.txt"
    file.write_text(body, "utf-8")
    assert compendium.sniff(file.read_bytes(), file.name)
    report = Report()
    records = {r.id: r for r in compendium.read(file, report) if isinstance(r, Record)}
    found = {id: {f: said(records[id], f) for f in facts[id]} for id in facts if id in records}
    wanted = {
        id: {f: str(v) if f == "date" else v for f, v in fields.items()}
        for id, fields in facts.items()
    }
    assert found == wanted
    assert not report.counts()
