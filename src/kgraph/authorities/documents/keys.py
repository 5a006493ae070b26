"""What records are compared by: numbers, days, parties, and sketches of their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from zlib import crc32

from kgraph.authorities.names.spellings import fold, latin_key
from kgraph.model import Date, Party
from kgraph.nameless import names_nobody

RUN = 4
SAMPLED = 8
"""Runs of `RUN` words are kept where their hash is a multiple of `SAMPLED`."""
MARKED = 48
"""Numbers and names of a text that are kept at most."""

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"\d+|(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]{3,}")


_STATEMENTS = re.compile(r"(?:[^\n:]{1,60}: [^\n]*\n)+")


def is_list(text: str) -> bool:
    """Whether a catalogue's statements ("sent at: Wien") stand for the text of a document.

    >>> is_list("sent: Anna Weiss\\nsent at: Wien\\n"), is_list("Dear Anna: I came home.")
    (True, False)
    """
    return _STATEMENTS.fullmatch(text) is not None


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


REF = "ref:"
"""What a party's identifier in an outside register begins with among its keys."""
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<register>[^/]+)/(?P<entry>.+?)/?")


def keys_of(parties: Iterable[Party]) -> set[str]:
    """What parties are known by: their ids, those of who held their offices, else their names
    folded; and the register's entry that a catalogue names ("d-nb.info/gnd/118609807"). "A
    courier" is known by nothing."""
    found = set()
    for p in parties:
        found.add(p.id or p.holder or ("" if names_nobody(p.name) else fold(p.name)))
        if p.holder:
            found.add(p.holder)
        entry = _ADDRESS.fullmatch(p.ref) if p.ref and p.kind == "person" else None
        if entry:
            found.add(f"{REF}{entry['register'].lower()}/{entry['entry']}")
    return {f for f in found if f}


_CYRILLIC = str.maketrans("абвгдезийклмнопрстуфх", "abvgdeziiklmnoprstufh")
_SAID = re.compile(r"^(?:(?:special|spec|numbers?|nos?|nr|n)(?:[.\s]+(?=\w)|(?=\d))|#\s*)+")
_SEVERAL = re.compile(r",\s+|;\s*|\s*&\s*|\s+and\s+")


def number_key(value: str) -> str:
    """A number without signs and zeros that editions add ("No. 2442/GS" and "2442/gs"), in Latin
    letters ("П126/48" and "P126/48")."""
    said = _SAID.sub("", fold(value.replace("№", "No. ")))
    return re.sub(r"[^a-z0-9/-]", "", said.translate(_CYRILLIC)).lstrip("0")


def number_keys(value: str) -> set[str]:
    """The numbers that a written number, short range or list of numbers stands for.

    >>> sorted(number_keys("Nos. 2000-2002")), sorted(number_keys("2000 and 2001"))
    (['2000', '2001', '2002'], ['2000', '2001'])
    """
    several = _SEVERAL.split(value)
    if len(several) > 1 and all(one[:1].isdigit() for one in several[1:]):
        return {k for one in several for k in number_keys(one)}
    key = number_key(value)
    found = re.fullmatch(r"(\d{2,6})-(\d{1,6})", key)
    if found:
        first, last = found[1], found[2]
        if 3 <= len(first) > len(last):  # "2002-4"
            last = first[: -len(last)] + last
        if 0 < int(last) - int(first) < 20:
            return {str(n) for n in range(int(first), int(last) + 1)}
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
