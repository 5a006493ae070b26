"""The engine that computes: the fastest that is installed, which for much is kgraph itself.

"kgraph" means numpy and scipy. Every measure gives the same numbers with every engine that
it has; tests hold them to it. Divisions into communities are the one thing that engines
make differently, so the engine that made one is told.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from kgraph.report import KgraphError

if TYPE_CHECKING:
    from kgraph.network.network import Network

Engine = Literal["auto", "kgraph", "igraph", "networkit", "networkx"]

MANY = 100_000
"""Ties from which on networkit is the faster for cores and communities, with its slow start."""


@cache
def available() -> tuple[str, ...]:
    """Engines that are installed."""
    others = (name for name in ("igraph", "networkit") if importlib.util.find_spec(name))
    return ("kgraph", *others, "networkx")


def choose(engine: Engine, *known: str) -> str:
    """The engine to use, of those that a measure has; "auto" is the first that is installed."""
    if engine == "auto":
        return next(name for name in known if name in available())
    if engine not in known:
        raise KgraphError(
            f"the engine {engine!r} does not have this measure", hint=f"one of {', '.join(known)}"
        )
    if engine not in available():
        raise KgraphError(
            f"the engine {engine!r} is not installed", hint="pip install 'kgraph[fast]'"
        )
    return engine


def as_igraph(network: Network) -> Any:
    """The ties as an igraph graph, weights in the edge attribute ``weight``. Made once."""
    made = network.__dict__.get("_igraph")
    if made is None:
        made = network.__dict__["_igraph"] = _igraph(network.size, *network.ends, directed=True)
    return made


def without_direction(network: Network) -> tuple[Any, Any]:
    """One edge a pair that is tied in either direction, weights summed, as an igraph graph, and
    which of its nodes each of the network's is: those with few ties come first, which igraph
    walks through faster. Made once."""
    made = network.__dict__.get("_without_direction")
    if made is None:
        import numpy as np

        s, t, w = undirected(network)
        n = network.size
        ties = np.bincount(s, minlength=n) + np.bincount(t, minlength=n)
        number = np.empty(n, np.int64)
        number[np.argsort(ties, kind="stable")] = np.arange(n)
        low, high = np.minimum(number[s], number[t]), np.maximum(number[s], number[t])
        order = np.lexsort((high, low))
        graph = _igraph(n, low[order], high[order], w[order], directed=False)
        made = network.__dict__["_without_direction"] = graph, number
    return made


def _igraph(n: int, s: Any, t: Any, w: Any, directed: bool) -> Any:
    import igraph
    import numpy as np

    # lists: igraph takes an array apart number by number, eight times as slowly
    graph = igraph.Graph(n=n, edges=np.column_stack([s, t]).tolist(), directed=directed)
    graph.es["weight"] = w.tolist()
    return graph


def as_networkit(network: Network) -> tuple[Any, Any]:
    """The ties without direction as a networkit graph, weights summed, and which of its nodes each
    of the network's is: those with most ties come first, and so do everybody's neighbours, which
    networkit divides into communities faster. Made once."""
    kept: tuple[Any, Any] | None = network.__dict__.get("_networkit")
    if kept is None:
        import networkit
        import numpy as np

        s, t, w = undirected(network)
        n = network.size
        ties = np.bincount(s, minlength=n) + np.bincount(t, minlength=n)
        number = np.empty(n, np.int64)
        number[np.argsort(-ties, kind="stable")] = np.arange(n)
        columns = (w, (number[s], number[t]))
        graph = networkit.GraphFromCoo(columns, n=n, weighted=True, directed=False)
        graph.sortEdges()
        kept = network.__dict__["_networkit"] = graph, number
    return kept


def on_processors(count: int, work: Callable[[], object]) -> None:
    """`work` done by networkit on so many processors, in a thread of its own: how many networkit
    takes is a thread's own affair, and so is its chance."""
    import networkit

    failed: list[BaseException] = []

    def run() -> None:
        try:
            networkit.setNumberOfThreads(count)
            work()
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def as_networkx(network: Network, directed: bool = True) -> Any:
    """The ties as a networkx graph of node numbers; without direction weights are summed."""
    import networkx as nx

    s, t, w = network.ends if directed else undirected(network)
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(network.size))
    graph.add_weighted_edges_from(zip(s.tolist(), t.tolist(), w.tolist(), strict=True))
    return graph


def undirected(network: Network) -> tuple[Any, Any, Any]:
    """Each tied pair once (lower number first), with the weights of both directions. Made once."""
    made = network.__dict__.get("_undirected")
    if made is None:
        from scipy import sparse

        both = sparse.triu(network.matrix + network.back, k=1).tocoo()
        made = network.__dict__["_undirected"] = both.row, both.col, both.data
    return made
