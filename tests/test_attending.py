"""Lists of those present that lost their line breaks. All names invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.extract.plain.run_on_lists import unrolled
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import items

TEXT = "Mr. Pell opened the talk by saying that the harbor must be dredged before winter comes."


@pytest.mark.parametrize(
    ("listed", "entries"),
    [
        ("US The Secretary Mr. Orde Mr. Costrin Denmark Mr. Ambrel Mr. Dovell",
         ["The Secretary", "Mr. Orde", "Mr. Costrin", "Mr. Ambrel", "Mr. Dovell"]),
        ("Anton Ambrel, Ambassador of Denmark Karl M. Dovell, Counselor of Embassy The Secretary Foy D. Orde, Assistant "
         "Secretary Martin J. Costrin, Director, Office of Harbor Affairs",
         ["Anton Ambrel, Ambassador of Denmark", "Karl M. Dovell, Counselor of Embassy", "The Secretary",
          "Foy D. Orde, Assistant Secretary", "Martin J. Costrin, Director, Office of Harbor Affairs"]),
        ("The President Ambassador Karl Heinrich Ambrel, Embassy of Denmark Mr. W. Averell Orde, Under Secretary",
         ["The President", "Ambassador Karl Heinrich Ambrel, Embassy of Denmark",
          "Mr. W. Averell Orde, Under Secretary"]),
        ("Germans State Secretary Karl Ambrel Foreign Minister Dovell Americans Assistant Secretary Orde",
         ["State Secretary Karl Ambrel", "Foreign Minister Dovell", "Assistant Secretary Orde"]),
        # symbols of offices begin entries
        ("The Secretary FE–Mr. Ambrel FE–John Graham Orde S/P–Miss Dovell",
         ["The Secretary", "FE–Mr. Ambrel", "FE–John Graham Orde", "S/P–Miss Dovell"]),
        # agencies head their people, whose names nothing parts
        ("State U. Alexis Orde Martin Costrin Defense G. Warren Ambrel CIA Thomas H. Dovell",
         ["U. Alexis Orde", "Martin Costrin", "G. Warren Ambrel", "Thomas H. Dovell"]),
        ("Secretary of State Christian A. Orde Assistant Secretary J. Graham Costrin Ambassador Ambrel Walter Dovell",
         ["Secretary of State Christian A. Orde", "Assistant Secretary J. Graham Costrin", "Ambassador Ambrel",
          "Walter Dovell"]),
        ("Ambassador Karl Heinrich Ambrel, Danish embassy J.E. Dovell, Minister of Harbors (for part of the time)",
         ["Ambassador Karl Heinrich Ambrel, Danish embassy", "J.E. Dovell, Minister of Harbors (for part of the time)"]),
    ],
)  # fmt: skip
def test_entries_begin_with_titles_sides_and_names(listed: str, entries: list[str]) -> None:
    parts = unrolled(f"SUBJECT Piers and Dredging PARTICIPANTS {listed} {TEXT}")
    assert parts == ["SUBJECT", "Piers and Dredging", "PARTICIPANTS", *entries, TEXT]


def test_a_list_that_is_that_of_another_document_is_kept_as_it_is() -> None:
    parts = unrolled(f"PARTICIPANTS [The list is the same as in Document 12.] {TEXT}")
    assert parts == ["PARTICIPANTS", "[The list is the same as in Document 12.]", TEXT]


def test_monsieur_is_a_title_where_the_text_uses_it_so() -> None:
    text = "Mr. Pell told M. Ambrel that the harbor must be dredged."
    parts = unrolled(f"PARTICIPANTS The President M. René Ambrel Mr. Philip M. Orde {text}")
    assert parts == ["PARTICIPANTS", "The President", "M. René Ambrel", "Mr. Philip M. Orde", text]


def test_a_list_ends_at_the_label_or_the_mark_behind_it() -> None:
    parts = unrolled(f"PRESENT Secretary Orde Ambassador Ambrel SUBJECT Piers and Dredging {TEXT}")
    assert parts[:3] == ["PRESENT", "Secretary Orde", "Ambassador Ambrel"]
    assert parts[3].startswith("SUBJECT Piers")
    parts = unrolled(f"PARTICIPANTS Mr. Orde Mr. Ambrel SecDel/MC/56 {TEXT}")
    assert parts[1:3] == ["Mr. Orde", "Mr. Ambrel"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "All PARTICIPANTS agreed that the harbor must be dredged.",
        "The conference heard a report on PARTICIPANTS in the harbor works and adjourned at noon.",
    ],
)
def test_a_text_without_such_a_list_stays_whole(text: str) -> None:
    assert unrolled(text) == [text]


def test_those_present_are_read_from_a_document_on_one_line_and_marked_as_inferred(
    tmp_path: Path,
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(
        "12. Memorandum of Conversation Source: Department of State, Central Files, 762.00/6–1862. Secret. Drafted by Orde. "
        "Washington, June 18, 1962, 11:30 a.m. SUBJECT Piers PARTICIPANTS Anton Ambrel, Ambassador of Denmark "
        f"The Secretary Foy D. Orde, Assistant Secretary {TEXT} The others agreed to this and spoke of other works.\n"
    )
    [talk] = [i for i in items([file], Report()) if isinstance(i, Record)]
    assert [p.name for p in talk.participants] == ["Anton Ambrel", "Secretary", "Foy D. Orde"]
    assert {p.certainty for p in talk.participants} == {"inferred"}
    assert talk.date is not None
    assert talk.date.edtf == "1962-06-18T11:30:00"
