"""Notices: nothing that an article claims is taken as the documents' own word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import notice
from recorded import compare

CASES = Path(__file__).parent / "golden" / "notice"


def records(path: Path) -> dict[str, Record]:
    return {r.id: r for r in notice.read(path, Report()) if isinstance(r, Record)}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_notice_is_read_as_was_checked(case: Path) -> None:
    path = next(one for one in case.iterdir() if one.suffix == ".txt")
    assert notice.sniff(path.read_bytes(), path.name)
    compare(case, notice.read(path, Report()))


def test_every_claim_shows_its_words() -> None:
    for record in records(CASES / "ledger" / "ledger.txt").values():
        claims = [r for r in record.remarks if r.kind == "claim"]
        assert len(claims) >= 5
        for claim in claims:
            assert " ".join(record.text[claim.start : claim.end].split()) == claim.value


def test_a_relative_day_is_kept_and_never_counted() -> None:
    article = records(CASES / "ledger" / "ledger.txt")["ledger"]
    assert article.date is None
    assert [(d.text, d.edtf) for d in article.other_dates] == [("3 days ago", None)]


def test_those_named_by_role_are_mentioned_with_it() -> None:
    described = records(CASES / "ledger" / "ledger.txt")["ledger/described"]
    assert [m.text for m in described.mentions if m.role == "photographer"] == [
        "A. Munk", "B. Olin", "C. Prahl",
    ]  # fmt: skip
    assert described.status == "cited"


def test_a_plain_letter_is_no_notice() -> None:
    assert not notice.sniff(b"Dear Anna,\n\nThe boat is in.\n\nYours,\nOlaf\n", "letter.txt")


@pytest.mark.shared
def test_the_seed_notice(shared: Path) -> None:
    found = records(shared / "sources" / "seeds" / "001_1a86000c7afb58d9.txt")
    assert set(found) == {"news/001", "news/001/described"}
    described = found["news/001/described"]
    assert described.date is not None
    assert described.date.edtf == "1963-11-23/1963-11-25"
    assert len([m for m in described.mentions if m.role == "photographer"]) == 3
