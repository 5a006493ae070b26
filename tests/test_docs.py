"""The documentation runs: every console example gives what it shows, every link leads somewhere.

``.venv/bin/python tests/test_docs.py`` writes the examples' answers anew; read
the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgraph.cli import VERBS

ROOT = Path(__file__).parents[1]
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
CHANGING = [  # what differs from run to run, and what stands for it in a comparison
    (re.compile(r"\b[0-9a-f]{64}\b"), "HASH"),
    (re.compile(r"\b\d+\.\d+ s\b"), "TIME"),
    (re.compile(r"^(sources +\d+) .*$", re.MULTILINE), r"\1"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
]


def examples(path: Path) -> Iterator[tuple[str, str]]:
    """Commands and what the document shows for them."""
    for block in BLOCK.findall(path.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def perform(command: str, store: Path) -> str:
    """What a command prints, both streams, in the project's folder."""
    bin = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=120, check=False,
        env=os.environ | {
            "PATH": f"{bin}:{os.environ['PATH']}", "KGRAPH_STORE": str(store), "COLUMNS": "100",
        },
    )  # fmt: skip
    return done.stdout.replace(str(store), ".kgraph")


def settled(text: str) -> str:
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text.strip("\n")


WITH_EXAMPLES = [path for path in DOCS if next(examples(path), None)]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda p: p.name)
def test_examples_give_what_they_show(path: Path, shipped_store: Path) -> None:
    """A document's examples run in its order: later ones may need what earlier ones made."""
    wrong = []
    for command, shown in examples(path):
        told = settled(perform(command, shipped_store))
        if told != settled(shown):
            wrong.append(f"$ {command}\n{told}\n-- but the document shows\n{settled(shown)}")
    assert not wrong, "\n\n".join(wrong)


SCRIPTS = [
    (path, block)
    for path in DOCS
    if path.name != "adding-a-source.md"  # whose reader has a test of its own
    for block in re.findall(r"^```python\n(.*?)^```$", path.read_text("utf-8"), re.M | re.S)
]


@pytest.mark.parametrize(("path", "script"), SCRIPTS, ids=[p.name for p, _ in SCRIPTS])
def test_a_script_runs(path: Path, script: str, shipped_store: Path) -> None:
    script = script.replace('".kgraph"', repr(str(shipped_store)))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env=os.environ | {"KGRAPH_STORE": str(shipped_store)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{path.name}: {done.stderr}"


def test_there_are_examples() -> None:
    assert len(list(examples(ROOT / "README.md"))) >= 8


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), f"{path.name} points at {target}"


def test_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text("utf-8")[:1000]
    assert "make demo" in opening
    assert "make test" in opening
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "accuracy", "bench"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_continuous_check_is_what_readme_says() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "make test" in run.read_text("utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_example_that_ends_the_help_runs(verb: str, shipped_store: Path) -> None:
    words = " ".join(perform(f"kgraph {verb} --help", shipped_store).split())
    example = words.rpartition("Example: ")[2]
    assert example.startswith(f"kgraph {verb}")
    if verb == "serve":
        return  # it answers until it is stopped; its own tests start it
    with tempfile.TemporaryDirectory() as place:
        example = re.sub(r"(-o|--store) (\S+)", rf"\1 {place}/\2", example)
        done = perform(f"{example} >/dev/null; echo status $?", shipped_store)
    assert done.endswith("status 0\n"), done


def _write_anew() -> None:
    from kgraph.build import build

    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "store"
        build([], store)

        def block(found: re.Match[str]) -> str:
            commands = [line for line in found[1].splitlines() if line.startswith("$ ")]
            told = "".join(f"{line}\n{settled_end(perform(line[2:], store))}" for line in commands)
            return f"```console\n{told}```"

        for path in DOCS:
            text = path.read_text("utf-8")
            path.write_text(BLOCK.sub(block, text), "utf-8")


def settled_end(text: str) -> str:
    """Lines without blanks at their ends or empty lines around, but with what changes."""
    lines = [line.rstrip() for line in text.split("\n")]
    told = "\n".join(lines).strip("\n")
    return f"{told}\n" if told else ""


if __name__ == "__main__":
    _write_anew()
