"""The communication network: who wrote to whom, through whom, how fast, and how surely."""

from kgraph.network.gathering import Gatherer, from_records
from kgraph.network.tables import EdgeTables

__all__ = ["EdgeTables", "Gatherer", "from_records"]
