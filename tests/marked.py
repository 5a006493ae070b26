"""Paragraphs in which mentions are marked by hand, and how well a finder finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TYPES = {"p": "person", "o": "organisation", "l": "place", "e": "event", "d": "document"}
MARK = re.compile(r"\{(?P<type>[poled]) |\}")

Span = tuple[int, int, str]


def unmarked(paragraph: str) -> tuple[str, list[Span]]:
    """A paragraph without its marks, and the spans (start, end, type) that they gave."""
    text = ""
    spans: list[Span] = []
    open_: list[tuple[int, str]] = []
    last = 0
    for mark in MARK.finditer(paragraph):
        text += paragraph[last : mark.start()]
        last = mark.end()
        if mark["type"]:
            open_.append((len(text), TYPES[mark["type"]]))
        else:
            start, type_ = open_.pop()
            spans.append((start, len(text), type_))
    if open_:
        raise ValueError(f"a mark is not closed: {paragraph[:60]}")
    return text + paragraph[last:], sorted(spans)


def paragraphs(path: Path) -> Iterator[tuple[str, str, list[Span]]]:
    """(section, text, spans) of every paragraph of a file."""
    section = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line and not line.startswith("#"):
            yield section, *unmarked(line)


def matched(wanted: list[Span], found: list[Span]) -> tuple[list[Span], list[Span], list[Span]]:
    """Hits, missed, wrong: a found span hits a wanted one of its type that begins or ends with it."""
    left = list(found)
    hits, missed = [], []
    for span in wanted:
        one = next((f for f in left if f == span), None) or next(
            (f for f in left if f[2] == span[2] and (f[0] == span[0] or f[1] == span[1])), None
        )
        if one is None:
            missed.append(span)
        else:
            left.remove(one)
            hits.append(span)
    return hits, missed, left
