"""The Extended Date/Time Format (ISO 8601-2:2019), levels 0 to 2: what an expression spans.

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.
Not read: exponential years beyond four digits give no instants (they have no
ISO date-time), though they are well formed.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from kgraph.model import Certainty, Date

Bounds = tuple[str | None, str | None]

_POINT = re.compile(
    r"[?~%]?(?P<year>-?[\dX]{4})(?P<digits>S\d)?[?~%]?"
    r"(?:-[?~%]?(?P<month>[\dX]{2})[?~%]?(?:-[?~%]?(?P<day>[\dX]{2})[?~%]?)?)?"
    r"(?:T(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60))?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?[?~%]?$"
)
_LONG_YEAR = re.compile(r"Y-?\d+(?:E\d+)?(?:S\d+)?$|-?\d+S\d+$")
_SPAN = {  # months (first, last, last in the next year) of EDTF's seasons and quarters
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11),
    28: (12, 14), 29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6),
    35: (7, 9), 36: (10, 12), 37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


class Malformed(ValueError):
    """Raised inside this module alone; callers get (None, None) or a Date without EDTF."""


def bounds(edtf: str) -> Bounds:
    """Earliest and latest instant of an expression; None where open, unknown or malformed.

    >>> bounds("1963-11")
    ('1963-11-01T00:00:00', '1963-11-30T23:59:59')
    >>> bounds("../1963-11-25")
    (None, '1963-11-25T23:59:59')
    >>> bounds("[1956-03-09,1956-03-10]")
    ('1956-03-09T00:00:00', '1956-03-10T23:59:59')
    """
    try:
        return _bounds(edtf)
    except Malformed:
        return None, None


def is_edtf(edtf: str) -> bool:
    """Whether an expression is well formed and names days that exist."""
    try:
        _bounds(edtf)
    except Malformed:
        return False
    return True


_ZONE = re.compile(r"T[\d:]+(Z|[+-]\d\d(?::?\d\d)?)")


def from_edtf(edtf: str, text: str | None = None) -> Date:
    """A Date of an EDTF expression; its `edtf` is None where the expression is malformed.

    `text` is what was written; without it the expression itself. A doubt (``?``)
    or an approximation (``~``) makes the date *conjectural*.
    """
    if not is_edtf(edtf):
        return Date(text=text if text is not None else edtf)
    earliest, latest = bounds(edtf)
    certainty: Certainty = "conjectural" if any(sign in edtf for sign in "?~%") else "stated"
    zone = _ZONE.search(edtf) if "T" in edtf else None
    return Date(
        text=text if text is not None else edtf,
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        certainty=certainty,
        zone=zone[1] if zone else None,
    )


@lru_cache(maxsize=8192)
def _bounds(edtf: str) -> Bounds:
    if not edtf:
        raise Malformed(edtf)
    if edtf[0] in "[{":
        if edtf[-1] != ("]" if edtf[0] == "[" else "}"):
            raise Malformed(edtf)
        return _set(edtf[1:-1])
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if "/" in last or not (first or last):
            raise Malformed(edtf)
        earliest = None if first in ("", "..") else _point(first)[0]
        latest = None if last in ("", "..") else _point(last)[1]
        if earliest and latest and earliest > latest and not earliest.startswith("-"):
            raise Malformed(edtf)
        return earliest, latest
    return _point(edtf)


def _set(members: str) -> Bounds:
    lows: list[str | None] = []
    highs: list[str | None] = []
    for member in members.split(","):
        one = member.strip()
        if ".." in one:
            first, _, last = one.partition("..")
            if not (first or last):
                raise Malformed(members)
            lows.append(_point(first)[0] if first else None)
            highs.append(_point(last)[1] if last else None)
        else:
            low, high = _point(one)
            lows.append(low)
            highs.append(high)
    low_known = [one for one in lows if one is not None]
    high_known = [one for one in highs if one is not None]
    return (
        min(low_known) if len(low_known) == len(lows) else None,
        max(high_known) if len(high_known) == len(highs) else None,
    )


def _point(text: str) -> Bounds:
    match = _POINT.match(text)
    if match is None:
        if _LONG_YEAR.match(text):
            return None, None
        raise Malformed(text)
    year, month, day = match["year"], match["month"], match["day"]
    if match["hour"]:
        if day is None or "X" in year + month + day:
            raise Malformed(text)
        _check(int(year), int(month), int(day), text)
        stamp = f"{year}-{month}-{day}T{match['hour']}:{match['minute']}:{match['second'] or '00'}"
        last = stamp if match["second"] else f"{stamp[:-2]}59"
        return stamp, last
    low_year, high_year = _year(year, match["digits"])
    if month is None:
        low_month, high_month = 1, 12
    elif month.isdigit() and int(month) in _SPAN:
        if day is not None:
            raise Malformed(text)
        low_month, high_month = _SPAN[int(month)]
        if high_month > 12:
            high_year, high_month = high_year + 1, high_month - 12
    else:
        low_month, high_month = _digits(month, 1, 12, text)
    if day is None:
        low_day, high_day = 1, _days(high_year, high_month)
    else:
        low_day, high_day = _digits(day, 1, 31, text)
        if day.isdigit() and high_day > _days(high_year, high_month):
            if "X" not in year + (month or ""):
                raise Malformed(text)
            high_day = _days(high_year, high_month)
        high_day = min(high_day, _days(high_year, high_month))
    if year.lstrip("-") == "XXXX":
        return None, None
    return (
        f"{_written(low_year)}-{low_month:02}-{low_day:02}T00:00:00",
        f"{_written(high_year)}-{high_month:02}-{high_day:02}T23:59:59",
    )


def _written(year: int) -> str:
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def _check(year: int, month: int, day: int, text: str) -> None:
    if not 1 <= month <= 12 or not 1 <= day <= _days(year, month):
        raise Malformed(text)


def _year(year: str, digits: str | None) -> tuple[int, int]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if digits:  # 1950S2: two significant digits, estimated to lie in 1900 to 1999
        unit: int = 10 ** max(0, 4 - int(digits[1:]))
        low = low // unit * unit
        high = low + unit - 1
    return (high, low) if low > high else (low, high)


def _digits(part: str, least: int, most: int, text: str) -> tuple[int, int]:
    low, high = int(part.replace("X", "0")), int(part.replace("X", "9"))
    if "X" in part:
        low, high = max(low, least), min(high, most)
    if not least <= low <= high <= most:
        raise Malformed(text)
    return low, high


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31
