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
    """The key under which spellings of one body's name meet, whatever the order of its words.

    >>> body_key("the Central Committee of the CPSU") == body_key("CPSU CC")
    True
    """
    return " ".join(sorted(_plain(name).split()))


def _plain(name: str) -> str:
    words = _ARTICLE.sub("", fold(name))
    for pattern, value in _SAME:
        words = pattern.sub(value, words)
    return " ".join(words.split())


class BodyIndex:
    """Bodies by their names in order and, where that finds none, by `body_key`: the embassy
    of one country in another is not the other's in the one. A name that two bodies share
    finds none."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for body in bodies:
            for form in (body.label, *body.variants):
                found[_plain(form)].add(body.id)
                found["*" + body_key(form)].add(body.id)
        self._one = {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}
        self.shared = {key: ids for key, ids in found.items() if len(ids) > 1 and key[0] != "*"}

    def find(self, name: str) -> str | None:
        """Id of the body called `name`, None where unknown or ambiguous."""
        plain = _plain(name)
        return self._one.get(plain) or self._one.get("*" + " ".join(sorted(plain.split())))
