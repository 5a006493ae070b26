"""Who is meant by the names, offices and kinships in one record.

A record's parties come first (their names are fullest), then its mentions in the
order of the text; each person found becomes company for those after: a bare
surname takes up the person of that surname who is already there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.events import well_known
from kgraph.authorities.gazetteer.namesakes import lands_of, town_in
from kgraph.authorities.names import parse
from kgraph.authorities.names.comparing import compare_names
from kgraph.authorities.names.spelled import spelled_title
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.offices import describe
from kgraph.authorities.persons.kinship import read_kin
from kgraph.authorities.resolution.apposition import beside, couple, fullness
from kgraph.authorities.resolution.days import Days
from kgraph.authorities.resolution.named import Named, Names
from kgraph.authorities.resolution.possessive import family_named, place_named
from kgraph.authorities.resolution.shortened import shortened
from kgraph.authorities.resolution.spoken_of import with_events
from kgraph.authorities.resolution.standing import PLACED, Bodies, ShortForms, short_form
from kgraph.authorities.resolution.styled import enter
from kgraph.authorities.resolution.volume_lists import ListedPersons
from kgraph.authorities.resolution.whose import states_meant
from kgraph.authorities.resolution.writer import Standing, american
from kgraph.authorities.review import Decisions, subjects
from kgraph.authorities.setting import Found, Setting
from kgraph.model import Body, Event, Leg, Mention, Party, Place, PlaceEntry, Record
from kgraph.nameless import completed

MARKED = 0.99
"""Probability of a link that the source's own markup makes and its words bear out."""

_SCHEMES = (
    ("gnd", re.compile(r"d-nb\.info/gnd/([\dX-]+)")),
    ("viaf", re.compile(r"viaf\.org/viaf/(\d+)")),
    ("wikidata", re.compile(r"wikidata\.org/(?:entity|wiki)/(Q\d+)")),
)


def _entitle(parties: Iterable[Party], setting: Setting) -> None:
    """Remember which writer or reader bears which title: "the President" in a note is he."""
    for party in parties:
        if party.kind == "person":
            enter(setting.styled, party.role, party.name, party.id)
        if party.role and party.id:
            other = setting.titled.setdefault(fold(party.role), party.id)
            if other != party.id:
                setting.titled[fold(party.role)] = ""


class Resolver:
    """Fills the ids of records of one source."""

    def __init__(
        self,
        authority: Authority,
        listed: ListedPersons,
        source: str,
        threshold: float,
        decisions: Decisions | None = None,
        short_forms: ShortForms | None = None,
    ) -> None:
        self.authority = authority
        self.listed = listed
        self.threshold = threshold
        self.decisions = decisions
        self.days = Days(source)
        self.names = Names(authority, listed, threshold)
        self.bodies = Bodies(authority, short_forms)
        self.standing = Standing()
        self.lands: frozenset[str] = frozenset()  # keys of the states that the record speaks of
        self._entries: dict[str, PlaceEntry | Event] = {}
        self._given: set[str] = set()

    def entries(self) -> list[PlaceEntry | Body | Event]:
        """The gazetteer's entries that were linked since the last call, and never before."""
        if len(self._given) == len(self._entries) + len(self.bodies.made):
            return []
        made: dict[str, PlaceEntry | Body | Event] = {**self._entries, **self.bodies.made}
        new = [entry for id, entry in made.items() if id not in self._given]
        self._given.update(made)
        return new

    # -- records -----------------------------------------------------------

    def record(self, record: Record) -> Record:
        """`record` with the ids of its parties, places, holdings and mentions filled."""
        setting = self.days.setting(record)
        self.standing = Standing(record=record.id, american=american(record), year=setting.years[0])
        changes: dict[str, object] = {}
        for field in (
            "senders", "addressees", "participants", "signed", "on_behalf_of", "copies_to",
            "drafters", "clearers", "approvers", "translators",
        ):  # fmt: skip
            parties: tuple[Party, ...] = getattr(record, field)
            if parties:
                done = self._all(parties, setting)
                changes[field] = done
                if field in ("senders", "addressees"):
                    _entitle(done, setting)
                elif field in ("participants", "signed"):
                    for one in done:
                        enter(setting.styled, one.role, one.name, one.id)
                if field == "senders":
                    setting.senders.extend(p.id or p.holder or "" for p in done)
                elif field == "addressees":
                    setting.addressees.extend(p.id or p.holder or "" for p in done)
                elif field == "signed":
                    setting.senders.extend(p.id or "" for p in done)
        self.standing = self.bodies.standing(
            record,
            changes.get("senders", ()),  # type: ignore[arg-type]
            changes.get("addressees", ()),  # type: ignore[arg-type]
            setting.years[0],
        )
        for field in ("senders", "addressees", "copies_to"):
            if field in changes:
                changes[field] = tuple(  # where they stand is known now
                    one
                    for p in changes[field]  # type: ignore[attr-defined]
                    for one in (self._all((p,), setting) if p.kind == "body" and not p.id else (p,))
                )
        self.lands = lands_of(
            record.mentions, (self.standing.writer, self.standing.to, self.standing.host)
        )
        if record.legs:
            changes["legs"] = tuple(self._leg(leg, setting) for leg in record.legs)
        if record.place:
            changes["place"] = self.place(record.place)
        if record.place_to:
            changes["place_to"] = self.place(record.place_to)
        if record.mentions:
            mentions = with_events(
                record, self._mentions(record.mentions, setting), setting, self.authority,
                self.threshold,
            )  # fmt: skip
            if self.decisions:
                mentions = tuple(self._undisputed(m, m.text, setting) if m.type == "event" else m for m in mentions)  # fmt: skip
            changes["mentions"] = mentions
            for mention in mentions:
                if mention.type == "event" and mention.id not in self.authority.events:
                    self._event(mention.id)
        return msgspec.structs.replace(record, **changes) if changes else record

    def _leg(self, leg: Leg, setting: Setting) -> Leg:
        def one(party: Party | None) -> Party | None:
            return self.party(party, setting) if party and party.name else party

        to, *also_to = self._all((leg.to,), setting) if leg.to and leg.to.name else (leg.to,)
        return msgspec.structs.replace(
            leg,
            from_=one(leg.from_),
            by=one(leg.by),
            to=to,
            also_from=tuple(self.party(p, setting) for p in leg.also_from),
            also_by=tuple(self.party(p, setting) for p in leg.also_by),
            also_to=(*also_to, *self._all(leg.also_to, setting)),
            place=self.place(leg.place) if leg.place else None,
            place_to=self.place(leg.place_to) if leg.place_to else None,
        )

    def place(self, place: Place) -> Place:
        """`place` with its id, where its name is one place's."""
        if place.id or not place.name:
            return place
        return msgspec.structs.replace(place, id=self._place(place.name))

    def _event(self, id: str | None) -> None:
        entry = well_known.entries().get(id or "")
        if entry is not None and entry.id not in self._entries:
            self._entries[entry.id] = entry
            if entry.place:
                self._place(entry.place.name)

    def _place(self, name: str) -> str | None:
        index = self.authority.place_index
        id = index.find(name, self.standing.record)
        entry = index.others.get(id) if id else town_in(name, self.lands)
        id = id or (entry.id if entry else None)
        while entry is not None and entry.id not in self._entries:
            self._entries[entry.id] = entry
            entry = index.others.get(entry.within) if entry.within else None
        return id

    def _referred(self, ref: str) -> str | None:
        """The person whom the source's own identifier names, if the list or authority has it."""
        local = "person/" + ref.replace("#", "/").lstrip("/")
        if local in self.listed.target:
            return self.listed.target[local]
        if local in self.listed.index.by_id:
            return local
        for scheme, pattern in _SCHEMES:
            found = pattern.search(ref)
            if found:
                return self.authority.by_identifier(scheme, found[1])
        return None

    # -- parties -----------------------------------------------------------

    def _all(self, parties: Iterable[Party], setting: Setting) -> tuple[Party, ...]:
        """Parties with their ids, each of those that one phrase names together."""
        return tuple(
            self.party(one, setting)
            for party in parties
            for one in self.bodies.several(party, self.standing)
        )

    def party(self, party: Party, setting: Setting) -> Party:
        """`party` with id, probability and reasons; an id given by hand stays, and what a
        reviewer decided outweighs everything. A name that an editor completed in brackets is
        sought without them."""
        whole = completed(party.name)
        if whole != party.name:
            found = self.party(msgspec.structs.replace(party, name=whole), setting)
            return msgspec.structs.replace(found, name=party.name)
        return self._decided(party, party.name, setting) or self._undisputed(
            self._party(party, setting), party.name, setting
        )

    def _decided(self, named: Named, words: str, setting: Setting) -> Named | None:
        """`named` as a reviewer's accepted link has it."""
        for subject in subjects(setting.record, words, named.start) if self.decisions else ():
            decision = self.decisions.accepted(subject) if self.decisions else None
            if decision and decision.target:
                found = Found(self.authority.current(decision.target), 1.0, (decision.said,))
                return self.names.filled(named, found, setting, 3.0)
        return None

    def _undisputed(self, named: Named, words: str, setting: Setting) -> Named:
        """`named` without an id that a reviewer rejected for it."""
        if not self.decisions:
            return named
        for subject in subjects(setting.record, words, named.start):
            noted = self.decisions.notes(subject)
            if noted and noted[0] not in named.reasons:
                named = msgspec.structs.replace(named, reasons=named.reasons + noted)
            if not named.id:
                continue
            against = self.decisions.rejected(subject, named.id)
            if against:
                return msgspec.structs.replace(
                    named, id=None, probability=None, reasons=(against.said,)
                )
        return named

    def _party(self, party: Party, setting: Setting) -> Party:
        referred = self._referred(party.ref) if party.ref and not party.id else None
        if referred:
            party = msgspec.structs.replace(
                party, id=referred, probability=MARKED, reasons=("so marked in the source",)
            )
        if party.id and party.id in self.listed.target:
            party = msgspec.structs.replace(party, id=self.listed.target[party.id])
            known = True
        else:
            known = bool(party.id) and (
                party.id in self.authority.persons or party.id in self.listed.index.by_id
            )
        if party.id and party.rule is None and not known:
            return msgspec.structs.replace(party, id=self.authority.current(party.id))
        if party.id and known:
            checked = self._checked(party, party.name, party.role, setting)
            if checked.id:
                self.names.meet(checked.id, setting, 3.0)
            return checked
        if party.id:
            return party
        if party.kind in ("office", "body", "group"):
            return self._office(party, setting)
        named = self.names.person(party.name, party.role, setting)
        if named is None and party.kind == "unknown":
            return self._office(party, setting)
        return self.names.filled(party, named, setting, 3.0)

    def _office(self, party: Party, setting: Setting) -> Party:
        id = self.bodies.party(party, self.standing)
        holder = None
        posted = (
            self.names.descriptions.posted(party.name, setting) if party.kind != "body" else None
        )
        explained = self.bodies.short_forms.get(short_form(party.name))
        read = describe(explained.meaning if explained else party.name)
        if posted:
            holder = posted.id
        elif read and party.kind != "body":
            holders = self.names.descriptions.holders(read, setting)
            if len(holders) == 1:
                holder = holders[0]
        if id is None and holder is None and party.kind == "office":
            holder = setting.titled.get(fold(party.name)) or None
        if id is None and holder is None:
            return party
        reasons = (f"the name of {id}",) if id else ()
        if holder:
            reasons = (*reasons, f"{holder} held the office")
            self.names.meet(holder, setting, 2.0)
        return msgspec.structs.replace(party, id=id, holder=holder, reasons=reasons)

    def _checked(self, named: Named, text: str, role: str | None, setting: Setting) -> Named:
        """`named` unless its marked-up id contradicts the name or title that stands there."""
        assert named.id
        own = self.listed.index.by_id.get(named.id) or self.authority.person_index.by_id.get(
            named.id
        )
        if own is None or named.rule is None:
            return named
        title, name = spelled_title(text)
        best = max((compare_names(a, b)[0] for a in parse(name) for b in own.names), default=0.0)
        holders: list[str] = []
        read = describe(title or "") or describe(role or "")
        if read:
            holders = self.names.descriptions.holders(read, setting)
        if best > 0 and (not holders or named.id in holders):
            return named
        rival: Found = self.names.person(name, title or role, setting) or Found(named.id, 0.0, ())
        if rival.id != named.id and rival.probability >= self.threshold:
            why = (*rival.reasons, f"the markup points at {named.id}, which the words contradict")
            return msgspec.structs.replace(
                named, id=rival.id, probability=rival.probability, reasons=why
            )
        if best <= 0 and not read and not read_kin(text):
            return msgspec.structs.replace(
                named,
                probability=0.5,
                reasons=(f"the markup points at {named.id}, whose names are others",),
            )
        return named

    # -- mentions ----------------------------------------------------------

    def _mentions(self, mentions: Iterable[Mention], setting: Setting) -> tuple[Mention, ...]:
        mentions = tuple(mentions)
        order = sorted(
            range(len(mentions)),
            key=lambda i: (-fullness(mentions[i]), mentions[i].start or 0),
        )
        done: list[Mention] = list(mentions)
        for i in order:
            done[i] = self.mention(mentions[i], setting)
        done = beside(done, setting.text)
        for mention in [m for m in done if not m.id]:
            if mention.type == "person":
                done.extend(couple(mention, done, self.listed, self.authority.family))
            elif mention.type in ("organisation", "place"):
                self._pair(mention, done, setting.text)
        ends = (*setting.senders, *setting.addressees)
        return tuple(shortened(done, setting.text, self.bodies.label, self._housed(setting), ends))

    def _housed(self, setting: Setting) -> Callable[[Mention], str | None]:
        """What gives the body in whose house words say that somebody is."""

        def housed(mention: Mention) -> str | None:
            meant = self.bodies.mention(mention, self.standing, setting.text)
            return meant.id if meant else None

        return housed

    def _pair(self, mention: Mention, done: list[Mention], text: str) -> None:
        """Fills "our two countries" with one of them and adds a mention of the other beside it."""
        both = self.bodies.both(mention, self.standing, text)
        ids = [body or self._place(state.name) for state, body in both]
        reason = "of the writer and of the one written to or about"
        if not ids and mention.rule == "mention-government":
            states = states_meant(mention, done, text, self.standing, self._side)
            ids = [self.bodies.government(state) for state in states]
            reason = "of those who are named beside it"
        if not all(ids):
            return
        pair = [
            msgspec.structs.replace(
                mention, id=id, probability=PLACED, certainty="inferred", reasons=(reason,)
            )
            for id in ids
        ]
        if pair:
            done[done.index(mention)] = pair[0]
            done.extend(pair[1:])

    def _label(self, id: str) -> str:
        known = self.authority.persons.get(id)
        return known.label if known is not None else ""

    def _side(self, id: str) -> str | None:
        """The side of a person or body, of itself or by the offices held."""
        entry = self.authority.persons.get(id) or self.authority.bodies.get(id)
        if entry is not None and entry.side:
            return entry.side
        sides = {side for _, side, _ in self.authority.offices.offices_of(id)}
        return sides.pop() if len(sides) == 1 else None

    def mention(self, mention: Mention, setting: Setting) -> Mention:
        """`mention` with its id, where one is probable enough or a reviewer said so."""
        return self._decided(mention, mention.text, setting) or self._undisputed(
            self._mention(mention, setting), mention.text, setting
        )

    def _mention(self, mention: Mention, setting: Setting) -> Mention:
        if mention.ref and not mention.id and mention.type == "person":
            referred = self._referred(mention.ref)
            if referred:
                mention = msgspec.structs.replace(
                    mention, id=referred, probability=MARKED, reasons=("so marked in the source",)
                )
        if mention.id and mention.id in self.listed.target:
            mention = msgspec.structs.replace(mention, id=self.listed.target[mention.id])
        if mention.id:
            if mention.type == "person" and (
                mention.id in self.authority.persons or mention.id in self.listed.index.by_id
            ):
                mention = self._checked(mention, mention.text, None, setting)
                enter(setting.styled, *spelled_title(mention.text), mention.id)
                if mention.id:
                    self.names.meet(mention.id, setting, 1.0)
                    setting.marked.append((mention.start or 0, mention.id))
            return mention
        if mention.type == "place":
            return self._located(mention, setting)
        if mention.type == "organisation":
            return self._body(mention, setting)
        if mention.type != "person":
            return mention
        return self._person(mention, setting)

    def _located(self, mention: Mention, setting: Setting) -> Mention:
        told = place_named(mention, self.standing, setting.text)
        id = self._place(told[0]) if told else None
        if told and id:
            return msgspec.structs.replace(
                mention, id=id, probability=PLACED, certainty="inferred", reasons=(told[1],)
            )
        return msgspec.structs.replace(mention, id=self._place_meant(mention, setting))

    def _place_meant(self, mention: Mention, setting: Setting) -> str | None:
        """A place by its name, or the house of the mission that the words mean."""
        id = self._place(mention.core or mention.text)
        if id is None and (mention.rule or "").endswith("mission"):
            meant = self.bodies.mention(mention, self.standing, setting.text)
            entry = self.authority.bodies.get(meant.id) if meant else None
            return entry.place if entry else None
        return id

    def _body(self, mention: Mention, setting: Setting) -> Mention:
        family = family_named(mention.text, setting.addressees, self._label)
        own = self.authority.body_index.find(family) if family else None
        if own:
            return msgspec.structs.replace(
                mention, id=own, probability=PLACED, certainty="inferred", reasons=("the addressee's own",)
            )  # fmt: skip
        meant = self.bodies.mention(mention, self.standing, setting.text)
        if meant is None or meant.probability < self.threshold:
            return mention
        return msgspec.structs.replace(
            mention, id=meant.id, probability=meant.probability, reasons=(meant.reason,)
        )

    def _person(self, mention: Mention, setting: Setting) -> Mention:
        found = self.names.descriptions.described(mention, setting)
        if found is None:
            title, name = spelled_title(mention.text)
            if mention.core and mention.core != mention.text:
                name = mention.core
                title = title or mention.text.replace(mention.core, "").strip() or None
            if title or mention.form != "description":
                found = self.names.person(name, title or mention.role, setting)
            filled = self.names.filled(mention, found, setting, 1.0)
            if mention.form != "description":
                enter(setting.styled, title, name, filled.id)
            return filled
        return self.names.filled(mention, found, setting, 1.0)
