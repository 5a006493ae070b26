"""How a book is laid out: where documents begin and end, which footnotes are theirs,
where lists and indexes stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgraph.extract import covers as cover
from kgraph.extract import fonds, titles
from kgraph.sources import book_pages
from kgraph.sources.book_lists import Entry
from kgraph.sources.book_pages import Page, Stream

HEADING = re.compile(
    r"^(?:No\.|№|N|Nr\.?|Document|DOCUMENT|Doc\.)\s?(?:No\.\s?|№\s?)?(?P<number>\d{1,4})\.?$",
    re.MULTILINE,
)
_ON_ONE_LINE = re.compile(
    r"^(?:(?:No\.|№|N|Nr\.?|#|Document|DOCUMENT|Doc\.)\s?(?:No\.\s?|№\s?)?(?P<told>\d{1,4})[.:)]?\s*[—–-]?\s*|(?P<bare>\d{1,4})[.)]\s+)(?=[A-Z“\"*])(?P<title>[^\n]{12,}(?:\n[^\n]+)?)",
    re.MULTILINE,
)
"""A number with its title behind it: "12. Letter from Roe to Doe"."""
SECTION = re.compile(
    r"^(?:SECTION|PART|CHAPTER|Section|Part|Chapter)\s+(?P<number>[IVX]+|\d+)\.?$", re.MULTILINE
)
NAME_INDEX = re.compile(
    r"^(?:(?:Name|Names|Personal|Persons?)\s+[Ii]ndex|Index of (?:[Nn]ames|[Pp]ersons))\W*$",
    re.MULTILINE,
)
PLACE_INDEX = re.compile(
    r"^(?:(?:Geographic(?:al)?|Place|Places|Toponymic)\s+[Ii]ndex|Index of (?:[Pp]laces|[Gg]eographical names))\W*$",
    re.MULTILINE,
)
LIST = re.compile(
    r"^List of (?:[Pp]ublished\s+)?[Dd]ocuments(?:\s+[Pp]ublished)?\W*$", re.MULTILINE
)
CONTENTS_LINE = re.compile(r"\.{5,}\s*\d+")
_HEADER_LINE = re.compile(
    r"^(?:(?:Spec(?:ial)?\.?\s*)?(?:No\.?|№|Nos\.?)\s?[\dA-ZА-Яа-я]"
    rf"|(?:\S+\s+){{0,3}}?{cover.DATE.pattern.replace('?P<', '?P<h_')}\W*\S{{0,4}}$"
    r"|\[(?:[A-Z][a-z]+ )?\d{4}\]|TOP SECRET|Top Secret|SECRET|Secret|TO [A-Z]|\[No date)"
)


@dataclass
class Piece:
    """One document's stretch of the book."""

    number: int
    start: int  # of its heading, in the body stream
    head_end: int
    end: int
    section: str | None = None
    notes: list[str] = field(default_factory=list)


def fonds_lines(text: str) -> int:
    """How many lines of a text open with an archival reference."""
    return sum(1 for a, b in cover.lines(text, 0, len(text)) if fonds.is_reference(text[a:b]))


def cut(text: str, listed: dict[int, Entry]) -> list[Piece]:
    """The documents of the text, cut at their numbered headings; numbers rise."""
    heads = _rising(
        [(int(m["number"]), m.start(), m.end()) for m in HEADING.finditer(text)], text, listed
    )
    if len(heads) < 3:
        joined = _rising(_with_titles(text), text, listed)
        heads = joined if len(joined) > len(heads) else heads
    sections = [(m.start(), m["number"]) for m in SECTION.finditer(text)]
    pieces: list[Piece] = []
    for index, (number, start, head_end) in enumerate(heads):
        end = heads[index + 1][1] if index + 1 < len(heads) else len(text)
        cut = next((at for at, _ in sections if head_end < at < end), None)
        section = next((name for at, name in reversed(sections) if at < start), None)
        end = cut if cut is not None else end
        if index + 1 == len(heads):
            end = last_end(text, head_end, end)
        pieces.append(
            Piece(number, start, head_end, start + len(text[start:end].rstrip()), section)
        )
    return pieces


def _rising(
    found: list[tuple[int, int, int]], text: str, listed: dict[int, Entry]
) -> list[tuple[int, int, int]]:
    """Those of the headings found whose numbers rise one by one, or leave out few that the
    list of documents bears out."""
    heads: list[tuple[int, int, int]] = []
    last = 0
    for number, start, end in found:
        if number == last + 1 or (
            last < number <= last + 4 and _fits(text, end, listed.get(number), bool(listed))
        ):
            heads.append((number, start, end))
            last = number
    return heads


def _with_titles(text: str) -> list[tuple[int, int, int]]:
    """Numbers at a line's start whose line goes on with a document's title: a form, and whose
    it is. Items of a list in a text name no parties, and stand in no line of their own."""
    found: list[tuple[int, int, int]] = []
    for m in _ON_ONE_LINE.finditer(text):
        apart = text[max(0, m.start() - 2) : m.start()].strip(" \t") in ("", "\n\n")
        behind = text[m.end() : m.end() + 200]
        if not apart and m["told"] is None and cover.DATE.search(behind) is None:
            continue
        title = titles.read(" ".join(m["title"].split()))
        opens = title.form_span is not None and title.form_span[0] < 25
        if opens and (title.senders or title.addressees or title.participants or m["told"]):
            found.append((int(m["told"] or m["bare"]), m.start(), m.start("title")))
    return found


def _fits(text: str, at: int, entry: Entry | None, has_list: bool) -> bool:
    """Whether the words behind a heading that leaves numbers out are the list's."""
    if entry is None:
        return not has_list
    words = set(re.findall(r"\w{4,}", text[at : at + 400].lower()))
    wanted = set(re.findall(r"\w{4,}", entry.title.lower()))
    return bool(wanted) and len(words & wanted) / len(wanted) > 0.5


def title_span(own: str, at: int, entry: Entry | None) -> tuple[int, int]:
    """Where a document's title stands: behind its number, down to the first header line."""
    spans = cover.lines(own, at, len(own))
    if not spans:
        return at, at
    start, end = spans[0]
    wanted = len(entry.title) if entry is not None else 0
    for a, b in spans[1:12]:
        line = own[a:b]
        gap = own[end:a].count("\n") > 1
        if _HEADER_LINE.match(line) or (gap and (not wanted or end - start > 0.6 * wanted)):
            break
        if (
            gap
            and not re.match(r"[a-z\"“]", line)
            and not own[start:end].rstrip().endswith((",", "and", "of", "to"))
        ):
            break
        end = b
    return start, _before_date(own, start, end)


def _before_date(own: str, start: int, end: int) -> int:
    """The end of a title without the date that closes it: "Note from Roe to Doe. May 5, 1953"."""
    dated = [m for m in cover.DATE.finditer(own, start, end) if end - m.end() < 3]
    if not dated or dated[-1].start() - start < 20:
        return end
    before = own[start : dated[-1].start()].rstrip()
    return start + len(before.rstrip(" .,")) if before.endswith((".", ",")) else end


def give_page_notes(pages: list[Page], body: Stream, pieces: list[Piece]) -> None:
    """Footnotes go to the documents of their page: in order where there is one for
    each document that begins there, else to the first that begins, or goes on, there."""
    spans = [(body.place(p.start)[0], body.place(max(p.start, p.end - 1))[0], p) for p in pieces]
    for index, page in enumerate(pages):
        words = book_pages.notes_of(page, index).text
        if not words.strip():
            continue
        here = [p for first, last, p in spans if first <= index <= last]
        if not here:
            continue
        begun = [p for first, _, p in spans if first == index]
        notes = _split_notes(words)
        firsts = [
            n
            for n in notes
            if re.search(r"\bfirst page\b|\bletterhead\b|\bresolution\b|\bDated\b", n)
        ]
        for note in notes:
            if note in firsts and begun:
                at = next(i for i, one in enumerate(firsts) if one is note)
                if len(firsts) == len(begun):
                    begun[at].notes.append(note)
                    continue
                told = _by_form(note, begun)
                (told or begun[min(at, len(begun) - 1)]).notes.append(note)
            else:
                begins_here = note.startswith(("a ", "*", "ᵃ")) and begun
                (
                    begun[0]
                    if begins_here and len(here) == len(begun)
                    else here[0]
                    if not begun
                    else begun[-1]
                ).notes.append(note)


def parts(whole: Stream) -> dict[str, Stream]:
    """Indexes and lists behind the documents, each from its heading to the next one."""
    text = whole.text
    found: list[tuple[int, int, str]] = []
    for kind, pattern in (("names", NAME_INDEX), ("places", PLACE_INDEX), ("list", LIST)):
        for m in pattern.finditer(text):
            near = text[m.start() : m.start() + 300]
            if CONTENTS_LINE.search(near.split("\n")[0]):
                continue
            found.append((m.start(), m.end(), kind))
    found.sort()
    out: dict[str, Stream] = {}
    stops = [start for start, _, _ in found]
    appendix = re.search(r"^Document No\. ?1-1$|^Photograph No\.", text, re.MULTILINE)
    for index, (_, end, kind) in enumerate(found):
        stop = stops[index + 1] if index + 1 < len(stops) else len(text)
        if appendix is not None and end < appendix.start() < stop:
            stop = appendix.start()
        name = kind
        if kind == "list" and "list" in out:
            name = "facsimiles"
        if name in out:
            continue
        out[name] = whole.part(end, stop)
    return out


def limit(body: Stream, parts: dict[str, Stream], pages: list[Page]) -> int:
    """Where documents can no longer stand: the first index or list behind them."""
    firsts = [part.origin[0] for part in parts.values() if len(part.origin)]
    if not firsts:
        return len(body.text)
    stop = min(firsts)
    if stop >> 24 < len(pages) // 3:  # a list before the documents
        return len(body.text)
    for at in range(len(body.origin)):
        if body.origin[at] >= stop:
            return at
    return len(body.text)


def start_of(text: str, pattern: re.Pattern[str], at: int) -> int | None:
    found = pattern.search(text, at)
    return found.start() if found else None


def last_end(text: str, start: int, end: int) -> int:
    """The end of the last document: its archival reference, with what is said of the copy."""
    for a, b in cover.lines(text, start, end):
        if fonds.is_reference(text[a:b]):
            return b
    return end


def reference(own: str, at: int) -> tuple[int, tuple[int, int] | None]:
    """Where a document's text ends, and the span of the reference at its foot."""
    spans = cover.lines(own, at, len(own))
    for index in range(len(spans) - 1, -1, -1):
        a, b = spans[index]
        if fonds.is_reference(own[a:b]):
            end = b
            for x, y in spans[index + 1 : index + 4]:
                if own[end:x].count("\n") > 1 or re.match(r"(?:At|On|In) the |[*ᵃ-ᵿ⁰-⁹]", own[x:y]):
                    break
                end = y
            return a, (a, end)
    return len(own), None


def _split_notes(words: str) -> list[str]:
    """The footnotes of a page, one each."""
    words = re.sub(
        r"^\[?\s*(?:Footnotes?|Notes?)(?: at (?:the )?bottom(?: of (?:the )?page)?)?\s*:?\]?\s*",
        "",
        words,
    )
    out: list[str] = []
    for line in words.split("\n"):
        if not line.strip():
            continue
        if not out or re.match(r"\*{1,2}\s?\S|[a-zа-е]\s(?=[A-Z\"“])|[ᵃ-ᵿ⁰¹²³⁴-⁹]+|\[", line):
            out.append(line.strip())
        else:
            out[-1] += "\n" + line.strip()
    return out


def _by_form(note: str, begun: list[Piece]) -> Piece | None:
    return None if "telegram" not in note else begun[-1]
