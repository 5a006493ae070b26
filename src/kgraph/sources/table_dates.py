"""Dates in the cells of a table: over three columns, day or month first, mail headers, EDTF, words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from kgraph import dating
from kgraph.model import Date
from kgraph.report import Report
from kgraph.sources import tables
from kgraph.sources.columns import Mapping
from kgraph.sources.encoded_date import UNDATED

EDTF = re.compile(r"^[\[{]?[\dXYTZ~?%.,/:+-]+[\]}]?$")
SLASHED = re.compile(r"^\s*(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4})\s*$")
LOOKED_AT = 5000
"""Rows in which the order of day and month is looked for."""
DATED = frozenset({"date", "received", "date_from", "date_to", "not_before", "not_after"})


def day_first(path: Path, mapping: Mapping) -> bool | None:
    """Whether dates such as "13/07/1875" begin with the day, by the first that can be read one
    way only; None: none can, or there are none."""
    dated = [column for column, field in mapping.columns.items() if field in DATED]
    if not dated:
        return None
    for row in islice(tables.rows(path, Report()), LOOKED_AT):
        for column in dated:
            found = SLASHED.match(row.cells.get(column, ""))
            if found is None:
                continue
            if int(found[1]) > 12 >= int(found[2]):
                return True
            if int(found[2]) > 12 >= int(found[1]):
                return False
    return None


def ordered(cell: str, first: bool | None) -> str | None:
    """A slashed date as YYYY-MM-DD, where the order of day and month is known or plain.

    >>> ordered("03/04/1875", True), ordered("13/04/1875", None), ordered("03/04/1875", None)
    ('1875-04-03', '1875-04-13', None)
    """
    found = SLASHED.match(cell)
    if found is None:
        return None
    a, b, year = int(found[1]), int(found[2]), found[3]
    if a == b or a > 12 or b > 12:
        first = a > 12 or a == b
    if first is None:
        return None
    day, month = (a, b) if first else (b, a)
    return f"{year}-{month:02}-{day:02}"


def either_first(cell: str) -> bool:
    """Whether a cell is a slashed date whose day and month cannot be told apart."""
    return SLASHED.match(cell) is not None


def joined(year: str | None, month: str | None, day: str | None) -> str | None:
    """The date of three cells: numbers as YYYY-MM-DD, a month's name as words; brackets go."""
    year, month, day = (re.sub(r"[\[\]?]", "", part or "").strip() for part in (year, month, day))
    if not year or not year.isdigit():
        return None
    parts = [year.zfill(4)]
    if month and not month.isdigit():
        named = dating.parse(f"{day if day.isdigit() and int(day) else ''} {month} {year}".strip())
        return named.edtf if named is not None and named.edtf else parts[0]
    for part in (month, day):
        if not part.isdigit() or not int(part):
            break
        parts.append(part.zfill(2))
    return "-".join(parts)


def timed(day: str, time: str) -> str | None:
    """A day and the time in another column as one date; None where they give none.

    >>> timed("12 Mar 1956", "2 p.m."), timed("1956-03-12", "14:05"), timed("1956", "2 p.m.")
    ('1956-03-12T14:00:00', '1956-03-12T14:05:00', None)
    """
    found = dating.parse(f"{day}, {time}")
    if found is None or found.edtf is None or not re.fullmatch(r"[\dT:-]{19}", found.edtf):
        return None
    return found.edtf


def written(message: str) -> bool:
    """Whether an untidy date is one as people write it in cells ("13.07.1875"), no fault there."""
    return re.search(r"='\s*\d{1,4}\s?[./]\s?\d{1,2}\s?[./]\s?\d{1,4}\s*'", message) is not None


_ONE_IN_BRACKETS = re.compile(r"\[[\d.-]+\s?\??\]\??")
"""One day or year in an editor's brackets, and no set of EDTF."""
_TWO_YEARS = re.compile(r"\d{4}\s*[-–]\s*\d{4}$")
"""Years as people write a span of them, "1850-1851", which is no EDTF."""
_INTERVAL = re.compile(
    r"<\[\s*(?P<first>[^,\[\]]+?)(?:\.0)?\s*,\s*(?P<last>[^,;\[\]]+?)(?:\.0)?\s*\].*>"
)
"""A span as Gephi writes it; what stands behind the first is left."""
_SERIAL = re.compile(r"[1-6]\d{4}")
_HYPHENED = re.compile(r"(\d{1,2})[-. ]([^\W\d_]{3,9})\.?[-. ](\d{4})")
_FIRST = date(1899, 12, 30)
"""Day 0 of spreadsheets that count days."""


def serials(values: dict[str, str]) -> tuple[dict[str, str], bool]:
    """Day numbers of a spreadsheet whose cells lost their form ("22651") as dates, and whether
    there were any."""
    read = {
        n: (_FIRST + timedelta(days=int(v))).isoformat() if _SERIAL.fullmatch(v) else v
        for n, v in values.items()
    }
    return read, read != values


def over_days(values: dict[str, str]) -> dict[str, str]:
    """A span in the one cell, as network programs write it, as first and last day.

    >>> over_days({"when": "<[1848.0, 1850.0]>"})
    {'when': '', 'from': '1848', 'to': '1850'}
    """
    found = _INTERVAL.fullmatch(values.get("when", "").strip())
    if found is None:
        return values
    return {**values, "when": "", "from": found["first"], "to": found["last"]}


def mailed(values: dict[str, str]) -> tuple[dict[str, str], str]:
    """A date of a mail header ("Mon, 14 May 2001 16:39:00 -0700") as an encoded one."""
    when = values.get("when", "")
    if not re.match(r"^(?:[A-Z][a-z]{2},? )?\d{1,2} [A-Z][a-z]{2} \d{4} \d", when):
        return values, ""
    try:
        moment = parsedate_to_datetime(when)
    except ValueError:
        return values, ""
    return {**values, "when": moment.isoformat()}, when


def otherwise(text: str) -> Date | None:
    """A date that is not one encoded day: EDTF ("1541-01-20~", "/1541-07-18") or words."""
    alone = _ONE_IN_BRACKETS.fullmatch(text.strip()) is not None
    if EDTF.match(text) and re.search(r"\d{4}", text) and not alone and not _TWO_YEARS.match(text):
        edtf = re.sub(r"^/", "../", re.sub(r"/\??$", "/..", text))
        read = dating.from_edtf(edtf, text)
        if read.earliest or read.latest:
            return read
    if UNDATED.match(text):
        return Date(text=text, rule="undated")
    hyphened = _HYPHENED.fullmatch(text.strip())
    return dating.of_cell(" ".join(hyphened.groups()) if hyphened else text)
