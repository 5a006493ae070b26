"""Lists of those present that ran together with the text behind them: "PARTICIPANTS US The
President Mr. Tyler, Assistant Secretary France Ambassador Alphand The President asked".

An entry begins with a title, a symbol, a side, or a name that a comma follows; names that nothing
parts are told by their shapes; the text begins with the first entry whose words go on as a
sentence does.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kgraph.authorities.names.spellings import is_given
from kgraph.extract.attendance import is_side
from kgraph.extract.plain.attending_words import (
    AGENCIES,
    NAME,
    NAMED_PART,
    RANKS,
    SAME_LIST,
    SIDES,
    SMALL,
    TITLE,
    TITLES,
    WORDS,
)
from kgraph.extract.plain.name_shapes import names

_LABELLED = re.compile(
    r"(?:(?P<subject>SUBJECTS?|Subject:)\s?:?\s+(?P<matter>[^\n]{3,240}?)\s+)?"
    rf"(?P<label>PARTICIPANTS|PARTICIPATION|Participants:|(?:OTHERS |ALSO )?PRESENT|Present:|(?:Participants|Present)(?=\s(?:{SIDES}\s(?:{TITLE}|{NAME})|{TITLE}\s{NAMED_PART}(?!\s[a-z])))|ATTENDANCE|(?:THOSE |PERSONS )?ATTENDING(?: THE [A-Z]{{4,12}})?(?: WERE)?)\s?:?\s+(?=[A-Z\[])"
)
_SIGNS = ("PARTICIP", "articipants", "PRESENT", "resent", "ATTEND")
_WITHIN = 700
"""Characters of a text within which its list must begin."""
_MOST = 3000
"""Characters of a list at most."""
_NAMED = re.compile(
    rf"\s(?:[A-Z]\.\s|{NAMED_PART}|(?!(?:USSR|FRG|GDR)\b)[A-ZÀ-Þ’'-]{{3,}}\b|(?:de|von|van|du|la)\s)"
)
_LED = re.compile(rf"(?:{SIDES}|{AGENCIES}:?)\s(?={TITLE}|{NAME})")
_FIRST = rf"(?:[A-Z]\.\s|{NAMED_PART}\s|(?:de|von|van|der|la|du)\s)"
_WHOLE = re.compile(rf"\s{_FIRST}{{0,3}}?{NAMED_PART}(?=,|\s\(|\s(?:{TITLE}|{SIDES}))")
_SHORT = re.compile(
    rf"\s(?:{NAMED_PART}\s)?(?:[A-Z]\.\s)*(?:(?:de|von|van|der|la|du)\s)*{NAMED_PART}"
)
_HEADS_NEXT = re.compile(rf"\s(?:{SIDES}|{AGENCIES}:?)$")
_ROLE = re.compile(r"(?:[,&(–—]|\b(?:of|the|and|to|for|in|at))\s$")
_PROSE = re.compile(  # a verb, or two small words that no entry has
    rf"\s(?!(?:{SMALL}|former|acting|notetaker|note|taker|reporter|interim|designate|ad|rank|d’Orsay)\b)"
    r"(?:[a-z’'-]+(?=[\s,;:][a-z]|[,.;:]\s[a-z])|[a-z-]+ed|said|began|met|told|gave|spoke|made|went|came|read|thought|noted)(?=[\s,.;:])"
)
_BEGINS = re.compile(  # the first words of a sentence that no entry has
    r"\s(?=(?:After|Following|In|At|Prior|During|On|When|As|It|Upon|Before|While|With|Since|This|There|Having|By|Although|Both|Once)\s"
    r"(?:an?|the|his|her|their|some|this|that|our|all|to|was|is|opening|reply|response|answer|exchanging|arriving|discussing|welcoming)\s)"
)
_LED_BY = re.compile(  # "The President and the" before "Prime Minister met"
    rf"(?:^|\s)(?:The\s)?(?:(?:{RANKS}|{TITLES})\s)+(?:[A-ZÀ-Þ][\w’'-]+\s)?(?:and|with)\s(?:the\s)?$"
)
_HONOUR = re.compile(
    r"(?:(?:[A-Z][a-z]+ )?(?:His|Her) Excellency|(?:The )?Honorable|H\. ?E\.?|The)"
)
_MARKED = re.compile(r"(?<=[a-z)\].])\s\d{1,2}$|\s\[$")
_BRACKETED = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,60}\]")
_ENDS = re.compile(  # what stands below a list of those present
    r"\s(?:\d{1,2}\.\s(?=[A-Z“])|(?:SUBJECTS?|REFERENCES?|PLACE|DATE|TIME|SUMMARY|DISCUSSION)\b|Subject:|Summary of\b|(?:[A-Z][A-Za-z]*/)+[A-Z]*/?\d+\b|\[(?:Here|Omitted)\b)"
)
_APART = re.compile(
    r"(?:^|\s)(?:ALSO PRESENT|OTHERS PRESENT|(?:In|IN) (?:Attendance|ATTENDANCE)|Also [Pp]resent|Invitees|Others [Pp]resent)\s?:?(?:\s|$)"
)
_SYMBOL = re.compile(
    rf"(?<!\S)(?:Chairman|{AGENCIES}|[A-Z]{{1,4}}(?:/[A-Z]{{1,5}}){{0,2}})\s?[–—-]\s?(?={TITLE}|(?:[A-Z]\.\s)*{NAMED_PART})"
)
_OF = re.compile(
    rf"\s(?:of|for)\s(?:the\s)?(?:State|Defense|Commerce|Treasury|Agriculture|Labor|Interior|Navy|(?:[A-Z][a-z-]+\s){{1,2}}Affairs)(?:\s(?:for|of)\s(?:[A-Z][\w-]+\s){{1,3}}Affairs)?(?=,?\s(?:[A-Z]\.\s|{NAMED_PART}))"
)
_TITLES_ALL = re.compile(rf"{TITLE}\s{NAMED_PART}(?:,\s(?:and\s)?{TITLE}\s{NAMED_PART})+")
_MONSIEUR = re.compile(r"(?<!\S)[a-z]+,? M\. (?=[A-ZÀ-Þ])")
_M_ALONE = re.compile(r"(?P<before>\S+) M\.(?= [A-ZÀ-Þ])")
_M = " M\u1427"  # " M." where it is a title, of the same length

_OPENS = re.compile(
    rf"(?:^|(?<=\s))(?:(?:The|His|Her|After|In|At|On|As|When|This|There|It|Following|During|Upon|With)\s(?:(?:the|a|an|his|their|its|some|this|that|all)\s)?)?(?:(?:{RANKS}|{TITLES})\s?)*(?:[A-ZÀ-Þ][\w’'.-]*)?\s*$"
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
    same = SAME_LIST.match(block, found.end())
    entries, end = ([same[0]], same.end()) if same else _entries(block, found.end())
    if len(entries) < 2 and same is None and not (entries and _TITLES_ALL.fullmatch(entries[0])):
        return [block]
    out = [block[: found.start()].strip()]
    if found["subject"]:
        out += [found["subject"].rstrip(": "), found["matter"].strip()]
    return [
        part for part in (*out, found["label"].rstrip(":"), *entries, block[end:].strip()) if part
    ]


def _entries(text: str, begin: int) -> tuple[list[str], int]:
    """The entries of a list that begins at `begin`, and where the text behind it begins."""
    limit = min(len(text), begin + _MOST)
    below = _ENDS.search(text, begin, limit)
    limit = below.start() if below else limit
    starts = [begin, *_starts(_titled(text), begin, limit)]
    blank = _BRACKETED.sub(lambda m: "_" * len(m[0]), text[:limit])
    entries: list[str] = []
    for a, b in pairwise([*starts, limit]):
        begun = _BEGINS.search(blank, a, b)
        prose = _PROSE.search(blank, a, begun.start() if begun is not None else b)
        if prose is not None:
            cut = a + _sentence(text[a : prose.start()])
        else:
            cut = begun.start() if begun is not None else b
        for part in _APART.split(text[a:cut]):
            entries.extend(names(_bare(part)))
        if prose is not None or begun is not None or (below and b == limit):
            return [one for one in map(_clean, entries) if one and not is_side(one)], cut
    return [], begin


def _clean(entry: str) -> str:
    """An entry without the mark of a note; what only honours who stands behind it is none."""
    entry = _MARKED.sub("", entry)
    return "" if _HONOUR.fullmatch(entry) else entry


def _titled(text: str) -> str:
    """`text` with "M." marked as a title, where its sentences use it so."""
    if _MONSIEUR.search(text) is None:
        return text
    return _M_ALONE.sub(lambda m: m[0] if is_given(m["before"].lower()) else m["before"] + _M, text)


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


def _starts(text: str, begin: int, limit: int) -> list[int]:
    """Where entries begin: at a side, at a title that is not the role of the one before, at a name
    that no title precedes, at the symbol of an office."""
    starts: list[int] = []
    end = begin
    titled = False  # whether the last words were a title that waits for its name
    while (found := WORDS.search(text, end, limit)) is not None:
        at, before = found.start(), end
        end = found.end()
        apart = text[before:at].strip()
        if _ROLE.search(text, max(begin, at - 8), at) is not None:
            titled = False
        elif found["title"]:
            the = found["title"].startswith("The ")
            held = _OF.match(text, end, limit)
            if held is not None:
                starts.append(at)
                titled, end = False, held.end()
                continue
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
    symbols = [m.span() for m in _SYMBOL.finditer(text, begin, limit)]
    own = {at for at in starts if not any(a < at <= b for a, b in symbols)}
    return sorted(at for at in own | {a for a, _ in symbols} if at > begin)


def _called(text: str, at: int, limit: int) -> int:
    """Where the name ends that stands behind a title."""
    name = _WHOLE.match(text, at, limit) or _SHORT.match(text, at, limit)
    return name.end() if name is not None else at


def _sentence(words: str) -> int:
    """Where the sentence begins whose first words end `words`: at the last of its capitals that
    no comma precedes, "The" and titles before it included."""
    led = _OPENS.search(words)
    if led is None:
        return 0
    two = _LED_BY.search(words[: led.start()])
    return two.start() if two is not None else led.start()
