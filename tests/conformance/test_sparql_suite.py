"""W3C SPARQL 1.1 query and update tests, asked over HTTP of a writable server.

Left out are entailment (not offered), and federation to endpoints, which the suite only
describes. What fails is listed with its reason in `KNOWN`, and must go on to fail: a
test that passes one day is to be taken off the list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

pytest.importorskip("starlette", reason="the server needs: pip install 'kgraph[serve]'")
pytest.importorskip("httpx", reason="the test client needs httpx")

import pyoxigraph as ox
from starlette.testclient import TestClient

from kgraph.build import build
from kgraph.server.application import Settings, application

from .test_sparql_protocol import MF, QT, SUITE, UT

TOKEN = {"Authorization": "Bearer t"}
LEFT_OUT = ("entailment", "service", "protocol", "service-description", "graph-store-protocol",
            "http-rdf-update")  # fmt: skip
QUERY = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
SYNTAX = {
    MF.PositiveSyntaxTest11: ("query", True),
    MF.NegativeSyntaxTest11: ("query", False),
    MF.PositiveUpdateSyntaxTest11: ("update", True),
    MF.NegativeUpdateSyntaxTest11: ("update", False),
}
KNOWN = {
    "aggregates/agg-empty-group-count-graph": "COUNT inside GRAPH ?g gives no row for the store",
    "aggregates/agg-groupconcat-04": "GROUP_CONCAT drops a language that all values share",
    "aggregates/agg-groupconcat-06": "GROUP_CONCAT drops a language that all values share",
    "csv-tsv-res/tsv03": "types derived from xsd:integer are kept as xsd:integer",
    "functions/bnode01": "BNODE(string) gives one node for a string, in whichever solution",
    "negation/graph-minus": "MINUS inside GRAPH ?g takes the graph for a common variable",
    "bindings/graph": "VALUES inside GRAPH ?g are not joined with the graph's name",
    **{
        f"property-path/zero_or_{many}_set_{end}": "a term that is in no triple has no path to itself"
        for many in ("more", "one")
        for end in ("start", "end")
    },
}
"""Faults of the store (pyoxigraph 0.5)."""


class Case:
    """One test: its kind, and the graph and node that say the rest."""

    def __init__(self, folder: str, graph: rdflib.Graph, entry: Any) -> None:
        self.graph, self.entry = graph, entry
        self.name = f"{folder}/{str(entry).rpartition('#')[2]}"
        self.kind = graph.value(entry, RDF.type)
        self.action = graph.value(entry, MF.action)
        self.result = graph.value(entry, MF.result)

    def path(self, node: Any) -> Path:
        return Path(str(node).removeprefix("file://"))

    def text(self, node: Any) -> str:
        return self.path(node).read_text("utf-8")

    def dataset(self, node: Any, terms: rdflib.Namespace) -> list[tuple[str | None, Path]]:
        """(name of the graph or None, file) pairs of a dataset."""
        found: list[tuple[str | None, Path]] = [
            (None, self.path(data)) for data in self.graph.objects(node, terms.data)
        ]
        for data in self.graph.objects(node, terms.graphData):
            file = self.graph.value(data, terms.graph)
            if file is None:
                found.append((str(data), self.path(data)))
            else:
                found.append((str(self.graph.value(data, RDFS.label)), self.path(file)))
        return found


def cases() -> list[Any]:
    found = []
    for path in sorted(SUITE.glob("*/manifest.ttl")):
        if path.parent.name in LEFT_OUT:
            continue
        graph = rdflib.Graph().parse(path, publicID=path.as_uri())
        head = next(iter(graph.objects(None, MF.entries)))
        for entry in Collection(graph, head):
            case = Case(path.parent.name, graph, entry)
            marks = (
                [pytest.mark.xfail(reason=KNOWN[case.name], strict=True)]
                if case.name in KNOWN
                else []
            )
            found.append(pytest.param(case, id=case.name, marks=marks))
    return found or [
        pytest.param(None, marks=pytest.mark.skip(reason=f"the W3C suite is not at {SUITE}"))
    ]


CASES = cases()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("suite") / "store"
    build([], home, jobs=1)
    app = application(Settings(home, writable=True, token="t", hosts=frozenset({"testserver"})))
    with TestClient(app) as found:
        yield found


def load(client: TestClient, dataset: list[tuple[str | None, Path]], default: str | None) -> None:
    """Put the graphs of a dataset; those without a name into `default` (None: the default graph)."""
    assert client.post("/sparql", data={"update": "CLEAR ALL"}, headers=TOKEN).status_code == 204
    for name, path in dataset:
        where: dict[str, str] = (
            {"graph": name or default} if name or default else {"default": ""}  # type: ignore[dict-item]
        )
        format = ox.RdfFormat.from_extension(path.suffix[1:])
        base = path.as_uri()
        quads = list(ox.parse(path=path, format=format, base_iri=base))
        body = ox.serialize([q.triple for q in quads], format=ox.RdfFormat.N_TRIPLES)
        headers = {**TOKEN, "Content-Type": "application/n-triples"}
        answer = client.post("/graphs", params=where, content=body, headers=headers)
        assert answer.status_code in (201, 204), answer.text


def based(text: str, path: Path) -> str:
    return f"BASE <{path.as_uri()}>\n{text}"


@pytest.mark.parametrize("case", CASES)
def test_w3c(client: TestClient, case: Case) -> None:
    if case.kind in SYNTAX:
        language, right = SYNTAX[case.kind]
        sent = {language: case.text(case.action)}
        answer = client.post("/sparql", data=sent, headers=TOKEN)
        # a request that could be read may still fail, say for want of the graph it names
        assert (answer.status_code != 400) is right, answer.text
    elif case.kind in QUERY:
        ask(client, case)
    elif case.kind == MF.UpdateEvaluationTest:
        change(client, case)
    else:
        raise AssertionError(case.kind)


def ask(client: TestClient, case: Case) -> None:
    node = case.graph.value(case.action, QT.query)
    dataset = case.dataset(case.action, QT)
    load(client, dataset, "urn:default")
    text = case.text(node)
    expected = case.path(case.result)
    sent: dict[str, Any] = {"query": based(text, case.path(node))}
    if " FROM " not in f" {' '.join(text.split())} ".upper():
        sent["default-graph-uri"] = "urn:default"
        sent["named-graph-uri"] = [name for name, _ in dataset if name]
    accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values",
              ".ttl": "text/turtle", ".srj": "application/sparql-results+json"}  # fmt: skip
    kind = accept.get(expected.suffix, "application/sparql-results+xml")
    if expected.suffix == ".ttl" and "CONSTRUCT" not in text.upper():
        kind = "application/sparql-results+json"
    answer = client.post("/sparql", data=sent, headers={"Accept": kind})
    assert answer.status_code == 200, answer.text
    if expected.suffix == ".ttl" and kind != "text/turtle":
        given = rows(answer.content, ox.QueryResultsFormat.JSON, False)
        assert same(given, described(expected)), answer.text  # type: ignore[arg-type]
    elif expected.suffix == ".ttl":
        given = ox.Dataset(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
        wanted = ox.Dataset(ox.parse(path=expected, base_iri=expected.as_uri()))
        assert same(given, wanted), answer.text
    elif expected.suffix == ".csv":
        assert table(answer.text) == table(expected.read_text("utf-8"))
    else:
        ordered = "ORDER BY" in " ".join(text.upper().split())
        format = ox.QueryResultsFormat.from_extension(expected.suffix[1:])
        media_type = answer.headers["content-type"].partition(";")[0]
        came = ox.QueryResultsFormat.from_media_type(media_type)
        given = rows(answer.content, came, ordered)
        wanted = rows(expected.read_bytes(), format, ordered)
        assert given == wanted or (
            isinstance(given, ox.Dataset) and isinstance(wanted, ox.Dataset) and same(given, wanted)
        ), answer.text


def rows(data: bytes, format: Any, ordered: bool) -> ox.Dataset | bool:
    """Solutions as a graph, in which a blank node stands for each."""
    answer = ox.parse_query_results(io.BytesIO(data), format)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    found = ox.Dataset()
    for name in answer.variables:
        found.add(ox.Quad(ox.NamedNode("urn:rows"), ox.NamedNode("urn:has"), ox.Literal(str(name))))
    for number, solution in enumerate(answer):
        row = ox.BlankNode()
        found.add(ox.Quad(row, ox.NamedNode("urn:row"), ox.Literal(number if ordered else 0)))
        for variable in answer.variables:
            value = solution[variable]
            if value is not None:
                found.add(ox.Quad(row, ox.NamedNode("urn:" + variable.value), valued(value)))
    return found


def described(path: Path) -> ox.Dataset:
    """The same of solutions that stand in Turtle, in the vocabulary of result sets."""
    rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    graph = ox.Dataset(ox.parse(path=path, base_iri=path.as_uri()))

    def of(subject: Any, name: str) -> list[Any]:
        predicate = ox.NamedNode(rs + name)
        return [q.object for q in graph.quads_for_subject(subject) if q.predicate == predicate]

    found = ox.Dataset()
    for quad in graph.quads_for_predicate(ox.NamedNode(rs + "resultVariable")):
        has = ox.NamedNode("urn:has")
        found.add(ox.Quad(ox.NamedNode("urn:rows"), has, ox.Literal("?" + quad.object.value)))
    for quad in graph.quads_for_predicate(ox.NamedNode(rs + "solution")):
        row = ox.BlankNode()
        found.add(ox.Quad(row, ox.NamedNode("urn:row"), ox.Literal(0)))
        for binding in of(quad.object, "binding"):
            (name,), (value,) = of(binding, "variable"), of(binding, "value")
            found.add(ox.Quad(row, ox.NamedNode("urn:" + name.value), valued(value)))
    return found


def valued(term: Any) -> Any:
    """A number as the store keeps it, by its value ("1.50" is 1.5); other terms as they are."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        try:
            if kind == "decimal":
                return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
            if kind in ("double", "float"):
                return ox.Literal(repr(float(term.value)), datatype=term.datatype)
            if kind == "boolean":
                value = {"1": "true", "0": "false"}.get(term.value, term.value)
                return ox.Literal(value, datatype=term.datatype)
            if kind == "integer":
                return ox.Literal(str(int(term.value)), datatype=term.datatype)
        except (ValueError, ArithmeticError):
            pass
    return term


def table(text: str) -> list[list[tuple[str, str]]]:
    """Rows of CSV, whatever the order of rows and columns; numbers by their value."""

    def cell(value: str) -> str:
        if value.startswith("_:"):
            return "_:"
        try:
            return repr(float(value))
        except ValueError:
            return value

    return sorted(
        sorted((name, cell(value)) for name, value in row.items())
        for row in csv.DictReader(io.StringIO(text))
    )


def same(one: ox.Dataset, other: ox.Dataset) -> bool:
    one.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    other.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return one == other


def change(client: TestClient, case: Case) -> None:
    node = case.graph.value(case.action, UT.request)
    load(client, case.dataset(case.action, UT), None)
    sent = {"update": based(case.text(node), case.path(node))}
    answer = client.post("/sparql", data=sent, headers=TOKEN)
    assert answer.status_code == 204, answer.text
    wanted = ox.Dataset()
    for name, path in case.dataset(case.result, UT):
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        for quad in ox.parse(path=path, base_iri=path.as_uri()):
            wanted.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    asked = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    given = ox.Dataset()
    triples = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    for quad in ox.parse(triples.content, format=ox.RdfFormat.N_TRIPLES):
        given.add(quad)
    headers = {"Accept": "application/sparql-results+json"}
    body = client.post("/sparql", data={"query": asked}, headers=headers).content
    for row in ox.parse_query_results(body, ox.QueryResultsFormat.JSON):
        given.add(ox.Quad(row["s"], row["p"], row["o"], row["g"]))
    assert same(given, wanted), f"{given}\n{wanted}"
