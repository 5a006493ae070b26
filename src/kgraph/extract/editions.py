"""From a published document's layout to its record, and the records of what it carries.

The heading gives form and parties; marked names agree, add their identifiers, or are
set aside where the heading says otherwise; dateline, lists, source note, opening and
signature fill the rest. An undated document is bounded by its neighbours, with that
reason, when they are in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kgraph import dating
from kgraph.extract import carried, delivery, openings, undated
from kgraph.extract import parties as who
from kgraph.extract.attendance import participants
from kgraph.extract.datelines import Dateline, read_dateline
from kgraph.extract.headings import Heading, read_heading
from kgraph.extract.layout import Block, Layout, Mark
from kgraph.extract.mentions import MentionFinder, Name
from kgraph.extract.note_facts import NoteContext, SourceNoteFacts
from kgraph.extract.source_notes import read_source_note
from kgraph.model import (
    Date,
    Evidence,
    Form,
    Holding,
    Leg,
    Number,
    Party,
    Place,
    Record,
    Relation,
    Remark,
    Unparsed,
)
from kgraph.report import Report

_TELEGRAM = re.compile(
    r"\bTelegram\b|\btelegram\b|\[Paraphrase|—\d{1,2}(?::\d\d)? [ap]\. ?m", re.IGNORECASE
)
_CC = re.compile(r"^(?:cc|c\.c\.|copies? to|info|information copies)\b[:.]?\s*", re.IGNORECASE)
_LIST_LABEL = re.compile(
    r"^(?P<label>TO|FROM|FM|THROUGH|THRU|VIA|SUBJECT|RE|REF|PARTICIPANTS|PRESENT|CC|INFO|PLACE|DATE|TIME|DATE AND TIME|DATE, TIME AND PLACE|DATE & TIME|DATE/TIME|PARTICIPANT|ATTENDEES)\b\s*(?:[:.—–-]+\s*|\n|$)",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\[(?:[A-Z]{2,4} (?:initialed|initaled|initials?)|[\w .]+ signed(?: for)?|signed|initialed)[^\]]*\]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Context:
    """What the documents of one source share while they are read."""

    volume: str
    source: str
    report: Report = field(default_factory=Report)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    year: int | None = None  # of the last dated document
    previous_holding: Holding | None = None
    previous: Record | None = None
    participants: dict[str, tuple[Party, ...]] = field(default_factory=dict)  # by document number
    finder: MentionFinder | None = None
    mark_mentions: bool = True

    def mentions(self) -> MentionFinder:
        """The finder of names in this source, built once."""
        if self.finder is None:
            self.finder = MentionFinder(
                Name(text=form, type="person", ref=f"{self.volume}#{pid}")
                for pid, name, _ in self.people
                for form in _forms(name)
            )
        return self.finder


def _forms(name: str) -> list[str]:
    """Printed forms of a list's "Khrushchev, Nikita S.": turned round, and the surname alone."""
    last, _, first = name.partition(", ")
    if not first:
        return [name] if len(name) > 3 else []
    return [f"{first} {last}", last] if len(last) > 3 else [f"{first} {last}"]


def records(layouts: Iterable[Layout], context: Context) -> Iterator[Record]:
    """The records of a source's documents in order, undated ones bounded by neighbours."""
    held: list[list[Record]] = []
    told: dict[str, str] = {}  # source notes of undated documents
    before: str | None = None
    for layout in layouts:
        try:
            made = _document(layout, context)
        except RecursionError:
            context.report.error(
                "too-deep",
                layout.id,
                "enclosures nested too deeply to be read",
                "look at the markup",
            )
            continue
        record = made[0]
        context.previous = record
        if record.date is not None and record.date.earliest is not None:
            context.year = int(record.date.earliest[:4])
            for group in held:
                yield from _bounded(group, before, record.date.earliest, told)
            held.clear()
            told.clear()
            before = record.date.latest or before
            yield from made
        elif _is_undated(record):
            held.append(made)
            notes = layout.of("source-note") or layout.of("head-note")[:1]
            told[record.id] = " ".join(layout.words(note) for note in notes)
            if len(held) > 20:
                yield from _bounded(held.pop(0), before, None, told)
        else:
            if held:
                held.append(made)
            else:
                yield from made
    for group in held:
        yield from _bounded(group, before, None, told)


def _is_undated(record: Record) -> bool:
    return record.form != "editorial-note" and (record.date is None or record.date.edtf is None)


def _bounded(
    group: list[Record], before: str | None, after: str | None, told: dict[str, str]
) -> Iterator[Record]:
    record = group[0]
    if not _is_undated(record) or record.date is None or (before is None and after is None):
        yield from group
        return
    low, high = (before or "")[:10], (after or "")[:10]
    if low and high and (low > high or int(high[:4]) - int(low[:4]) > 1):
        yield from group
        return
    date = record.date
    late = _not_after(record)
    if late is not None and late[:10] <= (high or late[:10]):
        high, reason_after = late[:10], "what became of it"
    else:
        reason_after = "the next"
    spoken, day = undated.told_day(told.get(record.id, ""), low or None, high or None)
    if day is not None:
        low, high, reason_after = day if spoken else low, day, "what became of it"
    edtf = f"{low or '..'}/{high or '..'}" if low != high else low
    earliest, latest = dating.bounds(edtf)
    note = "undated; between the dates of the documents before and after it"
    if reason_after != "the next":
        note = "undated; not before the preceding document, not after the day on which it was delivered or sent"
    if spoken:
        note = "undated; of the day on which the statement was made, as the note says"
    bounded = msgspec.structs.replace(
        date, edtf=edtf, earliest=earliest, latest=latest, certainty="inferred",
        note=note, rule="bounded-by-neighbours",
    )  # fmt: skip
    yield msgspec.structs.replace(record, date=bounded)
    yield from group[1:]


def _not_after(record: Record) -> str | None:
    dates = [leg.date for leg in record.legs if leg.date is not None]
    dates += [one for one in (record.received, record.sent) if one is not None]
    known = [one.latest for one in dates if one.latest]
    return min(known) if known else None


# one document ---------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    layout: Layout
    context: Context
    heading: Heading
    values: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)
    other_dates: list[Date] = field(default_factory=list)


def _document(
    layout: Layout, context: Context, part_of: str | None = None, outer: Record | None = None
) -> list[Record]:
    """The record of a document, then those of what it carries."""
    head = next(iter(layout.of("head")), None)
    text = layout.words(head) if head is not None else ""
    draft = _Draft(layout, context, read_heading(text, head.start if head else 0))
    heading = draft.heading
    dateline = _dateline(draft, outer)
    senders, addressees = _parties(draft)
    lists = _lists(draft)
    participants, drafters = heading.participants, heading.drafters
    form = heading.form
    if lists.participants and (
        form in ("memorandum-of-conversation", "minutes")
        or not (senders or addressees)
        or form in ("memorandum", "telegram", "other", "editorial-note")
    ):
        participants = lists.participants
    if not participants or not lists.participants:
        participants = _same_list(draft) or participants
    number = heading.number or layout.number
    if number is not None and part_of is None and participants:
        context.participants[number] = participants
    if heading.same and context.previous is not None:
        senders = tuple(_shifted(p) for p in context.previous.senders)
        addressees = tuple(_shifted(p) for p in context.previous.addressees)
    if form not in ("memorandum-of-conversation", "minutes", "editorial-note"):
        if not senders and lists.senders and not drafters:
            senders = lists.senders
        if not addressees and lists.addressees:
            addressees = lists.addressees
    copies = lists.copies
    form = _form(draft, form, dateline)
    facts = _note(draft, senders, addressees, dateline.date, form)
    body = [block for block in layout.blocks if block.kind == "p"]
    _openings(draft, body, form)
    signed = _signers(draft)
    greeted = _salutation(draft, body)
    if (
        not addressees
        and greeted is not None
        and form in ("letter", "message", "other", "note", "memorandum", "telegram")
    ):
        addressees = (greeted,)
        if form == "other" and heading.form == "other" and not senders and (signed or layout.label):
            form = "letter"
    if not senders and not drafters and part_of is not None and signed and addressees:
        senders = tuple(
            msgspec.structs.replace(p, certainty="inferred", note="from the signature")
            for p in signed[-1:]
        )
    classification, handling = _marking(draft)
    numbers = _unique(draft.numbers)
    place_to = next(
        (
            Place(name=p.place, rule="heading", start=p.start, end=p.end)
            for p in addressees
            if p.place
        ),
        None,
    )
    values: dict[str, Any] = {
        "form": form, "kind": heading.kind, "senders": senders, "addressees": addressees,
        "participants": participants, "drafters": drafters, "copies_to": copies,
        "date": dateline.date, "received": dateline.received, "place": dateline.place,
        "place_to": place_to, "subject": lists.subject, "classification": classification,
        "handling": tuple(handling), "numbers": tuple(numbers), "signed": signed,
    }  # fmt: skip
    if facts is not None:
        _merge(values, facts, draft)
    summary = next(iter(layout.of("summary")), None)
    record_id = layout.id
    inner_layouts = layout.inner
    made_inner: list[Record] = []
    base = Record(
        id=record_id, source=context.source, title=_title(heading), number=heading.number or layout.number,
        part_of=part_of, regest=layout.words(summary) if summary is not None else None,
        locator=f"p. {layout.page}" if layout.page else (f"line {layout.line}" if layout.line else None),
        text=layout.text, text_length=len(layout.text), **values,
    )  # fmt: skip
    count = 0
    contains: list[str] = []
    base = _with_legs(base, delivery.of_telegram(base), [])
    if form not in ("editorial-note",):
        spans = [(b.start, b.end) for b in layout.blocks if b.kind in ("p", "closer", "row")]
        letters = _carried(draft, base)
        if not letters:
            base = _with_legs(base, None, delivery.of_opening(layout.text, spans, base))
        for letter in letters:
            count += 1
            told = delivery.of_carried(layout.text, letter, spans, base)
            made_inner.append(
                _carried_record(letter, base, f"{record_id}/{count}", layout.text, told)
            )
            contains.append(made_inner[-1].id)
            draft.relations.append(
                Relation(
                    type="quotes",
                    target=made_inner[-1].id,
                    start=letter.start,
                    end=letter.end,
                    rule=letter.rule,
                )
            )
    for inner in inner_layouts:
        count += 1
        _renumber(inner, f"{record_id}/{count}")
        got = _document(inner, context, part_of=record_id, outer=base)
        got[0] = msgspec.structs.replace(
            got[0],
            relations=(
                *got[0].relations,
                Relation(type="enclosed-in", target=record_id, rule="attachment"),
            ),
        )
        contains.append(got[0].id)
        draft.relations.append(Relation(type="encloses", target=got[0].id, rule="attachment"))
        made_inner.extend(got)
    record = msgspec.structs.replace(
        base, contains=tuple(contains), relations=(*base.relations, *draft.relations),
        remarks=(*base.remarks, *draft.remarks), evidence=(*base.evidence, *draft.evidence),
        unparsed=(*base.unparsed, *draft.unparsed), other_dates=tuple(draft.other_dates),
        mentions=_mentions(draft, values),
    )  # fmt: skip
    return [record, *made_inner]


def _with_legs(record: Record, first: Leg | None, more: list[Leg]) -> Record:
    """A record whose legs begin with `first` and end with `more`."""
    if first is None and not more:
        return record
    legs = ((first,) if first is not None else ()) + record.legs + tuple(more)
    return msgspec.structs.replace(
        record, legs=tuple(msgspec.structs.replace(leg, index=i) for i, leg in enumerate(legs, 1))
    )


def _renumber(layout: Layout, id_: str) -> None:
    layout.id = id_


def _title(heading: Heading) -> str | None:
    return heading.title or None


def _shifted(party: Party) -> Party:
    """A party taken over from the document before ("Same to same")."""
    return msgspec.structs.replace(
        party,
        start=None,
        end=None,
        certainty="inferred",
        rule="same-to-same",
        note="as in the document before",
    )


def _unique(numbers: list[Number]) -> list[Number]:
    seen: set[tuple[str, str]] = set()
    out = []
    for one in numbers:
        if (one.kind, one.value) not in seen:
            seen.add((one.kind, one.value))
            out.append(one)
    return out


# parties -----------------------------------------------------------------------------


def _parties(draft: _Draft) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Parties of the heading, with the identifiers of the markup; the markup alone where
    the heading cannot be read. Where both disagree, the words of the heading stand."""
    heading, layout = draft.heading, draft.layout
    marks = [
        mark for mark in layout.marks
        if heading.start <= mark.start < mark.end <= heading.end and mark.tag in ("person", "body")
    ]  # fmt: skip
    senders = _referred(heading.senders, marks)
    addressees = _referred(heading.addressees, marks)
    heading.participants = _referred(heading.participants, marks)
    heading.drafters = _referred(heading.drafters, marks)
    typed = [mark for mark in marks if mark.type in ("from", "to")]
    conversation = heading.form in ("memorandum-of-conversation", "minutes", "editorial-note")
    if not typed:
        return senders, addressees
    read = {(p.start, p.end): "from" for p in senders} | {
        (p.start, p.end): "to" for p in addressees
    }
    everyone = [*senders, *addressees, *heading.participants, *heading.drafters]
    for mark in typed:
        overlap = [
            p for p in everyone
            if p.start is not None and p.end is not None and p.start < mark.end and mark.start < p.end
        ]  # fmt: skip
        if overlap:
            side = read.get((overlap[0].start, overlap[0].end))
            if side is not None and side != mark.type:
                draft.remarks.append(
                    Remark(
                        property="senders" if mark.type == "from" else "addressees",
                        value=layout.text[mark.start : mark.end],
                        kind="doubt",
                        start=mark.start,
                        end=mark.end,
                        rule="markup-against-heading",
                        note=f"marked as {mark.type}, read as {side}",
                    )
                )
    if not conversation and not heading.drafters and not (senders and addressees):
        if not senders:
            senders = tuple(
                _from_mark(mark, layout)
                for mark in typed
                if mark.type == "from" and not _taken(mark, addressees)
            )
        if not addressees:
            addressees = tuple(
                _from_mark(mark, layout)
                for mark in typed
                if mark.type == "to" and not _taken(mark, senders)
            )
    return senders, addressees


def _taken(mark: Mark, parties: tuple[Party, ...]) -> bool:
    return any(
        p.start is not None and p.end is not None and p.start < mark.end and mark.start < p.end
        for p in parties
    )


def _from_mark(mark: Mark, layout: Layout) -> Party:
    words = layout.text[mark.start : mark.end]
    found = who.party(words, mark.start, "markup")
    if found is None:
        return Party(name=words, start=mark.start, end=mark.end, ref=mark.ref, rule="markup")
    return msgspec.structs.replace(found, ref=mark.ref)


def _referred(parties: tuple[Party, ...], marks: list[Mark]) -> tuple[Party, ...]:
    out = []
    for party in parties:
        for mark in marks:
            if (
                mark.ref is not None and party.start is not None and party.end is not None
                and mark.start < party.end and party.start < mark.end
            ):  # fmt: skip
                party = msgspec.structs.replace(party, ref=mark.ref)
                break
        out.append(party)
    return tuple(out)


# dates and places ----------------------------------------------------------------------


def _dateline(draft: _Draft, outer: Record | None) -> Dateline:
    layout, heading = draft.layout, draft.heading
    best: Dateline | None = None
    for block in layout.of("dateline", "opener", "closer", "signed"):
        if block.kind in ("opener", "closer", "signed") and not _has_date_mark(layout, block):
            continue
        if block.quote:
            continue
        line = _read_line(layout, block, draft)
        if best is None:
            best = line
        elif best.date is None and line.date is not None:
            line.place = line.place or best.place
            best = line
        elif best.place is None and line.place is not None and line.date is None:
            best.place = line.place
        if best.date is not None and best.date.edtf is not None and best.place is not None:
            break
    if best is None:
        best = Dateline(heading.end, heading.end)
        loose = _loose_date(draft)
        if loose is not None:
            best = loose
    if best.date is None and heading.date is not None:
        best.date = heading.date
    if best.place is None and heading.place is not None:
        name, start, end = heading.place
        best.place = Place(name=name, start=start, end=end, rule="heading")
    if best.date is None and heading.form not in ("editorial-note",):
        encoded = _encoded(layout)
        if encoded is not None:
            best.date = encoded
        elif heading.rule == "heading" and heading.title and outer is None:
            written = dating.parse(heading.title, default_year=draft.context.year)
            at = layout.text.find(heading.title)
            if (
                written is not None
                and written.edtf
                and written.start is not None
                and at >= 0
                and len(written.edtf) >= 10
            ):
                best.date = dating.parse(heading.title, default_year=draft.context.year, offset=at)
    elif best.date is not None and best.date.edtf is None:
        encoded = _encoded(layout)
        if encoded is not None:
            best.date = msgspec.structs.replace(
                best.date, edtf=encoded.edtf, earliest=encoded.earliest, latest=encoded.latest,
                certainty="inferred", note=encoded.note, rule=encoded.rule,
            )  # fmt: skip
    return best


def _has_date_mark(layout: Layout, block: Block) -> bool:
    return any(
        mark.tag == "date" and block.start <= mark.start < block.end for mark in layout.marks
    )


def _read_line(layout: Layout, block: Block, draft: _Draft) -> Dateline:
    marks = [mark for mark in layout.marks if block.start <= mark.start and mark.end <= block.end]
    dates = [mark for mark in marks if mark.tag == "date" and mark.end > mark.start]
    places = [mark for mark in marks if mark.tag == "place" and mark.end > mark.start]
    date = (dates[0].start - block.start, dates[0].end - block.start) if dates else None
    place = None
    if places:
        place = (places[0].start - block.start, places[0].end - block.start)
    words = layout.words(block)
    line = read_dateline(
        words,
        block.start,
        default_year=draft.context.year if dates else None,
        place=place,
        date=date,
    )
    if dates and dates[0].values:
        _check_encoding(line, dates[0], draft)
    return line


def _check_encoding(line: Dateline, mark: Mark, draft: _Draft) -> None:
    """An encoded date beside the written one: it completes it, or is a claim against it."""
    values = mark.values
    edtf = values.get("when")
    if edtf is None and values.get("from") and values.get("to"):
        edtf = f"{values['from'][:10]}/{values['to'][:10]}"
    elif edtf is None and (values.get("notBefore") or values.get("notAfter")):
        low, high = values.get("notBefore", "..")[:10], values.get("notAfter", "..")[:10]
        edtf = low if low == high else f"{low}/{high}"
    if edtf is None:
        return
    edtf = re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", edtf)
    edtf = re.sub(r"[+-]\d\d:\d\d$", "", edtf)
    encoded = dating.from_edtf(edtf, draft.layout.text[mark.start : mark.end])
    if encoded.edtf is None:
        return
    written = line.date
    if written is None or written.edtf is None or "XXXX" in written.edtf:
        line.date = msgspec.structs.replace(
            encoded, start=mark.start, end=mark.end, rule="encoded-date", certainty="inferred",
            note="as the edition encodes it",
        )  # fmt: skip
        return
    if (
        written.earliest
        and encoded.earliest
        and (
            written.earliest[:10] > (encoded.latest or "")[:10]
            or (written.latest or "")[:10] < encoded.earliest[:10]
        )
    ):
        draft.other_dates.append(
            msgspec.structs.replace(
                encoded,
                start=mark.start,
                end=mark.end,
                rule="encoded-date",
                note="encoded otherwise than written",
            )
        )


def _encoded(layout: Layout) -> Date | None:
    """The bounds that the edition encodes for the whole document."""
    low, high = layout.earliest, layout.latest
    if not low or not high:
        return None
    first, last = low[:10], high[:10]
    edtf = first if first == last else f"{first}/{last}"
    found = dating.from_edtf(edtf, edtf)
    if found.edtf is None:
        return None
    return msgspec.structs.replace(
        found,
        rule="encoded-bounds",
        certainty="inferred",
        note="bounds that the edition encodes for the document",
    )


def _loose_date(draft: _Draft) -> Dateline | None:
    """A dateline among the first or last paragraphs, where none is marked as one."""
    layout = draft.layout
    body = [block for block in layout.blocks if block.kind == "p" and not block.quote]
    for block in [*body[:3], *body[-3:]]:
        words = layout.words(block)
        if len(words) > 130:
            continue
        line = read_dateline(words, block.start)
        if (
            line.date is not None
            and line.date.edtf
            and len(line.date.edtf) >= 10
            and line.date.end is not None
        ):
            before = words[: (line.date.start or 0) - block.start]
            after = words[line.date.end - block.start :]
            if (
                len(after.strip(" .[]0123456789")) < 3
                and len(before) < 70
                and not re.search(r"\b(?:of|on|dated|the|to|from|by)\s*$", before)
            ):
                return line
    return None


# lists -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Lists:
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    copies: tuple[Party, ...] = ()
    subject: str | None = None


def _lists(draft: _Draft) -> _Lists:
    layout = draft.layout
    out = _Lists()
    senders: list[Party] = []
    addressees: list[Party] = []
    people: list[Party] = []
    copies: list[Party] = []
    subjects: list[str] = []
    for block in layout.blocks:
        if block.kind != "item" or block.list in (None, "list"):
            continue
        words = layout.words(block)
        if block.list == "participants":
            people.extend(participants(words, block.start))
        elif block.list == "subject":
            subjects.append(words)
        elif block.list == "from":
            senders.extend(_line_parties(words, block.start))
        elif block.list == "to":
            if _CC.match(words):
                copies.extend(_line_parties(words, block.start))
            else:
                addressees.extend(_line_parties(words, block.start))
        elif block.list in ("cc", "copies", "info"):
            copies.extend(_line_parties(words, block.start))
    marks = [
        mark for mark in layout.marks if mark.tag in ("person", "body") and mark.block == "item"
    ]
    out.senders = _referred(tuple(senders), marks)
    out.addressees = _referred(tuple(addressees), marks)
    out.participants = _referred(tuple(people), marks)
    out.copies = tuple(copies)
    if subjects:
        out.subject = "; ".join(subjects)[:600]
        block = next(b for b in layout.blocks if b.kind == "item" and b.list == "subject")
        draft.evidence.append(
            Evidence(field="subject", start=block.start, end=block.end, rule="list")
        )
    return out


_SAME_LIST = re.compile(
    r"\[[^\]]*\b(?:same|identical)\b[^\]]*\b(?:[Dd]ocument|[Nn]o\.)\s+(?P<number>\d+)[^\]]*\]"
)


def _same_list(draft: _Draft) -> tuple[Party, ...]:
    """The participants of another document that a list refers to."""
    for block in draft.layout.blocks:
        if block.kind != "item" or block.list != "participants":
            continue
        same = _SAME_LIST.search(draft.layout.words(block))
        if same is not None:
            return tuple(
                msgspec.structs.replace(
                    party,
                    start=None,
                    end=None,
                    certainty="inferred",
                    rule="same-list",
                    note=f"the list refers to document {same['number']}",
                )
                for party in draft.context.participants.get(same["number"], ())
            )
    return ()


def _line_parties(words: str, offset: int) -> list[Party]:
    clean = _WORK.sub(lambda m: " " * len(m[0]), words)
    clean = re.sub(
        r"\b(?:NIACT|IMMEDIATE|PRIORITY|FLASH|ROUTINE|UNN|Priority|Immediate|Flash)\b.*$",
        lambda m: " " * len(m[0]),
        clean,
    )
    lead = re.match(
        r"\s*(?:TO:|FROM:|FOR:?|For:?|THE|[A-Z]{1,5}(?:/[A-Z]+)?\s?[-–—]+\s?)\s*", clean
    )
    begin = lead.end() if lead and lead.end() < len(clean.rstrip()) else 0
    phrase = clean[begin:].rstrip()
    dash = re.match(r"^(?:The|the) [\w ,]+ [-–—]+ ", phrase)
    if dash is not None:
        found = who.party(phrase[dash.end() :], offset + begin + dash.end(), "list")
        return [found] if found is not None else []
    if phrase.isupper():
        found = who.party(_cased(phrase), offset + begin, "list")
        if found is not None and found.start is not None and found.end is not None:
            found = msgspec.structs.replace(
                found,
                name=found.name
                if found.kind == "person"
                else " ".join(words[found.start - offset : found.end - offset].split()),
            )
        return [found] if found is not None else []
    return list(who.parties(phrase, offset + begin, "list"))


def _cased(words: str) -> str:
    """Capitals as in a heading, of the same length: "HAROLD H. SAUNDERS" is "Harold H. Saunders"."""
    return re.sub(
        r"[^\W\d_]{3,}",
        lambda m: m[0].capitalize() if m[0] not in ("THE", "FOR", "AND") else m[0].lower(),
        words,
    )


# form, opening, signature ------------------------------------------------------------------


def _form(draft: _Draft, form: Form, dateline: Dateline) -> Form:
    """The form of "A to B" headings, from source note, opener and dateline."""
    heading, layout = draft.heading, draft.layout
    if heading.form_span is not None:
        draft.evidence.append(
            Evidence(
                field="form", start=heading.form_span[0], end=heading.form_span[1], rule="heading"
            )
        )
        return form
    if form not in ("letter", "other") or not (
        heading.senders or heading.addressees or layout.label or heading.same
    ):
        return form
    near = layout.of("source-note", "opener", "dateline")
    extra = heading.text[-30:]
    if re.search(r"telegram", extra, re.IGNORECASE) or (
        layout.label and re.search(r"telegram", layout.label, re.IGNORECASE)
    ):
        return "telegram"
    for block in near:
        words = layout.words(block)
        if len(words) < 120 and re.search(r"\b[Tt]elegram\b(?! (?:No|from|of))", words):
            return "telegram"
    first = next((b for b in layout.blocks if b.kind == "p"), None)
    opening = layout.text[first.start : first.end] if first is not None else ""
    if openings.SALUTATION.match(opening[:110]):
        return (
            "despatch"
            if re.match(r"(?i)sir\b", opening)
            and any(openings._NO.search(layout.words(b)) for b in near)
            else "letter"
        )
    if (
        re.match(r"\[?No\.\s?\d|\d{1,5}\.\s", opening)
        and dateline.date is not None
        and "T" in (dateline.date.edtf or "")
    ):
        return "telegram"
    if dateline.date is not None and "T" in (dateline.date.edtf or ""):
        return "telegram"
    return form


def _openings(draft: _Draft, body: list[Block], form: Form) -> None:
    layout = draft.layout
    for words, start, end in draft.heading.documents:
        kind = "telegram" if form == "telegram" else "despatch" if form == "despatch" else "other"
        if re.match(r"(?:A|CA|CG)[-–]", words) or (draft.heading.kind or "").lower().endswith(
            "airgram"
        ):
            kind = "airgram"
        value = re.sub(r"^No\.\s?", "", words)
        draft.numbers.append(Number(kind=kind, value=value, start=start, end=end, rule="heading"))
    for block in layout.of("opener", "dateline"):
        if not block.quote:
            draft.numbers.extend(openings.opener_numbers(layout.text, block.start, block.end, form))
    if (draft.heading.kind or "").lower().endswith("airgram"):
        for block in body[:2]:
            draft.numbers.extend(
                openings.airgram_numbers(layout.text, block.start, min(block.end, block.start + 60))
            )
    for block in body[:2]:
        found = openings.numbers(layout.text, block.start, block.end, form)
        if found:
            draft.numbers.extend(found)
            break
        if block.end - block.start > 80:
            break


def _signers(draft: _Draft) -> tuple[Party, ...]:
    layout = draft.layout
    out: list[Party] = []
    for block in layout.of("signed"):
        if not block.quote:
            out.extend(openings.signers(layout.text, block.start, block.end))
    if not out:
        for block in layout.of("closer"):
            if not block.quote and block.end - block.start < 140:
                out.extend(openings.signers(layout.text, block.start, block.end))
    if not out:
        last = [block for block in layout.blocks if block.kind == "p" and not block.quote][-2:]
        for block in reversed(last):
            words = layout.words(block).strip(" .")
            if 2 < len(words) < 45 and who.is_name(words) and not words.endswith(":"):
                out.extend(openings.signers(layout.text, block.start, block.end))
                break
    return _referred(tuple(out), [m for m in layout.marks if m.block in ("signed", "closer", "p")])


def _salutation(draft: _Draft, body: list[Block]) -> Party | None:
    layout = draft.layout
    for block in [*layout.of("salute"), *body[:2]]:
        found = openings.salutation(layout.text, block.start, block.end)
        if found is not None:
            return found
    return None


def _marking(draft: _Draft) -> tuple[str | None, list[str]]:
    layout = draft.layout
    for block in [*layout.of("opener"), *[b for b in layout.blocks if b.kind == "p"][:2]]:
        if block.end - block.start > 80:
            continue
        classification, handling, evidence = openings.marking(layout.text, block.start, block.end)
        if classification is not None:
            draft.evidence.extend(evidence)
            return classification, handling
    return None, []


# source note, letters carried, mentions ----------------------------------------------------


def _note(
    draft: _Draft,
    senders: tuple[Party, ...],
    addressees: tuple[Party, ...],
    date: Date | None,
    form: Form,
) -> SourceNoteFacts | None:
    layout, context = draft.layout, draft.context
    notes = layout.of("source-note") or layout.of("head-note")[:1]
    if not notes:
        return None
    year = int(date.earliest[:4]) if date is not None and date.earliest else context.year
    facts: SourceNoteFacts | None = None
    for block in notes:
        got = read_source_note(
            layout.words(block), block.start,
            context=NoteContext(senders=senders, addressees=addressees, date=date, year=year, form=form, previous=context.previous_holding),
        )  # fmt: skip
        if facts is None:
            facts = got
        else:
            for name in (
                "handling",
                "numbers",
                "holdings",
                "printed_in",
                "drafters",
                "clearers",
                "approvers",
                "signed",
                "copies_to",
                "translators",
                "legs",
                "relations",
                "remarks",
                "evidence",
                "unparsed",
            ):
                getattr(facts, name).extend(getattr(got, name))
    if facts is not None and facts.holdings:
        context.previous_holding = facts.holdings[0]
    return facts


_TAKEN = (
    "holdings", "printed_in", "clearers", "approvers", "translators", "legs", "relations", "remarks", "evidence",
    "unparsed",
)  # fmt: skip


def _merge(values: dict[str, Any], facts: SourceNoteFacts, draft: _Draft) -> None:
    for name in _TAKEN:
        values[name] = tuple(getattr(facts, name))
    marks = [m for m in draft.layout.marks if m.tag == "person"]
    for name in ("clearers", "approvers", "translators"):
        values[name] = _referred(values[name], marks)
    values["drafters"] = _joined(values["drafters"], _referred(tuple(facts.drafters), marks))
    values["copies_to"] = (*values["copies_to"], *facts.copies_to)
    if not values["signed"]:
        values["signed"] = tuple(facts.signed)
    values["numbers"] = tuple(_unique([*values["numbers"], *facts.numbers]))
    if facts.classification is not None:
        values["classification"] = facts.classification
        values["handling"] = tuple(dict.fromkeys((*facts.handling, *values["handling"])))
    elif facts.handling:
        values["handling"] = tuple(dict.fromkeys((*values["handling"], *facts.handling)))
    for name in ("language", "original_language", "sent"):
        value = getattr(facts, name)
        if value is not None:
            values[name] = value
    if values.get("received") is None and facts.received is not None:
        values["received"] = facts.received
    if facts.form and values["form"] == "other" and values["senders"]:
        values["form"] = facts.form
    if (
        facts.form
        and values["form"] == "letter"
        and facts.form == "telegram"
        and draft.heading.form_span is None
    ):
        values["form"] = "telegram"


def _joined(first: tuple[Party, ...], more: tuple[Party, ...]) -> tuple[Party, ...]:
    names = {p.name.split()[-1] for p in first}
    return (*first, *(p for p in more if p.name.split()[-1] not in names))


def _carried(draft: _Draft, base: Record) -> list[carried.Carried]:
    layout = draft.layout
    body = [
        b
        for b in layout.blocks
        if b.kind in ("p", "signed", "closer", "salute", "dateline", "row")
        and b.start >= draft.heading.end
    ]
    if draft.heading.form in ("memorandum-of-conversation", "minutes"):
        return []
    spans = [(b.start, b.end) for b in body]
    body_text = layout.text
    quotes = {i: b.quote for i, b in enumerate(body) if b.quote}
    found = carried.find(body_text, spans, quotes, base.date)
    for letter in found:
        if (
            not letter.senders
            and letter.addressees
            and any(
                p.name in ("Department of State", "Secretary of State", "Acting Secretary of State")
                for p in base.senders
            )
            and _HEADS.search(body_text[letter.start : letter.start + 60])
        ):
            letter.senders = (
                Party(
                    name="President", kind="office", rule="head-to-head", certainty="conjectural",
                    note="a letter to the head of a government, sent through the Department of State",
                ),
            )  # fmt: skip
    return found


_HEADS = re.compile(
    r"[Dd]ear\s+(?:Mr\.?\s+)?(?:Chairman|Premier|Prime Minister|President|Chancellor)|DEAR (?:MR\. )?(?:CHAIRMAN|PREMIER|PRIME MINISTER|PRESIDENT)"
)


def _carried_record(
    letter: carried.Carried, outer: Record, id_: str, text: str, legs: Iterable[Leg] = ()
) -> Record:
    """A letter carried in a document, with a text of its own; facts from the covering words
    keep their words, since their span lies outside that text."""
    shift = letter.start

    def moved(one: Any) -> Any:
        if one is None or one.start is None:
            return one
        if letter.start <= one.start and one.end <= letter.end:
            return msgspec.structs.replace(one, start=one.start - shift, end=one.end - shift)
        return msgspec.structs.replace(
            one,
            start=None,
            end=None,
            words=text[one.start : one.end],
            locator=f"{outer.id}, characters {one.start}-{one.end}",
        )

    def hop(leg: Leg) -> Leg:
        sides = {
            name: moved(getattr(leg, name))
            for name in ("from_", "by", "to", "place", "place_to", "date")
        }
        more = {
            name: tuple(moved(p) for p in getattr(leg, name))
            for name in ("also_from", "also_by", "also_to")
        }
        placed: Leg = msgspec.structs.replace(moved(leg), **sides, **more)
        return placed

    return Record(
        id=id_, source=outer.source, form=letter.form, part_of=outer.id,
        senders=tuple(moved(p) for p in letter.senders), addressees=tuple(moved(p) for p in letter.addressees),
        signed=tuple(moved(p) for p in letter.signed), date=moved(letter.date), legs=tuple(hop(one) for one in legs),
        relations=(Relation(type="quoted-in", target=outer.id, rule=letter.rule),),
        locator=outer.locator, text=text[letter.start : letter.end], text_length=letter.end - letter.start,
    )  # fmt: skip


def _mentions(draft: _Draft, values: dict[str, Any]) -> tuple[Any, ...]:
    context = draft.context
    if not context.mark_mentions:
        return ()
    parties = [*values["senders"], *values["addressees"], *values["participants"]]
    found = context.mentions().find(draft.layout.text, parties=parties)
    refs: dict[tuple[int | None, int | None], str] = {
        (mark.start, mark.end): mark.ref for mark in draft.layout.marks if mark.ref
    }
    if not refs:
        return tuple(found)
    return tuple(
        msgspec.structs.replace(one, ref=refs[(one.start, one.end)])
        if one.ref is None and (one.start, one.end) in refs else one
        for one in found
    )  # fmt: skip
