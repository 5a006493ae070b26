"""The automatic part of the FAIRsFAIR data object assessment metrics (v0.5), by their text.

F-UJI, the program that usually makes this assessment, is in no package registry. What its
practical tests ask of a data set's address is asked here of the running server: one test
a metric, and their share must be at least 80 %. Left out is FsF-A2-01M (metadata outlive
the data), which no program can see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF

from kgraph import iris

from .conftest import Running

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
CORE = {"name", "description", "keywords", "creator", "publisher", "datePublished", "identifier"}
OPEN_FORMATS = {"application/n-quads", "application/n-triples", "application/trig"}


class Assessed:
    """Everything that an assessment finds from the address of the data set."""

    def __init__(self, root: str) -> None:
        self.address = f"{root}/dataset"
        page = httpx.get(self.address, headers={"Accept": "text/html"}, timeout=60)
        self.status, self.html, self.link = page.status_code, page.text, page.headers["link"]
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)
        self.embedded: dict[str, Any] = json.loads(found[1]) if found else {}
        turtle = httpx.get(self.address, headers={"Accept": "text/turtle"}, timeout=60)
        self.graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
        self.dataset = rdflib.URIRef(self.address)

    def linked(self, relation: str) -> list[str]:
        return re.findall(rf'<([^>]*)>; rel="{relation}"', self.link)

    def objects(self, predicate: Any) -> set[str]:
        return {str(o) for o in self.graph.objects(self.dataset, predicate)}


METRICS: dict[str, Callable[[Assessed], bool]] = {
    "FsF-F1-01D globally unique identifier": lambda a: a.address.startswith("http"),
    "FsF-F1-02D persistent identifier": lambda a: (
        iris.THINGS.startswith("https://w3id.org/") and iris.THINGS in a.objects(VOID.uriSpace)
    ),
    "FsF-F2-01M core metadata": lambda a: {k for k, v in a.embedded.items() if v} >= CORE,
    "FsF-F3-01M identifier of the data": lambda a: bool(a.linked("item")) and all(
        httpx.head(d["contentUrl"], timeout=60).status_code == 200 for d in a.embedded["distribution"]
    ),
    "FsF-F4-01M found by search engines": lambda a: a.embedded.get("@type") == "Dataset",
    "FsF-A1-01M level of access": lambda a: (
        "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
        in a.objects(DCTERMS.accessRights)
    ),
    "FsF-A1-02M metadata by a standard protocol": lambda a: a.status == 200,
    "FsF-A1-03D data by a standard protocol": lambda a: all(
        httpx.get(item, headers={"Range": "bytes=0-9"}, timeout=60).status_code == 206
        for item in a.linked("item")
    ),
    "FsF-I1-01M formal language": lambda a: len(a.graph) > 100,
    "FsF-I2-01M registered vocabularies": lambda a: len(
        {v for v in a.objects(VOID.vocabulary) if "kgraph" not in v}
    ) >= 3,
    "FsF-I3-01M links to related entities": lambda a: bool(
        list(a.graph.subjects(RDF.type, VOID.Linkset))
    ),
    "FsF-R1-01MD content of the data": lambda a: bool(a.embedded.get("variableMeasured"))
    and all(d.get("encodingFormat") for d in a.embedded["distribution"]),
    "FsF-R1.1-01M licence": lambda a: (
        a.linked("license") == [a.embedded["license"]]
        and "creativecommons.org" in a.embedded["license"]
    ),
    "FsF-R1.2-01M provenance": lambda a: bool(a.objects(DCTERMS.provenance))
    and bool(a.objects(DCTERMS.issued)),
    "FsF-R1.3-01M community standard": lambda a: DCAT.Dataset in set(
        a.graph.objects(a.dataset, RDF.type)
    ),
    "FsF-R1.3-02D open file format": lambda a: {
        d["encodingFormat"] for d in a.embedded["distribution"]
    } <= OPEN_FORMATS,
}  # fmt: skip


@pytest.fixture(scope="module")
def assessed(running: Running) -> Assessed:
    return Assessed(running.url)


@pytest.mark.parametrize("metric", METRICS)
def test_metric(assessed: Assessed, metric: str) -> None:
    assert METRICS[metric](assessed)


def test_the_share_is_at_least_four_fifths(assessed: Assessed) -> None:
    passed = sum(bool(test(assessed)) for test in METRICS.values())
    assert passed / (len(METRICS) + 1) >= 0.8  # the one that is left out counts as not passed


def test_the_dataset_has_a_page_for_browsers(running: Running) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for path in ("/dataset", "/catalogue", "/.well-known/void"):
        page = httpx.get(running.url + path, headers={"Accept": accept}, timeout=60)
        assert page.headers["content-type"].startswith("text/html")
        assert "CC0" in page.text
    assert httpx.get(running.url + "/dataset").headers["content-type"].startswith("text/turtle")
    named = httpx.get(
        running.url + "/dataset?format=jsonld", headers={"Accept": accept}, timeout=60
    )
    assert named.headers["content-type"] == "application/ld+json"
    assert httpx.get(running.url + "/dataset?format=doc").status_code == 400
    refused = httpx.get(running.url + "/dataset", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in refused.text
