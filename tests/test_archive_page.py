"""Pages of a digital archive in both layouts, as text and as HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kgraph.extract import naming
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import archive_page
from recorded import compare

CASES = Path(__file__).parent / "golden" / "archive_page"


def record(path: Path) -> Record:
    return next(r for r in archive_page.read(path, Report()) if isinstance(r, Record))


def source(case: Path) -> Path:
    return next(one for one in case.iterdir() if one.name != "expected.json")


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_page_is_read_as_was_checked(case: Path) -> None:
    path = source(case)
    assert archive_page.sniff(path.read_bytes(), path.name)
    compare(case, archive_page.read(path, Report()))


def test_conflicting_dates_stay_side_by_side() -> None:
    page = record(source(CASES / "new-layout"))
    assert page.date is not None
    assert (page.date.edtf, page.date.rule) == ("1958-03-11", "page-heading")
    assert {(d.rule, d.edtf) for d in page.other_dates} == {
        ("date-below-signature", "1958-03-11"),
        ("time-stamp", "1958-03-12T07:40:00"),
    }


def test_a_label_without_a_value_stays_empty() -> None:
    page = record(source(CASES / "new-layout"))
    assert page.language is None
    assert [r.property for r in page.remarks if r.kind == "absence"] == ["language"]


def test_the_summary_is_no_part_of_the_text_that_is_signed() -> None:
    page = record(source(CASES / "new-layout"))
    assert page.regest is not None
    assert page.regest.startswith("Gralin reports")
    assert page.signed[0].name == "M. Gralin"


def test_scripts_and_menus_of_html_are_left_out() -> None:
    page = record(source(CASES / "html"))
    assert "Nobody" not in page.text
    assert page.url == "https://digitalarchive.wilsoncenter.org/document/334455"


@pytest.mark.parametrize(
    ("name", "text", "ident"),
    [
        ("node-88001.txt", "Record ID\n\n123456\n", "wc/node-88001"),
        ("saved.txt", "Record ID\n\n123456\n", "wc/123456"),
        ("saved.txt", "https://digitalarchive.wilsoncenter.org/document/654321\n", "wc/654321"),
        ("saved.txt", "https://archive.example.org/node/88002\n", "wc/node-88002"),
        ("saved.txt", "Donors\n\nA Fund\n", "wc/saved"),
    ],
)
def test_ids_come_from_what_the_page_says(name: str, text: str, ident: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(
        "May 4, 1960\n\nLetter from Anna Berg to Olaf Holm\n\nDear Olaf,\n\nThe boat is in.\n\n"
        f"Anna Berg\n\nDocument Information\n\n{text}",
        "utf-8",
    )
    assert record(path).id == ident


def test_a_page_without_a_document_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("Document Information\n\nRecord ID\n\n1\n", "utf-8")
    report = Report()
    assert list(archive_page.read(path, report)) == []
    assert list(report.counts()) == ["page-without-document"]


def test_bold_lines_a_source_note_and_an_ellipsis_hide_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "May 4, 1960\n\nReport from Anna Berg to the Harbour Committee\n\n**TOP SECRET**\n \n**Copy No. 2**\n\n"
        "**Bergen, 4 May 1960**\n\nThe boats came in at noon.\n\n[...]\n\nAnna Berg\n\n[...]\n\n"
        "[Source: Town Archives, box 4.]\n\nBerg tells the committee when the boats came into the harbour.\n\n"
        "Document Information\n\nRecord ID\n\n4711\n",
        "utf-8",
    )
    page = record(path)
    assert page.classification == "TOP SECRET"
    assert [(one.kind, one.value) for one in page.numbers] == [("copy", "2")]
    assert page.place is not None
    assert page.place.name == "Bergen"
    assert [one.name for one in page.signed] == ["Anna Berg"]
    assert page.regest == "Berg tells the committee when the boats came into the harbour."
    assert page.holdings[0].holder == "Town Archives"


@pytest.mark.parametrize(
    ("source_note", "hands"),
    [
        ("Town Archives. Obtained by Ada Marl.", [("Ada Marl", "person")]),
        ("Town Archives. Obtained by Ada Marl and B. O. Lund and translated by Cy Horn.",
         [("Ada Marl", "person"), ("B. O. Lund", "person")]),
        ("Town Archives. Contributed by the Harbour Institute of History.",
         [("Harbour Institute of History", "body")]),
        ("Town Archives. Obtained by Fundação Torre.", [("Fundação Torre", "body")]),
        ("Town Archives; copy courtesy of NSX", [("NSX", "body")]),
        ("Orlin documents given to Ada Marl on 20 June 1999, Town Archives", [("Orlin", "person")]),
        ("Embassy documents given to Ada Marl on 20 June 1999, Town Archives", [("Embassy", "body")]),
    ],
)  # fmt: skip
def test_who_had_a_copy_is_a_person_or_a_body_by_his_name(
    source_note: str, hands: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "May 4, 1960\n\nLetter from Anna Berg to Olaf Holm\n\nDear Olaf,\n\nThe boat is in.\n\n"
        f"Anna Berg\n\nDocument Information\n\nSource\n\n{source_note}\n\nRecord ID\n\n4711\n",
        "utf-8",
    )
    leg = record(path).legs[0]
    assert leg.mode == "custody"
    had = [leg.by or leg.from_ if leg.by or leg.date else leg.to, *leg.also_by]
    assert [(one.name, one.kind) for one in had if one is not None] == hands


@settings(max_examples=40)
@given(
    day=st.integers(1, 28),
    month=st.sampled_from(["January", "May", "October", "December"]),
    year=st.integers(1945, 1991),
    name=st.from_regex(r"[BDGKLMNRT][aeiou][bdgklmnrt]{1,2}[aeiou][nrs]", fullmatch=True),
)
def test_no_name_or_date_is_known_beforehand(
    day: int, month: str, year: int, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assume(not naming.is_place(name) and not naming.is_body(name) and not naming.is_office(name))
    path = tmp_path_factory.mktemp("page") / "page.txt"
    path.write_text(
        f"{month} {day}, {year}\n\nTelegram from Soviet Ambassador to Norway {name} to USSR MFA\n\n"
        f"SECRET\n\nThe minister was out of town.\n\nP. {name.upper()}\n\n{day} {month} {year}\n\n"
        "A short account of a minister's absence from his town and office.\n\n\n\n"
        "Document Information\n\nSource\n\nTown Archives\n\nRecord ID\n\n4711\n",
        "utf-8",
    )
    page = record(path)
    assert page.senders[0].name == name
    assert page.addressees[0].name == "USSR MFA"
    assert page.date is not None
    assert page.date.earliest is not None
    assert page.date.earliest.startswith(f"{year}-")
    assert page.signed[0].name == f"P. {name.upper()}"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "ident", "sender", "date"),
    [
        ("002_d92ae2a70818e4ff.txt", "wc/117349", "Anastas Mikoyan", "1963-11-25"),
        ("004_fb2f9891d5841e01.txt", "wc/111625", "Dobrynin", "1962-10-24"),
    ],
)
def test_the_seed_pages(shared: Path, name: str, ident: str, sender: str, date: str) -> None:
    page = record(shared / "sources" / "seeds" / name)
    assert (page.id, page.senders[0].name) == (ident, sender)
    assert page.date is not None
    assert page.date.edtf == date
    assert page.form == "cipher-telegram"
    assert page.text == (shared / "sources" / "seeds" / name).read_text("utf-8")


def test_the_upload_is_the_last_step_of_the_copy() -> None:
    page = record(source(CASES / "new-layout"))
    last = page.legs[-1]
    assert (last.mode, last.series, last.to and last.to.name) == (
        "digital publication", "custody", "public",
    )  # fmt: skip
    assert last.from_ is not None
    assert last.from_.name == "Havnborg City Archives"
    assert last.date is not None
    assert last.date.rule == "label"
