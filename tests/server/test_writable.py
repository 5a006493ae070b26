"""A writable server: what was made before a change is not shown after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kgraph import iris
from kgraph.server.application import Settings, application
from kgraph.server.publication import Publication

pytest.importorskip("tantivy", reason="search needs: pip install 'kgraph[serve]'")
TOKEN = "a token"
HTML = {"Accept": "text/html"}
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}
GRAPH = iris.THINGS + "record/register/900"
LETTER = iris.THINGS + "document/register/900"
NEW = f"""
PREFIX kg: <{iris.BASE}ontology#> PREFIX rico: <https://www.ica.org/standards/RiC/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {{ GRAPH <{GRAPH}> {{ <{LETTER}> a kg:Document ; rdfs:label "A letter on lighthouses" ;
  kg:survivalStatus kg:status-extant ; kg:date "1911-03-05" ;
  kg:earliest "1911-03-05T00:00:00" ; kg:latest "1911-03-05T23:59:59" ;
  rico:hasSender <{iris.THINGS}person/khrushchev-nikita> ;
  rico:hasAddressee <{iris.THINGS}person/kennedy-john-f> }} }}"""


@pytest.fixture
def client(own_home: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(own_home, writable=True, token=TOKEN))) as found:
        yield found


def update(client: TestClient, text: str) -> None:
    assert client.post("/sparql", data={"update": text}, headers=ALLOWED).status_code == 204


def shown(client: TestClient, address: str) -> str:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_an_update_is_seen_by_search_lists_pages_and_harvesters(client: TestClient) -> None:
    listed = "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"
    before = client.get("/letters?to=1912", headers=HTML).text
    assert "lighthouses" not in before
    assert "Nothing here fits" in shown(client, "/search?q=lighthouses")
    assert LETTER not in client.get(listed).text
    update(client, NEW)
    assert "A letter on lighthouses" in shown(client, "/search?q=lighthouses")
    assert "A letter on lighthouses" in shown(client, "/letters?to=1912")
    assert "A letter on lighthouses" in shown(client, "/doc/document/register/900")
    assert client.get("/oai", params={"verb": "GetRecord", "metadataPrefix": "oai_dc",
                                      "identifier": LETTER}).text.count("lighthouses") == 1  # fmt: skip
    update(client, f"DROP GRAPH <{GRAPH}>")
    assert "Nothing here fits" in shown(client, "/search?q=lighthouses")
    assert client.get("/doc/document/register/900", headers=HTML).status_code == 404


def test_the_letter_before_and_after_follow_an_update(client: TestClient, own_home: Path) -> None:
    from kgraph.server import preparing

    site = client.app.app.state.site  # type: ignore[attr-defined]
    preparing.make(site.publication, site.publication.now(), "exchanges")
    assert "lighthouses" not in shown(client, "/doc/document/frus/1")
    update(client, NEW)
    assert "lighthouses" in shown(client, "/doc/document/frus/1")


def test_a_graph_that_was_put_is_found_and_the_change_outlives_the_server(
    client: TestClient, own_home: Path
) -> None:
    site = client.app.app.state.site  # type: ignore[attr-defined]
    first = site.publication.now().tag
    turtle = f'<{iris.THINGS}person/pell> a <https://www.ica.org/standards/RiC/ontology#Person> ; <http://www.w3.org/2000/01/rdf-schema#label> "Ottilie Pell" .'
    assert "Nothing here fits" in shown(client, "/search?q=ottilie")
    put = client.put(
        "/graphs", params={"graph": GRAPH}, content=turtle,
        headers=ALLOWED | {"Content-Type": "text/turtle"},
    )  # fmt: skip
    assert put.status_code == 201
    assert "Ottilie Pell" in shown(client, "/search?q=ottilie")
    assert "Ottilie Pell" in shown(client, "/people?page=2")  # no document names her
    tag = site.publication.now().tag
    assert tag != first
    site.publication.now().store.oxigraph.flush()
    assert Publication(own_home).now().tag == tag  # whoever opens it later knows
