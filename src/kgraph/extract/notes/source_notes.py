"""Source notes of documentary editions: where the copy lies, who drafted it, how it went.

    from kgraph.extract.notes.source_notes import NoteContext, read_source_note
    facts = read_source_note("Source: ...", offset=120, context=NoteContext(year=1961))

`offset` is the place of the note's first character in the record's text; all spans
in the answer count from that text's beginning. The note may or may not begin with
"Source:"; a bare file number ("761.13/2-1361: Telegram") is a note too.

A note is read sentence by sentence: first the citation of the copy printed, then the
marks, then whatever follows, each sentence by the rules that know its form. A code
point that a rule read is understood; the rest is kept in `unparsed`.
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract.notes import markings, printed
from kgraph.extract.notes.citations import read_bracket, read_copy_sentence, read_head
from kgraph.extract.notes.copies import read_copies
from kgraph.extract.notes.documents_cited import find_citations
from kgraph.extract.notes.facts import NoteContext, SourceNoteFacts
from kgraph.extract.notes.process import (
    read_attached,
    read_people,
    read_times,
    read_travel,
    read_versions,
    repeated_legs,
)
from kgraph.extract.notes.reading import NoteReading
from kgraph.extract.notes.sentences import COPY_SENTENCE, WHICH_IS, describe_copy, remark_in
from kgraph.extract.sentences import sentences
from kgraph.model import Relation, Remark

__all__ = ["NoteContext", "SourceNoteFacts", "read_head_note", "read_source_note"]

_SUMMARY = re.compile(r"\s*\[?(?:Summary|Abstract)\s*:.*?(?=\bSource\s*:)", re.S)
_GLUED = re.compile(
    r"[,;]\s+(?=(?:Drafted|Repeated|Cleared|Approved|Prepared|Sent|Transmitted|Received)\s+(?:and\s+\w+\s+)?(?:by|to|with|in|at|on)\b)"
)
_CLASSIFIED = re.compile(
    markings.CLASSIFICATION + r"(?=\s*(?:[.;,/\]]|—|$|\sand\s[A-Z]|Security\s+Information))"
)
_LEAD = re.compile(
    r"\s*(?:\[?\d{1,3}\s*[.)\]]?\s*)?[\[(]?\s*(?:Source(?: [Tt]ext)?\s*[:;]|Sources\s*:|Source\s+(?=Department of|National Archives|Central Intelligence|\w+ Library|Library of))"
    r"\s*(?:Source:\s*)?"
)


_PRINTED = re.compile(r"eleased|rinted|ublished|uoted|ummarized|eproduced")
_REFERS = re.compile(
    r"(?:See|For|Regarding|Also see|Printed as|The (?:text|full text)|Reference is to|This document)\b"
)
_HELD = re.compile(r"[Ii]bid|Library|Files?\b|Archives|Papers|, pp?\. ")
_HELD_WORDS = ("bid", "Library", "File", "Archives", "Papers", ", p")
"""Of what `_HELD` finds each has one of these."""
_BRACKET = re.compile(r"\((?P<in>[^()]{4,200}(?:\([^()]*\)[^()]*)*)\)")


def read_source_note(
    text: str, offset: int = 0, *, context: NoteContext | None = None
) -> SourceNoteFacts:
    """The facts of a source note; what no rule understood stands in `unparsed`.

    >>> f = read_source_note("Source: Department of State, Central Files, 711.11/1-161. Secret; Niact. Drafted by Doe (SOV).")
    >>> f.classification, f.handling, f.holdings[0].shelfmark, f.drafters[0].name, f.drafters[0].office
    ('Secret', ['Niact'], 'Central Files, 711.11/1-161', 'Doe', 'SOV')
    """
    return _read(NoteReading(text, offset, context or NoteContext()))


def read_head_note(
    text: str, offset: int = 0, *, context: NoteContext | None = None
) -> SourceNoteFacts:
    """The facts of an editor's footnote to a heading that cites no archive.

    Below a bare file number such notes tell how a paper went and who had it: "Handed to
    the Secretary by the Ambassador". Only that is read: way, copies, drafting, receipt,
    printings; their prose is no remainder of a source note, so nothing is unparsed.

    >>> f = read_head_note("Handed to Doe by the Ruritanian Minister, May 5, 1941.")
    >>> f.legs[0].from_.name, f.legs[0].mode, f.legs[0].to.name
    ('Ruritanian Minister', 'hand delivery', 'Doe')
    """
    reading = NoteReading(text, offset, context or NoteContext())
    for a, b in sentences(text):
        read_people(reading, a, b)
        _copies(reading, a, b)
        read_times(reading, a, b)
    read_travel(reading, 0, len(text))
    return reading.facts


def _read(reading: NoteReading) -> SourceNoteFacts:
    end = len(reading.text)
    while end and reading.text[end - 1] in " \n\t":
        end -= 1
    summary = _SUMMARY.match(reading.text)
    lead = _LEAD.match(reading.text, summary.end() if summary else 0)
    start = lead.end() if lead else 0
    reading.mark(0, start)
    at = read_head(reading, start, end, bare=lead is None)
    spans = sentences(reading.text, at, end)
    for i, (a, b) in enumerate(spans):
        _sentence(reading, a, b, first=i == 0)
    read_travel(reading, at, end)
    reading.finish()
    return reading.facts


def _sentence(reading: NoteReading, a: int, b: int, *, first: bool) -> None:
    text, facts = reading.text, reading.facts
    words = text[a:b]
    if first or reading.facts.classification is None:
        marks = _CLASSIFIED.match(text, a, b)
        if marks and (glued := _GLUED.search(text, a, b)):
            _marks(reading, a, glued.start())
            _sentence(reading, glued.end(), b, first=False)
            return
        if marks or (first and markings.looks_like_marks(words)):
            _marks(reading, a, b)
            return
    if markings.is_marks(words):
        _marks(reading, a, b)
        return
    if words[0] == "(" or (words[0] == "[" and "ource" not in words[:9]):
        read_bracket(reading, a, b)
        return
    pending, reading.pending = reading.pending, None
    reading.pending = describe_copy(words) or (
        pending if words.startswith(("It ", "This ")) else None
    )
    if m := COPY_SENTENCE.match(words):
        read_copy_sentence(reading, a + m.start("cit"), b, m["subj"], a)
    elif m := WHICH_IS.search(words):
        read_copy_sentence(reading, a + m.start("cit"), b, m["subj"], a + m.start())
    read_people(reading, a, b)
    _copies(reading, a, b)
    if _PRINTED.search(words):
        differs = re.match(
            r"(?:A|An)\s+(?P<d>(?:slightly|somewhat)?\s*(?:different|revised|unofficial|official|edited|sanitized)?[\w -]*?(?:translation|text|version|copy|draft))\b",
            words,
        )
        works = printed.find_printings(
            text,
            a,
            b,
            reading.offset,
            differs=differs["d"] if differs and "different" in differs["d"] else None,
        )
        for work in works:
            if work.publication.lower().startswith("ibid"):
                continue
            if _is_this(words):
                facts.printed_in.append(work)
            else:
                facts.relations.append(
                    Relation(
                        type="cites",
                        target=work.publication,
                        note=work.pages,
                        start=work.start,
                        end=work.end,
                        rule="cited:publication",
                    )
                )
        if works:
            first_start = (works[0].start or 0) - reading.offset
            if first_start - a < 160:
                reading.mark(a, first_start)
            reading.mark(first_start, (works[-1].end or 0) - reading.offset + 1)
    read_times(reading, a, b)
    read_versions(reading, a, b)
    if told := remark_in(words):
        form, value, length = told
        facts.remarks.append(
            Remark(property=form.property, kind=form.kind, value=" ".join(value.split()),
                   start=reading.offset + a, end=reading.offset + a + length, rule=f"remark:{form.property}")
        )  # fmt: skip
        if form.property == "place" and facts.place is None:
            facts.place = " ".join(value.split())
        reading.mark(a, a + length)
    read_attached(reading, a, b)
    for relation in find_citations(text, reading.offset, a, b):
        facts.relations.append(relation)
        reading.mark((relation.start or 0) - reading.offset, (relation.end or 0) - reading.offset)
    if (
        _REFERS.match(words)
        and len(words) < 260
        and any(r.start is not None and a <= r.start - reading.offset < b for r in facts.relations)
    ):
        facts.remarks.append(
            Remark(
                property="see",
                kind="reference",
                value=" ".join(words.rstrip(".").split()),
                start=reading.offset + a,
                end=reading.offset + b,
                rule="remark:see",
            )
        )
        reading.mark(a, b)
    for m in _BRACKET.finditer(words) if "(" in words else ():
        if any(word in m["in"] for word in _HELD_WORDS) and _HELD.search(m["in"]):
            read_bracket(reading, a + m.start(), a + m.end())


def _copies(reading: NoteReading, a: int, b: int) -> None:
    facts = reading.facts
    for verb, parties, span in read_copies(reading.text, a, b, reading.offset):
        facts.copies_to.extend(msgspec.structs.replace(p, note=verb.lower()) for p in parties)
        reading.mark(*span)
        repeated_legs(reading, verb, parties, span)


def _is_this(words: str) -> bool:
    """Whether a sentence about printing speaks of this document."""
    return re.match(
        r"(?:Also |This |Printed|Published|Reprinted|The (?:text|source text|message|letter|full text|statement|note|memorandum|telegram)\b(?! of (?:the|his|that))|The (?:full )?text of the (?:letter|message|reply|note|statement) was (?:also )?(?:released|made public)|It |An? (?:slightly |somewhat )?(?:different|edited|extract|portion|unofficial|text|translation|version|summary)|Another|Text|Quoted)",
        words,
    ) is not None  # fmt: skip


def _marks(reading: NoteReading, a: int, b: int) -> None:
    classification, marks = markings.read_marks(reading.text, a, b)
    if classification is not None:
        words = reading.text[slice(*classification)]
        if reading.facts.classification is None:
            reading.facts.classification = words
            reading.evidence("classification", *classification, "marks")
        else:
            reading.facts.handling.append(words)
    for span in marks:
        item = " ".join(reading.text[slice(*span)].split())
        if re.match(r"(?:[a-z]|Drafted|Repeated)", item) or len(item) > 70:
            continue
        reading.evidence(f"handling[{len(reading.facts.handling)}]", *span, "marks")
        reading.facts.handling.append(item)
        reading.mark(*span)
    if classification is not None:
        reading.mark(*classification)
    reading.mark_if_dull(a, b)
