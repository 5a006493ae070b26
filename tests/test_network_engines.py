"""Every way to compute a measure gives the same numbers, networkx's dispatch among them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.network import Network, backend, from_networkx, network_of, sharing, sweeps
from kgraph.network import centrality as c
from kgraph.network.brokerage import brokerage
from kgraph.network.communities import _side_by_side, communities
from kgraph.network.engines import available
from kgraph.network.holes import constraint
from kgraph.network.triads import census
from kgraph.networkx_backend import FUNCTIONS
from kgraph.report import KgraphError


@st.composite
def graphs(draw: st.DrawFn) -> nx.DiGraph:
    n = draw(st.integers(3, 12))
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    for i, j in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4 * n)):
        graph.add_edge(i, j, weight=draw(st.integers(1, 9)))
    for i in range(n):
        graph.nodes[i]["side"] = draw(st.sampled_from(["us", "soviet", "british"]))
    return graph


def alike(theirs: object, ours: object) -> None:
    if isinstance(theirs, tuple):
        for a, b in zip(theirs, ours, strict=True):  # type: ignore[call-overload]
            alike(a, b)
    elif isinstance(theirs, dict):
        assert isinstance(ours, dict)
        assert list(theirs) == list(ours)
        np.testing.assert_allclose(list(ours.values()), list(theirs.values()), atol=1e-9)
    else:
        np.testing.assert_allclose(ours, theirs, atol=1e-9)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _quiet() -> None:
    nx.config.warnings_to_ignore.add("cache")


@settings(max_examples=40)
@given(graphs())
def test_networkx_gets_its_own_numbers_from_kgraph(directed: nx.DiGraph) -> None:
    undirected = directed.to_undirected()
    for graph in (directed, undirected):
        for function, options in (
            (nx.pagerank, {}), (nx.pagerank, {"weight": None, "alpha": 0.6}),
            (nx.betweenness_centrality, {}), (nx.betweenness_centrality, {"normalized": False}),
            (nx.closeness_centrality, {}), (nx.closeness_centrality, {"wf_improved": False}),
            (nx.constraint, {}), (nx.constraint, {"weight": "weight"}),
        ):  # fmt: skip
            alike(
                function(graph, backend="networkx", **options),
                function(graph, backend="kgraph", **options),
            )
    alike(
        nx.core_number(undirected, backend="networkx"), nx.core_number(undirected, backend="kgraph")
    )
    assert nx.triadic_census(directed, backend="kgraph") == nx.triadic_census(
        directed, backend="networkx"
    )
    for parts in (nx.weakly_connected_components, nx.strongly_connected_components):
        found = {frozenset(x) for x in parts(directed, backend="kgraph")}
        assert found == {frozenset(x) for x in parts(directed, backend="networkx")}
    if directed.number_of_edges():
        alike(
            nx.overall_reciprocity(directed, backend="networkx"),
            nx.overall_reciprocity(directed, backend="kgraph"),
        )


def test_every_function_that_networkx_is_promised_is_there() -> None:
    assert all(callable(getattr(backend, name)) for name in FUNCTIONS)
    assert "kgraph" in nx.config.backends


def test_a_priority_sends_large_graphs_to_kgraph(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    kept = backend.pagerank
    monkeypatch.setattr(backend, "pagerank", lambda *a, **k: asked.append(1) or kept(*a, **k))
    small, large = nx.path_graph(9), nx.gnm_random_graph(300, 1500, seed=1)
    with nx.config(backend_priority=["kgraph"]):
        nx.pagerank(small)
        assert not asked
        found = nx.pagerank(large)
        assert asked
    alike(nx.pagerank(large), found)


def test_what_kgraph_does_otherwise_is_left_to_networkx() -> None:
    graph = nx.karate_club_graph()
    looped = nx.DiGraph([(1, 1), (1, 2), (2, 1)])
    with pytest.raises(NotImplementedError, match="pagerank"):
        nx.pagerank(graph, personalization={0: 1}, backend="kgraph")
    with pytest.raises(NotImplementedError):
        nx.pagerank(looped, backend="kgraph")
    with nx.config(backend_priority=["kgraph"]):
        alike(nx.pagerank(looped, backend="networkx"), nx.pagerank(looped))


def test_a_network_goes_to_networkx_without_a_detour() -> None:
    network = from_networkx(nx.gnp_random_graph(40, 0.1, seed=2, directed=True))
    graph = backend.dispatched(network)
    ranks = nx.pagerank(graph, tol=1e-12)
    assert list(ranks) == network.ids
    np.testing.assert_allclose(list(ranks.values()), c.pagerank(network), atol=1e-9)
    plain = network.to_networkx(parallel=False)
    alike(nx.betweenness_centrality(plain), nx.betweenness_centrality(graph))


@pytest.mark.skipif("igraph" not in available(), reason="igraph is not installed")
def test_leiden_answers_where_networkx_has_none() -> None:
    club = nx.karate_club_graph()
    found = nx.community.leiden_communities(club, backend="kgraph", seed=4)
    assert set.union(*found) == set(club)
    assert nx.community.modularity(club, found) > 0.44


LONG = nx.path_graph(3 * sweeps.DEEPEST, create_using=nx.DiGraph)


def test_long_chains_are_measured_another_way() -> None:
    network = from_networkx(LONG)
    with pytest.raises(sweeps.TooDeep):
        sweeps.near(network.counts, network.counts_back, [np.arange(network.size)])
    alike(nx.closeness_centrality(LONG), dict(enumerate(c.closeness(network, "in"))))
    alike(nx.betweenness_centrality(LONG), dict(enumerate(c.betweenness(network, "kgraph"))))


@settings(max_examples=40)
@given(graphs())
def test_chains_from_one_start_after_the_other_are_those_of_networkx(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    sweep = sweeps.OneByOne(network.counts, network.counts_back)
    for some in ([0], [0, 2], list(graph)):
        theirs = nx.betweenness_centrality_subset(graph, some, list(graph))
        alike(list(theirs.values()), sweep.dependencies(np.array(some)))


def test_large_networks_are_swept_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    network = wide()
    before = c.sampled_betweenness(network, 60, seed=1)
    monkeypatch.setattr(c, "MANY", 0)
    monkeypatch.setattr(c, "_WIDE", 0)
    after = c.sampled_betweenness(network, 60, seed=1)
    np.testing.assert_allclose(after.values, before.values, atol=1e-12)
    np.testing.assert_allclose(after.error, before.error, atol=1e-12)
    path = from_networkx(LONG)
    alike(nx.betweenness_centrality(LONG), dict(enumerate(c.betweenness(path))))


@pytest.mark.skipif("igraph" not in available(), reason="igraph is not installed")
def test_shared_out_among_processors_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    network = from_networkx(nx.gnp_random_graph(120, 0.05, seed=3, directed=True))
    alone = c.betweenness(network, "kgraph")
    monkeypatch.setattr(sharing, "processors", lambda: 3)
    monkeypatch.setattr(c, "LONG", 0)
    np.testing.assert_allclose(c.betweenness(network, "igraph"), alone, atol=1e-12)


def wide() -> Network:
    """Large enough for several blocks of triangles and several words of ends."""
    graph = nx.gnp_random_graph(700, 0.02, seed=5, directed=True)
    nx.set_node_attributes(graph, {i: ("us", "soviet", "british")[i % 3] for i in graph}, "side")
    return from_networkx(graph)


def test_blocks_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from kgraph.network import triangles

    whole = wide()
    expected = census(whole), constraint(whole), brokerage(whole)
    monkeypatch.setattr(triangles, "_WAYS", 500)
    monkeypatch.setattr(triangles, "_KEPT", 50)
    again = wide()
    assert census(again) == expected[0] == nx.triadic_census(again.to_networkx(parallel=False))
    np.testing.assert_allclose(constraint(again), expected[1])
    assert brokerage(again).equals(expected[2])
    plain = nx.closeness_centrality(again.to_networkx(parallel=False))
    np.testing.assert_allclose(c.closeness(again, "in"), [plain[i] for i in again.ids])


def test_an_engine_that_lacks_a_measure_says_so() -> None:
    with pytest.raises(KgraphError, match="networkit"):
        c.betweenness(wide(), "networkit")


@pytest.mark.parametrize("engine", ["igraph", "networkit"])
def test_the_same_seed_gives_the_same_division_with_each_engine(engine: str) -> None:
    if engine not in available():
        pytest.skip(f"{engine} is not installed")
    network = wide()
    first, second = (communities(network, seeds=2, engine=engine) for _ in range(2))  # type: ignore[arg-type]
    assert first.member.tolist() == second.member.tolist()
    assert first.method == "leiden"


def test_one_seed_on_all_processors_finds_as_good_a_division() -> None:
    if "networkit" not in available():
        pytest.skip("networkit is not installed")
    once = communities(wide(), seeds=1, engine="networkit")
    again = communities(wide(), seeds=1, engine="networkit")
    loose = communities(wide(), seeds=1, engine="networkit", repeatable=False)
    assert once.member.tolist() == again.member.tolist()
    assert once.modularity
    assert loose.modularity
    assert loose.modularity > 0.9 * once.modularity
    assert loose.stability.tolist() == [1.0] * wide().size


def test_divisions_side_by_side_are_those_of_one_after_the_other() -> None:
    if "networkit" not in available():
        pytest.skip("networkit is not installed")
    seeds = range(60, 70)
    one_by_one = [_side_by_side(wide(), 1.0, [seed])[0].tolist() for seed in seeds]
    together = _side_by_side(wide(), 1.0, seeds)
    assert [x.tolist() for x in together] == one_by_one
    assert len({tuple(x) for x in one_by_one}) > 1


def test_nodes_unknown_to_the_tables_take_the_label_they_mostly_bear() -> None:
    import polars as pl

    from kgraph.network.tables import EDGES, EdgeTables, conform

    rows = pl.DataFrame({
        "layer": ["wrote-to"] * 3, "source": ["x/1", "x/1", "x/2"], "target": ["x/2", "x/2", "x/1"],
        "source_label": ["Ann", "Ann A.", None], "target_label": ["Ben", None, "Ann"],
        "document": ["a", "b", "c"], "weight": [1.0, 0.5, 2.0],
    })  # fmt: skip
    network = network_of(EdgeTables(edges=conform(rows, EDGES)))
    assert network.nodes["label"].to_list() == ["Ann", "Ben"]
    assert network.ties.rows() == [(0, 1, 1.5, 2), (1, 0, 2.0, 1)]
