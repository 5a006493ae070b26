"""The lines above a text, down to the salutation."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract.covers.address import naming_list
from kgraph.extract.covers.head_lines import read_line, set_town
from kgraph.extract.covers.lines import DATE, GAP, Cover, pieces

_SALUTATION = re.compile(
    r"^[\"“]?\s*(?P<words>(?:My [Dd]ear|Dear|DEAR|(?:My )?(?:Esteemed|Respected|Honou?red))\b[^\n]{2,90}?|(?:Your )?(?:Excellency|Excellencies)"
    r"|Gentlemen|Sirs?|Comrade [A-Z]\w+"
    r"|(?:Mr|Mrs|Madam)\.? (?:President|Chairman|Prime Minister|Premier|Chancellor|Minister|Ambassador|Secretary(?: General)?|Marshal))\s*[*]?\s*[,:!]\s*[*]?(?=\s|$)"
)


_TO = re.compile(r"\s*(?:(?:The )?White House\s+)?(?:TO|To)\s")


def _sent_there(cover: Cover, text: str, spans: list[tuple[int, int]]) -> None:
    """A town alone at the head, right above "To ...", is that of a telegram's receiver."""
    place = cover.place
    if place is None or place.start is None or place.end is None or cover.place_to is not None:
        return
    first = spans[0][0] == place.start or (
        len(spans) > 1
        and spans[1][0] == place.start
        and not text[slice(*spans[0])].strip("[]").isupper()
    )
    line_end = text.find("\n", place.end)
    below = [one for one in cover.addressees if one.start is not None and one.start > place.end]
    alone = not text[place.end : max(line_end, place.end)].strip(" .,")
    if first and alone and line_end >= 0 and below and _TO.match(text, line_end):
        cover.place_to, cover.place = msgspec.structs.replace(place, rule="address-block"), None


_A_NAME = re.compile(r"[\"“«][A-ZÀ-Þ][^\"“”«»]{2,40}[\"”»]")
"""A newspaper's or house's name in quotes, alone: a letterhead."""


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
        named = _A_NAME.fullmatch(line) or DATE.match(line)
        if line[0] in '"“«' and index and not quoted and not named:
            break
        parts = [(a + x, a + y) for x, y in pieces(line)]
        if len(parts) == 2 and cover.place is None and DATE.fullmatch(text, *parts[1]):
            set_town(cover, text, *parts[0])  # the writer's town, beside the date
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
    _sent_there(cover, text, spans)
    if cover.salutation is not None:
        cover.unknown.extend(pending)
    cover.body_start = spans[index][0] if index < len(spans) else spans[-1][1]
    return index
