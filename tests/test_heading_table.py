"""A table of headings of every era, with invented names and what a reader takes from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.extract.headings import read_heading
from kgraph.model import Party

TABLE = Path(__file__).parent / "golden" / "headings" / "headings.txt"
ROWS = [
    line.split("|")
    for line in TABLE.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def _names(parties: tuple[Party, ...]) -> str:
    return " ; ".join(one.name for one in parties)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:70])
def test_a_heading_is_read_as_a_careful_reader_would(row: list[str]) -> None:
    text, *wanted = row
    heading = read_heading(text)
    found = [
        heading.form,
        _names(heading.senders),
        _names(heading.addressees),
        _names(heading.participants),
        _names(heading.drafters),
    ]
    judged = [(want, got) for want, got in zip(wanted, found, strict=True) if want != "*"]
    assert [got for _, got in judged] == [want for want, _ in judged]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:70])
def test_each_party_of_a_heading_stands_where_its_span_says(row: list[str]) -> None:
    heading = read_heading(row[0], offset=5)
    for one in (*heading.senders, *heading.addressees, *heading.participants, *heading.drafters):
        assert one.start is not None
        assert one.end is not None
        assert row[0][one.start - 5 : one.end - 5] == one.name
