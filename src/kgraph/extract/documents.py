"""From a published document's layout to its record, and the records of what it carries.

The heading gives form and parties; marked names agree, add their identifiers, or are
set aside where the heading says otherwise; dateline, lists, source note, opening and
signature fill the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from kgraph.extract import delivery
from kgraph.extract.attached_papers import attached_papers
from kgraph.extract.carried_records import carried_letters, carried_record
from kgraph.extract.document_dates import find_dateline
from kgraph.extract.document_lists import attended, read_lists, same_list, town_of
from kgraph.extract.document_notes import merge_note, read_note, unique_numbers
from kgraph.extract.document_parts import (
    form_of,
    marks_of,
    opening_numbers,
    party_greeted,
    signers_of,
)
from kgraph.extract.edition_context import Context, Draft
from kgraph.extract.headings import Heading, read_heading
from kgraph.extract.layout import Layout
from kgraph.extract.marked_parties import heading_parties
from kgraph.model import Leg, Mention, Party, Place, Record, Relation


def read_document(
    layout: Layout, context: Context, part_of: str | None = None, outer: Record | None = None
) -> list[Record]:
    """The record of a document, then those of what it carries."""
    head = next(iter(layout.of("head")), None)
    text = layout.words(head) if head is not None else ""
    draft = Draft(layout, context, read_heading(text, head.start if head else 0))
    heading = draft.heading
    dateline = find_dateline(draft, outer)
    senders, addressees = heading_parties(draft)
    attached = attached_papers(layout) if outer is None else []
    behind = layout.text.find(attached[0].text) if attached else len(layout.text)
    lists = read_lists(draft, behind)
    participants, drafters = heading.participants, heading.drafters
    form = heading.form
    if lists.participants and (
        form in ("memorandum-of-conversation", "minutes")
        or not (senders or addressees)
        or form in ("memorandum", "telegram", "other", "editorial-note")
    ):
        participants = lists.participants
    if not participants or not lists.participants:
        participants = same_list(draft) or participants or attended(layout, form)
    number = heading.number or layout.number
    if number is not None and part_of is None and participants:
        context.participants[number] = participants
    if context.previous is not None:
        if heading.same or heading.same_sender:
            senders = tuple(_shifted(p) for p in context.previous.senders)
        if heading.same or heading.same_addressee:
            addressees = tuple(_shifted(p) for p in context.previous.addressees)
    if form not in ("memorandum-of-conversation", "minutes", "editorial-note"):
        if not senders and lists.senders and not drafters:
            senders = lists.senders
        if not addressees and lists.addressees:
            addressees = lists.addressees
    copies = lists.copies
    form = form_of(draft, form, dateline)
    facts = read_note(draft, senders, addressees, dateline.date, form)
    body = [block for block in layout.blocks if block.kind == "p"]
    opening_numbers(draft, body, form)
    signed = signers_of(draft)
    greeted = party_greeted(draft, body)
    if (
        not addressees
        and greeted is not None
        and form in ("letter", "message", "other", "note", "memorandum", "telegram")
    ):
        addressees = (greeted,)
        if form == "other" and heading.form == "other" and not senders and (signed or layout.label):
            form = "letter"
    if not senders and not drafters and part_of is not None and signed and (addressees or not text):
        senders = tuple(
            msgspec.structs.replace(p, certainty="inferred", note="from the signature")
            for p in signed[-1:]
        )
    classification, handling = marks_of(draft)
    numbers = unique_numbers(draft.numbers)
    place_to = next(
        (_whereabouts(layout.text, p) for p in addressees if p.place),
        town_of(lists.addressees) if len(addressees) == 1 else None,
    )
    values: dict[str, Any] = {
        "form": form, "kind": heading.kind, "senders": senders, "addressees": addressees,
        "participants": participants, "drafters": drafters, "copies_to": copies,
        "date": dateline.date, "received": dateline.received, "place": dateline.place or town_of(lists.senders),
        "place_to": place_to, "subject": lists.subject, "classification": classification,
        "handling": tuple(handling), "numbers": tuple(numbers), "signed": signed,
    }  # fmt: skip
    if facts is not None:
        merge_note(values, facts, draft)
    summary = next(iter(layout.of("summary")), None)
    record_id = layout.id
    inner_layouts = [*attached, *layout.inner]
    made_inner: list[Record] = []
    base = Record(
        id=record_id, source=context.source, title=_title(heading), number=heading.number or layout.number,
        part_of=part_of, regest=layout.words(summary) if summary is not None else None,
        locator=f"p. {layout.page}" if layout.page else (f"line {layout.line}" if layout.line else None),
        text=layout.text, text_length=len(layout.text), **values,
    )  # fmt: skip
    count = 0
    contains: list[str] = []
    quoted: list[tuple[int, int]] = []
    base = _with_legs(base, delivery.of_telegram(base), [])
    if form not in ("editorial-note",):
        spans = [(b.start, b.end) for b in layout.blocks if b.kind in ("p", "closer", "row")]
        letters = carried_letters(draft, base)
        if not letters:
            base = _with_legs(base, None, delivery.of_opening(layout.text, spans, base))
        for letter in letters:
            count += 1
            told = delivery.of_carried(layout.text, letter, spans, base)
            made_inner.append(
                carried_record(letter, base, f"{record_id}/{count}", layout.text, told)
            )
            contains.append(made_inner[-1].id)
            quoted.append((letter.start, letter.end))
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
        got = read_document(inner, context, part_of=record_id, outer=base)
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
    mentions, inside = _parted(_mentions(draft, values), quoted)
    for i, theirs in enumerate(inside):
        made_inner[i] = msgspec.structs.replace(made_inner[i], mentions=theirs)
    record = msgspec.structs.replace(
        base, contains=tuple(contains), relations=(*base.relations, *draft.relations),
        remarks=(*base.remarks, *draft.remarks), evidence=(*base.evidence, *draft.evidence),
        unparsed=(*base.unparsed, *draft.unparsed), other_dates=tuple(draft.other_dates),
        mentions=mentions,
    )  # fmt: skip
    return [record, *made_inner]


def _whereabouts(text: str, who: Party) -> Place:
    """Where a party of the heading stays, with the words that say so behind the name."""
    name = who.place or ""
    at = text.find(name, who.end, who.end + len(name) + 80) if who.end is not None else -1
    if at < 0:
        return Place(name=name, rule="heading", certainty="inferred")
    return Place(name=name, rule="heading", start=at, end=at + len(name))


def _parted(
    mentions: Iterable[Mention], spans: Sequence[tuple[int, int]]
) -> tuple[tuple[Mention, ...], list[tuple[Mention, ...]]]:
    """Mentions of the document itself, and those of each letter that it quotes, whose places
    count in the letter's own text."""
    if not spans:
        return tuple(mentions), []
    own: list[Mention] = []
    theirs: list[list[Mention]] = [[] for _ in spans]
    for one in mentions:
        start, end = one.start or 0, one.end or 0
        at = next((i for i, (a, b) in enumerate(spans) if a <= start and end <= b), None)
        if at is None:
            own.append(one)
        else:
            shift = spans[at][0]
            theirs[at].append(msgspec.structs.replace(one, start=start - shift, end=end - shift))
    return tuple(own), [tuple(found) for found in theirs]


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


def _within(one: Any, spans: list[tuple[int, int]]) -> bool:
    """Whether a mention begins in one of the `spans`."""
    return any(a <= one.start < b for a, b in spans)


def _mentions(draft: Draft, values: dict[str, Any]) -> tuple[Any, ...]:
    context = draft.context
    if not context.mark_mentions:
        return ()
    parties = [*values["senders"], *values["addressees"], *values["participants"]]
    found = context.mentions().find(draft.layout.text, parties=parties)
    printed = [
        (p.start, p.end) for p in values.get("printed_in", ()) if p.start is not None and p.end
    ]
    found = [one for one in found if one.rule != "mention-publication" or not _within(one, printed)]
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
