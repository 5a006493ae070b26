"""Other spellings that a book gives to the persons of its index of names.

A translated book spells one name now so and now otherwise: its index has "Gollister
Pol", a note "Paul Hollister". An index gathers the names of its book, so a name of the
text that no entry has, that sounds like one entry's and like no other's, and whose given
names agree, is that entry's: it becomes one more variant of it. Initials are filled in
the same way, where the text writes the given names out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from kgraph.authorities.names import Name, parse
from kgraph.authorities.names.blocking import keys
from kgraph.authorities.names.comparing import compare_names
from kgraph.authorities.names.sounds import heard
from kgraph.authorities.names.spellings import fold, given_like, is_initial
from kgraph.authorities.names.words import TITLES
from kgraph.model import Person

LEAST = 3.5
"""Log-odds of names alone from which on a name of the text is an entry's."""
APART = 1.5
"""By how much the entry must be likelier than any other."""
MOST_WORDS = 4

_RUN = re.compile(r"(?:[A-Z]\.\s?)*[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*(?:[ \u00a0](?:[A-Z]\.\s?)*(?:(?:de|von|van|der|al|el|du|la|di)\s)?[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*)*")  # fmt: skip
_WORD = re.compile(r"[A-Z]\.|[^\s.]+")
_MARKS = re.compile(r"[.,\"()]")
_POSSESSIVE = re.compile(r"['’]s\b")
_SPACED = re.compile(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)")  # "J. F. Kennedy"


def with_spellings(persons: Iterable[Person], text: str) -> list[Person]:
    """`persons` with the forms of their names that only the book's `text` has, the most
    frequent first; `text` is the book without its index."""
    persons = list(persons)
    forms = [_forms(person) for person in persons]
    words = [_words_of(person) for person in persons]
    blocks: dict[str, set[int]] = defaultdict(set)
    owners: dict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(forms):
        for key in {key for name in names for key in keys(name)}:
            blocks[key].add(number)
        for word in words[number]:
            owners[word].add(number)
    added: dict[int, Counter[str]] = defaultdict(Counter)
    for form, times in _written(text).items():
        parts = _parts(form)
        if not parts or set.intersection(*(owners.get(part, set()) for part in parts)):
            continue  # an entry has these words as they are
        one = _only(form, forms, blocks)
        if one is not None and all(_fits(part, words[one]) for part in parts):
            added[one][form] += times
    return [
        _with(person, [form for form, _ in added[number].most_common()])
        if number in added
        else person
        for number, person in enumerate(persons)
    ]


def _words_of(person: Person) -> frozenset[str]:
    written = (person.label, *person.variants)
    return frozenset(part for form in written for part in _split(form))


def _split(form: str) -> list[str]:
    return _MARKS.sub(" ", fold(form)).split()


def _parts(form: str) -> list[str]:
    """The words of a form of name, folded; initials are left out."""
    return [part for part in _split(form) if not is_initial(part)]


def _fits(part: str, words: frozenset[str]) -> bool:
    """Whether a word of the text is one of an entry's words, spelt otherwise, or begins with
    one of its initials."""
    return part in words or any(heard(part, w) or given_like(part, w) >= 0.74 for w in words) or any(
        is_initial(w) and part.startswith(w) for w in words
    )  # fmt: skip


def _with(person: Person, found: list[str]) -> Person:
    """`person` with `found`, and with its own given names behind a surname that is spelt anew."""
    surname, _, given = (person.sort or "").partition(", ")
    anew = [
        f"{words[-1]}, {given}"
        for words in map(str.split, found)
        if len(words) > 1 and given and _parts(given) and heard(words[-1], surname)
        and fold(words[-1]) != fold(surname)
    ]  # fmt: skip
    variants = tuple(dict.fromkeys((*person.variants, *found, *anew)))
    return msgspec.structs.replace(person, variants=variants)


def _forms(person: Person) -> list[Name]:
    """The readings of an entry's own forms, surname first where a comma tells it."""
    written = dict.fromkeys((person.sort or person.label, *person.variants))
    own = parse(person.sort or person.label)[:1]
    surnames = {name.surname for name in own}
    more = (r for form in written for r in parse(form) if r.surname in surnames or "," in form)
    return list(dict.fromkeys((*own, *more)))


def _written(text: str) -> Counter[str]:
    """Names as the text may write them: each row of two to four capitalised words, and
    single words of seven letters or more behind a title."""
    found: Counter[str] = Counter()
    for run in _RUN.finditer(text):
        words = _WORD.findall(_POSSESSIVE.sub("", run[0]))
        if len(words) > 12:
            continue
        for start in range(len(words)):
            if fold(words[start]) in TITLES:
                continue
            titled = start > 0 and fold(words[start - 1]) in TITLES
            if titled and len(words[start]) >= 7:
                found[words[start]] += 1
            for end in range(start + 2, min(start + MOST_WORDS, len(words)) + 1):
                if not words[end - 1].endswith("."):
                    form = " ".join(w.title() if w.isupper() else w for w in words[start:end])
                    found[_SPACED.sub("", form)] += 1
    return found


def _only(form: str, forms: list[list[Name]], blocks: dict[str, set[int]]) -> int | None:
    """The one entry that a written name is another spelling of."""
    readings = list(_readings(form))
    near = {n for reading in readings for key in keys(reading) for n in blocks.get(key, ())}
    scored = sorted(
        ((max(_score(r, name) for r in readings for name in forms[n]), n) for n in near),
        reverse=True,
    )
    if not scored or scored[0][0] < LEAST:
        return None
    if len(scored) > 1 and scored[1][0] > scored[0][0] - APART:
        return None
    return scored[0][1]


def _readings(form: str) -> Iterator[Name]:
    """The surname last, or, of full words, first."""
    found = parse(form)
    yield from found[:1]
    yield from (r for r in found[1:2] if not any(map(is_initial, r.given)))


def _score(written: Name, entry: Name) -> float:
    """Log-odds that the two are one name; nothing where no given name agrees, or where
    the text tells no more than the entry does."""
    if not entry.given or not written.given:
        single = not entry.given and not written.given
        sound = heard(written.surname, entry.surname) if single else 0.0
        return LEAST + sound if sound and len(entry.surname) > 6 else -1.0
    if all(map(is_initial, written.given)) or _of_other_sex(written.surname, entry.surname):
        return -1.0
    score, why = compare_names(written, entry)
    if is_initial(entry.given[0]) and why:  # initials are filled where all stand behind the name
        whole = len(written.given) == len(entry.given) and not is_initial(written.given[0])
        if not (whole and why[0] == "same surname" and "second name agrees" in why):
            return -1.0
    return score


def _of_other_sex(a: str, b: str) -> bool:
    """Whether two surnames are a man's and a woman's, or one name in two cases."""
    return a + "a" == b or b + "a" == a or a.endswith("skaya") != b.endswith("skaya")
