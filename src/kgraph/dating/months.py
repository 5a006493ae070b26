"""Names of months and seasons, as English, French, German and other writers have them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kgraph.alternatives import by_letter

_NAMES: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "janvier", "januar", "janner", "jaenner", "jänner", "enero", "gennaio",
     "janeiro", "января", "январь"),
    ("february", "feb", "febr", "fevrier", "fevr", "februar", "febrero", "febbraio", "fevereiro",
     "февраля", "февраль"),
    ("march", "mar", "mars", "marz", "maerz", "marzo", "março", "марта", "март"),
    ("april", "apr", "avril", "avr", "abril", "aprile", "апреля", "апрель"),
    ("may", "mai", "mayo", "maggio", "maio", "мая", "май"),
    ("june", "jun", "juin", "juni", "junio", "giugno", "junho", "июня", "июнь"),
    ("july", "jul", "juillet", "juil", "juli", "julio", "luglio", "julho", "июля", "июль"),
    ("august", "aug", "aout", "agosto", "августа", "август"),
    ("september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "setembro",
     "сентября", "сентябрь"),
    ("october", "oct", "octobre", "oktober", "okt", "octubre", "ottobre", "outubro", "октября",
     "октябрь"),
    ("november", "nov", "novembre", "noviembre", "novembro", "ноября", "ноябрь"),
    ("december", "dec", "decembre", "dezember", "dez", "diciembre", "dicembre", "dezembro",
     "декабря", "декабрь"),
)  # fmt: skip
ENGLISH = tuple(names[0].capitalize() for names in _NAMES)
"""January to December."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""Seasons by their EDTF number."""


def _plain(word: str) -> str:
    bare = re.sub(r"[\[\].]", "", word.casefold())
    spread = unicodedata.normalize("NFD", bare)
    return "".join(c for c in spread if not unicodedata.combining(c))


_NUMBER = {_plain(name): i for i, names in enumerate(_NAMES, 1) for name in names}
PATTERN = (
    r"(?:"
    + by_letter(
        "|".join(
            sorted(
                {name for names in _NAMES for name in names}
                | {"février", "févr", "août", "märz", "décembre", "déc"},
                key=lambda name: (-len(name), name),
            )
        )
    )
    + r")(?:\[[a-z]{1,9}\])?"
)
"""A month name for use in a pattern that ignores case; `number` says which month."""


@lru_cache(maxsize=4096)
def number(word: str) -> int | None:
    """The month, 1 to 12, that a word names; None for any other word.

    >>> number("Sept."), number("Sept[ember]"), number("août"), number("Tuesday")
    (9, 9, 8, None)
    """
    plain = _plain(word)
    found = _NUMBER.get(plain)
    if found is None and "[" in word:
        found = _NUMBER.get(_plain(word.split("[")[0]))
    return found


@lru_cache(maxsize=4096)
def misprinted(word: str) -> int | None:
    """The month that a misprinted word must mean ("Janaury", "Septmber"), or None.

    A word is a misprint of a month where it begins with the same letter and is one
    insertion, deletion, substitution or exchange of neighbours away from its English name.

    >>> misprinted("Janaury"), misprinted("Septmber"), misprinted("Moscow")
    (1, 9, None)
    """
    plain = _plain(word)
    if len(plain) < 5:
        return None
    hits = [
        i for i, name in enumerate(ENGLISH, 1)
        if name[0].lower() == plain[0] and len(name) > 4 and _one_apart(plain, name.lower())
    ]  # fmt: skip
    return hits[0] if len(hits) == 1 else None


def _one_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    return (
        a[i + 1 :] == b[i + 1 :]
        or a[i:] == b[i + 1 :]
        or a[i + 1 :] == b[i:]
        or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    )
