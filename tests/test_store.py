"""The store: generations that replace each other whole, locks, binding, the remote protocol."""

from __future__ import annotations

import http.server
import io
import json
import subprocess
import sys
import textwrap
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.report import KgraphError
from kgraph.store import QueryError, open_store
from kgraph.store.embedded import EmbeddedStore, Manifest, Writer
from kgraph.store.remote import RemoteStore
from kgraph.store.sparql import with_bindings

QUADS = """\
<http://e/a> <http://e/to> <http://e/b> <http://e/g1> .
<http://e/b> <http://e/to> <http://e/c> <http://e/g2> .
<http://e/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ann" .
"""


def manifest(name: str) -> Manifest:
    return Manifest(
        generation=name, built="", version="", base="", hash="", quads=0, graphs=0, records=0,
        documents=0, persons=0, sources=[],
    )  # fmt: skip


def put(home: Path, quads: str = QUADS) -> None:
    with Writer(home) as writer:
        folder = writer.start()
        store = ox.Store(str(folder / "oxigraph"))
        store.bulk_load(quads, ox.RdfFormat.N_QUADS)
        store.flush()
        del store
        writer.commit(manifest(folder.name))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    put(tmp_path / "store")
    return tmp_path / "store"


def letters(store: EmbeddedStore | RemoteStore) -> list[tuple[str, str]]:
    rows = store.select("SELECT ?s ?o { ?s <http://e/to> ?o } ORDER BY ?s")
    return [(s.value, o.value) for s, o in rows]  # type: ignore[union-attr]


def test_named_graphs_are_asked_without_naming_them(home: Path) -> None:
    assert letters(EmbeddedStore(home)) == [
        ("http://e/a", "http://e/b"),
        ("http://e/b", "http://e/c"),
    ]


def test_known_prefixes_need_no_declaration(home: Path) -> None:
    assert EmbeddedStore(home).ask('ASK { ?s rdfs:label "Ann" }')


def test_no_store_is_one_message_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(KgraphError, match="no store") as caught:
        open_store(tmp_path / "nothing")
    assert "kgraph build" in str(caught.value.hint)


def test_environment_names_the_default_store(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGRAPH_STORE", str(home))
    assert open_store().location == str(home)
    monkeypatch.setenv("KGRAPH_STORE", "http://localhost:1/sparql")
    assert isinstance(open_store(), RemoteStore)


def test_a_reader_keeps_its_graph_while_a_new_one_is_built(home: Path) -> None:
    before = EmbeddedStore(home)
    put(home, "<http://e/x> <http://e/to> <http://e/y> <http://e/g> .\n")
    after = EmbeddedStore(home)
    assert letters(after) == [("http://e/x", "http://e/y")]
    assert len(letters(before)) == 2, "the older reader lost its generation"
    assert len(list(home.glob("gen-*"))) == 2
    del before
    put(home)
    assert [g.name for g in home.glob("gen-*")] != []
    assert after.folder.exists(), "a generation that is read was removed"
    del after
    put(home)
    assert len(list(home.glob("gen-*"))) == 1, "generations that nobody reads stay"


def test_many_readers_at_once(home: Path) -> None:
    readers = [EmbeddedStore(home) for _ in range(8)]
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda r=r: answers.append(len(letters(r)))) for r in readers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [2] * 8


def test_the_second_writer_is_told_who_writes(home: Path) -> None:
    code = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from kgraph.store.embedded import Writer
        with Writer(Path({str(home)!r})):
            print("writing", flush=True)
            sys.stdin.read()
    """)
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    with pytest.raises(KgraphError, match=rf"process {child.pid}, since \d{{4}}-"), Writer(home):
        pass
    assert len(letters(EmbeddedStore(home))) == 2, "readers must not wait for the writer"
    child.communicate("")
    with Writer(home):
        pass


def test_a_failed_build_leaves_the_store_and_no_litter(home: Path) -> None:
    def fail() -> None:
        with Writer(home) as writer:
            writer.start()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(letters(EmbeddedStore(home))) == 2
    assert len(list(home.glob("gen-*"))) == 1


def test_a_file_in_the_place_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(KgraphError, match="is a file"), Writer(tmp_path / "store"):
        pass
    with pytest.raises(KgraphError, match="no store"):
        EmbeddedStore(tmp_path / "store")


# values bound into queries

NASTY = 'x" } } # \\ \n <http://e/a> ?s'


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?v { ?s ?p ?v }",
        "SELECT ?v WHERE { ?s ?p ?v }",
        "PREFIX e: <http://e/#> # WHERE {\nSELECT ?v WHERE # { \n { ?s ?p ?v }",
        "SELECT (STRLEN('{') AS ?n) ?v WHERE { ?s ?p ?v }",
        'SELECT ?v { ?s ?p ?v FILTER(?v != "}") }',
    ],
)
def test_a_bound_value_selects_itself_alone(home: Path, query: str) -> None:
    store = EmbeddedStore(home)
    rows = list(store.select(query, {"v": ox.Literal("Ann")}))
    assert [row[-1] for row in rows] == [ox.Literal("Ann")]
    assert list(store.select(query, {"v": ox.Literal(NASTY)})) == []


def test_a_value_for_an_optional_variable_leaves_out_what_lacks_it(home: Path) -> None:
    query = "SELECT ?s ?name { ?s <http://e/to> ?o OPTIONAL { ?s rdfs:label ?name } # all\n}"
    store = EmbeddedStore(home)
    assert len(list(store.select(query))) == 2
    bound = {"name": ox.Literal("Ann")}
    assert [row[0] for row in store.select(query, bound)] == [ox.NamedNode("http://e/a")]
    assert list(store.select(query, {"name": ox.Literal("Ben")})) == []


def test_binding_reaches_a_construct_and_an_ask(home: Path) -> None:
    store = EmbeddedStore(home)
    bound = {"s": ox.NamedNode("http://e/a")}
    made = list(store.construct("CONSTRUCT { ?s <http://e/x> ?o } WHERE { ?s ?p ?o }", bound))
    assert {triple.subject.value for triple in made} == {"http://e/a"}  # type: ignore[union-attr]
    assert not store.ask("ASK { ?s <http://e/to> ?o }", {"s": ox.NamedNode("http://e/none")})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_text_can_break_out_of_its_value(text: str) -> None:
    query = with_bindings("SELECT ?v { BIND(1 AS ?one) }", {"v": ox.Literal(text)})
    rows = list(ox.Store().query(query))  # type: ignore[arg-type]
    assert [row["v"].value for row in rows] == [text]


# messages about queries


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WHERE {\n  ?s <http://e/to> ?? \n}", 2, 21),
        ("SELEC ?s { ?s ?p ?o }", 1, 1),
        ("SELECT ?s {\n ?s ?p\n", 3, 1),
    ],
)
def test_a_syntax_error_shows_its_place(home: Path, query: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        EmbeddedStore(home).query(query, {"s": ox.Literal("x")})
    error = caught.value
    assert error.line == line
    assert abs((error.column or 0) - column) <= 2
    shown = str(error).split("\n")
    assert shown[1].strip() == query.split("\n")[line - 1].strip()
    assert shown[2].strip() == "^"


def test_an_unknown_prefix_is_named_as_such(home: Path) -> None:
    with pytest.raises(QueryError, match="prefix") as caught:
        EmbeddedStore(home).query("SELECT * { ?s nope:x ?o }")
    assert "rico" in str(caught.value.hint)


# a SPARQL endpoint


@pytest.fixture
def endpoint(home: Path) -> Iterator[str]:
    """A SPARQL 1.1 protocol endpoint over the embedded store, and its faults."""
    store = EmbeddedStore(home)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            text = urllib.parse.parse_qs(body)["query"][0]
            if self.path == "/broken":
                self.send_error(500, "out of order")
                return
            answer = store.query(text)
            if isinstance(answer, ox.QueryTriples):
                kind, data = (
                    "application/n-triples",
                    answer.serialize(format=ox.RdfFormat.N_TRIPLES),
                )
            else:
                kind = "application/sparql-results+json"
                data = answer.serialize(format=ox.QueryResultsFormat.JSON)
            if self.path == "/page":
                kind, data = "text/html", b"<html>"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *args: object) -> None: ...

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_an_endpoint_answers_like_the_embedded_store(endpoint: str, home: Path) -> None:
    remote = open_store(f"{endpoint}/sparql")
    assert isinstance(remote, RemoteStore)
    assert letters(remote) == letters(EmbeddedStore(home))
    assert remote.ask("ASK { ?s rdfs:label ?l }", {"l": ox.Literal("Ann")})
    assert not remote.ask("ASK { ?s rdfs:label ?l }", {"l": ox.Literal(NASTY)})
    assert len(list(remote.construct("CONSTRUCT WHERE { ?s <http://e/to> ?o }"))) == 2


def test_an_endpoint_is_dumped_with_its_graphs(endpoint: str) -> None:
    output = io.BytesIO()
    open_store(endpoint).dump(output, ox.RdfFormat.N_QUADS)
    assert sorted(output.getvalue().decode().splitlines()) == sorted(QUADS.splitlines())


@pytest.mark.parametrize(("path", "said"), [("/broken", "500"), ("/page", "not SPARQL results")])
def test_a_faulty_endpoint_is_one_message(endpoint: str, path: str, said: str) -> None:
    with pytest.raises(KgraphError, match=said):
        open_store(endpoint + path).ask("ASK { ?s ?p ?o }")


def test_an_endpoint_that_is_not_there() -> None:
    with pytest.raises(KgraphError, match="does not answer"):
        open_store("http://127.0.0.1:9/sparql").ask("ASK { ?s ?p ?o }")


def test_the_lock_file_says_nothing_when_nobody_writes(home: Path) -> None:
    assert (home / "lock").read_text() == ""
    with Writer(home):
        assert json.loads((home / "lock").read_text())["pid"]


def test_constants_take_the_place_of_variables_where_they_may() -> None:
    from kgraph.store.sparql import with_constants

    thing = ox.NamedNode("http://example.org/x")
    asked = "SELECT ?l { OPTIONAL { ?x <urn:l> ?l FILTER(?l != '?x') } # ?x\n }"
    assert with_constants(asked, {"x": thing}) == (
        "SELECT ?l { OPTIONAL { <http://example.org/x> <urn:l> ?l FILTER(?l != '?x') } # ?x\n }",
        {},
    )
    for kept in (
        "SELECT ?x { ?x ?p ?o }",
        "SELECT * { ?x ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?x ?p ?o } GROUP BY ?p ?x",
        "SELECT ?o { BIND(1 AS ?x) ?x ?p ?o }",
        "SELECT ?o { VALUES (?y ?x) { (1 2) } ?x ?p ?o }",
        "SELECT ?o { { SELECT ?x { ?x ?p ?o } } ?x ?p ?o }",
    ):
        assert with_constants(kept, {"x": thing}) == (kept, {"x": thing})
