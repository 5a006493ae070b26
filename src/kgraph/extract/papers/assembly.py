"""From title, cover and quoted letters to a record and the records inside it.

Used by the readers of translated compendia, archive pages and paged books. Where
title, cover and signature disagree, the title (the editor's heading) gives the field
and the rest is kept: other dates in `other_dates`, other parties as remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import naming, titles
from kgraph.extract.mentions import MentionFinder
from kgraph.extract.papers import marginal, quoted
from kgraph.model import (
    Date,
    Evidence,
    Form,
    Holding,
    Leg,
    Mention,
    Party,
    Place,
    Printing,
    Record,
    Relation,
    Remark,
    Unparsed,
)

TELEGRAM_MODE = {
    "cipher-telegram": "cipher telegram",
    "telegram": "telegram",
    "despatch": "despatch",
}


@dataclass
class Draft:
    """A record in the making: the text, what was read, and what a source adds."""

    id: str
    source: str
    text: str
    title: titles.Title = field(default_factory=titles.Title)
    title_span: tuple[int, int] | None = None
    cover: cover.Cover = field(default_factory=cover.Cover)
    number: str | None = None
    part_of: str | None = None
    locator: str | None = None
    url: str | None = None
    finder: MentionFinder | None = None
    holdings: tuple[Holding, ...] = ()
    printed_in: tuple[Printing, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    other_dates: list[Date] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    contains: list[str] = field(default_factory=list)


def masked(text: str, inner: Iterable[quoted.Inner]) -> str:
    """The text, same length, with the documents inside it blanked out."""
    for one in inner:
        blank = re.sub(r"[^\n]", " ", text[one.start : one.end])
        text = text[: one.start] + blank + text[one.end :]
    return text


def key(one: Party) -> str:
    """A party's name folded so that two spellings of one order of words meet."""
    words = re.findall(r"[a-zа-яё]+", one.name.casefold())
    drop = {"the", "of", "central", "committee", "ussr", "mr", "mrs", "comrade"}
    if {"central", "committee"} <= set(words):
        words.append("cc")
    if "foreign" in words and ("ministry" in words or "affairs" in words):
        words = [w for w in words if w not in ("ministry", "foreign", "affairs")] + ["mfa"]
    if one.kind == "person":
        long = [w for w in words if len(w) > 2]
        return " ".join(sorted(long)) or " ".join(words)
    return " ".join(sorted(set(words) - drop))


def stamped(draft: Draft) -> None:
    """Gives a draft the day of receipt that a stamp or mark on the copy tells."""
    received = marginal.received(draft.text) if draft.cover.received is None else None
    if received is not None:
        draft.cover.received = received
        draft.cover.dates = [one for one in draft.cover.dates if one.start != received.start]


def finish(draft: Draft) -> Record:
    """The record that a draft amounts to."""
    stamped(draft)
    title, found, text = draft.title, draft.cover, draft.text
    senders = title.senders
    if not senders or all(naming.is_place(one.name) for one in senders):
        senders = tuple(found.senders) or senders  # "Telegram from Bern to Oslo"
    if not senders and title.form not in ("memorandum-of-conversation", "minutes"):
        senders = tuple(one for one in found.signed if not one.name.islower())
    senders = tuple(_by_signature(draft, _with_role(one, found.signed)) for one in senders)
    addressees, remarks = _addressees(draft)
    date, others = _dates(draft)
    place = found.place or found.signed_place
    handling, marked = _handling(found)
    drafters = tuple(found.recorders)
    if title.form == "memorandum-of-conversation" and not drafters:
        drafters = tuple(found.signed) or title.senders
    named = (*senders, *addressees, *found.copies_to, *found.signed, *found.translators)
    fields: dict[str, Any] = {
        "id": draft.id,
        "source": draft.source,
        "form": title.form,
        "kind": title.kind,
        "title": " ".join(text[slice(*draft.title_span)].split()) if draft.title_span else None,
        "number": draft.number,
        "senders": senders,
        "participants": (*title.participants, *_attended(draft, title.form, title.participants)),
        "addressees": addressees,
        "copies_to": tuple(found.copies_to),
        "date": date,
        "other_dates": (*others, *draft.other_dates),
        "received": found.received,
        "place": place,
        "place_to": found.place_to,
        "subject": title.subject or (found.subject[0] if found.subject else None),
        "classification": found.classification[0] if found.classification else None,
        "handling": handling,
        "numbers": tuple(found.numbers),
        "translators": tuple(found.translators),
        "original_language": found.original_language,
        "legs": _way(draft, senders, addressees, date, place),
        "holdings": draft.holdings,
        "printed_in": draft.printed_in,
        "drafters": drafters,
        "signed": tuple(found.signed),
        "part_of": draft.part_of,
        "contains": tuple(draft.contains),
        "relations": (*draft.relations, *_cited(found, text, title.form)),
        "remarks": (*remarks, *draft.remarks),
        "evidence": (*draft.evidence, *_evidence(draft), *marked),
        "unparsed": tuple(_unparsed(draft)),
        "locator": draft.locator,
        "url": draft.url,
        "mentions": _mentions(draft, named),
        "text": text,
        "text_length": len(text),
    }
    extra = {k: v for k, v in draft.extra.items() if k != "date" and v not in (None, ())}
    return Record(**{**fields, **extra})


def _dates(draft: Draft) -> tuple[Date | None, list[Date]]:
    """The date of the document, and what other dates its cover bears: one chosen by the reader,
    else the first above the text, else that of the signature."""
    dates = draft.cover.dates
    first = dates[0] if dates else None
    others = [*dates[1:], *draft.cover.stamps]
    for one in draft.cover.signed_dates:
        if first is None:
            first = one
        elif one.edtf != first.edtf:
            told = one.note or "differs from the date above the text"
            others.append(msgspec.structs.replace(one, note=told))
        elif one.rule != first.rule:
            others.append(one)
    chosen: Date | None = draft.extra.get("date")
    if chosen is None:
        return first, others
    return chosen, [*([first] if first is not None else []), *others]


def _evidence(draft: Draft) -> Iterable[Evidence]:
    """The words of the title, the form and the classification."""
    marking = draft.cover.classification
    for name, span, rule in (
        ("title", draft.title_span, "heading"),
        ("form", draft.title.form_span, "title"),
        ("classification", marking and marking[1:], "marking"),
        ("subject", _line_of(draft), "labelled-line"),
    ):
        if span is not None:
            yield Evidence(field=name, start=span[0], end=span[1], rule=rule)


def _line_of(draft: Draft) -> tuple[int, int] | None:
    """Where the subject stands, if a line of the text tells it and no title does."""
    subject = draft.cover.subject
    return subject[1:] if subject is not None and draft.title.subject is None else None


def _handling(found: cover.Cover) -> tuple[tuple[str, ...], list[Evidence]]:
    """How the paper was to be handled, marks and precedence in their order, with their words."""
    marks = [*found.handling, *([found.precedence] if found.precedence else [])]
    marks.sort(key=lambda mark: mark[1])
    return tuple(" ".join(words.split()) for words, _, _ in marks), [
        Evidence(field=f"handling[{n}]", start=start, end=end, rule="marking")
        for n, (_, start, end) in enumerate(marks)
    ]


def _unparsed(draft: Draft) -> Iterable[Unparsed]:
    """The words of the heading that no rule understood."""
    text, rest = draft.text, draft.title.rest
    spans = [*draft.cover.unknown]
    if rest is not None and text[slice(*rest)].strip(" .,\n"):
        spans.append(rest)
    for start, end in spans:
        yield Unparsed(where="heading", text=text[start:end], start=start, end=end)


def _cited(found: cover.Cover, text: str, form: Form) -> Iterable[Relation]:
    """The telegrams whose numbers the lines above a telegram name, or the papers that another names."""
    of = "paper" if form in ("note", "letter", "memorandum", "resolution") else "telegram"
    for n in found.cited:
        yield Relation(
            type="cites",
            target=f"{of} no. {n.value}",
            start=n.start,
            end=n.end,
            rule=n.rule,
            text=text[n.start : n.end] if n.start is not None else None,
        )


def _way(
    draft: Draft,
    senders: tuple[Party, ...],
    addressees: tuple[Party, ...],
    date: Date | None,
    place: Place | None,
) -> tuple[Leg, ...]:
    """The legs, numbered: the one that the heading amounts to is left out where it says no means
    and the way is told hop by hop."""
    legs = [*_legs(draft, draft.title.form, senders, addressees, date, place), *draft.legs]
    if len(legs) > 1 and draft.legs and legs[0].mode == "not stated":
        legs = legs[1:]
    legs.extend(marginal.onward(draft.text))
    legs.extend(_translated(draft.cover.translators, senders, addressees))
    return tuple(msgspec.structs.replace(leg, index=at) for at, leg in enumerate(legs, 1))


def _translated(
    translators: Iterable[Party], senders: tuple[Party, ...], addressees: tuple[Party, ...]
) -> Iterable[Leg]:
    """The step of a translator named below a paper that went from one to another: who got it
    has it translated, which is inferred."""
    if not senders or not addressees:
        return
    reader = msgspec.structs.replace(
        addressees[0], start=None, end=None, certainty="inferred", note="who got the paper has it translated"
    )  # fmt: skip
    for one in translators:
        if one.rule != "translator-line":  # an archive's translator, of a later day
            continue
        yield Leg(
            index=0, from_=reader, by=one, mode="translation", series="processing",
            start=one.start, end=one.end, rule="leg-translator-line",
        )  # fmt: skip


def _mentions(draft: Draft, parties: Iterable[Party]) -> tuple[Mention, ...]:
    """What the text mentions, but for the documents inside it, which are records of their own."""
    if draft.finder is None:
        return ()
    inner = [
        (one.start, one.end)
        for one in draft.relations
        if one.type in ("quotes", "encloses") and one.target in draft.contains
        and one.start is not None and one.end is not None
    ]  # fmt: skip
    return tuple(
        one
        for one in draft.finder.find(draft.text, parties=parties)
        if not any(a <= (one.start or 0) and (one.end or 0) <= b for a, b in inner)
    )


def _with_role(one: Party, signed: Iterable[Party]) -> Party:
    if one.role is not None or one.kind != "person":
        return one
    for other in signed:
        if other.role and key(other) == key(one):
            return msgspec.structs.replace(one, role=other.role)
    return one


def _by_signature(draft: Draft, one: Party) -> Party:
    """The signature's name where it bears the heading's surname and another first letter:
    the hand knows its own name, a translated heading may not. The heading's form stays
    as a remark."""
    first = re.match(r"([^\W\d_])\w{0,2}\.", one.name)
    surname = re.findall(r"[^\W\d_]{3,}", one.name.casefold())[-1:]
    if one.kind != "person" or first is None or not surname:
        return one
    for other in draft.cover.signed:
        words = re.findall(r"[^\W\d_]+", other.name.casefold())
        if words[-1:] == surname and len(words) > 1 and words[0][0] != first[1].casefold():
            draft.remarks.append(
                Remark(
                    property="senders",
                    value=one.name,
                    kind="conflict",
                    start=one.start,
                    end=one.end,
                    rule="signature-against-heading",
                    note="so the heading; the document is signed otherwise",
                )
            )
            return msgspec.structs.replace(other, role=one.role or other.role)
    return one


def _addressees(draft: Draft) -> tuple[tuple[Party, ...], list[Remark]]:
    title, found = draft.title, draft.cover
    remarks: list[Remark] = []
    written = [one for one in (*found.addressees, *found.late_addressees) if one.name]
    if title.addressees and written and all(naming.is_place(p.name) for p in title.addressees):
        return tuple(written), remarks  # "Telegram from Bern to Oslo"
    if title.addressees:
        keys = {key(one) for one in title.addressees}
        for one in written:
            person = any(p.kind == "person" for p in title.addressees) and one.kind != "person"
            shared = {w for k in keys for w in k.split() if len(w) > 3} & set(key(one).split())
            if key(one) in keys or person or one.kind == "unknown" or shared:
                continue
            remarks.append(
                Remark(
                    property="addressees",
                    value=one.name,
                    kind="conflict",
                    note="the text itself is addressed so; the heading names another addressee",
                    start=one.start,
                    end=one.end,
                    rule="address-against-heading",
                )
            )
        return tuple(_with_role(one, written) for one in title.addressees), remarks
    if draft.title.form in ("memorandum-of-conversation", "minutes", "press-release"):
        return (), remarks
    if written:
        return tuple(written), remarks
    if found.salutation is not None and draft.title.kind != "statement":  # a speech greets many
        return salutation_parties(*found.salutation[:2]), remarks
    return (), remarks


def salutation_parties(words: str, start: int) -> tuple[Party, ...]:
    """Whom a salutation addresses: "Dear Mr. President (Prime Minister)" are two."""
    lead = re.match(
        r"(?:My )?(?:Dear|DEAR|Esteemed|Respected|Honou?red)\s+|(?=(?:Mr|Mrs|Madam)\.? [A-Z])",
        words,
    )
    at = lead.end() if lead else 0
    rest = re.sub(r"\s+[a-z]$", "", words[at:])
    if (
        re.fullmatch(
            r"(?:Sirs?|Sirs and Madams?|Friends?|Gentlemen|Madam|Comrades?|Colleagues?)", rest
        )
        or lead is None
    ):
        return ()
    out: list[Party] = []
    for found in re.finditer(r"[^()]+", rest):
        one = naming.party(found[0].strip(), start + at + found.start(), "salutation")
        if one is not None:
            kind = "person" if one.kind == "person" else "office"
            out.append(msgspec.structs.replace(one, certainty="inferred", kind=kind))
    return tuple(out)


def _legs(
    draft: Draft,
    form: Form,
    senders: tuple[Party, ...],
    addressees: tuple[Party, ...],
    date: Date | None,
    place: Place | None,
) -> Iterator[Leg]:
    found = draft.cover
    if form in ("resolution", "memorandum-of-conversation", "minutes", "other", "press-release"):
        return
    if senders and addressees:
        mode = TELEGRAM_MODE.get(form, "not stated")
        if form == "note" and _diplomatic(senders, addressees, draft.title.kind):
            mode = "diplomatic note"
        span = draft.title.form_span
        how = found.received_how
        if how is not None and "mail" in how[0]:
            mode, span = "mail", (how[1], how[2])
        yield Leg(
            index=1,
            from_=senders[0],
            also_from=senders[1:],
            to=addressees[0],
            also_to=addressees[1:],
            mode=mode,
            mode_text=draft.text[slice(*span)] if span else None,
            place=place,
            place_to=found.place_to,
            date=date if how is None else found.received or date,
            start=span[0] if span else None,
            end=span[1] if span else None,
            rule="heading-leg",
        )
    if found.copies_to:
        first = found.receiver or (addressees[0] if addressees else None)
        yield Leg(
            index=2,
            from_=msgspec.structs.replace(first, certainty="inferred") if first else None,
            to=found.copies_to[0],
            also_to=tuple(found.copies_to[1:]),
            mode="distribution",
            start=found.copies_to[0].start,
            end=found.copies_to[-1].end,
            rule="distribution-list",
            note="who had the copies made is not said" if first else None,
        )


def _diplomatic(
    senders: tuple[Party, ...], addressees: tuple[Party, ...], kind: str | None
) -> bool:
    if kind == "diplomatic note":
        return True
    sides = [(one.role or one.name or "") for one in (senders[0], addressees[0])]
    return bool(re.search(r"[Aa]mbassador|[Ee]mbassy|Chargé", sides[0])) and bool(
        re.search(r"Minister|Ministry|MFA|Secretary of State", sides[1])
    )


_ATTENDED = re.compile(
    r"\b[Tt]he\s+(?:conversation|meeting|talk|reception)\s+was\s+(?:also\s+)?attended\s+by\s+(?P<who>[^\n;]{4,200}?)(?=(?<!\b[A-Z])\.(?:\s|$)|\n|;)"
    r"|(?:(?<=[.!?]\s)|(?<=\n))(?P<alone>[A-Z][^\n.;]{4,100}?(?:\s[A-Z]\.(?:\s?[A-Z]\.)?\s?[A-Z][\w’'-]+|\s[A-Z][\w’'-]+))"
    r"\s+(?:was|were)\s+(?:also\s+)?present(?:\s+at\s+the\s+(?:conversation|meeting|talk|reception))?\s*\."
)


def _attended(draft: Draft, form: str, known: tuple[Party, ...]) -> tuple[Party, ...]:
    """Who else was at a conversation, as the last words of its record say."""
    if form != "memorandum-of-conversation":
        return ()
    found = _ATTENDED.search(draft.text)
    if found is None:
        return ()
    group = "who" if found["who"] else "alone"
    there = naming.distribution(found[group], found.start(group), "attended-by")
    names = {key(one) for one in known}
    return tuple(one for one in there if one.kind == "person" and key(one) not in names)
