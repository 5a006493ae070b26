"""The source note of a document, read and merged with what the document itself says."""

from __future__ import annotations

from typing import Any

import msgspec

from kgraph.extract.edition_context import Draft
from kgraph.extract.editions.marked_parties import referred
from kgraph.extract.notes.facts import NoteContext, SourceNoteFacts
from kgraph.extract.notes.source_notes import read_head_note, read_source_note
from kgraph.model import Date, Form, Number, Party, Place


def read_note(
    draft: Draft,
    senders: tuple[Party, ...],
    addressees: tuple[Party, ...],
    date: Date | None,
    form: Form,
) -> SourceNoteFacts | None:
    """The facts of a document's source notes together; None where it has none."""
    layout, context = draft.layout, draft.context
    cited, footnotes = layout.of("source-note"), layout.of("head-note")
    if not cited:
        cited, footnotes = footnotes[:1], footnotes[1:]
    if not cited and not footnotes:
        return None
    year = int(date.earliest[:4]) if date is not None and date.earliest else context.year
    known = NoteContext(
        senders=senders, addressees=addressees, date=date, year=year, form=form, previous=context.previous_holding,
    )  # fmt: skip
    facts: SourceNoteFacts | None = None
    for block in [*cited, *footnotes]:
        read = read_source_note if block in cited else read_head_note
        got = read(layout.words(block), block.start, context=known)
        if facts is None:
            facts = got
            continue
        for name in _LISTS:
            getattr(facts, name).extend(getattr(got, name))
        facts.received = facts.received or got.received
    if facts is not None and facts.holdings:
        context.previous_holding = facts.holdings[0]
    return facts


_LISTS = (
    "handling", "numbers", "holdings", "printed_in", "drafters", "clearers", "approvers", "signed", "copies_to",
    "translators", "legs", "relations", "remarks", "evidence", "unparsed",
)  # fmt: skip
_TELEGRAMS = frozenset(("commercial telegram", "telegram"))
_TAKEN = (
    "holdings", "printed_in", "clearers", "approvers", "translators", "legs", "relations", "remarks", "evidence",
    "unparsed",
)  # fmt: skip


def merge_note(values: dict[str, Any], facts: SourceNoteFacts, draft: Draft) -> None:
    """Fill the fields of a record (`values`) with what its source note says."""
    for name in _TAKEN:
        values[name] = tuple(getattr(facts, name))
    marks = [m for m in draft.layout.marks if m.tag == "person"]
    for name in ("clearers", "approvers", "translators"):
        values[name] = referred(values[name], marks)
    values["drafters"] = _joined(values["drafters"], referred(tuple(facts.drafters), marks))
    listed = [one.name.casefold() for one in values["copies_to"]]
    told = (
        p
        for p in facts.copies_to
        if not any(f" {name}".endswith(f" {p.name.casefold()}") for name in listed)
    )
    values["copies_to"] = (*values["copies_to"], *told)  # "Amembassy London" is "London" too
    if not values["signed"]:
        values["signed"] = tuple(facts.signed)
    values["numbers"] = tuple(unique_numbers([*values["numbers"], *facts.numbers]))
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
    if values.get("place") is None:
        values["place"] = _sent_from(facts)
    if facts.form and values["form"] == "other" and values["senders"]:
        values["form"] = facts.form
    if (
        facts.form
        and values["form"] == "letter"
        and facts.form == "telegram"
        and draft.heading.form_span is None
    ):
        values["form"] = "telegram"


def _sent_from(facts: SourceNoteFacts) -> Place | None:
    """Where a telegram came from whose text has no dateline, as its note tells."""
    wired = (leg for leg in facts.legs if leg.rule == "leg-phrase" and leg.mode in _TELEGRAMS)
    place = next((leg.place for leg in wired if leg.place is not None), None)
    if place is None:
        return None
    return msgspec.structs.replace(
        place, certainty="inferred", note="where the telegram came from, as the source note tells"
    )


def _joined(first: tuple[Party, ...], more: tuple[Party, ...]) -> tuple[Party, ...]:
    names = {p.name.split()[-1] for p in first}
    return (*first, *(p for p in more if p.name.split()[-1] not in names))


def unique_numbers(numbers: list[Number]) -> list[Number]:
    """The numbers in order, each once."""
    seen: set[tuple[str, str]] = set()
    out = []
    for one in numbers:
        if (one.kind, one.value) not in seen:
            seen.add((one.kind, one.value))
            out.append(one)
    return out
