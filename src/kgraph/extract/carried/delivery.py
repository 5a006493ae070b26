"""How a letter travelled, as the telegram or letter that carries it tells.

"Following letter from A to B handed me by C today" tells two hops of the inner letter: C
gave it to the writer, and the writer's telegram took its text on. A document that carries
nothing may say in its opening how it was itself delivered.
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract.carried.facts import Carried
from kgraph.extract.legs import find_legs
from kgraph.model import Leg, Party, Record

_LENGTH = 1000  # characters of covering words that are read, before and after
_TRAVELS = frozenset(("telegram", "cipher-telegram", "message", "letter", "note"))
_POST = re.compile(r"\b(?:Embassy|Legation|Consulate|Mission|Interests Section|Ambassador)\b")
_STATE = re.compile(r"\b(?:Department of State|Secretary of State|Acting Secretary)\b")


def of_carried(
    text: str, letter: Carried, paragraphs: list[tuple[int, int]], outer: Record
) -> list[Leg]:
    """The legs of a carried letter; spans count in the text of the outer document."""
    before, after = _around(letter, paragraphs)
    sender = next(iter(letter.senders), None)
    addressee = next(iter(letter.addressees), None)
    writer = next(iter(outer.senders), None)
    speaker = who_says_me(outer)
    legs: list[Leg] = []
    for a, b in (before, after):
        if a < b:
            legs += find_legs(
                text[a:b], a, sender=sender, addressee=addressee, date=outer.date, writer=speaker,
                where="body",
            )  # fmt: skip
    legs += _of_itself(text, letter)
    legs = [_filled(leg, outer, letter.senders, letter.addressees) for leg in legs]
    cable = of_telegram(outer)
    if cable is not None and writer is not None:
        passed_on = msgspec.structs.replace(
            cable, rule="quoted-in-telegram", note="the text, quoted in the telegram"
        )
        legs = sorted((*legs, passed_on), key=lambda leg: (_order(leg), leg.start or 0))
    return [msgspec.structs.replace(leg, index=i) for i, leg in enumerate(legs, 1)]


_WIRES = frozenset(
    ("telegram", "embassy cable", "cipher telegram", "circular telegram", "commercial telegram", "airgram",
     "hot line", "radio", "teletype", "telephone", "special emissary")
)  # fmt: skip


_BY_WAY = re.compile(
    r"\b(?:[Bb]ack-?[Cc]hannel|(?P<line>[Hh]ot-?\s?[Ll]ine))(?=\s+(?:[Mm]essage|[Tt]elegram|[Cc]able))"
    r"|\b(?:[Vv]ia|[Tt]hrough)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s+(?:of\s+)?){1,6}?[Cc]hannels?\b"
)
_PAST_STATE = re.compile(r"(?i)back|intelligence|\bCIA\b|white house|private|special")
"""What makes it one past the Department of State; the Navy's wires were ordinary ones."""


def of_telegram(outer: Record) -> Leg | None:
    """The hop that the heading of a telegram states, or of a message that names its channel
    ("Backchannel Message", "via Navy Channels"): from its sender to its addressee.

    None where the heading says no such thing, a side is missing, or the source note has
    said how it went.
    """
    by_way = _BY_WAY.search(outer.title or "") if outer.form in _TRAVELS else None
    if (
        (outer.form not in ("telegram", "cipher-telegram") and by_way is None)
        or not outer.senders
        or not outer.addressees
    ):
        return None
    sender, addressee = outer.senders[0], outer.addressees[0]
    if any(_tells_of(leg, addressee) for leg in outer.legs):
        return None
    mode = "cipher telegram" if outer.form == "cipher-telegram" else "telegram"
    channel: str | None = None
    if by_way is not None:
        if by_way["line"]:
            mode = "hot line"
        elif _PAST_STATE.search(by_way[0]):
            channel = "back channel"
    sides = [f"{one.name} {one.role or ''} {one.office or ''}" for one in (sender, addressee)]
    if (
        mode == "telegram"
        and channel is None
        and any(_POST.search(sides[i]) and _STATE.search(sides[1 - i]) for i in (0, 1))
    ):
        mode = "embassy cable"
    if (outer.kind or outer.title or "").lower().startswith("airgram") and channel is None:
        mode = "airgram"
    date = outer.date
    return Leg(
        index=0, from_=_bare(sender), to=_bare(addressee),
        also_from=tuple(_bare(p) for p in outer.senders[1:]), also_to=tuple(_bare(p) for p in outer.addressees[1:]),
        mode=mode, mode_text=by_way[0].strip() if by_way else "telegram", channel=channel, place=msgspec.structs.replace(outer.place, start=None, end=None) if outer.place else None,
        date=msgspec.structs.replace(date, start=None, end=None) if date else None, rule="heading",
    )  # fmt: skip


def _tells_of(leg: Leg, addressee: Party) -> bool:
    """Whether a leg of the source note is the telegram's own hop to its addressee."""
    if leg.mode not in _WIRES or leg.rule in ("leg-repeated", "heading"):
        return False
    if leg.to is None or leg.to == addressee:
        return True
    names = (leg.to.name.removeprefix("the "), addressee.name.removeprefix("the "))
    return names[0] in names[1] or names[1] in names[0]


_THIS = re.compile(  # by the first letter: the search is fastest so
    r"[TtFf](?<!\w.)(?:(?<=t)elephoned\b[^.;]{0,80}\basked me\b|(?<=[Tt])here follows\b|(?:(?<=[Ff])ollowing|(?<=F)OLLOWING)\s+(?:is\s+|are\s+)?(?:[\w.’',-]+\s+){0,8}?(?:letters?|messages?|notes?|texts?|communications?|repl(?:y|ies)|memorand(?:um|a)|aide|statement))"
)
_OWN = re.compile(r"[Tt](?<!\w.)(?:his|he present) (?:letter|message|note|communication)\b")
_FOREIGN = re.compile(
    r"\b(?:based on|refers? to|comment(?:s|ing)? on|summary|regarding|concerning)\b"
)


def of_opening(text: str, paragraphs: list[tuple[int, int]], outer: Record) -> list[Leg]:
    """The legs that the opening of a document without a carried letter tells of.

    Only what is said of "the following message" in a telegram, or of "this letter" with
    someone who gives, carries or gets it: openings speak of many other papers.
    """
    if outer.form not in _TRAVELS or not paragraphs:
        return []
    a = paragraphs[0][0]
    b = a
    for start, end in paragraphs[:2]:
        if start - a < _LENGTH // 2:
            b = min(end, a + _LENGTH)
    sender = next(iter(outer.senders), None)
    addressee = next(iter(outer.addressees), None)
    wired = outer.form in ("telegram", "cipher-telegram")
    if not (_THIS if wired else _OWN).search(text, a, b):
        return []
    legs = find_legs(
        text[a:b], a, sender=sender, addressee=addressee, date=outer.date, writer=who_says_me(outer), where="body",
    )  # fmt: skip
    kept = []
    for leg in legs:
        if leg.start is None or leg.end is None:
            continue
        begin = max(text.rfind(". ", a, leg.start) + 2, a)
        words = text[begin : leg.end + 90]
        if _FOREIGN.search(words) or not (_THIS if wired else _OWN).search(words):
            continue
        ways = (
            leg.by,
            leg.to if leg.to != addressee else None,
            leg.from_ if leg.from_ != sender else None,
        )
        if wired or any(ways):
            kept.append(_filled(leg, outer, (), ()))
    return kept


def who_says_me(outer: Record) -> Party | None:
    """The person who signed for an office or a body, or the sender himself."""
    sender = next(iter(outer.senders), None)
    signers = [one for one in outer.signed if one.kind == "person"]
    if sender is None or sender.kind not in ("body", "office") or len(signers) != 1:
        return sender
    return msgspec.structs.replace(signers[0], start=None, end=None, rule="leg-signer")


def _of_itself(text: str, letter: Carried) -> list[Leg]:
    """What a letter says in its first sentences of its own bearer."""
    stop = min(letter.end, letter.start + _LENGTH // 2)
    if not _OWN.search(text, letter.start, stop):
        return []
    sender = next(iter(letter.senders), None)
    legs = find_legs(
        text[letter.start : stop], letter.start, sender=sender, addressee=next(iter(letter.addressees), None),
        date=letter.date, writer=sender, where="body",
    )  # fmt: skip
    return [leg for leg in legs if leg.by is not None]


def _around(
    letter: Carried, paragraphs: list[tuple[int, int]]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The covering words before a letter and, where they are few, those behind it."""
    earlier = [(a, b) for a, b in paragraphs if a < letter.start]
    start = letter.start
    for a, b in reversed(earlier[-4:]):
        if letter.start - a > _LENGTH and start < letter.start:
            break
        start = max(a, letter.start - _LENGTH)
        if b - a > _LENGTH:
            break
    later = [(a, b) for a, b in paragraphs if b > letter.end and a >= letter.end]
    short = 0 < len(later) < 4 and later[-1][1] - letter.end < _LENGTH
    tail = (later[0][0], later[-1][1]) if short else (letter.end, letter.end)
    return (start, letter.start), tail


def _filled(leg: Leg, outer: Record, authors: tuple[Party, ...], readers: tuple[Party, ...]) -> Leg:
    """An order to deliver, with whom it is given to and whom the letter is for."""
    giver, taker = leg.from_, leg.to
    if (
        giver is not None
        and leg.status == "intended"
        and any(giver.name == p.name for p in authors)
    ):
        giver = None  # its author, who hands it to nobody
    if giver is None and leg.by is None and leg.status == "stated" and outer.senders:
        handed_out = taker is not None and _POST.search(taker.name) and taker.rule == "leg-party"
        if handed_out and leg.mode == "hand delivery" and _STATE.search(outer.senders[0].name):
            giver = msgspec.structs.replace(
                _bare(outer.senders[0]), certainty="inferred", rule="leg-writer",
                note="giver not named: who writes of it",
            )  # fmt: skip
            return msgspec.structs.replace(leg, from_=giver)
    if leg.status != "intended" or leg.by is not None or not outer.addressees:
        return leg
    if giver is None and outer.form in ("telegram", "cipher-telegram", "airgram"):
        giver = msgspec.structs.replace(
            _bare(outer.addressees[0]), certainty="inferred", rule="leg-order",
            note="the carrying document asks its addressee to deliver",
        )  # fmt: skip
    if taker is None and readers:
        taker = msgspec.structs.replace(
            readers[0], certainty="inferred", note="addressee of the message"
        )
    return msgspec.structs.replace(leg, from_=giver, to=taker)


def _order(leg: Leg) -> int:
    """What was done before the telegram comes first, what is still to be done last."""
    if leg.rule == "quoted-in-telegram":
        return 1
    return 2 if leg.status == "intended" or leg.mode in ("pouch", "air pouch", "mail") else 0


def _bare(one: Party) -> Party:
    return msgspec.structs.replace(one, start=None, end=None)
