"""One end of a date as people write it: day, month and year as far as they stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.dating import months, solemn

_B = r"[\s\[\]]*"  # brackets that an editor set around a part
YEAR = r"(?P<year>1[4-9]\d\d|20[0-4]\d)(?!\d{4})(?:/(?P<year2>\d{1,4})(?!\d))?"
_ORDINAL = r"(?:st|nd|rd|th|d|er|ème|o|º|\.)?"
_DAY = rf"(?P<day>\d{{1,2}}){_ORDINAL}(?!\d)(?:\s*\[(?P<fix>\d{{1,2}}){_ORDINAL}\s*(?P<fixdoubt>\?)?\])?(?P<daydoubt>\s*\?(?=\]))?"
BLANK = r"(?:_{1,4}|[-–—]{1,3})"
_M = rf"(?P<month>(?:{months.PATTERN})(?![^\W\d_])|(?-i:[A-Z][a-z]{{4,9}}))\.?"
_OF = r"(?:of|de|den|di)?"
_PART = {  # what one end of a date may look like; every group may be missing in a later end
    "mdy": rf"{_M}{_B}(?:{_DAY}|{BLANK}(?=[\s,]))(?:{_B},?\s*(?:of\s|in\s)?[,.]?{_B}{YEAR})?",
    "dmy": rf"(?:{_DAY}|{BLANK}(?=\s)){_B}(?:day\s+)?{_OF}{_B}{_M}{_B}(?:,?{_B}{_OF}{_B}{YEAR})?",
    "my": rf"{_M}{_B}(?:,|of|de)?{_B}{YEAR}",
    "ymd": rf"{YEAR}{_B},?{_B}{_M}(?:{_B}{_DAY})?",
    "md": rf"{_M}{_B}{_DAY}",
    "dy": rf"{_DAY}(?:{_B},{_B}{YEAR})?",
    "m": _M,
}
_SHAPES = {name: re.compile(shape, re.IGNORECASE) for name, shape in _PART.items()}
_LATER_SHAPES = tuple(_SHAPES[name] for name in ("mdy", "dmy", "my", "dy"))
PLAIN = re.compile(  # the shape of nine dates in ten
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
SEASON = re.compile(
    rf"(?P<season>{'|'.join(months.SEASONS)})\s*(?:of|,)?\s*{YEAR}"
    r"|(?:the\s+)?(?P<third>early|mid|late)?[\s-]*(?P<decade>1[4-9]\d|20[0-4])0['’]?s\b",
    re.IGNORECASE,
)
JOIN = re.compile(
    r"\s*(?P<join>and/or|and|or|to|through|until|till|bis|au|[-–—/&])\s*(?:the\s)?", re.IGNORECASE
)
_HOURS = re.compile(
    r"\s*(?:(?:[ap]\.?\s?)?m\b|noon|midnight|o['’]clock|:|\d|\.\s?[0-5]\d\s?[ap]\.?\s?m\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Point:
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


def read(text: str, at: int, *, bare_year: bool) -> Point | None:
    """The end of a date that begins at `at`; a year or month alone only where `bare_year`."""
    plain = PLAIN.match(text, at)
    if plain is not None and text[plain.end() : plain.end() + 1] != "/":
        return Point(
            plain.start(), plain.end(), int(plain["year"]), months.number(plain["month"]),
            int(plain["day"]),
        )  # fmt: skip
    special = _special(text, at)
    if special is not None:
        return special
    worded = solemn.read(text, at) if " of " in text[at : at + 24] else None
    if worded is not None:
        return Point(at, *worded)
    for name in ("mdy", "dmy", "my", "ymd"):
        match = _SHAPES[name].match(text, at)
        if match is not None:
            point = _from(match)
            if point is not None:
                return point
    if bare_year:
        year = re.compile(YEAR).match(text, at)
        if year is not None:
            return Point(year.start(), year.end(), int(year["year"]))
        month = _SHAPES["m"].match(text, at)
        if month is not None and months.number(month["month"]):
            return _from(month)
    day = _SHAPES["dy"].match(text, at)
    if day is not None:
        return _from(day)
    month = _SHAPES["m"].match(text, at)
    if month is not None and JOIN.match(text, month.end()):
        return _from(month)
    return None


def read_later(text: str, at: int, first: Point) -> Point | None:
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
        year = re.compile(YEAR).match(text, at)
        if year is not None:
            return Point(year.start(), year.end(), int(year["year"]))
    return None


def _from(match: re.Match[str]) -> Point | None:
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
    point = Point(match.start(), match.end(), month=month, note=note)
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


def _special(text: str, at: int) -> Point | None:
    """ISO, numeric, roman-month and date-time-group dates, seasons, decades."""
    match = _ISO.match(text, at)
    if match is not None:
        day = int(match["day"]) if match["day"] else None
        return Point(match.start(), match.end(), int(match["year"]), int(match["month"]), day)
    match = _GROUP.match(text, at)
    if match is not None:
        return Point(
            match.start(), match.end(), _century(match["year"]), months.number(match["month"]),
            int(match["day"]), stamp=f"T{match['hour']}:{match['minute']}:00", zone="Z",
        )  # fmt: skip
    match = _ROMAN.match(text, at)
    if match is not None:
        month = months.ROMAN.index(match["roman"]) + 1
        return Point(match.start(), match.end(), _century(match["year"]), month, int(match["day"]))
    match = _NUMERIC.match(text, at)
    if match is not None:
        if match["yfirst"]:
            return Point(
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
        return Point(match.start(), match.end(), _century(match["year"]), month, day, note=note)
    match = _SHORT_YEAR.match(text, at)
    if match is not None:
        number = months.number(match["month"] or match["month2"])
        short = (match["year"] or match["year2"]).strip("'’")
        return Point(
            match.start(), match.end(), _century(short), number, int(match["day"] or match["day2"])
        )
    match = SEASON.match(text, at)
    if match is not None:
        if match["season"]:
            season = months.SEASONS[match["season"].lower()]
            return Point(match.start(), match.end(), int(match["year"]), season)
        return Point(
            match.start(), match.end(), -int(match["decade"]), note=(match["third"] or "").lower()
        )
    return None


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 1900 + int(year)


def complete(first: Point, last: Point) -> None:
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
