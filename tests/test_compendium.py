"""Translated compendia: what a historian finds in the records of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import compendium
from recorded import compare

CASES = Path(__file__).parent / "golden" / "compendium"


def records(path: Path, report: Report | None = None) -> dict[str, Record]:
    found = compendium.read(path, report if report is not None else Report())
    return {one.id: one for one in found if isinstance(one, Record)}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_compendium_is_read_as_was_checked(case: Path) -> None:
    path = next(one for one in case.iterdir() if one.suffix == ".txt")
    compare(case, compendium.read(path, Report()))


def test_each_record_holds_its_own_stretch_of_the_file() -> None:
    path = CASES / "harbour" / "karmine.txt"
    text = path.read_text("utf-8")
    found = records(path)
    for ident in ("karmine/N1", "karmine/N2", "karmine/N4", "karmine/intro"):
        assert found[ident].text in text
        start, end = found[ident].locator.split()[1].rstrip(",").split("-")  # type: ignore[union-attr]
        assert text[int(start) : int(end)] == found[ident].text


def test_a_number_left_out_is_told() -> None:
    report = Report()
    records(CASES / "harbour" / "karmine.txt", report)
    assert report.counts() == {"number-missing": 1}


def test_the_letter_inside_is_a_document_with_a_way_of_its_own() -> None:
    letter = records(CASES / "harbour" / "karmine.txt")["karmine/N2/letter"]
    hands = [leg.to.name if leg.to else None for leg in letter.legs]
    assert hands == ["Brandt", "Haugen", "M.N. Gralin", "Arkady Torvich"]
    assert [leg.mode for leg in letter.legs] == ["hand delivery"] * 3 + ["cipher telegram"]
    assert letter.part_of == "karmine/N2"


@pytest.mark.parametrize("label", ["N{}.", "No. {}.", "{}.", "Document {}:", "№ {}."])
def test_headings_of_many_shapes(label: str, tmp_path: Path) -> None:
    path = tmp_path / "shapes.txt"
    parts = [
        f"{label.format(n)} Letter from Soviet Ambassador A.B. Drozd to Minister Olaf Berg\n"
        f"{n} May 1950\nTop Secret\nDear Mr. Berg,\nThe boat came in.\nA. Drozd\n"
        for n in (1, 2, 3)
    ]
    path.write_text("\n".join(parts) + "\nTranslation © 2001 by Eva Holm\n", "utf-8")
    assert compendium.sniff(path.read_bytes(), path.name)
    found = records(path)
    assert [found[f"shapes/N{n}"].date.edtf for n in (1, 2, 3)] == [  # type: ignore[union-attr]
        "1950-05-01", "1950-05-02", "1950-05-03",
    ]  # fmt: skip
    assert all(found[f"shapes/N{n}"].senders[0].name == "A.B. Drozd" for n in (1, 2, 3))


def test_a_text_without_documents_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    path.write_text("Only talk of the weather.\n", "utf-8")
    report = Report()
    assert list(compendium.read(path, report)) == []
    assert list(report.counts()) == ["compendium-no-documents"]
    assert not compendium.sniff(path.read_bytes(), path.name)


@pytest.mark.shared
def test_the_seed_compendium_against_its_annotation(shared: Path) -> None:
    path = shared / "sources" / "seeds" / "000_c0f11674b2ef0660.txt"
    found = records(path)
    assert {f"th/N{n}" for n in range(1, 9)} | {"th/N8/letter"} <= set(found)
    assert len(found["th/N2"].copies_to) == 20
    assert [len(found[f"th/N{n}"].copies_to) for n in (5, 6, 7)] == [19, 19, 19]
    assert found["th/N6"].date.edtf == "1963-11-26"  # type: ignore[union-attr]
    assert found["th/N6"].other_dates[0].edtf.startswith("1963-11-26T11:30")  # type: ignore[union-attr]
