"""The leg that a set phrase tells of, from sender to addressee where it names nobody."""

from __future__ import annotations

import re

from kgraph.extract.legs.passages import Passage
from kgraph.model import Leg


def phrase_leg(
    passage: Passage,
    m: re.Match[str],
    mode: str,
    *,
    place: tuple[int, int] | None = None,
    when: tuple[int, int] | None = None,
    channel: str | None = None,
) -> Leg:
    """A leg from sender to addressee that rests on the words matched."""
    return Leg(
        index=0, from_=passage.sender, to=passage.addressee, mode=mode, channel=channel,
        place=passage.place_at(*place) if place else None,
        date=passage.date_at(*when) if when else None,
        start=passage.offset + m.start(), end=passage.offset + m.end(), rule="leg-phrase",
    )  # fmt: skip
