"""Paged books of documents: a folder of page files, or one long text of such a book.

The pages are joined (`book_pages`), documents are cut at their numbered headings, and
enclosures and quoted letters become records inside them. The list of documents, the
endnotes and the indexes are evidence: they fill what the heading lacks, and where they
disagree with it both are kept. Ids: `<prefix>/N`, inner documents `<prefix>/N/k`.

A record's text is the document's own, its page notes behind it; offsets count in that
text. `locator` gives the pages, and the page file and place of the first character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kgraph.extract import assembly, cover, fonds, inside, naming, quoted, titles
from kgraph.extract.mentions import MentionFinder, Name
from kgraph.model import Date, Evidence, Item, Party, Person, PlaceEntry, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources import book_lists, book_notes, book_pages
from kgraph.sources.book_pages import Page, Stream
from kgraph.sources.known import source_key

NAME = "book"
PAGED = True

_HEADING = re.compile(
    r"^(?:No\.|№|N|Nr\.?|Document|DOCUMENT|Doc\.)\s?(?:No\.\s?|№\s?)?(?P<number>\d{1,4})\.?$",
    re.MULTILINE,
)
_SECTION = re.compile(
    r"^(?:SECTION|PART|CHAPTER|Section|Part|Chapter)\s+(?P<number>[IVX]+|\d+)\.?$", re.MULTILINE
)
_NAME_INDEX = re.compile(
    r"^(?:(?:Name|Names|Personal|Persons?)\s+[Ii]ndex|Index of (?:[Nn]ames|[Pp]ersons))\W*$",
    re.MULTILINE,
)
_PLACE_INDEX = re.compile(
    r"^(?:(?:Geographic(?:al)?|Place|Places|Toponymic)\s+[Ii]ndex|Index of (?:[Pp]laces|[Gg]eographical names))\W*$",
    re.MULTILINE,
)
_LIST = re.compile(
    r"^List of (?:[Pp]ublished\s+)?[Dd]ocuments(?:\s+[Pp]ublished)?\W*$", re.MULTILINE
)
_CONTENTS_LINE = re.compile(r"\.{5,}\s*\d+")
_STAMP = re.compile(
    r"\b(?:stamp(?:ed)?)\b[^\n\"“]{0,30}[\"“](?P<words>[^\"”\n]+)[\"”]?", re.IGNORECASE
)
_PRINTED_ADDRESS = re.compile(
    r"(?:is|was)?\s*printed:?\s*[\"“](?P<words>.+?)[\"”]\.?\s*(?:\n|$)", re.DOTALL | re.IGNORECASE
)
_BY_CONTENT = re.compile(r"\b[Dd]at(?:ed|ing)\b[^.\n]{0,30}\b(?:content|according to)")
_INCOMING = re.compile(
    r"^(?:REFERENCE|MEMO|NOTE|INFORMATION)\s*:\s*No\.?\s?(?P<value>\d+(?:\s?-\s?\d+)?)(?=\s*\((?:incoming|inc\.|ref\.))",
    re.MULTILINE,
)
_SEE_DOC = re.compile(
    r"\b[Ss]ee (?:doc(?:ument)?s?\.?) (?:No\.|№)\s?(?P<numbers>\d+(?:(?:,| and|, and)\s?\d+)*)"
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


def sniff(head: bytes, name: str) -> bool:
    """A long text of a book of documents: dotted contents, an index or a list of documents
    named there, numbered documents. Folders of pages are told by their file names."""
    if name.lower().endswith((".xml", ".html", ".htm", ".json", ".csv", ".tsv")):
        return False
    text = head.decode("utf-8", "replace")
    if text.lstrip().startswith("<"):
        return False
    contents = len(_CONTENTS_LINE.findall(text))
    named = re.search(
        r"(?i)\b(?:name|geographic(?:al)?) index|list of (?:published )?documents|index of names",
        text,
    )
    numbered = len(_HEADING.findall(text))
    return (contents >= 3 and named is not None) or (numbered >= 3 and fonds_lines(text) >= 3)


def fonds_lines(text: str) -> int:
    """How many lines of a text open with an archival reference."""
    return sum(1 for a, b in cover.lines(text, 0, len(text)) if fonds.is_reference(text[a:b]))


def read(path: Path, report: Report) -> Iterator[Item]:
    """The documents, persons and places of a book; a source's pages stay untouched."""
    source, prefix = source_key(path)
    pages = book_pages.load(path, report)
    if not pages:
        return
    book = _Book(pages, source, prefix, path, report)
    yield from book.items()


class _Book:
    def __init__(
        self, pages: list[Page], source: str, prefix: str, path: Path, report: Report
    ) -> None:
        self.pages = pages
        self.source = source
        self.prefix = prefix
        self.path = path
        self.report = report
        self.parts = _parts(book_pages.join(pages, "whole"))
        self.list = (
            {e.number: e for e in book_lists.entries(self.parts["list"])}
            if "list" in self.parts
            else {}
        )
        self.facsimiles = (
            book_lists.entries(self.parts["facsimiles"]) if "facsimiles" in self.parts else []
        )
        self.place_entries = (
            book_lists.places(self.parts["places"], source) if "places" in self.parts else []
        )
        page_numbers = [page.printed or page.number for page in pages]
        self.persons = (
            book_lists.persons(book_lists.names(self.parts["names"]), source, page_numbers)
            if "names" in self.parts
            else []
        )
        self.finder = MentionFinder(_index_names(self.persons, self.place_entries))
        self.towns = frozenset(
            name.casefold()
            for entry in self.place_entries
            if (entry.note or "").startswith(("city", "capital", "administrative center", "urban"))
            for name in (entry.label, *entry.variants)
        )

    def items(self) -> Iterator[Item]:
        body = book_pages.join(self.pages, "body")
        body = body.part(0, _limit(body, self.parts, self.pages))
        pieces = self._cut(body.text)
        if not pieces:
            self.report.error(
                "book-no-documents",
                str(self.path),
                "no numbered heading of a document was found",
                hint="headings are lines of their own, such as 'No. 12'",
            )
            return
        notes = self._endnotes(body, pieces)
        numbers = set(range(1, max((n.number for n in notes), default=0) + 1))
        first = pieces[0].start  # the introduction counts notes of its own
        opening = [m.start() for m in _SECTION.finditer(body.text, 0, first)]
        if opening and first - opening[-1] < 3000:
            first = opening[-1]
        clean, marks = book_notes.cut_marks(body.part(first, len(body.text)), numbers)
        pieces = self._cut(clean.text)
        if self.list:
            found = {p.number for p in pieces}
            for number in sorted(set(self.list) - found):
                self.report.warning(
                    "document-missing",
                    f"{self.path}: no. {number}",
                    "the list of documents names it, and no heading of that number was found",
                )
        self._page_notes(clean, pieces)
        drafts = [self._draft(clean, piece) for piece in pieces]
        by_doc = self._assign(notes, marks, pieces, drafts)
        for piece, draft in zip(pieces, drafts, strict=True):
            yield from self._records(piece, draft, by_doc.get(draft.id, []))
        yield from fonds.units((h for d in drafts for h in d.holdings), self.source)
        yield from self._missing({p.number for p in pieces})
        yield from self.persons
        yield from self.place_entries

    # --- cutting -----------------------------------------------------------------

    def _cut(self, text: str) -> list[Piece]:
        heads: list[tuple[int, int, int]] = []
        last = 0
        for found in _HEADING.finditer(text):
            number = int(found["number"])
            if number == last + 1 or (
                last < number <= last + 4 and self._fits(text, found.end(), number)
            ):
                heads.append((number, found.start(), found.end()))
                last = number
        sections = [(m.start(), m["number"]) for m in _SECTION.finditer(text)]
        pieces: list[Piece] = []
        for index, (number, start, head_end) in enumerate(heads):
            end = heads[index + 1][1] if index + 1 < len(heads) else len(text)
            cut = next((at for at, _ in sections if head_end < at < end), None)
            section = next((name for at, name in reversed(sections) if at < start), None)
            end = cut if cut is not None else end
            if index + 1 == len(heads):
                end = _last_end(text, head_end, end)
            pieces.append(
                Piece(number, start, head_end, start + len(text[start:end].rstrip()), section)
            )
        return pieces

    def _fits(self, text: str, at: int, number: int) -> bool:
        entry = self.list.get(number)
        if entry is None:
            return not self.list
        words = set(re.findall(r"\w{4,}", text[at : at + 400].lower()))
        wanted = set(re.findall(r"\w{4,}", entry.title.lower()))
        return bool(wanted) and len(words & wanted) / len(wanted) > 0.5

    def _endnotes(self, body: Stream, pieces: list[Piece]) -> list[book_notes.Note]:
        """Notes stand between the last document and the first index."""
        if "after" not in self.parts:
            whole = book_pages.join(self.pages, "whole")
            last = body.place(pieces[-1].end - 1)
            start = 0
            for at in range(len(whole.text)):
                if whole.origin[at] >> 24 > last[0]:
                    start = at
                    break
            else:
                return []
            stops = [
                s
                for s in (
                    _start_of(whole.text, p, start) for p in (_NAME_INDEX, _PLACE_INDEX, _LIST)
                )
                if s
            ]
            self.parts["after"] = whole.part(start, min(stops) if stops else len(whole.text))
        return book_notes.read(self.parts["after"])

    def _page_notes(self, body: Stream, pieces: list[Piece]) -> None:
        """Footnotes go to the documents of their page: in order where there is one for
        each document that begins there, else to the first that begins, or goes on, there."""
        spans = [
            (body.place(p.start)[0], body.place(max(p.start, p.end - 1))[0], p) for p in pieces
        ]
        for index, page in enumerate(self.pages):
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

    # --- one document ------------------------------------------------------------

    def _draft(self, body: Stream, piece: Piece) -> assembly.Draft:
        own = body.text[piece.start : piece.end]
        notes = "\n".join(piece.notes)
        text = own + ("\n\n" + notes if notes else "")
        at = piece.head_end - piece.start
        title_start, title_end = self._title_span(own, at, piece.number)
        first, last = body.place(piece.start), body.place(max(piece.start, piece.end - 1))
        draft = assembly.Draft(
            id=f"{self.prefix}/{piece.number}",
            source=self.source,
            text=text,
            number=str(piece.number),
            locator=self._locator(first, last),
            finder=self.finder,
            title=titles.read(own[title_start:title_end], title_start),
            title_span=(title_start, title_end),
        )
        end, reference = _reference(own, title_end)
        draft.extra["_end"] = end
        draft.extra["_own"] = len(own)
        body_end, enclosed = quoted.enclosures(own, title_end, end)
        letters = quoted.letters(own, title_end, body_end)
        draft.cover = cover.read(
            assembly.masked(own, letters), title_end, body_end, places=self.towns
        )
        inner = [*letters, *enclosed]
        draft.extra["_inner"] = tuple(inner)
        if reference is not None:
            words = own[reference[0] : reference[1]]
            draft.holdings = fonds.holdings(words, reference[0])
            paper = fonds.printing(words, reference[0])
            draft.printed_in = (paper,) if paper is not None else ()
            language = fonds.original_language(words)
            if language is not None and draft.cover.original_language is None:
                draft.cover.original_language = language
        return draft

    def _title_span(self, own: str, at: int, number: int) -> tuple[int, int]:
        spans = cover.lines(own, at, len(own))
        if not spans:
            return at, at
        start, end = spans[0]
        entry = self.list.get(number)
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
        return start, end

    def _locator(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        a, b = self.pages[first[0]], self.pages[last[0]]
        printed = [p.printed for p in (a, b)]
        words = ""
        if all(printed):
            words = (
                f"p. {printed[0]}" if printed[0] == printed[1] else f"pp. {printed[0]}-{printed[1]}"
            )
            words += ", "
        return f"{words}{a.name}:{first[1]}"

    def _records(
        self, piece: Piece, draft: assembly.Draft, notes: list[book_notes.Note]
    ) -> Iterator[Record]:
        extra = draft.extra
        inner: tuple[quoted.Inner, ...] = extra.pop("_inner")
        own_length: int = extra.pop("_own")
        extra.pop("_end")
        entry = self.list.get(piece.number)
        self._from_list(draft, entry)
        self._from_page_notes(draft, inner, own_length)
        draft.remarks.extend(_year_against_text(draft))
        self._from_endnotes(draft, notes)
        for found in _INCOMING.finditer(draft.text, 0, own_length):
            draft.relations.append(
                Relation(
                    type="cites",
                    target=f"telegram no. {found['value']}",
                    start=found.start("value"),
                    end=found.end("value"),
                    rule="archive-reference-note",
                    text=found[0],
                )
            )
        if piece.section:
            draft.remarks.append(
                Remark(
                    property="section",
                    value=piece.section,
                    kind="place-in-source",
                    rule="section-heading",
                )
            )
        hint = entry.title if entry is not None else None
        printed: tuple[Party, ...] = extra.pop("_hint_addressees", ())
        records = inside.records(draft, inner, places=self.towns, hint=hint, printed=printed)
        if entry is not None and entry.enclosures:
            records = _called(records, entry.enclosures)
        self._facsimile(draft, entry)
        record = assembly.finish(draft)
        yield record
        yield from records

    def _from_list(self, draft: assembly.Draft, entry: book_lists.Entry | None) -> None:
        if entry is None:
            return
        listed = titles.read(entry.title)

        def moved(found: tuple[Party, ...]) -> tuple[Party, ...]:
            return tuple(
                msgspec.structs.replace(
                    p,
                    start=None,
                    end=None,
                    rule="list-of-documents",
                    locator=entry.locator,
                    words=entry.title[p.start : p.end] if p.start is not None else None,
                )
                for p in found
            )

        title = draft.title
        if not title.senders and listed.senders and title.form != "memorandum-of-conversation":
            title = msgspec.structs.replace(title, senders=moved(listed.senders))
        if not title.participants and listed.participants:
            title = msgspec.structs.replace(title, participants=moved(listed.participants))
        if not title.addressees and listed.addressees:
            title = msgspec.structs.replace(title, addressees=moved(listed.addressees))
        if title.form == "other" and listed.form != "other":
            title = msgspec.structs.replace(title, form=listed.form, kind=listed.kind)
        for name, here, there in (
            ("senders", title.senders, listed.senders),
            ("addressees", title.addressees, listed.addressees),
        ):
            keys = [_loose(p) for p in here]
            for one in moved(there):
                if here and not any(_near(_loose(one), k) for k in keys):
                    draft.remarks.append(
                        Remark(
                            property=name,
                            value=one.name,
                            kind="conflict",
                            rule="list-of-documents",
                            locator=entry.locator,
                            note="so the list of documents; the heading differs",
                        )
                    )
        draft.title = title
        if entry.date is not None:
            dates = draft.cover.dates
            if not dates:
                draft.extra["date"] = entry.date
                if draft.cover.signed_dates:
                    draft.extra["date"] = None
                    draft.other_dates.append(entry.date)
            elif dates[0].edtf != entry.date.edtf:
                draft.other_dates.append(
                    msgspec.structs.replace(
                        entry.date, note="so the list of documents; the heading differs"
                    )
                )

    def _from_page_notes(
        self, draft: assembly.Draft, inner: tuple[quoted.Inner, ...], own_length: int
    ) -> None:
        text = draft.text
        for found in _STAMP.finditer(text, own_length):
            draft.remarks.append(
                Remark(
                    property="copies_to",
                    value=found["words"].strip(),
                    kind="annotation",
                    start=found.start(),
                    end=found.end(),
                    rule="stamp-on-the-copy",
                    note="a stamp on the copy",
                )
            )
        if _BY_CONTENT.search(text, own_length) and draft.cover.dates:
            draft.cover.dates[0] = msgspec.structs.replace(
                draft.cover.dates[0],
                certainty="inferred",
                note="dated by the editors from its content",
            )
        for found in _PRINTED_ADDRESS.finditer(text, own_length):
            who = _address_block(found["words"], found.start("words"))
            if not who:
                continue
            if inner:
                draft.extra.setdefault("_printed_address", []).extend(who)
            elif not draft.title.addressees:
                draft.cover.late_addressees.extend(who)
        given = draft.extra.pop("_printed_address", None)
        if given:
            draft.extra["_hint_addressees"] = tuple(given)

    def _from_endnotes(self, draft: assembly.Draft, notes: list[book_notes.Note]) -> None:
        for note in notes:
            got = book_notes.receipt(note)
            if got is not None:
                if draft.cover.received is None:
                    draft.cover.received = got.date
                draft.cover.copies_to.extend(
                    p for p in got.copies_to if all(p.name != q.name for q in draft.cover.copies_to)
                )
                if got.where is not None:
                    draft.remarks.append(
                        Remark(
                            property="received",
                            value=got.where.name,
                            kind="received-by",
                            rule="endnote-receipt",
                            locator=f"note {note.number}",
                        )
                    )
                continue
            sent = book_notes.copies(note)
            if sent:
                draft.cover.copies_to.extend(
                    p for p in sent if all(p.name != q.name for q in draft.cover.copies_to)
                )
            for see in _SEE_DOC.finditer(note.text):
                for number in re.findall(r"\d+", see["numbers"]):
                    draft.relations.append(
                        Relation(
                            type="related",
                            target=f"{self.prefix}/{number}",
                            rule="endnote-reference",
                            locator=f"note {note.number}",
                            words=see[0],
                        )
                    )

    def _facsimile(self, draft: assembly.Draft, entry: book_lists.Entry | None) -> None:
        """A facsimile in the appendix shows a copy: its reference, where it differs."""
        if entry is None:
            return
        for one in self.facsimiles:
            if one.date is None or entry.date is None or one.date.edtf != entry.date.edtf:
                continue
            a, b = (set(re.findall(r"\w{4,}", t.lower())) for t in (one.title, entry.title))
            if not a or len(a & b) / len(a | b) < 0.6:
                continue
            known = {_digits(h.shelfmark) for h in draft.holdings}
            for held in one.holdings:
                if held.shelfmark and _digits(held.shelfmark) not in known:
                    draft.holdings = (
                        *draft.holdings,
                        msgspec.structs.replace(
                            held, start=None, end=None, copy="another copy", rule="list-of-facsimiles",
                            locator=one.locator, note="shown in facsimile in the appendix",
                        ),
                    )  # fmt: skip

    def _assign(
        self,
        notes: list[book_notes.Note],
        marks: list[book_notes.Mark],
        pieces: list[Piece],
        drafts: list[assembly.Draft],
    ) -> dict[str, list[book_notes.Note]]:
        found: dict[int, str] = {}
        for mark in marks:
            for piece, draft in zip(pieces, drafts, strict=True):
                if piece.start <= mark.at <= piece.end:
                    found.setdefault(mark.number, draft.id)
                    break
        telegrams: dict[str, Date | None] = {
            d.id: (d.cover.dates[0] if d.cover.dates else None)
            for d in drafts
            if d.title.form in ("cipher-telegram", "telegram")
        }
        at_head = {
            draft.id: mark.number
            for piece, draft in zip(pieces, drafts, strict=True)
            for mark in reversed(marks)
            if piece.start <= mark.at <= piece.start + draft.cover.body_start
        }
        cited = {d.id: {n.value for n in d.cover.cited} for d in drafts}
        borne = {
            number: d.id
            for d in drafts
            for n in d.cover.numbers
            if n.kind in ("special", "telegram")
            for number in re.findall(r"\d+", n.value)
        }
        sees = {
            doc: {borne[value] for value in values if value in borne}
            for doc, values in cited.items()
        }
        return book_notes.assign(
            notes,
            found,
            [d.id for d in drafts],
            telegrams,
            at_head=at_head,
            sees=sees,
            to={d.id: " ".join(p.name for p in d.title.addressees) for d in drafts},
            prefix=self.prefix,
        )

    def _missing(self, found: set[int]) -> Iterator[Record]:
        """Documents that the list names and the pages do not bring."""
        for number, entry in self.list.items():
            if number in found:
                continue
            listed = titles.read(entry.title)
            yield Record(
                id=f"{self.prefix}/{number}", source=self.source, number=str(number), status="missing",
                form=listed.form, kind=listed.kind, title=entry.title,
                senders=tuple(msgspec.structs.replace(p, start=None, end=None) for p in listed.senders),
                addressees=tuple(msgspec.structs.replace(p, start=None, end=None) for p in listed.addressees),
                date=entry.date, locator=entry.locator,
                evidence=(Evidence(field="title", words=entry.title, rule="list-of-documents", locator=entry.locator),),
            )  # fmt: skip


_HEADER_LINE = re.compile(
    r"^(?:(?:Spec(?:ial)?\.?\s*)?(?:No\.?|№|Nos\.?)\s?[\dA-ZА-Яа-я]"
    rf"|(?:\S+\s+){{0,3}}?{cover.DATE.pattern.replace('?P<', '?P<h_')}\W*\S{{0,4}}$"
    r"|\[(?:[A-Z][a-z]+ )?\d{4}\]|TOP SECRET|Top Secret|SECRET|Secret|TO [A-Z]|\[No date)"
)


def _index_names(persons: list[Person], places: list[PlaceEntry]) -> Iterator[Name]:
    """The forms of the book's own indexes, for finding mentions."""
    for one in persons:
        for words in dict.fromkeys((one.label, *one.variants)):
            yield Name(text=words, type="person", id=one.id)
    for place in places:
        for words in dict.fromkeys((place.label, *place.variants)):
            yield Name(text=words, type="place", id=place.id)


def _parts(whole: Stream) -> dict[str, Stream]:
    """Indexes and lists behind the documents, each from its heading to the next one."""
    text = whole.text
    found: list[tuple[int, int, str]] = []
    for kind, pattern in (("names", _NAME_INDEX), ("places", _PLACE_INDEX), ("list", _LIST)):
        for m in pattern.finditer(text):
            near = text[m.start() : m.start() + 300]
            if _CONTENTS_LINE.search(near.split("\n")[0]):
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


def _limit(body: Stream, parts: dict[str, Stream], pages: list[Page]) -> int:
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


def _start_of(text: str, pattern: re.Pattern[str], at: int) -> int | None:
    found = pattern.search(text, at)
    return found.start() if found else None


def _last_end(text: str, start: int, end: int) -> int:
    """The end of the last document: its archival reference, with what is said of the copy."""
    for a, b in cover.lines(text, start, end):
        if fonds.is_reference(text[a:b]):
            return b
    return end


def _reference(own: str, at: int) -> tuple[int, tuple[int, int] | None]:
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


def _address_block(words: str, offset: int) -> tuple[Party, ...]:
    """Addressees of a printed address: "To His Excellency / Mr. John F. Kennedy, / President ..."."""
    out: list[Party] = []
    for block in re.finditer(
        r"(?:TO|To)?\s*(?:HIS|His|HER|Her) (?:EXCELLENCY|Excellency)\s*,?\s*|(?:TO|To)\s+(?=M)",
        words,
    ):
        rest = words[block.end() :]
        name = re.match(
            r"(?:Mr|Mrs|Comrade)?\.?\s*(?P<name>[A-Z][^,\n]{2,50}?)\s*,\s*(?P<role>[^()\n]+(?:\n(?!\()[A-Z][A-Za-z ,]+)?)",
            rest,
        )
        if name is None:
            continue
        one = naming.party(
            name["name"], offset + block.end() + name.start("name"), "printed-address"
        )
        if one is not None:
            role = re.split(r",?\s*(?:\n|,\s)(?=Washington|London|Moscow|White)", name["role"])[0]
            out.append(
                msgspec.structs.replace(one, role=" ".join(role.split()).strip(' ,."') or None)
            )
    return tuple(out)


def _year_against_text(draft: assembly.Draft) -> list[Remark]:
    """A year that the text itself contradicts: it tells of "this year" what its title
    dates in another year. The date stays as printed; the other reading is kept."""
    dates = draft.cover.dates
    if not dates or dates[0].earliest is None or draft.title_span is None:
        return []
    year = int(dates[0].earliest[:4])
    title = draft.text[slice(*draft.title_span)]
    spoken = set(
        re.findall(
            r"([A-Z][a-z]+ \d{1,2})(?:-\d{1,2})?,? of this year", draft.text[draft.title_span[1] :]
        )
    )
    for found in re.finditer(
        r"([A-Z][a-z]+ \d{1,2})(?:\s?[-–]\s?\d{1,2})?, ((?:1[5-9]|20)\d\d)", title
    ):
        other = int(found[2])
        if found[1] in spoken and other != year and dates[0].edtf:
            draft.other_dates.append(
                msgspec.structs.replace(
                    dates[0], edtf=dates[0].edtf.replace(str(year), str(other), 1),
                    earliest=(dates[0].earliest or "").replace(str(year), str(other), 1),
                    latest=(dates[0].latest or "").replace(str(year), str(other), 1),
                    certainty="conjectural", rule="year-by-the-text",
                    note=f"the text calls {found[1]} a day of this year, and the title gives {other}",
                )
            )  # fmt: skip
            return [
                Remark(property="date", value=str(other), kind="doubt", rule="year-by-the-text",
                       start=draft.title_span[0] + found.start(), end=draft.title_span[0] + found.end(),
                       note=f"printed {year}; the text itself points to {other}")
            ]  # fmt: skip
    return []


def _called(records: list[Record], names: tuple[str, ...]) -> list[Record]:
    """Enclosures with the titles that the list of documents gives them, where they match in number."""
    enclosed = [
        at for at, r in enumerate(records) if any(x.type == "enclosed-in" for x in r.relations)
    ]
    if len(enclosed) != len(names):
        return records
    out = list(records)
    for at, name in zip(enclosed, names, strict=True):
        form = out[at].form
        if form == "enclosure":
            read_form = titles.form_of(name)[0]
            form = read_form if read_form != "other" else form
        out[at] = msgspec.structs.replace(out[at], title=out[at].title or name, form=form)
    return out


def _loose(one: Party) -> set[str]:
    words = set(re.findall(r"[a-z]{3,}", one.name.lower())) - {"the", "ussr", "members", "comrade"}
    if {"central", "committee"} <= words:
        words = (words - {"central", "committee"}) | {"cpsu"}
    if {"foreign", "affairs"} <= words:
        words = (words - {"foreign", "affairs", "ministry"}) | {"mfa"}
    return words


def _near(one: set[str], other: set[str]) -> bool:
    if not one or not other or one & other:
        return True
    return any(a[:4] == b[:4] for a in one for b in other)


def _digits(words: str | None) -> str:
    return "".join(re.findall(r"\d+|;", words or ""))
