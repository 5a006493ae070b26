"""kgraph behind networkx's own dispatch: ``nx.pagerank(G, backend="kgraph")``.

Installed as the entry point ``networkx.backends``. A networkx graph is turned into columns
once (networkx keeps them with the graph) and measured by `kgraph.network`; the results are
those of networkx. `dispatched` gives a `Network` in this form without a detour.

What kgraph cannot do as networkx does (a weight as distance, personalization, loops where
they would count) it refuses, and networkx takes the next backend or its own way. Small
graphs are refused too unless kgraph is named: see ``nx.config.backends.kgraph.from_edges``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
import polars as pl

from kgraph.network import centrality, cohesion, communities, holes, triads
from kgraph.network.network import Floats, Ints, Network, from_arrays
from kgraph.networkx_backend import FUNCTIONS


class Graph:
    """A graph as networkx dispatches it: names of nodes, ends of ties, weights by attribute.

    Without direction every tie stands in both; `loops` counts ties to oneself, which the
    measures leave out. `plain` is the networkx graph that it was made from.
    """

    __networkx_backend__ = "kgraph"

    def __init__(self, plain: Any, names: list[Any]) -> None:
        self.plain = plain
        self.names = names
        self.values: dict[str, list[Any]] = {}
        self._networks: dict[str | None, Network] = {}

    def is_directed(self) -> bool:
        """As of a networkx graph."""
        return bool(self.plain.is_directed())

    def is_multigraph(self) -> bool:
        """As of a networkx graph."""
        return bool(self.plain.is_multigraph())

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.names)

    def number_of_nodes(self) -> int:
        """As of a networkx graph."""
        return len(self.names)

    def number_of_edges(self) -> int:
        """As of a networkx graph."""
        return int(self.plain.number_of_edges())

    @cached_property
    def loops(self) -> int:
        """Ties from a node to itself."""
        return int(nx.number_of_selfloops(self.plain))

    @cached_property
    def _ends(self) -> Ints:
        place = dict(zip(self.names, range(len(self.names)), strict=True))
        ends = (place[x] for edge in self.plain.edges() for x in edge)
        return np.fromiter(ends, np.int64).reshape(-1, 2)

    def network(self, weight: str | None = None, missing: float = 1) -> Network:
        """The ties as a network, weighted by an attribute (None: 1 an edge)."""
        if weight not in self._networks:
            s, t = self._ends.T
            w = np.ones(len(s))
            if weight is not None:
                given = self.plain.edges(data=weight)
                w = np.array([missing if x is None else x for *_, x in given], dtype=float)
            if not self.is_directed():
                s, t, w = np.append(s, t), np.append(t, s), np.append(w, w)
            self._networks[weight] = from_arrays(len(self.names), s, t, w)
        return self._networks[weight]

    def by_name(self, numbers: Floats | Ints) -> dict[Any, Any]:
        """A number a node, as networkx gives them."""
        return dict(zip(self.names, numbers.tolist(), strict=True))

    def groups(self, member: Ints) -> list[set[Any]]:
        """The sets of names that share a number."""
        made: list[set[Any]] = [set() for _ in range(int(member.max(initial=-1)) + 1)]
        for name, k in zip(self.names, member.tolist(), strict=True):
            made[k].add(name)
        return made


class OfNetwork(Graph):
    """A `Network` as networkx dispatches it, nodes by their ids, without a detour."""

    def __init__(self, network: Network) -> None:
        super().__init__(None, network.ids)
        self._of = network
        for column in ("label", "kind", "side"):
            self.values[column] = network.nodes[column].to_list()
        self._networks["weight"] = network
        ones = network.ties.with_columns(weight=pl.lit(1.0))
        self._networks[None] = network.part(ones)

    @cached_property
    def plain(self) -> Any:
        """The networkx graph, one edge a pair, made when it is needed."""
        return self._of.to_networkx(parallel=False)

    def is_directed(self) -> bool:
        """Letters lead from one to another."""
        return True

    def is_multigraph(self) -> bool:
        """Letters of a pair are added up."""
        return False

    def number_of_edges(self) -> int:
        """Tied pairs."""
        return len(self._of.ends[0])

    loops = 0


def dispatched(network: Network) -> Graph:
    """A `Network` as networkx dispatches it: `nx.pagerank(dispatched(network))`."""
    return OfNetwork(network)


def convert_from_nx(
    graph: Any,
    edge_attrs: dict[str, Any] | None = None,
    node_attrs: dict[str, Any] | None = None,
    **_: Any,
) -> Graph:
    """A networkx graph in columns."""
    if isinstance(graph, Graph):
        return graph
    made = Graph(graph, list(graph))
    made.network()
    for attribute, missing in (edge_attrs or {}).items():
        made.network(attribute, 1 if missing is None else missing)
    for attribute, missing in (node_attrs or {}).items():
        made.values[attribute] = [d.get(attribute, missing) for _, d in graph.nodes(data=True)]
    return made


def convert_to_nx(result: Any, **_: Any) -> Any:
    """Results are those of networkx already; of a `Graph` its networkx graph."""
    return result.plain if isinstance(result, Graph) else result


def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
    """Whether kgraph does this as networkx does; else why not."""
    if name not in FUNCTIONS:
        return "kgraph does not have it"
    given = dict(kwargs)
    graph = args[0] if args else given.pop("G", None)
    more = dict(zip(_NAMES.get(name, ()), args[1:], strict=False)) | given
    for option in _REFUSED.get(name, ()):
        if more.get(option) is not None and more[option] is not False:
            return f"kgraph does not take {option}"
    if name == "hits" and not more.get("normalized", True):
        return "kgraph normalizes"
    if name == "hits" and more.get("max_iter", 100) < 100:
        return "kgraph counts steps otherwise"
    if name in _ONE_A_PAIR and graph.is_multigraph():
        return "parallel edges"
    if name == "core_number" and graph.is_directed():
        return "cores of directed graphs are counted otherwise"
    if name in _WITHOUT_LOOPS and _loops(graph):
        return "there are loops"
    return True


def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
    """Whether it pays: turning a small graph into columns takes longer than measuring it."""
    graph: Any = args[0] if args else kwargs.get("G")
    least: int = nx.config.backends["kgraph"].from_edges
    few = not isinstance(graph, Graph) and graph.number_of_edges() < least
    return f"fewer than {least} edges" if few else True


_NAMES: dict[str, tuple[str, ...]] = {
    "pagerank": ("alpha", "personalization", "max_iter", "tol", "nstart", "weight", "dangling"),
    "hits": ("max_iter", "tol", "nstart", "normalized"),
    "betweenness_centrality": ("k", "normalized", "weight", "endpoints", "seed"),
    "closeness_centrality": ("u", "distance", "wf_improved"),
    "constraint": ("nodes", "weight"),
    "triadic_census": ("nodelist",),
    "attribute_assortativity_coefficient": ("attribute", "nodes"),
    "leiden_communities": ("weight", "resolution", "max_level", "seed"),
}
_REFUSED: dict[str, tuple[str, ...]] = {
    "pagerank": ("personalization", "nstart", "dangling"),
    "hits": ("nstart",),
    "betweenness_centrality": ("k", "weight", "endpoints"),
    "closeness_centrality": ("u", "distance"),
    "constraint": ("nodes",),
    "triadic_census": ("nodelist",),
    "attribute_assortativity_coefficient": ("nodes",),
    "leiden_communities": ("max_level",),
}
_ONE_A_PAIR = frozenset({
    "constraint", "core_number", "overall_reciprocity", "triadic_census",
    "attribute_assortativity_coefficient",
})  # fmt: skip
_WITHOUT_LOOPS = frozenset({
    "pagerank", "hits", "constraint", "core_number", "overall_reciprocity", "triadic_census",
    "attribute_assortativity_coefficient", "leiden_communities",
})  # fmt: skip


def _loops(graph: Any) -> int:
    return graph.loops if isinstance(graph, Graph) else int(nx.number_of_selfloops(graph))


def pagerank(
    G: Graph,
    alpha: float = 0.85,
    personalization: None = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: None = None,
    weight: str | None = "weight",
    dangling: None = None,
) -> dict[Any, float]:
    """As `networkx.pagerank`, settled when it is by networkx's measure."""
    if not len(G):
        return {}
    made = centrality.pagerank_steps(G.network(weight), alpha, len(G) * tol, max_iter)
    if made is None:
        raise nx.PowerIterationFailedConvergence(max_iter)
    return G.by_name(made)


def hits(
    G: Graph, max_iter: int = 100, tol: float = 1.0e-8, nstart: None = None, normalized: bool = True
) -> tuple[dict[Any, float], dict[Any, float]]:
    """As `networkx.hits`, normalized."""
    if not len(G):
        return {}, {}
    hubs, authorities = centrality.hits(G.network("weight"))
    return G.by_name(hubs), G.by_name(authorities)


def betweenness_centrality(
    G: Graph,
    k: None = None,
    normalized: bool = True,
    weight: None = None,
    endpoints: bool = False,
    seed: Any = None,
) -> dict[Any, float]:
    """As `networkx.betweenness_centrality`."""
    n = len(G)
    found = centrality.betweenness(G.network())
    if not normalized and n > 2:
        found = found * ((n - 1) * (n - 2)) / (1 if G.is_directed() else 2)
    return G.by_name(found)


def closeness_centrality(
    G: Graph, u: None = None, distance: None = None, wf_improved: bool = True
) -> dict[Any, float]:
    """As `networkx.closeness_centrality`: in a directed graph of those who reach a node."""
    reached, total = centrality.steps_to(G.network(), "in")
    near = np.divide(reached, total, out=np.zeros(len(G)), where=total > 0)
    if wf_improved and len(G) > 1:
        near *= reached / (len(G) - 1)
    return G.by_name(near)


def constraint(G: Graph, nodes: None = None, weight: str | None = None) -> dict[Any, float]:
    """As `networkx.constraint`."""
    return G.by_name(holes.constraint(G.network(weight)))


def core_number(G: Graph) -> dict[Any, int]:
    """As `networkx.core_number` of a graph without direction."""
    return G.by_name(cohesion.core(G.network()))


def overall_reciprocity(G: Graph) -> float:
    """As `networkx.overall_reciprocity`."""
    found = cohesion.reciprocity(G.network())
    if found is None:
        raise nx.NetworkXError("Not defined for empty graphs")
    return found if G.is_directed() else 0.0


def triadic_census(G: Graph, nodelist: None = None) -> dict[str, int]:
    """As `networkx.triadic_census`."""
    return triads.census(G.network())


def attribute_assortativity_coefficient(G: Graph, attribute: str, nodes: None = None) -> float:
    """As `networkx.attribute_assortativity_coefficient`: None is a value like others."""
    values = G.values.get(attribute)
    if values is None:
        values = [d.get(attribute) for _, d in G.plain.nodes(data=True)]
    number: dict[Any, int] = {}
    codes = [str(number.setdefault(v, len(number))) for v in values]
    marked = G.network().marked("group", pl.Series(codes, dtype=pl.String))
    found = cohesion.assortativity(marked, "group", weighted=False)
    return float("nan") if found is None else found


def connected_components(G: Graph) -> Iterator[set[Any]]:
    """As `networkx.connected_components`, the largest first."""
    yield from G.groups(cohesion.components(G.network()).weak)


def weakly_connected_components(G: Graph) -> Iterator[set[Any]]:
    """As `networkx.weakly_connected_components`, the largest first."""
    yield from G.groups(cohesion.components(G.network()).weak)


def strongly_connected_components(G: Graph) -> Iterator[set[Any]]:
    """As `networkx.strongly_connected_components`, the largest first."""
    yield from G.groups(cohesion.components(G.network()).strong)


def leiden_communities(
    G: Graph,
    weight: str | None = "weight",
    resolution: float = 1,
    max_level: None = None,
    seed: Any = None,
) -> list[set[Any]]:
    """As `networkx.community.leiden_communities`, which networkx leaves to backends."""
    chosen = int(nx.utils.create_py_random_state(seed).randrange(2**31)) if seed else 0
    return G.groups(
        communities.communities(G.network(weight), resolution, seeds=1, first=chosen).member
    )
