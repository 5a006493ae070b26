"""Volumes without their markup: the words of each block on a line of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

BLOCKS = frozenset(
    {"head", "p", "dateline", "salute", "signed", "item", "row", "closer", "opener", "note", "l", "div",
     "attachment", "list", "table", "postscript", "quote"}
)  # fmt: skip


def copy(path: Path, folder: Path) -> Path:
    """A plain text of a TEI volume's documents in `folder`, blocks parted by blank lines."""
    parser = etree.XMLParser(
        collect_ids=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    target = folder / f"{path.stem}.txt"
    with target.open("w", encoding="utf-8") as out:
        for div in etree.parse(str(path), parser).iter("{*}div"):
            if div.get("type") == "document":
                for line in lines(div):
                    out.write(f"{line}\n\n")
    return target


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
