"""Plain texts written with what is in them before any was read, a paragraph a line and all on one line.

Documents are counted in the order of the text, so that one which is none, or is missed, shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import frus_text
from test_unseen import told

TEXTS = sorted((Path(__file__).parent / "golden" / "unseen" / "plain").glob("*.text"))
_BOTH = {
    "1956-1979": ["d6 addressees: ['Embassies in Pakistan and India']"],
}
UNTOLD = {
    "blocks": _BOTH,
    "line": _BOTH | {"1956-1979": ["d5 subject: None", *_BOTH["1956-1979"]]},
}
"""What is not read, by shape and text."""


def parted(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    head, _, body = path.read_text("utf-8").partition("\n-----\n")
    return msgspec.yaml.decode(head, type=dict[str, dict[str, Any]]), body


def read(body: str, shape: str, folder: Path) -> dict[str, Record]:
    """The records of a text, by their order and that of what they carry."""
    path = folder / "frus1999.txt"
    path.write_text(" ".join(body.split()) if shape == "line" else body, "utf-8")
    out: dict[str, Record] = {}
    names: dict[str, str] = {}
    for one in frus_text.read(path, Report()):
        if isinstance(one, Record):
            if one.part_of is None:
                names[one.id] = f"d{sum('/' not in name for name in names.values()) + 1}"
            else:
                names[one.id] = f"{names[one.part_of]}/{one.id.rpartition('/')[2]}"
            out[names[one.id]] = one
    return out


def differing(records: dict[str, Record], wanted: dict[str, dict[str, Any]]) -> list[str]:
    out = [f"{name}: not wanted" for name in records if name not in wanted]
    for name, facts in wanted.items():
        for field, value in facts.items():
            if name not in records:
                out.append(f"{name}: not found")
                break
            if told(records[name], field, value) != value:
                out.append(f"{name} {field}: {told(records[name], field, value)}")
    return out


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("shape", ["blocks", "line"])
def test_a_text(shape: str, path: Path, tmp_path: Path) -> None:
    wanted, body = parted(path)
    got = differing(read(body, shape, tmp_path), wanted)
    assert got == UNTOLD.get(shape, {}).get(path.stem, [])
