"""Dates: as written in letters, telegrams and headings -> EDTF -> instants.

`parse` reads a date as a source writes it, `find` all dates in running text,
`of_cell` one in a cell that holds nothing else, in more languages; `from_edtf` and
`bounds` read the Extended Date/Time Format.
"""

from kgraph.dating.edtf import bounds, from_edtf, is_edtf
from kgraph.dating.months import ENGLISH as MONTHS
from kgraph.dating.tongues import read as of_cell
from kgraph.dating.written import YEAR_FROM_CONTEXT, find, parse

__all__ = [
    "MONTHS",
    "YEAR_FROM_CONTEXT",
    "bounds",
    "find",
    "from_edtf",
    "is_edtf",
    "of_cell",
    "parse",
]
