"""Papers printed behind a document without a division of their own, told by their lists.

An edition of scanned papers prints a memorandum and then the telegram that it forwards, each
with "TO:", "FROM:", "ACTION:", "INFO:". A list of receivers or senders behind a document's own
words opens another paper, which begins with the short lines right before it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TypeVar

import msgspec

from kgraph import dating
from kgraph.extract.layout import Block, BlockKind, Layout, Mark

_Placed = TypeVar("_Placed", Block, Mark)
_COPIES = re.compile(r"(?:info|information|b?cc|c\.c\.|cop(?:y|ies)|distribution)\b", re.I)
_NOBODY = re.compile(
    r"(?:date|time|place|through|thru|via|subj|ref|participants|memorandum of conversation)\b",
    re.I,
)
_FROM = re.compile(r"(?:from|fm|by)\b", re.I)
_TO = re.compile(r"(?:to|action|for|memorandum(?: (?:for|to))?|priority|immediate)\b", re.I)
_OPENS = re.compile(
    r"(?:(?:action |information )?memorandum|(?:cable|circular )?telegram|airgram|letter|intelligence note|message|note|despatch)\b(?!.*[.!?]$)",
    re.I,
)
_NOT_THE_MATTER = re.compile(
    r"(?P<from>FM|FROM|From)|(?P<to>TO|To|ACTION|Action)|REFS?|Refs?|DATE|Date|PLACE|Place|TIME|Time"
)
"""Labels of other lists, where the markup takes them all for one about the subject."""
_LABEL = re.compile(r"(?:Tab|Attachment|Enclosure|Annex|Appendix)\b")
_LEAD = re.compile(
    r"(?:Tab|Attachment|Enclosure|Annex|Appendix)\b|[A-Z ,.’'/&\d–-]+$|[A-Z][\w .]*,\s+[A-Z][a-z]+ \d{1,2}, \d{4}\.?$|\d{1,2} [A-Za-z]{3,9} \d{2,4}$"
)


def role_of(block: Block, heading: str) -> str | None:
    """What an item's list names: "to", "from", "copies", another type of list, or nothing.

    >>> role_of(Block("item", 0, 9, "to"), "INFO:")
    'copies'
    """
    if block.list == "subject" and _COPIES.match(heading):
        return "copies"
    if (
        block.list == "subject"
        and (other := _NOT_THE_MATTER.fullmatch(heading.strip(" :."))) is not None
    ):
        return "from" if other["from"] else "to" if other["to"] else None
    if block.list not in ("to", "from", "memo", "cc", "copies", "info"):
        return block.list
    words = heading.strip(" :.")
    for sign, role in ((_COPIES, "copies"), (_NOBODY, None), (_FROM, "from"), (_TO, "to")):
        if words and sign.match(words):
            return role
    return {"memo": None, "cc": "copies", "info": "copies"}.get(block.list, block.list)


def attached_papers(layout: Layout) -> list[Layout]:
    """The papers behind a document's own words, each with a text and blocks of its own."""
    if not any(b.list in ("to", "from", "memo") and b.kind == "item" for b in layout.blocks):
        return []
    starts = _starts(layout)
    last = next((b.start for b in layout.blocks if b.kind == "footnote"), len(layout.text))
    return [_paper(layout, a, b) for a, b in pairwise([*starts, last]) if a < b]


def _starts(layout: Layout) -> list[int]:
    """Where the papers begin: at the short lines before a list that follows sentences."""
    starts: list[int] = []
    heading = ""
    spoken = False  # whether the paper's own words have begun
    blocks = [b for b in layout.blocks if b.kind not in ("footnote", "source-note", "summary")]
    for n, block in enumerate(blocks):
        if block.kind == "subhead":
            heading = layout.words(block)
        elif block.kind == "p" and block.end - block.start >= 60 and _is_sentence(layout, block):
            spoken = True
        elif block.kind == "item" and spoken and role_of(block, heading) in ("to", "from"):
            more = (b for b in blocks[n:] if b.kind == "p" and b.end - b.start >= 60)
            if next(more, None) is not None:
                start = _lead(layout, blocks, n)
                spoken = False
                lead = layout.text[start : layout.text.find("\n\n", start)]
                if len(lead) < 12 or lead not in layout.text[:start]:  # or a page's heading again
                    starts.append(start)
    return starts


def _is_sentence(layout: Layout, block: Block) -> bool:
    words = layout.words(block)
    return "\n" not in words and not words.isupper() and not _OPENS.match(words)


def _lead(layout: Layout, blocks: list[Block], n: int) -> int:
    """The start of the short lines before the list that holds item `n`."""
    at = n
    while at > 0 and blocks[at - 1].kind == "subhead" and blocks[at - 1].list == blocks[n].list:
        at -= 1
    while at > 0 and n - at < 6:
        before = blocks[at - 1]
        words = layout.words(before)
        if before.kind not in ("p", "opener", "dateline") or before.end - before.start > 220:
            break
        listed = "\n" in words and not words.startswith("[")
        if not (listed or _OPENS.match(words) or _LEAD.match(words)):
            break
        at -= 1
    return blocks[at].start


def _paper(layout: Layout, a: int, b: int) -> Layout:
    """The paper between two points, its lead taken apart into heading, date and other lines."""
    out = Layout(
        id=layout.id, text=layout.text[a:b].rstrip(), line=layout.line, page=layout.page,
        marks=[_moved(mark, a) for mark in layout.marks if a <= mark.start and mark.end <= b],
    )  # fmt: skip
    lead = True
    for block in layout.blocks:
        if not (a <= block.start and block.end <= b):
            continue
        if block.kind in ("subhead", "item"):
            lead = False
            first = layout.words(block)
            if block.kind == "subhead" and not out.of("head") and _OPENS.match(first):
                out.label = "Memorandum"
            if re.match(r"(?:ACTION|INFO|FM)\b", first) and not out.of("head"):
                out.label = "Telegram"
        if lead and block.kind == "p":
            out.blocks.extend(_lines(layout, block, a))
        else:
            out.blocks.append(_moved(block, a))
    if out.label == "Memorandum" and not out.of("head"):
        named = next(b for b in out.blocks if b.kind == "subhead")
        named.kind, named.list = "head", None
        named.end = named.start + len("memorandum")
        for block in out.blocks:
            if block.list == "memo":
                block.list = "to"
    return out


def _lines(layout: Layout, block: Block, a: int) -> list[Block]:
    found: list[Block] = []
    at = block.start
    for line in layout.words(block).split("\n"):
        kind: BlockKind = "opener"
        if _OPENS.match(line):
            kind = "head"
        elif (
            not _LABEL.match(line)
            and re.search(r"\d", line)
            and len(line) < 60
            and dating.parse(line) is not None
        ):
            kind = "dateline"
        found.append(Block(kind, at - a, at - a + len(line)))
        at += len(line) + 1
    return found


def _moved(one: _Placed, a: int) -> _Placed:
    return msgspec.structs.replace(one, start=one.start - a, end=one.end - a)
