"""Documents as volumes of six eras lay them out in TEI; above each file stands what a reader finds.

The documents are invented, and what is expected was written before the reader was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree
from stripped import lines, text

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import frus_tei, frus_text
from recorded import said

PAGES = sorted((Path(__file__).parent / "golden" / "frus_layouts").glob("*.page"))
VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"
 xml:id="frus1999"><teiHeader/><text><body><div type="compilation"><head>Papers</head>
%s
</div></body></text></TEI>"""


def expected(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    return msgspec.yaml.decode(head, type=dict[str, dict[str, Any]]), body


def documents() -> Iterator[Any]:
    for path in PAGES:
        for name, facts in expected(path)[0].items():
            yield pytest.param(path, name, facts, id=f"{path.stem}-{name}")


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, dict[str, Record]]:
    folder = tmp_path_factory.mktemp("layouts")
    read: dict[Path, dict[str, Record]] = {}
    for path in PAGES:
        file = folder / f"{path.stem}.xml"
        file.write_text(VOLUME % expected(path)[1], "utf-8")
        report = Report()
        found = [one for one in frus_tei.read(file, report) if isinstance(one, Record)]
        assert not list(report)
        read[path] = {one.id.removeprefix("frus1999/"): one for one in found}
    return read


@pytest.mark.parametrize(("path", "name", "facts"), list(documents()))
def test_a_document(
    path: Path, name: str, facts: dict[str, Any], volumes: dict[Path, dict[str, Record]]
) -> None:
    one = volumes[path][name]
    found = {field: said(one, field) for field in facts}
    if "contains" in found:
        found["contains"] = [inner.removeprefix("frus1999/") for inner in found["contains"]]
    assert found == facts


def test_nothing_else_is_found(volumes: dict[Path, dict[str, Record]]) -> None:
    for path, records in volumes.items():
        assert set(records) == set(expected(path)[0])


SAME_AS_TEXT = frozenset(
    (
        "form",
        "senders",
        "addressees",
        "date",
        "received",
        "place",
        "participants",
        "subject",
        "signed",
    )
)
"""What a text without markup tells as well."""
ONLY_IN_MARKUP = {
    ("meetings-1944-1951", "d5"),
    ("meetings-1944-1951", "d12"),
    ("third-1917-1950", "d5"),
    ("fourth-1918-1953", "d6"),
}
"""Those present in columns of a table, and in a list above a document: lost with the markup."""


def as_text(body: str, path: Path) -> None:
    """The documents without their markup, each block a paragraph, notes behind their block."""
    root = etree.fromstring(VOLUME % body)
    words = [
        line for div in root.iter("{*}div") if div.get("type") == "document" for line in lines(div)
    ]
    path.write_text("\n\n".join(words), "utf-8")


MARKED_ONLY = frozenset(("fourth-enclosure-1862",))
"""An enclosure below "No. 1." only: in plain text documents of the volume stand below such numbers."""


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.stem not in MARKED_ONLY], ids=lambda path: path.stem
)
def test_the_same_documents_as_plain_text(path: Path, tmp_path: Path) -> None:
    wanted, body = expected(path)
    text = tmp_path / "frus1999.txt"
    as_text(body, text)
    records = [one for one in frus_text.read(text, Report()) if isinstance(one, Record)]
    outer = [one.id for one in records if one.part_of is None]
    names = dict(zip(outer, (name for name in wanted if "/" not in name), strict=True))
    found = {}
    for one in records:
        volume, document, *inner = one.id.split("/")
        found["/".join((names[f"{volume}/{document}"], *inner))] = one
    for name, facts in wanted.items():
        told = {field: value for field, value in facts.items() if field in SAME_AS_TEXT}
        if (path.stem, name) in ONLY_IN_MARKUP:
            del told["participants"]
        assert {field: said(found[name], field) for field in told} == told, name


UNTOLD = {
    ("1861-1869", "d5"): "a month behind the last sentence",
    ("fourth-1861-1917", "d1"): "no space where the salutation begins",
    ("second-1933-1953", "d2"): "marking, number and place in one word",
    ("third-1861-1889", "d16"): "given at a palace, in the last sentence",
}
"""Dates that one line does not tell."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_document_on_one_line_is_dated(path: Path, tmp_path: Path) -> None:
    wanted, body = expected(path)
    root = etree.fromstring(VOLUME % body)
    (tmp_path / "frus1999").mkdir()
    for div in root.iter("{*}div"):
        name = div.get("{http://www.w3.org/XML/1998/namespace}id")
        if "date" not in wanted.get(name, {}) or (path.stem, name) in UNTOLD:
            continue
        file = tmp_path / "frus1999" / f"{name}.txt"
        file.write_text(text(div, "line"), "utf-8")
        one = next(one for one in frus_text.read(file, Report()) if one.part_of is None)
        assert said(one, "date") == wanted[name]["date"], name
