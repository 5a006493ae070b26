"""Classification, precedence and handling, as the marks of a document give them.

The words stay as they are printed: "No classification marking" says that a reader
looked and found none, which is not the same as "Unclassified".
"""

from __future__ import annotations

import re

CLASSIFICATION = (
    r"(?:[Nn]o (?:security )?classification(?: marking(?:s)?| indicated)?|Unclassified|Top Secret|Most Secret|Secret|"
    r"Strictly Confidential|Very Confidential|Administratively Confidential|Administrative Confidential"
    r"|Confidential|Limited Official Use(?: Only)?|Official Use Only|For Official Use Only"
    r"|For [A-Z][\w ]{2,50} Use Only|Restricted(?! Data)|Personal and Confidential|Private and Confidential|Not classified)"
)
_FIRST = re.compile(
    rf"(?:(?<=[.,”\"’)\]?:])|(?<=[.,”\"’)\]?:]\s)|(?<=[.,”\"’)\]?:]\s\s))\[?(?P<class>{CLASSIFICATION})(?=\s*(?:[.;,/\]]|—|$|\sand\s[A-Z]|\s[Ww]ith\s[A-Z][\w ]{{2,40}}\s(?:[Aa]ttachment|[Ee]nclosure|[Aa]nnex|Tab)|Drafted|Repeated|Security\s+Information))"
)
_WORD_LIST = r"""Niact|NIACT|Priority|Immediate|Operational Immediate|Flash|Routine|Urgent|Very Urgent|Most Immediate|Deferred
[Ll]imit(?:ed)? [Dd]istribution|Limdis|Limited Distribution|Nodis|Exdis|Noforn|No Foreign Dissem(?:ination)?|No Foreign Dissem[.]?|No Dissem Abroad
Eyes Only(?: [\w. ]+)?|[\w. ]+ Eyes Only|Verbatim Text|Sensitive|Personal|Private|Presidential Handling|Restricted Data
Official[–-]Informal|Corrected [Cc]opy|Controlled Dissem(?:ination)?|Background Use Only|No Distribution|Security Information|Contains Codeword
Codeword|Umbra|Ruff|Talent-Keyhole|Restricted Handling|Special Handling|Strictly Confidential|Plus|Cherokee|Roger Channel|Stadis
Via Backchannel|Backchannel|Outside System|Outside the System|Completely Outside the System|Double Plus|Cedar|Homer|Tosec|Secto"""
KNOWN = re.compile("(?:" + "|".join(line for line in _WORD_LIST.split("\n")) + ")")
_MARKS_ONLY = re.compile(
    rf"\s*(?:{CLASSIFICATION}|{KNOWN.pattern})(?:\s*[;,/]\s*(?:{CLASSIFICATION}|{KNOWN.pattern}))*\.?\s*"
)
_WITH_MARKED = re.compile(
    rf"{CLASSIFICATION}\s+[Ww]ith\s+[A-Z][\w ]{{2,40}}\s(?:[Aa]ttachment|[Ee]nclosure|[Aa]nnex|Tab)(?:e?s)?"
)
_VERBAL = re.compile(
    r"\b(?:is|was|were|are|has|had|by|drafted|repeated|the source text|see|according)\b", re.I
)


def find_first(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where, after a stop, the first classification stands ("... Box 3. Secret; Nodis.")."""
    return _FIRST.search(text, start, end)


_CLASSIFICATION = re.compile(CLASSIFICATION)
_AND = re.compile(r"\s+and\s+")
_SEPARATORS = re.compile(r"[;,]|(?<=\w)\.\s+(?=[A-Z])")


def is_marks(words: str) -> bool:
    """Whether the words are marks of classification and handling, and nothing else."""
    return _MARKS_ONLY.fullmatch(words) is not None


def looks_like_marks(words: str) -> bool:
    """Whether a sentence has the form of marks: capitalised items, no verb."""
    words = words.strip().rstrip(".")
    items = re.split(r"\s*[;]\s*", words)
    return (
        bool(KNOWN.match(words) or is_marks(words) or _WITH_MARKED.fullmatch(words))
        and len(words) < 120
        and not _VERBAL.search(words)
        and all(item[:1].isupper() or item[:1] in "“[" for item in items)
    )


def read_marks(
    text: str, start: int, end: int
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    """Span of the classification, spans of the other marks, in text[start:end].

    >>> t = "Top Secret; Nodis; Eyes Only."
    >>> c, rest = read_marks(t, 0, len(t))
    >>> t[slice(*c)], [t[a:b] for a, b in rest]
    ('Top Secret', ['Nodis', 'Eyes Only'])
    """
    classification: tuple[int, int] | None = None
    at = start
    m = _CLASSIFICATION.match(text, start, end)
    if m:
        classification = m.span()
        at = m.end()
        if joined := _AND.match(text, at, end):
            at = joined.end()
    marks: list[tuple[int, int]] = []
    pieces: list[tuple[int, int]] = []
    for s in _SEPARATORS.finditer(text, at, end):
        pieces.append((at, s.start()))
        at = s.end()
    pieces.append((at, end))
    for a, b in pieces:
        while a < b and text[a] in " \n\t/—-":
            a += 1
        while b > a and text[b - 1] in " \n\t.;,]":
            b -= 1
        if a >= b:
            continue
        again = _CLASSIFICATION.fullmatch(text, a, b)
        if classification is None and again:
            classification = (a, b)
        else:
            marks.append((a, b))
    return classification, marks
