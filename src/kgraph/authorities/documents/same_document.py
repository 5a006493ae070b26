"""Two records of one document: found, scored, with reasons.

Pairs are compared only where something rare joins them: a number, a passage of
the text (runs of four words, sampled), or the same parties on the same day in
two sources. Each agreement adds log-odds, each contradiction takes them; a pair
is joined only where a number, a passage or a unique coincidence of both parties
and the day speaks for it. A meeting that both sides recorded is one event and two
documents, and is told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from kgraph.authorities.documents.alike import Pair, compare
from kgraph.authorities.documents.coincidences import same_entries, unique_coincidences
from kgraph.authorities.documents.keys import day_of, days_apart, keys_of, number_keys
from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.names.spellings import fold
from kgraph.model import Identity

COMMON = 6
"""A run that more records share than this is a formula and joins nothing."""


def same_documents(
    traces: Sequence[Trace], known: Iterable[Identity] = (), threshold: float = 0.9
) -> Iterator[Identity]:
    """One `Identity` for each group of records of one document that is not `known` yet."""
    order = {t.id: i for i, t in enumerate(traces)}
    joined = {frozenset(p) for i in known for p in combinations((i.document, *i.records), 2)}
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.get(x, x) != x:
            x = parent[x]
        return x

    accepted = [p for p in pairs(traces) if p.decisive and p.probability >= threshold]
    accepted = [p for p in accepted if frozenset((p.first, p.second)) not in joined]
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in accepted:
        a, b = root(pair.first), root(pair.second)
        if a != b:
            first, second = sorted((a, b), key=order.__getitem__)
            parent[second] = first
    for pair in accepted:
        groups[root(pair.first)].append(pair)
    about = {t.id: t.about for t in traces}
    for document, found in groups.items():
        members = sorted({m for p in found for m in (p.first, p.second)}, key=order.__getitem__)
        yield Identity(
            document=about[document],
            records=tuple(members),
            reasons=tuple(dict.fromkeys(r for p in found for r in p.reasons)),
            score=min(p.probability for p in found),
            certainty="inferred",
            source="matching",
        )


def pairs(traces: Sequence[Trace]) -> list[Pair]:
    """All pairs worth comparing, scored, best first; outer documents do not stand in
    for the letters that they carry."""
    whole = [t for t in traces if t.status == "extant"]
    by_id = {t.id: t for t in whole}
    shared = _shared_runs(whole)
    candidates = set(shared)
    for block in _blocks(whole):
        if 2 <= len(block) <= 12:
            candidates.update(combinations(sorted(set(block)), 2))
    unique = unique_coincidences(whole)
    entries = same_entries(whole)
    candidates.update(entries)
    own = _own_words(whole, by_id)
    editions = _editions(whole)
    found = []
    for a_id, b_id in candidates:
        a, b = by_id[a_id], by_id[b_id]
        if a.about == b.about or _one_tree(a, b):
            continue
        pair = compare(
            a,
            b,
            shared.get((a_id, b_id), 0),
            unique=(a_id, b_id) in unique,
            one_edition=frozenset((a.source, b.source)) in editions,
            carried=_carried(a, b, by_id),
            entry=entries.get((a_id, b_id)),
        )
        if pair.score > 0:
            found.append(pair)
    found.sort(key=lambda p: (-p.score, p.first, p.second))
    taken: dict[tuple[str, str], str] = {}
    covers: set[frozenset[str]] = set()
    kept = []
    for pair in found:  # one record of one source has at most one like in another source
        a, b = by_id[pair.first], by_id[pair.second]
        if (a.id, b.source) in taken or (b.id, a.source) in taken:
            continue
        numbered = any("number" in r and "file" not in r for r in pair.reasons)
        if frozenset((a.id, b.id)) in covers and not (numbered or _alike_besides(a, b, own)):
            continue  # alike only because both carry the same letter
        taken[a.id, b.source], taken[b.id, a.source] = b.id, a.id
        over_a, over_b = _parent(a, by_id), _parent(b, by_id)
        for one, other in ((over_a, b.id), (a.id, over_b), (over_a, over_b)):
            if one and other:
                covers.add(frozenset((one, other)))
        kept.append(pair)
    return kept


def _own_words(traces: Iterable[Trace], by_id: Mapping[str, Trace]) -> dict[str, frozenset[int]]:
    """Of each document that carries others the sampled runs that stand in none of them."""
    own: dict[str, frozenset[int]] = {}
    for t in traces:
        outer = _parent(t, by_id)
        if outer:
            own[outer] = own.get(outer, frozenset(by_id[outer].words)) - frozenset(t.words)
    return own


def _alike_besides(a: Trace, b: Trace, own: Mapping[str, frozenset[int]]) -> bool:
    """Whether two covers share passages besides the letters that they carry."""
    mine, yours = own.get(a.id, frozenset(a.words)), own.get(b.id, frozenset(b.words))
    shared = len(mine & yours)
    return shared >= 4 and shared >= 0.1 * min(len(mine), len(yours))


def _parent(t: Trace, by_id: Mapping[str, Trace]) -> str | None:
    if t.part_of in by_id:
        return t.part_of
    outer = t.id.rpartition("/")[0]
    return outer if outer in by_id else None


def _editions(traces: Iterable[Trace]) -> set[frozenset[str]]:
    """Pairs of sources that bring the same edition: five or more numbers with the same
    heading in both, and hardly a number whose headings differ."""
    numbered: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for t in traces:
        if t.number and t.title:
            numbered[t.number][t.source].add(fold(t.title))
    same: Counter[frozenset[str]] = Counter()
    other: Counter[frozenset[str]] = Counter()
    for sources in numbered.values():
        for a, b in combinations(sorted(sources), 2):
            alike = bool(sources[a] & sources[b])
            (same if alike else other)[frozenset((a, b))] += 1
    return {pair for pair, n in same.items() if n >= 5 and other[pair] <= 0.25 * n}


def _one_tree(a: Trace, b: Trace) -> bool:
    return (
        a.part_of == b.id
        or b.part_of == a.id
        or b.id in a.contains
        or a.id in b.contains
        or a.id.startswith(b.id + "/")
        or b.id.startswith(a.id + "/")
    )


def _shared_runs(traces: Iterable[Trace]) -> Counter[tuple[str, str]]:
    where: dict[int, list[str]] = defaultdict(list)
    for t in traces:
        for h in t.words:
            where[h].append(t.id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in where.values():
        if 2 <= len(ids) <= COMMON:
            shared.update(combinations(sorted(ids), 2))
    return Counter({pair: n for pair, n in shared.items() if n >= 3})


def _blocks(traces: Iterable[Trace]) -> Iterator[list[str]]:
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_id = {t.id: t for t in traces}
    for t in by_id.values():
        day = day_of(t.date) or _day_of_outer(t, by_id)
        for number in t.numbers:
            if number.kind in ("special", "registry", "telegram", "despatch", "document"):
                kind = "wire" if number.kind in ("special", "telegram") else number.kind
                for value in number_keys(number.value) if day else ():
                    for near in _near(day, 1) if day else ():
                        blocks["number", kind, value, near].append(t.id)
        if day:
            for near in _near(day, 1):
                for s in keys_of(t.senders or t.signed):
                    for a in keys_of(t.addressees):
                        blocks["parties", s, a, near].append(t.id)
            if t.title:
                blocks["title", fold(t.title), day.isoformat()].append(t.id)
        if t.title and t.number:
            blocks["heading", fold(t.title), t.number].append(t.id)
    return iter(blocks.values())


def _day_of_outer(t: Trace, by_id: Mapping[str, Trace]) -> date | None:
    outer = by_id.get(_parent(t, by_id) or "")
    return day_of(outer.date) if outer and (t.senders or t.signed) else None


def _near(day: date, days: int) -> list[str]:
    return [(day + timedelta(days=d)).isoformat() for d in range(-days, days + 1)]


def _carried(a: Trace, b: Trace, by_id: Mapping[str, Trace]) -> bool:
    """Whether one has no date of its own and stands in a document of the other's day."""
    for inner, other in ((a, b), (b, a)):
        outer = by_id.get(_parent(inner, by_id) or "")
        if outer and day_of(inner.date) is None and day_of(other.date):
            apart = days_apart(outer.date, other.date)
            if apart is not None and apart <= 1:
                return True
    return False
