"""Which country "my country" is, whose "your family", and which town "the capital": told by who
writes to whom, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kgraph.authorities.gazetteer.states import adjective
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.resolution.writer import ADDRESSED, WRITTEN, Standing, quoted
from kgraph.model import Mention

_MINE = re.compile(r"(?:my|our) (?:own )?country")
_YOURS = re.compile(r"your (?:own )?country")
_FAMILY = re.compile(r"your (?:entire |whole )?family")
_CAPITAL = re.compile(r"the (?:(?P<whose>.+) )?capital")


def place_named(mention: Mention, standing: Standing, text: str) -> tuple[str, str] | None:
    """The name of the place that a description means, with the reason; None for any other words."""
    low = fold(mention.text)
    if _MINE.fullmatch(low) or _YOURS.fullmatch(low):
        mine = _MINE.fullmatch(low) is not None
        state, forms = (standing.writer, WRITTEN) if mine else (standing.to, ADDRESSED)
        if state is None or standing.form not in forms or quoted(text, mention.start):
            return None
        if not mine and standing.writer is not None and standing.writer.key == state.key:
            return None
        return state.name, "the writer's own" if mine else "the addressee's own"
    found = _CAPITAL.fullmatch(low)
    if found is None:
        return None
    if found["whose"] is None:
        host, town = standing.host, standing.town
        told = standing.posted and host is not None and town in host.capitals
        return (town, "where the writer is posted") if told and town else None
    whose = adjective(found["whose"])
    state = whose.in_year(standing.year) if whose is not None else None
    if state is None or len(state.capitals) != 1:
        return None
    return state.capitals[0], "names its state"


def family_named(
    words: str, addressees: Iterable[str], label_of: Callable[[str], str]
) -> str | None:
    """The name of the family of the one person written to: "your entire family"."""
    persons = {a for a in addressees if a.startswith("person/")}
    if len(persons) != 1 or _FAMILY.fullmatch(fold(words)) is None:
        return None
    surname = label_of(persons.pop()).split(" ")[-1]
    return f"{surname} family" if surname else None
