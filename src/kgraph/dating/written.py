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
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from kgraph.dating import clock, months
from kgraph.dating.edtf import bounds, is_edtf
from kgraph.model import Certainty, Date

_B = r"[\s\[\]]*"  # brackets that an editor set around a part
_YEAR = r"(?P<year>1[4-9]\d\d|20[0-4]\d)(?!\d{4})(?:/(?P<year2>\d{1,4})(?!\d))?"
_ORDINAL = r"(?:st|nd|rd|th|d|er|ème|o|º|\.)?"
_DAY = rf"(?P<day>\d{{1,2}}){_ORDINAL}(?!\d)(?:\s*\[(?P<fix>\d{{1,2}}){_ORDINAL}\s*(?P<fixdoubt>\?)?\])?(?P<daydoubt>\s*\?(?=\]))?"
_BLANK = r"(?:_{1,4}|[-–—]{1,3})"
_M = rf"(?P<month>{months.PATTERN}|(?-i:[A-Z][a-z]{{4,9}}))\.?"
_OF = r"(?:of|de|den|di)?"
_PART = {  # what one end of a date may look like; every group may be missing in a later end
    "mdy": rf"{_M}{_B}(?:{_DAY}|{_BLANK}(?=[\s,]))(?:{_B},?\s*(?:of\s|in\s)?[,.]?{_B}{_YEAR})?",
    "dmy": rf"(?:{_DAY}|{_BLANK}(?=\s)){_B}(?:day\s+)?{_OF}{_B}{_M}{_B}(?:,?{_B}{_OF}{_B}{_YEAR})?",
    "my": rf"{_M}{_B}(?:,|of|de)?{_B}{_YEAR}",
    "ymd": rf"{_YEAR}{_B},?{_B}{_M}(?:{_B}{_DAY})?",
    "md": rf"{_M}{_B}{_DAY}",
    "dy": rf"{_DAY}(?:{_B},{_B}{_YEAR})?",
    "m": _M,
}
_SHAPES = {name: re.compile(shape, re.IGNORECASE) for name, shape in _PART.items()}
_LATER_SHAPES = tuple(_SHAPES[name] for name in ("mdy", "dmy", "my", "dy"))
_PLAIN = re.compile(  # the shape of nine dates in ten
    rf"(?P<month>{'|'.join(months.ENGLISH)}) (?P<day>\d{{1,2}}), (?P<year>1[4-9]\d\d|20[0-4]\d)(?!\d)"
)
_ISO = re.compile(
    r"(?P<year>1[4-9]\d\d|20[0-4]\d)-(?P<month>0\d|1[0-2])(?:-(?P<day>[0-3]\d))?(?!\d)"
)
_SHORT_YEAR = re.compile(
    rf"(?P<month>{months.PATTERN})\.?\s+(?P<day>\d{{1,2}})(?:,\s?(?=\d)|,?\s+(?=['’]))(?P<year>['’]?\d\d)(?![\d:]|\s?[ap]\.?\s?m|\s*o['’])"
    rf"|(?P<day2>\d{{1,2}})\s+(?P<month2>{months.PATTERN})\.?,?\s+(?P<year2>['’]?\d\d)(?![\d:]|\s?[ap]\.?\s?m|\s*o['’])",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<year>1[4-9]\d\d|20[0-4]\d|\d\d)(?!\d)"
    r"|(?P<yfirst>1[4-9]\d\d|20[0-4]\d)(?P<sep2>[./])(?P<m>\d{1,2})(?P=sep2)(?P<d>\d{1,2})(?!\d)"
)
_ROMAN = re.compile(
    r"(?P<day>\d{1,2})[./ -]\s?(?P<roman>(?-i:X?I{1,3}|I?[VX]|VI{0,3}))[./ -]\s?"
    r"(?P<year>1[4-9]\d\d|20[0-4]\d|\d\d)(?!\d)"
)
_GROUP = re.compile(  # a telegram's date-time group
    r"(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<zone>Z)\s*"
    rf"(?P<month>{months.PATTERN})\s*(?P<year>1[4-9]\d\d|20[0-4]\d|\d\d)(?!\d)",
    re.IGNORECASE,
)
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(months.SEASONS)})\s*(?:of|,)?\s*{_YEAR}"
    r"|(?:the\s+)?(?P<third>early|mid|late)?[\s-]*(?P<decade>1[4-9]\d|20[0-4])0['’]?s\b",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(rf"(?<![\d,.]){_YEAR}(?![\d,]*\d)")
_JOIN = re.compile(
    r"\s*(?P<join>and/or|and|or|to|through|until|till|bis|au|[-–—/&])\s*(?:the\s)?", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:(?P<latest>(?:no|not)\s+later\s+than|(?:on\s+)?or\s+before|on\s+or\s+before|before"
    r"|prior\s+to|until|by|not\s+after|vor|avant)"
    r"|(?P<earliest>(?:no|not)\s+earlier\s+than|on\s+or\s+after|after|since|not\s+before"
    r"|subsequent\s+to|nach|après)"
    r"|(?P<about>on\s+or\s+about|about|around|approximately|approx\.?|circa|ca\.?|c\.|probably(?:\s+about)?"
    r"|um|vers|environ)"
    r"|(?P<between>between|from)"
    r"|(?P<third>early|mid|late|end\s+of|beginning\s+of|middle\s+of))[\s-]+(?:in\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\s*(?:[ap]\.?\s?m\b|noon|midnight|o['’]clock|:|\d)", re.IGNORECASE)
_UNDATED = re.compile(
    r"\b(?:undated|no\s+date|not\s+dated|n\.\s?d\.|without\s+date|date\s+(?:unknown|not\s+given)"
    r"|sans\s+date|s\.\s?d\.|ohne\s+datum|undatiert|без\s+даты)(?![\w])",
    re.IGNORECASE,
)
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


@dataclass(slots=True)
class _Point:
    """One end of a date: its parts as far as written, and where it stands."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    fix: int | None = None  # the day an editor put in brackets behind the written one
    doubt: bool = False
    doubtful_fix: bool = False
    note: str | None = None
    stamp: str | None = None  # a time given within the date ("221955Z")
    zone: str | None = None


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
        lead = re.search(rf"(?:{_LEAD.pattern})\[?$", before, re.IGNORECASE)
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
    undated = _UNDATED.search(text)
    at = 0
    best: Date | None = None
    plain = _PLAIN.search(text)
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
_START_LOOSE = re.compile(
    rf"{_LEAD.pattern}|(?<![A-Za-z])(?:{months.PATTERN})(?![a-z])|(?<![\d.,/-])\d{{1,2}}(?!\d)"
    rf"|\d{{6}}Z|(?<!\d)(?:1[4-9]\d\d|20[0-4]\d)(?=[-./]\d|\s*,?\s*[^\W\d])|\b(?:{'|'.join(months.SEASONS)})\b"
    r"|(?:the\s+)?(?:early|mid|late)?[\s-]*(?:1[4-9]\d|20[0-4])0['’]?s\b|(?-i:[A-Z][a-z]{4,9})(?=\s+\d)"
    rf"|{_BLANK}(?=\s+{months.PATTERN})",
    re.IGNORECASE,
)


def _led(text: str, at: int) -> int:
    lead = re.search(rf"(?:{_LEAD.pattern})\[?$", text[:at], re.IGNORECASE)
    return lead.start() if lead else at


def _read(text: str, at: int, default_year: int | None, *, bare_year: bool) -> Date | None:
    """The date that begins at `at`, with what leads it and what follows it."""
    plain = _PLAIN.match(text, at)
    begin = at
    before = clock.BEFORE.match(text, at)
    if before is not None and plain is None:
        at = before.end()
    lead = None if plain is not None or _SEASON.match(text, at) else _LEAD.match(text, at)
    if lead is not None:
        at = lead.end()
        while at < len(text) and text[at] in "[( ":
            at += 1
    first = _point(text, at, bare_year=bare_year or lead is not None)
    if first is None:
        return None
    end = first.end
    join, last = None, None
    joined = _JOIN.match(text, end)
    if joined is not None:
        last = _later(text, joined.end(), first)
        if last is not None:
            join, end = joined["join"].lower(), last.end
    if last is None and first.month is None and not bare_year and first.year is None:
        return None
    if last is not None:
        _complete(first, last)
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
            supplied = "the year is taken from the context"
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


def _point(text: str, at: int, *, bare_year: bool) -> _Point | None:
    plain = _PLAIN.match(text, at)
    if plain is not None and text[plain.end() : plain.end() + 1] != "/":
        return _Point(
            plain.start(), plain.end(), int(plain["year"]), months.number(plain["month"]),
            int(plain["day"]),
        )  # fmt: skip
    special = _special(text, at)
    if special is not None:
        return special
    for name in ("mdy", "dmy", "my", "ymd"):
        match = _SHAPES[name].match(text, at)
        if match is not None:
            point = _from(match)
            if point is not None:
                return point
    if bare_year:
        year = re.compile(_YEAR).match(text, at)
        if year is not None:
            return _Point(year.start(), year.end(), int(year["year"]))
        month = _SHAPES["m"].match(text, at)
        if month is not None and months.number(month["month"]):
            return _from(month)
    day = _SHAPES["dy"].match(text, at)
    if day is not None:
        return _from(day)
    month = _SHAPES["m"].match(text, at)
    if month is not None and _JOIN.match(text, month.end()):
        return _from(month)
    return None


def _later(text: str, at: int, first: _Point) -> _Point | None:
    """The second end of a date; a lone day or year leans on the first."""
    while at < len(text) and text[at] in "[ ":
        at += 1
    special = _special(text, at)
    if special is not None and special.month is not None:
        return special
    for shape in _LATER_SHAPES:
        match = shape.match(text, at)
        if match is None:
            continue
        point = _from(match)
        if point is None:
            continue
        if point.month is None and (first.month is None or first.day is None):
            continue
        if point.month is None and _HOURS.match(text, point.end):
            return None
        if point.day is not None and not 1 <= point.day <= 31:
            return None
        return point
    if first.day is None and first.month is None and first.year is not None:
        year = re.compile(_YEAR).match(text, at)
        if year is not None:
            return _Point(year.start(), year.end(), int(year["year"]))
    return None


def _from(match: re.Match[str]) -> _Point | None:
    groups = match.groupdict()
    month: int | None = None
    note = None
    if groups.get("month"):
        month = months.number(groups["month"])
        if month is None:
            month = months.misprinted(groups["month"]) if groups.get("year") else None
            if month is None:
                return None
            note = f"month misprinted: {groups['month']}"
        elif groups["month"].islower() and not groups.get("year") and month in (3, 5):
            return None  # "march 5 miles", "may 3"
    point = _Point(match.start(), match.end(), month=month, note=note)
    if groups.get("day"):
        point.day = int(groups["day"])
    point.doubt = bool(groups.get("daydoubt"))
    if groups.get("fix"):
        point.fix = int(groups["fix"])
        point.doubtful_fix = bool(groups.get("fixdoubt"))
    if groups.get("year"):
        point.year = int(groups["year"])
        later = groups.get("year2")
        if later:
            whole = int(groups["year"][: 4 - len(later)] + later)
            if whole == point.year + 1:
                point.year, point.note = whole, f"year written {match['year']}/{later}"
    return point


def _special(text: str, at: int) -> _Point | None:
    """ISO, numeric, roman-month and date-time-group dates, seasons, decades."""
    match = _ISO.match(text, at)
    if match is not None:
        day = int(match["day"]) if match["day"] else None
        return _Point(match.start(), match.end(), int(match["year"]), int(match["month"]), day)
    match = _GROUP.match(text, at)
    if match is not None:
        return _Point(
            match.start(), match.end(), _century(match["year"]), months.number(match["month"]),
            int(match["day"]), stamp=f"T{match['hour']}:{match['minute']}:00", zone="Z",
        )  # fmt: skip
    match = _ROMAN.match(text, at)
    if match is not None:
        month = months.ROMAN.index(match["roman"]) + 1
        return _Point(match.start(), match.end(), _century(match["year"]), month, int(match["day"]))
    match = _NUMERIC.match(text, at)
    if match is not None:
        if match["yfirst"]:
            return _Point(
                match.start(), match.end(), int(match["yfirst"]), int(match["m"]), int(match["d"])
            )
        a, b, note = int(match["a"]), int(match["b"]), None
        month, day = (b, a) if match["sep"] == "." else (a, b)
        if month > 12 >= day:
            month, day = day, month
        elif day <= 12 and day != month and match["sep"] != ".":
            note = "read month first"
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        return _Point(match.start(), match.end(), _century(match["year"]), month, day, note=note)
    match = _SHORT_YEAR.match(text, at)
    if match is not None:
        number = months.number(match["month"] or match["month2"])
        short = (match["year"] or match["year2"]).strip("'’")
        return _Point(
            match.start(), match.end(), _century(short), number, int(match["day"] or match["day2"])
        )
    match = _SEASON.match(text, at)
    if match is not None:
        if match["season"]:
            season = months.SEASONS[match["season"].lower()]
            return _Point(match.start(), match.end(), int(match["year"]), season)
        return _Point(
            match.start(), match.end(), -int(match["decade"]), note=(match["third"] or "").lower()
        )
    return None


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 1900 + int(year)


def _complete(first: _Point, last: _Point) -> None:
    """What the first end leaves out stands in the last, and the other way round."""
    if last.month is None and last.day is not None:
        last.month = first.month
    if last.year is None:
        last.year = first.year
    if first.month is None:
        first.month = last.month
    if first.year is None and last.year is not None:
        first.year = last.year
        if first.month and last.month and first.month <= 12 and first.month > last.month:
            first.year = last.year - 1


def _date(
    text: str, start: int, end: int, first: _Point, last: _Point | None, join: str | None,
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
        edtf = _decade(first)
        notes = []
        certainty = "stated"
    elif last is not None:
        if join == "/" and _double(first, last):
            old = f"{first.day} {months.ENGLISH[(first.month or 1) - 1]}"
            edtf = _edtf(last, notes)
            notes.append(f"Old Style {old}")
        else:
            between = lead is not None and lead["between"] is not None
            edtf = _pair(first, last, "-" if between else join or "-", notes)
            if between and written.lower().startswith("between"):
                certainty = "inferred"
    elif first.fix is not None:
        written_day = _edtf(first, notes)
        fixed = _edtf(_Point(0, 0, first.year, first.month, first.fix, doubt=first.doubt), notes)
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
            _to_gregorian(first)
        edtf = _edtf(first, notes)
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
        edtf, certainty = _led_edtf(edtf, lead, certainty, first)
        if edtf.startswith(("../", "[..")) or edtf.endswith("/.."):
            notes.append(lead[0].strip(" -[").lower())
    earliest, latest = bounds(edtf)
    return Date(
        text=written, edtf=edtf, earliest=earliest, latest=latest, calendar=calendar, zone=zone,
        start=start, end=end, rule="date-as-written", certainty=certainty,
        note="; ".join(notes) or None,
    )  # fmt: skip


def _edtf(point: _Point, notes: list[str]) -> str:
    year = f"{point.year:04}" if point.year is not None else "XXXX"
    if point.month is None:
        return year
    if point.day is None:
        return f"{year}-{point.month:02}"
    edtf = f"{year}-{point.month:02}-{point.day:02}"
    if point.day and not is_edtf(edtf):
        notes.append(f"no such day: {point.day}")
        return edtf[:-3]
    return edtf


def _pair(first: _Point, last: _Point, join: str, notes: list[str]) -> str:
    a, b = _edtf(first, notes), _edtf(last, notes)
    if a == b:
        return a
    if join in ("or", "and/or", "/"):
        low, high = sorted((a, b))
        return f"[{low},{high}]"
    if join in ("and", "&") and len(a) == len(b) == 10 and "X" not in a:
        gap = Day.fromisoformat(b) - Day.fromisoformat(a)
        if gap != timedelta(days=1):
            return f"{{{a},{b}}}"
    edtf = f"{a}/{b}"
    if not is_edtf(edtf) and is_edtf(a):
        notes.append("the interval ends before it begins")
        return a
    return edtf


def _decade(point: _Point) -> str:
    decade = -(point.year or 0)
    if point.note == "early":
        return f"{decade}0/{decade}3~"
    if point.note == "mid":
        return f"{decade}4~/{decade}6~"
    return f"{decade}7~/{decade}9" if point.note == "late" else f"{decade}X"


def _double(first: _Point, last: _Point) -> bool:
    """Whether the first is the second in the Julian calendar (12 days behind in 1877)."""
    if None in (first.year, first.month, first.day, last.year, last.month, last.day):
        return False
    copy = _Point(0, 0, first.year, first.month, first.day)
    _to_gregorian(copy)
    return (copy.year, copy.month, copy.day) == (last.year, last.month, last.day)


def _to_gregorian(point: _Point) -> None:
    if not (point.year and point.month and point.day):
        return
    behind = point.year // 100 - point.year // 400 - 2
    if point.year % 100 == 0 and point.year % 400 and point.month <= 2:
        behind -= 1
    try:
        moved = Day(point.year, point.month, point.day) + timedelta(days=behind)
    except ValueError:
        return
    point.year, point.month, point.day = moved.year, moved.month, moved.day


def _led_edtf(
    edtf: str, lead: re.Match[str], certainty: Certainty, first: _Point
) -> tuple[str, Certainty]:
    if "/" in edtf or edtf[0] in "[{":
        return edtf, certainty
    day = edtf.split("T")[0]
    if lead["latest"]:
        return f"../{day}", "inferred"
    if lead["earliest"]:
        return f"{day}/..", "inferred"
    if lead["about"]:
        return (day if day.endswith("?") else f"{day}~"), "conjectural"
    if lead["third"] and first.day is None and len(edtf) == 7 and (first.month or 0) <= 12:
        third = lead["third"].lower()
        month = first.month or 1
        last = bounds(edtf)[1] or ""
        if third in ("early", "beginning of"):
            return f"{edtf}-01/{edtf}-10", certainty
        if third in ("late", "end of"):
            return f"{edtf}-21/{last[:10]}", certainty
        return f"{first.year:04}-{month:02}-11/{first.year:04}-{month:02}-20", certainty
    return edtf, certainty
