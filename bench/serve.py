"""Side by side: answers a second of ``kgraph serve``, rdflib-endpoint and oxigraph's own server.

``python bench/serve.py [STORE]`` needs wrk; servers run one after the other at ports of
their own, on this machine, while wrk runs on it too. Compare the figures with each
other, not with figures from elsewhere. Oxigraph's server is measured where its binary is on
the path (``pip install oxigraph``), rdflib-endpoint where it is installed.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kgraph.store.embedded import EmbeddedStore

SECONDS = 5
CONNECTIONS = 16
ASK = "ASK { ?s ?p ?o }"
SELECT = (
    "SELECT ?d ?s WHERE { ?d <https://www.ica.org/standards/RiC/ontology#hasSender> ?s } LIMIT 20"
)
PLAIN = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""
UNKEPT = """
function request()
  n = (n or 0) + 1
  return wrk.format("GET", PATH .. "%20%23" .. n .. "-" .. math.random(1, 1000000000))
end
"""
"""Every request is another query (a comment makes it so): nothing comes from a memory."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], port: int) -> Iterator[str]:
    """A server that was started, until it is no longer needed; its address."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/sparql?query={quote(ASK)}", timeout=5).read()
                break
            except urllib.error.HTTPError:
                break  # it answers, though at another address
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=20)


def answers(
    address: str, path: str, *, kept: bool, accept: str = "application/sparql-results+json"
) -> float:
    """Answers a second, as wrk counts them; answers other than 200 make it fail."""
    asked = urllib.request.Request(address + path, headers={"Accept": accept})
    urllib.request.urlopen(asked, timeout=60).read()  # the first of all reads in what it needs
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Accept: {accept}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if not kept:
            script.write(f'PATH = "{path}"\n{UNKEPT}')
            script.flush()
            command += ["-s", script.name]
        told = subprocess.run(
            [*command, address + path], capture_output=True, text=True, check=True
        )
    if "Non-2xx" in told.stdout:
        raise SystemExit(f"{address}{path}: {told.stdout}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told.stdout)
    assert found is not None, told.stdout
    return float(found[1])


def main(home: Path) -> None:
    python = sys.executable
    ask, select = f"/sparql?query={quote(ASK)}", f"/sparql?query={quote(SELECT)}"
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "all.nq"
        with dump.open("wb") as output:
            EmbeddedStore(home).dump(output, ox.RdfFormat.N_QUADS)
        port = free_port()
        ours = [python, "-m", "kgraph", "serve", "--port", str(port), "--store", str(home)]
        with server(ours, port) as address:
            figures["kgraph serve"] = {
                "ASK": answers(address, ask, kept=False),
                "SELECT, 20 rows": answers(address, select, kept=False),
                "SELECT, the same again": answers(address, select, kept=True),
                "page of a letter, kept": answers(
                    address, "/doc/document/frus/21", kept=True, accept="text/html"
                ),
            }
        port = free_port()
        if find_spec("rdflib_endpoint"):
            with server([python, "-c", PLAIN, str(dump), str(port)], port) as address:
                figures["rdflib-endpoint"] = {
                    "ASK": answers(address, ask, kept=False),
                    "SELECT, 20 rows": answers(address, select, kept=False),
                }
        if binary := shutil.which("oxigraph"):
            port = free_port()
            place = str(Path(folder) / "ox")
            subprocess.run([binary, "load", "-l", place, "-f", str(dump)], check=True)
            serve = [binary, "serve-read-only", "-l", place, "-b", f"127.0.0.1:{port}",
                     "--union-default-graph"]  # fmt: skip
            with server(serve, port) as address:
                address_query = (
                    select.replace("/sparql", "/query"),
                    ask.replace("/sparql", "/query"),
                )
                figures["oxigraph"] = {
                    "ASK": answers(address, address_query[1], kept=False),
                    "SELECT, 20 rows": answers(address, address_query[0], kept=False),
                    "SELECT, the same again": answers(address, address_query[0], kept=True),
                }
    for name, rows in figures.items():
        for what, count in rows.items():
            print(f"{name:18} {what:24} {count:10,.0f} a second")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".kgraph"))
