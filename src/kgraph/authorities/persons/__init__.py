"""A written name matched to the persons of an authority.

Every agreement and disagreement (surname, given names, title, office, date, side,
company) adds to or takes from a candidate's score in the manner of Fellegi and
Sunter (1969): log-odds, summed. The candidates' scores, with one for "somebody
else", are turned into probabilities that sum to one, so that two equally good
candidates halve each other; `kgraph.authorities.persons.calibration` then maps them to
the share of right links that was measured.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from kgraph.authorities.names import Name, parse
from kgraph.authorities.names.blocking import keys
from kgraph.authorities.names.comparing import (
    SUFFIX,
    YOUNGER,
    compare_rest,
    compare_surnames,
    first_like,
    sound,
)
from kgraph.authorities.names.sounds import frame, heard
from kgraph.authorities.names.spellings import fold, is_initial, latin_key
from kgraph.authorities.names.words import FEMALE_TITLES, MALE_TITLES
from kgraph.authorities.persons.candidates import (
    AS_PRINTED,
    Candidate,
    Query,
    Scored,
    decide,
    in_years,
)
from kgraph.authorities.persons.known import (
    LADIES,
    Known,
    content_words,
    listed_only,
    of_husband,
    prepare,
    turned,
)
from kgraph.model import Person

RARE_GAIN = 0.6
"""What agreement on a surname gains at most where hardly anybody bears it."""
COMMON_LOSS = 2.0
"""What agreement on a given name alone loses at most where very many bear it."""

SMOOTHING = 2000
"""Persons added to an authority's number before a name is called rare in it."""


class _Asked(msgspec.Struct):
    """A query, made ready for comparison with many persons."""

    query: Query
    readings: tuple[Name, ...]
    wholes: set[str]
    female: bool | None
    married: tuple[bool, ...]  # of each reading: whether a lady's title stands before it


class PersonIndex:
    """The persons of an authority, by the blocks their names fall into."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self.known: list[Known] = []
        self.by_id: dict[str, Known] = {}
        self._blocks: dict[str, list[int]] = defaultdict(list)
        self._forms: dict[str, list[int]] = defaultdict(list)
        self._rarity: Counter[str] = Counter()
        self._frames: Counter[str] = Counter()
        self._called: Counter[str] = Counter()
        self._surnames: Counter[str] = Counter()
        self._given: dict[str, list[Known]] | None = None
        persons = list(persons)
        self._labels = {
            fold(form): p.id for p in persons if listed_only(p) for form in (p.label, p.sort or "")
        }
        for person in persons:
            self.add(person)

    def add(self, person: Person) -> None:
        """Takes one more person in."""
        if person.kind in ("unnamed", "role"):
            return
        known = prepare(self._own(person))
        number = len(self.known)
        self.known.append(known)
        self.by_id[known.id] = known
        self._given = None
        for key in {k for name in known.names for k in keys(name)}:
            self._blocks[key].append(number)
        for form in known.forms:
            self._forms[form].append(number)
        self._rarity.update(known.words)
        self._frames.update({frame(name.surname) for name in known.names})
        self._called.update({name.given[0] for name in known.names if name.given})
        self._surnames.update(known.surnames)

    def _own(self, person: Person) -> Person:
        """`person` without forms under which the great list enters somebody else."""
        if not listed_only(person):
            return person
        mine = parse(person.sort or person.label)[0]
        kept = tuple(
            v
            for v in person.variants
            if self._labels.get(fold(v), person.id) == person.id
            or (other := parse(v)[0]).surname == mine.surname
            or sorted(other.whole.split()) == sorted(mine.whole.split())
        )
        return person if kept == person.variants else msgspec.structs.replace(person, variants=kept)

    def rename(self, old: str, new: str) -> None:
        """Lets the names of the person `old` stand for `new`."""
        known = self.by_id.pop(old)
        known.id = new

    def called(self, given: str) -> list[Known]:
        """The persons whose first given name is a form of `given` (folded)."""
        if self._given is None:
            self._given = defaultdict(list)
            for known in self.known:
                for key in {latin_key(n.given[0]) for n in known.names if n.given}:
                    self._given[key].append(known)
        return self._given.get(latin_key(given), [])

    def blocked(self, readings: Iterable[Name]) -> set[int]:
        """Numbers of the persons who share a block with one of `readings`."""
        found: set[int] = set()
        for reading in readings:
            for key in keys(reading):
                block = self._blocks.get(key)
                if block and len(block) < 2000:
                    found.update(block)
        return found

    def match(self, query: Query, *, limit: int = 5) -> list[Candidate]:
        """The likeliest persons for `query`, best first; empty where none comes near."""
        return decide(self.scores(query))[:limit]

    def scores(self, query: Query) -> list[Scored]:
        """Every person who comes near, with score and reasons, in no order."""
        readings = parse(query.name)
        if not readings:
            return []
        titles = {t for r in readings for t in r.titles}
        female = query.female
        if female is None and titles & FEMALE_TITLES:
            female = True
        elif female is None and titles & MALE_TITLES:
            female = False
        asked = _Asked(
            query=query,
            readings=readings,
            wholes={turned(r) for r in readings} if len(readings[0].whole) > 6 else set(),
            female=female,
            married=tuple(not LADIES.isdisjoint(r.titles) for r in readings),
        )
        found: dict[str, Scored] = {}
        exact = set(self._forms.get(fold(query.name).strip(" ."), ()))
        for number in self.blocked(readings) | exact:
            known = self.known[number]
            score, reasons = self._score(asked, known, number in exact)
            before = found.get(known.id)
            if score > 0 and (before is None or before[1] < score):
                found[known.id] = (known.id, score, tuple(reasons))
        scored = list(found.values())
        if any(r.suffix for r in readings) and any(SUFFIX in why for _, _, why in scored):
            # the elder is not the younger, where both are known
            scored = [s if SUFFIX in s[2] else (s[0], s[1] - 4.0, s[2]) for s in scored]
        elif any(YOUNGER not in why and "second name agrees" in why for _, _, why in scored):
            scored = [(s[0], s[1] - 0.6, s[2]) if YOUNGER in s[2] else s for s in scored]
        if any(score > 6.0 and sound(reasons) for _, score, reasons in scored):
            # a misspelt surname is believed only where the right one is nobody's
            scored = [s if sound(s[2]) else (s[0], s[1] - 3.0, s[2]) for s in scored]
        return scored

    def _score(self, asked: _Asked, known: Known, exact: bool) -> tuple[float, list[str]]:
        query, readings = asked.query, asked.readings
        best, reasons = -99.0, [""]
        agreeing = (readings[0], readings[0])
        if not asked.wholes.isdisjoint(known.wholes):
            best, reasons = 6.5, ["same names in another order"]
        for place, reading in enumerate(readings):
            less = 0.4 * min(place, 3)
            for surname, names in known.by_surname:
                near = compare_surnames(reading.surname, surname)
                if near is None:
                    continue
                for name in names:
                    if of_husband(name) and not asked.married[place]:
                        continue  # "Mrs. John F. Kennedy" is not John F. Kennedy
                    score, why = compare_rest(near, reading, name)
                    if score - less > best:
                        best, reasons, agreeing = score - less, why, (reading, name)
        if best <= 0:
            return best, []
        reasons = list(reasons)
        if known.female is False and agreeing[0].surname == agreeing[1].surname + "a":
            best -= 6.0
            reasons.append("the surname is a woman's")
        best += self._common(*agreeing) if sound(reasons) else self._rare(*agreeing)
        bare = not readings[0].given and readings[0].surname in known.surnames
        if exact and bare:
            if known.handmade:
                best += 1.5
                reasons.append("the authority has this short form as his or hers")
        elif exact:
            best += 3.0 if known.label == fold(query.name).strip(" .") else 2.2
            reasons.append(AS_PRINTED)
        best += known.weight
        best += in_years(query, known, reasons)
        best += self._description(query, known, reasons)
        if query.side and known.side:
            best += 1.0 if query.side == known.side else -1.5
        female = asked.female
        if female is not None and known.female is not None and female != known.female:
            best -= 15.0
            reasons.append("the title is of the other sex")
        if known.id in query.company:
            best += 2.0
            reasons.append("named in the same document")
        return best, reasons

    def _rare(self, written: Name, known: Name) -> float:
        """What a surname known by its sound gains where few sound so, and where few bear the
        given name that agrees (Fellegi and Sunter: agreement on a rare value weighs more)."""
        size = len(self.known) + SMOOTHING
        gain = 0.0
        if written.given and known.given and first_like(written.given[0], known.given[0]) >= 0.74:
            gain = _log(0.03 * size / (1 + self._called[known.given[0]]), 1.5)
        if not heard(written.surname, known.surname) and not _heard_first(written, known):
            return 0.5 * gain
        return gain + _log(0.002 * size / (1 + self._frames[frame(known.surname)]), 1.2)

    def _common(self, written: Name, known: Name) -> float:
        """What agreement gains on a surname that hardly anybody bears, and loses on a given name
        that many bear, where nothing but the two agrees."""
        size = len(self.known) + SMOOTHING
        if not written.given or not known.given:
            return 0.0
        borne = 1 + self._surnames[known.surname]
        if len(written.given) == 1 and is_initial(written.given[0]):  # "E. Thompson"
            return -_log(borne / (0.0003 * size), 1.0) if borne > 5 else 0.0
        if len(written.given) < 2 or len(known.given) < 2:
            common = (1 + self._called[written.given[0]]) / (0.01 * size)
            if common > 1.0:  # "John" and nothing else
                return -min(COMMON_LOSS, math.log(common))
        return _log(0.0006 * size / borne, RARE_GAIN)

    def _description(self, query: Query, known: Known, reasons: list[str]) -> float:
        if not query.about or not known.words:
            return 0.0
        words = content_words(query.about)
        if not words:
            return 0.0
        common = words & known.words
        size = len(self.known) + 1
        gain = sum(math.log(size / (1 + self._rarity[w])) for w in common)
        all_ = sum(math.log(size / (1 + self._rarity[w])) for w in words) or 1.0
        share = gain / all_
        if share > 0.2:
            reasons.append(f"described alike ({', '.join(sorted(common)[:4])})")
        return 3.0 * share - (0.7 if not common and len(known.words) > 2 else 0.0)


def _heard_first(written: Name, known: Name) -> bool:
    """Whether a surname is by its sound the first of two: "Dortikos" for Dorticós Torrado."""
    first, _, rest = known.surname.partition(" ")
    return bool(rest) and len(first) > 4 and " " not in written.surname and heard(written.surname, first) > 0  # fmt: skip


def _log(odds: float, most: float) -> float:
    """Half the logarithm of `odds`, from 0 to `most`."""
    return min(most, max(0.0, 0.5 * math.log(odds)))
