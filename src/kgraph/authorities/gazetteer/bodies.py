"""Government bodies, organisations and groups by their names and abbreviations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kgraph.authorities.names.spellings import fold
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


@lru_cache(maxsize=50_000)
def _plain(name: str) -> str:
    words = _ARTICLE.sub("", fold(name))
    for pattern, value in _SAME:
        words = pattern.sub(value, words)
    return " ".join(words.split())


class BodyIndex:
    """Bodies by their names in order and, where that finds none, by `body_key`: the embassy
    of one country in another is not the other's in the one. A name that two bodies share
    finds none. `others` are bodies that the authority has no entry for; a name that both
    have means the authority's. An entry that is named so in some documents only (`only_in`)
    is found in them alone."""

    def __init__(self, bodies: Iterable[Body], others: Iterable[Body] = ()) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        self._local: dict[str, list[Body]] = defaultdict(list)
        self.others: dict[str, Body] = {}
        for body in bodies:
            for form in (body.label, *body.variants):
                if body.only_in:
                    self._local[_plain(form)].append(body)
                    continue
                found[_plain(form)].add(body.id)
                found["*" + body_key(form)].add(body.id)
        self._one = {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}
        for body in others:
            forms = [_plain(form) for form in (body.label, *body.variants)]
            same = next((self._one[form] for form in forms if form in self._one), None)
            if same is None:
                self.others[body.id] = body
            for form in forms:
                if form not in found:
                    self._one.setdefault(form, same or body.id)
        self.shared = {key: ids for key, ids in found.items() if len(ids) > 1 and key[0] != "*"}

    def find(self, name: str, record: str = "") -> str | None:
        """Id of the body called `name` in a record, None where unknown or ambiguous."""
        plain = _plain(name)
        local = self.of_record(name, record)
        if local is not None:
            return local
        return self._one.get(plain) or self._one.get("*" + " ".join(sorted(plain.split())))

    def of_record(self, name: str, record: str) -> str | None:
        """Id of the body that `name` means in this record and not elsewhere."""
        for body in self._local.get(_plain(name), ()):
            if record.startswith(body.only_in):
                return body.id
        return None
