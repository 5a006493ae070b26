"""Items and findings on the disk, on their way from a reading process to the one that asked."""

from __future__ import annotations

from typing import get_args

from kgraph.model import Item
from kgraph.packed import Packing
from kgraph.report import Finding

_PACKING = Packing((Finding, *get_args(Item)))
write = _PACKING.write
read = _PACKING.read
