"""How a paper came to whoever encloses it, as the covering letter tells, and that it went on with it.

"The Minister called today and handed me the enclosed note": the Minister gave it to the writer,
whose letter then took it to its addressee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kgraph.extract import timewords
from kgraph.extract.carried.delivery import who_says_me
from kgraph.extract.legs.carriage_words import NOUN
from kgraph.extract.legs.passages import Passage
from kgraph.extract.sentences import sentences
from kgraph.model import Leg, Party, Record

_PAPER = rf"(?P<noun>(?i:{NOUN})|decrees?|clippings?|reports?|statements?|resolutions?|proclamations?|articles?|extracts?|lists?|despatch(?:es)?|dispatch(?:es)?|enclosures?|inclosures?)"
_ENCLOSED = r"(?:enclosed|inclosed|attached|annexed|accompanying|subjoined|appended)"
_SKIPPED = (
    r"(?:(?!(?:on|about|of|to|in|for|from|concerning|regarding|and|with|which|that)\b)[\w-]+\s+)"
)
_THE_ENCLOSED = rf"(?i:the|these|this|an?|his|her|two|three|four|several)\s+(?:\w+\s+){{0,2}}?{_ENCLOSED}\s+{_SKIPPED}{{0,3}}?{_PAPER}\b"
_COPY_OF = r"(?:(?:an?|the|two|three)?\s*(?:\w+\s+)?(?:cop(?:y|ies)|translations?|texts?|paraphrase|dec[iy]pher|transcripts?)(?:\s+and\s+translations?)?\s+of\s+)?"
_VERB = (
    r"(?:(?:en|in)clos(?:e|ing)|(?:transmit(?:ting)?|forward(?:ing)?|send(?:ing)?|submit(?:ting)?)\s+(?:to\s+)?(?:you\s+)?herewith|herewith\s+(?:transmit|forward|enclose|inclose|send|find)|attach(?:ing)?|annex(?:ing)?|append(?:ing)?|subjoin(?:ing)?"
    r"|[Ee]nclosed\s+(?:is|are|herewith\s+is)|[Aa]ttached\s+(?:is|are|hereto\s+is)|[Tt]here\s+(?:is|are)\s+(?:enclosed|inclosed|attached|transmitted\s+herewith)|[Hh]erewith\s+(?:is|are|find))"
)
_I_ENCLOSE = rf"\b{_VERB}\s+(?:(?:to\s+you|you|herewith|also|for\s+your\s+\w+|hereto)[\s,]+){{0,3}}{_COPY_OF}(?:an?|the|two|three|four|several|some|certain)?\s*{_SKIPPED}{{0,3}}?{_PAPER}\b"
_MORE = rf"(?:\s+(?:of|dated)\s+(?:the\s+\w+\s+|{timewords.DATE})|\s+(?:from|to|by)\s+(?!the\s+note\b)[^,.;]{{2,50}}?|,?\s+in\s+(?:translation|duplicate|original))*"
_ANCHOR = re.compile(
    rf"(?:{_THE_ENCLOSED}|{_I_ENCLOSE.replace('?P<noun>', '?P<noun2>')}){_MORE}(?=,?\s+(?:which|that|received|just|handed|given|left|sent|delivered|brought|communicated|was|were|has|have)\b)"
)
_THEN_ENCLOSED = re.compile(
    rf"{_PAPER}{_MORE}(?=,?\s+(?:which|that)\b(?:M\.|Mr\.|Mrs\.|Dr\.|[^.;]){{4,80}}?,?\s+(?:and\s+)?(?:which|a\s+copy\s+of\s+which|it)\s+(?:I|we)\s+(?:now\s+|also\s+|beg\s+to\s+|have\s+the\s+honor\s+to\s+)?(?:en|in)close\b)"
)
_ADVERBS = r"(?:(?:has|have|had|just|recently|now|to-?day|yesterday|this\s+\w+|last\s+\w+|lately|already|also|kindly)\s+)*"
_VERBS = r"(?P<verb>handed|given|gave|left|sent|delivered|brought|communicated|presented|transmitted|forwarded)"
_WHICH = r",?\s+(?:(?:which|that)\s+)?"
_RECEIVED = re.compile(
    rf"{_WHICH}(?:(?P<taker>I|we|(?:this|the)\s+[A-Z]\w+)\s+)?(?:was\s+|were\s+)?{_ADVERBS}(?P<verb>received)\b[^.;,]{{0,40}}?\s+from\s+(?=\S)"
)
_BY = re.compile(
    rf"{_WHICH}(?:(?:was|were|has\s+been|had\s+been|have\s+been)\s+)?{_ADVERBS}{_VERBS}(?:\s+to-?day|\s+yesterday)?(?:\s+(?:to|with))?(?:\s+(?P<taker>me|us|(?:the\s+)?[A-Z][\w.]*(?:\s[A-Z]\w+){{0,2}}))?[^.;,]{{0,30}}?\s+by\s+(?=\S)"
)
_HE_GAVE = re.compile(
    rf",?\s+(?:which|that)\s+(?P<giver>(?:M\.|Mr\.|Mrs\.|Dr\.|[^.;,]){{2,60}}?)\s+{_ADVERBS}{_VERBS}(?:\s+(?:to|with))?\s+(?P<taker>me|us|you|(?:the\s+)?[A-Z]\w+)\b"
)
_GAVE = re.compile(
    rf"\b{_VERBS}(?:\s+(?:to|with))?(?:\s+(?P<taker>me|us|the\s+[A-Z]\w+))?(?:\s+with\s+(?:me|us))?\s+{_THE_ENCLOSED}"
)
_GOT = re.compile(
    rf"\b(?P<verb>received)\s+{_THE_ENCLOSED}(?:\s+(?:of|dated)\s+(?:the\s+\w+|{timewords.DATE}))?"
)
_FROM = re.compile(r"\s+from\s+(?=\S)")
_MEMBER = re.compile(
    r"(?:[Aa]n?\s+)(?P<name>(?:member|official|officer|secretary|representative|messenger)\s+(?:of|from)\s+the\s+[A-Z]\w+(?:\s[A-Z]\w+){0,2})"
)
_LEAD = re.compile(
    r"(?:(?:My\s+)?[Dd]ear\s[^:.]{2,30}(?:\.\s[^:.]{2,30})?[:,—]\s*|S[Ii][Rr][:,—]\s*|Mr\.\s+\w+:\s*)?(?:At\s+(?:his|her|their|my)\s+(?:own\s+)?request,?\s+|(?:To-?day|Yesterday|This\s+\w+|Last\s+\w+),?\s+(?=[A-Z])|On\s+[A-Z]\w+\s+\d{1,2},?\s+(?=[A-Z]))?"
)
"""The greeting, and words about the day, before the subject of a sentence."""
_HE = re.compile(r"(?:He|She)\b")
_SIGNS = ("nclos", "ttach", "nnex", "erewith", "ccompany", "ubjoin", "ppend")
_BY_HAND = frozenset(("handed", "given", "gave", "left", "delivered", "brought", "presented"))
_OTHER_FORM = {
    "telegram": {"letter", "memorandum", "note", "resolution"}, "letter": {"telegram", "memorandum", "resolution"},
    "memorandum": {"telegram", "letter", "resolution"}, "note": {"telegram", "resolution"},
}  # fmt: skip
_PLURAL = re.compile(
    r"(?i)(?:letters|notes|papers|documents|memoranda|telegrams|messages|communications|texts|enclosures|inclosures|despatches|dispatches)$"
)


def of_enclosed(
    text: str, spans: Sequence[tuple[int, int]], outer: Record, inner: Sequence[Record]
) -> list[list[Leg]]:
    """The legs of each paper that is printed with a letter: to its writer, and on with it."""
    ways: list[list[Leg]] = [[] for _ in inner]
    if outer.form in ("editorial-note", "minutes", "other") or not inner:
        return ways
    for noun, leg in _told(text, spans, outer):
        for i in _which(noun, leg, outer, inner):
            if not ways[i]:
                ways[i].append(leg)
    on = _going_on(outer)
    for way in ways:
        if on is not None:
            way.append(on)
    return [[msgspec.structs.replace(leg, index=n) for n, leg in enumerate(way, 1)] for way in ways]


def _told(text: str, spans: Sequence[tuple[int, int]], outer: Record) -> Iterator[tuple[str, Leg]]:
    """What sentences of the letter tell of an enclosed paper, and the noun that they call it."""
    for start, end in spans:
        words = text[start:end]
        if not any(sign in words for sign in _SIGNS):
            continue
        passage = Passage(
            words, start, "body", next(iter(outer.senders), None), next(iter(outer.addressees), None),
            who_says_me(outer) or next(iter(outer.drafters), None), outer.date, int(outer.date.edtf[:4]) if outer.date and outer.date.edtf and outer.date.edtf[:4].isdigit() else None,
        )  # fmt: skip
        last: Party | None = None
        for a, b in sentences(words):
            a = _LEAD.match(words, a, b).end()  # type: ignore[union-attr]
            if any(sign in words[a:b] for sign in _SIGNS):
                found = _of_sentence(passage, a, b, last)
                if found is not None:
                    yield found
            last = passage.subject(a, b) or last


def _of_sentence(passage: Passage, a: int, b: int, last: Party | None) -> tuple[str, Leg] | None:
    text = passage.text
    for gave in _GAVE.finditer(text, a, b):
        giver = last if _HE.match(text, a, b) else None
        giver = giver or passage.party_before(a, gave.start()) or passage.subject(a, gave.start())
        if giver is not None:
            return gave["noun"], _leg(passage, gave, giver, b)
    got = _GOT.search(text, a, b)
    whence = _FROM.match(text, got.end(), b) if got is not None else None
    giver = _party(passage, whence.end(), b) if whence is not None else None
    if got is not None and giver is not None:
        return got["noun"], _leg(passage, got, giver, got.end())
    for anchor in (*_ANCHOR.finditer(text, a, b), *_THEN_ENCLOSED.finditer(text, a, b)):
        noun = anchor["noun"] or anchor["noun2"] if anchor.re is _ANCHOR else anchor["noun"]
        for clause in (_RECEIVED, _BY):
            m = clause.match(text, anchor.end(), b)
            giver = _party(passage, m.end(), b) if m is not None else None
            if m is not None and giver is not None:
                return noun, _leg(passage, m, giver, b)
        m = _HE_GAVE.match(text, anchor.end(), b)
        giver = _party(passage, m.start("giver"), m.end("giver")) if m is not None else None
        if m is not None and m["giver"] in ("he", "she"):
            giver = last
        elif giver is not None and m is not None and giver.kind != "unknown":
            whole = (giver.end or 0) - passage.offset == m.end("giver")
            giver = giver if whole else None  # "which I think should be handed"
        if m is not None and giver is not None:
            return noun, _leg(passage, m, giver, b)
    return None


def _party(passage: Passage, at: int, b: int) -> Party | None:
    member = _MEMBER.match(passage.text, at, b)
    if member is not None:
        return passage.make(member, "unknown")
    got = passage.party(at, b)
    return got[0] if got is not None and (got[0].kind != "unknown") else None


def _leg(passage: Passage, m: re.Match[str], giver: Party, b: int) -> Leg:
    """The hop to the writer of the letter, or to whom it names."""
    named = m.groupdict().get("taker")
    writer = passage.writer
    taker = msgspec.structs.replace(writer, start=None, end=None) if writer is not None else None
    if named and named not in ("me", "us", "I", "we", "you"):
        got = passage.party(m.start("taker"), m.end("taker"))
        taker = got[0] if got is not None else taker
    stop = min(b, m.end() + 60)
    when = timewords.WHEN_RE.search(passage.text, m.start("verb"), stop)
    if when is None:
        when = _TODAY.search(passage.text, max(m.start() - 70, 0), m.start("verb"))
    date = passage.date_at(*when.span()) if when is not None else None
    verb = m["verb"]
    return Leg(
        index=0, from_=giver, to=taker, mode="hand delivery" if verb in _BY_HAND else "not stated", mode_text=verb,
        date=date, start=passage.offset + m.start("verb"), end=passage.offset + m.end(), rule="leg-enclosed",
    )  # fmt: skip


_TODAY = re.compile(rf"\b{timewords.RELATIVE}\b")


def _which(noun: str, leg: Leg, outer: Record, inner: Sequence[Record]) -> list[int]:
    """Which of the papers is meant: the only one, all of several, or the one of that form."""
    form = noun.lower().rstrip("s").replace("memoranda", "memorandum")
    own = {p.name for p in outer.senders}
    fits = [
        i
        for i, one in enumerate(inner)
        if one.form not in _OTHER_FORM.get(form, ()) and not own & {p.name for p in one.senders}
    ]
    if len(inner) == 1 or _PLURAL.search(noun):
        return fits
    theirs = [
        i
        for i in fits
        if leg.from_ and any(leg.from_.name in f"{p.name} {p.role}" for p in inner[i].senders)
    ]
    return theirs if len(theirs) == 1 else fits if len(fits) == 1 else []


def _going_on(outer: Record) -> Leg | None:
    """The hop that the enclosed paper makes with the letter."""
    if not outer.senders or not outer.addressees:
        return None
    bare = [
        msgspec.structs.replace(p, start=None, end=None)
        for p in (*outer.senders, *outer.addressees)
    ]
    senders, addressees = bare[: len(outer.senders)], bare[len(outer.senders) :]
    date = msgspec.structs.replace(outer.date, start=None, end=None) if outer.date else None
    return Leg(
        index=0, from_=senders[0], to=addressees[0], also_from=tuple(senders[1:]), also_to=tuple(addressees[1:]),
        mode="enclosure", mode_text=outer.form, date=date, rule="enclosed", note="with the paper that encloses it",
    )  # fmt: skip


def joined(own: Sequence[Leg], told: Sequence[Leg]) -> list[Leg]:
    """The legs of an enclosed paper in order: its own, then what the letter tells of it, but for
    the receipt of a telegram, which its own legs have told."""
    got = {leg.to.name.split()[-1] for leg in own if leg.to is not None}
    later = [
        leg for leg in told
        if not (leg.mode_text == "received" and leg.to is not None and leg.to.name.split()[-1] in got)
    ]  # fmt: skip
    return [*own, *later]
