"""Invented volumes, pages and catalogues, written with what is expected before any reader saw them.

`golden/unseen` holds forty-two small volumes of 1861 to 1980 in the markup met, with its usual faults; a table
of the openings of archive pages in three layouts, also as HTML; and tables of letter catalogues, each with an
odd habit. The facts stand beside them. Tables, compendia and books: `test_unseen_formats`.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from altered import YEARS, invented
from lxml import etree
from stripped import lines

from kgraph.model import Leg, Record
from kgraph.report import Report
from kgraph.sources import archive_page, cmif, frus_tei, frus_text, intake
from recorded import said

UNSEEN = Path(__file__).parent / "golden" / "unseen"
VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"
 xml:id="frus1999"><teiHeader/><text><body><div type="compilation"><head>Papers</head>
%s
</div></body></text></TEI>"""
VOLUMES = sorted((UNSEEN / "volumes").glob("*.page"))


def parted(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    return msgspec.yaml.decode(head, type=dict[str, dict[str, Any]]), body


def told(one: Record, field: str, wanted: Any) -> Any:
    """A field in the short form of the tables; lists in the order of what is wanted where alike."""
    if field == "legs":
        return [want if any(fits(want, leg) for leg in one.legs) else None for want in wanted]
    if field == "text_has":
        return wanted if wanted in " ".join(one.text.split()) else None
    got = said(one, field)
    if field == "contains":
        got = [name.partition("/")[2] for name in got]
    return wanted if isinstance(wanted, list) and sorted(got) == sorted(wanted) else got


def fits(wanted: dict[str, str], leg: Leg) -> bool:
    sides = {"from": leg.from_, "by": leg.by, "to": leg.to}
    return (
        all(side is not None and side.name == wanted[key] for key, side in sides.items() if key in wanted)
        and wanted.get("mode", leg.mode) == leg.mode
        and ("date" not in wanted or (leg.date is not None and leg.date.edtf == wanted["date"]))
    )  # fmt: skip


def differing(records: dict[str, Record], wanted: dict[str, dict[str, Any]]) -> list[str]:
    """The facts that are not as wanted, one a line."""
    out = []
    for name, facts in wanted.items():
        for field, value in facts.items():
            if name not in records:
                out.append(f"{name}: not found")
                break
            got = told(records[name], field, value)
            if got != value:
                out.append(f"{name} {field}: wanted {value}, got {got}")
    return out


def volume(body: str, folder: Path) -> dict[str, Record]:
    path = folder / "frus1999.xml"
    path.write_text(VOLUME % body, "utf-8")
    report = Report()
    found = [one for one in frus_tei.read(path, report) if isinstance(one, Record)]
    assert not list(report)
    return {one.id.partition("/")[2]: one for one in found}


@pytest.mark.parametrize("path", VOLUMES, ids=lambda path: path.stem)
def test_a_volume(path: Path, tmp_path: Path) -> None:
    wanted, body = parted(path)
    records = volume(body, tmp_path)
    assert differing(records, wanted) == []
    assert set(records) == set(wanted)


_PERSON = re.compile(
    r"<persName[^>]*>(?:<hi[^>]*>)?(?:[^<]*\s)?([A-Z][a-z]{3,})(?:</hi>)?</persName>"
)
_YEAR = re.compile(r"(?<![\w.])(1[89]\d\d)(?!\w)")


@pytest.mark.parametrize("path", VOLUMES, ids=lambda path: path.stem)
def test_a_volume_with_other_names_and_years(path: Path, tmp_path: Path) -> None:
    """No reader knows a name or a year by heart."""
    _, body = parted(path)
    names = sorted(
        set(_PERSON.findall(body)) - {"State", "President", "Lowe", "Hale"}, key=len, reverse=True
    )
    name = re.compile(rf"\b(?:{'|'.join(names) or '$.'})\b")
    text = name.sub(lambda m: invented(m[0]), path.read_text("utf-8"))
    text = _YEAR.sub(lambda m: str(int(m[1]) + YEARS), text)
    head, _, changed = text.partition("\n-----\n")
    wanted = msgspec.yaml.decode(head, type=dict[str, dict[str, Any]])
    assert differing(volume(changed, tmp_path), wanted) == []


PLAIN = ("form", "senders", "addressees", "date", "received", "place", "participants", "subject", "drafters",
         "classification")  # fmt: skip
LOST = {  # with the markup: columns, what is nested without a label, headings of divisions above
    "1862-1895": {"d3/1/1/1"},
    "1908-1939": {"d6"},
    "1943-1945": {"d1", "d2", "d3", "d6", "d8"},
    "1953-1959": {"d6"},
    "1962-1976": {"d8/1/1"},
    "1977-1980": {"d3"},
    "second-1944-1951": {"d3"},
    "third-1915-1941": {"d2/1", "d4"},
    "third-1942-1957": {"d12", "d13", "d14"},
    "third-1958-1980": {"d2", "d9", "d13"},
    "fourth-1862-1939": {"d10", "d12/1", "d13/1"},
    "fourth-1943-1952": {"d2", "d3"},
    "fifth-1947-1953": {"d3", "d4"},
    "sixth-1862-1909": {"d2", "d5/1", "d7"},
    "sixth-1912-1944": {"d13", "d15/1"},
    "sixth-1948-1954": {"d3"},
    "seventh-1861-1879": {"d3/2", "d4/1", "d5/2"},
    "seventh-1919-1932": {"d1"},
    "seventh-1933-1941": {"d5"},
    "seventh-1942-1946": {"d1", "d5", "d6"},
    "seventh-1947-1954": {"d5", "d7", "d9"},
    "seventh-1969-1980": {"d15"},
    "eighth-1862-1912": {"d2", "d3", "d5/1", "d5/2", "d7", "d8", "d9"},
    "eighth-1915-1949": {"d13", "d26"},
}


MARKED_ONLY = frozenset(("third-1861-1877", "fifth-carried-1876-1965", "fifth-1861-1868"))
"""Enclosures below "A." and "No. 1." alone, as documents of a plain text are; quotations without marks."""


@pytest.mark.parametrize(
    "path", [path for path in VOLUMES if path.stem not in MARKED_ONLY], ids=lambda path: path.stem
)
def test_the_same_volume_as_plain_text(path: Path, tmp_path: Path) -> None:
    wanted, body = parted(path)
    root = etree.fromstring(VOLUME % body)
    divs = [div for div in root.iter("{*}div") if div.get("type") == "document"]
    text = tmp_path / "frus1999.txt"
    text.write_text("\n\n".join("\n\n".join(lines(div)) for div in divs), "utf-8")
    found = [one for one in frus_text.read(text, Report()) if isinstance(one, Record)]
    lost = LOST.get(path.stem, set())
    names = [name for name in wanted if "/" not in name]
    outer = [one.id.partition("/")[2] for one in found if one.part_of is None]
    titles = [" ".join("".join(div.find("{*}head").itertext()).split()) for div in divs]
    named: dict[str, str] = {}
    waiting = list(outer)
    for name, title in zip(names, titles, strict=True):
        for at, one in enumerate(waiting):
            own = next(r for r in found if r.id.partition("/")[2] == one).title or ""
            if _letters(own)[:14] in _letters(title)[:30]:
                named[one] = name
                del waiting[: at + 1]
                break
    records = {}
    for one in found:
        document, _, inner = one.id.partition("/")[2].partition("/")
        if document in named:
            records["/".join(filter(None, (named[document], inner)))] = one
    plain = {
        name: {key: facts[key] for key in PLAIN if key in facts}
        for name, facts in wanted.items()
        if name not in lost
    }
    assert differing(records, plain) == []


def _letters(words: str) -> str:
    return re.sub(r"[\W\d_]+", "", words)


PAGES = [
    page
    for name in (
        "archive_pages",
        "archive_pages_second",
        "archive_pages_third",
        "archive_pages_fourth",
        "archive_pages_fifth",
        "archive_pages_sixth",
        "archive_pages_seventh",
        "archive_pages_eighth",
        "archive_pages_ninth",
        "archive_pages_tenth",
        "archive_pages_eleventh",
        "archive_pages_twelfth",
        "archive_pages_thirteenth",
        "archive_pages_fourteenth",
    )
    for page in msgspec.yaml.decode(
        (UNSEEN / f"{name}.yaml").read_bytes(), type=list[dict[str, Any]]
    )
]


SUMMARY = "A short summary of what the paper tells."


def new(page: dict[str, Any], number: int) -> str:
    body = "\n\n".join(page["body"])
    return f"""Skip to content

{page["date"]}

{page["title"]}

This document was made possible with support from the Harbour Fund

{body}

{page.get("summary", SUMMARY)}



Document Information

Source

{page["source"]}

Rights

Reuse is welcome.

Original Uploaded Date

2016-02-11

Language

{page.get("language", "")}

Record ID

{number}
"""


def old(page: dict[str, Any], number: int) -> str:
    body = "\n\n".join(page["body"])
    address = f"http://digitalarchive.wilsoncenter.org/document/{number}"
    return f"""Search in
ADD SEARCH FILTER

Digital Archive International History Declassified

{page["date"]}

{page["title"].upper()}

CITATION SHARE DOWNLOAD
  • Citation

    get citation

    {page.get("summary", SUMMARY)}
    "{page["title"]}," {page["date"]}, History and Public Policy Program Digital Archive, {page["source"]} {address}
  • share document

    {address}

VIEW DOCUMENT IN

English HTML

{page["title"]}

{body}
"""


def html(page: dict[str, Any], number: int) -> str:
    """The page as a browser saves it, in the layout of its text."""
    address = f"https://digitalarchive.wilsoncenter.org/document/{number}"
    told, title, source = (
        escape(page.get("summary", SUMMARY)),
        escape(page["title"]),
        escape(page["source"]),
    )
    body = "".join(f"<p>{escape(line)}</p>\n" for line in page["body"])
    if page["layout"] == "old":
        return f"""<html><head><title>Digital Archive</title></head><body><div id="top"><a href="/">Digital Archive</a>
<p>International History Declassified</p></div><div id="main"><h3>{page["date"]}</h3><h1>{title.upper()}</h1>
<ul><li>Citation<div>get citation<p>{told}</p><p>"{title}," {page["date"]}, History and Public Policy Program
Digital Archive, {source} {address}</p></div></li><li>share document<p>{address}</p></li></ul>
<p>VIEW DOCUMENT IN</p><p>English HTML</p><div class="text">{body}</div></div></body></html>"""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Wilson Center Digital Archive</title>
<meta name="description" content="{told}"><link rel="canonical" href="{address}"></head><body>
<header><nav><ul><li><a>Topics</a></li><li><a>Search</a></li></ul></nav></header><main><article>
<div class="field date"><time>{page["date"]}</time></div><h1><span>{title}</span></h1>
<div>This document was made possible with support from the Harbour Fund</div>
<div class="field text">{body}</div><div class="field summary"><p>{told}</p></div>
<div class="info"><h2>Document Information</h2><div><h3>Source</h3><p>{source}</p></div>
<div><h3>Original Uploaded Date</h3><time>2016-02-11</time></div>
<div><h3>Language</h3><ul><li>{page.get("language", "")}</li></ul></div>
<div><h3>Record ID</h3><p>{number}</p></div></div></article></main><footer>About</footer></body></html>"""


def pdf(page: dict[str, Any], number: int) -> str:
    body = "\n\n".join(page["body"])
    return f"""Digital Archive
International History Declassified

digitalarchive.wilsoncenter.org

{page["date"]}
{page["title"]}

Citation:
"{page["title"]}", {page["date"]}, Wilson Center Digital Archive, {page["source"]}
https://digitalarchive.wilsoncenter.org/document/{number}

Summary:
{page.get("summary", SUMMARY)}

Original Language:
{page.get("language", "")}

Contents:
Translation - English

{body}
"""


@pytest.mark.parametrize("saved", ["text", "html"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["title"][:60])
def test_an_archive_page(page: dict[str, Any], saved: str, tmp_path: Path) -> None:
    layout = {"new": new, "old": old, "pdf": pdf}[page["layout"]]
    path = tmp_path / ("saved.html" if saved == "html" else "saved.txt")
    path.write_text((html if saved == "html" else layout)(page, 299001), "utf-8")
    assert archive_page.sniff(path.read_bytes(), path.name)
    report = Report()
    one = next(item for item in archive_page.read(path, report) if isinstance(item, Record))
    days = {key: str(page["facts"][key]) for key in ("date", "received") if page["facts"].get(key)}
    assert differing({"page": one}, {"page": {**page["facts"], **days}}) == []
    assert not report.counts()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["title"][:60])
def test_an_archive_page_saved_otherwise(page: dict[str, Any], tmp_path: Path) -> None:
    """In the two other layouts, with blanks in the empty lines and typographic quotes, all but the label of
    the language says the same."""

    def curled(words: str) -> str:
        return re.sub(r"\B'(?=\w)", "‘", words).replace("'", "’")

    facts = msgspec.json.decode(curled(msgspec.json.encode(page["facts"]).decode()))
    if page["layout"] != "old":
        facts.pop("original_language", None)
    for layout in {new, old, pdf} - {{"new": new, "old": old, "pdf": pdf}[page["layout"]]}:
        path = tmp_path / "saved.txt"
        path.write_text(curled(layout(page, 299001)).replace("\n\n", "\n \n"), "utf-8")
        one = next(it for it in archive_page.read(path, Report()) if isinstance(it, Record))
        assert differing({"page": one}, {"page": facts}) == []


CATALOGUES = [
    case
    for name in ("cmif", "cmif_third", "cmif_fourth", "cmif_fifth", "cmif_sixth", "cmif_seventh")
    for case in msgspec.yaml.decode(
        (UNSEEN / f"{name}.yaml").read_bytes(), type=list[dict[str, Any]]
    )
]
CATALOGUE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><sourceDesc>
<bibl xml:id="e">A book</bibl></sourceDesc></fileDesc>{header}<profileDesc>{letters}</profileDesc></teiHeader>
<text><body><p/></body></text></TEI>"""


def of_catalogue(one: Record, field: str) -> Any:
    if field in ("senders", "addressees"):
        return [f"{p.name} <{p.ref}>" if p.ref else p.name for p in getattr(one, field)]
    if field == "place" and one.place is not None:
        return f"{one.place.name} <{one.place.ref}>" if one.place.ref else one.place.name
    if field == "kinds":
        return [party.kind for party in (*one.senders, *one.addressees)]
    if field == "certainties":
        return [party.certainty for party in one.senders]
    if field == "printed":
        return [printing.publication for printing in one.printed_in]
    if field == "calendar":
        return one.date.calendar if one.date is not None else None
    if field == "mentions":
        return [f"{mention.type} {mention.text}" for mention in one.mentions]
    if field == "relations":
        return [f"{relation.type} {relation.target}" for relation in one.relations]
    if field == "legs":
        return [
            f"{' > '.join(p.name if p else '-' for p in (leg.from_, leg.by, leg.to))}"
            f" ({leg.mode}, {leg.date.edtf if leg.date else None})"
            for leg in one.legs
        ]
    return said(one, field)


@pytest.mark.parametrize("case", CATALOGUES, ids=lambda case: case["habit"])
def test_a_catalogue_of_letters(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "letters.xml"
    inside = {"header": case.get("header", ""), "letters": case.get("letters", "")}
    text = case.get("file") or CATALOGUE.format(**inside)
    path.write_bytes(text.encode(case.get("encoding", "utf-8")))
    assert "encoding" in case or cmif.sniff(path.read_bytes(), path.name)
    found = [item for item in intake.read(path, Report()) if isinstance(item, Record)]
    wanted = case.get("all") or [case["facts"]]
    assert [
        {field: of_catalogue(one, field) for field in facts}
        for one, facts in zip(found, wanted, strict=True)
    ] == wanted
