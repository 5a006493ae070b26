"""One document of a plain text: its paragraphs as blocks of their kinds."""

from __future__ import annotations

import re
from itertools import pairwise

from kgraph.extract import openings
from kgraph.extract.closings import closing_name
from kgraph.extract.datelines import is_dateline, read_dateline
from kgraph.extract.headings import Heading, read_heading
from kgraph.extract.layout import Block, Layout
from kgraph.extract.plain import address_lists, quotations
from kgraph.extract.plain.run_on_lists import unrolled
from kgraph.extract.plain.sorting import Kind, Sorter
from kgraph.extract.plain.title_lines import (
    NUMBERED,
    head_of,
    is_filed,
)

_NOTED = re.compile(  # a note below a text, or an editor's remark
    r"\d{1,3}\s?[A-Z“\"(\[]|\[|(?:Printed from|The source text|Not printed|See |Signed|File copy|Document \d|Dated|Attached|Brackets|Ibid|This |These |For |In |No record|Reference|Apparently|Secret|Top Secret|Confidential)"
)
_ADDRESSED = re.compile(  # whom a letter was addressed to, below its signature
    r"(?:The )?(?:Hon(?:orable|\.)|His Excellency|To (?:the |[Hh]is |[Hh]er ))|[A-Z][^!?]{2,80}\b(?:Esq\b|Esquire)|[^!?]{3,90}(?:&c\.|etc\.)(?:,? (?:&c\.|etc\.))*$"
)
_VALEDICTION = re.compile(
    r"(?:Yours|Sincerely|Faithfully|Respectfully|Very (?:truly|sincerely))\b.*,"
)
_MARKED_NAME = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}$")  # the mark of a note behind a signature
_IN_CAPITALS = re.compile(r"[A-ZÀ-Þ’'-]{2,}(?: [A-ZÀ-Þ’'-]{2,}){1,2}")
_HELD = ("memorandum-of-conversation", "minutes")
_UNSIGNED = frozenset(("memorandum-of-conversation", "minutes", "editorial-note", "resolution"))


def document(blocks: list[str], prefix: str, label: str | None) -> Layout:
    """One document's paragraphs as blocks of their kinds."""
    addressed = [part for block in blocks for part in address_lists.parted(block)]
    parted = [part for block in addressed for part in unrolled(block)]
    layout = Layout(prefix, label=label, run_on=len(parted) > len(blocks))
    blocks = _without_quotations(parted)
    filed = bool(blocks) and is_filed(blocks[0])  # below its title points may be numbered
    head_at = next(
        (
            i
            for i, block in enumerate(blocks[:4])
            if head_of(block, loose=True) is not None
            and not (filed and i > 1 and NUMBERED.match(block))
        ),
        None,
    )
    if head_at is None and label is not None and len(blocks) > 1 and _heads(blocks[1]):
        head_at = 1
    if head_at is None and label is None:
        head_at = 1 if len(blocks) > 1 and is_filed(blocks[0]) else 0
    sorter = Sorter(blocks, label, head_at)
    kinds = sorter.kinds
    if not sorter.dated and not _held_on_a_day(kinds):
        _closing_date(kinds)
    _closing_name(kinds)
    _write(layout, kinds)
    if head_at is not None and kinds:
        head = next((block for block in layout.blocks if block.kind == "head"), None)
        if head is not None:
            layout.number = read_heading(layout.words(head)).number or sorter.above
    return layout


def _without_quotations(blocks: list[str]) -> list[str]:
    """The paragraphs of a document, the letters that it quotes each by itself, where it runs on
    so that one paragraph holds most of it."""
    total = sum(map(len, blocks))
    out: list[str] = []
    for block in blocks:
        out.extend(quotations.parted(block) if len(block) * 2 > total else [block])
    return out


def _held_on_a_day(kinds: list[Kind]) -> bool:
    """Whether the heading is that of a meeting and says when it was held."""
    headings = (read_heading(words) for words, kind, _ in kinds if kind == "head")
    return any(one.date is not None and one.form in _HELD for one in headings)


def _heads(words: str) -> bool:
    """Whether what stands below the label of an enclosure is its heading."""
    if len(words) > 200 or is_dateline(words, read_dateline(words)) or words.endswith((":", ",")):
        return False
    heading = read_heading(words)
    return bool(heading.drafters or (heading.senders and heading.addressees))


def _closing_date(kinds: list[Kind]) -> None:
    for back in range(1, min(5, len(kinds))):
        words, kind, _ = kinds[-back]
        if kind == "p" and len(words) < 130 and is_dateline(words, read_dateline(words)):
            kinds[-back] = (words, "dateline", None)
            return
    for back in range(1, min(4, len(kinds))):
        words, kind, of = kinds[-back]
        if kind == "p" and len(words) > 130:
            at = _last_sentences_date(words)
            if at is not None:
                begin, end = at
                parts: list[Kind] = [
                    (words[:begin].strip(), "p", of),
                    (words[begin:end].strip(), "dateline", None),
                    (words[end:].strip(), "p", of),
                ]
                kinds[len(kinds) - back : len(kinds) - back + 1] = [one for one in parts if one[0]]
            return


_SENTENCE = re.compile(
    r"(?<=[a-z\d)\]”!?][.!?;])\s+(?=[A-Z(\d])|(?<=[!?])\s+(?=[A-Z])|(?<=,)\s(?=\()"
)
_DONE_AT = re.compile(r"(?:Given|Written|Done|Signed|Dated|Executed)\b.{3,110}\b1[89]\d\d")
_CLOSED_AT = re.compile(
    r"\([^()]{3,40}\b1[89]\d\d\.?\)|(?:[A-Z][^.:;]{2,50}, )?[^.:;,]{3,14} \d{1,2}, 1[89]\d\d|[A-Z][a-z]+, 1[89]\d\d"
)


def _last_sentences_date(words: str) -> tuple[int, int] | None:
    """Where one of the last sentences of a text says its day and nothing else."""
    low = max(0, len(words) - 260)
    edges = [low, *(low + found.end() for found in _SENTENCE.finditer(words[low:])), len(words)]
    for begin, end in list(pairwise(edges))[:0:-1][:4]:
        sentence = words[begin:end].strip()
        line = read_dateline(sentence) if len(sentence) < 130 else None
        if line is None or line.date is None:
            continue
        if _DONE_AT.match(sentence) or (_CLOSED_AT.match(sentence) and is_dateline(sentence, line)):
            return begin, end
    return None


def _closing_name(kinds: list[Kind]) -> None:
    """The signature: a short last paragraph that is a name, or the last words of one.

    Behind it stand notes, offices and remarks of the editors at most.
    """
    heading = next((read_heading(words) for words, kind, _ in kinds if kind == "head"), None)
    senders = heading.senders if heading is not None else ()
    surnames = {one.name.split()[-1].casefold() for one in senders}
    unnamed = heading is None or (bool(senders) and all(one.kind != "person" for one in senders))
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
        short_line = len(words) < 60 and not words.endswith((".", ":", ";", "?"))
        if short_line and not _VALEDICTION.match(words):
            short += 1
            continue
        at = closing_name(words)
        if at is not None and _may_sign(words[slice(*at)], kinds, heading):
            begin, end = at
            parts: list[Kind] = [
                (words[:begin].rstrip(), "p", of),
                (words[begin:end].strip(), "signed", None),
                (words[end:].strip(), "p", of),
            ]
            kinds[len(kinds) - back : len(kinds) - back + 1] = [one for one in parts if one[0]]
        return


def _may_sign(name: str, kinds: list[Kind], heading: Heading | None) -> bool:
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


def _write(layout: Layout, kinds: list[Kind]) -> None:
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
