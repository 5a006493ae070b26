"""Dates and hours as editors' notes write them, found by their form.

`kgraph.dating` reads what stands in such a span; here it is only told where one
stands, whether it is a day of the document's own year, and what "today" means.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from kgraph import dating
from kgraph.model import Date

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
DAY = rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
YEAR = r"(?:1[789]\d\d|20\d\d)(?!\d)"
CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.\s?m\.|[AaPp][Mm]\b)|\d{1,2}:\d\d|noon|midnight)"
DATE = rf"(?:{DAY}(?:,?\s+{YEAR})?|{MONTH},?\s+{YEAR}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
RELATIVE = r"(?:today|yesterday|tonight|this\s+(?:morning|afternoon|evening|noon)|last\s+(?:night|evening))"
WHEN = (
    rf"(?:(?:at\s+)?(?:about\s+|approximately\s+)?{CLOCK}(?:\s+(?:Moscow|Washington|local|Paris|London)\s+time,?)?"
    rf"(?:,?\s*(?:on\s+)?{DATE}|\s+(?:the\s+)?(?:same\s+day|that\s+day|{RELATIVE}))?"
    rf"|(?:on\s+|the\s+(?:morning|afternoon|evening|night)\s+of\s+)?{DATE}(?:,?\s+(?:at\s+)?{CLOCK})?"
    rf"|{RELATIVE}(?:\s+at\s+{CLOCK})?|(?:the\s+)?(?:same|that|following|next)\s+day|on\s+the\s+\d{{1,2}}(?:st|nd|rd|th))"
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
) -> Date:
    """The date that stands at text[start:end]; its span is shifted by `offset`.

    `year` is lent to a day without one, marked as inferred. A relative word
    ("today") is counted from `near`. What cannot be read keeps its words alone.
    """
    words = text[start:end]
    while m := _LEAD.match(words):
        start += m.end()
        words = text[start:end]
    span: dict[str, Any] = {"start": offset + start, "end": offset + end}
    day = DATE_RE.search(words)
    if day is None:
        if near is not None and near.edtf and re.match(r"\d{4}-\d\d-\d\d", near.edtf):
            found = dating.from_edtf(near.edtf[:10], words)
            if re.match(
                r"(?:today|tonight|this\s|(?:the\s)?(?:same|that) day)", words
            ) or CLOCK_RE.match(words):
                return msgspec.structs.replace(
                    found, text=words, certainty="inferred", rule="date-relative",
                    note="counted from the document's date", **span,
                )  # fmt: skip
        return Date(text=words, rule="date-words", **span)
    stated = re.search(YEAR, day.group()) is not None
    found_day = dating.parse(
        day.group(), default_year=None if stated else year, offset=offset + start + day.start()
    )
    if found_day is None:
        return Date(text=words, rule="date-words", **span)
    extra: dict[str, Any] = {}
    if not stated and year is not None:
        extra = {"certainty": "inferred", "note": "year of the document"}
    return msgspec.structs.replace(found_day, text=words, rule="date-in-text", **extra, **span)
