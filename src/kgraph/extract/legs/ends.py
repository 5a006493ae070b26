"""Who gave and who got: the ends of a leg, those that its words leave out inferred.

An inferred end says so: the party is marked, or the leg's note tells why.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.passages import Passage
from kgraph.model import Party

_OTHER_POSTS = frozenset(  # consulates, missions and conferences
    str.split("""Geneva Berlin Jerusalem Istanbul Munich Frankfurt Hamburg Calcutta Bombay Madras Salonika Naples Milan Genoa Trieste Singapore Zagreb
    Shanghai Canton Aleppo Alexandria Dhahran Tabriz Isfahan Lahore Chittagong Dacca Leningrad Kiev Montreal Toronto Johannesburg Algiers Washington USUN""")
) | {"Hong Kong", "New York", "Cape Town", "West Berlin", "the Department"}  # fmt: skip
_BOTH_WAYS = frozenset(("commercial telegram", "special emissary"))
_FROM_POSTS = frozenset(("embassy cable", "despatch", "airgram"))
_DOCUMENTS_OWN = frozenset(
    (
        "hot line", "pouch", "air pouch", "courier", "mail", "telegram", "radio", "telephone",
        "teletype", "airgram", "cipher telegram", "circular telegram",
    )
)  # fmt: skip
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
    if not _by_post(passage, frame, found) and passage.where == "note":
        _by_document(passage, frame, found)
    return found


def _by_post(passage: Passage, frame: Frame, found: Ends) -> bool:
    """ "Transmitted in telegram 2562 from Moscow": the embassy there, and the Department."""
    if found.giver is not None or frame.mode not in _FROM_POSTS:
        return False
    if found.taker is None and frame.place is not None and frame.place.name:
        found.giver = _post_of(passage, frame)
        found.taker = _department("receives what its posts send")
        return True
    if (
        frame.mode == "embassy cable" and passage.where == "note"
        and found.taker is not None and found.taker.kind == "body"
    ):  # fmt: skip
        found.giver = _department("sends to its posts")
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
        found.giver, found.inferred = addressee, "giver not named: who got it passes it on"


def _post_of(passage: Passage, frame: Frame) -> Party:
    assert frame.place is not None
    post = frame.place.name or ""
    embassy = post not in _OTHER_POSTS and (passage.year is None or passage.year > 1945)
    return Party(
        name=f"Embassy {post}" if embassy else post, kind="body",
        start=frame.place.start, end=frame.place.end,
        certainty="inferred", rule="leg-post", note="the post there",
    )  # fmt: skip


def _department(note: str) -> Party:
    return Party(
        name="Department of State", kind="body", certainty="inferred", rule="leg-post", note=note
    )
