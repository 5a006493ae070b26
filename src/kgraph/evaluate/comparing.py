"""When a value found is the value wanted: names, offices, places, dates, shelfmarks.

Names are compared without case, accents, punctuation, articles and the order of
their parts ("Kohler F.D.", "F.D. Kohler"). `same_name` wants the same words;
`like_name` lets initials stand for given names and lets them be missing on one side
("Dobrynin" for "Dobrynin A.F."), and surnames may differ by a transliteration.
Bodies are compared with their abbreviations written out. Dates are compared by day.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
                         "’": "'", "‘": "'", "ъ": "", "ь": ""})  # fmt: skip
ARTICLES = frozenset({"the"})
SMALL = ARTICLES | {"of", "in", "at", "for", "to", "and", "under", "on", "near"}
TITLES = frozenset(
    {
        "mr", "mrs", "miss", "ms", "dr", "sir", "comrade", "lord", "lady", "general", "gen", "admiral",
        "colonel", "col", "major", "captain", "lieutenant", "professor", "prof", "ambassador",
        "senator", "president", "secretary", "minister", "chairman", "premier", "his", "her",
        "excellency", "the", "honorable", "hon", "prime", "foreign", "under", "deputy", "assistant",
        "acting", "governor", "congressman", "chancellor", "counselor", "mayor", "king", "prince", "m",
        "brigadier", "commander", "baron", "count", "herr", "madame", "monsieur", "mme", "rear", "vice",
    }
)  # fmt: skip
SHORT = {
    "cc": "central committee", "cpsu": "communist party soviet union", "mfa": "ministry foreign affairs",
    "ussr": "soviet union", "usa": "united states", "us": "united states", "uk": "united kingdom",
    "u.s": "united states", "dos": "department state", "kgb": "kgb", "dept": "department",
    "amembassy": "embassy",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Small letters without accents; other signs than letters and digits become spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\w)'s\b", "s", plain).replace("'", "")
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def words(text: str) -> list[str]:
    """The folded words of a name, without articles."""
    return [word for word in fold(text).split() if word not in ARTICLES]


def same_text(a: str, b: str) -> bool:
    """The same words in the same order."""
    return words(a) == words(b)


def same_name(a: str, b: str) -> bool:
    """The same words in any order; a title on one side is let pass."""
    left, right = words(a), words(b)
    if sorted(left) == sorted(right):
        return bool(left)
    left, right = ([w for w in side if w not in TITLES] for side in (left, right))
    return bool(left) and sorted(left) == sorted(right)


def like_name(a: str, b: str) -> bool:
    """One person's name in two fashions, or one body's with and without abbreviations."""
    if same_name(a, b) or same_body(a, b):
        return True
    left, right = (
        [w for w in words(side) if w not in TITLES or len(words(side)) == 1] for side in (a, b)
    )
    full_left, full_right = [w for w in left if len(w) > 2], [w for w in right if len(w) > 2]
    if not full_left or not full_right:
        return False
    pairs = [(x, y) for x in full_left for y in full_right if _near(x, y)]
    if not pairs:
        return False
    x, y = pairs[0] if len(pairs) == 1 else max(pairs, key=lambda p: len(p[0]))
    rest_left, rest_right = list(left), list(right)
    rest_left.remove(x)
    rest_right.remove(y)
    shorter, longer = sorted((rest_left, rest_right), key=len)
    return all(any(_initial(s, w) for w in longer) for s in shorter)


def _near(a: str, b: str) -> bool:
    """One surname in two transliterations: at most one letter in six differs."""
    a, b = (re.sub(r"(?:iy|ij|ii|yi|yy|i)$", "y", w) for w in (a, b))
    return a == b or (
        min(len(a), len(b)) > 5 and Levenshtein.distance(a, b) <= max(len(a), len(b)) // 6
    )


def _initial(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) <= 2 and (a[0] == b[0])) or _near(a, b)


def same_body(a: str, b: str) -> bool:
    """A body or office with and without abbreviations and small words."""
    left, right = _spelt_out(a), _spelt_out(b)
    return bool(left) and left == right


@lru_cache(maxsize=100_000)
def _spelt_out(text: str) -> frozenset[str]:
    out: list[str] = []
    for word in re.sub(r"\bu\.? ?s\.(?! ?s)", "united states", text.casefold()).split():
        for part in fold(word).split():
            out += SHORT.get(part, part).split()
    told = {w.removesuffix("s") if len(w) > 4 else w for w in out if w not in SMALL}
    if {"foreign", "ministry"} <= told:
        told.discard("affair")  # the Foreign Ministry is that of Foreign Affairs
    return frozenset(told)


def same_place(a: str, b: str) -> bool:
    """The same words; "Washington" and "Washington, D.C." are one."""
    left, right = fold(a), fold(b)
    if left == right:
        return bool(left)
    return {left, right} == {"washington", "washington d c"}


def day(text: str | None) -> str:
    """A date to the day, from ISO 8601 or EDTF, without marks of doubt."""
    if not text:
        return ""
    plain = re.sub(r"[?~%]", "", text)
    return re.sub(r"T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?", "", plain)


def same_day(a: str, b: str) -> bool:
    return day(a) == day(b) and bool(day(a))


def same_number(a: str, b: str) -> bool:
    """A number without spaces, "No." and the look of its dashes; Cyrillic П is P."""
    return _number(a) == _number(b)


def _number(text: str) -> str:
    plain = re.sub(r"[–—−]", "-", text.casefold()).replace("п", "p")
    plain = re.sub(r"[\s.№]", "", plain)
    return re.sub(r"^(?:special|copy)?(?:nos?|n)?(?=\d)", "", plain)


def shelf(text: str) -> str:
    """Fonds, inventory and file of a Russian shelfmark, or the folded words of another.

    >>> shelf("RGANI. F. 3. Op. 16. D. 294. L.219. Original.")
    'f3 op16 d294'
    """
    parts = re.findall(r"\b(F|Op|P|D)\.\s*([\w-]+)", text)
    seen: dict[str, str] = {}
    for kind, value in parts:
        seen.setdefault(kind.lower(), value.lower())
    return " ".join(f"{kind}{value}" for kind, value in seen.items()) if seen else fold(text)


def same_shelf(a: str, b: str) -> bool:
    return shelf(a) == shelf(b)
