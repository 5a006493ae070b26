"""The mode of a leg, where its means are not named: from the verb and those who take part."""

from __future__ import annotations

import re

from kgraph.extract import gazetteer, timewords
from kgraph.extract.legs.clauses import Clause
from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.passages import Passage

_BY_VERB = {
    "telephoned": "telephone", "cabled": "telegram", "wired": "telegram", "telegraphed": "telegram", "radioed": "radio", "pouched": "pouch",
    "couriered": "courier", "broadcast": "broadcast", "mailed": "mail", "airmailed": "mail", "teletyped": "teletype", "read": "oral", "published": "press",
    "released": "press release", "quoted": "telegram", "circulated": "distribution", "distributed": "distribution", "went": "distribution", "pouch": "pouch", "relay": "telegram", "repeat": "telegram", "repeated": "telegram", "air pouched": "air pouch", "airpouched": "air pouch",
}  # fmt: skip
_BY_HAND = re.compile(
    r"hand|deliver|given|gave|presented|pass|left|brought|carried|being carried|flown|slipped|turned over|took|taken|entrusted"
)
_FOREIGN_OFFICE = re.compile(r"Ministry|Department|Foreign Office")
_POST = re.compile(r"Embassy|Legation|Mission")
_FORCES = re.compile(r"(?:War|Navy|Army|Treasury)\s+Department|Map Room|Headquarters|Joint Chiefs")
"""Houses whose telegrams go by wires of their own."""
_RELATIVE = re.compile(rf"\b{timewords.RELATIVE}\b")
_OFFICIAL = re.compile(
    r"Embass|Legation|Consul|Mission|Department|Secretary|Ministry|Foreign Office|Delegation|Chargé|Minister|Ambassador"
)
_LEADING = re.compile(
    rf"(?:At\s+(?:about\s+)?{timewords.CLOCK}\s+)?(?:[Oo]n|(?:At|During|After)\s+(?!(?:about\s+)?\d)[^.;:]{{3,60}}?\bon)\s+(?P<d>{timewords.DATE})|At\s+(?P<t>{timewords.CLOCK}(?:,?\s+(?:on\s+)?{timewords.DATE})?)"
)


def settle_mode(passage: Passage, frame: Frame, clause: Clause, begin: int, end: int) -> None:
    """Give the frame its mode, and the date that leads its sentence.

    `begin` and `end` are those of the verb.
    """
    verb, left = frame.verb, clause.left
    behind = passage.text[end : frame.end]
    whole = passage.text[frame.start : frame.end]
    if clause.back or verb == "returned":
        frame.mode = "return"
    elif frame.mode == "telegram" and re.search(r"\d|Secto|Tosec|Dulte|Tedul|Embtel|Deptel", (frame.mode_text and behind) or ""):  # fmt: skip
        sides = [one.name for one in (*frame.giver, *frame.receiver)]
        forces = any(_FORCES.search(one) for one in sides)
        if not forces and (not sides or any(_OFFICIAL.search(one) or gazetteer.is_place(one) for one in sides)):  # fmt: skip
            frame.mode = "embassy cable"
    elif frame.mode is None:
        frame.mode = _by_verb(verb, whole, left)
    elif (
        frame.mode == "not stated"
        and _BY_HAND.match(verb)
        and frame.giver
        and frame.receiver
        and frame.receiver[0].kind in ("person", "office")
    ):
        frame.mode = "hand delivery"
    if frame.date is None and (told := _RELATIVE.search(clause.near)):
        base = begin - len(clause.near)
        frame.date = passage.date_at(base + told.start(), base + told.end())
    if _is_distribution(frame, clause):
        frame.mode = "distribution"
    if (
        frame.mode == "not stated"
        and frame.giver
        and frame.receiver
        and _FOREIGN_OFFICE.search(frame.giver[0].name)
        and _POST.search(frame.receiver[0].name)
    ):
        frame.mode = "embassy cable"
    if frame.date is None or not frame.passive:
        lead = _LEADING.match(left)
        if lead is not None:
            a, b = lead.span("d" if lead["d"] else "t")
            base = begin - len(left)
            frame.date = passage.date_at(base + a, base + b)
    if re.search(r"\borally\b", whole) and frame.mode in ("hand delivery", "not stated"):
        frame.mode = "oral"
    frame.mode_text = frame.mode_text or " ".join(verb.split())


def _by_verb(verb: str, whole: str, left: str) -> str:
    verb = verb.replace("-", " ")
    if verb in _BY_VERB:
        return _BY_VERB[verb]
    if _BY_HAND.match(verb):
        return "hand delivery"
    if verb in ("conveyed", "convey", "communicated") and re.search(r"\boral", whole + left):
        return "oral"
    if "special emissar" in whole:
        return "special emissary"
    if re.search(r"\b[Cc]op(?:y|ies)\b", left):
        return "not stated"
    wired = re.search(r"\b(?:telegram|cable)\s+(?:was|were)\s*$", left + whole[: whole.find(verb)])
    return "telegram" if wired and verb in ("sent", "transmitted") else "not stated"


def _is_distribution(frame: Frame, clause: Clause) -> bool:
    """Copies passed on to offices, as against a paper put into somebody's hands."""
    if not frame.receiver:
        return False
    taker = frame.receiver[0]
    if frame.mode == "hand delivery" and frame.verb == "passed":
        house = taker.kind == "body" or taker.name.isupper() or taker.name.startswith("Office of")
        return house and not frame.giver
    if frame.mode == "hand delivery" and frame.verb == "pass":
        return taker.kind == "body" or taker.name.isupper()
    return (
        frame.mode == "not stated"
        and frame.verb in ("sent", "given", "forwarded", "transmitted")
        and (
            re.search(r"\b[Cc]op(?:y|ies)\b[^.;]{0,60}$", clause.left) is not None
            or re.match(r"\s+(?:an?\s+|the\s+)?(?:cop(?:y|ies)|paraphrase)\b", clause.right)
            is not None
        )
    )
