"""CMIF, the exchange format of letter catalogues (TEI ``correspDesc``), versions 1 and 2.

Every ``correspDesc`` becomes a record; its text is a list of its statements, one a
line. Files that are not well formed are read as far as they make sense, with one
finding. What cannot be right (one identifier for sender and addressee, a letter
that arrives before it is sent) is reported and left as the source has it, as far as
it can be kept. The format: https://github.com/TEI-Correspondence-SIG/CMIF
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from kgraph.model import Item, Printing, Record
from kgraph.report import Report
from kgraph.sources.ampersands import Escaped, first_bare
from kgraph.sources.cmif_known import known_of
from kgraph.sources.cmif_letter import Letter
from kgraph.sources.cmif_values import XML_ID, local_name, words_of
from kgraph.sources.regest import slug, stem

NAME = "cmif"
LIMIT = 1 << 30


def sniff(head: bytes, name: str) -> bool:
    """Whether this is TEI with descriptions of letters and not a volume of letters."""
    if b"correspDesc" in head:
        return not re.search(
            rb"<(?:\w+:)?(?:html|grammar|schema|schemaSpec|xsl:stylesheet)\b", head[:2000]
        )
    text = head[:2000]
    is_tei = b"<TEI" in text or b"www.tei-c.org/ns/1.0" in text
    return is_tei and b"sourceDesc" in head and b"<text" not in head and b"profileDesc" in head


def read(path: Path, report: Report) -> Iterator[Item]:
    """The records of a file, one a ``correspDesc``, in its order; streaming."""
    bare = first_bare(path)
    if bare is None:
        yield from _letters(path, str(path), report)
        return
    report.error("xml-broken", f"{path}:{bare}", "the XML is not well formed: an ampersand or an angle stands bare",
                 "write &amp; and &lt; for each")  # fmt: skip
    with path.open("rb") as file:
        yield from _letters(path, Escaped(file), report)


def _letters(path: Path, xml: str | Escaped, report: Report) -> Iterator[Item]:
    reading = File(path, report)
    try:
        events = etree.iterparse(
            xml, events=("end",), recover=True, huge_tree=True, resolve_entities=False,
            no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        reading.broken = lambda: len(events.error_log.filter_from_fatals()) > 0
        for _, element in events:
            if not isinstance(element.tag, str):
                continue
            kind = local_name(element)
            if kind == "bibl" or kind == "biblFull":
                reading.take_bibl(element)
            elif kind == "correspDesc":
                yield from reading.records(element)
                _forget(element)
    except etree.XMLSyntaxError as error:
        report.error("xml-broken", f"{path}:{error.lineno or 1}", f"the XML ends here: {error.msg}",
                     f"{reading.count} letters were read; mend the file and read it again")  # fmt: skip
        return
    faults = events.error_log.filter_from_fatals()
    if len(faults) and not any(f.code == "xml-broken" for f in report):
        first = faults[0]
        message = " ".join(first.message.split())
        more = f" (and {len(faults) - 1} such places more)" if faults[1:] else ""
        report.error("xml-broken", f"{path}:{first.line}",
                     f"the XML is not well formed: {message}{more}",
                     f"{reading.count} letters were read all the same; mend the file and "
                     "compare")  # fmt: skip
    if reading.first_days >= 3 and reading.first_days > reading.days * 0.02:
        report.warning("many-first-days", str(path), f"{reading.first_days} of {reading.days} letters "
                       "are dated 1 January; many may be dated by their year alone",
                       "look at those letters, and encode a year as a year")  # fmt: skip


def _forget(element: Any) -> None:
    """Free what was read: the element's content and its earlier siblings."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class File:
    """What is known of a file while it is read."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path = path
        self.report = report
        self.stem = stem(path)
        self.count = 0
        self.days = 0
        self.first_days = 0
        self.bibls: dict[str, Printing] = {}
        self.ids: set[str] = set()
        self.again: Counter[str] = Counter()
        self.broken_off: list[Any] = []
        self.known = known_of(path)
        self.broken: Callable[[], bool] = lambda: False  # whether the XML broke off before here

    def take_bibl(self, element: Any) -> None:
        """Keep an edition named in the header, to which letters refer."""
        key = element.get(XML_ID)
        if key and (text := words_of(element)):
            self.bibls[key] = Printing(
                publication=text, rule="cmif.source", note=element.get("type")
            )

    def records(self, element: Any) -> Iterator[Record]:
        """The record of a description, after that of one which broke off before it and into which
        a parser that goes on has put it."""
        if any(element is one for one in self.broken_off):
            return
        outer = next((e for e in element.iterancestors() if local_name(e) == "correspDesc"), None)
        own = element
        if outer is not None and not any(outer is one for one in self.broken_off):
            self.broken_off.append(outer)
            own = deepcopy(element)
            element.clear(keep_tail=False)
            if (record := self.record(outer)) is not None:
                yield record
        if (record := self.record(own)) is not None:
            yield record

    def record(self, element: Any) -> Record | None:
        self.count += 1
        return Letter(self, element).record()

    def new_id(self, element: Any) -> tuple[str, str | None]:
        """A record's id that no other of the file has, and the source's own number."""
        ref = (element.get("ref") or "").strip()
        key = (element.get("key") or "").strip() or None
        own = (
            key
            or element.get(XML_ID)
            or re.sub(r"[?#].*|\.\w{2,5}$|/$", "", ref).rpartition("/")[2]
        )
        base = f"{self.stem}/{slug(own) or self.count}"
        new = base
        while new in self.ids:
            self.again[base] += 1
            new = f"{base}-{self.again[base] + 1}"
        self.ids.add(new)
        return new, key
