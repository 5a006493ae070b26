"""What the verbs about identity share: the authority, sources resolved, doubtful links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgraph.authorities import Authority, resolve
from kgraph.authorities.review import Decisions, read_decisions
from kgraph.model import Item
from kgraph.report import Report
from kgraph.shipped import folder


def shipped_authority(further: Iterable[Path], report: Report) -> Authority:
    """The authority that ships with kgraph, and `further` files."""
    from kgraph.sources import intake

    def entries() -> Iterator[Item]:
        for path in (folder("data") / "authorities", *further):
            yield from intake.items([path], report)

    return Authority.of(entries())


def decisions_in(place: Path | None) -> tuple[Path, Decisions]:
    """The folder of decisions and what it holds; default ``data/decisions`` or ``decisions``."""
    if place is None:
        place = Path("data/decisions") if Path("data").is_dir() else Path("decisions")
    return place, read_decisions(place)


def resolved(
    given: Iterable[str],
    authority: Authority,
    decisions: Decisions,
    report: Report,
    threshold: float = 0.9,
) -> Iterator[Item]:
    """The items of sources (default: the shipped data) with their links."""
    from kgraph.sources import intake

    paths = list(given) or [str(folder("data"))]
    items = intake.items(paths, report)
    yield from resolve(items, authority, decisions=decisions, threshold=threshold, report=report)
