"""Records in, records with links out: the order in which everything is resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.documents.conflicts import conflicts_of, impossible
from kgraph.authorities.documents.meetings import shared_meetings
from kgraph.authorities.documents.missing import from_signs, register
from kgraph.authorities.documents.referred import meant, referring
from kgraph.authorities.documents.same_document import same_documents
from kgraph.authorities.documents.traces import Trace, trace
from kgraph.authorities.resolution.abbreviations import Abbreviations
from kgraph.authorities.resolution.parties import Resolver
from kgraph.authorities.resolution.shelves import Shelves
from kgraph.authorities.resolution.spoken_of import with_documents
from kgraph.authorities.resolution.volume_lists import ListedPersons, catalogued
from kgraph.authorities.review import Decisions
from kgraph.model import Abbreviation, Event, Identity, Item, Person, Record, Redirect
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
    known: list[Identity] = []
    events: list[Event] = []
    for item in resolve_source(
        items, authority, decisions=decisions, threshold=threshold, report=report
    ):
        if isinstance(item, Record):
            traces.append(trace(item))
        elif isinstance(item, Identity):
            known.append(item)
        elif isinstance(item, Event):
            events.append(item)
        yield item
    yield from across(
        traces,
        authority,
        known=known,
        events=events,
        decisions=decisions,
        threshold=threshold,
        report=report,
    )


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
    the authority where the match is probable enough. After a record follow the
    documents that its own words report as not found or not printed.
    """
    people: dict[str, ListedPersons] = {}
    resolvers: dict[str, Resolver] = {}
    explained: dict[str, Abbreviations] = {}
    shelves = Shelves(authority)
    for family in families(items):
        item = family[0]
        if isinstance(item, Person):
            if item.id in authority.persons or item.id in authority.redirects:
                yield item
                continue
            yield catalogued(item)
            key = _source_key(item.source)
            if key not in people:
                people[key] = ListedPersons(authority, item.source or "", threshold)
            redirect = _enter(people[key], item, decisions)
            if redirect:
                yield redirect
        elif isinstance(item, Abbreviation):
            key = _source_key(item.source)
            listed_forms = explained.setdefault(key, Abbreviations(authority, item.source))
            known_form, body = listed_forms.enter(item)
            yield known_form
            if body is not None:
                yield body
        elif isinstance(item, Record):
            key = _source_key(item.source)
            if key not in resolvers:
                listed = people.setdefault(key, ListedPersons(authority, item.source, threshold))
                forms = explained[key].meanings if key in explained else None
                resolvers[key] = Resolver(
                    authority, listed, item.source, threshold, decisions, forms
                )
            records = [r for r in family if isinstance(r, Record)]
            known = [shelves.record(resolvers[key].record(r)) for r in records]
            yield from resolvers[key].entries()
            for given, record in zip(records, with_documents(known, threshold, decisions), strict=True):  # fmt: skip
                yield record
                if given.text:
                    yield from from_signs(given)
        else:
            yield item


def families(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items one by one, but a document together with the documents inside it that follow."""
    held: list[Item] = []
    for item in items:
        if held and isinstance(item, Record) and _inside(item, held[0]):
            held.append(item)
            continue
        if held:
            yield held
        held = [item]
    if held:
        yield held


def _inside(inner: Record, outer: Item) -> bool:
    return (
        isinstance(outer, Record)
        and inner.source == outer.source
        and inner.id.startswith(outer.id + "/")
    )


def _source_key(source: str | None) -> str:
    return PurePath(source or "").name.split(".")[0]


def _enter(listed: ListedPersons, person: Person, decisions: Decisions | None) -> Redirect | None:
    decided = decisions.accepted(person.id) if decisions else None
    if decided and decided.target:
        listed.settle(person, decided.target)
        return None  # the decision's own redirect is yielded once, with the others
    redirect = listed.enter(person)
    if redirect and redirect.to and decisions:
        against = decisions.rejected(person.id, redirect.to)
        if against:
            listed.unsettle(person)
            return None
    return redirect


def across(
    traces: Iterable[Trace],
    authority: Authority,
    *,
    known: Iterable[Identity] = (),
    events: Iterable[Event] = (),
    decisions: Decisions | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    report: Report | None = None,
) -> Iterator[Item]:
    """What follows from all records together.

    `known` are the identities that sources or editors state, `events` the events
    met. Yields `Redirect` and `Identity` of reviewers' decisions, `Identity` (same
    document), `Event` (a meeting recorded twice), `Conflict`, `Record` items with
    status "cited" or "missing" for documents that no source brings, and `Record` items of
    what documents surely refer to in their own words.
    """
    traces = list(traces)
    known = list(known)
    if decisions:
        yield from decisions.redirects()
        for identity in decisions.identities():
            known.append(identity)
            yield identity
    found = []
    for identity in same_documents(traces, known, threshold):
        kept = _undisputed(identity, decisions)
        if kept:
            found.append(kept)
            yield kept
    yield from shared_meetings(traces, [r for e in events for r in e.reported_in])
    groups: dict[str, list[Trace]] = defaultdict(list)
    of: dict[str, str] = {}
    for identity in (*known, *found):
        for record in identity.records:
            of.setdefault(record, identity.document)
    for t in traces:
        groups[of.get(t.id, of.get(t.about, t.about))].append(t)
    decided = decisions or Decisions()
    for records in groups.values():
        if len(records) > 1:
            yield from map(decided.conflict, conflicts_of(records))
    yield from map(decided.conflict, impossible(traces, authority.offices))
    references = list(meant(traces, of))
    yield from register(traces, references)
    yield from referring(traces, references)


def _undisputed(identity: Identity, decisions: Decisions | None) -> Identity | None:
    """`identity` without the records that a reviewer kept apart."""
    if decisions is None:
        return identity
    first = identity.records[0]
    kept = tuple(
        r
        for r in identity.records
        if r == first
        or not (decisions.rejected(r, first) or decisions.rejected(r, identity.document))
    )
    return msgspec.structs.replace(identity, records=kept) if len(kept) > 1 else None
