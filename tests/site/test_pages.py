"""The pages of the site: what a visitor finds on them, and that nothing leads astray."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from page_kinds import KINDS
from starlette.testclient import TestClient

from kgraph.server.pages import link
from kgraph.server.pages.drawing import by_name, in_time, tied
from kgraph.server.pages.search import marked

Read = Callable[[str], Any]
LETTER = "/doc/document/frus1961-63v06/d21"


@pytest.mark.parametrize("address", KINDS)
def test_nothing_on_a_page_comes_from_another_host(
    site: TestClient, page: Read, address: str
) -> None:
    tree = page(address)
    loaded = tree.xpath("//script/@src|//img/@src|//link[not(@rel='alternate')]/@href")
    assert all(source.startswith("/") and not source.startswith("//") for source in loaded)
    assert all(one.startswith(("/", "?", "#", "http")) for one in tree.xpath("//a/@href"))
    for script in tree.xpath("//script[not(@src)]"):
        assert script.get("type") == "application/ld+json"
    assert tree.xpath("//@onclick|//@onload|//iframe|//object") == []
    answer = site.get(address)
    assert "set-cookie" not in answer.headers
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_every_link_of_the_site_answers(site: TestClient, page: Read) -> None:
    """A walk from every kind of page, two steps deep, over pages and pictures."""
    seen: dict[str, str] = {}
    for address in KINDS:
        for found in page(address).xpath("//main//a/@href|//img/@src|//link/@href|//nav//a/@href"):
            target = urljoin("http://testserver" + address, found)
            if urlsplit(target).netloc == "testserver":
                seen.setdefault(target.split("#")[0], address)
    lost = []
    step = max(1, len(seen) // 200)
    for target, source in sorted(seen.items())[::step]:
        if "/dumps/" in target:
            continue
        if "/pictures/" in target:  # drawn in the tests of pictures
            continue
        code = site.get(target).status_code
        if code != 200:
            lost.append((code, target, source))
    assert lost == []


def test_pictures_are_shown_only_where_they_can_be_drawn(site: TestClient, page: Read) -> None:
    letters = page("/letters").xpath("//td/a/@href")
    drawn = {a: page(a).xpath("//img/@src") for a in letters[:25]}
    assert any(drawn.values())
    for address, sources in drawn.items():
        for source in sources:
            answer = site.get(source)
            assert answer.status_code == 200, address
            assert answer.headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize("address", ["/doc/person/nobody-at-all", "/doc/document/none/1"])
def test_what_is_not_known_has_a_page_that_says_so(site: TestClient, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert "Nothing is known here" in answer.text


def test_odd_words_are_shown_and_never_run(site: TestClient) -> None:
    odd = '"><script>alert(1)</script>'
    for address in ("/search", "/query"):
        answer = site.get(address, params={"q": odd, "query": odd, "name": odd})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert link("https://w3id.org/kgraph/id/person/x", odd).count("<") == 2
    assert "<script" not in marked(odd, "alert")
    for drawing in (
        in_time([("1961-01", odd)] * 3, [odd], odd),
        by_name([(odd, 1), (odd, 2)], odd),
        tied([("a", odd, "b", odd)], odd),
    ):
        assert "<svg" in drawing
        assert "<script" not in drawing


def test_the_page_of_a_letter_tells_what_the_sources_tell(page: Read) -> None:
    tree = page(LETTER)
    words = tree.text_content()
    for heading in ("From hand to hand", "Where the sources disagree", "Copies and where they lie",
                    "The words that facts rest on", "Cite this", "As linked data"):  # fmt: skip
        assert heading in words
    assert tree.xpath("//mark[@class='words']")
    assert "part_of" not in words
    assert "perhaps" in words or "29 September 1961" in words


def test_a_doubt_about_many_documents_is_folded(page: Read) -> None:
    folded = page(LETTER).xpath("//details[@class='box']/summary/text()")
    assert any(re.search(r"a doubt about this and \d+ other documents", words) for words in folded)


def test_search_engines_read_who_wrote_to_whom(page: Read) -> None:
    data = json.loads(page(LETTER).xpath("string(//script[@type='application/ld+json'])"))
    assert data["@type"] == "Message"
    assert data["@context"] == "https://schema.org/"
    assert [one["@id"].rpartition("/")[2] for one in data["sender"]] == ["khrushchev-nikita"]
    assert data["toRecipient"]
    assert data["dateSent"] == "1961-09-29"


def test_citations_can_be_taken_along(site: TestClient) -> None:
    bib = site.get(LETTER + ".bib").text
    assert re.match(r"@misc\{[\w-]+,\n(  \w+ = \{[^{}]*\},\n)+\}\n$", bib)
    assert "Khrushchev" in bib
    assert "1961-09-29" in bib
    lines = site.get(LETTER + ".ris").text.split("\r\n")
    assert lines[0] == "TY  - PCOMM"
    assert lines[-2] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


def _counts(tree: Any, title: str) -> dict[str, int]:
    rows = tree.xpath(f"//aside/h2[.='{title}']/following-sibling::ul[1]/li")
    return {row.xpath("string(a)"): int(row.xpath("string(span)")) for row in rows}


def _found(tree: Any) -> int:
    said = tree.xpath("string(//section//p[@role='status'])")
    return int(re.match(r"[\d,]+", said)[0].replace(",", ""))  # type: ignore[index]


def test_facets_count_what_choosing_them_leaves(site: TestClient, page: Read) -> None:
    tree = page("/search?q=kennedy")
    for title in ("Kind", "Channel", "Side", "Year", "Held by"):
        counts = _counts(tree, title)
        assert counts, title
        words, count = next(iter(counts.items()))
        path = f"//aside/h2[.='{title}']/following-sibling::ul[1]/li/a[.={words!r}]/@href"
        narrowed = page(tree.xpath(path)[0])
        assert _found(narrowed) == count
        assert narrowed.xpath("//ul[@class='chips']")


def test_a_misspelled_name_is_respelled(page: Read) -> None:
    tree = page("/search?q=krushchev")
    assert _found(tree) == 0
    suggested = tree.xpath("//main//a[contains(., 'Did you mean')]/@href")
    assert _found(page(suggested[0])) > 0


def test_search_without_words_lists_everything_by_facet(page: Read) -> None:
    tree = page("/search?kind=document&side=soviet")
    assert 0 < _found(tree) < _found(page("/search"))
    assert set(tree.xpath("//ul[contains(@class, 'found')]//span[@class='kind']/text()")) == {
        "document"
    }


def test_answers_are_drawn_where_they_can_be(page: Read) -> None:
    assert page("/query?name=who-wrote-to-whom").xpath("//svg[@class='ties']")
    assert page("/query?name=documents-by-month").xpath("//svg[contains(@class, 'bars')]//rect")
    assert not page("/query?name=printed-in").xpath("//svg[contains(@class, 'bars')]")


def test_the_query_page_answers_with_parameters_and_tells_faults(page: Read) -> None:
    one = page("/query?name=evidence&p.document=frus1961-63v06/d21")
    assert one.xpath("//h2[@id='answer']")
    assert "error at 1:" in page("/query?query=SELECT").xpath("string(//div[@role='alert'])")


def test_the_explorer_gets_the_looks_of_printed_pictures(site: TestClient) -> None:
    data = site.get("/network.json").json()
    assert data["letters"]
    assert len({c["label"] for c in data["channels"]}) == len(data["channels"])
    for channel in data["channels"]:
        assert re.fullmatch(r"#[0-9a-fA-F]{6}", channel["colour"])
    looks = {(s["shape"], s["fill"]) for s in data["sides"]}
    assert {(n["shape"], n["colour"]) for n in data["nodes"]} <= looks
    assert max(letter[4] for letter in data["letters"]) < len(data["channels"])
