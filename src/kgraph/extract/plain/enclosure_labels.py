"""Labels above documents that a document carries: "[Inclosure 2 in No. 29.—Translation.]"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgraph.extract.datelines import is_dateline, read_dateline
from kgraph.extract.headings import read_heading
from kgraph.extract.layout import Block, Layout
from kgraph.extract.plain import fronts

_LABEL = (
    r"\[?\s*(?:Sub-?)?(?P<word>[Ee]nclosures?|[Ii]nclosures?|[Aa]ttachments?|[Aa]nnex(?:es)?|[Aa]ppendix|[Aa]ccompaniment|[Tt]ab|ENCLOSURES?|INCLOSURES?|ATTACHMENTS?|ANNEX|APPENDIX|TAB)\b"
    r"(?:\s*[-—–]?\s*(?:(?:No\.?\s*)?(?:\d{1,3}|[A-Z]{1,3}|[IVX]+)\b))?(?:\s+(?:in|to|with)\s+(?:[Dd]espatch\s+|[Ii]nstruction\s+)?(?:No\.?\s*)?\d+)?"
    r"(?:[\s.,:]*[-—–:]+\s*[\w ]{3,30}|[\s.]*[(\[][\w ]{3,30}\.?[)\]])?\s*[.\]]*"
)
LABEL = re.compile(rf"^{_LABEL}\s*$")
LETTER = re.compile(r"\[?(?:No\.\s?)?(?:[A-Z]|\d{1,2}|[IVX]{1,4})[.\])]{0,2}")
"""The letter or number that is all the label of some enclosures: "A.", "No. 2."."""
_TITLE = r"(?:[A-Z][a-z]+\s)?(?:Memorandum|Letter|Telegram|Message|Paper|Note|Draft|Report|Statement)\s(?:From|by|By|for|For|Prepared|of|Of|to|To)\b"
_PARTY = r"(?:Mr|Messrs|M|His Excellency|The|Sir|Lord|Count|Baron|Prince|General|Captain|Consul)\b"
_LETTERED = r"\[(?:No\.\s?\d{1,2}|[A-Z])\.?(?:\s?[-—–]+\s?[A-Z][a-z]+\.?)?\]\.?"
_ABOVE = re.compile(
    rf"^{_LETTERED}\s*(?=[A-Z])|^[A-H]\.\s?(?={_PARTY}[^:.]{{3,60}}\sto\s)|^{_LABEL}(?:(?<=\])[.\s]*|\s*\n\s*|(?<=\.)\s*(?={_PARTY}[^:]{{3,120}}\sto\s))(?=\S)"
    rf"|^(?:Attachment|Enclosure|Annex|Tab [A-Z]|Appendix)\s*(?={_TITLE})"
)

_INSIDE = re.compile(
    r"(?:^|(?<=[.”)\w])\s+)(\[(?:Sub-?)?(?:[EeIi]nclosure|Attachment|Annex|Appendix)\b[^\]]{0,60}\])\s*(?=[A-Z“])"
    rf"|(?<=[.”)])\s+(\[[A-H]\.(?:\s?[-—–]+\s?[A-Z][a-z]+\.?)?\])\s*(?=(?:{_PARTY}|{_TITLE}))"
    rf"|(?<=[.”)])\s+((?:Attachment|Enclosure|Annex|Appendix|\[?Tab [A-Z]\]?)(?:\s(?:\d{{1,2}}|[A-Z]))?)\s+(?={_TITLE})"
)
_WORD_ABOVE = re.compile(rf"(?:Attachment|Enclosure|Annex|Tab [A-Z]|Appendix)\s*(?={_TITLE})")
_TRANSLATION = r"(?:\s?[—–-]+\s?[A-Z][a-z]+\.)?"
_TITLED_INSIDE = re.compile(  # a letter or number before a title: "ANSON ORDE. A. Prince Zeng to ..."
    rf"(?<=[.”)\]])\s+((?:[EI]nclosure\s(?:No\.\s?)?(?:\d{{1,2}}|[A-H])\.|No\.\s?\d{{1,2}}\.){_TRANSLATION})\s+(?=[A-Z])"
    rf"|(?<=[^\W\d_]{{2}}[.”)\]])(?<!\bMr\.)(?<!Mrs\.)(?<!\bDr\.)(?<!Hon\.)(?<!Messrs\.)(?<!Gen\.)(?<!Capt\.)(?<!Col\.)(?<!\bSt\.)\s+([A-H]\.{_TRANSLATION})\s+(?=[A-Z][a-z])"
)
_SWORN = re.compile(r"(?:Affidavit|Deposition|Declaration|Testimony|Protest) of (?:the\s)?[A-Z]")
_MAY_HOLD = re.compile(r"nclosure|Attachment|Annex|Appendix|Tab |\[[A-H]\.")


def above(words: str) -> tuple[str, str] | None:
    """The label with which a heading or paragraph begins, and the rest of it.

    >>> above("[Inclosure 2 in No. 9.] Mr. Pell to Mr. Orde.")
    ('[Inclosure 2 in No. 9.]', 'Mr. Pell to Mr. Orde.')
    """
    found = _ABOVE.match(words)
    return (words[: found.end()].strip(), words[found.end() :]) if found is not None else None


def lettered(block: str, following: str) -> bool:
    """Whether a paragraph is a single letter above the heading of an enclosure: "A."."""
    if (
        re.fullmatch(
            rf"[A-H]\.?(?:\s?[—–-]+\s?\[?[A-Z][a-z]+\.?\]?)?|No\. ?\d{{1,2}}\.|{_LETTERED}", block
        )
        is None
        or len(following) > 200
    ):
        return False
    if _SWORN.match(following):
        return True
    heading = read_heading(following)
    return bool(heading.senders and heading.addressees)


_NUMBER = re.compile(r"\[?No\.\s?(?P<number>\d{1,3})\.?\]?[\s—–-]*(?=[A-Z]|$)")
_MARK = re.compile(r"(?:No\.\s?)?(?P<mark>[A-H]|\d{1,2})\.?")
_TRANSLATED = re.compile(r"\[(?:Translation|Copy|Extract)[^\]]{0,30}\]\.?")
_ADDRESS = re.compile(r"To (?:his|her|the|Mr)\b.{0,120}[:,]$")


def numbered(block: str) -> int | None:
    """The number "No. 3." alone or at the head of a title.

    >>> numbered("No. 2.Mr. Pell to Mr. Orde."), numbered("Mr. Pell to Mr. Orde.")
    (2, None)
    """
    found = _NUMBER.match(block)
    return int(found["number"]) if found is not None else None


def number_above(block: str) -> tuple[str, str] | None:
    """The number at the head of a title of who wrote to whom, and the title."""
    found = _NUMBER.match(block) if len(block) < 250 else None
    if found is None or found.end() == len(block):
        return None
    heading = read_heading(block[found.end() :])
    if not (heading.senders and heading.addressees):
        return None
    return block[: found.end()].strip(), block[found.end() :]


def _is_title(block: str) -> bool:
    """Whether a paragraph says who wrote to whom: a number below it is that letter's own."""
    heading = read_heading(block) if len(block) < 250 else None
    return heading is not None and bool(heading.senders and heading.addressees)


def begins_copy(blocks: list[str], at: int) -> bool:
    """Whether a letter or number alone stands above a copy that has no title: a dateline or whom it
    is addressed to follows, and the dateline of the document itself stands above."""
    mark = _MARK.fullmatch(blocks[at])
    if mark is None or _is_title(blocks[at - 1]):
        return False
    below = next((one for one in blocks[at + 1 : at + 4] if not _TRANSLATED.fullmatch(one)), "")
    dated = len(below) < 150 and is_dateline(below, read_dateline(below))
    if not dated and not _ADDRESS.match(below):
        return False
    return any(len(one) < 150 and is_dateline(one, read_dateline(one)) for one in blocks[:at])


def cut(blocks: Iterable[str]) -> list[str]:
    """The paragraphs of a text, parted before and behind labels in brackets that stand in them."""
    out: list[str] = []
    for block in blocks:
        parts = _INSIDE.split(block) if _MAY_HOLD.search(block) else [block]
        for part in (one for whole in filter(None, parts) for one in _titled(whole)):
            label = _WORD_ABOVE.match(part)
            out.extend([label[0].strip(), part[label.end() :]] if label else [part])
    return out


def _titled(block: str) -> list[str]:
    """A text that runs on, parted before letters and numbers above titles that a dateline follows,
    and behind them."""
    out: list[str] = []
    at = 0
    for label in _TITLED_INSIDE.finditer(block):
        front = fronts.part(block[label.end() : label.end() + 700])
        dated = any(
            _TRANSLATED.fullmatch(one) or (len(one) < 150 and is_dateline(one, read_dateline(one)))
            for one in front[1:4]
        )
        if not dated or len(front[0]) > 200 or not _is_title(front[0]):
            continue
        out += [block[at : label.start()], label[1] or label[2]]
        at = label.end()
    return [*out, block[at:]]


def take_off(layout: Layout) -> None:
    """Parts the label above an inner document from its heading, in place.

    The label becomes `Layout.label`; what follows it, on the next line, as a heading of
    its own or as a paragraph that reads as one, is the heading.
    """
    at = next((i for i, block in enumerate(layout.blocks) if block.kind == "head"), None)
    if at is None:
        first = layout.blocks[0] if layout.blocks else None
        if first is not None and first.kind in ("p", "opener"):
            _plain(layout, first)
        return
    head = layout.blocks[at]
    words = layout.words(head)
    lettered = LETTER.fullmatch(words) is not None
    if LABEL.match(words) or lettered:
        layout.label = words
        head.kind = "opener"
        follows = next((b for b in layout.blocks[at + 1 : at + 4] if b.kind == "subhead"), None)
        if follows is not None:
            follows.kind = "head"
        else:
            _plain(layout, head)
        return
    parted = above(words)
    if parted is not None:
        layout.label, rest = parted
        label = Block("opener", head.start, head.start + len(layout.label))
        head.start = head.end - len(rest)
        layout.blocks.insert(at, label)


def _plain(layout: Layout, label: Block) -> None:
    """Heading and dateline among the paragraphs below a label that nothing marks as such."""
    at = layout.blocks.index(label)
    if not (LABEL.match(layout.words(label)) or LETTER.fullmatch(layout.words(label))):
        return
    layout.label = layout.words(label)
    label.kind = "opener"
    dated = bool(layout.of("dateline"))
    for block in layout.blocks[at + 1 : at + 4]:
        words = layout.words(block)
        if block.kind != "p" or len(words) > 200:
            break
        heading = read_heading(words)
        if not layout.of("head") and heading.senders and heading.addressees:
            block.kind = "head"
        elif not dated and is_dateline(words, read_dateline(words)):
            block.kind, dated = "dateline", True
