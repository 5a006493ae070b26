"""Source notes: what an editor says of a copy, its drafting and its way. All names invented."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.notes.facts import NoteContext, SourceNoteFacts
from kgraph.extract.notes.holdings import read_bare, shelfmark_after_ibid
from kgraph.extract.notes.markings import read_marks
from kgraph.extract.notes.source_notes import read_source_note
from kgraph.extract.sentences import sentences
from kgraph.model import Party

CASES = sorted((Path(__file__).parent / "golden" / "source_notes").glob("*/input.txt"))


def plain(facts: SourceNoteFacts) -> dict[str, object]:
    """The facts that a golden case compares: words, no spans."""
    people = {
        name: [
            [p.name, p.office, p.date.text if p.date else None, p.note]
            for p in getattr(facts, name)
        ]
        for name in ("drafters", "clearers", "approvers")
    }
    return {
        "classification": facts.classification,
        "handling": facts.handling,
        "holdings": [[h.copy, h.holder, h.shelfmark] for h in facts.holdings],
        "printed_in": [[p.publication, p.pages, p.in_part] for p in facts.printed_in],
        "copies_to": [p.name for p in facts.copies_to],
        "legs": [
            [leg.mode, leg.from_ and leg.from_.name, leg.to and leg.to.name] for leg in facts.legs
        ],
        **people,
        "unparsed": [u.text for u in facts.unparsed],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.parent.name)
def test_golden(case: Path, request: pytest.FixtureRequest) -> None:
    facts = read_source_note(case.read_text("utf-8").rstrip("\n"), context=NoteContext(year=1959))
    expected = json.loads((case.parent / "expected.json").read_text("utf-8"))
    assert json.loads(msgspec.json.encode(plain(facts))) == expected


def test_every_span_shows_its_words() -> None:
    note = (
        "Source: Department of State, Central Files, 599.61/3-459. Secret; Niact. Drafted by Quibble"
        " (EUR) on March 2 and cleared with Ozark. Repeated to Vaduz and Lhasa."
    )
    facts = read_source_note(note, 50)
    text = "x" * 50 + note
    assert text[slice(facts.holdings[0].start, facts.holdings[0].end)].endswith("599.61/3-459")
    assert [text[slice(p.start, p.end)] for p in facts.drafters + facts.clearers] == [
        "Quibble",
        "Ozark",
    ]
    assert [text[slice(e.start, e.end)] for e in facts.evidence] == ["Secret", "Niact"]
    assert [text[slice(p.start, p.end)] for p in facts.copies_to] == ["Vaduz", "Lhasa"]
    assert facts.drafters[0].date is not None
    assert facts.drafters[0].date.text == "March 2"


def test_no_marking_is_not_unclassified() -> None:
    none = read_source_note("Source: Doe Library, Papers, Box 1. No classification marking.")
    open_ = read_source_note("Source: Doe Library, Papers, Box 1. Unclassified.")
    assert none.classification == "No classification marking"
    assert open_.classification == "Unclassified"


@pytest.mark.parametrize(
    ("note", "shelfmark", "form"),
    [
        ("812.34/56½", "812.34/56½", None),
        ("501.XY Quark/10–848: Telegram", "501.XY Quark/10–848", "telegram"),
        ("S/P–XYZ files, lot 12 D 34, “Notes”", "S/P–XYZ files, lot 12 D 34, “Notes”", None),
    ],
)
def test_a_bare_number_is_a_shelfmark_and_the_holder_is_inferred(
    note: str, shelfmark: str, form: str | None
) -> None:
    (holding,) = read_source_note(note).holdings
    assert (holding.holder, holding.shelfmark, holding.certainty) == (
        "Department of State", shelfmark, "inferred",
    )  # fmt: skip
    assert read_source_note(note).form == form


def test_a_name_a_role_an_office_and_a_body_in_one_list() -> None:
    facts = read_source_note(
        "Source: Doe Library, Files. Secret. Drafted by Bram W. Ozark, Jr. (INR/Q); cleared by Quibble, the Department"
        " of Odd Affairs, and J. Roe, Acting Director of Nothing; and approved in S. Repeated to Vienna."
    )
    assert [(p.name, p.office) for p in facts.drafters] == [("Bram W. Ozark, Jr.", "INR/Q")]
    assert [(p.name, p.role) for p in facts.clearers] == [
        ("Quibble", None), ("Department of Odd Affairs", None), ("J. Roe", "Acting Director of Nothing"),
    ]  # fmt: skip
    assert [p.name for p in facts.approvers] == ["S"]
    assert [p.name for p in facts.copies_to] == ["Vienna"]


def test_words_that_no_rule_knows_are_kept() -> None:
    note = "Source: Doe Library, Files. Secret. The violet gardener sang to nobody beneath an oak."
    facts = read_source_note(note)
    assert [u.text for u in facts.unparsed] == [
        "The violet gardener sang to nobody beneath an oak."
    ]
    assert 0.3 < facts.coverage < 0.6


def test_a_citation_of_another_document_is_no_copy_of_this_one() -> None:
    facts = read_source_note(
        "Source: Doe Library, Files, Box 3. Secret. A copy of Quibble's briefing paper is ibid., Box 9."
    )
    assert [h.shelfmark for h in facts.holdings] == ["Files, Box 3"]
    assert any("Box 9" in (r.note or "") for r in facts.relations)


def test_the_year_of_the_document_is_lent_and_said_so() -> None:
    facts = read_source_note(
        "Source: Doe Library, Files. Secret. Drafted by Ozark on May 7.",
        context=NoteContext(year=1922),
    )
    date = facts.drafters[0].date
    assert date is not None
    assert (date.edtf, date.certainty) == ("1922-05-07", "inferred")


def test_a_leg_without_ends_runs_from_sender_to_addressee() -> None:
    facts = read_source_note(
        "Source: Doe Library, Files. No classification marking. A stamp on the copy"
        " shows that it was sent by commercial telegram.",
        context=NoteContext(senders=(Party(name="Ozark"),), addressees=(Party(name="Quibble"),)),
    )
    (leg,) = facts.legs
    assert leg.mode == "commercial telegram"
    assert leg.from_ is not None
    assert leg.to is not None
    assert (leg.from_.name, leg.to.name) == ("Ozark", "Quibble")


@pytest.mark.parametrize(
    ("previous", "rest", "whole"),
    [
        ("RG 59, Central Files 1970–73, POL 1", "RG 84, Post Files", "RG 84, Post Files"),
        (
            "Nixon Presidential Materials, NSC Files, Box 5",
            "White House Tapes",
            "Nixon Presidential Materials, White House Tapes",
        ),
        ("Conference Files: Lot 1 D 2, CF 3", "", "Conference Files: Lot 1 D 2, CF 3"),
    ],
)
def test_ibid(previous: str, rest: str, whole: str) -> None:
    assert shelfmark_after_ibid(previous, rest) == whole


@given(st.text(max_size=300))
def test_any_text_is_read_and_counted(text: str) -> None:
    facts = read_source_note("Source: " + text, 7)
    assert 0.0 <= facts.coverage <= 1.0
    whole = "x" * 7 + "Source: " + text
    for left in facts.unparsed:
        assert whole[left.start : left.end] == left.text


@given(
    st.lists(st.sampled_from(["Nodis", "Eyes Only", "Priority", "Limit Distribution"]), max_size=4)
)
def test_marks_come_back_as_they_were_joined(marks: list[str]) -> None:
    words = "; ".join(["Top Secret", *marks]) + "."
    classification, rest = read_marks(words, 0, len(words))
    assert classification == (0, len("Top Secret"))
    assert [words[a:b] for a, b in rest] == marks


def test_a_stop_after_an_initial_or_an_abbreviation_ends_no_sentence() -> None:
    text = "Drafted by J.Q. Doe at 5 p.m. May 3. See vol. II, Document 4. (Ibid.) It is in Mr. Roe's file."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Drafted by J.Q. Doe at 5 p.m. May 3.", "See vol. II, Document 4.", "(Ibid.)", "It is in Mr. Roe's file.",
    ]  # fmt: skip


@pytest.mark.shared
def test_real_notes_have_a_holder_and_a_class(shared: Path) -> None:
    """Nearly all real notes that begin with "Source:" have a copy's place; most have a class."""
    table = shared / "gold" / "frus-tei" / "gold_source_notes.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        notes = [row["note"] for row in csv.DictReader(lines, delimiter="\t")]
    facts = [read_source_note(note) for note in notes]
    assert sum(bool(f.holdings or f.printed_in) for f in facts) / len(facts) > 0.995
    long = [f for f, n in zip(facts, notes, strict=True) if n.startswith("Source")]
    assert sum(f.classification is not None for f in long) / len(long) > 0.96
    assert sum(f.understood for f in facts) / sum(f.total for f in facts) > 0.78


@pytest.mark.parametrize(
    "name", ["van der Stoel", "de los Rios", "von Hoffmann", "d’Azeveiro", "Ng"]
)
def test_drafters_with_particles_in_their_names(name: str) -> None:
    facts = read_source_note(
        f"Source: Department of State, Central Files, 611.98/5–356. Secret. Drafted by {name} (EUR/WE) "
        f"on May 3; cleared by {name} and Smith; and approved by {name}."
    )
    assert [p.name for p in facts.drafters] == [name]
    assert [p.name for p in facts.clearers] == [name, "Smith"]
    assert [p.name for p in facts.approvers] == [name]


def test_files_named_with_their_holder_are_the_holder_s() -> None:
    note = read_source_note("Source: CIA Files: Job 80–B1676R, Box 17. Secret.")
    assert [(h.holder, h.shelfmark) for h in note.holdings] == [
        ("CIA", "Files: Job 80–B1676R, Box 17")
    ]


def test_a_semicolon_behind_source_is_a_misprint() -> None:
    note = read_source_note(
        "Source; Department of State, Central Files, POL 1 BUL–US. Secret; Exdis."
    )
    assert (note.classification, note.holdings[0].shelfmark) == ("Secret", "Central Files, POL 1 BUL–US")  # fmt: skip


def test_a_sentence_about_the_paper_is_no_shelfmark() -> None:
    for words in (
        "This paper bears the notation: “Handed me by the Harbor Master, Dec. 31/15.”",
        "Made before the Harbor Committee on May 5, 1948, and released to the press on the same date",
    ):
        assert read_bare(words, 0, len(words)) is None
