"""Transmission legs in running text: who handed what to whom, where, when, how.

Each verb of carrying opens a small frame: the words before it give the thing and,
in the active, the giver; the words behind it are read piece by piece as receiver,
carrier, means, place and time, in any order, until one is none of these. A frame
without a message in it is no leg: speeches, arms and blows are delivered too.
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract.legs.carriage_words import NOUN, worth_reading
from kgraph.extract.legs.ends import ends_of
from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.means import is_past_the_usual
from kgraph.extract.legs.named_routes import route_of
from kgraph.extract.legs.onward import onward
from kgraph.extract.legs.passages import Passage
from kgraph.extract.legs.set_phrases import IN_HANDS, TELEPHONED, set_phrases
from kgraph.extract.legs.verbs import find_frames
from kgraph.extract.sentences import sentences
from kgraph.model import Date, Leg, Party


def find_legs(
    text: str,
    offset: int = 0,
    *,
    sender: Party | None = None,
    addressee: Party | None = None,
    date: Date | None = None,
    writer: Party | None = None,
    where: str = "body",
    year: int | None = None,
) -> list[Leg]:
    """Legs that a cover, a body or a note tells of, in the order of the words.

    `text` is a passage of the record's text, beginning there at `offset`. `sender`
    and `addressee` are those of the message that travels; `writer` is who says "I"
    and "me" (the ambassador who reports that a letter was handed him); `date` is
    that of the document, from which "today" counts and which lends its year; `year` is
    lent where the document has no date.
    `where` is "note" for source notes and editors' footnotes, "body" for the words
    of the document itself, which are read more strictly: only what is said of "this"
    or "the following" message counts, not every note that the text speaks of.

    >>> leg, = find_legs("This letter was handed to Doe by Roe at Geneva on May 3.", where="note")
    >>> leg.from_.name, leg.to.name, leg.mode, leg.place.name, leg.date.text
    ('Roe', 'Doe', 'hand delivery', 'Geneva', 'May 3')
    """
    if not worth_reading(text):
        return []
    if date is not None and date.edtf and date.edtf[:4].isdigit():
        year = int(date.edtf[:4])
    passage = Passage(text, offset, where, sender, addressee, writer, date, year)
    passage.back = where == "note" and is_past_the_usual(text)
    return _read(passage)


def _read(passage: Passage) -> list[Leg]:
    legs: list[Leg] = []
    for a, b in sentences(passage.text):
        if passage.where == "body" and not _worth_reading(passage, a, b):
            continue
        passage.named = []
        found = set_phrases(passage, a, b)
        phrases = [(leg.start or 0, leg.end or 0) for leg in found]
        for frame in find_frames(passage, a, b):
            if not any(
                x < frame.end + passage.offset and frame.start + passage.offset < y
                for x, y in phrases
            ):
                leg = _leg_of(passage, frame)
                found.extend(filter(None, (leg, onward(passage, leg, frame, b))))
        found.sort(key=lambda leg: leg.start or 0)
        legs.extend(
            _gone_on(passage, one, last) for one, last in zip(found, [None, *found], strict=False)
        )
    legs = [leg for leg in legs if not _named_elsewhere(leg, legs)]
    return [msgspec.structs.replace(leg, index=i) for i, leg in enumerate(legs, 1)]


def _named_elsewhere(leg: Leg, legs: list[Leg]) -> bool:
    """Whether the unnamed emissaries of a leg are those whom another leg names: "handed to Roe
    by Doe ... the first of the letters transmitted through special emissaries"."""
    if leg.mode != "special emissary" or leg.by is not None or leg.date is not None:
        return False
    return any(
        one.mode == "hand delivery" and one.channel is not None and one.from_ is not None and one.from_.kind == "person"
        and one.to is not None and one.status == "stated"
        for one in legs
    )  # fmt: skip


def _gone_on(passage: Passage, leg: Leg, last: Leg | None) -> Leg:
    """A hop whose giver is not named, behind one of the same sentence ("was received by Roe
    and that the translation was given to Doe"): who got it then gives it now."""
    if last is None or last.to is None or leg.from_ is not None or leg.to is None:
        return leg
    if leg.mode != "hand delivery" or last.to.name == leg.to.name:
        return leg
    between = passage.text[(last.end or 0) - passage.offset : (leg.start or 0) - passage.offset]
    if re.match(r"\W*and\b", between) is None or len(between) > 60:
        return leg
    return msgspec.structs.replace(
        leg,
        from_=last.to,
        certainty="inferred",
        note="giver not named: who got it by the hop before",
    )


def _worth_reading(passage: Passage, a: int, b: int) -> bool:
    piece = passage.text[a:b]
    if not worth_reading(piece):
        return False
    if TELEPHONED.search(piece) or IN_HANDS.search(piece):
        return True
    if a < 800 and re.search(
        rf"\b(?:Following|following(?!\s+(?:the|an?|his|your|my|our|their|receipt)\b))\s+(?:is\s+|are\s+)?(?:[\w.’']+\s+){{0,6}}?{NOUN}\b|\b[Hh]erewith\b|\b[Tt]his {NOUN}\b|translation follows of|\b[Ff]ollows (?:text|translation)\b|\bfollows?\s*[.:]?$",
        piece,
    ):
        return True
    if re.match(
        r"(?:Text|Signed original|Original|Russian text|Embassy translation|Emb translation|Unofficial translation)\b(?! of (?:the|his|a)\b)",
        piece,
    ):
        return True
    return (
        a < 300
        and re.match(
            rf"(?!(?:\w+\s+){{0,3}}in\s+(?:reply|answer|response)\b)(?:The\s+)?(?:\w+\s+){{0,3}}{NOUN}\s+(?:from|to|addressed|handed|delivered|transmitted|conveyed)\b",
            piece,
            re.I,
        )
        is not None
    )


def _leg_of(passage: Passage, frame: Frame) -> Leg:
    """The leg that a frame tells of; ends that it leaves out are inferred, and said to be so."""
    ends = ends_of(passage, frame)
    giver, taker, carrier = frame.giver, frame.receiver, frame.carrier
    copies = frame.mode == "distribution"
    channel = None if copies else route_of(passage, [*giver, *carrier], taker, None)
    if channel is None and frame.mode == "commercial telegram":
        channel = "commercial telegram"
    if channel is None and (
        passage.back or is_past_the_usual(passage.text[frame.start : frame.end])
    ):
        channel = "pen pal" if re.search(r"[Pp]en [Pp]al", passage.text) else "back channel"
    return Leg(
        index=0, from_=ends.giver, by=carrier[0] if carrier else None, to=ends.taker,
        also_from=tuple(giver[1:]), also_by=tuple(carrier[1:]), also_to=tuple(taker[1:]),
        mode=frame.mode, mode_text=frame.mode_text, channel=channel, place=frame.place, place_to=frame.place_to,
        date=frame.date, status=frame.status, start=passage.offset + frame.start, end=passage.offset + frame.end,
        rule=f"leg-{'passive' if frame.passive else 'active'}", note=ends.inferred,
        certainty="conjectural" if frame.unsure else "inferred" if ends.inferred else "stated",
    )  # fmt: skip
