"""The lines above a text, down to the salutation."""

from __future__ import annotations

import re

from kgraph.extract.covers.address import naming_list
from kgraph.extract.covers.head_lines import read_line
from kgraph.extract.covers.lines import GAP, Cover, pieces

_SALUTATION = re.compile(
    r"^[\"“]?\s*(?P<words>(?:My )?(?:Dear|DEAR|Esteemed|Respected|Honou?red)\b[^\n]{2,90}?|(?:Your )?(?:Excellency|Excellencies)"
    r"|Gentlemen|Sirs?|Comrade [A-Z]\w+"
    r"|(?:Mr|Mrs|Madam)\.? (?:President|Chairman|Prime Minister|Premier|Chancellor|Minister|Ambassador|Secretary(?: General)?|Marshal))\s*[*]?\s*[,:!]\s*[*]?(?=\s|$)"
)


def _is_sentence(line: str) -> bool:
    """Whether a line is prose; a short one, where small words stand before its full stop."""
    words = line.split()
    if not line.endswith((".", "?")):
        return False
    return len(words) > 4 or (len(words) > 2 and all(w[0].islower() for w in words[1:-1]))


_STOPS = re.compile(r"^(?:Attachment|Appendix|Enclosure)s?\s*:")


def read_head(cover: Cover, text: str, spans: list[tuple[int, int]], places: frozenset[str]) -> int:
    """Read the lines of `spans` into the cover; the number of the line where the body begins."""
    index = 0
    limit = min(len(spans), 40)
    pending: list[tuple[int, int]] = []
    awaiting = ""
    quoted = text[spans[0][0]] in '"“«'
    while index < limit:
        a, b = spans[index]
        line = text[a:b]
        salutation = _SALUTATION.match(line)
        if salutation is not None:
            cover.salutation = (
                salutation["words"].strip(" *"),
                a + salutation.start("words"),
                a + salutation.end("words"),
            )
            index += 1 if b - a - salutation.end() < 3 else 0
            break
        if b - a > 160 and naming_list(line) is None and len(GAP.sub(" ", line)) > 160:
            break
        if line[0] in '"“«' and index and not quoted:
            break
        parts = [(a + x, a + y) for x, y in pieces(line)]
        understood = False
        for x, y in parts:
            then = read_line(cover, text, x, y, places, awaiting)
            understood, awaiting = understood or then is not None, then or ""
        if understood:
            cover.unknown.extend(pending)
            pending = []
        else:
            if b - a > 90 or _is_sentence(line) or len(pending) >= 8:
                break
            if re.match(r"(?:[1-9]\d?|[IVX]+)\.\s", line) or _STOPS.match(line):
                break
            pending.append((a, b))
            awaiting = ""
        index += 1
    index -= len(pending) if cover.salutation is None else 0
    if cover.salutation is not None:
        cover.unknown.extend(pending)
    cover.body_start = spans[index][0] if index < len(spans) else spans[-1][1]
    return index
