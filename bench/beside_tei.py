"""What is read of volumes without their markup, beside what is read of them with it.

Run from the project's root: ``PYTHONPATH=src:bench python bench/beside_tei.py SHAPE VOLUME...``
(shapes as in `stripped`). Fields for which there is no gold are compared with the same fields as
the TEI gives them: a silver measure, which shows what is lost with the markup and no more.
Documents are aligned by number and the beginning of their title.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import stripped

from kgraph import sources
from kgraph.model import Party, Record
from kgraph.report import Report

SHARED = Path(__file__).parents[2] / "shared" / "sources" / "frus-tei"
Values = Callable[[Record], Iterable[object]]


def _names(field: str) -> Values:
    def names(record: Record) -> list[str]:
        parties: tuple[Party, ...] = getattr(record, field)
        return [party.name for party in parties]

    return names


FIELDS: dict[str, Values] = {
    "senders": _names("senders"),
    "addressees": _names("addressees"),
    "date": lambda r: [r.date.edtf] if r.date else [],
    "place": lambda r: [r.place.name] if r.place else [],
    "form": lambda r: [r.form],
    "classification": lambda r: [r.classification] if r.classification else [],
    "handling": lambda r: r.handling,
    "numbers": lambda r: [n.value for n in r.numbers if n.kind != "central-file"],
    "holdings": lambda r: [h.shelfmark for h in r.holdings if h.copy == "source text"],
    "drafters": _names("drafters"),
    "clearers": _names("clearers"),
    "approvers": _names("approvers"),
    "participants": _names("participants"),
    "copies": _names("copies_to"),
    "signed": _names("signed"),
    "legs": lambda r: [
        (leg.from_ and leg.from_.name, leg.to and leg.to.name, leg.mode) for leg in r.legs
    ],
}


def compare(volumes: Iterable[str], shape: str) -> dict[str, Counter[str]]:
    """Hits, misses and wrong values of each field."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for volume in volumes:
        path = SHARED / f"{volume}.xml"
        marked = [r for r in sources.items([path], Report()) if isinstance(r, Record)]
        with tempfile.TemporaryDirectory() as folder:
            text = stripped.copy(path, Path(folder), shape)
            plain = [r for r in sources.items([text], Report()) if isinstance(r, Record)]
        found = {_key(r): r for r in reversed(plain) if r.part_of is None}
        for record in marked:
            other = found.get(_key(record))
            if record.part_of or not record.number:
                continue
            counts["documents"].update(hits=other is not None, missed=other is None)
            if other is None:
                continue
            for field, values in FIELDS.items():
                wanted, read = Counter(values(record)), Counter(values(other))
                both = sum((wanted & read).values())
                counts[field].update(
                    hits=both, missed=wanted.total() - both, wrong=read.total() - both
                )
    return counts


def _key(record: Record) -> tuple[str | None, str]:
    return record.number, (record.title or "")[:30]


def main(arguments: list[str]) -> None:
    shape, *volumes = arguments
    print("| field | values | precision | recall |\n|---|---:|---:|---:|")
    for field, n in compare(volumes, shape).items():
        wanted, read = n["hits"] + n["missed"], n["hits"] + n["wrong"]
        if wanted and read:
            print(f"| {field} | {wanted:,} | {n['hits'] / read:.3f} | {n['hits'] / wanted:.3f} |")


if __name__ == "__main__":
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there: this measure reads the reference volumes")
    main(sys.argv[1:])
