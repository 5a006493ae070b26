"""Marks in a hand on a paper: to whom it goes on ("To Comrade Orlin for information"), when it came.

Editors tell them in brackets ("[Handwritten: ...]") or on a line below ("Mark: "..."").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph import dating
from kgraph.extract import naming
from kgraph.extract.covers.lines import STAMP, dates_in, stamp_date, timed, with_rule
from kgraph.model import Date, Leg, Party

RULE = "mark-on-the-copy"
_KINDS = r"(?:handwritten|hand-written|written by hand|mark|stamp|resolution|note|marginal note|inscription|annotation)"
MARK = re.compile(
    rf"\[\s*{_KINDS}\b[^\]\n:\"“]{{0,50}}:\s*[\"“]?(?P<words>[^\]\n]{{4,300}})\]"
    rf"|(?:(?<![^\n])|(?<=\.\s)){_KINDS}\b[^\n:\"“]{{0,40}}:\s*[\"“](?P<line>[^\n\"”]{{4,300}})[\"”]",
    re.IGNORECASE,
)
_COMRADE = r"(?:[Cc]omrades?|[Cc]oms?\.|[Cc]omrs?\.|C(?:om)?des?\.|[Tt]t?\.|Mr\.|Messrs\.?)"
_GOES = re.compile(
    rf"(?:(?:TO|To|For)\s+(?={_COMRADE}\s)|(?:[Ss]ent|[Cc]irculated?|[Dd]istributed?|[Ff]orward(?:ed)?|[Pp]ass(?:ed)?|[Ss]hown"
    r"|[Ss]how|[Rr]eported|[Hh]anded|[Ss]end)(?:\s+(?:out|on|over|round))?\s+(?:to|among)\s+"
    rf"|(?:[Ff]amiliari[sz]e|[Aa]cquaint|[Ii]nform|[Nn]otify)\s+(?={_COMRADE}\s|members|the\s))"
    rf"(?P<who>(?:{_COMRADE}\s+)?[^.;:\n\"”(]*?(?:(?<![\w.])[A-ZА-Я][a-z]?\.\s?[^.;:\n\"”(]*?)*)"
    r"(?=\s*(?:[.;:\n\"”(]|$|[-–—]?\s*\b(?:for|please|with|and\s+ask|on\s+\d|at\s+\d)\b))"
)
_BY = re.compile(r"[.;]\s*(?:\(?signed\)?:?\s*)?(?P<who>(?:[A-ZÀ-Þ]\.\s?){0,2}[A-ZÀ-Þ][\w’'-]+)\b")


_RECEIVED = re.compile(r"[Rr]eceived|RECEIVED|[Ii]ncoming|INCOMING")


def received(text: str, start: int = 0, end: int | None = None) -> Date | None:
    """The day, and the hour where it is told, in an editor's account of a stamp or mark of receipt:
    "[Stamp: Received 15.VI.57. In. No. 889]"."""
    for mark in MARK.finditer(text, start, len(text) if end is None else end):
        group = "words" if mark["words"] else "line"
        told = _RECEIVED.match(text, mark.start(group))
        if told is None:
            continue
        stamp = STAMP.search(text, *mark.span(group))
        if stamp is not None:
            return with_rule(stamp_date(stamp), "stamp")
        date = next(dates_in(text, *mark.span(group)), None)
        if date is not None:
            return with_rule(timed(date, text, mark.end(group)), "stamp")
    return None


def onward(text: str, start: int = 0, end: int | None = None) -> Iterator[Leg]:
    """The hops that marks between `start` and `end` tell of, each with its words."""
    for mark in MARK.finditer(text, start, len(text) if end is None else end):
        group = "words" if mark["words"] else "line"
        goes = _GOES.search(text, *mark.span(group))
        if goes is None or goes.start() - mark.start(group) > 40:
            continue
        who = _receivers(goes["who"], goes.start("who"))
        if not who:
            continue
        by = _BY.search(text, goes.end(), mark.end(group))
        date = next(dating.find(text[goes.end() : mark.end(group)]), None)
        giver = None
        if by is not None and naming.trailing_name(by["who"]) is not None:
            giver = naming.party(by["who"], by.start("who"), RULE)
        yield Leg(
            index=2, from_=giver, to=who[0], also_to=who[1:], mode="distribution",
            mode_text=" ".join(goes[0][: goes.start("who") - goes.start()].split()) or None,
            date=date if date is not None and date.earliest else None,
            start=mark.start(), end=mark.end(), rule=RULE,
        )  # fmt: skip


def _receivers(words: str, at: int) -> tuple[Party, ...]:
    """Persons, bodies and groups that words list; none where they are no names."""
    found = naming.distribution(re.sub(r"^the ", "    ", words.rstrip(" ,")), at, RULE)
    return tuple(
        one for one in found
        if one.kind != "unknown" or re.match(r"(?:all |the )?members\b", one.name)
    )  # fmt: skip
