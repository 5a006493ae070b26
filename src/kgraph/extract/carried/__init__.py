"""Letters carried inside telegrams: quoted whole, between "Begin Text" and "End Text",
or behind words that announce them.

The covering words say whose letter it is and to whom: "Following is unofficial
translation letter from Khrushchev which Menshikov handed President"; "deliver following
message to Khrushchev from President and Prime Minister". A date behind the signature is
the letter's own; without one the date of the telegram stands for it, *inferred*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph import dating
from kgraph.extract import offices, openings
from kgraph.extract.carried.covering_words import NOUN_IN_EITHER_CASE
from kgraph.extract.carried.facts import (
    DATE_LINE,
    Carried,
    describe,
    following_from,
    last_cue,
    speaks_of_paper,
)
from kgraph.model import Date, Party

_BEGIN = re.compile(
    r"[\[(]?\b[Bb](?:egin(?:ning)?|EGIN(?:NING)?)\s+(?:(?:[Oo]f\s+)?[A-Za-z]+\s+){0,3}?(?:[Tt]ext|TEXT|[Mm]essage|MESSAGE|[Qq]uote|QUOTE|[Ll]etter)\b[.:\])]*|^QUOTE\b[.:]?|^Quote[.:]\s|^Verbatim [Tt]ext:",
    re.MULTILINE,
)
_END = re.compile(
    r"[\[(]?\b[Ee](?:nd|ND)\s+(?:(?:[Oo]f\s+)?[A-Za-z]+\s+){0,3}?(?:[Tt]ext|TEXT|[Mm]essage|MESSAGE|[Qq]uote|QUOTE|[Ll]etter)\b[.:\])]*|\b(?:UNQUOTE|Unquote)\b\.?"
)
_STRONG = re.compile(
    rf"\b[Ff]ollowing\s+(?:[\w’',-]+\s+){{0,5}}?{NOUN_IN_EITHER_CASE.replace('noun', 'n1')}\b[^:]*:?\W*$"
    rf"|\b(?:[Tt]ext|[Tt]ranslation|[Cc]opy)\s+of\s+(?:an?\s+|the\s+|his\s+|[\w’']+\s+){{0,4}}?{NOUN_IN_EITHER_CASE.replace('noun', 'n2')}\b[^:]*:?\W*$"
    rf"|\b{NOUN_IN_EITHER_CASE.replace('noun', 'n3')}\b[^.:]{{0,160}}\b(?:as follows|reads|follows|begins)\W*$"
    rf"|\b{NOUN_IN_EITHER_CASE.replace('noun', 'n4')}\b[^:]{{0,200}}\.\s+(?:It|The\s+\w+)\s+(?:is|was|reads?)\s+as\s+follows\W*$"
    rf"|\b{NOUN_IN_EITHER_CASE.replace('noun', 'n7')}\b[^:]{{0,200}}\.\s+(?:Its\s+|The\s+|An?\s+)?(?:\w+\s+){{0,3}}?(?:text|translation)\b[^.:]{{0,60}}\bfollows\W*$"
    rf"|\b{NOUN_IN_EITHER_CASE.replace('noun', 'n8')}\b[^.:]{{0,160}}\bof\s+which\s+(?:the\s+following|this)\s+is\s+(?:an?|the)\s+(?:\w+\s+){{0,2}}(?:text|translation|copy)\W*$",
    re.IGNORECASE,
)
"""Words that announce a document whole, to the end of what stands before it."""
_PART_ONLY = re.compile(
    r"\b(?:excerpts?|extracts?|passages?|paragraphs?|sentences?|portions?|parts?|points?|clauses?|articles?|provisions?|language|wording|lines|summary|gist|substance|suggest\w*|propos\w*|drafts?|would be|recommend\w*|conversation|comments?|amendments?|résumé|opinion|question|appears?|occurs?|contain\w*)\b",
    re.IGNORECASE,
)
_FRAMES = (  # words of `_BEGIN`
    "egin ",
    "eginning ",
    "EGIN ",
    "QUOTE",
    "Quote.",
    "Quote:",
    "Verbatim ",
)
_LEAD = len("[B")  # what `_BEGIN` has at most before one of the words
_OPENING = '“"«„'


def find(
    text: str,
    paragraphs: list[tuple[int, int]],
    quotes: dict[int, int],
    outer: Date | None,
    speaker: Party | None = None,
) -> list[Carried]:
    """The letters carried within a document, in order.

    `paragraphs` are the spans of the body's paragraphs, `quotes` says for the index of
    a paragraph in which marked quotation it stands. `outer` is the document's date;
    `speaker` is who says "I have received" in it.
    """
    out: list[Carried] = []
    index = 0
    frames = [at for mark in _FRAMES for at in _places(text, mark)]
    while index < len(paragraphs):
        start, end = paragraphs[index]
        begin = None
        if frames and (framed := [at for at in frames if start <= at < end]):
            begin = _BEGIN.search(text, max(start, min(framed) - _LEAD), end)
        if begin is not None:
            found, index = _between(text, paragraphs, index, begin)
            if found is not None:
                describe(found, text, paragraphs, outer, speaker)
                if _acceptable(found, text):
                    out.append(found)
            continue
        marked = quotes.get(index, 0)
        opening = text[start] in _OPENING if end > start else False
        if marked or opening:
            last = _span(text, paragraphs, index, quotes)
            found = Carried(start, paragraphs[last][1], cue=_cue(text, paragraphs, index))
            whole = found.cue is not None and _announced_whole(text, *found.cue)
            if whole:
                found.rule = "announced-text"
            elif marked and _opens_as_letter(text, paragraphs, index):
                whole, found.rule = True, "opens-as-letter"
                if re.search(r"[Tt]elegram", text[start : start + 60]):
                    found.form = "telegram"
            if (found.cue is not None or whole) and (
                whole
                or found.end - found.start > 150
                or openings.SALUTATION.match(text, start + 1, end)
            ):
                describe(found, text, paragraphs, outer, speaker)
                if _acceptable(found, text):
                    out.append(found)
                    index = last + 1
                    continue
            index = last + 1 if marked else index + 1
            continue
        if openings.greeting(text, start, end) and index > 0:
            dated = _date_above(text, paragraphs, index)
            cue = _cue(text, paragraphs, index - 1 if dated else index)
            if cue is not None:
                last = _unmarked_end(text, paragraphs, index)
                begin_at = paragraphs[index - 1][0] if dated else start
                found = Carried(begin_at, paragraphs[last][1], cue=cue, rule="announced-letter")
                found.date = dated
                describe(found, text, paragraphs, outer, speaker)
                if _acceptable(found, text):
                    out.append(found)
                    index = last + 1
                    continue
        index += 1
    return out


def _places(text: str, words: str) -> Iterator[int]:
    """Where some words begin in a text; a rare first letter is looked for first."""
    at = text.find(words) if words[0] in text else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _date_above(text: str, paragraphs: list[tuple[int, int]], index: int) -> Date | None:
    """The date of a dateline between the words that announce a letter and its salutation."""
    a, b = paragraphs[index - 1]
    line = DATE_LINE.match(text[a:b].strip()) if b - a < 70 else None
    return dating.parse(line["date"], offset=a + text[a:b].index(line["date"])) if line else None


def announces(text: str, a: int, b: int) -> bool:
    """Whether what stands between `a` and `b` announces a letter, telegram or note to come.

    >>> announces("Following is text of note from Zenda:", 0, 37), announces("He said:", 0, 8)
    (True, False)
    """
    return _announced_whole(text, a, b)


def _announced_whole(text: str, a: int, b: int) -> bool:
    """Whether the last sentences of a cue announce a letter or telegram, and not a part of one."""
    a = max(a, b - 330)
    found = _STRONG.search(text, a, b) if speaks_of_paper(text, a, b) else None
    found = found or following_from(text, a, b)
    if found is None:
        return False
    begin = max(text.rfind(". ", a, found.start()) + 2, a)
    return _PART_ONLY.search(text, begin, b) is None


_OPENS_AS_LETTER = re.compile(
    r"[“\"«„\s]*(?:(?:Your|My)\s+(?:\w+\s+){0,2}?(?:[Tt]elegrams?|[Ll]etters?|[Dd]espatch|[Nn]o\.)|(?:Referring to|Answering|Replying to|In reply to|With reference to|I acknowledge|I have received|Thank you for)\s+(?:your|my)\b)"
)


def _opens_as_letter(text: str, paragraphs: list[tuple[int, int]], index: int) -> bool:
    """Whether a quotation opens as letters and telegrams do, and no part or draft is spoken of."""
    if _OPENS_AS_LETTER.match(text, *paragraphs[index]) is None:
        return False
    before = paragraphs[index - 1] if index else paragraphs[index]
    return _PART_ONLY.search(text, max(before[0], before[1] - 160), before[1]) is None


def _acceptable(found: Carried, text: str) -> bool:
    """Whether enough speaks for a letter: a salutation, a signature, or both parties."""
    if found.end - found.start < 60:
        return False
    greeted = (
        openings.SALUTATION.match(text[found.start : found.start + 130].lstrip('“"«„ ')) is not None
    )
    if greeted or found.signed or found.rule == "announced-text":
        return bool(found.senders or found.addressees)
    if found.rule == "opens-as-letter":
        return True
    if found.rule == "begin-end-text":
        return bool(found.senders or found.addressees)
    return bool(found.senders and found.addressees) and found.form in (
        "letter",
        "message",
        "note",
        "telegram",
    )


def _between(
    text: str, paragraphs: list[tuple[int, int]], index: int, begin: re.Match[str]
) -> tuple[Carried | None, int]:
    start = begin.end()
    cue_end = begin.start()
    for last in range(index, len(paragraphs)):
        a, b = paragraphs[last]
        end = _END.search(text, max(a, start), b)
        if end is not None:
            stop = end.start()
            while stop > start and text[stop - 1] in " \n\t":
                stop -= 1
            while start < stop and text[start] in " .\n\t":
                start += 1
            found = Carried(
                start, stop, cue=_before(paragraphs, index, cue_end), rule="begin-end-text"
            )
            return (found if stop - start > 40 else None), last + 1
    last = _unmarked_end(text, paragraphs, min(index + 1, len(paragraphs) - 1))
    while start < paragraphs[last][1] and text[start] in " .\n\t":
        start += 1
    found = Carried(
        start, paragraphs[last][1], cue=_before(paragraphs, index, cue_end), rule="begin-text"
    )
    return (found if found.end - found.start > 80 else None), last + 1


def _before(paragraphs: list[tuple[int, int]], index: int, stop: int) -> tuple[int, int]:
    start = paragraphs[index][0]
    if stop - start < 25 and index > 0:
        start = paragraphs[index - 1][0]
        if paragraphs[index - 1][1] - start < 40 and index > 1:
            start = paragraphs[index - 2][0]
    return max(start, stop - 900), stop


def _span(text: str, paragraphs: list[tuple[int, int]], index: int, quotes: dict[int, int]) -> int:
    """The last paragraph of the quotation that opens at `index`."""
    mark = quotes.get(index, 0)
    if mark:
        last = index
        while last + 1 < len(paragraphs) and quotes.get(last + 1, 0) == mark:
            last += 1
        return last
    each = index + 1 < len(paragraphs) and text[paragraphs[index + 1][0]] in _OPENING
    for last in range(index, min(len(paragraphs), index + 150)):
        a, b = paragraphs[last]
        if each:
            if text[a] not in _OPENING:
                return max(index, last - 1)
            if _closes(text[a:b]):
                return last
        elif _closes(text[paragraphs[index][0] : b]) and text[a:b].rstrip(" .")[-1:] in '”"»':
            return last
    return _unmarked_end(text, paragraphs, index)


def _closes(words: str) -> bool:
    opened = words.count("“") + words.count("«")
    closed = words.count("”") + words.count("»")
    if opened or closed:
        return closed >= opened
    return words.count('"') % 2 == 0 and words.rstrip(" .").endswith('"')


def _unmarked_end(text: str, paragraphs: list[tuple[int, int]], index: int) -> int:
    """A letter without marks ends with its signature or its valediction, or the document."""
    for last in range(index + 1, len(paragraphs)):
        a, b = paragraphs[last]
        words = text[a:b]
        if len(words) < 90 and re.match(
            r"(?:Very )?(?:[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially)|/s/|\(?[Ss]igned",
            words,
        ):
            step = last
            while (
                step + 1 < len(paragraphs)
                and paragraphs[step + 1][1] - paragraphs[step + 1][0] < 60
                and step - last < 3
                and not (step > last and _name_line(text, paragraphs[step]))
            ):
                step += 1
            return step
        if (
            len(words) < 45
            and last + 1 < len(paragraphs)
            and offices.is_name(words.rstrip(". "))
            and " " in words
        ):
            return last
    return len(paragraphs) - 1


def _name_line(text: str, span: tuple[int, int]) -> bool:
    return offices.is_name(text[slice(*span)].rstrip(". "))


def _cue(text: str, paragraphs: list[tuple[int, int]], index: int) -> tuple[int, int] | None:
    for back in (1, 2):
        if index - back < 0:
            return None
        a, b = paragraphs[index - back]
        a = max(a, b - 600)
        found = last_cue(text, a, b)
        if found is None and _announced_whole(text, a, b):
            return a, b
        if found is not None and (
            text[a:b].rstrip().endswith((":", ".", "follows", "—", "”")) or b - a < 300
        ):
            return a, b
        if b - a > 60:
            return None
    return None
