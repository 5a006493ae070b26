"""The small extract of a record that comparing it with other records needs."""

from __future__ import annotations

import msgspec

from kgraph.authorities.documents.keys import is_list, marks, sketch
from kgraph.authorities.documents.references import Reference, references
from kgraph.authorities.documents.spoken import Spoken, spoken
from kgraph.model import Date, Holding, Number, Party, Place, Printing, Record, Relation


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a record to find its like: a few hundred bytes, msgpack-able.

    `words` are hashes of runs of words (see `kgraph.authorities.documents.same_document`),
    sampled evenly by value, so that two texts that share passages share hashes; `marks`
    are hashes of its names and numbers.
    """

    id: str
    about: str
    source: str
    form: str
    status: str
    title: str | None = None
    number: str | None = None
    part_of: str | None = None
    contains: tuple[str, ...] = ()
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    drafters: tuple[Party, ...] = ()
    signed: tuple[Party, ...] = ()
    date: Date | None = None
    other_dates: tuple[Date, ...] = ()
    sent: Date | None = None
    received: Date | None = None
    place: Place | None = None
    place_to: Place | None = None
    classification: str | None = None
    numbers: tuple[Number, ...] = ()
    holdings: tuple[Holding, ...] = ()
    printed_in: tuple[Printing, ...] = ()
    relations: tuple[Relation, ...] = ()
    text_length: int = 0
    references: tuple[Reference, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    words: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()


def trace(record: Record) -> Trace:
    """The extract of `record`. A list of statements that stands for a text is no text."""
    text = "" if is_list(record.text) else record.text
    referred = references(record.text, record.form, _written(record))
    return Trace(
        id=record.id,
        about=record.about,
        source=record.source,
        form=record.form,
        status=record.status,
        title=record.title,
        number=record.number,
        part_of=record.part_of,
        contains=record.contains,
        senders=record.senders,
        addressees=record.addressees,
        participants=record.participants,
        drafters=record.drafters,
        signed=record.signed,
        date=record.date,
        other_dates=record.other_dates,
        sent=record.sent,
        received=record.received,
        place=record.place,
        place_to=record.place_to,
        classification=record.classification,
        numbers=record.numbers,
        holdings=record.holdings,
        printed_in=record.printed_in,
        relations=record.relations,
        text_length=(record.text_length or len(text)) if text or not record.text else 0,
        references=referred,
        spoken=spoken(record, referred) if text else (),
        words=sketch(text),
        marks=marks(text),
    )


def _written(record: Record) -> str | None:
    return record.date.earliest[:10] if record.date and record.date.earliest else None
