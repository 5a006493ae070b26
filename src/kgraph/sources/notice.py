"""Notices: a short article that describes a set of records and makes claims about it.

Nothing in a notice is taken as the documents' own word. The notice is one record
(kind "news notice"); the set that it describes is another, of status "cited", with
every claim as a remark that carries its words, and the dates that are claimed kept
side by side. Ids: `<prefix>` and `<prefix>/described`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kgraph import dating
from kgraph.extract import covers as cover
from kgraph.extract import naming
from kgraph.extract.mentions import MentionFinder
from kgraph.model import Date, Evidence, Item, Mention, Party, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources.known import source_key

NAME = "notice"
LIMIT = 4 << 20

_SET = r"(?:dossier|collection|compilation|files?|documents?|records?|archive|papers|materials|release|trove|volume|cache)"
_RELATIVE = re.compile(
    r"^[-•*\s]*(?P<when>(?:\d+|an?|one|a few) (?:second|minute|hour|day|week|month|year)s? ago|yesterday|today)\s*$",
    re.IGNORECASE,
)
_READ_TIME = re.compile(r"^[-•*\s]*\d+ min(?:ute)?s? read\s*$", re.IGNORECASE)
_BYLINE = re.compile(
    r"^[-•*]\s*(?P<who>[A-Z][\w .'-]{1,50})$|^(?:By|Posted by|Author:|Written by)\s+(?P<by>[A-Z][\w .'-]{1,60})$"
)
_TITLED = re.compile(
    rf"(?:\b(?:titled|entitled|called|known as|named)\s+|\b{_SET},?\s+)[\"“](?P<title>[^\"”]{{3,140}}?),?[\"”]",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    rf"\b(?:[Aa]ccording to (?:the|a|this) {_SET}|(?:[Tt]he|[Tt]his)(?:\s+[\w-]+){{0,4}}\s+{_SET}(?:[’']s [\w-]+)?\b[^.]{{0,60}}?"
    r"\b(?:includes?|contains?|compiles?|comprises?|details?|evidences?|highlights?|suggests?|confirms?|shows?|reveals?|conforms?|consists?"
    r"|describes?|covers?|features?|references?|documents?|indicates?)"
    r"|(?:[Pp]rimary materials|[Cc]aptions?|[Ss]ections?|[Mm]aterials)\b[^.]{0,80}?\b(?:includes?|references?|confirms?|suggests?|highlights?|titled))",
)
_SECTIONS = re.compile(
    r"\b[Ss]ections?\s+(?:titled|called|named)\s+(?P<names>[^.]+?)(?=\s+(?:confirm|show|suggest|indicate|are|is)\b|\.)"
)
_ROLE_LIST = re.compile(
    r"\b(?P<role>photographers?|authors?|editors?|compilers?|translators?|signatories|correspondents?|journalists?)\s+"
    r"(?P<names>[A-Z]\.[^.;:]*?(?:[A-Z]\.\s?[A-Z][\w’'-]+)(?:(?:,\s*(?:and\s+)?|\s+and\s+)[A-Z]\.\s?[A-Z][\w’'-]+)*)"
)
_SENTENCE = re.compile(
    r"[^\s](?:[^.!?\n]|(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bDr)\.|\.(?=\w)|(?<![.!?”\"])\n(?=[^\n]))*[.!?]?[”\"]?"
)
_PUBLISHED = re.compile(
    rf"\b(?:published|released|declassified|opened|posted|made public|presents|sheds light)\b[^.\n]{{0,60}}\b{_SET}\b"
    rf"|\b(?:newly|recently) \w+ {_SET}\b|\b{_SET}\b[^.\n]{{0,80}}\b(?:sheds? light|(?:was|were|has been|have been) (?:published|released|declassified))",
    re.IGNORECASE,
)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_RANGES = (
    (re.compile(rf"(?P<m>{_MONTHS})\s+(?P<a>\d{{1,2}})\s?[–—-]\s?(?P<b>\d{{1,2}}),?\s+(?P<y>\d{{4}})"), "day-range"),
    (re.compile(rf"from\s+(?P<a>\d{{1,2}})\s+to\s+(?P<b>\d{{1,2}})\s+(?P<m>{_MONTHS})\s+(?P<y>\d{{4}})"), "day-range"),
    (re.compile(rf"(?P<a>\d{{1,2}})\s?[–—-]\s?(?P<b>\d{{1,2}})\s+(?P<m>{_MONTHS})\s+(?P<y>\d{{4}})"), "day-range"),
)  # fmt: skip
_DATELINE = re.compile(
    rf"[A-Z][\w .'-]{{1,30}},\s+(?P<date>\d{{1,2}} {_MONTHS} \d{{4}}|{_MONTHS} \d{{1,2}}, \d{{4}})\s*[-–—.:(]"
)
_MONTHS_SPAN = re.compile(
    rf"(?:between|from)\s+(?P<a>(?:\d{{1,2}} )?{_MONTHS}(?: \d{{1,2}},)? \d{{4}})\s+(?:and|to)\s+(?P<b>(?:\d{{1,2}} )?{_MONTHS}(?: \d{{1,2}},)? \d{{4}})"
)
_YEARS = re.compile(r"\(?(?P<a>1[5-9]\d\d|20\d\d)\s?[–—-]\s?(?P<b>1[5-9]\d\d|20\d\d)\)?")
_SINCE = re.compile(r"\b(?:dating|date|going|dates) back to (?:the )?(?P<y>1[5-9]\d\d|20\d\d)\b")


def sniff(head: bytes, name: str) -> bool:
    """A short article that reports on a set of records: a headline, and at least three
    of: signs of a web article, "according to the file", what the set includes, its title."""
    if name.lower().endswith((".xml", ".html", ".htm", ".json", ".csv", ".tsv")):
        return False
    text = head.decode("utf-8", "replace")
    if text.lstrip().startswith(("<", "{", "[")) or len(text) > 40_000:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 3 or len(lines[0]) > 160 or lines[0].rstrip().endswith((".", ";", ":")):
        return False
    marks = [
        any(_RELATIVE.match(line) or _READ_TIME.match(line) for line in lines[:12]),
        re.search(rf"[Aa]ccording to (?:the|a|this) {_SET}\b", text) is not None,
        len(_CLAIM.findall(text)) >= 2,
        _TITLED.search(text) is not None,
        _PUBLISHED.search(text) is not None,
        re.search(
            r"\b(?:[Aa]rchiv(?:es|al)|declassified|(?:newly|recently) (?:released|reviewed|published|declassified|translated|opened))\b",
            text,
        )
        is not None,
    ]
    return sum(marks) >= 3


def read(path: Path, report: Report) -> Iterator[Item]:
    """The notice and the set of records that it describes."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    source, prefix = source_key(path)
    spans = cover.lines(text, 0, len(text))
    if not spans:
        report.error("notice-empty", str(path), "the notice has no text", "fetch it again")
        return
    title = spans[0]
    author: tuple[Party, ...] = ()
    posted: Date | None = None
    dated: Date | None = None
    body = title[1]
    for a, b in spans[1:8]:
        line = text[a:b]
        relative = _RELATIVE.match(line)
        byline = _BYLINE.match(line)
        if relative is not None:
            posted = Date(
                text=relative["when"], start=a + relative.start("when"), end=a + relative.end("when"),
                rule="relative-date", note="counted from a day that the copy does not give",
            )  # fmt: skip
        elif dated is None and (day := cover.DATE.fullmatch(line.strip())) is not None:
            dated = cover.date_from(cover.DATE.search(text, a, b) or day, "date-line")
        elif byline is not None and not author:
            group = "who" if byline["who"] else "by"
            author = (
                Party(name=byline[group], kind="person", start=a + byline.start(group),
                      end=a + byline.end(group), rule="byline", role="author of the notice"),
            )  # fmt: skip
        elif not _READ_TIME.match(line):
            break
        body = b
    dateline = _DATELINE.match(text, next((a for a, b in spans if a >= body), body))
    if dated is None and dateline is not None:
        dated = next(cover.dates_in(text, *dateline.span("date")), None)
    titled = _TITLED.search(text, body)
    claims = tuple(_claims(text, body))
    dates = tuple(_dates(text, body))
    described = f"{prefix}/described"
    named = tuple(_named(text, body))
    mentions = (
        *named,
        *(one for one in MentionFinder().find(text) if not any(_overlap(one, n) for n in named)),
    )
    yield Record(
        id=prefix, source=source, form="other", kind="news notice", title=text[slice(*title)],
        senders=author, date=dated, other_dates=(posted,) if posted is not None else (),
        relations=(Relation(type="reports", target=described, rule="notice"),),
        remarks=claims, mentions=mentions, language="English" if _english(text) else None,
        evidence=(Evidence(field="title", start=title[0], end=title[1], rule="headline"),),
        text=text, text_length=len(text),
    )  # fmt: skip
    sections = tuple(_sections(text, body))
    name = titled["title"] if titled is not None else None
    yield Record(
        id=described, source=source, form="other", kind="record set", status="cited", title=name,
        date=dates[0] if dates else None, other_dates=dates[1:],
        remarks=(*claims, *sections),
        relations=(Relation(type="cited-in", target=prefix, rule="notice"),),
        mentions=mentions,
        evidence=(
            (Evidence(field="title", start=titled.start("title"), end=titled.end("title"), rule="quoted-title"),)
            if titled is not None
            else ()
        ),
        text=text, text_length=len(text),
    )  # fmt: skip


def _overlap(one: Mention, other: Mention) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _english(text: str) -> bool:
    return len(re.findall(r"\b(?:the|and|of)\b", text)) > len(text) / 200


def _sentences(text: str, at: int) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text, at):
        if found.end() - found.start() > 25:
            yield found.start(), found.end()


def _claims(text: str, at: int) -> Iterator[Remark]:
    for start, end in _sentences(text, at):
        if _CLAIM.search(text, start, end) or re.search(
            r"\b(?:personally|formally) \w+", text[start:end]
        ):
            yield Remark(
                property="claim", value=" ".join(text[start:end].split()), kind="claim", start=start, end=end,
                rule="notice-claim", note="claimed by the notice, not by the documents",
            )  # fmt: skip


def _sections(text: str, at: int) -> Iterator[Remark]:
    for found in _SECTIONS.finditer(text, at):
        for one in re.finditer(r"[\"“](?P<name>[^\"”]+?),?[\"”]", found["names"]):
            begin = found.start("names") + one.start("name")
            yield Remark(
                property="section", value=one["name"].rstrip(","), kind="part-of-the-set", start=begin,
                end=begin + len(one["name"].rstrip(",")), rule="sections-named",
            )  # fmt: skip


def _dates(text: str, at: int) -> Iterator[Date]:
    """Dates that the notice gives to the set, the claimed date of the whole first."""
    found: list[tuple[int, Date]] = []
    taken: list[tuple[int, int]] = []
    for pattern, rule in _RANGES:
        for m in pattern.finditer(text, at):
            if any(a < m.end() and m.start() < b for a, b in taken):
                continue
            one, other = (dating.parse(f"{m['m']} {m[k]}, {m['y']}") for k in "ab")
            if one is None or other is None or one.edtf is None or other.edtf is None:
                continue
            taken.append(m.span())
            dated = re.search(r"\bdated\s+$", text[max(0, m.start() - 12) : m.start()]) is not None
            found.append(
                (0 if dated else 1, Date(
                    text=m[0], edtf=f"{one.edtf}/{other.edtf}", earliest=one.earliest, latest=other.latest,
                    start=m.start(), end=m.end(), rule=rule,
                    note="claimed for the set as a whole" if dated else "claimed by the notice"))
            )  # fmt: skip
    for m in _MONTHS_SPAN.finditer(text, at):
        one, other = dating.parse(m["a"]), dating.parse(m["b"])
        if one is None or other is None or not one.edtf or not other.edtf:
            continue
        taken.append(m.span())
        found.append(
            (1, Date(text=m[0], edtf=f"{one.edtf}/{other.edtf}", earliest=one.earliest, latest=other.latest,
                     start=m.start(), end=m.end(), rule="month-range", note="claimed by the notice"))
        )  # fmt: skip
    for m in _YEARS.finditer(text, at):
        if not any(a < m.end() and m.start() < b for a, b in taken):
            read = dating.from_edtf(f"{m['a']}/{m['b']}", m[0])
            found.append((2, msgspec.structs.replace(read, start=m.start(), end=m.end(), rule="year-range",
                                                     note="claimed for a part of the set")))  # fmt: skip
    for m in _SINCE.finditer(text, at):
        read = dating.from_edtf(m["y"], m["y"])
        found.append((2, msgspec.structs.replace(read, start=m.start("y"), end=m.end("y"), rule="dating-back-to",
                                                 note="the earliest year, by the notice")))  # fmt: skip
    for _, date in sorted(found, key=lambda pair: pair[0]):
        yield date


def _named(text: str, at: int) -> Iterator[Mention]:
    """Persons that the notice lists by role ("photographers A. Alpha and B. Beta")."""
    for found in _ROLE_LIST.finditer(text, at):
        role = re.sub(r"s$", "", found["role"])
        for one in naming.distribution(found["names"], found.start("names"), "named-by-role"):
            yield Mention(
                start=one.start,
                end=one.end,
                text=one.name,
                type="person",
                role=role,
                rule="named-by-role",
            )
