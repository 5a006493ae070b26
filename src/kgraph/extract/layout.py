"""A published document as its readers see it: blocks of text, and what markup says of them.

Readers of marked-up and of plain texts both make a `Layout`; what is extracted from it
(`kgraph.extract.editions`) is the same code for both. Spans count in `Layout.text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

import msgspec

BlockKind = Literal[
    "head", "subhead", "source-note", "head-note", "summary", "dateline", "opener", "p", "item",
    "salute", "signed", "closer", "footnote", "row",
]  # fmt: skip
MarkTag = Literal["person", "body", "place", "date"]


_ABOVE = re.compile(
    r"\[?No\.\s?\d{1,4}\.?\]?"
    r"|(?P<remark>[\[(]?(?:Circular|Telegram|Translation|Extracts?|Confidential|Private)\.?[\])]?\.?)"
)


class Block(msgspec.Struct, gc=False):
    """A run of text of one kind; `list` is the type of the list an item stands in."""

    kind: BlockKind
    start: int
    end: int
    list: str | None = None
    level: int = 0  # depth of nested lists, quotations
    quote: int = 0  # number of the quotation it stands in, 0 outside


class Mark(msgspec.Struct, eq=False):
    """A marked name, place or date inside a block."""

    tag: MarkTag
    start: int
    end: int
    type: str | None = None  # "from", "to"
    ref: str | None = None
    values: dict[str, str] = {}  # encoded dates
    block: BlockKind = "p"


@dataclass(slots=True)
class Layout:
    """One document: its text, blocks in order, marks in order, and documents inside it."""

    id: str
    text: str = ""
    number: str | None = None
    subtype: str | None = None
    earliest: str | None = None  # an encoded bound of the whole document
    latest: str | None = None
    line: int | None = None
    page: str | None = None
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    inner: list[Layout] = field(default_factory=list)
    present: tuple[str, ...] = ()  # at the meeting under whose list the document stands
    above: tuple[str, ...] = ()  # headings of the divisions it stands in, the nearest first
    run_on: bool = False  # its list of those present ran together with the text, and was parted
    label: str | None = None  # "[Enclosure 1—Telegram]"

    def of(self, *kinds: str) -> list[Block]:
        """The blocks of some kinds, in order."""
        return [block for block in self.blocks if block.kind in kinds]

    def first(self, most: int, *kinds: str) -> list[Block]:
        """The first blocks of some kinds, in order; no block behind them is looked at."""
        return list(islice((block for block in self.blocks if block.kind in kinds), most))

    def find_head(self) -> None:
        """Of two headings the second is the title where the first is a number or a remark."""
        heads = self.of("head", "subhead")[:2]
        above = _ABOVE.fullmatch(self.words(heads[0])) if len(heads) == 2 else None
        if above is not None:
            heads[0].kind, heads[1].kind = "opener" if above["remark"] else "subhead", "head"

    def words(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]
