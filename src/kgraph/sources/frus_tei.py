"""*Foreign Relations of the United States* in TEI: the encoding of 2016 and today's.

A document is a ``div`` of type "document"; its text is built while the markup is
walked, so that every marked name keeps its exact span: heading, source note, body,
footnotes, blank lines between. Enclosures are documents of their own, part of the
covering one. The tree of one volume is in memory at a time, and each document is
freed when it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from lxml import etree

from kgraph.authorities.names import spoken
from kgraph.extract import editions, list_labels, openings
from kgraph.extract.layout import Block, BlockKind, Layout, Mark, MarkTag
from kgraph.extract.plain import enclosure_labels
from kgraph.model import Abbreviation, Item, Person
from kgraph.report import Report
from kgraph.sources import front_lists, tei_tables
from kgraph.sources.tei_tables import TEI

NAME = "frus-tei"
FRUS = "{http://history.state.gov/frus/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SKIPPED = frozenset(
    ("file", "pdf", "page-count-according-to-citation", "uh-oh", "graphic", "figDesc", "index")
)
_BLOCKS: dict[str, BlockKind] = {
    "p": "p", "ab": "p", "dateline": "dateline", "item": "item", "signed": "signed",
    "salute": "salute", "closer": "closer", "opener": "opener", "row": "row",
    "label": "p", "l": "p", "byline": "p", "trailer": "p", "postscript": "p", "said": "p",
}  # fmt: skip
_CARRIED = frozenset(
    ("enclosure", "inclosure", "subenclosure", "subinclosure", "attachment", "annex", "tab")
)
_BOUNDS = ("when", "from", "to", "notBefore", "notAfter")


def _local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag[tag.rfind("}") + 1 :]


def sniff(head: bytes, name: str) -> bool:
    """Whether the file begins like a volume of the series."""
    if b"<TEI" not in head:
        return False
    return (
        b"history.state.gov/frus" in head
        or b'xml:id="frus' in head
        or b'type="frus"' in head
        or b"Foreign Relations of the United States" in head
    )


def parser(*, recover: bool = False) -> etree.XMLParser:
    """A parser that takes real volumes (duplicate ids) and no entities from outside."""
    return etree.XMLParser(
        collect_ids=False, huge_tree=True, resolve_entities=False, no_network=True,
        load_dtd=False, remove_comments=True, remove_pis=True, recover=recover,
    )  # fmt: skip


def read(path: Path, report: Report) -> Iterator[Item]:
    """The volume's lists of persons and of abbreviations, then its documents, in order; of a
    broken file what can be saved."""
    root = _parse(path, report)
    if root is None:
        return
    volume = root.get(_ID) or _idno(root) or path.stem
    context = editions.Context(volume=volume, source=path.name, report=report)
    context.people = front_lists.people(root)
    for pid, name, description in context.people:
        yield Person(
            id=f"person/{volume}/{pid}",
            label=spoken(name),
            sort=name if "," in name else None,
            note=description or None,
            source=path.name,
        )
    for tid, short, meaning in front_lists.abbreviations(root):
        yield Abbreviation(
            id=f"abbreviation/{volume}/{tid}", short=short, meaning=meaning, source=path.name
        )
    yield from editions.records(layouts(root, volume), context)


def _parse(path: Path, report: Report) -> Any | None:
    try:
        return etree.parse(str(path), parser()).getroot()
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        root = None
        try:
            root = etree.parse(str(path), parser(recover=True)).getroot()
        except (etree.XMLSyntaxError, ValueError):
            root = None
        saved = 0 if root is None else sum(1 for _ in _documents(root))
        report.error(
            "xml-broken", f"{path.name}:{line}", f"{error.msg}",
            hint=f"{saved} documents were read nevertheless; mend the file at this line"
            if saved else "mend the file at this line; nothing could be read",
        )  # fmt: skip
        return root if saved else None
    except OSError as error:
        report.error("unreadable", path.name, str(error), hint="check the path and its rights")
        return None


def _idno(root: Any) -> str | None:
    found = root.find(f".//{TEI}idno[@type='frus']")
    return cast("str | None", found.text) if found is not None else None


def _documents(root: Any) -> Iterator[Any]:
    for div in root.iter(f"{TEI}div"):
        if div.get("type") == "document":
            yield div


def layouts(root: Any, volume: str) -> Iterator[Layout]:
    """The documents of a parsed volume, each freed from the tree when it was read."""
    page: str | None = None
    present: dict[Any, tuple[str, ...]] = {}  # by the division whose list it is
    headings: dict[Any, tuple[str, ...]] = {}
    for count, div in enumerate(list(_documents(root)), 1):
        local = div.get(_ID) or f"d{div.get('n') or count}"
        layout = _Walk(f"{volume}/{local}", volume).document(div)
        layout.number = div.get("n")
        layout.page = layout.page or page
        above = div.getparent()
        if above not in present:
            present[above] = tuple(tei_tables.present_in(above))
            headings[above] = tei_tables.headings_above(above)
        layout.present, layout.above = present[above], headings[above]
        yield layout
        div.clear()


class _Walk:
    """Writes the text of one document and notes where everything stands."""

    def __init__(self, id_: str, volume: str) -> None:
        self.layout = Layout(id_)
        self.volume = volume
        self.parts: list[str] = []
        self.length = 0
        self.space = False
        self.fresh = True  # nothing written since the last break
        self.current: Block | None = None
        self.waiting: list[Mark] = []
        self.notes: list[Any] = []  # footnotes, for the end
        self.after: list[tuple[Any, BlockKind]] = []  # source notes, for behind the block
        self.list: str | None = None
        self.level = 0
        self.quote = 0
        self.quotes = 0
        self.head_seen = False

    def document(self, div: Any) -> Layout:
        layout = self.layout
        layout.line = div.sourceline
        layout.subtype = div.get("subtype")
        layout.earliest = div.get(f"{FRUS}doc-dateTime-min")
        layout.latest = div.get(f"{FRUS}doc-dateTime-max")
        self._children(div)
        self._close()
        for number, note in enumerate(self.notes, 1):
            self._open("footnote")
            self._text(f"[{note.get('n') or number}] ")
            self._inline(note)
            self._close()
        layout.text = "".join(self.parts)
        layout.find_head()
        return layout

    # blocks ---------------------------------------------------------------------
    def _open(self, kind: BlockKind) -> None:
        if self.current is not None:
            self._close()
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        self.current = Block(kind, self.length, self.length, self.list, self.level, self.quote)
        self.fresh, self.space = True, False

    def _close(self) -> None:
        block = self.current
        if block is None:
            return
        self.current = None
        block.end = self.length
        if block.end > block.start:
            self.layout.blocks.append(block)
        elif self.parts and self.parts[-1] == "\n\n":
            self.parts.pop()
            self.length -= 2
        if self.waiting:
            for mark in self.waiting:
                mark.start = mark.end = block.end
            self.waiting.clear()
        if self.after:
            after, self.after = self.after, []
            for note, kind in after:
                self._open(kind)
                self._inline(note)
                self._close()

    def _text(self, words: str) -> None:
        if words.isspace():
            self.space = True
            return
        if words.isprintable() and "  " not in words:  # no white space but single blanks
            joined = words.strip(" ")
        else:
            joined = " ".join(words.split())
        if self.current is None:
            self._open("p")
        if (self.space or words[0] != joined[0]) and not self.fresh:
            self.parts.append(" ")
            self.length += 1
        if self.waiting:
            for mark in self.waiting:
                mark.start = self.length
            self.waiting.clear()
        self.parts.append(joined)
        self.length += len(joined)
        self.fresh = False
        self.space = words[-1] != joined[-1]

    # elements -------------------------------------------------------------------
    def _children(self, element: Any) -> None:
        """Children of a container; text between blocks is a paragraph."""
        words = element.text
        if words:
            self._text(words)
        if not len(element):
            return
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                _way(tag)(self, child)
            elif tag is etree.Entity:
                self._text(child.text)
            tail = child.tail
            if tail:
                self._text(tail)

    _inline = _children

    def _page(self, element: Any) -> None:
        """The beginning of a page."""
        if self.layout.page is None:
            self.layout.page = element.get("n")
        self.space = True

    def _break(self, element: Any) -> None:
        """The end of a printed line that is one in the text."""
        if not self.fresh and self.current is not None:
            self.parts.append("\n")
            self.length += 1
            self.fresh = True
        self.space = False

    def _head(self, element: Any) -> None:
        kind: BlockKind = "subhead" if self.head_seen or self.list is not None else "head"
        if self.list is None:
            self.head_seen = True
        self._block(element, kind)

    def _list(self, element: Any) -> None:
        before, self.list = self.list, self._list_type(element) or self.list or "list"
        self.level += 1
        self._contain(element)
        self.list = before
        self.level -= 1

    def _holder(self, element: Any) -> None:
        """A division, quotation or text within the text, which may be an enclosure."""
        tag = _local(element.tag)
        if enclosure_labels.LABEL.match(tei_tables.first_words(element)) or (
            tag == "div" and element.get("type") in _CARRIED
        ):
            self._attachment(element)
        elif tag == "quote":
            self.quotes += 1
            before, self.quote = self.quote, self.quotes
            self._contain(element)
            self.quote = before
        else:
            self._contain(element)

    def _skip(self, element: Any) -> None:
        """What is no part of the text."""

    def _parted(self, element: Any) -> None:
        """Words that stand apart from those beside them: a cell, an editor's remark."""
        self.space = True
        self._children(element)
        self.space = True

    def _table(self, element: Any) -> None:
        """A table, or the lists that stand in its columns."""
        rows = tei_tables.listed(element, self._label_above())
        if rows is None:
            self._contain(element)
            return
        outer = self.current
        before = self.list
        for row in rows:
            if row.label is not None:
                self.list = None
                self._open("subhead")
                self._children(row.label)
            self.list = row.kind or before
            for cells in tei_tables.items(row):
                self._open("item" if row.kind else "row")
                for cell in cells:
                    self._children(cell)
                    self.space = True
        self._close()
        self.list = before
        self._resume(outer)

    def _list_type(self, element: Any) -> str | None:
        """A list's type, or what its heading or the line above it calls it."""
        type_ = element.get("type")
        if type_ is not None:
            return cast("str", type_)
        head = element.find(f"{TEI}head")
        if head is not None:
            return list_labels.kind_of(tei_tables.words(head))
        return self._label_above()

    def _label_above(self) -> str | None:
        """What the line above a list or table calls what follows."""
        above = self.current or next(reversed(self.layout.blocks), None)
        if self.list is not None or above is None or above.kind not in ("p", "subhead"):
            return None
        start = above.start
        words = "".join(self.parts)[start:] if self.length - start < 40 else ""
        return list_labels.kind_of(words)

    def _contain(self, element: Any) -> None:
        outer = self.current
        self._close()
        self._children(element)
        self._close()
        self._resume(outer)

    def _block(self, element: Any, kind: BlockKind) -> None:
        outer = self.current
        if outer is not None and outer.kind == "head":
            self._children(element)
            return
        if outer is not None and outer.kind in _NOTES and kind == "p":
            self._parted(element)
            return
        if (
            kind == "item"
            and self.list == "participants"
            and element.find(f"{TEI}list") is not None
        ):
            kind = "subhead"  # the side whose members the list inside it names
        self._open(kind)
        block = self.current
        self._children(element)
        self._close()
        if kind == "p" and block and self._is_remark(block):
            block.kind = "opener"
        self._resume(outer)

    def _is_remark(self, block: Block) -> bool:
        """Whether a paragraph stands above the text and is a remark: "[Translation.]"."""
        short = block.end - block.start <= 60 and not (self.list or self.quote)
        first = short and self.layout.of("p") == [block]
        return first and openings.REMARK.fullmatch("".join(self.parts), block.start) is not None

    def _segment(self, element: Any) -> None:
        """A part of a line, or a line of its own."""
        outer = self.current
        if outer is not None and outer.kind in ("closer", "p", "item"):
            self._children(element)
        else:
            self._block(element, "opener")

    def _resume(self, outer: Block | None) -> None:
        """What follows an inner block within a paragraph is a paragraph of its own."""
        if outer is not None and self.current is None:
            self._open(outer.kind)

    def _mark(self, element: Any, tag: MarkTag) -> None:
        if self.current is None:
            self._open("p")
        assert self.current is not None
        ref = element.get("corresp") or element.get("target")
        if ref is not None and ref.startswith("#"):
            ref = self.volume + ref
        mark = Mark(
            tag, self.length, self.length, element.get("type"), ref, block=self.current.kind
        )
        if tag == "date":
            mark.values = {key: value for key in _BOUNDS if (value := element.get(key))}
        self.layout.marks.append(mark)
        self.waiting.append(mark)
        self._children(element)
        mark.end = self.length
        if mark.end < mark.start:
            mark.start = mark.end
        if self.waiting and mark in self.waiting:
            self.waiting.remove(mark)
            mark.start = mark.end

    def _note(self, element: Any) -> None:
        kind = element.get("type")
        inline = element.get("rend") == "inline" and kind is None
        if inline and self._in_text():
            self._parted(element)
            return
        if kind == "source" or kind == "summary" or inline:
            block: BlockKind = "summary" if kind == "summary" else "source-note"
            if inline and self.head_seen:
                block = "opener"  # "[Telegram.]", "[Translation.]"
            if self.current is None:
                self._open(block)
                self._inline(element)
                self._close()
            else:
                self.after.append((element, block))
        elif self.current is not None and self.current.kind == "head":
            self.after.append((element, "head-note"))
        else:
            self.notes.append(element)

    def _in_text(self) -> bool:
        """Whether a paragraph has begun."""
        current = self.current
        return (current is not None and current.kind == "p") or bool(self.layout.of("p"))

    def _attachment(self, element: Any) -> None:
        outer = self.current
        self._close()
        walk = _Walk(f"{self.layout.id}/{len(self.layout.inner) + 1}", self.volume)
        inner = walk.document(element)
        enclosure_labels.take_off(inner)
        first = inner.blocks[0] if inner.blocks else None
        if inner.label is None and first is not None and first.kind == "opener":
            inner.label = inner.words(first)
        self.layout.inner.append(inner)
        self._resume(outer)


_NOTES = frozenset(("source-note", "head-note", "summary"))
"""Blocks whose paragraphs are no text of the document."""
_WAYS: dict[str, Callable[[_Walk, Any], None]] = {
    "persName": partial(_Walk._mark, tag="person"), "gloss": partial(_Walk._mark, tag="body"),
    "placeName": partial(_Walk._mark, tag="place"), "date": partial(_Walk._mark, tag="date"),
    "note": _Walk._note, "pb": _Walk._page, "lb": _Walk._break, "head": _Walk._head,
    "seg": _Walk._segment, "list": _Walk._list, "table": _Walk._table, "cell": _Walk._parted,
    "attachment": _Walk._attachment, "div": _Walk._holder, "quote": _Walk._holder,
    "floatingText": _Walk._holder, "figure": _Walk._contain, "lg": _Walk._contain,
    "body": _Walk._contain, "text": _Walk._contain, "group": _Walk._contain,
    **{tag: partial(_Walk._block, kind=kind) for tag, kind in _BLOCKS.items()},
    **dict.fromkeys(_SKIPPED, _Walk._skip),
}  # fmt: skip
"""What is done with an element of a name; of any other its children are read."""


@lru_cache(maxsize=256)
def _way(tag: str) -> Callable[[_Walk, Any], None]:
    return _WAYS.get(_local(tag), _Walk._children)
