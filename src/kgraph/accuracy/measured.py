"""The accuracy that was last measured, as it ships: for who asks the program, not the documents."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from kgraph.accuracy.scores import Score

FILE = "measured.tsv"
"""Beside this module; bench/accuracy.py writes it together with docs/accuracy.md."""
COLUMNS = ("part", "relation", "rows", "hits", "wrong", "missed")


@cache
def measured() -> tuple[tuple[str, Score], ...]:
    """Parts of the measurement ("FRUS volumes in TEI: FRUS documents") with the counts of a
    relation each, in the order of docs/accuracy.md, without baselines and what was not read."""
    with files(__package__).joinpath(FILE).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return tuple(
        (
            row["part"],
            Score(
                row["relation"], int(row["rows"]), int(row["hits"]), int(row["wrong"]),
                int(row["missed"]),
            ),
        )
        for row in rows
    )  # fmt: skip
