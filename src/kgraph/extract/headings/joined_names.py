"""Talks named by those who had them: "Orde–Marlow Conversation", "ORDE–MARLOW–PELL MEETING"."""

from __future__ import annotations

import re

from kgraph.extract import gazetteer, offices
from kgraph.extract.naming_words import BODY_WORDS, OFFICE_WORDS
from kgraph.model import Party

_NAME = rf"[{offices.UPPER}][\w’'.]+"
_TALK = r"(?:[Cc]onversations?|CONVERSATIONS?|[Mm]eetings?|MEETINGS?|[Tt]alks?|TALKS?|[Dd]iscussions?|[Ll]uncheon|LUNCHEON|[Dd]inner|DINNER|[Ii]nterview|INTERVIEW)"
_JOINED = re.compile(
    rf"(?:[A-Z]\w+\s+of\s+(?:the\s+|an?\s+)?)?(?P<names>{_NAME}(?:[–—-]{_NAME}){{1,3}})\s+(?:[\w.’-]+\s+){{0,2}}?(?P<talk>{_TALK})\b(?=\s*(?:[.,:]|$|\(|on\s|at\s|in\s|held\s))"
)
_EACH = re.compile(_NAME)
_NO_NAME = re.compile(  # nations, bodies and other things, which are joined so too
    rf"(?i:{offices.PEOPLES})|[A-Z]{{2,3}}|.*[.’'].*|..|.*(?i:ian|ese|ish)s?"
)
_WORDS = """anglo sino franco russo italo germano greco indo pan inter trans post pre non mid vice four three two five
    power powers state defense treasury war navy army house department ministerial level summit east west north
    south arab nato cento seato day night morning afternoon high private working follow wrap break kick sub round
    table cabinet policy planning oil price grain rail test ban law sea arms control trade aid peace trip visit
    post-mortem land air lend lease pact strategy budget base bases"""
_THINGS = frozenset(_WORDS.split())


def _names_nobody(word: str) -> bool:
    """Whether a joined word is a nation's, a body's, a place's or a thing's."""
    low = word.lower()
    return (
        _NO_NAME.fullmatch(word) is not None
        or low in _THINGS
        or low in OFFICE_WORDS
        or low in BODY_WORDS
        or gazetteer.is_country(word.title())
        or gazetteer.is_place(word.title())
    )


def talkers(text: str, begin: int, end: int, offset: int) -> tuple[Party, ...]:
    """Those whose joined names name a talk; nobody where one of the words is a nation's or a body's.

    >>> [p.name for p in talkers("Orde–Marlow Conversation, May 3", 0, 31, 0)]
    ['Orde', 'Marlow']
    >>> talkers("Anglo–American Conversation", 0, 27, 0)
    ()
    """
    joined = _JOINED.match(text, begin, end)
    if joined is None:
        return ()
    found = list(_EACH.finditer(text, *joined.span("names")))
    if any(_names_nobody(one[0]) for one in found):
        return ()
    return tuple(
        Party(
            name=one[0], kind="person", rule="heading", note="the talk is named by those who had it",
            start=offset + one.start(), end=offset + one.end(),
        )
        for one in found
    )  # fmt: skip


def talked(text: str, begin: int, end: int) -> bool:
    """Whether joined names name a conversation, which has no other form.

    >>> talked("Orde–Marlow Conversation", 0, 24), talked("Orde–Marlow Meeting", 0, 19)
    (True, False)
    """
    joined = _JOINED.match(text, begin, end)
    return (
        joined is not None
        and joined["talk"].lower().startswith(("conversation", "talk", "discussion", "interview"))
        and bool(talkers(text, begin, end, 0))
    )
