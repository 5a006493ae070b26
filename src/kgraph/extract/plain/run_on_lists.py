"""Lists of those present that ran together with the text behind them: "PARTICIPANTS US The
President Mr. Tyler, Assistant Secretary France Ambassador Alphand The President asked".

An entry begins with a title, a symbol, a side, or a name that a comma follows; names that nothing
parts are told by their shapes; the text begins with the first entry whose words go on as a
sentence does.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kgraph.extract.attendance import is_side
from kgraph.extract.plain.attending_words import (
    NAME,
    NAMED_PART,
    RANKS,
    SIDES,
    SAME_LIST,
    SMALL,
    TITLE,
    TITLES,
    WORDS,
)

_LABELLED = re.compile(
    r"(?:(?P<subject>SUBJECTS?|Subject:)\s?:?\s+(?P<matter>[^\n]{3,240}?)\s+)?"
    r"(?P<label>PARTICIPANTS|Participants:|PRESENT|Present:|ATTENDANCE|(?:THOSE |PERSONS )?ATTENDING(?: THE [A-Z]{4,12})?(?: WERE)?)\s?:?\s+(?=[A-Z\[])"
)
_SIGNS = ("PARTICIPANTS", "articipants:", "PRESENT", "resent:", "ATTEND")
_WITHIN = 700
"""Characters of a text within which its list must begin."""
_MOST = 3000
"""Characters of a list at most."""
_NAMED = re.compile(
    rf"\s(?:[A-Z]\.\s|{NAMED_PART}|(?!(?:USSR|FRG|GDR)\b)[A-ZÀ-Þ’'-]{{3,}}\b|(?:de|von|van|du|la)\s)"
)
_LED = re.compile(rf"{SIDES}\s(?={TITLE}|{NAME})")
_FIRST = rf"(?:[A-Z]\.\s|{NAMED_PART}\s|(?:de|von|van|der|la|du)\s)"
_WHOLE = re.compile(rf"\s{_FIRST}{{0,3}}?{NAMED_PART}(?=,|\s\(|\s(?:{TITLE}|{SIDES}))")
_SHORT = re.compile(
    rf"\s(?:{NAMED_PART}\s)?(?:[A-Z]\.\s)*(?:(?:de|von|van|der|la|du)\s)*{NAMED_PART}"
)
_HEADS_NEXT = re.compile(rf"\s{SIDES}$")
_ROLE = re.compile(r"(?:[,&(–—]|\b(?:of|the|and|to|for|in|at))\s$")
_PROSE = re.compile(rf"\s(?!{SMALL}\b)[a-z][a-z’'-]+(?=[\s,.;:])")


_OPENS = re.compile(
    rf"(?:^|(?<=\s))(?:(?:The|His|Her|After|In|At|On|As|When|This|There|It|Following|During|Upon|With)\s)?(?:(?:{RANKS}|{TITLES})\s?)*(?:[A-ZÀ-Þ][\w’'.-]*)?\s*$"
)


def unrolled(block: str) -> list[str]:
    """`block` with its label, subject and each of those present as blocks of their own, where it
    holds such a list and a text behind it; else itself alone."""
    head = block[:_WITHIN]
    if not any(word in head for word in _SIGNS):
        return [block]
    found = _LABELLED.search(block, 0, _WITHIN)
    if found is None:
        return [block]
    same = SAME_LIST.match(block, found.end())
    entries, end = ([same[0]], same.end()) if same else _entries(block, found.end())
    if len(entries) < 2 and same is None:
        return [block]
    out = [block[: found.start()].strip()]
    if found["subject"]:
        out += [found["subject"].rstrip(": "), found["matter"].strip()]
    return [
        part for part in (*out, found["label"].rstrip(":"), *entries, block[end:].strip()) if part
    ]


def _entries(text: str, begin: int) -> tuple[list[str], int]:
    """The entries of a list that begins at `begin`, and where the text behind it begins."""
    starts = [begin, *_starts(text, begin)]
    entries: list[str] = []
    for a, b in pairwise([*starts, min(len(text), begin + _MOST)]):
        prose = _PROSE.search(text, a, b)
        if prose is None:
            entries.append(_bare(text[a:b]))
            continue
        cut = a + _sentence(text[a : prose.start()])
        entries.append(_bare(text[a:cut]))
        return [one for one in entries if one and not is_side(one)], cut
    return [], begin


def _bare(words: str) -> str:
    """An entry without the side before it and the one that heads the next behind it."""
    words = words.strip()
    led = _LED.match(words)
    if led is not None:
        words = words[led.end() :]
    behind = _HEADS_NEXT.search(words)
    if behind is not None and not words[: behind.start()].endswith((",", " of", " the")):
        return words[: behind.start()]
    return words


def _starts(text: str, begin: int) -> list[int]:
    """Where entries begin: at a side, at a title that is not the role of the one before, at a name
    that no title precedes."""
    starts: list[int] = []
    end, limit = begin, begin + _MOST
    titled = False  # whether the last words were a title that waits for its name
    while (found := WORDS.search(text, end, limit)) is not None:
        at, before = found.start(), end
        end = found.end()
        apart = text[before:at].strip()
        if _ROLE.search(text, max(begin, at - 8), at) is not None:
            titled = False
        elif found["title"]:
            the = found["title"].startswith("The ")
            if not the and not _NAMED.match(text, end):
                titled = False
                continue
            if not titled or apart:  # "Lt. Col. Orde" is one
                starts.append(at)
            titled = not the
            if not the and (called := _called(text, end, limit)) > end:
                titled, end = False, called
        elif found["side"] or not titled or apart:
            starts.append(at)
            titled = False
        else:
            titled = False
    return [at for at in starts if at > begin]


def _called(text: str, at: int, limit: int) -> int:
    """Where the name ends that stands behind a title."""
    name = _WHOLE.match(text, at, limit) or _SHORT.match(text, at, limit)
    return name.end() if name is not None else at


def _sentence(words: str) -> int:
    """Where the sentence begins whose first words end `words`: at the last of its capitals that
    no comma precedes, "The" and titles before it included."""
    led = _OPENS.search(words)
    return led.start() if led else 0
