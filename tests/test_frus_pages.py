"""Single documents of the series as web pages show them; above each stands what a reader finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import frus_text, intake
from recorded import said

PAGES = sorted((Path(__file__).parent / "golden" / "frus_pages").glob("*.page"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page(path: Path, tmp_path: Path) -> None:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    wanted = msgspec.yaml.decode(head, type=dict[str, dict[str, Any]])
    file = tmp_path / "page.txt"
    file.write_text(body, "utf-8")
    assert intake.sniff(file.read_bytes(), file.name) is frus_text
    report = Report()
    found = {
        one.id.removeprefix("page/"): one
        for one in intake.read(file, report)
        if isinstance(one, Record)
    }
    assert not list(report)
    assert set(found) == set(wanted)
    for name, facts in wanted.items():
        told = {field: said(found[name], field) for field in facts}
        if "contains" in told:
            told["contains"] = [one.removeprefix("page/") for one in told["contains"]]
        assert told == facts, name
