"""What the verbs about identity share: the authority, sources resolved, doubtful links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgraph.authorities import Authority, resolve
from kgraph.authorities.review import Decisions, read_decisions
from kgraph.model import Item
from kgraph.report import KgraphError, Report
from kgraph.shipped import folder


def shipped_authority(further: Iterable[Path], report: Report) -> Authority:
    """The authority that ships with kgraph, and `further` files."""
    from kgraph.sources import intake

    def entries() -> Iterator[Item]:
        for path in (folder("data") / "authorities", *further):
            yield from intake.items([path], report)

    return Authority.of(entries())


def built_from(store: str | None) -> list[str]:
    """The sources that a store on this machine was built from; none where there is no store.

    `KgraphError` for a store that was named and is not there, or lies behind an address.
    """
    from kgraph.store import open_store
    from kgraph.store.embedded import EmbeddedStore

    try:
        opened = open_store(store)
    except KgraphError:
        if store is not None:
            raise
        return []
    if not isinstance(opened, EmbeddedStore):
        raise KgraphError(
            f"{store} does not tell what it was built from", hint="name the sources to review"
        )
    gone = [path for path in opened.manifest.sources if not Path(path).exists()]
    if gone:
        raise KgraphError(
            f"{gone[0]}, from which the store was built, is not there",
            hint="name the sources to review, or build anew",
        )
    return opened.manifest.sources


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
