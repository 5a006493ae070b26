"""Seconds from a network in memory to a PNG on the disk, for 10, 40, 300 and 16,000 persons.

python bench/draw.py [FOLDER]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from network import invented

from kgraph import plots
from kgraph.export.picture import save
from kgraph.network import network_of

SIZES = ((10, 30), (40, 150), (300, 900), (16_000, 150_000))


def main() -> None:
    """Draw each size once and print the seconds."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    print("| persons | ties | picture | PNG, seconds |")
    print("|---|---|---|---|")
    for people, ties in SIZES:
        data = network_of(invented(people, ties))
        kind = "circles" if data.size > 400 else "network"
        start = time.perf_counter()
        figure = plots.network(data, title="Who wrote to whom", style="screen")
        save(figure, folder / f"drawn-{people}.png")
        print(f"| {data.size} | {data.ties.height} | {kind} | {time.perf_counter() - start:.1f} |")


if __name__ == "__main__":
    main()
