"""Dates, properties and sides in a reader's words, and dates in their order."""

from __future__ import annotations

import re

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})$")
_MOMENT = re.compile(r"-?\d{4}(?:-\d\d){0,2}(?:T[\d:]+)?")
_WHOLE = re.compile(r"[-\dX]{4,}(-[\dX]{2}){0,2}(T[\d:]+)?[?~%]?")


def day(edtf: str) -> str:
    """An EDTF date in the words of a reader: ``1961-09-28~`` is "about 28 September 1961".

    >>> day("1961-09-29"), day("1963-11"), day("XXXX-09-30"), day("1961-02-22?")
    ('29 September 1961', 'November 1963', '30 September, year not stated', 'perhaps 22 February 1961')
    >>> day("1963-11-25/1963-11-27"), day("[1963-11-24,1963-11-25]"), day("../1962-01-18")
    ('25 to 27 November 1963', '24 or 25 November 1963', '18 January 1962 or before')
    """
    if not edtf:
        return ""
    if edtf[0] in "[{" and edtf[-1] in "]}":
        return _several(edtf[1:-1], "or" if edtf[0] == "[" else "and")
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        if start in ("", ".."):
            return f"{day(end)} or before"
        if end in ("", ".."):
            return f"{day(start)} or after"
        return _between(day(start), "to", day(end))
    before = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}.get(edtf[-1], "")
    plain = edtf.rstrip("?~%")
    plain, _, clock = plain.partition("T")
    parts = plain.split("-")
    if len(parts) > 3 or not all(re.fullmatch(r"[\dX]+", p) for p in parts):
        return edtf
    year = parts[0] if "X" not in parts[0] else ""
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 and parts[1].isdigit() and (
        1 <= int(parts[1]) <= 12) else ""  # fmt: skip
    number = str(int(parts[2])) if len(parts) > 2 and parts[2].isdigit() else ""
    words = " ".join(w for w in (number, month, year) if w)
    if not year:
        words = f"{words}, year not stated" if words else "not dated"
    hour = f", {clock[:5]}" if clock else ""
    return before + words + hour


def _several(inside: str, word: str) -> str:
    """The members of an EDTF set: ``a,b`` and ``a..b``."""
    first, dots, last = inside.partition("..")
    if dots:
        if not first or not last:
            return day(f"{first or '..'}/{last or '..'}")
        return _between(day(first), "to" if word == "and" else "or a day up to", day(last))
    members = [day(one.strip()) for one in inside.split(",")]
    if len(members) == 2:
        return _between(members[0], word, members[1])
    return ", ".join(members[:-1]) + f" {word} " + members[-1]


def _between(start: str, word: str, end: str) -> str:
    """Two days with what they share said once."""
    a, b = _DAY.match(start), _DAY.match(end)
    if a and b and a[3] == b[3]:
        start = a[1] if a[2] == b[2] else f"{a[1]} {a[2]}"
    return f"{start} {word} {end}"


def dated(value: str) -> str:
    """A value in words where it is an EDTF date, and as it is where it is anything else.

    >>> dated("1961-09-28~"), dated("Moscow"), dated("1961")
    ('about 28 September 1961', 'Moscow', '1961')
    """
    parts = re.split(r"[/,]", value.strip("[]{}"))
    return day(value) if all(p == ".." or _WHOLE.fullmatch(p) for p in parts) else value


def chronological(edtf: str) -> tuple[bool, str, bool, str]:
    """Where a date stands in a list: by its first moment, one known only by its end after what
    has that date, and last what has no year.

    >>> sorted(["XXXX-09-30", "../1962-01-18", "1962-01-18", "", "1961"], key=chronological)
    ['1961', '1962-01-18', '../1962-01-18', 'XXXX-09-30', '']
    """
    found = _MOMENT.search(edtf)
    known_by_end = edtf.startswith(("/", "..", "[.."))
    return (found is None, found[0] if found else "0" if edtf else "1", known_by_end, edtf)


SIDES = {"us": "United States", "soviet": "Soviet Union"}
NAMES = {
    "part_of": "part of", "copies_to": "copies to", "place_to": "place sent to",
    "on_behalf_of": "on behalf of", "printed_in": "printed in", "wording": "wording",
    "date dated": "date", "claim": "what is claimed", "reference": "who or what is meant",
    "identity": "who it is", "existence": "whether it exists", "numbering": "number in a series",
}  # fmt: skip


def said(name: str) -> str:
    """The name of a property, status or kind in a reader's words.

    >>> said("part_of"), said("did-not-take-place")
    ('part of', 'did not take place')
    """
    name = re.sub(r"\[\d+\]$", "", name)
    return NAMES.get(name) or SIDES.get(name) or re.sub(r"[-_]+", " ", name)


def side(name: str) -> str:
    """The name of a side, which is a name: with a capital.

    >>> side("us"), side("chinese (republic)")
    ('United States', 'Chinese (Republic)')
    """
    return SIDES.get(name) or re.sub(r"(?<![\w'])[a-z]", lambda m: m[0].upper(), name)
