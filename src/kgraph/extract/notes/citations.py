"""Where the copy printed and others lie: the citations of a source note."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract.notes import holdings, markings, printed
from kgraph.extract.notes.documents_cited import find_citations
from kgraph.extract.notes.reading import NoteReading
from kgraph.extract.notes.sentences import Copy, describe_copy
from kgraph.extract.sentences import sentences
from kgraph.model import Holding, Number, Relation

_STARTER = re.compile(
    r"(?<=[.\]”\"])\s+(?=(?:Drafted|Repeated|Also sent|Also |No drafting|The |A |An |According|Another|This|These|Copies|Printed|Transmitted|Prepared"
    r"|Sent |Received|Approved|It |In |On |All |Attached|There|See |For |Initialed|Signed|Published|Regarding|Brackets|Participants|Passed"
    r"|Dictated|Transcribed|Initial|Cleared|Tab |Extract|Other |Typed|At |Not |Only|His|Kissinger|Nixon|Though|Although|While|Telegram|Memorand|Ellips|Written|Undated|Limited Dis|Enclos|[A-Z][a-z]+ed (?:to|by|in|at|on|through|as|from|under) )|\()"
)
_LOST_STOP = re.compile(
    rf"(?<=[A-Z0-9)]\s)(?:Top Secret|Secret|Confidential|Unclassified|Limited Official Use)(?=;\s+{markings.KNOWN.pattern}|\.\s|\.$)"
)
"""Marks behind a file number whose stop was lost: "POL 1 RUR Secret; Priority"."""
_AND_ANOTHER = re.compile(
    r",?\s+and\s+(?P<subj>(?:an?|another|the)\s+[^,.;]{3,60}?)\s+(?:is|are)\s+(?:also\s+)?(?=in\s|ibid)"
)
_MARKS_FIRST = re.compile(rf"\.\s+(?P<marks>{markings.KNOWN.pattern}(?=[.;]))")


def read_head(reading: NoteReading, start: int, end: int, *, bare: bool) -> int:
    """Read the citation of the copy printed; where the marks or the next sentence begin."""
    text = reading.text
    if bare:
        first = sentences(text, start, end)
        stop = first[0][1] if first else end
        if _STARTER.search(text, start, end) is None and len(text) < 160:
            stop = end
        got = holdings.read_bare(text, start, stop, reading.offset)
        if got is not None:
            holding, form = got
            hold(reading, holding)
            if form:
                reading.facts.form = form.lower()
                reading.evidence("form", start, stop, "note-form")
            reading.mark(start, stop)
            return stop
        return start
    starter = _STARTER.search(text, start, end)
    limit = starter.start() if starter else end
    marks = markings.find_first(text, start, end)
    if marks is None and (unclassed := _MARKS_FIRST.search(text, start, end)):
        return_at = unclassed.start("marks")
        if return_at <= limit:
            cite(reading, start, return_at)
            return return_at
    if marks is None and (lost := _LOST_STOP.search(text, start, limit)):
        cite(reading, start, lost.start())
        return lost.start()
    if marks is not None and (marks.start() <= limit or marks.start() - limit < 3):
        stop = marks.start()
    elif starter:
        stop = limit
    else:
        first = sentences(text, start, end)
        stop = first[0][1] if first else end
    cite(reading, start, stop)
    return stop


def cite(reading: NoteReading, start: int, stop: int) -> None:
    """Read the citations between `start` and `stop`, or the printed work that stands there."""
    text = reading.text
    if printed.is_publication(text[start:stop]):
        for p in printed.find_printings(text, start, stop, reading.offset, whole=True):
            reading.facts.printed_in.append(
                msgspec.structs.replace(p, note="the source text is taken from here")
            )
            reading.mark(start, stop)
        return
    for i, (a, b) in enumerate(holdings.split_citations(text, start, stop)):
        got = holdings.read_citation(
            text,
            a,
            b,
            reading.offset,
            previous=reading.last,
            copy="source text" if not i else "another copy",
        )
        if got is None:
            continue
        hold(reading, got[0])
        reading.mark(start if not i else a, got[1] + 1)
        if got[1] < b:
            reading.mark_if_dull(got[1], b)


def hold(reading: NoteReading, holding: Holding) -> None:
    """Keep a holding, and the central file number in it."""
    reading.facts.holdings.append(holding)
    reading.last = holding
    number = (
        holdings.central_file(holding.shelfmark or "")
        if "ibid" not in (holding.rule or "")
        else None
    )
    if holding.rule == "holding-bare-file-number":
        number = holding.shelfmark
    if (
        number
        and holding.copy == "source text"
        and not any(n.kind == "central-file" for n in reading.facts.numbers)
    ):
        reading.facts.numbers.append(
            Number(
                kind="central-file",
                value=number,
                start=holding.start,
                end=holding.end,
                rule="holding",
            )
        )


def read_bracket(reading: NoteReading, a: int, b: int) -> None:
    """ "(Memorandum of conversation; Department of State, Central Files, ...)"."""
    text = reading.text
    inner_a = a + 1
    inner_b = b - 1
    while inner_b > inner_a and text[inner_b] in ".) ]" and text[inner_a:inner_b].count("(") < 1:
        inner_b -= 1
    inner_b += 1
    if text[inner_b - 1] in ")]" and text[inner_a:inner_b].count("(") < text[inner_a:inner_b].count(
        ")"
    ):
        inner_b -= 1
    inside = text[inner_a:inner_b]
    if re.search(r", pp?\. ?\d", inside) and not re.search(
        r"Library|Central Files|National Archives|Box \d|Lot \d", inside
    ):
        reading.facts.relations.append(
            Relation(
                type="cites",
                target=printed.tidy(inside),
                start=reading.offset + inner_a,
                end=reading.offset + inner_b,
                rule="cited:publication",
            )
        )
        reading.mark(a, b)
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
                reading.offset,
                previous=reading.last,
                copy=reading.pending.label if reading.pending else "copy",
            )
            if got is None:
                continue
            cited = True
            holding = got[0]
            reading.last = holding
            if reading.pending is not None:
                reading.facts.holdings.append(
                    msgspec.structs.replace(
                        holding,
                        language=reading.pending.language,
                        form=reading.pending.form,
                        rule="holding-bracket",
                    )
                )
            else:
                reading.facts.relations.append(
                    _cited(holding, subject or "document spoken of before")
                )
            reading.mark(pa - 1, pb + 1)
        if not cited:
            subject = " ".join(text[pa:pb].split())
            if (
                find_citations(text, reading.offset, pa, pb)
                or re.match(
                    r"(?:[Mm]emorand|[Tt]elegram|[Ll]etter|Minutes|Notes?|Message|Despatch|Airgram|Draft|Record|[Ss]ee|[Tt]ext)",
                    subject,
                )
                or len(pieces) > 1
            ):
                reading.mark(pa - 1, pb + 1)
    for relation in find_citations(text, reading.offset, a, b):
        reading.facts.relations.append(relation)
        reading.mark((relation.start or 0) - reading.offset, (relation.end or 0) - reading.offset)
    if subject is None or not reading.text[a + 1 : b - 1].strip():
        reading.mark_if_dull(a, b)


def read_copy_sentence(reading: NoteReading, at: int, b: int, subject: str, start: int) -> None:
    """ "Another copy is in the Kennedy Library, ..., and ibid., ..."."""
    another = _AND_ANOTHER.search(reading.text, at, b)
    if another is not None:
        read_copy_sentence(reading, at, another.start(), subject, start)
        words = another["subj"][0].upper() + another["subj"][1:]
        read_copy_sentence(reading, another.end(), b, words, another.start())
        return
    copy = describe_copy(subject)
    other = copy is None
    if (
        copy is not None
        and copy.of
        and reading.context.form
        and copy.of.lower()
        not in (
            "message",
            "text",
            "source text",
            "document",
            reading.context.form.replace("-", " "),
            "communication",
            "conversation",
        )
    ):
        other = copy.other
    understood = False
    before = at
    for ca, cb in holdings.split_citations(reading.text, at, b):
        labels = [copy] if copy is not None else [Copy("copy")]
        if copy is not None and copy.also is not None:
            labels.append(copy.also)
        for label in labels:
            got = holdings.read_citation(
                reading.text, ca, cb, reading.offset, previous=reading.last, copy=label.label,
                language=label.language, form=label.form, extent=label.extent,
            )  # fmt: skip
            if got is None:
                continue
            holding, done = got
            understood = True
            if other:
                reading.facts.relations.append(_cited(holding, " ".join(subject.split())))
            else:
                reading.facts.holdings.append(holding)
            if label is labels[-1]:
                reading.last = holding
            reading.mark(before, done + 1)
            reading.mark_if_dull(done, cb)
            before = done
    if understood:
        reading.mark(start, at)
        reading.pending = None


def _cited(holding: Holding, target: str) -> Relation:
    """Another document that the note says to lie at `holding`."""
    place = f"{holding.holder}, {holding.shelfmark}" if holding.shelfmark else holding.holder
    return Relation(
        type="cites", target=target, note=place,
        start=holding.start, end=holding.end, rule="cited:holding",
    )  # fmt: skip
