"""Places by their names, former names and foreign spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from kgraph.authorities.names.spellings import fold
from kgraph.model import PlaceEntry

_TRIM = re.compile(r"^(?:the|at|in|near) |[.,;:\[\]()\"]")


@lru_cache(maxsize=50_000)
def place_key(name: str) -> str:
    """The key under which spellings of one place meet.

    >>> place_key("The U.S.S.R.") == place_key("USSR")
    True
    """
    return " ".join(_TRIM.sub("", fold(name)).split())


class PlaceIndex:
    """Places by `place_key`; the wider of two places of one name is preferred, as
    "Washington" without more is where most letters are written. `others` are places that
    the authority has no entry for; a name that both have means the authority's. An entry
    that is named so in some documents only (`only_in`) is found in them alone."""

    def __init__(self, places: Iterable[PlaceEntry], others: Iterable[PlaceEntry] = ()) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        self._local: dict[str, list[PlaceEntry]] = defaultdict(list)
        self.others: dict[str, PlaceEntry] = {}
        ids = set()
        for place in places:
            ids.add(place.id)
            for form in (place.label, *place.variants):
                key = place_key(form)
                if place.only_in:
                    self._local[key].append(place)
                elif place.id not in found[key]:
                    found[key].append(place.id)
        self._one = {key: ids[0] for key, ids in found.items() if len(ids) == 1}
        alias: dict[str, str] = {}
        for place in others:
            keys = [place_key(form) for form in (place.label, *place.variants)]
            same = next((self._one[key] for key in keys if key in self._one), None)
            if same is None and place.id in ids:
                same = place.id
            if same is None:
                self.others[place.id] = place
            else:
                alias[place.id] = same
            for key in keys:
                if key not in found:
                    self._one.setdefault(key, same or place.id)
        for id, place in self.others.items():
            if place.within in alias:
                self.others[id] = msgspec.structs.replace(place, within=alias[place.within])

    def find(self, name: str, record: str = "") -> str | None:
        """Id of the place called `name` ("Moscow", "Washington, D.C.") in a record, None if
        unknown."""
        key = place_key(name)
        for place in self._local.get(key, ()):
            if record.startswith(place.only_in):
                return place.id
        if key in self._one:
            return self._one[key]
        head = name.split(",")[0]
        return self._one.get(place_key(head)) if head != name else None
