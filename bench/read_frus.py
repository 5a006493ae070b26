"""FRUS volumes read to records, beside bare lxml parsing of the same files in the same run.

    python bench/read_frus.py [FOLDER] [--rounds N] [--without-mentions]

Prints seconds of processor time, the ratio of the two, documents a second and the peak
of memory. FOLDER defaults to ../shared/sources/frus-tei.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from lxml import etree

from kgraph.extract import editions
from kgraph.report import Report
from kgraph.sources import front_lists, frus_tei

FOLDER = Path(__file__).parents[2] / "shared" / "sources" / "frus-tei"


def bare(paths: list[Path]) -> None:
    """Parse the files and nothing more."""
    for path in paths:
        etree.parse(str(path), frus_tei.parser())


def whole(paths: list[Path], *, mentions: bool) -> int:
    """Read the files to records; how many there are."""
    count = 0
    for path in paths:
        report = Report()
        root = etree.parse(str(path), frus_tei.parser()).getroot()
        context = editions.Context(path.stem, path.name, report, mark_mentions=mentions)
        context.people = front_lists.people(root)
        count += sum(1 for _ in editions.records(frus_tei.layouts(root, path.stem), context))
    return count


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--without-mentions", action="store_true")
    chosen = arguments.parse_args()
    paths = sorted(chosen.folder.glob("*.xml"))
    if not paths:
        raise SystemExit(f"no volumes in {chosen.folder}")
    parsed: list[float] = []
    read: list[float] = []
    count = 0
    for _ in range(chosen.rounds):
        start = time.process_time()
        bare(paths)
        parsed.append(time.process_time() - start)
        start = time.process_time()
        count = whole(paths, mentions=not chosen.without_mentions)
        read.append(time.process_time() - start)
    parsing, reading = min(parsed), min(read)
    size = sum(path.stat().st_size for path in paths) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(paths)} volumes, {size:.1f} MB, {count} records")
    print(f"bare lxml parsing   {parsing:6.2f} s")
    print(f"read to records     {reading:6.2f} s   {count / reading:,.0f} records/s")
    print(f"ratio               {reading / parsing:6.1f}")
    print(f"peak of memory      {peak:6.0f} MB")


if __name__ == "__main__":
    main()
