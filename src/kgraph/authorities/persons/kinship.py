"""Persons named by whose kin they are: "my brother", "the late president's widow"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from kgraph.authorities.names.spellings import fold
from kgraph.model import Person

_KIN: dict[str, tuple[str, str | None]] = {
    "wife": ("spouse-of", "female"), "widow": ("spouse-of", "female"),
    "husband": ("spouse-of", "male"), "spouse": ("spouse-of", None),
    "brother": ("sibling-of", "male"), "sister": ("sibling-of", "female"),
    "son": ("child-of", "male"), "daughter": ("child-of", "female"),
    "father": ("parent-of", "male"), "mother": ("parent-of", "female"),
    "son-in-law": ("child-in-law-of", "male"), "daughter-in-law": ("child-in-law-of", "female"),
}  # fmt: skip
_WORDS = "|".join(sorted(_KIN, key=len, reverse=True))
_OF = re.compile(rf"^(?:the )?(?:(?:late|young|own|dear) )*({_WORDS}) of (.+)$")
_POSSESSIVE = re.compile(rf"^(.+?)(?:s|') (?:(?:late|young|own|dear) )*({_WORDS})\b")
_OWN = re.compile(rf"^(my|your|his|her|our) (?:(?:late|young|own|dear|beloved) )*({_WORDS})\b")


class Kin(msgspec.Struct, frozen=True):
    """A kinship description: the relation, the sex it implies, and whose kin.

    `owner` is "my", "your", "his", "her", "our" or the words that name a person.
    """

    relation: str
    gender: str | None
    owner: str


@lru_cache(maxsize=20_000)
def read_kin(text: str) -> Kin | None:
    """The kinship that `text` says, or None.

    >>> read_kin("my brother")
    Kin(relation='sibling-of', gender='male', owner='my')
    >>> read_kin("the late president’s widow").owner
    'the late president'
    """
    words = fold(text.replace("’s ", "'s ")).strip(" .,")
    if found := _OWN.match(words):
        relation, gender = _KIN[found[2]]
        return Kin(relation, gender, found[1])
    if found := _OF.match(words):
        relation, gender = _KIN[found[1]]
        return Kin(relation, gender, found[2])
    if found := _POSSESSIVE.match(words):
        relation, gender = _KIN[found[2]]
        return Kin(relation, gender, found[1])
    return None


_INVERSE = {
    "spouse-of": "spouse-of", "sibling-of": "sibling-of", "child-of": "parent-of",
    "parent-of": "child-of", "child-in-law-of": "parent-in-law-of",
    "parent-in-law-of": "child-in-law-of",
}  # fmt: skip
_NAMES = {
    "husband-of": "spouse-of", "wife-of": "spouse-of", "widow-of": "spouse-of",
    "married-to": "spouse-of", "spouse": "spouse-of", "brother-of": "sibling-of",
    "sister-of": "sibling-of", "sibling": "sibling-of", "son-of": "child-of",
    "daughter-of": "child-of", "child": "child-of", "father-of": "parent-of",
    "mother-of": "parent-of", "parent": "parent-of", "son-in-law-of": "child-in-law-of",
    "daughter-in-law-of": "child-in-law-of",
}  # fmt: skip


class Family:
    """The kinship relations of an authority, read in both directions."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._kin: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._gender: dict[str, str | None] = {}
        for person in persons:
            if not person.relations:
                continue
            self._gender[person.id] = person.gender
            for relation in person.relations:
                name = _NAMES.get(relation.type, relation.type)
                if name in _INVERSE:
                    self._kin[relation.target, name].add(person.id)
                    self._kin[person.id, _INVERSE[name]].add(relation.target)

    def of(self, owner: str, kin: Kin) -> list[str]:
        """Ids of the `kin` of the person `owner`."""
        found = self._kin.get((owner, kin.relation), set())
        return sorted(
            p for p in found if not kin.gender or self._gender.get(p) in (None, kin.gender)
        )
