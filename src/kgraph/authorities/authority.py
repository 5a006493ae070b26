"""The authority in memory: entries by id, merged by outside identifier."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec

from kgraph.authorities.events.happenings import Happenings
from kgraph.authorities.gazetteer import entries
from kgraph.authorities.gazetteer.bodies import BodyIndex
from kgraph.authorities.gazetteer.places import PlaceIndex
from kgraph.authorities.offices import OfficeTable
from kgraph.authorities.offices.missions import Missions
from kgraph.authorities.persons import PersonIndex
from kgraph.authorities.persons.candidates import Query, Scored, decide
from kgraph.authorities.persons.kinship import Family
from kgraph.authorities.persons.known import listed_only
from kgraph.model import Archive, Body, Event, Person, PlaceEntry, Publication, Redirect

Entry = Person | Body | PlaceEntry | Archive | Publication | Event

COMPUTED = (
    "person_index", "body_index", "place_index", "offices", "missions", "family", "happenings",
)  # fmt: skip
"""What an authority computes from its entries when it is first asked for."""


class Authority:
    """Persons, bodies, places, archives, publications and events that names are matched to.

    Entries added first keep their id; a later entry with the same outside
    identifier ("hoh", "viaf", "wikidata", "gnd") adds its variants and offices
    to it and leaves a `Redirect`.
    """

    def __init__(self) -> None:
        self.persons: dict[str, Person] = {}
        self.bodies: dict[str, Body] = {}
        self.places: dict[str, PlaceEntry] = {}
        self.archives: dict[str, Archive] = {}
        self.publications: dict[str, Publication] = {}
        self.events: dict[str, Event] = {}
        self.redirects: dict[str, Redirect] = {}
        self._by_identifier: dict[tuple[str, str], str] = {}

    @classmethod
    def of(cls, items: Iterable[object]) -> Authority:
        """The authority made of those `items` that are entries; others are ignored."""
        authority = cls()
        for item in items:
            authority.add(item)
        authority.unify()
        return authority

    def add(self, item: object) -> None:
        """Takes an entry in; drops what was computed from the entries before."""
        for name in COMPUTED:
            self.__dict__.pop(name, None)
        if isinstance(item, Person):
            self._add_person(item)
        elif isinstance(item, Body):
            self.bodies.setdefault(item.id, item)
        elif isinstance(item, PlaceEntry):
            self.places.setdefault(item.id, item)
        elif isinstance(item, Archive):
            self.archives.setdefault(item.id, item)
        elif isinstance(item, Publication):
            self.publications.setdefault(item.id, item)
        elif isinstance(item, Event):
            self.events.setdefault(item.id, item)
        elif isinstance(item, Redirect):
            self.redirects[item.id] = item

    def _add_person(self, person: Person) -> None:
        keys = list(person.identifiers.items())
        known = next((self._by_identifier[k] for k in keys if k in self._by_identifier), None)
        if person.id in self.persons:
            known = person.id
        if known is None:
            self.persons[person.id] = person
            known = person.id
        else:
            self.persons[known] = _merged(self.persons[known], person)
            if person.id != known:
                self.redirects[person.id] = Redirect(
                    id=person.id,
                    to=known,
                    reasons=("the two entries bear the same outside identifier",),
                    source=person.source,
                )
        for key in keys:
            self._by_identifier.setdefault(key, known)

    def unify(self, threshold: float = 0.97) -> int:
        """Joins persons of the great list to hand-made entries that bear no identifier.

        For each hand-made person without a "hoh" identifier the one entry of the
        Office of the Historian is looked for, by name, years, office and side; that
        entry then becomes a `Redirect`. Returns how many were joined.
        """
        if not any(listed_only(p) for p in self.persons.values()):
            return 0
        index = self.person_index
        joined: list[tuple[str, str, float, tuple[str, ...]]] = []
        for person in list(self.persons.values()):
            if "hoh" in person.identifiers or person.kind != "person":
                continue
            known = index.by_id.get(person.id)
            if known is None or not any(n.given for n in known.names):
                continue
            said = " ".join(filter(None, [person.note, *(o.title for o in person.offices)]))
            scored: dict[str, Scored] = {}
            for form in dict.fromkeys((person.sort or person.label, person.label)):
                query = Query(
                    name=form, first=known.first, last=known.last, about=said or None,
                    female=known.female,
                )  # fmt: skip
                for one in index.scores(query):
                    if listed_only(self.persons[one[0]]) and (
                        one[0] not in scored or scored[one[0]][1] < one[1]
                    ):
                        scored[one[0]] = one
            best = next(iter(decide(scored.values())), None)
            if best and best.probability >= threshold:
                joined.append((best.id, person.id, best.probability, best.reasons))
        for other, kept, probability, reasons in joined:
            if other not in self.persons or other == kept:
                continue
            self.persons[kept] = _merged(self.persons[kept], self.persons.pop(other))
            index.rename(other, kept)
            for key, value in self.persons[kept].identifiers.items():
                self._by_identifier[key, value] = kept
            self.redirects[other] = Redirect(
                id=other, to=kept, probability=probability, reasons=reasons, source="matching"
            )
        return len(joined)

    def current(self, id: str) -> str:
        """The id that `id` was merged into, or itself."""
        seen = set()
        while id in self.redirects and id not in seen:
            seen.add(id)
            id = self.redirects[id].to or id
        return id

    def by_identifier(self, scheme: str, value: str) -> str | None:
        """Id of the entry that bears this outside identifier."""
        return self._by_identifier.get((scheme, value))

    @cached_property
    def person_index(self) -> PersonIndex:
        """The persons by the keys of their names."""
        return PersonIndex(self.persons.values())

    @cached_property
    def body_index(self) -> BodyIndex:
        return BodyIndex(self.bodies.values(), entries.bodies())

    @cached_property
    def place_index(self) -> PlaceIndex:
        return PlaceIndex(self.places.values(), entries.places())

    @cached_property
    def offices(self) -> OfficeTable:
        """Offices and their holders, as far as the authority knows them."""
        return OfficeTable(self.person_index, self.persons.values())

    @cached_property
    def missions(self) -> Missions:
        """Chiefs of American missions by country and date."""
        return Missions(self.persons.values())

    @cached_property
    def happenings(self) -> Happenings:
        """The events, as texts speak of them."""
        return Happenings(self.events.values())

    @cached_property
    def family(self) -> Family:
        return Family(self.persons.values())


def _merged(kept: Person, other: Person) -> Person:
    forms = [*kept.variants, other.label, *([other.sort] if other.sort else []), *other.variants]
    variants = tuple(dict.fromkeys(f for f in forms if f not in (kept.label, kept.sort)))
    return msgspec.structs.replace(
        kept,
        variants=variants,
        offices=kept.offices + tuple(o for o in other.offices if o not in kept.offices),
        born=kept.born or other.born,
        died=kept.died or other.died,
        gender=kept.gender or other.gender,
        side=kept.side or other.side,
        sort=kept.sort or other.sort,
        note=kept.note or other.note,
        identifiers={**other.identifiers, **kept.identifiers},
        relations=kept.relations + tuple(r for r in other.relations if r not in kept.relations),
    )
