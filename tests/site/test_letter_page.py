"""The page of a document: its way as each source tells it, what they say side by side, its copies,
and the letters before and after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.testclient import TestClient

Read = Callable[[str], Any]
LETTER = "/doc/document/frus/21"
TELEGRAM = "/doc/document/th/N6"


def test_the_way_is_told_source_by_source_in_its_order(page: Read) -> None:
    tellings = page(LETTER).xpath("//div[@class='tellings']/div")
    assert len(tellings) == 2
    fullest = [hop.xpath("string(b)") for hop in tellings[0].xpath(".//ol/li")]
    assert len(fullest) == 3
    assert fullest[0].startswith("Nikita S. Khrushchev")
    assert fullest[-1].endswith("John F. Kennedy")
    assert [len(one.xpath(".//ol/li")) for one in tellings] == [3, 1]


def test_a_way_is_not_said_twice(page: Read) -> None:
    """A mode and a channel of one name are told once, and "not stated" not beside a channel."""
    ways = [hop.xpath("string(span)") for hop in page(TELEGRAM).xpath("//ol[@class='way']/li")]
    assert any("Cipher telegram" in way for way in ways)
    assert not any(way.count("Cipher telegram") > 1 for way in ways)
    assert not any("Not stated ·" in hop.text_content() for hop in page(LETTER).xpath("//ol/li"))


def test_facts_stand_side_by_side_and_say_where_they_differ(page: Read) -> None:
    table = page(TELEGRAM).xpath("//table[@class='compared']")[0]
    sources = table.xpath("thead//th")
    assert len(sources) == 3
    rows = {row.xpath("th/text()")[0].strip(): row for row in table.xpath("tbody/tr")}
    assert list(rows)[:2] == ["Date", "Received"]
    assert rows["Date"].xpath("th/span[.='differs']")
    assert not rows["Sender"].xpath("th/span[.='differs']")
    assert all(len(row.xpath("td")) == len(sources) for row in rows.values())
    assert any("and 1" in cell.text_content() for cell in rows["Copy recipient"].xpath("td"))


def test_a_document_of_one_source_has_no_comparison(page: Read) -> None:
    assert not page("/doc/document/dossier/75").xpath("//table[@class='compared']")


def test_a_copy_that_two_sources_name_stands_once_with_both(page: Read) -> None:
    rows = page(LETTER).xpath("//h2[@id='copies']/..//tbody/tr")
    told = [" ".join(cell.text_content() for cell in row.xpath("td")[:3]) for row in rows]
    assert len(told) == 3
    assert len(set(told)) == len(told)
    assert all(len(row.xpath("td[4]/a")) == 2 for row in rows)


def test_one_reads_on_in_the_exchange_of_two_persons(page: Read) -> None:
    after = page(LETTER).xpath("//a[@rel='next']/@href")[0]
    back = page(after).xpath("//a[@rel='prev']/@href")[0]
    assert back == LETTER
    assert not page("/doc/body/cc-cpsu").xpath("//a[@rel='next']")


def test_a_page_leads_to_its_parts(page: Read) -> None:
    tree = page(LETTER)
    here = tree.xpath("//nav[@aria-label='On this page']/a/@href")
    assert len(here) > 6
    assert all(tree.xpath(f"//*[@id='{one[1:]}']") for one in here)


def test_home_shows_the_way_of_a_letter(page: Read) -> None:
    tree = page("/")
    assert tree.xpath("//img[starts-with(@src, '/pictures/route/')]")
    assert tree.xpath("//figcaption/a[starts-with(@href, '/doc/document/')]")


def test_things_in_an_answer_are_links_by_their_names(page: Read) -> None:
    tree = page("/query?name=who-wrote-to-whom")
    heads = [head.text_content() for head in tree.xpath("//main//thead//th")]
    assert heads == ["sender", "addressee", "documents"]
    first = tree.xpath("//main//tbody/tr[1]/td")
    assert first[0].xpath("a[.='Nikita S. Khrushchev']/@href") == ["/doc/person/khrushchev-nikita"]
    assert first[2].get("class") == "num"
    assert tree.xpath("//svg[@class='ties']")


def test_a_place_has_its_map_and_each_document_once(site: TestClient, page: Read) -> None:
    tree = page("/doc/place/moscow")
    picture = site.get(tree.xpath("//img[contains(@src, '/pictures/place/')]/@src")[0])
    assert picture.status_code == 200
    assert "London" in picture.text
    assert "Geneva" not in picture.text  # to which nothing went from Moscow
    listed = tree.xpath("//h2[.='Documents']/following-sibling::ul[1]/li/a/@href")
    assert len(set(listed)) == len(listed) > 10
    assert not page("/doc/place/vietnam").xpath("//img[contains(@src, '/pictures/place/')]")
    assert site.get("/pictures/place/place/vietnam.svg").status_code == 404


def test_a_legend_names_only_what_is_drawn(page: Read) -> None:
    for address, drawn in (
        ("/doc/person/khrushchev-nikita", ["wrote", "received"]),
        ("/doc/body/cc-cpsu", ["wrote", "received"]),
        ("/doc/place/moscow", ["documents"]),
    ):
        legend = page(address).xpath("//figcaption[span[starts-with(@class, 'key')]]")[0]
        assert len(legend.xpath("span")) <= len(drawn)
        bars = page(address).xpath(
            "//*[local-name()='svg'][@class='bars']//*[local-name()='rect']/@class"
        )
        assert len(legend.xpath("span")) == len(set(bars))
