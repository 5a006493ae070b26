"""Papers of a body that stands ahead of them: "Harbor Board Paper on Piers"."""

from __future__ import annotations

import re

_OWN_PAPER = re.compile(  # "Harbor Board Paper on Piers"
    r"(?:The\s+|Draft\s+|Revised\s+)?(?P<body>(?:[A-Z][\w’.-]*\s+(?:of\s+)?){1,5}?)(?:(?:Working|Position|Policy|Draft|Background)\s+)?(?:Paper|Study|Report|Memorandum|Estimate)(?=\s+(?:[Oo]n|[Rr]egarding|[Cc]oncerning)\b|$)"
)
_BODY_ENDS = re.compile(
    r"\b(?:Staff|Delegation|Council|Board|Agency|Committee|Commission|Ministry|Embassy|Mission|Department|Chiefs of Staff|of State|of Defense)\s*$"
)


def body_ahead(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Where the body stands whose paper a heading names, if it does.

    >>> words = "Harbor Board Paper on Piers"
    >>> words[slice(*body_ahead(words, 0, len(words)))]
    'Harbor Board'
    """
    own = _OWN_PAPER.match(text, begin, end)
    if own is None or _BODY_ENDS.search(own["body"]) is None:
        return None
    return own.start("body"), own.end("body") - len(own["body"]) + len(own["body"].rstrip())
