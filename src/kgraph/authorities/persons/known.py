"""A person of an authority, made ready for comparison with written names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from kgraph.authorities.names import Name, entered, parse
from kgraph.authorities.names.spellings import fold, given_like, is_initial
from kgraph.model import Person

LADIES = frozenset({"mrs", "mme", "madame", "lady"})
"""Titles under which a wife bears her husband's name."""

CURATED = 2.2
"""What it adds that a person is in the hand-made authority, not only in a great list."""
REFERENCE = "kgraph-reference"
"""The source of persons whom no document is known to name: they are entered like a great list's."""


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
        wholes=frozenset(turned(n) for n in names if n.given),
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


def turned(name: Name) -> str:
    """The words of a name, in whatever order they stand."""
    return " ".join(sorted(name.whole.replace("-", " ").split()))


def grouped(names: Iterable[Name]) -> tuple[tuple[str, tuple[Name, ...]], ...]:
    """Names by surname, so that each surname is compared once."""
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(name.surname, []).append(name)
    return tuple((surname, tuple(of_it)) for surname, of_it in found.items())


def of_husband(name: Name) -> bool:
    return bool(name.given and LADIES.intersection(name.titles))
