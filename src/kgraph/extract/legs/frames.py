"""One verb of carrying with what it gathers."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgraph.model import Date, LegStatus, Party, Place


@dataclass(slots=True)
class Frame:
    """What one verb gathers."""

    start: int
    end: int
    verb: str
    passive: bool
    verb_end: int = 0
    giver: list[Party] = field(default_factory=list)
    carrier: list[Party] = field(default_factory=list)
    receiver: list[Party] = field(default_factory=list)
    mode: str | None = None
    mode_text: str | None = None
    place: Place | None = None
    place_to: Place | None = None
    date: Date | None = None
    status: LegStatus = "stated"
    enclosure: bool = False
    unsure: bool = False  # "probably", "presumably"
    onward: int | None = None  # where words about a hop still to be made begin
    handed_on: Party | None = None  # who got it by the hop before, of the same sentence
