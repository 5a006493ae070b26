"""Other publications of a text: title, volume, pages; in part, in another version."""

from __future__ import annotations

import re

from kgraph.model import Printing

_PAGES = re.compile(
    r",?\s*(?P<label>pp?\.)\s*(?P<pages>(?:[A-Z]?\d+|[ivxlc]+)(?:\s?[-–—]\s?[A-Z]?\d+)?(?:(?:,| and|,\s+and)\s+\d+(?:\s?[-–—]\s?\d+)?)*)"
)
_PRINTED = re.compile(
    r"\b(?P<verb>[Pp]rinted|[Pp]ublished|[Rr]eprinted|[Rr]eproduced|[Qq]uoted|[Ss]ummarized|[Ee]xcerpted)"
    r"(?P<part>\s+in\s+(?:part|extract|excerpt|full|its\s+entirety)|\s+with\s+(?:minor\s+)?(?:omissions|deletions))?"
    r"(?:,\s+along with [^,]+,)?\s+(?:also\s+)?(?:in|ibid\b|as\s+an?\s+\w+\s+(?:in|to))(?P<after>\s+(?:part|extract|full)\s+in)?\s*"
)
_RELEASED = re.compile(  # "It was released to the press on May 3; see Department of State Bulletin"
    r"\breleased\s+(?:to\s+the\s+press|by\s+the\s+White\s+House)\b[^;:]{0,80}[;,]\s+(?:for\s+(?:the\s+)?(?:full\s+)?text,\s+)?see\s+"
)
_STARTS_PRINTED = re.compile(
    r"(?:Printed (?:in|from) |Reprinted (?:in|from) |Taken from )?(?P<title>(?:American Foreign Policy|Public Papers|Department of State Bulletin|Congressional Record"
    r"|Foreign Relations|Documents on|Weekly Compilation|The New York Times|New York Times|Pravda|Department of State Press Release"
    r"|A Decade of American|Treaties and Other|Federal Register|U\.S\. Congress|United Nations|U\.N\. doc)[^;]*)"
)


def is_publication(words: str) -> bool:
    """Whether a citation's words begin as a printed work, not as an archive."""
    if _STARTS_PRINTED.match(words) is not None:
        return True
    return _PAGES.search(words) is not None and not re.search(
        r"\bFiles?\b|\bBox \d|\bLot \d|\bRG \d|Library|National Archives|Records Center", words
    )


def tidy(words: str) -> str:
    """One blank between words; blanks lost after commas and colons put back."""
    words = re.sub(r"(?<=[a-z]{2}[,:;])(?=[A-Z])", " ", " ".join(words.split()))
    return words.strip(' ,.;“”"')


def find_printings(text: str, start: int, end: int, offset: int = 0, *, differs: str | None = None,
                   whole: bool = False) -> list[Printing]:  # fmt: skip
    """Printings that a sentence tells of; with `whole`, the span is a list of works alone."""
    found: list[Printing] = []
    if whole:
        return _read_works(text, start, end, offset, False, differs)
    m = _PRINTED.search(text, start, end)
    if m is None:
        released = _RELEASED.search(text, start, end)
        at = released.end() if released is not None else end
        named = _STARTS_PRINTED.match(text, at, end) is not None
        return _read_works(text, at, end, offset, False, differs) if named else found
    tail = (m["part"] or "") + (m["after"] or "")
    in_part = bool(re.search(r"part|extract|excerpt|omission|deletion", tail)) or m["verb"].lower() in (
        "quoted", "summarized", "excerpted",
    )  # fmt: skip
    return _read_works(text, m.end(), end, offset, in_part, differs)


def _read_works(
    text: str, start: int, end: int, offset: int, in_part: bool, differs: str | None
) -> list[Printing]:
    found: list[Printing] = []
    at = start
    while at < end:
        while at < end and (text[at].isspace() or text[at] in ",;"):
            at += 1
        j = re.compile(
            r"(?:and\s+|also\s+|in\s+(?:part|extract)\s+in\s+|in\s+|the\s+(?=[A-Z]))+"
        ).match(text, at, end)
        if j:
            at = j.end()
            in_part = in_part or "part" in j.group() or "extract" in j.group()
        if at >= end or not (
            text[at].isupper() or text[at] in '“‘"’v' or text.startswith("ibid", at)
        ):
            break
        pages = _PAGES.search(text, at, end)
        semicolon = text.find(";", at, end)
        if semicolon >= 0 and (pages is None or semicolon < pages.start()):
            title_end, next_at, page_words = semicolon, semicolon + 1, None
        elif pages is not None:
            title_end, next_at, page_words = pages.start(), pages.end(), pages["pages"]
        else:
            title_end = end
            while title_end > at and text[title_end - 1] in ". )":
                title_end -= 1
            next_at, page_words = end, None
        title = tidy(text[at:title_end])
        if len(title) < 3 or re.search(r"\b(?:is|was|were|which|that)\b", title[:90]):
            break
        if pages is not None and (
            t := re.match(r"[,\s]*\((?:Documents? \d+)\)", text[next_at:end])
        ):
            next_at += t.end()
        found.append(
            Printing(
                publication=title,
                pages=" ".join(page_words.split()) if page_words else None,
                in_part=in_part, differs=differs,
                start=offset + at, end=offset + next_at if page_words else offset + title_end, rule="printed-in",
            )
        )  # fmt: skip
        at = next_at
    return found
