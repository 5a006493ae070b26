"""From a published document's layout to its record, and the records of what it carries.

The heading gives form and parties; marked names agree, add their identifiers, or are
set aside where the heading says otherwise; dateline, lists, source note, opening and
signature fill the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from kgraph.extract.carried import delivery, enclosures
from kgraph.extract.carried.records import carried_letters, carried_record, told_by_cover
from kgraph.extract.datelines import Dateline
from kgraph.extract.edition_context import Context, Draft
from kgraph.extract.editions.attached_papers import attached_papers
from kgraph.extract.editions.calendared import read_calendared
from kgraph.extract.editions.dates import find_dateline
from kgraph.extract.editions.lists import Lists, read_lists, town_of
from kgraph.extract.editions.notes import merge_note, read_note, unique_numbers
from kgraph.extract.editions.parties import parties_named, parties_supplied
from kgraph.extract.editions.parts import (
    form_of,
    marks_of,
    named_below,
    opening_numbers,
    signers_of,
)
from kgraph.extract.headings import read_heading
from kgraph.extract.headings.papers import kind_of_paper
from kgraph.extract.layout import Layout
from kgraph.model import Evidence, Form, Leg, Mention, Party, Place, Record, Relation


def read_document(
    layout: Layout, context: Context, part_of: str | None = None, outer: Record | None = None
) -> list[Record]:
    """The record of a document, then those of what it carries."""
    head = next(iter(layout.first(1, "head")), None)
    text = layout.words(head) if head is not None else ""
    draft = Draft(layout, context, read_heading(text, head.start if head else 0))
    named_below(draft)
    dateline = find_dateline(draft, outer)
    attached = attached_papers(layout) if outer is None else []
    behind = layout.text.find(attached[0].text) if attached else len(layout.text)
    lists = read_lists(draft, behind)
    values = _facts(draft, lists, dateline, nested=part_of is not None)
    summary = next(iter(layout.of("summary")), None)
    if summary is not None:
        values["regest"] = layout.words(summary)
    base = Record(
        id=layout.id, source=context.source, title=draft.heading.title or None,
        number=draft.heading.number or layout.number, part_of=part_of,
        locator=f"p. {layout.page}" if layout.page else (f"line {layout.line}" if layout.line else None),
        text=layout.text, text_length=len(layout.text), **values,
    )  # fmt: skip
    if (sent := delivery.of_telegram(base)) is not None:
        base = _with_legs(base, (sent, *base.legs))
    base, quoted, spans = _quoted(draft, base)
    enclosed: list[Record] = []
    for at, inner in enumerate([*attached, *layout.inner], len(quoted) + 1):
        enclosed.extend(_enclosed(inner, draft, base, at))
    enclosed = _with_ways(layout, base, enclosed)
    mentions, inside = _parted(_mentions(draft, values), spans)
    if spans:
        quoted = [
            msgspec.structs.replace(one, mentions=theirs)
            for one, theirs in zip(quoted, inside, strict=True)
        ]
    record = msgspec.structs.replace(
        base, contains=tuple(one.id for one in (*quoted, *enclosed) if one.part_of == base.id),
        relations=(*base.relations, *draft.relations), remarks=(*base.remarks, *draft.remarks),
        evidence=(*base.evidence, *draft.evidence), unparsed=(*base.unparsed, *draft.unparsed),
        other_dates=tuple(draft.other_dates), mentions=mentions,
    )  # fmt: skip
    return [record, *quoted, *enclosed]


def _facts(draft: Draft, lists: Lists, dateline: Dateline, nested: bool) -> dict[str, Any]:
    """The fields of the record that do not depend on what it carries; `nested` where it is part
    of another."""
    layout = draft.layout
    who = parties_named(draft, lists, nested)
    form = form_of(draft, draft.heading.form, dateline)
    note = read_note(draft, who.senders, who.addressees, dateline.date, form)
    body = [block for block in layout.blocks if block.kind == "p"]
    opening_numbers(draft, body, form)
    signed = signers_of(draft)
    form = parties_supplied(draft, who, form, body, signed, nested)
    classification, handling = marks_of(draft)
    place_to = next(
        (_whereabouts(layout.text, p) for p in who.addressees if p.place),
        town_of(lists.addressees) if len(who.addressees) == 1 else None,
    )
    values: dict[str, Any] = {
        "form": form, "kind": draft.heading.kind or _kind(draft, form), "senders": who.senders,
        "addressees": who.addressees, "participants": who.participants, "drafters": who.drafters,
        "copies_to": lists.copies, "date": dateline.date, "received": dateline.received,
        "place": dateline.place or town_of(lists.senders), "place_to": place_to,
        "subject": lists.subject, "classification": classification, "handling": tuple(handling),
        "numbers": tuple(unique_numbers(draft.numbers)), "signed": signed,
    }  # fmt: skip
    if note is not None:
        merge_note(values, note, draft)
    elif (about := read_calendared(draft, values)) is not None:
        values["regest"] = about
    return values


def _kind(draft: Draft, form: Form) -> str | None:
    """What the heading calls a paper that has no form of its own: "Treaty", "Position Paper"."""
    heading = draft.heading
    found = kind_of_paper(heading.title) if form == "other" else None
    at = heading.text.find(heading.title) if heading.title else -1
    if found is None or at < 0:
        return None
    begin, end = heading.start + at + found[0], heading.start + at + found[1]
    draft.evidence.append(Evidence(field="kind", start=begin, end=end, rule="heading"))
    return heading.title[slice(*found)]


def _quoted(draft: Draft, base: Record) -> tuple[Record, list[Record], list[tuple[int, int]]]:
    """The letters that the text quotes, and where each stands; the record with what its opening
    words tell of its own way, where it quotes none."""
    if base.form == "editorial-note":
        return base, [], []
    layout = draft.layout
    spans = [(b.start, b.end) for b in layout.blocks if b.kind in ("p", "closer", "row")]
    letters = carried_letters(draft, base)
    if not letters:
        told = delivery.of_opening(layout.text, spans, base)
        return _with_legs(base, (*base.legs, *told)) if told else base, [], []
    found: list[Record] = []
    for count, letter in enumerate(letters, 1):
        told = delivery.of_carried(layout.text, letter, spans, base)
        found.append(carried_record(letter, base, f"{base.id}/{count}", layout.text, told))
        draft.relations.append(
            Relation(
                type="quotes", target=found[-1].id,
                start=letter.start, end=letter.end, rule=letter.rule,
            )
        )  # fmt: skip
    return base, found, [(letter.start, letter.end) for letter in letters]


def _enclosed(inner: Layout, draft: Draft, base: Record, at: int) -> list[Record]:
    """The records of a paper that is printed with the document, the `at`th that it carries."""
    inner.id = f"{base.id}/{at}"
    got = read_document(inner, draft.context, part_of=base.id, outer=base)
    back = Relation(type="enclosed-in", target=base.id, rule="attachment")
    got[0] = msgspec.structs.replace(got[0], relations=(*got[0].relations, back))
    draft.relations.append(Relation(type="encloses", target=got[0].id, rule="attachment"))
    return got


def _with_ways(layout: Layout, base: Record, enclosed: list[Record]) -> list[Record]:
    """The papers printed with a document, with what its words tell of how each came."""
    own = [one for one in enclosed if one.part_of == base.id]
    if not own:
        return enclosed
    spans = [(b.start, b.end) for b in layout.blocks if b.kind in ("p", "closer")]
    told = dict(
        zip(
            (one.id for one in own),
            enclosures.of_enclosed(layout.text, spans, base, own),
            strict=True,
        )
    )
    return [
        _with_legs(one, enclosures.joined(one.legs, told_by_cover(told.get(one.id, ()), base)))
        for one in enclosed
    ]


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


def _with_legs(record: Record, legs: Sequence[Leg]) -> Record:
    """A record with these legs, numbered."""
    numbered = (msgspec.structs.replace(leg, index=i) for i, leg in enumerate(legs, 1))
    return msgspec.structs.replace(record, legs=tuple(numbered)) if legs else record


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
    if printed:
        found = [
            one for one in found if one.rule != "mention-publication" or not _within(one, printed)
        ]
    refs = {(mark.start, mark.end): mark.ref for mark in draft.layout.marks if mark.ref}
    if refs:
        for at, one in enumerate(found):
            if one.ref is None and (ref := refs.get((one.start or 0, one.end or 0))):
                found[at] = msgspec.structs.replace(one, ref=ref)
    return tuple(found)
