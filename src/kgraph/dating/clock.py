"""Times of day beside a date: "4:43 p.m.", "noon", "midnight", "2210Z", "Eastern Time".

"midnight" gives no time: whether it opens or closes the day a source rarely says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ZONES = (
    r"(?P<zone>Z(?![a-z])|GMT|G\.M\.T\.|UTC|[ECMP][SDW]T\b|E\.[SDW]\.T\."
    r"|(?:Eastern|Central|Mountain|Pacific|Greenwich|local|Paris|London|Moscow|Washington|Rome|Berlin|Saigon"
    r"|Tokyo|[A-Z][a-z]+)\s+(?:Standard\s+|Daylight\s+|Mean\s+|War\s+|Saving\s+)*[Tt]ime)"
)
_TIME = (
    r"(?:(?P<half>(?P<h12>\d{1,2})(?:\s?[:.]\s?(?P<m12>\d\d))?\s?(?P<ap>[ap])\.?\s?m(?![a-z])\.?)"
    r"|(?P<start>\d{1,2})(?=\s*(?:[-–—]|to)\s*\d{1,2}(?::\d\d)?\s?[ap]\.?\s?m)"
    r"|(?P<noon>(?:12\s+)?noon\b|12\s?m(?:\.|\b)(?!\s?m))|(?P<midnight>(?:12\s+)?midnight\b)"
    r"|(?P<h24>\d{1,2})(?:[:h]|\s?[.:]\s?)(?P<m24>\d\d)(?::(?P<s24>\d\d))?(?!\d)(?:\s?(?:hours|hrs\.?|h\b|o['’]clock))?"
    r"|(?P<four>\d{4})(?=\s?Z|\s?(?:hours|hrs|h\b|GMT)|\s?Hours)\s?(?:[Hh]ours|hrs\.?|h\b)?"
    r"|(?P<oclock>\d{1,2})\s+o['’]clock)"
)
_UNTIL = (
    r"(?P<until>\s*(?:[-–—]|to|until|and)\s*(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?\s?m(?![a-z])\.?|noon\b|midnight\b"
    r"|\d{1,2}:\d\d(?!\d)|\d{4}(?=\s?(?:Z|hours|hrs))))?"
)
_AFTER = re.compile(
    rf"[\s,;:—–-]*(?:at\s+|about\s+|from\s+|T(?=\d))?\[?{_TIME}\]?{_UNTIL}\s*(?:\(?{_ZONES}\)?)?",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"(?P<h24>[01]?\d|2[0-4])(?:[:.]|\s)(?P<m24>[0-5]\d)\s*(?:hrs?\.?|hours|h\.?)?[\s,]+"
    r"(?:(?:on\s+)?(?=\d{1,2}[./ -]\s?[IVX\d]{1,4}[./ -]))"
    r"|(?:(?P<half>(?P<h12>\d{1,2})(?:[:.](?P<m12>\d\d))?\s?(?P<ap>[ap])\.?\s?m\.?)[\s,]+(?:on\s+|of\s+)?(?=[A-Z\d]))",
    re.IGNORECASE,
)
"""A time that stands before its date ("11:30 26.XI.63", "11 30 26 XI 63")."""
_PART_OF_DAY = re.compile(
    r"[\s,—–-]*(?:(?:in\s+the\s+)?(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|a\.?\s?m\.?|p\.?\s?m\.?))(?![a-z])\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: ``T04:43:00`` or None, its zone as written, what is wrong with it."""

    stamp: str | None
    zone: str | None
    end: int
    fault: str | None = None


def after(text: str, at: int) -> Time | None:
    """The time that stands behind a date ending at `at`."""
    match = _AFTER.match(text, at)
    if match is None:
        part = _PART_OF_DAY.match(text, at)
        return Time(None, None, part.end()) if part else None
    return of(match)


def of(match: re.Match[str]) -> Time:
    """The time that a match of this module's patterns says."""
    groups = match.groupdict()
    zone = groups.get("zone")
    zone = "Z" if zone in ("Z", "z") else (" ".join(zone.split()) if zone else None)
    written = match[0].strip(" ,;:—–-[]")
    if groups.get("noon"):
        return Time("T12:00:00", zone, match.end())
    if groups.get("midnight"):
        return Time(None, zone, match.end())
    hour, minute, second = _clock(groups)
    if not (0 <= hour <= 24 and 0 <= minute <= 59 and 0 <= second <= 59) or (hour, minute) > (
        24,
        0,
    ):
        return Time(None, zone, match.end(), fault=f"no such time: {written}")
    if hour == 24:
        return Time(None, zone, match.end())
    return Time(f"T{hour:02}:{minute:02}:{second:02}", zone, match.end())


def _clock(groups: dict[str, str | None]) -> tuple[int, int, int]:
    if groups.get("half"):
        hour, minute = int(groups["h12"] or 0), int(groups["m12"] or 0)
        evening = (groups["ap"] or "").lower() == "p"
        if hour == 12:
            return (12 if evening else 0), minute, 0
        return (hour + 12 if evening and hour < 12 else hour), minute, 0
    if groups.get("four"):
        four = groups["four"] or ""
        return int(four[:2]), int(four[2:]), 0
    if groups.get("oclock"):
        return int(groups["oclock"] or 0), 0, 0
    hour, minute = int(groups.get("start") or groups.get("h24") or 0), int(groups.get("m24") or 0)
    until = groups.get("until") or ""
    if re.search(r"p\.?\s?m", until, re.IGNORECASE) and hour < 12:
        last = re.search(r"\d+", until)
        if last is not None and int(last[0]) % 12 >= hour % 12:
            hour += 12  # "3:30–4:15 p.m."
    return hour, minute, int(groups.get("s24") or 0)
