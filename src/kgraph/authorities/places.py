"""Places by their names, former names and foreign spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kgraph.authorities.spellings import fold
from kgraph.model import PlaceEntry

_TRIM = re.compile(r"^(?:the|at|in|near) |[.,;:\[\]()\"]")


def place_key(name: str) -> str:
    """The key under which spellings of one place meet.

    >>> place_key("The U.S.S.R.") == place_key("USSR")
    True
    """
    return " ".join(_TRIM.sub("", fold(name)).split())


class PlaceIndex:
    """Places by `place_key`; the wider of two places of one name is preferred, as
    "Washington" without more is where most letters are written."""

    def __init__(self, places: Iterable[PlaceEntry]) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        for place in places:
            for form in (place.label, *place.variants):
                key = place_key(form)
                if place.id not in found[key]:
                    found[key].append(place.id)
        self._one = {key: ids[0] for key, ids in found.items() if len(ids) == 1}

    def find(self, name: str) -> str | None:
        """Id of the place called `name` ("Moscow", "Washington, D.C."), None if unknown."""
        key = place_key(name)
        if key in self._one:
            return self._one[key]
        head = name.split(",")[0]
        return self._one.get(place_key(head)) if head != name else None
