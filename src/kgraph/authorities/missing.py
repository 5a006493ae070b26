"""The register of documents that should be there: cited, answered, enclosed, numbered, sought.

Each becomes a record of its own, whose status says how it is known and whose
evidence the words; the likeliest candidates among the documents that are present
stand in its relations, with their scores.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

import msgspec

from kgraph.authorities.same_document import days_apart, number_key
from kgraph.authorities.traces import Trace
from kgraph.model import Date, Evidence, Form, Identity, Number, Record, Relation, Status

_CITING = {"reply-to", "encloses", "cites", "thanks-for", "cover-of", "repeats", "amends"}
_ELSEWHERE = frozenset(
    ("cited:holding", "cited:publication", "cited:volume-document", "cited:document-number")
)
"""Rules of citations that say where a document stands: printed, held, and so not missing."""
_PLACE = re.compile(r"\bfrom (?:the )?([A-Z]\w+)")
SURE = 0.9
"""From this score on the one candidate is the document that is cited."""

_ID = re.compile(r"^[\w.-]+/[\w./-]+$")
_NOT_FOUND = re.compile(
    r"\b[Nn]o (?:other |further |written |such |American |Soviet |U\.S\. )*"
    r"(?:record|copy|text|trace|memorandum|account)s?\b[^.;]{0,90}?\b(?:found|located|identified)\b"
    r"|\b(?:has|have|was|were) not been (?:found|located|identified)\b|\bnot found\b"
)
_NOT_PRINTED = re.compile(
    r"\b(?:enclosures?|attachments?|annex(?:es)?|tabs?)\b[^.;\]]{0,60}?\bnot "
    r"(?:printed|found|attached|published|declassified|reproduced)\b|"
    r"\bnot (?:printed|published|reproduced)\b(?= here|\.|,|;|\))",
    re.I,
)


class Sign(msgspec.Struct, frozen=True):
    """Words of a record that speak of a document that is not there."""

    record: str
    status: Status
    words: str
    start: int
    end: int


def signs(record: Record, limit: int = 8) -> list[Sign]:
    """What `record`'s text says of documents not found or not printed, at most `limit`."""
    found = []
    for status, pattern in (("not-found", _NOT_FOUND), ("not-published", _NOT_PRINTED)):
        for m in pattern.finditer(record.text):
            words = " ".join(m[0].split())
            found.append(Sign(record.id, status, words[:160], m.start(), m.end()))  # type: ignore[arg-type]
            if len(found) >= limit:
                return found
    return found


def register(traces: Sequence[Trace]) -> Iterator[Record | Identity]:
    """The missing documents that follow from all records, as records of their own; an
    `Identity` where a document cited is surely one that is present."""
    known = {t.id for t in traces} | {t.about for t in traces}
    dated = _by_month(traces)
    yield from _cited(traces, known, dated)
    yield from _gaps(traces)


def from_signs(record: Record) -> Iterator[Record]:
    """Missing documents that one record's own words report."""
    for i, sign in enumerate(signs(record), start=1):
        enclosed = re.match(r"(?i)enclosure|attachment|annex|tab", sign.words) is not None
        yield Record(
            id=f"{record.id}/{'enclosure' if enclosed else sign.status}-{i}",
            source=record.source,
            form="enclosure" if enclosed else "other",
            status=sign.status,
            title=f"Document spoken of in {record.id}: {_spoken(record, sign)}",
            relations=(
                Relation(
                    type="enclosed-in" if enclosed else "cited-in",
                    target=record.about,
                    start=sign.start,
                    end=sign.end,
                    rule="missing-words",
                    words=sign.words,
                ),
            ),
            evidence=(
                Evidence(field="status", rule="missing-words", words=sign.words,
                         locator=f"{record.id}, characters {sign.start} to {sign.end}"),
            ),
        )  # fmt: skip


def _spoken(record: Record, sign: Sign) -> str:
    """What a sign is about: the document named just before it in the same sentence, and its words."""
    before = [
        m
        for m in record.mentions
        if sign.status == "not-published" and m.type == "document"
        and m.rule != "mention-publication" and not m.text.startswith("Document ")
        and m.start is not None and m.end is not None and m.end <= sign.start and sign.start - m.end < 120
        and not re.search(r"[.;]\s+[A-Z].*[.;]\s", record.text[m.end : sign.start])
    ]  # fmt: skip
    named = max(before, key=lambda m: m.end or 0).text + ", " if before else ""
    return f"{' '.join(named.split())} {sign.words[:80]}".strip()


def _by_month(traces: Iterable[Trace]) -> Mapping[str, list[Trace]]:
    months: dict[str, list[Trace]] = defaultdict(list)
    for t in traces:
        if t.status == "extant" and t.date and t.date.earliest:
            months[t.date.earliest[:7]].append(t)
    return months


def _cited(
    traces: Iterable[Trace], known: set[str], dated: Mapping[str, list[Trace]]
) -> Iterator[Record | Identity]:
    from kgraph.dating import find

    for t in traces:
        count = 0
        for relation in t.relations:
            if relation.type not in _CITING or relation.target in known:
                continue
            if relation.rule in _ELSEWHERE:
                continue
            if _ID.match(relation.target) and not relation.text:
                continue  # a link into another source that is merely not read here
            words = relation.text or relation.words or relation.target
            count += 1
            year = int(t.date.earliest[:4]) if t.date and t.date.earliest else None
            when = next(iter(find(words)), None)
            if when and not when.earliest and year:
                when = _in_year(words, year) or when
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
            near = [c for c in candidates(record, dated) if c[0] != t.about]
            sure = _the_one(near)
            if sure:
                yield sure_identity(record, *sure)
            extra = tuple(
                Relation(type="related", target=c, certainty="conjectural", rule="missing-candidate",
                         note=f"candidate, score {score:.2f}: {'; '.join(why)}")
                for c, score, why in near
            )  # fmt: skip
            yield msgspec.structs.replace(record, relations=record.relations + extra)


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


def _in_year(words: str, year: int) -> Date | None:
    from kgraph.dating import parse

    return parse(words, default_year=year)


def _form(words: str) -> Form:
    low = words.lower()
    for form in ("telegram", "despatch", "letter", "memorandum", "message", "note"):
        if form in low:
            return form
    return "other"


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
    for t in dated.get(record.date.earliest[:7], ()):
        apart = days_apart(record.date, t.date)
        if apart is None or apart > 2:
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
        if numbers & {number_key(n.value) for n in t.numbers}:
            score, why = score + 0.4, [*why, "same number"]
        if record.form == t.form:
            score, why = score + 0.1, [*why, f"a {t.form}"]
        if score >= 0.4:
            found.append((t.about, min(1.0, score), tuple(why)))
    found.sort(key=lambda f: (-f[1], f[0]))
    return found[:limit]


def _gaps(traces: Iterable[Trace]) -> Iterator[Record]:
    """Numbers that an edition's own numbering leaves out."""
    editions: dict[tuple[str, str], dict[int, Trace]] = defaultdict(dict)
    for t in traces:
        if t.part_of is None and t.number and t.status == "extant":
            found = re.fullmatch(r"(?:No\.? ?|N)?(\d{1,4})", t.number)
            if found:
                stem = re.sub(r"\d+$", "", t.id)
                editions[t.source, stem].setdefault(int(found[1]), t)
    for (source, stem), numbered in editions.items():
        first, last = min(numbered), max(numbered)
        absent = [n for n in range(first, last + 1) if n not in numbered]
        if len(numbered) < 8 or not absent or len(absent) > 0.1 * len(numbered):
            continue
        for n in absent:
            before, after = numbered.get(n - 1), numbered.get(n + 1)
            neighbours = [t for t in (before, after) if t is not None]
            yield Record(
                id=f"{stem}{n}",
                source=source,
                status="missing",
                number=str(n),
                title=f"No. {n}, which the numbering leaves out",
                relations=tuple(
                    Relation(type="related", target=t.about, certainty="inferred",
                             rule="numbering-gap", note=f"neighbour no. {t.number}")
                    for t in neighbours
                ),
                evidence=(
                    Evidence(field="status", rule="numbering-gap", certainty="inferred",
                             locator=", ".join(t.id for t in neighbours),
                             words=f"{first} to {last} are numbered; {n} is not there"),
                ),
            )  # fmt: skip


def stable_number(*parts: str) -> str:
    """Eight hexadecimal digits that stand for `parts`, the same in every build."""
    return f"{crc32('|'.join(parts).encode()):08x}"
