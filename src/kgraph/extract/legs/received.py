"""Set phrases about who got a paper: received by, reached, came to, how it was handed to."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import timewords
from kgraph.extract.legs.adjuncts import read_adjuncts
from kgraph.extract.legs.carriage_words import NOUN
from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.named_routes import route_of
from kgraph.extract.legs.passages import Passage
from kgraph.extract.legs.phrases import phrase_leg
from kgraph.model import Leg

_REACHED = re.compile(
    r"\b(?:[Tt]he|[Tt]his)\s+(?:letter|message|note|text|reply|telegram|communication|(?:signed\s+)?original|translation)\s+(?:reached|came\s+to)\s+(?=(?:the\s+)?[A-Z])"
)
_AS_RECEIVED = re.compile(
    r"\b(?:translation|text|copy)\s+(?:as\s+)?received\s+from\s+(?=(?:the\s+)?[A-Z])"
)
_HOW_GIVEN = re.compile(
    rf"\bFor\s+(?P<teller>[^.;:]{{3,60}}?)[’']s?\s+(?:own\s+|detailed\s+)?(?:account|record|report|description|version|memorandum|recollections?)\s+of\s+how\s+(?:this|the)\s+{NOUN}\s+(?:was|were|had\s+been)\s+"
    r"(?:delivered|handed(?:\s+over)?|given|presented|conveyed|brought|passed)\s+(?:(?:on|over)\s+)?(?P<way>by|to)\s+(?=\S)"
)
_HIS_DELIVERY = re.compile(
    rf"\b(?P<whose>his|her|their|(?<=[’'])s|[’'])\s+(?P<what>delivery|presentation|transmission|conveyance)\s+of\s+(?:this|the)\s+{NOUN}\s+to\s+(?=\S)"
)
_RECEIVED_FROM = re.compile(
    rf"\breceived\s+(?:the|this)\s+(?:original\s+|signed\s+|{timewords.DATE}\s+)*(?:letter|message|note|text|reply|communication|paper|document)\s+from\s+(?=(?:the\s+)?[A-Z])"
)
_MESSAGE_RECEIVED = re.compile(
    r"\b(?:message|letter|note|text|reply|telegram|memorandum|cop(?:y|ies)|it|original)\s+was\s+received\s+by\s+(?P<by>(?:the\s+)?[A-Z])"
)


_RECEIVED_FROM_HIM = re.compile(  # "Received from the Ruritanian minister, May 3, 1895."
    r"\s*Received\s+from\s+(?=\S)"
)
_RECEIVED_AS = re.compile(
    r"\s*(?:It\s+was\s+)?[Rr]eceived\s+(?:as|in)\s+(?P<how>(?:telegram|cable|message)\s+(?:Nos?\.\s*)?[A-Za-z]*[–-]?[\w–-]*\d[\w–-]*)\s+(?:at|in|by)\s+(?=(?:the\s+)?[A-Z])"
)
_CAME_IN = re.compile(  # "This message came in over the hot line"
    rf"\b(?:[Tt]his|[Tt]he)\s+(?:\w+\s+)?{NOUN}\s+(?:came(?:\s+(?:in|through))?|arrived|was\s+received)(?=\s+(?:over|via|by|through|on)\s)"
)
_RECEIVED_THIS = re.compile(rf"\s+received\s+this\s+{NOUN}\b(?!\s+from)")
_ON_A_DAY = re.compile(rf"\s*[Oo]n\s+(?P<d>{timewords.DATE}),?\s")


def _with_adjuncts(
    passage: Passage, m: re.Match[str], at: int, b: int, verb: str
) -> tuple[Frame, Leg]:
    """What stands behind a phrase that ends at `at`, and the leg with its place, date and mode."""
    frame = Frame(start=m.start(), end=at, verb=verb, passive=True)
    read_adjuncts(passage, frame, at, b)
    leg = phrase_leg(passage, m, frame.mode or "not stated")
    end = passage.offset + frame.end
    return frame, msgspec.structs.replace(leg, place=frame.place, date=frame.date, end=end)


def received_by(passage: Passage, a: int, b: int) -> Leg | None:
    """ "The message was received by the Attorney General"."""
    m = _MESSAGE_RECEIVED.search(passage.text, a, b)
    taker = passage.party(m.start("by"), b) if m is not None else None
    if m is None or taker is None:
        return None
    frame, leg = _with_adjuncts(passage, m, taker[1], b, "received")
    return msgspec.structs.replace(
        leg, from_=frame.giver[0] if frame.giver else leg.from_, to=taker[0],
        channel=route_of(passage, [], [taker[0]], leg.channel),
    )  # fmt: skip


def reached(passage: Passage, a: int, b: int) -> Leg | None:
    """ "The message reached Roe through his brother on May 3"."""
    m = _REACHED.search(passage.text, a, b)
    taker = passage.party(m.end(), b) if m is not None else None
    if m is None or taker is None:
        return None
    frame, leg = _with_adjuncts(passage, m, taker[1], b, "reached")
    return msgspec.structs.replace(
        leg, from_=frame.giver[0] if frame.giver else leg.from_, by=frame.carrier[0] if frame.carrier else None,
        to=taker[0], mode_text=frame.mode_text or "reached",
    )  # fmt: skip


def as_received(passage: Passage, a: int, b: int) -> Leg | None:
    """ "A translation as received from the Ruritanians"."""
    m = _AS_RECEIVED.search(passage.text, a, b)
    giver = passage.nation(m.end(), b) or passage.party(m.end(), b) if m is not None else None
    if m is None or giver is None:
        return None
    leg = phrase_leg(passage, m, "not stated")
    return msgspec.structs.replace(
        leg, from_=giver[0], to=None, mode_text="received", end=passage.offset + giver[1]
    )


def how_given(passage: Passage, a: int, b: int) -> Leg | None:
    """ "For Roe’s account of how this letter was delivered by Doe": it was Roe who got it."""
    m = _HOW_GIVEN.search(passage.text, a, b)
    if m is None:
        return None
    teller, other = passage.party_before(a, m.end("teller")), passage.party(m.end(), b)
    if teller is None or other is None or teller.name == other[0].name:
        return None
    told = msgspec.structs.replace(
        teller, certainty="inferred", note="who tells how it was handed over"
    )
    sides = (other[0], told) if m["way"] == "by" else (told, other[0])
    leg = phrase_leg(
        passage, m, "hand delivery", channel=route_of(passage, [sides[0]], [sides[1]], None)
    )
    return msgspec.structs.replace(leg, from_=sides[0], to=sides[1], end=passage.offset + other[1])


def his_delivery(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Roe’s report on his delivery of this letter to Doe"."""
    m = _HIS_DELIVERY.search(passage.text, a, b)
    taker = passage.party(m.end(), b) if m is not None else None
    if m is None or taker is None:
        return None
    owned = m["whose"] in ("s", "’", "'")
    giver = passage.party_before(a, m.start("whose") - (m["whose"] == "s")) if owned else None
    if not owned:
        for own in re.finditer(r"[’']s?\s", passage.text[a : m.start()]):
            giver = passage.party_before(a, a + own.start()) or giver
    if giver is None or giver.name == taker[0].name:
        return None
    when = timewords.WHEN_RE.search(passage.text, taker[1], min(b, taker[1] + 30))
    mode = "hand delivery" if m["what"] in ("delivery", "presentation") else "not stated"
    leg = phrase_leg(passage, m, mode, when=when.span() if when else None)
    return msgspec.structs.replace(
        leg, from_=giver, to=taker[0], mode_text=m["what"], end=passage.offset + taker[1]
    )


def received_from(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Roe received the letter from Doe at Geneva on May 3"."""
    m = _RECEIVED_FROM.search(passage.text, a, b)
    if m is None:
        return None
    taker, giver = passage.party_before(a, m.start()), passage.party(m.end(), b)
    if taker is None or giver is None:
        return None
    frame, leg = _with_adjuncts(passage, m, giver[1], b, "received")
    return msgspec.structs.replace(
        leg, from_=giver[0], to=taker, mode_text=frame.mode_text or "received", start=taker.start
    )  # fmt: skip


def received_from_him(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Received from Roe, May 3": a remark that stands alone, and says from whom it came."""
    m = _RECEIVED_FROM_HIM.match(passage.text, a, b)
    giver = passage.party(m.end(), b) if m is not None else None
    if m is None or giver is None or passage.text[giver[1] : b].strip(" .")[:1] not in ("", ",", "o"):  # fmt: skip
        return None
    frame, leg = _with_adjuncts(passage, m, giver[1], b, "received")
    if frame.giver or frame.receiver:
        return None
    return msgspec.structs.replace(leg, from_=giver[0], mode_text=frame.mode_text or "received")


def received_as(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Received as telegram No. 4 at the Map Room"."""
    m = _RECEIVED_AS.match(passage.text, a, b)
    taker = passage.party(m.end(), b) if m is not None else None
    if m is None or taker is None:
        return None
    leg = phrase_leg(passage, m, "telegram")
    return msgspec.structs.replace(
        leg, to=taker[0], mode_text=m["how"],
        certainty="inferred", note="giver not named: sender of the document",
    )  # fmt: skip


def came_in(passage: Passage, a: int, b: int) -> Leg | None:
    """ "This message came in over the hot line at 7 a.m.": it is told how, and by nobody named."""
    m = _CAME_IN.search(passage.text, a, b)
    if m is None:
        return None
    frame, leg = _with_adjuncts(passage, m, m.end(), b, "came")
    if frame.mode is None or frame.giver or frame.receiver or frame.carrier:
        return None
    return msgspec.structs.replace(leg, mode_text=frame.mode_text or "came in")


def he_received_this(passage: Passage, a: int, b: int) -> Leg | None:
    """ "On May 3, Roe received this telegram"."""
    m = _RECEIVED_THIS.search(passage.text, a, b)
    taker = passage.party_before(a, m.start()) if m is not None else None
    if m is None or taker is None:
        return None
    day = _ON_A_DAY.match(passage.text, a, m.start())
    leg = phrase_leg(passage, m, "not stated", when=day.span("d") if day is not None else None)
    return msgspec.structs.replace(
        leg, from_=None, to=taker, mode_text="received", start=taker.start
    )


READERS = {
    reached: ("reached", "came"), received_from: ("received",), received_from_him: ("Received from",), received_by: ("received",),
    came_in: ("came", "arrived", "received"), received_as: ("eceived as", "eceived in"), he_received_this: ("received this",), as_received: ("received",), how_given: ("how",),
    his_delivery: ("delivery", "presentation", "transmission", "conveyance"),
}  # fmt: skip
"""What reads a phrase, and words without some of which it cannot stand in a sentence."""
