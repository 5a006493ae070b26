"""Every IRI answers, in the form that its client likes; caches, CORS and HEAD behave."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph import iris
from kgraph.build import build
from kgraph.server.application import Settings, application
from kgraph.store import open_store

from .editing import calendar

LETTER = "/doc/document/frus/21"
TYPES = {
    "ttl": "text/turtle", "jsonld": "application/ld+json", "trig": "application/trig",
    "nt": "application/n-triples", "nq": "application/n-quads", "rdf": "application/rdf+xml",
    "html": "text/html", "cmif": "application/tei+xml",
}  # fmt: skip


@pytest.mark.parametrize(("accept", "expected"), [
    ("text/turtle", "text/turtle"),
    ("*/*", "text/html"),
    ("text/*", "text/html"),
    ("application/*", "application/ld+json"),
    ("application/xhtml+xml", "text/html"),
    ("text/html;q=0.5, text/turtle;q=0.9", "text/turtle"),
    ("text/turtle;q=0.2, application/ld+json;q=0.2, */*;q=0.1", "text/turtle"),
    ("text/html;q=0, */*", "text/turtle"),
    ("application/rdf+xml, */*;q=0.1", "application/rdf+xml"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ("application/n-quads;q=1.0", "application/n-quads"),
    ("nonsense", "text/html"),
])  # fmt: skip
def test_negotiation(client: TestClient, accept: str, expected: str) -> None:
    answer = client.get(LETTER, headers={"Accept": accept})
    assert answer.status_code == 200
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == expected
    assert "accept" in answer.headers["vary"].lower()


def test_what_cannot_be_had_is_refused_with_the_list(client: TestClient) -> None:
    answer = client.get(LETTER, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    for suffix, media_type in TYPES.items():
        assert media_type in answer.text
        assert f"{LETTER}.{suffix}" in answer.text


@pytest.mark.parametrize("suffix", TYPES)
def test_a_suffix_asks_for_one_form(client: TestClient, suffix: str) -> None:
    answer = client.get(f"{LETTER}.{suffix}", headers={"Accept": "image/png"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(TYPES[suffix])


def test_all_forms_say_the_same(client: TestClient) -> None:
    def triples(suffix: str, form: ox.RdfFormat) -> set[str]:
        body = client.get(f"{LETTER}.{suffix}").content
        return {str(q.triple) for q in ox.parse(body, format=form)}

    expected = triples("nt", ox.RdfFormat.N_TRIPLES)
    assert len(expected) > 50
    for suffix, form in (("ttl", ox.RdfFormat.TURTLE), ("rdf", ox.RdfFormat.RDF_XML),
                         ("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)):  # fmt: skip
        assert triples(suffix, form) == expected, suffix


def test_things_lead_to_their_documents(client: TestClient) -> None:
    answer = client.get("/id/person/bolshakov")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/doc/person/bolshakov"
    assert client.get("/id/person/bolshakov.ttl").headers["location"].endswith(".ttl")


def test_an_alias_leads_to_what_it_stands_for(client: TestClient) -> None:
    answer = client.get("/doc/document/wc/117349", headers={"Accept": "text/turtle"})
    assert answer.status_code == 301
    assert answer.headers["location"] == "/doc/document/th/N6"


@pytest.mark.parametrize("path", ["/doc/person/nobody", "/id-less", "/channel/none", "/dumps/x"])
def test_what_is_unknown_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_every_kind_of_iri_answers(client: TestClient, home: Path) -> None:
    """A sample of all IRIs of ours that are subject or object anywhere in the store."""
    kinds: dict[str, list[str]] = {}
    store = open_store(home)
    for position in ("?x ?p ?o", "?s ?p ?x"):
        query = f"SELECT DISTINCT ?x {{ {position} FILTER(isIRI(?x)) }} ORDER BY ?x"
        for (term,) in store.select(query):
            iri = term.value  # type: ignore[union-attr]
            if iri.startswith(iris.BASE) and "#" not in iri:
                part = "part" if "/-/" in iri else ""
                kind = "/".join(iri.removeprefix(iris.BASE).split("/")[:2]) + part
                kinds.setdefault(kind, []).append(iri)
    assert len(kinds) > 10
    for kind, found in kinds.items():
        for iri in found[:: max(1, len(found) // 3)][:4]:
            path = "/" + iri.removeprefix(iris.BASE)
            answer = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
            assert answer.status_code == 200, (kind, iri)
            assert answer.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("path", ["/ontology", "/shapes", "/channel", "/channel/bolshakov"])
def test_terms_answer_at_their_own_iris(client: TestClient, path: str) -> None:
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    page = client.get(path, headers={"Accept": "text/html"})
    assert (turtle.status_code, page.status_code) == (200, 200)
    assert len(list(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))) > 5
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", [LETTER, "/cmif.xml", "/catalogue", "/fragments", "/ldes", "/",
                                  "/oai?verb=Identify", "/sitemap.xml", "/openapi.json",
                                  "/dumps/kgraph.nq.gz", "/linkset/doc/document/frus/21"])  # fmt: skip
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["access-control-allow-origin"] == "*"


def test_a_client_that_has_it_gets_304(client: TestClient) -> None:
    first = client.get(LETTER, headers={"Accept": "text/turtle"})
    tag, date = first.headers["etag"], first.headers["last-modified"]
    assert not tag.startswith("W/")
    for header in ({"If-None-Match": tag}, {"If-None-Match": f'"other", {tag}'},
                   {"If-None-Match": "*"}, {"If-Modified-Since": date}):  # fmt: skip
        again = client.get(LETTER, headers={"Accept": "text/turtle", **header})
        assert again.status_code == 304, header
        assert again.content == b""
    other = client.get(LETTER, headers={"Accept": "text/html", "If-None-Match": tag})
    assert other.status_code == 200, "the tag of another form is no match"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_compression(client: TestClient, coding: str) -> None:
    if coding == "br":
        pytest.importorskip("brotli", reason="brotli is not installed")
    if coding == "zstd":
        pytest.importorskip("zstandard", reason="zstandard is not installed")
    plain = client.get("/ontology.ttl", headers={"Accept-Encoding": "identity"})
    packed = client.get("/ontology.ttl", headers={"Accept-Encoding": coding})
    assert packed.headers["content-encoding"] == coding
    assert packed.headers["etag"] != plain.headers["etag"]
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    if coding == "gzip":
        with client.stream("GET", "/ontology.ttl", headers={"Accept-Encoding": coding}) as raw:
            assert gzip.decompress(b"".join(raw.iter_raw())) == plain.content


def test_a_new_build_is_served_without_restart(tmp_path: Path) -> None:
    home, source = tmp_path / "store", tmp_path / "letters.yaml"
    source.write_text(calendar(("a/1", "First letter")))
    build([source], home, jobs=1)
    turtle = {"Accept": "text/turtle"}
    query = {"query": "SELECT ?l { ?d a kg:Document ; rdfs:label ?l }", "format": "csv"}
    with TestClient(application(Settings(home, workers=1))) as client:
        before = client.get("/doc/document/a/1", headers=turtle)
        assert "First letter" in before.text
        assert "First letter" in client.get("/sparql", params=query).text
        source.write_text(calendar(("a/1", "Second wording")))
        build([source], home, jobs=1)
        time.sleep(0.15)  # the pointer is looked at every tenth of a second
        stale = {**turtle, "If-None-Match": before.headers["etag"]}
        after = client.get("/doc/document/a/1", headers=stale)
        assert after.status_code == 200
        assert "Second wording" in after.text
        assert "First letter" not in after.text
        assert "Second wording" in client.get("/sparql", params=query).text


def test_preflight(client: TestClient) -> None:
    answer = client.options("/sparql", headers={"Origin": "https://example.org",
                                                "Access-Control-Request-Method": "POST"})  # fmt: skip
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", ["/doc/document/%F4%8D%AB%84", "/doc/document/a%20b", "/id/%C3%A9",
                                  "/doc/%00", "/linkset/doc/document/%EF%BF%BF", "/channel/%7B"])  # fmt: skip
def test_strange_addresses_are_answered_calmly(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (303, 404)


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        ("document/frus/21", "Message"),
        ("person/khrushchev-nikita", "Person"),
        ("body/cc-cpsu", "Organization"),
        ("place/moscow", "Place"),
        ("event/cuban-missile-crisis", "Event"),
    ],
)
def test_schema_org_by_profile_and_suffix(client: TestClient, thing: str, kind: str) -> None:
    profile = 'application/ld+json; profile="https://schema.org/"'
    told = client.get(f"/doc/{thing}", headers={"Accept": f"{profile}, text/html;q=0.5"})
    assert told.status_code == 200
    assert told.headers["content-type"] == profile
    assert "Accept" in told.headers["vary"]
    data = told.json()
    assert data["@context"] == "https://schema.org/"
    assert data["@type"] == kind
    assert data["@id"] == iris.thing(thing)
    assert client.get(f"/doc/{thing}.schema.jsonld").json() == data
    assert f"/doc/{thing}.schema.jsonld" in told.headers["link"]
    ours = client.get(f"/doc/{thing}", headers={"Accept": "application/ld+json"})
    assert ours.headers["content-type"] == "application/ld+json"
    assert ours.json() != data
    page = client.get(f"/doc/{thing}", headers={"Accept": "text/html"}).text
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert embedded
    assert json.loads(embedded[1]) == data


def test_a_person_in_schema_org(client: TestClient) -> None:
    data = client.get("/doc/person/khrushchev-nikita.schema.jsonld").json()
    assert data["birthDate"] == "1894-04-15"
    assert "http://viaf.org/viaf/64007537" in data["sameAs"]
    assert data["spouse"][0]["name"] == "Nina Petrovna Khrushchev"
    assert data["url"].endswith("/doc/person/khrushchev-nikita")
    assert client.get("/doc/person/nobody.schema.jsonld").status_code == 404
