"""What ends a heading: the day and the place of a document or of a meeting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgraph import dating
from kgraph.extract import offices
from kgraph.extract.gazetteer import is_place

if TYPE_CHECKING:
    from kgraph.extract.headings import Heading

_TAIL = re.compile(  # a place or date that ends a heading
    rf",\s+(?=(?:[A-Z][^,]*,\s+){{0,4}}(?:on\s+[A-Z][a-z]+day,\s+)?(?:(?:{'|'.join(dating.MONTHS)})\s+\d|\d{{1,2}}(?:st|nd|rd|d|th)?\s+(?:{'|'.join(dating.MONTHS)})|[Uu]ndated))"
)
_HOURS = r"(?:(?:(?i:early|late|mid)[ -]?)?(?i:morning|afternoon|evening|night|noon|midnight)|(?:on\s+)?(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day))"
_WHEN = re.compile(rf"(?:^|,\s+){_HOURS}$")
_HELD_WHERE = re.compile(  # "Held in M. Orlin’s Room at the Palace on Monday"
    rf"(?:.*\b(?:in|at)\s(?:the\s)?)?(?P<place>[{offices.UPPER}].*?)(?:\s+{_HOURS})?$"
)
_HELD_THERE = re.compile(r"\b[Hh]eld\s(?:in|at)\s")
HELD_ON = re.compile(  # "a conference held at Zenda on the 17th of April"
    rf"\b[Hh]eld\s(?:in|at)\s(?:the\s(?:city|town)\sof\s)?(?P<place>[{offices.UPPER}][\w-]+(?:\s[{offices.UPPER}][\w-]+)?)"
    rf",?\s(?:on\s)?(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|d|th)?\s(?:of\s)?)?(?:{'|'.join(dating.MONTHS)})\b"
)
_BEHIND_DATE = re.compile(
    rf"(?:,?\s+(?:{_HOURS}|(?i:from\s|about\s|at\s)?\d{{1,2}}(?::\d\d)?(?:\s?[–-]\s?\d{{1,2}}(?::\d\d)?)?\s?(?i:[ap]\.\s?m\.?)?))*,\s+(?:.*,\s+)?(?P<place>[A-ZÀ-Þ][^,\d]{{2,40}})$"
)


def held(heading: Heading, text: str, begin: int, end: int, offset: int) -> None:
    """Day and place behind the name of a meeting: "Meeting of the Ministers, May 2, 1945, Noon, Zenda"."""
    date = dating.parse(text[begin:end], offset=offset + begin)
    if date is None or date.end is None or date.edtf is None or date.edtf.startswith("XXXX"):
        return
    heading.date = heading.date or date
    place = _BEHIND_DATE.match(text, date.end - offset, end)
    if heading.place is None and place is not None:
        heading.place = (place["place"], offset + place.start("place"), offset + place.end("place"))


_AMONG = re.compile(r"\b[Aa]mong\s(?:(?!\sand\s).)*$")
_IN_COMMAND = re.compile(r"\bCommander(?: in Chief)?[^,]*,\s$")
_COMMANDS = frozenset(("Europe", "Atlantic", "Pacific", "Far East", "Alaska", "Korea", "Caribbean"))


def _of_a_party(text: str, begin: int, at: int, words: str) -> bool:
    """Whether what stands before the date belongs to those who wrote or talked, and is no place:
    the last of a list that no "and" has closed, or what somebody commands."""
    if " and " in words:
        return True
    if words in _COMMANDS and _IN_COMMAND.search(text, begin, at):
        return True
    return _AMONG.search(text, begin, at) is not None and not is_place(words)


def tail_of(heading: Heading, text: str, begin: int, end: int, offset: int) -> int:
    """Read a date and a place from the end of the heading; where the rest stops."""
    tail = _TAIL.search(text, begin, end)
    if tail is None:
        return end
    start = tail.end()
    date = dating.parse(text[start:end], offset=offset + start)
    if date is None or date.start is None:
        return end
    if date.edtf is None:
        if text[start : start + 7].lower() != "undated":
            return end
        heading.date = date
        return tail.start()
    if date.edtf.startswith("XXXX") is False:
        heading.date = date
    lead = _WHEN.sub("", text[start : date.start - offset].strip(" ,"))
    if not lead and _HELD_THERE.search(text, begin, tail.start()):
        there = _HELD_WHERE.match(text, text.rfind(", ", begin, tail.start()) + 2, tail.start())
        if there is not None:
            start, lead = there.start("place"), there["place"]
    if lead:
        last = lead.rsplit(", ", 1)[-1]
        if last.startswith(("Held", "held")) and (there := _HELD_WHERE.match(last)) is not None:
            last = there["place"]
        at = start + text[start:end].find(last)
        if _of_a_party(text, begin, start, last):
            return date.start - offset
        if not re.search(r"\d", last) and not offices.has_body(last) and len(last) < 40:
            heading.place = (last, offset + at, offset + at + len(last))
    return tail.start()
