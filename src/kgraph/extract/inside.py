"""Records of the documents inside a document: enclosures, quoted letters and notes."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from kgraph.extract import cover, quoted
from kgraph.extract.announced import inner_title, own_title, same_surname, told_date
from kgraph.extract.assembly import TELEGRAM_MODE, Draft, finish
from kgraph.extract.hands import hand_legs
from kgraph.model import Date, Leg, Party, Record, Relation


def records(
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
            id=ident,
            source=outer.source,
            text=text,
            part_of=holder.id,
            locator=holder.locator,
            finder=outer.finder,
        )
        skip = inner.heading[1] - inner.start if inner.heading else 0
        own = own_title(text, inner)
        draft.cover = cover.read(text, own[1] if own else skip, len(text), places=places)
        if spare and draft.cover.salutation is not None and not draft.cover.late_addressees:
            draft.cover.late_addressees = [_unspanned(p) for p in spare]
            spare = ()
        draft.title = inner_title(
            holder, inner, shift, draft, hint, issuer, own[0] if own else None
        )
        if draft.title.form == "resolution":
            issuer = tuple(_unspanned(p) for p in draft.title.senders)
        draft.holdings = tuple(
            msgspec.structs.replace(one, start=None, end=None) for one in outer.holdings
        )
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
            told = hand_legs(
                holder.text,
                msgspec.structs.replace(inner, start=start, end=end),
                holder_parties[0],
                writer,
            )
            today = _bare_date(holder)
            if told and told[-1].start is not None and today is not None:
                paragraph = holder.text.rfind("\n", 0, told[-1].start) + 1
                sentence = holder.text[paragraph : told[-1].end]
                if re.search(r"\b[Tt]oday\b", sentence):
                    today = msgspec.structs.replace(
                        today, certainty="inferred", note="“today” of the telegram"
                    )
                    told[-1] = msgspec.structs.replace(told[-1], date=today)
            draft.legs.extend(_told_elsewhere(leg, holder.text, writer) for leg in told)
            mode = TELEGRAM_MODE.get(holder.title.form)
            goes_to = _got_a_copy(draft.title.addressees, holder.cover.copies_to)
            goes_to = goes_to or holder_parties[1]
            if mode and holder_parties[0] is not None and goes_to is not None:
                draft.legs.append(
                    Leg(
                        index=9,
                        from_=_unspanned(holder_parties[0]),
                        to=_unspanned(goes_to),
                        mode=mode,
                        date=_bare_date(holder),
                        note="the text, quoted in the telegram",
                        rule="quoted-in-telegram",
                    )
                )
        if not draft.cover.dates and not draft.cover.signed_dates:
            dated = told_date(holder, inner, shift, hint)
            if dated is not None:
                draft.cover.dates.append(dated)
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


def _got_a_copy(addressees: tuple[Party, ...], copies: list[Party]) -> Party | None:
    for one in addressees:
        if any(same_surname(one, copy) for copy in copies):
            return one
    return None


def _told_elsewhere(leg: Leg, text: str, writer: Party | None) -> Leg:
    """A leg that the quoting text tells: its words instead of spans in another text."""
    words = text[leg.start : leg.end] if leg.start is not None else None

    def bare(one: Party | None) -> Party | None:
        return one if one is None or one is writer else _unspanned(one)

    return msgspec.structs.replace(
        leg,
        start=None,
        end=None,
        words=words,
        from_=bare(leg.from_),
        by=bare(leg.by),
        to=bare(leg.to),
    )


def _bare_date(holder: Draft) -> Date | None:
    """The date of the telegram that carries the text."""
    one = holder.extra.get("date") or next(iter(holder.cover.dates), None)
    return msgspec.structs.replace(one, start=None, end=None) if one is not None else None


def _unspanned(one: Party) -> Party:
    return msgspec.structs.replace(one, start=None, end=None)


def _outer_parties(draft: Draft) -> tuple[Party | None, Party | None]:
    senders = draft.title.senders or tuple(draft.cover.signed)
    addressees = draft.title.addressees or tuple(draft.cover.addressees)
    return (senders[0] if senders else None, addressees[0] if addressees else None)
