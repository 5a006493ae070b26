"""Measures side by side with networkx, igraph, rustworkx and networkit, in one run.

    python bench/network.py [--nodes 16000] [--ties 150000] [--runs 3] [--only WORD ...]

An invented correspondence with few who write much is measured by each library that is
installed (`pip install -e '.[fast,bench]'`). Runs are interleaved: every library once, then
every library again, and the fastest run of each counts. Printed are seconds by the clock and
kgraph's ratio to the fastest of the others, by the clock and in processor time, which other
work on the machine disturbs less. Each library's graph is built from the same columns in
a row of its own and no part of the measures; so are the forms that kgraph makes once for
igraph and networkit, which betweenness, cores and communities need. What kgraph keeps
between measures is thrown away.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from kgraph.network import (
    EdgeTables,
    Network,
    backbone,
    brokerage,
    cohesion,
    communities,
    engines,
    holes,
    network_of,
    triads,
)
from kgraph.network import centrality as c
from kgraph.network import tables as edge_tables
from kgraph.network.tables import EDGES, NODES, conform

Rows = dict[str, Callable[[], Any]]


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


def interleaved(
    works: dict[str, Callable[[], Any]], runs: int, enough: float = 60.0
) -> dict[str, tuple[float, float]]:
    """Least seconds of each, by the clock and of processors: all once, then all again.

    One run of what takes over `enough`, five times as many of what takes next to no time.
    """
    best: dict[str, tuple[float, float]] = {}
    for turn in range(5 * runs):
        order = list(works)
        for name in order[turn % len(order) :] + order[: turn % len(order)]:
            clock, processor = best.get(name, (inf, inf))
            if turn and (clock > enough or (turn >= runs and clock > 0.1)):
                continue
            gc.collect()
            spent, start = used(), time.perf_counter()
            works[name]()
            taken = time.perf_counter() - start
            best[name] = min(clock, taken), min(processor, used() - spent)
    return best


def used() -> float:
    """Seconds of processors so far, of this process and those that it started."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + started.ru_utime + started.ru_stime


WITHOUT: set[str] = set()
"""Libraries that are left out."""


def library(name: str) -> Any:
    if name in WITHOUT:
        return None
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


LEFT_OUT = (
    "networkx's effective size and brokerage are loops over its graph as the definitions say (its own "
    "`effective_size` takes hours, brokerage it has not). "
    "Left out: betweenness, closeness and constraint by networkx, hours on these "
    "networks; its triad census and Louvain, minutes (`--slow`); igraph's triad census of more than a "
    "million ties; exact distances with `--quick`"
)
PIVOTS = 500
"""Starts of sampled chains; what kgraph draws unless told otherwise."""
SEEDS = 10
"""Divisions whose agreement kgraph tells; so many of kgraph unless told otherwise."""


class Ready:
    """kgraph's network with its matrices, and nothing kept from other measures."""

    def __init__(self, tables: EdgeTables) -> None:
        self.network = network_of(tables)
        for form in ("ends", "back", "counts", "counts_back"):
            getattr(self.network, form)

    def forms(self) -> Ready:
        """The same network in the forms of other engines, made anew."""
        for kept in ("_igraph", "_without_direction", "_undirected", "_networkit"):
            self.network.__dict__.pop(kept, None)
        if "igraph" in engines.available():
            engines.as_igraph(self.network)
            engines.without_direction(self.network)
        if "networkit" in engines.available():
            engines.as_networkit(self.network)
        return self

    def __call__(self) -> Network:
        self.network.__dict__.pop("_triangles", None)
        return self.network


def of_kgraph(ready: Ready, slow: bool) -> Rows:
    """Every measure of kgraph."""
    rows: Rows = {
        "degree": lambda: c.degree(ready()),
        "strength": lambda: c.strength(ready()),
        "PageRank": lambda: c.pagerank(ready()),
        "HITS": lambda: c.hits(ready()),
        "reciprocity": lambda: cohesion.reciprocity(ready()),
        "assortativity by side": lambda: cohesion.assortativity(ready(), weighted=False),
        "components": lambda: cohesion.components(ready()),
        "core numbers": lambda: cohesion.core(ready()),
        "constraint": lambda: holes.constraint(ready()),
        "effective size": lambda: holes.effective_size(ready()),
        "Leiden, one seed": lambda: communities.communities(ready(), seeds=1),
        "Leiden, not repeatable": lambda: communities.communities(
            ready(), seeds=1, repeatable=False
        ),
        f"Leiden, {SEEDS} seeds": lambda: communities.communities(ready(), seeds=SEEDS),
        "brokerage between sides": lambda: brokerage.brokerage(ready()),
        "disparity backbone": lambda: backbone.backbone(ready()),
        "triad census": lambda: triads.census(ready()),
        f"betweenness, {PIVOTS} pivots": lambda: c.sampled_betweenness(ready(), PIVOTS),
        f"closeness, {PIVOTS} pivots": lambda: c.sampled_closeness(ready(), PIVOTS),
    }
    if slow:
        rows["closeness, exact"] = lambda: c.closeness(ready())
        rows["betweenness, exact"] = lambda: c.betweenness(ready())
    return rows


def of_igraph(graph: Any, drawn: list[int], sides: list[int], slow: bool) -> Rows:
    """What igraph has."""
    plain = graph.as_undirected(combine_edges="sum")
    rows: Rows = {
        "degree": graph.degree,
        "strength": lambda: graph.strength(weights="weight"),
        "PageRank": lambda: graph.pagerank(weights="weight"),
        "HITS": lambda: (
            graph.hub_score(weights="weight"), graph.authority_score(weights="weight")
        ),
        "reciprocity": graph.reciprocity,
        "assortativity by side": lambda: graph.assortativity_nominal(sides, directed=True),
        "components": lambda: (
            graph.connected_components("weak"), graph.connected_components("strong")
        ),
        "core numbers": plain.coreness,
        "constraint": lambda: graph.constraint(weights="weight"),
        "Leiden, one seed": lambda: plain.community_leiden(
            "modularity", weights="weight", n_iterations=2
        ),
        f"Leiden, {SEEDS} seeds": lambda: [
            plain.community_leiden("modularity", weights="weight", n_iterations=2)
            for _ in range(SEEDS)
        ],
        f"betweenness, {PIVOTS} pivots": lambda: graph.betweenness(sources=drawn),
        f"closeness, {PIVOTS} pivots": lambda: graph.distances(drawn, mode="in"),
        "triad census": graph.triad_census,
    }  # fmt: skip
    if slow:
        rows["closeness, exact"] = lambda: graph.closeness(mode="out")
        rows["betweenness, exact"] = graph.betweenness
    return rows


def of_rustworkx(graph: Any, slow: bool) -> Rows:
    """What rustworkx has."""
    rx = library("rustworkx")
    nodes = graph.node_indices()
    rows: Rows = {
        "degree": lambda: [(graph.in_degree(i), graph.out_degree(i)) for i in nodes],
        "PageRank": lambda: rx.pagerank(graph, weight_fn=float),
        "HITS": lambda: rx.hits(graph, weight_fn=float),
        "components": lambda: (
            rx.weakly_connected_components(graph), rx.strongly_connected_components(graph)
        ),
        "core numbers": lambda: rx.core_number(graph),
    }  # fmt: skip
    if slow:
        rows["closeness, exact"] = lambda: rx.closeness_centrality(graph)
        rows["betweenness, exact"] = lambda: rx.betweenness_centrality(graph, normalized=True)
    return rows


def of_networkit(graph: Any, slow: bool) -> Rows:
    """What networkit has. Distances in hops are those of the graph without weights."""
    nk = library("networkit")
    plain = nk.graphtools.toUndirected(graph)
    plain.removeMultiEdges()
    hops = nk.graphtools.toUnweighted(graph)
    plain.indexEdges()
    rows: Rows = {
        "degree": lambda: nk.centrality.DegreeCentrality(graph).run().scores(),
        "PageRank": lambda: nk.centrality.PageRank(graph, tol=1e-10).run().scores(),
        "components": lambda: (
            nk.components.WeaklyConnectedComponents(graph).run().getPartition(),
            nk.components.StronglyConnectedComponents(graph).run().getPartition(),
        ),
        "core numbers": lambda: nk.centrality.CoreDecomposition(plain).run().scores(),
        "Leiden, one seed": lambda: on_one_processor(
            lambda: nk.community.ParallelLeiden(plain).run().getPartition()
        ),
        "Leiden, not repeatable": lambda: nk.community.ParallelLeiden(plain).run().getPartition(),
        f"Leiden, {SEEDS} seeds": lambda: [
            nk.community.ParallelLeiden(plain).run().getPartition() for _ in range(SEEDS)
        ],
        "disparity backbone": lambda: nk.sparsification.MultiscaleSparsifier().scores(plain),
        f"betweenness, {PIVOTS} pivots": lambda: (
            nk.centrality.EstimateBetweenness(hops, PIVOTS).run().scores()
        ),
    }
    if slow:
        rows["closeness, exact"] = lambda: (
            nk.centrality.Closeness(hops, False, nk.centrality.ClosenessVariant.GENERALIZED)
            .run().scores()
        )  # fmt: skip
        rows["betweenness, exact"] = lambda: nk.centrality.Betweenness(hops).run().scores()
    return rows


def on_one_processor(work: Callable[[], Any]) -> Any:
    """What networkit finds on one processor: the one way in which it finds the same twice."""
    nk = library("networkit")
    nk.setNumberOfThreads(1)
    try:
        return work()
    finally:
        nk.setNumberOfThreads(2)


def of_networkx(graph: Any, slow: bool) -> Rows:
    """What networkx has and does in minutes."""
    nx = library("networkx")
    plain = graph.to_undirected()
    rows: Rows = {
        "degree": lambda: dict(graph.degree()),
        "strength": lambda: dict(graph.degree(weight="weight")),
        "PageRank": lambda: nx.pagerank(graph, tol=1e-10),
        "HITS": lambda: nx.hits(graph),
        "reciprocity": lambda: nx.overall_reciprocity(graph),
        "assortativity by side": lambda: nx.attribute_assortativity_coefficient(graph, "side"),
        "components": lambda: (
            list(nx.weakly_connected_components(graph)),
            list(nx.strongly_connected_components(graph)),
        ),
        "core numbers": lambda: nx.core_number(plain),
        "effective size": lambda: looped_effective_size(plain_sums(graph)),
        "brokerage between sides": lambda: looped_brokerage(graph),
    }  # fmt: skip
    if slow:
        rows["Leiden, one seed"] = lambda: nx.community.louvain_communities(plain, seed=0)
        rows["triad census"] = lambda: nx.triadic_census(graph)
        rows["constraint"] = lambda: nx.constraint(graph, weight="weight")
    return rows


def plain_sums(graph: Any) -> Any:
    """Weights of both directions added up, as a dictionary of dictionaries."""
    sums: dict[int, dict[int, float]] = {i: {} for i in graph}
    for a, b, w in graph.edges(data="weight"):
        sums[a][b] = sums[a].get(b, 0.0) + w
        sums[b][a] = sums[b].get(a, 0.0) + w
    return sums


def looped_effective_size(sums: dict[int, dict[int, float]]) -> dict[int, float]:
    """Burt's definition as loops: what networkx's `effective_size` gives node by node."""
    total = {i: sum(x.values()) for i, x in sums.items()}
    most = {i: max(x.values(), default=1.0) for i, x in sums.items()}
    return {
        i: len(mine) - sum(
            mine[q] / total[i] * sums[j][q] / most[j]
            for j in mine
            for q in (sums[j] if len(sums[j]) < len(mine) else mine)
            if q in mine and q in sums[j]
        )
        for i, mine in sums.items()
    }  # fmt: skip


def looped_brokerage(graph: Any) -> dict[int, int]:
    """Gould and Fernandez's definition as loops: open ways through each, by role."""
    side = dict(graph.nodes(data="side"))
    found: dict[Any, int] = {}
    for b in graph:
        for x in graph.pred[b]:
            onwards = graph.succ[x]
            for z in graph.succ[b]:
                if z != x and z not in onwards:
                    role = (b, side[x] == side[b], side[b] == side[z], side[x] == side[z])
                    found[role] = found.get(role, 0) + 1
    return found


def by_sparql(edges: pl.DataFrame, folder: Path) -> Callable[[], pl.DataFrame]:
    """The same letters in an oxigraph store, asked for sender, addressee and document."""
    import pyoxigraph as ox

    file = folder / "letters.nt"
    edges.select(
        "<x:d" + pl.col("document") + "> <x:from> <x:" + pl.col("source") + "> .\n<x:d"
        + pl.col("document") + "> <x:to> <x:" + pl.col("target") + "> ."
    ).write_csv(file, include_header=False, quote_style="never")  # fmt: skip
    store = ox.Store(str(folder / "oxigraph"))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES)
    store.optimize()
    question = "SELECT ?source ?target ?document { ?document <x:from> ?source ; <x:to> ?target }"

    def asked() -> pl.DataFrame:
        answer = store.query(question)
        return pl.read_csv(answer.serialize(format=ox.QueryResultsFormat.CSV))  # type: ignore[union-attr]

    return asked


def _ratio(times: dict[str, float]) -> str:
    others = [v for k, v in times.items() if k != "kgraph"]
    return f"{times['kgraph'] / min(others):.2f}" if others and min(others) else ""


def main() -> None:
    """Run all and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, default=16_000)
    parser.add_argument("--ties", type=int, default=150_000)
    parser.add_argument("--runs", type=int, default=3, help="rounds of interleaved runs")
    parser.add_argument(
        "--slow", action="store_true", help="also what takes networkx or SPARQL minutes"
    )
    parser.add_argument("--quick", action="store_true", help="without exact distances")
    parser.add_argument("--skip", nargs="*", default=(), help="steps whose name begins so")
    parser.add_argument("--only", nargs="*", default=(), help="steps whose name begins so")
    parser.add_argument("--without", nargs="*", default=(), help="libraries to leave out")
    parser.add_argument("--pivots", type=int, default=500, help="starts of sampled chains")
    given = parser.parse_args()
    global PIVOTS
    PIVOTS = given.pivots
    WITHOUT.update(given.without)
    tables = invented(given.nodes, given.ties)
    names = ("kgraph", "networkx", "igraph", "rustworkx", "networkit")
    found: dict[str, dict[str, tuple[float, float]]] = {}

    def wanted(row: str) -> bool:
        left_out = bool(given.skip) and row.startswith(tuple(given.skip))
        return row.startswith(tuple(given.only) or ("",)) and not left_out

    with tempfile.TemporaryDirectory() as folder:
        tables.write(Path(folder))
        works: dict[str, Callable[[], Any]] = {
            "kgraph": lambda: edge_tables.read(Path(folder), ("wrote-to",))
        }
        if (tables.edges.height < 1_000_000 or given.slow) and wanted("edge table from the store"):
            asked = by_sparql(tables.edges, Path(folder))
            works |= dict.fromkeys(names[1:2], asked)
        if wanted("edge table from the store"):
            found["edge table from the store"] = interleaved(works, given.runs)
        read = edge_tables.read(Path(folder), ("wrote-to",))
    del tables
    builders: dict[str, Callable[[], Any]] = {"kgraph": lambda: Ready(read), **graphs(read.edges)}
    if wanted("graph from the edge table"):
        found["graph from the edge table"] = interleaved(builders, min(given.runs, 2))
    ready = Ready(read).forms()
    if wanted("forms of kgraph's engines"):
        found["forms of kgraph's engines"] = interleaved({"kgraph": ready.forms}, given.runs)
    made = {name: work() for name, work in builders.items() if name != "kgraph"}
    network = ready.network
    drawn = np.random.default_rng(0).choice(network.size, PIVOTS, replace=False).tolist()
    side = network.nodes["side"].cast(pl.Categorical).to_physical().to_list()
    exact = not given.quick
    print(f"{network.size} nodes, {network.ties.height} ties, {network.letters.height} letters\n")
    rows = {"kgraph": of_kgraph(ready, exact)}
    if "igraph" in made:
        rows["igraph"] = of_igraph(made["igraph"], drawn, side, exact)
        if network.ties.height > 1_000_000:
            del rows["igraph"]["triad census"]
    if "rustworkx" in made:
        rows["rustworkx"] = of_rustworkx(made["rustworkx"], exact)
    if "networkit" in made:
        rows["networkit"] = of_networkit(made["networkit"], exact)
    if "networkx" in made:
        nx = library("networkx")
        nx.set_node_attributes(made["networkx"], dict(enumerate(network.nodes["side"])), "side")
        rows["networkx"] = of_networkx(made["networkx"], given.slow)
    for row in rows["kgraph"]:
        if wanted(row):
            works = {name: rows[name][row] for name in rows if row in rows[name]}
            found[row] = interleaved(works, given.runs)
            print(
                row,
                {k: [round(x, 4) for x in v] for k, v in found[row].items()},
                file=sys.stderr,
                flush=True,
            )
    print("| step | " + " | ".join(names) + " | ratio | of processor time |")
    print("|---|" + "---|" * (len(names) + 2))
    for row, times in found.items():
        cells = [f"{times[n][0]:.3g} s" if n in times else "" for n in names]
        ratios = [_ratio({name: one[k] for name, one in times.items()}) for k in (0, 1)]
        print(f"| {row} | " + " | ".join([*cells, *ratios]) + " |")
    print(f"\n{LEFT_OUT}.")


if __name__ == "__main__":
    main()
