"""Records of the documents inside a document: enclosures, quoted letters and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract.papers import quoted
from kgraph.extract.papers.announced import inner_title, own_title, same_surname, told_date
from kgraph.extract.papers.assembly import TELEGRAM_MODE, Draft, finish
from kgraph.extract.papers.hands import hand_legs
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
    inside = _Inside(outer, places, name, hint, printed)
    for inner in found:
        inside.read(inner, outer, 0)
    return inside.records


@dataclass
class _Inside:
    """The documents inside `outer` while they are read."""

    outer: Draft
    places: frozenset[str]
    name: Callable[[quoted.Inner, int], str] | None
    hint: str | None
    printed: tuple[Party, ...]  # until a letter bears them
    issuer: tuple[Party, ...] = ()  # of the last resolution
    counter: int = 0
    records: list[Record] = field(default_factory=list)

    def read(self, inner: quoted.Inner, holder: Draft, shift: int) -> None:
        """The record of `inner`, then those of what it holds itself; `holder` is the document
        around it, whose text begins at `shift` of the outermost text."""
        self.counter += 1
        name = self.name(inner, self.counter) if self.name else self.counter
        start, end = inner.start - shift, inner.end - shift
        draft = Draft(
            id=f"{self.outer.id}/{name}", source=self.outer.source, text=holder.text[start:end],
            part_of=holder.id, locator=holder.locator, finder=self.outer.finder,
        )  # fmt: skip
        draft.holdings = tuple(
            msgspec.structs.replace(one, start=None, end=None) for one in self.outer.holdings
        )
        self._head(draft, inner, holder, shift)
        _relate(draft, inner, holder, (start, end))
        if inner.held == "quoted":
            draft.legs.extend(_way(draft, inner, holder, (start, end)))
        if not draft.cover.dates and not draft.cover.signed_dates:
            dated = told_date(holder, inner, shift, self.hint)
            if dated is not None:
                draft.cover.dates.append(dated)
        at = len(self.records)
        self.records.append(Record(id=draft.id, source=draft.source))  # keeps its place
        if inner.held == "enclosed" and not holder.cover.copies_to:
            _to_the_whole(draft, holder, start)
        for nested in inner.inner:
            self.read(nested, draft, inner.start)
        self.records[at] = finish(draft)

    def _head(self, draft: Draft, inner: quoted.Inner, holder: Draft, shift: int) -> None:
        """Read the draft's title and cover."""
        text = draft.text
        skip = inner.heading[1] - inner.start if inner.heading else 0
        own = own_title(text, inner)
        draft.cover = cover.read(text, own[1] if own else skip, len(text), places=self.places)
        if self.printed and draft.cover.salutation is not None and not draft.cover.late_addressees:
            draft.cover.late_addressees = [_unspanned(p) for p in self.printed]
            self.printed = ()
        draft.title = inner_title(
            holder, inner, shift, draft, self.hint, self.issuer, own[0] if own else None
        )
        if draft.title.form == "resolution":
            self.issuer = tuple(_unspanned(p) for p in draft.title.senders)
            if _DRAFTED.search(text[:300]):
                _for_decision(holder, self.issuer)


_DRAFTED = re.compile(r"^\W*D(?:RAFT|raft)\b", re.MULTILINE)


def _for_decision(holder: Draft, issuer: tuple[Party, ...]) -> None:
    """A note that names no addressee and encloses the draft of a body's resolution is to that body."""
    cover_, title = holder.cover, holder.title
    told = title.addressees or cover_.addressees or cover_.late_addressees or cover_.salutation
    if told or title.form not in ("note", "memorandum", "letter"):
        return
    cover_.addressees.extend(
        msgspec.structs.replace(
            one, certainty="inferred", rule="draft-for-decision", words=one.name,
            note="the draft of this body's resolution is enclosed",
        )
        for one in issuer
        if one.kind == "body"
    )  # fmt: skip


def _to_the_whole(draft: Draft, holder: Draft, at: int) -> None:
    """A list "Sent to: ..." below the last enclosure tells who got the whole paper."""
    listed = draft.cover.copies_to
    last = max((one.end or 0 for one in draft.cover.signed), default=0)
    if not listed or not last or any((one.start or 0) < last for one in listed):
        return
    holder.cover.copies_to = [
        msgspec.structs.replace(one, start=(one.start or 0) + at, end=(one.end or 0) + at)
        for one in listed
    ]
    draft.cover.copies_to = []


def _relate(draft: Draft, inner: quoted.Inner, holder: Draft, span: tuple[int, int]) -> None:
    """Tie a document to the one around it, both ways."""
    out, back = (
        ("quotes", "quoted-in") if inner.held == "quoted" else ("encloses", "enclosed-in")
    )  # fmt: skip
    draft.relations.append(Relation(type=back, target=holder.id, rule=inner.rule))
    holder.contains.append(draft.id)
    holder.relations.append(
        Relation(type=out, target=draft.id, start=span[0], end=span[1], rule=inner.rule)
    )


def _way(draft: Draft, inner: quoted.Inner, holder: Draft, span: tuple[int, int]) -> Iterator[Leg]:
    """The way of a quoted letter: through whose hands, as the words around it tell, then within
    the telegram that quotes it."""
    sender, addressee = _outer_parties(holder)
    writer = next(iter((*draft.title.senders, *draft.cover.signed)), None)
    here = msgspec.structs.replace(inner, start=span[0], end=span[1])
    told = hand_legs(holder.text, here, sender, writer)
    today = _bare_date(holder)
    if told and told[-1].start is not None and today is not None:
        paragraph = holder.text.rfind("\n", 0, told[-1].start) + 1
        if re.search(r"\b[Tt]oday\b", holder.text[paragraph : told[-1].end]):
            note = "“today” of the telegram"
            today = msgspec.structs.replace(today, certainty="inferred", note=note)
            told[-1] = msgspec.structs.replace(told[-1], date=today)
    for leg in told:
        yield _told_elsewhere(leg, holder.text, writer)
    mode = TELEGRAM_MODE.get(holder.title.form)
    goes_to = _got_a_copy(draft.title.addressees, holder.cover.copies_to) or addressee
    if mode and sender is not None and goes_to is not None:
        yield Leg(
            index=9, from_=_unspanned(sender), to=_unspanned(goes_to), mode=mode,
            date=_bare_date(holder), note="the text, quoted in the telegram",
            rule="quoted-in-telegram",
        )  # fmt: skip


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
