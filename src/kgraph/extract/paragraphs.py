"""Paragraphs of a plain text, whatever its line breaks mean.

A text may keep blank lines between its paragraphs, set each on a line of its own, or
break its lines anywhere with indentation, as an XML editor does.
"""

from __future__ import annotations

import re

from kgraph.extract import openings

_SOURCE = re.compile(r"\s*(?:\d{1,3}\s*[.)]?\s*)?\[?Source:\s?")
_SPACED = re.compile(r"(?<=[(\[])\s+|(?<=[^\s.])\s+(?=[)\],;])|(?<=\d)\s+(?=\.(?:\s|$))")
_MARKING = re.compile(
    r"(?:(?:most|top) )?(?:secret|confidential|restricted|unclassified)|us urgent|priority|urgent|plain|niact"
)
_HEADING = re.compile(
    r"[A-Z][A-Z ’'/&.-]{1,40}:?|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]{1,2}|.{0,40}:|(?:\d+\. )?Editorial Note"
)
_ORDINAL = re.compile(r",? (?:2n|2|3r|3)d$")  # "John Orde 2nd"
_ENUMERATED = re.compile(r"(?![ap]\. ?m\b)[(“\"]?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\)?(?=\s|$)")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, whatever its line breaks mean."""
    return [_SPACED.sub("", block) for block in _lines(text)]


def _lines(text: str) -> list[str]:
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled:
        return []
    indented = sum(1 for line in filled if line.startswith(("        ", "\t\t")))
    if indented * 2 > len(filled):
        return _rejoined(lines)
    gaps = text.count("\n\n") + len(re.findall(r"\n[ \t]+\n", text))
    if gaps == 0 or gaps * 12 < len(filled):
        return [" ".join(line.split()) for line in filled]
    longest = sorted(len(line) for line in filled)[int(len(filled) * 0.95)]
    parts = re.split(r"\n[ \t]*\n", text)
    if longest <= 100 and len(filled) > 1.6 * gaps:
        return [" ".join(part.split()) for part in parts if part.strip()]
    out: list[str] = []
    for part in parts:
        out.extend(" ".join(line.split()) for line in part.split("\n") if line.strip())
    return out


def _rejoined(lines: list[str]) -> list[str]:
    """Lines that were broken and indented by an XML editor, joined to paragraphs again.

    A paragraph begins behind an empty line, or where a line is indented no deeper than the
    element in which the paragraph before stands; a line that begins small or with a mark
    begins none. The blanks of an empty line tell how deep the tag stood that it held.
    """
    out: list[str] = []
    element = 0  # how deep the tag of the present paragraph's element stands
    opened: int | None = None  # how deep that of the empty line above stands
    for at, line in enumerate(lines):
        words = " ".join(line.split())
        if not words:
            opened = _depth(line)
            continue
        depth = _depth(line)
        if not out or _begins(words, out[-1], gap=opened is not None, beside=depth <= element + 1):
            out.append(words)
            if opened and opened + 1 < depth and not _heads(words) and _is_text(lines, at, opened):
                element = opened
            elif depth or opened is not None:
                element = depth
        elif words[0] in ",.;:)]”’":
            out[-1] += words
        else:
            out[-1] += " " + words
        opened = None
    return out


def _depth(line: str) -> int:
    """How deep a line stands; an element whose words begin with a blank stands one deeper."""
    return len(line) - len(line.lstrip()) if line.strip() else len(line)


def _begins(words: str, before: str, *, gap: bool, beside: bool) -> bool:
    """Whether a line begins a paragraph: behind an empty line, `beside` what is above it, or
    with the number of an item."""
    if _MARKING.fullmatch(words):
        return gap or beside
    if _ENUMERATED.match(words) and not before.endswith((" a.", " p.")):  # "a. | m."
        return gap or beside or before.endswith((";", ":", "—", "; and", "; or"))
    if words[0] in ",.;:)]”’" or words[0].islower():
        return False
    if _SOURCE.match(words):
        return True
    return (gap or beside) and not _unfinished(before)


def _heads(words: str) -> bool:
    """Whether a line is a heading, a label or a number, which is an element of its own."""
    return _HEADING.fullmatch(words) is not None


def _is_text(lines: list[str], at: int, opened: int) -> bool:
    """Whether an element whose tag stands above a line holds its text, and no further elements.

    The text of an element ends where its last line does; elements within another are
    followed by a line of its end tag, which is as deep as the tag that opened it.
    """
    depth = _depth(lines[at])
    if openings.signature_like(_ORDINAL.sub("", lines[at].strip())):
        return False  # an office stands below it
    end = at + 1
    beside = small = 0
    while end < len(lines) and lines[end].strip() and _depth(lines[end]) + 1 >= depth:
        if _depth(lines[end]) <= depth + 1:
            words = lines[end].lstrip()
            beside += 1
            small += words[0].islower() and not _ENUMERATED.match(words)
        end += 1
    if not beside:
        return False
    if end < len(lines):
        if lines[end].strip() or _depth(lines[end]) < opened:
            return True
        after = lines[end + 1] if end + 1 < len(lines) else ""
        if _depth(lines[end]) == opened and after.strip() and _depth(after) > opened + 1:
            return True
    return small * 3 >= beside


def _unfinished(words: str) -> bool:
    """Whether a line ends where no paragraph does."""
    if len(words) < 120 and openings.VALEDICTION_ENDS.search(words):
        return False
    return words.endswith((",", "(", "[", "—", " of", " the", " and", " to", " in", " by", " a"))
