"""What stands around the words of a letter or telegram, above and below them.

Above: numbers, date, place, classification, copy, urgency, address, distribution,
salutation. Below: signature, office, date, address, translator, recorder. Read line
by line; a line may hold several parts, set apart by wide gaps. Every part keeps
its span; short lines that no rule knows are kept as `unknown`.
"""

from __future__ import annotations

import re

from kgraph.extract.covers.address import EXCELLENCY
from kgraph.extract.covers.foot import read_foot
from kgraph.extract.covers.foot_words import SIGNED, VALEDICTION, only_name
from kgraph.extract.covers.head import read_head
from kgraph.extract.covers.lines import DATE, Cover, date_from, dates_in, lines
from kgraph.extract.covers.marks import CLASSIFICATION, HANDLING, read_marks
from kgraph.extract.covers.trailing import in_words

__all__ = [
    "CLASSIFICATION", "DATE", "EXCELLENCY", "HANDLING", "SIGNED", "VALEDICTION", "Cover", "date_from", "dates_in",
    "lines", "only_name", "read", "read_marks",
]  # fmt: skip
_ARCHIVES_NOTE = re.compile(r"^(?:REFERENCE|MEMO|INFORMATION)\s*:\s")


def read(text: str, start: int, end: int, *, places: frozenset[str] = frozenset()) -> Cover:
    """The cover of the letter or telegram that stands between `start` and `end`.

    `places` holds further names of towns (a book's own place index).
    """
    cover = Cover(body_start=start, body_end=end)
    spans = lines(text, start, end)
    while spans and _ARCHIVES_NOTE.match(text[slice(*spans[-1])]):
        spans.pop()
    if not spans:
        return cover
    head = read_head(cover, text, spans, places)
    read_foot(cover, text, spans, head, places)
    in_words(cover, text)
    return cover
