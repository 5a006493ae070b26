"""Headings, parties and datelines: who writes to whom, in which form, where and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.datelines import read_dateline
from kgraph.extract.headings import read_heading
from kgraph.extract.headings.parties import parties

HEADINGS = [
    ("3. Letter From Chairman Tarn to President Vance", "letter", ["Tarn"], ["Vance"]),
    (
        "Telegram From the Ambassador to Ruritania (Marlow) to the Department of State",
        "telegram", ["Marlow"], ["Department of State"],
    ),
    (
        "14. Telegram From the Mission to the United Nations to the Department of State",
        "telegram", ["Mission to the United Nations"], ["Department of State"],
    ),
    ("Mr. Aldous to Mr. Seabrook.", "letter", ["Aldous"], ["Seabrook"]),
    ("The Minister in Ruritania (Bell) to the Secretary of State", "letter", ["Bell"], ["Secretary of State"]),
    ("The British Ambassador (Spring Dale) to President Wynn", "letter", ["Spring Dale"], ["Wynn"]),
    (
        "22. Message From Chairmen Tarn and Ostrov to President Vance",
        "message", ["Tarn", "Ostrov"], ["Vance"],
    ),
    (
        "31. Memorandum From the Assistant Secretary of State for European Affairs (Kerr) and Philip J. Farrow"
        " of the Policy Planning Staff to the Secretary of State",
        "memorandum", ["Kerr", "Philip J. Farrow"], ["Secretary of State"],
    ),
    (
        "The Ambassador in Ruritania (Harding) to the President and the Secretary of State",
        "letter", ["Harding"], ["President", "Secretary of State"],
    ),
    ("40. Telegram From Secretary of State Reed to the Embassy in Utopia", "telegram", ["Reed"], ["Embassy in Utopia"]),
    (
        "Letter From President Vance to Chairman of the Council of Ministers of the Soviet Union Tarnov",
        "letter", ["Vance"], ["Tarnov"],
    ),
    ("Memorandum for the President", "memorandum", [], ["President"]),
    ("56. Memorandum for the Record", "memorandum", [], []),
    ("57. Editorial Note", "editorial-note", [], []),
    (
        "Telegram 214 From the Embassy in Ruritania to the Department of State, May 4, 1971, 1420Z.",
        "telegram", ["Embassy in Ruritania"], ["Department of State"],
    ),
    ("Memorandum from Brook to King, January 24, 1963. Sends a paper. Secret. 6 pp.", "memorandum", ["Brook"], ["King"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "form", "senders", "addressees"), HEADINGS)
def test_a_heading_names_form_sender_and_addressee(
    text: str, form: str, senders: list[str], addressees: list[str]
) -> None:
    heading = read_heading(text, offset=7)
    assert [one.name for one in heading.senders] == senders
    assert [one.name for one in heading.addressees] == addressees
    if form != "letter":
        assert heading.form == form
    for one in (*heading.senders, *heading.addressees):
        assert one.start is not None
        assert one.end is not None
        assert text[one.start - 7 : one.end - 7] == one.name


def test_the_office_beside_a_name_is_its_role() -> None:
    heading = read_heading(
        "The Chargé in Ruritania (Bell) to Mr. John Reed, Representing American Interests"
    )
    assert heading.senders[0].role == "Chargé in Ruritania"
    assert heading.addressees[0].role == "Representing American Interests"
    assert heading.senders[0].kind == "person"


def test_joint_titles_belong_to_each() -> None:
    found = parties("Chairmen Tarn and Ostrov", 0, "test")
    assert [(one.name, one.role) for one in found] == [("Tarn", "Chairman"), ("Ostrov", "Chairman")]


@pytest.mark.parametrize(
    "phrase",
    [
        "the Assistant Secretary of State for Near Eastern and South Asian Affairs (Sorrel)",
        "the Office of Munitions and Supply",
    ],
)
def test_an_and_within_an_office_parts_nothing(phrase: str) -> None:
    assert len(parties(phrase, 0, "test")) == 1


def test_a_conversation_has_participants_and_no_sender() -> None:
    heading = read_heading(
        "72. Memorandum of Conversation Between the President's Adviser (Marsh) and the Soviet Ambassador (Tarnov)"
    )
    assert heading.form == "memorandum-of-conversation"
    assert [one.name for one in heading.participants] == ["Marsh", "Tarnov"]
    assert heading.senders == heading.addressees == ()


@pytest.mark.parametrize(
    ("text", "participants", "place"),
    [
        ("Memorandum of conversation among the President, Attorney General, General Orlin, Marbury, October 21, 1968",
         ["President", "Attorney General", "Orlin", "Marbury"], None),
        ("Memorandum of conversation among Pell, Orlin and U. Arthur Marbury, November 6, 1968",
         ["Pell", "Orlin", "U. Arthur Marbury"], None),
        ("Memorandum of Conversation Among Pell, Orlin, and Marbury, Zenda, May 1, 1968",
         ["Pell", "Orlin", "Marbury"], "Zenda"),
    ],
)  # fmt: skip
def test_the_last_of_those_who_talked_is_no_place(
    text: str, participants: list[str], place: str | None
) -> None:
    heading = read_heading(text)
    assert [p.name for p in heading.participants] == participants
    assert (heading.place[0] if heading.place else None) == place


@pytest.mark.parametrize(
    ("text", "drafter"),
    [
        ("Statement by the Ruritanian Ambassador (Orlin) as Published in the “Evening Star,” September 8, 1914", "Orlin"),
        ("Outline Sketch by President Marbury of a Note to Ruritania", "Marbury"),
        ("Position Paper Prepared at the United States Mission to the United Nations",
         "United States Mission to the United Nations"),
        ("Oral Statements by the Ambassador to the Soviet Union (Pell)", "Pell"),
    ],
)  # fmt: skip
def test_what_is_said_or_issued_by_somebody_goes_to_nobody(text: str, drafter: str) -> None:
    heading = read_heading(text)
    assert [p.name for p in heading.drafters] == [drafter]
    assert heading.senders == heading.addressees == ()


def test_a_release_has_neither_sender_nor_addressee() -> None:
    heading = read_heading(
        "Press Release 513 Issued by the United States Mission to the United Nations"
    )
    assert heading.senders == heading.addressees == heading.drafters == ()


def test_what_somebody_commands_is_no_place() -> None:
    heading = read_heading("Telegram 5 to Supreme Allied Commander, Europe, October 22, 1968")
    assert heading.place is None
    assert [p.name for p in heading.addressees] == ["Supreme Allied Commander, Europe"]


def test_a_place_and_date_at_the_end_of_a_heading() -> None:
    heading = read_heading(
        "32. Memorandum of a Conversation, Department of State, Washington, June 29, 1956"
    )
    assert heading.date is not None
    assert heading.date.edtf == "1956-06-29"
    assert heading.place is not None
    assert heading.place[0] == "Washington"


DATELINES = [
    ("Strelsau, March 10, 1962, 4 p.m.", "Strelsau", "1962-03-10T16:00:00", None),
    ("Hot Springs, Va., January 5, 1914.", "Hot Springs, Va.", "1914-01-05", None),
    ("London, December 28, 1915—5 p. m. [Received January 2, 6 a. m.]", "London", "1915-12-28T17:00:00", "1916-01-02T06:00:00"),
    ("[place not declassified], June 10, 1954, 2130Z.", "[place not declassified]", "1954-06-10T21:30:00Z", None),
    ("Strelsau, October 5, 1962.12", "Strelsau", "1962-10-05", None),
    ("March 5, 1960", None, "1960-03-05", None),
    ("Twenty-Second Day, March 5, 1960", None, "1960-03-05", None),
    ("Legation of the United States, Strelsau, May 14, 1862.", "Strelsau", "1862-05-14", None),
    ("Strelsau, 14th May, 1862.", "Strelsau", "1862-05-14", None),
    ("On board U.S.S. Petrel, July 15, 1945.", "On board U.S.S. Petrel", "1945-07-15", None),
    ("Strelsau, Undated [May 1962].", "Strelsau", "1962-05", None),
    ("Strelsau, January 26 [27], 1955.", "Strelsau", "[1955-01-26,1955-01-27]", None),
    ("Zenda, March 9 and/or 10, 1956", "Zenda", "[1956-03-09,1956-03-10]", None),
    ("December 11, 1968, 1579Z", None, "1968-12-11", None),
    ("Zenda, January 3/15, 1878.", "Zenda", "1878-01-15", None),
    ("Strelsau, June 3, 1949—noon.", "Strelsau", "1949-06-03T12:00:00", None),
    ("Zenda, May 3, 1900. (Received June 20.)", "Zenda", "1900-05-03", "1900-06-20"),
    ("Strelsau, the 14th of October, 1863", "Strelsau", "1863-10-14", None),
    ("City of Zenda, Thursday, the 6th of July, 1865.", "City of Zenda", "1865-07-06", None),
    ("The Hague, July 6, 1865.", "The Hague", "1865-07-06", None),
    ("Department of State, Washington, December 30, 1898—3.15 p.m.", "Washington", "1898-12-30T15:15:00", None),
    ("[Zenda,] May 4, 1920—5 p.m. [Received May 5—4.30 a.m.]", "Zenda", "1920-05-04T17:00:00", "1920-05-05T04:30:00"),
    ("Zenda, Sunday evening, July 6, 1961", "Zenda", "1961-07-06", None),
    ("Done at Strelsau, this 3d day of May, 1866", "Strelsau", "1866-05-03", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "date", "received"), DATELINES)
def test_a_dateline(text: str, place: str | None, date: str, received: str | None) -> None:
    line = read_dateline(text)
    assert (line.place.name if line.place else None) == place
    assert line.date is not None
    assert line.date.edtf == date
    assert (line.received.edtf if line.received else None) == received


def test_what_an_editor_supplied_in_brackets_is_inferred() -> None:
    line = read_dateline("[Washington,] August 16, 1914.")
    assert line.place is not None
    assert line.place.certainty == "inferred"
    assert read_dateline("Moscow, undated.").undated


SURNAME = st.from_regex(r"[A-Z][a-z]{3,9}(?:ov|ski|er|ley|son)", fullmatch=True)


@given(SURNAME, SURNAME)
def test_any_surname_is_read_in_a_heading(sender: str, addressee: str) -> None:
    heading = read_heading(f"9. Letter From Prime Minister {sender} to President {addressee}")
    assert [one.name for one in heading.senders] == [sender]
    assert [one.name for one in heading.addressees] == [addressee]


@given(st.text(max_size=120))
def test_any_text_is_read_as_a_heading_without_failing(text: str) -> None:
    heading = read_heading(text)
    for one in (*heading.senders, *heading.addressees, *heading.participants):
        assert one.name


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "Deputy Assistant " * 60,
        "A-" * 60 + "B of x",
        "General " * 80 + "5",
        "A to " * 200,
        "(" * 300,
    ],
)
def test_long_runs_of_titles_and_marks_end_soon(text: str) -> None:
    assert read_heading(text).title


@pytest.mark.parametrize(
    ("heading", "senders", "addressees"),
    [
        ("48. Memorandum from the Harbor Committee, undated. Piers and dredging. Secret. 4 pp. Harbor Files.",
         ["Harbor Committee"], []),
        ("49. Memorandum from Pell to the Regent, undated. Outlines a plan for piers. Secret. 2 pp. Harbor Files.",
         ["Pell"], ["Regent"]),
        ("50. Telegram 264 to Zenda; 170 to Strelsau, November 9. Transmits a text. Secret. 4 pp. Harbor Files.",
         [], ["Zenda", "Strelsau"]),
        ("51. Telegram 84 to Zenda, 13 to Port Almeda, and 8 to Strelsau, May 3, 1963. Rumors. Secret. 3 pp. Harbor Files.",
         [], ["Zenda", "Port Almeda", "Strelsau"]),
        ("52. Memorandum from Orde to the Deputy Director (Plans), March 1. On piers. Secret. 3 pp. Harbor Files.",
         ["Orde"], ["Deputy Director (Plans)"]),
        ("53. Notes taken from transcripts of harbor meetings, October 16. Secret. 2 pp. Harbor Files.", [], []),
    ],
)  # fmt: skip
def test_headings_that_are_all_an_edition_prints(heading, senders, addressees) -> None:
    read = read_heading(heading)
    assert [p.name for p in read.senders] == senders
    assert [p.name for p in read.addressees] == addressees


def test_a_telegram_to_several_posts_bears_the_number_of_each() -> None:
    read = read_heading(
        "51. Telegram 84 to Zenda, 13 to Port Almeda, and 8 to Strelsau, May 3, 1963"
    )
    assert [words for words, _, _ in read.documents] == ["84", "13", "8"]
