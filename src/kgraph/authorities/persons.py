"""A written name matched to the persons of an authority.

Every agreement and disagreement (surname, given names, title, office, date, side,
company) adds to or takes from a candidate's score in the manner of Fellegi and
Sunter (1969): log-odds, summed. The candidates' scores, with one for "somebody
else", are turned into probabilities that sum to one, so that two equally good
candidates halve each other; `kgraph.authorities.calibration` then maps them to
the share of right links that was measured.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from kgraph.authorities.blocking import keys
from kgraph.authorities.calibration import calibrated
from kgraph.authorities.name_words import FEMALE_TITLES, MALE_TITLES
from kgraph.authorities.names import Name, entered, parse
from kgraph.authorities.sounds import HEARD, frame, heard, sounds
from kgraph.authorities.spellings import fold, given_like, is_initial, latin_key, surname_like
from kgraph.model import Person

_FEMALE = frozenset({"mrs", "mme", "madame", "lady"})
SOMEBODY_ELSE = 4.0
"""Score of the reading that the name is of nobody in the authority."""


CURATED = 2.2
"""What it adds that a person is in the hand-made authority, not only in a great list."""
REFERENCE = "kgraph-reference"
"""The source of persons whom no document is known to name: they are entered like a great list's."""


AS_PRINTED = "the form as printed is in the authority"
"""The reason of a match whose form, order and all, the authority has."""

SUFFIX = "the same suffix"
YOUNGER = "known as the younger of the name"

RARE_GAIN = 0.6
COMMON_LOSS = 2.0

SMOOTHING = 2000
"""Persons added to an authority's number before a name is called rare in it."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A name to be matched, and what the source says beside it.

    `first` and `last` are the years in which the source places the person (a
    document's year twice, or a volume's span); `about` is a description or
    office in words; `company` are ids of persons named close by.
    """

    name: str
    first: int | None = None
    last: int | None = None
    about: str | None = None
    side: str | None = None
    female: bool | None = None
    company: tuple[str, ...] = ()


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One person that a name may stand for: score in log-odds, calibrated probability."""

    id: str
    score: float
    probability: float
    reasons: tuple[str, ...] = ()


Scored = tuple[str, float, tuple[str, ...]]
"""A person's id, score in log-odds, and the reasons."""


class Known(msgspec.Struct):
    """A person of the authority, made ready for comparison."""

    id: str
    names: tuple[Name, ...]
    by_surname: tuple[tuple[str, tuple[Name, ...]], ...]
    forms: frozenset[str]
    first: int | None
    last: int | None
    born: int | None
    died: int | None
    words: frozenset[str]
    weight: float
    label: str
    wholes: frozenset[str]
    surnames: frozenset[str]
    handmade: bool
    side: str | None
    female: bool | None


_YEAR = re.compile(r"\b(1[6-9]\d\d|20[0-4]\d)\b")
_WORD = re.compile(r"[a-z]{4,}")
_TENURE = re.compile(r",[^,]*\b(?:until|since|from|thereafter)\b.*$|,\s*\d{4}\b.*$")
_STOP = frozenset(
    [
        "until",
        "from",
        "thereafter",
        "after",
        "before",
        "united",
        "states",
        "that",
        "with",
        "also",
        "then",
        "since",
        "during",
        "member",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """Stems (six letters) of the telling words of a description."""
    return frozenset(w[:6] for w in _WORD.findall(fold(text)) if w not in _STOP)


def year_of(text: str | None) -> int | None:
    """First year named in `text`."""
    found = _YEAR.search(text or "")
    return int(found[1]) if found else None


def listed_only(person: Person) -> bool:
    """Whether `person` is known from the Office of the Historian's list alone."""
    return "hoh" in person.identifiers and person.id.startswith("person/hoh-")


def prepare(person: Person) -> Known:
    """`person` with names parsed and years, words and weight taken from its offices and note."""
    forms = (person.sort or person.label, person.label, *person.variants)
    written = [_TENURE.sub("", form) for form in forms]
    inverted = [f for f in written if entered(f)]
    names: list[Name] = []
    for form in inverted:
        names.extend(parse(form))
    surnames = {n.surname for n in names}
    for form in written:
        if form not in inverted:
            readings = parse(form)
            sound = [r for r in readings if r.surname in surnames]
            names.extend(sound or (readings[:1] if surnames else readings[:2]))
    if any(n.given for n in names):
        # "Kennedy" among the variants must not let Patrick Kennedy be John
        full = {n.surname for n in names if n.given}
        names = [n for n in names if n.given or n.surname not in full]
    said = " ".join(
        filter(None, [person.note, *(f"{o.title} {o.body or ''}" for o in person.offices)])
    )
    years = [int(y) for y in _YEAR.findall(person.note or "")]
    for office in person.offices:
        years.extend(y for y in (year_of(office.from_), year_of(office.to)) if y)
    born, died = year_of(person.born), year_of(person.died)
    female = {"female": True, "male": False}.get(person.gender or "")
    names = _without_initials(list(dict.fromkeys(names)))
    handmade = not listed_only(person) and person.source != REFERENCE
    return Known(
        id=person.id,
        names=tuple(names),
        by_surname=grouped(names),
        forms=frozenset(fold(f).strip(" .") for f in written),
        first=min(years, default=None),
        last=max(years, default=None),
        born=born,
        died=died,
        words=content_words(said),
        weight=0.35 * math.log1p(min(20, len(person.variants) + len(person.offices)))
        + (CURATED if handmade else 0.0),
        label=fold(person.sort or person.label).strip(" ."),
        wholes=frozenset(_turned(n) for n in names if n.given),
        surnames=frozenset(n.surname for n in names if n.given),
        handmade=handmade,
        side=person.side,
        female=female,
    )


def _without_initials(names: list[Name]) -> list[Name]:
    """`names` without forms in initials whose given names are told in full elsewhere: whom
    "N. Petrov" and "Nikita Petrov" name is not Nina Petrov."""
    full = [n for n in names if n.given and not is_initial(n.given[0])]
    return [
        n
        for n in names
        if not (n.given and is_initial(n.given[0]))
        or not any(
            n.surname == other.surname and n.suffix == other.suffix
            and len(n.given) <= len(other.given)
            and all(map(given_like, n.given, other.given))
            for other in full
        )
    ]  # fmt: skip


def _turned(name: Name) -> str:
    """The words of a name, in whatever order they stand."""
    return " ".join(sorted(name.whole.replace("-", " ").split()))


def grouped(names: Iterable[Name]) -> tuple[tuple[str, tuple[Name, ...]], ...]:
    """Names by surname, so that each surname is compared once."""
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(name.surname, []).append(name)
    return tuple((surname, tuple(of_it)) for surname, of_it in found.items())


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
            wholes={_turned(r) for r in readings} if len(readings[0].whole) > 6 else set(),
            female=female,
            married=tuple(not _FEMALE.isdisjoint(r.titles) for r in readings),
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
                    if _of_husband(name) and not asked.married[place]:
                        continue  # "Mrs. John F. Kennedy" is not John F. Kennedy
                    score, why = _compare_rest(near, reading, name)
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
        best += _years(query, known, reasons)
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
        if written.given and known.given and _first(written.given[0], known.given[0]) >= 0.74:
            gain = _log(0.03 * size / (1 + self._called[known.given[0]]), 1.5)
        if not heard(written.surname, known.surname):
            return 0.5 * gain
        return gain + _log(0.002 * size / (1 + self._frames[frame(known.surname)]), 1.2)

    def _common(self, written: Name, known: Name) -> float:
        """What agreement gains on a surname that hardly anybody bears, and loses on a given name
        that many bear, where nothing but the two agrees."""
        size = len(self.known) + SMOOTHING
        if not written.given or not known.given:
            return 0.0
        if len(written.given) < 2 or len(known.given) < 2:
            common = (1 + self._called[written.given[0]]) / (0.01 * size)
            if common > 1.0:  # "John" and nothing else
                return -min(COMMON_LOSS, math.log(common))
        return _log(0.0006 * size / (1 + self._surnames[known.surname]), RARE_GAIN)

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


def _log(odds: float, most: float) -> float:
    """Half the logarithm of `odds`, from 0 to `most`."""
    return min(most, max(0.0, 0.5 * math.log(odds)))


def _of_husband(name: Name) -> bool:
    return bool(name.given and _FEMALE.intersection(name.titles))


def sound(reasons: Sequence[str]) -> bool:
    """Whether the surname of a match is the one written, or a romanisation of it."""
    return bool(reasons) and reasons[0].startswith(("same", "surname romanised"))


def decide(scored: Iterable[Scored], somebody_else: float = SOMEBODY_ELSE) -> list[Candidate]:
    """Candidates best first, with calibrated probabilities that share one whole.

    `somebody_else` is the score of the reading that it is none of them.
    """
    ranked = sorted(scored, key=lambda s: (-s[1], s[0]))
    if not ranked:
        return []
    top = ranked[0][1]
    total = math.exp(somebody_else - top) + sum(math.exp(score - top) for _, score, _ in ranked)
    return [
        Candidate(
            id=id,
            score=round(score, 3),
            probability=calibrated(math.exp(score - top) / total),
            reasons=reasons,
        )
        for id, score, reasons in ranked
    ]


def _years(query: Query, known: Known, reasons: list[str]) -> float:
    if query.first is None or query.last is None:
        return 0.0
    if known.born and known.born > query.last - 10:
        reasons.append(f"born in {known.born}, after")
        return -8.0
    if known.died and known.died < query.first - 30:
        reasons.append(f"died in {known.died}, long before")
        return -1.5
    if known.first is None or known.last is None:
        return 0.0
    gap = max(known.first - query.last, query.first - known.last, 0)
    if gap == 0:
        reasons.append("in office at the time")
        return 1.5
    if gap <= 10:
        return 0.7
    if gap <= 25:
        return -0.5
    reasons.append(f"known {gap} years apart")
    return -3.0 if gap <= 45 else -6.0


def compare_names(a: Name, b: Name) -> tuple[float, list[str]]:
    """Log-odds that two names are of one person, by their spelling alone, and why."""
    near = compare_surnames(a.surname, b.surname)
    return _compare_rest(near, a, b) if near else (-99.0, [])


@lru_cache(maxsize=400_000)
def compare_surnames(a: str, b: str) -> tuple[float, str] | None:
    """Log-odds that two surnames are one, and why; None where nothing speaks for it."""
    near = surname_like(a, b)
    alike = heard(a, b) if near < 0.89 else 0.0
    if near == 0.0 and alike == 0.0:
        return None
    if near >= 0.999:
        return 4.0, "same surname"
    if near >= 0.95:
        return 3.2, f"surname romanised otherwise ({b})"
    if near >= 0.89:
        return 2.6, f"surname in another form ({b})"
    if alike:
        score = 0.6 + 10 * (alike - HEARD)
        return max(score, 1.2) if near >= 0.8 else score, f"surname by its sound ({b})"
    if near >= 0.8:
        return 1.2, f"surname by way of another alphabet ({b})"
    return near - 0.6, f"surname spelt otherwise ({b})"


def _compare_rest(near: tuple[float, str], a: Name, b: Name) -> tuple[float, list[str]]:
    score, why = near[0], [near[1]]
    given, reasons = compare_given(a.given, b.given)
    score += given
    why += reasons
    if a.suffix and b.suffix:
        score += 0.7 if a.suffix == b.suffix else -4.0
        why += [SUFFIX] if a.suffix == b.suffix else []
    elif (a.suffix or b.suffix) in ("jr", "ii", "iii", "iv"):
        if a.suffix:
            return score - 0.3, why
        score -= 0.3 if "second name agrees" in why else 0.9
        why += [YOUNGER]
    return score, why


@lru_cache(maxsize=200_000)
def _first(a: str, b: str) -> float:
    """`given_like`, with names that sound alike ("Godfri", "Godfrey") as forms of one."""
    near = given_like(a, b)
    if near < 0.9 and min(len(a), len(b)) >= 5 and heard(a, b) >= 0.95:
        return 0.9
    if near < 0.75 and min(len(a), len(b)) > 1 and not (is_initial(a) or is_initial(b)):
        return 0.75 if sounds(a) == sounds(b) else near  # "To", "Tho"
    return near


def compare_given(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, list[str]]:
    """Log-odds from given names: in order, with a dropped first name or initial allowed.

    Contradicting given names (Robert, John) weigh against more than any surname for.
    """
    a, b = _told(a), _told(b)
    if not a:
        return (0.3, []) if not b else (0.0, [])
    if not b:
        return -1.0, []
    direct, how = _in_order(a, b)
    if direct < 0:
        for shorter, longer in ((a, b), (b, a)):
            if len(longer) > 1:  # "Averell William" for "W. Averell"; "Thomas Hale" for "Hale"
                dropped, how2 = _in_order(shorter, longer[1:])
                if how2[:1] == ["initial agrees"] and not is_initial(longer[0]):
                    continue  # "Chester R." is not Richard
                dropped -= 0.8 if len(shorter) < len(longer) else 2.5
                if dropped > direct:
                    direct, how = dropped, how2
        if len(a) > 1 and len(b) > 1:
            swapped, how2 = _in_order((a[1], a[0], *a[2:]), b)
            if swapped - 0.5 > direct:
                direct, how = swapped - 0.5, how2
    return direct, how


_IGNORED = frozenset({"al", "el", "ibn", "bin", "al-", "abd"})


def _told(given: tuple[str, ...]) -> tuple[str, ...]:
    """Given names without articles, and without the "e" and "y" that stand between two."""
    last = len(given) - 1
    return tuple(
        w
        for i, w in enumerate(given)
        if w not in _IGNORED and not (w in ("e", "y") and 0 < i < last)
    )


def _in_order(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, list[str]]:
    first = _first(a[0], b[0])
    if first == 0.0:
        return -9.0, [f"given names differ ({a[0]}, {b[0]})"]
    if first >= 0.99:
        score, how = 3.0, ["same given name"]
    elif first >= 0.74:
        score, how = (2.3 if first >= 0.9 else 1.3), [f"forms of one given name ({a[0]}, {b[0]})"]
    else:
        score, how = 1.0, ["initial agrees"]
    if len(a) > 1 and len(b) > 1:
        second = _first(a[1], b[1])
        if second == 0.0:
            later = max((_first(x, y) for x in a[1:] for y in b[1:]), default=0.0)
            score += 0.2 if later else (-4.5 if is_initial(a[1]) or is_initial(b[1]) else -3.0)
            if not later:
                how.append(f"second names differ ({a[1]}, {b[1]})")
        else:
            score += 1.8 if second >= 0.74 else 1.3
            how.append("second name agrees")
    return score, how
