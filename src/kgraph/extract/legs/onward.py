"""Where a paper is to go from whoever got it: "to Roe for delivery to Doe"."""

from __future__ import annotations

import re

from kgraph.extract.legs.carriage_words import NOUN
from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.passages import Passage
from kgraph.model import Leg, Party

_IT = rf"(?:it|this|(?:the|this)\s+{NOUN})"
ONWARD = re.compile(
    r",?\s*for\s+(?:\w+\s+){0,2}?(?P<what>delivery|transmission|forwarding|relay|transmittal|presentation|communication|conveyance)\s+(?P<way>by|to)\s+(?=\S)"
)
"""What ends the words about a hop and opens those about the next."""
_MEANT = re.compile(
    rf",?\s*(?:who\s+|and\s+)?(?:said|stated|added|explained|indicated|remarked|stating|saying|adding|with\s+the\s+(?:comment|remark|explanation|statement|word))\s+(?:that\s+)?{_IT}\s+(?:was|is)\s+(?:\w+\s+){{0,2}}?for\s+(?=\S)"
)
_PERSONAL = re.compile(r"[’']s?\s+(?:eyes?|attention|ears?|personal\s+\w+|information)\b")


def onward(passage: Passage, leg: Leg, frame: Frame, b: int) -> Leg | None:
    """The hop that is still to be made after `leg`, as the words behind it tell."""
    text = passage.text
    at = frame.end if frame.onward is None else frame.onward
    way = ONWARD.match(text, at, b)
    m = way or _MEANT.match(text, at, b)
    if m is None or (way is None and leg.to is None):
        return None
    got = passage.party(m.end(), b) or _owner(passage, m.end(), b)
    if got is None or (leg.to is not None and got[0].name == leg.to.name):
        return None
    by = way is not None and way["way"] == "by"
    hand = way is not None and way["what"] in ("delivery", "presentation")
    return Leg(
        index=0, from_=got[0] if by else leg.to, to=None if by else got[0],
        mode="hand delivery" if hand else "not stated", mode_text=" ".join(m.group().split(" ", 1)[-1].split()).strip(", "),
        channel=leg.channel, status="intended", certainty="inferred" if not by else "stated",
        note=None if by else "giver: who got it by the hop before",
        start=passage.offset + m.start(), end=passage.offset + got[1], rule="leg-onward",
    )  # fmt: skip


def _owner(passage: Passage, at: int, b: int) -> tuple[Party, int] | None:
    """ "for the President’s eyes only": whose eyes."""
    own = _PERSONAL.search(passage.text, at, min(b, at + 60))
    if own is None:
        return None
    got = passage.party(at, own.start())
    return got if got is not None and got[1] == own.start() else None
