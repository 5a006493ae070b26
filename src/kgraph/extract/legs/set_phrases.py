"""Set phrases about a paper's way: released to the press, original by pouch, under cover of."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from kgraph.extract import offices, timewords
from kgraph.extract.legs import received as received_phrases
from kgraph.extract.legs.carriage_words import NOUN
from kgraph.extract.legs.covering import covered, under_cover
from kgraph.extract.legs.means import means_at
from kgraph.extract.legs.passages import Passage
from kgraph.extract.legs.phrases import phrase_leg
from kgraph.model import Leg, Party

_TRANSLATION_OF = re.compile(
    r"(?:translation|text|copy)\s+of\s+(?:the|a)\s+(?P<tel>commercial\s+(?:telegram|cable)|telegram)\s+(?:sent\s+)?from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)"
)
_TRANSLATED_BY = re.compile(
    r"(?:The|This)\s+source\s+text\s+is\s+an?\s+(?:unofficial\s+|official\s+|informal\s+)?(?P<body>Department of State|Embassy|State Department|Soviet|CIA)\s+translation"
)
_RELEASED = re.compile(
    rf"\b(?:(?:has been|was|is|being)\s+)?(?:(?:[Rr]eleased|marked for release|[Ii]ssued)(?:\s+the\s+(?:full\s+)?(?:text|letter|message|note|statement)(?:\s+of\s+(?:the|this)\s+\w+)?)?|[Mm]ade\s+public)\b"
    rf"(?=\s+(?:to\s+(?:the\s+)?press|publicly|as\s+a\s+(?:White House\s+)?press|by\s+(?:the\s+)?(?:White House|Press|Department|Kremlin|TASS|Tass|Embassy|President)|(?:at\s+)?(?:about\s+)?{timewords.CLOCK}))"
    rf"(?:\s+(?:to\s+(?:the\s+)?press|publicly|as\s+a\s+(?:White House\s+)?press\s+release))*(?:\s+by\s+(?:the\s+)?(?P<by>[A-Z]\w+(?:\s[A-Z]\w+)?))?(?:\s+(?:to\s+(?:the\s+)?press))?(?:\s+(?P<when>{timewords.WHEN}))?"
)
_OF_ANOTHER = re.compile(  # "a joint communiqué was", "the text of the treaty was": no letter or note
    r"(?:^|[.;]\s+)An?\s+(?:joint\s+|brief\s+|short\s+|separate\s+)*(?:communiqué|communique|statement|announcement)\s*$|\btexts?\s+of\s+(?:the|that|an?|his|her)\s+(?:[\w’'-]+\s+){0,2}(?:treaty|protocol|convention|resolution|speech|address|report|decree|constitution)\b[^.;]*$"
)
_RELEASE_OF = re.compile(
    r"press release (?:from|by|of|issued by) (?:the )?(?P<name>(?:Office of the )?[A-Z]\w+(?:\s[A-Z]\w+){0,4})"
)
_ORIGINAL_BY = re.compile(
    r"\b[Oo]riginals?\b[^.;]{0,40}?\b(?:being\s+|will\s+be\s+|was\s+|is\s+being\s+|subsequently\s+)?(?:sent|forwarded|transmitted|follow(?:s|ing)?|pouched|carried)?\s*(?:by|via|in|being)?\s*(?P<means>air[- ]?pouch(?:ed)?|pouch(?:ed)?|courier|air ?mail|messenger|mail)\b(?!\s+(?:to|on)\b)"
    r"|\b(?P<x>(?:[Aa]ir[- ]?[Pp]ouch(?:ed|ing)|[Pp]ouching))\s+original"
)
_BARE_MEANS = re.compile(
    r"\s*(?:Sent\s+)?[Bb]y\s+(?P<means>(?:special\s+|diplomatic\s+)?(?:courier|messenger|pouch|air\s?pouch|bag|hand|mail|air\s?mail))\s*\.?\s*$"
)
_ELSEWHERE = re.compile(
    r"(?:Regarding|Concerning|For\s+(?:\w+\s+)?(?:an?\s+)?(?:account|details?)\s+of)\s+(?:the\s+)?(?:delivery|transmission|presentation)\s+of\s+th(?:is|e)\s+\w+[^.;]*?,\s+(?P<see>see\b.*?)(?=\.(?:\s|$)|$)"
)
_SAID = re.compile(
    r"\b(?:made|delivered|conveyed|gave|presented)\s+(?:the|this|an)\s+oral\s+(?:statement|message|communication|note|reply)\s+to\s+(?=(?:the\s+)?[A-Z])"
)
_BEARER = re.compile(
    r"\b(?:(?:send|sent|sending|forward|forwarding|transmit|transmitting|dispatch|despatch|entrust|entrusted|confide|confided|commit|committed)\s+(?:to\s+)?(?:you\s+)?this\s+(?:letter|message|note|despatch|dispatch|communication|packet)\s+(?:to\s+you\s+)?"
    r"|this\s+(?:letter|message|note|despatch|dispatch|communication|packet)\s+(?:will\s+(?:reach|come\s+to|find)\s+you|goes(?:\s+to\s+you)?|comes(?:\s+to\s+you)?)\s+)"
    r"(?P<how>by\s+the\s+(?:own\s+)?(?:hands?|care|kindness|courtesy)\s+of|(?:to|in|under)\s+(?:the\s+)?(?:care|charge|hands)\s+of|by|through|with|to)\s+(?=(?:the\s+)?[A-Z]|the\s+(?:[a-z]+\s)?(?:legation|embassy|consul|minister))",
    re.I,
)
IN_HANDS = re.compile(
    rf"\b(?:[Tt]h(?:e|is)\s+(?:following|enclosed|inclosed|accompanying)|[Tt]his|[Ff]ollowing|[Tt]he)\s+(?:\w+\s+)?{NOUN}[^.;:]{{0,60}}?\b(?:was|were|has\s+been|had\s+been)\s+(?:\w+\s+)?(?:placed|put)\s+in(?:to)?\s+"
    rf"(?:my|our|(?P<whose>[A-Z]\w+)[’']s?)\s+hands?\b(?:\s+(?P<when>{timewords.WHEN}))?[^.;:]{{0,20}}?\s+by\s+(?=(?:the\s+)?\w)"
)
_FOR_DELIVERY = re.compile(
    r"\bfor\s+(?:(?:immediate|earliest|prompt|your|personal|urgent|convenient|possible|early|soonest)\s+){0,3}(?:delivery|presentation)\b(?!\s+by\b)(?P<to>\s+(?:\w+\s+){0,2}?to\s+(?=\S))?"
)
_FOLLOWING_PAPER = re.compile(
    r"\b(?:[Ff]ollowing|FOLLOWING|[Tt]here\s+follows)\b|\b(?:letter|message|reply|text|note)s?\s+follows\b"
)
_LENT_TO = re.compile(r"entrust|confid|commit")
TELEPHONED = re.compile(
    r"\btelephoned(?:\s+(?:me|us|to\s+me))?(?:\s+from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?))?[^.;]{0,40}?\b(?:asked|requested)\s+(?:me|us|that\s+I)\s+(?:to\s+)?(?:convey|pass|transmit|deliver|give)\b"
)


Read = Callable[[Passage, int, int], "Leg | None"]


def set_phrases(passage: Passage, a: int, b: int) -> list[Leg]:
    """The legs that set phrases between `a` and `b` tell of."""
    readers = _IN_NOTES if passage.where == "note" else _IN_BODIES
    words = passage.text[a:b]
    found: list[Leg] = []
    for read in readers:
        for needed in _NEEDS.get(read, ("",)):
            if needed in words:
                leg = read(passage, a, b)
                if leg is not None:
                    found.append(leg)
                break
    return found


def _translated_telegram(passage: Passage, a: int, b: int) -> Leg | None:
    """ "The source text is a translation of a commercial telegram from Moscow"."""
    m = _TRANSLATION_OF.search(passage.text, a, b)
    if m is None:
        return None
    mode = "commercial telegram" if "commercial" in m["tel"] else "telegram"
    channel = mode if mode == "commercial telegram" else None
    return phrase_leg(
        passage, m, mode, place=m.span("place") if m["place"] else None, channel=channel
    )


def _translation(passage: Passage, a: int, b: int) -> Leg | None:
    """ "The source text is a Department of State translation": a step, not a way."""
    m = _TRANSLATED_BY.search(passage.text, a, b)
    if m is None or re.fullmatch(offices.PEOPLES, m["body"]):
        return None  # "a Soviet translation": whose is not said
    by = Party(
        name=m["body"],
        kind="body",
        start=passage.offset + m.start("body"),
        end=passage.offset + m.end("body"),
    )
    return Leg(
        index=0, by=by, mode="translation", series="processing",
        start=passage.offset + m.start(), end=passage.offset + m.end(), rule="leg-translation",
    )  # fmt: skip


def _release(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Released to the press by the White House at 6 p.m."."""
    m = _RELEASED.search(passage.text, a, b)
    if m is None or _OF_ANOTHER.search(passage.text[a : m.start()]):
        return None
    by = passage.party(m.start("by"), b) if m["by"] else None
    if by is None and m.group().split()[0] not in ("was", "is", "has", "being"):
        active = passage.party_before(a, m.start())
        by = (active, m.start()) if active is not None else None
    if by is None and (issuer := _RELEASE_OF.search(passage.text, a, m.start())):
        by = passage.make(issuer, "body"), issuer.end()
    when = m.span("when") if m["when"] else None
    leg = phrase_leg(passage, m, "press release", when=when, channel="press")
    return msgspec.structs.replace(
        leg, from_=by[0] if by else leg.from_, to=Party(name="press", kind="group")
    )


def _original(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Original being air pouched"."""
    m = _ORIGINAL_BY.search(passage.text, a, b)
    if m is None:
        return None
    if re.search(r"\b(?:came|reached)\b", m.group()):
        return None
    mode = means_at(passage.text, m.start("means"), m.end("means"))
    leg = phrase_leg(passage, m, mode[0] if mode else "not stated")
    later = "will" in m.group() or "follow" in m.group()
    return msgspec.structs.replace(
        leg, mode_text=m["means"], status="intended" if later else "stated"
    )


def _told_elsewhere(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Regarding delivery of this letter, see Document 34"."""
    m = _ELSEWHERE.search(passage.text, a, b)
    if m is None:
        return None
    leg = phrase_leg(passage, m, "not stated")
    return msgspec.structs.replace(leg, status="elsewhere", note=" ".join(m["see"].split()))


def _spoken(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Roe made this oral statement to Doe on May 3"."""
    m = _SAID.search(passage.text, a, b)
    if m is None:
        return None
    taker = passage.party(m.end(), b)
    speaker = passage.party_before(a, m.start())
    if taker is None or speaker is None:
        return None
    when = timewords.WHEN_RE.search(passage.text, taker[1], min(b, taker[1] + 40))
    leg = phrase_leg(passage, m, "oral", when=when.span() if when else None)
    return msgspec.structs.replace(leg, from_=speaker, to=taker[0], mode_text="oral")


def _by_bearer(passage: Passage, a: int, b: int) -> Leg | None:
    """ "I am sending you this letter by the hand of Roe"."""
    m = _BEARER.search(passage.text, a, b)
    bearer = passage.party(m.end(), b) if m is not None else None
    if m is None or bearer is None or bearer[0].kind not in ("person", "office", "body"):
        return None
    if m["how"] == "to" and _LENT_TO.match(m.group()) is None:
        return None
    by_hand = bearer[0].kind == "person" or "hand" in m["how"]
    if bearer[0].kind == "body" and m["how"] != "through":
        return None
    leg = phrase_leg(passage, m, "hand delivery" if by_hand else "not stated")
    return msgspec.structs.replace(
        leg, by=bearer[0], mode_text=m["how"], end=passage.offset + bearer[1]
    )


def _in_hands(passage: Passage, a: int, b: int) -> Leg | None:
    """ "The enclosed letter was placed in my hands by Roe"."""
    m = IN_HANDS.search(passage.text, a, b)
    giver = passage.party(m.end(), b) if m is not None else None
    if m is None or giver is None:
        return None
    owner = passage.party(m.start("whose"), m.end("whose")) if m["whose"] else None
    leg = phrase_leg(passage, m, "hand delivery", when=m.span("when") if m["when"] else None)
    return msgspec.structs.replace(
        leg, from_=giver[0], to=owner[0] if owner else passage.writer, mode_text="in hands",
        end=passage.offset + giver[1],
    )  # fmt: skip


def _by_telephone(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Roe telephoned from Geneva and asked me to convey"."""
    m = TELEPHONED.search(passage.text, a, b)
    speaker = passage.party_before(a, m.start()) if m is not None else None
    if m is None or speaker is None:
        return None
    leg = phrase_leg(passage, m, "telephone", place=m.span("place") if m["place"] else None)
    return msgspec.structs.replace(
        leg, from_=speaker, to=passage.writer, mode_text="telephoned", date=passage.date
    )


def _bare_means(passage: Passage, a: int, b: int) -> Leg | None:
    """ "By courier."."""
    m = _BARE_MEANS.match(passage.text, a, b)
    if m is None:
        return None
    mode = means_at(passage.text, *m.span("means"))
    leg = phrase_leg(passage, m, mode[0] if mode else "not stated")
    return msgspec.structs.replace(leg, mode_text=m["means"])


def _for_delivery(passage: Passage, a: int, b: int) -> Leg | None:
    """ "Following message for delivery soonest to Roe": who has the telegram is to hand it on."""
    m = _FOR_DELIVERY.search(passage.text, a, b)
    if m is None or not _FOLLOWING_PAPER.search(passage.text, a, b):
        return None
    taker = passage.party(m.end(), b) if m["to"] else None
    end = taker[1] if taker is not None else m.end()
    return Leg(
        index=0, to=taker[0] if taker is not None else None, mode="hand delivery", mode_text="delivery", status="intended",
        start=passage.offset + m.start(), end=passage.offset + end, rule="leg-phrase",
    )  # fmt: skip


_IN_BODIES: tuple[Read, ...] = (
    _release,
    _original,
    _spoken,
    _by_bearer,
    _in_hands,
    _by_telephone,
    _for_delivery,
)
_IN_NOTES: tuple[Read, ...] = (
    _translated_telegram, _translation, _release, _original, covered, under_cover, _told_elsewhere, _spoken,
    _bare_means, _in_hands, *received_phrases.READERS,
)  # fmt: skip
_NEEDS: dict[Read, tuple[str, ...]] = {
    _translated_telegram: ("telegram", "cable"), _translation: ("translation",),
    _release: ("eleas", "ssued", "public"), _original: ("riginal",),
    covered: ("transmit", "ttached", "nclos", "cover", "attachment", "ppended", " Tab "), under_cover: ("Under",),
    _told_elsewhere: ("delivery", "transmission", "presentation"), _spoken: ("oral",),
    _in_hands: ("hand",), _by_telephone: ("telephoned",), _for_delivery: ("delivery", "presentation"), **received_phrases.READERS,
}  # fmt: skip
"""Letters without some of which a phrase cannot stand in a sentence: looked for first."""
