"""Names as cells of a table have them: several in one, with years of life and marks of doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kgraph.extract import naming
from kgraph.sources.cmif_values import unbracketed

FULL_NAME = re.compile(
    r"[^\W\d_a-zß-ÿ][\w’'.-]*,?(?:\s+(?:de|von|van|der|zu|du|di|da))*(?:\s+[^\W\d_a-zß-ÿ][\w’'.-]*){1,3}"
)
"""A name of at least two words with capitals."""
_AND = re.compile(r"\s+(?:&|and|und|u\.|et|и|oraz|a)\s+")
_YEAR = r"(?:ca?\.\s?|um\s|circa\s)?\d{3,4}\??"
_BORN = r"(?:\*|b\.|born|geb\.|né(?:e)?(?:\sen)?|род\.)"
_DIED = r"(?:†|d\.|died|gest\.|mort(?:e)?(?:\sen)?|ум\.)"
_LIFE = (
    rf"(?:{_BORN}\s?)?{_YEAR}\s?(?:[-–—/]|[;,]\s?(?=†|d\.|gest))\s?(?:{_DIED}\s?)?(?:{_YEAR})?"
    rf"|(?:{_BORN}|{_DIED}|fl\.|active)\s?{_YEAR}(?:\s?[-–—]\s?(?:{_YEAR})?)?"
)
_WITH_YEARS = re.compile(
    rf"(?P<name>.*[^\s,(])(?:,\s*(?P<bare>{_LIFE})|\s*[\[(](?P<set>{_LIFE})[\])])"
)


class NameCell(NamedTuple):
    """A name alone, whether marks of doubt stood around it, and its years of life as written."""

    name: str
    doubted: bool
    years: str | None


def bare(words: str) -> NameCell:
    """One name without what lists write around it.

    >>> bare("Marl, Ada, 1612-1677"), bare("Horn, Cy (d. 1670) [?]")
    (NameCell(name='Marl, Ada', doubted=False, years='1612-1677'), \
NameCell(name='Horn, Cy', doubted=True, years='d. 1670'))
    >>> bare("[Bo Lund]").name, bare("Congress of 1848").name
    ('Bo Lund', 'Congress of 1848')
    """
    name, doubted = unbracketed(words.strip())
    lived = _WITH_YEARS.fullmatch(name)
    if lived is not None:
        name, again = unbracketed(lived["name"])
        doubted = doubted or again
    stripped = name.strip("[]? ") or name
    years = (lived["bare"] or lived["set"]) if lived else None
    return NameCell(stripped, doubted or stripped != name, years)


def people(cell: str, alone: frozenset[str] = frozenset()) -> list[str]:
    """ "Ada Marl & Per Holm" as two; "Ada Marl & Sons" and a ministry of two things stay one.

    A comma parts names where those behind it stand `alone` in other cells of the table.

    >>> people("Ada Marl & Per Holm"), people("Marl & Sons")
    (['Ada Marl', 'Per Holm'], ['Marl & Sons'])
    >>> people("Ada Marl, Per Holm", frozenset({"Per Holm"})), people("Ada Marl, Prime Minister")
    (['Ada Marl', 'Per Holm'], ['Ada Marl, Prime Minister'])
    """
    sides = re.split(r",\s+", cell)
    if len(sides) == 1 or not all(side in alone for side in sides[1:]):
        sides = _AND.split(cell)
    whole = len(sides) == 1 or naming.is_body(cell)
    return [cell] if whole or not all(FULL_NAME.fullmatch(side) for side in sides) else sides


def alone(cells: Iterable[str]) -> frozenset[str]:
    """The full names among the cells that stand there without a comma, also beside an "and"."""
    names = {name for cell in set(cells) for name in people(cell)}
    return frozenset(name for name in names if "," not in name and FULL_NAME.fullmatch(name))
