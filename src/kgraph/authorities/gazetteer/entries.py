"""Places and bodies that the gazetteer names and the authority has no entry of its own for.

An entry is made when a name is first linked to it, so that a graph holds only what its
sources speak of. Degrees are those of Natural Earth.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from kgraph import iris
from kgraph.authorities.gazetteer.states import SOURCE, states
from kgraph.authorities.names.spellings import fold
from kgraph.model import Body, PlaceEntry
from kgraph.shipped import folder

SEVERAL = frozenset(
    (
        "Georgia", "Georgetown", "Kingston", "Newport", "Windsor", "Salisbury", "Brest", "San Jose", "San Juan", "Alexandria",
        "Vatican City", "Palestine", "GVN", "GRC", "Virginia", "Santiago", "Tripoli", "Nice", "Hue", "Florence",
    )
)  # fmt: skip
"""Names of more than one well-known place, or of a person or a word: a name alone does not tell."""
_SIDE = re.compile(r"^([a-z]+): ")


def _lines(name: str) -> list[list[str]]:
    text = (folder("data") / "gazetteer" / name).read_text("utf-8")
    return [
        [form.strip() for form in line.split("|")]
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]


@cache
def places() -> tuple[PlaceEntry, ...]:
    """Countries, cities, waters and regions; those that share their name with another place are left out."""
    text = (folder("data") / "gazetteer" / "coordinates.csv").read_text("utf-8")
    rows = csv.DictReader((n for n in text.splitlines() if n[0] != "#"), delimiter=";")
    at = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in rows}
    within = {
        city: f"place/{iris.slug(state.name)}"
        for state in states()
        for city in state.capitals
        if city != state.name
    }
    found = []
    for label, *variants in (
        *_lines("countries.txt"),
        *_lines("cities.txt"),
        *_lines("regions.txt"),
    ):
        if label in SEVERAL:
            continue
        lat, lon = at.get(label, (None, None))
        found.append(
            PlaceEntry(
                id=f"place/{iris.slug(label)}",
                label=label,
                variants=tuple(v for v in variants if v not in SEVERAL),
                lat=lat,
                lon=lon,
                within=within.get(label),
                source=SOURCE,
            )
        )
    return tuple(found)


@cache
def towns() -> dict[str, str]:
    """Towns where posts may be, in capitals or not: each spelling, folded, and the usual one."""
    lines = (*_lines("cities.txt"), *_lines("posts.txt"))
    return {fold(form): forms[0] for forms in lines for form in forms}


@cache
def bodies() -> tuple[Body, ...]:
    """Bodies of states and among states, under the names that only they have."""
    found = []
    for label, *variants in _lines("organisations.txt"):
        side = _SIDE.match(label)
        label = _SIDE.sub("", label)
        found.append(
            Body(
                id=f"body/{iris.slug(label)}",
                label=label,
                variants=tuple(variants),
                side=side[1] if side else None,
                source=SOURCE,
            )
        )
    return tuple(found)
