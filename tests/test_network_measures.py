"""Measures against networkx on random networks, and against published values."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.network import Network, Selection, from_networkx, from_records, network_of
from kgraph.network import centrality as c
from kgraph.network.backbone import backbone, backbone_of, disparity
from kgraph.network.brokerage import ROLES, brokerage
from kgraph.network.cohesion import (
    assortativity,
    components,
    core,
    density,
    key_figures,
    reciprocity,
    weighted_reciprocity,
)
from kgraph.network.communities import adjusted_rand, communities, modularity
from kgraph.network.engines import available
from kgraph.network.explanation import explain
from kgraph.network.holes import constraint, effective_size
from kgraph.network.summary import channels, nodes, ties
from kgraph.network.triads import census, motifs
from networks import grove

ENGINES = ["kgraph", "networkx", "igraph"]
DIVIDING = ["networkx", "igraph", "networkit"]


def needs(engine: str) -> None:
    if engine not in available():
        pytest.skip(f"{engine} is not installed")


@st.composite
def graphs(draw: st.DrawFn, largest: int = 12) -> nx.DiGraph:
    n = draw(st.integers(3, largest))
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4 * n))
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n), side="a")
    for i in range(n):
        graph.nodes[i]["side"] = draw(st.sampled_from(["us", "soviet", "british"]))
    for i, j in chosen:
        graph.add_edge(i, j, weight=float(draw(st.integers(1, 9))))
    return graph


def in_order(network: Network, values: dict[int, float]) -> np.ndarray:
    return np.array([values[int(i)] for i in network.ids], dtype=float)


@settings(max_examples=60)
@given(graphs())
def test_as_networkx(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)

    def same(ours: np.ndarray, theirs: dict[int, float], tolerance: float = 1e-9) -> None:
        np.testing.assert_allclose(ours, in_order(network, theirs), atol=tolerance, rtol=1e-7)

    same(c.degree(network, "out"), dict(graph.out_degree()))
    same(c.degree(network, "in"), dict(graph.in_degree()))
    same(c.strength(network), dict(graph.degree(weight="weight")))
    same(c.pagerank(network), nx.pagerank(graph, tol=1e-13, max_iter=10_000), 1e-8)
    same(c.closeness(network, "in"), nx.closeness_centrality(graph))
    same(c.closeness(network, "out"), nx.closeness_centrality(graph.reverse()))
    for engine in ("kgraph", *(["igraph"] if "igraph" in available() else [])):
        same(core(network, engine), nx.core_number(graph.to_undirected()))
        assert census(network, engine) == nx.triadic_census(graph)
        same(constraint(network, engine), nx.constraint(graph, weight="weight"))
    if "networkit" in available():
        same(core(network, "networkit"), nx.core_number(graph.to_undirected()))
    assert density(network) == pytest.approx(nx.density(graph))
    if graph.number_of_edges():
        assert reciprocity(network) == pytest.approx(nx.overall_reciprocity(graph))
    parts = components(network)
    assert parts.weak_sizes == sorted(map(len, nx.weakly_connected_components(graph)), reverse=True)
    assert parts.strong_sizes == sorted(
        map(len, nx.strongly_connected_components(graph)), reverse=True
    )


@settings(max_examples=40)
@given(graphs())
def test_effective_size_as_networkx_counts_it_person_by_person(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    theirs = in_order(network, nx.effective_size(graph, nodes=list(graph), weight="weight"))
    ours = effective_size(network)
    writes = in_order(network, dict(graph.out_degree())) > 0  # networkx: no number for others
    np.testing.assert_allclose(ours[writes], theirs[writes], atol=1e-9)


@settings(max_examples=30)
@given(graphs())
@pytest.mark.parametrize("engine", ENGINES)
def test_betweenness_is_the_same_with_every_engine(engine: str, graph: nx.DiGraph) -> None:
    needs(engine)
    network = from_networkx(graph)
    theirs = in_order(network, nx.betweenness_centrality(graph))
    np.testing.assert_allclose(c.betweenness(network, engine), theirs, atol=1e-12)


@settings(max_examples=40)
@given(graphs())
def test_hits_are_singular_vectors(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    hubs, authorities = c.hits(network)
    assert hubs.sum() == pytest.approx(1)
    assert authorities.sum() == pytest.approx(1)
    matrix = network.matrix.toarray()
    if matrix.any():
        best = np.linalg.svd(matrix, compute_uv=False)[0]
        reached = np.linalg.norm(matrix @ authorities) / np.linalg.norm(authorities)
        assert reached == pytest.approx(best, rel=1e-3)


@settings(max_examples=40)
@given(graphs(10))
def test_brokerage_as_counted_by_hand(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    side = nx.get_node_attributes(graph, "side")
    expected = {n: dict.fromkeys(ROLES, 0) for n in graph}
    for b in graph:
        for a in graph.predecessors(b):
            for z in graph.successors(b):
                if a == z or graph.has_edge(a, z):
                    continue
                if side[a] == side[b] == side[z]:
                    role = "coordinator"
                elif side[a] == side[z]:
                    role = "itinerant"
                elif side[a] == side[b]:
                    role = "representative"
                elif side[b] == side[z]:
                    role = "gatekeeper"
                else:
                    role = "liaison"
                expected[b][role] += 1
    for row in brokerage(network).iter_rows(named=True):
        assert {r: row[r] for r in ROLES} == expected[int(row["id"])]


def test_sampled_betweenness_keeps_within_its_bound() -> None:
    graph = nx.gnp_random_graph(150, 0.03, seed=2, directed=True)
    network = from_networkx(graph)
    exact = c.betweenness(network)
    estimate = c.sampled_betweenness(network, pivots=75, seed=4)
    assert np.abs(estimate.values - exact).max() <= estimate.bound
    inside = np.abs(estimate.values - exact) <= 3 * estimate.error + 1e-9
    assert inside.mean() > 0.9
    whole = c.sampled_betweenness(network, pivots=150)
    np.testing.assert_allclose(whole.values, exact)
    assert whole.bound == 0


def test_sampled_closeness_is_near() -> None:
    graph = nx.gnp_random_graph(200, 0.03, seed=2, directed=True)
    network = from_networkx(graph)
    exact = c.closeness(network)
    estimate = c.sampled_closeness(network, pivots=100, seed=1)
    assert (np.abs(estimate.values - exact) <= 4 * estimate.error + 1e-9).mean() > 0.9
    np.testing.assert_allclose(c.sampled_closeness(network, pivots=200).values, exact)


def test_the_medici_stand_between_the_families_of_florence() -> None:
    """Betweenness as printed by Jackson, Social and Economic Networks (2008), chapter 1."""
    network = from_networkx(nx.florentine_families_graph())
    value = dict(zip(network.ids, c.betweenness(network), strict=True))
    assert value["Medici"] == pytest.approx(0.522, abs=5e-4)
    assert value["Guadagni"] == pytest.approx(0.255, abs=5e-4)
    assert value["Strozzi"] == pytest.approx(0.103, abs=5e-4)


@pytest.mark.parametrize("engine", DIVIDING)
def test_the_karate_club_falls_into_its_communities(engine: str) -> None:
    """The best modularity of Zachary's club is 0.4198 (Brandes et al. 2008, 10.1109/TKDE.2007.190689)."""
    needs(engine)
    club = nx.karate_club_graph()
    for _, _, data in club.edges(data=True):
        data["weight"] = 1.0
    network = from_networkx(club)
    found = communities(network, seeds=5, engine=engine)
    assert found.modularity == pytest.approx(0.4198, abs=2e-3)
    assert sum(found.sizes) == 34
    assert 0 < found.agreement <= 1
    assert found.sizes == sorted(found.sizes, reverse=True)
    groups = [{int(i) for i, m in zip(network.ids, found.member, strict=True) if m == k}
              for k in range(len(found.sizes))]  # fmt: skip
    assert modularity(network, found.member) == pytest.approx(nx.community.modularity(club, groups))
    assert max(core(network)) == 4
    assert density(network) == pytest.approx(0.139, abs=5e-4)


def test_the_same_seeds_give_the_same_communities() -> None:
    network = from_networkx(nx.davis_southern_women_graph())
    first, second = communities(network), communities(network)
    assert first.member.tolist() == second.member.tolist()


def test_agreement_of_divisions() -> None:
    a, b = np.array([0, 0, 1, 1, 2]), np.array([5, 5, 3, 3, 9])
    assert adjusted_rand(a, b) == 1
    assert adjusted_rand(a, np.array([0, 1, 0, 1, 0])) < 0.1


def test_weighted_reciprocity_and_assortativity_by_hand() -> None:
    graph = nx.DiGraph()
    graph.add_node(1, side="us")
    graph.add_node(2, side="soviet")
    graph.add_node(3, side="us")
    graph.add_weighted_edges_from([(1, 2, 4.0), (2, 1, 1.0), (1, 3, 5.0)])
    network = from_networkx(graph)
    assert weighted_reciprocity(network) == pytest.approx(2 / 10)
    # e = [[0, .1], [.4, .5]] over soviet, us; trace .5; a.b = .1 * .4 + .9 * .6 = .58
    assert assortativity(network) == pytest.approx((0.5 - 0.58) / (1 - 0.58))


def test_undefined_cases_are_none_or_empty() -> None:
    nothing = from_networkx(nx.DiGraph())
    alone = from_networkx(nx.empty_graph(1, create_using=nx.DiGraph))
    for network in (nothing, alone):
        assert density(network) is None
        assert reciprocity(network) is None
        assert weighted_reciprocity(network) is None
        assert assortativity(network) is None
        assert len(c.pagerank(network)) == network.size
        assert len(c.betweenness(network)) == network.size
        assert len(c.closeness(network)) == network.size
        assert len(core(network)) == network.size
        assert np.isnan(constraint(network)).all()
        assert np.isnan(effective_size(network)).all()
        assert communities(network).modularity is None
        assert sum(census(network).values()) == 0
        assert key_figures(network)["letters"] == 0


def test_the_backbone_keeps_what_is_unlikely_by_chance() -> None:
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([(0, i, 1.0) for i in range(2, 12)] + [(0, 1, 90.0)])
    for i in range(1, 12):
        graph.add_edge(99, i, weight=5.0)
    network = from_networkx(graph)
    value = dict(zip(network.ties.select("s", "t").iter_rows(), disparity(network), strict=True))
    heavy = (network.number("0"), network.number("1"))
    assert value[heavy] == pytest.approx((1 - 0.9) ** 10)
    kept = backbone(network, alpha=0.01, strongest=False)
    assert [tuple(r) for r in network.ties.select("s", "t").filter(kept.keep).iter_rows()] == [
        heavy
    ]
    touched = backbone_of(network, 5)
    ends = network.ties.filter(touched.keep)
    assert set(ends["s"]) | set(ends["t"]) == set(range(network.size))
    assert f"of {network.ties.height} ties" in touched.words()


def test_motifs_keep_everybodys_ties() -> None:
    table = motifs(from_networkx(nx.gnp_random_graph(14, 0.2, seed=5, directed=True)), rounds=8)
    assert table["count"].sum() == pytest.approx(table["expected"].sum())
    assert table["count"].sum() == 14 * 13 * 12 // 6


@pytest.fixture(scope="module")
def small() -> Network:
    return network_of(from_records(grove()))


def test_key_figures_of_the_grove(small: Network) -> None:
    found = key_figures(small)
    assert found["nodes"] == 6
    assert found["letters"] == 5
    assert found["edges"] == 5
    assert found["reciprocity"] == pytest.approx(2 / 5)
    assert found["weak_components"] == 2


def test_the_table_of_persons_adds_up(small: Network) -> None:
    table = nodes(small)
    assert table["strength_out"].sum() == table["strength_in"].sum() == 6
    ash = table.filter(id="person/ash").to_dicts()[0]
    assert (ash["documents"], ash["degree_out"], ash["degree_in"]) == (4, 1, 2)
    assert table["pagerank"].sum() == pytest.approx(1)


def test_ties_and_channels_are_told(small: Network) -> None:
    first = ties(small).to_dicts()[0]
    assert (first["source"], first["target"], first["weight"]) == ("person/ash", "person/cedar", 2)
    assert first["channels"] == "bolshakov; telegram"
    table = channels(small)
    assert dict(table.select("channel", "documents").iter_rows()) == {
        "telegram": 2, "not stated": 2, "bolshakov": 1,
    }  # fmt: skip


def test_every_number_names_its_documents(small: Network) -> None:
    table = explain(small, "Ada Ash")
    sent, got = (table.filter(role=r) for r in ("sent", "received"))
    assert sent["document"].to_list() == ["grove/1", "grove/3"]
    assert got["document"].to_list() == ["grove/2", "grove/4"]
    assert table["title"].to_list()[0] == "Letter 1"
    number = small.number("person/ash")
    assert sent["weight"].sum() == c.strength(small, "out")[number]
    assert got["weight"].sum() == c.strength(small, "in")[number]


def test_a_name_that_fits_several_is_refused(small: Network) -> None:
    from kgraph.report import KgraphError

    with pytest.raises(KgraphError, match="fits 5"):
        explain(small, "D")
    with pytest.raises(KgraphError, match="not in this network"):
        explain(small, "Nobody")


def test_layers_can_be_measured_together() -> None:
    both = network_of(from_records(grove()), Selection(layers=("wrote-to", "handed-to")))
    assert both.letters["layer"].unique().sort().to_list() == ["handed-to", "wrote-to"]
    assert both.letters["document"].n_unique() == 5
