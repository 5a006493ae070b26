"""Whom a name in a record means: the source's list first, then the authority.

Scores of names alone are kept for the decade; office, company and what was met before in
the source are weighed anew in each record.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeVar

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.names import parse
from kgraph.authorities.names.comparing import sound
from kgraph.authorities.names.spelled import female_title
from kgraph.authorities.names.spellings import fold, given_like
from kgraph.authorities.offices import describe
from kgraph.authorities.persons.candidates import AS_PRINTED, Query, Scored, decide
from kgraph.authorities.persons.kinship import Kin
from kgraph.authorities.resolution.described import RANKS, Descriptions
from kgraph.authorities.resolution.volume_lists import ListedPersons
from kgraph.authorities.setting import Found, Setting, shifted
from kgraph.model import Mention, Party

SOMEBODY_ELSE_IN_TEXT = 2.5
"""Score of "nobody known" for names in documents: lower than in lists of persons,
since most people whom a document names without introduction are well known."""

Named = TypeVar("Named", Party, Mention)

_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ich|ichna)$")
_WIFE = Kin("spouse-of", "female", "")
_ACRONYM = re.compile(r"^[A-Z]{2,4}$")


class Names:
    """Finds whom the names of one source mean."""

    def __init__(self, authority: Authority, listed: ListedPersons, threshold: float) -> None:
        self.authority = authority
        self.listed = listed
        self.threshold = threshold
        self.met: Counter[str] = Counter()
        self._memo: dict[tuple[object, ...], list[Scored]] = {}
        self.descriptions = Descriptions(authority, self.person)

    def person(self, name: str, role: str | None, setting: Setting) -> Found | None:
        """The likeliest person of that name, with probability and reasons; None for nobody."""
        first, last = setting.years
        decade = (first // 5 * 5 if first else None, (last // 5 * 5 + 4) if last else None)
        key = (name, role, decade)
        scored = self._memo.get(key)
        if scored is None:
            query = Query(
                name=f"{female_title(role)}{name}", first=decade[0], last=decade[1], about=role
            )
            scored = self._memo[key] = self.listed.scores(query)
            if not scored and len(name.split()) <= 3:
                scored = self._memo[key] = self._by_given(name)
        if not scored:
            return self._initials(name, setting) if _ACRONYM.match(name) else None
        readings = parse(name)
        bare = not readings[0].given if readings else True
        read = describe(role) if role else None
        holders = self.descriptions.holders(read, setting) if read else []
        full = sum(1 for s in scored if AS_PRINTED in s[2])
        married: set[str] = set()
        if female_title(role):
            family = self.authority.family
            married = {w for p in setting.persons for w in family.of(p, _WIFE)}
        there = [id for id, _, _ in scored if id in setting.persons]
        plain = bare and name.istitle() and "Jr" not in name
        alone = plain and len(there) == 1 and not holders and not female_title(role)
        only = there[0] if alone else None
        adjusted = []
        for id, score, reasons in scored:
            why = list(reasons)
            company = setting.persons.get(id)
            if company:
                score += company * (1.8 if bare and company >= 3.0 else 1.0)
                score += 2.5 if id == only else 0.0  # the only one of that name who is there
                why.append("named in the same document")
            listed = "in the source's list of persons" in why
            if bare and listed:
                score += 3.0
            elif not listed and not sound(why):
                score -= 1.5  # what is not in its list, a source spells as it means it
            if holders:
                if id in holders:
                    score += 4.0
                    why.append("held that office at the date")
                elif bare:
                    score -= 2.0
            elif bare:
                score += self._rank(id, setting)
            if not bare and len(readings[0].given[0]) > 2 and AS_PRINTED in why and full == 1:
                score += 0.7
                why.append("nobody else is so called")
            if married and id in married:
                score += 1.5
                why.append("wife of a person of the document")
            met = self.met.get(id, 0)
            if met:
                score += min(1.5, 0.4 * met**0.5)
            adjusted.append((id, score, tuple(why)))
        best = decide(adjusted, SOMEBODY_ELSE_IN_TEXT)[0]
        return Found(best.id, best.probability, best.reasons)

    def _initials(self, letters: str, setting: Setting) -> Found | None:
        """The one person met in this source whose initials are `letters` ("JFK")."""
        found = {
            id
            for id in (*setting.persons, *self.met)
            if (known := self.authority.person_index.by_id.get(id))
            and any(
                "".join(w[0] for w in (*n.given, n.surname)).upper() == letters
                for n in known.names
                if n.given
            )
        }
        if len(found) == 1:
            return Found(found.pop(), 0.92, ("initials of a person of this source",))
        return None

    def _by_given(self, name: str) -> list[Scored]:
        """Persons called by given name and patronymic ("Nikita Sergeevich")."""
        words = fold(name).replace(".", " ").split()
        if not words:
            return []
        patronymic = len(words) == 2 and bool(_PATRONYMIC.search(words[1]))
        if not patronymic:
            return []
        found: dict[str, Scored] = {}
        for known in self.authority.person_index.called(words[0]):
            for n in known.names:
                if len(n.given) > 1 and given_like(words[0], n.given[0]) >= 0.9:
                    second = given_like(words[1], n.given[1])
                    if second >= 0.6:
                        score = 6.0 if second >= 0.9 else 3.5
                        why = ("given name and patronymic agree",)
                        if known.id not in found or found[known.id][1] < score:
                            found[known.id] = (known.id, score + known.weight, why)
        return list(found.values())

    def _rank(self, id: str, setting: Setting) -> float:
        if setting.first is None or setting.last is None:
            return 0.0
        return max(
            (
                RANKS.get(office, 0.8)
                for office, _, t in self.authority.offices.offices_of(id)
                if (t.first or "") <= shifted(setting.last, 60)
                and (t.last or "9") >= shifted(setting.first, -60)
            ),
            default=0.0,
        )

    def meet(self, id: str, setting: Setting, weight: float) -> None:
        """Notes that a person is there, `weight` telling how plainly."""
        setting.persons[id] = max(
            weight, setting.persons.get(id, 0.0), min(2.5, setting.persons.get(id, 0.0) + 0.5)
        )
        self.met[id] += 1
        known = self.authority.person_index.by_id.get(id)
        if known and known.side:
            setting.sides[known.side] += int(weight)

    def filled(
        self,
        named: Named,
        found: Found | None,
        setting: Setting,
        weight: float,
    ) -> Named:
        """`named` with the person found, or with the doubt among its reasons."""
        if found is None:
            return named
        id, probability = found[0], found[1]
        reasons: tuple[str, ...] = found[2]
        if probability >= self.threshold:
            self.meet(id, setting, weight)
            if isinstance(named, Mention) and named.start is not None:
                setting.places.append((named.start, id))
            return msgspec.structs.replace(
                named, id=id, probability=round(probability, 3), reasons=reasons
            )
        if probability < 0.2:
            return named
        doubt = (f"perhaps {id}, probability {probability:.2f}", *reasons)
        return msgspec.structs.replace(named, probability=round(probability, 3), reasons=doubt)
