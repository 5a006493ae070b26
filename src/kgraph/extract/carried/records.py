"""Letters that a document carries in its text, as records of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from kgraph.extract import carried
from kgraph.extract.carried import delivery
from kgraph.extract.carried.facts import Carried
from kgraph.extract.edition_context import Draft
from kgraph.model import Leg, Party, Record, Relation


def carried_letters(draft: Draft, base: Record) -> list[Carried]:
    """The letters quoted in a document's body, with parties where the words tell them."""
    layout = draft.layout
    footnotes = layout.of("footnote")
    notes = footnotes[0].start if footnotes else len(layout.text)
    body = [
        b
        for b in layout.blocks
        if b.kind in ("p", "signed", "closer", "salute", "dateline", "row")
        and draft.heading.end <= b.start < notes
    ]
    if draft.heading.form in ("memorandum-of-conversation", "minutes"):
        return []
    spans = [(b.start, b.end) for b in body]
    body_text = layout.text
    quotes = {i: b.quote for i, b in enumerate(body) if b.quote}
    found = carried.find(body_text, spans, quotes, base.date, delivery.who_says_me(base))
    for letter in found:
        if (
            not letter.senders
            and letter.addressees
            and len(base.senders) == 1
            and _head(base.senders[0])
        ):
            letter.senders = (
                msgspec.structs.replace(
                    base.senders[0], start=None, end=None, certainty="inferred",
                    note="who sends the telegram, being the head of a government",
                ),
            )  # fmt: skip
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


def _head(party: Party) -> bool:
    """Whether a party is a President or a Prime Minister."""
    return (
        re.fullmatch(r"(?:the )?(?:President|Prime Minister|Premier)", party.role or party.name)
        is not None
    )


_HEADS = re.compile(
    r"[Dd]ear\s+(?:Mr\.?\s+)?(?:Chairman|Premier|Prime Minister|President|Chancellor)|DEAR (?:MR\. )?(?:CHAIRMAN|PREMIER|PRIME MINISTER|PRESIDENT)"
)


def carried_record(
    letter: Carried, outer: Record, id_: str, text: str, legs: Iterable[Leg] = ()
) -> Record:
    """A letter carried in a document, with a text of its own; facts from the covering words
    keep their words, since their span lies outside that text."""
    shift = letter.start

    def moved(one: Any) -> Any:
        if one is None or one.start is None:
            return one
        if letter.start <= one.start and one.end <= letter.end:
            return msgspec.structs.replace(one, start=one.start - shift, end=one.end - shift)
        return _outside(one, outer.id, text)

    return Record(
        id=id_, source=outer.source, form=letter.form, part_of=outer.id,
        senders=tuple(moved(p) for p in letter.senders), addressees=tuple(moved(p) for p in letter.addressees),
        signed=tuple(moved(p) for p in letter.signed), date=moved(letter.date), legs=tuple(_hop(one, moved) for one in legs),
        relations=(Relation(type="quoted-in", target=outer.id, rule=letter.rule),),
        locator=outer.locator, text=text[letter.start : letter.end], text_length=letter.end - letter.start,
    )  # fmt: skip


def told_by_cover(legs: Iterable[Leg], outer: Record) -> list[Leg]:
    """Legs of an enclosed paper, which rest on words of the letter that encloses it."""
    return [_hop(leg, lambda one: _outside(one, outer.id, outer.text)) for leg in legs]


def _outside(one: Any, outer: str, text: str) -> Any:
    """A fact from words outside a record's own text, which it keeps as a quotation."""
    if one is None or one.start is None:
        return one
    return msgspec.structs.replace(
        one, start=None, end=None, words=text[one.start : one.end],
        locator=f"{outer}, characters {one.start}-{one.end}",
    )  # fmt: skip


def _hop(leg: Leg, moved: Callable[[Any], Any]) -> Leg:
    """A leg with all its spans moved."""
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
