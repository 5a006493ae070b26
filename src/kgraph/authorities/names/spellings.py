"""How alike two spellings of a name are, and keys under which spellings meet.

- `latin_key` joins the romanisations of one Cyrillic name (BGN/PCGN, Library of
  Congress, passport and press usage: Yefremov, Efremov; Khrushchev, Khruschev);
- `skeleton` joins a Western name with what is left of it after a journey through
  Cyrillic (Herter, Gerter; Rusk, Rask; McCone, McCoun): the consonants, with those
  confused that the Cyrillic alphabet does not keep apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from kgraph.authorities.names.words import PARTICLES

SPECIAL = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae",
     "Æ": "Ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'",
     "ʾ": "'", "ʿ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "\xa0": " "}
)  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """`text` in lower case, without diacritics, apostrophes or doubled spaces.

    >>> fold("Árbenz  O’Shaughnessy")
    'arbenz oshaughnessy'
    """
    text = text.lower().translate(SPECIAL)
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return " ".join(text.replace("'", "").split())


def is_initial(word: str) -> bool:
    """Whether `word` stands for a name by its first letter or letters ("a", "yu")."""
    return len(word) == 1 or word in {
        "yu",
        "ya",
        "ye",
        "iu",
        "ia",
        "zh",
        "kh",
        "ch",
        "sh",
        "ts",
        "th",
    }


_LATIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"(?:shch|sch|szcz|stch)", "Q"),
        (r"(?:tch|cz)", "C"),
        (r"ch", "C"),
        (r"(?<=i)c$", "C"),  # Popovic, Popovich
        (r"(?:sh|sz)", "S"),
        (r"(?:dzh|zh)", "Z"),
        (r"kh", "h"),
        (r"(?:tz|ts)", "T"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"(?:ff|w)", "v"),
        (r"(?<=[a-zA-Z])(?:yo|io)(?=[^aeiou]|$)", "e"),
        (r"(?:yu|iu|ju)", "u"),
        (r"(?:ya|ia|ja)", "a"),
        (r"(?:ye|ie|je)", "e"),
        (r"(?:iy|ii|yi|ij|yj|ey|ei|ai|ay|y|j)(?=$)", "i"),
        (r"[yj]", "i"),
        (r"ii+", "i"),
        (r"ck", "k"),
        (r"(.)\1", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def latin_key(word: str) -> str:
    """One key for the romanisations of a Cyrillic name.

    >>> latin_key("yefremov") == latin_key("efremov"), latin_key("georgiy") == latin_key("georgi")
    (True, True)
    """
    word = fold(word).replace("-", " ")
    for pattern, value in _LATIN:
        word = pattern.sub(value, word)
    return word


_SKELETON: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"^(?:mac|mc|mak)(?=.)", "mk"),
        (r"^(?:kn|gn)(?=[aeiou])", "n"),
        (r"^wr", "r"),
        (r"(?:shch|sch|tsch|tch|cz|ch|sh|sz)", "S"),
        (r"(?:dzh|dj|zh|dg|j)", "J"),
        (r"g(?=[ei])", "g"),
        (r"(?:kh|gh)", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"(?:ck|q)", "k"),
        (r"(?:tz|ts|zz|cc(?=[ei]))", "c"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"w(?=[aeiou])", "v"),
        (r"w", ""),
        (r"(?<=[a-z])h(?=[^aeiouy]|$)", ""),
        (r"h", "g"),
        (r"z", "s"),
        (r"^[aeiouy]+", "A"),
        (r"[aeiouy\-]", ""),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """What a Western name keeps on its way through Cyrillic and back.

    >>> skeleton("herter") == skeleton("gerter"), skeleton("mccone") == skeleton("mccoun")
    (True, True)
    """
    word = fold(word).replace(" ", "")
    for pattern, value in _SKELETON:
        word = pattern.sub(value, word)
    return word


@cache
def _equivalents() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    path = Path(__file__).parent / "given_names.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            for name in filter(None, line.split(";")):
                groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def is_given(name: str) -> bool:
    """Whether a name, folded, is known as a given name.

    >>> is_given("walter"), is_given("rostow")
    (True, False)
    """
    return name in _equivalents()


@lru_cache(maxsize=200_000)
def given_like(a: str, b: str) -> float:
    """How well two given names agree: 1 the same, 0.9 forms of one name, 0.6 an
    initial, 0 nothing in common, all folded.

    >>> given_like("robert", "bob"), given_like("robert", "john"), given_like("r", "robert")
    (0.9, 0.0, 0.6)
    """
    if a == b:
        return 0.7 if is_initial(a) else 1.0
    if is_initial(a) or is_initial(b):
        short, long = (a, b) if is_initial(a) else (b, a)
        return 0.6 if _initial_of(short, long) else 0.0
    groups = _equivalents()
    if groups.get(a, frozenset()) & groups.get(b, frozenset()):
        return 0.9
    if latin_key(a) == latin_key(b):
        return 0.95
    if len(a) > 3 and len(b) > 3 and (a.startswith(b) or b.startswith(a)):
        return 0.8
    if skeleton(a) == skeleton(b) and (a[0] == b[0] or len(skeleton(a)) > 2):
        return 0.8
    return _near(a, b)


def _initial_of(short: str, long: str) -> bool:
    if long.startswith(short) or latin_key(long).startswith(latin_key(short)):
        return True
    return short[0] in _INITIAL_LIKE.get(long[0], "")


_INITIAL_LIKE = {"j": "yi", "y": "jie", "i": "y", "e": "y", "c": "k", "k": "c", "h": "g", "w": "v", "v": "w", "f": "t", "t": "f"}  # fmt: skip


def _near(a: str, b: str) -> float:
    if max(len(a), len(b)) < 5:
        return 0.0
    return 0.75 if _similarity(a, b) >= 0.8 else 0.0


@cache
def _measure() -> Callable[[str, str], float]:
    """The edit distance, loaded when first needed."""
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.normalized_similarity


def _similarity(a: str, b: str) -> float:
    return _measure()(a, b)


@lru_cache(maxsize=200_000)
def surname_like(a: str, b: str) -> float:
    """How well a written surname agrees with a known one, in [0, 1]: 1 the same, 0.95 one Cyrillic name
    romanised twice, 0.8 by way of Cyrillic, less for misspellings."""
    if a == b:
        return 1.0
    bare_a, bare_b = a.replace("-", " ").replace(" ", ""), b.replace("-", " ").replace(" ", "")
    if bare_a == bare_b:
        return 1.0
    if latin_key(a) == latin_key(b):
        return 0.95
    key_a, key_b = latin_key(bare_a), latin_key(bare_b)
    if key_a + "a" == key_b or key_b + "a" == key_a:  # Khrushchev, Khrushcheva
        return 0.9
    similarity = _similarity(key_a, key_b)
    if skeleton(a) == skeleton(b) and len(skeleton(a)) >= 2:
        return max(0.8, min(similarity, 0.9))
    words_a, words_b = _surname_words(a), _surname_words(b)
    if sorted(words_a) == sorted(words_b):
        return 0.9
    if words_b[: len(words_a)] == words_a and len(words_a[0]) > 3:
        return 0.89  # "Arbenz" for Arbenz Guzmán
    single = len(words_b) == 2 and len(words_a) == 1 and len(words_a[0]) > 4
    if single and skeleton(words_a[0]) == skeleton(words_b[0]):
        return 0.8  # "Dortikos" for Dorticós Torrado
    if min(len(bare_a), len(bare_b)) >= 5 and similarity >= 0.75:
        return similarity * 0.9
    return 0.0


def _surname_words(surname: str) -> list[str]:
    words = surname.replace("-", " ").split()
    return [w for w in words if w not in PARTICLES] or words
