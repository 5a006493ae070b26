"""Transmission legs: told in a note or a cover. All names and places of persons invented."""

from __future__ import annotations

import pytest

from kgraph import dating
from kgraph.extract.legs import find_legs
from kgraph.extract.notes.source_notes import read_source_note
from kgraph.model import Leg, Party

SENDER = Party(name="Sendak", kind="person")
ADDRESSEE = Party(name="Addington", kind="person")
WRITER = Party(name="Writham", kind="person")


def legs(text: str, where: str = "note") -> list[Leg]:
    return find_legs(
        text,
        sender=SENDER,
        addressee=ADDRESSEE,
        writer=WRITER,
        date=dating.parse("May 5, 1961"),
        where=where,
    )


def ends(leg: Leg) -> tuple[str | None, str | None, str | None]:
    return (leg.from_ and leg.from_.name, leg.mode, leg.to and leg.to.name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This letter was handed to Quibble by Ozark on April 29.", ("Ozark", "hand delivery", "Quibble")),
        ("Ambassador Ozark handed an English translation of this note to Bramble.", ("Ozark", "hand delivery", "Bramble")),
        ("The message was sent via the hot line at 10:59 a.m. on June 5.", ("Sendak", "hot line", "Addington")),
        ("Transmitted in telegram 2562 from Moscow, April 11.", ("Embassy Moscow", "embassy cable", "Department of State")),
        ("The Ruritanian text was sent on as an enclosure to despatch 31 from Vienna, June 9.", ("Embassy Vienna", "despatch", "Department of State")),
        ("A stamp shows that it was sent by commercial telegram.", ("Sendak", "commercial telegram", "Addington")),
        ("The signed original was sent by air pouch.", ("Sendak", "air pouch", "Addington")),
        ("It was delivered by courier to the White House.", ("Sendak", "courier", "White House")),
        ("This is one of a series of messages transmitted through special emissaries.", ("Sendak", "special emissary", "Addington")),
        ("Under cover of his note to Quibble, Ozark forwarded a rough translation.", ("Ozark", "enclosure", "Quibble")),
        ("The text was transmitted by the Ruritanian Foreign Ministry to the Ruritanian Embassy in Washington on May 4.", ("Ruritanian Foreign Ministry", "embassy cable", "Ruritanian Embassy in Washington")),
    ],
)  # fmt: skip
def test_a_note_tells_a_leg(text: str, expected: tuple[str, str, str]) -> None:
    found = [ends(leg) for leg in legs(text) if leg.series == "way"]
    assert expected in found


@pytest.mark.parametrize(
    "text",
    [
        "Ozark delivered an address to the nation on May 4.",
        "Reference is to a speech delivered on February 27, 1957.",
        "A summary of the conversation was transmitted to Bonn in telegram 2294, March 27.",
        "The arms delivered to Ruritania are defensive.",
        "There is no indication when the letter was delivered.",
        "“Give it to me,” said the note, “and it will be handed to Bramble.”",
    ],
)
def test_what_is_no_leg(text: str) -> None:
    assert legs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The note was given to Quibble by Ozark at 6 p.m. and passed to the President the next morning.",
            [("Ozark", "Quibble"), ("Quibble", "President")],
        ),
        (
            "The message was delivered to Quibble by Ozark on May 4 and sent to the White House the same day.",
            [("Ozark", "Quibble"), ("Quibble", "White House")],
        ),
        (
            "Received at the White House from the Ruritanian Embassy at 5 p.m. on May 5.",
            [("Ruritanian Embassy", "White House")],
        ),
        (
            "Received in the Embassy by telephone from the Foreign Office at noon.",
            [("Foreign Office", "Embassy")],
        ),
    ],
)
def test_a_note_tells_who_passed_it_on_and_where_it_came_in(
    text: str, expected: list[tuple[str, str]]
) -> None:
    source = read_source_note(f"Source: Zenda Library, Tarn Papers. Secret. {text}")
    assert [
        (leg.from_ and leg.from_.name, leg.to and leg.to.name) for leg in source.legs
    ] == expected
    assert source.copies_to == []


def test_emissaries_are_those_whom_the_note_names() -> None:
    (leg,) = legs(
        "This letter was handed to Quibble by Ozark on April 29; it was the first of a series "
        "of letters transmitted through special emissaries."
    )
    assert ends(leg) == ("Ozark", "hand delivery", "Quibble")
    assert leg.channel is not None


def test_a_covering_note_told_before_lends_its_date() -> None:
    found = legs(
        "An April 30 note from Ozark to Quibble tells of the talk. "
        "Under cover of his note to Quibble, Ozark forwarded a rough translation."
    )
    assert [leg.date.edtf for leg in found if leg.date] == ["1961-04-30"]


def test_a_letter_handed_back_is_a_leg_of_its_own() -> None:
    first, second = legs(
        "On April 3, Ambassador Ozark handed this letter to Bramble, who read it, returned it to Ozark, and wrote a memorandum."
    )
    assert ends(first) == ("Ozark", "hand delivery", "Bramble")
    assert ends(second) == ("Bramble", "return", "Ozark")
    assert (first.index, second.index) == (1, 2)


def test_place_date_and_words() -> None:
    text = "This text was delivered to Quibble at the Hotel Nowhere in Vaduz at 12:15 p.m. on November 11 by Ozark."
    (leg,) = legs(text)
    assert leg.place is not None
    assert leg.date is not None
    assert leg.place.name == "Hotel Nowhere in Vaduz"
    assert (leg.date.edtf, leg.date.certainty) == ("1961-11-11", "inferred")
    assert "delivered to Quibble" in text[leg.start : leg.end]


def test_a_cover_speaks_of_me_and_today() -> None:
    (leg,) = legs(
        "Following letter to President Quux from Zyx handed me by Acting Foreign Minister Ozark today.",
        "body",
    )
    assert ends(leg) == ("Ozark", "hand delivery", "Writham")
    assert leg.date is not None
    assert leg.date.edtf == "1961-05-05"


def test_a_body_that_speaks_of_other_papers_has_no_leg() -> None:
    assert legs("I have studied the memorandum handed by your Ambassador on March 6.", "body") == []


def test_handed_over_and_released() -> None:
    found = legs(
        "Following message. Text has been handed to Soviet Embassy and released to press at 4:35 p.m.",
        "body",
    )
    assert [leg.mode for leg in found] == ["hand delivery", "press release"]


def test_a_named_route_is_data_and_an_invented_name_keeps_its_mode() -> None:
    known = legs("This letter was handed to Quibble by Bolshakov.")[0]
    unknown = legs("This letter was handed to Quibble by Zyxov.")[0]
    assert (known.mode, known.channel) == ("hand delivery", "bolshakov")
    assert (unknown.mode, unknown.channel) == ("hand delivery", None)


def test_a_route_past_the_ministries_is_told_by_its_words() -> None:
    (leg,) = legs("This letter was handed to Quibble by Zyxov, through a private channel.")
    assert leg.channel == "back channel"


def test_spans_are_shifted_by_the_offset() -> None:
    text = "This letter was handed to Quibble by Ozark."
    (leg,) = find_legs(text, 100, where="note")
    assert leg.to is not None
    assert leg.to.start is not None
    assert leg.to.end is not None
    assert text[leg.to.start - 100 : leg.to.end - 100] == "Quibble"
