"""Names in a row that nothing parts ("Ambassador Ball Walter Rostow Leonard B. Marks"), told by the
shapes that names have: at the least oddity in all (Viterbi, IEEE Trans. Inf. Theory 13, 1967)."""

from __future__ import annotations

import re

from kgraph.authorities.names.spellings import is_given
from kgraph.extract.plain.attending_words import AGENCIES, NAMED_PART, SIDES, TITLE

_LEADING = re.compile(rf"(?:{SIDES}\s)?(?:{TITLE}\s)+")
_HEAD = re.compile(r"[^,(—–]*")
_TOKEN = re.compile(
    rf"(?P<agency>{AGENCIES}:?)(?![^\s,(—–])|(?P<initial>(?:[A-Z]\.)+)(?![^\s,(—–])|(?P<particle>(?:de|von|van|der|la|du)(?![^\s,(—–]))|(?P<tail>(?:Jr|Sr)\.|II|III)(?![^\s,(—–])|(?P<part>{NAMED_PART})(?![^\s,(—–])"
)
_SHAPES = {  # initials I, given names G, other parts P: how odd a name of that shape is
    "PP": 1.0, "PIP": 1.0, "PIIP": 1.2, "IPP": 1.4, "IP": 1.8, "IIP": 1.6, "IIIP": 1.8, "PPP": 3.0, "PPIP": 2.6, "P": 6.0,
}  # fmt: skip
_BEHIND_TITLE = _SHAPES | {"P": 1.0, "PP": 1.2, "PPP": 1.8}


def _odd(kinds: str, *, titled: bool) -> float | None:
    """How odd a name of some parts is; a given name at its end or behind a surname is odder."""
    odd = (_BEHIND_TITLE if titled else _SHAPES).get(kinds.replace("G", "P"))
    if odd is None:
        return None
    parts = kinds.replace("I", "")
    inside = "PG" in parts[:-1]
    return (
        odd
        + 0.4 * (parts.endswith("G") and "I" not in kinds)
        + 0.8 * inside
        - 0.2 * parts.startswith("G")
    )


def _kind(kind: str, words: str) -> str:
    return "G" if kind == "P" and is_given(words.lower()) else kind


def names(entry: str) -> list[str]:
    """Names that nothing parts, each with the title before the first and with what stands behind the
    last, told by their shapes; an entry that is one, or is not of names alone, as it is.

    >>> names("Ambassador Ball Walter Rostow Leonard B. Marks, Director")
    ['Ambassador Ball', 'Walter Rostow', 'Leonard B. Marks, Director']
    >>> names("State U. Alexis Orde Martin Costrin")
    ['U. Alexis Orde', 'Martin Costrin']
    """
    title = _LEADING.match(entry)
    begin = title.end() if title else 0
    stop = len(_HEAD.match(entry, begin)[0]) + begin  # type: ignore[index]
    tokens: list[tuple[str, int, int]] = []
    at = begin
    while at < stop:
        found = _TOKEN.match(entry, at)
        if found is None:
            return [entry]
        kind = {"agency": "A", "initial": "I", "particle": "", "tail": "", "part": "P"}[
            str(found.lastgroup)
        ]
        tokens.append((kind, found.start(), found.end()))
        at = found.end() + 1
    kinds = "".join(_kind(kind, entry[a:b]) for kind, a, b in tokens)
    cuts = _cheapest(kinds, titled=title is not None)
    if not cuts or (len(cuts) < 2 and "A" not in kinds):
        return [entry]
    solid = [one for one in tokens if one[0]]
    out = []
    for order, (a, b) in enumerate(cuts):
        start = 0 if title and not order else solid[a][1]
        end = len(entry) if order + 1 == len(cuts) else solid[b][1]
        out.append(entry[start:end].strip())
    return out


def _cheapest(kinds: str, *, titled: bool) -> list[tuple[int, int]]:
    """How a row of parts and initials is cut into names at the least oddity; agencies are left out."""
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, len(kinds) + 1):
        ways = []
        if kinds[end - 1] == "A":
            ways.append(best[end - 1])
        for start in range(max(0, end - 4), end):
            odd = _odd(kinds[start:end], titled=titled and start == 0)
            if odd is not None:
                ways.append((best[start][0] + odd, [*best[start][1], (start, end)]))
        best.append(min(ways, default=(999.0, [])))
    return best[-1][1] if best[-1][0] < 900 else []
