"""What a document's own words refer to: "your telegram 1234", "Embtel 1011", "my letter of October 26".

A reference tells whose the document is (the writer's, the addressee's, or that of the side
that is or is not the Department of State), its number or its day, and its form. Words in
quotation marks are left out, since "my" is somebody else's there; so are numbers of a
year, a quantity or a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from kgraph.dating import parse

Whose = Literal["writer", "addressee", "department", "post", "unsaid"]

_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"  # fmt: skip
_DAY = rf"(?P<date>{_MONTH}\s+\d{{1,2}}(?!\d)(?:,\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+\d{{4}})?|(?P<instant>\d{{1,2}})(?:st|nd|rd|th)\s+instant)"  # fmt: skip
_FORMS = (
    r"(?:telegram|cable|despatch|dispatch|airgram|letter|message|note|memorandum|communication)"
)
_WHOSE = r"(?P<whose>[Yy]our|[Mm]y|[Oo]ur|(?:the\s)?Department['’]s|(?:the\s)?(?:Embassy|Legation|Consulate)['’]s)"  # fmt: skip
_NUMBERS = r"(?P<numbers>\d{1,5}(?!\d|,\d)(?:\s+and\s+\d{1,5}(?!\d|,\d))?)"
_NO = r"(?:,?\s*[Nn]os?\.?)?\s*"

NUMBERED = re.compile(
    rf"\b{_WHOSE}\s+(?:\w+\s)?(?P<form>telegram|cable|despatch|dispatch|airgram)s?{_NO}{_NUMBERS}(?:,?\s+(?:of|dated)?\s*{_DAY})?"
)
COINED = re.compile(
    rf"\b(?P<coined>[Dd]ep|[Ee]mb|[Ll]eg|[Cc]on|[Uu]r|[Mm]y|[Oo]ur)(?P<form>tel|des)s?{_NO}{_NUMBERS}(?:,?\s+(?:of\s+|dated\s+)?{_DAY})?"
)
BARE = re.compile(
    rf"\b(?P<whose>[Yy]our|[Mm]y|[Oo]ur){_NO}(?<=\s){_NUMBERS}(?=[,.;:)\]]|\s+(?:of|dated|re|received|to|and)\b|\s+{_MONTH}\s+\d)(?:,?\s+(?:of|dated)?\s*{_DAY})?"
)
DATED = re.compile(
    rf"\b(?P<whose>[Yy]our|[Mm]y|[Oo]ur)\s+(?:\w+\s){{0,2}}?(?P<form>{_FORMS})\s+(?:of|dated)\s+(?:the\s+)?{_DAY}"
)

_COINED: dict[str, Whose] = {
    "dep": "department", "emb": "post", "leg": "post", "con": "post", "ur": "addressee",
    "my": "writer", "our": "writer",
}  # fmt: skip
_SAYS = frozenset(("letter", "message", "telegram", "cipher-telegram", "despatch", "note", "airgram", "memorandum"))  # fmt: skip
MOST = 24


_ELSEWHERE = re.compile(r",?\s+to\s+(?:the\s+)?[A-Z]")
_OF_PLACE = re.compile(r"[A-Z][a-z]+\s+$")
_NO_PLACE = frozenset(("see", "ref", "re", "reference", "your", "our", "my", "and", "from", "in", "as"))  # fmt: skip


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One such reference; `numbers` or `day` (ISO) tell the document. `elsewhere` says which end of
    it the words themselves name: "to" in "Deptel 44 to Bonn", "from" in "Paris Embtel 90"."""

    start: int
    end: int
    words: str
    whose: Whose
    form: str
    numbers: tuple[str, ...] = ()
    day: str | None = None
    elsewhere: Literal["from", "to"] | None = None


def references(text: str, form: str, written: str | None) -> tuple[Reference, ...]:
    """The references in a document of `form`, at most `MOST`; `written` is its own first
    day, by which dates without a year are read. Records of talks refer to nothing, since
    it is not said who speaks."""
    if form not in _SAYS or written is None:
        return ()
    found: list[Reference] = []
    end = -1
    for start, patterns in sorted(_starts(text), key=lambda s: s[0]):
        match = start >= end and next(filter(None, (p.match(text, start) for p in patterns)), None)
        if not match or _quoted(text, start):
            continue
        one = _reference(match, written)
        if one is not None:
            found.append(one)
            end = one.end
            if len(found) == MOST:
                break
    return tuple(found)


_TRIGGERS: tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...] = (
    (("our ", "my ", "My "), (NUMBERED, BARE, DATED)),
    (("tel ", "tels ", "des "), (COINED,)),
    (
        tuple(f"{mark}s {word}" for mark in "'’" for word in ("tele", "desp", "cabl", "airg")),
        (NUMBERED,),
    ),
)
"""Endings of the word with which a reference begins: looked for before any pattern is tried."""


def _starts(text: str) -> Iterator[tuple[int, tuple[re.Pattern[str], ...]]]:
    """Where a reference may begin, and the patterns it may have."""
    for triggers, patterns in _TRIGGERS:
        for trigger in triggers:
            at = text.find(trigger)
            while at >= 0:
                start = at
                while start and text[start - 1].isalpha():
                    start -= 1
                yield start, patterns
                at = text.find(trigger, at + 1)


def _reference(match: re.Match[str], written: str) -> Reference | None:
    parts = match.groupdict()
    day = _day(parts, written)
    if day is None and not parts.get("numbers"):
        return None
    return Reference(
        start=match.start(),
        end=match.end(),
        words=" ".join(match[0].split()),
        whose=_whose(parts),
        form=_form(parts.get("form")),
        numbers=tuple(re.findall(r"\d+", parts.get("numbers") or "")),
        day=day,
        elsewhere=_elsewhere(match),
    )


def _elsewhere(match: re.Match[str]) -> Literal["from", "to"] | None:
    before = _OF_PLACE.search(match.string, max(0, match.start() - 24), match.start())
    if before and match.groupdict().get("coined") and before[0].strip().lower() not in _NO_PLACE:
        return "from"
    return "to" if _ELSEWHERE.match(match.string, match.end()) else None


def _whose(parts: dict[str, str | None]) -> Whose:
    if parts.get("coined"):
        return _COINED[(parts["coined"] or "").lower()]
    word = (parts.get("whose") or "").lower()
    if word == "your":
        return "addressee"
    if word in ("my", "our"):
        return "writer"
    return "department" if "department" in word else "post"


def _form(word: str | None) -> str:
    """The form of what is referred to; "telegram" where a bare number stands."""
    forms = {"tel": "telegram", "cable": "telegram", "des": "despatch", "dispatch": "despatch"}
    return forms.get(word or "tel", word or "telegram")


def _day(parts: dict[str, str | None], written: str) -> str | None:
    """The day named, in the year of writing or, where that would be later, the one before."""
    words = parts.get("date")
    if not words:
        return None
    if parts.get("instant"):
        return f"{written[:7]}-{int(parts['instant'] or 0):02}"
    read = parse(words, default_year=int(written[:4]))
    if read is None or not read.earliest:
        return None
    day = read.earliest[:10]
    if day > written and not re.search(r"\d{4}", words):
        day = f"{int(written[:4]) - 1}{day[4:]}"
    return day


def _quoted(text: str, at: int) -> bool:
    """Whether `at` stands within quotation marks that were opened before it."""
    opening = text.rfind("“", max(0, at - 3000), at)
    return opening >= 0 and text.find("”", opening, at) < 0


def pairs(found: tuple[Reference, ...]) -> Iterator[tuple[Reference, str | None]]:
    """Each reference with each of its numbers, or with None where only a day tells it."""
    for one in found:
        if not one.numbers:
            yield one, None
        for number in one.numbers:
            yield one, number
