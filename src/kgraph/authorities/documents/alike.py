"""How far two records speak for being of one document: log-odds, and why.

Each agreement of numbers, passages, days, parties, headings and names adds, each
contradiction takes. Only a number of the document, a passage, or a coincidence of both
parties and the day decides; the rest makes what is decided likelier.
"""

from __future__ import annotations

import math
from collections import defaultdict

import msgspec

from kgraph.authorities.documents.keys import REF, days_apart, keys_of, number_keys
from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.names.spellings import fold

SENT_ON = 31
"""Days within which a text may be printed under the day on which it was sent on."""
PRIOR = -4.0
"""Log-odds that two records which share something rare are of one document."""

_RECORDS = frozenset(("memorandum-of-conversation", "minutes", "editorial-note"))
_SENT = frozenset(("letter", "message", "telegram", "cipher-telegram", "despatch", "note"))
_WIRED = frozenset(("telegram", "special"))
"""Kinds of numbers of a telegram: one source's "No. 2054" is another's "Special No. 2054"."""
_OF_ONE_SERIES = frozenset(("telegram", "special", "despatch", "registry"))
"""Kinds of numbers of which a document bears one."""
_BOTH = frozenset(("same sender", "same addressee"))


class Pair(msgspec.Struct, frozen=True):
    """Two records compared: log-odds that they describe one document, and why."""

    first: str
    second: str
    score: float
    reasons: tuple[str, ...]
    decisive: bool

    @property
    def probability(self) -> float:
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, self.score)))), 4)


def compare(
    a: Trace,
    b: Trace,
    shared: int = 0,
    *,
    unique: bool = False,
    one_edition: bool = False,
    carried: bool = False,
    entry: str | None = None,
) -> Pair:
    """Two records compared by numbers, date, parties, place, heading and text.

    `shared` counts the sampled runs of words in common; `unique` says that no other
    letter of that day has the same parties; `one_edition` that both sources bring the
    same edition, whose numbers then count; `carried` that one has no date of its own and
    stands in a document of the other's day; `entry` is the publication of which both
    catalogue the same letter.
    """
    scales = _Scales(a, b, shared)
    scales.numbers()
    scales.passages()
    scales.days(carried)
    scales.parties()
    scales.headings(one_edition)
    scales.places_and_forms()
    if scales.apart == 0 or carried:
        scales.names()
    if a.source == b.source:
        scales.one_source()
    if unique:
        scales.alone()
    if entry:
        scales.put(5.0, f"the same entry of {entry}", decides=True)
    first, second = sorted((a.id, b.id))
    return Pair(first, second, scales.score, tuple(scales.reasons), scales.decisive)


class _Scales:
    """Two records on the scales: what was put on them so far, and whether it decides."""

    def __init__(self, a: Trace, b: Trace, shared: int) -> None:
        self.a, self.b = a, b
        self.shared = shared
        self.smaller = min(len(a.words), len(b.words))
        self.apart = days_apart(a.date, b.date)
        self.score = PRIOR
        self.reasons: list[str] = []
        self.decisive = False
        self.renumbered = False

    def put(self, score: float, why: str, *, decides: bool = False) -> None:
        self.score += score
        self.reasons.append(why)
        self.decisive = self.decisive or decides

    def numbers(self) -> None:
        mine, yours = _numbers(self.a), _numbers(self.b)
        for kind in mine.keys() & yours.keys():
            common = mine[kind] & yours[kind]
            if common:
                why = f"same {kind} number {', '.join(sorted(common)[:3])}"
                if kind == "central-file":  # a file holds many documents
                    self.put(1.0, why)
                else:
                    much = (5.0 if kind == "special" else 3.5) + 0.7 * (len(common) - 1)
                    self.put(much, why, decides=True)
            elif kind in _OF_ONE_SERIES:
                self.score -= 3.5
                self.renumbered = True
        if not (mine.keys() & yours.keys() & _WIRED):
            common = _wired(mine) & _wired(yours)
            if common:
                self.put(4.0, f"same number {', '.join(sorted(common)[:3])}", decides=True)

    def passages(self) -> None:
        share = self._share()
        if share < 0.02:
            return
        short = share >= 0.3 and not self.apart and _both_ends(self.a, self.b)  # a short text
        self.put(
            min(9.0, 4.0 + 10.0 * share),
            f"passages in common ({share:.0%} of the shorter text)",
            decides=(share >= 0.06 and self.shared >= 4) or short,
        )

    def days(self, carried: bool) -> None:
        if self.apart is None:
            if carried:
                self.put(1.0, "in a document of that day")
        elif self.apart == 0:
            self.put(2.0, "same date")
        elif self.apart == 1:
            self.put(1.0, "dates one day apart")
        elif self.apart <= 3:
            self.score -= 1.0
        else:
            longer = max(len(self.a.words), len(self.b.words))
            whole = self.shared and self.smaller and self.shared / longer >= 0.5
            # a text may be printed under the day on which it was sent on, not months later
            near = self.apart <= SENT_ON
            self.score -= 3.0 if whole and near else 6.0 if near else 12.0

    def parties(self) -> None:
        ends_apart = 0  # the ends at which the two have known and different parties
        for side, mine, yours in _ends(self.a, self.b):
            if mine & yours:
                self.put(1.5, f"same {side}")
            elif mine and yours and _people(mine) and _people(yours):
                told = (_known(mine) and _known(yours)) or bool(
                    _registers(mine) & _registers(yours)
                )
                self.score -= 8.0 if told else 3.0
            elif _told(mine) and _told(yours):
                ends_apart += 1
        if ends_apart == 2 or (ends_apart and self.renumbered):
            # a telegram that carries a letter is not the letter, nor one to another post
            self.score -= 8.0

    def headings(self, one_edition: bool) -> None:
        a, b = self.a, self.b
        if not a.title or not b.title or fold(a.title) != fold(b.title):
            return
        self.put(1.5, "same heading")
        if one_edition and a.number and a.number == b.number and self.apart in (0, None):
            self.put(4.5, f"same number {a.number} in the edition", decides=True)
        elif self.apart == 0 and len(fold(a.title)) > 60:
            self.score += 1.0

    def places_and_forms(self) -> None:
        a, b = self.a, self.b
        if a.place and b.place and a.place.id and b.place.id:
            self.score += 0.7 if a.place.id == b.place.id else -1.0
        if a.form != b.form and {a.form, b.form} & _RECORDS:
            self.score -= 9.0 if {a.form, b.form} & _SENT else 3.0

    def names(self) -> None:
        """Names and numbers that two texts of one day between the same ends have in common."""
        if not _both_ends(self.a, self.b, people=False):
            return
        named = len(set(self.a.marks) & set(self.b.marks))
        if named >= 6 and named >= 0.6 * min(len(self.a.marks), len(self.b.marks)):
            self.put(2.5, f"{named} names and numbers in common", decides=True)

    def one_source(self) -> None:
        """One source rarely prints a document twice."""
        alike = {"same date", *_BOTH} <= set(self.reasons)
        repeated = any("telegram number" in r for r in self.reasons) and self._share() >= 0.3
        self.decisive = alike and (self._share() >= 0.6 or repeated)
        self.score -= 4.0

    def alone(self) -> None:
        """No other letter of that day has the same parties."""
        if self.apart != 0 or not set(self.reasons) >= _BOTH:
            return
        self.score += 2.0
        shorter, longer = sorted((self.a.text_length, self.b.text_length))
        if not self.shared and _strange(self.a, self.b):
            self.score -= 4.0
        elif self.shared or not shorter or longer / shorter < 2.0:
            self.put(0.0, "the only such letter of that day in either source", decides=True)

    def _share(self) -> float:
        """Passages in common, as a share of the shorter text's."""
        return self.shared / self.smaller if self.smaller else 0.0


def _strange(a: Trace, b: Trace) -> bool:
    """Whether two texts name hardly anything in common, neither names nor numbers."""
    mine, yours = set(a.marks), set(b.marks)
    if min(a.text_length, b.text_length) <= 200 or max(len(mine), len(yours)) < 4:
        return False
    return len(mine & yours) < 0.2 * max(3, min(len(mine), len(yours)))


def _told(keys: set[str]) -> bool:
    """Whether all of `keys` are persons or bodies that are known."""
    return bool(keys) and all(k.startswith(("person/", "body/", REF)) for k in keys)


def _ends(a: Trace, b: Trace) -> tuple[tuple[str, set[str], set[str]], ...]:
    """Sender and addressee, each with what the parties of both are known by."""
    return (
        ("sender", *_comparable(keys_of(a.senders or a.signed), keys_of(b.senders or b.signed))),
        ("addressee", *_comparable(keys_of(a.addressees), keys_of(b.addressees))),
    )


def _comparable(mine: set[str], yours: set[str]) -> tuple[set[str], set[str]]:
    """Both without bare names where one register has entries for both: names may be alike."""
    if not _registers(mine) & _registers(yours):
        return mine, yours
    return {k for k in mine if "/" in k}, {k for k in yours if "/" in k}


def _both_ends(a: Trace, b: Trace, *, people: bool = True) -> bool:
    """Whether sender and addressee of both are the same (`people`: and known persons)."""
    ends = _ends(a, b)
    return all(_people(m & y) if people else _told(m & y) for _, m, y in ends)


def _known(keys: set[str]) -> bool:
    """Whether all persons among `keys` are persons of the authority, not of a source."""
    people = [k for k in keys if k.startswith("person/")]
    return bool(people) and all(k.count("/") == 1 for k in people)


def _people(keys: set[str]) -> bool:
    return any(k.startswith(("person/", REF)) for k in keys)


def _registers(keys: set[str]) -> set[str]:
    """The outside registers that have entries for those of `keys`."""
    return {k.removeprefix(REF).partition("/")[0] for k in keys if k.startswith(REF)}


def _wired(numbers: dict[str, set[str]]) -> set[str]:
    """The numbers of a telegram, of three figures or more."""
    return {k for kind in _WIRED for k in numbers.get(kind, ()) if k.isdigit() and len(k) > 2}


def _numbers(t: Trace) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number in t.numbers:
        if number.kind not in ("copy", "section"):
            found[number.kind] |= number_keys(number.value)
    return found
