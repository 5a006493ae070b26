"""Mentions that take their person from what stands beside them, and couples."""

from __future__ import annotations

import re

import msgspec

from kgraph.authorities.persons.candidates import Query
from kgraph.authorities.persons.kinship import Family, Kin
from kgraph.authorities.resolution.volume_lists import ListedPersons
from kgraph.model import Mention

_PLURAL = re.compile(r"^[Tt]he ([A-Z]\w{3,})s$")
_SPOUSE = Kin("spouse-of", None, "")


def beside(done: list[Mention], text: str) -> list[Mention]:
    """Descriptions in apposition take the id of the name beside them: "the widow, Iris
    Pell", "A. Pell, Minister of War"; not so in a row of persons."""
    people = [m for m in done if m.type == "person" and m.start is not None and m.end is not None]
    begins = {m.start: m for m in people if m.form != "description"}
    ends = {m.end: m for m in people if m.form != "description"}
    every = {m.start for m in people}
    outer: dict[int, int] = {}
    for m in people:
        if m.form == "description":
            outer[m.end or 0] = min(m.start or 0, outer.get(m.end or 0, m.start or 0))
    for i, mention in enumerate(done):
        start, end = mention.start, mention.end
        if mention.type != "person" or mention.form != "description" or mention.id or start is None or end is None:  # fmt: skip
            continue
        if mention.text.startswith(("Mr", "mr")) or outer.get(end) != start:
            continue
        after = next((begins[end + gap] for gap in (1, 2) if end + gap in begins), None)
        before = next((ends[start - gap] for gap in (1, 2) if start - gap in ends), None)
        if before and text and text[end : end + 1] not in ("", ",", ".", ";", ")", "\n"):
            before = None  # "Pell, The President Wants to Know"
        other = after or before
        if other is None or not other.id or (mention.reasons and not any(other.id in r for r in mention.reasons)):  # fmt: skip
            continue
        stop = (other.end if after else end) or 0
        if any(stop + gap in every for gap in (2, 5, 6)):  # ", ", " and ", ", and "
            continue
        done[i] = msgspec.structs.replace(
            mention, id=other.id, probability=min(0.95, other.probability or 0.95),
            reasons=("stands beside the name",),
        )  # fmt: skip
    return done


def couple(
    mention: Mention, done: list[Mention], listed: ListedPersons, family: Family
) -> list[Mention]:
    """Husband and wife for "the Khrushchevs": fills the mention and adds one beside it."""
    found = _PLURAL.match(mention.text)
    if not found:
        return []
    scored = listed.scores(Query(name=found[1]))
    for id, _, _ in sorted(scored, key=lambda s: -s[1]):
        spouses = [p for p in family.of(id, _SPOUSE) if any(p == s[0] for s in scored)]
        if len(spouses) == 1:
            pair = [
                msgspec.structs.replace(
                    mention, id=p, probability=0.92, certainty="inferred", reasons=("a couple",)
                )
                for p in sorted((id, spouses[0]))
            ]
            done[done.index(mention)] = pair[0]
            return pair[1:]
    return []


def fullness(mention: Mention) -> int:
    """2 for names of several words, 1 for single ones, 0 for descriptions."""
    if mention.form == "description" or mention.type != "person":
        return 0
    words = (mention.core or mention.text).replace(".", ". ").split()
    return 2 if len(words) > 1 else 1
