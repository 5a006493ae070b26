"""How far two spellings are from one sound: names that went into Cyrillic and came back.

A Western name is written in Cyrillic by its sound or by its letters and is then spelt anew
by a translator or a machine: Hollister, Khollister, Gollister; Wrighton, Raiton. Spellings
are cut into sounds (`sounds`), and two rows of sounds are laid beside each other with an edit
distance whose costs are low where that journey confuses them: h, kh and g; the vowels;
voiced and unvoiced consonants; z, ts and ch.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph.authorities.names.spellings import fold

_CUT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"^(?:makk|mak|mac|mc)(?=[^aeiouy]|[co])", "m@k"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^(?:wh|hw)", "w"),
        (r"^u(?=[aeo]|i[^aeiouy])", "w"),  # Uitlok, Uorren
        (r"(?<=[bcdfgklmnprstz])u(?=e[lr]|i[ln])", "w"),  # Brekuell
        (r"gh(?=t|$)", ""),
        (r"(?:shch|schtsch|sch|sh)", "S"),
        (r"(?:tsch|tch|cz|cch|ch)", "C"),
        (r"(?:dzh|dj|dge(?=$|[rs])|zh|j)", "J"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"tz$", "ts"),
        (r"(?:(?:tz|ts)(?!$)|zz|cc(?=[eiy]))", "X"),
        (r"(?:qu|kv)(?=[aeiouy])", "kw"),
        (r"c(?=[eiy])", "s"),
        (r"(?:ck|qu|q|c)", "k"),
        (r"x", "ks"),
        (r"(?<=[bdfgkpt])le$", "el"),
        (r"(?<=[^aeiouy])e$", ""),
        (r"(?:ey|ay|ai|ei|ae)", "E"),
        (r"(?:au|aw|ow|ou|oo|uo|oa)", "U"),
        (r"(?:ee|ea|ie|ii|iy|yi|[yi](?=[aou]))", "i"),
        (r"(?:ue|eu)", "u"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
    )
)

_VOWELS = frozenset("aeiou@EU")
_LIKE = {
    frozenset(pair): cost
    for pairs, cost in (
        ("hg vw wu", 0.15),
        ("zs wU", 0.2),
        ("vf dt hk gJ Xz Xs XC CS Ji Sk", 0.3),
        ("bp gk Ss Jz JC JS Ck", 0.35),
        ("hw Xk Js bv tf ts Xt", 0.5),
        ("mn", 0.7),
    )
    for pair in pairs.split()
}
"""What it costs to take one consonant for another; 1 for those that are not here."""
_FRAME = str.maketrans("hgkCfbpdtzsXSJ", "kkksfppttsssss", "aeiou@EUwv")
_LOST = {"h": 0.35, "w": 0.4, "i": 0.3}


HEARD = 0.9
"""From here on two spellings are one name heard and written by two people."""


@lru_cache(maxsize=100_000)
def sounds(word: str) -> str:
    """A spelling as a row of sounds, one character each (capitals: sh, ch, zh, ts, ei, ou).

    >>> sounds("knowlton") == sounds("noulton"), sounds("phipps") == sounds("fips")
    (True, True)
    """
    word = re.sub(r"[^a-z]", "", fold(word))
    for pattern, value in _CUT:
        word = pattern.sub(value, word)
    return word


@lru_cache(maxsize=100_000)
def frame(word: str) -> str:
    """The consonants of a spelling's sounds, those joined that are confused: a key for blocks.

    >>> frame("hollister") == frame("gollister"), frame("brackwell") == frame("brekuell")
    (True, True)
    """
    return re.sub(r"(.)\1+", r"\1", sounds(word).translate(_FRAME))


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a in _VOWELS and b in _VOWELS:
        return 0.2
    return _LIKE.get(frozenset((a, b)), 1.0)


def _lose(sound: str, last: bool) -> float:
    if sound in _VOWELS:
        return 0.2 if last else 0.35
    return _LOST.get(sound, 0.9)


@lru_cache(maxsize=200_000)
def like(a: str, b: str) -> float:
    """How near the sounds of two spellings are: 1 the same, 0 nothing in common.

    >>> like("whitlock", "uitlok") > 0.9, like("hollister", "ballister") < 0.9
    (True, True)
    """
    x, y = sounds(a), sounds(b)
    if not x or not y:
        return 0.0
    row = [0.0]
    for j, sound in enumerate(y):
        row.append(row[-1] + _lose(sound, j + 1 == len(y)))
    for i, sound in enumerate(x):
        before, row = row, [row[0] + _lose(sound, i + 1 == len(x))]
        for j, other in enumerate(y):
            row.append(
                min(
                    before[j] + _swap(sound, other),
                    before[j + 1] + _lose(sound, i + 1 == len(x)),
                    row[j] + _lose(other, j + 1 == len(y)),
                )
            )
    return max(0.0, 1.0 - row[-1] / (0.5 * (len(x) + len(y))))


def heard(a: str, b: str) -> float:
    """`like` of two surnames where it is at least `HEARD`, their words in either order; else 0."""
    if frame(a) == frame(b):
        near = like(a, b)
        return near if near >= HEARD else 0.0
    if " " not in a and "-" not in a:
        return 0.0
    first, second = _words(a), _words(b)
    if len(first) < 2 or len(first) != len(second) or sorted(map(frame, first)) != sorted(map(frame, second)):  # fmt: skip
        return 0.0
    pairs = zip(sorted(first, key=frame), sorted(second, key=frame), strict=True)
    near = min(like(x, y) for x, y in pairs)
    return near if near >= HEARD else 0.0


def _words(name: str) -> list[str]:
    return name.replace("-", " ").split()
