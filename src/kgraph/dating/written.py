"""Dates as people write them, read into EDTF.

Read are whole dates in American, European, numeric, roman-month and ISO order, with
times and zones; days corrected or supplied in brackets; alternatives and intervals;
Old Style and double dates; months, seasons, years and decades; bounds ("no later
than"); "undated". A note number glued to a year is left out of the span.

What cannot be (``1579Z``, ``February 30``) is kept in the text and named in `note`;
the rest of the date still counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from kgraph.alternatives import by_letter
from kgraph.dating import clock, months, points, solemn, spans
from kgraph.dating.edtf import bounds, is_edtf
from kgraph.model import Certainty, Date

_YEAR_ONLY = re.compile(rf"(?<![\d,.]){points.YEAR}(?![\d,]*\d)")
_LATEST = by_letter(
    r"not?\s+later\s+than|or\s+before|on\s+or\s+before|before|prior\s+to|until|by|not\s+after|vor|avant"
)
_EARLIEST = by_letter(
    r"not?\s+earlier\s+than|on\s+or\s+after|after|since|not\s+before|subsequent\s+to|nach|après"
)
_ABOUT = by_letter(
    r"on\s+or\s+about|about|around|approximately|approx\.?|circa|ca\.?|c\.|probably(?:\s+about)?|um|vers|environ"
)
_THIRD = by_letter(r"early|mid|late|end\s+of|beginning\s+of|middle\s+of")
_LEAD = re.compile(
    rf"(?<![^\W\d_])(?:(?P<latest>{_LATEST})|(?P<earliest>{_EARLIEST})|(?P<about>{_ABOUT})"
    rf"|(?P<between>{by_letter('between|from')})|(?P<third>{_THIRD}))[\s-]+(?:in\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_LED = re.compile(rf"(?:{_LEAD.pattern})\[?$", re.IGNORECASE)
_UNDATED = re.compile(
    r"\b(?:undated|no\s+date|not\s+dated|n\.\s?d\.|without\s+date|date\s+(?:unknown|not\s+given)"
    r"|sans\s+date|s\.\s?d\.|ohne\s+datum|undatiert|без\s+даты)(?![\w])",
    re.IGNORECASE,
)
_UNDATED_WORDS = ("dat", "d.", "дат")
_DOUBT = re.compile(r"\s*[\])]*\s*\(?\?\)?")
_STYLE = re.compile(
    r"[\s,]*[\[(]?\s*(?:(?P<old>O\.?\s?S\.?(?![\w])|Old\s+Style|Julian)"
    r"|(?P<new>N\.?\s?S\.?(?![\w])|New\s+Style|Gregorian))\s*[\])]?",
    re.IGNORECASE,
)
_BARE_LEAD = re.compile(  # a place and a weekday, nothing that could belong to the date
    r"[\s\[(]*(?:[A-Z][a-z]{2,}(?:\s[A-Z][a-z]{2,})?,\]?\s*){0,2}"
)
_START = re.compile(  # where a date may begin in running text
    rf"\b(?:{months.PATTERN})\b|(?<![\d.,/-])\d{{1,2}}(?!\d)|\b1[4-9]\d\d\b|\b20[0-4]\d\b"
    rf"|\d{{6}}Z|\b(?:{'|'.join(months.SEASONS)})\b",
    re.IGNORECASE,
)


YEAR_FROM_CONTEXT = "the year is taken from the context"
"""The note of a date whose year its words do not tell."""


def parse(text: str, *, default_year: int | None = None, offset: int = 0) -> Date | None:
    """The first date in `text`, read as written; None where there is none.

    `default_year` completes a date without a year (then *inferred*); `offset` is
    added to the span. "undated" gives a Date without EDTF.

    >>> parse("January 26 [27], 1955").edtf
    '[1955-01-26,1955-01-27]'
    >>> parse("11:30 26.XI.63").edtf
    '1963-11-26T11:30:00'
    >>> parse("no later than November 25", default_year=1963).edtf
    '../1963-11-25'
    >>> parse("1/13 April 1877").edtf, parse("December 11, 1968, 1579Z").note
    ('1877-04-13', 'no such time: 1579Z')
    """
    found = _parse(text, default_year)
    if found is None or not offset:
        return found
    return _shifted(found, offset)


def find(text: str, *, default_year: int | None = None) -> Iterator[Date]:
    """All dates in running text, in order, never overlapping.

    Bare years and days without month are left out; so is a day without year
    unless `default_year` is given.
    """
    at = 0
    while True:
        start = _START.search(text, at)
        if start is None:
            return
        window = text[start.start() : start.start() + 90]
        before = text[max(0, start.start() - 24) : start.start()]
        lead = _LED.search(before)
        begin = start.start()
        if lead is not None:
            begin -= len(lead[0])
            window = lead[0] + window
        found = _read(window, 0, default_year, bare_year=False)
        known = found is not None and found.edtf is not None and "XXXX" not in found.edtf
        if found is None or not known or found.end is None:
            at = start.end()
            continue
        yield _shifted(found, begin)
        at = max(begin + found.end, start.end())


def _shifted(found: Date, offset: int) -> Date:
    return Date(
        text=found.text, edtf=found.edtf, earliest=found.earliest, latest=found.latest,
        calendar=found.calendar, zone=found.zone, start=(found.start or 0) + offset,
        end=(found.end or 0) + offset, rule=found.rule, certainty=found.certainty, note=found.note,
    )  # fmt: skip


@lru_cache(maxsize=16384)
def _parse(text: str, default_year: int | None) -> Date | None:
    low = text.lower()
    undated = _UNDATED.search(text) if any(word in low for word in _UNDATED_WORDS) else None
    at = 0
    best: Date | None = None
    plain = points.PLAIN.search(text)
    if plain is not None and _BARE_LEAD.fullmatch(text, 0, plain.start()):
        best = _read(text, plain.start(), default_year, bare_year=False)
        at = len(text)
    while best is None:
        start = _START_LOOSE.search(text, at)
        if start is None:
            break
        begin = start.start()
        found = _read(text, begin, default_year, bare_year=False)
        if found is not None and found.edtf is not None:
            best = found
            break
        at = begin + max(1, len(start[0]))
    if best is None:
        for year in _YEAR_ONLY.finditer(text):
            if not _STANDS_ALONE.search(text[: year.start()]):
                continue
            best = _read(text, _led(text, year.start()), default_year, bare_year=True)
            if best is not None:
                break
    if undated is not None and (best is None or undated.start() < (best.start or 0)):
        if best is None:
            return Date(
                text=undated[0], start=undated.start(), end=undated.end(), rule="undated",
            )  # fmt: skip
        note = "undated; the date is the editor's"
        return Date(
            text=best.text, edtf=best.edtf, earliest=best.earliest, latest=best.latest,
            calendar=best.calendar, zone=best.zone, start=best.start, end=best.end,
            rule=best.rule, certainty="inferred", note=note,
        )  # fmt: skip
    return best


_STANDS_ALONE = re.compile(rf"(?:^|[,;—–(\[]|\b(?:in|of|for)|{_LEAD.pattern})\W*$", re.IGNORECASE)
_TWO_CALENDARS = 1924
"""The year after which no government in Europe dated by the Julian calendar."""
_START_LOOSE = re.compile(
    r"(?!(?<=[^\W\d_])(?-i:[a-z]))(?:"  # most places within a word fall out here
    rf"{_LEAD.pattern}|(?<![A-Za-z])(?:{months.PATTERN})(?![a-z])|(?<![\d.,/-])\d{{1,2}}(?!\d)"
    rf"|\d{{6}}Z|(?<!\d)(?:1[4-9]\d\d|20[0-4]\d)(?=[-./]\d|\s*,?\s*[^\W\d])|\b(?:{'|'.join(months.SEASONS)})\b"
    r"|(?:the\s+)?(?:early|mid|late)?[\s-]*(?:1[4-9]\d|20[0-4])0['’]?s\b|(?-i:[A-Z][a-z]{4,9})(?=\s+\d)"
    rf"|{points.BLANK}(?=\s+{months.PATTERN})|\b{solemn.DAY}(?={months.PATTERN}))",
    re.IGNORECASE,
)


def _led(text: str, at: int) -> int:
    lead = _LED.search(text[:at])
    return lead.start() if lead else at


def _read(text: str, at: int, default_year: int | None, *, bare_year: bool) -> Date | None:
    """The date that begins at `at`, with what leads it and what follows it."""
    plain = points.PLAIN.match(text, at)
    begin = at
    before = clock.BEFORE.match(text, at)
    if before is not None and plain is None:
        at = before.end()
    lead = None if plain is not None or points.SEASON.match(text, at) else _LEAD.match(text, at)
    if lead is not None:
        at = lead.end()
        while at < len(text) and text[at] in "[( ":
            at += 1
    first = points.read(text, at, bare_year=bare_year or lead is not None)
    if first is None:
        return None
    end = first.end
    join, last = None, None
    joined = points.JOIN.match(text, end)
    if joined is not None:
        last = points.read_later(text, joined.end(), first)
        if last is not None:
            join, end = joined["join"].lower(), last.end
    if last is None and first.month is None and not bare_year and first.year is None:
        return None
    if last is not None:
        points.complete(first, last)
    style = _STYLE.match(text, end)
    if style is not None:
        end = style.end()
    doubt = _DOUBT.match(text, end)
    if doubt is not None:
        end = doubt.end()
        (last or first).doubt = first.doubt = True
    supplied = None
    for one in (first, last):
        if one is not None and one.year is None and default_year is not None:
            one.year = default_year
            supplied = YEAR_FROM_CONTEXT
    time = None
    if lead is None and last is None and first.day is not None:
        time = clock.after(text, end)
        if time is not None:
            end = time.end
        elif before is not None:
            time = clock.of(before)
    if last is not None and first.month is None:
        return None
    text_end = end
    while text_end < len(text) and text[text_end] == "]" and "[" in text[begin:text_end]:
        if text[begin:text_end].count("[") <= text[begin:text_end].count("]"):
            break
        text_end += 1
    return _date(text, begin, text_end, first, last, join, lead, style, time, supplied)


def _date(
    text: str, start: int, end: int, first: points.Point, last: points.Point | None, join: str | None,
    lead: re.Match[str] | None, style: re.Match[str] | None, time: clock.Time | None,
    supplied: str | None,
) -> Date | None:  # fmt: skip
    notes = [one for one in (first.note, last.note if last else None, supplied) if one]
    calendar: Literal["gregorian", "julian"] = "gregorian"
    certainty: Certainty = "stated"
    written = text[start:end]
    bracket = "[" in text[max(0, start - 2) : end]
    if bracket or supplied:
        certainty = "inferred"
    zone: str | None = None
    if first.year is not None and first.year < 0:
        edtf = spans.decade_of(first)
        notes = []
        certainty = "stated"
    elif last is not None:
        dashed = join in ("-", "–", "—") and (last.year or 0) < _TWO_CALENDARS
        if (join == "/" or dashed) and spans.is_double(first, last):
            old = f"{first.day} {months.ENGLISH[(first.month or 1) - 1]}"
            edtf = spans.edtf_of(last, notes)
            notes.append(f"Old Style {old}")
            if dashed:  # "January 4–16, 1878" can be these days too
                notes[-1] += ", as the days of both calendars are written"
                certainty = "inferred"
        else:
            between = lead is not None and lead["between"] is not None
            edtf = spans.pair(first, last, "-" if between else join or "-", notes)
            if between and written.lower().startswith("between"):
                certainty = "inferred"
    elif first.fix is not None:
        written_day = spans.edtf_of(first, notes)
        fixed = spans.edtf_of(
            points.Point(0, 0, first.year, first.month, first.fix, doubt=first.doubt), notes
        )
        edtf = f"[{min(written_day, fixed)},{max(written_day, fixed)}]"
        notes.append(
            f"written {first.day}, {'perhaps' if first.doubtful_fix else 'corrected by the editor to'}"
            f" {first.fix}"
        )
        certainty = "inferred"
    else:
        if style is not None and style["old"] and first.day and first.month and first.year:
            calendar = "julian"
            notes.append(f"Old Style {first.day} {months.ENGLISH[first.month - 1]} {first.year}")
            spans.to_gregorian(first)
        edtf = spans.edtf_of(first, notes)
        if first.stamp and len(edtf) == 10:
            edtf, zone = edtf + first.stamp + "Z", "Z"
        elif time is not None:
            if time.fault:
                notes.append(time.fault)
            elif time.stamp and len(edtf) == 10 and "X" not in edtf:
                edtf += time.stamp + ("Z" if time.zone == "Z" else "")
            zone = time.zone
    if not edtf or not is_edtf(edtf):
        return None
    if first.doubt and "?" not in edtf and "T" not in edtf and edtf[0] not in "[{":
        edtf = "/".join(f"{one}?" for one in edtf.split("/"))
    if first.doubt:
        certainty = "conjectural"
    if lead is not None:
        edtf, certainty = spans.led(edtf, lead, certainty, first)
        if edtf.startswith(("../", "[..")) or edtf.endswith("/.."):
            notes.append(lead[0].strip(" -[").lower())
    earliest, latest = bounds(edtf)
    return Date(
        text=written, edtf=edtf, earliest=earliest, latest=latest, calendar=calendar, zone=zone,
        start=start, end=end, rule="date-as-written", certainty=certainty,
        note="; ".join(notes) or None,
    )  # fmt: skip
