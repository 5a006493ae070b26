"""The lists before or behind the documents of a volume in TEI: its persons, its abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kgraph.sources import tei_tables
from kgraph.sources.tei_tables import TEI

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_EXPLAINS = re.compile(
    r"\b(?:abbreviations|acronyms|terms|symbols|code ?names|glossary)\b", re.IGNORECASE
)
_SEE = re.compile(r"(?:see|same as)\s", re.IGNORECASE)


def _apparatus(root: Any) -> Iterator[Any]:
    yield from root.iterfind(f"{TEI}text/{TEI}front")
    yield from root.iterfind(f"{TEI}text/{TEI}back")


def people(root: Any) -> list[tuple[str, str, str]]:
    """The list of persons of a parsed volume: (id, name, description), in its order."""
    found: list[tuple[str, str, str]] = []
    for part in _apparatus(root):
        for name in part.iter(f"{TEI}persName"):
            if not name.get(_ID):
                continue
            words = tei_tables.words(name).strip(" ,")
            for item in reversed(list(name.iterancestors(f"{TEI}item"))):
                if item.find(f".//{TEI}persName") is name:
                    whole = tei_tables.words(item)
                    found.append((name.get(_ID), words, whole.removeprefix(words).strip(" ,;.")))
    return found


def abbreviations(root: Any) -> list[tuple[str, str, str]]:
    """The list of abbreviations of a parsed volume: (id, short form, meaning), in its order.

    The short form is a term, or the label or first cell beside its meaning, or what is set in bold
    at the head of an item. Pointers to another entry are left out.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for part in _apparatus(root):
        for div in part.iter(f"{TEI}div"):
            head = div.find(f"{TEI}head")
            named = head is not None and _EXPLAINS.search(tei_tables.printed(head))
            if (
                not (named or div.get(_ID) == "terms")
                or div.find(f".//{TEI}persName[@xml:id]", _XML) is not None
            ):
                continue
            for id_, short, meaning in _entries(div):
                if short and meaning and not _SEE.match(meaning):
                    found.setdefault(id_ or short, (id_ or f"t{len(found) + 1}", short, meaning))
    return list(found.values())


_XML = {"xml": "http://www.w3.org/XML/1998/namespace"}


def _entries(div: Any) -> Iterator[tuple[str | None, str, str]]:
    for item in div.iter(f"{TEI}item"):
        label = item.getprevious()
        term = item.find(f".//{TEI}term")
        if term is None and label is not None and label.tag == f"{TEI}label":
            yield label.get(_ID), tei_tables.printed(label).strip(_ENDS), tei_tables.printed(item)
            continue
        lead = term if term is not None else item.find(f"{TEI}hi")
        if lead is None or item.find(f".//{TEI}item") is not None:
            continue
        short, whole = tei_tables.printed(lead).strip(_ENDS), tei_tables.printed(item)
        if whole.startswith(short):
            yield lead.get(_ID), short, whole.removeprefix(short).strip(_ENDS)
    for row in div.iter(f"{TEI}row"):
        cells = [tei_tables.printed(cell).strip(_ENDS) for cell in row.iter(f"{TEI}cell")]
        if len(cells) == 2:
            yield row.get(_ID), cells[0], cells[1]


_ENDS = " ,;.:—–="
