"""How many of the persons whom the volumes' own markup names in running text are found.

Run from the project's root: ``python bench/mentions.py``. Prints, as Markdown, for each
volume beside the project the spans marked as persons and the share of them that a mention
of a person touches: with the volume's list of persons at hand, as reading uses it, and
without it. Titles of collections ("Kennedy Library") and initials of speakers ("K:") are
marked there as persons too and are not meant to be found.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree

from kgraph.extract import editions
from kgraph.extract.mentions import MentionFinder
from kgraph.report import Report
from kgraph.sources import front_lists, frus_tei

FOLDER = Path(__file__).parents[2] / "shared" / "sources" / "frus-tei"


def main() -> int:
    paths = sorted(FOLDER.glob("*.xml"))
    if not paths:
        print(f"no volumes in {FOLDER}", file=sys.stderr)
        return 1
    print("| volume | marked | found | found without the list |\n|---|---:|---:|---:|")
    totals = [0, 0, 0]
    for path in paths:
        root = etree.parse(str(path), frus_tei.parser()).getroot()
        context = editions.Context(path.stem, path.name, Report())
        context.people = front_lists.people(root)
        counts = [0, 0, 0]
        bare = MentionFinder()
        for layout in frus_tei.layouts(root, path.stem):
            marks = [m for m in layout.marks if m.tag == "person" and m.end > m.start]
            counts[0] += len(marks)
            for at, finder in enumerate((context.mentions(), bare), 1):
                spans = [
                    (m.start or 0, m.end or 0)
                    for m in finder.find(layout.text)
                    if m.type == "person"
                ]
                counts[at] += sum(
                    any(a < mark.end and mark.start < b for a, b in spans) for mark in marks
                )
        if counts[0]:
            show(path.stem, counts)
            totals = [x + y for x, y in zip(totals, counts, strict=True)]
    show("all", totals)
    return 0


def show(name: str, counts: list[int]) -> None:
    shares = (f"{found / counts[0]:.3f}" for found in counts[1:])
    print(f"| {name} | {counts[0]:,} | {' | '.join(shares)} |", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
