"""Where the folders that travel with kgraph lie: beside the code in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kgraph.report import KgraphError


@cache
def folder(name: str) -> Path:
    """Path of the shipped folder `name`: "ontology", "queries" or "data"."""
    inside = Path(__file__).parent / "_shipped" / name
    if inside.is_dir():
        return inside
    beside = Path(__file__).parents[2] / name
    if beside.is_dir():
        return beside
    raise KgraphError(
        f"the folder {name!r} that belongs to kgraph is missing",
        hint="reinstall kgraph: pip install --force-reinstall kgraph",
    )
