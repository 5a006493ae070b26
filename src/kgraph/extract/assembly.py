"""From title, cover and quoted letters to a record and the records inside it.

Used by the readers of translated compendia, archive pages and paged books. Where
title, cover and signature disagree, the title (the editor's heading) gives the field
and the rest is kept: other dates in `other_dates`, other parties as remarks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kgraph import dating
from kgraph.extract import cover, naming, quoted, titles
from kgraph.model import (
    Date,
    Evidence,
    Form,
    Holding,
    Leg,
    Party,
    Place,
    Printing,
    Record,
    Relation,
    Remark,
    Unparsed,
)

_TELEGRAM_MODE = {
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


def finish(draft: Draft) -> Record:
    """The record that a draft amounts to."""
    title, found, text = draft.title, draft.cover, draft.text
    form: Form = title.form
    kind = title.kind
    senders = title.senders
    if not senders and form != "memorandum-of-conversation":
        senders = tuple(one for one in found.signed if not one.name.islower())
    senders = tuple(_with_role(one, found.signed) for one in senders)
    addressees, remarks = _addressees(draft)
    dates = [*found.dates]
    date = dates.pop(0) if dates else None
    others = [*dates, *found.stamps]
    for one in found.signed_dates:
        if date is None:
            date = one
        elif one.edtf != date.edtf or one.rule != date.rule:
            others.append(
                one
                if one.edtf == date.edtf
                else msgspec.structs.replace(
                    one, note=one.note or "differs from the date above the text"
                )
            )
    if "date" in draft.extra:
        chosen: Date | None = draft.extra.pop("date")
        if chosen is not None:
            if date is not None:
                others.insert(0, date)
            date = chosen
    place = found.place or found.signed_place
    evidence: list[Evidence] = [*draft.evidence]
    if draft.title_span is not None:
        evidence.append(
            Evidence(
                field="title", start=draft.title_span[0], end=draft.title_span[1], rule="heading"
            )
        )
    if title.form_span is not None:
        evidence.append(
            Evidence(field="form", start=title.form_span[0], end=title.form_span[1], rule="title")
        )
    if found.classification is not None:
        evidence.append(
            Evidence(
                field="classification",
                start=found.classification[1],
                end=found.classification[2],
                rule="marking",
            )
        )
    handling: list[str] = []
    marks = [*found.handling, *([found.precedence] if found.precedence else [])]
    for words, start, end in sorted(marks, key=lambda m: m[1]):
        evidence.append(
            Evidence(field=f"handling[{len(handling)}]", start=start, end=end, rule="marking")
        )
        handling.append(" ".join(words.split()))
    unparsed = [Unparsed(where="heading", text=text[a:b], start=a, end=b) for a, b in found.unknown]
    if title.rest is not None and text[slice(*title.rest)].strip(" .,\n"):
        unparsed.append(
            Unparsed(
                where="heading",
                text=text[slice(*title.rest)],
                start=title.rest[0],
                end=title.rest[1],
            )
        )
    legs = [*_legs(draft, form, senders, addressees, date, place), *draft.legs]
    if len(legs) > 1 and draft.legs and legs[0].mode == "not stated":
        legs = legs[1:]  # the way is told hop by hop
    legs = [msgspec.structs.replace(leg, index=at) for at, leg in enumerate(legs, 1)]
    drafters = tuple(found.recorders)
    if form == "memorandum-of-conversation" and not drafters:
        drafters = tuple(found.signed) or title.senders
    relations = [
        *draft.relations,
        *(
            Relation(
                type="cites",
                target=f"telegram no. {n.value}",
                start=n.start,
                end=n.end,
                rule=n.rule,
                text=text[n.start : n.end] if n.start is not None else None,
            )
            for n in found.cited
        ),
    ]
    fields: dict[str, Any] = {
        "id": draft.id,
        "source": draft.source,
        "form": form,
        "kind": kind,
        "title": " ".join(text[slice(*draft.title_span)].split()) if draft.title_span else None,
        "number": draft.number,
        "senders": senders,
        "participants": title.participants,
        "addressees": addressees,
        "copies_to": tuple(found.copies_to),
        "date": date,
        "other_dates": (*others, *draft.other_dates),
        "received": found.received,
        "place": place,
        "place_to": found.place_to,
        "subject": title.subject,
        "classification": found.classification[0] if found.classification else None,
        "handling": tuple(handling),
        "numbers": tuple(found.numbers),
        "translators": tuple(found.translators),
        "original_language": found.original_language,
        "legs": tuple(legs),
        "holdings": draft.holdings,
        "printed_in": draft.printed_in,
        "drafters": drafters,
        "signed": tuple(found.signed),
        "part_of": draft.part_of,
        "contains": tuple(draft.contains),
        "relations": tuple(relations),
        "remarks": (*remarks, *draft.remarks),
        "evidence": tuple(evidence),
        "unparsed": tuple(unparsed),
        "locator": draft.locator,
        "url": draft.url,
        "text": text,
        "text_length": len(text),
    }
    fields.update({k: v for k, v in draft.extra.items() if v not in (None, ())})
    return Record(**fields)


def _with_role(one: Party, signed: Iterable[Party]) -> Party:
    if one.role is not None or one.kind != "person":
        return one
    for other in signed:
        if other.role and key(other) == key(one):
            return msgspec.structs.replace(one, role=other.role)
    return one


def _addressees(draft: Draft) -> tuple[tuple[Party, ...], list[Remark]]:
    title, found = draft.title, draft.cover
    remarks: list[Remark] = []
    written = [one for one in (*found.addressees, *found.late_addressees) if one.name]
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
    if found.salutation is not None:
        return salutation_parties(*found.salutation[:2]), remarks
    return (), remarks


def salutation_parties(words: str, start: int) -> tuple[Party, ...]:
    """Whom a salutation addresses: "Dear Mr. President (Prime Minister)" are two."""
    lead = re.match(r"(?:My )?(?:Dear|DEAR|Esteemed|Respected|Honou?red)\s+", words)
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
        mode = _TELEGRAM_MODE.get(form, "not stated")
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
        first = addressees[0] if addressees else None
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


_HANDED = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w’'-]+)\s+(?:then\s+|also\s+|personally\s+)?(?P<verb>handed|conveyed|gave|delivered|passed|transmitted|presented)"
    r"\s+(?:over\s+)?(?:to\s+)?(?:me|us)\b[^.]{0,90}\b(?:letter|message|note|memorandum)"
)
_DELIVERED_BY = re.compile(
    r"\b(?:letter|message|note)\s+(?:which was\s+|just\s+)?(?P<verb>delivered|handed over|handed|received)\s+today\s+(?:by|from)\s+(?P<who>[A-ZÀ-Þ][\w’'-]+)"
)
_THROUGH = re.compile(
    r"(?P<teller>[A-ZÀ-Þ][\w’'-]+)\s+(?:noted|said|added|explained|stated|remarked)\s+that\s+(?:she|he)\s+(?:had\s+)?"
    r"(?P<verb>given|passed|handed|sent|transmitted)\s+(?:on\s+)?(?:him\s+)?(?:this|the|that|her|his)\s+letter\s+(?:to\s+him\s+)?"
    r"through\s+(?P<via>[A-ZÀ-Þ][\w’'-]+)"
)
_ASKED = re.compile(
    r"(?P<teller>[A-ZÀ-Þ][\w’'-]+)\s+said\s+that\s+[^.]{3,120}?\s+(?:had\s+)?asked\s+(?:him\s+)?to\s+(?:pass|convey|deliver|transmit)[^.]{0,120}?"
    r"\bthrough\s+me\b"
)


def hand_legs(
    text: str, inner: quoted.Inner, sender: Party | None, writer: Party | None
) -> list[Leg]:
    """How a quoted letter came into the hands of the telegram's sender, as the words
    before it tell: "Thompson handed me a letter", "she had given it to him through Bundy"."""
    begin = max(0, inner.start - 1600)
    before = text[begin : inner.start]
    out: list[Leg] = []

    def who(found: re.Match[str], group: str) -> Party:
        a = begin + found.start(group)
        return Party(
            name=found[group], kind="person", start=a, end=a + len(found[group]), rule="hand-over"
        )

    through = _THROUGH.search(before)
    if through is not None:
        via, teller = who(through, "via"), who(through, "teller")
        for giver, taker in ((writer, via), (via, teller)):
            out.append(
                Leg(
                    index=len(out) + 1,
                    from_=giver,
                    to=taker,
                    mode="hand delivery",
                    mode_text=through["verb"],
                    start=begin + through.start(),
                    end=begin + through.end(),
                    rule="hand-over",
                )
            )
    handed = None
    for pattern in (_HANDED, _DELIVERED_BY, _ASKED):
        handed = pattern.search(before)
        if handed is not None:
            break
    if handed is not None:
        group = "teller" if handed.re is _ASKED else "who"
        verb = handed.groupdict().get("verb") or "through me"
        one = who(handed, group)
        out.append(
            Leg(
                index=len(out) + 1,
                from_=one,
                to=sender,
                mode="hand delivery",
                mode_text=verb,
                start=begin + handed.start(),
                end=begin + handed.end(),
                rule="hand-over",
                status="implied" if handed.re is _ASKED else "stated",
            )
        )
    return out


def inside(
    outer: Draft,
    found: tuple[quoted.Inner, ...],
    *,
    places: frozenset[str] = frozenset(),
    name: Callable[[quoted.Inner, int], str] | None = None,
    hint: str | None = None,
    printed: tuple[Party, ...] = (),
) -> list[Record]:
    """Records of the documents inside `outer`, numbered in the order of the text, or
    called as `name` calls them.

    `hint` is further words that speak of them (the entry of the list of documents),
    `printed` an address printed on the first page of the first letter among them.
    Fills `outer.contains` and `outer.relations`.
    """
    out: list[Record] = []
    counter = 0
    spare = printed
    issuer: tuple[Party, ...] = ()

    def one(inner: quoted.Inner, holder: Draft, shift: int) -> None:
        nonlocal counter, spare, issuer
        counter += 1
        ident = f"{outer.id}/{name(inner, counter) if name else counter}"
        start, end = inner.start - shift, inner.end - shift
        text = holder.text[start:end]
        draft = Draft(
            id=ident, source=outer.source, text=text, part_of=holder.id, locator=holder.locator
        )
        skip = inner.heading[1] - inner.start if inner.heading else 0
        draft.cover = cover.read(text, skip, len(text), places=places)
        if spare and draft.cover.salutation is not None and not draft.cover.late_addressees:
            draft.cover.late_addressees = [_unspanned(p) for p in spare]
            spare = ()
        draft.title = _inner_title(holder, inner, shift, draft, hint, issuer)
        if draft.title.form == "resolution":
            issuer = tuple(_unspanned(p) for p in draft.title.senders)
        draft.holdings = outer.holdings
        draft.relations.append(
            Relation(
                type="quoted-in" if inner.held == "quoted" else "enclosed-in",
                target=holder.id,
                rule=inner.rule,
            )
        )
        holder.contains.append(ident)
        holder.relations.append(
            Relation(
                type="quotes" if inner.held == "quoted" else "encloses",
                target=ident,
                start=start,
                end=end,
                rule=inner.rule,
            )
        )
        if inner.held == "quoted":
            holder_parties = _outer_parties(holder)
            writer = (
                draft.title.senders[0]
                if draft.title.senders
                else next(iter(draft.cover.signed), None)
            )
            draft.legs.extend(
                msgspec.structs.replace(
                    leg,
                    start=None,
                    end=None,
                    words=holder.text[leg.start : leg.end] if leg.start is not None else None,
                )
                for leg in hand_legs(
                    holder.text,
                    msgspec.structs.replace(inner, start=start, end=end),
                    holder_parties[0],
                    writer,
                )
            )
            mode = _TELEGRAM_MODE.get(holder.title.form)
            goes_to = _got_a_copy(draft.title.addressees, holder.cover.copies_to)
            goes_to = goes_to or holder_parties[1]
            if mode and holder_parties[0] is not None and goes_to is not None:
                draft.legs.append(
                    Leg(
                        index=9,
                        from_=_unspanned(holder_parties[0]),
                        to=_unspanned(goes_to),
                        mode=mode,
                        note="the text, quoted in the telegram",
                        rule="quoted-in-telegram",
                    )
                )
        if not draft.cover.dates and not draft.cover.signed_dates:
            told = _told_date(holder, inner, shift, hint)
            if told is not None:
                draft.cover.dates.append(told)
        at = len(out)
        deeper = tuple(i for i in inner.inner)
        if deeper:
            out.append(Record(id=ident, source=outer.source))  # keeps the place in the order
            for nested in deeper:
                one(nested, draft, inner.start)
            out[at] = finish(draft)
        else:
            out.append(finish(draft))

    for inner in found:
        one(inner, outer, 0)
    return out


_TOLD = re.compile(
    r"\b(?:letter|message|note|telegram|memorandum)\b[^.\n]{0,60}?\b(?:dated|of|from)\s+(?P<day>[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)"
    r"(?:,?\s+(?P<year>(?:1[5-9]|20)\d\d)|\s+(?P<this>of this year|this year|c\.\s?y\.))"
)


def _told_date(holder: Draft, inner: quoted.Inner, shift: int, hint: str | None) -> Date | None:
    """The date that the words around give to a letter that bears none."""
    if inner.held != "quoted":
        return None
    begin = max(0, inner.start - shift - 900)
    found = _TOLD.search(holder.text, begin, inner.start - shift)
    source = holder.text
    if found is None and hint:
        found, source = _TOLD.search(hint), hint
    if found is None:
        return None
    year = found["year"]
    if year is None and holder.cover.dates and holder.cover.dates[0].earliest:
        year = holder.cover.dates[0].earliest[:4]
    if year is None:
        return None
    read = dating.parse(f"{found['day']}, {year}") or dating.parse(f"{found['day']} {year}")
    if read is None:
        return None
    words = source[found.start("day") : found.end()]
    return msgspec.structs.replace(
        read, text=words, start=None, end=None, words=words, certainty="inferred", rule="date-told-around",
        note="told by the text that quotes it" + ("; the year is that text's" if found["year"] is None else ""),
    )  # fmt: skip


def _got_a_copy(addressees: tuple[Party, ...], copies: list[Party]) -> Party | None:
    for one in addressees:
        if any(_same_tail(one, copy) for copy in copies):
            return one
    return None


def _unspanned(one: Party) -> Party:
    return msgspec.structs.replace(one, start=None, end=None)


def _outer_parties(draft: Draft) -> tuple[Party | None, Party | None]:
    senders = draft.title.senders or tuple(draft.cover.signed)
    addressees = draft.title.addressees or tuple(draft.cover.addressees)
    return (senders[0] if senders else None, addressees[0] if addressees else None)


def _inner_title(
    holder: Draft,
    inner: quoted.Inner,
    shift: int,
    draft: Draft,
    hint: str | None,
    issuer: tuple[Party, ...] = (),
) -> titles.Title:
    """Form and parties of an inner document, from the words that announce it."""
    text, found = draft.text, draft.cover
    form: Form = "enclosure"
    kind: str | None = None
    senders: tuple[Party, ...] = tuple(found.signed)
    addressees: tuple[Party, ...] = tuple(
        p for p in (*found.late_addressees, *found.addressees) if p.name
    )
    announced: list[str] = []
    if inner.cue is not None:
        announced.append(holder.text[inner.cue[0] - shift : inner.cue[1] - shift])
        before = holder.text[
            max(holder.cover.body_start, inner.cue[0] - shift - 1600) : inner.cue[0] - shift
        ]
        announced.extend(
            reversed([one for one in re.split(r"(?<=[a-z”\"])\.\s", before) if one.strip()])
        )
    elif holder.cover.body_start < inner.start - shift:
        body = holder.text[holder.cover.body_start : inner.start - shift]
        announced.extend(
            one for one in re.split(r"(?<=[a-z)”\"])\.\s|\n", body[:3000]) if one.strip()
        )
    if holder.title_span is not None:
        tail = holder.title.tail or holder.title_span
        announced.append(holder.text[slice(*tail)])
    if hint:
        announced.append(hint)
    if inner.held == "quoted":
        form = quoted.form_of(
            text, msgspec.structs.replace(inner, start=0, end=len(text), cue=None)
        )
        if inner.cue is not None:
            form = quoted.form_of(
                holder.text,
                msgspec.structs.replace(
                    inner,
                    start=inner.start - shift,
                    end=inner.end - shift,
                    cue=(inner.cue[0] - shift, inner.cue[1] - shift),
                ),
            )
    elif found.salutation is not None:
        form = "letter"
    elif any(p.rule == "telegraph-address" for p in addressees):
        form, kind = "telegram", "instruction"
        if not senders:
            senders = _issuing(holder) or tuple(
                msgspec.structs.replace(p, certainty="inferred", rule="issuer-of-the-resolution")
                for p in issuer
            )
    elif re.search(r"\bRESOLUTION\b|^\s*Resolution\b", text[:400], re.MULTILINE):
        form = "resolution"
        body = re.search(r"^\s*(?P<body>[A-Z][A-Z ]{3,40}?) RESOLUTION", text[:400], re.MULTILINE)
        if body is not None and naming.is_body(body["body"]):
            senders = (
                Party(
                    name=body["body"],
                    kind="body",
                    start=body.start("body"),
                    end=body.end("body"),
                    rule="heading-in-text",
                ),
            )
    elif re.search(r"^\s*(?:MEMORANDUM|REFERENCE|MEMO)\b", text[:400], re.MULTILINE):
        form, kind = "memorandum", "reference"
    elif re.search(r"\(TASS\)\.?\s*$", text[-400:], re.MULTILINE) and not senders:
        at = text.rindex("(TASS)")
        form = "press-release"
        senders = (Party(name="TASS", kind="body", start=at + 1, end=at + 5, rule="agency-mark"),)
    elif addressees or senders:
        form = (
            "telegram"
            if "telegram" in holder.text[: holder.cover.body_end].lower()
            and holder.title.form == "resolution"
            else "letter"
        )
    formal = _FORMAL_NOTE.match(text[:600])
    if formal is not None:
        senders, addressees = _formal_parties(formal, announced)
    elif not (senders or addressees) and (spoken_by := _HEADED.search(text[:700])) is not None:
        senders = naming.parties(spoken_by["who"], spoken_by.start("who"), "heading-in-text")
        if spoken_by["to"]:
            addressees = naming.parties(spoken_by["to"], spoken_by.start("to"), "heading-in-text")
    for words in announced:
        if senders and addressees:
            break
        if kind == "instruction":
            break
        if inner.held == "enclosed" and not (senders or addressees or found.salutation):
            break
        spoken = titles.letter_inside(" ".join(words.split()), 0)
        if spoken is None:
            continue
        _, by, to = spoken
        by, to = _named_only(by), _named_only(to)
        if (
            senders
            and by
            and not ({key(p) for p in senders} & {key(p) for p in by})
            and not _same_tail(senders[0], by[0])
        ):
            continue
        if not senders:
            senders = tuple(_announced(p, words) for p in by)
        if not addressees:
            addressees = tuple(_announced(p, words) for p in to)
    if not senders and inner.held == "enclosed" and found.unknown:
        for a, b in found.unknown[:4]:
            if naming.is_body(text[a:b]) and not naming.is_office(text[a:b]) and b - a < 70:
                senders = (
                    Party(
                        name=" ".join(text[a:b].split()),
                        kind="body",
                        start=a,
                        end=b,
                        rule="letterhead",
                        certainty="inferred",
                    ),
                )
                break
    return titles.Title(form=form, kind=kind, senders=senders, addressees=addressees)


_FORMAL_NOTE = re.compile(
    r"^[\s\"“«]*(?P<who>[A-Z][^.\"“]{3,120}?)\s+presents?\s+(?:his|her|its|their)\s+(?:compliments|respects)\s+to\s+(?:the\s+)?"
    r"(?P<to>[A-Z].{3,140}?)(?=\s+and\b|,|\.\s)",
    re.DOTALL,
)
_HEADED = re.compile(
    r"^\s*(?:Answers?|Repl(?:y|ies)|Responses?|Statement|Speech|Address|Report|Information)\s+(?:of|by)\s+(?:the\s+)?"
    r"(?P<who>[A-Z][^:\n]{3,160}?)(?:\s+to\s+(?:the\s+)?(?:questions?\s+(?:from|of)\s+)?(?P<to>[^\n]{4,120}(?:\n[^\n]{4,80})?))?\s*\n",
    re.MULTILINE,
)
_DELIVERED = re.compile(
    r"\b(?:delivered|handed over|handed|transmitted|received)\s+(?:today\s+)?(?:by|from)\s+(?P<who>[A-Z][\w’'-]+)"
)
_VISIT = re.compile(
    r"\b[Vv]isit\s+(?P<who>[A-Z][^.,]{3,70}?)\s+and\s+(?:deliver|hand|give|transmit|convey|pass)"
)


def _formal_parties(
    found: re.Match[str], announced: list[str]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Parties of a note in the third person; the names of the offices, where the words
    that announce the note tell them ("the note delivered today by Rusk")."""
    senders = naming.parties(found["who"], found.start("who"), "formal-note")
    addressees = naming.parties(" ".join(found["to"].split()), found.start("to"), "formal-note")
    for words in announced:
        by = _DELIVERED.search(words)
        if by is not None and len(senders) == 1 and senders[0].kind != "person":
            senders = (
                msgspec.structs.replace(
                    senders[0], name=by["who"], role=senders[0].name, kind="person", certainty="inferred",
                    note="named by the words that announce the note",
                ),
            )  # fmt: skip
        to = _VISIT.search(words)
        if to is not None and len(addressees) == 1 and addressees[0].kind != "person":
            one = naming.party(to["who"], 0, "announcing-words")
            if one is not None and one.kind == "person":
                addressees = (_announced(one, words),)
    return senders, addressees


def _named_only(found: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(
        p
        for p in found
        if p.kind != "unknown"
        and not re.fullmatch(r"(?:her|his|him|me|us|he|she|you|it|them)", p.name)
    )


def _announced(one: Party, words: str) -> Party:
    return msgspec.structs.replace(
        one,
        start=None,
        end=None,
        words=" ".join(words.split())[:120],
        certainty="inferred",
        rule="announcing-words",
    )


def _same_tail(a: Party, b: Party) -> bool:
    tails = [re.findall(r"[^\W\d_]{2,}", one.name.casefold())[-1:] for one in (a, b)]
    return tails[0] == tails[1] != []


def _issuing(holder: Draft) -> tuple[Party, ...]:
    """The body that gave the instructions a resolution approves."""
    for one in holder.title.senders:
        if one.kind != "person":
            name = re.sub(r"^Presidium of (?:the )?|\s+Presidium$", "", one.name)
            return (
                Party(
                    name=name,
                    kind="body",
                    certainty="inferred",
                    rule="issuer-of-the-cover",
                    note="the instruction is enclosed in this body's resolution",
                ),
            )
    for one in holder.cover.addressees or holder.title.addressees:
        if one.kind == "body":
            return (
                Party(
                    name=one.name,
                    kind="body",
                    certainty="inferred",
                    rule="issuer-of-the-cover",
                    note="draft enclosed in a note to this body",
                ),
            )
    return ()
