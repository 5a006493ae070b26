"""What is known where a name stands: days, sides, and the people met before it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec


class Found(NamedTuple):
    """A person found for a name: id, calibrated probability, reasons."""

    id: str
    probability: float
    reasons: tuple[str, ...]


class Setting(msgspec.Struct):
    """What is known where a name stands: days, sides, people already met."""

    first: str | None
    last: str | None
    persons: dict[str, float]
    text: str
    senders: list[str]
    addressees: list[str]
    sides: Counter[str]
    places: list[tuple[int, str]] = []
    marked: list[tuple[int, str]] = []  # where the source's own markup names persons
    record: str = ""  # its id
    moment: str | None = None  # the instant in UTC, where hour and zone are told
    wide: bool = False  # the days are guessed from years that the text or the source names
    titled: dict[
        str, str
    ] = {}  # writer's or reader's title, folded, and his id; "" where two have it
    styled: dict[str, dict[str, str]] = {}  # by title: surname and id of those who bear it there

    @property
    def years(self) -> tuple[int | None, int | None]:
        return (
            int(self.first[:4]) if self.first else None,
            int(self.last[:4]) if self.last else None,
        )


@lru_cache(maxsize=4096)
def shifted(day: str, days: int) -> str:
    """An ISO day, so many days later; what is no day stays."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


_CENTRAL_FILE = re.compile(r"\b\d{3}[A-Z]?\.[\w.–-]+/(1[0-2]|[1-9])[–-]([12]?\d|3[01])(\d\d)\b")
_YEAR = re.compile(r"(?<![\d/.–-])(1[789]\d\d|20[012]\d)(?![\d/])")


def filed(text: str) -> tuple[str, str] | None:
    """The day that a State Department central file number of 1910-1963 encodes, as first and
    last.

    >>> filed("Central Files, 761.13/2-1361")
    ('1961-02-13', '1961-02-13')
    """
    days = {
        f"19{year}-{int(month):02}-{int(day):02}"
        for month, day, year in _CENTRAL_FILE.findall(text)
    }
    return (min(days), max(days)) if days else None


def years_named(text: str) -> tuple[str, str] | None:
    """First and last day of the years that a text names, where they lie close together."""
    years = sorted(int(y) for y in _YEAR.findall(text))
    if not years or years[-1] - years[0] > 4:
        return None
    return f"{years[0]}-01-01", f"{years[-1]}-12-31"
