"""Papers that went under cover of another: attached to, enclosed in, covered by a note from A to B."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import timewords
from kgraph.extract.legs.carriage_words import has_verb
from kgraph.extract.legs.means import means_at
from kgraph.extract.legs.passages import Passage
from kgraph.extract.legs.phrases import phrase_leg
from kgraph.extract.legs.posts import department, post_at
from kgraph.model import Leg

_ADJECTIVES = r"(?:(?:brief|undated|short|handwritten|typed|typewritten|personal|confidential|secret|\d+-paragraph|\d+-page)\s+)*"
_PAPER = r"(?:memorandum|note|letter|minute|slip|memo)"
_DATED = rf"(?P<d1>{timewords.DATE}),?\s+"
_LINKED = (
    r"(?:(?:[Aa]ttached|[Aa]ppended)\s+to|[Ee]nclosed\s+(?:in|with)|[Aa]n?\s+(?:enclosure|attachment)\s+to|(?:first|second|third|fourth|only)\s+(?:enclosure|attachment)\s+to"
    r"|[Ee]nclosure\s+(?:\d+|No\.\s\d+)\s+to|\b(?:as|at|is|was)\s+[Tt]ab\s+[A-Z\d]{1,2}\s+(?:to|of))"
)
_COVER = rf"(?:covering\s+|cover\s+|transmittal\s+|routing\s+|transmission\s+)?{_PAPER}(?:\s+of\s+transmittal)?"
_NAMED = rf"(?:\s+(?:of|dated)\s+(?P<d2>{timewords.DATE}))?(?:\s+(?:describing|concerning|on|about|regarding)\s+[^.;“”]{{3,80}}?)?,?\s+(?:from|by)\s+(?=(?:the\s+)?[A-Z])"
_HANGS_ON = re.compile(
    rf"(?<!not )(?P<how>{_LINKED}\s+(?:the\s+following\s+|an?\s+|the\s+)?{_ADJECTIVES}(?:{_DATED})?{_ADJECTIVES}{_COVER}){_NAMED}"
)
_COVERED_BY = re.compile(
    rf"(?:^|\s)(?:[Aa]n?\s+|[Tt]he\s+|[Aa]n\s+attached\s+)?{_ADJECTIVES}(?:{_DATED})?(?P<how>(?:covering|cover|transmittal)\s+{_PAPER}|{_PAPER}\s+of\s+transmittal){_NAMED}"
)
_WROTE_WITH_IT = re.compile(
    rf"\s*[Ii]n\s+(?:an?|the)\s+(?:attached\s+)?{_ADJECTIVES}(?:{_DATED})?(?P<how>(?:covering|cover|transmittal)\s+{_PAPER})(?:\s+(?:of|dated)\s+(?P<d2>{timewords.DATE}))?\s+to\s+(?=\S)"
)
_THEN_WROTE = re.compile(r"(?:\s*\([^()]{1,12}\))?,\s+(?=[A-Z])")
_WROTE = re.compile(
    r"(?:\s*\([^()]{1,12}\))?\s+(?:wrote|stated|noted|commented|explained|informed|said|remarked|indicated|recommended|told|added|described)\b"
)
_CARRIED_BY = re.compile(
    rf"\s*[Aa]n?\s+(?:{_DATED})?(?P<how>{_PAPER})(?:\s+(?:of|dated)\s+(?P<d2>{timewords.DATE}))?,?\s+from\s+(?=(?:the\s+)?[A-Z])"
)
_CARRYING = re.compile(
    r"[^.;]{0,60}?\b(?:transmitting|forwarding|enclosing|covering|that\s+(?:transmitted|forwarded|enclosed|covered)|which\s+(?:transmitted|forwarded|enclosed|covered))\s+(?:this|the\s+source\s+text|it)\b"
)
_UNDER = re.compile(
    rf"Under\s+(?:cover\s+of\s+)?(?P<how>(?:an?\s+|his\s+|her\s+)?(?:{_DATED})?(?:covering\s+)?{_PAPER}(?:\s+of\s+(?P<d2>{timewords.DATE}))?)(?:\s+to\s+(?P<b>(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){{0,3}}?))?,\s+(?=[A-Z])"
)
_SENT = re.compile(
    r"\s+(?:also\s+)?(?:sent|forwarded|transmitted|submitted|passed|gave)\b(?:\s+to)?"
)
_WITH_IT = re.compile(
    r"\b(?:[Ii]ncluded|[Aa]ttached\s+to\s+(?:it|the\s+\w+(?:\s+\w+)?))\s+(?:was|is|were)\s*$|\b(?:enclosed|attached)\b[^.;]{0,40}\b(?:under|with)\s*$"
)
_ENCLOSED_ON = re.compile(rf"\b(?:enclosed|attached)\s+on\s+(?P<d4>{timewords.DATE})")
_IN_CARRIER = re.compile(
    rf"(?:was|were|is|are)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:enclosure|attachment)s?(?:\s\d+)?\s+to\s+(?P<how>(?:airgram|despatch|dispatch)\s+(?:Nos?\.\s*)?[A-Z]?[–-]?\d+)\s+from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)(?:,\s+(?P<d2>{timewords.DATE}))?"
)
_ASIDE = re.compile(r",\s+(?!and\b|to\b)[^,;.“”()]{3,70}(?=,|\s+to\s)")
_TO = re.compile(r",?\s+to\s+(?=\S)")
_SENT_TO = re.compile(
    r"\b(?:[Ss]ent|[Ff]orwarded|[Tt]ransmitted|[Ss]ubmitted|[Pp]assed)\s+to\s+(?=\S)"
)
_AS = re.compile(r"(?:\s+as|,)?\s*")
_WHEN_LAST = re.compile(
    rf"(?:\s+(?:in|at)\s+[A-Z]\w+(?:\s[A-Z]\w+)?)?(?:,\s+[^,;.“”()]{{3,60}}?(?=,))?,?\s+(?:on\s+|of\s+|dated\s+)?(?P<d3>{timewords.DATE})"
)


def covered(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Attached to a May 3 memorandum from A to B", "a covering note from A to B reads"."""
    text = passage.text
    m = _HANGS_ON.search(text, a, b)
    if m is None and (m := _COVERED_BY.search(text, a, b)) is not None:
        lead = text[a : m.start()]
        early = m.start() - a < 50 and not has_verb(lead)
        m = m if early or _WITH_IT.search(lead) else None
    if m is None and (m := _CARRIED_BY.match(text, a, b)) is not None:
        m = m if _CARRYING.search(text, m.end(), b) else None
    if m is None:
        return _by_carrier(passage, a, b) or _wrote_with_it(passage, a, b)
    giver = passage.party(m.end(), b)
    if giver is None:
        return None
    at = giver[1]
    while (aside := _ASIDE.match(text, at, b)) is not None and _TO.match(text, aside.end(), b):
        at = aside.end() + (text[aside.end()] == ",")
    to = _TO.match(text, at, b)
    taker = passage.party(to.end(), b) if to is not None else None
    end = taker[1] if taker is not None else giver[1]
    begin = m.start()
    sent = _SENT_TO.search(text, a, m.start()) if taker is None else None
    whom = passage.party(sent.end(), m.start()) if sent is not None else None
    if sent is not None and whom is not None and _AS.fullmatch(text, whom[1], m.start()):
        taker, begin = whom, sent.start()  # "sent to Doe as an enclosure to a note from Roe"
    when = next((m.span(d) for d in ("d1", "d2") if d in m.groupdict() and m[d]), None)
    if when is None and (late := _WHEN_LAST.match(text, end, b)) is not None:
        when, end = late.span("d3"), late.end()
    if when is None and (dated := _ENCLOSED_ON.search(text, a, m.start())) is not None:
        when = dated.span("d4")
    leg = phrase_leg(passage, m, "enclosure", when=when)
    return msgspec.structs.replace(
        leg, from_=giver[0], to=taker[0] if taker is not None else None, mode_text=" ".join(m["how"].split()),
        note="with a covering paper", start=passage.offset + begin, end=passage.offset + end,
    )  # fmt: skip


def _wrote_with_it(passage: Passage, a: int, b: int) -> Leg | None:
    """ "In a covering note to Doe, May 3, Roe commented"."""
    text = passage.text
    m = _WROTE_WITH_IT.match(text, a, b)
    taker = passage.party(m.end(), b) if m is not None else None
    if m is None or taker is None:
        return None
    day = re.compile(rf",\s+(?P<d3>{timewords.DATE})").match(text, taker[1], b)
    then = _THEN_WROTE.match(text, day.end() if day is not None else taker[1], b)
    giver = passage.party(then.end(), b) if then is not None else None
    if giver is None or _WROTE.match(text, giver[1], b) is None:
        return None
    when = next((m.span(d) for d in ("d1", "d2") if m[d]), day.span("d3") if day else None)
    return msgspec.structs.replace(
        phrase_leg(passage, m, "enclosure", when=when), from_=giver[0], to=taker[0],
        mode_text=" ".join(m["how"].split()), note="with a covering paper", end=passage.offset + giver[1],
    )  # fmt: skip


def _by_carrier(passage: Passage, a: int, b: int) -> Leg | None:
    """ "These statements were an enclosure to airgram A–446 from Moscow"."""
    m = _IN_CARRIER.search(passage.text, a, b)
    if m is None:
        return None
    mode = means_at(passage.text, *m.span("how"))
    leg = phrase_leg(
        passage, m, mode[0] if mode else "enclosure", place=m.span("place"),
        when=m.span("d2") if m["d2"] else None,
    )  # fmt: skip
    place = leg.place
    giver = post_at(place, passage.year) if place is not None else None
    return msgspec.structs.replace(
        leg, from_=giver, to=department("receives what its posts send"),
        mode_text=f"enclosure to {' '.join(m['how'].split())}",
    )  # fmt: skip


def under_cover(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Under cover of his note to Doe, Roe forwarded", "Under cover of a May 3 memorandum,
    Roe sent Doe this paper"."""
    text = passage.text
    m = _UNDER.match(text, a, b)
    giver = passage.party(m.end(), b) if m is not None else None
    sent = _SENT.match(text, giver[1], b) if giver is not None else None
    if m is None or giver is None or sent is None:
        return None
    taker = passage.party(m.start("b"), m.end("b")) if m["b"] else None
    end = sent.end()
    if taker is None and (got := passage.party(re.compile(r"\s*").match(text, end, b).end(), b)):  # type: ignore[union-attr]
        taker, end = got, got[1]
    if taker is None:
        return None
    when = next((m.span(d) for d in ("d1", "d2") if m[d]), None)
    if when is None:
        when = _dated_before(passage, m, giver[0].name, taker[0].name)
    return msgspec.structs.replace(
        phrase_leg(passage, m, "enclosure", when=when), from_=giver[0], to=taker[0],
        mode_text="under cover", end=passage.offset + end,
    )  # fmt: skip


def _dated_before(
    passage: Passage, m: re.Match[str], giver: str, taker: str
) -> tuple[int, int] | None:
    """The date of "his note to Doe", which was told before: "a May 3 note from Roe to Doe"."""
    noun = re.search(r"note|memorandum|letter", m.group())
    if noun is None or not re.search(
        r"\b(?:his|her|the)\s+(?:\w+\s+)?$", m.group()[: noun.start()]
    ):
        return None
    sides = rf"from\s+(?:the\s+)?(?:[\w.]+\s+)*?{re.escape(giver)}\s+to\s+(?:the\s+)?(?:[\w.]+\s+)*?{re.escape(taker)}\b"
    told = re.compile(
        rf"(?P<d1>{timewords.DATE})\s+(?:\w+\s+)?{noun.group()}\s+{sides}"
        rf"|\b{noun.group()}\s+(?:of|dated)\s+(?P<d2>{timewords.DATE}),?\s+{sides}"
        rf"|\b{noun.group()}\s+{sides},?\s+(?:of\s+|dated\s+)?(?P<d3>{timewords.DATE})"
    )
    found = list(told.finditer(passage.text, 0, m.start()))
    return found[-1].span(found[-1].lastgroup or 0) if found else None
