"""The records of an edition's documents in order.

An undated document is bounded by its neighbours, with that reason, when they are in
order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from kgraph import dating
from kgraph.extract.edition_context import Context
from kgraph.extract.editions import undated
from kgraph.extract.editions.documents import read_document
from kgraph.extract.layout import Layout
from kgraph.model import Record

__all__ = ["Context", "records"]


def records(layouts: Iterable[Layout], context: Context) -> Iterator[Record]:
    """The records of a source's documents in order, undated ones bounded by neighbours."""
    held: list[list[Record]] = []
    told: dict[str, str] = {}  # source notes of undated documents
    before: str | None = None
    for layout in layouts:
        told_year = _year_above(layout.above)
        context.year = told_year or context.year
        try:
            made = read_document(layout, context)
            if told_year is None and _turned(made[0], before):
                context.year = int((before or "")[:4]) + 1
                made = read_document(layout, context)
        except RecursionError:
            context.report.error(
                "too-deep",
                layout.id,
                "enclosures nested too deeply to be read",
                "look at the markup",
            )
            continue
        record = made[0]
        context.previous = record
        if record.date is not None and record.date.earliest is not None:
            context.year = int(record.date.earliest[:4])
            for group in held:
                yield from _bounded(group, before, record.date.earliest, told)
            held.clear()
            told.clear()
            before = record.date.latest or before
            yield from made
        elif _is_undated(record):
            held.append(made)
            notes = layout.of("source-note") or layout.of("head-note")[:1]
            told[record.id] = " ".join(layout.words(note) for note in notes)
            if len(held) > 20:
                yield from _bounded(held.pop(0), before, None, told)
        else:
            if held:
                held.append(made)
            else:
                yield from made
    for group in held:
        yield from _bounded(group, before, None, told)


_YEAR = re.compile(r"\b1[5-9]\d\d\b")


def _year_above(headings: Iterable[str]) -> int | None:
    """The year that the nearest short heading of a division names, alone: "March 1963"."""
    for words in headings:
        years = set(_YEAR.findall(words))
        if len(years) == 1 and len(words.split()) <= 4:
            return int(years.pop())
    return None


def _turned(record: Record, before: str | None) -> bool:
    """Whether a day without a year, taken to be of the year of the documents `before`, is of the next:
    January behind December."""
    date = record.date
    if date is None or date.note != dating.YEAR_FROM_CONTEXT or not date.earliest or not before:
        return False
    return date.earliest[:4] == before[:4] and date.earliest[5:7] <= "03" and before[5:7] >= "10"


def _is_undated(record: Record) -> bool:
    return record.form != "editorial-note" and (record.date is None or record.date.edtf is None)


def _bounded(
    group: list[Record], before: str | None, after: str | None, told: dict[str, str]
) -> Iterator[Record]:
    record = group[0]
    if not _is_undated(record) or record.date is None or (before is None and after is None):
        yield from group
        return
    low, high = (before or "")[:10], (after or "")[:10]
    if low and high and (low > high or int(high[:4]) - int(low[:4]) > 1):
        yield from group
        return
    date = record.date
    late = _not_after(record)
    if late is not None and late[:10] <= (high or late[:10]):
        high, reason_after = late[:10], "what became of it"
    else:
        reason_after = "the next"
    spoken, day = undated.told_day(told.get(record.id, ""), low or None, high or None)
    if day is not None:
        low, high, reason_after = day if spoken else low, day, "what became of it"
    edtf = f"{low or '..'}/{high or '..'}" if low != high else low
    earliest, latest = dating.bounds(edtf)
    note = "undated; between the dates of the documents before and after it"
    if reason_after != "the next":
        note = "undated; not before the preceding document, not after the day on which it was delivered or sent"
    if spoken:
        note = "undated; of the day on which the statement was made, as the note says"
    bounded = msgspec.structs.replace(
        date, edtf=edtf, earliest=earliest, latest=latest, certainty="inferred",
        note=note, rule="bounded-by-neighbours",
    )  # fmt: skip
    yield msgspec.structs.replace(record, date=bounded)
    yield from group[1:]


def _not_after(record: Record) -> str | None:
    dates = [leg.date for leg in record.legs if leg.date is not None]
    dates += [one for one in (record.received, record.sent) if one is not None]
    known = [one.latest for one in dates if one.latest]
    return min(known) if known else None
