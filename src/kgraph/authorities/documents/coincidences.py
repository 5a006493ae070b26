"""Pairs of two sources that the day and both ends alone make one letter, as in catalogues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from kgraph.authorities.documents.keys import REF, day_of, keys_of
from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.names.spellings import fold
from kgraph.model import Party

_KNOWN = ("person/", REF)


def unique_coincidences(traces: Iterable[Trace]) -> set[tuple[str, str]]:
    """Pairs of two sources that alone on one day have the same sender and addressee."""
    days: dict[tuple[str, str, str], list[Trace]] = defaultdict(list)
    for t in traces:
        day = day_of(t.date)
        if day and t.date and t.date.certainty == "stated":
            for s in keys_of(t.senders or t.signed):
                for a in keys_of(t.addressees):
                    known = s.startswith(_KNOWN) + a.startswith(_KNOWN)
                    if known == 2 or (known and _named(s) and _named(a)):
                        days[s, a, day.isoformat()].append(t)
    found: set[tuple[str, str]] = set()
    for group in days.values():
        if len({t.source for t in group}) == len(group):
            found.update(combinations(sorted(t.id for t in group), 2))
    return found


def _named(key: str) -> bool:
    """Whether a party is known to an authority, or by a surname and a given name."""
    return key.startswith(_KNOWN) or (" " in key and "/" not in key)


def same_entries(traces: Iterable[Trace]) -> dict[tuple[str, str], str]:
    """Pairs of catalogues' entries of one publication that say the same of parties, date and place:
    as many in each catalogue, and in the same order."""
    said: dict[tuple[object, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    titles: dict[tuple[object, ...], str] = {}
    for t in traces:
        if t.text_length or not t.printed_in or not t.date or not t.date.edtf:
            continue
        ends = (_written(t.senders), _written(t.addressees))
        place = fold(t.place.name) if t.place else ""
        key: tuple[object, ...] = (fold(t.printed_in[0].publication), *ends, t.date.edtf, place)
        if all(ends):
            said[key][t.source].append(t.id)
            titles.setdefault(key, t.printed_in[0].publication)
    found: dict[tuple[str, str], str] = {}
    for key, sources in said.items():
        for mine, yours in combinations(sources.values(), 2):
            if len(mine) == len(yours):
                for a, b in zip(mine, yours, strict=True):
                    found[min(a, b), max(a, b)] = titles[key]
    return found


def _written(parties: Iterable[Party]) -> frozenset[str]:
    """Parties as a catalogue writes them, those without a name too."""
    return frozenset(p.ref or fold(p.name) for p in parties)
