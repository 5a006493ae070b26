"""What WCAG 2.2 asks of every page and a program can see without a browser."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from page_kinds import KINDS

from kgraph.server.pages.site import STATIC

Read = Callable[[str], Any]
every_page = pytest.mark.parametrize("address", KINDS)


@every_page
def test_a_page_says_its_language_title_and_landmarks(page: Read, address: str) -> None:
    tree = page(address)
    assert tree.get("lang") == "en"
    assert tree.findtext(".//title", "").strip().endswith("· kgraph")
    for landmark in ("header", "main", "footer"):
        assert len(tree.findall(f".//{landmark}")) == 1
    names = [nav.get("aria-label") for nav in tree.iter("nav")]
    assert names
    assert len(set(names)) == len(names)
    assert None not in names


@every_page
def test_headings_begin_with_one_h1_and_leave_out_no_level(page: Read, address: str) -> None:
    levels = [int(h.tag[1]) for h in page(address).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@every_page
def test_every_field_link_and_picture_has_a_name(page: Read, address: str) -> None:
    tree = page(address)
    labelled = {label.get("for") for label in tree.iter("label")}
    for field in tree.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        assert field.get("id") in labelled, field.attrib
    for link in tree.xpath("//a|//button|//summary"):
        words = link.text_content().strip() or "".join(link.xpath(".//img/@alt"))
        assert words, link.attrib
    for picture in tree.iter("img"):
        assert picture.get("alt"), picture.get("src")
    for drawing in tree.xpath("//main//svg[not(@aria-hidden)]"):
        assert drawing.get("role") == "img"
        assert drawing.get("aria-label")


@every_page
def test_ids_are_unique_and_what_is_referred_to_exists(page: Read, address: str) -> None:
    tree = page(address)
    counts = Counter(tree.xpath("//@id"))
    assert [name for name, count in counts.items() if count > 1] == []
    referred = tree.xpath("//@aria-labelledby|//@aria-describedby|//label/@for|//input/@list")
    assert {name for value in referred for name in value.split()} <= set(counts)
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]


@every_page
def test_tables_have_headers_and_can_be_scrolled_by_key(page: Read, address: str) -> None:
    for table in page(address).iter("table"):
        assert table.xpath(".//th[@scope]")
        around = table.getparent()
        assert around.get("tabindex") == "0"
        assert around.get("role") == "region"


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_stand_out_from_their_ground(mode: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", (STATIC / "site.css").read_text(), re.DOTALL)
    look = _colours(blocks[0]) | (_colours(blocks[1]) if mode == "dark" else {})
    for ink in ("ink", "soft", "link", "accent"):
        for ground in ("paper", "wash"):
            assert _contrast(look[ink], look[ground]) >= 4.5, (ink, ground)
    assert _contrast(look["warn-ink"], look["warn"]) >= 4.5
    assert _contrast(look["paper"], look["link"]) >= 4.5  # words on buttons
    assert _contrast(look["soft"], look["paper"]) >= 3  # edges of fields
