"""The communication network: who wrote to whom, through whom, how fast, and how surely.

What needs networkx and scipy is imported when it is first asked for: a build
gathers edges and measures nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kgraph.network.gathering import Gatherer, from_records
from kgraph.network.selection import Selection
from kgraph.network.tables import EdgeTables

if TYPE_CHECKING:
    from kgraph.network.network import Network, from_networkx, load, load_network, network_of

__all__ = [
    "EdgeTables",
    "Gatherer",
    "Network",
    "Selection",
    "from_networkx",
    "from_records",
    "load",
    "load_network",
    "network_of",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("kgraph.network.network"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
