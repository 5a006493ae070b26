"""What records are compared by: numbers, days, parties, and sketches of their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from zlib import crc32

from kgraph.authorities.names.spellings import fold, latin_key
from kgraph.model import Date, Party

RUN = 4
SAMPLED = 8
"""Runs of `RUN` words are kept where their hash is a multiple of `SAMPLED`."""
MARKED = 48
"""Numbers and names of a text that are kept at most."""

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"\d+|(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]{3,}")


def sketch(text: str) -> tuple[int, ...]:
    """Hashes of runs of words of `text`, sampled evenly by value: texts that share a
    passage share hashes in proportion, wherever it stands in each."""
    words = _WORD.findall(text.lower())
    if len(words) < RUN:
        return ()
    found = {
        h
        for i in range(len(words) - RUN + 1)
        if not (h := crc32(" ".join(words[i : i + RUN]).encode())) % SAMPLED
    }
    return tuple(sorted(found))


def marks(text: str) -> tuple[int, ...]:
    """Hashes of the numbers and names in `text`, the `MARKED` smallest: two translations share
    them where they share no run of words (a bottom-k sketch, Broder 1997)."""
    found = {
        crc32((m[0] if m[0][0].isdigit() else latin_key(m[0])).encode())
        for m in _TELLING.finditer(text)
    }
    return tuple(sorted(found)[:MARKED])


def keys_of(parties: Iterable[Party]) -> set[str]:
    """What parties are known by: their ids, those of who held their offices, else their names folded."""
    found = set()
    for p in parties:
        found.add(p.id or p.holder or fold(p.name))
        if p.holder:
            found.add(p.holder)
    return {f for f in found if f}


def number_key(value: str) -> str:
    """A number without signs and zeros that editions add ("No. 2442/GS" and "2442/gs")."""
    return re.sub(r"[^a-z0-9/-]", "", re.sub(r"^(?:no|nos|number)\b\.?", "", fold(value))).lstrip(
        "0"
    )


def number_keys(value: str) -> set[str]:
    """The numbers that a written number or short range stands for.

    >>> sorted(number_keys("Nos. 2000-2002"))
    ['2000', '2001', '2002']
    """
    key = number_key(value)
    found = re.fullmatch(r"(\d{2,6})-(\d{2,6})", key)
    if found and 0 < int(found[2]) - int(found[1]) < 20:
        return {str(n) for n in range(int(found[1]), int(found[2]) + 1)}
    return {key} if key else set()


def day_of(when: Date | None) -> date | None:
    """The day that a date names, None for intervals and undated."""
    if when is None or not when.earliest or not when.latest:
        return None
    if when.earliest[:10] != when.latest[:10]:
        return None
    try:
        return date.fromisoformat(when.earliest[:10])
    except ValueError:
        return None


def days_apart(a: Date | None, b: Date | None) -> int | None:
    """Days between two dates (0 where they overlap), None where one is unknown."""
    if a is None or b is None or not (a.earliest and a.latest and b.earliest and b.latest):
        return None
    try:
        first = [date.fromisoformat(d.earliest[:10]) for d in (a, b) if d.earliest]
        last = [date.fromisoformat(d.latest[:10]) for d in (a, b) if d.latest]
    except ValueError:
        return None
    return max(0, (max(first) - min(last)).days)
