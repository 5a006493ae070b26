"""The built wheel, installed in an environment of its own, carries ontology, queries and data."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "KGRAPH_STORE")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def kgraph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel, and its dependencies from here."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--wheel-dir", place, ROOT, cwd=place)
    (wheel,) = place.glob("kgraph-*.whl")
    fresh = place / "fresh"
    venv.create(fresh, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(fresh), "platbase": str(fresh)}))
    run(*pip, "--python", fresh / "bin" / "python", "install", "--no-deps", wheel, cwd=place)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return fresh / "bin" / "kgraph"


def test_the_installed_wheel_builds_and_answers(kgraph: Path, tmp_path: Path) -> None:
    where = run(
        kgraph.parent / "python", "-c", "import kgraph; print(kgraph.__file__)", cwd=tmp_path
    )
    assert str(kgraph.parents[1]) in where, "the wheel is not what is tested"
    run(kgraph, "build", "--quiet", "--jobs", "1", cwd=tmp_path)
    assert "legs" in run(kgraph, "queries", cwd=tmp_path)
    answer = run(kgraph, "query", "legs", "-p", "document=frus/21", "-f", "csv", cwd=tmp_path)
    assert "person/salinger" in answer
    run(kgraph, "check", "--quiet", cwd=tmp_path)


def test_the_wheel_names_its_licence(kgraph: Path) -> None:
    (info,) = kgraph.parents[1].glob("lib/*/site-packages/kgraph-*.dist-info")
    assert "Apache License" in next(info.rglob("LICENSE")).read_text()
    assert "License-Expression: Apache-2.0" in (info / "METADATA").read_text()
