"""Government bodies, organisations and groups by their names and abbreviations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kgraph.authorities.spellings import fold
from kgraph.model import Body

_ARTICLE = re.compile(r"^(?:the|a|an) ")
_SAME = (
    (re.compile(r"\bu\.?s\.?s\.?r\.?(?=\W|$)|\bunion of soviet socialist republics\b"), "soviet union"),
    (re.compile(r"\bu\.s\.a?\.?(?=\W|$)|\busa\b|\bunited states of america\b"), "united states"),
    (re.compile(r"\bc\.?c\.?(?=\W|$)"), "central committee"),
    (re.compile(r"\bcommunist party of the soviet union\b"), "cpsu"),
    (re.compile(r"\b(?:mfa|ministry for foreign affairs|foreign ministry)\b"), "ministry of foreign affairs"),
    (re.compile(r"&"), "and"),
    (re.compile(r"[.,;:()\[\]\"]"), " "),
    (re.compile(r"\b(?:of|the|in|at|to|for)\b"), " "),
)  # fmt: skip


def body_key(name: str) -> str:
    """The key under which spellings of one body's name meet.

    >>> body_key("the Central Committee of the CPSU") == body_key("CPSU CC")
    True
    """
    words = _ARTICLE.sub("", fold(name))
    for pattern, value in _SAME:
        words = pattern.sub(value, words)
    return " ".join(sorted(words.split()))


class BodyIndex:
    """Bodies by `body_key`; a key that two bodies share finds none."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for body in bodies:
            for form in (body.label, *body.variants):
                found[body_key(form)].add(body.id)
        self._one = {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}

    def find(self, name: str) -> str | None:
        """Id of the body called `name`, None where unknown or ambiguous."""
        return self._one.get(body_key(name))
