"""Who wrote to whom, told in one cell: "Letter from Ada Marl to Bo Lund, 12 May 1848"."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kgraph.model import Form
from kgraph.report import Report
from kgraph.sources import tables
from kgraph.sources.name_cells import FULL_NAME

_FORMS: dict[Form, str] = {
    "telegram": r"telegram(?:m|me|ma|a)?|télégramme|cable|depesche|wire|telegraaf|телеграмма",
    "memorandum": r"memo(?:randum)?",
    "note": r"note|notiz|notitie|nota|записка",
    "message": r"message|nachricht|mitteilung",
    "letter": r"letter|brief(?:karte)?|schreiben|billet|lettre|carta|lettera|brev|list|письмо|levél|dopis|"
              r"(?:picture )?post ?card|(?:ansichts|brief|feld|bild)?(?:post)?karte|carte(?: postale)?|cartolina|"
              r"(?:tarjeta )?postal|brevkort|vykort|briefkaart|ansichtkaart|открытка",
}  # fmt: skip
"""Words of a list for what was sent, in the languages of lists, by documentary form."""
_KINDS: dict[Form, re.Pattern[str]] = {
    form: re.compile(rf"(?i)(?:[a-zäöüß]+[ -])?(?:{words})s?") for form, words in _FORMS.items()
}
_LEAD = re.compile(
    rf"(?P<kind>(?:[A-Z]\w+\s)?(?i:{'|'.join(_FORMS.values())})s?)[,:]?\s+"
    r"(?:(?:from|by|von|vom|de|di|da|du|van|från|fra|от|od)\s+)?"
)
_DIRECTION = re.compile(r"\s+(?:to|an|à|a|aan|till|til|кому|для)\s+|\s*(?:→|->|=>|>)\s*")
_ABOUT = re.compile(
    r"(?:\s+(?:re|regarding|about|concerning|dated|with)\b|,\s+(?:\d|undated|[A-Z][a-z]+ \d)).*$"
)
_AWAY = re.compile(r"^([^,]*[^\s,]\s[^,]+),\s.*$")
"""A name of several words, which is not "Lund, Bo", and what a list says behind it."""


class Direction(NamedTuple):
    """Both sides, and the words for what was sent, if there are any."""

    sender: str
    addressee: str
    kind: str | None


def parted(words: str) -> Direction | None:
    """Both sides of a cell, without the words of a list around them.

    >>> parted("Letter from Ada Marl to Bo Lund, 12 May 1848")
    Direction(sender='Ada Marl', addressee='Bo Lund', kind='Letter')
    >>> parted("Ada Marl -> Bo Lund"), parted("Ships")
    (Direction(sender='Ada Marl', addressee='Bo Lund', kind=None), None)
    """
    lead = _LEAD.match(words)
    rest = _ABOUT.sub("", words[lead.end() :] if lead else words).strip(" .")
    sides = [_AWAY.sub(r"\1", side) for side in _DIRECTION.split(rest)]
    if len(sides) != 2 or not all(sides):
        return None
    return Direction(sides[0], sides[1], lead["kind"] if lead else None)


def form_of(kind: str | None) -> Form | None:
    """The documentary form that a list's word means: "Telegramm", "Postcard".

    >>> form_of("Telegramm"), form_of("postcard"), form_of("Oil painting")
    ('telegram', 'letter', None)
    """
    found = (form for form, words in _KINDS.items() if words.fullmatch((kind or "").strip()))
    return next(found, None)


def column(path: Path, names: list[str]) -> str | None:
    """The column whose cells tell both sides, if most of the first rows have it there."""
    rows = list(islice(tables.rows(path, Report()), 40))
    for name in names:
        told = [
            both
            for row in rows
            if (both := parted(row.cells.get(name, "")))
            and FULL_NAME.fullmatch(both.sender)
            and FULL_NAME.fullmatch(both.addressee)
        ]
        if told and len(told) > 0.5 * len(rows):
            return name
    return None
