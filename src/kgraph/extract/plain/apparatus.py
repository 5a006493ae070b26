"""What a whole volume prints around its documents and would be taken for documents, or for their
text: the list of papers of older volumes (day, title with gist, and page of each), the index."""

from __future__ import annotations

import re
from itertools import pairwise

_LIST = re.compile(
    r"(?i)(?:\d{1,2}\.?\s)?lists? of (?:the )?(?:papers|documents|correspondence)\.?"
)
_COLUMNS = re.compile(
    r"(?i)page|date(?: and number)?|paper|subject|title|no\.|number|from (?:and|or) to"
)
_PAGE = re.compile(r"(?:[Pp]\.\s?)?\d{1,4}")
_INDEX = re.compile(r"(?i)(?:general )?index(?: of \w+)?\.?")
_INDEXED = re.compile(r"[,;:–-]\s?\d{1,4}(?:[–-]\d{1,4}|n)?[.,;]?$|\bsee(?: also)?\s")
_FEWEST = 5
"""Pages that a list must give."""
_APART = 14
"""Paragraphs between two pages of a list at most."""
_HEADED = 12
"""Paragraphs within which its columns are named."""


def without_apparatus(blocks: list[str]) -> list[str]:
    """The paragraphs of a volume without its list of papers and its index."""
    return without_list(without_index(blocks))


def without_index(blocks: list[str]) -> list[str]:
    """The paragraphs of a volume down to its index: lines in the order of the alphabet, most of
    which end in pages.

    >>> without_index(["Sir: I have yours.", "Index", *["Ambrel, Anton, 12, 14"] * 20])
    ['Sir: I have yours.']
    """
    for at, block in enumerate(blocks):
        if _INDEX.fullmatch(block):
            entries = blocks[at + 1 : at + 41]
            paged = sum(1 for one in entries if _INDEXED.search(one))
            first = [one[:1].casefold() for one in entries if one[:1].isalpha()]
            ordered = sum(a <= b for a, b in pairwise(first))
            if paged > max(8, len(entries) // 2) and ordered > 0.7 * (len(first) - 1):
                return blocks[:at]
    return blocks


def without_list(blocks: list[str]) -> list[str]:
    """The paragraphs of a volume without its list of papers, where it has one.

    A list has a heading of its own, names for its columns below, and ends with the last of the
    pages that follow each other closely and do not fall; a table of contents has no such columns.

    >>> lines = ["Preface", "List of Papers", "Date", "Paper", "Page"]
    >>> for page in range(1, 6):
    ...     lines += ["May 3", "Mr. Orde to Mr. Ambrel", str(page)]
    >>> without_list([*lines, "Mr. Orde to Mr. Ambrel", "Sir: I have yours."])
    ['Preface', 'Mr. Orde to Mr. Ambrel', 'Sir: I have yours.']
    """
    for begin, block in enumerate(blocks):
        if _LIST.fullmatch(block):
            end = _end(blocks, begin)
            if end is not None:
                return [*blocks[:begin], *without_list(blocks[end:])]
    return blocks


def _end(blocks: list[str], begin: int) -> int | None:
    """Where a list that may begin with a heading ends, or None where it is none."""
    named = [b for b in blocks[begin + 1 : begin + 1 + _HEADED] if _COLUMNS.fullmatch(b)]
    if len(named) < 2:
        return None
    last, page, count = begin + _HEADED, 0, 0
    for at in range(begin + 1, len(blocks)):
        if at - last > _APART:
            break
        if _PAGE.fullmatch(blocks[at]):
            given = int(re.sub(r"\D", "", blocks[at]))
            if given < page:
                break
            last, page, count = at, given, count + 1
    return last + 1 if count >= _FEWEST else None
