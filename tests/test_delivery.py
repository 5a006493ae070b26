"""How letters travelled, as the telegrams that carry them tell. All texts are invented."""

from __future__ import annotations

from pathlib import Path

from kgraph.extract.legs import find_legs
from kgraph.model import Party, Record
from kgraph.report import Report
from kgraph.sources import frus_tei, frus_text

COVERED = """1. Telegram From the Embassy in Ruritania to the Department of State

Source: Department of State, Central Files, 611.00/1–261. Secret; Priority.

Strelsau, January 2, 1961, 6 p.m.

214. Following is translation of letter from Prime Minister Tarn to President Vance handed me by Foreign Minister Brandl today. Original being air pouched.

Begin Text

Dear Mr. President:

The harvest of this year has failed in three of our valleys, and I turn to you with a request for grain.

Oskar Tarn

End Text.

Marlow

2. Telegram From the Department of State to the Embassy in Ruritania

Source: Department of State, Central Files, 611.00/1–261. Secret; Priority.

Washington, January 9, 1961, 3 p.m.

88. Please deliver following message from President Vance to Prime Minister Tarn:

“Dear Mr. Prime Minister:

The grain that you asked for will leave our ports within the week, and more will follow as we find ships.

Edwin Vance”

3. Telegram From the Embassy in Ruritania to the Department of State

Source: Department of State, Central Files, 611.00/1–261. Secret.

Strelsau, January 12, 1961, 1 p.m.

230. Tarn delivered a speech to Parliament today. Wheat is being delivered to the mills.
"""


def read(tmp_path: Path) -> dict[str, Record]:
    path = tmp_path / "frus1999v01.txt"
    path.write_text(COVERED, encoding="utf-8")
    items = [item for item in frus_text.read(path, Report()) if isinstance(item, Record)]
    return {item.id.partition("/")[2]: item for item in items}


def ways(record: Record) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (leg.from_.name if leg.from_ else None, leg.mode, leg.to.name if leg.to else None)
        for leg in record.legs
    ]


def test_a_letter_handed_over_goes_on_by_the_telegram(tmp_path: Path) -> None:
    letter = read(tmp_path)["d1/1"]
    assert ways(letter)[:2] == [
        ("Brandl", "hand delivery", "Marlow"),
        ("Embassy in Ruritania", "embassy cable", "Department of State"),
    ]
    assert ways(letter)[2][1] == "air pouch"
    handed = letter.legs[0]
    assert handed.words is not None
    assert "Brandl" in handed.words
    assert handed.date is not None
    assert handed.date.edtf == "1961-01-02"


def test_the_telegram_itself_has_the_hop_of_its_heading(tmp_path: Path) -> None:
    assert ways(read(tmp_path)["d1"]) == [
        ("Embassy in Ruritania", "embassy cable", "Department of State")
    ]


def test_a_heading_names_the_channel_of_a_message(tmp_path: Path) -> None:
    path = tmp_path / "ways.txt"
    path.write_text(
        """Foreign Relations of Nowhere, 1969-1976

12. Backchannel Message From the Ambassador to Ruritania (Orde) to the President’s Assistant for National Security Affairs (Quill)

Strelsau, March 3, 1972, 1120Z.

1. I saw the Minister.

13. Message From the Special Representative (Ellis Bunting) via Central Intelligence Agency Channels to the White House

Strelsau, March 4, 1972.

I saw him again.

14. Hotline Message From President Carver to General Secretary Orlov

Washington, March 5, 1972.

Dear Mr. General Secretary,

15. Telegram From the Ambassador in Ruritania (Orde), via Navy Channels, to the Secretary of State

Strelsau, March 6, 1972.

I saw nobody.
"""
    )
    records = [r for r in frus_text.read(path, Report()) if isinstance(r, Record)]
    ways = [[(leg.mode, leg.channel) for leg in r.legs] for r in records]
    assert ways == [
        [("telegram", "back channel")],
        [("telegram", "back channel")],
        [("hot line", None)],
        [("embassy cable", None)],
    ]
    assert [leg.from_.name for r in records for leg in r.legs if leg.from_] == [
        "Orde", "Ellis Bunting", "Carver", "Orde",
    ]  # fmt: skip


def test_an_order_to_deliver_is_a_leg_still_to_be_done(tmp_path: Path) -> None:
    letter = read(tmp_path)["d2/1"]
    last = letter.legs[-1]
    assert last.status == "intended"
    assert ways(letter)[-1] == ("Embassy in Ruritania", "hand delivery", "Tarn")


def test_speeches_and_goods_are_no_legs(tmp_path: Path) -> None:
    assert [mode for _, mode, _ in ways(read(tmp_path)["d3"])] == ["embassy cable"]


def test_a_letter_names_its_own_bearer() -> None:
    words = (
        "Dear Mr. Prime Minister: I am sending this letter by the hand of Otto Krenz, who knows it."
    )
    sender, reader = Party(name="Vance", kind="person"), Party(name="Tarn", kind="person")
    (leg,) = find_legs(words, sender=sender, addressee=reader, writer=sender)
    assert leg.by is not None
    assert (leg.by.name, leg.mode) == ("Otto Krenz", "hand delivery")


def test_a_press_release_is_its_office_s() -> None:
    words = (
        "This source text is a press release from the Office of the Palace Press Secretary, "
        "which was marked for release at 6 p.m. May 4."
    )
    (leg,) = find_legs(words, where="note")
    assert leg.from_ is not None
    assert leg.from_.name == "Office of the Palace Press Secretary"
    assert leg.mode == "press release"


VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<div type="document" xml:id="d1" n="1"><note type="source">611.00/1–244: Telegram</note>
<head>The Ambassador in Ruritania (Marlow) to the Secretary of State<note n="2">Handed to Quibble by the
Sylvanian Minister on January 4; forwarded to Vance, who was then at Lake Doe, as telegram No. Green 7.</note></head>
<opener><dateline><placeName>Strelsau</placeName>, <date when="1944-01-02">January 2, 1944</date>.</dateline></opener>
<p>77. I am cabling you below the text of a letter dated January 1 which I have received from Mr. Brandl:</p>
<quote><p>“The harvest has failed in three valleys, and grain is asked for.”</p></quote>
<p>In the letter the following paragraph also occurs:</p>
<quote><p>“No grain will be asked for in the next year, nor in the year that follows it.”</p></quote>
<p>I also cabled the mission at Vaduz, whose answer is this:</p>
<quote><p>“Your telegram No. 9. There is grain enough here for one valley, and it can be sent.”</p></quote>
<closer><signed><persName>Marlow</persName></signed></closer></div>
</body></text></TEI>"""


def read_volume(tmp_path: Path) -> dict[str, Record]:
    path = tmp_path / "frus1944Rur.xml"
    path.write_text(VOLUME, encoding="utf-8")
    items = [item for item in frus_tei.read(path, Report()) if isinstance(item, Record)]
    return {item.id.partition("/")[2]: item for item in items}


def test_an_editor_s_footnote_to_the_heading_tells_the_way(tmp_path: Path) -> None:
    assert ways(read_volume(tmp_path)["d1"])[1:] == [
        ("Sylvanian Minister", "hand delivery", "Quibble"),
        ("Quibble", "telegram", "Vance"),
    ]


def test_a_text_announced_whole_is_a_document_and_a_passage_is_none(tmp_path: Path) -> None:
    records = read_volume(tmp_path)
    assert records["d1"].contains == ("frus1944Rur/d1/1", "frus1944Rur/d1/2")
    letter, answer = records["d1/1"], records["d1/2"]
    assert [p.name for p in letter.senders] == ["Brandl"]
    assert [p.name for p in letter.addressees] == ["Marlow"]
    assert letter.date is not None
    assert letter.date.edtf == "1944-01-01"
    assert (letter.form, answer.form) == ("letter", "telegram")
