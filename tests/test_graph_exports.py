"""Networks in other programs' formats: parallel dated letters survive, losses are told."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from kgraph.export import cytoscape, edges, gexf, graphml, letters, pajek
from kgraph.network import Network, from_records, network_of
from kgraph.report import KgraphError
from networks import authority, grove, letter, on

GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module")
def network() -> Network:
    awkward = letter("7 & <8>", "person/ash", "person/cedar", on("1961-03-01"))
    return network_of(from_records([*grove(), awkward]))


def written(module: object, network: Network) -> tuple[bytes, tuple[str, ...]]:
    output = io.BytesIO()
    loss = module.write_network(network, output)  # type: ignore[attr-defined]
    return output.getvalue(), loss


def parallel(network: Network) -> int:
    return network.letters.filter(source="person/ash", target="person/cedar").height


def test_gexf_has_every_letter_with_its_interval(network: Network) -> None:
    content, loss = written(gexf, network)
    root = ET.fromstring(content)
    edges_ = list(root.iter(f"{GEXF}edge"))
    assert len(edges_) == network.letters.height
    assert len({e.get("id") for e in edges_}) == len(edges_)
    ash = [
        e for e in edges_ if (e.get("source"), e.get("target")) == ("person/ash", "person/cedar")
    ]
    assert len(ash) == parallel(network) == 3
    spans = {(e.get("start"), e.get("end")) for e in ash}
    assert ("1961-04-01", "1961-05-15") in spans
    hours = {v.get("value") for v in root.iter(f"{GEXF}attvalue") if v.get("for") == "latest"}
    assert "1961-05-15T23:59:59" in hours
    assert root.find(f"{GEXF}graph").get("mode") == "dynamic"  # type: ignore[union-attr]
    assert any("1 letters have no date" in x for x in loss)
    documents = {v.get("value") for v in root.iter(f"{GEXF}attvalue") if v.get("for") == "document"}
    assert "grove/7 & <8>" in documents


def test_gexf_comes_back_in_networkx_as_it_was(network: Network) -> None:
    content, _ = written(gexf, network)
    back = nx.read_gexf(io.BytesIO(content), version="1.3")
    assert set(back) == set(network.ids)
    assert back.number_of_edges("person/ash", "person/cedar") == 3
    found = {d["document"]: d for _, _, d in back.edges(data=True)}
    assert set(found) == set(network.letters["document"])
    assert (found["grove/3"]["start"], found["grove/3"]["end"]) == ("1961-04-01", "1961-05-15")


@pytest.mark.parametrize("layer", ["spoke-with", "handed-to"])
def test_other_layers_come_back_too(shipped_store: Path, layer: str) -> None:
    from kgraph.network import load_network

    whole = load_network(shipped_store, layers=(layer,))
    back = nx.read_gexf(io.BytesIO(written(gexf, whole)[0]), version="1.3")
    again = nx.read_graphml(io.BytesIO(written(graphml, whole)[0]), force_multigraph=True)
    for graph in (back, again):
        assert graph.number_of_edges() == whole.letters.height
        assert graph.is_directed()


def test_igraph_reads_graphml(network: Network, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    letters.save(network, tmp_path / "a.graphml")
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    assert (graph.vcount(), graph.ecount()) == (network.size, network.letters.height)
    assert set(graph.es["document"]) == set(network.letters["document"])


def test_graphml_comes_back_in_networkx_as_it_was(network: Network) -> None:
    content, _ = written(graphml, network)
    back = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert set(back) == set(network.ids)
    assert back.number_of_edges() == network.letters.height
    assert back.number_of_edges("person/ash", "person/cedar") == 3
    assert back.nodes["person/ash"]["label"] == "Ada Ash"
    found = {d["document"] for _, _, d in back.edges(data=True)}
    assert found == set(network.letters["document"])
    weights = sum(d["weight"] for _, _, d in back.edges(data=True))
    assert weights == network.letters["weight"].sum()


def test_pajek_has_arcs_by_channel_with_days(network: Network) -> None:
    text = written(pajek, network)[0].decode()
    lines = text.splitlines()
    assert lines[0] == f"*Vertices {network.size}"
    assert sum(line.startswith("*Arcs") for line in lines) == 3
    number = network.number("person/ash") + 1
    other = network.number("person/cedar") + 1
    arcs = [x for x in lines if x.split(": ")[-1].startswith(f"{number} {other} ")]
    assert len(arcs) == 3
    assert any('[19610401-19610515] l "grove/3"' in x for x in arcs)


def test_cytoscape_has_nodes_and_letters(network: Network) -> None:
    content = json.loads(written(cytoscape, network)[0])
    assert {n["data"]["id"] for n in content["elements"]["nodes"]} == set(network.ids)
    assert len(content["elements"]["edges"]) == network.letters.height
    ends = {e["data"]["interaction"] for e in content["elements"]["edges"]}
    assert ends == {"bolshakov", "telegram", "not stated"}


def test_tables_have_every_letter(network: Network, tmp_path: Path) -> None:
    letters.save(network, tmp_path / "a.csv")
    letters.save(network, tmp_path / "a.parquet")
    table = pl.read_parquet(tmp_path / "a.parquet")
    assert table.equals(edges.edge_table(network))
    text = pl.read_csv(tmp_path / "a.csv", infer_schema=False)
    assert text.height == table.height
    assert "1961-05-15T23:59:59" in text["date_latest"].to_list()


@pytest.mark.parametrize("ending", [".gexf", ".graphml", ".net", ".cyjs", ".csv", ".parquet"])
def test_every_format_tells_what_it_flattened_and_is_the_same_twice(
    network: Network, tmp_path: Path, ending: str
) -> None:
    first = letters.save(network, tmp_path / f"a{ending}")
    letters.save(network, tmp_path / f"b{ending}")
    assert first
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_an_unknown_ending_is_refused(network: Network, tmp_path: Path) -> None:
    with pytest.raises(KgraphError, match=r"a\.docx"):
        letters.save(network, tmp_path / "a.docx")


def test_two_of_one_name_stay_apart_in_pajek() -> None:
    from kgraph.model import Party

    record = letter(1, "person/ash", "person/cedar").__class__(
        id="x/1", source="x", senders=(Party(name="Ash", id="person/ash-1"),),
        addressees=(Party(name="Ash", id="person/ash-2"),),
    )  # fmt: skip
    text = written(pajek, network_of(from_records([*authority(), record])))[0].decode()
    assert '"Ash (person/ash-1)"' in text
    assert '"Ash (person/ash-2)"' in text
