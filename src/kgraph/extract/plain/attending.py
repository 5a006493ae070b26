"""Lists of those present in plain text: where entries begin and end.

A list may have run together with the text behind it ("PARTICIPANTS US The President Mr. Tyler,
Assistant Secretary France Ambassador Alphand The President asked"): an entry begins with a title,
a side, or a name that a comma follows; the text begins with the first entry whose words go on as
a sentence does. In a list of lines, notes may stand among those present, and headings below them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kgraph.extract import gazetteer
from kgraph.extract.attendance import is_side, reads_as_one
from kgraph.extract.offices import PEOPLES, has_body, has_office, is_name

_LABELLED = re.compile(
    r"(?:(?P<subject>SUBJECTS?|Subject:)\s?:?\s+(?P<matter>[^\n]{3,240}?)\s+)?"
    r"(?P<label>PARTICIPANTS|Participants:|PRESENT|Present:|ATTENDANCE|(?:THOSE |PERSONS )?ATTENDING(?: THE [A-Z]{4,12})?(?: WERE)?)\s?:?\s+(?=[A-Z\[])"
)
_SIGNS = ("PARTICIPANTS", "articipants:", "PRESENT", "resent:", "ATTEND")
_SAME = re.compile(r"\[[^\[\]]*\blist\b[^\[\]]*\]")  # "[The list is the same as in Document 12.]"
_WITHIN = 700
"""Characters of a text within which its list must begin."""
_MOST = 3000
"""Characters of a list at most."""
_TITLES = (
    r"Mr\.|Mrs\.|Miss|Ms\.|Dr\.|Messrs\.|Mme\.|Sir|Lord|Ambassador|Minister|General|Admiral|Colonel|Captain|Major|Lt\.|Gen\.|Adm\.|Col\."
    r"|Senator|Congressman|Governor|Secretary|President|Premier|Chancellor|Chairman|Marshal|Professor|Prof\.|Count|Baron|Prince|Mayor|Commissioner"
    r"|Counselor|Director|Chargé"
)
_RANKS = (
    r"Deputy|Assistant|Under|Acting|Vice|Prime|Foreign|State(?= Secretary)|Federal|First|Second|Third|Special|Lieutenant|Brigadier|Rear|Governing|CIA|Dep\."
    rf"|{PEOPLES}"
)
_TITLE = rf"(?:The\s)?(?:(?:{_RANKS})\s){{0,3}}(?:{_TITLES})(?=\s)"
_COUNTRIES = "|".join(
    sorted(map(re.escape, gazetteer.read_list("countries")), key=len, reverse=True)
)
_THINGS = rf"(?:{_COUNTRIES}|Affairs|Embassy|Legation|Office|Department|Ministry|Bureau|Council|Staff|Division|Committee|Mission|Delegation|Interpreter|Republic|Union|Kingdom|States)\b"
_PART = rf"(?!(?:{_TITLES}|{_RANKS}|The)(?=\s)|{_THINGS})[A-ZÀ-Þ](?=[\w’'-]*[a-zß-ÿ])[\w’'-]+"
_NAME = rf"{_PART}(?:\s(?:[A-Z]\.|{_PART}|de|von|van|der|la|du)){{0,3}}?\s{_PART}(?:,? (?:Jr|Sr)\.|\sI{{2,3}})?(?=,\s|\s\()"
_SIDES = (
    r"(?:(?:The )?(?:United States|Soviet Union|United Kingdom|Federal Republic of Germany)|U\.\s?S\.\s?S\.\s?R\.|U\.\s?S\.|U\.\s?K\.|USSR|US|UK|FRG|GDR"
    rf"|{_COUNTRIES}|Foreign(?=:)|FOREIGN(?=:)|{PEOPLES})(?:s|\sSide)?:?(?=\s|$)"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<title>{_TITLE})|(?P<side>{_SIDES})\s(?={_TITLE}|{_NAME})|(?P<name>{_NAME}))"
)
_NAMED = re.compile(
    rf"\s(?:[A-Z]\.\s|{_PART}|(?!(?:USSR|FRG|GDR)\b)[A-ZÀ-Þ’'-]{{3,}}\b|(?:de|von|van|du|la)\s)"
)
_LED = re.compile(rf"{_SIDES}\s(?={_TITLE}|{_NAME})")
_FIRST = rf"(?:[A-Z]\.\s|{_PART}\s|(?:de|von|van|der|la|du)\s)"
_WHOLE = re.compile(rf"\s{_FIRST}{{0,3}}?{_PART}(?=,|\s\(|\s(?:{_TITLE}|{_SIDES}))")
_SHORT = re.compile(rf"\s(?:{_PART}\s)?(?:[A-Z]\.\s)*(?:(?:de|von|van|der|la|du)\s)*{_PART}")
_HEADS_NEXT = re.compile(rf"\s{_SIDES}$")
_ROLE = re.compile(r"(?:[,&(–—]|\b(?:of|the|and|to|for|in|at))\s$")
_SMALL = (
    r"(?:of|the|and|for|to|in|at|on|de|la|du|von|van|der|an|a|interpreter|interpreting|present)"
)
_PROSE = re.compile(rf"\s(?!{_SMALL}\b)[a-z][a-z’'-]+(?=[\s,.;:])")


_OPENS = re.compile(
    rf"(?:^|(?<=\s))(?:(?:The|His|Her|After|In|At|On|As|When|This|There|It|Following|During|Upon|With)\s)?(?:(?:{_RANKS}|{_TITLES})\s?)*(?:[A-ZÀ-Þ][\w’'.-]*)?\s*$"
)


def unrolled(block: str) -> list[str]:
    """`block` with its label, subject and each of those present as blocks of their own, where it
    holds such a list and a text behind it; else itself alone."""
    head = block[:_WITHIN]
    if not any(word in head for word in _SIGNS):
        return [block]
    found = _LABELLED.search(block, 0, _WITHIN)
    if found is None:
        return [block]
    same = _SAME.match(block, found.end())
    entries, end = ([same[0]], same.end()) if same else _entries(block, found.end())
    if len(entries) < 2 and same is None:
        return [block]
    out = [block[: found.start()].strip()]
    if found["subject"]:
        out += [found["subject"].rstrip(": "), found["matter"].strip()]
    return [
        part for part in (*out, found["label"].rstrip(":"), *entries, block[end:].strip()) if part
    ]


def _entries(text: str, begin: int) -> tuple[list[str], int]:
    """The entries of a list that begins at `begin`, and where the text behind it begins."""
    starts = [begin, *_starts(text, begin)]
    entries: list[str] = []
    for a, b in pairwise([*starts, min(len(text), begin + _MOST)]):
        prose = _PROSE.search(text, a, b)
        if prose is None:
            entries.append(_bare(text[a:b]))
            continue
        cut = a + _sentence(text[a : prose.start()])
        entries.append(_bare(text[a:cut]))
        return [one for one in entries if one and not is_side(one)], cut
    return [], begin


def _bare(words: str) -> str:
    """An entry without the side before it and the one that heads the next behind it."""
    words = words.strip()
    led = _LED.match(words)
    if led is not None:
        words = words[led.end() :]
    behind = _HEADS_NEXT.search(words)
    if behind is not None and not words[: behind.start()].endswith((",", " of", " the")):
        return words[: behind.start()]
    return words


def _starts(text: str, begin: int) -> list[int]:
    """Where entries begin: at a side, at a title that is not the role of the one before, at a name
    that no title precedes."""
    starts: list[int] = []
    end, limit = begin, begin + _MOST
    titled = False  # whether the last words were a title that waits for its name
    while (found := _WORDS.search(text, end, limit)) is not None:
        at, before = found.start(), end
        end = found.end()
        apart = text[before:at].strip()
        if _ROLE.search(text, max(begin, at - 8), at) is not None:
            titled = False
        elif found["title"]:
            the = found["title"].startswith("The ")
            if not the and not _NAMED.match(text, end):
                titled = False
                continue
            if not titled or apart:  # "Lt. Col. Orde" is one
                starts.append(at)
            titled = not the
            if not the and (called := _called(text, end, limit)) > end:
                titled, end = False, called
        elif found["side"] or not titled or apart:
            starts.append(at)
            titled = False
        else:
            titled = False
    return [at for at in starts if at > begin]


def _called(text: str, at: int, limit: int) -> int:
    """Where the name ends that stands behind a title."""
    name = _WHOLE.match(text, at, limit) or _SHORT.match(text, at, limit)
    return name.end() if name is not None else at


def _sentence(words: str) -> int:
    """Where the sentence begins whose first words end `words`: at the last of its capitals that
    no comma precedes, "The" and titles before it included."""
    led = _OPENS.search(words)
    return led.start() if led else 0


_SENTENCE = re.compile(r"[.)\]’”]$")
_STOPPED = re.compile(r"(?<![A-Z])\.$")  # not "Secretary to the P.M."
_BETWEEN = re.compile(r"[,;(—–]|\s-\s")
_ATTENDED = re.compile(r"\b(?:present|attend(?:ed|ing)|absent|left|joined)\b")
_SYMBOL = re.compile(rf"[A-Z][A-Za-z/]{{0,8}}\s?[–—-]\s?(?={_TITLE})")  # "FE–Mr. Orde"
_VERBLIKE = re.compile(rf"\b(?!{_SMALL}\b)[a-z]{{3,}}\b")


def is_entry(line: str) -> bool:
    """Whether a line is surely one of a list of those present: a side, or somebody with a title
    or with something behind the name."""
    if len(line) > 140 or _STOPPED.search(line) or not reads_as_one(line):
        return False
    return bool(is_side(line) or _WORDS.match(line) or _SYMBOL.match(line))


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
    title = _WORDS.match(line)
    if title is None or not title["title"]:
        return "", line
    for name in re.finditer(r"[A-ZÀ-Þ][\w’'-]+(?=\s)", line[title.end() : title.end() + 60]):
        end = title.end() + name.end()
        rest = line[end:].lstrip(" ,")
        if rest[:1].isupper() and re.search(rf"\b{re.escape(name[0])}\b", rest):
            return line[:end], rest
    return "", line


_SPOKEN = re.compile(r"[^:,;]{2,40}:\s")


def heads_people(line: str, below: list[str]) -> bool:
    """Whether a line names a body whose people stand below it."""
    if len(line) > 60 or _BETWEEN.search(line) or not has_body(line) or has_office(line):
        return False
    return bool(below) and _WORDS.match(line) is None and goes_on(below) and not is_side(below[0])


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
    if _SAME.match(line) or is_side(line) or _ATTENDED.search(line):
        return False
    told = [one for one in above if not is_side(one)]
    sure = sum(_WORDS.match(one) is not None for one in told)
    if sure * 2 < len(told) or not told:
        return False
    if _WORDS.match(line):
        return not _BETWEEN.search(line) and len(_VERBLIKE.findall(line)) > 2
    if has_office(line) or _BETWEEN.search(line):
        return False
    if " " not in line:
        return all(" " in one for one in told)
    return not is_name(line)
