"""Side by side: how long the steps of a build take, and two ways to check and to count.

``make bench``. Figures are medians of `RUNS` on this machine; compare them with each
other, not with figures from elsewhere.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kgraph import check
from kgraph.build import build
from kgraph.shipped import folder
from kgraph.store.embedded import EmbeddedStore

RUNS = 3


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def by_pyshacl(store: EmbeddedStore) -> None:
    import rdflib
    from pyshacl import validate

    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        store.dump(file, ox.RdfFormat.N_TRIPLES)
        file.flush()
        graph = rdflib.Graph().parse(file.name, format="nt")
        shapes = rdflib.Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")
        validate(graph, shacl_graph=shapes)


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        runs = [build([], Path(place) / str(n), jobs=1) for n in range(RUNS)]
        again = [build([], Path(place) / "0", jobs=1) for _ in range(RUNS)]
        store = EmbeddedStore(Path(place) / "0")
        print(f"{runs[0].documents} documents, {runs[0].quads} quads\n")
        print("| step of a build | new, s | nothing changed, s |\n|---|---|---|")
        for step in runs[0].steps:
            new, same = (statistics.median(b.steps[step] for b in these) for these in (runs, again))
            print(f"| {step} | {new:.2f} | {same:.2f} |")
        new, same = (statistics.median(b.seconds for b in these) for these in (runs, again))
        print(f"| all | {new:.2f} | {same:.2f} |\n")

        def wrote() -> None:
            list(store.select("SELECT ?a ?b (COUNT(?d) AS ?n) { ?d rico:hasSender ?a ; "
                              "rico:hasAddressee ?b } GROUP BY ?a ?b"))  # fmt: skip

        def table() -> None:
            store.table("wrote-to").group_by("source", "target").len().collect()

        print("| what | one way | s | the other way | s |\n|---|---|---|---|---|")
        print(
            f"| who wrote to whom | edge table | {seconds(table):.4f} | SPARQL | {seconds(wrote):.4f} |"
        )
        ours = seconds(lambda: list(check.violations(store)))
        theirs = seconds(lambda: by_pyshacl(store), runs=1)
        print(f"| shapes | as SPARQL | {ours:.2f} | pyshacl | {theirs:.1f} |")


if __name__ == "__main__":
    main()
