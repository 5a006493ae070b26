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
from pathlib import Path

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import fonds, titles
from kgraph.extract.mentions import MentionFinder, Name
from kgraph.extract.papers import assembly, inside, quoted
from kgraph.extract.present import present_in_lines
from kgraph.model import Date, Evidence, Item, Party, Person, PlaceEntry, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources import book_evidence, book_layout, book_lists, book_notes, book_pages
from kgraph.sources.book_pages import Page, Stream
from kgraph.sources.book_spellings import with_spellings
from kgraph.sources.known import source_key

NAME = "book"
PAGED = True

_INCOMING = re.compile(
    r"^(?:REFERENCE|MEMO|NOTE|INFORMATION)\s*:\s*No\.?\s?(?P<value>\d+(?:\s?-\s?\d+)?)(?=\s*\((?:incoming|inc\.|ref\.))",
    re.MULTILINE,
)


def sniff(head: bytes, name: str) -> bool:
    """A long text of a book of documents: dotted contents, an index or a list of documents
    named there, numbered documents. Folders of pages are told by their file names."""
    if name.lower().endswith((".xml", ".html", ".htm", ".json", ".csv", ".tsv")):
        return False
    text = head.decode("utf-8", "replace")
    if text.lstrip().startswith("<"):
        return False
    contents = len(book_layout.CONTENTS_LINE.findall(text))
    named = re.search(
        r"(?i)\b(?:name|geographic(?:al)?) index|list of (?:published )?documents|index of names",
        text,
    )
    numbered = len(book_layout.cut(text, {}))
    return (contents >= 3 and named is not None) or (
        numbered >= 3 and book_layout.fonds_lines(text) >= 3
    )


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
        self.parts = book_layout.parts(book_pages.join(pages, "whole"))
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
            with_spellings(
                book_lists.persons(book_lists.names(self.parts["names"]), source, page_numbers),
                book_pages.join(pages, "whole").text.replace(self.parts["names"].text, ""),
            )
            if "names" in self.parts
            else []
        )
        self.finder = MentionFinder(_index_names(self.persons, self.place_entries))
        self.towns = frozenset(
            name.casefold()
            for entry in self.place_entries
            if (entry.note or "").startswith(("city", "capital", "administrative center", "urban"))
            for name in (entry.label, *entry.variants)
        ) | book_evidence.towns_told(book_pages.join(pages, "whole").text)

    def items(self) -> Iterator[Item]:
        yield from self.persons  # first, so that names in the documents are sought among them
        yield from self.place_entries
        body = book_pages.join(self.pages, "body")
        body = body.part(0, book_layout.limit(body, self.parts, self.pages))
        pieces = book_layout.cut(body.text, self.list)
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
        opening = [m.start() for m in book_layout.SECTION.finditer(body.text, 0, first)]
        if opening and first - opening[-1] < 3000:
            first = opening[-1]
        clean, marks = book_notes.cut_marks(body.part(first, len(body.text)), numbers)
        pieces = book_layout.cut(clean.text, self.list)
        if self.list:
            found = {p.number for p in pieces}
            for number in sorted(set(self.list) - found):
                self.report.warning(
                    "document-missing",
                    f"{self.path}: no. {number}",
                    "the list of documents names it, and no heading of that number was found",
                )
        book_layout.give_page_notes(self.pages, clean, pieces)
        drafts = [self._draft(clean, piece) for piece in pieces]
        by_doc = self._assign(notes, marks, pieces, drafts)
        for piece, draft in zip(pieces, drafts, strict=True):
            yield from self._records(piece, draft, by_doc.get(draft.id, []))
        yield from fonds.units((h for d in drafts for h in d.holdings), self.source)
        yield from self._missing({p.number for p in pieces})

    # --- cutting -----------------------------------------------------------------

    def _endnotes(self, body: Stream, pieces: list[book_layout.Piece]) -> list[book_notes.Note]:
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
                    book_layout.start_of(whole.text, p, start)
                    for p in (book_layout.NAME_INDEX, book_layout.PLACE_INDEX, book_layout.LIST)
                )
                if s
            ]
            self.parts["after"] = whole.part(start, min(stops) if stops else len(whole.text))
        return book_notes.read(self.parts["after"])

    # --- one document ------------------------------------------------------------

    def _draft(self, body: Stream, piece: book_layout.Piece) -> assembly.Draft:
        own = body.text[piece.start : piece.end]
        notes = "\n".join(piece.notes)
        text = own + ("\n\n" + notes if notes else "")
        at = piece.head_end - piece.start
        title_start, title_end = book_layout.title_span(own, at, self.list.get(piece.number))
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
        end, reference = book_layout.reference(own, title_end)
        draft.extra["_end"] = end
        draft.extra["_own"] = len(own)
        body_end, enclosed = quoted.enclosures(own, title_end, end)
        letters = quoted.letters(own, title_end, body_end)
        draft.cover = cover.read(
            assembly.masked(own, letters), title_end, body_end, places=self.towns
        )
        if draft.title.form in ("minutes", "memorandum-of-conversation"):
            named = draft.title.participants
            keys = {assembly.key(one) for one in named}
            there = present_in_lines(own, title_end, min(body_end, title_end + 1200))
            more = tuple(one for one in there if assembly.key(one) not in keys)
            draft.title = msgspec.structs.replace(draft.title, participants=(*named, *more))
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
        self, piece: book_layout.Piece, draft: assembly.Draft, notes: list[book_notes.Note]
    ) -> Iterator[Record]:
        extra = draft.extra
        inner: tuple[quoted.Inner, ...] = extra.pop("_inner")
        own_length: int = extra.pop("_own")
        extra.pop("_end")
        entry = self.list.get(piece.number)
        assembly.stamped(draft)
        book_evidence.add_list(draft, entry)
        book_evidence.add_page_notes(draft, inner, own_length)
        draft.remarks.extend(book_evidence.year_against_text(draft))
        book_evidence.add_endnotes(draft, notes, self.prefix)
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
            records = book_evidence.called(records, entry.enclosures)
        book_evidence.add_facsimiles(draft, entry, self.facsimiles)
        record = assembly.finish(draft)
        yield record
        yield from records

    def _assign(
        self,
        notes: list[book_notes.Note],
        marks: list[book_notes.Mark],
        pieces: list[book_layout.Piece],
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
            kinds={d.id: (d.title.form, d.title.kind or "") for d in drafts},
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


def _index_names(persons: list[Person], places: list[PlaceEntry]) -> Iterator[Name]:
    """The forms of the book's own indexes, for finding mentions."""
    for one in persons:
        for words in dict.fromkeys((one.label, *one.variants)):
            yield Name(text=words, type="person", id=one.id)
    for place in places:
        for words in dict.fromkeys((place.label, *place.variants)):
            yield Name(text=words, type="place", id=place.id)
