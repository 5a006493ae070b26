"""The notebooks run, and hold what their scripts hold."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"
SCRIPTS = sorted(x for x in NOTEBOOKS.glob("*.py") if x.name != "execute.py")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda x: x.stem)
def test_a_notebook_has_the_cells_of_its_script_executed(script: Path) -> None:
    cells = runpy.run_path(str(NOTEBOOKS / "execute.py"))["cells"]
    kept = json.loads(script.with_suffix(".ipynb").read_text("utf-8"))["cells"]
    assert [(x["cell_type"], x["source"]) for x in kept] == cells(script.read_text("utf-8"))
    assert all(x["execution_count"] for x in kept if x["cell_type"] == "code")


@pytest.mark.slow
def test_the_notebook_of_the_shipped_data_runs(
    shipped_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGRAPH_STORE", str(shipped_store))
    made = runpy.run_path(str(NOTEBOOKS / "execute.py"))["notebook"](NOTEBOOKS / "shipped-data.py")
    shown = [x for cell in made["cells"] for x in cell.get("outputs", [])]
    assert any("image/png" in x.get("data", {}) for x in shown)
