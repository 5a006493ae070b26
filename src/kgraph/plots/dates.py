"""Dates as readers write them, from the Extended Date/Time Format."""

from __future__ import annotations

import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(r"([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?(?:T(\d\d:\d\d)\S*)?([?~%]?)")


def as_written(edtf: str) -> str:
    """An EDTF date in words; what is not understood comes back as it is.

    >>> as_written("1963-12-05"), as_written("XXXX-09-30"), as_written("1961-02?")
    ('5 December 1963', '30 September (year not stated)', 'February 1961?')
    >>> as_written("1963-11-25/1963-11-26"), as_written("../1962-01-18")
    ('25 November 1963 to 26 November 1963', 'until 18 January 1962')
    """
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if first in ("", ".."):
            return f"until {as_written(last)}"
        if last in ("", ".."):
            return f"from {as_written(first)}"
        return f"{as_written(first)} to {as_written(last)}"
    found = _DAY.fullmatch(edtf)
    if found is None:
        return edtf
    year, month, day, clock, doubt = found.groups()
    about = "about " if doubt in ("~", "%") else ""
    mark = "?" if doubt in ("?", "%") else ""
    if month and month != "XX" and not 1 <= int(month) <= 12:
        return edtf
    words = [str(int(day))] if day and "X" not in day else []
    if month and "X" not in month:
        words.append(_MONTHS[int(month) - 1])
    if year == "XXXX":
        made = " ".join(words) + mark + " (year not stated)"
    else:
        made = " ".join([*words, year.replace("X", "0") + "s" if "X" in year else year]) + mark
    return about + made + (f", {clock}" if clock else "")
