"""Texts of one document; above each stands what a reader finds, written before it was asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import intake, single_document
from recorded import said

TEXTS = sorted((Path(__file__).parent / "golden" / "single_documents").glob("*.page"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_by_itself(path: Path, tmp_path: Path) -> None:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    facts = msgspec.yaml.decode(head, type=dict[str, Any])
    file = tmp_path / f"{facts['id']}.txt"
    file.write_text(body, "utf-8")
    assert intake.sniff(file.read_bytes(), file.name) is single_document
    report = Report()
    one = next(r for r in intake.read(file, report) if isinstance(r, Record))
    assert {f: said(one, f) for f in facts} == {
        f: str(v) if f == "date" else v for f, v in facts.items()
    }
    assert not report.counts()


@pytest.mark.parametrize(
    "text",
    [
        "Chapter 1\n\nIt was a secret that the copy was no copy, said Anna on May 4, 1931.\n",
        "def secret(copy):\n    return copy\n",
        "To do: buy oil. Dear me.\n",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert not single_document.sniff(text.encode(), "text.txt")
