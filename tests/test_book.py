"""Paged books of documents: pages, headings, notes, lists and indexes."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract import covers, fonds, naming, titles
from kgraph.model import Person, PlaceEntry, Record
from kgraph.report import Report
from kgraph.sources import book, book_notes, book_pages
from recorded import compare

CASES = Path(__file__).parent / "golden" / "book"
LIGHTHOUSE = CASES / "lighthouse" / "pages"


def records(path: Path, report: Report | None = None) -> dict[str, Record]:
    found = book.read(path, report if report is not None else Report())
    return {one.id: one for one in found if isinstance(one, Record)}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_book_is_read_as_was_checked(case: Path) -> None:
    compare(case, book.read(case / "pages", Report()))


def test_every_character_of_the_joined_text_knows_its_page() -> None:
    pages = book_pages.load(LIGHTHOUSE, Report())
    stream = book_pages.join(pages)
    assert len(stream.text) == len(stream.origin)
    for at in range(0, len(stream.text), 7):
        index, offset = stream.place(at)
        if not stream.text[at].isspace():
            assert pages[index].text[offset] == stream.text[at]


def test_heads_numbers_and_footnotes_are_no_part_of_the_text() -> None:
    text = book_pages.join(book_pages.load(LIGHTHOUSE, Report())).text
    assert "roof copy" not in text
    assert "stamp" not in text
    assert "\n3\n" not in text


def test_missing_pages_and_documents_are_told() -> None:
    report = Report()
    found = records(LIGHTHOUSE, report)
    assert report.counts() == {"page-missing": 1, "document-missing": 1}
    assert found["lighthouse/4"].status == "missing"


def test_marks_of_notes_are_cut_out_of_words_dates_and_numbers() -> None:
    found = records(LIGHTHOUSE)
    assert "May 1, 1951\n" in found["lighthouse/1"].text
    assert "He asks for oil.\n" in found["lighthouse/1"].text
    assert "May 4, 1951\n" in found["lighthouse/2"].text
    assert "Havnborg No. 814)" in found["lighthouse/2"].text


def test_a_second_transcript_of_a_page_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "lighthouse" / "pages"
    shutil.copytree(LIGHTHOUSE, folder)
    twice = (folder / "page_0005.txt").read_text("utf-8")
    (folder / "page_0006.txt").write_text(twice.replace("adopted", "accepted"), "utf-8")
    report = Report()
    assert {r.id: r.copies_to for r in records(folder, report).values()} == {
        r.id: r.copies_to for r in records(LIGHTHOUSE).values()
    }
    assert "page-twice" in report.counts()


def test_one_long_text_gives_what_the_folder_gives(tmp_path: Path) -> None:
    path = tmp_path / "lighthouse.txt"
    path.write_text(
        "\f".join(p.read_text("utf-8") for p in sorted(LIGHTHOUSE.glob("*.txt"))), "utf-8"
    )
    assert book.sniff(path.read_bytes(), path.name)
    one, other = records(path), records(LIGHTHOUSE)
    assert set(one) == set(other)
    for ident, record in one.items():
        assert record.text == other[ident].text
        assert record.senders == other[ident].senders
        assert record.date == other[ident].date


def test_a_date_of_receipt_is_no_date_of_writing() -> None:
    letter = records(LIGHTHOUSE)["lighthouse/3"]
    assert letter.date is not None
    assert (letter.date.edtf, letter.date.certainty) == ("1951-06", "inferred")
    assert letter.received is not None
    assert letter.received.edtf == "1951-07-02"
    assert [leg.mode for leg in letter.legs if leg.series == "way"] == ["mail"]


def test_where_list_and_heading_differ_both_stay() -> None:
    note = records(LIGHTHOUSE)["lighthouse/2"]
    assert note.date is not None
    assert note.date.edtf == "1951-05-04"
    assert [(d.edtf, d.rule) for d in note.other_dates] == [("1951-05-05", "list-of-documents")]


def test_indexes_become_persons_and_places() -> None:
    found = list(book.read(LIGHTHOUSE, Report()))
    persons = {one.label: one for one in found if isinstance(one, Person)}
    assert set(persons) == {"Olaf Haugen", "A.B. Torvich", "P.R. Vetrov"}
    assert set(persons["Olaf Haugen"].variants) == {"Haugen Olaf", "Hogen Olaf", "Hogen"}
    places = {one.label: one for one in found if isinstance(one, PlaceEntry)}
    assert places["Havnborg"].within == places["Norlandia"].id
    assert "North Land" in places["Norlandia"].variants


def test_a_folder_of_other_things_is_one_finding(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"page_{number}.txt").write_text("Only talk of the weather.\n", "utf-8")
    report = Report()
    assert list(book.read(tmp_path, report)) == []
    assert list(report.counts()) == ["book-no-documents"]


@pytest.mark.parametrize(
    ("words", "number", "left"),
    [
        ("It was opened in 195118 again", 18, "It was opened in 1951 again"),
        ("No. 5   May 1, 195118\n", 18, "No. 5   May 1, 1951\n"),
        ("The oil18. Then", 18, "The oil. Then"),
        ("in the strait[18] he", 18, "in the strait he"),
        ("in the strait¹⁸ he", 18, "in the strait he"),
        ("the telegram No. 814; 81418. Send it", 18, "the telegram No. 814; 814. Send it"),
        ("F. 3. L.18. Copy", None, "F. 3. L.18. Copy"),
        ("at 5:18 and", None, "at 5:18 and"),
        ("about 1918 men", None, "about 1918 men"),
    ],
)
def test_what_is_a_mark_and_what_is_not(words: str, number: int | None, left: str) -> None:
    page = book_pages.Page(number=1, text=words, name="p", body=[(0, len(words))])
    clean, marks = book_notes.cut_marks(book_pages.join([page]), set(range(1, 30)))
    assert [mark.number for mark in marks] == ([] if number is None else [number])
    assert clean.text.rstrip("\n") == left.rstrip("\n")


def test_a_note_that_lost_its_mark_goes_to_the_one_paper_it_can_be_of() -> None:
    words = {
        3: "The adopted resolution was sent to A.B. Torvich and to the management of the Lights Office.",
        4: "Resolution was adopted at the meeting of the Council, distributed to K.L. Zubarin and Yu.V. Orlin.",
        5: "The cover note was also sent to A.B. Torvich on May 9, 1951, No. 17/k.",
    }
    notes = [book_notes.Note(n, n, text, 0) for n, text in words.items()]
    order = ["b/1", "b/2", "b/3", "b/4", "b/5"]
    kinds = {
        "b/2": ("resolution", "resolution"),
        "b/4": ("resolution", ""),
        "b/5": ("note", "cover note"),
    }
    found = book_notes.assign(notes, {2: "b/1", 6: "b/5"}, order, {}, kinds=kinds)
    assert {doc: [n.number for n in got] for doc, got in found.items()} == {"b/5": [5]}
    found = book_notes.assign(notes, {3: "b/2", 6: "b/5"}, order, {}, kinds=kinds)
    assert {doc: [n.number for n in got] for doc, got in found.items()} == {
        "b/2": [3], "b/4": [4], "b/5": [5],
    }  # fmt: skip
    assert [[one.name for one in book_notes.copies(n)] for n in notes] == [
        ["A.B. Torvich", "management of the Lights Office"], ["K.L. Zubarin", "Yu.V. Orlin"], ["A.B. Torvich"],
    ]  # fmt: skip


def test_a_note_with_the_draft_of_a_resolution_is_for_who_resolves(tmp_path: Path) -> None:
    folder = tmp_path / "lighthouse" / "pages"
    shutil.copytree(LIGHTHOUSE, folder)
    for page in folder.glob("*.txt"):
        words = page.read_text("utf-8").replace("TO CC CPSU\n", "")
        page.write_text(
            words.replace("HAVNBORG\nSOVPOSOL\n\nTell", "HARBOUR BOARD RESOLUTION\nOn oil\n\nTell"),
            "utf-8",
        )
    note = records(folder)["lighthouse/2"]
    assert [(one.name, one.certainty, one.rule) for one in note.addressees] == [
        ("HARBOUR BOARD", "inferred", "draft-for-decision")
    ]


def test_who_took_a_telegram_in_sends_its_copies_on() -> None:
    telegram = records(LIGHTHOUSE)["lighthouse/1"]
    onward = next(leg for leg in telegram.legs if leg.mode == "distribution")
    assert onward.from_ is not None
    assert (onward.from_.name, onward.from_.certainty) == ("USSR MFA", "inferred")
    assert onward.from_.locator == "note 1"


@pytest.mark.parametrize(
    ("line", "town"),
    [
        ("Department of State Washington, March 24, 1951.", "Washington"),
        ("Ministry of Foreign Affairs, Oslo, 2 May 1951", "Oslo"),
        ("Embassy of Norlandia in New Delhi, May 3, 1951", "New Delhi"),
    ],
)
def test_a_note_may_end_with_house_town_and_day(line: str, town: str) -> None:
    text = (
        f"The Secretary has the honour to state what follows, as was agreed with them all.\n{line}"
    )
    found = covers.read(text, 0, len(text))
    assert found.signed_place is not None
    assert found.signed_place.name == town
    assert len(found.signed_dates) == 1


def test_who_wrote_a_talk_down_may_be_told_in_a_long_sentence() -> None:
    text = "They spoke of oil.\nPresent at the talk were many people of both sides, whom nobody had counted that day.\n"
    text += "The conversation was recorded by L.M. Orlinsky and by the interpreter V.M. Kasterev."
    assert covers.read(text, 0, len(text)).recorders[0].name == "L.M. Orlinsky"


@given(
    role=st.sampled_from(
        ["USSR Ambassador to USA", "Deputy Minister of Foreign Affairs of the USSR"]
    ),
    initials=st.from_regex(r"[A-Z]\.[A-Z]\.", fullmatch=True),
    surname=st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True),
)
def test_a_name_is_told_from_its_office(role: str, initials: str, surname: str) -> None:
    party = naming.party(f"{role} {initials} {surname}", 0, "test")
    assert party is not None
    assert (party.name, party.role, party.kind) == (f"{initials} {surname}", role, "person")


@pytest.mark.parametrize(
    ("title", "form", "senders", "addressees"),
    [
        (
            "Coded telegram from USSR Representative to UN L.M. Orlin to USSR MFA about a talk",
            "cipher-telegram", ["L.M. Orlin"], ["USSR MFA"],
        ),
        (
            "Note from Minister of Trade A.B. Dorn and KGB Chairman under the Council of Ministers"
            " of the USSR V.G. Halin to CC CPSU regarding boats",
            "note", ["A.B. Dorn", "V.G. Halin"], ["CC CPSU"],
        ),
        ("L.H. Pontin's petition to the Supreme Soviet of USSR", "letter", ["L.H. Pontin"],
         ["Supreme Soviet of USSR"]),
        ('CC CPSU Presidium Resolution "On the letter to Mr. Berg"', "resolution",
         ["CC CPSU Presidium"], []),
        ('TASS Report "Boats in the Strait"', "press-release", ["TASS"], []),
        ("TELEGRAM FROM SOVIET AMBASSADOR TO CUBA ORLIN TO USSR FOREIGN MINISTRY", "telegram",
         ["Orlin"], ["USSR Foreign Ministry"]),
    ],
)  # fmt: skip
def test_titles(title: str, form: str, senders: list[str], addressees: list[str]) -> None:
    found = titles.read(title)
    assert found.form == form
    assert [p.name for p in found.senders] == senders
    assert [p.name for p in found.addressees] == addressees


def test_participants_of_a_conversation() -> None:
    found = titles.read("Record of A.B. Dorn's conversation with US Ambassador to USSR F. Kettle")
    assert [p.name for p in found.participants] == ["A.B. Dorn", "F. Kettle"]
    assert found.senders == ()


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("RGANI. F. 3. Op. 6. D. 7. L.2. Original.", ["F. 3. Op. 6. D. 7. L. 2"]),
        (
            "GA RF. F.R-44. Op. 4. D. 25. L. 1 - 8. Copy. Ibid. Op. 5. D. 1. L. 3. Copy.",
            ["F. R-44. Op. 4. D. 25. L. 1-8", "F. R-44. Op. 5. D. 1. L. 3"],
        ),
        ("AVP RF. F. 01. Op. 4. P. 3. D. 14. L. 2-3. Copy.", ["F. 01. Op. 4. P. 3. D. 14. L. 2-3"]),
    ],
)
def test_references_to_archives(words: str, marks: list[str]) -> None:
    assert fonds.is_reference(words)
    assert [held.shelfmark for held in fonds.holdings(words)] == marks


@pytest.mark.shared
def test_the_dossier_against_its_gold(shared: Path) -> None:
    found = records(shared / "sources" / "dossier" / "pages")
    gold = shared / "gold" / "dossier" / "gold_documents.tsv"
    with gold.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right = 0
    for row in rows:
        record = found[f"dossier/{row['number']}"]
        date = record.date.edtf if record.date else ""
        right += (date or "").lstrip(".") == row["date_iso"].lstrip(".")
    assert right / len(rows) >= 0.95
    assert {f"dossier/{n}" for n in range(1, 97)} <= set(found)


def test_headings_whose_title_stands_behind_the_number_cut_a_book() -> None:
    found = records(CASES / "harbour" / "pages")
    assert [i for i in found if i.count("/") == 1] == [f"harbour/{n}" for n in range(1, 8)]
    assert (found["harbour/2/1"].form, found["harbour/4/1"].form) == ("note", "letter")


def test_a_footnote_whose_number_stands_at_a_word_of_the_page_is_no_text() -> None:
    text = records(CASES / "harbour" / "pages")["harbour/2"].text
    assert text.index("Kap Morn stood") > text.index("O. Lind")
    assert "\n1 The lighthouse" in text
