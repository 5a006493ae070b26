"""Dates in words, as proclamations and treaties have them: "this fourteenth day of May, in the
year of our Lord one thousand eight hundred and sixty-nine"."""

from __future__ import annotations

import re

from kgraph.dating import months

_ONE_TO_NINETEEN = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ONES = {word: number for number, word in enumerate(_ONE_TO_NINETEEN, 1)}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_FIRST_TO_TWENTIETH = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_ORDINALS = {word: number for number, word in enumerate(_FIRST_TO_TWENTIETH, 1)} | {"thirtieth": 30}
_UNIT = "|".join(sorted(_ONES, key=len, reverse=True))
_TEN = "|".join(_TENS)
_BELOW = rf"(?:(?:{_TEN})(?:[\s-]+(?:{'|'.join(_ONE_TO_NINETEEN[:9])}))?|{_UNIT})"
_ORDINAL = rf"(?:(?:twenty|thirty)[\s-]+(?:{'|'.join(_FIRST_TO_TWENTIETH[:9])})|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th|d)|{_ORDINAL})\s+(?:day\s+)?of\s+"
_YEAR = (
    rf"(?P<thousand>(?:one\s+thousand\s+)?(?P<hundreds>{_UNIT})\s+hundred(?:,?\s+(?:and\s+)?(?P<below>{_BELOW}))?)"
    r"|(?P<digits>1[4-9]\d\d|20[0-4]\d)(?!\d)"
)
_SOLEMN = re.compile(
    rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th|d)|{_ORDINAL})\s+(?:day\s+)?of\s+(?P<month>{months.PATTERN}),?\s+"
    r"(?:(?:in\s+the\s+year(?:\s+of\s+our\s+Lord)?|of\s+the\s+year|anno\s+Domini|A\.?\s?D\.?),?\s+){0,2}"
    rf"(?:{_YEAR})",
    re.IGNORECASE,
)


def read(text: str, at: int) -> tuple[int, int, int, int] | None:
    """(end, year, month, day) of the date in words that begins at `at`, or None.

    >>> read("fourteenth day of May, one thousand eight hundred and sixty-nine", 0)
    (64, 1869, 5, 14)
    >>> read("3d day of March, A. D. 1913", 0)[1:]
    (1913, 3, 3)
    """
    found = _SOLEMN.match(text, at)
    if found is None:
        return None
    month = months.number(found["month"])
    day = _ordinal(found["day"])
    year = int(found["digits"]) if found["digits"] else _spelled(found)
    if month is None or not 1 <= day <= 31 or not 1400 <= year <= 2049:
        return None
    return found.end(), year, month, day


def _ordinal(words: str) -> int:
    digits = re.match(r"\d+", words)
    if digits is not None:
        return int(digits[0])
    parts = re.split(r"[\s-]+", words.lower())
    return sum(_TENS.get(part) or _ORDINALS[part] for part in parts)


def _spelled(found: re.Match[str]) -> int:
    """ "one thousand eight hundred and sixty-nine", "eighteen hundred and sixty-nine"."""
    whole = found["thousand"].lower()
    hundreds = _ONES[found["hundreds"].lower()]
    below = sum(
        _TENS.get(part) or _ONES[part]
        for part in re.split(r"[\s-]+", (found["below"] or "").lower())
        if part
    )
    return (1000 if whole.startswith("one thousand") else 0) + 100 * hundreds + below
