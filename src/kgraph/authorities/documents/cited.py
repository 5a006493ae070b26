"""Documents that sources cite, and the documents present that may be they.

A citation becomes a record with status "cited"; each document is entered once, with every
place that cites it. Where one document present bears the number and the day, the two are
one; further candidates stand in its relations with their scores.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from kgraph.authorities.documents.keys import day_of, days_apart, number_key, number_keys
from kgraph.authorities.documents.referred import Meant, numbers_cited
from kgraph.authorities.documents.told_of import again, key_of, overlapping, told_of, with_ends
from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.documents.unfound import unfound
from kgraph.model import Date, Evidence, Form, Identity, Number, Record, Relation

_CITING = {"reply-to", "encloses", "cites", "thanks-for", "cover-of", "repeats", "amends"}
_ELSEWHERE = frozenset(
    ("cited:holding", "cited:publication", "cited:volume-document", "cited:document-number")
)
"""Rules of citations that say where a document stands: printed, held, and so not missing."""
_PLACE = re.compile(r"\bfrom (?:the )?([A-Z]\w+)")
_MUCH_ALIKE = frozenset(("letter", "message", "note", "telegram", "cipher-telegram"))
SURE = 0.9
"""From this score on the one candidate is the document that is cited."""

_ID = re.compile(r"^[\w.-]+/[\w./-]+$")


def _by_month(traces: Iterable[Trace]) -> Mapping[str, list[Trace]]:
    months: dict[str, list[Trace]] = defaultdict(list)
    for t in traces:
        if t.status == "extant" and t.date and t.date.earliest:
            months[t.date.earliest[:7]].append(t)
    return months


def cited(traces: Sequence[Trace], references: Sequence[Meant] = ()) -> Iterator[Record | Identity]:
    """A record of each document that is cited or referred to and not pointed at; an `Identity`
    where it is surely one that is present."""
    known = {t.id for t in traces} | {t.about for t in traces}
    dated = _by_month(traces)
    resolved = numbers_cited(traces)
    entered: dict[tuple[str, ...], Record] = {}
    found: dict[str, list[tuple[str, float, tuple[str, ...]]]] = {}
    citations = (one for t in traces for one in _of_record(t, known, resolved))
    spans: dict[str, list[tuple[int, int, tuple[str, ...]]]] = defaultdict(list)
    told = (one for t in traces for one in told_of(t, _CITING))
    for key, record in chain(citations, unfound(references), told):
        first = record.relations[0]
        if first.start is not None and first.end is not None:
            spans[record.id.rpartition("/")[0]].append((first.start, first.end, key))
        if key in entered:
            entered[key] = _joined(entered[key], record)
            continue
        entered[key] = record
        citing = record.relations[0].target
        found[record.id] = [c for c in candidates(record, dated) if c[0] != citing]
    for t in traces:
        for key, relation in again(t, spans.get(t.id, ())):
            taken = entered[key]
            entered[key] = msgspec.structs.replace(taken, relations=(*taken.relations, relation))
    for record in entered.values():
        near = found[record.id]
        sure = _the_one(near)
        if sure:
            yield sure_identity(record, *sure)
        extra = tuple(
            Relation(type="related", target=c, certainty="conjectural", rule="missing-candidate",
                     note=f"candidate, score {score:.2f}: {'; '.join(why)}")
            for c, score, why in near
        )  # fmt: skip
        yield msgspec.structs.replace(record, relations=record.relations + extra)


def _joined(first: Record, more: Record) -> Record:
    """What two citations of one document tell together."""
    return msgspec.structs.replace(
        first,
        senders=first.senders or more.senders,
        addressees=first.addressees or more.addressees,
        relations=first.relations + more.relations,
        evidence=first.evidence + more.evidence,
    )


def _of_record(
    t: Trace, known: set[str], resolved: Mapping[tuple[str, int], str]
) -> Iterator[tuple[tuple[str, ...], Record]]:
    """The citations of one record, each with the key of the document that it cites: form,
    number, day and place where all words of it are told, else the citation itself."""
    count = 0
    told: set[str] = set()  # numbers of this record's citations
    for place, relation in enumerate(t.relations):
        if relation.type not in _CITING or relation.target in known:
            continue
        if (t.id, place) in resolved:
            continue
        plain = re.search(r"\bno\. (\d[\d–-]*)$", relation.target)
        if plain:
            if number_keys(plain[1]) & told:
                continue
            told |= number_keys(plain[1])
        if relation.rule in _ELSEWHERE:
            continue
        if _ID.match(relation.target) and not relation.text:
            continue  # a link into another source that is merely not read here
        words = relation.text or relation.words or relation.target
        count += 1
        when = _dated(words, t)
        numbers = tuple(
            Number(kind=m[1].lower(), value=m[2])
            for m in re.finditer(r"\b(telegram|despatch|airgram|note)s? (?:No\. ?)?(\d+)", words, re.I)
        )  # fmt: skip
        swapped = relation.type in ("reply-to", "thanks-for")
        record = Record(
            id=f"{t.id}/cited-{count}",
            source=t.source,
            form=_form(words),
            status="cited",
            title=f"Cited in {t.id}: {words[:80]}",
            senders=t.addressees if swapped and re.match(r"(?i)your\b", words) else (),
            addressees=t.senders if swapped and re.match(r"(?i)your\b", words) else (),
            date=when,
            numbers=numbers,
            relations=(
                Relation(type="cited-in", target=t.about, text=words,
                         start=relation.start, end=relation.end, rule=relation.rule),
            ),
            evidence=(
                Evidence(field="status", rule=relation.rule, words=words[:160], locator=t.id,
                         start=relation.start, end=relation.end),
            ),
        )  # fmt: skip
        one = overlapping(t, relation)
        record = with_ends(record, one)
        whence = _PLACE.search(words)
        day = when.earliest[:10] if when and when.earliest else ""
        key: tuple[str, ...] = (record.id,)
        if numbers and day:
            key = (
                t.source,
                record.form,
                number_key(numbers[0].value),
                day,
                whence[1] if whence else "",
            )
        elif one is not None:
            key = key_of(record, one, t)
        yield key, record


def _the_one(
    near: Sequence[tuple[str, float, tuple[str, ...]]],
) -> tuple[str, float, tuple[str, ...]] | None:
    """The candidate that must be meant: by its number and day, and no other comes near."""
    if not near or near[0][1] < SURE or "same number" not in near[0][2]:
        return None
    return near[0] if len(near) == 1 or near[1][1] <= near[0][1] - 0.2 else None


def sure_identity(cited: Record, document: str, score: float, why: tuple[str, ...]) -> Identity:
    """That a document spoken of is one that is present."""
    return Identity(
        document=document, records=(document, cited.id), reasons=why,
        score=round(min(score, 0.99), 3), certainty="inferred", source="matching",
    )  # fmt: skip


def _dated(words: str, t: Trace) -> Date | None:
    """The date in a citation; one without a year is that nearest to the citing document's."""
    from kgraph.dating import find

    stated = next((d for d in find(words) if d.earliest), None)
    own = day_of(t.date)
    if stated or own is None:
        return stated
    near = [
        (abs((day - own).days), d)
        for year in (own.year - 1, own.year, own.year + 1)
        for d in find(words, default_year=year)
        if (day := day_of(d))
    ]
    return min(near, key=lambda n: n[0])[1] if near else None


def _form(words: str) -> Form:
    low = words.lower()
    for form in ("telegram", "despatch", "letter", "memorandum", "message", "note"):
        if form in low:
            return form
    return "other"


def _vague(date: Date | None) -> bool:
    """Whether a date bounds a document no nearer than to a week: "1960" is near no day of January."""
    if date is None or not date.earliest or not date.latest:
        return True
    ends = msgspec.structs.replace(date, earliest=date.latest)
    starts = msgspec.structs.replace(date, latest=date.earliest)
    apart = days_apart(starts, ends)
    return apart is None or apart > 7


def candidates(
    record: Record, dated: Mapping[str, list[Trace]], limit: int = 3
) -> list[tuple[str, float, tuple[str, ...]]]:
    """Documents present that may be the missing one: (id, score in [0, 1], why)."""
    found: list[tuple[str, float, tuple[str, ...]]] = []
    if record.date is None or not record.date.earliest:
        return found
    mine = {p.id for p in record.senders if p.id}
    yours = {p.id for p in record.addressees if p.id}
    numbers = {number_key(n.value) for n in record.numbers}
    kinds = {n.kind for n in record.numbers}
    for t in dated.get(record.date.earliest[:7], ()):
        apart = days_apart(record.date, t.date)
        if apart is None or apart > 2 or _vague(t.date):
            continue
        score, why = (0.4 if apart == 0 else 0.15), [f"dated {apart} days apart"]
        if mine & {p.id for p in t.senders}:
            score, why = score + 0.2, [*why, "same sender"]
        elif mine and t.senders:
            score -= 0.2
        if yours & {p.id for p in t.addressees}:
            score, why = score + 0.2, [*why, "same addressee"]
        elsewhere = _PLACE.search(record.title or "")
        if elsewhere and t.place and elsewhere[1] not in t.place.name:
            continue
        theirs = {number_key(n.value) for n in t.numbers if n.kind in kinds}
        if numbers & {number_key(n.value) for n in t.numbers}:
            score, why = score + 0.4, [*why, "same number"]
        elif numbers and theirs:
            continue  # it bears another number
        if record.form == t.form:
            score, why = score + 0.1, [*why, f"a {t.form}"]
        elif record.form != "other" and not {record.form, t.form} <= _MUCH_ALIKE:
            score -= 0.2
        if score >= 0.4:
            found.append((t.about, min(1.0, score), tuple(why)))
    found.sort(key=lambda f: (-f[1], f[0]))
    return found[:limit]
