"""Meetings of conferences: a line in capitals with the day, who was present, the file, and the title of
the record, in which the document has begun with the first of them."""

from __future__ import annotations

import re

_HEADED = re.compile(
    r"(?=[^a-z]+$)(?:[A-ZÀ-Þ][A-ZÀ-Þ’.–-]*,? ){0,14}(?:MEETING|CONVERSATION|CONFERENCE|SESSION)\b[^a-z]{0,90}\b1[89]\d\d\b[^a-z]*"
)
_RECORD = re.compile(
    r"(?:[A-Z][\w’.–-]* (?:of )?){0,6}(?:Minutes|Notes|Memorandum of (?:a )?Conversation|Record|Log)\b"
)
_LONG = 160


def headed(blocks: list[str], starts: list[int]) -> list[int]:
    """Where documents begin, those of meetings with the line that heads them.

    >>> headed(["So we left.", "FIRST MEETING, MAY 3, 1945, 4 P. M.", "Present", "Mr. Orde", "Orde Papers",
    ...         "Orde Minutes", "Mr. Orde spoke."], [4])
    [1]
    """
    heads = {
        at for at, block in enumerate(blocks) if len(block) < _LONG and _HEADED.fullmatch(block)
    }
    out: list[int] = []
    for at in sorted({*starts, *heads}):
        above = blocks[out[-1] : at] if out and at <= out[-1] + 2 else []
        if at in heads and any(_RECORD.match(one) for one in above):
            continue  # it stands below the file and the title
        if at not in heads and out and out[-1] in heads and _belongs(blocks, out[-1], at):
            continue  # the file and the title of that meeting's record
        out.append(at)
    return out


def _belongs(blocks: list[str], head: int, at: int) -> bool:
    between = blocks[head + 1 : at]
    listed = all(len(one) < _LONG and not one.endswith(".") for one in between)
    return listed and any(_RECORD.match(one) for one in blocks[at : at + 2])
