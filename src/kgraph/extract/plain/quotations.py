"""Letters quoted in a text that runs on: parted from what announces them and from what follows."""

from __future__ import annotations

import re

from kgraph.extract import carried

_OPENS = re.compile(r"(?<=[:.])\s(?=“)|(?<=[:.])\s(?=(?:Quote|QUOTE)\b[.:]?\s)")
_MARK = re.compile(r"(?P<open>“)|(?P<close>”)")
_UNQUOTE = re.compile(r"\b(?:Unquote|UNQUOTE|End quote|END QUOTE)\b\.?")
_LETTER = re.compile(
    r"“(?:[Mm]y )?(?:[Dd]ear|[Ss]ir|[Ee]xcellency|Mr\.|Your [Mm]ajesty)\b|(?:Quote|QUOTE)\b"
)
_NEAR = 400
"""Characters before a quotation, from the beginning of a paper or the quotation before: what stands
farther on may be quoted in a note that ran into the text."""
_BEFORE = 330
"""Characters before a quotation that may announce it."""


def parted(block: str) -> list[str]:
    """The parts of a paragraph before, of and behind each letter that it quotes.

    >>> parted("77. Following note received from Zenda: “The bridge is closed.” I said no more.")
    ['77. Following note received from Zenda:', '“The bridge is closed.”', 'I said no more.']
    >>> parted("He said: “The bridge is closed.” I said no more.")
    ['He said: “The bridge is closed.” I said no more.']
    """
    out: list[str] = []
    at = 0
    for found in _OPENS.finditer(block):
        start = found.end()
        if start < at or not (start - at < _NEAR or _LETTER.match(block, start)):
            continue
        if not carried.announces(block, max(at, found.start() - _BEFORE), found.start()):
            continue
        end = _end(block, start)
        if end is None:
            continue
        out += [block[at : found.start()].strip(), block[start:end].strip()]
        at = end
    return [part for part in (*out, block[at:].strip()) if part]


def _end(block: str, start: int) -> int | None:
    """Where a quotation ends: each of its paragraphs opens with a mark, and the last closes with one."""
    if block[start] != "“":
        found = _UNQUOTE.search(block, start)
        return found.end() if found is not None else None
    depth = 0
    for mark in _MARK.finditer(block, start):
        if mark["close"]:
            depth -= 1
            if depth <= 0:
                stop = mark.end()
                return stop + 1 if block[stop : stop + 1] == "." else stop
        elif mark.start() == start or block[mark.start() - 2 : mark.start() - 1] not in ".:,;!?":
            depth += 1
    return None
