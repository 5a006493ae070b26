"""Whom a letter is addressed to by the line below its signature, or by its first line:
"Hon. Anna Berg, &c., &c., &c.", "To his excellency Count Orlin, minister for foreign affairs"."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import offices
from kgraph.extract.headings import parties as who
from kgraph.extract.layout import Layout
from kgraph.model import Party

_TITLE = rf"(?:{offices.HONORIFICS}|{offices.RANKS}|{offices.RULERS}|Citizen|The Honorable)"
_WHO = rf"(?P<who>(?:the\s+)?(?:{_TITLE}\b\.?,?\s+)+(?:{offices.PARTICLE}\s+)?{offices.NAME})"
_BELOW = re.compile(
    rf"(?:To\s+)?(?:{_WHO}|(?P<esquire>{offices.NAME})(?=,\s+Esq))(?P<rest>[,.]\s*(?:[^\n]{{0,110}})?)?"
)
_AHEAD = re.compile(rf"To\s+{_WHO}(?P<rest>[,:][^\n]{{0,140}})?")


def addressed(layout: Layout) -> Party | None:
    """The addressee named below the signature or in the first paragraph, *inferred*."""
    body = [block for block in layout.of("p") if not block.quote]
    signed = [block.end for block in layout.of("signed", "closer") if not block.quote]
    for block in body[-2:]:
        if signed and block.start >= signed[0] and block.end - block.start < 160:
            found = _BELOW.fullmatch(layout.words(block))
            if found is not None:
                return _party(layout, found, block.start)
    found = _AHEAD.fullmatch(layout.words(body[0])[:200]) if body else None
    return _party(layout, found, body[0].start) if found is not None else None


def _party(layout: Layout, found: re.Match[str], offset: int) -> Party | None:
    group = "who" if found["who"] else "esquire"
    one = who.party(found[group], offset + found.start(group), "address-line")
    if one is None or one.kind != "person":
        return None
    return msgspec.structs.replace(one, certainty="inferred", note="from the address line")
