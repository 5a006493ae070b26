"""The register of documents that should be there: cited, answered, enclosed, numbered, sought.

Each becomes a record of its own, whose status says how it is known and whose
evidence the words; the likeliest candidates among the documents that are present
stand in its relations, with their scores.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

import msgspec

from kgraph.authorities.documents.cited import cited
from kgraph.authorities.documents.referred import Meant
from kgraph.authorities.documents.traces import Trace
from kgraph.model import Evidence, Identity, Record, Relation, Status

_NOT_FOUND = re.compile(
    r"\b[Nn]o (?:other |further |written |such |American |Soviet |U\.S\. )*"
    r"(?:record|copy|text|trace|memorandum|account)s?\b[^.;]{0,90}?\b(?:found|located|identified)\b"
    r"|\b(?:has|have|was|were) not been (?:found|located|identified)\b|\bnot found\b"
)
_NOT_PRINTED = re.compile(
    r"\b(?:enclosures?|attachments?|annex(?:es)?|tabs?)\b[^.;\]]{0,60}?\bnot "
    r"(?:printed|found|attached|published|declassified|reproduced)\b|"
    r"\bnot (?:printed|published|reproduced)\b(?= here|\.|,|;|\))",
    re.I,
)


_PAPER = re.compile(
    r"\b(?:record|cop(?:y|ies)|text|telegram|letter|message|memorand(?:um|a)|despatch|note|report|draft|attachment|enclosure|"
    r"annex|tab|paper|document|minutes|list|original|translation|airgram|aide-mémoire|reference \w|map|instructions?)s?\b",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[(\d+)\]\s+")


class Sign(msgspec.Struct, frozen=True):
    """Words of a record that speak of a document that is not there."""

    record: str
    status: Status
    words: str
    start: int
    end: int


def signs(record: Record, limit: int = 8) -> list[Sign]:
    """What `record`'s text says of documents not found or not printed, at most `limit`."""
    found = []
    for status, pattern in (("not-found", _NOT_FOUND), ("not-published", _NOT_PRINTED)):
        for m in pattern.finditer(record.text):
            words = " ".join(m[0].split())
            bare = status == "not-found" and not re.match(r"[Nn]o\b", words)
            if bare and not _of_paper(record.text, m.start()):
                continue  # "a solution has not been found"
            found.append(Sign(record.id, status, words[:160], m.start(), m.end()))  # type: ignore[arg-type]
            if len(found) >= limit:
                return found
    return found


def _of_paper(text: str, start: int) -> bool:
    """Whether what is not found there is a paper: in a footnote, or so named in the sentence."""
    line = text.rfind("\n", 0, start) + 1
    if _FOOTNOTE.match(text, line):
        return True
    sentence = max(line, text.rfind(". ", line, start) + 1)
    return _PAPER.search(text, sentence, start) is not None


def register(
    traces: Sequence[Trace], references: Sequence[Meant] = ()
) -> Iterator[Record | Identity]:
    """The missing documents that follow from all records, as records of their own; an
    `Identity` where a document cited is surely one that is present. `references` are those that
    documents make in their own words."""
    yield from cited(traces, references)
    yield from _gaps(traces)


def from_signs(record: Record) -> Iterator[Record]:
    """Missing documents that one record's own words report."""
    for i, sign in enumerate(signs(record), start=1):
        enclosed = re.match(r"(?i)enclosure|attachment|annex|tab", sign.words) is not None
        yield Record(
            id=f"{record.id}/{'enclosure' if enclosed else sign.status}-{i}",
            source=record.source,
            form="enclosure" if enclosed else "other",
            status=sign.status,
            title=f"Document spoken of in {record.id}: {_spoken(record, sign)}",
            relations=(
                Relation(
                    type="enclosed-in" if enclosed else "cited-in",
                    target=record.about,
                    start=sign.start,
                    end=sign.end,
                    rule="missing-words",
                    words=sign.words,
                ),
            ),
            evidence=(
                Evidence(field="status", rule="missing-words", words=sign.words,
                         locator=f"{record.id}, characters {sign.start} to {sign.end}"),
            ),
        )  # fmt: skip


def _spoken(record: Record, sign: Sign) -> str:
    """What a sign is about: the document named just before it in the same note, or else the
    words of the footnote or sentence in which it stands."""
    text = record.text
    line = text.rfind("\n", 0, sign.start) + 1
    note = _FOOTNOTE.match(text, line)
    before = [
        m
        for m in record.mentions
        if sign.status == "not-published" and m.type == "document"
        and m.rule != "mention-publication" and not m.text.startswith("Document ")
        and m.start is not None and m.end is not None and line <= m.start and m.end <= sign.start
        and sign.start - m.end < 120
        and not re.search(r"[.;]\s+[A-Z].*[.;]\s", text[m.end : sign.start])
    ]  # fmt: skip
    if before:
        named = max(before, key=lambda m: m.end or 0).text
        return " ".join(f"{named}, {sign.words[:80]}".split())
    begin = max(
        note.end() if note else line, text.rfind(". ", line, sign.start) + 1, sign.start - 110
    )
    stop = min(_line_end(text, sign.end), sign.end + 60) if note else sign.end
    words = " ".join(text[begin:stop].split())
    if begin == sign.start - 110:  # it begins within a word, perhaps
        words = f"... {words.partition(' ')[2]}"
    return f"footnote {note[1]}: {words}" if note else words


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _gaps(traces: Iterable[Trace]) -> Iterator[Record]:
    """Numbers that an edition's own numbering leaves out."""
    editions: dict[tuple[str, str], dict[int, Trace]] = defaultdict(dict)
    for t in traces:
        if t.part_of is None and t.number and t.status == "extant":
            found = re.fullmatch(r"(?:No\.? ?|N)?(\d{1,4})", t.number)
            if found:
                stem = re.sub(r"\d+$", "", t.id)
                editions[t.source, stem].setdefault(int(found[1]), t)
    for (source, stem), numbered in editions.items():
        first, last = min(numbered), max(numbered)
        absent = [n for n in range(first, last + 1) if n not in numbered]
        if len(numbered) < 8 or not absent or len(absent) > 0.1 * len(numbered):
            continue
        for n in absent:
            before, after = numbered.get(n - 1), numbered.get(n + 1)
            neighbours = [t for t in (before, after) if t is not None]
            yield Record(
                id=f"{stem}{n}",
                source=source,
                status="missing",
                number=str(n),
                title=f"No. {n}, which the numbering leaves out",
                relations=tuple(
                    Relation(type="related", target=t.about, certainty="inferred",
                             rule="numbering-gap", note=f"neighbour no. {t.number}")
                    for t in neighbours
                ),
                evidence=(
                    Evidence(field="status", rule="numbering-gap", certainty="inferred",
                             locator=", ".join(t.id for t in neighbours),
                             words=f"{first} to {last} are numbered; {n} is not there"),
                ),
            )  # fmt: skip


def stable_number(*parts: str) -> str:
    """Eight hexadecimal digits that stand for `parts`, the same in every build."""
    return f"{crc32('|'.join(parts).encode()):08x}"
