"""W3C SPARQL 1.1 Protocol and Service Description tests against the running application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF

pytest.importorskip("starlette", reason="the server needs: pip install 'kgraph[serve]'")
pytest.importorskip("httpx", reason="the test client needs httpx")

import pyoxigraph as ox
from starlette.testclient import TestClient

from kgraph.build import build
from kgraph.server.application import Settings, application

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "w3c-sparql11"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
TOKEN = "a-token-for-tests"


def manifest(name: str) -> tuple[rdflib.Graph, list[Any]]:
    path = SUITE / name / "manifest.ttl"
    if not path.exists():
        return rdflib.Graph(), []
    graph = rdflib.Graph().parse(path, publicID=path.as_uri())
    head = next(iter(graph.objects(None, MF.entries)))
    return graph, list(Collection(graph, head))


GRAPH, ENTRIES = manifest("protocol")
if not ENTRIES:
    ENTRIES = [
        pytest.param(
            None,
            marks=pytest.mark.skip(reason=f"the W3C suite is not beside the project ({SUITE})"),
        )
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("served") / "store"
    build([], where, jobs=1)
    return where


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    app = application(Settings(home, writable=True, token=TOKEN))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with TestClient(app, headers=headers, follow_redirects=False) as found:
        yield found


def _requests(entry: Any) -> list[Any]:
    action = GRAPH.value(entry, MF.action)
    head = GRAPH.value(action, HT.requests)
    return list(Collection(GRAPH, head))


def _send(client: TestClient, request: Any) -> Any:
    path = str(GRAPH.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    method = str(GRAPH.value(request, HT.methodName))
    headers = {"Accept": "*/*", "Authorization": f"Bearer {TOKEN}"}
    listed = GRAPH.value(request, HT.headers)
    for header in Collection(GRAPH, listed) if listed else []:
        headers[str(GRAPH.value(header, HT.fieldName))] = str(GRAPH.value(header, HT.fieldValue))
    body = GRAPH.value(request, HT.body)
    content = b""
    if body is not None:
        encoding = str(GRAPH.value(body, CNT.characterEncoding) or "UTF-8")
        content = str(GRAPH.value(body, CNT.chars)).strip().encode(encoding)
    return client.request(method, path, content=content, headers=headers)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: str(e).rpartition("#")[2])
def test_protocol(client: TestClient, entry: Any) -> None:
    for data in GRAPH.objects(entry, UT.graphData):
        _load(client, data)
    for request in _requests(entry):
        response = _send(client, request)
        expected = GRAPH.value(request, HT.resp)
        statuses = {str(s).rpartition("StatusCode")[2][0] for s in
                    GRAPH.objects(expected, MF.expectedStatus)}  # fmt: skip
        assert str(response.status_code)[0] in statuses, response.text
        boolean = GRAPH.value(expected, MF.expectedBoolean)
        if boolean is not None:
            answer = client.app  # the media type decides how the answer is read
            kind = response.headers["content-type"]
            assert answer is not None
            if "json" in kind:
                assert response.json()["boolean"] is bool(boolean)
            else:
                assert str(bool(boolean)).lower() in response.text
        wanted = GRAPH.value(expected, MF.expectedFormat)
        kind = response.headers.get("content-type", "")
        if str(wanted) in ("tabular", "boolean"):
            assert any(word in kind for word in ("sparql-results", "json", "csv", "tab", "xml"))
        elif str(wanted) == "RDF":
            assert any(word in kind for word in ("turtle", "rdf+xml", "triples", "ld+json"))


def _load(client: TestClient, data: Any) -> None:
    """Put a graph of the suite where the test expects it."""
    graph = GRAPH.value(data, UT.graph)
    label = GRAPH.value(data, rdflib.RDFS.label)
    path = Path(str(graph).removeprefix("file://"))
    store = client.app.app.state.site.publication.now().store.oxigraph  # type: ignore[attr-defined]
    store.load(path=str(path), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(str(label)))


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def _description(client: TestClient) -> rdflib.Graph:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    return rdflib.Graph().parse(data=response.text, format="turtle")


def test_the_endpoint_returns_rdf_about_itself(client: TestClient) -> None:
    assert len(_description(client)) > 5


def test_the_description_has_an_endpoint_that_is_this_one(client: TestClient) -> None:
    graph = _description(client)
    service = next(iter(graph.subjects(RDF.type, SD.Service)))
    assert str(graph.value(service, SD.endpoint)).endswith("/sparql")


def test_the_description_conforms_to_its_schema(client: TestClient) -> None:
    graph = _description(client)
    service = next(iter(graph.subjects(RDF.type, SD.Service)))
    for predicate, kind in (
        (SD.supportedLanguage, (SD.SPARQL11Query, SD.SPARQL11Update)),
        (SD.feature, (SD.UnionDefaultGraph, SD.BasicFederatedQuery)),
    ):
        assert all(value in kind for value in graph.objects(service, predicate))
    dataset = graph.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert (graph.value(dataset, SD.defaultGraph), RDF.type, SD.Graph) in graph
