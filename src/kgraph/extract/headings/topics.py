"""What a paper is about, where its heading says so behind those whom it names."""

from __future__ import annotations

import re

from kgraph.extract import offices
from kgraph.extract.headings import parties as who

_TOPIC = re.compile(
    r"(?=[\s,])(?:(?<=\))\s*,?\s+(?:[Oo]n|[Uu]pon|[Rr]especting|[Tt]ouching)|\s+(?:[Rr]egarding|[Cc]oncerning|[Rr]elative\s+[Tt]o|[Rr]elating\s+[Tt]o|[Pp]ursuant\s+[Tt]o|[Ii]n\s+[Cc]onnection\s+[Ww]ith|[Ss]uggesting|[Pp]roposing|[Ww]ith\s+[Rr](?:egard|espect|eference)\s+[Tt]o)"
    r"|(?:(?<=Secretary of State)|(?<=Security Council)|(?<=Planning Staff)|(?<=Planning Board)|(?<=Coordinating Board)|(?<=Chiefs of Staff))\s+[Oo]n(?!\s+(?:an?|his)\s+(?:\w+\s+)?(?:Conversation|Meeting|Interview))|,\s+[Dd]ated(?=\s+[A-Z]\w+\s+\d))\s+(?=\S)"
)
"""What the paper is about, behind those whom the heading names."""
_TOPIC_WORDS = (
    " on", "\non", "upon", "respect", "touching", "regard", "concerning", "relati", "pursuant", "connection",
    "suggesting", "proposing", "reference", "dated",
)  # fmt: skip
"""Of what `_TOPIC` finds each has one of these."""
_NAMED_ON = re.compile(
    r"\bby\s+(?!the\b)(?P<who>[^()]{3,50}?)(?P<on>\s+[Oo]n)\s+(?=(?:the\s+|an?\s+)?[A-Z“\"])"
)


def topic_of(text: str, begin: int, end: int) -> int:
    """Where the words about a paper's matter begin: "by Roe (Doe) on the Sinking of a Ship"."""
    by = _NAMED_ON.search(text, begin, end) if "by" in text else None
    apposed = (
        by is not None and "," in by["who"] and offices.has_office(by["who"].rpartition(",")[2])
    )
    if by is not None and not apposed:  # "by John Roe, Adviser on Harbors"
        writer = who.party(by["who"], 0, "")
        if writer is not None and writer.kind == "person":
            end = by.start("on")
    low = text.lower()
    if not any(word in low for word in _TOPIC_WORDS):
        return end
    at = begin
    while (m := _TOPIC.search(text, at, end)) is not None:
        if who.parties(text[begin : m.start()], 0, "") and _BEFORE_TOPIC.search(
            text, begin, m.start() + 1
        ):
            return m.start()
        at = m.end()
    return end


_BEFORE_TOPIC = re.compile(r"(?i)\b(?:by|from|to|for)\s")
