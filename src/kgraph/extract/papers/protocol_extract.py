"""Extracts from the minutes of a deciding body, sent to those whom the decision concerns.

"Excerpt from Protocol No. 12 of the session of the CC Presidium of May 4, 1960", with
"To Comrades ..." above: what is sent is the body's decision, a resolution.
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import naming
from kgraph.extract.covers.lines import date_from
from kgraph.extract.papers import assembly
from kgraph.model import Date, Number, Party

RULE = "extract-of-minutes"
_EXTRACT = re.compile(
    r"(?:EXCERPTS?|EXTRACTS?|Excerpts?|Extracts?)\s+(?:FROM|from)\s+(?:THE |the )?(?:PROTOCOL|MINUTES|[Pp]rotocol|[Mm]inutes)"
    r"\s*(?:(?:NO|No|no|N|№|#)\.?\s?(?:№\s?)?(?P<number>\w+))?"
)
_BODY = re.compile(
    r"(?:\b(?:SESSION|MEETING|SITTING|[Ss]ession|[Mm]eeting|[Ss]itting)\s+(?:OF|of)\s+(?:THE |the )?(?P<after>[A-Z][\w .’'-]*?)"
    r"|(?P<listed>[A-Z][\w .’'-]*?),\s+(?:SESSION|MEETING|[Ss]ession|[Mm]eeting)\b"
    r"|(?P<before>[A-Z][\w .’'-]*?)\s+(?:SESSION|MEETING|SITTING|[Ss]ession|[Mm]eeting|[Ss]itting)\b)"
    r"(?=\s*(?:,|\.|$|\n|\b(?:OF|of|ON|on|FROM|from|HELD|held|DATED|dated)\b\s+(?:[A-Z\d“\"]|_)))"
)
_LOOKED_AT = 260
"""Characters behind "Excerpt from protocol" in which the body and the date stand."""


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """What the heading of an extract says; spans count in the text that was read."""

    span: tuple[int, int]
    body: Party | None = None
    number: str | None = None
    number_span: tuple[int, int] | None = None
    date: Date | None = None


def read(text: str, start: int, end: int) -> Extract | None:
    """The first extract's heading between `start` and `end`.

    >>> e = read("Excerpt from Protocol no. 12 of the session of the Harbour Board of May 4, 1960", 0, 90)
    >>> e.body.name, e.number, e.date.edtf
    ('Harbour Board', '12', '1960-05-04')
    """
    head = _EXTRACT.search(text, start, end)
    if head is None:
        return None
    stop = min(end, head.end() + _LOOKED_AT)
    gap = re.compile(r"\n\s*\n").search(text, head.end(), stop)
    found = cover.DATE.search(text, head.end(), stop)
    area = min(stop, gap.start() if gap else stop)
    words = re.sub(r"\s", " ", text[head.end() : area])
    body = _BODY.search(words)
    party = None
    if body is not None:
        group = next(name for name in ("after", "listed", "before") if body[name])
        name = re.sub(r"^(?:of |from )?(?:the )?", "", body[group].strip())
        at = head.end() + body.start(group) + body[group].find(name)
        if name and naming.is_body(name):
            party = Party(name=name, kind="body", start=at, end=at + len(name), rule=RULE)
    date = date_from(found, RULE) if found is not None else None
    return Extract(
        span=head.span(),
        body=party,
        number=head["number"],
        number_span=head.span("number") if head["number"] else None,
        date=date,
    )


def apply(draft: assembly.Draft, begin: int, end: int) -> None:
    """Gives a draft what an extract's heading between `begin` and `end` says; sent to
    persons it is the body's resolution, otherwise minutes."""
    extract = read(draft.text, begin, end)
    if extract is None:
        return
    found = draft.cover
    addressed = bool(found.addressees or found.copies_to)
    if draft.title.form in ("other", "minutes"):
        draft.title = msgspec.structs.replace(
            draft.title,
            form="resolution" if addressed else "minutes",
            kind="extract from minutes",
            form_span=extract.span,
            senders=draft.title.senders or ((extract.body,) if extract.body else ()),
            addressees=draft.title.addressees or tuple(found.addressees or found.copies_to),
        )
        found.copies_to = [] if not found.addressees else found.copies_to
    if extract.date is not None:
        found.dates = [extract.date, *(d for d in found.dates if d.edtf != extract.date.edtf)]
    if extract.number is not None and extract.number_span is not None:
        found.numbers.append(
            Number(kind="document", value=f"protocol {extract.number}", start=extract.number_span[0],
                   end=extract.number_span[1], rule=RULE)
        )  # fmt: skip
