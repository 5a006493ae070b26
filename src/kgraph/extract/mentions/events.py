"""Events told by a noun: "the funeral", "Kennedy’s funeral", "a meeting with R. Quibble"."""

from __future__ import annotations

import re

from kgraph.extract.mentions.context import MONTH, OWN, Around
from kgraph.extract.mentions.nouns import Thing

_SPAN_RIGHT = re.compile(
    r"\s(?:of|to|against|in|on|by|with)\s(?:the|my|your|his|her|our|this|that)\s(?:(?:entire|whole|late)\s)?(?:[a-z]+)\b(?!\s[A-Z])"
)
_HOSTED = re.compile(r"\shosted by (?:the\s)?(?:\w+)")
_DEEDS = frozenset(("signing", "wreck", "sinking", "seizure", "capture", "bombardment", "bombing"))
_SEVERAL = re.compile(
    r"\b(?:[Aa]\s(?:number|series|couple|succession)\sof|[Ss]everal|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive)\s(?:[a-z]+\s)?$"
)
_SUFFERED = re.compile(
    r"\b(?:was|were|(?:has|have|had)\sbeen)\s(?:(?:[a-z]+ly|(?:him|her|it)self|later|then|also|shot\sand)\s)?$"
)
_NO_DEATH = re.compile(r"\s(?:down|at|through|with|off|up|out|in\scommittee)\b")
_WITH_WHOM = re.compile(r"\s(?:with|to|by)\s(?:him|her|me|us|them|you)\b")
_WHEN = re.compile(
    rf"\s(?:(?:at|in|toward|towards)\sthe\s(?:beginning|end|middle|start)\sof\s(?:{MONTH}|1[789]\d\d|the\s(?:month|year|war))|in\s(?:early\s|late\s|mid-)?(?:{MONTH}(?:,?\s1[789]\d\d)?|1[789]\d\d)|a\sfew\s(?:days|weeks)\sago)"
)
_YEAR_BEFORE = re.compile(r"(?:[Tt]he\s)?1[789]\d\d\s$")
_VAGUE = frozenset(("talk", "talks", "attack", "campaign", "service", "strike", "discussion"))
_ONLY_WITH_COMPLEMENT = frozenset(
    ("speech", "campaign", "service", "interview", "exchange", "exhibition")
)
_RISINGS = frozenset(("invasion", "coup", "revolution", "uprising"))
_OF_A_NATION = frozenset(("election", "elections", "War", "war"))


def strong(around: Around, start: int, end: int) -> Thing | None:
    """A noun that names an event with an article alone: "the funeral", "the assassination"."""
    text = around.text
    if text[start - 1 : start] == "-" or text.startswith("-", end):
        return None
    if text.startswith(" arrangements", end):
        end += len(" arrangements")
    stop = around.complement(
        end, ("of", "in", "at", "against", "by", "for", "on", "to", "with"), capitals=True
    )
    if stop == end:
        right = _HOSTED.match(text, end) or _SPAN_RIGHT.match(text, end)
        stop = right.end() if right else end
    owner = around.owner(start)
    if owner is not None:
        return Thing(owner, stop, "event", "event")
    left = around.left(start)
    if left.det and len(left.words) <= 1:
        if left.det in OWN or left.det in ("the", "a", "an", "this", "these"):
            return Thing(left.start, stop, "event", "event")
        return None
    if left.nation is not None and text[start:end] in _RISINGS:
        return Thing(left.nation, stop, "event", "event")
    return None


def deed(around: Around, start: int, end: int) -> Thing | None:
    """What was done to somebody: "was assassinated", "had been overthrown", "was sworn in"."""
    text = around.text
    if text[start:end] == "oath":
        taken = text.endswith("took the ", 0, start)
        stop = end + len(" of office") if text.startswith(" of office", end) else end
        return Thing(start - len("took the "), stop, "event", "event") if taken else None
    suffered = _SUFFERED.search(text, max(0, start - 24), start)
    if suffered is None or text.startswith(" with ", end):
        return None
    if text[start:end] in ("shot", "killed") and _NO_DEATH.match(text, end):
        return None  # a bill, or an aircraft
    sworn = text[start:end] == "sworn"
    if sworn and not text.startswith(" in", end):
        return None
    return Thing(suffered.start(), end + 3 * sworn, "event", "event")


def _of(around: Around, end: int) -> int:
    return around.complement(end, ("of",), capitals=True)


def weak(around: Around, start: int, end: int) -> Thing | None:
    """A noun that names an event with an owner, a name before it or a complement:
    "his visit", "the Geneva talks", "the meeting with R. Quibble"."""
    text = around.text
    word = text[start:end]
    if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
        return None
    left = around.left(start)
    owner = None if left.det and left.det not in OWN else around.owner(start)
    named = around.modified(start) if owner is None else None
    several = _SEVERAL.search(text, max(0, start - 40), start) if word[-1] == "s" else None
    if owner is None and named is None and several is None and not left.det:
        return (
            Thing(start, _of(around, end), "event", "event")
            if word == "Battle" and _of(around, end) > end
            else None
        )
    stop = around.complement(
        end, ("of", "with", "between", "in", "at", "to", "on", "against", "over"), capitals=True
    )
    if stop == end and (whom := _WITH_WHOM.match(text, end)):
        stop = whom.end()
    if stop > end or word not in ("talks", "talk", "service"):
        stop = around.dated(stop)
        if text[stop : stop + 1] == " " and (when := _WHEN.match(text, stop)):
            stop = when.end()
    if owner is not None:
        return Thing(owner, stop, "event", "event")
    if several is not None and stop > end:
        return Thing(several.start(), stop, "event", "event")
    if word in _DEEDS and stop == end and (right := _SPAN_RIGHT.match(text, end)):
        stop = right.end()
    if named is not None and (year := _YEAR_BEFORE.search(text, max(0, named - 9), named)):
        named = year.start()
    short = len(left.words) <= 1
    if left.det in OWN and short:
        return None if word in _VAGUE else Thing(left.start, stop, "event", "event")
    the = left.start if left.det and short else None
    if word in _ONLY_WITH_COMPLEMENT:
        if the is None or (stop == end and left.words != ("memorial",)):
            return None
        if word == "service" and left.words != ("memorial",):
            return None
        return Thing(the, stop, "event", "event") if left.det in ("the", "a", "an") else None
    if named is not None and (stop > end or left.nation is None or word in _OF_A_NATION):
        return Thing(named, stop, "event", "event")
    if stop > end and the is not None and left.det in ("the", "a", "an", "this", "that"):
        return Thing(the, stop, "event", "event")
    if left.det == "the" and the is not None:
        bare = word in ("elections", "war", "summit") and not left.words
        if bare or (left.words == ("summit",) and word == "meeting"):
            return Thing(the, stop, "event", "event")
    return None
