"""Named routes of messages, told by the persons who carried on them."""

from __future__ import annotations

import re
from functools import cache

import msgspec
import yaml

from kgraph import shipped
from kgraph.extract.legs.passages import Passage
from kgraph.model import Party


def route_of(
    passage: Passage, givers: list[Party], takers: list[Party], other: str | None
) -> str | None:
    """The named route that the parties of a leg stand for, or `other`."""
    for route in _routes():
        wanted = [*givers, *(takers if route.receives else [])]
        if any(_is_named(p, route.persons) for p in wanted):
            if (
                route.company
                and not re.search("|".join(map(re.escape, route.company)), passage.text)
                and not any(
                    p is not None and _is_named(p, route.company)
                    for p in (passage.sender, passage.addressee)
                )
            ):
                continue
            if route.channel == "kissinger-dobrynin" and not any(
                _is_named(p, route.company) for p in [*givers, *takers]
            ):
                continue
            return route.channel
    return other


class _Route(msgspec.Struct, frozen=True):
    channel: str
    persons: tuple[str, ...]
    company: tuple[str, ...] = ()
    receives: bool = False


@cache
def _routes() -> tuple[_Route, ...]:
    """Named routes and their persons, from ``data/authorities/routes.yaml``."""
    path = shipped.folder("data") / "authorities" / "routes.yaml"
    rows = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
    return tuple(
        _Route(
            row["channel"],
            tuple(row["persons"]),
            tuple(row.get("with", ())),
            bool(row.get("receives")),
        )
        for row in rows
    )


def _is_named(party: Party, persons: tuple[str, ...]) -> bool:
    name = party.name.removeprefix("the ")
    for person in persons:
        known = person.removeprefix("the ")
        if name == known or (" " not in known and name.split()[-1:] == [known]):
            return True
    return False
