"""Invented letter tables, notices, compendia and books, written with what is expected before any reader saw them.

They stand in `golden/unseen` with the volumes, pages and catalogues of `test_unseen`.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from altered import YEARS, invented

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import book, compendium, intake, notice
from recorded import said
from test_unseen import UNSEEN, differing, of_catalogue, parted

TABLES = [
    case
    for name in ("tables", "tables_fourth", "tables_fifth", "tables_sixth", "tables_seventh")
    for case in msgspec.yaml.decode(
        (UNSEEN / f"{name}.yaml").read_bytes(), type=list[dict[str, Any]]
    )
]


def table(case: dict[str, Any], folder: Path) -> Path:
    """The table as a file, with its mapping beside it."""
    path = folder / case["file"]
    if "mapping" in case:
        path.with_suffix(".toml").write_text(case["mapping"], "utf-8")
    if path.suffix == ".xlsx":
        openpyxl = pytest.importorskip("openpyxl", reason="spreadsheets need openpyxl")
        book_ = openpyxl.Workbook()
        for row in case["rows"]:
            book_.active.append(row)
        book_.save(path)
    elif path.suffix == ".ods":
        path.write_bytes(_open_spreadsheet(case["rows"]))
    else:
        path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    return path


_MANIFEST = """<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>"""


def _open_spreadsheet(rows: list[list[str]]) -> bytes:
    cells = "".join(
        "<t:table-row>"
        + "".join(f"<t:table-cell><x:p>{escape(cell)}</x:p></t:table-cell>" for cell in row)
        + "</t:table-row>"
        for row in rows
    )
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    content = f"""<o:document-content xmlns:o="{name}office:1.0" xmlns:t="{name}table:1.0"
xmlns:x="{name}text:1.0"><o:body><o:spreadsheet><t:table>{cells}</t:table></o:spreadsheet></o:body>
</o:document-content>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
        packed.writestr("content.xml", content)
    return out.getvalue()


def of_table(one: Record, field: str) -> Any:
    if field == "refs":
        return [party.ref for party in (*one.senders, *one.addressees)]
    if field in ("senders", "addressees", "place"):
        return said(one, field)
    return of_catalogue(one, field)


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case["habit"])
def test_a_table_of_letters(case: dict[str, Any], tmp_path: Path) -> None:
    found = [
        item for item in intake.read(table(case, tmp_path), Report()) if isinstance(item, Record)
    ]
    assert [
        {field: of_table(one, field) for field in facts}
        for one, facts in zip(found, case["letters"], strict=True)
    ] == case["letters"]


NOTICES = msgspec.yaml.decode((UNSEEN / "notices.yaml").read_bytes(), type=list[dict[str, Any]])


@pytest.mark.parametrize("case", NOTICES, ids=lambda case: case["habit"])
def test_a_notice(case: dict[str, Any], tmp_path: Path) -> None:
    text = tmp_path / "notice.txt"
    text.write_text(case["text"], "utf-8")
    assert notice.sniff(text.read_bytes(), text.name)
    article, described = (r for r in notice.read(text, Report()) if isinstance(r, Record))
    found = {
        "author": next((one.name for one in article.senders), None), "set": described.title,
        "set_status": described.status, "set_date": said(described, "date"),
        "kind": article.kind, "title": article.title, "date": said(article, "date"),
    }  # fmt: skip
    assert {key: found[key] for key in case["facts"]} == case["facts"]


COMPENDIA = sorted((UNSEEN / "compendia").glob("*.page"))


@pytest.mark.parametrize("path", COMPENDIA, ids=lambda path: path.stem)
def test_a_compendium(path: Path, tmp_path: Path) -> None:
    wanted, body = parted(path)
    text = tmp_path / "x.txt"
    text.write_text(body, "utf-8")
    assert compendium.sniff(text.read_bytes(), text.name)
    report = Report()
    found = {one.id: one for one in compendium.read(text, report) if isinstance(one, Record)}
    for facts in wanted.values():
        facts.update({key: str(facts[key]) for key in ("date", "received") if facts.get(key)})
    assert differing(found, wanted) == []
    assert set(found) - set(wanted) <= {"x/collection", "x/intro"}
    assert not report.counts()


BOOKS = sorted(path.parent for path in UNSEEN.glob("*/facts.yaml"))


def pages_of(book_: Path) -> list[str]:
    """The pages of a book, from files of their own or from one, parted by lines of "="."""
    if (book_ / "pages.txt").is_file():
        return (book_ / "pages.txt").read_text("utf-8").split("\n=====\n")
    return [page.read_text("utf-8") for page in sorted((book_ / "pages").glob("*.txt"))]


def book_read(pages: list[str], folder: Path, facts: str) -> None:
    for number, page in enumerate(pages, 1):
        (folder / f"page_{number:04}.txt").write_text(page, "utf-8")
    wanted = msgspec.yaml.decode(facts, type=dict[str, dict[str, Any]])
    report = Report()
    found = [one for one in book.read(folder, report) if isinstance(one, Record)]
    records = {one.id.partition("/")[2]: one for one in found}
    assert differing(records, wanted) == []
    assert set(records) == set(wanted)
    assert not report.counts()


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_a_book_of_another_country(path: Path, tmp_path: Path) -> None:
    book_read(pages_of(path), tmp_path, (path / "facts.yaml").read_text("utf-8"))


_BOOK_YEAR = re.compile(r"(?<![\w.])(1[89]\d\d)(?=\D|\d\b|$)")  # a note's number may be glued to it


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_a_book_with_other_names_and_years(path: Path, tmp_path: Path) -> None:
    """No reader knows a name or a year by heart."""
    pages, facts = pages_of(path), (path / "facts.yaml").read_text("utf-8")
    index = next(
        page for page in pages if re.match(r"(?:Index of Names|Name index|Index of names)", page)
    )
    names = set(re.findall(r"(?m)^([A-Z][a-z]{3,})(?=,? [A-Z])", index)) - {"Index", "Name"}
    name = re.compile(
        rf"\b(?:{'|'.join(sorted(n + f for n in names for f in ('', 's')))})\b"
        rf"|\b(?:{'|'.join(sorted(n.upper() for n in names))})\b"
    )

    def other(text: str) -> str:
        text = name.sub(
            lambda m: invented(m[0].capitalize()).upper() if m[0].isupper() else invented(m[0]),
            text,
        )
        return _BOOK_YEAR.sub(lambda m: str(int(m[1]) + YEARS), text)

    short = re.compile(r"(?<=[IVX][. ])(\d\d)(?=\D)")
    changed = [short.sub(lambda m: str((int(m[1]) + YEARS) % 100), other(page)) for page in pages]
    book_read(changed, tmp_path, other(facts))
