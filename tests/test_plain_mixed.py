"""Plain texts that mix editions, and papers inside texts that run on without a line break."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import frus_text

OLD = [
    "711.00/4–1849: Telegram",
    "The Ambassador in Ruritania (Orde) to the Secretary of State",
    "Strelsau, April 18, 1949—7 p. m.",
    "The Minister of Bridges was out of town, and nobody knew when he would be back.",
    "711.00/4–2049",
    "The Secretary of State to the Ambassador in Ruritania (Orde)",
    "Washington, April 20, 1949.",
    "Please wait for the Minister, and say that we have time until the autumn at the least.",
]
NEW = [
    "7. Telegram From the Embassy in Ruritania to the Department of State",
    "Source: Department of State, Central Files, 611.00/3–361. Secret. Drafted by Orde.",
    "Strelsau, March 3, 1961, 4 p.m.",
    "The bridge is finished, and the Minister of Bridges has gone to open another one.",
    "8. Editorial Note",
    "On March 5, 1961, the bridge was opened to carts, and on March 6 it was closed again.",
]


def read(words: str, folder: Path) -> list[Record]:
    path = folder / "frus1999.txt"
    path.write_text(words + "\n", "utf-8")
    return [one for one in frus_text.read(path, Report()) if isinstance(one, Record)]


@pytest.mark.parametrize("between", ["\n\n", " "])
@pytest.mark.parametrize("blocks", [OLD + NEW, NEW + OLD, OLD + NEW + OLD[4:]])
def test_numbered_and_unnumbered_documents_in_one_text(
    blocks: list[str], between: str, tmp_path: Path
) -> None:
    records = read(between.join(blocks), tmp_path)
    heads = [
        one
        for one in blocks
        if one.startswith(("7. ", "8. ")) or " to the A" in one or " to the S" in one
    ]
    assert [one.title for one in records] == [one.partition(". ")[2] or one for one in heads]
    assert [one.date.edtf[:4] if one.date else None for one in records] == [
        None if "Note" in head else "1961" if head[0] == "7" else "1949" for head in heads
    ]


def test_a_numbered_paragraph_begins_no_document_among_unnumbered(tmp_path: Path) -> None:
    points = ["2. The Ambassador to the King asked for tea.", "3. Telegram from London received."]
    assert len(read("\n\n".join([*OLD[:4], *points, *OLD[4:]]), tmp_path)) == 2


def test_a_letter_inside_a_numbered_document_begins_no_document(tmp_path: Path) -> None:
    inner = ["Letter From the President to the King", "Washington, March 1, 1961.", "Dear King:"]
    records = read("\n\n".join([*NEW[:4], *inner, *NEW[4:]]), tmp_path)
    assert [one.number for one in records if one.part_of is None] == ["7", "8"]


def test_a_letter_quoted_on_one_line(tmp_path: Path) -> None:
    words = (
        "The Ambassador in Ruritania (Orde) to the Secretary of State Strelsau, May 4, 1941, 3 p.m. "
        "12. I have received the following note from the Minister of Bridges dated May 3: “The Royal "
        "Government has seen with regret that the bridge is closed to its carts, and reserves its "
        "rights.” I said that I should report it. Orde"
    )
    outer, inner = read(words, tmp_path)
    assert (outer.id, inner.part_of) == (inner.part_of, outer.id)
    assert [one.name for one in inner.senders] == ["Minister of Bridges"]
    assert inner.date is not None
    assert inner.date.edtf == "1941-05-03"
    assert inner.text.startswith("“The Royal")
    assert inner.text.endswith("rights.”")


def test_what_is_only_said_is_no_letter(tmp_path: Path) -> None:
    words = (
        "The Ambassador in Ruritania (Orde) to the Secretary of State Strelsau, May 4, 1941, 3 p.m. "
        "12. The Minister of Bridges said to me at dinner: “The bridge is closed to your carts, and "
        "so is the ferry, and the road behind it is bad in this season.” I went home. Orde"
    )
    assert len(read(words, tmp_path)) == 1


@pytest.mark.parametrize("label", ["A.", "No. 1."])
def test_enclosures_with_letters_and_numbers_on_one_line(label: str, tmp_path: Path) -> None:
    words = (
        "Mr. Orde to Mr. Ambrel. No. 64.] Legation of the United States, Strelsau, March 10, 1863. "
        "Sir: I transmit herewith what was written of the bridge. JOHN ORDE. "
        "A. Count Zeng to Mr. Orde. [Translation.] Strelsau, March 2, 1863. The bridge is closed. "
        "B. Mr. Orde to Count Zeng. Strelsau, March 5, 1863. The undersigned regrets it."
    )
    if label == "No. 1.":
        words = words.replace(" A. ", " No. 1. ").replace(" B. ", " No. 2. ")
    outer, first, second = read(words, tmp_path)
    assert first.part_of == second.part_of == outer.id
    assert [one.name for one in first.senders] == ["Zeng"]
    assert second.date is not None
    assert second.date.edtf == "1863-03-05"


def test_the_day_at_the_end_of_a_letter_on_one_line(tmp_path: Path) -> None:
    words = (
        "The King of Ruritania to the President of the United States. Great and good friend: I have "
        "to tell you that the bridge which my father built has fallen into the river, and nobody with "
        "it. Given at Strelsau, this 3d day of May, 1867. RUDOLF."
    )
    (one,) = read(words, tmp_path)
    assert one.date is not None
    assert one.date.edtf == "1867-05-03"
    assert one.place is not None
    assert one.place.name == "Strelsau"


def test_items_of_a_preface_are_no_documents(tmp_path: Path) -> None:
    preface = [
        "Preface",
        "1. Documents stand in the order of their days.",
        "2. Memoranda of conversation stand under the day on which the Secretary met the Ambassador.",
    ]
    for between in ("\n\n", " "):
        assert [one.number for one in read(between.join(preface + NEW), tmp_path)] == ["7", "8"]


def test_whom_a_directive_goes_to_on_one_line(tmp_path: Path) -> None:
    words = (
        "4. National Security Study Memorandum 47 Source: National Archives, Vance Papers, Box 3. Secret. "
        "Washington, April 10, 1969 TO The Secretary of State The Director of Central Intelligence "
        "SUBJECT Bridges The President wants to know how many there are, and which of them is the oldest. "
        "Henry Pell"
    )
    (one,) = read(words, tmp_path)
    assert [who.name for who in one.addressees] == [
        "Secretary of State",
        "Director of Central Intelligence",
    ]
    assert "oldest" in one.text
    assert one.subject is None
