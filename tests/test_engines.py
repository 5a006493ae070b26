"""Builds give the same graph whatever runs their steps."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from kgraph.build import build, engines
from kgraph.report import KgraphError


@pytest.fixture
def letters(tmp_path: Path) -> list[Path]:
    found = []
    for year in (1861, 1862, 1863):
        path = tmp_path / f"letters{year}.csv"
        path.write_text(f"sender,addressee,date\nMarl,Lund,{year}-03-04\nLund,Marl,{year}-05-06\n")
        found.append(path)
    return found


def test_processes_and_one_alone_make_one_graph(
    letters: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = build(letters, tmp_path / "alone", jobs=1)
    monkeypatch.setattr(engines, "ALONE_BELOW", 0)
    together = build(letters, tmp_path / "together", jobs=2)
    assert (together.hash, together.records) == (alone.hash, alone.records)


@pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs pyspark (kgraph[spark]) and Java",
)
@pytest.mark.timeout(600)
def test_spark_makes_the_same_graph(letters: list[Path], tmp_path: Path) -> None:
    alone = build(letters, tmp_path / "alone", jobs=1)
    told: list[tuple[str, int, int]] = []
    spark = build(
        letters, tmp_path / "spark", jobs=2, with_engine="spark",
        progress=lambda what, done, of: told.append((what, done, of)),
    )  # fmt: skip
    assert (spark.hash, spark.records) == (alone.hash, alone.records)
    read = [one for one in told if one[0] == "reading"]
    assert read[-1] == ("reading", read[-1][2], read[-1][2]), "progress comes to its end"


def test_without_pyspark_one_line_says_what_to_install(
    letters: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(KgraphError, match="needs pyspark") as raised:
        build(letters, tmp_path / "store", with_engine="spark")
    assert "kgraph[spark]" in (raised.value.hint or "")


def test_an_unknown_engine_is_bad_use(letters: list[Path], tmp_path: Path) -> None:
    with pytest.raises(KgraphError, match="no engine 'steam'"):
        build(letters, tmp_path / "store", with_engine="steam")
