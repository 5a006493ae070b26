"""Measures side by side with networkx, igraph, rustworkx and networkit, in one run.

    python bench/network.py [--nodes 16000] [--ties 150000] [--slow]

An invented correspondence with few who write much is measured by each library that is
installed; the fastest of several runs counts. What is printed are seconds and, for
kgraph, the ratio to the fastest of the others. The time to build each library's graph
from the columns is a row of its own, and no part of the measures.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from kgraph.network import EdgeTables, Network, cohesion, communities, holes, network_of, triads
from kgraph.network import centrality as c
from kgraph.network import tables as edge_tables
from kgraph.network.tables import EDGES, NODES, conform


def invented(nodes: int, ties: int, seed: int = 0) -> EdgeTables:
    """Letters of `nodes` persons over about `ties` pairs, three letters a pair on average."""
    random = np.random.default_rng(seed)
    rank = 1 / np.arange(1, nodes + 1) ** 0.75
    rank /= rank.sum()
    s, t = (random.choice(nodes, int(ties * 1.4), p=rank) for _ in range(2))
    s, t = random.permutation(nodes)[s], random.permutation(nodes)[t]
    pairs = np.unique(np.column_stack([s, t])[s != t], axis=0)
    pairs = pairs[random.permutation(len(pairs))[:ties]]
    letters = np.repeat(pairs, random.integers(1, 6, len(pairs)), axis=0)
    ids = pl.Series("id", [f"person/{i}" for i in range(nodes)])
    edges = pl.DataFrame({
        "source": ids.gather(letters[:, 0]), "target": ids.gather(letters[:, 1]),
        "document": pl.Series(np.arange(len(letters))).cast(pl.String),
    }).with_columns(
        layer=pl.lit("wrote-to"), source_label=pl.col("source"), target_label=pl.col("target"),
        weight=pl.lit(1.0), share=pl.lit(1.0), status=pl.lit("extant"),
        date_earliest=pl.datetime(1960, 1, 1) + pl.duration(
            days=pl.Series(random.integers(0, 3000, len(letters)))
        ),
    )  # fmt: skip
    edges = edges.with_columns(date_latest="date_earliest")
    sides = np.array(["us", "soviet", "british", "french"])[random.integers(0, 4, nodes)]
    made = pl.DataFrame({"id": ids, "label": ids, "side": sides})
    return EdgeTables(edges=conform(edges, EDGES), nodes=conform(made, NODES))


def fastest(work: Callable[[], Any], runs: int = 3, enough: float = 5.0) -> tuple[float, Any]:
    """Least seconds of up to `runs`, fewer where one takes longer than `enough`."""
    best, value = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        value = work()
        spent = time.perf_counter() - start
        best = min(best, spent)
        if spent > enough:
            break
    return best, value


def library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def plain_ties(edges: pl.DataFrame) -> tuple[Any, Any, Any, int]:
    """Numbers and weights of ties from the edge table, as a script without kgraph would."""
    ids = pl.concat([edges["source"], edges["target"]]).unique().sort()
    kind = pl.Enum(ids)
    ties = (
        edges.lazy().select(pl.col("source", "target").cast(kind).to_physical(), "weight")
        .group_by("source", "target").agg(pl.col("weight").sum()).sort("source", "target")
        .collect()
    )  # fmt: skip
    columns = (ties[x].to_numpy() for x in ("source", "target", "weight"))
    s, t, w = columns
    return s.astype(np.int64), t.astype(np.int64), w, len(ids)


def graphs(edges: pl.DataFrame) -> dict[str, Callable[[], Any]]:
    """How each library builds its graph from the edge table."""
    made: dict[str, Callable[[], Any]] = {}
    if nx := library("networkx"):

        def of_networkx() -> Any:
            s, t, w, n = plain_ties(edges)
            graph = nx.DiGraph()
            graph.add_nodes_from(range(n))
            graph.add_weighted_edges_from(zip(s.tolist(), t.tolist(), w.tolist(), strict=True))
            return graph

        made["networkx"] = of_networkx
    if ig := library("igraph"):

        def of_igraph() -> Any:
            s, t, w, n = plain_ties(edges)
            graph = ig.Graph(n=n, edges=np.column_stack([s, t]), directed=True)
            graph.es["weight"] = w
            return graph

        made["igraph"] = of_igraph
    if rx := library("rustworkx"):

        def of_rustworkx() -> Any:
            s, t, w, n = plain_ties(edges)
            graph = rx.PyDiGraph()
            graph.add_nodes_from(range(n))
            graph.add_edges_from(list(zip(s.tolist(), t.tolist(), w.tolist(), strict=True)))
            return graph

        made["rustworkx"] = of_rustworkx
    if nk := library("networkit"):
        nk.setNumberOfThreads(2)

        def of_networkit() -> Any:
            s, t, w, n = plain_ties(edges)
            return nk.GraphFromCoo((w, (s, t)), n=n, weighted=True, directed=True)

        made["networkit"] = of_networkit
    return made


def measures(
    network: Network, g: dict[str, Any], slow: bool
) -> dict[str, dict[str, Callable[[], Any]]]:
    """Every measure with each library that has it."""
    nx, rx, nk = library("networkx"), library("rustworkx"), library("networkit")
    pivots = 100
    drawn = np.random.default_rng(0).choice(network.size, pivots, replace=False).tolist()
    rows: dict[str, dict[str, Callable[[], Any]]] = {
        "degree and strength": {"kgraph": lambda: (c.degree(network), c.strength(network))},
        "PageRank": {"kgraph": lambda: c.pagerank(network)},
        "HITS": {"kgraph": lambda: c.hits(network)},
        "reciprocity": {"kgraph": lambda: cohesion.reciprocity(network)},
        "components": {"kgraph": lambda: cohesion.components(network)},
        "core numbers": {"kgraph": lambda: cohesion.core(network)},
        "constraint": {"kgraph": lambda: holes.constraint(network)},
        "effective size": {"kgraph": lambda: holes.effective_size(network)},
        "Leiden, one seed": {"kgraph": lambda: communities.communities(network, seeds=1)},
        f"betweenness, {pivots} pivots": {"kgraph": lambda: c.sampled_betweenness(network, pivots)},
        f"closeness, {pivots} pivots": {"kgraph": lambda: c.sampled_closeness(network, pivots)},
        "triad census": {"kgraph": lambda: triads.census(network)},
    }
    if ig := g.get("igraph"):
        und = ig.as_undirected(combine_edges="sum")
        rows["degree and strength"]["igraph"] = lambda: (ig.degree(), ig.strength(weights="weight"))
        rows["PageRank"]["igraph"] = lambda: ig.pagerank(weights="weight")
        rows["HITS"]["igraph"] = lambda: (
            ig.hub_score(weights="weight"), ig.authority_score(weights="weight")
        )  # fmt: skip
        rows["reciprocity"]["igraph"] = ig.reciprocity
        rows["components"]["igraph"] = lambda: (
            ig.connected_components("weak"), ig.connected_components("strong")
        )  # fmt: skip
        rows["core numbers"]["igraph"] = und.coreness
        rows["constraint"]["igraph"] = lambda: ig.constraint(weights="weight")
        rows["Leiden, one seed"]["igraph"] = lambda: und.community_leiden(
            "modularity", weights="weight", n_iterations=2
        )
        rows[f"betweenness, {pivots} pivots"]["igraph"] = lambda: ig.betweenness(sources=drawn)
        rows[f"closeness, {pivots} pivots"]["igraph"] = lambda: ig.distances(target=drawn)
        rows["triad census"]["igraph"] = ig.triad_census
    if graph := g.get("rustworkx"):
        rows["degree and strength"]["rustworkx"] = lambda: [
            (graph.in_degree(i), graph.out_degree(i)) for i in range(network.size)
        ]
        rows["PageRank"]["rustworkx"] = lambda: rx.pagerank(graph, weight_fn=float)
        rows["HITS"]["rustworkx"] = lambda: rx.hits(graph, weight_fn=float)
        rows["components"]["rustworkx"] = lambda: (
            rx.weakly_connected_components(graph), rx.strongly_connected_components(graph)
        )  # fmt: skip
        rows["core numbers"]["rustworkx"] = lambda: rx.core_number(graph)
    if graph_k := g.get("networkit"):
        und_k = nk.graphtools.toUndirected(graph_k)
        und_k.removeMultiEdges()
        rows["degree and strength"]["networkit"] = lambda: nk.centrality.DegreeCentrality(
            graph_k
        ).run().scores()  # fmt: skip
        rows["PageRank"]["networkit"] = lambda: (
            nk.centrality.PageRank(graph_k, tol=1e-10).run().scores()
        )
        rows["components"]["networkit"] = lambda: (
            nk.components.WeaklyConnectedComponents(graph_k).run().getPartition(),
            nk.components.StronglyConnectedComponents(graph_k).run().getPartition(),
        )
        rows["core numbers"]["networkit"] = lambda: (
            nk.centrality.CoreDecomposition(und_k).run().scores()
        )
        rows["Leiden, one seed"]["networkit"] = lambda: (
            nk.community.ParallelLeiden(und_k).run().getPartition()
        )
        rows[f"betweenness, {pivots} pivots"]["networkit"] = lambda: nk.centrality.EstimateBetweenness(
            graph_k, pivots
        ).run().scores()  # fmt: skip
    if graph_n := g.get("networkx"):
        rows["degree and strength"]["networkx"] = lambda: (
            dict(graph_n.degree()), dict(graph_n.degree(weight="weight"))
        )  # fmt: skip
        rows["PageRank"]["networkx"] = lambda: nx.pagerank(graph_n, tol=1e-10)
        rows["HITS"]["networkx"] = lambda: nx.hits(graph_n)
        rows["reciprocity"]["networkx"] = lambda: nx.overall_reciprocity(graph_n)
        rows["components"]["networkx"] = lambda: (
            list(nx.weakly_connected_components(graph_n)),
            list(nx.strongly_connected_components(graph_n)),
        )
        rows["core numbers"]["networkx"] = lambda: nx.core_number(graph_n.to_undirected())
        if slow:
            rows[f"betweenness, {pivots} pivots"]["networkx"] = lambda: nx.betweenness_centrality(
                graph_n, k=pivots, seed=0
            )
            rows["triad census"]["networkx"] = lambda: nx.triadic_census(graph_n)
    return rows


def main() -> None:
    """Run all and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, default=16_000)
    parser.add_argument("--ties", type=int, default=150_000)
    parser.add_argument("--slow", action="store_true", help="also what takes networkx minutes")
    parser.add_argument("--skip", nargs="*", default=(), help="steps whose name begins so")
    given = parser.parse_args()
    tables = invented(given.nodes, given.ties)
    names = ("kgraph", "networkx", "igraph", "rustworkx", "networkit")
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        tables.write(Path(folder))
        found["edge table from Parquet"] = {
            "kgraph": fastest(lambda: edge_tables.read(Path(folder), ("wrote-to",)))[0]
        }
        read = edge_tables.read(Path(folder), ("wrote-to",))
    seconds, network = fastest(lambda: (n := network_of(read), n.ties, n.matrix)[0])
    build = {"kgraph": seconds}
    made: dict[str, Any] = {}
    for name, work in graphs(read.edges).items():
        build[name], made[name] = fastest(work, runs=2)
    found["graph from the edge table"] = build
    print(f"{network.size} nodes, {network.ties.height} ties, {network.letters.height} letters\n")
    for row, works in measures(network, made, given.slow).items():
        if not row.startswith(tuple(given.skip) or ("-",)):
            found[row] = {name: fastest(work)[0] for name, work in works.items()}
    print("| step | " + " | ".join(names) + " | kgraph / fastest other |")
    print("|---|" + "---|" * (len(names) + 1))
    for row, times in found.items():
        others = [v for k, v in times.items() if k != "kgraph"]
        ratio = f"{times['kgraph'] / min(others):.2f}" if others else ""
        cells = [f"{times[n]:.3g} s" if n in times else "" for n in names]
        print(f"| {row} | " + " | ".join(cells) + f" | {ratio} |")


if __name__ == "__main__":
    main()
