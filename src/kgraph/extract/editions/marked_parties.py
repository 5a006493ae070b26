"""Parties of a heading beside those that the markup of an edition names."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract.edition_context import Draft
from kgraph.extract.headings import parties as who
from kgraph.extract.layout import Layout, Mark
from kgraph.model import Party, Remark

_A_PAPER = re.compile(
    r"(?:(?:Draft|Proposed|Suggested|Revised|Further|Second|Joint)\s+)*(?:Telegram|Note|Letter|Memorandum|Instructions?|Statement|Message|Report|Reply|Despatch|Circular|Aide[- ][Mm]émoire|Paper)s?"
)
"""What the markup takes for a party at times: "Draft Telegram"."""


def heading_parties(draft: Draft) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Parties of the heading, with the identifiers of the markup; the markup alone where
    the heading cannot be read. Where both disagree, the words of the heading stand."""
    heading, layout = draft.heading, draft.layout
    marks = [
        mark for mark in layout.marks
        if heading.start <= mark.start < mark.end <= heading.end and mark.tag in ("person", "body")
    ]  # fmt: skip
    senders = referred(heading.senders, marks)
    addressees = referred(heading.addressees, marks)
    heading.participants = referred(heading.participants, marks)
    heading.drafters = referred(heading.drafters, marks)
    typed = [
        mark for mark in marks
        if mark.type in ("from", "to") and not _A_PAPER.fullmatch(layout.text, mark.start, mark.end)
    ]  # fmt: skip
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


def referred(parties: tuple[Party, ...], marks: list[Mark]) -> tuple[Party, ...]:
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
