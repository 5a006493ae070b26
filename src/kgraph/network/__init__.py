"""The communication network: who wrote to whom, through whom, how fast, and how surely."""

from kgraph.network.gathering import Gatherer, from_records
from kgraph.network.network import Network, from_networkx, load, load_network, network_of
from kgraph.network.selection import Selection
from kgraph.network.tables import EdgeTables

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
