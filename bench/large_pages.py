"""How long each kind of page and list of a large store takes, asked for the first time.

``python bench/large_pages.py STORE`` asks the application itself, without a port, for pages
that it has not made before, and prints for each kind how many were asked, and the median
and the slowest in milliseconds of processor time and by the clock. What is made once for a
build (``python -m kgraph.server.preparing``, begun by ``kgraph serve``) should stand beside
the store before; what is missing is made by the first request for it.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from starlette.testclient import TestClient

from kgraph.server.application import Settings, application
from kgraph.server.pages.lists import rows_of
from kgraph.server.publication import Publication

SAMPLE = 20
HTML = {"Accept": "text/html"}
WORDS = ["treaty", "border canal", "grain", "cipher envoy", "tariff", "consul loan", "fleet"]


def paths(home: Path) -> dict[str, list[str]]:
    """Addresses by kind."""
    chance = random.Random(7)
    edition = Publication(home).now()
    count = edition.store.manifest.documents
    letters = [f"/doc/document/letters/{chance.randrange(count)}" for _ in range(4 * SAMPLE)]
    people = sorted(rows_of(edition, "people"), key=lambda row: -int(row["wrote"]))
    places = [row["x"] for row in rows_of(edition, "places")]

    def local(iri: str) -> str:
        return "/doc/" + iri.partition("/id/")[2]

    def listed(**chosen: str) -> str:
        return "/letters?" + "&".join(f"{name}={value}" for name, value in chosen.items())

    busiest = [row["x"] for row in people[:5]]
    others = [row["x"] for row in chance.sample(people[200:], SAMPLE)]
    return {
        "letter": letters[:SAMPLE],
        "letter as Turtle": [f"{path}.ttl" for path in letters[SAMPLE : 2 * SAMPLE]],
        "letter as JSON-LD": [f"{path}.jsonld" for path in letters[2 * SAMPLE : 3 * SAMPLE]],
        "person": [local(iri) for iri in others],
        "the busiest persons": [local(iri) for iri in busiest],
        "place": [local(iri) for iri in chance.sample(places, SAMPLE)],
        "search": [f"/search?q={words.replace(' ', '+')}" for words in WORDS],
        "list of letters": ["/letters", *(f"/letters?page={n}" for n in (2, 30, 500, 1500, 3000))],
        "narrowed by person": [listed(person=local(iri)[5:]) for iri in [*busiest, *others[:5]]],
        "narrowed by time": [listed(**{"from": str(y), "to": str(y + 4)}) for y in range(1800, 1980, 20)],
        "people, places": ["/people", "/people?sort=Wrote", "/people?page=9", "/places"],
        "network": ["/network", "/network.json"],
        "pictures of the whole": [f"/pictures/{name}.svg" for name in ("network", "timeline", "matrix")],
        "first picture of a person": [f"/pictures/ego/{local(others[5])[5:]}.svg"],
        "further ones": [f"/pictures/ego/{local(iri)[5:]}.svg" for iri in others[6:16]],
        "of the busiest": [f"/pictures/ego/{local(iri)[5:]}.svg" for iri in busiest],
        "explorer around them": [f"/network.json?person={local(iri)[5:]}" for iri in busiest],
        "OAI-PMH identifiers": ["/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"],
        "OAI-PMH records": [f"/oai?verb=ListRecords&metadataPrefix={name}" for name in ("oai_dc", "cmif")],
        "home": ["/"],
        "sitemap part": ["/sitemap.xml?part=1"],
    }  # fmt: skip


def main(home: Path) -> None:
    client = TestClient(application(Settings(home, workers=1)))
    for path in ("/doc/document/letters/1", "/search?q=harbour", "/doc/person/nobody"):
        client.get(path, headers=HTML)  # templates and the index are read once
    for kind, asked in paths(home).items():
        taken = []
        for path in asked:
            clock, busy = time.perf_counter(), time.process_time()
            answer = client.get(
                path, headers=HTML if "/oai" not in path and "json" not in path else {}
            )
            taken.append(
                (1000 * (time.process_time() - busy), 1000 * (time.perf_counter() - clock))
            )
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
        busy_ms, clock_ms = zip(*taken, strict=True)
        print(
            f"{kind:22} {len(asked):3} asked, processor {statistics.median(busy_ms):6.0f} ms"
            f" (slowest {max(busy_ms):.0f}), clock {statistics.median(clock_ms):6.0f} ms"
            f" (slowest {max(clock_ms):.0f})",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
