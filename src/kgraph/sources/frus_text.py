"""*Foreign Relations of the United States* as plain text: a web page, or a volume without markup.

Documents are told by their headings ("12. Telegram From the Embassy in X to ...", "Mr.
Adams to Mr. Seward."), enclosures by a line "[Enclosure]" or "Attachment". A text may
keep blank lines between its paragraphs, set each on a line of its own, break its lines
anywhere with indentation, or run on without any break; of the last only heading, source
note, dateline and signature are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kgraph.extract import editions
from kgraph.extract.datelines import is_dateline, read_dateline
from kgraph.extract.headings import read_heading
from kgraph.extract.layout import Layout
from kgraph.extract.paragraphs import paragraphs
from kgraph.extract.plain import (
    apparatus,
    enclosure_labels,
    fronts,
    note_marks,
    running,
    title_lines,
)
from kgraph.extract.plain.blocks import document
from kgraph.extract.plain.title_lines import (
    FILE_NUMBER,
    PLAIN_HEAD,
    head_of,
    is_filed,
    unglued,
)
from kgraph.model import Item
from kgraph.report import Report
from kgraph.sources.known import source_key

NAME = "frus-text"
LIMIT = 64 << 20
"""Bytes; a volume has a tenth of them, and a text is read as a whole."""
_VOLUME = re.compile(
    r"(?P<volume>frus\d{4}[A-Za-z0-9-]{0,40}?)"
    r"(?:[._/-]+(?P<document>d\d+[A-Za-z]?|ch\d+\w*)\b|(?=[^A-Za-z0-9-]|$))",
    re.IGNORECASE,
)
_CALENDARED = re.compile(  # an entry of a supplement: "Memorandum from A to B, May 3. ... 2 pp. DOS, ..."
    r"(?:\d+[A-Z]?\. )?(?:[A-Z][\w-]{1,20} ){0,3}(?:Telegram|Letter|Message|Memorandum|Note|Airgram|Despatch|Paper|Report|Notes|Minutes|Memo|Summary|Draft|Circular|Cable|Talking|Record|Instruction|Transcript|Special|National)\b.{10,500}?\b\d{1,3} pp?\. [A-Z]"
    r"|\d+[A-Z]?\. [A-Z“].{10,600}?\b(?:Top Secret|Secret|Confidential|Unclassified|Official Use Only|No classification marking)\b\.? (?:\d{1,3} pp?\. )?[A-Z]"
)
_PAPER = re.compile(
    r"\b(?:Minutes?|Memorandum|Note|Paper|Report|Record|Meeting|Conversation|Draft|Statement|Log|Aide-Mémoire|Proposal|Agreement)\b"
)
_MEETING = re.compile(  # "SECOND PLENARY MEETING, NOVEMBER 29, 1943, 4 P. M., ..."
    r"(?:[A-Z’-]+,? ){0,8}(?:MEETING|CONVERSATION|CONFERENCE|SESSION), [A-Z \d,]{0,24}\b1[89]\d\d\b"
)
_SOURCED = re.compile(
    r"\s*\d{1,4}[A-Z]?\. [A-Z][^\n]{3,320}?\s*(?<!\d)\d{0,3}\s*Source: [A-Z]", re.DOTALL
)


_FEW = 10
"""Titles in a text that may be one document and its enclosures."""
_TITLE_PAGE = tuple(
    re.compile(words)
    for words in (
        r"Foreign (?:Relations of the United States|Affairs)\b",
        r"Office of the Historian|history\.state\.gov|Government (?:Printing|Publishing) Office",
        r"1[89]\d\d[–-]|\b[Vv]olumes? |Papers ",
    )
)
"""What a volume's title page has: the series, who publishes it, its years or volume."""


def _is_title_page(words: str) -> bool:
    found = [one.search(words) for one in _TITLE_PAGE]
    at = [m.start() for m in found if m is not None]
    return len(at) == len(found) and max(at) - min(at) < 2500


def sniff(head: bytes, name: str) -> bool:
    """Whether a text holds headings of the series; markup of any kind is none."""
    text = head.decode("utf-8", "replace")
    if text.lstrip("\ufeff \r\n\t").startswith(("<", "{", "%PDF")) or "\x00" in text:
        return False
    if re.search(
        r"(?m)^\s*CID\b|\bFond\b|Wilson Center|РГАНИ|RGANI|\bF\.\s?\d+\.\s+Op\.\s?\d", text[:4000]
    ):
        return False
    if _is_title_page(" ".join(text[:4000].split())):
        return True
    blocks = unglued(note_marks.plain(paragraphs(text)[:400]))
    count = sum(1 for block in blocks[:400] if head_of(block, loose=True) is not None)
    if _VOLUME.match(name) and count:
        return True
    sourced = re.search(
        r"(?m)^\s*(?:\d{1,3}[.)]?\s*)?\[?Source:\s?(?=[A-Z])|\bSource:\s(?:Department of State|National Archives|Kennedy Library|[A-Z][\w ]+ Library)|(?<=[a-z)\]\d])\s{0,40}Source:\s[A-Z]",
        text,
    )
    if count and sourced:
        return True
    if _SOURCED.match(" ".join(text[:600].split())):
        return True
    first = [block for block in blocks[:6] if block.strip()]
    if any(head_of(block, loose=False) is not None and _ordinary(block) for block in first):
        return True
    if first and fronts.EDITORIAL.match(first[0]):
        return True
    if first and _CALENDARED.match(first[0]):
        return True
    if len(first) > 1 and is_filed(first[0]):
        if PLAIN_HEAD.match(first[1]) or re.match(r"\d{3}[A-Z]?\.\S.*/", first[0]):
            return True
        if re.search(r"\b(?:Papers|Files?|Diary)\b", first[0]) and _PAPER.search(first[1][:200]):
            return True
    filed = any(FILE_NUMBER.match(block) for block in first[:2])
    if filed and any(head_of(block, loose=False) is not None for block in first[:3]):
        return True
    if first and _MEETING.match(first[0]):
        return True
    titled = any(head_of(block, loose=True) is not None for block in first[:3])
    return (filed or titled) and any(
        len(block) < 150 and is_dateline(block, read_dateline(block)) for block in first
    )


def _ordinary(block: str) -> bool:
    heading = read_heading(block)
    if heading.senders and heading.addressees:
        return True
    if heading.form == "other":
        return False
    written = bool(heading.drafters or heading.participants)
    return bool(heading.number) or (written and len(block) < 250)


def read(path: Path, report: Report) -> Iterator[Item]:
    """The documents of a text, in order."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        report.error("unreadable", path.name, str(error), hint="check the path and its rights")
        return
    source, prefix, single = _keys(path)
    context = editions.Context(volume=prefix, source=source, report=report)
    made = list(layouts(text, prefix, single))
    if not made:
        report.warning(
            "no-documents", path.name, "no heading of a document was found",
            hint="each document should begin with its heading on a line of its own",
        )  # fmt: skip
        return
    yield from editions.records(made, context)


def _keys(path: Path) -> tuple[str, str, str | None]:
    """(source name, prefix of ids, id of the only document where the name says it)."""
    source, prefix = source_key(path)
    if prefix != source:
        return source, prefix, None
    found = _VOLUME.search(path.stem)
    if found is not None:
        return path.name, found["volume"], found["document"]
    alone = re.fullmatch(r"d\d+[A-Za-z]?", path.stem)
    folder = _VOLUME.search(path.absolute().parent.name)
    if folder is not None:
        return path.name, folder["volume"], path.stem if alone else None
    return path.name, prefix, None


def layouts(text: str, prefix: str, single: str | None = None) -> Iterator[Layout]:
    """The documents of a text as layouts."""
    blocks = note_marks.plain(paragraphs(text))
    if single is None:
        blocks = running.cut(apparatus.without_apparatus(blocks))
    blocks = unglued(enclosure_labels.cut(blocks))
    starts = title_lines.starts(blocks)
    if single is not None:
        starts = [0] if blocks else []
    numbers = [enclosure_labels.numbered(blocks[begin]) for begin in starts]
    numbered = sum(one is not None for one in numbers) > 0.5 * len(starts)
    if len(starts) < _FEW and numbers[:2] == [None, 1]:
        numbered = False  # one document, and what is enclosed in it
    if not numbered:
        starts = _outer(blocks, starts, numbers)
    for order, begin in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(blocks)
        yield _layout(blocks[begin:end], prefix, single, order + 1, counted=numbered)


def _outer(blocks: list[str], starts: list[int], numbers: list[int | None]) -> list[int]:
    """Where documents begin in a volume that does not count them: titles below "No. 1." and the
    numbers after it are those of enclosures, behind the title of their document."""
    out: list[int] = []
    last = 0
    for begin, number in zip(starts, numbers, strict=True):
        if number is not None and out and last == 0:  # copies without a title bear numbers too
            between = (enclosure_labels.numbered(one) for one in blocks[out[-1] + 1 : begin])
            last = number - 1 if number - 1 in between else 0
        if number is not None and out and number in (last + 1, 1):
            last = number
            continue
        last = 0
        out.append(begin)
    return out


def _layout(
    blocks: list[str], prefix: str, single: str | None, order: int, *, counted: bool
) -> Layout:
    """One document; a number above its title is its own where the edition is `counted` so."""
    main, enclosed = _enclosures(blocks)
    layout = document(main, prefix, None)
    if not counted and enclosure_labels.numbered(blocks[0]) is not None:
        layout.number = None
    number = layout.number
    plain = prefix == "frus"
    if single is not None:
        layout.id = f"{prefix}/{single}"
    elif number is not None:
        layout.id = f"{prefix}/{number}" if plain else f"{prefix}/d{number}"
    else:
        layout.id = f"{prefix}/d{order}"
    for part in enclosed:
        inner = document(part, prefix, part[0])
        below = re.match(r"\[?Sub", part[0]) is not None and bool(layout.inner)
        holder = layout.inner[-1] if below else layout
        inner.id = f"{holder.id}/{len(holder.inner) + 1}"
        holder.inner.append(inner)
    return layout


_FIRST_NOTE = re.compile(r"\[?1[\].)]?\s*Source:")


def _enclosures(blocks: list[str]) -> tuple[list[str], list[list[str]]]:
    """A document's own paragraphs, and those of each enclosure behind them."""
    parted = [
        enclosure_labels.above(block) or enclosure_labels.number_above(block) or (block,)
        for block in blocks[2:]
    ]
    blocks = [*blocks[:2], *(part for parts in parted for part in parts)]
    cuts = [
        i
        for i, block in enumerate(blocks)
        if i > 1
        and i + 1 < len(blocks)
        and (
            enclosure_labels.LABEL.match(block)
            or enclosure_labels.lettered(block, blocks[i + 1])
            or enclosure_labels.begins_copy(blocks, i)
        )
    ]
    if not cuts:
        return blocks, []
    parts = [blocks[a:b] for a, b in zip(cuts, [*cuts[1:], len(blocks)], strict=True)]
    main = blocks[: cuts[0]]
    if not any(title_lines.SOURCE.match(block) for block in main):
        last = parts[-1]  # the notes of a page stand below all that it holds
        note = next((i for i, block in enumerate(last) if _FIRST_NOTE.match(block)), None)
        if note is not None:
            main.append(last.pop(note))
    return main, parts
