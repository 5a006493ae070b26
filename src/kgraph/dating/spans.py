"""The ends of a date in EDTF: one point, a pair, a decade; Old Style turned into New."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date as Day
from datetime import timedelta

from kgraph.dating.edtf import bounds, is_edtf
from kgraph.dating.points import Point
from kgraph.model import Certainty


def edtf_of(point: Point, notes: list[str]) -> str:
    """A point in EDTF (ISO 8601-2:2019, 4.3); a day that cannot be is left out and noted."""
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


def pair(first: Point, last: Point, join: str, notes: list[str]) -> str:
    """Two points in EDTF: one of a set ("or"), all of a set ("and"), or an interval."""
    a, b = edtf_of(first, notes), edtf_of(last, notes)
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


def decade_of(point: Point) -> str:
    """A decade, or the early, middle or late years of one."""
    decade = -(point.year or 0)
    if point.note == "early":
        return f"{decade}0/{decade}3~"
    if point.note == "mid":
        return f"{decade}4~/{decade}6~"
    return f"{decade}7~/{decade}9" if point.note == "late" else f"{decade}X"


def is_double(first: Point, last: Point) -> bool:
    """Whether the first is the second in the Julian calendar (12 days behind in 1877)."""
    if None in (first.year, first.month, first.day, last.year, last.month, last.day):
        return False
    copy = Point(0, 0, first.year, first.month, first.day)
    to_gregorian(copy)
    return (copy.year, copy.month, copy.day) == (last.year, last.month, last.day)


def to_gregorian(point: Point) -> None:
    """Moves a day of the Julian calendar to that of the Gregorian, in place."""
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


def led(
    edtf: str, lead: re.Match[str], certainty: Certainty, first: Point
) -> tuple[str, Certainty]:
    """A date behind words that lead it: a bound ("before"), about it, or a part of its month."""
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
        last = bounds(edtf)[1] or f"{edtf}-{monthrange(2000, first.month or 1)[1]}"
        if third in ("early", "beginning of"):
            return f"{edtf}-01/{edtf}-10", certainty
        if third in ("late", "end of"):
            return f"{edtf}-21/{last[:10]}", certainty
        return f"{edtf}-11/{edtf}-20", certainty
    return edtf, certainty
