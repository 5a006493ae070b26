"""Pages of a book joined to one text, each character knowing the page it came from.

Running heads, page numbers and remarks of whoever made the transcript are left out;
footnotes are set apart from the text above them; a page that was transcribed twice
is taken once; numbers that are missing are reported.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kgraph.extract import fonds
from kgraph.report import Report

_NUMBERED = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)\D*$")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:\[?(?:Page(?: number)?|p\.)\s*:?\s*)?(?P<number>\d{1,4})\W*$", re.IGNORECASE
)
_TRANSCRIBER = re.compile(
    r"^(?:I apologize, but|I(?:'m| am) (?:sorry|unable)|This (?:image )?appears to be|This image|I (?:notice|don't see|cannot)"
    r"|\[(?:Note: (?:This|The (?:form|only|rest|Russian))|Continue[sd]?\b|Translation (?:continues|includes|of)|Notes \d+\D+\d+ follow"
    r"|Continued |Answers? |Text continues|Remainder|Illegible|End of)"
    r"|The (?:document|rest of the document) (?:appears|is already))",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"^(?:\[?\s*(?:Footnotes?\b|Notes?(?=\s*:|\s+at\b))(?: at (?:the )?bottom(?: of (?:the )?page)?)?\s*:?\]?(?=\s|$|\*)"
    r"|\[(?:Note|Stamp|Footnote|Original|At the (?:bottom|top)|On the (?:first|last|reverse)|\*)[^\n]{12,}"
    r"|\*{1,2}\s?(?=[A-ZА-Я\"“])|[a-zа-е]\s(?=[A-Z\"“])|[ᵃ-ᵿ⁰¹²³⁴-⁹]+\s?(?=[A-Z\"“])|\d{1,3}\s(?=[A-Z][a-z]))"
)
_TEXT_GOES_ON = re.compile(
    r"^(?:No\.|№|Document|Doc\.?)\s?(?:No\.\s?)?\d{1,4}$|^\[(?:Attachment|Append)"
)
_RULE = re.compile(r"^_{5,}$")
_PRINTED_BREAK = re.compile(
    r"(?:(?<=\n)|(?<=\A))[ \t]*(?P<number>\d{1,4})(?=[^\d\s.,:;)/-]|[ \t]*(?:\n|$))"
)


@dataclass
class Page:
    """One page as it came: `number` is that of its file, `printed` the one on it."""

    number: int
    text: str
    name: str
    printed: int | None = None
    body: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Stream:
    """Text with, for each character, page index and offset (`index << 24 | offset`)."""

    text: str
    origin: array[int]

    def part(self, start: int, end: int) -> Stream:
        return Stream(self.text[start:end], self.origin[start:end])

    def without(self, spans: Iterable[tuple[int, int]]) -> Stream:
        """The stream with the spans (in order, not overlapping) cut out."""
        words: list[str] = []
        origin: array[int] = array("q")
        at = 0
        for start, end in spans:
            words.append(self.text[at:start])
            origin.extend(self.origin[at:start])
            at = end
        words.append(self.text[at:])
        origin.extend(self.origin[at:])
        return Stream("".join(words), origin)

    def plus(self, other: Stream, between: str = "\n") -> Stream:
        """This stream and another behind it."""
        if not other.text:
            return self
        origin = array("q", self.origin)
        origin.extend([other.origin[0]] * len(between))
        origin.extend(other.origin)
        return Stream(self.text + between + other.text, origin)

    def place(self, at: int) -> tuple[int, int]:
        """(page index, offset in that page) of the character at `at`."""
        code = self.origin[min(at, len(self.origin) - 1)]
        return code >> 24, code & 0xFFFFFF


def empty() -> Stream:
    """A stream without text."""
    return Stream("", array("q"))


def load(path: Path, report: Report) -> list[Page]:
    """The pages of a folder of numbered files, or of one long text, cleaned."""
    pages = _from_folder(path, report) if path.is_dir() else _from_text(path, report)
    heads = _running_heads(pages)
    for page in pages:
        _clean(page, heads)
    return _once(pages, path, report)


def join(pages: list[Page], which: str = "body") -> Stream:
    """All pages' text ("body"), or everything but heads and page numbers ("whole")."""
    words: list[str] = []
    origin: array[int] = array("q")
    for index, page in enumerate(pages):
        spans = page.body if which == "body" else sorted([*page.body, *page.notes])
        for start, end in spans:
            if (start, end) == spans[0] and _goes_on(words, page.text[start:end]):
                del words[-1], origin[-2:]  # the break of a line, and the hyphen before it
                words[-1] = words[-1][:-1]
            words.append(page.text[start:end])
            origin.extend(range(index << 24 | start, index << 24 | end))
            words.append("\n")
            origin.append(index << 24 | max(end - 1, 0))
    return Stream("".join(words), origin)


def _goes_on(words: list[str], there: str) -> bool:
    """Whether the last word of a page goes on, behind its hyphen, on the next."""
    return (
        len(words) > 1
        and re.search(r"[^\W\d_]{2}-$", words[-2]) is not None
        and re.match(r"[^\W\d_]", there) is not None
        and there[0].islower()
    )


def notes_of(page: Page, index: int) -> Stream:
    """The footnotes of one page."""
    out = empty()
    for start, end in page.notes:
        out = (
            out.plus(
                Stream(
                    page.text[start:end], array("q", range(index << 24 | start, index << 24 | end))
                )
            )
            if out.text
            else Stream(
                page.text[start:end], array("q", range(index << 24 | start, index << 24 | end))
            )
        )
    return out


def _from_folder(path: Path, report: Report) -> list[Page]:
    series: dict[str, list[tuple[int, Path]]] = {}
    for one in sorted(path.iterdir()):
        found = _NUMBERED.match(one.stem)
        if found is not None and one.suffix.lower() in (".txt", ".text", ""):
            series.setdefault(found["stem"], []).append((int(found["number"]), one))
    if not series:
        report.error("book-no-pages", str(path), "the folder holds no numbered page files",
                     hint="pages are text files whose names end in a number, such as page_0001.txt")  # fmt: skip
        return []
    chosen = sorted(series[max(series, key=lambda stem: len(series[stem]))])
    pages: list[Page] = []
    for number, one in chosen:
        try:
            data = one.read_bytes()
        except OSError as error:
            report.error("unreadable", str(one), f"cannot be read: {error.strerror or error}")
            continue
        if b"\x00" in data[:4096]:
            report.error("binary-file", str(one), "the page is no text", "give its text")
            continue
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        if "�" in text:
            report.warning("not-utf8", str(one), "some characters are not UTF-8")
        if len(text) >= 1 << 24:
            report.error("too-large", str(one), "the page has more than 16 million characters")
            continue
        pages.append(Page(number=number, text=text, name=one.name))
    numbers = [page.number for page in pages]
    missing = sorted(set(range(numbers[0], numbers[-1] + 1)) - set(numbers)) if numbers else []
    if missing:
        shown = ", ".join(map(str, missing[:10])) + (" ..." if len(missing) > 10 else "")
        report.warning("page-missing", str(path), f"{len(missing)} page files are missing: {shown}",
                       hint="what stands on them cannot be read")  # fmt: skip
    return pages


def _from_text(path: Path, report: Report) -> list[Page]:
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    if "\f" in text:
        cuts = [found.end() for found in re.finditer("\f", text)]
    else:
        cuts = _breaks(text)
        if len(cuts) < 3:
            cuts = list(range(200_000, len(text), 200_000))
    pages = []
    begin = 0
    for index, end in enumerate([*cuts, len(text)]):
        if text[begin:end].strip():
            pages.append(Page(number=index + 1, text=text[begin:end], name=path.name))
        begin = end
    return pages


def _breaks(text: str) -> list[int]:
    """Ends of pages in a text whose printed page numbers were kept, each at a line's
    start with the next page close behind: the longest run of rising numbers."""
    found = [(int(m["number"]), m.end("number")) for m in _PRINTED_BREAK.finditer(text)]
    best: list[int] = []
    for first in range(min(len(found), 40)):
        run = [found[first][1]]
        last, at = found[first]
        for number, end in found[first + 1 :]:
            if last <= number <= last + 3 and end - at > 150 and (number > last or end - at > 900):
                run.append(end)
                last, at = number, end
        if len(run) > len(best):
            best = run
    return best


def _lines(text: str) -> list[tuple[int, int]]:
    out = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            begin = at + len(line) - len(line.lstrip())
            out.append((begin, at + len(line.rstrip())))
        at += len(line) + 1
    return out


def _folded(line: str) -> str:
    return re.sub(r"[^a-zа-я ]", "", line.lower()).strip()


def _running_heads(pages: list[Page]) -> set[str]:
    """Short lines that open (or close) many pages, and the words that they begin with."""
    counts: Counter[str] = Counter()
    for page in pages:
        spans = _lines(page.text)
        for a, b in spans[:1]:
            line = page.text[a:b]
            if 4 < b - a <= 48 and not re.search(r"\d", line):
                counts[_folded(line)] += 1
    need = 3
    heads = {
        line for line, count in counts.items() if count >= need and line and len(line.split()) <= 6
    }
    return heads


def _is_head(line: str, heads: set[str]) -> bool:
    folded = _folded(line)
    if folded in heads:
        return True
    words = folded.split()
    firsts = {head.split()[0] for head in heads if len(head.split()) <= 3}
    if 1 < len(words) <= 3 and words[0] in firsts and len(line) < 32 and not line.isupper():
        return True
    return line.startswith("[") and any(head in folded for head in heads) and len(line) < 70


def _clean(page: Page, heads: set[str]) -> None:
    text = page.text
    spans = _lines(text)
    first, last = 0, len(spans)
    while first < min(last, 2) and _is_head(text[slice(*spans[first])], heads):
        first += 1
    while last > first:
        line = text[slice(*spans[last - 1])]
        number = _PAGE_NUMBER.match(line)
        if number is not None:
            if page.printed is None:
                page.printed = int(number["number"])
            last -= 1
        elif _is_head(line, heads) or (_TRANSCRIBER.match(line) and last - first > 0):
            last -= 1
        else:
            break
    # the number may stand above the footnotes
    kept: list[tuple[int, int]] = []
    for a, b in spans[first:last]:
        line = text[a:b]
        named = re.fullmatch(r"\[Page number: (?P<number>\d+)\]", line)
        if named is not None:
            page.printed = int(named["number"])
            continue
        if _TRANSCRIBER.match(line):
            continue
        kept.append((a, b))
    cut = len(kept)
    for index in range(len(kept) - 1, -1, -1):
        a, b = kept[index]
        line = text[a:b]
        if _RULE.match(line):
            cut = index
            break
        if re.fullmatch(r"(?:\*\s*){3,}|X X X", line) or _TEXT_GOES_ON.match(line):
            break
        if fonds.is_reference(line):
            break
        found = _FOOTNOTE.match(line)
        if found is not None and (not found[0][:1].isdigit() or _marked_above(text, kept[:index], found[0])):  # fmt: skip
            cut = index
        elif index < cut and cut - index > 6:
            break
    above, below = kept[:cut], [s for s in kept[cut:] if not _RULE.match(text[slice(*s)])]
    page.body = _merge(text, above)
    page.notes = _merge(text, below)


def _marked_above(text: str, above: list[tuple[int, int]], opening: str) -> bool:
    """Whether the number that opens a footnote stands glued to a word of the page's text."""
    mark = re.compile(rf"(?<=[a-z.,;:)\"”’]){opening.strip()}(?=[\s.,;:)]|$)")
    return any(mark.search(text, a, b) for a, b in above)


def _merge(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring lines as one span, blank lines between them kept."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _once(pages: list[Page], path: Path, report: Report) -> list[Page]:
    """Pages without second transcripts of one page."""
    out: list[Page] = []
    for page in pages:
        before = out[-1] if out else None
        if (
            before is not None
            and page.printed is not None
            and page.printed == before.printed
            and _alike(before.text, page.text)
        ):
            report.info("page-twice", f"{path}/{page.name}",
                        f"the page repeats {before.name} in another transcript and is left out")  # fmt: skip
            continue
        out.append(page)
    return out


def _alike(one: str, other: str) -> bool:
    a, b = set(re.findall(r"\w{4,}", one.lower())), set(re.findall(r"\w{4,}", other.lower()))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) > 0.6
