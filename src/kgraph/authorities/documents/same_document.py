"""Two records of one document: found, scored, with reasons.

Pairs are compared only where something rare joins them: a number, a passage of
the text (runs of four words, sampled), or the same parties on the same day in
two sources. Each agreement adds log-odds, each contradiction takes them; a pair
is joined only where a number, a passage or a unique coincidence of both parties
and the day speaks for it. A meeting that both sides recorded is one event and two
documents, and is told apart.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from zlib import crc32

import msgspec

from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.names.spellings import fold, latin_key
from kgraph.model import Date, Identity, Party

RUN = 4
SAMPLED = 8
"""Runs of `RUN` words are kept where their hash is a multiple of `SAMPLED`."""
COMMON = 6
"""A run that more records share than this is a formula and joins nothing."""

SENT_ON = 31
"""Days within which a text may be printed under the day on which it was sent on."""
MARKED = 48
"""Numbers and names of a text that are kept at most."""

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"\d+|(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]{3,}")
_RECORDS = frozenset(("memorandum-of-conversation", "minutes", "editorial-note"))
_SENT = frozenset(("letter", "message", "telegram", "cipher-telegram", "despatch", "note"))


def sketch(text: str) -> tuple[int, ...]:
    """Hashes of runs of words of `text`, sampled evenly by value: texts that share a
    passage share hashes in proportion, wherever it stands in each."""
    words = _WORD.findall(text.lower())
    if len(words) < RUN:
        return ()
    found = {
        h
        for i in range(len(words) - RUN + 1)
        if not (h := crc32(" ".join(words[i : i + RUN]).encode())) % SAMPLED
    }
    return tuple(sorted(found))


def marks(text: str) -> tuple[int, ...]:
    """Hashes of the numbers and names in `text`, the `MARKED` smallest: two translations share
    them where they share no run of words (a bottom-k sketch, Broder 1997)."""
    found = {
        crc32((m[0] if m[0][0].isdigit() else latin_key(m[0])).encode())
        for m in _TELLING.finditer(text)
    }
    return tuple(sorted(found)[:MARKED])


class Pair(msgspec.Struct, frozen=True):
    """Two records compared: log-odds that they describe one document, and why."""

    first: str
    second: str
    score: float
    reasons: tuple[str, ...]
    decisive: bool

    @property
    def probability(self) -> float:
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, self.score)))), 4)


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
    unique = _unique_coincidences(whole)
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
        if frozenset((a.id, b.id)) in covers and not numbered:
            continue  # alike only because both carry the same letter
        taken[a.id, b.source], taken[b.id, a.source] = b.id, a.id
        over_a, over_b = _parent(a, by_id), _parent(b, by_id)
        for one, other in ((over_a, b.id), (a.id, over_b), (over_a, over_b)):
            if one and other:
                covers.add(frozenset((one, other)))
        kept.append(pair)
    return kept


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
                for value in number_keys(number.value) if day else ():
                    for near in _near(day, 1) if day else ():
                        blocks["number", number.kind, value, near].append(t.id)
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


def keys_of(parties: Iterable[Party]) -> set[str]:
    """What parties are known by: their ids, those of who held their offices, else their names folded."""
    found = set()
    for p in parties:
        found.add(p.id or p.holder or fold(p.name))
        if p.holder:
            found.add(p.holder)
    return {f for f in found if f}


def _unique_coincidences(traces: Iterable[Trace]) -> set[tuple[str, str]]:
    """Pairs of two sources that alone on one day have the same sender and addressee."""
    days: dict[tuple[str, str, str], list[Trace]] = defaultdict(list)
    for t in traces:
        day = day_of(t.date)
        if day and t.date and t.date.certainty == "stated":
            for s in keys_of(t.senders or t.signed):
                for a in keys_of(t.addressees):
                    if s.startswith("person/") and a.startswith("person/"):
                        days[s, a, day.isoformat()].append(t)
    found = set()
    for group in days.values():
        if len(group) == 2 and group[0].source != group[1].source:
            found.add((min(group[0].id, group[1].id), max(group[0].id, group[1].id)))
    return found


def compare(
    a: Trace,
    b: Trace,
    shared: int = 0,
    *,
    unique: bool = False,
    one_edition: bool = False,
    carried: bool = False,
) -> Pair:
    """Two records compared by numbers, date, parties, place, heading and text.

    `shared` counts the sampled runs of words in common; `unique` says that no other
    letter of that day has the same parties; `one_edition` that both sources bring the
    same edition, whose numbers then count; `carried` that one has no date of its own and
    stands in a document of the other's day.
    """
    score = -4.0
    reasons: list[str] = []
    decisive = renumbered = False
    numbers_a, numbers_b = _numbers(a), _numbers(b)
    for kind in numbers_a.keys() & numbers_b.keys():
        common = numbers_a[kind] & numbers_b[kind]
        if common:
            if kind == "central-file":  # a file holds many documents
                score += 1.0
            else:
                score += (5.0 if kind == "special" else 3.5) + 0.7 * (len(common) - 1)
                decisive = True
            reasons.append(f"same {kind} number {', '.join(sorted(common)[:3])}")
        elif kind in ("telegram", "special", "despatch", "registry"):
            score -= 3.5
            renumbered = True
    smaller = min(len(a.words), len(b.words))
    apart = days_apart(a.date, b.date)
    if shared and smaller:
        share = shared / smaller
        if share >= 0.02:
            score += min(9.0, 4.0 + 10.0 * share)
            short = share >= 0.3 and not apart and _both_ends(a, b)  # a short text
            if (share >= 0.06 and shared >= 4) or short:
                decisive = True
            reasons.append(f"passages in common ({share:.0%} of the shorter text)")
    if apart is None:
        score += 1.0 if carried else 0.0
        reasons += ["in a document of that day"] if carried else []
    elif apart == 0:
        score += 2.0
        reasons.append("same date")
    elif apart <= 1:
        score += 1.0
        reasons.append("dates one day apart")
    elif apart <= 3:
        score -= 1.0
    else:
        whole = shared and smaller and shared / max(len(a.words), len(b.words)) >= 0.5
        # a text may be printed under the day on which it was sent on, not months later
        score -= 3.0 if whole and apart <= SENT_ON else 6.0 if apart <= SENT_ON else 12.0
    apart_at = 0  # the ends at which the two have known and different parties
    for side in ("senders", "addressees"):
        mine = keys_of(getattr(a, side) or (a.signed if side == "senders" else ()))
        yours = keys_of(getattr(b, side) or (b.signed if side == "senders" else ()))
        if mine & yours:
            score += 1.5
            reasons.append(f"same {side[:-1]}")
        elif mine and yours and _people(mine) and _people(yours):
            score -= 8.0 if _known(mine) and _known(yours) else 3.0
        elif _told(mine) and _told(yours):
            apart_at += 1
    if apart_at == 2 or (apart_at and renumbered):
        score -= 8.0  # a telegram that carries a letter is not the letter, nor one to another post
    if a.title and b.title and fold(a.title) == fold(b.title):
        score += 1.5
        reasons.append("same heading")
        if one_edition and a.number and a.number == b.number and apart in (0, None):
            score += 4.5
            decisive = True
            reasons.append(f"same number {a.number} in the edition")
        elif apart == 0 and len(fold(a.title)) > 60:
            score += 1.0
    if a.place and b.place and a.place.id and b.place.id:
        score += 0.7 if a.place.id == b.place.id else -1.0
    if a.form != b.form and {a.form, b.form} & _RECORDS:
        score -= 9.0 if {a.form, b.form} & _SENT else 3.0
    if (apart == 0 or carried) and _both_ends(a, b, people=False):
        named = len(set(a.marks) & set(b.marks))
        if named >= 6 and named >= 0.6 * min(len(a.marks), len(b.marks)):
            score += 2.5
            decisive = True
            reasons.append(f"{named} names and numbers in common")
    if a.source == b.source:
        share = shared / smaller if smaller else 0.0
        alike = {"same date", "same sender", "same addressee"} <= set(reasons)
        repeated = any("telegram number" in r for r in reasons) and share >= 0.3
        decisive = alike and (share >= 0.6 or repeated)  # one source rarely prints a thing twice
        score -= 4.0
    if unique and apart == 0 and {"same sender", "same addressee"} <= set(reasons):
        score += 2.0
        lengths = sorted((a.text_length, b.text_length))
        if not shared and _strange(a, b):
            score -= 4.0
        elif shared or (lengths[0] and lengths[1] / lengths[0] < 2.0) or not lengths[0]:
            decisive = True
            reasons.append("the only such letter of that day in either source")
    first, second = sorted((a.id, b.id))
    return Pair(first, second, score, tuple(reasons), decisive)


def _strange(a: Trace, b: Trace) -> bool:
    """Whether two texts name hardly anything in common, neither names nor numbers."""
    mine, yours = set(a.marks), set(b.marks)
    if min(a.text_length, b.text_length) <= 200 or max(len(mine), len(yours)) < 4:
        return False
    return len(mine & yours) < 0.2 * max(3, min(len(mine), len(yours)))


def _carried(a: Trace, b: Trace, by_id: Mapping[str, Trace]) -> bool:
    """Whether one has no date of its own and stands in a document of the other's day."""
    for inner, other in ((a, b), (b, a)):
        outer = by_id.get(_parent(inner, by_id) or "")
        if outer and day_of(inner.date) is None and day_of(other.date):
            apart = days_apart(outer.date, other.date)
            if apart is not None and apart <= 1:
                return True
    return False


def _told(keys: set[str]) -> bool:
    """Whether all of `keys` are persons or bodies that are known."""
    return bool(keys) and all(k.startswith(("person/", "body/")) for k in keys)


def _both_ends(a: Trace, b: Trace, *, people: bool = True) -> bool:
    """Whether sender and addressee of both are the same (`people`: and known persons)."""
    ends = [
        (keys_of(a.senders or a.signed), keys_of(b.senders or b.signed)),
        (keys_of(a.addressees), keys_of(b.addressees)),
    ]
    return all(_people(m & y) if people else _told(m & y) for m, y in ends)


def _known(keys: set[str]) -> bool:
    """Whether all persons among `keys` are persons of the authority, not of a source."""
    people = [k for k in keys if k.startswith("person/")]
    return bool(people) and all(k.count("/") == 1 for k in people)


def _people(keys: set[str]) -> bool:
    return any(k.startswith("person/") for k in keys)


def number_key(value: str) -> str:
    """A number without signs and zeros that editions add ("No. 2442/GS" and "2442/gs")."""
    return re.sub(r"[^a-z0-9/-]", "", re.sub(r"^(?:no|nos|number)\b\.?", "", fold(value))).lstrip(
        "0"
    )


def number_keys(value: str) -> set[str]:
    """The numbers that a written number or short range stands for.

    >>> sorted(number_keys("Nos. 2000-2002"))
    ['2000', '2001', '2002']
    """
    key = number_key(value)
    found = re.fullmatch(r"(\d{2,6})-(\d{2,6})", key)
    if found and 0 < int(found[2]) - int(found[1]) < 20:
        return {str(n) for n in range(int(found[1]), int(found[2]) + 1)}
    return {key} if key else set()


def _numbers(t: Trace) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number in t.numbers:
        if number.kind not in ("copy", "section"):
            found[number.kind] |= number_keys(number.value)
    return found


def day_of(when: Date | None) -> date | None:
    """The day that a date names, None for intervals and undated."""
    if when is None or not when.earliest or not when.latest:
        return None
    if when.earliest[:10] != when.latest[:10]:
        return None
    try:
        return date.fromisoformat(when.earliest[:10])
    except ValueError:
        return None


def days_apart(a: Date | None, b: Date | None) -> int | None:
    """Days between two dates (0 where they overlap), None where one is unknown."""
    if a is None or b is None or not (a.earliest and a.latest and b.earliest and b.latest):
        return None
    try:
        first = [date.fromisoformat(d.earliest[:10]) for d in (a, b) if d.earliest]
        last = [date.fromisoformat(d.latest[:10]) for d in (a, b) if d.latest]
    except ValueError:
        return None
    return max(0, (max(first) - min(last)).days)
