"""Towns whose name alone does not tell which place is meant, but the state that a document speaks of does."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from kgraph import iris
from kgraph.authorities.gazetteer.states import SOURCE, State, named
from kgraph.authorities.names.spellings import fold
from kgraph.model import Mention, PlaceEntry
from kgraph.shipped import folder


@cache
def _towns() -> dict[str, list[tuple[str, PlaceEntry]]]:
    """The towns of each name, folded, with the keys of their states."""
    text = (folder("data") / "gazetteer" / "namesakes.csv").read_text("utf-8")
    found: dict[str, list[tuple[str, PlaceEntry]]] = defaultdict(list)
    for row in csv.DictReader((n for n in text.splitlines() if n[0] != "#"), delimiter=";"):
        state = named(row["state"])
        if state is None:
            raise ValueError(f"namesakes.csv: there is no state {row['state']!r} in states.csv")
        entry = PlaceEntry(
            id=f"place/{iris.slug(row['label'])}", label=row["label"], lat=float(row["lat"]),
            lon=float(row["lon"]), within=f"place/{iris.slug(state.name)}", source=SOURCE,
        )  # fmt: skip
        found[fold(row["name"])].append((state.key, entry))
    return dict(found)


def town_in(name: str, lands: frozenset[str]) -> PlaceEntry | None:
    """The one town of that name in the states (`State.key`) that a document speaks of.

    >>> town_in("TRIPOLI", frozenset(("libyan", "french"))).id
    'place/tripoli'
    >>> town_in("Tripoli", frozenset(("libyan", "lebanese"))), town_in("Tripoli", frozenset())
    (None, None)
    """
    found = [entry for key, entry in _towns().get(fold(name), ()) if key in lands]
    return found[0] if len(found) == 1 else None


def lands_of(mentions: Iterable[Mention], states: Iterable[State | None]) -> frozenset[str]:
    """Keys of the states that mentions of places name, and of those given."""
    told = (named(m.core or m.text) for m in mentions if m.type == "place")
    return frozenset(state.key for state in (*told, *states) if state is not None)
