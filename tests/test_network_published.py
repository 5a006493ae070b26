"""Measures of well-known networks as published, and of random ones against their definitions."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.network import Network, from_networkx
from kgraph.network import centrality as c
from kgraph.network.backbone import backbone_of, disparity
from kgraph.network.cohesion import assortativity, components, core, density, weighted_reciprocity
from kgraph.network.communities import communities
from kgraph.network.engines import available
from kgraph.network.holes import constraint, effective_size
from kgraph.network.replies import delays, kaplan_meier, reply_times
from kgraph.network.rhythm import bursts
from kgraph.network.triads import census
from networks import letter, on
from test_network_measures import graphs, in_order
from test_network_time import ASH, BIRCH, CEDAR, made


def club() -> nx.Graph:
    """Zachary's karate club, every tie alike."""
    graph = nx.karate_club_graph()
    for _, _, data in graph.edges(data=True):
        data["weight"] = 1.0
    return graph


def by_id(network: Network, values: np.ndarray) -> dict[str, float]:
    return dict(zip(network.ids, values.tolist(), strict=True))


def test_the_two_masters_of_the_karate_club() -> None:
    """Betweenness and closeness of the club as in Zachary's data everywhere (UCINET, igraph, sna)."""
    network = from_networkx(club())
    between, near = by_id(network, c.betweenness(network)), by_id(network, c.closeness(network))
    assert between["0"] == pytest.approx(0.4376, abs=5e-5)
    assert between["33"] == pytest.approx(0.3041, abs=5e-5)
    assert between["32"] == pytest.approx(0.1452, abs=5e-5)
    assert between["11"] == 0
    assert near["0"] == pytest.approx(0.5690, abs=5e-5)
    assert near["33"] == pytest.approx(0.5500, abs=5e-5)
    ranked = by_id(network, c.pagerank(network))
    assert ranked["33"] == pytest.approx(0.1009, abs=5e-5)
    assert ranked["0"] == pytest.approx(0.0970, abs=5e-5)
    assert by_id(network, c.degree(network, "out"))["33"] == 17


def test_the_cores_of_the_karate_club() -> None:
    cores = by_id(from_networkx(club()), core(from_networkx(club())))
    inner = {int(i) for i, k in cores.items() if k == 4}
    assert inner == {0, 1, 2, 3, 7, 8, 13, 30, 32, 33}
    assert cores["11"] == 1


def test_triangles_of_the_karate_club() -> None:
    """45 triangles; transitivity 0.2557."""
    found = census(from_networkx(club()))
    assert found["300"] == 45
    assert 3 * 45 / (3 * 45 + found["201"]) == pytest.approx(0.2557, abs=5e-5)


def test_structural_holes_of_the_karate_club() -> None:
    """Burt's measures of an even network: effective size is the ties less what the neighbours
    have among themselves, 2 t / k (Borgatti 1997, *Connections* 20)."""
    graph = club()
    network = from_networkx(graph)
    size = by_id(network, effective_size(network))
    for node in graph:
        k = graph.degree(node)
        assert size[str(node)] == pytest.approx(k - 2 * nx.triangles(graph, node) / k)
    held = by_id(network, constraint(network))
    assert held["11"] == pytest.approx(1)  # one tie only
    assert held["0"] == pytest.approx(0.1554, abs=5e-5)
    assert min(held, key=held.__getitem__) == "0"


def test_the_women_of_davis_meet_at_events() -> None:
    """18 women, 14 events, 89 presences; the network of two kinds mixes as little as can be."""
    graph = nx.davis_southern_women_graph()
    nx.set_node_attributes(
        graph, {n: str(d["bipartite"]) for n, d in graph.nodes(data=True)}, "side"
    )
    network = from_networkx(graph)
    assert (network.size, network.ties.height) == (32, 2 * 89)
    assert assortativity(network) == pytest.approx(-1)
    assert census(network)["300"] == 0
    ties = by_id(network, c.degree(network, "out"))
    assert (ties["Evelyn Jefferson"], ties["Theresa Anderson"], ties["E8"]) == (8, 8, 14)
    assert components(network).weak_sizes == [32]
    theirs = in_names(network, nx.core_number(graph))
    assert core(network).tolist() == theirs.tolist()


def in_names(network: Network, values: dict[str, float]) -> np.ndarray:
    return np.array([values[i] for i in network.ids], dtype=float)


def test_the_families_of_florence() -> None:
    """Padgett and Ansell's marriages: 20 ties of 15 families, 3 triangles, Medici with six."""
    graph = nx.florentine_families_graph()
    network = from_networkx(graph)
    assert density(network) == pytest.approx(20 / 105)
    assert by_id(network, c.degree(network, "out"))["Medici"] == 6
    assert census(network)["300"] == 3
    near = by_id(network, c.closeness(network))
    assert near["Medici"] == pytest.approx(0.56)  # 14 / 25
    held = by_id(network, constraint(network))
    for family, value in nx.constraint(graph).items():
        assert held[family] == pytest.approx(value)
    assert min(held, key=held.__getitem__) == "Medici"


@pytest.mark.parametrize("engine", ["igraph", "networkit"])
def test_the_club_divides_with_the_best_modularity_known(engine: str) -> None:
    if engine not in available():
        pytest.skip(f"{engine} is not installed")
    found = communities(from_networkx(club()), seeds=10, engine=engine)  # type: ignore[arg-type]
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)


@settings(max_examples=60)
@given(graphs())
def test_the_disparity_filter_is_its_formula(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    value = disparity(network)
    for (s, t, w, _), found in zip(network.ties.iter_rows(), value, strict=True):
        a, b = int(network.ids[s]), int(network.ids[t])
        ends = []
        for ties, total in (
            (graph.out_degree(a), graph.out_degree(a, weight="weight")),
            (graph.in_degree(b), graph.in_degree(b, weight="weight")),
        ):
            ends.append((1 - w / total) ** (ties - 1) if ties > 1 else 1.0)
        assert found == pytest.approx(min(ends))
    kept = backbone_of(network, 4)
    assert kept.ties >= min(4, network.ties.height)
    touched = {x for s, t in network.ties.filter(kept.keep).select("s", "t").rows() for x in (s, t)}
    assert touched == {x for row in network.ties.select("s", "t").rows() for x in row}


@settings(max_examples=60)
@given(graphs())
def test_strength_and_weighted_reciprocity_as_networkx_adds_them_up(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    for way, theirs in (("out", graph.out_degree), ("in", graph.in_degree)):
        expected = in_order(network, dict(theirs(weight="weight")))
        np.testing.assert_allclose(c.strength(network, way), expected)  # type: ignore[arg-type]
    weights = nx.get_edge_attributes(graph, "weight")
    total = sum(weights.values())
    balanced = sum(min(w, weights.get((b, a), 0.0)) for (a, b), w in weights.items())
    assert weighted_reciprocity(network) == (pytest.approx(balanced / total) if total else None)


@settings(max_examples=40)
@given(graphs())
def test_closeness_both_ways_as_networkx_has_it(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    into = in_order(network, nx.closeness_centrality(graph))  # networkx: of those who reach
    out = in_order(network, nx.closeness_centrality(graph.reverse()))
    np.testing.assert_allclose(c.closeness(network, "in"), into, atol=1e-12)
    np.testing.assert_allclose(c.closeness(network, "out"), out, atol=1e-12)


@settings(max_examples=30)
@given(graphs())
def test_assortativity_and_hits_as_networkx_has_them(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    with np.errstate(all="ignore"):
        theirs = (
            nx.attribute_assortativity_coefficient(graph, "side") if graph.size() else float("nan")
        )
    ours = assortativity(network, weighted=False)
    assert (ours is None and not np.isfinite(theirs)) or ours == pytest.approx(theirs)
    parts = components(network)
    assert parts.weak_sizes == sorted(map(len, nx.weakly_connected_components(graph)), reverse=True)
    assert parts.strong_sizes == sorted(
        map(len, nx.strongly_connected_components(graph)), reverse=True
    )


def test_waits_for_an_answer_as_kaplan_and_meier_count_them_by_hand() -> None:
    """Three turns answered after 2, 5 and 9 days and two that wait, 4 and 12 days, at the end.

    At risk 5, 4, (4 days: waits on), 2, ...: S(2) = 4/5, S(5) = 4/5 * 2/3 = 8/15,
    S(9) = 8/15 * 1/2 = 4/15. So the median is nine days: after five more than half still wait.
    Who leaves out the two that wait would say five.
    """

    def days(n: int) -> str:
        return f"1961-03-{n:02d}"

    network = made(
        letter(1, ASH, BIRCH, on(days(1))), letter(2, BIRCH, ASH, on(days(3))),  # 2
        letter(3, ASH, CEDAR, on(days(1))), letter(4, CEDAR, ASH, on(days(6))),  # 5
        letter(5, ASH, "person/elm", on(days(1))), letter(6, "person/elm", ASH, on(days(10))),  # 9
        letter(7, ASH, "person/fir", on(days(18))),  # 12 at the end
        letter(8, ASH, "person/dogwood", on(days(26))),  # 4 at the end
        letter(9, "body/office-of-trees", BIRCH, on(days(30))),  # the last date known
    )  # fmt: skip
    waits = reply_times(network).filter(source=ASH)
    assert sorted((round(d), a) for d, a in waits.select("days", "answered").rows()) == [
        (2, True), (4, False), (5, True), (9, True), (12, False)
    ]  # fmt: skip
    found = kaplan_meier(waits["days"].round(), waits["answered"])
    curve = dict(found.curve.select("days", "waiting").rows())
    assert curve[2] == pytest.approx(4 / 5)
    assert curve[5] == pytest.approx(8 / 15)
    assert curve[9] == pytest.approx(4 / 15)
    assert found.median == 9


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 28)), min_size=1, max_size=12))
def test_the_median_wait_of_all_is_the_one_of_its_curve(sent: list[tuple[int, int]]) -> None:
    ends = ((ASH, BIRCH), (BIRCH, ASH))
    network = made(*(
        letter(i, *ends[way], on(f"1961-03-{day:02d}")) for i, (way, day) in enumerate(sent)
    ))  # fmt: skip
    times = reply_times(network)
    (row,) = delays(network, "all").to_dicts()
    assert row["median"] == kaplan_meier(times["days"], times["answered"]).median


@settings(max_examples=40)
@given(st.lists(st.integers(1, 28), min_size=3, max_size=12, unique=True))
def test_burstiness_is_its_formula(days: list[int]) -> None:
    network = made(*(letter(i, ASH, BIRCH, on(f"1961-03-{d:02d}")) for i, d in enumerate(days)))
    gaps = np.array([b - a for a, b in pairwise(sorted(days))], float)
    found = bursts(network)
    expected = (gaps.std() - gaps.mean()) / (gaps.std() + gaps.mean())
    assert found.burstiness == pytest.approx(expected)
    assert found.mean_gap == pytest.approx(gaps.mean())
