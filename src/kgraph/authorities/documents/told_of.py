"""Documents that records tell of in their mentions, as entries of the register.

`spoken.py` reads what the words tell; here it becomes a record of status "cited" with a key that is
the same wherever the same document is meant: by its number and day or place, by its day and both
ends, or as the version of one document in one language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from kgraph.authorities.documents.keys import day_of, keys_of, number_key
from kgraph.authorities.documents.spoken import Spoken
from kgraph.authorities.documents.traces import Trace
from kgraph.dating import from_edtf
from kgraph.model import Date, Evidence, Form, Number, Record, Relation

RULE = "spoken-of"
AGAIN = "spoken-of-again"
Key = tuple[str, ...]


def told_of(t: Trace, citing: Collection[str]) -> Iterator[tuple[Key, Record]]:
    """The documents of which the mentions of a record tell, and which none of its citations or
    references names. `citing` are the types of relations that are citations."""
    taken = [(r.start, r.end) for r in t.relations if r.type in citing and r.start is not None]
    count = 0
    for one in t.spoken:
        if one.again is not None or any(a < one.end and one.start < (b or 0) for a, b in taken if a is not None):  # fmt: skip
            continue
        count += 1
        record = _entry(t, one, count)
        yield key_of(record, one, t), record


def _entry(t: Trace, one: Spoken, count: int) -> Record:
    cited = Relation(type="cited-in", target=t.about, text=one.words, start=one.start, end=one.end, rule=RULE)  # fmt: skip
    relations: tuple[Relation, ...] = (cited,)
    if one.version is not None:
        version = Relation(
            type="version-of", target=t.about, rule=RULE, note=one.version, certainty="inferred"
        )
        relations = (cited, version)
    return Record(
        id=f"{t.id}/{'version' if one.version else 'spoken'}-{count}",
        source=t.source,
        form=_form(one, t),
        kind=one.version or ("diary or memoirs" if one.form == "book" else None),
        status="cited",
        title=f"{one.version.capitalize()} of {t.about}" if one.version else f"Spoken of in {t.id}: {one.words[:80]}",
        senders=one.senders,
        addressees=one.addressees,
        date=_date(one, t),
        numbers=(Number(kind=one.form, value=one.number),) if one.number else (),
        relations=relations,
        evidence=(Evidence(field="status", rule=RULE, words=one.words[:160], locator=t.id, start=one.start, end=one.end),),
    )  # fmt: skip


def _form(one: Spoken, t: Trace) -> Form:
    if one.version is not None:
        return t.form  # type: ignore[return-value]
    return "other" if one.form == "book" else "telegram" if one.form == "airgram" else one.form  # type: ignore[return-value]


def _date(one: Spoken, t: Trace) -> Date | None:
    """The day that the words tell; without a year, that nearest before the record's own day."""
    if one.day is None:
        return None
    own = day_of(t.date)
    if not one.day.startswith("XXXX") or own is None:
        return from_edtf(one.day)
    day = f"{own.year}{one.day[4:]}"
    return from_edtf(day if day <= own.isoformat() else f"{own.year - 1}{one.day[4:]}")


def key_of(record: Record, one: Spoken, t: Trace) -> Key:
    """The key of a document by what is told of it; its own id where that is too little."""
    if one.version is not None:
        return (t.about, "version", one.version)
    day = (record.date.edtf if record.date else None) or one.day or ""
    ends = (*sorted(keys_of(record.senders)), "to", *sorted(keys_of(record.addressees)))
    if one.form == "book":
        return (t.source, "book", one.words.split(" ")[-1].lower(), *ends)
    if one.number is not None and (day or one.whence):
        return (t.source, one.form, number_key(one.number), day, one.whence or "")
    if record.senders and record.addressees:
        return (t.source, one.form, day, *ends) if day else (record.id,)
    return (record.id,)


def overlapping(t: Trace, relation: Relation) -> Spoken | None:
    """What the mention tells that stands where a citation does."""
    if relation.start is None or relation.end is None:
        return None
    return next(
        (o for o in t.spoken if o.again is None and o.start < relation.end and relation.start < o.end), None
    )  # fmt: skip


def with_ends(record: Record, one: Spoken | None) -> Record:
    """`record` with the ends and the day that the mention tells."""
    if one is None or one.version is not None:
        return record
    return msgspec.structs.replace(
        record,
        senders=record.senders or one.senders,
        addressees=record.addressees or one.addressees,
        date=record.date or (from_edtf(one.day) if one.day else None),
    )


def again(t: Trace, spans: Sequence[tuple[int, int, Key]]) -> Iterator[tuple[Key, Relation]]:
    """The places where a record takes up a document spoken of before, with its key."""
    for one in t.spoken:
        if one.again is None:
            continue
        key = next((k for a, b, k in spans if a - 4 <= one.again < b), None)
        if key is not None:
            yield key, Relation(type="cited-in", target=t.about, text=one.words, start=one.start, end=one.end,
                                rule=AGAIN, certainty="inferred")  # fmt: skip
