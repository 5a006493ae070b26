"""Forms of a personal name.

A name is read as surname, given names, titles and suffix, in the order in which
the source writes it: "Kohler, Foy D.", "Foy D. Kohler", "Kohler F.D.". How spellings
are compared is said in `kgraph.authorities.names.spellings`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from kgraph.authorities.names.spellings import (
    SPECIAL,
    fold,
    is_initial,
)
from kgraph.authorities.names.words import (
    ALSO_GIVEN,
    ALSO_NAMES,
    PARTICLES,
    SUFFIXES,
    TITLES,
)


class Name(msgspec.Struct, frozen=True):
    """A personal name, folded. `surname` may have several words ("couve de murville")."""

    surname: str
    given: tuple[str, ...] = ()
    suffix: str | None = None
    titles: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return " ".join((*self.given, self.surname))


_PAREN = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NICK = re.compile(r"[\"]([^\"]+)[\"]")


def _tokens(text: str) -> list[str]:
    """Folded words; runs of initials are cut ("a.i." gives "a", "i")."""
    words: list[str] = []
    for raw in re.sub(r"(?<=\.)(?=[a-z])", " ", fold(text)).replace(",", " ").split():
        word = raw.strip(".;:*\"'()[]")
        if word:
            words.append(word)
    return words


def _untitled(words: list[str], tail: bool = False) -> tuple[list[str], list[str]]:
    """(titles, the rest): titles stand before the name, or are ranks after it.

    `tail`: the words stand after a surname and a comma, where "Prince" alone is
    a title and "Dean" alone a name.
    """
    titles: list[str] = []
    rest: list[str] = []
    for i, word in enumerate(words):
        bare = word.split("-")[0] if "-" in word and word.split("-")[0] in TITLES else word
        alone = ALSO_GIVEN if tail else ALSO_NAMES
        named = bare in ALSO_NAMES and (rest or (i + 1 == len(words) and bare in alone))
        if bare == "m" and not rest:  # "M. Dupont" is Monsieur; "M.A. Suslov", "Suslov, M." are not
            after = words[i + 1 : i + 2]
            named = named or (is_initial(after[0]) if after else tail)
        if bare in TITLES and not named:
            titles.append(bare)
        elif not rest and titles and word in {"of", "the", "army", "navy", "force", "u", "s", "to"}:
            continue  # "General of the Army"
        else:
            rest.append(word)
    if not rest and titles and not tail:  # "King", "Dean": a title word that is the whole name
        rest = [titles.pop()]
    return titles, rest


def _suffixed(words: list[str]) -> tuple[list[str], str | None]:
    found = None
    kept = []
    for i, word in enumerate(words):
        if word in SUFFIXES and i > 0:
            found = SUFFIXES[word]
        else:
            kept.append(word)
    return kept, found


@lru_cache(maxsize=200_000)
def parse(text: str) -> tuple[Name, ...]:
    """The readings of a written name, likeliest first; none of an empty one.

    A comma tells the order; initials after the first word mean "Surname I.I.";
    otherwise both orders are read, the direct one first. What stands in brackets
    is read as a name of its own after the others ("Aiken (Eiken) George").

    >>> parse("Kohler, Foy D.")[0]
    Name(surname='kohler', given=('foy', 'd'), suffix=None, titles=())
    >>> parse("Comrade A.F. Dobrynin")[0].given
    ('a', 'f')
    """
    text = text.translate(SPECIAL)
    inside = [a or b for a, b in _PAREN.findall(text)]
    nicknames = _NICK.findall(text)
    bare = _NICK.sub(" ", _PAREN.sub(" ", text)).strip(" ,;")
    readings: list[Name] = []
    if bare:
        readings.extend(_read(bare))
    main = readings[0] if readings else None
    for extra in (*inside, *nicknames):
        extra = extra.strip('" .')
        words = _tokens(extra)
        if not words or all(w in TITLES or w in SUFFIXES for w in words):
            continue
        if main is not None and len(words) == 1:
            # a nickname or another spelling: of the given name and of the surname
            word = words[0]
            readings.append(msgspec.structs.replace(main, given=(word, *main.given[1:])))
            readings.append(msgspec.structs.replace(main, surname=word))
        elif main is not None:
            readings.extend(_read(extra))
            tail = list(main.given)
            readings.extend(_read(f"{extra}, {' '.join(tail)}"))
    return tuple(dict.fromkeys(r for r in readings if r.surname))


def _read(text: str) -> list[Name]:
    head, comma, tail = text.partition(",")
    if comma:
        titles, words = _untitled(_tokens(head))
        surname, suffix = _suffixed(words)
        more, given = _untitled(_tokens(tail), tail=True)
        given, suffix2 = _suffixed(["", *given])
        given = given[1:]
        while given and given[-1] in PARTICLES:  # "Muhayshi, Umar al-"
            given = given[:-1]
        if given or not tail.strip():
            return [Name(" ".join(surname), tuple(given), suffix or suffix2, (*titles, *more))]
        return _direct((*titles, *more), surname, suffix or suffix2)
    titles, words = _untitled(_tokens(text))
    words, suffix = _suffixed(words)
    return _direct(tuple(titles), words, suffix)


def _direct(titles: tuple[str, ...], words: list[str], suffix: str | None) -> list[Name]:
    if not words:
        return []
    if len(words) == 1:
        return [Name(words[0], (), suffix, titles)]
    names: list[Name] = []
    first_initials = is_initial(words[0])
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    direct = Name(" ".join(words[cut:]), tuple(words[:cut]), suffix, titles)
    surname_end = 1
    while words[surname_end - 1] in PARTICLES and surname_end < len(words) - 1:
        surname_end += 1
    inverted = Name(" ".join(words[:surname_end]), tuple(words[surname_end:]), suffix, titles)
    if is_initial(words[-1]) and not first_initials:
        tail = len(words)
        while tail > 1 and is_initial(words[tail - 1]):
            tail -= 1
        # "Mikoyan A.I." but also "Castillo Armas C."
        names.append(Name(" ".join(words[:tail]), tuple(words[tail:]), suffix, titles))
        if tail > 1:
            names.append(Name(words[0], tuple(words[1:]), suffix, titles))
    else:
        names.append(direct)
        if not first_initials:
            names.append(inverted)
        if len(words) >= 3 and not first_initials:
            names.append(Name(" ".join(words[1:]), (words[0],), suffix, titles))
            names.append(Name(" ".join(words[:2]), tuple(words[2:]), suffix, titles))
            names.append(Name(" ".join(words), (), suffix, titles))
        elif not first_initials:
            names.append(Name(" ".join(words), (), suffix, titles))
    return names


def entered(text: str) -> bool:
    """Whether a name is written as catalogues enter it, its surname first.

    >>> entered("Gates, Thomas S., Jr."), entered("Thomas S. Gates, Jr.")
    (True, False)
    """
    tail = text.partition(",")[2].split()
    return bool(tail) and not all(fold(word).strip(".,") in SUFFIXES for word in tail)


def canonical(text: str) -> str:
    """A name as American catalogues of persons write it: "Abt, John J."

    >>> canonical("Kennedy Patrick Bouvier"), canonical("Foy D. Kohler")
    ('Bouvier, Kennedy P.', 'Kohler, Foy D.')
    >>> canonical("Kennedy, Patrick Bouvier")
    'Kennedy, Patrick B.'
    """
    head, comma, tail = text.partition(",")
    if not comma:
        words = [w for w in text.split() if fold(w).strip(".") not in TITLES]
        if not words:
            return text
        head, tail = words[-1], " ".join(words[:-1])
    words = tail.split()
    if not words:
        return head.strip()
    rest = [w if fold(w).strip(".") in SUFFIXES else f"{w[0]}." for w in words[1:]]
    return f"{head.strip()}, {' '.join([words[0], *rest])}"


_REIGN = re.compile(r"^(?:(?:former|ex-) ?)?[A-Z]\w+ of (?:the )?[A-Z]\w+(?: [A-Z]\w+)*$")


def spoken(entered: str) -> str:
    """A name entered by its surname, as it is spoken.

    >>> spoken("Kohler, Foy D."), spoken("Gates, Thomas S., Jr."), spoken("Qadhafi, Umar al-")
    ('Foy D. Kohler', 'Thomas S. Gates, Jr.', 'Umar al-Qadhafi')
    >>> spoken("Elizabeth II, Queen of England"), spoken("Kim, Chung-yul (Kim Chung-yil)")
    ('Elizabeth II, Queen of England', 'Chung-yul Kim (Kim Chung-yil)')
    """
    bare, bracket, aside = entered.partition(" (")
    surname, comma, rest = (part.strip() for part in bare.partition(","))
    if not comma or not rest or not surname or _REIGN.match(rest):
        return entered
    given, comma, last = (part.strip() for part in rest.partition(","))
    if fold(last).strip(".") not in SUFFIXES and comma:
        given, comma, last = f"{given} {last}", "", ""
    name = given + ("" if given.endswith("-") else " ") + surname
    return name + (f", {last}" if comma else "") + bracket + aside
