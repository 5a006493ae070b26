"""Clients from npm against a running server: Comunica over the endpoint and over fragments, and
a client for event streams.

They are found on the path, or in the ``node_modules`` that ``KGRAPH_NODE_MODULES`` names
(``npm install @comunica/query-sparql@4 ldes-client``).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kgraph.server.harvest.history import History
from kgraph.server.publication import Publication
from kgraph.store import open_store

from .conftest import Running

ROWS = """PREFIX rico: <https://www.ica.org/standards/RiC/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?d ?l WHERE { ?d rico:hasSender <https://w3id.org/kgraph/id/person/dobrynin> ; rdfs:label ?l }"""
COUNT = "SELECT (COUNT(*) AS ?n) { ?d <https://www.ica.org/standards/RiC/ontology#hasSender> ?s }"


def node_client(name: str) -> str:
    """Where a program from npm is; the test is skipped where there is none."""
    modules = Path(os.environ.get("KGRAPH_NODE_MODULES", "node_modules"))
    found = shutil.which(name) or shutil.which(name, path=str(modules / ".bin"))
    if found is None:
        pytest.skip(f"no {name} here: install it with npm, and set KGRAPH_NODE_MODULES")
    return found


def told(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.timeout(300)
@pytest.mark.parametrize("source", ["/sparql", "/fragments"])
def test_comunica_finds_what_the_store_finds(running: Running, home: Path, source: str) -> None:
    comunica = node_client("comunica-sparql")
    store = open_store(home)
    rows = json.loads(told(comunica, running.url + source, ROWS))
    expected = {(str(d.value), str(n.value)) for d, n in store.select(ROWS)}  # type: ignore[union-attr]
    assert expected
    assert {(row["d"], row["l"].strip('"')) for row in rows} == expected
    ((n,),) = store.select(COUNT)
    (counted,) = json.loads(told(comunica, running.url + source, COUNT))
    assert counted["n"].startswith(f'"{n.value}"')  # type: ignore[union-attr]


@pytest.mark.timeout(300)
def test_an_event_stream_is_read_to_its_end(running: Running, home: Path) -> None:
    client = node_client("ldes-client")
    written = told(client, running.url + "/ldes")
    _, versions = History(Publication(home)).now()
    assert len(set(re.findall(r"/ldes#version-\d+", written))) == len(versions)
