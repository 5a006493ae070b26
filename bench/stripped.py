"""Volumes without their markup, in the shapes in which such texts are met.

``blocks``: the words of each block on a line of its own, blank lines between; ``raw``:
the characters of the file with its line breaks and indentation; ``lines``: each document
on one line; ``line``: everything on one line; ``whole``: as ``raw``, with title page, lists and
index. Notes stand where the file has them, but
in ``blocks``, where they follow their block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from kgraph.evaluate.comparing import fold
from kgraph.model import Item, Record

SHAPES = ("blocks", "raw", "lines", "line")
BLOCKS = frozenset(
    {"head", "p", "dateline", "salute", "signed", "item", "row", "closer", "opener", "note", "l", "div",
     "attachment", "list", "table", "postscript", "quote"}
)  # fmt: skip
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BETWEEN = {"blocks": "\n\n", "raw": "\n", "lines": "\n", "line": " "}


def copy(path: Path, folder: Path, shape: str = "blocks") -> Path:
    """A plain text of a TEI volume's documents in `folder`."""
    target = folder / f"{path.stem}.txt"
    if shape == "whole":
        target.write_text("".join(_root(path).itertext()), "utf-8")
        return target
    target.write_text(
        _BETWEEN[shape].join(text(div, shape) for _, div in documents(path)) + "\n", "utf-8"
    )
    return target


def split(path: Path, folder: Path, shape: str) -> list[Path]:
    """Each document of a volume as a file named by its id, in a folder named by the volume."""
    place = folder / path.stem
    place.mkdir()
    out = []
    for name, div in documents(path):
        out.append(place / f"{name}.txt")
        out[-1].write_text(text(div, shape), "utf-8")
    return out


def documents(path: Path) -> Iterator[tuple[str, Any]]:
    """The documents of a volume with their ids."""
    for div in _root(path).iter("{*}div"):
        if div.get("type") == "document":
            yield div.get(_ID), div


def _root(path: Path) -> Any:
    parser = etree.XMLParser(
        collect_ids=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    return etree.parse(str(path), parser).getroot()


def text(div: Any, shape: str) -> str:
    """The words of one document."""
    if shape == "blocks":
        return "\n\n".join(lines(div))
    words = "".join(div.itertext())
    return words if shape == "raw" else " ".join(words.split())


def lines(element: Any) -> list[str]:
    """The blocks of an element in the order of reading; a footnote follows its block."""
    done: list[str] = []
    later: list[str] = []
    current: list[str] = []

    def flush() -> None:
        words = " ".join("".join(current).split())
        current.clear()
        if words:
            done.append(words)
        done.extend(later)
        later.clear()

    def walk(one: Any) -> None:
        name = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
        if name == "note":
            mark = one.get("n") or ""
            words = " ".join("".join(one.itertext()).split())
            if words:
                later.append(words if mark in ("", "0") else f"{mark} {words}")
        else:
            block = name in BLOCKS
            if block:
                flush()
            current.append(one.text or "")
            for child in one:
                walk(child)
            if block:
                flush()
        current.append(one.tail or "")

    for child in element:
        walk(child)
    flush()
    return done


def aligned(
    items: Iterable[Item], rows: list[dict[str, str]], paths: list[Path]
) -> Iterator[Record]:
    """Records under the id of the gold row with their heading.

    Old volumes print no numbers, and many documents share a title: among those the
    record's own words decide, then the order of the volume.
    """
    waiting: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path in paths:
        words = {name: _letters("".join(div.itertext())) for name, div in documents(path)}
        for row in rows:
            if row["volume"] == path.stem:
                key = (path.stem, fold(re.sub(r"^\d+\.", "", row["head"])))
                waiting.setdefault(key, []).append((row["doc_id"], words[row["doc_id"]]))
    for item in items:
        if not isinstance(item, Record) or item.part_of:
            continue
        volume = Path(item.source).stem
        left = waiting.get((volume, fold(re.sub(r"^\d+\.", "", item.title or ""))), [])
        own = item.id.rpartition("/")[2]
        found = next((one for one in left if one[0] == own), None) if item.number else None
        if found is None and left:
            marks = _marks(item)
            hits = [sum(mark in words for mark in marks) for _, words in left]
            if max(hits) or len(left) == 1 or not marks:
                found = left[hits.index(max(hits))]
        if found is not None:
            left.remove(found)
        yield msgspec.structs.replace(
            item, id=f"{volume}/{found[0]}" if found else f"{volume}/? {item.id}"
        )


def _marks(record: Record) -> list[str]:
    """Runs of letters from a record's paragraphs, by which its place in the volume is told."""
    parts = [part for part in record.text.split("\n\n") if part != record.title]
    runs = [_letters(part) for part in sorted(parts, key=len)[-6:]]
    return [run[at : at + 40] for run in runs for at in (0, 80, 160) if len(run) >= at + 40]


def _letters(words: str) -> str:
    return re.sub(r"[\W\d_]+", "", words.casefold())


def laid_out(root: Any, depth: int = 20, width: int = 96) -> Any:
    """A volume with the line breaks and the indentation that an XML editor gives its files, in place.

    Elements that hold nothing but elements have each of them on a line of its own; long texts are
    broken, and go on deeper.
    """
    _indent(root, depth)
    for one in root.iter():
        deep = depth + 4 * sum(1 for _ in one.iterancestors()) + 4
        if one.text and one.text.strip():
            one.text = _broken(one.text, deep + 4, width)
        if one.tail and one.tail.strip():
            one.tail = _broken(one.tail, deep, width)
    return root


def _indent(element: Any, depth: int) -> None:
    mixed = bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)
    for child in element:
        _indent(child, depth + 4)
    if len(element) == 0 or mixed:
        for child in element:
            if child.tag.endswith("}lb"):
                child.tail = "\n" + " " * (depth + 4) + (child.tail or "").lstrip()
        return
    element.text = "\n" + " " * (depth + 4)
    for child in element:
        child.tail = element.text
    element[-1].tail = "\n" + " " * depth


def _broken(words: str, deep: int, width: int) -> str:
    parts = re.split(r"( )", words)
    at = 0
    out = []
    for part in parts:
        at += len(part)
        if part == " " and at > width - min(deep, 40):
            part, at = "\n" + " " * deep, 0
        out.append(part)
    return "".join(out)
