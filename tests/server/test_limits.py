"""A row limit: what is cut says so, what is not cut does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph.server import fleet
from kgraph.server.application import Settings, application
from kgraph.server.endpoint.limits import HEADER, count, limited
from kgraph.server.endpoint.workers import CUT, Question, evaluate

from .test_fleet import serving

ROWS = 7
FORMATS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv",
           "text/tab-separated-values"]  # fmt: skip
TROUBLE = "SELECT ?n ?t { VALUES (?n ?t) { ROWS } }".replace("ROWS", " ".join(
    f'({n} "a\\nb, \\"{{}}}},{{\\"<result>")' for n in range(20)
))  # fmt: skip


class Sink:
    def __init__(self) -> None:
        self.body = b""

    def write(self, data: bytes) -> int:
        self.body += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held."""


def answered(text: str, results: str = FORMATS[0], rows: int | None = ROWS) -> tuple[str, bytes]:
    sink = Sink()
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(20)
    )
    media_type = evaluate(store, Question(text, results, row_limit=rows), sink)
    return media_type, sink.body


@pytest.mark.parametrize("results", FORMATS)
@pytest.mark.parametrize(
    ("more", "expected", "cut"),
    [
        ("", ROWS, True), ("LIMIT 5", 5, False), (f"LIMIT {ROWS}", ROWS, False),
        ("LIMIT 19", ROWS, True), ("OFFSET 13", ROWS, False), ("OFFSET 12", ROWS, True),
        ("OFFSET 18", 2, False), ("limit 9 # LIMIT 3", ROWS, True), ("# a comment", ROWS, True),
        ("OFFSET 2 LIMIT 4", 4, False),
    ],
)  # fmt: skip
def test_rows_are_cut_at_the_limit_in_every_format(
    results: str, more: str, expected: int, cut: bool
) -> None:
    media_type, body = answered(f"{TROUBLE} {more}", results)
    assert count(body, results) == expected
    assert media_type.endswith(CUT) is cut


def test_a_limit_inside_and_values_behind_are_left_alone() -> None:
    text = "SELECT ?s ?n { { SELECT ?s ?n { ?s <urn:p> ?n } ORDER BY ?n LIMIT 12 } } VALUES ?n { 1 2 3 4 5 6 7 8 9 }"
    media_type, body = answered(text)
    assert media_type.endswith(CUT)
    found = {int(row["n"]["value"]) for row in json.loads(body)["results"]["bindings"]}
    assert len(found) == ROWS
    assert found <= set(range(1, 10))


def test_triples_are_cut_and_answers_of_yes_or_no_are_not() -> None:
    media_type, body = answered("CONSTRUCT { ?s <urn:q> ?n } WHERE { ?s <urn:p> ?n }")
    assert media_type == "text/turtle" + CUT
    assert len(list(ox.parse(body, format=ox.RdfFormat.TURTLE))) == ROWS
    assert answered("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3")[0] == "text/turtle"
    assert answered("ASK { ?s ?p ?o }") == (FORMATS[0], b'{"head":{},"boolean":true}')


def test_a_fault_is_told_where_it_stands_in_the_text_as_given() -> None:
    with pytest.raises(SyntaxError) as limit:
        answered("SELECT * {\n ?s ?p }")
    with pytest.raises(SyntaxError) as plain:
        answered("SELECT * {\n ?s ?p }", rows=None)
    assert str(limit.value) == str(plain.value)


def test_no_limit_is_written_into_a_query_that_has_a_lower_one() -> None:
    assert limited("SELECT * { ?s ?p ?o } LIMIT 3", 3) is None


@pytest.fixture(params=["in one process", "in processes"])
def endpoint(request: pytest.FixtureRequest, home: Path) -> Iterator[TestClient]:
    if request.param == "in one process":
        with TestClient(application(Settings(home, workers=1, rows=ROWS))) as found:
            yield found
        return
    if not fleet.possible():
        pytest.skip("this system has no epoll")
    with serving(home, "--rows", str(ROWS), "--workers", "1") as served:
        import httpx

        with httpx.Client(base_url=served.url) as client:
            yield client  # type: ignore[misc]


def test_an_answer_that_was_cut_says_so_in_its_head(endpoint: TestClient) -> None:
    def ask(text: str) -> tuple[int, str | None]:
        answer = endpoint.get("/sparql?query=" + quote(text), headers={"Accept": FORMATS[0]})
        assert answer.status_code == 200
        return len(answer.json()["results"]["bindings"]), answer.headers.get(HEADER)

    assert ask("SELECT * { ?s a kg:Document }") == (ROWS, str(ROWS))
    assert ask("SELECT * { ?s a kg:Document } LIMIT 2") == (2, None)
    graph = endpoint.get("/sparql?query=" + quote("CONSTRUCT WHERE { ?s a kg:Document }"),
                         headers={"Accept": "application/n-triples"})  # fmt: skip
    assert len(graph.text.splitlines()) == ROWS
    assert graph.headers[HEADER] == str(ROWS)
