"""What was read, so that a gold row finds its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kgraph.model import Body, Event, Item, Party, Person, PlaceEntry, Record, Redirect


class Index:
    """Items by id; `groups` are first segments of record ids (volumes, collections);
    `labels` the names of persons by id, where the items were linked to an authority."""

    def __init__(self, items: Iterable[Item], labels: dict[str, str] | None = None) -> None:
        self.records: dict[str, Record] = {}
        self.about: dict[str, list[Record]] = defaultdict(list)
        self.by_file: dict[str, list[Record]] = defaultdict(list)
        self.labels = labels or {}
        self.persons: list[Person] = []
        self.events: dict[str, Event] = {}
        self.bodies: list[Body] = []
        self.places: list[PlaceEntry] = []
        self.linked: dict[str, str] = {}  # listed persons to the authority's
        self.known: dict[str, Person] = {}  # the authority's persons, where items were linked
        for item in items:
            if isinstance(item, Record):
                self.records.setdefault(item.id, item)
                self.about[item.about].append(item)
                self.by_file[item.source].append(item)
            elif isinstance(item, Person):
                self.persons.append(item)
            elif isinstance(item, Redirect) and item.to:
                self.linked[item.id] = item.to
            elif isinstance(item, Event):
                self.events[item.id] = item
            elif isinstance(item, Body):
                self.bodies.append(item)
            elif isinstance(item, PlaceEntry):
                self.places.append(item)
        self.cited: dict[str, list[tuple[int, int, Record]]] = defaultdict(list)
        self.referred: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self.told: dict[str, dict[str, str]] = {}  # what the gold says of documents, by key
        self.groups = {id.partition("/")[0] for id in self.records}
        self._inner: dict[str, list[Record]] | None = None

    def cite(self, register: Iterable[Item]) -> None:
        """Note where records speak of documents: of entries of the register of those that no source
        brings (`cited`), and of documents that are present (`referred`)."""
        for item in register:
            if not isinstance(item, Record):
                continue
            for r in item.relations:
                if r.start is None or r.end is None:
                    continue
                if r.type == "cited-in" and item.status == "cited":
                    self.cited[r.target].append((r.start, r.end, item))
                elif r.type == "cites" and item.id.endswith("/references"):
                    self.referred[item.about].append((r.start, r.end, r.target))

    def forms(self, person: Person) -> list[str]:
        """Forms of the name of the person whom a listed one is linked to, or of its own."""
        target = self.linked.get(person.id)
        known = self.known.get(target) if target else None
        one = known or person
        return [one.sort or one.label, one.label, *one.variants]

    def of(self, document: str) -> Record | None:
        """The record of a document: under its own id, or another that speaks of it."""
        found = self.records.get(document)
        if found is None and (others := self.about.get(document)):
            found = others[0]
        return found

    def inner(self, document: str) -> list[Record]:
        """Records of documents inside a document, to any depth, in their order."""
        if self._inner is None:
            self._inner = defaultdict(list)
            for id, record in self.records.items():
                head = id.split("/")
                for cut in range(2, len(head)):
                    self._inner["/".join(head[:cut])].append(record)
                if record.part_of and not id.startswith(record.part_of + "/"):
                    self._inner[record.part_of].append(record)
        return self._inner[document]


def names(parties: Iterable[Party]) -> list[str]:
    return [party.name for party in parties]


def ids(parties: Iterable[Party]) -> list[str]:
    return [party.id or f"? {party.name}" for party in parties]
