"""Source notes of documentary editions: where the copy lies, who drafted it, how it went.

    from kgraph.extract.source_notes import NoteContext, read_source_note
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
from typing import Any

import msgspec

from kgraph.extract import gazetteer, holdings, markings, printed, timewords
from kgraph.extract.documents_cited import ENCLOSURE, find_citations
from kgraph.extract.drafting import read_copies, read_drafting
from kgraph.extract.legs import find_legs
from kgraph.extract.names import read_party
from kgraph.extract.note_facts import NoteContext, SourceNoteFacts
from kgraph.extract.note_sentences import COPY_SENTENCE, REMARKS, WHICH_IS, Copy, describe_copy
from kgraph.extract.sentences import sentences
from kgraph.model import Evidence, Holding, Leg, Number, Party, Relation, Remark, Unparsed

__all__ = ["NoteContext", "SourceNoteFacts", "read_source_note"]

_LEAD = re.compile(r"\s*[\[(]?\s*(?:Source(?: [Tt]ext)?\s*:|Sources\s*:)\s*(?:Source:\s*)?")
_STARTER = re.compile(
    r"(?<=[.\]”\"])\s+(?=(?:Drafted|Repeated|Also sent|Also |No drafting|The |A |An |According|Another|This|These|Copies|Printed|Transmitted|Prepared"
    r"|Sent |Received|Approved|It |In |On |All |Attached|There|See |For |Initialed|Signed|Published|Regarding|Brackets|Participants|Passed"
    r"|Dictated|Transcribed|Initial|Cleared|Tab |Extract|Other |Typed|At |Not |Only|His|Kissinger|Nixon|Though|Although|While|Telegram|Memorand|Ellips|Written|Undated|Limited Dis|Enclos|[A-Z][a-z]+ed (?:to|by|in|at|on|through|as|from|under) )|\()"
)
_MARKS_FIRST = re.compile(rf"\.\s+(?P<marks>{markings.KNOWN.pattern}(?=[.;]))")
_RECEIVED = re.compile(
    rf"(?:\b(?:It|The \w+|This \w+)\s+was\s+)?\b[Rr]eceived\s+(?:in|at|by)?\s*(?:the\s+(?:Department(?:\s+of\s+State)?|White House|Embassy|CIA|[A-Z]\w+)\s*)?(?:(?:in|at)\s+(?!\d)[A-Z]\w+\s*)?(?P<when>{timewords.WHEN})"
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
_TRANSLATED_FROM = re.compile(r"translat(?:ed|ion)\s+from\s+(?:the\s+)?(?P<lang>[A-Z][a-z]+)")
_LANGUAGE_TEXT = re.compile(
    r"\b(?P<lang>Russian|French|German|Spanish|Chinese|Japanese|Arabic|Italian|Portuguese|Polish|Korean|Vietnamese|Hebrew|Persian|Farsi)(?:-|\s)(?:language\s+)?(?:text|original|version|language)"
)
_SOURCE_TEXT_IS = re.compile(
    r"^(?:The|This)\s+source\s+text(?:,\s+[^,]+,)?\s+is\s+(?P<what>an?\s+(?P<kind>press release|draft|carbon(?: copy)?|summary|photocopy|translation|transcript|copy|uninitialed copy|handwritten[\w ]*|typed[\w ]*|telegram[^.]*|memorandum[^.]*|(?:Department of State|White House)\s+press release)?)"
)
_FORM_WORDS = {
    "press release": "press release",
    "draft": "draft",
    "carbon": "carbon copy",
    "translation": "translation",
    "summary": "summary",
}
_WORDISH = re.compile(r"\w")


def read_source_note(
    text: str, offset: int = 0, *, context: NoteContext | None = None
) -> SourceNoteFacts:
    """The facts of a source note; what no rule understood stands in `unparsed`.

    >>> f = read_source_note("Source: Department of State, Central Files, 711.11/1-161. Secret; Niact. Drafted by Doe (SOV).")
    >>> f.classification, f.handling, f.holdings[0].shelfmark, f.drafters[0].name, f.drafters[0].office
    ('Secret', ['Niact'], 'Central Files, 711.11/1-161', 'Doe', 'SOV')
    """
    return _NoteReader(text, offset, context or NoteContext()).read()


class _NoteReader:
    """State of one reading: what is understood so far, what "ibid." would mean."""

    def __init__(self, text: str, offset: int, context: NoteContext) -> None:
        self.text = text
        self.offset = offset
        self.context = context
        self.facts = SourceNoteFacts()
        self.known = bytearray(len(text))
        self.last: Holding | None = context.previous
        self.pending: Copy | None = None  # a version spoken of in the sentence before
        self.year = context.year
        if self.year is None and context.date is not None and context.date.edtf:
            m = re.match(r"\d{4}", context.date.edtf)
            self.year = int(m.group()) if m else None

    def read(self) -> SourceNoteFacts:
        end = len(self.text)
        while end and self.text[end - 1] in " \n\t":
            end -= 1
        lead = _LEAD.match(self.text)
        start = lead.end() if lead else 0
        self.mark(0, start)
        at = self.head(start, end, bare=lead is None)
        spans = sentences(self.text, at, end)
        for i, (a, b) in enumerate(spans):
            self.sentence(a, b, first=i == 0)
        self.travel(at, end)
        self.finish()
        return self.facts

    # -- the citation of the copy printed, up to the marks ------------------------------------

    def head(self, start: int, end: int, *, bare: bool) -> int:
        text = self.text
        if bare:
            first = sentences(text, start, end)
            stop = first[0][1] if first else end
            if _STARTER.search(text, start, end) is None and len(text) < 160:
                stop = end
            got = holdings.read_bare(text, start, stop, self.offset)
            if got is not None:
                holding, form = got
                self.hold(holding)
                if form:
                    self.facts.form = form.lower()
                    self.evidence("form", start, stop, "note-form")
                self.mark(start, stop)
                return stop
            return start
        starter = _STARTER.search(text, start, end)
        limit = starter.start() if starter else end
        marks = markings.find_first(text, start, end)
        if marks is None and (unclassed := _MARKS_FIRST.search(text, start, end)):
            return_at = unclassed.start("marks")
            if return_at <= limit:
                self.cite(start, return_at)
                return return_at
        if marks is not None and (marks.start() <= limit or marks.start() - limit < 3):
            stop = marks.start()
        elif starter:
            stop = limit
        else:
            first = sentences(text, start, end)
            stop = first[0][1] if first else end
        self.cite(start, stop)
        return stop

    def cite(self, start: int, stop: int) -> None:
        text = self.text
        if printed.is_publication(text[start:stop]):
            for p in printed.find_printings(text, start, stop, self.offset, whole=True):
                self.facts.printed_in.append(
                    msgspec.structs.replace(p, note="the source text is taken from here")
                )
                self.mark(start, stop)
            return
        for i, (a, b) in enumerate(holdings.split_citations(text, start, stop)):
            got = holdings.read_citation(
                text,
                a,
                b,
                self.offset,
                previous=self.last,
                copy="source text" if not i else "another copy",
            )
            if got is None:
                continue
            self.hold(got[0])
            self.mark(start if not i else a, got[1] + 1)
            if got[1] < b:
                self.mark_if_dull(got[1], b)

    def hold(self, holding: Holding) -> None:
        self.facts.holdings.append(holding)
        self.last = holding
        number = (
            holdings.central_file(holding.shelfmark or "")
            if "ibid" not in (holding.rule or "")
            else None
        )
        if (
            number
            and holding.copy == "source text"
            and not any(n.kind == "central-file" for n in self.facts.numbers)
        ):
            self.facts.numbers.append(
                Number(
                    kind="central-file",
                    value=number,
                    start=holding.start,
                    end=holding.end,
                    rule="holding",
                )
            )

    # -- the sentences after it ---------------------------------------------------------------

    def sentence(self, a: int, b: int, *, first: bool) -> None:
        text, facts = self.text, self.facts
        words = text[a:b]
        if first or self.facts.classification is None:
            marks = re.compile(
                markings.CLASSIFICATION + r"(?=\s*(?:[.;,/\]]|—|$|\sand\s[A-Z]))"
            ).match(text, a, b)
            if marks or (first and markings.looks_like_marks(words)):
                self.marks(a, b)
                return
        if markings.is_marks(words):
            self.marks(a, b)
            return
        if words[0] == "(" or (words[0] == "[" and "ource" not in words[:9]):
            self.bracket(a, b)
            return
        pending, self.pending = self.pending, None
        self.pending = describe_copy(words) or (
            pending if words.startswith(("It ", "This ")) else None
        )
        if m := COPY_SENTENCE.match(words):
            self.copies(a + m.start("cit"), b, m["subj"], a)
        elif m := WHICH_IS.search(words):
            self.copies(a + m.start("cit"), b, m["subj"], a + m.start())
        self.drafting(a, b)
        for verb, parties, span in read_copies(text, a, b, self.offset):
            facts.copies_to.extend(msgspec.structs.replace(p, note=verb.lower()) for p in parties)
            self.mark(*span)
            self.repeated(verb, parties, span)
        if re.search(r"rinted|ublished|uoted|ummarized|eproduced", words):
            differs = re.match(
                r"(?:A|An)\s+(?P<d>(?:slightly|somewhat)?\s*(?:different|revised|unofficial|official|edited|sanitized)?[\w -]*?(?:translation|text|version|copy|draft))\b",
                words,
            )
            works = printed.find_printings(
                text,
                a,
                b,
                self.offset,
                differs=differs["d"] if differs and "different" in differs["d"] else None,
            )
            for work in works:
                if work.publication.lower().startswith("ibid"):
                    continue
                if self.is_this(words):
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
                first_start = (works[0].start or 0) - self.offset
                if first_start - a < 160:
                    self.mark(a, first_start)
                self.mark(first_start, (works[-1].end or 0) - self.offset + 1)
        self.times(a, b)
        self.versions(a, b)
        for remark in REMARKS:
            if m := remark.pattern.match(words):
                stop = a + (m.end() if remark.partly else len(words))
                value = (m.groupdict().get("value") or m.group()).strip(" .")
                facts.remarks.append(
                    Remark(property=remark.property, kind=remark.kind, value=" ".join(value.split()),
                           start=self.offset + a, end=self.offset + stop, rule=f"remark:{remark.property}")
                )  # fmt: skip
                if remark.property == "place" and facts.place is None:
                    facts.place = " ".join(value.split())
                self.mark(a, stop)
                break
        self.attached(a, b)
        for relation in find_citations(text, self.offset, a, b):
            facts.relations.append(relation)
            self.mark((relation.start or 0) - self.offset, (relation.end or 0) - self.offset)
        if (
            re.match(
                r"(?:See|For|Regarding|Also see|Printed as|The (?:text|full text)|Reference is to|This document)\b",
                words,
            )
            and len(words) < 260
            and any(r.start is not None and a <= r.start - self.offset < b for r in facts.relations)
        ):
            facts.remarks.append(
                Remark(
                    property="see",
                    kind="reference",
                    value=" ".join(words.rstrip(".").split()),
                    start=self.offset + a,
                    end=self.offset + b,
                    rule="remark:see",
                )
            )
            self.mark(a, b)
        for m in re.finditer(r"\((?P<in>[^()]{4,200}(?:\([^()]*\)[^()]*)*)\)", words):
            if re.search(r"[Ii]bid|Library|Files?\b|Archives|Papers|, pp?\. ", m["in"]):
                self.bracket(a + m.start(), a + m.end())

    def is_this(self, words: str) -> bool:
        """Whether a sentence about printing speaks of this document."""
        return re.match(
            r"(?:Also |This |Printed|Published|Reprinted|The (?:text|source text|message|letter|full text|statement|note|memorandum|telegram)\b(?! of (?:the|his|that))|It |An? (?:slightly |somewhat )?(?:different|edited|extract|portion|unofficial|text|translation|version|summary)|Another|Text|Quoted)",
            words,
        ) is not None  # fmt: skip

    def marks(self, a: int, b: int) -> None:
        classification, marks = markings.read_marks(self.text, a, b)
        if classification is not None:
            words = self.text[slice(*classification)]
            if self.facts.classification is None:
                self.facts.classification = words
                self.evidence("classification", *classification, "marks")
            else:
                self.facts.handling.append(words)
        for span in marks:
            item = " ".join(self.text[slice(*span)].split())
            if re.match(r"(?:[a-z]|Drafted|Repeated)", item) or len(item) > 70:
                continue
            self.evidence(f"handling[{len(self.facts.handling)}]", *span, "marks")
            self.facts.handling.append(item)
            self.mark(*span)
        if classification is not None:
            self.mark(*classification)
        self.mark_if_dull(a, b)

    def bracket(self, a: int, b: int) -> None:
        """ "(Memorandum of conversation; Department of State, Central Files, ...)"."""
        text = self.text
        inner_a = a + 1
        inner_b = b - 1
        while (
            inner_b > inner_a and text[inner_b] in ".) ]" and text[inner_a:inner_b].count("(") < 1
        ):
            inner_b -= 1
        inner_b += 1
        if text[inner_b - 1] in ")]" and text[inner_a:inner_b].count("(") < text[
            inner_a:inner_b
        ].count(")"):
            inner_b -= 1
        inside = text[inner_a:inner_b]
        if re.search(r", pp?\. ?\d", inside) and not re.search(
            r"Library|Central Files|National Archives|Box \d|Lot \d", inside
        ):
            self.facts.relations.append(
                Relation(
                    type="cites",
                    target=printed.tidy(inside),
                    start=self.offset + inner_a,
                    end=self.offset + inner_b,
                    rule="cited:publication",
                )
            )
            self.mark(a, b)
            return
        at = inner_a
        pieces: list[tuple[int, int]] = []
        for m in re.finditer(r";\s*", inside):
            pieces.append((at, inner_a + m.start()))
            at = inner_a + m.end()
        pieces.append((at, inner_b))
        subject: str | None = None
        for pa, pb in pieces:
            spans = holdings.split_citations(text, pa, pb)
            cited = False
            for ca, cb in spans:
                words = text[ca:cb]
                if not (
                    re.match(r"[Ii]bid\b", words)
                    or holdings.HOLDER_RE.match(words)
                    or re.search(r"\bFiles?\b|\bPapers\b|Lot \d|Box \d|RG \d", words)
                ):
                    continue
                got = holdings.read_citation(
                    text,
                    ca,
                    cb,
                    self.offset,
                    previous=self.last,
                    copy=self.pending.label if self.pending else "copy",
                )
                if got is None:
                    continue
                cited = True
                holding = got[0]
                self.last = holding
                if self.pending is not None:
                    self.facts.holdings.append(
                        msgspec.structs.replace(
                            holding,
                            language=self.pending.language,
                            form=self.pending.form,
                            rule="holding-bracket",
                        )
                    )
                else:
                    self.facts.relations.append(
                        Relation(
                            type="cites",
                            target=subject or "document spoken of before",
                            note=f"{holding.holder}, {holding.shelfmark}"
                            if holding.shelfmark
                            else holding.holder,
                            start=holding.start,
                            end=holding.end,
                            rule="cited:holding",
                        )
                    )
                self.mark(pa - 1, pb + 1)
            if not cited:
                subject = " ".join(text[pa:pb].split())
                if (
                    find_citations(text, self.offset, pa, pb)
                    or re.match(
                        r"(?:[Mm]emorand|[Tt]elegram|[Ll]etter|Minutes|Notes?|Message|Despatch|Airgram|Draft|Record|[Ss]ee|[Tt]ext)",
                        subject,
                    )
                    or len(pieces) > 1
                ):
                    self.mark(pa - 1, pb + 1)
        for relation in find_citations(text, self.offset, a, b):
            self.facts.relations.append(relation)
            self.mark((relation.start or 0) - self.offset, (relation.end or 0) - self.offset)
        if subject is None or not self.text[a + 1 : b - 1].strip():
            self.mark_if_dull(a, b)

    def copies(self, at: int, b: int, subject: str, start: int) -> None:
        """ "Another copy is in the Kennedy Library, ..., and ibid., ..."."""
        copy = describe_copy(subject)
        other = copy is None
        if (
            copy is not None
            and copy.of
            and self.context.form
            and copy.of.lower()
            not in (
                "message",
                "text",
                "source text",
                "document",
                self.context.form.replace("-", " "),
                "communication",
                "conversation",
            )
        ):
            other = copy.other
        understood = False
        before = at
        for ca, cb in holdings.split_citations(self.text, at, b):
            labels = [copy] if copy is not None else [Copy("copy")]
            if copy is not None and copy.also is not None:
                labels.append(copy.also)
            for label in labels:
                got = holdings.read_citation(
                    self.text, ca, cb, self.offset, previous=self.last, copy=label.label,
                    language=label.language, form=label.form, extent=label.extent,
                )  # fmt: skip
                if got is None:
                    continue
                holding, done = got
                understood = True
                if other:
                    self.facts.relations.append(
                        Relation(
                            type="cites",
                            target=" ".join(subject.split()),
                            note=f"{holding.holder}, {holding.shelfmark}"
                            if holding.shelfmark
                            else holding.holder,
                            start=holding.start,
                            end=holding.end,
                            rule="cited:holding",
                        )
                    )
                else:
                    self.facts.holdings.append(holding)
                if label is labels[-1]:
                    self.last = holding
                self.mark(before, done + 1)
                self.mark_if_dull(done, cb)
                before = done
        if understood:
            self.mark(start, at)
            self.pending = None

    def drafting(self, a: int, b: int) -> None:
        found = read_drafting(self.text, a, b, self.offset, year=self.year)
        facts = self.facts
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
            self.mark(*span)

    def repeated(self, verb: str, parties: list[Party], span: tuple[int, int]) -> None:
        if not re.match(r"(?:[Rr]epeated|[Ss]ent|[Pp]assed|[Pp]ouched|[Rr]elayed)", verb):
            return
        sender = self.context.sender
        official = self.context.form in ("telegram", "cipher-telegram", None)
        posts = any(gazetteer.is_place(party.name) for party in parties)
        mode = "pouch" if "ouch" in verb else "embassy cable" if official and posts else "telegram"
        self.facts.legs.append(
            Leg(
                index=0, from_=sender, to=parties[0], also_to=tuple(parties[1:]), mode=mode, channel="official",
                mode_text=verb.lower(), start=self.offset + span[0], end=self.offset + span[1], rule="leg-repeated",
                certainty="inferred" if sender else "stated", note="the receiving posts as named" if parties else None,
            )
        )  # fmt: skip

    def times(self, a: int, b: int) -> None:
        if m := _RECEIVED.search(self.text, a, b):
            date = timewords.read_date(
                self.text, *m.span("when"), self.offset, year=self.year, near=self.context.date
            )
            if self.facts.received is None and (m.start() - a < 40):
                self.facts.received = date
                self.mark(*m.span())
        if m := _SENT_AT.match(self.text[a:b]):
            self.facts.sent = timewords.read_date(
                self.text,
                a + m.start("when"),
                a + m.end("when"),
                self.offset,
                year=self.year,
                near=self.context.date,
            )
            self.mark(a, a + m.end())

    def versions(self, a: int, b: int) -> None:
        """Translations and forms of the copy printed: "The source text is a ... translation"."""
        words = self.text[a:b]
        facts = self.facts
        own = re.match(
            r"(?:The|This)\s+(?:source\s+text|letter|message|text|translation|note)\b|A (?:handwritten |typed )?note on the source text|It is",
            words,
        )
        if own and (m := _TRANSLATOR_BODY.search(words)):
            span: dict[str, Any] = {
                "start": self.offset + a + m.start("body"),
                "end": self.offset + a + m.end("body"),
            }
            facts.translators.append(Party(name=m["body"], kind="body", rule="translation", **span))
        elif own and (m := _TRANSLATION.search(words)) and m["who"]:
            at = a + m.start("who")
            while at < a + m.end("who") and (got := read_party(self.text, at, b, self.offset)):
                facts.translators.append(msgspec.structs.replace(got[0], rule="translation"))
                sep = re.compile(r"\s*(?:,|and|,\s*and)\s+").match(self.text, got[1], b)
                at = sep.end() if sep else b
        if own and re.search(r"\btranslation\b", words):
            facts.language = facts.language or "English"
            self.form_of_source_text("translation")
            if (
                re.match(
                    r"(?:The|This)\s+source\s+text\s+is\s+(?:an?|the)[^.;]{0,60}translation", words
                )
                and len(words) < 160
            ):
                self.mark(a, b)
        if (m := _TRANSLATED_FROM.search(words)) or (m := _LANGUAGE_TEXT.search(words)):
            facts.original_language = facts.original_language or m["lang"]
        if m := _SOURCE_TEXT_IS.match(words):
            for word, form in _FORM_WORDS.items():
                if m["kind"] and word in m["kind"]:
                    self.form_of_source_text(form)
                    self.mark(a, a + m.end())

    def form_of_source_text(self, form: str) -> None:
        for i, holding in enumerate(self.facts.holdings):
            if holding.copy == "source text" and holding.form is None:
                self.facts.holdings[i] = msgspec.structs.replace(holding, form=form)

    def attached(self, a: int, b: int) -> None:
        """ "Transmitted as an enclosure to despatch 747", "under cover of a memorandum"."""
        m = ENCLOSURE.search(self.text, a, b)
        if m is None:
            return
        lead = self.text[a : m.start()]
        if len(lead) > 60 or re.search(r"[;(]", lead):
            return
        cited = find_citations(self.text, self.offset, m.start("carrier"), m.end("carrier"))
        target = cited[0].target if cited else " ".join(m["carrier"].split())
        kind = (
            "covered-by"
            if "cover" in m.group()[: m.start("carrier") - m.start()]
            else "enclosed-in"
        )
        if (
            m["verb"].lower() in ("sent", "transmitted", "submitted", "circulated", "forwarded")
            and kind == "enclosed-in"
            and not re.search(r"nclosure|ttachment|nnex|[Tt]ab\b", m.group())
        ):
            return
        self.facts.relations.append(
            Relation(type=kind if "ttach" not in m["verb"] else "attached-to", target=target, text=" ".join(m.group().split()),
                     start=self.offset + m.start(), end=self.offset + m.end(), rule="enclosed")
        )  # fmt: skip
        self.mark(a, m.end())

    def travel(self, start: int, end: int) -> None:
        ctx = self.context
        legs = find_legs(
            self.text[start:end], self.offset + start, sender=ctx.sender, addressee=ctx.addressee,
            date=ctx.date, where="note",
        )  # fmt: skip
        self.facts.legs.extend(legs)
        for leg in legs:
            if leg.start is not None and leg.end is not None:
                self.mark(leg.start - self.offset, leg.end - self.offset)
        ordered = sorted(
            self.facts.legs, key=lambda leg: (leg.rule == "leg-repeated", leg.start or 0)
        )
        self.facts.legs = [
            msgspec.structs.replace(leg, index=i) for i, leg in enumerate(ordered, 1)
        ]

    # -- coverage -----------------------------------------------------------------------------

    def evidence(self, name: str, a: int, b: int, rule: str) -> None:
        self.facts.evidence.append(
            Evidence(field=name, start=self.offset + a, end=self.offset + b, rule=rule)
        )

    def mark(self, a: int, b: int) -> None:
        a, b = max(a, 0), min(b, len(self.text))
        if a < b:
            self.known[a:b] = b"\x01" * (b - a)

    def mark_if_dull(self, a: int, b: int) -> None:
        if not _WORDISH.search(self.text[a:b]):
            self.mark(a, b)

    def finish(self) -> None:
        text, facts = self.text, self.facts
        facts.total = sum(1 for ch in text if not ch.isspace())
        start: int | None = None
        for i in range(len(text) + 1):
            open_ = i < len(text) and not self.known[i]
            if open_ and start is None:
                start = i
            elif not open_ and start is not None:
                a, b = start, i
                start = None
                if not _WORDISH.search(text[a:b]):
                    self.mark(a, b)
                    continue
                while text[a] in " \n\t.,;:)]”":
                    a += 1
                while text[b - 1] in " \n\t,;:([":
                    b -= 1
                if text[a:b].strip(" .,") in ("and", "or", "also", "the", "The", "of"):
                    self.mark(a, b)
                    continue
                facts.unparsed.append(
                    Unparsed(
                        where="source-note",
                        text=text[a:b],
                        start=self.offset + a,
                        end=self.offset + b,
                    )
                )
        facts.understood = sum(
            1
            for i, ch in enumerate(text)
            if not ch.isspace() and (self.known[i] or not ch.isalnum())
        )
