"""Dates as written: what they mean, which words they rest on, what cannot be."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import dating

READ = [
    ("March 4, 1961", "1961-03-04"),
    ("4 March 1961", "1961-03-04"),
    ("4th March, 1861.", "1861-03-04"),
    ("March 4th, 1861", "1861-03-04"),
    ("MARCH 4, 1961", "1961-03-04"),
    ("Memorandum March 4, 1961", "1961-03-04"),  # no "um" leads it
    ("MEMORANDUM MARCH 4, 1961", "1961-03-04"),
    ("Sept[ember] 14, 1944", "1944-09-14"),
    ("Feb. 22, 1962, noon", "1962-02-22T12:00:00"),
    ("May 6, 1916—12 noon.", "1916-05-06T12:00:00"),
    ("December 11, 1956—midnight", "1956-12-11"),
    ("October 16, 1914—6 p. m", "1914-10-16T18:00:00"),
    ("November 12, 1963,8 p.m.", "1963-11-12T20:00:00"),
    ("October 5, 1962, 2210Z", "1962-10-05T22:10:00Z"),
    ("221955Z Jan 52", "1952-01-22T19:55:00Z"),
    ("11:30 26.XI.63", "1963-11-26T11:30:00"),
    ("11 30 26 XI 63", "1963-11-26T11:30:00"),
    ("26/XI/1963", "1963-11-26"),
    ("2/22/62", "1962-02-22"),
    ("2/22/62?", "1962-02-22?"),
    ("23.11.1963", "1963-11-23"),
    ("1963-11-22", "1963-11-22"),
    ("1963-11-22T10:00:00Z", "1963-11-22T10:00:00Z"),
    ("29 novembre 1963", "1963-11-29"),
    ("1er mai 1917", "1917-05-01"),
    ("5. März 1917", "1917-03-05"),
    ("[November 1963]", "1963-11"),
    ("September —, 1914", "1914-09"),
    ("Spring 1944", "1944-21"),
    ("Winter 1962", "1962-24"),
    ("the 1950s", "195X"),
    ("1861.", "1861"),
    ("circa 1950", "1950~"),
    ("about June 5, 1950", "1950-06-05~"),
    ("June [5?], 1950", "1950-06-05?"),
    ("January 26 [27], 1955", "[1955-01-26,1955-01-27]"),
    ("March 16 [17?], 1917.", "[1917-03-16,1917-03-17]"),
    ("March 9 and/or 10, 1956", "[1956-03-09,1956-03-10]"),
    ("November 13 or 14, 1963", "[1963-11-13,1963-11-14]"),
    ("January 29-30, 1954", "1954-01-29/1954-01-30"),
    ("September 19–21, 1957", "1957-09-19/1957-09-21"),
    ("December 13 and 14, 1967", "1967-12-13/1967-12-14"),
    ("August 24 and 26, 1967", "{1967-08-24,1967-08-26}"),
    ("December 30, 1950–January 2, 1951", "1950-12-30/1951-01-02"),
    ("between June 5 and June 10, 1950", "1950-06-05/1950-06-10"),
    ("December 30–January 2, 1951", "1950-12-30/1951-01-02"),
    ("no later than November 25, 1963", "../1963-11-25"),
    ("after March 3, 1950", "1950-03-03/.."),
    ("late January 1955", "1955-01-21/1955-01-31"),
    ("1/13 April 1877", "1877-04-13"),
    ("April 1/13, 1877", "1877-04-13"),
    ("October 25/November 7, 1917", "1917-11-07"),
    ("June 20, 1877 (Old Style)", "1877-07-02"),
    ("Janaury 5, 1950", "1950-01-05"),
    ("Washington, October 5, 1962, 10 p.m.", "1962-10-05T22:00:00"),
    ("7 p. m. June 5, 1917", "1917-06-05T19:00:00"),
    ("June 5, 1950, 3–4:15 p.m.", "1950-06-05T15:00:00"),
]


@pytest.mark.parametrize(("text", "edtf"), READ)
def test_a_date_as_written_has_its_edtf_reading(text: str, edtf: str) -> None:
    found = dating.parse(text)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize("text", ["", "telegram 1498", "10th inst.", "Moscow", "the Embassy", "5"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert dating.parse(text) is None


def test_a_note_mark_glued_to_the_year_is_outside_the_span() -> None:
    found = dating.parse("Moscow, November 29, 1963181", offset=100)
    assert found is not None
    assert (found.text, found.start, found.end) == ("November 29, 1963", 108, 125)


def test_an_impossible_time_leaves_the_day_and_a_note() -> None:
    found = dating.parse("December 11, 1968, 1579Z")
    assert found is not None
    assert (found.edtf, found.text) == ("1968-12-11", "December 11, 1968, 1579Z")
    assert found.note == "no such time: 1579Z"


def test_an_impossible_day_leaves_the_month_and_a_note() -> None:
    found = dating.parse("February 30, 1955")
    assert found is not None
    assert (found.edtf, found.note) == ("1955-02", "no such day: 30")


def test_undated_is_a_date_without_reading() -> None:
    found = dating.parse("Moscow, undated.")
    assert found is not None
    assert (found.text, found.edtf, found.earliest) == ("undated", None, None)


def test_what_an_editor_says_beside_undated_is_inferred() -> None:
    found = dating.parse("[undated, but before March 3, 1950]")
    assert found is not None
    assert (found.edtf, found.certainty) == ("../1950-03-03", "inferred")


def test_brackets_doubt_and_borrowed_years_show_in_the_certainty() -> None:
    cases = {"[June 5, 1950]": "inferred", "June 5, 1950?": "conjectural", "June 5, 1950": "stated"}
    for text, certainty in cases.items():
        found = dating.parse(text)
        assert found is not None
        assert found.certainty == certainty
    borrowed = dating.parse("no later than November 25", default_year=1963)
    assert borrowed is not None
    assert (borrowed.edtf, borrowed.latest) == ("../1963-11-25", "1963-11-25T23:59:59")


def test_old_style_days_are_kept_in_words_and_counted_in_the_new() -> None:
    found = dating.parse("12/24 March 1854")
    assert found is not None
    assert (found.earliest, found.note) == ("1854-03-24T00:00:00", "Old Style 12 March")
    julian = dating.parse("February 20, 1917, O.S.")
    assert julian is not None
    assert (julian.calendar, julian.edtf) == ("julian", "1917-03-05")


def test_zones_are_kept_as_written() -> None:
    found = dating.parse("November 22, 1963, 4:43 p.m. Eastern Time")
    assert found is not None
    assert (found.earliest, found.zone) == ("1963-11-22T16:43:00", "Eastern Time")


def test_dates_in_running_text() -> None:
    text = (
        "He came on May 5, 1950 and left on 6 June 1951, may 5 men follow; in 1953, "
        "not later than December 3, 1963, all was over."
    )
    found = list(dating.find(text))
    assert [one.edtf for one in found] == ["1950-05-05", "1951-06-06", "../1963-12-03"]
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


BOUNDS = [
    ("1963", "1963-01-01T00:00:00", "1963-12-31T23:59:59"),
    ("1964-02", "1964-02-01T00:00:00", "1964-02-29T23:59:59"),
    ("196X", "1960-01-01T00:00:00", "1969-12-31T23:59:59"),
    ("1963-11-XX", "1963-11-01T00:00:00", "1963-11-30T23:59:59"),
    ("1963-24", "1963-12-01T00:00:00", "1964-02-29T23:59:59"),
    ("1963-11-22T12:30:00Z", "1963-11-22T12:30:00", "1963-11-22T12:30:00"),
    ("1961-02-22?", "1961-02-22T00:00:00", "1961-02-22T23:59:59"),
    ("1963-11/..", "1963-11-01T00:00:00", None),
    ("/1963", None, "1963-12-31T23:59:59"),
    ("[..1963-11-25]", None, "1963-11-25T23:59:59"),
    ("{1963-11-25,1963-11-27}", "1963-11-25T00:00:00", "1963-11-27T23:59:59"),
    ("-0044-03-15", "-0044-03-15T00:00:00", "-0044-03-15T23:59:59"),
    ("XXXX-11-25", None, None),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), BOUNDS)
def test_bounds(edtf: str, earliest: str | None, latest: str | None) -> None:
    assert dating.bounds(edtf) == (earliest, latest)
    assert dating.from_edtf(edtf).edtf == edtf


@pytest.mark.parametrize("edtf", ["", "1963-13", "1963-02-30", "yesterday", "1964/1963", "[1963"])
def test_malformed_edtf_is_no_reading(edtf: str) -> None:
    assert dating.from_edtf(edtf).edtf is None
    assert dating.bounds(edtf) == (None, None)


DAYS = st.dates(datetime.date(1400, 3, 1), datetime.date(2049, 12, 31))
STYLES = [
    "{month} {day}, {year}", "{day} {month} {year}", "{month} {day} {year}", "{day}. {month} {year}",
    "{day}.{number}.{year}", "{day}.{roman}.{year}", "{year}-{number:02}-{day:02}",
    "{month} {day}th, {year}", "{short}. {day}, {year}", "[{month} {day}, {year}]",
    "{MONTH} {day}, {year}12",
]  # fmt: skip
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@given(DAYS, st.sampled_from(STYLES))
def test_a_day_written_in_any_style_is_read_back(day: datetime.date, style: str) -> None:
    month = dating.MONTHS[day.month - 1]
    text = style.format(
        month=month, MONTH=month.upper(), short=month[:3], day=day.day, year=day.year,
        number=day.month, roman=ROMAN[day.month - 1],
    )  # fmt: skip
    found = dating.parse(text)
    assert found is not None
    assert found.edtf == day.isoformat()


@given(DAYS, st.times())
def test_a_time_written_behind_a_day_is_read_back(day: datetime.date, time: datetime.time) -> None:
    half = "a.m." if time.hour < 12 else "p.m."
    text = f"{dating.MONTHS[day.month - 1]} {day.day}, {day.year}, {time.hour % 12 or 12}:{time.minute:02} {half}"
    found = dating.parse(text)
    assert found is not None
    assert found.earliest == f"{day.isoformat()}T{time.hour:02}:{time.minute:02}:00"


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    found = dating.parse(text)
    if found is not None:
        assert text[found.start : found.end] == found.text
    for one in dating.find(text):
        assert text[one.start : one.end] == one.text


@given(DAYS, DAYS)
def test_bounds_of_an_interval_are_those_of_its_ends(a: datetime.date, b: datetime.date) -> None:
    low, high = sorted((a.isoformat(), b.isoformat()))
    assert dating.bounds(f"{low}/{high}") == (f"{low}T00:00:00", f"{high}T23:59:59")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("early May", "XXXX-05-01/XXXX-05-10"),
        ("mid-June", "XXXX-06-11/XXXX-06-20"),
        ("the middle of June", "XXXX-06-11/XXXX-06-20"),
        ("late June", "XXXX-06-21/XXXX-06-30"),
        ("mid-November 1963", "1963-11-11/1963-11-20"),
    ],
)
def test_a_part_of_a_month_with_or_without_its_year(words: str, edtf: str) -> None:
    found = dating.parse(words)
    assert found is not None
    assert found.edtf == edtf


def test_a_name_that_begins_as_a_month_does_is_no_month() -> None:
    words = "Talk between Martin and Ball, April 24. On piers."
    assert dating.parse(words, default_year=1963).edtf == "1963-04-24"
    assert dating.parse("drafted by Mayer, 1961").edtf == "1961"
