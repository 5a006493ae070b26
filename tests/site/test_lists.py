"""Lists: their order, one row a thing, and dates in words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest

from kgraph.server.pages.drawing import in_time
from kgraph.server.pages.lists import LISTINGS
from kgraph.server.pages.words import chronological, dated, day, side

Read = Callable[[str], Any]


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1961-09-29", "29 September 1961"),
        ("XXXX-09-30", "30 September, year not stated"),
        ("1961-02-22?", "perhaps 22 February 1961"),
        ("1963-11-25/1963-11-27", "25 to 27 November 1963"),
        ("1963-11-25/1963-12-02", "25 November to 2 December 1963"),
        ("1963-12-30/1964-01-02", "30 December 1963 to 2 January 1964"),
        ("[1963-11-24,1963-11-25]", "24 or 25 November 1963"),
        ("{1963-11-24,1963-12-01}", "24 November and 1 December 1963"),
        ("[1960,1961,1963]", "1960, 1961 or 1963"),
        ("../1962-01-18", "18 January 1962 or before"),
        ("1963-11-22T15:39", "22 November 1963, 15:39"),
        ("", ""),
    ],
)
def test_a_date_is_told_in_words(edtf: str, words: str) -> None:
    assert day(edtf) == words


def test_only_dates_are_told_as_dates() -> None:
    told = [dated(value) for value in ("1961-09-28~", "person/dobrynin", "no date", "12/34", "")]
    assert told == ["about 28 September 1961", "person/dobrynin", "no date", "12/34", ""]


def test_what_is_known_only_by_its_end_stands_at_that_date_and_no_year_last() -> None:
    in_order = ["1961", "1962-01-18", "../1962-01-18", "[1962-01-19,1962-01-20]", "1962-02",
                "XXXX-02-01", "XXXX-09-30", ""]  # fmt: skip
    assert sorted(sorted(in_order), key=chronological) == in_order


def test_a_side_is_a_name() -> None:
    assert [side(s) for s in ("us", "french", "vietnamese (south)")] == [
        "United States", "French", "Vietnamese (South)",
    ]  # fmt: skip


def _column(tree: Any, number: int) -> list[str]:
    return [cell.text_content().strip() for cell in tree.xpath(f"//main//tbody/tr/td[{number}]")]


def test_letters_stand_in_the_order_of_time(page: Read) -> None:
    dates = _column(page("/letters"), 1)
    years = [re.search(r"\d{4}", date) for date in dates]
    known = [int(year[0]) for year in years if year]
    assert known == sorted(known)
    assert years[0]
    assert not any("[" in date or "XX" in date for date in _column(page("/events"), 1))


def test_people_stand_in_the_alphabet_and_can_be_sorted(page: Read) -> None:
    tree = page("/people")
    names = _column(tree, 1)
    families = [re.sub(r" (b\. |d\. )?\d{4}.*", "", n).split()[-1] for n in names[:20]]
    assert families == sorted(families, key=str.casefold)
    last = tree
    while further := last.xpath("//a[@rel='next']/@href"):
        last = page(further[0].replace("?", "/people?"))
    assert _column(last, 1)[-1][0].islower()  # somebody who is described only
    wrote = page(tree.xpath("//th/a[.='Wrote']/@href")[0].replace("?", "/people?"))
    counts = [int(n) for n in _column(wrote, 3)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1
    assert wrote.xpath("//th[@aria-sort='descending']")[0].text_content().startswith("Wrote")


@pytest.mark.parametrize("name", LISTINGS)
def test_a_thing_has_one_row(page: Read, name: str) -> None:
    column = 1 if name in ("people", "places", "archives", "channels", "conflicts") else 2
    listed = page(f"/{name}").xpath(f"//main//tbody/tr/td[{column}]//a/@href")
    assert listed
    assert len(set(listed)) == len(listed)


def test_units_stand_below_their_holders(page: Read) -> None:
    tree = page("/archives")
    depths = [int(d[-1]) for d in tree.xpath("//tbody//span[starts-with(@class, 'depth')]/@class")]
    assert depths[0] == 0
    assert max(depths) >= 2
    assert all(after <= before + 1 for before, after in itertools.pairwise(depths))


def test_claims_of_things_are_their_names(page: Read) -> None:
    claims = page("/conflicts").xpath("//ul[@class='dots']/li")
    assert any(claim.xpath("a") for claim in claims)
    assert not any(re.match(r"(person|body)/", claim.text_content()) for claim in claims)


def test_each_claim_stands_with_the_source_that_makes_it(page: Read) -> None:
    rows = page("/conflicts").xpath("//ul[@class='dots']")
    told = [[li.text_content() for li in row.xpath("li")] for row in rows]
    mikoyan = next(row for row in told if any("N6 heading" in claim for claim in row))
    assert mikoyan[0].startswith("N6 heading: 26 November 1963Eight Soviet documents")
    assert mikoyan[1].startswith("wc page and signature line")
    assert "What the editors of kgraph add" in mikoyan[-1]


def test_bars_in_time_leave_out_dates_far_from_all_others_and_say_so() -> None:
    dates = [(f"196{n % 5}-0{n % 9 + 1}", "documents") for n in range(60)]
    drawing = in_time([*dates, ("1999-06", "documents")], ("documents",), "In time")
    assert "1 later" in drawing
    assert re.findall(r">(\d{4})<", drawing) == ["1960", "1961", "1962", "1963", "1964"]
