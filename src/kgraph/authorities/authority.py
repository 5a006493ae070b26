"""The authority in memory: entries by id, merged by outside identifier."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec

from kgraph.authorities.persons import PersonIndex
from kgraph.model import Archive, Body, Event, Person, PlaceEntry, Publication, Redirect

Entry = Person | Body | PlaceEntry | Archive | Publication | Event


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
        return authority

    def add(self, item: object) -> None:
        """Takes an entry in; drops what was computed from the entries before."""
        self.__dict__.pop("person_index", None)
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
