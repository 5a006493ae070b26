"""How a paper was made and sent, as its source note says: drafting, times, versions, enclosures."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from kgraph.extract import gazetteer, timewords
from kgraph.extract.legs import find_legs
from kgraph.extract.names import read_party
from kgraph.extract.notes.documents_cited import ENCLOSURE, find_citations
from kgraph.extract.notes.drafting import read_drafting
from kgraph.extract.notes.reading import NoteReading
from kgraph.model import Leg, Party, Relation, Remark

_RECEIVED = re.compile(
    rf"(?:\b(?:It|[Tt]he \w+|This \w+)\s+was\s+)?\b[Rr]eceived\s+(?:over\s+the\s+hot\s?line\s+)?(?:in|at|by)?\s*(?:the\s+(?:Department(?:\s+of\s+State)?|White House|Embassy|CIA|[A-Z]\w+)\s*)?(?:(?:in|at)\s+(?!\d)[A-Z]\w+\s*)?(?P<when>{timewords.WHEN})"
)
_SENT_AT = re.compile(
    rf"^(?:Sent|Transmitted|Dispatched|Relayed)\s+(?P<when>(?:at|on)\s+{timewords.WHEN}|{timewords.CLOCK}[^.;]*)"
)
_TRANSLATION = re.compile(
    r"\b(?P<what>(?:an?|the)\s+(?:(?:unofficial|informal|official|rough|Embassy|Soviet|\w+)\s+)*?translation)(?:\s+(?:prepared|made|done|provided))?(?P<by>\s+by\s+(?P<who>[^.;,]+?)(?=\s+of\s+[A-Z/]+\b|[.;,]|$))?(?:\s+from\s+(?:the\s+)?(?P<lang>[A-Z][a-z]+))?"
)
_TRANSLATOR_BODY = re.compile(
    r"an?\s+(?:unofficial\s+|informal\s+|official\s+)?(?P<body>Department of State|Embassy|Soviet|State Department|CIA|\w+ Embassy|LS|Language Services)\s+translation"
)
_TRANSLATED_BY = re.compile(r"\s*(?:It\s+was\s+)?[Tt]ranslated\s+by\s+")
_HOUSE = re.compile(
    r"(?:the\s+)?(?:(?:Department|Embassy)(?:[’']s|\s+of\s+State[’']?s?)\s+)?(?P<house>(?:Division|Office|Bureau|Department|Embassy|Language|Translating)(?:\s+(?:of\s+)?(?:Language\s+)?[A-Z]\w+)*)(?=\s*[.,;(]|\s+(?:on|in|from)\b|$)"
)
_TRANSLATED_FROM = re.compile(r"translat(?:ed|ion)\s+from\s+(?:the\s+)?(?P<lang>[A-Z][a-z]+)")
_LANGUAGE_TEXT = re.compile(
    r"\b(?P<lang>Russian|French|German|Spanish|Chinese|Japanese|Arabic|Italian|Portuguese|Polish|Korean|Vietnamese|Hebrew|Persian|Farsi)(?:-|\s)(?:language\s+)?(?:text|original|version|language)"
)
_SOURCE_TEXT_IS = re.compile(
    r"^(?:The|This)\s+source\s+text(?:,\s+[^,]+,)?\s+is\s+(?P<what>an?\s+(?P<kind>press release|draft|carbon(?: copy)?|summary|photocopy|translation|transcript|copy|uninitialed copy|handwritten[\w ]*|typed[\w ]*|telegram[^.]*|memorandum[^.]*|(?:Department of State|White House)\s+press release)?)"
)
_OF_ITSELF = re.compile(
    r"(?:The|This)\s+(?:source\s+text|letter|message|text|translation|note)\b|A (?:handwritten |typed )?note on the source text|It is"
)
_FORM_WORDS = {
    "press release": "press release",
    "draft": "draft",
    "carbon": "carbon copy",
    "translation": "translation",
    "summary": "summary",
}


def read_people(reading: NoteReading, a: int, b: int) -> None:
    """Drafters, clearers, approvers and signers that a sentence names."""
    found = read_drafting(reading.text, a, b, reading.offset, year=reading.year)
    facts = reading.facts
    if found.drafters or found.clearers or found.approvers or found.signers or found.others:
        facts.drafters.extend(p for p in found.drafters if p not in facts.drafters)
        facts.clearers.extend(found.clearers)
        facts.approvers.extend(found.approvers)
        facts.signed.extend(found.signers)
        for verb, party in found.others:
            facts.remarks.append(
                Remark(
                    property=verb,
                    value=party.name,
                    kind="processing",
                    start=party.start,
                    end=party.end,
                    rule="drafting-list",
                )
            )
    if found.drafted is not None and facts.drafted is None:
        facts.drafted = found.drafted
    for span in found.understood:
        reading.mark(*span)


_TO_DELEGATION = re.compile(r"\s+in\s+(?:Tedul|Tosec|Todel|Tohak)\b")
_THEN = re.compile(rf"\s+(?P<when>(?:at|on)\s+{timewords.WHEN})")
_AT_HOME = re.compile(r"Department of State|Secretary of State|Acting Secretary|^Department$")


def repeated_legs(
    reading: NoteReading, verb: str, parties: list[Party], span: tuple[int, int]
) -> None:
    """The hop to the posts that a telegram was repeated or sent to."""
    if not re.match(r"(?:[Rr]epeated|[Ss]ent|[Pp]assed|[Pp]ouched|[Rr]elayed)", verb):
        return
    passed_on = re.match(r"[Pp]assed|[Rr]elayed", verb) is not None
    sender, reader = reading.context.sender, reading.context.addressee
    if passed_on and reader is not None and _AT_HOME.search(reader.name):
        sender = reader  # what comes in is passed on by whoever got it
    official = reading.context.form in ("telegram", "cipher-telegram", None)
    posts = any(gazetteer.is_place(party.name) for party in parties)
    stands = _TO_DELEGATION.search(reading.text, span[0], span[1])
    if stands is not None:
        sender = Party(name="Department of State", kind="body", certainty="inferred", rule="leg-post", note="sends to whoever travels")  # fmt: skip
    when = _THEN.search(reading.text, *span)
    date = (
        timewords.read_date(
            reading.text, *when.span("when"), reading.offset, year=reading.year, near=reading.context.date
        )
        if when is not None
        else None
    )  # fmt: skip
    mode = "pouch" if "ouch" in verb else "embassy cable" if official and posts else "telegram"
    abroad = posts or any(re.search(r"\s(?:in|at)\s", party.name) for party in parties)
    if not abroad and (passed_on or (not official and re.match(r"[Ss]ent", verb))):
        mode = "distribution"  # what goes to desks and houses of one town goes by no wire
    reading.facts.legs.append(
        Leg(
            index=0, from_=sender, to=parties[0], also_to=tuple(parties[1:]), mode=mode, channel="official", date=date,
            mode_text=verb.lower(), start=reading.offset + span[0], end=reading.offset + span[1], rule="leg-repeated",
            certainty="inferred" if sender else "stated", note="the receiving posts as named" if parties else None,
        )
    )  # fmt: skip


def read_times(reading: NoteReading, a: int, b: int) -> None:
    """When the paper was received or sent."""
    received = reading.text.find("eceived", a, b) >= 0
    if received and (m := _RECEIVED.search(reading.text, a, b)):
        date = timewords.read_date(
            reading.text,
            *m.span("when"),
            reading.offset,
            year=reading.year,
            near=reading.context.date,
        )
        if reading.facts.received is None and (
            m.start() - a < 40 or reading.text[: m.start()].endswith("; ")
        ):
            reading.facts.received = date
            reading.mark(*m.span())
    if m := _SENT_AT.match(reading.text[a:b]):
        reading.facts.sent = timewords.read_date(
            reading.text,
            a + m.start("when"),
            a + m.end("when"),
            reading.offset,
            year=reading.year,
            near=reading.context.date,
        )
        reading.mark(a, a + m.end())


def read_versions(reading: NoteReading, a: int, b: int) -> None:
    """Translations and forms of the copy printed: "The source text is a ... translation"."""
    words = reading.text[a:b]
    facts = reading.facts
    own = _OF_ITSELF.match(words)
    by = _TRANSLATED_BY.match(reading.text, a, b)
    if by is not None:
        got = read_party(reading.text, by.end(), b, reading.offset)
        house = _HOUSE.match(reading.text, by.end(), b)
        if house is not None:
            start, stop = (reading.offset + x for x in house.span("house"))
            facts.translators.append(
                Party(name=house["house"], kind="body", start=start, end=stop, rule="translation")
            )
            reading.mark(a, house.end())
        elif got is not None:
            facts.translators.append(msgspec.structs.replace(got[0], rule="translation"))
            reading.mark(a, got[1])
    if own and (m := _TRANSLATOR_BODY.search(words)):
        span: dict[str, Any] = {
            "start": reading.offset + a + m.start("body"),
            "end": reading.offset + a + m.end("body"),
        }
        facts.translators.append(Party(name=m["body"], kind="body", rule="translation", **span))
    elif own and (m := _TRANSLATION.search(words)) and m["who"]:
        at = a + m.start("who")
        while at < a + m.end("who") and (got := read_party(reading.text, at, b, reading.offset)):
            facts.translators.append(msgspec.structs.replace(got[0], rule="translation"))
            sep = re.compile(r"\s*(?:,|and|,\s*and)\s+").match(reading.text, got[1], b)
            at = sep.end() if sep else b
    if own and re.search(r"\btranslation\b", words):
        facts.language = facts.language or "English"
        form_of_source_text(reading, "translation")
        if (
            re.match(
                r"(?:The|This)\s+source\s+text\s+is\s+(?:an?|the)[^.;]{0,60}translation", words
            )
            and len(words) < 160
        ):
            reading.mark(a, b)
    if (m := _TRANSLATED_FROM.search(words)) or (m := _LANGUAGE_TEXT.search(words)):
        facts.original_language = facts.original_language or m["lang"]
    if m := _SOURCE_TEXT_IS.match(words):
        for word, form in _FORM_WORDS.items():
            if m["kind"] and word in m["kind"]:
                form_of_source_text(reading, form)
                reading.mark(a, a + m.end())


def form_of_source_text(reading: NoteReading, form: str) -> None:
    """Say of the copy printed that it is a draft, a carbon, a translation."""
    for i, holding in enumerate(reading.facts.holdings):
        if holding.copy == "source text" and holding.form is None:
            reading.facts.holdings[i] = msgspec.structs.replace(holding, form=form)


def read_attached(reading: NoteReading, a: int, b: int) -> None:
    """ "Transmitted as an enclosure to despatch 747", "under cover of a memorandum"."""
    m = ENCLOSURE.search(reading.text, a, b)
    if m is None:
        return
    lead = reading.text[a : m.start()]
    if len(lead) > 60 or re.search(r"[;(]", lead):
        return
    cited = find_citations(reading.text, reading.offset, m.start("carrier"), m.end("carrier"))
    target = cited[0].target if cited else " ".join(m["carrier"].split())
    kind = "covered-by" if "cover" in m.group()[: m.start("carrier") - m.start()] else "enclosed-in"
    if (
        m["verb"].lower() in ("sent", "transmitted", "submitted", "circulated", "forwarded")
        and kind == "enclosed-in"
        and not re.search(r"nclosure|ttachment|nnex|[Tt]ab\b", m.group())
    ):
        return
    reading.facts.relations.append(
        Relation(type=kind if "ttach" not in m["verb"] else "attached-to", target=target, text=" ".join(m.group().split()),
                 start=reading.offset + m.start(), end=reading.offset + m.end(), rule="enclosed")
    )  # fmt: skip
    reading.mark(a, m.end())


def read_travel(reading: NoteReading, start: int, end: int) -> None:
    """The legs that the sentences of the note tell of, in order behind one another."""
    ctx = reading.context
    legs = find_legs(
        reading.text[start:end], reading.offset + start, sender=ctx.sender, addressee=ctx.addressee,
        date=ctx.date, where="note", year=reading.year,
    )  # fmt: skip
    for at, leg in enumerate(legs):
        listed = next((one for one in reading.facts.legs if _same_hop(one, leg)), None)
        if listed is not None:
            reading.facts.legs.remove(listed)
            legs[at] = _joined(leg, listed)
    reading.facts.legs.extend(legs)
    for leg in legs:
        if leg.start is not None and leg.end is not None:
            reading.mark(leg.start - reading.offset, leg.end - reading.offset)
    ordered = sorted(
        reading.facts.legs, key=lambda leg: (leg.rule == "leg-repeated", leg.start or 0)
    )
    reading.facts.legs = [msgspec.structs.replace(leg, index=i) for i, leg in enumerate(ordered, 1)]


def _same_hop(listed: Leg, leg: Leg) -> bool:
    """Whether a list of receivers ("Passed to A and B") and a sentence tell one hop."""
    if listed.rule != "leg-repeated" or listed.to is None or leg.to is None:
        return False
    if (listed.start or 0) >= (leg.end or 0) or (leg.start or 0) >= (listed.end or 0):
        return False
    names = (listed.to.name, leg.to.name)
    return names[0] in names[1] or names[1] in names[0]


def _joined(leg: Leg, listed: Leg) -> Leg:
    """A hop with all that its sentence and its list of receivers tell."""
    more = listed.also_to
    if more and listed.to and gazetteer.is_place(more[0].name) and not gazetteer.is_place(listed.to.name):  # fmt: skip
        more = more[1:]  # where the receiver is: "the Naval Attaché, London"
    vague = leg.mode == "not stated" and "channel" not in (leg.mode_text or "").lower()
    own = listed.from_ is not None and leg.to is not None and listed.from_.name == leg.to.name
    return msgspec.structs.replace(
        leg,
        from_=leg.from_ or (None if own else listed.from_),
        also_to=max(leg.also_to, more, key=len),
        mode=listed.mode if vague else leg.mode,
        channel=leg.channel or (listed.channel if vague else None),
        to=listed.to
        if leg.to and listed.to and listed.to.name.startswith(f"{leg.to.name} of")
        else leg.to,
        certainty=leg.certainty if leg.from_ else listed.certainty,
    )
