"""Dates that a catalogue encodes (``when``, ``notBefore`` ...) beside what it prints.

Read are W3C and ISO 8601 dates, also with stray spaces and without hyphens. The
EDTF reading is an interval ``a/b`` for ``from``/``to`` (written over days) and for
``notBefore``/``notAfter`` (some time between; certainty *inferred*).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping

import msgspec

from kgraph import dating
from kgraph.model import Certainty, Date

ENCODED = re.compile(
    r"^(?P<year>-?\d{4,5})(?:(?P<dash>-?)(?P<month>\d{1,2})(?:(?P=dash)(?P<day>\d{1,2}))?)?"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?"
    r"(?P<zone>Z|(?(hour)[+-]\d\d:?\d\d|[+-]\d\d:\d\d))?$"  # "1850-1851" has none
)
COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
DOTTED = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
SLASHED = re.compile(r"^(\d{4})[/.](\d\d?)[/.](\d\d?)$")
WITHOUT_DAY = re.compile(r"^(\d{4}(?:-(?!00)\d\d)?)(?:-00){1,2}$")
EITHER_FIRST = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
UNDATED = re.compile(
    r"(?i)^\W*(?:undated|no date|not dated|date unknown|unknown|unbekannt|undatiert|ohne datum|o\.\s?[dj]\.|"
    r"s\.\s?[da]\.|n\.\s?d\.|sans date|sine dato|udateret|udatert|odaterad|dateringen onbekend|ongedateerd|zonder datum|senza data|sin fecha|sem data|s\.\s?f\.|"
    r"nedatov\w+|keltezetlen|keltezés nélkül|nedatat|fără dată|päiväämätön|tarihsiz|без даты|b\.\s?d\.|bez daty|bez data|б\.?\s?[/.]?\s?[дг]\.?)\W*$"
)
YEAR_ALONE = re.compile(r"^\W*(?:ca?\.?\s*|um\s+|circa\s+|vers\s+)?(\d{4})\W*$")
_DAY_ALONE = re.compile(r"--(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])$")
"""A day whose year is not known, as XML Schema writes it: "--05-12"."""
TOLD = ("when", "from", "to", "notBefore", "notAfter")


class Reading:
    """One encoded point in time: its EDTF, and the instants that bound it."""

    __slots__ = ("earliest", "edtf", "latest", "tidy", "zone")

    def __init__(self, edtf: str, earliest: str, latest: str, tidy: bool, zone: str | None) -> None:
        self.edtf = edtf
        self.earliest = earliest
        self.latest = latest
        self.tidy = tidy
        self.zone = zone


def point(value: str) -> Reading | None:
    """An encoded date, or None where it is none. `tidy` says whether it was well formed."""
    plain = value.strip()
    if plain.startswith("0000"):
        return None  # "no date" of catalogues that want one
    tidy = plain == value
    if match := SLASHED.match(plain):
        plain, tidy = "-".join(match.groups()), False
    if match := WITHOUT_DAY.match(plain):
        plain, tidy = match[1], False
    if match := COMPACT.match(plain):
        plain, tidy = "-".join(match.groups()), False
    elif match := DOTTED.match(plain):
        plain = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        tidy = False
    match = ENCODED.match(plain)
    if match is None:
        return _edtf(plain)
    year, month, day = int(match["year"]), match["month"], match["day"]
    if month and (len(month) < 2 or match["dash"] == "" or (day and len(day) < 2)):
        tidy = False
    first, last = int(month or 1), int(month or 12)
    if not 1 <= first <= 12 or (day and not 1 <= int(day) <= _days(year, first)):
        return None
    stem = f"{'-' if year < 0 else ''}{abs(year):04}"
    edtf = stem + (f"-{first:02}" if month else "") + (f"-{int(day):02}" if day else "")
    start = f"{stem}-{first:02}-{int(day or 1):02}"
    end = f"{stem}-{last:02}-{int(day or _days(year, last)):02}"
    if match["hour"] is None or not day:
        return Reading(edtf, f"{start}T00:00:00", f"{end}T23:59:59", tidy, None)
    if int(match["hour"]) > 23 or int(match["minute"]) > 59 or int(match["second"] or 0) > 59:
        return None
    time = f"T{match['hour']}:{match['minute']}:{match['second'] or '00'}"
    until = f"T{match['hour']}:{match['minute']}:{match['second'] or '59'}"
    return Reading(edtf + time, start + time, end + until, tidy, match["zone"])


def _edtf(value: str) -> Reading | None:
    """A point in EDTF that is no ISO date: "1875-07-XX", "1875?"."""
    alone = value.startswith("[") and "," not in value and ".." not in value  # an editor's brackets
    read = (
        dating.from_edtf(value)
        if "/" not in value and not alone and dating.is_edtf(value)
        else None
    )
    if read is None or read.edtf is None or read.earliest is None or read.latest is None:
        return None
    return Reading(read.edtf, read.earliest, read.latest, True, None)


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year if year > 0 else 4 - year % 4, month)[1]


class Dating:
    """A date, and what was wrong with its encoding: (code, message) pairs."""

    def __init__(self, date: Date | None, faults: list[tuple[str, str]]) -> None:
        self.date = date
        self.faults = faults


def read(
    told: Mapping[str, str],
    text: str,
    certainty: Certainty = "stated",
    *,
    uncertain: bool = False,
    rule: str | None = None,
) -> Dating:
    """The date that attributes like TEI's and the printed `text` give together.

    `uncertain` adds "?" to the EDTF reading. A day encoded where the print says
    "undated", or the first of January where it gives a year alone, is not believed.
    """
    faults: list[tuple[str, str]] = []
    points: dict[str, Reading] = {}
    if day := _DAY_ALONE.match(told.get("when", "").strip()):
        shown = " ".join(text.split()) or day[0]
        edtf = f"XXXX-{day['month']}-{day['day']}"
        return Dating(
            Date(text=shown, edtf=edtf, certainty=certainty, rule=rule, note="year not told"),
            faults,
        )
    told = _parted(told)
    for name in TOLD:
        value = told.get(name, "")
        if not value.strip():
            continue
        reading = point(value)
        if reading is None:
            faults.append(("date-unreadable", f"{name}={value!r} is no date"))
            continue
        if not reading.tidy:
            faults.append(("date-untidy", f"{name}={value!r} was read as {reading.edtf}"))
        points[name] = reading
    words = " ".join(text.split())
    shown = words or " ".join(v.strip() for n in TOLD if (v := told.get(n, "").strip()))
    if not shown:
        return Dating(None, faults)
    _believe(points, words, faults)
    note = None
    if "when" in points:
        first = last = points["when"]
        edtf = first.edtf + ("?" if uncertain else "")
    elif points:
        low = points.get("from") or points.get("notBefore")
        high = points.get("to") or points.get("notAfter")
        if low and high and low.earliest > high.latest and not low.edtf.startswith("-"):
            faults.append(("date-reversed", f"{low.edtf} is later than {high.edtf}"))
            low, high = high, low
        mark = "?" if uncertain else ""
        edtf = f"{low.edtf + mark if low else '..'}/{high.edtf + mark if high else '..'}"
        if low and high and low.edtf == high.edtf:
            edtf = low.edtf + mark
        if ("notBefore" in points or "notAfter" in points) and certainty == "stated":
            certainty = "inferred"
            note = "between the two dates, or before or after the one"
        return Dating(
            Date(
                text=shown, edtf=edtf, earliest=low.earliest if low else None,
                latest=high.latest if high else None, certainty=certainty, rule=rule, note=note,
            ),
            faults,
        )  # fmt: skip
    else:
        return Dating(_printed(shown, certainty, rule), faults)
    return Dating(
        Date(
            text=shown, edtf=edtf, earliest=first.earliest, latest=last.latest, zone=first.zone,
            certainty=certainty, rule=rule, note=note,
        ),
        faults,
    )  # fmt: skip


def _parted(told: Mapping[str, str]) -> Mapping[str, str]:
    """Two days in one attribute ("1801-04-01/1801-04-15") as the first and last they are."""
    first, mark, last = told.get("when", "").strip().partition("/")
    if not mark or not ENCODED.match(first) or not ENCODED.match(last) or len(last) < 4:
        return told
    return {**told, "when": "", "from": first, "to": last}


def _printed(shown: str, certainty: Certainty, rule: str | None) -> Date:
    """A date that is only printed; "3/4/1875", which may be March or April, is left unread."""
    read = None if EITHER_FIRST.fullmatch(shown) else dating.of_cell(shown)
    if read is None or read.earliest is None:
        return Date(text=shown, certainty=certainty, rule=rule)
    if certainty == "stated":
        certainty = read.certainty
    return msgspec.structs.replace(
        read, text=shown, certainty=certainty, rule=rule, start=None, end=None, note="as printed"
    )


def _believe(points: dict[str, Reading], words: str, faults: list[tuple[str, str]]) -> None:
    """Take back a precision that the printed date does not have."""
    when = points.get("when")
    if when is None or not when.edtf.endswith("-01-01"):
        return
    year = YEAR_ALONE.match(words)
    if UNDATED.match(words):
        faults.append(("date-too-precise",
                       f"printed {words!r} and encoded {when.edtf}, the first day of a year; "
                       "no more than the year was kept, as uncertain"))  # fmt: skip
        year_point = point(when.edtf[:-6])
        if year_point:
            year_point.edtf += "?"
            points["when"] = year_point
    elif year and when.edtf.startswith(year[1]):
        faults.append(("date-too-precise", f"printed {words!r} and encoded {when.edtf}; "
                       "the year was kept"))  # fmt: skip
        year_point = point(year[1])
        if year_point:
            points["when"] = year_point
