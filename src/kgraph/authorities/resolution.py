"""Records in, records with links out: the order in which everything is resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgraph.authorities.authority import Authority
from kgraph.authorities.parties import Resolver
from kgraph.authorities.review import Decisions
from kgraph.authorities.traces import Trace, trace
from kgraph.authorities.volume_lists import ListedPersons
from kgraph.model import Item, Person, Record
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
    people: dict[str, ListedPersons] = {}
    resolvers: dict[str, Resolver] = {}
    for item in items:
        if isinstance(item, Person):
            yield item
            if item.id not in authority.persons and item.id not in authority.redirects:
                source = item.source or ""
                listed = people.setdefault(source, ListedPersons(authority, source, threshold))
                redirect = listed.enter(item)
                if redirect:
                    yield redirect
        elif isinstance(item, Record):
            listed = people.setdefault(
                item.source, ListedPersons(authority, item.source, threshold)
            )
            if item.source not in resolvers:
                resolvers[item.source] = Resolver(authority, listed, item.source, threshold)
            yield resolvers[item.source].record(item)
        else:
            yield item


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
