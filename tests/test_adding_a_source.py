"""The guide to adding a source does what it says."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from kgraph import sources
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import columns
from test_sources_contract import check

GUIDE = Path(__file__).parents[1] / "docs" / "adding-a-source.md"


def block(language: str) -> str:
    """The first block of the guide in a language."""
    match = re.search(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)
    assert match
    return match[1]


@pytest.fixture
def reader(tmp_path: Path) -> ModuleType:
    path = tmp_path / "logbook.py"
    path.write_text(block("python"), "utf-8")
    spec = importlib.util.spec_from_file_location("logbook", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_guides_reader_reads_the_guides_sample(
    reader: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, reader))
    sample = tmp_path / "harbour.txt"
    sample.write_text(block("text"), "utf-8")
    report = Report()
    found = list(sources.read(sample, report))
    check(found, report)
    first, second = (item for item in found if isinstance(item, Record))
    assert [p.name for p in (*first.senders, *first.addressees)] == ["Ada Marl", "Bo Lund"]
    assert first.date
    assert (first.date.edtf, first.form, first.legs[0].mode) == ("1931-05-03", "letter", "courier")
    assert (second.form, second.legs, second.unparsed) == ("telegram", (), ())
    assert [(f.code, f.where) for f in report] == [("entry-unreadable", f"{sample}:9")]


def test_the_guides_mapping_names_fields_that_exist_and_all_of_them() -> None:
    mapping = tomllib.loads(block("toml"))
    assert set(mapping["columns"].values()) <= columns.FIELDS
    listed = re.search(r"^Fields are (.*?)\. `senders =", GUIDE.read_text("utf-8"), re.M | re.S)
    assert listed
    assert set(re.findall(r"`(\w+)`", listed[1])) == columns.FIELDS
