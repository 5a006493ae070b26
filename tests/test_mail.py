"""Electronic mail: who wrote to whom and when, what answers what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import intake, mail

SAMPLE = Path(__file__).parent / "fuzz" / "samples" / "mail" / "tides.mbox"


def records(path: Path) -> tuple[list[Record], list[str]]:
    report = Report()
    found = [r for r in intake.read(path, report) if isinstance(r, Record)]
    return found, [f.code for f in report]


def test_an_mbox_file() -> None:
    (first, second), codes = records(SAMPLE)
    assert codes == []
    assert [(p.name, p.ref) for p in first.senders] == [("Ada Marl", "mailto:ada@tides.example")]
    assert [p.name for p in first.addressees] == ["bo@tides.example", "Rider, Cy"]
    assert [p.name for p in first.copies_to] == ["Dee Hale"]
    assert first.date is not None
    assert (first.date.edtf, first.date.zone) == ("2001-05-14T16:39:00", "-07:00")
    assert first.title == "The lamp of Ålesund"
    assert "The lamp is out again." in first.text
    assert [(r.type, r.target) for r in second.relations] == [("reply-to", "<m1@tides.example>")]
    assert "Which lamp?" in second.text
    assert "<p>" not in second.text
    assert [r.value for r in second.remarks] == ["text/html"]


def test_one_message_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_text(
        "Received: from nowhere\nFrom: Ada <a@x.example>\nTo: Bo <b@x.example>\n"
        "Date: Mon, 14 May 2001 16:39:00 +0000\nSubject: Salt\n\nSend salt.\n",
        "utf-8",
    )
    (one,), codes = records(path)
    assert (one.senders[0].name, one.addressees[0].name, codes) == ("Ada", "Bo", [])


def test_a_date_that_is_none_costs_a_finding_and_not_the_message(tmp_path: Path) -> None:
    path = tmp_path / "m.mbox"
    path.write_text(
        "From a@x.example Mon May 14 16:39:00 2001\nFrom: a@x.example\nTo: b@x.example\nDate: soon\n\nHm.\n",
        "utf-8",
    )
    (one,), codes = records(path)
    assert one.date is not None
    assert one.date.edtf is None
    assert codes == ["date-unreadable"]


@pytest.mark.parametrize(
    "text",
    [
        "TO: The Secretary\nFROM: The Counselor\nDATE: May 4, 1961\nSUBJECT: Salt\n\nWe have none.\n",
        "From Ada to Bo, at 10:30 in May 1931\n\nThe lamp is out.\n",
    ],
)
def test_a_memorandum_is_no_mail(text: str) -> None:
    assert not mail.sniff(text.encode(), "memo.txt")
