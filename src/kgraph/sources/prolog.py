"""What stands before the root element of an XML file, and whether it may be trusted.

A document type that declares entities can make a small file expand to gigabytes
or fetch other files; such a file is refused. Short entities without a reference
in them (a name for a letter) are harmless and let pass.
"""

from __future__ import annotations

import re
from pathlib import Path

from kgraph.report import Report

LONGEST = 1 << 20
_BEFORE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+(?P<doctype><!DOCTYPE)?", re.DOTALL
)
_ENTITY = re.compile(
    rb"""<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s]+)\s+"""
    rb"""(?:(?P<outside>SYSTEM|PUBLIC)\b|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<odd>.))""",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"&(?!#)|%")
_SHORT = 16


def harmless(path: Path, shown: Path, report: Report) -> bool:
    """Whether the XML file at `path` declares no dangerous entity; one finding if it does."""
    with path.open("rb") as file:
        head = file.read(LONGEST)
    match = _BEFORE.match(head)
    if match is None or match["doctype"] is None:
        return True
    for entity in _ENTITY.finditer(head, match.start("doctype")):
        value = entity["double"] if entity["double"] is not None else entity["single"]
        line = head.count(b"\n", 0, entity.start()) + 1
        name = entity["name"].decode("utf-8", "replace")
        if entity["outside"]:
            what = "points outside the file"
        elif value is None or entity["parameter"]:
            what = "is a parameter entity"
        elif _REFERENCE.search(value):
            what = "is made of other entities"
        elif len(value) > _SHORT:
            what = "is longer than a letter's name needs"
        else:
            continue
        report.error("xml-entity", f"{shown}:{line}", f"the file declares the entity {name!r}, which "
                     f"{what}; such files are not read",
                     "write the text out and remove the <!DOCTYPE ...> declaration")  # fmt: skip
        return False
    return True
