"""Invented volumes without their markup, in the shapes in which such texts are met.

Facts stand beside the volumes. What a shape loses stands in `golden/unseen/lost_as_text.yaml`, each fact
by its volume and document; what is lost beyond it, or no longer, is an error. Volumes are read whole,
and each document as a file of its own. Of texts on one line, lists of those present and subjects are
not asked: nothing tells where they end.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import stripped
from lxml import etree

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import frus_text
from test_unseen import VOLUME, parted, told

GOLDEN = Path(__file__).parent / "golden"
VOLUMES = sorted((GOLDEN / "unseen" / "volumes").glob("*.page")) + sorted(
    (GOLDEN / "frus_layouts").glob("*.page")
)
FIELDS = (
    "form",
    "senders",
    "addressees",
    "date",
    "received",
    "place",
    "drafters",
    "classification",
)
LISTS = ("participants", "subject")
ID = "{http://www.w3.org/XML/1998/namespace}id"
LOST = msgspec.yaml.decode(
    (GOLDEN / "unseen" / "lost_as_text.yaml").read_bytes(), type=dict[str, dict[str, list[str]]]
)


def texts(body: str, shape: str) -> list[tuple[str, str, str]]:
    """Id, title and words of each document."""
    root = etree.fromstring(VOLUME % body)
    if shape != "blocks":
        stripped.laid_out(root)
    out = []
    for div in root.iter("{*}div"):
        if div.get("type") == "document":
            title = " ".join("".join(head.itertext()) for head in div.findall("{*}head"))
            out.append((div.get(ID), title, stripped.text(div, shape)))
    return out


def whole(body: str, shape: str, folder: Path) -> dict[str, Record]:
    """Records of a volume as one file, each by the id of the document whose title it bears."""
    documents = texts(body, shape)
    path = folder / "frus1999.txt"
    between = {"blocks": "\n\n", "line": " "}.get(shape, "\n")
    path.write_text(between.join(words for _, _, words in documents) + "\n", "utf-8")
    found = [one for one in frus_text.read(path, Report()) if isinstance(one, Record)]
    waiting = [one for one in found if one.part_of is None]
    names: dict[str, str] = {}
    for name, title, _ in documents:
        for at, one in enumerate(waiting):
            own = letters(re.sub(r"[\[(][A-Z][a-z]+\.?[\])]\W*$", "", one.title or ""))[:24]
            if own and own in letters(title)[:60]:
                names[one.id] = name
                del waiting[: at + 1]
                break
    out = {}
    for one in found:
        document, _, inner = one.id.partition("/")[2].partition("/")
        name = names.get(f"frus1999/{document}")
        if name is not None:
            out["/".join(filter(None, (name, inner)))] = one
    return out


def single(body: str, shape: str, folder: Path) -> dict[str, Record]:
    """Records of a volume of which each document is a file, where the reader takes the file."""
    place = folder / "frus1999"
    place.mkdir()
    out = {}
    for name, _, words in texts(body, shape):
        path = place / f"{name}.txt"
        path.write_text(words, "utf-8")
        if frus_text.sniff(path.read_bytes(), path.name):
            for one in frus_text.read(path, Report()):
                if isinstance(one, Record):
                    out[one.id.partition("/")[2]] = one
    return out


def letters(words: str) -> str:
    return re.sub(r"[\W\d_]+", "", re.sub(r"^\W*No\. ?\d+\W*", "", words.strip()))


def lost(
    records: dict[str, Record], wanted: dict[str, dict[str, Any]], fields: tuple[str, ...]
) -> list[str]:
    """Documents that are not there, and of others the fields that are not as wanted."""
    out = []
    for name, facts in wanted.items():
        if name not in records:
            out.append(name)
            continue
        out.extend(
            f"{name} {field}"
            for field in fields
            if field in facts and told(records[name], field, facts[field]) != facts[field]
        )
    return out


@pytest.mark.parametrize("path", VOLUMES, ids=lambda path: path.stem)
@pytest.mark.parametrize("shape", ["blocks", "raw", "lines", "line"])
def test_a_volume_as_text(shape: str, path: Path, tmp_path: Path) -> None:
    wanted, body = parted(path)
    fields = FIELDS if shape in ("lines", "line") else (*FIELDS, *LISTS)
    got = lost(whole(body, shape, tmp_path), wanted, fields)
    assert got == LOST[f"volumes, {shape}"].get(path.stem, [])


@pytest.mark.parametrize("path", VOLUMES, ids=lambda path: path.stem)
@pytest.mark.parametrize("shape", ["raw", "line"])
def test_documents_as_texts(shape: str, path: Path, tmp_path: Path) -> None:
    wanted, body = parted(path)
    fields = FIELDS if shape == "line" else (*FIELDS, *LISTS)
    got = lost(single(body, shape, tmp_path), wanted, fields)
    assert got == LOST[f"documents, {shape}"].get(path.stem, [])
