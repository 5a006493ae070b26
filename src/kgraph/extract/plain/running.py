"""Volumes that run on without any line break: cut where their documents begin.

In an edition with numbers a document begins with the next number and a title behind
it; in one without, with the number or the name of a file and a title, or with a title
that a dateline follows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kgraph.extract.datelines import is_dateline, read_dateline
from kgraph.extract.plain import fronts
from kgraph.extract.plain.title_lines import NUMBERED_WORDS, PAGES, head_of, sourced

_LONG = 30_000
"""Characters of a paragraph that must be more than one document."""
_LONE = 1500
"""Characters of a text without any line break that may be more than one."""
_NEXT = re.compile(r"(?:^|(?<=\s))(?P<number>\d{1,4})[A-Z]?\. (?=[A-Z“])")
_FILE_AT = re.compile(
    r"(?<=\s)(?<!Conf\. )(?<!No\. )(?=(?:Paris Peace Conf\. |File No\. )?\d{2,3}[A-Za-z]?\.\w|(?:FW )?\d{3} [A-Z]{1,3} \d{1,4}/|Lot \d{2,3} ?[A-Z]{1,2} ?\d)"
)
_COLLECTION = re.compile(
    r"(?<=[.\])”a-z] )(?=(?:[A-Z][\w.’']*\s|of\s(?:the\s)?){1,7}(?:Papers|Files?|Diary|Collection)\b)"
)
_IN_SENTENCE = re.compile(r"(?:^|[\s(])[a-z][\w’'-]* $")
"""A word before a file's name which shows that a sentence speaks of it."""
_TITLE_RUN = re.compile(  # words of a title, one behind the other
    r"(?<=[.\])”’a-z]\s)(?:The|Mr\.|Messrs\.|Mrs\.|Lord|Earl|Sir|President|Prime Minister|Prince|Count|Baron|Señor|General|Colonel|Admiral|Captain|Rear-Admiral|Viscount|Marquis|Professor|Hon\.|MM?\.(?=\s(?:de\s)?[A-Z])|Note(?=\s[Ff]rom\s)|Message(?=\sof\s)|Ambassador|Minister|Chargé|Consul|Secretary|Memorandum|Minutes|Marshal|Generalissimo)"
    r"(?:\s(?:[A-Z(“][^\s]*|of|the|in|at|for|and|to|de|von|van|on|near|by|with|ad|interim|d’affaires))*+"
)
_ENCLOSED = re.compile(
    r"(?i)(?:[ei]nclosure|annex|attachment|appendix)(?:[^.]{0,40}|[^\[\]]{0,40}\][.\s]*)$"
)


def cut(blocks: list[str]) -> list[str]:
    """The paragraphs of a text, those that hold many documents cut into them."""
    out: list[str] = []
    least = _LONE if len(blocks) == 1 else _LONG
    for block in blocks:
        out.extend(_documents(block) if len(block) > least else [block])
    return out


def _documents(text: str) -> list[str]:
    cuts = _numbered(text)
    short = len(text) <= _LONG  # its numbers are those of documents where it begins with one
    if len(cuts) * 60_000 < len(text) or (short and cuts and cuts[0] > 0):
        cuts = _unnumbered(text)
    edges = [0, *(at for at in cuts if at), len(text)]
    parts = [part for a, b in pairwise(edges) if (part := text[a:b].strip())]
    if len(parts) > 1 and len(parts[0]) < 160 and head_of(parts[0], loose=False) is None:
        parts[:2] = [" ".join(parts[:2])]
    return parts


def _numbered(text: str) -> list[int]:
    cuts: list[int] = []
    last = 0
    for found in _NEXT.finditer(text):
        value = int(found["number"])
        if cuts and not last <= value <= last + 40:
            continue
        start = found.start("number")
        ahead = text[start : start + 700]
        sure = "Source:" in ahead[:500] or PAGES.search(ahead[:600]) is not None
        if cuts and not sure and value > last + 3:
            continue
        front = fronts.part(ahead)
        if sourced(front) and value <= last + 3:  # "6. Contact Report Source: ..."
            cuts.append(start)
            last = value
            continue
        titled = NUMBERED_WORDS.match(text, found.end()) is not None
        if not titled and not PAGES.search(ahead[:600]):
            continue
        heading = head_of(front[0], loose=False) if len(front[0]) < 330 else None
        if heading is None and not PAGES.search(ahead[:600]):
            continue
        editorial = heading is not None and heading.form == "editorial-note"
        if not (sure or editorial or _dated(front)):
            continue
        cuts.append(start)
        last = value
    return cuts


def _unnumbered(text: str) -> list[int]:
    """Where files and titles begin documents; a title inside another's words begins none."""
    filed = _filed(text)
    cuts = sorted({*filed, *_titled(text)})
    out: list[int] = []
    for at in cuts:
        if out and (at - out[-1] <= 60 or at < filed.get(out[-1], 0)):
            continue
        out.append(at)
    return out


def _filed(text: str) -> dict[int, int]:
    """Where documents begin with a file's name, and where the title behind it ends."""
    cuts: dict[int, int] = {}
    for pattern in (_FILE_AT, _COLLECTION):
        for found in pattern.finditer(text):
            at = found.start()
            if _IN_SENTENCE.search(text, max(0, at - 30), at):
                continue
            file = fronts.LEADING_FILE.match(text, at, at + 300)
            if file is None:
                continue
            front = fronts.part(text[file.end() : file.end() + 700])
            if len(front[0]) < 330 and (
                _dated(front) or head_of(front[0], loose=False) is not None
            ):
                cuts[at] = file.end() + len(front[0])
    return cuts


def _titled(text: str) -> list[int]:
    """Titles that a dateline follows, and no word announces as enclosed."""
    cuts = []
    for found in _TITLE_RUN.finditer(text):
        if not re.search(r"\s(?:to|of|by)\s", found[0]):
            continue
        at = found.start()
        if text[at - 4 : at].lower() == "the " or _ENCLOSED.search(text, max(0, at - 60), at):
            continue
        front = fronts.part(text[at : at + 700])
        if len(front[0]) < 330 and _dated(front) and head_of(front[0], loose=False) is not None:
            cuts.append(at)
    return cuts


def _dated(front: list[str]) -> bool:
    return any(len(one) < 150 and is_dateline(one, read_dateline(one)) for one in front[1:4])
