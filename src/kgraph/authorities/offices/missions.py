"""Chiefs of American missions at a date: "the Ambassador in Moscow" in 1961, "the Minister in
Switzerland" in 1914.

Tenures come from the offices of the authority's persons, as the Office of the Historian
dates them (role and country). `missions.csv` names the countries and their capitals.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from kgraph.authorities.names.spellings import fold
from kgraph.authorities.offices import Tenure
from kgraph.model import Person

_RANKS = {
    "ambassador": ("ambassador-e-p",),
    "minister": ("envoy-extraordinary-minister-plenipotentiary", "minister-plenipotentiary",
                 "minister-resident", "minister-resident-consul-general"),
    "charge": ("charge-daffaires", "charge-daffaires-ad-interim"),
}  # fmt: skip
_ROLES = {role: rank for rank, roles in _RANKS.items() for role in roles}
_POSITION = re.compile(
    rf"position/(?P<role>{'|'.join(sorted(_ROLES, key=len, reverse=True))})-(?P<country>.+)"
)
_POST = re.compile(
    r"^(?:the |our |mr\.? )?(?:(?:american|united states|u\.s\.|us) )?"
    r"(?P<rank>ambassador|minister|charge)(?: d'affaires)?(?: ad interim)?(?: of the united states)?"
    r" (?:in|to|at) (?:the )?(?P<place>[\w' .-]+)$"
)


class Post(msgspec.Struct, frozen=True):
    """A mission's chief as described: rank ("ambassador", "minister", "charge") and country."""

    rank: str
    country: str


@lru_cache(maxsize=20_000)
def read_post(text: str) -> Post | None:
    """The American post that a description names, by country or capital; None for another.

    >>> read_post("the Ambassador in Moscow")
    Post(rank='ambassador', country='russia')
    >>> read_post("the British Ambassador in Moscow")
    """
    found = _POST.match(fold(text).strip(" .,"))
    country = _places().get(found["place"].removeprefix("the ")) if found else None
    return Post(found["rank"], country) if found and country else None


@cache
def _places() -> dict[str, str]:
    """Countries by their folded names and capitals."""
    path = Path(__file__).parent / "missions.csv"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {
        fold(name): row["country"]
        for row in csv.DictReader(lines, delimiter=";")
        for name in (*row["names"].split("|"), *row["capitals"].split("|"))
        if name
    }


class Missions:
    """Chiefs of mission by country and date, over one authority."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._tenures: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for person in persons:
            for office in person.offices:
                found = _POSITION.fullmatch(office.id) if office.id and office.from_ else None
                if found:
                    rank = _ROLES[found["role"]]
                    tenure = Tenure(person.id, office.from_, office.to)
                    self._tenures[rank, found["country"]].append(tenure)

    def holders(self, post: Post, first: str, last: str) -> list[str]:
        """Persons who held `post` at some time from `first` to `last` (ISO days)."""
        found = [
            t.person
            for t in self._tenures.get((post.rank, post.country), [])
            if (t.first or "")[:10] <= last and (t.last or "9")[:10] >= first
        ]
        return list(dict.fromkeys(found))
