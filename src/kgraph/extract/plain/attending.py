"""Lists of those present in lines of plain text: notes that stand among the entries, and headings below them."""

from __future__ import annotations

import re

from kgraph.extract.attendance import is_side, reads_as_one
from kgraph.extract.offices import has_body, has_office, is_name
from kgraph.extract.plain.attending_words import NAMED_PART, SAME_LIST, SMALL, TITLE, WORDS

_SENTENCE = re.compile(r"[.)\]’”]$")
_STOPPED = re.compile(r"(?<![A-Z])\.$")  # not "Secretary to the P.M."
_NAMED_ONLY = re.compile(rf"(?:\s(?:[A-Z]\.|{NAMED_PART}|de|von|van))+")
_BETWEEN = re.compile(r"[,;(—–]|\s-\s")
_ATTENDED = re.compile(r"\b(?:present|attend(?:ed|ing)|absent|left|joined)\b")
_SYMBOL = re.compile(rf"[A-Z][A-Za-z/]{{0,8}}\s?[–—-]\s?(?={TITLE})")  # "FE–Mr. Orde"
_VERBLIKE = re.compile(rf"\b(?!{SMALL}\b)[a-z]{{3,}}\b")


def is_entry(line: str) -> bool:
    """Whether a line is surely one of a list of those present: a side, or somebody with a title
    or with something behind the name."""
    if len(line) > 140 or _STOPPED.search(line) or not reads_as_one(line):
        return False
    return bool(is_side(line) or WORDS.match(line) or _SYMBOL.match(line))


def goes_on(lines: list[str]) -> bool:
    """Whether a list goes on in the lines below one that is none of it."""
    return bool(lines) and is_entry(lines[0])


def noted(line: str) -> tuple[str, str]:
    """One of those present and the note that ran together with the entry, or a note alone.

    A note on somebody names them again: "Ambassador Orde Orde was on leave." What is neither
    gives two empty strings.

    >>> noted("Ambassador John Orde Orde visited Washington in May.")
    ('Ambassador John Orde', 'Orde visited Washington in May.')
    """
    if not _SENTENCE.search(line) or len(line) > 900 or _SPOKEN.match(line):
        return "", ""
    title = WORDS.match(line)
    if title is None or not title["title"]:
        return "", line
    for name in re.finditer(r"[A-ZÀ-Þ][\w’'-]+(?=\s)", line[title.end() : title.end() + 60]):
        end = title.end() + name.end()
        rest = line[end:].lstrip(" ,")
        if not _NAMED_ONLY.fullmatch(line, title.end(), end):
            return "", line
        if rest[:1].isupper() and re.search(rf"\b{re.escape(name[0])}\b", rest):
            return line[:end], rest
    return "", line


_SPOKEN = re.compile(r"[^:,;]{2,40}:\s")


def heads_people(line: str, below: list[str]) -> bool:
    """Whether a line names a body whose people stand below it."""
    if len(line) > 60 or _BETWEEN.search(line) or not has_body(line) or has_office(line):
        return False
    return bool(below) and WORDS.match(line) is None and goes_on(below) and not is_side(below[0])


def headings_behind(lines: list[tuple[str, str | None]]) -> list[int]:
    """Of lines with what list each is of, those that end a list of those present and name nobody:
    headings of the text behind it."""
    out: list[int] = []
    run: list[str] = []
    for at, (words, of) in enumerate([*lines, ("", None)]):
        if of == "participants":
            run.append(words)
            continue
        if len(run) > 1 and words and _names_nobody(run[-1], run[:-1]):
            out.append(at - 1)
        run = []
    return out


def _names_nobody(line: str, above: list[str]) -> bool:
    """Whether the last line of a list has nothing of a person, where those above it have."""
    if SAME_LIST.match(line) or is_side(line) or _ATTENDED.search(line):
        return False
    told = [one for one in above if not is_side(one)]
    sure = sum(WORDS.match(one) is not None for one in told)
    if sure * 2 < len(told) or not told:
        return False
    if WORDS.match(line):
        return not _BETWEEN.search(line) and len(_VERBLIKE.findall(line)) > 2
    if has_office(line) or _BETWEEN.search(line):
        return False
    if " " not in line:
        return all(" " in one for one in told)
    return not is_name(line)
