"""Invented pages in the layouts of digital archives; above each stands what a reader finds.

A `.page` file is a page's facts in YAML, a line of dashes, and the page. The facts
were written down before the reader was asked.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import archive_page
from recorded import said

PAGES = sorted((Path(__file__).parent / "golden" / "archive_pages").glob("*.page"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_an_invented_page(path: Path, tmp_path: Path) -> None:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    facts = msgspec.yaml.decode(head, type=dict[str, Any])
    stem = facts["id"].rpartition("/")[2]
    named = "saved" if stem.isdigit() or stem.startswith("node") else stem
    file = tmp_path / (named + (".html" if body.startswith("<") else ".txt"))
    file.write_text(body, "utf-8")
    assert archive_page.sniff(file.read_bytes(), file.name)
    report = Report()
    items = list(archive_page.read(file, report))
    one = next(item for item in items if isinstance(item, Record))
    found: dict[str, Any] = {}
    for key in facts:
        if key == "regest_starts":
            found[key] = (one.regest or "")[: len(facts[key])]
        elif key == "subject_has":
            found[key] = facts[key] if facts[key] in (one.subject or "") else one.subject
        else:
            found[key] = said(one, key)
    assert found == {
        k: str(v) if v is not None and k in ("date", "received") else v for k, v in facts.items()
    }
    assert not report.counts()
    for party in (*one.senders, *one.addressees, *one.participants):
        assert party.start is not None
        words = " ".join(re.findall(r"[^\s*]+", one.text[party.start : party.end]))
        assert words.casefold() == party.name.casefold()
