"""Lists at the head of a document: from, to, copies, subject, those present."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from kgraph.extract.attendance import participants, reads_as_one
from kgraph.extract.edition_context import Draft
from kgraph.extract.editions.attached_papers import role_of
from kgraph.extract.editions.marked_parties import referred
from kgraph.extract.gazetteer import is_city
from kgraph.extract.headings import parties as who
from kgraph.extract.layout import Layout
from kgraph.extract.list_labels import kind_of
from kgraph.extract.present import present
from kgraph.model import Evidence, Form, Party, Place

_CC = re.compile(r"^(?:cc|c\.c\.|copies? to|info|information copies)\b[:.]?\s*", re.IGNORECASE)
_WORK = re.compile(
    r"\[(?:[A-Z]{2,4} (?:initialed|initaled|initials?)|[\w .]+ signed(?: for)?|signed|initialed)[^\]]*\]",
    re.IGNORECASE,
)


_LABELLED = re.compile(  # a line that is no list's: "From: Bureau of Harbours."
    r"(?:(?P<from>FROM|From)|TO|To)\s?:\s*(?P<who>[A-Z(\[][^\n]{2,140}?)[.;,]?\s*"
)


@dataclass(slots=True)
class Lists:
    """What the lists at the head of a document name."""

    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    copies: tuple[Party, ...] = ()
    subject: str | None = None


def read_lists(draft: Draft, before: int) -> Lists:
    """The lists of a document, those that begin `before` a point of its text; the words of its
    subject become evidence."""
    layout = draft.layout
    out = Lists()
    senders: list[Party] = []
    addressees: list[Party] = []
    people: list[Party] = []
    copies: list[Party] = []
    subjects: list[str] = []
    heading = ""
    for block in layout.blocks:
        if block.kind == "subhead":
            heading = layout.words(block)
        if block.kind != "item" or block.list in (None, "list") or block.start >= before:
            continue
        words = layout.words(block)
        role = role_of(block, heading)
        if role == "participants":
            people.extend(participants(words, block.start))
        elif role == "subject":
            if not _REFERENCES.match(heading):
                subjects.append(words)
        elif role == "from":
            senders.extend(_line_parties(words, block.start))
        elif role == "copies" or (role == "to" and _CC.match(words)):
            copies.extend(_posts(words, block.start))
        elif role == "to":
            addressees.extend(_posts(words, block.start))
    if not senders and not addressees and not draft.heading.senders:
        for block in layout.of("p", "opener")[:8]:
            line = _LABELLED.fullmatch(layout.words(block))
            if line is not None and not block.quote:
                parties, read = (senders, _line_parties) if line["from"] else (addressees, _posts)
                parties.extend(read(line["who"], block.start + line.start("who")))
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
    heads = layout.first(6, "p", "opener", "subhead", "item")
    for block, below in pairwise(heads):
        if below.kind == "p" and not below.quote and _SUBJECT_ALONE.fullmatch(layout.words(block)):
            words = layout.words(below)
            if len(words) < 300 and not _LISTED.match(words) and kind_of(words) is None:
                out.subject = " ".join(words.split()).rstrip(" .")
                draft.evidence.append(
                    Evidence(
                        field="subject", start=below.start, end=below.end, rule="subject-below"
                    )
                )
                return out
    for block in layout.first(4, "p", "opener", "subhead"):
        told = _SUBJECT.match(layout.words(block))
        if told is not None and not block.quote:
            out.subject = " ".join(told["what"].split()).rstrip(" .")
            at = block.start + told.start("what")
            draft.evidence.append(
                Evidence(
                    field="subject",
                    start=at,
                    end=block.start + told.end("what"),
                    rule="subject-line",
                )
            )
            break
    return out


_SUBJECT_ALONE = re.compile(r"(?:SUBJECTS?|Subjects?|RE)\s?[:.]?")
_SUBJECT = re.compile(  # "Subject: Herring", "6789. Subject: Herring. Ref: State 1234."
    r"(?:(?:[A-Z]\w{2,7}\s)?\d{1,6}\.\s+)?(?:Subject|SUBJECT|Subj|SUBJ|Re|RE)\s?[:—]\s*(?P<what>[^\n]{3,300}?)"
    r"(?=\s*(?:\.\s+(?:Refs?|REFS?|References?|\d{1,2}\.|Summary|SUMMARY|[A-Z][a-z]+ (?:for|pass)\b|For |From |(?:Please|Pls|You should|Following) )|\n|\.?\s*$))"
)


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
        for block in layout.first(6, "p")
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


_BY_DUTY = re.compile(r"(?:Interpreters?|Secretar(?:y|ies))\s?[:—–]")  # "Interpreter: M. Orlin"
_BESIDE = re.compile(r"(?:The following (?:\w+ )?(?:was|were) )?[Aa]lso present\b|Others present\b")


def beside(layout: Layout, listed: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those whom a sentence below the list of those present adds to them."""
    known = {one.name for one in listed}
    out: list[Party] = []
    for block in layout.first(6, "p"):
        words = layout.words(block)
        if block.quote:
            continue
        if _BESIDE.match(words):
            out += present(layout.text, block.start, block.end)
        elif _BY_DUTY.match(words) and reads_as_one(words):
            out += participants(words, block.start)
    return tuple(one for one in out if one.name not in known)


_LISTED = re.compile(r"(?:Participants|PARTICIPANTS|Present|PRESENT|Also [Pp]resent)\s*:\s*\S")


def _below_label(layout: Layout) -> Iterator[Party]:
    """Those in the lines below "PARTICIPANTS" or "Danish side", each a paragraph."""
    listed = False
    for block in layout.first(60, "p", "subhead", "opener"):
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


_REFERENCES = re.compile(r"(?i)(?:ref|through|thru|attachment|enclosure)")
_POST = re.compile(
    r"(?:[Aa][Mm][Ee](?:mbassy|MBASSY)|[Aa][Mm][Cc](?:on(?:sul|gen)|ON(?:SUL|GEN))|US(?:INT|UN|NATO|MISSION)|CINC[A-Z]+)\b(?:(?!\s+A[Mm](?:[Ee]mb|[Cc]on)|\s+US(?:INT|UN|NATO)|\s+CINC)[^,;])*"
)


def _posts(words: str, offset: int) -> list[Party]:
    """The parties of an item, of which some run several posts together."""
    posts = list(_POST.finditer(words))
    if len(posts) < 2:
        return _line_parties(words, offset)
    return [p for m in posts for p in _line_parties(m.group(), offset + m.start())]


_TOWN = re.compile(r"A[Mm](?:[Ee]mbassy|[Cc]on(?:sul|gen))\s+(?P<town>[A-Z][\w ]*[A-Za-z])")


def town_of(posts: tuple[Party, ...]) -> Place | None:
    """The town of the one post that a list names: "Amembassy TRIPOLI"."""
    m = _TOWN.fullmatch(posts[0].name) if len(posts) == 1 else None
    if m is None:
        return None
    return Place(
        name=m["town"].title(), rule="list", certainty="inferred", note="the post in the list",
        start=posts[0].start, end=posts[0].end,
    )  # fmt: skip


def _line_parties(words: str, offset: int) -> list[Party]:
    first, *more = words.split("\n")
    if more and first.strip():
        top = _line_parties(first, offset)
        office = " ".join(" ".join(more).split())
        if len(top) == 1 and top[0].kind == "person" and top[0].role is None:
            return [msgspec.structs.replace(top[0], role=office)]
        return top
    clean = _WORK.sub(lambda m: " " * len(m[0]), words)
    clean = re.sub(r"(?i)(?<=^amembassy),", " ", clean)
    clean = re.sub(
        r"(?<=[A-Z]{3})\s+\d{2,5}\s*$", lambda m: " " * len(m[0]), clean
    )  # a telegram's number
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
        if phrase in ("RECORD", "FILE", "FILES"):
            return []  # "Memorandum for the Record"
        post = found is not None and (_POST.search(phrase) is not None or is_city(found.name))
        if found is not None and found.kind != "office" and (post or " " not in phrase):
            found = msgspec.structs.replace(found, kind="body")  # "CINCEUR", "AMEMBASSY PARIS"
        if found is not None and found.start is not None and found.end is not None:
            found = msgspec.structs.replace(
                found,
                name=found.name
                if found.kind in ("person", "office") and not post
                else " ".join(words[found.start - offset : found.end - offset].split()),
            )
        return [found] if found is not None else []
    several = list(who.parties(phrase, offset + begin, "list"))
    if len(several) == 1 and _POST.match(phrase):  # "Amembassy Paris" is no person's name
        return [msgspec.structs.replace(several[0], kind="body")]
    return several


def _cased(words: str) -> str:
    """Capitals as in a heading, of the same length: "HAROLD H. SAUNDERS" is "Harold H. Saunders"."""
    return re.sub(
        r"[^\W\d_]{3,}",
        lambda m: m[0].capitalize() if m[0] not in ("THE", "FOR", "AND") else m[0].lower(),
        words,
    )
