"""Pages of a digital archive of translated documents (Wilson Center), as text or HTML.

Two layouts are met: the older with "Citation", "Summary", "Contents" or a bulleted
citation above the text, the newer with date and title above and "Document Information"
below. Labels may be missing or stand without a value: then the field stays empty. The
record's text is the whole page, so that every fact can point into it; ids are
`wc/<number>`, after the file's name, the record number or the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import msgspec

from kgraph import dating
from kgraph.extract import assembly, cover, fonds, inside, naming, quoted, titles
from kgraph.extract.mentions import MentionFinder
from kgraph.model import Date, Evidence, Holding, Item, Leg, Number, Party, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources.compendium import glosses
from kgraph.sources.known import source_key

NAME = "archive-page"

_LABELS = (
    "Citation", "Summary", "Abstract", "Original Language", "Languages?", "Contents", "Source", "Sources", "Rights",
    "Original Uploaded Date", "Record ID", "Donors?", "Document Information", "Type", "Subjects Discussed", "Subjects?",
    "Creators?", "Related Documents", "Keywords", "Geographic Subjects?", "People", "Associated People & Organizations",
    "Associated Places", "Associated Topics", "Provenance", "Description", "Original Archive", "Translators?", "Date",
    "Repository", "Collection", "Original Classification", "Original URL", "Permalink",
)  # fmt: skip
_LABEL = re.compile(
    rf"^[•*#\s]*(?P<label>{'|'.join(_LABELS)})\s*(?P<colon>:?)\s*\**\s*(?P<value>(?<=[:*])\s*\S.*)?\**$"
)
_CHROME = re.compile(
    r"^[•*\s]*(?:Skip to (?:main )?content|Search in|ADD SEARCH FILTER.*|CANCEL SEARCH FILTER|Digital Archive International History.*"
    r"|International History Declassified|CITATION( SHARE)?( DOWNLOAD)?|get citation|share document|SHARE|DOWNLOAD|Share|Download|Print"
    r"|VIEW DOCUMENT IN|View Document In|English (?:HTML|Translation|PDF)(?: .*)?|HTML|PDF|Original Scan|Translation - \w+|Back to .*|Menu|Home"
    r"|Cite this document|Search|Toggle .*)$",
    re.IGNORECASE,
)
_TEXT_BEGINS = re.compile(
    r"^[•*\s]*(?:English (?:HTML|Translation|Transcription)|Translation(?: - | in )\w+|HTML|Transcript(?:ion)?|Document Text)\**:?$",
    re.IGNORECASE,
)
_SUPPORT = re.compile(r"^This document was made possible with (?:the )?support", re.IGNORECASE)
_CITATION = re.compile(
    r"[\"“](?P<title>[^\n]{8,300}?),?[\"”],?\s+(?P<date>[A-Z][a-z]+ \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+,? \d{4}|\d{4})?,?\s*"
    r"(?:(?:History and Public Policy Program|Wilson Center|Woodrow Wilson Center)[^,\n]*Digital Archive|Wilson Center Digital Archive)"
    r",?\s*(?P<rest>[^\n]*)"
)
_URL = re.compile(r"https?://[^\s<>\"')]+")
_NUMBERED = re.compile(r"/document/(?P<number>\d{4,7})\b")
_NODE = re.compile(r"/node/(?P<number>\d{3,8})\b")
_HANDWRITTEN = re.compile(
    r"\[\s*(?P<what>handwritten|stamp(?:ed)?|stamp|signature|illegible|margin(?:al note)?)\b[:\s]*(?P<words>[^\n]*)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:copy|copies|document|obtained|provided)\s+(?:courtesy of|obtained by|provided by|on file (?:at|with)|from|to)\s+(?:the\s+)?(?P<who>[A-Z][^,;.\n()]{1,90})",
    re.IGNORECASE,
)
_OBTAINED = re.compile(
    r"\b(?P<how>copy courtesy of|courtesy of|obtained by|provided to|provided by|copy on file at|on file at|copy at|contributed by)\s+(?:the\s+)?(?P<who>[A-Z][^,;.\n()]{1,90})"
)
_TRANSLATION = re.compile(
    r"\b(?:[Tt]ranslat(?:ion|ed)(?:\s+\w+)?\s+(?:for\s+\w+\s+)?by|[Tt]ranslator:?)\s+(?P<who>[A-Z][^;\n\]<>]{2,120}?)(?=\s*(?:[;\]<\n]|https?:|(?<![A-Z])\.\s|\.\]|\.$|$))"
)
_GIVEN = re.compile(
    r"(?P<who>[A-Z][\w’'-]+)\s+(?P<what>documents|papers|files)\s+(?:given|presented|handed)\s+(?:over\s+)?to\s+(?P<to>[A-Z][\w. ’'-]+?)\s+on\s+(?P<date>[^,\n]+\d{4})"
)
_ARCHIVE_NAME = re.compile(
    r"(?:Wilson Center|History and Public Policy Program)(?: \w+)? Digital Archive|Wilson Center"
)
_WRITTEN_NUMBER = re.compile(r"(?<![0-9/])[0-9]{2,}/[0-9]{3,}(?![/0-9])(?: \[\?\])?")
_SOURCE_NOTE = re.compile(r"\[\s*Source\s*:\s*(?P<source>[^\]]+)\]?")


def sniff(head: bytes, name: str) -> bool:
    """A digital archive's page: its labels, its citation form, or its address."""
    text = head.decode("utf-8", "replace")
    if name.lower().endswith((".xml", ".json", ".csv", ".tsv")) or text.lstrip().startswith(
        "<?xml"
    ):
        return False
    marks = [
        re.search(r"Digital Archive", text) is not None,
        re.search(r"(?:digitalarchive|digital-archive)\.[\w.-]+/|wilson-center", text) is not None,
        _CITATION.search(text) is not None,
        re.search(r"(?m)^\W*Document Information\W*$|>\s*Document Information\s*<", text)
        is not None,
        re.search(r"(?m)^\W*(?:Original Uploaded Date|Record ID)\W*$|>\s*Record ID\s*<", text)
        is not None,
        re.search(r"made possible with (?:the )?support", text) is not None,
    ]
    return sum(marks) >= 2


def read(path: Path, report: Report) -> Iterator[Item]:
    """The document on a page, what it quotes, and the page as a record of its own."""
    raw = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    url = None
    if re.match(r"\s*(?:<!doctype html|<html|<head|<body|<div|<article)", raw[:400], re.IGNORECASE):
        got = from_html(raw, path, report)
        if got is None:
            return
        raw, url = got
    yield from from_text(raw, path, report, url=url)


def from_html(raw: str, path: Path, report: Report) -> tuple[str, str | None] | None:
    """The text of an HTML page, a line per block, and its canonical address."""
    try:
        tree: Any = lxml.html.fromstring(raw)
    except (lxml.etree.ParserError, ValueError) as error:
        report.error(
            "html-broken", str(path), f"the HTML cannot be read: {error}", "save the page again"
        )
        return None
    url = None
    for xpath in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        found: Any = tree.xpath(xpath)
        if found:
            url = str(found[0])
            break
    for gone in list(tree.iter("script", "style", "nav", "noscript", "svg", "form", "head")):
        if gone.getparent() is not None:
            gone.drop_tree()
    words: list[str] = []
    blocks = {"p", "div", "section", "article", "header", "footer", "main", "ul", "ol", "table", "tr", "blockquote", "dl", "aside",
              "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "li", "figure", "body"}  # fmt: skip

    def walk(node: Any, depth: int) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or depth > 200:
            if node.tail:
                words.append(re.sub(r"\s+", " ", node.tail))
            return
        if tag == "br":
            words.append("\n")
        elif tag in blocks:
            words.append(
                "\n\n" if tag in ("p", "h1", "h2", "h3", "blockquote", "div", "dt") else "\n"
            )
        if node.text:
            words.append(re.sub(r"\s+", " ", node.text))
        for child in node:
            walk(child, depth + 1)
        if tag in blocks:
            words.append("\n")
        if node.tail:
            words.append(re.sub(r"\s+", " ", node.tail))

    walk(tree, 0)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(words))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", url


@dataclass
class _Page:
    text: str
    lines: list[tuple[int, int]]
    fields: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    date: Date | None = None
    title: tuple[int, int] | None = None
    citation: re.Match[str] | None = None
    summary: tuple[int, int] | None = None
    body: tuple[int, int] = (0, 0)


def from_text(text: str, path: Path, report: Report, *, url: str | None = None) -> Iterator[Item]:
    """As `read`, from a page's text in hand."""
    page = _Page(text, cover.lines(text, 0, len(text)))
    _fields(page)
    page.citation = _CITATION.search(text)
    _heading(page)
    _body(page)
    if page.body[1] - page.body[0] < 20 and page.title is None:
        report.error("page-without-document", str(path), "neither a title nor a document's text was found",
                     "check that the page was saved whole")  # fmt: skip
        return
    url, ident, number = _identity(page, path, url)
    source, _ = source_key(path)
    draft = _draft(page, ident, source, url, number)
    inner = quoted.letters(text, draft.cover.body_start, page.body[1])
    records = inside.records(draft, inner)
    yield assembly.finish(draft)
    yield from records
    yield from fonds.units(draft.holdings, source)
    yield _about_page(page, ident, source, url, number)


def _plain(words: str) -> str:
    return words.strip(" *#•\t")


def _fields(page: _Page) -> None:
    """Labels and their values: on the same line, or on the lines up to the next label."""
    found: list[tuple[int, str, re.Match[str]]] = []
    for index, (a, b) in enumerate(page.lines):
        label = _LABEL.match(page.text[a:b])
        if label is not None and b - a < 400:
            found.append((index, label["label"], label))
    for at, (index, name, label) in enumerate(found):
        a, b = page.lines[index]
        if label["value"] and _plain(label["value"]):
            value = _plain(label["value"])
            begin = page.text.index(value, a + label.start("value"))
            page.fields.setdefault(name, (value, begin, begin + len(value)))
            continue
        stop = found[at + 1][0] if at + 1 < len(found) else len(page.lines)
        limit = {"Rights": 6, "Contents": 1, "Document Information": 0}.get(name, 3)
        rows = [
            span for span in page.lines[index + 1 : min(stop, index + 1 + limit)]
            if not _CHROME.match(page.text[slice(*span)])
        ]  # fmt: skip
        if not rows:
            if name not in ("Document Information", "Contents", "Citation"):
                page.empty.append(name)
            continue
        begin, end = rows[0][0], rows[-1][1]
        page.fields.setdefault(name, (_plain(page.text[begin:end]), begin, end))


def _value(page: _Page, *names: str) -> tuple[str, int, int] | None:
    return next((page.fields[name] for name in names if name in page.fields), None)


def _heading(page: _Page) -> None:
    """The date line of the page's head and the title under (or above) it."""
    text = page.text
    for index, (a, b) in enumerate(page.lines[:60]):
        line = _plain(text[a:b])
        found = cover.DATE.fullmatch(line)
        if found is None:
            continue
        here = cover.DATE.search(text, a, b)
        if here is None:
            continue
        page.date = cover.date_from(here, "page-heading")
        begin = end = None
        for x, y in page.lines[index + 1 : index + 6]:
            words = _plain(text[x:y])
            if (
                _CHROME.match(text[x:y]) or _LABEL.match(text[x:y]) or _SUPPORT.match(words)
                or (end is not None and text[end:x].count("\n") > 1) or len(words) > 260
                or words.startswith(("•", "["))
            ):  # fmt: skip
                break
            if begin is None and text[b:x].count("\n") > 3:
                break
            begin = begin if begin is not None else x
            end = y
        if begin is not None and end is not None:
            lead = len(text[begin:end]) - len(text[begin:end].lstrip(" *#"))
            page.title = (begin + lead, begin + len(text[begin:end].rstrip(" *#")))
        break
    if page.citation is not None and page.title is None:
        page.title = page.citation.span("title")
    if page.date is None and page.citation is not None and page.citation["date"]:
        here = cover.DATE.search(text, *page.citation.span("date"))
        if here is not None:
            page.date = cover.date_from(here, "citation")


def _body(page: _Page) -> None:
    """Where the document's own text stands, and the summary."""
    text = page.text
    start = None
    for a, b in page.lines:
        if _TEXT_BEGINS.match(text[a:b]):
            start = b
    info = next(
        (a for a, b in page.lines if _plain(text[a:b]) == "Document Information"), len(text)
    )
    if start is None or start > info:
        start = page.title[1] if page.title is not None and not _in_citation(page) else 0
        for a, b in page.lines:
            if (
                a >= start
                and a < info
                and (
                    _SUPPORT.match(_plain(text[a:b]))
                    or (_CHROME.match(text[a:b]) and a - start < 200)
                )
            ):
                start = b
        last = max((page.fields[n][2] for n in ("Citation", "Summary", "Original Language", "Abstract") if n in page.fields and
                    page.fields[n][2] < info), default=0)  # fmt: skip
        start = max(start, last)
    end = info
    source_note = _SOURCE_NOTE.search(text, start, end)
    if source_note is not None and source_note.start() > start + 0.5 * (end - start):
        end = source_note.start()
    labelled = _value(page, "Summary", "Abstract")
    if labelled is not None:
        page.summary = (labelled[1], labelled[2])
    elif page.citation is not None and page.citation.start() < start:
        above = text.rfind("\n", 0, page.citation.start())
        lines = [s for s in page.lines if s[1] <= above + 1]
        if (
            lines
            and lines[-1][1] - lines[-1][0] > 60
            and not _CHROME.match(text[slice(*lines[-1])])
        ):
            page.summary = lines[-1]
    else:
        summary = _trailing_summary(page, start, end)
        if summary is not None:
            page.summary = summary
            end = summary[0]
        else:
            page.summary = _leading_summary(page)
    start = _past_repeated_title(page, start, end)
    stripped = text[start:end].rstrip()
    page.body = (start, start + len(stripped))


def _in_citation(page: _Page) -> bool:
    return (
        page.citation is not None and page.title is not None
        and page.citation.start() <= page.title[0] < page.citation.end()
    )  # fmt: skip


def _trailing_summary(page: _Page, start: int, end: int) -> tuple[int, int] | None:
    """In the newer layout the summary is the last paragraph above "Document Information",
    behind the signature."""
    spans = [s for s in page.lines if start <= s[0] and s[1] <= end]
    if len(spans) < 4 or end == len(page.text):
        return None
    a, b = spans[-1]
    if b - a < 60 or not page.text[a:b].rstrip().endswith((".", "!", "?")):
        return None
    before = [page.text[slice(*s)] for s in spans[-4:-1]]
    signed = any(
        cover.DATE.fullmatch(_plain(w))
        or cover.only_name(w)
        or re.match(r"\[Source|/s/|\(signed\)", w)
        for w in before[-2:]
    )
    wide = page.text[spans[-2][1] : a].count("\n") >= 3
    return (a, b) if signed or wide else None


def _leading_summary(page: _Page) -> tuple[int, int] | None:
    """Some pages give the summary above the date and the title."""
    if page.date is None or page.date.start is None or page.date.rule != "page-heading":
        return None
    above = [s for s in page.lines if s[1] <= page.date.start]
    for a, b in reversed(above):
        line = page.text[a:b]
        if b - a > 60 and line.rstrip().endswith(".") and not _CHROME.match(line):
            return (a, b)
    return None


def _past_repeated_title(page: _Page, start: int, end: int) -> int:
    """Behind a repetition of title (and date) at the head of the text."""
    if page.title is None:
        return start
    words = set(re.findall(r"\w+", page.text[slice(*page.title)].lower()))
    for a, b in [s for s in page.lines if start <= s[0] < end][:3]:
        line = page.text[a:b]
        own = set(re.findall(r"\w+", line.lower()))
        if b - a < 400 and words and len(words & own) / len(words) > 0.8:
            return b
        if not cover.DATE.fullmatch(_plain(line)):
            break
    return start


def _identity(page: _Page, path: Path, url: str | None) -> tuple[str | None, str, str | None]:
    """(address, record id, record number): the file's name where it is a number of the
    archive, else the record number, the number in the address, the node, the name."""
    addresses = [m[0].rstrip(".,;") for m in _URL.finditer(page.text)]
    if url is None:
        url = next(
            (one for one in addresses if "digitalarchive" in one or "digital-archive" in one), None
        )
    stem = path.stem
    number = None
    record = _value(page, "Record ID")
    if record is not None and re.fullmatch(r"\d{3,8}", record[0].split()[0]):
        number = record[0].split()[0]
    numbered = _NUMBERED.search(url or "") or _NUMBERED.search(" ".join(addresses))
    node = _NODE.search(url or "") or _NODE.search(" ".join(addresses))
    if re.fullmatch(r"\d{4,7}|node-\d+", stem):
        ident = stem
    elif number is not None:
        ident = number
    elif numbered is not None:
        ident = numbered["number"]
    elif node is not None:
        ident = f"node-{node['number']}"
    else:
        ident = source_key(path)[1]
    return url, f"wc/{ident}", number or (numbered["number"] if numbered is not None else None)


def _draft(
    page: _Page, ident: str, source: str, url: str | None, number: str | None
) -> assembly.Draft:
    text = page.text
    title = (
        titles.read(re.sub(r"\*", " ", text[slice(*page.title)]), page.title[0])
        if page.title
        else titles.Title()
    )
    handwritten = list(_HANDWRITTEN.finditer(text, *page.body))
    shown = text
    for m in handwritten:
        shown = shown[: m.start()] + " " * (m.end() - m.start()) + shown[m.end() :]
    found = cover.read(shown, *page.body)
    form = title.form
    ciphered = re.compile(
        r"(?:CIPHER(?:ED)?|CODED|ENCRYPTED|Cipher(?:ed)?|Coded|Encrypted)\s+(?:TELEGRAM|CABLE|[Tt]elegram|[Cc]able)"
    ).search(text, page.body[0], min(page.body[1], page.body[0] + 900))
    if ciphered is not None and form in ("telegram", "other"):
        title = msgspec.structs.replace(
            title, form="cipher-telegram", kind="cipher telegram", form_span=ciphered.span()
        )
    draft = assembly.Draft(
        id=ident, source=source, text=text, title=title, title_span=page.title, cover=found, url=url,
        number=number,
    )  # fmt: skip
    draft.finder = MentionFinder()
    if page.date is not None:
        same = [d for d in found.dates if d.edtf == page.date.edtf]
        for one in same:
            found.dates.remove(one)
        draft.extra["date"] = page.date
    for m in handwritten:
        draft.remarks.append(
            Remark(property="handwritten" if m["what"].lower().startswith("hand") else m["what"].lower(),
                   value=" ".join(m["words"].rstrip(" ]").split()), kind="annotation", start=m.start(), end=m.end(),
                   rule="handwritten-mark")
        )  # fmt: skip
        for written in _WRITTEN_NUMBER.finditer(m[0]):
            begin = m.start() + written.start()
            found.numbers.append(
                Number(
                    kind="document",
                    value=written[0],
                    start=begin,
                    end=begin + len(written[0]),
                    rule="handwritten-mark",
                    note="handwritten",
                )
            )
        mark = cover.CLASSIFICATION.search(m[0])
        if mark is not None and found.classification is None:
            found.classification = (mark[0], m.start() + mark.start(), m.start() + mark.end())
    draft.remarks.extend(
        r
        for r in glosses(text[slice(*page.body)])
        if not any(m[0].startswith("[" + r.value) for m in handwritten)
    )
    draft.remarks[len(handwritten) :] = [
        msgspec.structs.replace(
            r, start=(r.start or 0) + page.body[0], end=(r.end or 0) + page.body[0]
        )
        for r in draft.remarks[len(handwritten) :]
    ]
    _provenance(page, draft)
    language = _value(page, "Original Language")
    if language is not None:
        draft.extra["original_language"] = language[0].split("\n")[0]
        draft.evidence.append(
            Evidence(field="original_language", start=language[1], end=language[2], rule="label")
        )
    for name in page.empty:
        draft.remarks.append(
            Remark(
                property=name.lower(),
                value="",
                kind="absence",
                note="the page has the label without a value",
            )
        )
    rights = _value(page, "Rights")
    if rights is not None:
        draft.remarks.append(Remark(property="rights", value=" ".join(rights[0].split())[:200], kind="rights-statement",
                                    start=rights[1], end=rights[2], rule="label"))  # fmt: skip
    donors = _value(page, "Donors", "Donor")
    if donors is not None:
        draft.remarks.append(Remark(property="donors", value=" ".join(donors[0].split()), kind="donor", start=donors[1],
                                    end=donors[2], rule="label"))  # fmt: skip
    if page.summary is not None:
        draft.extra["regest"] = " ".join(_plain(text[slice(*page.summary)]).split())
    if draft.title.form not in ("other",) and _translated(page):
        draft.extra["language"] = "English"
    if page.summary is not None:
        draft.evidence.append(
            Evidence(field="regest", start=page.summary[0], end=page.summary[1], rule="summary")
        )
    if page.title is not None:
        draft.extra["title"] = " ".join(text[slice(*page.title)].replace("*", " ").split())
    return draft


def _translated(page: _Page) -> bool:
    return (
        re.search(
            r"Translation - English|English HTML|[Tt]ranslation by|[Tt]ranslated by", page.text
        )
        is not None
    )


def _provenance(page: _Page, draft: assembly.Draft) -> None:
    """Archive, way of the copy and translator, from citation, source field and source note."""
    text = page.text
    areas: list[tuple[int, int]] = []
    note = _SOURCE_NOTE.search(text, page.body[0])
    if page.citation is not None:
        areas.append(page.citation.span("rest"))
    field_ = _value(page, "Source", "Sources", "Original Archive")
    if field_ is not None:
        areas.append((field_[1], field_[2]))
    if note is not None:
        areas.append(note.span("source"))
    holdings: list[Holding] = []
    translators: list[Party] = []
    for a, b in areas:
        words = text[a:b]
        words = words.split("http")[0]
        for found in fonds.holdings(words, a):
            if all(h.shelfmark != found.shelfmark or h.holder != found.holder for h in holdings):
                holdings.append(found)
        if not holdings:
            first = fonds.named_holder(words, a)
            if first is not None:
                holdings.append(first)
        for m in _TRANSLATION.finditer(words):
            who = re.sub(r"\s*\([^)]*\)", "", m["who"]).strip(" .,")
            for one in naming.distribution(who, a + m.start("who"), "translator-in-citation"):
                if all(assembly.key(one) != assembly.key(t) for t in translators):
                    translators.append(one)
        if draft.legs:
            continue
        given = _GIVEN.search(words)
        if given is not None:
            giver = Party(
                name=given["who"],
                kind="person",
                start=a + given.start("who"),
                end=a + given.end("who"),
                rule="custody",
            )
            taker = naming.party(given["to"], a + given.start("to"), "custody")
            when = dating.parse(given["date"], offset=a + given.start("date"))
            draft.legs.append(Leg(index=1, from_=giver, to=taker, mode="custody", series="custody", date=when,
                                  start=a + given.start(), end=a + given.end(), rule="custody"))  # fmt: skip
            if holdings:
                draft.legs.append(
                    Leg(index=2, from_=taker, to=Party(name=holdings[0].holder, kind="body", start=holdings[0].start,
                        end=holdings[0].end, rule="custody"), mode="custody", series="custody", status="implied",
                        rule="custody-by-holder")
                )  # fmt: skip
        for m in _OBTAINED.finditer(words):
            keeper = Party(
                name=m["who"].strip(),
                kind="body",
                start=a + m.start("who"),
                end=a + m.end("who"),
                rule="custody",
            )
            origin = (
                Party(name=holdings[0].holder, kind="body", rule="custody") if holdings else None
            )
            draft.legs.append(Leg(index=1, from_=origin, by=keeper if "courtesy" in m["how"] or "obtained" in m["how"] else None,
                                  to=None if "courtesy" in m["how"] or "obtained" in m["how"] else keeper, mode="custody",
                                  mode_text=m["how"], series="custody", start=a + m.start(), end=a + m.end(),
                                  rule="custody"))  # fmt: skip
            if draft.legs[-1].to is None and (shown_by := _ARCHIVE_NAME.search(text)) is not None:
                draft.legs[-1] = msgspec.structs.replace(
                    draft.legs[-1],
                    to=Party(
                        name=shown_by[0],
                        kind="body",
                        start=shown_by.start(),
                        end=shown_by.end(),
                        rule="custody",
                    ),
                )
            copy_of = "copy" in m["how"]
            if copy_of and all(h.holder != keeper.name for h in holdings):
                holdings.append(Holding(holder=keeper.name, copy="another copy", start=keeper.start, end=keeper.end,
                                        rule="copy-courtesy", note=m["how"]))  # fmt: skip
    draft.holdings = tuple(holdings)
    if translators:
        draft.cover.translators.extend(translators)


def _about_page(
    page: _Page, ident: str, source: str, url: str | None, number: str | None
) -> Record:
    uploaded = _value(page, "Original Uploaded Date")
    date = None
    if uploaded is not None:
        here = cover.DATE.search(page.text, uploaded[1], uploaded[2])
        date = cover.date_from(here, "label") if here is not None else None
        if date is not None:
            date = msgspec.structs.replace(date, note="upload of the page")
    numbers: tuple[Number, ...] = ()
    record = _value(page, "Record ID")
    if record is not None:
        numbers = (
            Number(
                kind="document",
                value=f"Record ID {record[0]}",
                start=record[1],
                end=record[2],
                rule="label",
            ),
        )
    elif number is not None:
        at = page.text.find(number)
        numbers = (Number(kind="document", value=number, start=at if at >= 0 else None,
                          end=at + len(number) if at >= 0 else None, rule="address"),)  # fmt: skip
    return Record(
        id=f"{ident}/page", source=source, form="other", kind="digital archive page",
        title=" ".join(page.text[slice(*page.title)].replace("*", " ").split()) if page.title else None,
        date=date, numbers=numbers, language="English", url=url,
        relations=(Relation(type="related", target=ident, rule="page-of-document"),),
        text=page.text, text_length=len(page.text),
    )  # fmt: skip
