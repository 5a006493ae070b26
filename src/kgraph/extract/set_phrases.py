"""Set phrases about a paper's way: released to the press, original by pouch, under cover of."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import names, timewords
from kgraph.extract.means_of_carriage import means_at
from kgraph.extract.named_routes import route_of
from kgraph.extract.passages import Passage
from kgraph.model import Leg, Party

_TRANSLATION_OF = re.compile(
    r"(?:translation|text|copy)\s+of\s+(?:the|a)\s+(?P<tel>commercial\s+(?:telegram|cable)|telegram)\s+(?:sent\s+)?from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)"
)
_TRANSLATED_BY = re.compile(
    r"(?:The|This)\s+source\s+text\s+is\s+an?\s+(?:unofficial\s+|official\s+|informal\s+)?(?P<body>Department of State|Embassy|State Department|Soviet|CIA)\s+translation"
)
_RELEASED = re.compile(
    rf"\b(?:(?:has been|was|is|being)\s+)?(?:released|marked for release|issued)\b"
    rf"(?=\s+(?:to\s+(?:the\s+)?press|publicly|as\s+a\s+(?:White House\s+)?press|by\s+(?:the\s+)?(?:White House|Press|Department|Kremlin|TASS|Tass|Embassy|President)|(?:at\s+)?(?:about\s+)?{timewords.CLOCK}))"
    rf"(?:\s+(?:to\s+(?:the\s+)?press|publicly|as\s+a\s+(?:White House\s+)?press\s+release))*(?:\s+by\s+(?:the\s+)?(?P<by>[A-Z]\w+(?:\s[A-Z]\w+)?))?(?:\s+(?:to\s+(?:the\s+)?press))?(?:\s+(?P<when>{timewords.WHEN}))?"
)
_RELEASE_OF = re.compile(
    r"press release (?:from|by|of|issued by) (?:the )?(?P<name>(?:Office of the )?[A-Z]\w+(?:\s[A-Z]\w+){0,4})"
)
_ORIGINAL_BY = re.compile(
    r"\b[Oo]riginals?\b[^.;]{0,40}?\b(?:being\s+|will\s+be\s+|was\s+|is\s+being\s+|subsequently\s+)?(?:sent|forwarded|transmitted|follow(?:s|ing)?|pouched|carried)?\s*(?:by|via|in|being)?\s*(?P<means>air[- ]?pouch(?:ed)?|pouch(?:ed)?|courier|air ?mail|messenger|mail)\b"
    r"|\b(?P<x>(?:[Aa]ir[- ]?[Pp]ouch(?:ed|ing)|[Pp]ouching))\s+original"
)
_LETTER_OF_TRANSMITTAL = re.compile(
    rf"(?P<how>letter of transmittal|(?:(?<=attached to )|(?<=attached to a )|(?<=attached to an ))(?:an?\s+)?(?:brief\s+)?(?:covering\s+)?(?:note|memorandum|letter))\s+(?:of\s+{timewords.DATE}\s+)?from\s+(?P<a>{names.TITLED}{names.NAME})\s+to\s+(?P<b>(?:the\s+)?{names.TITLED}{names.NAME}|the\s+President)(?=[^.]*(?:stat|transmit|forward|attach|enclos|$))"
)
_ELSEWHERE = re.compile(
    r"(?:Regarding|Concerning|For\s+(?:\w+\s+)?(?:an?\s+)?(?:account|details?)\s+of)\s+(?:the\s+)?(?:delivery|transmission|presentation)\s+of\s+th(?:is|e)\s+\w+[^.;]*?,\s+(?P<see>see\b.*?)(?=\.(?:\s|$)|$)"
)
_UNDER_COVER = re.compile(
    rf"Under\s+cover\s+of\s+(?:an?|his|her)\s+[^,.;]{{0,40}}?\bto\s+(?P<b>(?:the\s+)?{names.TITLED}{names.NAME}|the\s+President),\s+(?P<a>{names.TITLED}{names.NAME})\s+(?:sent|forwarded|transmitted|submitted|passed)"
)
_SAID = re.compile(
    r"\b(?:made|delivered|conveyed|gave|presented)\s+(?:the|this|an)\s+oral\s+(?:statement|message|communication|note|reply)\s+to\s+(?=(?:the\s+)?[A-Z])"
)
_BEARER = re.compile(
    r"\b(?:send|sending|forwarding)\s+(?:to\s+)?(?:you\s+)?this\s+(?:letter|message|note)\s+(?:to\s+you\s+)?(?:by\s+the\s+(?:own\s+)?hands?\s+of|by|through|with)\s+(?=(?:the\s+)?[A-Z])"
)
TELEPHONED = re.compile(
    r"\btelephoned(?:\s+(?:me|us|to\s+me))?(?:\s+from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?))?[^.;]{0,40}?\b(?:asked|requested)\s+(?:me|us|that\s+I)\s+(?:to\s+)?(?:convey|pass|transmit|deliver|give)\b"
)
_MESSAGE_RECEIVED = re.compile(
    r"\b(?:message|letter|note|text)\s+was\s+received\s+by\s+(?P<by>(?:the\s+)?[A-Z])"
)


def set_phrases(passage: Passage, a: int, b: int) -> list[Leg]:
    """The legs that set phrases between `a` and `b` tell of."""
    text, found = passage.text, []
    note = passage.where == "note"
    if note and (m := _TRANSLATION_OF.search(text, a, b)):
        found.append(
            phrase_leg(
                passage,
                m,
                "commercial telegram" if "commercial" in m["tel"] else "telegram",
                place=m.span("place") if m["place"] else None,
                channel="commercial telegram" if "commercial" in m["tel"] else None,
            )
        )
    if note and (m := _TRANSLATED_BY.search(text, a, b)):
        by = Party(
            name=m["body"],
            kind="body",
            start=passage.offset + m.start("body"),
            end=passage.offset + m.end("body"),
        )
        found.append(
            Leg(
                index=0,
                by=by,
                mode="translation",
                series="processing",
                start=passage.offset + m.start(),
                end=passage.offset + m.end(),
                rule="leg-translation",
            )
        )
    if m := _RELEASED.search(text, a, b):
        by_party = passage.party(m.start("by"), b) if m["by"] else None
        if by_party is None and (issuer := _RELEASE_OF.search(text, a, m.start())):
            by_party = passage.make(issuer, "body"), issuer.end()
        leg = phrase_leg(
            passage, m, "press release", when=m.span("when") if m["when"] else None, channel="press"
        )
        found.append(
            msgspec.structs.replace(
                leg,
                from_=by_party[0] if by_party else leg.from_,
                to=Party(name="press", kind="group"),
            )
        )
    if m := _ORIGINAL_BY.search(text, a, b):
        mode = means_at(passage.text, m.start("means"), m.end("means"))
        leg = phrase_leg(passage, m, mode[0] if mode else "not stated")
        found.append(
            msgspec.structs.replace(
                leg,
                mode_text=m["means"],
                status="intended" if "will" in m.group() or "follow" in m.group() else "stated",
            )
        )
    if note and (m := _LETTER_OF_TRANSMITTAL.search(text, a, b)):
        giver, taker = passage.party(m.start("a"), b), passage.party(m.start("b"), b)
        leg = phrase_leg(passage, m, "enclosure")
        found.append(
            msgspec.structs.replace(
                leg,
                from_=giver[0] if giver else None,
                to=taker[0] if taker else None,
                mode_text=m["how"],
                note="with a covering paper",
            )
        )
    if note and (m := _UNDER_COVER.search(text, a, b)):
        giver, taker = passage.party(m.start("a"), b), passage.party(m.start("b"), b)
        leg = phrase_leg(passage, m, "enclosure")
        found.append(
            msgspec.structs.replace(
                leg,
                from_=giver[0] if giver else None,
                to=taker[0] if taker else None,
                mode_text="under cover",
            )
        )
    if note and (m := _ELSEWHERE.search(text, a, b)):
        leg = phrase_leg(passage, m, "not stated")
        found.append(
            msgspec.structs.replace(leg, status="elsewhere", note=" ".join(m["see"].split()))
        )
    if m := _SAID.search(text, a, b):
        taker = passage.party(m.end(), b)
        speaker = passage.party_before(a, m.start())
        if taker is not None and speaker is not None:
            when = timewords.WHEN_RE.search(text, taker[1], min(b, taker[1] + 40))
            leg = phrase_leg(passage, m, "oral", when=when.span() if when else None)
            found.append(msgspec.structs.replace(leg, from_=speaker, to=taker[0], mode_text="oral"))
    if not note and (m := _BEARER.search(text, a, b)):
        bearer = passage.party(m.end(), b)
        if bearer is not None and bearer[0].kind in ("person", "office"):
            leg = phrase_leg(passage, m, "hand delivery")
            found.append(msgspec.structs.replace(leg, by=bearer[0], mode_text="by the hand of"))
    if not note and (m := TELEPHONED.search(text, a, b)):
        speaker = passage.party_before(a, m.start())
        if speaker is not None:
            leg = phrase_leg(passage, m, "telephone", place=m.span("place") if m["place"] else None)
            found.append(
                msgspec.structs.replace(
                    leg, from_=speaker, to=passage.writer, mode_text="telephoned", date=passage.date
                )
            )
    if note and (m := _MESSAGE_RECEIVED.search(text, a, b)):
        taker = passage.party(m.start("by"), b)
        if taker:
            leg = phrase_leg(passage, m, "not stated")
            found.append(
                msgspec.structs.replace(
                    leg, to=taker[0], channel=route_of(passage, [], [taker[0]], leg.channel)
                )
            )
    return found


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
        date=timewords.read_date(passage.text, *when, passage.offset, year=passage.year, near=passage.date) if when else None,
        start=passage.offset + m.start(), end=passage.offset + m.end(), rule="leg-phrase",
    )  # fmt: skip
