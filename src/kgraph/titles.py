"""The title of a document: its source's, or one supplied as cataloguers supply it.

A title that no source gives is made of form, parties and date and stands in square
brackets, which tell every reader that it was supplied (ISAD(G) 3.1.2; DACS 2.3).
"""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.model import Party, Record

NAMED = 3
"""Parties that a supplied title names on each side before "and others"."""


def title_of(records: Sequence[Record]) -> str:
    """The first title that a record of the document gives, else one that is supplied."""
    return next((r.title for r in records if r.title), None) or supplied(records[0])


def supplied(record: Record) -> str:
    """A title in brackets, of what the record says of form, parties and date.

    >>> from kgraph.model import Date, Party
    >>> supplied(Record(id="a/1", source="a", form="telegram", date=Date(text="3 May 1961"),
    ...                 senders=(Party(name="Brack"),), addressees=(Party(name="Quell"),)))
    '[Telegram from Brack to Quell, 3 May 1961]'
    >>> supplied(Record(id="a/7", source="a", number="7"))
    '[Document no. 7]'
    """
    form = "document" if record.form == "other" else record.form.replace("-", " ")
    words = [record.kind or form]
    if record.senders or record.signed:
        words.append("from " + _names(record.senders or record.signed))
    if record.addressees:
        words.append("to " + _names(record.addressees))
    elif record.participants:
        words.append("between " + _names(record.participants))
    if len(words) == 1 and record.number:
        words.append(f"no. {record.number}")
    elif len(words) == 1 and record.part_of:
        words.append(f"in {record.part_of}")
    date = (record.date.text if record.date else "").strip(" .,")
    if len(words) == 1 and not date:
        words.append(record.about)
    title = " ".join(" ".join(words).split())
    return f"[{title[0].upper()}{title[1:]}{', ' + date if date else ''}]"


def _names(parties: Sequence[Party]) -> str:
    names = [party.name for party in parties]
    if len(names) > NAMED:
        return ", ".join(names[:NAMED]) + " and others"
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
