"""Whom a record itself gives a title: in a talk with Ambassador Munkle "the Ambassador" is he.

A title alone, without a nation, means the one person of the document who bears it there, whether
an authority knows him or not, before it means whoever held such an office at the date.
"""

from __future__ import annotations

import re

from kgraph.authorities.names.spellings import fold

OPEN = ""
"""Instead of an id: somebody bears the title whom nothing knows."""

_TITLES = ("foreign minister", "foreign secretary", "prime minister", "ambassador", "premier", "chancellor", "charge")  # fmt: skip
_BARE = re.compile(rf"(?:the )?({'|'.join(_TITLES)})")
_TITLE = re.compile(rf"(?:.*[ ,])?({'|'.join(_TITLES)})")
_LESS = re.compile(
    r"\b(?:deputy|vice|assistant|former|ex|late|acting|designate|-elect|under|counselor of|secretary of|"
    r"minister[- ]counselor|wife|office|assistant to)\b"
)
_BEHIND = re.compile(r",? (?:to|in|at|of|for|from) .*|d'affaires.*|,.*| ad interim.*")


def enter(styled: dict[str, dict[str, str]], title: str | None, name: str, id: str | None) -> None:
    """Note in `styled` that `name` stands with `title` in the record."""
    key = title_of(title or "")
    words = fold(name).replace(".", " ").split()
    if key is None or not words:
        return
    known = styled.setdefault(key, {})
    known[words[-1]] = id or known.get(words[-1], OPEN)


def bearers(styled: dict[str, dict[str, str]], words: str) -> frozenset[str]:
    """The ids of those to whom the record gives the title of which `words` consist, among them
    `OPEN` for those whom nothing knows; none where the words are no bare title."""
    bare = _BARE.fullmatch(fold(words))
    return frozenset(styled.get(bare[1], {}).values()) if bare else frozenset()


def title_of(words: str) -> str | None:
    """The title that a role or the words before a name tell.

    >>> title_of("Ambassador of Finland"), title_of("Finnish Ambassador")
    ('ambassador', 'ambassador')
    >>> title_of("Deputy Foreign Minister")
    """
    low = fold(words)
    if _LESS.search(low):
        return None
    found = _TITLE.fullmatch(_BEHIND.sub("", low).strip())
    return found[1] if found else None
