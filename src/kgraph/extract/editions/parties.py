"""Who is party to a document: by its heading and marked names, its lists, its opening words.

What stands nearer to the heading wins; a party that comes from elsewhere says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from kgraph.extract.edition_context import Draft
from kgraph.extract.editions.address_lines import addressed
from kgraph.extract.editions.lists import Lists, attended, beside, same_list
from kgraph.extract.editions.marked_parties import heading_parties
from kgraph.extract.editions.parts import party_greeted
from kgraph.extract.headings import parties as who
from kgraph.extract.layout import Block
from kgraph.model import Form, Party

_SWORN = re.compile(
    r"(?:The )?(?:Declaration|Affidavit|Deposition|Sworn [Ss]tatement|Statement|Protest|Petition|Testimony|Memorial|Certificate)\b"
)
"""Papers whose maker signs them and is in no "from"."""
_SWORN_BY = re.compile(
    r"(?:The )?(?:Declaration|Affidavit|Deposition|Sworn [Ss]tatement|Testimony|Remarks|Speech|Address|Reply|Answer|Discourse) of (?P<who>(?:Captain |Mr\. |Dr\. )?[A-Z][\w’.-]*(?: (?:de |von |van )?[A-Z][\w’-]*\.?){0,3})(?:,? (?:on|at|upon) (?:the|his|her|presenting|taking|being|receiving|delivering)\b[^()]{3,160})?\.?"
)
_DECIDED = re.compile(r"(?:Presidential|Executive) (?:Finding|Determination|Directive|Order)\b")
"""Papers that decide something, sent by him who signs them."""
_TOLD = re.compile(
    r"\b(?:received|expressed|said|stated|called|asked|opened|began|came|was|were|had|has|welcomed|thanked|remarked|observed|inquired|replied|thought|hoped|suggested|proposed|explained|agreed|reported|wished|noted|referred)\b|^(?:and\s+)?others$"
)
"""What makes a sentence of what stands among those present, and no name."""
_OTHERS = re.compile(r"(?i)(?:others?|also) present\b")
_MET = ("memorandum-of-conversation", "minutes")


@dataclass(slots=True)
class Parties:
    """Who wrote, who was written to, who met, who drew the paper up."""

    senders: tuple[Party, ...]
    addressees: tuple[Party, ...]
    participants: tuple[Party, ...]
    drafters: tuple[Party, ...]


def parties_named(draft: Draft, lists: Lists, nested: bool) -> Parties:
    """Those whom heading and lists name; `nested` where the paper is part of another."""
    heading, context = draft.heading, draft.context
    form = heading.form
    senders, addressees = heading_parties(draft)
    found = Parties(senders, addressees, heading.participants, heading.drafters)
    if lists.participants and (
        form in (*_MET, "memorandum", "telegram", "other", "editorial-note")
        or not (senders or addressees)
    ):
        ahead = _beside_others(draft, lists.participants)
        found.participants = ahead + lists.participants + beside(draft.layout, lists.participants)
    if not found.participants or not lists.participants:
        found.participants = same_list(draft) or _fuller(
            found.participants, attended(draft.layout, form)
        )
    found.participants = tuple(p for p in found.participants if not _TOLD.search(p.name))
    if draft.layout.run_on:
        found.participants = tuple(
            msgspec.structs.replace(p, certainty="inferred", note=_RAN_TOGETHER)
            for p in found.participants
        )
    number = heading.number or draft.layout.number
    if number is not None and not nested and found.participants:
        context.participants[number] = found.participants
    if context.previous is not None:
        if heading.same or heading.same_sender:
            found.senders = tuple(_taken_over(p) for p in context.previous.senders)
        if heading.same or heading.same_addressee:
            found.addressees = tuple(_taken_over(p) for p in context.previous.addressees)
    if form not in (*_MET, "editorial-note"):
        if not found.senders and not found.drafters:
            found.senders = lists.senders
        if not found.addressees:
            found.addressees = lists.addressees
    return found


def _beside_others(draft: Draft, listed: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those whom the heading says a meeting was with, where a list names the others present."""
    labels = [one for one in draft.layout.first(6, "subhead", "p") if one.end - one.start < 60]
    if not any(_OTHERS.match(draft.layout.words(label)) for label in labels):
        return ()
    known = {one.name.split()[-1] for one in listed}
    return tuple(one for one in draft.heading.participants if one.name.split()[-1] not in known)


def _fuller(named: tuple[Party, ...], there: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those whom the heading names, or those present where all of them are among these."""
    surnames = {one.name.split()[-1].lower() for one in there}
    among = all(one.name.split()[-1].lower() in surnames for one in named)
    return there if there and among else named or there


_RAN_TOGETHER = "the list ran together with the text and was parted by titles and commas"


def parties_supplied(
    draft: Draft,
    found: Parties,
    form: Form,
    body: list[Block],
    signed: tuple[Party, ...],
    nested: bool,
) -> Form:
    """Supply an addressee from the salutation, a sender from the signature, where heading and
    lists name none; the form, which is a letter's where a paper without another one greets."""
    greeted = party_greeted(draft, body)
    if (
        not found.addressees
        and greeted is not None
        and form in ("letter", "message", "other", "note", "memorandum", "telegram")
    ):
        found.addressees = (greeted,)
        heading = draft.heading.form
        if form == heading == "other" and not found.senders and (signed or draft.layout.label):
            form = "letter"
    if (
        not found.addressees
        and not found.senders
        and not found.drafters
        and form not in _MET
        and (nested and signed)
    ):
        there = addressed(draft.layout)
        found.addressees = (there,) if there is not None else ()
    if (
        signed and found.addressees and form == "memorandum"
        and all(one.rule == "list" for one in found.addressees)
        and not found.senders and not found.drafters
    ):  # fmt: skip
        found.senders = (
            msgspec.structs.replace(signed[-1], certainty="inferred", note="from the signature"),
        )
    if (
        signed and form == "other" and _DECIDED.match(draft.heading.title)
        and not found.senders and not found.drafters
    ):  # fmt: skip
        found.senders = (
            msgspec.structs.replace(signed[-1], certainty="inferred", note="from the signature"),
        )
    sworn = _SWORN_BY.fullmatch(draft.heading.title)
    if sworn is not None and not found.senders and not found.drafters:
        at = draft.heading.text.find(sworn["who"])
        found.senders = who.parties(sworn["who"], draft.heading.start + at, "heading")
    if (
        nested and signed and not found.senders and not found.drafters
        and (
            found.addressees or _SWORN.match(draft.heading.title)
            or not any(map(draft.layout.words, draft.layout.of("head")[:1]))
        )
    ):  # fmt: skip
        found.senders = tuple(
            msgspec.structs.replace(p, certainty="inferred", note="from the signature")
            for p in signed[-1:]
        )
    return form


def _taken_over(party: Party) -> Party:
    """A party of the document before ("Same to same")."""
    return msgspec.structs.replace(
        party,
        start=None,
        end=None,
        certainty="inferred",
        rule="same-to-same",
        note="as in the document before",
    )
