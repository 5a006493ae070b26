"""One document's text by itself: a letter, telegram or resolution without a page around it.

Taken where no other reader takes a text, and only where its head looks like a document's:
markings, a copy number, a dateline, an address, a salutation, a heading that names a form
and parties, an extract from minutes. Noise of scanning above the head (a file's name,
"Transcript", page marks) is kept as unparsed words. Its id is the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import fonds, titles
from kgraph.extract.mentions import MentionFinder
from kgraph.extract.papers import assembly, inside, protocol_extract, quoted
from kgraph.model import Item
from kgraph.report import Report
from kgraph.sources.compendium import glosses
from kgraph.sources.known import source_key

NAME = "document-text"
LIMIT = 4 << 20

_HEAD = 2500
_SALUTATION = re.compile(r"(?m)^\W*(?:My )?Dear\s+[A-Z][^\n]{2,60}[,:!]\s*$")
_EXTRACT = re.compile(r"(?i)\b(?:excerpt|extract) from (?:the )?(?:protocol|minutes)\b")
_MARKS = (
    re.compile(r"(?im)^\W*(?:top secret|strictly confidential|very secret|secret|confidential)\b.{0,40}$"),
    re.compile(r"(?i)\bcopy (?:no\.?|n|№|#)\s?\d|\bcopying prohibited|\breproduction prohibited|\bmaking copies prohibited"),
    re.compile(r"(?i)\b(?:cipher(?:ed)?|coded|encrypted) (?:telegram|cable)|\bciphertelegram"),
    _EXTRACT,
    re.compile(r"(?m)^\W*(?:To|TO):?\s+(?:the\s+)?(?:Comrades?|COMRADES?|Mr|MR|His Excellency|the [A-Z]|CC|CPSU)\b"),
    _SALUTATION,
    re.compile(r"(?m)^\W*(?:Spec(?:ial)?\.?\s+)?(?:No|№|N)\.?\s?[\w/-]*\d[\w/-]*\W*$"),
    re.compile(r"(?m)^(?:\[\s*)?Source\s*:\s*\S"),
)  # fmt: skip


def sniff(head: bytes, name: str) -> bool:
    """A text whose head bears two marks of a document, or a title with form and parties and
    one mark."""
    if name.lower().endswith((".xml", ".html", ".htm", ".json", ".jsonl", ".csv", ".tsv", ".ttl", ".py", ".md", ".bib")):  # fmt: skip
        return False
    text = head[: 4 * _HEAD].decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip().startswith(("<", "{", "[{", "@prefix", "---")):
        return False
    top = text[:_HEAD]
    marks = sum(1 for mark in _MARKS if mark.search(top))
    dated = any(
        len(line) < 50 and cover.DATE.search(line) is not None for line in top.split("\n")[:40]
    )
    greeted = _SALUTATION.search(top) is not None
    needed = 2 if _EXTRACT.search(top) else 3
    return marks + dated + greeted >= needed or (marks >= 1 and _title_line(text, 0) is not None)


def read(path: Path, report: Report) -> Iterator[Item]:
    """The document and the letters that it quotes."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    source, ident = source_key(path)
    title_span = _title_line(text, 0)
    begin = title_span[1] if title_span is not None else _past_noise(text)
    end = len(text.rstrip())
    title = titles.read(text[slice(*title_span)], title_span[0]) if title_span else titles.Title()
    letters = quoted.letters(text, begin, end)
    draft = assembly.Draft(
        id=ident, source=source, text=text, title=title, title_span=title_span,
        cover=cover.read(assembly.masked(text, letters), begin, end), finder=MentionFinder(),
    )  # fmt: skip
    protocol_extract.apply(draft, begin, min(end, begin + 2 * _HEAD))
    if draft.title.form == "other" and draft.title.kind is None:
        draft.title = msgspec.structs.replace(draft.title, **_form(text, begin, draft.cover))
    foot = fonds.holdings(text[draft.cover.body_end :], draft.cover.body_end)
    draft.holdings = foot
    draft.remarks.extend(glosses(text))
    records = inside.records(draft, letters)
    yield assembly.finish(draft)
    yield from records
    yield from fonds.units(foot, source)


def _title_line(text: str, start: int) -> tuple[int, int] | None:
    """The heading among the first lines that names a form and who sent it to whom."""
    for a, b in cover.lines(text, start, min(len(text), start + _HEAD))[:12]:
        line = text[a:b]
        if not 12 <= b - a <= 300 or line.endswith((".", ";", "?")):
            continue
        title = titles.read(line.strip("*# "), a)
        lead = len(line) - len(line.lstrip("*# "))
        named = title.senders or title.participants
        span = title.form_span
        if named and span is not None and span[0] - a < 60 and title.form != "other":
            return a + lead, a + len(line.rstrip("*# "))
    return None


def _past_noise(text: str) -> int:
    """Where the document's head begins: its first line with a mark of one."""
    for a, b in cover.lines(text, 0, min(len(text), _HEAD))[:20]:
        line = text[a:b]
        if any(mark.search(line) for mark in _MARKS) or cover.DATE.search(line):
            return a
    return 0


def _form(text: str, begin: int, found: cover.Cover) -> dict[str, object]:
    """The form by marks of the head, where no title says it."""
    ciphered = re.compile(r"(?i)\b(?:cipher(?:ed)?|coded|encrypted)\s*(?:telegram|cable)").search(
        text, begin, begin + 900
    )
    if ciphered is not None:
        return {"form": "cipher-telegram", "kind": "cipher telegram", "form_span": ciphered.span()}
    if found.salutation is not None:
        return {"form": "letter", "kind": "letter", "form_span": found.salutation[1:]}
    return {}
