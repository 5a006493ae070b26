"""A store of many invented letters, to measure the server with.

``python bench/large_store.py FOLDER [LETTERS]`` makes FOLDER: records of letters between
correspondents with a long tail, over two centuries, with places, archives and persons
mentioned, put together from syllables and the same at every run. They go through the
project's own mapping and one bulk load; reading, matching and checking, which other
benchmarks measure, are passed over.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kgraph import __version__, iris, mapping
from kgraph.build import loading
from kgraph.mapping import Context
from kgraph.model import Date, Holding, Mention, Party, Place, Record, SourceEntry
from kgraph.network.gathering import Gatherer
from kgraph.store.embedded import Manifest, Writer

LETTERS = 311_000
SYLLABLES = [
    "ba",
    "dor",
    "fen",
    "gri",
    "hal",
    "jen",
    "kor",
    "lum",
    "mar",
    "nev",
    "os",
    "pel",
    "quin",
    "ras",
    "sel",
    "tov",
    "ul",
    "ver",
    "wen",
    "yor",
    "zim",
]
WORDS = ["treaty", "border", "harbour", "grain", "railway", "cipher", "envoy", "tariff", "frontier", "garrison", "canal", "fishery", "consul", "passport", "armistice", "loan", "fleet", "province", "embargo", "delegation"]  # fmt: skip


def name(chance: random.Random, parts: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def letters(count: int) -> Iterator[Record]:
    """The records."""
    chance = random.Random(1963)
    people = sorted({f"{name(chance, 2)} {name(chance, 3)}" for _ in range(6000)})
    chance.shuffle(people)
    places = sorted({name(chance, 3) for _ in range(400)})
    archives = [f"State Archive of {place}" for place in places[:40]]
    # many letters of few persons, few letters of many
    weights = list(itertools.accumulate(1 / (n + 5) for n in range(len(people))))

    def party(whole: str) -> Party:
        given, _, family = whole.partition(" ")
        return Party(name=whole, kind="person", id=f"person/{family.lower()}-{given.lower()}")

    for number in range(count):
        sender, addressee, third = chance.choices(people, cum_weights=weights, k=3)
        day = f"{chance.randint(1790, 1985)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        place = chance.choice(places)
        about = " ".join(chance.choices(WORDS, k=6))
        yield Record(
            id=f"letters/{number}",
            source="letters",
            form="letter",
            title=f"{sender} to {addressee}, on the {about}",
            number=str(number),
            senders=(party(sender),),
            addressees=(party(addressee),),
            date=Date(text=day, edtf=day, earliest=f"{day}T00:00:00", latest=f"{day}T23:59:59"),
            place=Place(name=place, id=f"place/{place.lower()}"),
            holdings=(
                Holding(holder=chance.choice(archives), shelfmark=f"Box {number // 90}/{number}"),
            ),
            mentions=(
                Mention(start=None, end=None, text=third, type="person", id=party(third).id),
            ),
        )


def main(home: Path, count: int) -> None:
    began = time.perf_counter()
    context, gatherer = Context(), Gatherer()
    source = SourceEntry(id="letters", title="Invented letters", kind="table")
    with Writer(home) as writer:
        new = writer.start()
        lines = new / "all.nq"
        with lines.open("w", encoding="utf-8") as output:
            output.writelines(mapping.quads(source, context))
            for record in letters(count):
                gatherer.add(record)
                output.writelines(mapping.quads(record, context))
            output.writelines(context.take_agents())
            output.writelines(loading.ontology_lines())
        print(f"mapped in {time.perf_counter() - began:.0f} s", flush=True)
        loading.load(new / "oxigraph", [lines], optimize_above=100_000)
        print(f"loaded after {time.perf_counter() - began:.0f} s", flush=True)
        gatherer.tables().write(new / "tables")
        with lines.open("rb") as counted:
            quads = sum(1 for _ in counted)
        lines.unlink()
        writer.commit(
            Manifest(
                generation=new.name,
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                version=__version__,
                base=iris.BASE,
                hash=f"{count:064x}",
                quads=quads,
                graphs=count + 3,
                records=count,
                documents=count,
                persons=6000,
                sources=["letters"],
            )
        )
    print(f"{count} documents, {quads} quads in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else LETTERS)
