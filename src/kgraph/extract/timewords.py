"""Dates and hours as editors' notes write them, found by their form.

`kgraph.dating` reads what stands in such a span; here it is only told where one
stands, whether it is a day of the document's own year, and what "today" means.
"""

from __future__ import annotations

import re
from datetime import date as day
from datetime import timedelta
from typing import Any

import msgspec

from kgraph import dating
from kgraph.model import Date

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
DAY = rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
_SHORT_MONTH = r"(?:Jany?|Feby?|Mar|Mch|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\.?"
NOTED = rf"(?:{_SHORT_MONTH}\s+\d{{1,2}}(?:/|,\s?[’'])\d\d(?!\d))"
"""A day as officials note it: "Jany 10/16"."""
YEAR = r"(?:1[789]\d\d|20\d\d)(?!\d)"
CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:o[’']clock\s+)?(?:[ap]\.\s?m\.|[AaPp][Mm]\b)|\d{1,2}:\d\d|noon|midnight)"
DATE = rf"(?:{NOTED}|{DAY}(?:,?\s+{YEAR})?|{MONTH},?\s+{YEAR}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
RELATIVE = r"(?:to-?day|yesterday|to-?night|this\s+(?:morning|afternoon|evening|noon)|last\s+(?:night|evening))"
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_NUMBERS = "|".join(_COUNT)
WHEN = (
    rf"(?:(?:at\s+)?(?:about\s+|approximately\s+)?{CLOCK}(?:\s+(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|local|Eastern\s+[A-Z]\w+)\s+[Tt]ime,?)?"
    rf"(?:,?\s*(?:on\s+)?{DATE}|\s+(?:the\s+)?(?:same\s+day|that\s+day|{RELATIVE}))?"
    rf"|(?:on\s+|the\s+(?:morning|afternoon|evening|night)\s+of\s+)?{DATE}(?:,?\s+(?:at\s+)?{CLOCK})?"
    rf"|{RELATIVE}(?:\s+at\s+{CLOCK})?|(?:the\s+)?(?:same|that|following|next)\s+(?:day|morning|afternoon|evening|night)|(?:{_NUMBERS})\s+(?:day|week)s?\s+later|(?:on\s+)?the\s+\d{{1,2}}(?:st|n?d|rd|th)\s+(?:instant|inst\.|ultimo|ult\.)|on\s+the\s+\d{{1,2}}(?:st|n?d|rd|th))"
)
WHEN_RE = re.compile(WHEN)
DATE_RE = re.compile(DATE)
CLOCK_RE = re.compile(CLOCK)
_LEAD = re.compile(
    r"^(?:on|at|about|the (?:morning|afternoon|evening|night) of|in the|approximately)\s+", re.I
)


def read_date(
    text: str,
    start: int,
    end: int,
    offset: int = 0,
    *,
    year: int | None = None,
    near: Date | None = None,
    before: Date | None = None,
) -> Date:
    """The date that stands at text[start:end]; its span is shifted by `offset`.

    `year` is lent to a day without one, marked as inferred. A relative word
    ("today", "the 3d instant") is counted from `near`, the document's date; "the
    next day" from `before`, the day told last. What cannot be read keeps its words
    alone.
    """
    words = text[start:end]
    while m := _LEAD.match(words):
        start += m.end()
        words = text[start:end]
    span: dict[str, Any] = {"start": offset + start, "end": offset + end}
    stands = DATE_RE.search(words)
    if stands is None:
        counted = _counted(words, near, before)
        if counted is None:
            return Date(text=words, rule="date-words", **span)
        found, note = counted
        return msgspec.structs.replace(
            found, text=words, certainty="inferred", rule="date-relative", note=note, **span
        )
    if re.match(NOTED, stands.group()):
        written = _of_notation(stands.group(), year)
        if written is not None:
            return msgspec.structs.replace(
                written, text=words, rule="date-in-text", certainty="inferred",
                note="century of the document", **span,
            )  # fmt: skip
    stated = re.search(YEAR, stands.group()) is not None
    found_day = dating.parse(
        stands.group(),
        default_year=None if stated else year,
        offset=offset + start + stands.start(),
    )
    if found_day is None:
        return Date(text=words, rule="date-words", **span)
    extra: dict[str, Any] = {}
    if not stated and year is not None:
        extra = {"certainty": "inferred", "note": "year of the document"}
    return msgspec.structs.replace(found_day, text=words, rule="date-in-text", **extra, **span)


_LATER = re.compile(
    r"(?:on\s+)?(?:the\s+)?(?:next|following)\s+(?:day|morning|afternoon|evening|night)"
)
_DAYS_LATER = re.compile(rf"(?P<count>{_NUMBERS})\s+(?P<unit>day|week)s?\s+later")
_SAME = re.compile(
    r"(?:to-?day|to-?night|this\s|(?:on\s+)?(?:the\s)?(?:same|that) (?:day|morning|afternoon|evening|night))"
)
_OF_MONTH = re.compile(
    r"(?:on\s+)?the\s+(?P<day>\d{1,2})(?:st|n?d|rd|th)(?:\s+(?P<which>inst|ult))?"
)


def _counted(words: str, near: Date | None, before: Date | None) -> tuple[Date, str] | None:
    """A day counted from another, and from which."""
    counted = _DAYS_LATER.match(words)
    if counted is not None or _LATER.match(words):
        last = _day(before)
        if last is None:
            return None
        days = 1 if counted is None else _COUNT[counted["count"]] * (7 if counted["unit"] == "week" else 1)  # fmt: skip
        return dating.from_edtf((last + timedelta(days=days)).isoformat(), words), "counted from the day told before"  # fmt: skip
    if before is not None and re.match(
        r"(?:.*\s)?(?:same|that) (?:day|morning|afternoon|evening|night)", words
    ):
        near = before
    today = _day(near)
    if today is None:
        return None
    note = "counted from the document's date"
    if CLOCK_RE.fullmatch(words):
        timed = dating.parse(f"{today:%B} {today.day}, {today.year}, {words}")
        if timed is not None and timed.edtf is not None:
            return timed, note
    if _SAME.match(words) or CLOCK_RE.match(words):
        return dating.from_edtf(today.isoformat(), words), note
    if words.startswith(("yesterday", "last evening", "last night")):
        return dating.from_edtf((today - timedelta(days=1)).isoformat(), words), note
    found = _OF_MONTH.match(words)
    if found is None or found["which"] is None:
        return None
    month = today.replace(day=1)
    if found["which"] == "ult":
        month = (month - timedelta(days=1)).replace(day=1)
    try:
        day = month.replace(day=int(found["day"]))
    except ValueError:
        return None
    return dating.from_edtf(day.isoformat(), words), note


def _day(date: Date | None) -> day | None:
    if date is None or date.edtf is None or not re.match(r"\d{4}-\d\d-\d\d", date.edtf):
        return None
    return day.fromisoformat(date.edtf[:10])


def _of_notation(words: str, year: int | None) -> Date | None:
    """ "Jany 10/16" in the century of `year`."""
    if year is None:
        return None
    month = re.match(r"[A-Z][a-z]{2}", words)
    rest = re.findall(r"\d+", words)
    full = f"{year // 100}{rest[1]}"
    return dating.parse(f"{_MONTHS[month.group()]} {int(rest[0])}, {full}") if month else None


_MONTHS = {
    name[:3]: name
    for name in str.split(
        "January February March April May June July August September October November December"
    )
} | {"Mch": "March"}
