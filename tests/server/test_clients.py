"""Clients that people really use, against a running server."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from kgraph.server.application import Settings, application
from kgraph.store import open_store

from .conftest import Running

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?d a <https://w3id.org/kgraph/ontology#Document> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def documents(home: Path) -> int:
    ((n,),) = open_store(home).select(COUNT)
    return int(n.value)  # type: ignore[union-attr]


def test_sparqlwrapper(running: Running, home: Path) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    asked = wrapper.SPARQLWrapper(running.url + "/sparql")
    for form in (wrapper.JSON, wrapper.XML):
        for method in (wrapper.GET, wrapper.POST):
            asked.setQuery(COUNT)
            asked.setReturnFormat(form)
            asked.setMethod(method)
            answer = asked.query().convert()
            if form == wrapper.JSON:
                found = answer["results"]["bindings"][0]["n"]["value"]
            else:
                found = answer.getElementsByTagName("literal")[0].firstChild.data
            assert int(found) == documents(home)
    asked.setQuery("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 5")
    asked.setReturnFormat(wrapper.TURTLE)
    assert b" a " in asked.query().convert()


def test_rdflib_sparqlstore(running: Running, home: Path) -> None:
    from rdflib import Graph, URIRef
    from rdflib.namespace import RDF
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(running.url + "/sparql"))
    (row,) = graph.query(COUNT)
    assert int(row[0]) == documents(home)  # type: ignore[index]
    kind = URIRef("https://w3id.org/kgraph/ontology#Document")
    assert len(set(graph.subjects(RDF.type, kind))) == documents(home)


def test_our_own_remote_store(running: Running, home: Path) -> None:
    remote = open_store(running.url + "/sparql")
    ((n,),) = remote.select(COUNT)
    assert int(n.value) == documents(home)  # type: ignore[union-attr]


@pytest.mark.parametrize(("format", "start"), [
    ("json", b'{"head"'), ("xml", b"<?xml"), ("csv", b"n\r\n"), ("tsv", b"?n\n"),
])  # fmt: skip
def test_rows_come_in_all_formats(running: Running, format: str, start: bytes) -> None:
    answer = httpx.get(running.url + "/sparql", params={"query": COUNT, "format": format})
    assert answer.content.startswith(start)


def test_a_long_row_of_queries_is_answered_whole(running: Running, home: Path) -> None:
    everything = documents(home)
    with httpx.Client() as client:
        for limit in range(everything - 60, everything):
            query = COUNT.replace("(COUNT(*) AS ?n)", "?d") + f" LIMIT {limit}"
            answer = client.get(running.url + "/sparql", params={"query": query, "format": "csv"})
            assert answer.status_code == 200, answer.text
            assert len(answer.text.splitlines()) == limit + 1


def test_an_error_names_line_and_column(running: Running) -> None:
    answer = httpx.get(running.url + "/sparql", params={"query": "SELECT ?x {\n  ?x ?y }}"})
    assert answer.status_code == 400
    assert "line 2" in answer.text
    assert "column" in answer.text


def test_service_is_off(running: Running) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    answer = httpx.get(running.url + "/sparql", params={"query": query})
    assert answer.status_code == 400
    assert "SERVICE" in answer.text


def test_updates_are_refused(running: Running) -> None:
    update = {"update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}
    assert httpx.post(running.url + "/sparql", data=update).status_code == 403


def test_a_query_that_takes_too_long_ends_and_the_next_works(home: Path) -> None:
    with Running(application(Settings(home, workers=1, timeout=1.0))) as running:
        address = running.url + "/sparql"
        late = httpx.get(address, params={"query": ENDLESS}, timeout=60)
        assert late.status_code == 503
        assert "longer" in late.text
        after = httpx.get(address, params={"query": COUNT}, timeout=60)
        assert after.status_code == 200


def test_a_client_that_leaves_frees_the_worker(home: Path) -> None:
    with Running(application(Settings(home, workers=1, timeout=8.0))) as running:
        with socket.create_connection(("127.0.0.1", running.port)) as client:
            query = ENDLESS.replace(" ", "%20").replace("?", "%3F")
            client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.3)
        begun = time.monotonic()
        after = httpx.get(running.url + "/sparql", params={"query": COUNT}, timeout=60)
        assert after.status_code == 200
        assert time.monotonic() - begun < 60


def test_extruct_reads_schema_org_from_pages(running: Running) -> None:
    extruct = pytest.importorskip("extruct", reason="extruct is not installed")
    page = httpx.get(running.url + "/doc/document/frus/21", headers={"Accept": "text/html"})
    found = extruct.extract(page.text, base_url=str(page.url), syntaxes=["json-ld"])["json-ld"]
    message = next(one for one in found if one["@type"] == "Message")
    assert "Khrushchev" in message["sender"][0]["name"]
    assert message["dateSent"] == "1961-09-29"


def test_curl_follows_an_iri_to_turtle_and_resumes_a_dump(running: Running, tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not on this machine")
    followed = subprocess.run(
        [curl, "-sL", "-H", "Accept: text/turtle", running.url + "/id/person/bolshakov"],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "Bolshakov" in followed.stdout
    whole, part = tmp_path / "whole.gz", tmp_path / "part.gz"
    address = running.url + "/dumps/kgraph.nt.gz"
    subprocess.run([curl, "-s", "-o", whole, address], timeout=60, check=True)
    part.write_bytes(whole.read_bytes()[:1000])
    subprocess.run([curl, "-s", "-C", "-", "-o", part, address], timeout=60, check=True)
    assert part.read_bytes() == whole.read_bytes()


def test_wget_crawls_from_the_sitemap(running: Running, tmp_path: Path) -> None:
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not on this machine")
    sitemap = httpx.get(running.url + "/sitemap.xml").text
    pages = [line.partition("<loc>")[2].partition("</loc>")[0] for line in sitemap.splitlines()]
    listed = tmp_path / "pages.txt"
    listed.write_text("\n".join([page for page in pages if page][::60]))
    told = subprocess.run(
        [wget, "-nv", "-P", tmp_path / "crawl", "-x", "-i", listed],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr


def test_schemathesis_finds_nothing_against_the_description(running: Running) -> None:
    schemathesis = shutil.which("schemathesis") or shutil.which(
        str(Path(__import__("sys").executable).parent / "schemathesis")
    )
    if schemathesis is None:
        pytest.skip("schemathesis is not installed")
    told = subprocess.run(
        [schemathesis, "run", running.url + "/openapi.json", "--max-examples", "15",
         "--phases", "examples,fuzzing", "--no-color", "--seed", "1",
         "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
                     "response_schema_conformance"],
        capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-4000:]


def test_the_description_covers_what_answers_in_json(running: Running) -> None:
    described = json.loads(httpx.get(running.url + "/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    for path in described["paths"]:
        address = path.replace("{path}", "document/frus/21")
        answer = httpx.get(running.url + address, headers={"Accept": "application/json, */*;q=0.1"})
        assert answer.status_code == 200, path
