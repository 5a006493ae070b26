"""What a reviewer decided holds in every later build, and is put down to the reviewer."""

from __future__ import annotations

from pathlib import Path

from kgraph import queries
from kgraph.build import build
from kgraph.report import Report
from kgraph.sources.folders import within
from kgraph.store import open_store

DATA = """
source: letterbook
records:
  - id: lb/1
    form: letter
    title: A letter
    senders: [{name: Ann, id: person/test-ann}]
    addressees: [{name: Ben, id: person/test-ben}]
    date: 1871-03-02
  - id: copy/9
    form: letter
    title: The same letter in a copybook
    senders: [{name: Ann, id: person/test-ann}]
    addressees: [{name: Ben, id: person/test-ben}]
    date: 1871-03-03
persons:
  - {id: person/test-ann, label: Ann Archer}
  - {id: person/test-ben, label: Ben Baker}
"""
SOURCES = """
[[sources]]
id = "letterbook"
title = "A letter book"
kind = "letter book"
"""
DECISION = """
decision: accept
about: document
subject: copy/9
target: lb/1
reviewer: A. Historian
date: 2026-01-02
note: one hand, one seal
"""


def letters(home: Path) -> list[str | None]:
    rows = queries.select(open_store(home), "who-wrote-to-whom", {"sender": "person/test-ann"})
    return [row["documents"] for row in rows]


def test_an_accepted_pair_is_one_letter_and_the_reviewer_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "letters.yaml").write_text(DATA, "utf-8")
    (data / "sources.toml").write_text(SOURCES, "utf-8")
    report = Report()
    build([data], tmp_path / "store", jobs=1, report=report)
    assert letters(tmp_path / "store") == ["2"]

    (data / "decisions").mkdir()
    (data / "decisions" / "one.yaml").write_text(DECISION, "utf-8")
    build([data], tmp_path / "store", jobs=1, report=report)
    assert letters(tmp_path / "store") == ["1"]
    rows = queries.select(open_store(tmp_path / "store"), "same-document", {"document": "lb/1"})
    assert "A. Historian" in (rows[0]["reasons"] or "")
    assert [str(f) for f in report if f.severity == "error"] == []


def test_a_folder_of_decisions_alone_is_no_source_that_cannot_be_read(tmp_path: Path) -> None:
    kept = tmp_path / "mine" / "decisions"
    kept.mkdir(parents=True)
    (kept / "one.yaml").write_text(DECISION.lstrip(), "utf-8")
    assert list(within(tmp_path / "mine")) == []
    (kept / "letters.yaml").write_text("records: []\n", "utf-8")
    assert [p.name for p in within(tmp_path / "mine")] == ["letters.yaml", "one.yaml"]
