"""The mode of a leg, where its means are not named: from the verb and those who take part."""

from __future__ import annotations

import re

from kgraph.extract import timewords
from kgraph.extract.leg_frames import Frame
from kgraph.extract.passages import Passage


def settle_mode(passage: Passage, frame: Frame, m: re.Match[str], left: str) -> None:
    """Give the frame its mode, and the date that leads its sentence."""
    verb = frame.verb
    whole = passage.text[frame.start : frame.end]
    if m["back"] or verb == "returned":
        frame.mode = "return"
    elif (
        frame.mode == "telegram"
        and frame.mode_text
        and re.search(
            r"\d|Secto|Tosec|Dulte|Tedul|Embtel|Deptel", passage.text[m.end() : frame.end]
        )
    ):
        frame.mode = "embassy cable"
    elif frame.mode is None:
        verbs = {
            "telephoned": "telephone", "cabled": "telegram", "wired": "telegram", "telegraphed": "telegram", "radioed": "radio", "pouched": "pouch",
            "couriered": "courier", "broadcast": "broadcast", "mailed": "mail", "airmailed": "mail", "teletyped": "teletype", "read": "oral", "published": "press",
        }  # fmt: skip
        if verb in verbs:
            frame.mode = verbs[verb]
        elif verb.replace("-", "").replace(" ", "").startswith("airpouch"):
            frame.mode = "air pouch"
        elif verb.startswith("hand") or verb in (
            "delivered",
            "deliver",
            "given",
            "gave",
            "presented",
            "passed",
            "pass",
            "left",
            "brought",
            "carried",
            "being carried",
            "flown",
        ):
            frame.mode = "hand delivery"
        elif verb in ("conveyed", "convey", "communicated") and re.search(r"\boral", whole + left):
            frame.mode = "oral"
        elif verb == "released":
            frame.mode = "press release"
        elif re.search(r"special emissar", whole):
            frame.mode = "special emissary"
        else:
            frame.mode = "not stated"
    if (
        frame.mode == "not stated"
        and frame.giver
        and frame.receiver
        and re.search(r"Ministry|Department|Foreign Office", frame.giver[0].name)
        and re.search(r"Embassy|Legation|Mission", frame.receiver[0].name)
    ):
        frame.mode = "embassy cable"
    if (frame.date is None or not frame.passive) and (
        lead := re.match(
            rf"(?:At\s+(?:about\s+)?{timewords.CLOCK}\s+)?[Oo]n\s+(?P<d>{timewords.DATE})|At\s+(?P<t>{timewords.CLOCK}(?:,?\s+(?:on\s+)?{timewords.DATE})?)",
            left,
        )
    ):
        group = "d" if lead["d"] else "t"
        base = m.start() - len(left)
        frame.date = timewords.read_date(
            passage.text,
            base + lead.start(group),
            base + lead.end(group),
            passage.offset,
            year=passage.year,
            near=passage.date,
        )
    if (
        verb == "passed"
        and frame.mode == "hand delivery"
        and frame.receiver
        and frame.receiver[0].kind == "body"
        and not frame.giver
    ):
        frame.mode = "distribution"
    if (
        frame.mode == "not stated"
        and frame.receiver
        and re.search(r"\b[Cc]op(?:y|ies)\b[^.;]{0,60}$", left)
        and verb in ("sent", "given", "forwarded", "transmitted")
    ):
        frame.mode = "distribution"
    if (
        verb == "pass"
        and frame.mode == "hand delivery"
        and frame.receiver
        and (frame.receiver[0].kind == "body" or frame.receiver[0].name.isupper())
    ):
        frame.mode = "distribution"
    if re.search(r"\borally\b", whole) and frame.mode in ("hand delivery", "not stated"):
        frame.mode = "oral"
    frame.mode_text = frame.mode_text or " ".join(m["verb"].lower().split())
