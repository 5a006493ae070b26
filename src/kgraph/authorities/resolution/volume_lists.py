"""A source's own list of persons ("Persons", "List of Names", a name index), tied to the authority.

The list is the best witness of whom a volume's surnames mean, so names in its
documents are matched to the list first; its entries are matched to the authority
by their full forms, descriptions and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.names import canonical, entered
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.persons import PersonIndex
from kgraph.authorities.persons.candidates import AS_PRINTED, Candidate, Query, Scored, decide
from kgraph.authorities.persons.known import prepare
from kgraph.model import Person, Redirect

IN_LIST = 3.0
"""What it adds to a candidate's log-odds that the source's own list names him."""

LEEWAY = 0.1
"""How much less probable a link of a list's entry may be than one of a name in a text:
entries are whole names, and were measured right as often at 0.8 as those at 0.9."""

OTHERWISE = 1.5
"""By how much a person found by a variant alone stands behind one found by the entry's own form."""

_SEE = re.compile(r"\s+-?\s*see\s+(?P<see>.+)$", re.I)


_POINTER = re.compile(r"(?:name )?index(?:, pages? [\d, –-]+)?", re.I)


_UMLAUT = re.compile(r"([aou])e")


def _words(form: str | None) -> frozenset[str]:
    return frozenset(fold(form or "").replace(",", " ").split())


def years_of_source(name: str) -> tuple[int | None, int | None]:
    """The years that a source's name or title covers.

    >>> years_of_source("frus1961-63v06.xml"), years_of_source("letters.csv")
    ((1961, 1963), (None, None))
    """
    found = re.search(r"(?<!\d)(1[6-9]\d\d|20\d\d)(?:[-–](\d\d(?:\d\d)?))?(?!\d)", name)
    if not found:
        return None, None
    first = int(found[1])
    last = int(found[1][: 4 - len(found[2])] + found[2]) if found[2] else first
    return first, max(first, last)


class ListedPersons:
    """The persons of one source's list, and whom of the authority each is."""

    def __init__(self, authority: Authority, source: str = "", threshold: float = 0.9) -> None:
        self.authority = authority
        self.threshold = threshold - LEEWAY
        self.first, self.last = years_of_source(source)
        self.index = PersonIndex(())
        self.target: dict[str, str] = {}

    def enter(self, person: Person) -> Redirect | None:
        """Takes an entry in; the link to the authority where it is probable enough.

        The entry's id is then an alias of the authority's, whose id parties get.
        """
        candidates = self.candidates(person)
        best = candidates[0] if candidates else None
        if best and best.probability >= self.threshold:
            self.target[person.id] = best.id
            self._put(person, best.id)
            return Redirect(
                id=person.id,
                to=best.id,
                probability=best.probability,
                reasons=best.reasons,
                source="matching",
            )
        self._put(person, person.id)
        return None

    def settle(self, person: Person, target: str | None) -> None:
        """Takes an entry in with a link that a reviewer decided (None: nobody's)."""
        if target:
            self.target[person.id] = target
        self._put(person, target or person.id)

    def unsettle(self, person: Person) -> None:
        """Takes back the link of an entry that was just entered."""
        self.target.pop(person.id, None)
        known = self.index.known[-1]
        self.index.rename(known.id, person.id)
        self.index.by_id[person.id] = known

    def _put(self, person: Person, target: str) -> None:
        self.index.add(person)
        self.index.known[-1].id = target
        self.index.by_id[target] = self.index.known[-1]
        if target != person.id:
            full = self.authority.person_index.by_id.get(target)
            if full:
                known = self.index.known[-1]
                known.names = tuple(dict.fromkeys((*known.names, *full.names)))
                known.female = known.female if known.female is not None else full.female

    def candidates(self, person: Person) -> list[Candidate]:
        """The authority's persons who may be the listed one, best first."""
        years = prepare(person)
        note = None if person.note and _POINTER.fullmatch(person.note) else person.note
        said = " ".join(filter(None, [note, *(o.title for o in person.offices)]))
        first = self.first if self.first is not None else years.first
        last = self.last if self.last is not None else years.last
        best: dict[str, Scored] = {}
        own: set[str] = set()  # who may be meant by the entry's own form, not by a variant alone
        turned = {_words(person.sort)} if entered(person.sort or "") else set()
        for form in dict.fromkeys((person.sort or person.label, person.label, *person.variants)):
            # where a comma tells the surname, the other order counts only as a form so printed
            printed = not entered(form) and _words(form) in turned
            form = _SEE.sub("", form)
            query = Query(name=form, first=first, last=last, about=said or None, side=person.side,
                          female={"female": True, "male": False}.get(person.gender or ""))  # fmt: skip
            for id, score, reasons in self.authority.person_index.scores(query):
                if printed and AS_PRINTED not in reasons:
                    continue
                if form in (person.sort, person.label):
                    own.add(id)
                if id not in best or best[id][1] < score:
                    best[id] = (id, score, reasons)
        if own:
            best = {id: s if id in own else (id, s[1] - OTHERWISE, s[2]) for id, s in best.items()}
        return decide(self._once(best.values()))

    def _once(self, scored: Iterable[Scored]) -> list[Scored]:
        """Of two entries of the authority with one name, the likelier: they are one person's."""
        by_label: dict[str, Scored] = {}
        for one in scored:
            words = self.authority.person_index.by_id[one[0]].label.replace(",", "").split()
            label = _UMLAUT.sub(r"\1", " ".join(sorted(words)))
            if label not in by_label or by_label[label][1] < one[1]:
                by_label[label] = one
        return list(by_label.values())

    def scores(self, query: Query) -> list[Scored]:
        """Scores of `query` over this list and the authority together."""
        found = {s[0]: s for s in self.authority.person_index.scores(query)}
        for id, score, reasons in self.index.scores(query):
            before = found.get(id)
            base = max(score, before[1]) if before else score
            why = before[2] if before and before[1] >= score else reasons
            found[id] = (id, base + IN_LIST, (*why, "in the source's list of persons"))
        return list(found.values())


def catalogued(person: Person) -> Person:
    """A listed person with the form under which American catalogues would enter him, made
    from the list's own: "Abt, John J." beside "Abt, John Jacob"."""
    if not person.sort or "," not in person.sort:
        return person
    form = canonical(person.sort)
    if form in (person.sort, person.label, *person.variants):
        return person
    return msgspec.structs.replace(person, variants=(*person.variants, form))
