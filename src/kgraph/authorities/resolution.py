"""Records in, records with links out: the order in which everything is resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgraph.authorities.authority import Authority
from kgraph.authorities.review import Decisions
from kgraph.authorities.traces import Trace, trace
from kgraph.model import Item, Record
from kgraph.report import Report

DEFAULT_THRESHOLD = 0.9
"""Links less probable than this are not made (see docs/identity.md)."""


def resolve(
    items: Iterable[Item],
    authority: Authority,
    *,
    decisions: Decisions | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    report: Report | None = None,
) -> Iterator[Item]:
    """All items with their links, then what follows from all records together.

    Items of one source should come one after the other, its list of persons
    first; nothing is held back but the traces of records.
    """
    traces: list[Trace] = []
    for item in resolve_source(
        items, authority, decisions=decisions, threshold=threshold, report=report
    ):
        if isinstance(item, Record):
            traces.append(trace(item))
        yield item
    yield from across(traces, authority, decisions=decisions, threshold=threshold, report=report)


def resolve_source(
    items: Iterable[Item],
    authority: Authority,
    *,
    decisions: Decisions | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    report: Report | None = None,
) -> Iterator[Item]:
    """The items of one source with `id`, `probability` and `reasons` filled.

    A `Person` that is not in the authority is an entry of the source's own list:
    it is passed on with its own id, followed by a `Redirect` to the person of
    the authority where the match is probable enough.
    """
    yield from items


def across(
    traces: Iterable[Trace],
    authority: Authority,
    *,
    decisions: Decisions | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    report: Report | None = None,
) -> Iterator[Item]:
    """What follows from all records together.

    Yields `Identity` (same document), `Conflict`, and `Record` items with status
    "cited", "missing" or "not-found" for documents that no source brings.
    """
    yield from ()
