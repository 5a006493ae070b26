"""Items on the disk between two steps of a build."""

from __future__ import annotations

from typing import Any, get_args

from kgraph.authorities import Trace
from kgraph.model import Archive, Body, Item, Person, PlaceEntry, Publication
from kgraph.packed import Packing

Kept = Item | Trace
ENTRIES: tuple[type[Any], ...] = (Person, Body, PlaceEntry, Archive, Publication)
"""What an authority list is made of."""

_PACKING = Packing((*get_args(Item), Trace))
write = _PACKING.write
read = _PACKING.read
