"""Where things stand on a digital archive's page: labels, date, title, summary, text.

Two layouts are met: the older with "Citation", "Summary", "Contents" or a bulleted
citation above the text, the newer with date and title above and "Document Information"
below. A page without either is read by its labels alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from kgraph import dating
from kgraph.extract import covers as cover
from kgraph.extract import titles
from kgraph.extract.titles import forms as title_forms
from kgraph.model import Date

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
    r"|VIEW DOCUMENT IN|View Document In|English (?:HTML|Translation|PDF)(?: .*)?|HTML|PDF|Original Scan|(?:Translation|Transcript) - \w+|Back to .*|Menu|Home|Results:?|\d+ - \d+ of \d+|Related Documents"
    r"|Cite this document|Search|Toggle .*)$",
    re.IGNORECASE,
)
_TEXT_BEGINS = re.compile(
    r"^[•*\s]*(?:English (?:HTML|Translation|Transcription)|Translation(?: - | in )\w+|HTML|Transcript(?:ion)?(?: - \w+)?|Document Text)\**:?$",
    re.IGNORECASE,
)
_SUPPORT = re.compile(r"^This document was made possible with (?:the )?support", re.IGNORECASE)
_SAME_PARAGRAPH = r"(?:[^\n]|\n(?!\s*(?:\n|[•*#]|https?:|share\b|SHARE|Summary|Abstract|Original|Contents|VIEW|English)))"
CITATION = re.compile(
    r"[\"“](?P<title>(?:[^\n]|\n(?!\s*\n)){8,300}?),?[\"”],?\s+"
    r"(?P<date>[A-Z][a-z]+ \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+,? \d{4}|\d{4}|[A-Z\d][^\n\"“”]{2,34}?\b(?:1[5-9]|20)\d\d\??)?,?\s*"
    r"(?:(?:History\s+and\s+Public\s+Policy\s+Program|(?:Woodrow\s+)?Wilson\s+Center)[^,\n]*\s+Digital\s+Archive"
    r"|Wilson\s+Center\s+Digital\s+Archive)"
    rf",?\s*(?P<rest>{_SAME_PARAGRAPH}*)"
)
"""How such an archive asks to be cited; a line may break within."""
_PAST = re.compile(r"\w{2,}ed|said|told|went|took|left|gave|was|were|had|spoke|made|did|")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|[Yy]ours?)\b")
_YEAR_LINE = re.compile(
    rf"(?:[Uu]ndated,? ?)?(?:(?:c\.|ca\.|[Cc]irca|[Pp]robably|[Ee]arly|[Mm]id|[Ll]ate|[Bb]efore|[Aa]fter|[Aa]bout)[ -]?)*"
    rf"(?:(?:{'|'.join((*dating.MONTHS, 'Spring', 'Summer', 'Autumn', 'Fall', 'Winter'))}),? )?(?:1[5-9]|20)\d\d(?:\?|s)?"
)
"""A date line that tells no day: "1958?", "Spring 1950", "Early May 1954"."""
SOURCE_NOTE = re.compile(r"\[\s*Source\s*:\s*(?P<source>[^\]]+)\]?")


@dataclass
class Page:
    text: str
    lines: list[tuple[int, int]]
    fields: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    date: Date | None = None
    title: tuple[int, int] | None = None
    citation: re.Match[str] | None = None
    summary: tuple[int, int] | None = None
    body: tuple[int, int] = (0, 0)


def plain(words: str) -> str:
    return words.strip(" *#•\t")


def _fields(page: Page) -> None:
    """Labels and their values: on the same line, or on the lines up to the next label."""
    found: list[tuple[int, str, re.Match[str]]] = []
    for index, (a, b) in enumerate(page.lines):
        label = _LABEL.match(page.text[a:b])
        if label is not None and b - a < 400:
            found.append((index, label["label"], label))
    for at, (index, name, label) in enumerate(found):
        a, b = page.lines[index]
        if label["value"] and plain(label["value"]):
            value = plain(label["value"])
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
        page.fields.setdefault(name, (plain(page.text[begin:end]), begin, end))


def value_of(page: Page, *names: str) -> tuple[str, int, int] | None:
    return next((page.fields[name] for name in names if name in page.fields), None)


def read_layout(text: str) -> Page:
    """The page's parts, told by labels and by where they stand."""
    page = Page(text, cover.lines(text, 0, len(text)))
    _fields(page)
    page.citation = CITATION.search(text)
    _heading(page)
    _body(page)
    if page.title is not None and page.citation is not None:
        shown, cited = text[slice(*page.title)], page.citation["title"]
        if shown.isupper() and shown.split() == cited.upper().split():
            page.title = page.citation.span("title")  # with the small letters that it has there
    return page


def _heading(page: Page) -> None:
    """The date line of the page's head and the title under (or above) it."""
    text = page.text
    for index, (a, b) in enumerate(page.lines[:60]):
        if plain(text[a:b]) == "Document Information":
            break
        date = _date_line(text, a, b)
        if date is None:
            continue
        title = _title_under(page, index) or _title_above(page, index)
        if _YEAR_LINE.fullmatch(plain(text[a:b])) and title is None:
            continue
        page.date, page.title = date, title
        break
    if page.title is None:
        page.title = _marked_title(page) or _told_title(page, page.lines[:15])
    if page.title is None and page.citation is not None:
        page.title = page.citation.span("title")
    if page.date is None:
        labelled = value_of(page, "Date")
        if labelled is not None:
            page.date = _first_date(text, labelled[1], labelled[2], "label")
    if page.date is None and page.citation is not None and page.citation["date"]:
        page.date = _first_date(text, *page.citation.span("date"), "citation")


def _date_line(text: str, a: int, b: int) -> Date | None:
    """The date that a line is, and nothing else."""
    line = plain(text[a:b])
    if _YEAR_LINE.fullmatch(line):
        at = text.index(line, a)
        read = dating.parse(line, offset=at)
        return msgspec.structs.replace(read, rule="page-heading") if read is not None else None
    if cover.DATE.fullmatch(line) is None:
        return None
    return _first_date(text, a, b, "page-heading")


def _first_date(text: str, a: int, b: int, rule: str) -> Date | None:
    here = cover.DATE.search(text, a, b)
    return cover.date_from(here, rule) if here is not None else None


def _title_under(page: Page, index: int) -> tuple[int, int] | None:
    """The lines right below the date line `index`, up to a gap, a label or a mark."""
    text = page.text
    _, b = page.lines[index]
    begin = end = None
    for x, y in page.lines[index + 1 : index + 6]:
        words = plain(text[x:y])
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
    if begin is None or end is None:
        return None
    return _bare(text, begin, end)


def _title_above(page: Page, index: int) -> tuple[int, int] | None:
    """The line above the date line `index`, where it names a form of document."""
    for a, b in reversed(page.lines[max(0, index - 3) : index]):
        if not _CHROME.match(page.text[a:b]):
            kind = title_forms.form_of(plain(page.text[a:b]))[1]
            return _bare(page.text, a, b) if kind is not None and b - a < 260 else None
    return None


def _told_title(page: Page, lines: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first line that names a form and who wrote, on a page without a date."""
    for a, b in lines:
        line = plain(page.text[a:b])
        if _SUPPORT.match(line) or line == "Document Information":
            return None
        if not 12 <= len(line) <= 260 or line.endswith((".", "?")) or _CHROME.match(line):
            continue
        title = titles.read(line)
        span = title.form_span
        if (title.senders or title.participants) and span is not None and span[0] < 60:
            return _bare(page.text, a, b)
    return None


def _marked_title(page: Page) -> tuple[int, int] | None:
    """A heading of Markdown, or a line that the citation repeats as the title."""
    text = page.text
    cited = page.citation["title"].strip(" ,").casefold() if page.citation is not None else None
    for a, b in page.lines[:20]:
        if re.match(r"#{1,2}\s+\S", text[a:b]) or (cited and plain(text[a:b]).casefold() == cited):
            return _bare(text, a, b)
    return None


def _bare(text: str, begin: int, end: int) -> tuple[int, int]:
    """A span without the marks of emphasis around its words."""
    lead = len(text[begin:end]) - len(text[begin:end].lstrip(" *#"))
    return begin + lead, begin + len(text[begin:end].rstrip(" *#"))


def _body(page: Page) -> None:
    """Where the document's own text stands, and the summary."""
    text = page.text
    start = None
    for a, b in page.lines:
        if _TEXT_BEGINS.match(text[a:b]):
            start = b
    info = next((a for a, b in page.lines if plain(text[a:b]) == "Document Information"), len(text))
    if start is None or start > info:
        start = page.title[1] if page.title is not None and not _in_citation(page) else 0
        for a, b in page.lines:
            if (
                a >= start
                and a < info
                and (
                    _SUPPORT.match(plain(text[a:b]))
                    or (_CHROME.match(text[a:b]) and a - start < 200)
                )
            ):
                start = b
        last = max((page.fields[n][2] for n in ("Citation", "Summary", "Original Language", "Abstract") if n in page.fields and
                    page.fields[n][2] < info), default=0)  # fmt: skip
        start = max(start, last)
    end = info
    source_note = SOURCE_NOTE.search(text, start, end)
    below: list[tuple[int, int]] = []
    if source_note is not None:
        below = [span for span in page.lines if source_note.end() <= span[0] and span[1] <= info]
        last = len(below) < 2 and text[: source_note.start()].rstrip(" ").endswith("\n")
        if last or source_note.start() > start + 0.5 * (end - start):
            end = source_note.start()
    labelled = value_of(page, "Summary", "Abstract")
    if labelled is not None:
        page.summary = (labelled[1], labelled[2])
    elif page.citation is not None and page.citation.start() < start:
        above = text.rfind("\n", 0, page.citation.start())
        lines = [s for s in page.lines if s[1] <= above + 1]
        if (
            lines
            and lines[-1][1] - lines[-1][0] > (30 if text[lines[-1][1] - 1] == "." else 60)
            and not _CHROME.match(text[slice(*lines[-1])])
        ):
            page.summary = lines[-1]
    else:
        summary = _trailing_summary(page, start, end)
        if summary is not None:
            page.summary = summary
            end = summary[0]
        elif len(below) == 1 and end < info < len(text) and below[0][1] - below[0][0] > 30:
            page.summary = below[0]  # between the source note and the labels
        else:
            page.summary = _leading_summary(page)
    start = _past_repeated_title(page, start, end)
    stripped = text[start:end].rstrip()
    page.body = (start, start + len(stripped))


def _in_citation(page: Page) -> bool:
    return (
        page.citation is not None and page.title is not None
        and page.citation.start() <= page.title[0] < page.citation.end()
    )  # fmt: skip


def _trailing_summary(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """In the newer layout the summary is the last paragraph above "Document Information",
    behind the signature."""
    spans = [s for s in page.lines if start <= s[0] and s[1] <= end]
    if len(spans) < 3 or end == len(page.text):
        return None
    a, b = spans[-1]
    if b - a < 30 or not page.text[a:b].rstrip().endswith((".", "!", "?")):
        return None
    if _tells_of_a_paper(page.text[a:b]):
        return a, b
    before = [page.text[slice(*s)] for s in spans[:-1]]
    before = [w for w in before if re.match(r"\[\d{1,3}\]\s", w) is None][-3:]
    signed = any(
        cover.DATE.fullmatch(plain(w))
        or cover.only_name(w)
        or re.match(r"\[Source|/s/|\(signed\)", w)
        for w in before[-2:]
    )
    foot = [w for w in before[-2:] if len(w) < 70 and not w.rstrip().endswith((".", "?", "!", ":"))]
    if len(foot) == 2 and _told_in_the_present(page.text[a:b]):
        return a, b
    if b - a < 60:
        said = page.text[a:b]
        told = signed and _FIRST_PERSON.search(said) is None and _NO_SUMMARY.match(said) is None
        return (a, b) if told else None
    if _told_of_the_parties(page, a, b):
        return a, b
    wide = page.text[spans[-2][1] : a].count("\n") >= 3
    return (a, b) if signed or wide else None


_PAPER = (
    r"(?:documents?|reports?|letters?|cables?|telegrams?|memorand(?:um|a)|memos?|notes?|minutes|records?|transcripts?|conversations?"
    r"|messages?|speech|statement|summary|excerpts?|dispatch|protocol|discussions?|meetings?)"
)
_TELLS = (
    r"(?:discuss(?:es)?|describes?|reports?|informs?|explains?|summari[sz]es?|relays?|requests?|outlines?|recounts?|transmits?|argues?"
    r"|asks?|thanks?|provides?|details?|responds?|conveys?|instructs?|suggests?|recommends?|proposes?|warns?|urges?|writes?|analy[sz]es?"
    r"|mentions?|expresses|complains?|calls?|gives?|lists?|offers?|presents?|reviews?|speaks?|talks?|tells?|shares?|notes?|states?)\b"
)
_OF_A_PAPER = re.compile(
    rf"(?:This|The|These|An?)\s+(?:[\w’'-]+\s+){{0,4}}?{_PAPER}\b[^.]{{0,120}}?\b{_TELLS}"
    rf"|An?\s+(?:[\w’'-]+\s+){{0,3}}?{_PAPER}\s+(?:from|by|on|about|of|between|to|regarding|concerning|describing|detailing)\b"
    rf"|(?:(?:[A-ZÀ-Þ][\w’'.-]*|and|of|the|to|with|in|for|from|at)\s+){{1,16}}{_TELLS}"
)


_NO_SUMMARY = re.compile(
    r"P\.\s?S|\W|(?:Cop(?:y|ies)|cc|CC|Encl|Attach|Distribution|Sent|Typed|Drafted|Translat|Record|True|Verified|Correct|Present|To|From|No)\b"
)
"""Lines below a signature that are the paper's own."""


def _tells_of_a_paper(words: str) -> bool:
    """Whether a paragraph speaks of a paper from outside: "This report describes ...", "Orlin asks ..."."""
    return _OF_A_PAPER.match(words) is not None and not _FIRST_PERSON.search(words)


_PRESENT = re.compile(
    r"(?:[\w’'.,-]+\s){1,7}?(?!(?:his|its|this|was|as|has|us|less)\s)[a-z]{3,}s\s"
)


def _told_in_the_present(words: str) -> bool:
    """Whether a sentence tells in the present tense and the third person what somebody does."""
    opening = re.findall(r"[^\W\d_]+", words)[:7]
    past = any(w[0].islower() and w and _PAST.fullmatch(w) for w in opening)
    return (
        _PRESENT.match(words) is not None
        and not past
        and _FIRST_PERSON.search(words) is None
        and _NO_SUMMARY.match(words) is None
    )


def _told_of_the_parties(page: Page, a: int, b: int) -> bool:
    """Whether a paragraph tells, in the present tense and in the third person, what those
    whom the title names do: "Lorin and Kast talk about ..."."""
    if page.title is None:
        return False
    opening = re.findall(r"[^\W\d_]+", page.text[a:b])[:12]
    named = {w.casefold() for w in re.findall(r"[^\W\d_]{3,}", page.text[slice(*page.title)])}
    names = [w for w in opening if w[0].isupper() and w.casefold() in named]
    between = {"and", "of", "the", "to", "with", "in", "for", "also", "from", "at", "by"}
    verb = next((w for w in opening if w[0].islower() and w not in between), "")
    return (
        bool(names) and _PAST.fullmatch(verb) is None and not _FIRST_PERSON.search(page.text, a, b)
    )


def _leading_summary(page: Page) -> tuple[int, int] | None:
    """Some pages give the summary above the date and the title."""
    if page.date is None or page.date.start is None or page.date.rule != "page-heading":
        return None
    above = [s for s in page.lines if s[1] <= page.date.start]
    for a, b in reversed(above):
        line = page.text[a:b]
        if b - a > 60 and line.rstrip().endswith(".") and not _CHROME.match(line):
            return (a, b)
    return None


def _past_repeated_title(page: Page, start: int, end: int) -> int:
    """Behind a repetition of title (and date) at the head of the text."""
    if page.title is None:
        return start
    words = set(re.findall(r"\w+", page.text[slice(*page.title)].lower()))
    behind = start
    for a, b in [s for s in page.lines if start <= s[0] < end][:4]:
        line = page.text[a:b]
        own = set(re.findall(r"\w+", line.lower()))
        if b - a < 400 and words and len(words & own) / len(words) > 0.8:
            behind = b
        elif behind > start or not cover.DATE.fullmatch(plain(line)):
            break
    return behind
