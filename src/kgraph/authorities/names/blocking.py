"""Which pairs are compared at all: the blocks, what they cost and what they lose.

A block joins names that share one of five keys of a surname (`keys`):

- ``=`` the folded surname, and each of its longer words;
- ``~`` its `latin_key`: one Cyrillic name romanised twice;
- ``^`` its `skeleton`: a Western name by way of Cyrillic;
- ``%`` the `frame` of its sounds, its words in alphabetical order: a name heard and spelt anew;
- ``+`` the given name's key and the first two letters of the skeleton: a
  misspelt surname beside a sound given name.

`recall` measures on known pairs how many of them share a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kgraph.authorities.names import Name, parse
from kgraph.authorities.names.sounds import frame
from kgraph.authorities.names.spellings import is_initial, latin_key, skeleton

LEVELS = "=~^%+"


def keys(name: Name, levels: str = LEVELS) -> Iterator[str]:
    """The blocks that `name` falls into."""
    surname = name.surname
    words = [w for w in surname.replace("-", " ").split() if len(w) > 2]
    compact = surname.replace("-", "").replace(" ", "")
    if "=" in levels:
        yield "=" + compact
        if len(words) > 1:
            for word in words:
                yield "=" + word
            for first, second in pairwise(words):
                yield "=" + first + second
    if "~" in levels:
        key = latin_key(compact)
        yield "~" + key
        if key.endswith("a") and len(key) > 5:
            yield "~" + key[:-1]
    if "^" in levels and len(compact) > 2:
        yield "^" + skeleton(compact)
        if len(words) > 1:
            for word in words:
                yield "^" + skeleton(word)
    if "%" in levels and len(compact) > 3:
        yield "%" + " ".join(sorted(frame(w) for w in surname.replace("-", " ").split()))
    if "+" in levels:
        for given in name.given[:2]:
            if not is_initial(given) and len(given) > 2:
                yield "+" + latin_key(given)[:5] + "/" + skeleton(compact)[:2]


def recall(pairs: Iterable[tuple[str, Iterable[str]]], levels: str = LEVELS) -> float:
    """Share of `pairs` (a written name, the forms of the person it names) in one block."""
    found = total = 0
    for written, forms in pairs:
        total += 1
        mine = {k for reading in parse(written) for k in keys(reading, levels)}
        theirs = {k for form in forms for reading in parse(form) for k in keys(reading, levels)}
        found += bool(mine & theirs)
    return found / total if total else 1.0
