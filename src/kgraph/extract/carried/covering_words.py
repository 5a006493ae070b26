"""Whose letter it is and to whom, by the words that cover it: "letter from A to B", "A's note",
"the note which A handed me"."""

from __future__ import annotations

import re

import msgspec

from kgraph import dating
from kgraph.alternatives import by_letter, by_letter_as_written
from kgraph.extract import gazetteer
from kgraph.extract.headings import parties as who
from kgraph.model import Party

_NOUNS = r"letters?|messages?|notes?|communications?|repl(?:y|ies)|answers?|telegrams?|memorand(?:um|a)|aide[- ]m[ée]moires?|statements?|condolences?|cables?|appeals?"
NOUN = rf"(?P<noun>{by_letter_as_written(_NOUNS)})"
NOUN_IN_EITHER_CASE = rf"(?P<noun>{by_letter(_NOUNS)})"
_STOP = r"(?:(?:(?<=\b\w)|(?<=\b\w\w)|(?<=\b\w\w\w)|(?<=Messrs)|(?<=Capt)|(?<=Prof))\.)?"
"""The stop of an initial or an abbreviated title; that of a sentence stands behind longer words."""
_FROM = re.compile(
    rf"\b(?:from|by)\s+(?P<who>(?:the\s+)?[A-Z][\w’'-]*{_STOP}(?:\s+(?:(?:of|and|the|de|von)\s+)*[A-Z][\w’'-]*{_STOP}(?=\s|$|[,;:).])){{0,8}})"
)
_TO = re.compile(
    rf"\b(?:to|for)\s+(?P<who>(?:the\s+)?[A-Z][\w’'-]*{_STOP}(?:[\s/]+(?:(?:of|and|the|de|von)\s+)*[A-Z][\w’'-]*{_STOP}(?=\s|$|[,;:)./])){{0,8}})"
)
_OWNER = re.compile(
    rf"\b(?P<who>(?:the\s+)?[A-Z][\w’'.-]*?(?:\s[A-Z][\w.-]*){{0,4}})(?:['’]s?)\s+(?:(?:personal|own|oral|new|latest|draft|reply|[A-Z]\w+ \d+)\s+){{0,2}}{NOUN}\b"
)
_HANDED = re.compile(
    r"\bhanded\s+(?:to\s+)?(?P<who>(?:the\s+)?[A-Z][\w’'.-]*(?:\s[A-Z][\w.-]*){0,3})"
)
_GIVE = r"(?:gave|handed|delivered|passed|presented|sent)"
_GIVER = re.compile(  # who hands a paper over and is not said to hand over another's
    rf"(?P<who>(?:[Tt]he\s+)?[A-Z][\w’'.-]*(?:\s(?:for|of|and|[A-Z][\w’'.-]*)){{0,5}})\s+(?:(?:today|yesterday|tonight|personally|then|also|just)\s+)*{_GIVE}\s+(?:to\s+)?(?:me|us)\b[^.:]{{0,80}}?\b{NOUN.replace('noun', 'n5')}\b"
    rf"|\b{NOUN.replace('noun', 'n6')}\s+(?:which|that)\s+(?P<who2>(?:the\s+)?[A-Z][\w’'.-]*(?:\s(?:for|of|and|[A-Z][\w’'.-]*)){{0,5}})\s+(?:(?:today|yesterday|tonight|personally|then|also|just|has|had)\s+)*{_GIVE}\s+(?:to\s+)?(?:me|us)\b"
)
_ASKER = re.compile(  # who asks that a message be passed on
    r"(?P<who>(?:[Tt]he\s+)?[A-Z][\w’'.-]*(?:\s(?:for|of|and|[A-Z][\w’'.-]*)){0,5})\s+(?:telephoned\s[^.;:]{0,60}\band\s+)?(?:(?:has|have|had|today|just|also|then)\s+)*"
    r"(?:asked|requested|instructed|wishes|wants|would\s+like)\s+(?:me|us)\s+(?:to\s+|that\s+I\s+)(?:please\s+)?(?:transmit|convey|pass|send|forward|deliver|communicate|relay|give)\b"
)
WIRES = r"(?:telegraphed|telegraphs|cabled|cables|wired|wires|wrote|writes|written|replied|replies|answered|answers)"
_WRITER = re.compile(  # "The Emperor has telegraphed to the President as follows"
    rf"(?P<who>(?:[Tt]he\s+)?[A-Z][\w’'.-]*(?:\s(?:for|of|and|[A-Z][\w’'.-]*)){{0,5}})\s+(?:(?:has|have|had|today|yesterday|just|also|then|now)\s+)*{WIRES}\b"
)
_OUTSIDE = re.compile(
    r"(?:\w+\s)*(?:Foreign (?:Office|Ministry)|(?:\w+ )(?:Embassy|Legation)|Embassy (?:at|in) \w.*|Ministry (?:of|for) .+)"
)
_NEVER = frozenset(
    (*dating.MONTHS, *(month[:3] for month in dating.MONTHS), "Jany", "Sept", "Article", "Foreign Affairs",
     "Mr", "Mrs", "Gadel", "Delga", "Staff", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
     "Sunday", "White House", "English", "French", "Russian", "Section", "Part", "Text", "Department", "Embassy")
)  # fmt: skip


def parties(text: str, a: int, b: int) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Senders and addressees as the words between `a` and `b` tell them."""
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    owner = _OWNER.search(text, a, b)
    author = _FROM.search(text, a, b)
    if owner is not None and (author is None or owner.start() < author.start()):
        senders = _named(owner["who"], owner.start("who"), "covering-words")
    for one in _FROM.finditer(text, a, b):
        if senders:
            break
        senders = _named(one["who"], one.start("who"), "covering-words")
    if not senders:
        presidential = re.compile(r"\b[Pp]residential\s+(?:letter|message|reply|note)").search(
            text, a, b
        )
        if presidential is not None:
            at = presidential.start()
            senders = (
                Party(
                    name="President",
                    kind="office",
                    start=at,
                    end=at + 12,
                    rule="covering-words",
                    certainty="inferred",
                ),
            )
    names = {p.name for p in senders}
    for strict in (True, False):
        for one in _TO.finditer(text, a, b):
            lent = one[0].startswith("for")
            if lent and (strict or re.match(r"\s+to\b", text[one.end() : one.end() + 5])):
                continue
            got = _named(one["who"], one.start("who"), "covering-words")
            got = tuple(p for p in got if p.kind != "body")  # "summoned to the Foreign Office"
            if got and {p.name for p in got} != names:
                addressees = got
                break
        if addressees:
            break
    if not addressees:
        handed = _HANDED.search(text, a, b)
        if handed is not None:
            addressees = tuple(
                msgspec.structs.replace(p, certainty="inferred", note="to whom it was handed")
                for p in _named(handed["who"], handed.start("who"), "covering-words")
            )
    asker = None if senders else _ASKER.search(text, a, b)
    if asker is not None:
        senders = tuple(
            msgspec.structs.replace(p, certainty="inferred", note="who asked that it be passed on")
            for p in _named(asker["who"], asker.start("who"), "covering-words")
        )
    writer = None if senders else _WRITER.search(text, a, b)
    if writer is not None:
        senders = _named(writer["who"], writer.start("who"), "covering-words")
    giver = None if senders else _GIVER.search(text, a, b)
    if giver is not None:
        group = "who" if giver["who"] else "who2"
        senders = tuple(
            msgspec.structs.replace(p, certainty="inferred", note="who handed it over")
            for p in _named(giver[group], giver.start(group), "covering-words")
        )
    return senders, addressees


def _named(words: str, offset: int, rule: str) -> tuple[Party, ...]:
    if "/" in words:
        first, second = words.split("/", 1)
        return _named(first, offset, rule) + _named(second, offset + len(first) + 1, rule)
    words = re.sub(r"(?:['’]s?|(?<=[a-z]{3})\.)$", "", words)
    joint = re.fullmatch(
        r"(?:[Tt]he\s+)?(?P<a>[A-Z][\w ]+?)\s+and\s+(?:the\s+)?(?P<b>[A-Z][\w ]+)", words
    )
    if joint is not None:
        both = [who.party(joint[g], offset + joint.start(g), rule) for g in ("a", "b")]
        if all(one is not None and one.kind == "office" for one in both):
            return tuple(one for one in both if one is not None)
    got = who.parties(words, offset, rule)
    return tuple(
        p for p in got
        if (p.kind in ("person", "office", "group") or _OUTSIDE.fullmatch(p.name)) and not dating.parse(p.name, default_year=1900)
        and p.name not in ("Department", "Embassy", "Moscow", "Washington", "London", "Paris", "Deptel", "Embtel")
        and not gazetteer.is_place(p.name) and len(p.name) > 2 and p.name.rstrip(".") not in _NEVER and not re.search(r"\d", p.name)
    )  # fmt: skip
