"""Lists at the head of papers printed as they were typed: receivers, copies, and papers behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import sources
from kgraph.model import Record
from kgraph.report import Report

HEAD = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Foreign Relations of the United States, 1969–1976</title></titleStmt></fileDesc></teiHeader><text><body>
<div type="compilation" xml:id="comp1">"""
FOOT = "</div></body></text></TEI>"


def listed(kind: str, head: str, *items: str) -> str:
    rows = "".join(f"<item>{item}</item>" for item in items)
    return f'<list type="{kind}"><head>{head}</head>{rows}</list>'


def document(number: int, head: str, *parts: str) -> str:
    return (
        f'<div type="document" xml:id="d{number}" n="{number}"><head>{number}. {head}</head>'
        f'<dateline><date when="1970-03-04">March 4, 1970</date></dateline>{"".join(parts)}</div>'
    )


WORDS = "<p>The Ruritanian Cabinet has at last agreed to talk about the harbor, and we should answer soon.</p>"


@pytest.fixture
def read(tmp_path: Path) -> dict[str, Record]:
    telegram = document(
        1, "Telegram 117 From the Department of State to the Embassy in Ruritania",
        listed("to", "ACTION:", "Amembassy STRELSAU PRIORITY"),
        listed("to", "INFO:", "Amembassy VADUZ", "CINCEUR", "Amconsul ZENDA Amembassy HENTZAU",
               "AMEMBASSY PARIS 3711", "ADDIS ABABA", "amembassy TUNIS"),
        listed("to", "DATE:", "March 4, 1970"), WORDS,
    )  # fmt: skip
    forwarding = document(
        2, "Memorandum From Harold Oakes of the National Security Council Staff to the President’s Assistant (Bramble)",
        "<p>THE WHITE HOUSE<lb/>WASHINGTON<lb/>March 4, 1970</p>",
        listed("memo", "MEMORANDUM FOR", "DR. BRAMBLE"), listed("from", "FROM:", "HAROLD OAKES"),
        WORDS, WORDS, "<p>[signed] Harold Oakes</p>",
        "<p>Department of State<lb/>AIRGRAM<lb/>A-91</p>",
        listed("to", "TO:", "Department of State"), listed("to", "INFO:", "Amembassy VADUZ"),
        listed("from", "FROM:", "Amembassy STRELSAU"), WORDS,
    )  # fmt: skip
    copied = document(
        3, "Memorandum From the Assistant Secretary (Pell) to the Secretary of State",
        listed("to", "TO:", "The Secretary"), WORDS, listed("to", "COPIES TO:", "AF - Mr. Quill", "AID"),
        listed("subject", "Distribution:", "CIA - Mr. Roe"), WORDS,
    )  # fmt: skip
    again = document(
        4, "Airgram A-14 From the Embassy in Ruritania to the Department of State",
        "<p>AIRGRAM<lb/>Department of State<lb/>A-14</p>", listed("to", "TO:", "Department of State"),
        WORDS, "<p>AIRGRAM<lb/>Department of State<lb/>A-14</p>",
        listed("to", "TO:", "Department of State"), WORDS,
    )  # fmt: skip
    path = tmp_path / "frus1969-76ve99.xml"
    path.write_text(HEAD + telegram + forwarding + copied + again + FOOT, "utf-8")
    found = sources.items([path], Report())
    return {item.id.split("/", 1)[1]: item for item in found if isinstance(item, Record)}


def test_those_for_information_get_copies(read: dict[str, Record]) -> None:
    names = [p.name for p in read["d1"].copies_to]
    assert names[:4] == ["Amembassy VADUZ", "CINCEUR", "Amconsul ZENDA", "Amembassy HENTZAU"]
    assert names[4:] == ["AMEMBASSY PARIS", "ADDIS ABABA", "amembassy TUNIS"]
    assert {p.kind for p in read["d1"].copies_to} == {"body"}
    assert [p.name for p in read["d1"].addressees] == ["Embassy in Ruritania"]


def test_the_post_of_a_list_tells_where_a_telegram_goes(read: dict[str, Record]) -> None:
    place = read["d1"].place_to
    assert place is not None
    assert (place.name, place.certainty) == ("Strelsau", "inferred")


def test_a_paper_behind_a_document_is_one_of_its_own(read: dict[str, Record]) -> None:
    assert read["d2"].contains == (f"{read['d2'].id}/1",)
    inner = read["d2/1"]
    assert [p.name for p in inner.senders] == ["Amembassy STRELSAU"]
    assert [p.name for p in inner.addressees] == ["Department of State"]
    assert [p.name for p in inner.copies_to] == ["Amembassy VADUZ"]
    assert inner.text.startswith("Department of State\nAIRGRAM")
    assert read["d2"].copies_to == ()
    assert [p.name for p in read["d2"].addressees] == ["Bramble"]


def test_every_party_of_the_paper_behind_stands_in_its_text(read: dict[str, Record]) -> None:
    inner = read["d2/1"]
    for one in (*inner.senders, *inner.addressees, *inner.copies_to):
        assert inner.text[one.start : one.end] == one.name


def test_lists_of_copies_open_no_paper(read: dict[str, Record]) -> None:
    assert read["d3"].contains == ()
    assert [p.name for p in read["d3"].copies_to] == ["Quill", "AID", "Roe"]


def test_a_page_that_repeats_the_heading_is_no_new_paper(read: dict[str, Record]) -> None:
    assert read["d4"].contains == ()


def only(tmp_path: Path, head: str, *parts: str) -> Record:
    (tmp_path / "one.xml").write_text(HEAD + document(1, head, *parts) + FOOT)
    [one] = [i for i in sources.items([tmp_path / "one.xml"], Report()) if isinstance(i, Record)]
    return one


def test_lines_of_a_paper_that_name_its_ends_where_its_heading_names_none(tmp_path: Path) -> None:
    paper = only(
        tmp_path, "Paper on the Harbor", "<p>From: Bureau of Harbors.</p>", "<p>To: Division of Piers.</p>",
        "<p>Subject: Dredging.</p>", WORDS,
    )  # fmt: skip
    assert [p.name for p in paper.senders] == ["Bureau of Harbors"]
    assert [p.name for p in paper.addressees] == ["Division of Piers"]


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        ("Number 611, personal and secret, from the President for the Regent.", ["611"]),
        ("No. 48, most secret, for the Regent alone.", ["48"]),
        ("Number 612.", ["612"]),
        ("Your 772. I was glad to have your account of the harbor.", []),
        ("Embtel 31. I was glad to have your account of the harbor.", []),
        ("Polto 31. I was glad to have your account of the harbor.", ["Polto 31"]),
    ],
)
def test_the_number_with_which_a_telegram_opens_is_its_own(
    tmp_path: Path, opening: str, number: list[str]
) -> None:
    wire = only(tmp_path, "Telegram From President Pell to the Regent of Ruritania", f"<p>{opening}</p>", WORDS)  # fmt: skip
    assert [n.value for n in wire.numbers if n.kind == "telegram"] == number


def test_a_source_note_without_its_colon(tmp_path: Path) -> None:
    note = '<note n="1" type="source">Source Department of State, Central Files, 795.00/12-258. Confidential.</note>'
    paper = only(tmp_path, f"Letter From Mr. Pell to Mr. Orde{note}", WORDS)
    assert (paper.classification, paper.holdings[0].shelfmark) == ("Confidential", "Central Files, 795.00/12-258")  # fmt: skip
