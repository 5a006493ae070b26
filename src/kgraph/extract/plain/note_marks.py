"""Marks of source notes that copies of pages write otherwise: "(1)", "[1]", "¹", "*"."""

from __future__ import annotations

import re

_SOURCE = re.compile(r"(?P<mark>[(\[]\d{1,2}[)\]]|[¹²³⁴-⁹]|[*†‡])\s*(?=Source:)")
_NUMBERS = dict(zip("¹²³⁴⁵⁶⁷⁸⁹*†‡", "123456789123", strict=True))
_FAR = 400
"""Paragraphs between a heading and its note below the text."""


def plain(blocks: list[str]) -> list[str]:
    """The paragraphs with such a mark before a source note as its number, and without it behind
    the heading.

    >>> plain(["Letter From A to B¹", "Sir: I thank you.", "¹ Source: Lund Papers."])
    ['Letter From A to B', 'Sir: I thank you.', '1 Source: Lund Papers.']
    """
    out = list(blocks)
    for at, block in enumerate(blocks):
        found = _SOURCE.match(block)
        if found is None:
            continue
        mark = found["mark"]
        number = _NUMBERS.get(mark, mark.strip("()[]"))
        out[at] = f"{number} {block[found.end() :]}"
        above = range(at - 1, max(at - _FAR, -1), -1)
        heading = next((i for i in above if re.search(rf"\S\s?{re.escape(mark)}$", out[i])), None)
        if heading is not None:
            out[heading] = out[heading].removesuffix(mark).rstrip()
    return out
