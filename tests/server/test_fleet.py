"""The server as `kgraph serve` runs it: several processes at one port."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from kgraph.server import fleet
from kgraph.server.allocation import BLOCKS, KEPT, glibc
from kgraph.server.endpoint.protocol import BadRequest, Operation
from kgraph.server.endpoint.sparql import question_of

pytestmark = pytest.mark.skipif(not fleet.possible(), reason="this system has no epoll")
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
JSON = "application/sparql-results+json"


class Served:
    """A server in processes of its own, and simple ways to ask it."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port
        self.url = f"http://127.0.0.1:{port}"

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            fields = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def children(self) -> set[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return {int(number) for number in listed.stdout.split()}


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "kgraph", "serve", "--port", "0", "--store", str(home)]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r":(\d+)/", said)
        assert found, said
        yield Served(process, int(found[1]))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    with serving(home, "--timeout", "3") as found:
        yield found


def sparql(query: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": query, **more}, quote_via=quote)


def as_long_way(client: TestClient, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    answer = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return answer.status_code, dict(answer.headers), answer.content


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (sparql("ASK { ?s ?p ?o }"), {}),
        (sparql("ASK { ?s ?p ?o }"), {"Accept": "text/csv"}),
        (sparql("SELECT ?d { ?d a kg:Document } ORDER BY ?d LIMIT 3"), {"Accept": JSON}),
        (sparql("SELECT ?d { ?d a kg:Document } ORDER BY ?d LIMIT 3"), {"Accept": "text/csv"}),
        (sparql("SELECT ?d { ?d a kg:Document } ORDER BY ?d LIMIT 3", format="tsv"), {}),
        (sparql("SELECT ?d { ?d a kg:Document } LIMIT 3", format="nonsense"), {}),
        (sparql("SELECT ?d { ?d a kg:Document }"), {"Accept": "image/png"}),
        (sparql("SELECT ?d { ?d a kg:Document "), {}),
        (sparql("CONSTRUCT { <x> a ?c } { ?d a ?c } LIMIT 1"), {"Accept": "text/turtle"}),
        (sparql("ask { ?s a kg:Nothing }"), {"Accept": "application/sparql-results+xml"}),
        (sparql("ASK {}"), {"Accept": "text/tab-separated-values"}),
        (
            sparql("PREFIX k: <https://w3id.org/kgraph/ontology#> select ?d { ?d a k:Event }"),
            {"Accept": JSON},
        ),
        (sparql("BASE <http://example.org/a/> SELECT ?x { BIND(<../b> AS ?x) }"), {}),
        (sparql("# SELECT\nASK { ?s ?p ?o }"), {"Accept": JSON}),
        (sparql("SELECT ?x { BIND(<b> AS ?x) BIND('service' AS ?y) }"), {"Accept": JSON}),
        (sparql("SELECT ?x { BIND(<b> AS ?x) BIND(xsd:int('1') AS ?y) }"), {"Accept": JSON}),
        (sparql("SELECT ?x { BIND(nowhere:b AS ?x) }"), {"Accept": JSON}),
        (sparql("PREFIX k: <x:> SELECT ?x\n { BIND(k:b ?x) }"), {"Accept": JSON}),
        (sparql("DESCRIBE ?d { ?d a kg:Document } ORDER BY ?d LIMIT 1"), {"Accept": "text/plain"}),
        (sparql("ASK {}", timeout="soon"), {}),
        (sparql("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), {}),
        (sparql("ASK { ?s ?p 'é+%' }") + "%20%23+x", {}),
        ("/sparql?query=%FF", {}),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}),
        ("/sparql", {"Accept": "text/turtle"}),
        ("/robots.txt", {}),
        ("/nowhere", {}),
    ],
)
def test_both_ways_through_the_server_answer_alike(
    served: Served, client: TestClient, path: str, headers: dict[str, str]
) -> None:
    here = served.ask(path, Host="testserver", Accept_Encoding="identity", **headers)
    there = as_long_way(client, path, Accept_Encoding="identity", **headers)
    assert here[0] == there[0]
    assert here[2] == there[2]
    shown = set(here[1]) - {"date", "connection"}
    assert shown == set(there[1]) - {"date", "connection"}
    for name in shown - {"vary"}:
        assert here[1][name] == there[1][name], name


def test_a_browser_without_a_query_gets_the_page_to_ask_on(served: Served) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    status, headers, body = served.ask("/sparql", Accept=browser)
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert b"<textarea" in body
    for accept in ("*/*", "text/turtle, text/html;q=0.5"):
        assert served.ask("/sparql", Accept=accept)[1]["content-type"].startswith("text/turtle")


@pytest.mark.skipif(not glibc(), reason="only glibc is told how much to keep")
def test_the_c_library_is_told_before_the_program_begins(served: Served) -> None:
    said = Path(f"/proc/{served.process.pid}/environ").read_bytes().split(b"\0")
    assert f"GLIBC_TUNABLES={KEPT}={BLOCKS}".encode() in said


def test_a_post_and_a_dataset(served: Served) -> None:
    query = "SELECT ?g { GRAPH ?g { ?d a kg:Document } } LIMIT 1"
    _, _, body = served.ask("/sparql", "POST", query, Content_Type="application/sparql-query",
                            Accept=JSON)  # fmt: skip
    graph = json.loads(body)["results"]["bindings"][0]["g"]["value"]
    form = urlencode({"query": "ASK { ?d a kg:Document }", "default-graph-uri": graph})
    status, _, body = served.ask("/sparql", "POST", form, Accept=JSON,
                                 Content_Type="application/x-www-form-urlencoded")  # fmt: skip
    assert (status, json.loads(body)["boolean"]) == (200, True)
    form = urlencode({"query": "ASK { ?s ?p ?o }", "default-graph-uri": "urn:none"})
    _, _, body = served.ask("/sparql", "POST", form, Accept=JSON,
                            Content_Type="application/x-www-form-urlencoded")  # fmt: skip
    assert json.loads(body)["boolean"] is False


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("SELECT * { SERVICE <http://localhost:9/x> { ?s ?p ?o } }", True),
        ("SELECT * { service silent<http://localhost:9/x>{ ?s ?p ?o } }", True),
        ("SELECT * { SERVICE <http://example.org/x> { ?s ?p ?o } }", False),
        ("SELECT * { # SERVICE <http://localhost:9/x>\n SERVICE ?x { ?s ?p ?o } }", False),
        ("SELECT * { SERVICE # <http://localhost:9/x>\n <http://e.org/> { ?s ?p ?o } }", False),
        ("BASE <http://e.org/> SELECT * { SERVICE <x> { ?s ?p ?o } }", False),
        ("PREFIX l: <http://e.org/> SELECT * { SERVICE l:x { ?s ?p ?o } }", False),
        ("SELECT ?service { ?service a schema:Service }", True),
    ],
)
def test_service_asks_only_hosts_that_are_allowed(query: str, allowed: bool) -> None:
    operation = Operation("query", query)

    def read() -> None:
        question_of(
            operation, None, "http://here/sparql", longest=1, hosts=frozenset({"localhost"})
        )

    if allowed:
        read()
    else:
        with pytest.raises(BadRequest, match="SERVICE"):
            read()


def test_an_update_is_refused(served: Served) -> None:
    form = urlencode({"update": "CLEAR ALL"})
    status, _, _ = served.ask(
        "/sparql", "POST", form, Content_Type="application/x-www-form-urlencoded"
    )
    assert status == 403


@pytest.mark.parametrize("times", [1, 3])
def test_head_and_304(served: Served, times: int) -> None:
    path = sparql(f"SELECT ?d {{ ?d a kg:Document }} ORDER BY ?d LIMIT {40 + times}")
    for _ in range(times):
        _, fields, body = served.ask(path)
        status, headed, nothing = served.ask(path, "HEAD")
        assert (status, nothing) == (200, b"")
        assert headed["content-length"] == str(len(body))
        assert served.ask(path, If_None_Match=fields["etag"])[0] == 304
        assert served.ask(path, If_Modified_Since=fields["last-modified"])[0] == 304


@pytest.mark.parametrize("coding", ["gzip", "zstd", "br"])
def test_compression(served: Served, coding: str) -> None:
    pytest.importorskip({"gzip": "gzip", "zstd": "zstandard", "br": "brotli"}[coding])
    path = sparql("SELECT ?d ?l { ?d a kg:Document ; rdfs:label ?l } LIMIT 100")
    _, _, plain = served.ask(path)
    status, fields, packed = served.ask(path, Accept_Encoding=coding)
    assert (status, fields["content-encoding"]) == (200, coding)
    assert len(packed) < len(plain) / 2
    assert fields["etag"].endswith(f'-{coding}"')


def test_a_long_answer_comes_whole(served: Served, client: TestClient) -> None:
    path = sparql("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 9000")
    status, fields, body = served.ask(path, Accept="text/csv")
    assert (status, fields["transfer-encoding"]) == (200, "chunked")
    assert len(body) > 600_000
    assert body.count(b"\n") == client.get(path, headers={"Accept": "text/csv"}).text.count("\n")
    assert served.ask(path, "HEAD")[2] == b""


def test_what_changes_by_the_hour_is_not_kept(served: Served) -> None:
    path = sparql("SELECT (STRUUID() AS ?u) {}")
    answers = {served.ask(path)[2] for _ in range(4)}
    assert len(answers) == 4


def test_one_connection_for_everything(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    for path in (sparql("ASK {}"), "/robots.txt", sparql("ASK {}"), "/", sparql("ASK {}")) * 2:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
    connection.close()


def test_requests_may_come_in_pieces_and_together(served: Served) -> None:
    request = f"GET {sparql('ASK {}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as plug:
        for n in range(0, len(request), 7):
            plug.sendall(request[n : n + 7])
            time.sleep(0.002)
        plug.sendall(request * 5)
        received = b""
        while received.count(b'"boolean":true') < 6:
            more = plug.recv(65536)
            assert more
            received += more


def test_long_queries_hold_up_nobody_and_end_with_503(served: Served) -> None:
    before = served.children()
    ended: list[tuple[int, float]] = []

    def ask_long(n: int) -> None:
        began = time.monotonic()
        status, _, _ = served.ask(sparql(f"{LONG} #{n}"))
        ended.append((status, time.monotonic() - began))

    threads = [threading.Thread(target=ask_long, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    asked = 0
    while any(thread.is_alive() for thread in threads):
        assert served.ask(sparql(f"ASK {{}} #{asked}"))[0] == 200
        asked += 1
    for thread in threads:
        thread.join()
    assert [status for status, _ in ended] == [503] * 4
    assert all(3 <= seconds < 20 for _, seconds in ended)
    assert asked > 5  # short ones went on meanwhile
    for _ in range(100):
        if len(served.children()) == len(before) and served.children() != before:
            break
        time.sleep(0.1)
    assert len(served.children()) == len(before)
    assert served.children() != before  # the processes of the long queries were replaced
    assert served.ask("/robots.txt")[0] == 200


def test_a_shorter_time_may_be_asked_for(served: Served) -> None:
    began = time.monotonic()
    status, _, body = served.ask(sparql(LONG + "#short", timeout="0.3"))
    assert status == 503
    assert time.monotonic() - began < 2
    assert b"too long" in body or b"longer than" in body


def test_connections_survive_the_end_of_their_process(served: Served) -> None:
    kept = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=20) for _ in range(8)]
    for round_ in range(2):
        for n, connection in enumerate(kept):
            connection.request("GET", sparql(f"ASK {{}} #{round_} {n}"))
            assert connection.getresponse().read()
        if round_ == 0:
            assert served.ask(sparql(LONG + "#again", timeout="0.2"))[0] == 503
            time.sleep(0.5)
    for connection in kept:
        connection.close()


def test_a_client_that_goes_ends_its_query(home: Path) -> None:
    with serving(home, "--timeout", "50", "--workers", "1") as served:
        before = served.children()
        with socket.create_connection(("127.0.0.1", served.port)) as plug:
            plug.sendall(f"GET {sparql(LONG)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.5)
        until = time.monotonic() + 20
        while before <= served.children() and time.monotonic() < until:
            time.sleep(0.1)
        assert not before <= served.children()
        assert served.ask(sparql("ASK {}"))[0] == 200


def test_the_query_page_asks_the_query_processes(served: Served) -> None:
    status, _, body = served.ask("/query?" + urlencode({"query": "SELECT ?d { ?d a kg:Document }"}))
    assert status == 200
    assert b"frus/21" in body
    status, _, body = served.ask("/query?" + urlencode({"query": "SELECT ?d { ?d a kg:Docu"}))
    assert status == 200


def test_a_new_build_is_served_by_every_process(own_home: Path) -> None:
    with serving(own_home) as served:
        _, old, _ = served.ask(sparql("ASK {}"))
        current = (own_home / "current").read_text().strip()
        shutil.copytree(own_home / current, own_home / "gen-99")
        manifest = own_home / "gen-99" / "manifest.json"
        told = json.loads(manifest.read_text())
        told |= {"generation": "gen-99", "hash": "sha256:" + "f" * 64,
                 "built": "2031-02-03T04:05:06+00:00"}  # fmt: skip
        manifest.write_text(json.dumps(told))
        (own_home / "current.new").write_text("gen-99\n")
        (own_home / "current.new").replace(own_home / "current")
        time.sleep(0.3)
        for n in range(12):
            for path in (sparql("ASK {}"), sparql(f"ASK {{}} #{n}"), "/robots.txt"):
                _, fields, _ = served.ask(path)
                assert fields["last-modified"] == "Mon, 03 Feb 2031 04:05:06 GMT"
        assert served.ask(sparql("ASK {}"), If_None_Match=old["etag"])[0] == 200


def test_everything_ends_with_the_parent(home: Path) -> None:
    with serving(home) as served:
        numbers = served.children()
        assert len(numbers) == 3
        served.process.kill()
        served.process.wait()
        served.process.send_signal = lambda _: None  # type: ignore[method-assign, assignment]
        served.process.wait = lambda timeout=None: 0  # type: ignore[method-assign, assignment]
        until = time.monotonic() + 10
        left = numbers
        while left and time.monotonic() < until:
            left = {n for n in left if _alive(n)}
            time.sleep(0.1)
        assert not left


def _alive(number: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text().split(")")[1][:3]
    except OSError:
        return False


def test_a_port_that_is_taken_is_told(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "kgraph", "serve", "--port", port, "--store", str(home)],
            capture_output=True, text=True, timeout=60, env=os.environ,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"cannot listen at 127.0.0.1:{port}" in done.stderr
    assert "hint" in done.stderr
