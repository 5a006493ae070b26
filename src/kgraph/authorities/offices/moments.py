"""The instant at which a record was written, where it tells the hour: by a zone that it names or by
the place of writing ("Washington, November 22, 1963, 6 p.m.", "Moscow", "221955Z").

Offsets of a place at a day are those of the IANA time zone database, by `data/gazetteer/zones.csv`;
where neither zone nor a known place is told, or the database is not at hand, there is no instant.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kgraph.authorities.names.spellings import fold
from kgraph.model import Date, Place
from kgraph.shipped import folder

_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)?")
_LETTERS = re.compile(r"(?P<where>[ECMP])\.?(?P<how>[SDW])\.?T\.?")
_WORDS = re.compile(
    r"(?P<where>Eastern|Central|Mountain|Pacific)(?:\s(?P<how>Standard|Daylight|War)(?:\sSaving)?)?\sTime", re.IGNORECASE
)  # fmt: skip
_HOURS = {"E": -5, "C": -6, "M": -7, "P": -8}
_NAMED = {"E": "America/New_York", "C": "America/Chicago", "M": "America/Denver", "P": "America/Los_Angeles"}  # fmt: skip
_GREENWICH = frozenset(("z", "gmt", "g.m.t.", "utc", "greenwich time", "greenwich mean time"))


def moment(date: Date | None, place: Place | None = None) -> str | None:
    """The instant in UTC of a date with its hour; None where hour or zone is not told.

    >>> from kgraph.dating import parse
    >>> moment(parse("November 22, 1963, 6 p.m."), Place(name="Washington"))
    '1963-11-22T23:00'
    >>> moment(parse("November 22, 1963"), Place(name="Washington"))
    """
    if date is None or not date.edtf or "T" not in date.edtf or not date.earliest:
        return None
    zone = _zone(date.zone, place)
    if zone is None:
        return None
    try:
        local = datetime.fromisoformat(date.earliest[:16]).replace(tzinfo=zone)
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    except (ValueError, OverflowError):
        return None


def _zone(written: str | None, place: Place | None) -> tzinfo | None:
    words = (written or "").strip()
    if fold(words) in _GREENWICH:
        return UTC
    if found := _OFFSET.fullmatch(words):
        span = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(-span if found["sign"] == "-" else span)
    if found := _LETTERS.fullmatch(words) or _WORDS.fullmatch(words):
        where = found["where"][0].upper()
        if not found["how"]:
            return _of(_NAMED[where])
        summer = found["how"][0].upper() in "DW"
        return timezone(timedelta(hours=_HOURS[where] + summer))
    told = fold(words).removesuffix(" time")
    if told and told != "local":
        return _of(_zones().get(told))
    return _of(_zones().get(fold(place.name.split(",")[0])) if place else None)


@cache
def _of(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, OSError):
        return None


@cache
def _zones() -> dict[str, str]:
    text = (folder("data") / "gazetteer" / "zones.csv").read_text("utf-8")
    rows = csv.DictReader((n for n in text.splitlines() if n[0] != "#"), delimiter=";")
    return {fold(place): row["zone"] for row in rows for place in row["places"].split("|")}
