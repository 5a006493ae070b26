"""Transmission legs in running text: who handed what to whom, where, when, how."""

from __future__ import annotations

from kgraph.model import Date, Leg, Party


def find_legs(
    text: str,
    offset: int = 0,
    *,
    sender: Party | None = None,
    addressee: Party | None = None,
    date: Date | None = None,
    writer: Party | None = None,
    where: str = "body",
) -> list[Leg]:
    """Legs that a cover, a body or a note tells of, in the order of the words.

    `text` is a passage of the record's text, beginning there at `offset`. `sender`
    and `addressee` are those of the message that travels; `writer` is who says "I"
    and "me" (the ambassador who reports that a letter was handed him); `date` is
    that of the document, from which "today" counts and which lends its year.
    `where` is "note" for source notes and editors' footnotes, "body" for the words
    of the document itself, which are read more strictly: a speech "delivered" and
    arms "delivered" are no legs.
    """
    return []
