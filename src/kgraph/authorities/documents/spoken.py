"""Documents that a text speaks of with what tells them: "telegram 2562 from Lisbon, April 11",
"a February 26 memorandum from Pell to Harrow", "the Russian text".

A mention tells enough that bears a number and a place, a day or an end; a day and an end; both
ends; or that another version of the document itself is meant. What then stands there without
them ("that telegram", "his note to Harrow", "the letter") means the one document of that form
spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from kgraph.authorities.documents.references import Reference
from kgraph.dating.months import ENGLISH
from kgraph.model import Mention, Party, Record

_FORMS = (
    ("press-release", r"press release"), ("memorandum-of-conversation", r"memorandum of conversation"),
    ("memorandum", r"memorandum"), ("telegram", r"telegram|\bcable\b"), ("despatch", r"des?patch"), ("airgram", r"airgram"),
    ("letter", r"\bletter"), ("message", r"\bmessage"), ("note", r"\bnote\b|aide-m.moire"),
    ("book", r"\bappointments? book|\bdiary\b|\bmemoirs?\b"),
)  # fmt: skip
_PLAIN = tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in _FORMS)
_NUMBER = re.compile(
    r"\b(?:[Tt]elegrams?|[Cc]ables?|[Dd]es?patch|[Aa]irgram) (?:Nos?\. )?([A-Z]{0,2}[–-]?\d{1,6})\b"
)
_DAY = re.compile(rf"\b({'|'.join(ENGLISH)}) (\d{{1,2}})(?:, (\d{{4}}))?|\b(\d{{1,2}}) ({'|'.join(ENGLISH)})(?:,? (\d{{4}}))?")  # fmt: skip
_VERSION = re.compile(
    r"(?:[Tt]he|[Aa])(?: copy of the)? (?:(?P<how>slightly different|transliterated|rough|another) )?(?:(?P<language>[A-Z][a-z]+)(?:-language)? )?"
    r"(?P<what>text|translation|version)\b(?!s)"
)
_BEFORE = re.compile(r"(?P<word>from|to|by|for|of)\s(?:the\s)?$")
_AGAIN = re.compile(
    r"(?P<which>that|the|this|his|her|the said|the above-mentioned|the same) (?P<form>\w+)"
)
_ARTICLE = re.compile(r"(?:an?|the|his|her|its|that|this)\s", re.IGNORECASE)
_OWN_TITLE = re.compile(r"[\W\d_]*")
_PRINTED = re.compile(
    r"[^.;()\n]{0,90}?(?:[,(]\s?(?:see\s)?(?:Foreign\sRelations|vol\.|ante\b|post\b|supra\b|infra\b|ibid\.,\sp|p\.\s\d|Document\s\d|"
    r"American\sForeign\sPolicy|Public\sPapers)|\bis\sin\sForeign\sRelations)"
)
"""What says that a document is printed somewhere, and so is not looked for."""
_NOT_IT = re.compile(
    r"\b(?:drafts?|reply|replies|answer)\b(?=.*\b(?:letter|note|telegram|message|memorandum)\b)|(?<!\bof )\bconversation\b|\b(?:meeting|talks?|discussion|proposed)\b",
    re.IGNORECASE,
)
"""Words that make what follows them no name of the document: "the reply to the note of May 3"."""
_NO_LANGUAGE = frozenset(("Soviet", "American", "British", "Department", "Embassy", "Foreign"))
_ITSELF = re.compile(r"[Tt]ext (?:is|was)(?: apparently| probably)? $")
_SOURCE_TEXT = re.compile(r"[Ss]ource text[^.;\n]{0,60}\btranslation of $")
_FOOTNOTE = re.compile(r"\[[^\]\n]{1,3}\]")
_GOES_ON = re.compile(r"\s(?:sent|of|from|to|by|printed|which|that|dated|on)\b")
_NEAR = 600
"""Characters within which "the letter" takes up one spoken of before."""
_COLLECTIVE = re.compile(
    r"\b(?:letters|messages|telegrams|notes|memoranda|despatches|series|copies|exchange)\b"
)


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A document that words mean: form, numbers, day (ISO, or "XXXX-05-03" without a year), the
    place it came from, both ends; `version` of the document itself; or `again` where the words
    take up those that begin there."""

    start: int
    end: int
    words: str
    form: str
    number: str | None = None
    day: str | None = None
    whence: str | None = None
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    version: str | None = None
    again: int | None = None


def spoken(record: Record, references: Sequence[Reference] = ()) -> tuple[Spoken, ...]:
    """What the mentions of `record` tell of documents, in the order of the text."""
    found: list[Spoken] = []
    taken = [(r.start, r.end) for r in references]
    for mention in record.mentions:
        start, end = mention.start, mention.end
        if mention.type != "document" or mention.id or start is None or end is None:
            continue
        if any(a < end and start < b for a, b in taken):
            continue
        one = _told(mention, record) or _again(mention, record, found, references)
        if one is not None:
            found.append(one)
            taken.append((start, end))
    return tuple(found)


def _told(mention: Mention, record: Record) -> Spoken | None:
    words = " ".join(mention.text.split())
    form = form_of(words)
    if _COLLECTIVE.search(words) or _NOT_IT.search(words):
        return None
    start, end = mention.start or 0, mention.end or 0
    title = _OWN_TITLE.fullmatch(record.text, 0, start) and not _ARTICLE.match(words)
    if title or _PRINTED.match(record.text, end):
        return None  # the document's own title, or what is printed elsewhere
    one = Spoken(start=mention.start or 0, end=mention.end or 0, words=words, form=form or "other")
    before = record.text[max(0, start - 100) : start]
    if form is None and _ITSELF.search(before):
        return None  # what the printed text is
    version = _version(words, record, start) if form is None else _original(one, form, record)
    if version is not None:
        return msgspec.structs.replace(one, version=version)
    if form is None:
        return None
    number = _NUMBER.search(words)
    senders, addressees, whence = _ends(mention, record)
    one = msgspec.structs.replace(
        one, number=number[1] if number else None, day=_day(words), whence=whence,
        senders=senders, addressees=addressees,
    )  # fmt: skip
    return one if _tells(one) else None


def _tells(one: Spoken) -> bool:
    """Whether the words tell enough to know the document again."""
    ends = bool(one.senders) + bool(one.addressees)
    if one.form == "book":
        return bool(one.senders)
    if one.number is not None:
        return bool(one.whence or one.day or ends)
    if one.day is not None:
        return bool(ends or one.whence) or one.form == "memorandum-of-conversation"
    return ends == 2


def form_of(words: str) -> str | None:
    """The form that words give a document.

    >>> form_of("a February 26 memorandum from Pell"), form_of("his speech")
    ('memorandum', None)
    """
    found = [(m.start(), form) for form, pattern in _PLAIN if (m := pattern.search(words))]
    return min(found, key=lambda f: f[0])[1] if found else None


def _day(words: str) -> str | None:
    found = _DAY.search(words)
    if found is None:
        return None
    month, day, year = (
        (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    )
    return f"{year or 'XXXX'}-{ENGLISH.index(month) + 1:02}-{int(day):02}"


def _in_note(record: Record, at: int) -> bool:
    """Whether words stand in the editors' note on where the text lies."""
    first, last = record.text.rfind("\n", 0, at) + 1, record.text.find("\n", at)
    last = last if last >= 0 else len(record.text)
    return any(h.start is not None and first <= h.start < last for h in record.holdings)


def _version(words: str, record: Record, at: int) -> str | None:
    """Which version of the document itself is meant in the editors' note on it: its text in another
    language, or another translation."""
    found = _VERSION.match(words)
    if found is None or not (found["language"] or found["how"]):
        return None
    if found["language"] in _NO_LANGUAGE or not _in_note(record, at):
        return None
    what = "text" if found["what"] == "version" else found["what"]
    return " ".join(part for part in (found["how"], found["language"], what) if part).lower()


def _original(one: Spoken, form: str, record: Record) -> str | None:
    """What the printed text is said to be a translation of: "a translation of a telegram"."""
    before = record.text[max(0, one.start - 100) : one.start]
    whole = _SOURCE_TEXT.search(before) and not _NUMBER.search(one.words)
    return f"original {form}" if whole and _in_note(record, one.start) else None


def _ends(
    mention: Mention, record: Record
) -> tuple[tuple[Party, ...], tuple[Party, ...], str | None]:
    """Senders, addressees and place of sending that stand in the words."""
    senders: list[Party] = []
    addressees: list[Party] = []
    whence: str | None = None
    start, text = mention.start or 0, record.text
    upto, role = start, ""
    for inner in _within(record.mentions, mention):
        a, b = inner.start or 0, inner.end or 0
        if a < upto:
            continue  # within another name
        upto = b
        before = _BEFORE.search(text, max(start, a - 12), a)
        joined = text.endswith((" and ", " and the "), start, a)
        role = word = before["word"] if before else role if joined else ""
        owns = text[b : b + 1] in ("’", "'") and a - start < 5
        if inner.type == "place":
            whence = inner.text if word == "from" else whence
        elif word == "for" and senders:
            continue  # in whose name
        elif word in ("to", "for"):
            addressees.append(_party(inner))
        elif word in ("from", "by", "of") or owns:
            senders.append(_party(inner))
    return tuple(senders), tuple(addressees), whence


def _within(mentions: Iterable[Mention], outer: Mention) -> list[Mention]:
    return sorted(
        (
            m for m in mentions
            if m is not outer and m.type in ("person", "organisation", "place")
            and m.start is not None and m.end is not None
            and (outer.start or 0) <= m.start and m.end <= (outer.end or 0)
        ),
        key=lambda m: (m.start or 0, -(m.end or 0)),
    )  # fmt: skip


def _party(mention: Mention) -> Party:
    kind = "person" if mention.type == "person" else "body"
    return Party(
        name=mention.core or mention.text, kind=kind, id=mention.id, certainty="inferred"  # type: ignore[arg-type]
    )  # fmt: skip


def _again(
    mention: Mention, record: Record, found: Sequence[Spoken], references: Sequence[Reference]
) -> Spoken | None:
    """The one document of that form spoken of shortly before, where the words take it up."""
    words = " ".join(mention.text.split())
    start, end = mention.start or 0, mention.end or 0
    form = form_of(words)
    if form is None:
        return None
    bare = _AGAIN.fullmatch(words)
    by, to, _ = _ends(mention, record)
    if bare is None and not by and not (to and words.lower().startswith(("his ", "her ", "the "))):
        return None
    if bare is not None and bare["which"].lower() in ("this", "his", "her"):
        return None  # itself, or somebody's
    far = _NEAR if bare is not None else start
    told = [o for o in found if o.form == form and o.again is None and 0 <= start - o.end <= far]
    if to:
        told = [o for o in told if _keys(o.addressees) == _keys(to)]
    if by:  # "Pell's letter"
        told = [o for o in told if _keys(o.senders) == _keys(by)]
    begins = {o.start for o in told} | {
        r.start
        for r in references
        if not (to or by) and form_of(r.form) == form and 0 <= start - r.end <= _NEAR
    }
    if len(begins) != 1 or _other(record, max(begins), start, end, form):
        return None
    own = record.form.removesuffix("-of-conversation") == form
    if bare is not None and (
        (own and not references) or _between(record, max(begins), start, form)
    ):
        return None
    return Spoken(start=start, end=end, words=words, form=form, again=begins.pop())


def _other(record: Record, first: int, start: int, end: int, form: str) -> bool:
    """Whether words go on to tell another document, or stand in a note apart from the first."""
    line = record.text.rfind("\n", 0, start) + 1
    note = _FOOTNOTE.match(record.text, line)
    return _GOES_ON.match(record.text, end) is not None or (note is not None and first < line)


def _keys(parties: Iterable[Party]) -> set[str]:
    return {p.id or p.name for p in parties}


def _between(record: Record, first: int, last: int, form: str) -> bool:
    """Whether another document of that form is mentioned between two places."""
    return any(
        m.type == "document" and m.start is not None and first < m.start < last
        and form_of(m.text) == form and _AGAIN.fullmatch(m.text) is None
        and (m.end or 0) <= last
        for m in record.mentions
    )  # fmt: skip
