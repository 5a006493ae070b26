"""Who gave and who got: the ends of a leg, those that its words leave out inferred.

An inferred end says so: the party is marked, or the leg's note tells why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.passages import Passage
from kgraph.extract.legs.posts import department, post_at
from kgraph.model import Party

_BOTH_WAYS = frozenset(("commercial telegram", "special emissary"))
_FROM_POSTS = frozenset(("embassy cable", "despatch", "airgram"))
_DOCUMENTS_OWN = frozenset(
    (
        "hot line", "pouch", "air pouch", "courier", "mail", "telegram", "radio", "telephone",
        "teletype", "airgram", "cipher telegram", "circular telegram",
    )
)  # fmt: skip
_FROM_DELEGATION = re.compile(
    r"(?:[\w\s]*\s)?(?:Dulte|Secto|Delto|Hakto|Actel|Cahto|Martel|Telac)s?\b"
)
_TO_DELEGATION = re.compile(r"(?:[\w\s]*\s)?(?:Tedul|Tosec|Todel|Tohak|Actosec|Tocah)s?\b")
"""Series of telegrams from whoever travels to the Department of State, and from it to him."""
_HOME = re.compile(
    r"(?:the\s+)?(?:(?:State\s+)?Department(?:\s+of\s+State)?|Secretary of State|Washington)"
)
_OFFICIAL = re.compile(
    r"Embassy|Legation|Consul|Mission|Department of State|Secretary of State|Delegation"
)
_NO_GIVER = "giver not named: sender of the document"


@dataclass(slots=True)
class Ends:
    """Giver and taker of a leg, and how an end was inferred."""

    giver: Party | None
    taker: Party | None
    inferred: str | None = None


def ends_of(passage: Passage, frame: Frame) -> Ends:
    """The ends that the words name; else who got the paper by the hop before, the document's
    parties, or the post that a telegram comes from."""
    if frame.mode == "special emissary":
        frame.giver = []
    found = Ends(next(iter(frame.giver), None), next(iter(frame.receiver), None))
    if found.giver is None and frame.handed_on is not None:
        found.giver, found.inferred = (
            frame.handed_on, "giver not named: who got it by the hop before",
        )  # fmt: skip
    sender, addressee = passage.sender, passage.addressee
    if found.giver is None and frame.carrier and sender is not None and frame.mode != "return":
        found.giver, found.inferred = sender, _NO_GIVER
    if frame.mode in _BOTH_WAYS:
        found.giver, found.taker = found.giver or sender, found.taker or addressee
    if (
        not (_by_series(passage, frame, found) or _by_post(passage, frame, found))
        and passage.where == "note"
    ):
        _by_document(passage, frame, found)
    return found


def _by_series(passage: Passage, frame: Frame, found: Ends) -> bool:
    """ "Transmitted to Washington in Secto 4": who travels sends it, or the Department sends to him."""
    series = frame.mode_text or ""
    if found.giver is not None and found.inferred is None:
        return False
    if _TO_DELEGATION.match(series):
        found.giver, found.inferred = department("sends to whoever travels"), None
    elif _FROM_DELEGATION.match(series) and passage.sender is not None and passage.where == "note":
        found.giver, found.inferred = passage.sender, _NO_GIVER
        found.taker = found.taker or department("receives what whoever travels sends")
    else:
        return False
    return True


def _by_post(passage: Passage, frame: Frame, found: Ends) -> bool:
    """ "Transmitted in telegram 2562 from Moscow": the embassy there, and the Department."""
    if found.giver is not None or frame.mode not in _FROM_POSTS:
        return False
    home = found.taker is None or _HOME.fullmatch(found.taker.name) is not None
    if home and frame.place is not None and frame.place.name:
        found.giver = post_at(frame.place, passage.year)
        found.taker = found.taker or department("receives what its posts send")
        return True
    if (
        frame.mode == "embassy cable" and passage.where == "note"
        and found.taker is not None and found.taker.kind == "body" and not home
    ):  # fmt: skip
        found.giver = department("sends to its posts")
        return True
    return False


def _by_document(passage: Passage, frame: Frame, found: Ends) -> None:
    """A way that a source note tells without naming the ends is the document's own."""
    sender, addressee = passage.sender, passage.addressee
    if frame.mode in _DOCUMENTS_OWN or "channel" in (frame.mode_text or "").lower():
        if found.giver is None and sender is not None:
            found.giver, found.inferred = sender, _NO_GIVER
        if found.taker is None and addressee is not None:
            found.taker = addressee
            found.inferred = "receiver not named: addressee of the document"
    elif (
        (frame.mode, frame.verb) == ("distribution", "passed")
        and found.giver is None and addressee is not None
    ):  # fmt: skip
        outgoing = sender is not None and _HOME.search(sender.name) is not None
        found.giver = sender if outgoing else addressee
        found.inferred = _NO_GIVER if outgoing else "giver not named: who got it passes it on"
    elif frame.mode == "embassy cable" and found.giver is None and sender is not None:
        official = addressee is not None and all(
            _OFFICIAL.search(p.name) for p in (sender, addressee)
        )
        if official or (found.taker is not None and _HOME.fullmatch(found.taker.name)):
            found.giver, found.inferred = sender, _NO_GIVER
            found.taker = found.taker or addressee
