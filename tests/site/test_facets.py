"""The list of documents, narrowed by links and plain forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

Read = Callable[[str], Any]
KENNEDY, KHRUSHCHEV = "person/kennedy-john-f", "person/khrushchev-nikita"


def count(tree: Any) -> int:
    told = tree.xpath("//main//*[@role='status']")[0].text_content()
    return int(told.split()[0].replace(",", ""))


def facet(tree: Any, title: str) -> list[tuple[str, str, int]]:
    """Label, address and count of the values of a facet."""
    rows = tree.xpath(f"//aside/h2[.='{title}']/following-sibling::*[1]//li") + tree.xpath(
        f"//aside/h2[.='{title}']/following-sibling::*[2][self::details]//li"
    )
    return [
        (row.xpath("a")[0].text_content(), row.xpath("a/@href")[0],
         int(row.xpath("span")[0].text_content().replace(",", "")))
        for row in rows
    ]  # fmt: skip


def letters(*pairs: tuple[str, str]) -> str:
    return "/letters?" + urlencode(pairs)


@pytest.mark.parametrize(
    "title", ["Who wrote, received or took part", "Year", "Channel", "Held by", "Side"]
)
def test_a_facet_counts_what_choosing_it_leaves(page: Read, title: str) -> None:
    values = facet(page("/letters"), title)
    assert values
    for label, address, told in values[:3]:
        narrowed = page(address)
        assert count(narrowed) == told, address
        assert label in narrowed.xpath("//ul[@class='chips']")[0].text_content()


def test_two_persons_can_be_chosen_and_each_be_taken_away(page: Read) -> None:
    both = page(letters(("person", KENNEDY), ("person", KHRUSHCHEV)))
    rows = both.xpath("//main//tbody/tr")
    assert rows
    for row in rows:
        told = row.text_content()
        assert "Kennedy" in told
        assert "Khrushchev" in told
    one = page(both.xpath("//ul[@class='chips']//a/@href")[0])
    assert count(one) > count(both)


def test_a_span_of_time_takes_years_months_and_days(page: Read) -> None:
    whole = count(page("/letters?from=1961&to=1961"))
    halves = [count(page(letters(("from", a), ("to", b))))
              for a, b in (("1961-01-01", "1961-06"), ("1961-07", "1961-12-31"))]  # fmt: skip
    # what may lie in either half is in both
    assert max(halves) < whole <= sum(halves)
    dates = [row.text_content() for row in
             page("/letters?from=1961-09&to=1961-09").xpath("//main//tbody/tr/td[1]")]  # fmt: skip
    assert any("September 1961" in date for date in dates)
    assert not any(re.fullmatch(r"\d+ (?!September)\w+ 1961", date) for date in dates)


def test_what_is_no_time_is_told_and_passed_over(page: Read) -> None:
    tree = page("/letters?from=spring")
    assert "spring" in tree.xpath("//*[@role='alert']")[0].text_content()
    assert count(tree) == count(page("/letters"))


def test_search_is_narrowed_by_time_too(page: Read) -> None:
    everything, late = page("/search?q=telegram"), page("/search?q=telegram&from=1963-12")
    assert 0 < count(late) < count(everything)
    assert late.xpath("//input[@name='from']/@value") == ["1963-12"]


def test_choices_words_and_order_are_kept_from_page_to_page(page: Read) -> None:
    tree = page(letters(("side", "us"), ("from", "1960"), ("sort", "Document")))
    assert tree.xpath("//th[@aria-sort]")[0].text_content().startswith("Document")
    following = tree.xpath("//a[@rel='next']/@href")[0]
    second = page(following)
    assert count(second) == count(tree)
    assert len(set(second.xpath("//td/a/@href")) - set(tree.xpath("//td/a/@href"))) > 0
    assert second.xpath("//form//input[@name='side']/@value") == ["us"]


def test_nothing_found_says_so_and_shows_the_way_back(page: Read) -> None:
    tree = page("/letters?from=1700&to=1701")
    assert count(tree) == 0
    assert tree.xpath("//main//a[@href='/letters']")
