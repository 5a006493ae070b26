"""W3C SPARQL 1.1 Graph Store Protocol tests, direct and indirect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

pytest.importorskip("starlette", reason="the server needs: pip install 'kgraph[serve]'")
pytest.importorskip("httpx", reason="the test client needs httpx")

from starlette.testclient import TestClient

from kgraph.build import build
from kgraph.server.application import Settings, application

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "w3c-sparql11" / "graph-store-protocol"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
TOKEN = "a-token-for-tests"
STATUS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}

GRAPH = rdflib.Graph()
ENTRIES: list[Any] = []
for name in ("direct", "indirect"):
    path = SUITE / f"manifest-{name}.ttl"
    if path.exists():
        GRAPH.parse(path, publicID=path.as_uri())
        head = GRAPH.value(rdflib.URIRef(path.as_uri()), MF.entries)
        ENTRIES += Collection(GRAPH, head)
if not ENTRIES:
    ENTRIES = [
        pytest.param(None, marks=pytest.mark.skip(reason=f"the W3C suite is not at {SUITE}"))
    ]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("served") / "store"
    build([], home, jobs=1)
    app = application(Settings(home, writable=True, token=TOKEN))
    with TestClient(app, base_url="http://www.example", follow_redirects=False) as found:
        yield found


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: str(e).rpartition("#")[2])
def test_graph_store_protocol(client: TestClient, entry: Any) -> None:
    store = client.app.app.state.site.publication.now().store.oxigraph  # type: ignore[attr-defined]
    for graph in [g for g in store.named_graphs() if "www.example" in g.value]:
        store.remove_graph(graph)
    variables: dict[str, str] = {}
    action = GRAPH.value(entry, MF.action)
    for request in Collection(GRAPH, GRAPH.value(action, HT.requests)):
        expected = GRAPH.value(request, HT.resp)
        response = _send(client, request, variables)
        status = str(response.status_code)
        allowed = [str(s).rpartition("#")[2] for s in GRAPH.objects(expected, MF.expectedStatus)]
        assert any(
            status == STATUS.get(a) or (a.startswith("StatusCode") and status[0] == a[10])
            for a in allowed
        ), f"{status} is not {allowed}: {response.text}"
        location = GRAPH.value(expected, MF.expectedLocation)
        if location is not None:
            variables[str(location)] = response.headers["location"]
        body = GRAPH.value(expected, HT.body)
        if body is not None and str(GRAPH.value(request, HT.methodName)) == "GET":
            base = "http://www.example/graphs"
            wanted = _filled(str(GRAPH.value(body, CNT.chars)), variables)
            got = rdflib.Graph().parse(data=response.text, format="turtle", publicID=base)
            assert isomorphic(
                rdflib.Graph().parse(data=wanted, format="turtle", publicID=base), got
            )


def _filled(text: str, variables: dict[str, str]) -> str:
    for name, value in variables.items():
        text = text.replace(name, value)
    return text.replace("/gsp", "/graphs")


def _send(client: TestClient, request: Any, variables: dict[str, str]) -> Any:
    address = _filled(str(GRAPH.value(request, HT.absolutePath)), variables)
    address = address.replace("%2Fgsp", "%2Fgraphs")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    listed = GRAPH.value(request, HT.headers)
    for header in Collection(GRAPH, listed) if listed else []:
        headers[str(GRAPH.value(header, HT.fieldName))] = str(GRAPH.value(header, HT.fieldValue))
    body = GRAPH.value(request, HT.body)
    content = _filled(str(GRAPH.value(body, CNT.chars)), variables) if body is not None else ""
    if headers.get("content-type", "").startswith("multipart/"):
        content = content.strip().replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"
    method = str(GRAPH.value(request, HT.methodName))
    return client.request(method, address, content=content.encode(), headers=headers)
