"""Volumes that run on without any line break: cut where their documents begin.

In an edition with numbers a document begins with the next number and a title behind
it; in one without, with the number or the name of a file and a title, or with a title
that a dateline follows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kgraph.extract.datelines import is_dateline, read_dateline
from kgraph.extract.headings import read_heading
from kgraph.extract.plain import fronts, mixed
from kgraph.extract.plain.title_lines import (
    CENTRAL,
    MODERN,
    NUMBERED_WORDS,
    PAGES,
    head_of,
    sourced,
)

_LONG = 30_000
"""Characters of a paragraph that must be more than one document."""
_LONE = 300
"""Characters of a text without any line break that may be more than one."""
_NEXT = re.compile(r"(?:^|(?<=\s))(?P<number>\d{1,4})[A-Z]?\. (?=[A-Z“])")
_IN_DATE = re.compile(
    r"(?:\d ?,|(?:January|February|March|April|May|June|July|August|September|October|November|December),?) $"
)
_FILE_AT = re.compile(
    r"(?<=\s)(?<!Conf\. )(?<!No\. )(?=(?:Paris Peace Conf\. |File No\. )?\d{2,3}[A-Za-z]?\.\w|File No\. \d{2,6}/|(?:FW )?\d{3} [A-Z]{1,3} \d{1,4}/|Lot \d{2,3} ?[A-Z]{1,2} ?\d)"
)
_COLLECTION = re.compile(
    r"(?<=[.\])”a-z] )(?=(?:[A-Z][\w.’'/–-]*,?\s|of\s(?:the\s)?){1,7}(?:[Pp]apers|[Ff]iles?|Diary|Collection)\b|Files of the)"
)
_IN_SENTENCE = re.compile(r"(?:^|[\s(])[a-z][\w’'-]* $")
"""A word before a file's name which shows that a sentence speaks of it."""
_SMALL = (
    r"of|the|in|at|for|and|to|de|von|van|on|near|by|with|from|ad|interim|d’affaires|d’Affaires|minister|ministers|ambassador|consul|general|chargé|secretary|foreign|affairs|relations"
    r"|embassy|legation|council|municipal|town|citizens|inhabitants|workingmen|governor|president|same|commissioners|diplomatic|consular|officers"
)
_TITLE_RUN = re.compile(  # words of a title, one behind the other
    r"(?<=[.\])”’a-z]\s)(?:(?:The|Mr\.|Messrs\.|Mrs\.|Lord|Earl|Sir|President|Prime Minister|Prince|Count|Baron|Señor|Senhor|General|Colonel|Admiral|Captain|Rear-Admiral|Viscount|Marquis|Professor|Hon\.|MM?\.(?=\s(?:de\s)?[A-Z])|Note(?=\s[FfBb](?:rom|y)\s)|Memorandum(?=\s[Ff]rom\s)|Message(?=\sof\s)|Address(?=\sof\s)|Ambassador|Minister|Chargé|Consul|Secretary|Memorandum|Minutes|Marshal|Generalissimo|Same(?=\sto\s))"
    rf"(?:\s(?:(?:Mrs?|Messrs|Dr|Hon|St|Gen|Col|Capt|Lt|Rev|MM?|[A-Z])\.(?:[A-Z]\.)*|[A-Z(“][^\s.]*|\)|{_SMALL})(?=[\s,.])[,]?)*|(?:[A-Z][\w’'-]+\s){{2,4}}to\s(?:Mr|Messrs|Señor|Lord|Sir)\b\.?\s(?:[A-Z][\w’'.-]*\s?)+)"
)
_LETTERED = r"\[[A-H]\.?(?:[—–-]+[A-Z][a-z]+\.?)?\]|[.”)]\s[A-H]\."
_ENCLOSED = re.compile(
    rf"\b[EI]nclosure (?:No\. )?(?:\d{{1,2}}|[A-H])\.(?:[—–-]+[A-Z][a-z]+\.)?\s*$|(?i:(?:[ei]nclosure|annex|attachment|appendix)(?:[^.]{{0,40}}|[^\[\]]{{0,40}}\][.\s]*))$|(?:{_LETTERED})\s*(?:\[[^\]]{{3,30}}\]\s*)?$"
)
_LABEL_INSIDE = re.compile(r"\b(?:[EI]nclosure|Annex|Attachment)\b|\[[A-H]\.")
_ARTICLE = re.compile(
    r"\b(?:the|from|to|and|by|of|for|with|between|acting|assistant|under|deputy|vice|foreign|prime|major|brigadier|lieutenant|rear|executive|the \w+)[ -]$",
    re.IGNORECASE,
)
"""A word before what would be a title, which shows that it began earlier."""
_SENTENCE_IN = re.compile(r"(?<!Messrs)[a-z]{4}\. [A-Z]")
_ABBREVIATED = re.compile(
    r"[a-z’] (?=(?:[A-Z]{3,5}(?:[–/-][A-Z]+)?|(?:[A-Z]\. ){2,3}?)\s?(?:[Ff]iles|Meetings)\b)"
)
"""The end of a signature before files that go by letters: "Orde CFM Files"."""
_EDITORIAL = re.compile(r"(?<=[.\])”’a-z] )(?<!\bthe )(?<![Ss]ee )Editorial Note(?=\s[A-Z“\[])")
_SAYS_WHO = re.compile(r"\sto\s|^(?:Mem|Min|Note|Mess|Addr)\w*\s(?:.*\s)?(?:of|by|from)\s")
_NUMBER_BEFORE = re.compile(
    r"(?<=[.\])”a-z] )\[?No\. \d{1,4}\.\]? (?:\[Translation\.?\] )?$|\[Translation\.?\] $"
)
"""The number or the mark that stands above a title."""
_GREETED = re.compile(
    r"(?:To (?:the|his|her|[A-Z])[^:.]{3,60}|(?:Great and [Gg]ood [Ff]riend|Sirs?|Gentlemen|Mr\. [A-Z]\w+|Excellency))\s?:"
)
_ENDED = re.compile(r"[.”)\]]\d{0,3} $")


def cut(blocks: list[str]) -> list[str]:
    """The paragraphs of a text, those that hold many documents cut into them."""
    out: list[str] = []
    least = _LONE if len(blocks) == 1 else _LONG
    for block in blocks:
        out.extend(_documents(block) if len(block) > least else [block])
    return out


def _documents(text: str) -> list[str]:
    numbered, unnumbered = _numbered(text), _unnumbered(text)
    others = [u for u in unnumbered if not any(0 <= u - n < 40 for n in numbered)]
    few = len(text) <= _LONG and len(numbered) <= len(others) and numbered[:1] != [0]
    if len(numbered) * 60_000 < len(text) or few:
        cuts = mixed.merged(unnumbered, numbered, lambda at: _surely_numbered(text, at))
    else:
        cuts = mixed.merged(numbered, unnumbered, lambda at: _surely_unnumbered(text, at))
    edges = [0, *(at for at in cuts if at), len(text)]
    parts = [part for a, b in pairwise(edges) if (part := text[a:b].strip())]
    if len(parts) > 1 and len(parts[0]) < 160 and not _NEXT.match(parts[1]):
        file = fronts.LEADING_FILE.match(parts[0])
        title = fronts.part(parts[0][file.end() :])[0] if file is not None else parts[0]
        if head_of(title, loose=False) is not None:
            return parts
        parts[:2] = [" ".join(parts[:2])]
    return parts


def _numbered(text: str) -> list[int]:
    cuts: list[int] = []
    last = 0
    surest = False  # whether any so far has its source note or its pages
    for found in _NEXT.finditer(text):
        value = int(found["number"])
        start = found.start("number")
        follows = not cuts or last <= value <= last + 40
        if not follows and (surest or len(cuts) > 3):
            continue
        if _IN_DATE.search(text, max(0, start - 12), start):
            continue
        ahead = text[start : start + 700]
        own = _own(ahead)
        front = fronts.part(own)
        if not follows:
            if sourced(front) and NUMBERED_WORDS.match(text, found.end()):
                cuts, last, surest = [start], value, True  # those before were items of a preface
            continue
        sure = "Source:" in own[:500] or PAGES.search(ahead[:600]) is not None
        if cuts and not sure and value > last + 3:
            continue
        own_source = sourced(front) and value <= last + 3  # "6. Contact Report Source: ..."
        if own_source or _titled_so(text, found.end(), ahead, front, sure=sure):
            cuts.append(start)
            last, surest = value, surest or sure
    return cuts


def _titled_so(text: str, at: int, ahead: str, front: list[str], *, sure: bool) -> bool:
    """Whether what stands behind a number is a title, and its source, pages or day behind it."""
    paged = PAGES.search(ahead[:600]) is not None
    if not paged and NUMBERED_WORDS.match(text, at) is None:
        return False
    heading = head_of(front[0], loose=False) if len(front[0]) < 330 else None
    if heading is None and not paged:
        return False
    editorial = heading is not None and heading.form == "editorial-note"
    return sure or editorial or _dated(front)


def _own(ahead: str) -> str:
    """What stands ahead, down to the next numbered title."""
    for found in _NEXT.finditer(ahead, 8):
        if NUMBERED_WORDS.match(ahead, found.end()):
            return ahead[: found.start()]
    return ahead


def _surely_numbered(text: str, at: int) -> bool:
    """Whether a numbered title begins a document though others here bear no numbers."""
    found = _NEXT.match(text, at)
    if found is None or NUMBERED_WORDS.match(text, found.end()) is None:
        return False
    front = fronts.part(text[at : at + 700])
    heading = head_of(front[0], loose=False)
    if _SENTENCE_IN.search(front[0]):
        return False
    if heading is None or not (MODERN.match(text, found.end()) or sourced(front)):
        return heading is not None and heading.form == "editorial-note"
    return sourced(front) or _dated(front)


def _surely_unnumbered(text: str, at: int) -> bool:
    """Whether a title without a number begins a document though others here bear numbers: below
    the number of a central file, or worded as only volumes without numbers word it."""
    file = fronts.LEADING_FILE.match(text, at, at + 300)
    if file is not None and CENTRAL.match(file["file"]) is None:
        return False
    begin = at if file is None else file.end()
    if file is None and (MODERN.match(text, at) or not _ENDED.search(text, max(0, at - 5), at)):
        return False
    front = fronts.part(text[begin : begin + 700])
    heading = head_of(front[0], loose=False)
    return (
        heading is not None
        and bool(heading.senders and heading.addressees)
        and _dated(front)
        and "Source:" not in text[begin : begin + 400]
    )


def _unnumbered(text: str) -> list[int]:
    """Where files and titles begin documents; a title inside another's words begins none."""
    filed = _filed(text)
    notes = (found.start() for found in _EDITORIAL.finditer(text))
    cuts = sorted({*filed, *_titled(text), *notes})
    out: list[int] = []
    for at in cuts:
        if out and (at - out[-1] <= 60 or at < filed.get(out[-1], 0)):
            continue
        out.append(at)
    return out


def _filed(text: str) -> dict[int, int]:
    """Where documents begin with a file's name, and where the title behind it ends."""
    cuts: dict[int, int] = {}
    for pattern in (_FILE_AT, _COLLECTION):
        for found in pattern.finditer(text):
            at = found.start()
            signed = _ABBREVIATED.search(text, at, at + 60)
            at = signed.end() if pattern is _COLLECTION and signed is not None else at
            if _IN_SENTENCE.search(text, max(0, at - 30), at):
                continue
            file = fronts.LEADING_FILE.match(text, at, at + 300)
            if file is None:
                continue
            front = fronts.part(text[file.end() : file.end() + 700])
            if len(front[0]) < 330 and (
                _dated(front) or head_of(front[0], loose=False) is not None or _held(front[0])
            ):
                cuts[at] = file.end() + len(front[0])
    return cuts


def _greeted(front: list[str]) -> bool:
    return len(front) > 1 and _GREETED.match(front[1]) is not None


def _held(title: str) -> bool:
    """Whether a title is that of a meeting and bears its day."""
    heading = read_heading(title)
    return heading.date is not None and heading.form in ("minutes", "memorandum-of-conversation")


def _titled(text: str) -> list[int]:
    """Titles that a dateline follows, and no word announces as enclosed."""
    cuts = []
    for found in _TITLE_RUN.finditer(text):
        if not _SAYS_WHO.search(found[0]):
            continue
        at = found.start()
        if _ARTICLE.search(text, max(0, at - 20), at) or _ENCLOSED.search(
            text, max(0, at - 60), at
        ):
            continue
        front = fronts.part(text[at : at + 700])
        if len(front[0]) >= 330 or _LABEL_INSIDE.search(front[0].split(" [")[0]):
            continue
        stands = _dated(front) or _held(front[0]) or _greeted(front)
        if stands and head_of(front[0], loose=False) is not None:
            above = _NUMBER_BEFORE.search(text, max(0, at - 40), at)
            cuts.append(above.start() if above is not None else at)
    return cuts


def _dated(front: list[str]) -> bool:
    return any(len(one) < 150 and is_dateline(one, read_dateline(one)) for one in front[1:4])
