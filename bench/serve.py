"""Side by side: answers a second of ``kgraph serve``, rdflib-endpoint and oxigraph's own server.

``python bench/serve.py [STORE]`` needs wrk. All servers run on one core and wrk on another
(taskset), and are asked by turns, so that whatever else the machine does falls on all of
them alike. Two rates are printed: answers a second, and answers per second of processor
time that the server used, which other work disturbs less. Compare the figures with each
other, not with figures from elsewhere. Oxigraph's server is measured where its binary is on
the path (``pip install oxigraph``), rdflib-endpoint where it is installed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kgraph.store.embedded import EmbeddedStore

SECONDS, ROUNDS = 2, 7
CONNECTIONS = 16
QUESTIONS = {
    "ASK": "ASK { ?s ?p ?o }",
    "SELECT, 20 rows": "SELECT ?d ?s WHERE "
    "{ ?d <https://www.ica.org/standards/RiC/ontology#hasSender> ?s } LIMIT 20",
    "SELECT, 20 rows, two joins": "SELECT ?d ?l ?n WHERE "
    "{ ?d <https://www.ica.org/standards/RiC/ontology#hasSender> ?s . "
    "?s <http://www.w3.org/2000/01/rdf-schema#label> ?l . "
    "?d <http://www.w3.org/2000/01/rdf-schema#label> ?n } LIMIT 20",
}
AGAIN = "SELECT, 20 rows"
PAGE = "/doc/document/frus/21"
PLAIN = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""
UNKEPT = """
function init(args) path, salt, n = args[1], args[2], 0 end
function request()
  n = n + 1
  return wrk.format("GET", path .. "%20%23" .. n .. "-" .. salt)
end
"""
"""Every request is a query never asked before (a comment makes it so)."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pinned(core: int) -> list[str]:
    """The beginning of a command that is to run on one core, where there is another."""
    two = (os.cpu_count() or 1) > 1 and shutil.which("taskset")
    return ["taskset", "-c", str(core)] if two else []


@contextmanager
def server(command: list[str], port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server that was started, until it is no longer needed; its address and process."""
    running = subprocess.Popen(
        [*pinned(0), *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/sparql?query=ASK%7B%7D", timeout=5).read()
                break
            except urllib.error.HTTPError:
                break  # it answers, though at another address
            except OSError:
                time.sleep(0.5)
        yield address, running
    finally:
        running.terminate()
        running.wait(timeout=20)


def used(parent: int) -> float:
    """Seconds of processor time of a process and those that it began."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number = int(path.parent.name)
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if parent in (number, int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def settle(processes: list[int]) -> None:
    """Wait until servers have done what they do after their beginning, half a minute at most."""
    until, before = time.monotonic() + 30, -1.0
    while time.monotonic() < until:
        time.sleep(6.5)
        now = sum(used(one) for one in processes)
        if now - before < 0.1:
            return
        before = now


def answers(
    address: str,
    process: int,
    path: str,
    *,
    kept: bool = False,
    accept: str = "application/sparql-results+json",
) -> tuple[float, float]:
    """Answers a second, and per second of processor time; others than 200 make it fail."""
    command = [*pinned(1), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s",
               "-H", f"Accept: {accept}"]  # fmt: skip
    before = used(process)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if kept:
            command.append(address + path)
        else:
            script.write(UNKEPT)
            script.flush()
            command += ["-s", script.name, address, "--", path, secrets.token_hex(4)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{address}{path}: {told}")
    count, rate = (
        re.search(r"(\d+) requests in", told),
        re.search(r"Requests/sec:\s+([\d.]+)", told),
    )
    if count is None or rate is None:
        raise SystemExit(told)
    return float(rate[1]), int(count[1]) / max(used(process) - before, 0.01)


def main(home: Path) -> None:
    python = sys.executable
    port = {name: free_port() for name in ("kgraph", "oxigraph", "rdflib-endpoint")}
    commands = {"kgraph": [python, "-m", "kgraph", "serve", "--port", str(port["kgraph"]),
                           "--workers", "1", "--store", str(home)]}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        dump = Path(folder) / "all.nq"
        with dump.open("wb") as output:
            EmbeddedStore(home).dump(output, ox.RdfFormat.N_QUADS)
        if find_spec("rdflib_endpoint"):
            commands["rdflib-endpoint"] = [python, "-c", PLAIN, str(dump),
                                           str(port["rdflib-endpoint"])]  # fmt: skip
        if binary := shutil.which("oxigraph"):
            place = str(Path(folder) / "ox")
            subprocess.run([binary, "load", "-l", place, "-f", str(dump)], check=True)
            subprocess.run([binary, "optimize", "-l", place], check=True)
            commands["oxigraph"] = [binary, "serve-read-only", "-l", place, "-b",
                                    f"127.0.0.1:{port['oxigraph']}", "--union-default-graph"]  # fmt: skip
        running = {
            name: servers.enter_context(server(command, port[name]))
            for name, command in commands.items()
        }

        settle([process.pid for _, process in running.values()])

        def by_turns(what: str, query: str, kept: bool) -> None:
            rates: dict[str, list[tuple[float, float]]] = {name: [] for name in running}
            for _ in range(ROUNDS):
                for name, (address, process) in running.items():
                    place = "/query" if name == "oxigraph" else "/sparql"
                    path = f"{place}?query={quote(query)}"
                    rates[name].append(answers(address, process.pid, path, kept=kept))
            for name, found in rates.items():
                wall, busy = (statistics.median(rate) for rate in zip(*found, strict=True))
                line = f"{what:28} {name:16} {wall:8,.0f} a second {busy:8,.0f} a busy second"
                if name != "kgraph":
                    ratios = [statistics.median(ours[n] / theirs[n] for ours, theirs in
                                                zip(rates["kgraph"], found, strict=True))
                              for n in (0, 1)]  # fmt: skip
                    line += f"   kgraph : this {ratios[0]:.2f}, busy {ratios[1]:.2f}"
                print(line, flush=True)

        for what, query in QUESTIONS.items():
            by_turns(what, query, kept=False)
        by_turns(f"{AGAIN}, again", QUESTIONS[AGAIN], kept=True)
        address, process = running["kgraph"]
        urllib.request.urlopen(address + PAGE, timeout=60).read()
        rate, busy = answers(address, process.pid, PAGE, kept=True, accept="text/html")
        print(f"a letter's page, kept: {rate:,.0f} a second, {busy:,.0f} a busy second")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".kgraph"))
