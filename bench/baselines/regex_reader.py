"""A baseline: what an afternoon's regular expressions find in headings and datelines.

Markup is used to find documents, headings and datelines, and for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from kgraph.model import Date, Form, Party, Place, Record

FROM_TO = re.compile(
    r"\b(?:[Ff]rom|[Bb]y)?\s*(?:the |The )?(?P<sender>(?:Mr\. )?[A-Z][^;:]*?) to (?:the )?"
    r"(?P<to>(?:Mr\. )?[A-Z][^;:]*)$"
)
FORMS: tuple[tuple[str, Form], ...] = (
    ("memorandum of conversation", "memorandum-of-conversation"),
    ("telegram", "telegram"), ("airgram", "telegram"), ("letter", "letter"), ("message", "message"),
    ("memorandum", "memorandum"), ("minutes", "minutes"), ("despatch", "despatch"),
    ("editorial note", "editorial-note"), ("note", "note"),
)  # fmt: skip
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DATE = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}}),\s+(\d{{4}})")
DATE_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)}),?\s+(\d{{4}})")
PLACE = re.compile(r"^\s*\[?([A-Z][A-Za-z.' -]+?)\]?\s*,")
NAME = re.compile(r"\(\s*([^()]+?)\s*\)\s*$")
TITLE = re.compile(
    r"^(?:the )?(?:Acting |Deputy |Assistant |Under )*(?:President(?:-elect)?|Secretary(?: of State)?|"
    r"Chairm[ae]n|Prime Minister|Ambassador|Premier|General|Mr\.|Mrs\.|Minister)\s+(?=[A-Z][a-z]+$)"
)


def read(path: Path) -> Iterator[Record]:
    """Records of a TEI volume."""
    parser = etree.XMLParser(collect_ids=False, huge_tree=True, remove_comments=True)
    for div in etree.parse(str(path), parser).iter("{*}div"):
        if div.get("type") != "document":
            continue
        key = div.get("{http://www.w3.org/XML/1998/namespace}id")
        head = _text(div.find("{*}head"))
        line = next((_text(e) for e in div.iter("{*}dateline")), "") or next(
            (_text(e) for e in div.iter("{*}opener")), ""
        )
        yield record(f"{path.stem}/{key}", path.name, head, line)


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    parts = element.xpath(".//text()[not(ancestor::*[local-name()='note'])]")
    return " ".join("".join(str(p) for p in parts).split())


def record(key: str, source: str, head: str, line: str) -> Record:
    """What the expressions find in a heading and a dateline."""
    head = re.sub(r"^\d+\.\s*", "", head)
    form: Form = next((form for word, form in FORMS if word in head.lower()), "other")
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    bare = re.sub(r"^(?:[A-Z][a-z]+ )+(?=From )", "", head)
    if match := FROM_TO.search(bare.removeprefix("From ")):
        senders = (Party(name=name(match["sender"])),)
        addressees = (Party(name=name(match["to"])),)
    place = PLACE.match(line)
    return Record(
        id=key, source=source, form=form, title=head, senders=senders, addressees=addressees,
        date=date(line), place=Place(name=place[1]) if place else None,
    )  # fmt: skip


def name(words: str) -> str:
    """The name in brackets, or what is left without a title."""
    if match := NAME.search(words):
        return match[1]
    return TITLE.sub("", words.strip(" .,"))


def date(line: str) -> Date | None:
    """The first day written out in `line`."""
    if match := DATE.search(line):
        month, day, year = match.groups()
    elif match := DATE_DAY_FIRST.search(line):
        day, month, year = match.groups()
    else:
        return None
    return Date(text=match[0], edtf=f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}")
