"""Documents that others refer to in their own words and that no source brings.

"Your telegram 1234" in a telegram to an embassy, where no such telegram is present, tells of one:
its number, who sent it to whom, and that it was written before. Each is entered once, with every
document that refers to it within the months in which a number is one document's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

import msgspec

from kgraph.authorities.documents.keys import day_of, keys_of, number_key
from kgraph.authorities.documents.references import Reference
from kgraph.authorities.documents.referred import BACK, Meant, side_meant
from kgraph.model import Date, Evidence, Form, Number, Party, Record, Relation

RULE = "reference-in-text"


def unfound(references: Iterable[Meant]) -> Iterator[tuple[tuple[str, ...], Record]]:
    """The documents that `references` mean and none present can be: each with a key that is the
    same wherever the same document is meant."""
    since: dict[tuple[str, ...], date] = {}
    place: Counter[str] = Counter()
    for one in references:
        place[one.by.id] += 1
        written = day_of(one.by.date)
        if one.documents or written is None:
            continue
        record = _record(one, written, place[one.by.id])
        if record is None:
            continue
        key = _key(record, one)
        if one.number and not one.reference.day:
            first = since.setdefault(key, written)
            if abs((written - first).days) >= BACK:  # another year's telegram of that number
                first = since[key] = written
            key = (*key, first.isoformat())
        yield key, record


def _record(one: Meant, written: date, place: int) -> Record | None:
    """The document that is referred to; None where it is not clear whose it is."""
    t, reference, number = one.by, one.reference, one.number
    side = side_meant(reference.whose, t)
    if side is None or reference.elsewhere == "from":
        return None
    writers, readers = _bare(t.senders or t.signed), _bare(t.addressees)
    if side == "addressee":
        writers, readers = readers, writers
    if len(writers) != 1:
        return None  # "your telegram" to many is one of them's
    form = _form(reference.form)
    return Record(
        id=f"{t.id}/referred-{place}",
        source=t.source,
        form=form,
        status="cited",
        title=f"Referred to in {t.id}: {reference.words[:80]}",
        senders=writers,
        addressees=readers if len(readers) == 1 and not reference.elsewhere else (),
        date=_date(reference, written),
        numbers=(Number(kind=reference.form, value=number),) if number else (),
        relations=(
            Relation(type="cited-in", target=t.about, text=reference.words,
                     start=reference.start, end=reference.end, rule=RULE),
        ),
        evidence=(
            Evidence(field="status", rule=RULE, words=reference.words[:160], locator=t.id,
                     start=reference.start, end=reference.end),
        ),
    )  # fmt: skip


def _bare(parties: Collection[Party]) -> tuple[Party, ...]:
    """Parties without the places of their names, which are those of another text."""
    return tuple(
        msgspec.structs.replace(p, start=None, end=None, certainty="inferred") for p in parties
    )


def _key(record: Record, one: Meant) -> tuple[str, ...]:
    ends = (*sorted(keys_of(record.senders)), "to", *sorted(keys_of(record.addressees)))
    number = number_key(one.number) if one.number else ""
    return (record.source, record.form, number, one.reference.day or "", *ends)


def _date(reference: Reference, written: date) -> Date:
    """The day that the words name; else a day not after that of the document that refers."""
    if reference.day:
        day = reference.day
        return Date(text=day, edtf=day, earliest=f"{day}T00:00:00", latest=f"{day}T23:59:59", certainty="inferred",
                    note="as the document that refers to it names the day")  # fmt: skip
    until = written.isoformat()
    return Date(text=f"before {until}", edtf=f"../{until}", latest=f"{until}T23:59:59", certainty="inferred",
                note="the day of the document that refers to it")  # fmt: skip


def _form(word: str) -> Form:
    for form in ("telegram", "despatch", "letter", "message", "note", "memorandum"):
        if word == form:
            return form
    return "telegram" if word == "airgram" else "message" if word == "communication" else "other"
