"""Translated documents under numbered headings in one text, with an introduction.

"N1. Note from ... to ...", "No. 1", "1.", "Document 1": the heading, its date, the
markings, the text, the signature. A source line and a colophon that stand outside
the documents ("Source: RGANI, F. 3 ...", "Translation (c) 2025 by ...") hold for all
of them. Ids are `<prefix>/N1`, a letter quoted in it `<prefix>/N1/letter` (`/1`, `/2` where there are
several); the whole is
`<prefix>/collection`, its introduction `<prefix>/intro`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import fonds, naming, titles
from kgraph.extract.mentions import MentionFinder
from kgraph.extract.papers import assembly, inside, quoted
from kgraph.model import Evidence, Holding, Item, Party, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources.known import source_key
from kgraph.sources.page_provenance import translators_named

NAME = "compendium"

_FORM = (
    r"(?:(?:Top Secret|Secret|Urgent|Encrypted|Coded|Ciphered?|Encoded|Draft|Personal|Confidential|Official|Open|Oral|Brief"
    r"|Verbal|Diplomatic|Circular|Cover(?:ing)?|Excerpts?(?: from)?|Extract(?: from)?|From(?: the)?|Joint|Message|Soviet|US)\s+)*"
    r"(?:Note|Telegram|telegram|Cable|cable|Message|message|Letter|letter|Memorandum|memorandum|Memo|Record|record|Report|report"
    r"|Resolution|resolution|Despatch|Dispatch|Minutes|minutes|Protocol|Conversation|Statement|statement|Instructions?|Decree"
    r"|Communiqu[eé]|Airgram|Directive|Transcript|Diary|Journal|Reference|Appeal|Petition|note|memo)\b"
)
HEADING = re.compile(
    r"^[ \t#*]*(?P<label>(?:N|No|№|Nr|Doc|Document|DOCUMENT|Item)?\.?\s?(?:No\.?\s?|№\s?)?(?P<number>\d{1,3}))[ \t]?[.):—-][ \t]+"
    rf"(?P<title>(?:[\w.'’&-]+[ \t]+){{0,6}}?{_FORM}[^\n]*)$",
    re.MULTILINE,
)
_LABEL_ALONE = re.compile(
    r"^[ \t#*]*(?P<label>(?:N|No|№|Nr|Doc|Document|DOCUMENT)\.?\s?(?:No\.?\s?|№\s?)?(?P<number>\d{1,3}))[.:]?[ \t*]*\n+"
    rf"(?P<title>[ \t]*(?:[\w.'’&-]+[ \t]+){{0,6}}?{_FORM}[^\n]*)$",
    re.MULTILINE,
)
_SOURCE_LINE = re.compile(
    r"^(?:Sources?|Archives?|Archival source)\s*:\s*(?P<ref>.+)$", re.MULTILINE
)
_COLOPHON = re.compile(
    r"^(?P<words>(?:English )?[Tt]ranslat(?:ion|ed)(?:\s+from\s+(?:the\s+)?[A-Z][\w-]+)?(?:\s*(?:©|\(c\)|copyright))?\s*(?P<year>(?:19|20)\d\d)?,?\s*(?:by|:)\s+(?P<who>[^\n]+?))\.?\s*$",
    re.MULTILINE,
)
_BRACKET = re.compile(
    r"\[(?P<label>(?:Translator|Editor|Ed|Trans|Translation)(?:[’']?s)?\.?(?: [Nn]ote)?)\s*:\s*(?P<note>[^\]]+)\]"
)
_GLOSS = re.compile(r"\[(?!\s*\])(?P<words>[^\[\]\n]{1,120})\]")


def sniff(head: bytes, name: str) -> bool:
    """Two or more numbered headings of documents in plain text, and not a page of a
    printed series (which counts its documents "1. Letter From ... " with source notes)."""
    if name.lower().endswith((".xml", ".html", ".htm", ".json", ".csv", ".tsv")):
        return False
    text = head.decode("utf-8", "replace")
    if text.lstrip().startswith(("<", "{", "[")):
        return False
    found = _headings(text)
    if len(found) < 2:
        return False
    series = len(
        re.findall(
            r"^\s*Source: (?:Department of State|Kennedy Library|Johnson Library|National Archives)",
            text,
            re.MULTILINE,
        )
    )
    if series >= 2 or re.search(r"^\s*Foreign Relations of the United States", text, re.MULTILINE):
        return False
    marks = re.findall(
        r"Translat(?:ion|ed|or)|[Ee]ncrypted|[Cc]iphered|Top Secret|Reproduction prohibited|RGANI|Op\.\s?\d|Copy (?:N|No)",
        text,
    )
    labelled = sum(1 for m in found if not m["label"].strip().isdigit())
    return labelled >= 2 or len(marks) >= 3


def read(path: Path, report: Report) -> Iterator[Item]:
    """The documents of a compendium, what they quote, its introduction and the whole."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    yield from from_text(text, path, report)


def _headings(text: str) -> list[re.Match[str]]:
    found = {m.start("number"): m for p in (HEADING, _LABEL_ALONE) for m in p.finditer(text)}
    ordered = [found[at] for at in sorted(found)]
    out: list[re.Match[str]] = []
    for one in ordered:
        number = int(one["number"])
        last = int(out[-1]["number"]) if out else 0
        if number == last + 1 or last < number <= last + 4 or not out:
            out.append(one)
    return out


def from_text(text: str, path: Path, report: Report) -> Iterator[Item]:
    """As `read`, from text in hand; `path` names it in ids and findings."""
    source, prefix = source_key(path)
    found = _headings(text)
    if not found:
        report.error(
            "compendium-no-documents",
            str(path),
            "no numbered heading of a document was found",
            hint="headings look like 'N1. Letter from A to B' or 'Document 1' above a title",
        )
        return
    numbers = [int(m["number"]) for m in found]
    for before, after in itertools.pairwise(numbers):
        if after != before + 1:
            report.warning(
                "number-missing",
                f"{path}:{_line(text, found[numbers.index(after)].start())}",
                f"document {after} follows document {before}",
            )
    end = len(text)
    first = _line_start(text, found[0])
    lines = _COLOPHON.finditer(text, found[-1].end())
    colophon = max(lines, key=lambda one: one.start(), default=None)
    if colophon is None:
        colophon = _COLOPHON.search(text, 0, first)
    if (
        colophon is not None
        and colophon.start() > first
        and len(text[colophon.end() :].strip()) < 400
    ):
        end = colophon.start()
    common, common_span = _common_holding(text, first, end, found)
    translators: tuple[Party, ...] = ()
    if colophon is not None:
        translators = _colophon_parties(colophon)
    finder = MentionFinder().learned(text)
    ids: list[str] = []
    for index, one in enumerate(found):
        begin = _line_start(text, one)
        stop = _line_start(text, found[index + 1]) if index + 1 < len(found) else end
        stop = begin + len(text[begin:stop].rstrip())
        for record in _document(
            text, begin, stop, one, source, prefix, path, common, translators, finder
        ):
            if record.part_of == f"{prefix}/collection":
                ids.append(record.id)
            yield record
    intro = text[:first].rstrip()
    if intro.strip():
        ids.insert(0, f"{prefix}/intro")
        lead = len(intro) - len(intro.lstrip())
        yield Record(
            id=f"{prefix}/intro", source=source, form="editorial-note", kind="editorial introduction",
            part_of=f"{prefix}/collection", language="English" if translators else None,
            locator=f"characters {lead}-{len(intro)}", text=intro[lead:],
            text_length=len(intro) - lead, mentions=tuple(finder.find(intro[lead:])),
        )  # fmt: skip
    yield from fonds.units(common, source)
    yield _collection(text, source, prefix, colophon, common, common_span, translators, ids)


def _document(
    text: str,
    begin: int,
    stop: int,
    head: re.Match[str],
    source: str,
    prefix: str,
    path: Path,
    common: tuple[Holding, ...],
    translators: tuple[Party, ...],
    finder: MentionFinder,
) -> Iterator[Record]:
    part = text[begin:stop]
    title_start, title_end = head.start("title") - begin, head.end("title") - begin
    title_start += len(part[title_start:]) - len(part[title_start:].lstrip())
    label = "N" + head["number"]
    draft = assembly.Draft(
        id=f"{prefix}/{label}",
        source=source,
        text=part,
        number=label,
        part_of=f"{prefix}/collection",
        finder=finder,
        locator=f"characters {begin}-{stop}, line {_line(text, begin)}",
        title=titles.read(part[title_start:title_end].rstrip(" *"), title_start),
        title_span=(title_start, title_end),
    )
    body_end, reference = _own_reference(part, title_end)
    noted, note_span, note_translators = _source_note(part, title_end)
    if note_span is not None and not part[note_span[1] :].strip():
        body_end = min(body_end, note_span[0])
    body_end, enclosed = quoted.enclosures(part, title_end, body_end)
    letters = quoted.letters(part, title_end, body_end)
    draft.cover = cover.read(assembly.masked(part, letters), title_end, body_end)
    draft.holdings = reference or noted or common
    if note_span is not None:
        draft.cover.unknown = [
            one for one in draft.cover.unknown if not (note_span[0] <= one[0] < note_span[1])
        ]
    for dated in cover.dates_in(part, title_start, title_end):
        rest = re.sub(r"[\[(][A-Za-z ]+[\])]", "", part[dated.end : title_end])
        ends = rest.strip(" .,]*") == "" if dated.end is not None else False
        if ends:  # a heading that ends in a date is dated by it
            draft.cover.dates = [d for d in draft.cover.dates if d.edtf != dated.edtf]
            draft.extra["date"] = msgspec.structs.replace(dated, rule="heading-date")
    inner = (*letters, *enclosed)
    draft.extra["translators"] = (
        *draft.cover.translators,
        *note_translators,
        *(msgspec.structs.replace(p, start=None, end=None) for p in translators),
    )
    draft.extra["language"] = "English" if translators else None
    draft.remarks.extend(glosses(part))
    called = quoted.form_of(part, inner[0]) if len(inner) == 1 else None
    records = inside.records(draft, inner, name=(lambda _, __: called) if called else None)
    yield assembly.finish(draft)
    yield from _note_records(part, draft)
    for record in records:
        yield msgspec.structs.replace(
            record,
            translators=(*record.translators, *(_spanless(p) for p in translators)),
            language="English" if translators else record.language,
            remarks=(*record.remarks, *glosses(record.text)),
        )


def _note_records(part: str, draft: assembly.Draft) -> Iterator[Record]:
    """A bracketed note of the translator or editor is a text of its own."""
    for count, found in enumerate(_BRACKET.finditer(part)):
        who = "translator" if found["label"].startswith("Trans") else "editor"
        yield Record(
            id=f"{draft.id}/{who}-note" + (f"-{count + 1}" if count else ""),
            source=draft.source,
            form="editorial-note",
            kind=f"{who}'s note",
            part_of=draft.id,
            locator=draft.locator,
            relations=(Relation(type="attached-to", target=draft.id, rule="bracketed-note"),),
            text=found[0],
            text_length=len(found[0]),
            mentions=tuple(draft.finder.find(found[0])) if draft.finder else (),
        )


def _spanless(one: Party) -> Party:
    return msgspec.structs.replace(one, start=None, end=None)


def glosses(text: str) -> tuple[Remark, ...]:
    """Translator's and editor's notes in brackets, and words supplied in brackets."""
    out: list[Remark] = []
    notes: list[tuple[int, int]] = []
    for found in _BRACKET.finditer(text):
        translator = found["label"].startswith("Trans")
        notes.append(found.span())
        out.append(
            Remark(
                property="text", value=" ".join(found["note"].split()),
                kind="translators-note" if translator else "editors-note",
                start=found.start(), end=found.end(), rule="bracketed-note",
            )
        )  # fmt: skip
    for found in _GLOSS.finditer(text):
        if any(a <= found.start() < b for a, b in notes):
            continue
        if re.match(r"\s*(?:Sources?|Archives?)\s*:", found["words"]):
            continue
        if re.match(r"\s*(?:handwritten|stamped?|marginal)\b", found["words"], re.IGNORECASE):
            out.append(
                Remark(
                    property="handwritten",
                    value=re.sub(r"^\s*\w+\s*:?\s*", "", found["words"]),
                    kind="annotation",
                    start=found.start(),
                    end=found.end(),
                    rule="handwritten-mark",
                )
            )
            continue
        out.append(
            Remark(
                property="text", value=found["words"], kind="editorial-gloss", start=found.start(),
                end=found.end(), rule="bracketed-words",
                note="supplied in brackets by the editor or translator",
            )
        )  # fmt: skip
    return tuple(out)


def _own_reference(part: str, at: int) -> tuple[int, tuple[Holding, ...]]:
    """An archival reference of its own at a document's foot: where the text ends, and it."""
    spans = cover.lines(part, at, len(part))
    for a, b in reversed(spans[-4:]):
        line = part[a:b]
        source = _SOURCE_LINE.match(line)
        begin = a + (source.start("ref") if source else 0)
        if fonds.is_reference(part[begin:b]):
            return a, fonds.holdings(part[begin:b], begin)
    return len(part), ()


_NOTED = re.compile(r"\[\s*(?:Sources?|Archives?)\s*:\s*(?P<ref>[^\]]+)\]")


def _source_note(
    part: str, at: int
) -> tuple[tuple[Holding, ...], tuple[int, int] | None, list[Party]]:
    """A bracketed source note of a document's own ("[Source: AVP RF, copy courtesy of ...]"):
    holdings, its span, translators."""
    found = _NOTED.search(part, at)
    if found is None:
        return (), None, []
    held = fonds.holdings(found["ref"], found.start("ref"))
    if not held:
        one = fonds.named_holder(found["ref"], found.start("ref"))
        held = (one,) if one is not None else ()
    return held, found.span(), translators_named(found["ref"], found.start("ref"))


def _common_holding(
    text: str, first: int, end: int, found: list[re.Match[str]]
) -> tuple[tuple[Holding, ...], tuple[int, int] | None]:
    for area in ((0, first), (end, len(text))):
        for line in _SOURCE_LINE.finditer(text, *area):
            held = fonds.holdings(line["ref"])
            if held:
                span = (line.start("ref"), line.end("ref"))
                return tuple(
                    msgspec.structs.replace(
                        one, start=None, end=None, words=line["ref"],
                        rule="source-line-of-the-collection",
                        locator=f"characters {span[0]}-{span[1]}",
                        note="stated for the collection as a whole",
                    )
                    for one in held
                ), span  # fmt: skip
    return (), None


def _colophon_parties(found: re.Match[str]) -> tuple[Party, ...]:
    who = re.sub(r"\s+(?:for|at)\s+.*$", "", found["who"])
    out = []
    for one in naming.distribution(who, found.start("who"), "colophon"):
        if re.search(r"\.(?:org|com|net|edu)\b", one.name):
            one = msgspec.structs.replace(one, kind="body", role="publisher of the translation")
        out.append(
            msgspec.structs.replace(
                one, words=found["words"], locator=f"characters {found.start()}-{found.end()}"
            )
        )
    return tuple(out)


def _collection(
    text: str,
    source: str,
    prefix: str,
    colophon: re.Match[str] | None,
    common: tuple[Holding, ...],
    common_span: tuple[int, int] | None,
    translators: tuple[Party, ...],
    ids: list[str],
) -> Record:
    date = None
    if colophon is not None and colophon["year"]:
        from kgraph import dating

        date = msgspec.structs.replace(
            dating.from_edtf(colophon["year"], colophon["year"]), start=colophon.start("year"),
            end=colophon.end("year"), rule="colophon", note="year of the translation",
        )  # fmt: skip
    if common_span is not None:
        common = tuple(
            msgspec.structs.replace(one, start=common_span[0], end=common_span[1]) for one in common
        )
    evidence = (
        (
            Evidence(
                field="translators", start=colophon.start(), end=colophon.end(), rule="colophon"
            ),
        )
        if colophon is not None
        else ()
    )
    return Record(
        id=f"{prefix}/collection", source=source, form="other", kind="compendium of translated documents",
        date=date, language="English" if translators else None, translators=translators, holdings=common,
        contains=tuple(ids), evidence=evidence, text=text, text_length=len(text),
        relations=tuple(Relation(type="encloses", target=one) for one in ids),
    )  # fmt: skip


def _line_start(text: str, found: re.Match[str]) -> int:
    begin = found.start()
    return begin + len(text[begin:]) - len(text[begin:].lstrip("\n"))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
