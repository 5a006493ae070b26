"""Paragraphs of a plain text, whatever its line breaks mean.

A text may keep blank lines between its paragraphs, set each on a line of its own, or
break its lines anywhere with indentation, as an XML editor does.
"""

from __future__ import annotations

import re

from kgraph.extract import openings

_SOURCE = re.compile(r"\s*(?:\d{1,3}\s*[.)]?\s*)?\[?Source:\s?")
_SPACED = re.compile(r"(?<=[(\[])\s+|(?<=[^\s.])\s+(?=[)\],;])")
_MARKING = re.compile(
    r"(?:(?:most|top) )?(?:secret|confidential|restricted|unclassified)|us urgent|priority|urgent|plain|niact"
)


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

    A paragraph begins behind an empty line, or where a line is indented no deeper than
    the paragraph before began; a line that begins small or with a mark begins none.
    """
    out: list[str] = []
    began = 0
    gap = True
    for line in lines:
        words = " ".join(line.split())
        if not words:
            gap = True
            continue
        depth = len(line) - len(line.lstrip())
        begins = (gap or depth <= began or _SOURCE.match(words) is not None) and not (
            out
            and (words[0] in ",.;:)]”’" or words[0].islower() or _unfinished(out[-1]))
            and not _MARKING.fullmatch(words)
        )
        if begins or not out:
            out.append(words)
            began = depth
        elif words[0] in ",.;:)]”’":
            out[-1] += words
        else:
            out[-1] += " " + words
        gap = False
    return out


def _unfinished(words: str) -> bool:
    """Whether a line ends where no paragraph does."""
    if len(words) < 120 and openings.VALEDICTION_ENDS.search(words):
        return False
    return words.endswith((",", "(", "[", "—", " of", " the", " and", " to", " in", " by", " a"))
