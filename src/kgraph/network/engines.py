"""The engine that computes: igraph where it is installed, else scipy and networkx.

Every measure gives the same numbers with either; tests hold them to it.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from kgraph.report import KgraphError

if TYPE_CHECKING:
    from kgraph.network.network import Network

Engine = Literal["auto", "igraph", "networkx"]


@cache
def available() -> tuple[str, ...]:
    """Engines that are installed, the fastest first."""
    return (("igraph",) if importlib.util.find_spec("igraph") else ()) + ("networkx",)


def choose(engine: Engine) -> str:
    """The engine to use; "auto" is the fastest that is installed."""
    if engine == "auto":
        return available()[0]
    if engine not in available():
        raise KgraphError(
            f"the engine {engine!r} is not installed", hint="pip install 'kgraph[fast]'"
        )
    return engine


def as_igraph(network: Network, directed: bool = True) -> Any:
    """The ties as an igraph graph, weights in the edge attribute ``weight``.

    Undirected: one edge a pair that is tied in either direction, weights summed. Made
    once for each network.
    """
    made: dict[bool, Any] = network.__dict__.setdefault("_igraph", {})
    if directed not in made:
        made[directed] = _igraph(network, directed)
    return made[directed]


def _igraph(network: Network, directed: bool) -> Any:
    import igraph

    if directed:
        s, t, w = network.ends
    else:
        s, t, w = undirected(network)
    import numpy as np

    graph = igraph.Graph(n=network.size, edges=np.column_stack([s, t]), directed=directed)
    graph.es["weight"] = w
    return graph


def as_networkx(network: Network, directed: bool = True) -> Any:
    """The ties as a networkx graph of node numbers, as `as_igraph`."""
    import networkx as nx

    s, t, w = network.ends if directed else undirected(network)
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(network.size))
    graph.add_weighted_edges_from(zip(s.tolist(), t.tolist(), w.tolist(), strict=True))
    return graph


def undirected(network: Network) -> tuple[Any, Any, Any]:
    """Each tied pair once (lower number first), with the weights of both directions."""
    from scipy import sparse

    both = sparse.triu(network.matrix + network.matrix.T, k=1).tocoo()
    return both.row, both.col, both.data
