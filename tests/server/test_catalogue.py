"""VoID, DCAT-AP, FAIR Data Point, sitemap: what harvesters read before they harvest."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyshacl
import pytest
import rdflib
from lxml import etree
from rdflib.namespace import OWL, RDF
from starlette.testclient import TestClient

from kgraph.store import open_store

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def graph(client: TestClient, path: str) -> rdflib.Graph:
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == 200, response.text
    return rdflib.Graph().parse(data=response.text, format="turtle")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["shapes.ttl", "range.ttl", "shapes_recommended.ttl",
                                  "deprecateduris.ttl"])  # fmt: skip
def test_the_catalogue_conforms_to_dcat_ap_3(client: TestClient, shared: Path, name: str) -> None:
    folder = shared / "suites" / "dcat-ap-3.0-shacl"
    if not folder.is_dir():
        pytest.skip(f"the DCAT-AP shapes are not at {folder}")
    shapes = rdflib.Graph().parse(folder / name)
    shapes.remove((None, OWL.imports, None))  # vocabularies of others: not fetched
    conforms, _, text = pyshacl.validate(graph(client, "/catalogue"), shacl_graph=shapes)
    assert conforms, text


@pytest.mark.shared
@pytest.mark.parametrize("name", ["shapes.ttl", "range.ttl", "shapes_recommended.ttl",
                                  "deprecateduris.ttl"])  # fmt: skip
def test_a_second_validator_agrees(client: TestClient, shared: Path, name: str) -> None:
    rudof = pytest.importorskip("pyrudof", reason="a second validator needs: pip install pyrudof")
    shapes = rdflib.Graph().parse(shared / "suites" / "dcat-ap-3.0-shacl" / name)
    shapes.remove((None, OWL.imports, None))
    validator = rudof.Rudof(rudof.RudofConfig())
    catalogue = client.get("/catalogue", headers={"Accept": "text/turtle"}).text
    validator.read_data(catalogue, rudof.RDFFormat.Turtle)
    validator.read_shacl(shapes.serialize(format="turtle"), rudof.ShaclFormat.Turtle)
    assert validator.validate_shacl().conforms


def test_dcat_ap_shapes_find_a_catalogue_without_title(client: TestClient, shared: Path) -> None:
    shapes = rdflib.Graph().parse(shared / "suites" / "dcat-ap-3.0-shacl" / "shapes.ttl")
    shapes.remove((None, OWL.imports, None))
    broken = graph(client, "/catalogue")
    broken.remove((None, rdflib.DCTERMS.title, None))
    assert not pyshacl.validate(broken, shacl_graph=shapes)[0]


def test_void_figures_are_what_the_store_counts(client: TestClient, home: Path) -> None:
    described = graph(client, "/.well-known/void")
    dataset = next(iter(described.subjects(RDF.type, VOID.Dataset)))
    store = open_store(home)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    ((triples,),) = store.select(count)
    assert int(described.value(dataset, VOID.triples)) == int(triples.value)  # type: ignore
    partitions = list(described.objects(dataset, VOID.classPartition))
    assert partitions
    for part in partitions:
        name = described.value(part, VOID["class"])
        ((entities,),) = store.select(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{name}> }}")
        assert int(described.value(part, VOID.entities)) == int(entities.value)  # type: ignore


def test_every_dump_that_the_catalogue_names_is_there(client: TestClient) -> None:
    described = graph(client, "/dataset")
    files = set(described.objects(None, DCAT.downloadURL)) | set(
        described.objects(None, VOID.dataDump)
    )
    assert len(files) >= 4
    for file in files:
        assert client.head(str(file)).status_code == 200, file


def test_dumps_have_checksums_and_ranges(client: TestClient) -> None:
    whole = client.get("/dumps/kgraph.nq.gz").content
    digest, _, name = client.get("/dumps/kgraph.nq.gz.sha256").text.partition("  ")
    assert digest == hashlib.sha256(whole).hexdigest()
    assert name.strip() == "kgraph.nq.gz"
    half = len(whole) // 2
    first = client.get("/dumps/kgraph.nq.gz", headers={"Range": f"bytes=0-{half - 1}"})
    rest = client.get("/dumps/kgraph.nq.gz", headers={"Range": f"bytes={half}-"})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.content + rest.content == whole


def test_the_data_point_leads_to_the_catalogue(client: TestClient) -> None:
    fdp = rdflib.Namespace("https://w3id.org/fdp/fdp-o#")
    point = graph(client, "/fdp")
    (subject,) = point.subjects(RDF.type, fdp.FAIRDataPoint)
    catalogue = str(point.value(subject, fdp.metadataCatalog))
    there = graph(client, catalogue.removeprefix("http://testserver"))
    assert (rdflib.URIRef(catalogue), RDF.type, DCAT.Catalog) in there
    assert list(there.objects(rdflib.URIRef(catalogue), DCAT.dataset))


def test_the_sitemap_leads_to_pages_that_answer(client: TestClient) -> None:
    robots = client.get("/robots.txt").text
    address = next(line for line in robots.splitlines() if line.startswith("Sitemap:"))
    answer = client.get(address.partition(": ")[2].removeprefix("http://testserver"))
    sitemap = etree.fromstring(answer.content)
    pages = sitemap.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert len(pages) > 300
    assert len(sitemap.xpath("//s:lastmod", namespaces=SITEMAP)) == len(pages)
    for page in pages[:: len(pages) // 25]:
        found = client.get(page, headers={"Accept": "text/html"})
        assert found.status_code == 200, page


def test_the_catalogue_tells_how_well_the_readers_read(client: TestClient) -> None:
    dqv = rdflib.Namespace("http://www.w3.org/ns/dqv#")
    described = graph(client, "/catalogue")
    values = {
        str(described.value(one, rdflib.RDFS.label)): float(described.value(one, dqv.value))  # type: ignore
        for one in described.subjects(RDF.type, dqv.QualityMeasurement)
        if str(described.value(one, dqv.isMeasurementOf)).endswith("/metric/f1")
    }
    (sender,) = (v for name, v in values.items() if name.startswith("sender (FRUS volumes in TEI"))
    assert 0.5 < sender <= 1
    told = (Path(__file__).parents[2] / "docs" / "accuracy.md").read_text("utf-8")
    part = told.partition("### FRUS volumes in TEI: FRUS documents")[2].partition("###")[0]
    row = next(line for line in part.splitlines() if line.startswith("| sender |"))
    assert f"{sender:.3f}" in row, "the table that ships is that of docs/accuracy.md"
