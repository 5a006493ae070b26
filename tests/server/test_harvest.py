"""Fragments, event stream, ResourceSync, letter index, linksets: read as their clients do."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rdflib
from lxml import etree
from rdflib.namespace import DCTERMS, RDF
from starlette.testclient import TestClient

from kgraph.build import build
from kgraph.server.application import Settings, application
from kgraph.store import open_store

from .conftest import Running
from .editing import calendar

HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
TREE = rdflib.Namespace("https://w3id.org/tree#")
LDES = rdflib.Namespace("https://w3id.org/ldes#")
AS = rdflib.Namespace("https://www.w3.org/ns/activitystreams#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
BASE = "https://w3id.org/kgraph/"
LETTER = "/doc/document/frus/21"


def dataset(client: TestClient, address: str) -> rdflib.Dataset:
    path = address.removeprefix("http://testserver")
    answer = client.get(path, headers={"Accept": "application/trig"})
    assert answer.status_code == 200, answer.text
    return rdflib.Dataset(default_union=True).parse(data=answer.text, format="trig")


def fragment(client: TestClient, **pattern: str) -> tuple[set[object], int]:
    """All triples of a fragment, page by page, and the count that its first page promises."""
    found: set[object] = set()
    address = str(client.base_url.join("/fragments").copy_with(params=pattern))
    promised = None
    while address:
        graph = dataset(client, address)
        data = set(graph.default_graph)
        assert not data & found, "a triple came twice"
        found |= data
        following = next(iter(graph.objects(None, HYDRA.next)), None)
        if promised is None:
            promised = int(next(iter(graph.objects(None, VOID.triples))))  # type: ignore[arg-type]
        address = str(following) if following is not None else ""
    return found, promised or 0


@pytest.mark.parametrize("pattern", [
    {"predicate": BASE + "ontology#wroteTo"},
    {"subject": BASE + "id/person/khrushchev-nikita"},
    {"object": BASE + "id/person/kennedy-john-f", "predicate": BASE + "ontology#wroteTo"},
    {"object": '"1961-09-29"^^http://id.loc.gov/datatypes/edtf/EDTF'},
    {"object": '"Moscow"'},
    {"subject": BASE + "id/nothing"},
])  # fmt: skip
def test_a_fragment_has_what_the_store_has(
    client: TestClient, home: Path, pattern: dict[str, str]
) -> None:
    found, promised = fragment(client, **pattern)
    terms = {n: f"<{v}>" if v.startswith("http") else v for n, v in pattern.items()}
    for name, value in terms.items():
        if "^^" in value:
            terms[name] = value.replace("^^", "^^<") + ">"
    where = " ".join(terms.get(n, f"?{n}") for n in ("subject", "predicate", "object"))
    ((count,),) = open_store(home).select(f"SELECT (COUNT(*) AS ?n) {{ {where} }}")
    assert len(found) == promised == int(count.value)  # type: ignore[union-attr]


def test_every_fragment_has_the_form(client: TestClient) -> None:
    graph = dataset(client, "/fragments")
    template = str(next(iter(graph.objects(None, HYDRA.template))))
    assert template.endswith("/fragments{?subject,predicate,object}")
    properties = {str(p).rpartition("#")[2] for p in graph.objects(None, HYDRA.property)}
    assert properties == {"subject", "predicate", "object"}


@pytest.mark.parametrize(("query", "status"), [
    ("page=0", 404), ("page=x", 400), ("page=99999", 404), ("subject=%22literal%22", 400),
    ("subject=not an iri", 400),
])  # fmt: skip
def test_fragments_that_are_none(client: TestClient, query: str, status: int) -> None:
    assert client.get("/fragments?" + query).status_code == status


def stream(client: TestClient) -> rdflib.Dataset:
    """All pages of the event stream, found by following its relations."""
    everything = rdflib.Dataset(default_union=True)
    waiting, seen = ["http://testserver/ldes"], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        page = dataset(client, address)
        for quad in page.quads():
            everything.add(quad)  # type: ignore[arg-type]
        waiting += [str(node) for node in page.objects(None, TREE.node)]
    return everything


def test_the_stream_has_a_version_of_everything(client: TestClient) -> None:
    graph = stream(client)
    (collection,) = graph.subjects(RDF.type, TREE.Collection)
    assert (collection, RDF.type, LDES.EventStream) in graph
    members = list(graph.objects(collection, TREE.member))
    things = [graph.value(member, DCTERMS.isVersionOf) for member in members]
    assert len(set(things)) == len(members) > 700
    assert rdflib.URIRef(BASE + "id/document/frus/21") in things
    for member in members[::50]:
        assert isinstance(graph.value(member, DCTERMS.created).toPython().year, int)  # type: ignore
        assert len(graph.graph(member)) > 0, "a version says nothing"
    policy = next(iter(graph.objects(None, LDES.retentionPolicy)))
    assert (policy, RDF.type, LDES.LatestVersionSubset) in graph


def test_changes_reach_stream_and_change_list(tmp_path: Path) -> None:
    home, source = tmp_path / "store", tmp_path / "letters.yaml"
    source.write_text(calendar(("a/1", "First letter"), ("a/2", "Second letter")))
    build([source], home, jobs=1)
    with TestClient(application(Settings(home, workers=1))) as client:
        before = len(list(stream(client).subjects(DCTERMS.isVersionOf)))
    source.write_text(calendar(("a/1", "First letter, corrected"), ("a/3", "Third letter")))
    build([source], home, jobs=1)
    with TestClient(application(Settings(home, workers=1))) as client:
        graph = stream(client)
        kinds = {
            str(graph.value(m, DCTERMS.isVersionOf)).rpartition("document/")[2]: graph.value(
                m, RDF.type
            )
            for m in graph.objects(None, TREE.member)
        }
        assert kinds["a/1"] == AS.Update
        assert kinds["a/2"] == AS.Delete
        assert kinds["a/3"] == AS.Create
        assert len(kinds) == before + 1
        changes = etree.fromstring(client.get("/resourcesync/changelist.xml").content)
        told = {
            (str(u.findtext("{*}loc")).rpartition("/")[2], u.find("{*}md").get("change"))  # type: ignore
            for u in changes.findall("{*}url")
        }
        assert {("1.ttl", "updated"), ("2.ttl", "deleted"), ("3.ttl", "created")} <= told


def test_resources_are_found_from_the_well_known_address(client: TestClient) -> None:
    address = "/.well-known/resourcesync"
    for capability in ("description", "capabilitylist", "resourcelist"):
        listed = etree.fromstring(client.get(address).content)
        assert listed.find("{*}md").get("capability") == capability  # type: ignore[union-attr]
        entries = listed.findall("{*}url")
        address = urlsplit(str(entries[0].findtext("{*}loc"))).path
    assert len(entries) > 700
    for entry in entries[::100]:
        found = client.get(str(entry.findtext("{*}loc")))
        assert found.status_code == 200
        assert found.headers["content-type"].startswith("text/turtle")


def test_a_resourcesync_client_reads_the_lists(running: Running) -> None:
    pytest.importorskip("resync", reason="the client resync is not installed")
    from resync.explorer import Explorer  # noqa: F401
    from resync.resource_list import ResourceList

    listed = ResourceList()
    listed.read(uri=running.url + "/resourcesync/resourcelist.xml")
    assert len(listed) > 700
    assert listed.md["capability"] == "resourcelist"


@pytest.mark.shared
def test_the_letter_index_is_valid_cmif(client: TestClient, shared: Path) -> None:
    index = etree.fromstring(client.get("/cmif.xml").content)
    for path in (shared / "suites/cmif/schema/cmi-customization.rng",
                 shared / "sources/cmif/sig/schema__cmi-customization.rng"):  # fmt: skip
        schema = etree.RelaxNG(etree.parse(str(path)))
        assert schema.validate(etree.ElementTree(index)), schema.error_log
    tei = "{http://www.tei-c.org/ns/1.0}"
    known = {b.get("{http://www.w3.org/XML/1998/namespace}id") for b in index.iter(tei + "bibl")}
    letters = list(index.iter(tei + "correspDesc"))
    assert len(letters) > 200
    for letter in letters:  # the rules of the specification's Schematron
        assert {a.get("type") for a in letter} - {None} == {"sent", "received"}
        assert str(letter.get("source")).lstrip("#") in known
        for date in letter.iter(tei + "date"):
            assert {"when", "from", "to", "notBefore", "notAfter"} & set(date.attrib)


def test_what_is_exported_can_be_read_again(client: TestClient, tmp_path: Path) -> None:
    from kgraph.model import Record
    from kgraph.report import Report
    from kgraph.sources import cmif

    path = tmp_path / "index.xml"
    path.write_bytes(client.get("/cmif.xml").content)
    records = {r.url: r for r in cmif.read(path, Report()) if isinstance(r, Record)}
    record = records[BASE + "id/document/frus/21"]
    assert record.senders[0].name == "Nikita S. Khrushchev"
    assert record.date is not None
    assert record.date.edtf == "1961-09-29"
    assert record.place is not None
    assert record.place.name == "Moscow"


@pytest.mark.parametrize("since", [
    "Sat, 4 Jul 2099 3:05:00 GMT", "Sat, 04 Jul 2099 03:05:00 GMT", "Saturday, 04-Jul-68 03:05:00 GMT",
])  # fmt: skip
def test_the_index_bears_harvesters_dates(client: TestClient, since: str) -> None:
    assert client.head("/cmif.xml").status_code == 200
    answer = client.get("/cmif.xml", headers={"If-Modified-Since": since})
    assert answer.status_code == 304
    old = client.head("/cmif.xml", headers={"If-Modified-Since": "Sun, 1 Jan 1995 1:02:03 GMT"})
    assert old.status_code == 200


def test_a_letter_has_cmif_and_a_person_has_none(client: TestClient) -> None:
    tei = {"Accept": "application/tei+xml"}
    letter = client.get(LETTER, headers=tei)
    assert letter.headers["content-type"] == "application/tei+xml"
    assert b'when="1961-09-29"' in letter.content
    refused = client.get("/doc/person/bolshakov", headers=tei)
    assert refused.status_code == 406
    assert ".ttl" in refused.text
    assert ".cmif" not in refused.text


def test_a_linkset_has_the_links_of_the_header(client: TestClient) -> None:
    from kgraph.server.harvest.linkset import links

    page = client.get(LETTER, headers={"Accept": "text/html"})
    told = links(page.headers["link"])
    (address,) = [target for target, more in told if more["rel"] == "linkset"]
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/linkset+json"
    (context,) = json.loads(answer.content)["linkset"]
    assert context["anchor"].endswith(LETTER)
    for relation in ("cite-as", "author", "describedby", "license", "type"):
        here = {urlsplit(t)._replace(scheme="", netloc="").geturl() for t, m in told
                if m["rel"] == relation}  # fmt: skip
        there = {urlsplit(e["href"])._replace(scheme="", netloc="").geturl()
                 for e in context[relation]}  # fmt: skip
        assert here == there
    for entry in context["describedby"]:
        path = entry["href"].removeprefix("http://testserver")
        assert client.get(path).headers["content-type"].startswith(entry["type"]), path


def test_a_signposting_client_finds_the_metadata(running: Running) -> None:
    signposting = pytest.importorskip("signposting", reason="signposting is not installed")
    found = signposting.find_signposting_http(running.url + LETTER)
    assert str(found.citeAs.target) == BASE + "id/document/frus/21"
    assert {str(one.type) for one in found.describedBy} >= {"text/turtle", "application/ld+json"}
    assert str(next(iter(found.linksets)).target).startswith(running.url)


def test_rapper_counts_what_is_served(running: Running, client: TestClient) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (raptor2-utils) is not on this machine")
    for suffix, name in (("ttl", "turtle"), ("rdf", "rdfxml"), ("nt", "ntriples")):
        address = f"{running.url}{LETTER}.{suffix}"
        told = subprocess.run(
            [rapper, "-q", "-i", name, "-o", "ntriples", address], capture_output=True, timeout=60
        )
        assert told.returncode == 0, told.stderr
        expected = client.get(f"{LETTER}.nt").text
        assert len(told.stdout.splitlines()) == len(expected.splitlines())
