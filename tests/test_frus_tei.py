"""FRUS volumes in TEI and as plain text: the same invented documents, read both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.model import Person, Record
from kgraph.report import Report
from kgraph.sources import frus_tei, frus_text

VOLUME = Path(__file__).parent / "golden" / "frus_tei" / "volume" / "frus1999v01.xml"
TEXT = """1. Telegram From the Embassy in Ruritania to the Department of State

Source: Department of State, Central Files, 611.00/1–261. Secret; Priority.

Strelsau, January 2, 1961, 6 p.m.

214. Following is translation letter from Tarn to President handed me this noon:

Begin Text

Dear Mr. President:

The harvest of this year has failed in three of our valleys, and I turn to you with a request for grain.

Oskar Tarn

December 30, 1960. End Text.

Marlow

2. Letter From Prime Minister Tarn and King Rudolf to President Vance

Strelsau, undated.

Dear Mr. President: We thank you for the grain.

3. Memorandum of Conversation

Source: Department of State, Central Files, 611.00/1–961. Confidential.

Washington, January 9, 1961.

SUBJECT

Grain

PARTICIPANTS

United States

Arthur B. Marlow, Ambassador in Ruritania

Dr. Elias Horn, Ruritanian Minister of Food

The Minister opened by speaking of grain.
"""


def read(path: Path, reader: object = frus_tei) -> tuple[dict[str, Record], Report]:
    report = Report()
    found = [one for one in reader.read(path, report) if isinstance(one, Record)]  # type: ignore[attr-defined]
    return {one.id: one for one in found}, report


@pytest.fixture(scope="module")
def volume() -> dict[str, Record]:
    records, report = read(VOLUME)
    assert not list(report)
    return records


def test_every_document_and_what_it_carries_has_a_record(volume: dict[str, Record]) -> None:
    assert list(volume) == [
        "frus1999v01/d1", "frus1999v01/d1/1", "frus1999v01/d2", "frus1999v01/d3",
        "frus1999v01/d4", "frus1999v01/d4/1", "frus1999v01/d5",
    ]  # fmt: skip
    assert volume["frus1999v01/d1"].contains == ("frus1999v01/d1/1",)
    assert volume["frus1999v01/d4/1"].part_of == "frus1999v01/d4"


def test_every_span_shows_its_words(volume: dict[str, Record]) -> None:
    for record in volume.values():
        for one in (*record.senders, *record.addressees, *record.participants, *record.signed):
            if one.start is not None:
                assert record.text[one.start : one.end] == one.name
        if record.date is not None and record.date.start is not None:
            assert record.text[record.date.start : record.date.end] == record.date.text


def test_what_a_carried_letter_mentions_stands_in_its_own_record(volume: dict[str, Record]) -> None:
    telegram, letter = volume["frus1999v01/d1"], volume["frus1999v01/d1/1"]
    assert all(letter.text[m.start : m.end] == m.text for m in letter.mentions)
    assert all(telegram.text[m.start : m.end] == m.text for m in telegram.mentions)
    start = telegram.text.index(letter.text)
    inside = [m for m in telegram.mentions if start <= (m.start or 0) < start + len(letter.text)]
    assert letter.mentions
    assert inside == []


def test_a_letter_carried_in_a_telegram(volume: dict[str, Record]) -> None:
    letter = volume["frus1999v01/d1/1"]
    assert [one.name for one in letter.senders] == ["Tarn"]
    assert [one.name for one in letter.addressees] == ["President"]
    assert letter.date is not None
    assert letter.date.edtf == "1960-12-30"
    assert letter.text.startswith("Dear Mr. President:")
    assert "air pouch" not in letter.text


def test_joint_senders_keep_the_markup_s_identifiers(volume: dict[str, Record]) -> None:
    letter = volume["frus1999v01/d2"]
    assert [(one.name, one.ref) for one in letter.senders] == [
        ("Tarn", "frus1999v01#p_TO1"),
        ("Rudolf", None),
    ]


def test_an_undated_letter_lies_between_its_neighbours(volume: dict[str, Record]) -> None:
    date = volume["frus1999v01/d2"].date
    assert date is not None
    assert (date.text, date.edtf, date.certainty) == (
        "undated",
        "1961-01-02/1961-01-09",
        "inferred",
    )
    assert date.note is not None
    assert "before and after" in date.note


def test_participants_are_persons_and_not_the_sides_they_sit_on(volume: dict[str, Record]) -> None:
    talk = volume["frus1999v01/d3"]
    assert [one.name for one in talk.participants] == ["Arthur B. Marlow", "Elias Horn"]
    assert talk.subject == "Grain"
    assert talk.senders == ()


def test_receipt_and_number_of_a_despatch(volume: dict[str, Record]) -> None:
    despatch = volume["frus1999v01/d4"]
    assert despatch.received is not None
    assert despatch.received.edtf == "1961-01-14"
    assert "77" in [one.value for one in despatch.numbers]
    assert [one.name for one in despatch.signed] == ["Thomas Bell"]


def test_an_editorial_note_has_no_sender_and_no_date(volume: dict[str, Record]) -> None:
    note = volume["frus1999v01/d5"]
    assert (note.form, note.senders, note.addressees, note.date) == ("editorial-note", (), (), None)


def test_the_volume_s_list_of_persons() -> None:
    persons = [i for i in frus_tei.read(VOLUME, Report()) if isinstance(i, Person)]
    assert [(p.id, p.sort, p.note) for p in persons] == [
        ("person/frus1999v01/p_MA1", "Marlow, Arthur B.", "Ambassador in Ruritania"),
        ("person/frus1999v01/p_TO1", "Tarn, Oskar", "Prime Minister of Ruritania"),
    ]


def test_plain_text_gives_the_same_parties_dates_and_places(
    volume: dict[str, Record], tmp_path: Path
) -> None:
    path = tmp_path / "frus1999v01.txt"
    path.write_text(TEXT, "utf-8")
    assert frus_text.sniff(TEXT.encode(), path.name)
    records, report = read(path, frus_text)
    assert not list(report)
    for id_ in ("frus1999v01/d1", "frus1999v01/d1/1", "frus1999v01/d2", "frus1999v01/d3"):
        plain, marked = records[id_], volume[id_]
        for field in ("senders", "addressees", "participants"):
            assert [one.name for one in getattr(plain, field)] == [
                one.name for one in getattr(marked, field)
            ]
        assert plain.form == marked.form
        assert plain.date is not None
        assert marked.date is not None
        assert plain.date.edtf == marked.date.edtf
        assert (plain.place and plain.place.name) == (marked.place and marked.place.name)


@pytest.mark.parametrize("join", [" ", "\n"])
def test_a_text_that_runs_on_keeps_heading_and_dateline(tmp_path: Path, join: str) -> None:
    path = tmp_path / "frus1999v01_d1.txt"
    path.write_text(join.join(TEXT.split("\n\n")[:4]), "utf-8")
    records, _ = read(path, frus_text)
    record = records["frus1999v01/d1"]
    assert [one.name for one in record.addressees] == ["Department of State"]
    assert record.place is not None
    assert record.place.name == "Strelsau"
    assert record.date is not None
    assert record.date.edtf == "1961-01-02T18:00:00"


def test_a_broken_volume_is_one_finding_and_what_stands_before_is_read(tmp_path: Path) -> None:
    path = tmp_path / "frus1999v02.xml"
    path.write_text(
        VOLUME.read_text("utf-8").replace(
            "</head>\n        <dateline><placeName>Washington", "<dateline><placeName>Washington", 1
        ),
        "utf-8",
    )
    records, report = read(path)
    assert [one.code for one in report] == ["xml-broken"]
    assert ":" in next(iter(report)).where
    assert records["frus1999v01/d1"].senders[0].name == "Embassy in Ruritania"


def test_a_truncated_volume_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "frus1999v03.xml"
    text = VOLUME.read_text("utf-8")
    path.write_text(text[: len(text) // 2], "utf-8")
    _, report = read(path)
    assert [one.code for one in report] == ["xml-broken"]


def test_an_entity_bomb_does_not_go_off(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE TEI [<!ENTITY a "boom"><!ENTITY b "'
        + "&a;" * 50
        + '"><!ENTITY c "'
        + "&b;" * 50
        + '">]>'
    )
    text = (
        VOLUME.read_text("utf-8")
        .replace("?>", f"?>{bomb}", 1)
        .replace("We thank you", "&c; We thank you")
    )
    path = tmp_path / "frus1999v04.xml"
    path.write_text(text, "utf-8")
    records, _ = read(path)
    assert len(records["frus1999v01/d2"].text) < 500


def test_a_volume_of_the_series(shared: Path) -> None:
    path = shared / "sources" / "frus-tei" / "frus1961-63v06.xml"
    records, report = read(path)
    assert not report.has_errors
    assert [one.name for one in records["frus1961-63v06/d18"].senders] == ["Khrushchev", "Brezhnev"]
    assert sum("/" not in id_.split("/", 1)[1] for id_ in records) == 120


def test_a_remark_within_the_text_stays_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "frus1999v02.xml"
    file.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1999v02"><text><body>'
        '<div type="document" xml:id="d1"><head>Mr. Pell to Mr. Orde.</head>'
        '<note rend="inline">[Telegram.]</note><p>The quay has sunk.</p>'
        '<p>All is lost <note rend="inline">[No. 5 is illegible]</note> but the lamp.</p></div>'
        "</body></text></TEI>",
        "utf-8",
    )
    one = read(file)[0]["frus1999v02/d1"]
    assert one.text.endswith("All is lost [No. 5 is illegible] but the lamp.")
    assert one.form == "telegram"
    assert not one.numbers


def test_a_post_that_list_and_note_both_name_has_one_copy(tmp_path: Path) -> None:
    path = tmp_path / "frus1971v99.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1971v99"><text><body><div type="document" n="1" xml:id="d1">'
        '<head>1. Telegram 12 From the Embassy in Ruritania to the Department of State<note n="1" type="source">Source: '
        "National Archives, RG 59, Central Files 1970–73, POL RUR–US. Secret. Repeated to London and Paris. Translated by the "
        "Department’s Division of Language Services.</note></head>"
        '<list type="info"><head>INFO:</head><item>Amembassy LONDON</item></list>'
        "<p>The Minister said that nothing had changed since the last report.</p></div></body></text></TEI><!-- history.state.gov/frus -->",
        "utf-8",
    )
    record = next(one for one in frus_tei.read(path, Report()) if isinstance(one, Record))
    assert [p.name for p in record.copies_to] == ["Amembassy LONDON", "Paris"]
    assert [p.name for p in record.translators] == ["Division of Language Services"]


NOTED = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1999v02"><text><body>
<div type="document" xml:id="d1" n="1"><head>1. Telegram From the Embassy in Ruritania to the Department of State
<note n="1" xml:id="d1fn1"{type}><p>Source: Department of State, Central Files, 611.57/3–1258. Secret.</p>
<p>The Embassy wrote again on May 5.</p></note></head>
<opener><dateline><placeName>Strelsau</placeName>, <date>March 12, 1958—6 p.m.</date></dateline></opener>
<p>1204. The ships are late.</p></div></body></text></TEI>"""


@pytest.mark.parametrize("type_", ["", ' type="source"'])
def test_a_source_note_of_several_paragraphs_is_no_text_of_the_document(
    tmp_path: Path, type_: str
) -> None:
    path = tmp_path / "frus1999v02.xml"
    path.write_text(NOTED.replace("{type}", type_), "utf-8")
    one = read(path)[0]["frus1999v02/d1"]
    assert one.classification == "Secret"
    assert [held.shelfmark for held in one.holdings] == ["Central Files, 611.57/3–1258"]
    assert one.numbers[0].value == "1204"
