"""One document of a plain text: its paragraphs as blocks of their kinds."""

from __future__ import annotations

import re

from kgraph.extract import openings
from kgraph.extract.attendance import reads_as_one
from kgraph.extract.closings import closing_name
from kgraph.extract.datelines import RECEIVED, is_dateline, read_dateline
from kgraph.extract.headings import Heading, read_heading
from kgraph.extract.layout import Block, BlockKind, Layout
from kgraph.extract.list_labels import LABELS, listed_below
from kgraph.extract.plain import fronts
from kgraph.extract.plain.attending import unrolled
from kgraph.extract.plain.title_lines import (
    FILE_NUMBER,
    NUMBER_ALONE,
    SOURCE,
    before_source,
    head_of,
    is_filed,
)

_FOOTNOTE = re.compile(r"^\[?(?P<mark>\d{1,3})[\].)]?\s+(?=[A-Z(“\"])")
_BEFORE_LABEL = re.compile(r"\s(?=(?:PARTICIPANTS|Participants|PRESENT|TO|FROM|SUBJECT)\s?:)")
_NOTED = re.compile(  # a note below a text, or an editor's remark
    r"\d{1,3}\s?[A-Z“\"(\[]|\[|(?:Printed from|The source text|Not printed|See |Signed|File copy|Document \d|Dated|Attached|Brackets|Ibid|This |These |For |In |No record|Reference|Apparently|Secret|Top Secret|Confidential)"
)
_ADDRESSED = re.compile(  # whom a letter was addressed to, below its signature
    r"(?:The )?(?:Hon(?:orable|\.)|His Excellency|To (?:the |[Hh]is |[Hh]er ))|[A-Z][^!?]{2,80}\b(?:Esq\b|Esquire)|[^!?]{3,90}(?:&c\.|etc\.)(?:,? (?:&c\.|etc\.))*$"
)
_SAME_LIST = re.compile(r"\[(?:The list|Here follows|Same list)[^\]]{3,120}\]\.?$")
_NOTE_AMONG = re.compile(r"\d{1,3}\s(?=[A-Z“])")  # a note that stands among the lines of a list
_UNLED = re.compile(  # a source note without its first word
    r"\[?\d{1,3}\]?\s+(?=(?:Department of State|National Archives|[A-Z]\w+ Library|Central Intelligence Agency|Library of Congress"
    r"|Washington National Records Center|Naval Historical Center)\b[,;])"
)
_MARKED_NAME = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}$")  # the mark of a note behind a signature
_IN_CAPITALS = re.compile(r"[A-ZÀ-Þ’'-]{2,}(?: [A-ZÀ-Þ’'-]{2,}){1,2}")
_UNSIGNED = frozenset(("memorandum-of-conversation", "minutes", "editorial-note", "resolution"))


def document(blocks: list[str], prefix: str, label: str | None) -> Layout:
    """One document's paragraphs as blocks of their kinds."""
    parted = [part for block in blocks for part in unrolled(block)]
    layout = Layout(prefix, label=label, run_on=len(parted) > len(blocks))
    blocks = parted
    kinds: list[tuple[str, BlockKind, str | None]] = []
    head_at = next(
        (i for i, block in enumerate(blocks[:4]) if head_of(block, loose=True) is not None), None
    )
    if head_at is None and label is not None and len(blocks) > 1 and _heads(blocks[1]):
        head_at = 1
    if head_at is None and label is None:
        head_at = 1 if len(blocks) > 1 and is_filed(blocks[0]) else 0
    dated = False
    current: str | None = None
    noted = False
    last_note: int | None = None  # the number of the last note, where notes are numbered
    above: str | None = None
    for index, block in enumerate(blocks):
        alone = NUMBER_ALONE.fullmatch(block) if index < (head_at or 0) else None
        if alone is not None:
            above = alone["number"]
            kinds.append((block, "subhead", None))
            continue
        if index == 0 and label == block:
            kinds.append((block, "opener", None))
            continue
        if index == head_at:
            words, note = fronts.mark_off(before_source(block)), ""
            if "Source:" in block[10:]:
                note = block[block.find("Source:", 10) :]
            kinds.append((words, "head", None))
            if note:
                kinds.append((note, "source-note", None))
                noted = True
            continue
        near = head_at is None or index - head_at <= 8
        if not noted and (
            SOURCE.match(block)
            or (abs(index - (head_at or 0)) <= 1 and FILE_NUMBER.match(block) and len(block) < 160)
            or (index - (head_at or 0) == 1 and _UNLED.match(block))
        ):
            led = _UNLED.match(block)
            kinds.append((block[led.end() :] if led else block, "source-note", None))
            noted = True
            mark = _NOTE_AMONG.match(block)
            last_note = int(mark[0]) if mark else 0
            continue
        mark = _NOTE_AMONG.match(block)
        if SOURCE.match(block) or (
            mark and last_note is not None and int(mark[0]) == last_note + 1
        ):
            kinds.append((block, "footnote", None))
            last_note = int(mark[0]) if mark else last_note
            continue
        if near and not dated and len(block) < 160:
            line = read_dateline(block)
            if is_dateline(block, line):
                kinds.append((block, "dateline", None))
                dated = True
                current = None
                continue
        if near and dated and len(block) < 90 and RECEIVED.fullmatch(block):
            kinds.append((block, "dateline", None))
            continue
        label_found = LABELS.match(block)
        if (
            label_found is not None
            and (head_at is None or index - head_at < 14 or current is not None)
            and (label_found["label"].isupper() or len(block) < 300)
        ):
            current = listed_below(label_found["label"])
            rest = _BEFORE_LABEL.split(label_found["rest"], maxsplit=1)[0]
            if rest.strip() and (
                current != "participants" or reads_as_one(rest) or ";" in rest[:200]
            ):
                for part in _items(rest, current):
                    kinds.append((part, "item", current))
                if current in ("subject", "to", "from", "through", "ref"):
                    current = None if current != "to" else current
            continue
        if current is not None:
            if current == "participants" and (reads_as_one(block) or _SAME_LIST.match(block)):
                kinds.append((block, "item", current))
                continue
            if current in ("subject", "ref", "through"):
                kinds.append((block, "item", current))
                current = None
                continue
            if (
                current in ("to", "from", "cc")
                and len(block) < 110
                and not block.endswith((":", ";"))
                and not re.search(r"[a-z]\.$", block)
            ):
                kinds.append((block, "item", current))
                if current == "from":
                    current = None
                continue
            current = None
        if re.match(
            r"^[\[(]?(?:No\.?\s?\d[\w/–-]*(?:\s(?:bis|ter))?|Telegram|Paraphrase|Confidential|Secret|Top Secret|top secret|secret|confidential)\.?\s?[\])]?$"
            r"|^\[(?:Note [Vv]erbale|Aide|Pro [Mm]emoria|Extract|Translation|Telegram|Circular|Private|Personal|Paraphrase|Substance|Confidential|Copy|Memorandum|Unofficial)[\w\s.,;—–-]{0,40}\]\.?$|^Circular\W+No\. ?\d+\W*$",
            block,
        ):
            kinds.append((block, "opener", None))
            continue
        mark = _FOOTNOTE.match(block)
        if mark is not None and index > (head_at or 0) + 3 and re.match(r"\[\d", block):
            kinds.append((block, "footnote", None))
            continue
        kinds.append((block, "p", None))
    if not dated:
        _closing_date(kinds)
    _closing_name(kinds)
    _write(layout, kinds)
    if head_at is not None and kinds:
        head = next((block for block in layout.blocks if block.kind == "head"), None)
        if head is not None:
            layout.number = read_heading(layout.words(head)).number or above
    return layout


def _heads(words: str) -> bool:
    """Whether what stands below the label of an enclosure is its heading."""
    if len(words) > 200 or is_dateline(words, read_dateline(words)) or words.endswith((":", ",")):
        return False
    heading = read_heading(words)
    return bool(heading.drafters or (heading.senders and heading.addressees))


def _items(rest: str, kind: str) -> list[str]:
    if kind == "participants":
        parts = re.split(r"\s{2,}|\n|;\s+", rest)
        return [part for part in parts if part.strip()]
    return [rest]


def _closing_date(kinds: list[tuple[str, BlockKind, str | None]]) -> None:
    for back in range(1, min(5, len(kinds))):
        words, kind, _ = kinds[-back]
        if kind == "p" and len(words) < 130 and is_dateline(words, read_dateline(words)):
            kinds[-back] = (words, "dateline", None)
            return


def _closing_name(kinds: list[tuple[str, BlockKind, str | None]]) -> None:
    """The signature: a short last paragraph that is a name, or the last words of one.

    Behind it stand notes, offices and remarks of the editors at most.
    """
    heading = next((read_heading(words) for words, kind, _ in kinds if kind == "head"), None)
    senders = heading.senders if heading is not None else ()
    surnames = {one.name.split()[-1].casefold() for one in senders}
    unnamed = bool(senders) and all(one.kind != "person" for one in senders)
    short = 0
    for back in range(1, len(kinds)):
        words, kind, of = kinds[-back]
        words = _MARKED_NAME.sub("", words) if kind == "p" and len(words) < 60 else words
        clean = words.strip(" .")
        if kind == "dateline" and back <= 3:
            continue  # the place and date that close a message
        if kind not in ("p", "footnote", "opener", "source-note") or short > 3:
            return
        if _ADDRESSED.match(words) and len(words) < 160:
            continue
        capital = unnamed and _IN_CAPITALS.fullmatch(clean) is not None
        if kind == "p" and 2 < len(clean) < 60 and (capital or _signature(clean, surnames)):
            kinds[-back] = (words, "signed", None)
            if len(senders) < 2:
                return
            continue  # who signed with him stands above
        if back > 1 and kinds[-back + 1][1] == "signed":
            return
        alone = not any(k == "p" and len(w) > 200 for w, k, _ in kinds[:-back])
        if kind != "p" or (_NOTED.match(words) and not (alone and len(words) > 300)):
            continue
        if len(words) < 60 and not words.endswith((".", ":", ";", "?")):
            short += 1
            continue
        at = closing_name(words)
        if at is not None and _may_sign(words[slice(*at)], kinds, heading):
            begin, end = at
            parts: list[tuple[str, BlockKind, str | None]] = [
                (words[:begin].rstrip(), "p", of),
                (words[begin:end].strip(), "signed", None),
                (words[end:].strip(), "p", of),
            ]
            kinds[len(kinds) - back : len(kinds) - back + 1] = [one for one in parts if one[0]]
        return


def _may_sign(
    name: str, kinds: list[tuple[str, BlockKind, str | None]], heading: Heading | None
) -> bool:
    """Whether the name that ends a text is its signature: of papers that are signed, or where
    heading or source note name the person."""
    surname = name.split()[-1]
    if any(surname in words for words, kind, _ in kinds if kind in ("head", "source-note")):
        return True
    if heading is None or heading.form in _UNSIGNED:
        return False
    return bool(heading.senders or heading.drafters or heading.addressees) or " " in name


def _signature(clean: str, surnames: set[str]) -> bool:
    """Whether a short line is a signature; one in capitals is where it bears a sender's surname."""
    name = re.sub(r"^(?:/s/|\[?[Ss]igned\]?:?)\s*", "", clean).split(",")[0]
    if name.isupper() and re.search(r"\b[A-Z]\. ?[A-Z][A-Z’'-]{2,}", name):
        return True  # a line of capitals with an initial is a person's name
    if name.isupper() and name.split()[-1].strip(".").casefold() in surnames:
        return True
    return (
        openings.signature_like(name) and not clean.endswith(":") and not read_dateline(clean).date
    )


def _write(layout: Layout, kinds: list[tuple[str, BlockKind, str | None]]) -> None:
    at = 0
    parts: list[str] = []
    order = sorted(range(len(kinds)), key=lambda i: kinds[i][1] == "footnote")
    for index in order:
        words, kind, of = kinds[index]
        if not words:
            continue
        if parts:
            at += 2
        parts.append(words)
        layout.blocks.append(Block(kind, at, at + len(words), list=of))
        at += len(words)
    layout.text = "\n\n".join(parts)
