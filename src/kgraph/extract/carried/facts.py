"""What a letter within a document is: whose, to whom, of which date, by the covering words and
by its own ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from kgraph import dating
from kgraph.extract import offices, openings, timewords
from kgraph.extract.carried import covering_words
from kgraph.extract.carried.covering_words import NOUN, NOUN_IN_EITHER_CASE
from kgraph.extract.closings import closing_name
from kgraph.extract.headings import parties as who
from kgraph.model import Date, Form, Party

CUE = re.compile(
    rf"\b(?:following|text|texts|below|herewith|translation|quoted|verbatim|as follows|reads?)\b[^.]{{0,170}}?\b{NOUN_IN_EITHER_CASE}\b"
    rf"|\b{NOUN_IN_EITHER_CASE.replace('noun', 'noun2')}\b[^.:]{{0,220}}?\b(?:as follows|follows|following|reads|text|below)\b"
    rf"|\b(?:deliver|transmit|convey|hand|pass|give|send|present)(?:ed|s|ting|ing)?\b[^.]{{0,200}}?\b{NOUN_IN_EITHER_CASE.replace('noun', 'noun3')}\b[^.]{{0,120}}:\s*$",
    re.IGNORECASE,
)
DATE_LINE = re.compile(
    r"^(?:[A-Z][\w .]{2,30},\s+)?(?P<date>(?:[A-Z][a-z]+ \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}))\.?\s*[”\"]?\s*\.?$"
)
FOLLOWING_FROM = re.compile(  # "Following received from Consul Roe, Zenda:"
    r"\b[Ff]ollowing\s+(?:(?:has|have|just|been|was|is|today|yesterday|also)\s+)*(?:received\s+(?:\w+\s+)?)?(?:from|for)\s+(?=(?:the\s+)?[A-Z])[^:“]{2,160}:\W*$"
    rf"|\b{covering_words.WIRES}\s[^.:“]{{0,80}}?as\s+follows\W*$"
)
"""What announces a telegram and has no word for it."""
_FORMS: tuple[tuple[str, Form], ...] = (
    ("letter", "letter"), ("message", "message"), ("communication", "message"), ("repl", "letter"), ("answer", "letter"),
    ("note", "note"), ("aide", "note"), ("telegram", "telegram"), ("cable", "telegram"), ("memorand", "memorandum"),
    ("statement", "message"), ("condolence", "message"), ("appeal", "message"),
)  # fmt: skip


@dataclass(slots=True)
class Carried:
    """A letter within a document: spans in the document's text."""

    start: int
    end: int
    form: Form = "letter"
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    signed: tuple[Party, ...] = ()
    date: Date | None = None
    cue: tuple[int, int] | None = None
    rule: str = "carried-letter"
    inner: list[Carried] = field(default_factory=list)


def last_cue(text: str, a: int, b: int) -> re.Match[str] | None:
    """The last words between `a` and `b` that speak of a letter to come."""
    cues = list(CUE.finditer(text, a, b)) if speaks_of_paper(text, a, b) else []
    return cues[-1] if cues else following_from(text, a, b)


def following_from(text: str, a: int, b: int) -> re.Match[str] | None:
    """The words that announce what somebody wires, at the end of what stands between `a` and `b`."""
    told = text.find("ollowing ", a, b) >= 0 or text.find(" follows", a, b) >= 0
    return FOLLOWING_FROM.search(text, a, b) if told else None


def speaks_of_paper(text: str, a: int, b: int) -> bool:
    """Whether a `NOUN` may stand between `a` and `b`: a cheap test before a dear search."""
    words = text[a:b].casefold()
    return any(stem in words for stem, _ in _FORMS)


_DATED = re.compile(
    rf"\b(?:dated|of)\s+(?P<day>(?:{'|'.join(dating.MONTHS)})\s+\d{{1,2}}(?:, \d{{4}})?)"
)
_COUNTED = re.compile(
    r"\b(?:dated|of)\s+(?P<day>(?:the\s+)?\d{1,2}(?:st|n?d|rd|th)\s+(?:instant|inst\.|ultimo|ult\.)|today|yesterday)"
)
_THIRD_PERSON = re.compile(
    r"[“\"«„\s]*(?P<who>(?:The\s+)?[A-Z][^.“”]{2,110}?)\s+presents?\s+(?:his|her|its|their)\s+(?:\w+\s+)?(?:compliments|respects)"
    r"\s+to\s+(?P<to>(?:the\s+)?(?:His\s+Excellency\s+)?[A-Z].{2,120}?)(?=,|\s+and\b(?!\s+[A-Z])|\.\s)"
)
_TO_ME = re.compile(
    r"\b(?:I|we)\b[^.:]{0,40}\breceived\b|\bjust received\b|\b(?:handed|sent|gave|given|delivered|addressed|brought)\s+(?:to\s+)?(?:me|us)\b"
)


_FROM_ME = re.compile(
    r"\bfrom me\b|\b(?:I|we)\s+(?:(?:have|today|yesterday|just|then|also|this\s+\w+)\s+)*(?:sent|addressed|handed|delivered|wrote|written|telegraphed|cabled|replied|answered|transmitted|presented)\b"
)


def describe(
    found: Carried,
    text: str,
    paragraphs: list[tuple[int, int]],
    outer: Date | None,
    speaker: Party | None,
) -> None:
    """Whose letter, to whom, of which date: from the covering words and its own ends."""
    if found.cue is not None:
        a, b = found.cue
        sentence = _sentence(text, a, b)
        found.senders, found.addressees = covering_words.parties(text, *sentence)
        noun = re.search(NOUN, text[sentence[0] : sentence[1]], re.IGNORECASE)
        if noun is not None:
            for word, form in _FORMS:
                if noun["noun"].lower().startswith(word):
                    found.form = form
                    break
        elif following_from(text, a, b) is not None:
            found.form = "telegram"
    inside = [
        (max(a, found.start), min(b, found.end))
        for a, b in paragraphs
        if a < found.end and b > found.start
    ]
    if inside:
        for a, b in inside[: 2 if found.date is not None else 1]:  # the first may be a dateline
            first = a
            while first < b and text[first] in '“"«„ ':
                first += 1
            greeted = openings.salutation(text, first, b) if not found.addressees else None
            if greeted is not None:
                found.addressees = (greeted,)
        _closing(found, text, inside)
        _in_third_person(found, text)
    told_me = found.cue is not None and _TO_ME.search(text, *_sentence(text, *found.cue))
    if told_me and (not found.addressees or _envoy(found)) and speaker is not None:
        me = msgspec.structs.replace(
            speaker, start=None, end=None, certainty="inferred", note="“me” of the covering words"
        )
        found.addressees = (me,)
    if (
        not found.senders
        and found.cue is not None
        and speaker is not None
        and _FROM_ME.search(text, *_sentence(text, *found.cue))
    ):
        found.senders = (
            msgspec.structs.replace(
                speaker, start=None, end=None, certainty="inferred", note="“me” of the covering words"
            ),
        )  # fmt: skip
    if found.date is None and found.cue is not None:
        sentence = _sentence(text, *found.cue)
        year = int(outer.earliest[:4]) if outer is not None and outer.earliest else None
        noun = re.compile(NOUN, re.IGNORECASE).search(text, *sentence)
        own = _DATED.search(text, noun.start(), sentence[1]) if noun is not None else None
        near = own or _DATED.search(text, *sentence)
        if near is not None:
            found.date = dating.parse(near["day"], default_year=year, offset=near.start("day"))
        counted = _COUNTED.search(text, noun.start() if noun else sentence[0], sentence[1])
        if found.date is None and counted is not None:
            told = timewords.read_date(text, *counted.span("day"), near=outer)
            found.date = told if told.edtf else None
    if found.date is None and outer is not None and outer.edtf:
        found.date = Date(
            text=outer.text, edtf=outer.edtf[:10] if "T" in outer.edtf else outer.edtf,
            earliest=outer.earliest[:10] + "T00:00:00" if outer.earliest else None,
            latest=outer.latest[:10] + "T23:59:59" if outer.latest else None,
            rule="covering-date", certainty="inferred", note="that of the covering document",
        )  # fmt: skip


def _envoy(found: Carried) -> bool:
    """Whether a letter greets an envoy, as what is handed to one does, and nobody by name."""
    return all(
        one.rule == "salutation"
        and re.fullmatch(
            r"(?i)(?:mr\. |monsieur )?(?:l[’'])?ambassad(?:or|eur)|(?:monsieur )?le ministre",
            one.name,
        )
        for one in found.addressees
    )


_ABBREVIATED = re.compile(r"\b(?:Mr|Dr|Mrs|Messrs|No|Nos|St|Gen|Col|Adm|Sec|[A-Z])\.$")


def _sentence(text: str, a: int, b: int) -> tuple[int, int]:
    """The sentence of a cue that speaks of the letter (the last that does)."""
    found = last_cue(text, a, b)
    if found is None:
        return a, b
    start, at = a, found.start()
    while (at := text.rfind(". ", a, at)) >= 0:
        if not _ABBREVIATED.search(text, a, at + 1):
            start = at + 2
            break
    return start, b


def _closing(found: Carried, text: str, inside: list[tuple[int, int]]) -> None:
    """Signature and date at the end of the letter."""
    for a, b in reversed(inside[-4:]):
        words = text[a:b].strip(' ”"»')
        if len(words) > 120 and not re.search(r"\d{4}\.?[”\"]?\s*$", words[-30:]):
            break
        day = DATE_LINE.match(words)
        if day is not None and found.date is None:
            found.date = dating.parse(text[a:b], offset=a)
            continue
        whole = _SIGNED_AND_DATED.match(words.lstrip("“"))
        if whole is not None:
            at = text.index(words.lstrip("“"), a)
            found.signed = openings.signers(text, *(at + x for x in whole.span("name")))
            found.senders = found.senders or found.signed
            if found.date is None:
                found.date = dating.parse(whole["date"], offset=at + whole.start("date"))
            break
        signature = re.match(r"(?:/s/|\(?[Ss]igned:?\)?)\s*(?P<name>.+)", words)
        if signature is not None or (len(words) < 50 and offices.is_name(words.rstrip("."))):
            got = openings.signers(text, a, b)
            if got:
                found.signed = got
                if not found.senders:
                    found.senders = got
                break
        if len(words) > 120:
            break
    if not found.signed and inside:
        _running_signature(found, text, *inside[-1])


def _in_third_person(found: Carried, text: str) -> None:
    """Who presents his compliments to whom, where the words around do not say."""
    formal = _THIRD_PERSON.match(text, found.start, min(found.end, found.start + 400))
    if formal is None:
        return
    for side, group in (("senders", "who"), ("addressees", "to")):
        one = who.party(formal[group], formal.start(group), "formal-note")
        if not getattr(found, side) and one is not None:
            setattr(found, side, (one,))
    found.form = "note"


_SIGNED_AND_DATED = re.compile(
    r"(?:/s/|\(?[Ss]igned:?\)?)\s*(?P<name>[^,\d]{3,50}),\s+(?:[A-Z][\w ]{2,30},\s+)?(?P<date>(?:[A-Z][a-z]+ \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+,? \d{4}))\.?$"
)
_VALEDICTION = re.compile(
    r"\b(?:[Yy]ours|[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Rr]egards|friend),"
)


def _running_signature(found: Carried, text: str, a: int, b: int) -> None:
    """The name behind the valediction that ends a letter's last paragraph."""
    words = text[a:b].rstrip(' .”"»')
    at = closing_name(words) if _VALEDICTION.search(words) else None
    if at is not None:
        found.signed = openings.signers(text, a + at[0], a + at[1])
        if not found.senders:
            found.senders = found.signed
