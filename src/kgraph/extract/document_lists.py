"""Lists at the head of a document: from, to, copies, subject, those present."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from kgraph.extract import parties as who
from kgraph.extract.attendance import participants, reads_as_one
from kgraph.extract.edition_context import Draft
from kgraph.extract.layout import Layout
from kgraph.extract.list_labels import kind_of
from kgraph.extract.marked_parties import referred
from kgraph.extract.present import present
from kgraph.model import Evidence, Form, Party

_CC = re.compile(r"^(?:cc|c\.c\.|copies? to|info|information copies)\b[:.]?\s*", re.IGNORECASE)
_WORK = re.compile(
    r"\[(?:[A-Z]{2,4} (?:initialed|initaled|initials?)|[\w .]+ signed(?: for)?|signed|initialed)[^\]]*\]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Lists:
    """What the lists at the head of a document name."""

    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    copies: tuple[Party, ...] = ()
    subject: str | None = None


def read_lists(draft: Draft) -> Lists:
    """The lists of a document; the words of its subject become evidence."""
    layout = draft.layout
    out = Lists()
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
    out.senders = referred(tuple(senders), marks)
    out.addressees = referred(tuple(addressees), marks)
    out.participants = referred(tuple(people), marks)
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


def same_list(draft: Draft) -> tuple[Party, ...]:
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


def attended(layout: Layout, form: Form) -> tuple[Party, ...]:
    """Those present at a meeting, as its minutes tell in a sentence or the list above them does."""
    if form not in ("minutes", "memorandum-of-conversation"):
        return ()
    told = [
        party
        for block in layout.of("p")[:6]
        if not block.quote
        for party in present(layout.text, block.start, block.end)
    ]
    told = told or list(_below_label(layout))
    if told:
        return tuple(told)
    return tuple(
        msgspec.structs.replace(
            party, start=None, end=None, certainty="inferred", rule="list-above",
            note="by the list of those present above the documents of the meeting",
        )
        for words in layout.present
        for party in participants(words, 0)
    )  # fmt: skip


_LISTED = re.compile(r"(?:Participants|PARTICIPANTS|Present|PRESENT|Also [Pp]resent)\s*:\s*\S")


def _below_label(layout: Layout) -> Iterator[Party]:
    """Those in the lines below "PARTICIPANTS" or "Danish side", each a paragraph."""
    listed = False
    for block in [one for one in layout.blocks if one.kind in ("p", "subhead", "opener")][:60]:
        words = layout.words(block)
        if kind_of(words) == "participants":
            listed = True
        elif _LISTED.match(words) and len(words) < 600:
            yield from participants(words, block.start)
            listed = True
        elif listed and (reads_as_one(words) or words.startswith("Messrs")):
            found = participants(words, block.start)
            yield from (one for one in found if one.kind != "body" or one.role)
        elif listed:
            return


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
