"""One meeting that two sources recorded: one event, and a document of each side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from zlib import crc32

from kgraph.authorities.documents.keys import day_of, keys_of
from kgraph.authorities.documents.traces import Trace
from kgraph.model import Event, Participant


def shared_meetings(traces: Sequence[Trace], known: Iterable[str] = ()) -> Iterator[Event]:
    """Meetings recorded by two sources: one day, two or more participants in common."""
    days: dict[str, list[Trace]] = defaultdict(list)
    for t in traces:
        day = day_of(t.date)
        if day and t.status == "extant" and t.form in ("memorandum-of-conversation", "minutes"):
            days[day.isoformat()].append(t)
    done = set(known)
    for when, group in days.items():
        for a, b in combinations(group, 2):
            if a.source == b.source or a.about == b.about or a.id in done or b.id in done:
                continue
            common = {
                k
                for k in keys_of((*a.participants, *a.senders, *a.drafters))
                & keys_of((*b.participants, *b.senders, *b.drafters))
                if k.startswith("person/")
            }
            if len(common) >= 2:
                done |= {a.id, b.id}
                names = {p.id: p for t in (a, b) for p in (*t.participants, *t.senders) if p.id}
                yield Event(
                    id=f"event/meeting-{when}-{crc32((a.id + b.id).encode()):08x}",
                    label=f"Meeting of {when}, recorded by both sides",
                    source="matching",
                    kind="conversation",
                    date=a.date,
                    place=a.place or b.place,
                    other_places=(b.place,) if a.place and b.place else (),
                    participants=tuple(
                        Participant(party=names[k], certainty="inferred")
                        for k in sorted(common)
                        if k in names
                    ),
                    reported_in=(a.about, b.about),
                    note="two records of one meeting: same day, "
                    f"{len(common)} participants in common",
                )
