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
from pathlib import Path

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import fonds, naming, titles
from kgraph.extract.mentions import MentionFinder
from kgraph.extract.papers import assembly, inside, marginal, protocol_extract, quoted
from kgraph.model import Evidence, Item, Mention, Number, Place, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources import page_meeting
from kgraph.sources.compendium import glosses
from kgraph.sources.known import source_key
from kgraph.sources.page_html import from_html
from kgraph.sources.page_layout import CITATION, Page, plain, read_layout, value_of
from kgraph.sources.page_provenance import read_provenance, read_upload, uploaded

NAME = "archive-page"

_URL = re.compile(r"https?://[^\s<>\"')]+")
_NUMBERED = re.compile(r"/document/(?P<number>\d{4,7})\b")
_NODE = re.compile(r"/node/(?P<number>\d{3,8})\b")
_HANDWRITTEN = re.compile(
    r"\[\s*(?P<what>handwritten|stamp(?:ed)?|stamp|signature|illegible|margin(?:al note)?)\b(?!\s*\])[:\s]*(?P<words>[^\n]*)",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?m)^\s*\*{1,3}(?=\S)|(?<=\S)\*{2,3}(?=\s*$)")
"""Marks of bold words around a line."""
_WRITTEN_NUMBER = re.compile(r"(?<![0-9/])[0-9]{2,}/[0-9]{3,}(?![/0-9])(?: \[\?\])?")


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
        CITATION.search(text) is not None,
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


def from_text(text: str, path: Path, report: Report, *, url: str | None = None) -> Iterator[Item]:
    """As `read`, from a page's text in hand."""
    page = read_layout(text)
    if page.body[1] - page.body[0] < 20 and page.title is None:
        report.error("page-without-document", str(path), "neither a title nor a document's text was found",
                     "check that the page was saved whole")  # fmt: skip
        return
    url, ident, number = _identity(page, path, url)
    source, _ = source_key(path)
    draft = _draft(page, ident, source, url, number)
    inner = quoted.letters(text, draft.cover.body_start, page.body[1])
    records = inside.records(draft, inner)
    document = assembly.finish(draft)
    own = tuple(m for m in document.mentions if _within(m, page.body))
    yield msgspec.structs.replace(document, mentions=own)
    yield from records
    yield from fonds.units(draft.holdings, source)
    about = _about_page(page, ident, source, url, number)
    rest = tuple(m for m in document.mentions if m not in own)
    yield msgspec.structs.replace(about, mentions=rest)


def _identity(page: Page, path: Path, url: str | None) -> tuple[str | None, str, str | None]:
    """(address, record id, record number): the file's name where it is a number of the
    archive, else the record number, the number in the address, the node, the name."""
    addresses = [m[0].rstrip(".,;") for m in _URL.finditer(page.text)]
    if url is None:
        url = next(
            (one for one in addresses if "digitalarchive" in one or "digital-archive" in one), None
        )
    stem = path.stem
    number = None
    record = value_of(page, "Record ID")
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


_TYPES = {
    "cable": "telegram", "telegram": "telegram", "ciphered telegram": "cipher-telegram", "letter": "letter",
    "memorandum": "memorandum", "memorandum of conversation": "memorandum-of-conversation", "minutes": "minutes",
    "meeting minutes": "minutes", "report": "memorandum", "note": "note", "diplomatic note": "note",
    "resolution": "resolution", "decree": "resolution", "press release": "press-release", "dispatch": "despatch",
    "record of conversation": "memorandum-of-conversation", "transcript": "minutes", "speech": "other",
}  # fmt: skip
"""What archives call their types of documents, where a title says none."""
_CIPHERED = re.compile(
    r"(?:CIPHER(?:ED)?|CODED|ENCODED|ENCIPHERED|ENCRYPTED|Cipher(?:ed)?|Coded|Encoded|Enciphered|Encrypted)\s+(?:TELEGRAM|CABLE|[Tt]elegram|[Cc]able)"
)
_TITLE_NUMBER = re.compile(
    r"\s+(?:(?:[Nn]o\.?|NO\.?|№|[Nn]r\.?|NR\.?|#)\s?|(?=\d{2,}[\d.]*\s(?:to|from)\b)|(?=(?!(?:19|20)\d\d\b)\d{3,}(?:,|:|\s*$)))(?P<value>\d[\w/-]*(?:\.\d+)*)"
)
_NUMBER_LAST = re.compile(
    r",\s+(?:(?:[Tt]elegram|[Cc]able)\s)?(?:[Nn]o\.?|№|[Nn]r\.?)\s?(?P<value>\d[\w/-]*(?:\.\d+)*)(?=\W*$|,\s+[\"“‘'A-Z]|,?\s+to\s)"
)
_TEXT_NUMBER = re.compile(
    r"(?:TELEGRAM|CABLE|(?:CIPHER|CRYPTO)GRAM|[Tt]elegram|[Cc]able|(?:[Cc]ipher|[Cc]rypto)gram)\s+(?:No\.?|№|#)?\s?$"
)
_HEADED = re.compile(
    r"\s*\**(?P<kind>TELEGRAM|CABLE|LETTER|NOTE|REPORT|MEMORANDUM|MINUTES|DISPATCH)\b(?=[^a-z\n]{0,40}(?:\n|$))"
)
"""A line in capitals that heads a text and says what it is: "TELEGRAM 061.204"."""


def _draft(
    page: Page, ident: str, source: str, url: str | None, number: str | None
) -> assembly.Draft:
    text = page.text
    handwritten = list(_HANDWRITTEN.finditer(text, *page.body))
    shown = text
    for m in handwritten:
        shown = shown[: m.start()] + " " * (m.end() - m.start()) + shown[m.end() :]
    shown = _EMPHASIS.sub(lambda m: " " * len(m[0]), shown)
    draft = assembly.Draft(
        id=ident, source=source, text=text, title=_title(page), title_span=page.title,
        cover=cover.read(shown, *page.body), url=url, number=number, finder=MentionFinder(),
    )  # fmt: skip
    if page.date is not None:
        for one in [d for d in draft.cover.dates if d.edtf == page.date.edtf]:
            draft.cover.dates.remove(one)
        draft.extra["date"] = page.date
    if draft.title.form in ("minutes", "memorandum-of-conversation"):
        page_meeting.those_present(shown, page, draft)
    head = (page.body[0], min(page.body[1], page.body[0] + 3000))
    sent_on = draft.cover.addressees or draft.cover.copies_to
    if page.title is not None and sent_on and protocol_extract.read(text, *head) is None:
        head = page.title  # "Extract from Protocol No. 12 of ..."
    protocol_extract.apply(draft, *head)
    _telegram_number(page, draft)
    _told_by_title(page, draft)
    for m in handwritten:
        _handwriting(m, draft)
    at = page.body[0]
    for gloss in glosses(text[slice(*page.body)]):
        if gloss.rule != "handwritten-mark" and gloss.start is not None and gloss.end is not None:
            draft.remarks.append(
                msgspec.structs.replace(gloss, start=gloss.start + at, end=gloss.end + at)
            )
    read_provenance(page, draft)
    read_upload(page, draft)
    _labels(page, draft)
    if page.summary is not None:
        draft.extra["regest"] = " ".join(plain(text[slice(*page.summary)]).split())
        draft.evidence.append(
            Evidence(field="regest", start=page.summary[0], end=page.summary[1], rule="summary")
        )
    if draft.title.form not in ("other",) and _translated(page):
        draft.extra["language"] = "English"
    if page.title is not None:
        draft.extra["title"] = " ".join(text[slice(*page.title)].replace("*", " ").split())
    return draft


def _title(page: Page) -> titles.Title:
    """What the title says; its form where it says none from the label "Type", and from the
    text where that calls a telegram ciphered."""
    text = page.text
    if page.title is None:
        return titles.Title()
    title = titles.read(re.sub(r"\*", " ", text[slice(*page.title)]), page.title[0])
    kind = value_of(page, "Type")
    if title.form == "other" and title.kind is None and kind is not None:
        form = _TYPES.get(kind[0].split("\n")[0].strip().casefold())
        if form is not None:
            title = msgspec.structs.replace(title, form=form, form_span=(kind[1], kind[2]))
    headed = _HEADED.match(text, page.body[0], page.body[1])
    if title.form == "other" and title.kind is None and headed is not None:
        title = msgspec.structs.replace(
            title, form=_TYPES[headed["kind"].casefold()], form_span=headed.span("kind")
        )
    ciphered = _CIPHERED.search(text, page.body[0], min(page.body[1], page.body[0] + 900))
    if ciphered is not None and title.form in ("telegram", "other"):
        title = msgspec.structs.replace(
            title, form="cipher-telegram", kind="cipher telegram", form_span=ciphered.span()
        )
    return title


def _telegram_number(page: Page, draft: assembly.Draft) -> None:
    """The number behind the form in a title: "Ciphered Telegram No. 70"."""
    numbers = draft.cover.numbers
    for at, one in enumerate(numbers):
        if one.kind == "registry" and one.start and _TEXT_NUMBER.search(page.text, 0, one.start):
            numbers[at] = msgspec.structs.replace(one, kind="telegram")
    span = draft.title.form_span
    if (
        page.title is None
        or span is None
        or draft.title.form not in ("telegram", "cipher-telegram")
    ):
        return
    end = page.title[0] + len(titles.core(page.text[slice(*page.title)]))
    found = _TITLE_NUMBER.match(page.text, span[1], end) or _NUMBER_LAST.search(
        page.text, span[1], end
    )
    if found is not None and all(n.value != found["value"] for n in draft.cover.numbers):
        draft.cover.numbers.append(
            Number(kind="telegram", value=found["value"], start=found.start("value"),
                   end=found.end("value"), rule="title")
        )  # fmt: skip


_MINUTES_NUMBER = re.compile(
    r"(?:[Pp]rotocol|[Mm]inutes|PROTOCOL|MINUTES)\s(?:[Nn]o\.?|№|[Nn]r\.?|#|NO\.?)\s?(?P<number>\d[\w/-]*)"
)


def _told_by_title(page: Page, draft: assembly.Draft) -> None:
    """What else a title tells: marks behind a telegram's parties, the towns that it goes between,
    the number of minutes, the town where a talk was held."""
    if page.title is None:
        return
    text, found, title = page.text, draft.cover, draft.title
    end = page.title[0] + len(titles.core(text[slice(*page.title)]))
    marks = titles.MARKS.search(text, page.title[0], end)
    if marks is not None:
        kept = [*found.numbers]
        cover.read_marks(found, text, marks.start(), end)
        found.numbers[:] = kept  # the number is read with the form
    if title.form in ("telegram", "cipher-telegram", "despatch"):
        for one, field in ((title.senders, "place"), (title.addressees, "place_to")):
            if len(one) == 1 and naming.is_town(one[0].name) and getattr(found, field) is None:
                town = Place(name=one[0].name, start=one[0].start, end=one[0].end, rule="title")
                setattr(found, field, town)
    elif title.form == "minutes":
        number = _MINUTES_NUMBER.search(text, *page.title)
        value = f"protocol {number['number']}" if number is not None else ""
        if number is not None and all(one.value != value for one in found.numbers):
            found.numbers.append(
                Number(kind="document", value=value, start=number.start(), end=number.end(), rule="title")
            )  # fmt: skip
    if title.form in ("minutes", "memorandum-of-conversation"):
        page_meeting.place_of(page, draft)


def _handwriting(found: re.Match[str], draft: assembly.Draft) -> None:
    """A bracketed "[handwritten: ...]": the words, numbers and markings in it."""
    what = found["what"].lower()
    draft.remarks.append(
        Remark(property="handwritten" if what.startswith("hand") else what,
               value=" ".join(found["words"].rstrip(" ]").split()), kind="annotation",
               start=found.start(), end=found.end(), rule="handwritten-mark")
    )  # fmt: skip
    onward = next(marginal.onward(draft.text, found.start(), found.end()), None)
    marked = _WRITTEN_NUMBER.search(found[0]) or cover.CLASSIFICATION.search(found[0])
    if onward is None and marked is not None:
        marks = " ".join(found[0].strip("[ ]").split())
        draft.cover.handling.append((marks, found.start(), found.end()))
    elif onward is None:
        for asked in cover.HANDLING.finditer(found[0].rstrip("] ")):
            a, b = asked.span()
            draft.cover.handling.append((asked[0], found.start() + a, found.start() + b))
    for written in _WRITTEN_NUMBER.finditer(found[0]):
        begin = found.start() + written.start()
        draft.cover.numbers.append(
            Number(kind="document", value=written[0], start=begin, end=begin + len(written[0]),
                   rule="handwritten-mark", note="handwritten")
        )  # fmt: skip
    mark = cover.CLASSIFICATION.search(found[0])
    if mark is not None and draft.cover.classification is None:
        at = found.start()
        draft.cover.classification = (mark[0], at + mark.start(), at + mark.end())


def _labels(page: Page, draft: assembly.Draft) -> None:
    """What stands under the page's labels: languages, rights, donors, classification."""
    language = value_of(page, "Original Language", "Language", "Languages")
    if language is not None:
        draft.extra["original_language"] = language[0].split("\n")[0]
        draft.evidence.append(
            Evidence(field="original_language", start=language[1], end=language[2], rule="label")
        )
    for name in page.empty:
        draft.remarks.append(
            Remark(property=name.lower(), value="", kind="absence",
                   note="the page has the label without a value")
        )  # fmt: skip
    for name, field, kind, limit in (("Rights", "rights", "rights-statement", 200),
                                     ("Donors", "donors", "donor", 400), ("Donor", "donors", "donor", 400)):  # fmt: skip
        value = value_of(page, name)
        if value is not None:
            draft.remarks.append(
                Remark(property=field, value=" ".join(value[0].split())[:limit], kind=kind,
                       start=value[1], end=value[2], rule="label")
            )  # fmt: skip
    marked = value_of(page, "Original Classification")
    if marked is not None and draft.cover.classification is None:
        draft.cover.classification = (marked[0].split("\n")[0], marked[1], marked[2])


def _translated(page: Page) -> bool:
    return (
        re.search(
            r"Translation - English|English HTML|[Tt]ranslation by|[Tt]ranslated by", page.text
        )
        is not None
    )


def _within(one: Mention, span: tuple[int, int]) -> bool:
    """Whether a mention stands in the document's text, not in what the page says about it."""
    return one.start is not None and span[0] <= one.start < span[1]


def _about_page(page: Page, ident: str, source: str, url: str | None, number: str | None) -> Record:
    date = uploaded(page)
    numbers: tuple[Number, ...] = ()
    record = value_of(page, "Record ID")
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
