"""A day's load in minutes: does memory stay flat?

``python bench/day.py [STORE] [SECONDS]`` serves the store at the loopback address and asks
it with wrk, over 16 connections, for everything by turns: pages, descriptions in all
formats, new queries and old ones, fragments, lists of the harvest protocols, searches; a
few queries run out of their time. It prints the memory of every process (proportional
share, MB) at the start, after a sixth of the time, when caches are filled, and at the end.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))
import contextlib

from serve import free_port, server

from kgraph import iris
from kgraph.store import open_store

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
SUFFIXES = ("", ".ttl", ".jsonld", ".nt", ".trig", ".rdf", ".html")
SCRIPT = (
    """
paths = {}
for line in io.lines(FILE) do paths[#paths + 1] = line end
n = 0
function request()
  n = n + 1
  local path = paths[math.random(#paths)]
  local headers = {}
  if n % 3 == 0 then headers["Accept-Encoding"] = "gzip" end
  if n % 2 == 0 then
    local query = "SELECT%%20*%%20{?s%%20?p%%20?o}%%20LIMIT%%20" .. (n %% 50 + 1) .. "%%23" .. n
    return wrk.format("GET", "/sparql?query=" .. query, headers)
  end
  return wrk.format("GET", path, headers)
end
""".replace("%%20", "%20")
    .replace("%%23", "%23")
    .replace("%% 50", "% 50")
)


def addresses(home: Path) -> list[str]:
    """Addresses of every kind."""
    store = open_store(home)
    found = []
    things = [
        str(row[0].value).removeprefix(iris.THINGS)  # type: ignore[union-attr]
        for row in store.select(
            "SELECT DISTINCT ?x { { ?x a kg:Document } UNION { ?x a rico:Person } } LIMIT 4000"
        )
    ]
    for number, thing in enumerate(things):
        found.append(f"/doc/{thing}{SUFFIXES[number % len(SUFFIXES)]}")
        found.append(f"/id/{thing}")
    words = ["letter", "moscow", "kennedy", "message", "embassy", "railway", "harbour", "envoy"]
    found += [f"/search?q={a}+{b}" for a in words for b in words]
    found += [f"/fragments?page={n}" for n in range(1, 60)]
    found += [f"/ldes?page={n}" for n in range(5)]
    found += ["/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListIdentifiers&metadataPrefix=cmif",
              "/", "/letters", "/people", "/channels", "/network.json", "/sitemap.xml", "/dataset",
              "/.well-known/void", "/cmif.xml", "/dumps/kgraph.nq.gz", "/resourcesync/changelist.xml",
              "/about", "/sparql", "/openapi.json", "/nowhere"]  # fmt: skip
    return [path for path in found if "'" not in path and " " not in path]


def memory(parent: int) -> dict[int, float]:
    """MB of each process of the server, shared pages divided among those that share them."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    parents = dict(map(int, line.split()) for line in listed.splitlines())
    found = {}
    for number in [parent, *(n for n, p in parents.items() if p == parent)]:
        try:
            told = Path(f"/proc/{number}/smaps_rollup").read_text()
        except OSError:
            continue
        found[number] = int(re.search(r"^Pss:\s+(\d+)", told, re.M)[1]) / 1024  # type: ignore[index]
    return found


def main(home: Path, seconds: int) -> None:
    port = free_port()
    command = [sys.executable, "-m", "kgraph", "serve", "--port", str(port), "--store", str(home),
               "--timeout", "3"]  # fmt: skip
    with server(command, port) as (address, process), tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "paths"
        listed.write_text("\n".join(addresses(home)) + "\n")
        script = Path(folder) / "day.lua"
        script.write_text(SCRIPT.replace("FILE", f'"{listed}"'))
        over = threading.Event()

        def slow() -> None:
            while not over.wait(seconds / 12):
                with contextlib.suppress(urllib.error.HTTPError, OSError):
                    urllib.request.urlopen(f"{address}/sparql?query={quote(SLOW)}", timeout=30)

        def show(when: str) -> None:
            found = memory(process.pid)
            print(f"{when:12} {sum(found.values()):8.0f} MB in all:",
                  " ".join(f"{size:.0f}" for size in found.values()), flush=True)  # fmt: skip

        show("begun")
        thread = threading.Thread(target=slow)
        thread.start()
        total = 0
        for part in range(6):
            told = subprocess.run(
                ["wrk", "-t1", "-c16", f"-d{max(1, seconds // 6)}s", "--timeout", "20s", "-s",
                 str(script), address],
                capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
            count = re.search(r"(\d+) requests in", told)
            total += int(count[1]) if count else 0
            time.sleep(1)
            show(f"{part + 1}/6, {total}")
            for line in told.splitlines():
                if "Non-2xx" in line or "Socket errors" in line:
                    print(" ", line.strip())
        over.set()
        thread.join()
        time.sleep(5)
        show("at rest")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else ".kgraph"),
        int((*sys.argv, "", "", "120")[2] or 120),
    )
