"""On which day an undated paper was known to be there, as its source note tells."""

from __future__ import annotations

import re

from kgraph import dating

_DAY = (
    r"(?P<day>(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+\d{1,2}(?:,\s+\d{4})?)"
)
_MOVED = re.compile(
    r"\b(?:[Tt]ransmitted|[Dd]elivered|[Hh]anded|[Rr]eceived|[Gg]iven|[Pp]assed|[Pp]resented|[Cc]onveyed)\b"
    rf"(?:(?!\bcopy\b)[^.;]){{0,100}}?\bon\s+{_DAY}"
)
_SPOKEN = re.compile(rf"\bmade\s+(?:the|this|an?)\s+oral\s+statement\b[^.;]{{0,80}}?\bon\s+{_DAY}")


def told_day(note: str, low: str | None, high: str | None) -> tuple[bool, str | None]:
    """Whether the paper was spoken, and the first day of its delivery, as ISO dates.

    Days without a year are those of the years of `low` and `high`, the ISO dates of the
    documents before and after; a day outside these is no evidence and is passed over.

    >>> told_day("It was received on July 5.", "1871-07-01", "1871-07-12")
    (False, '1871-07-05')
    >>> told_day("It was received on July 5.", "1871-08-01", "1871-08-12")
    (False, None)
    """
    for pattern in (_SPOKEN, _MOVED):
        days = []
        for found in pattern.finditer(note):
            for year in sorted({bound[:4] for bound in (low, high) if bound}):
                date = dating.parse(" ".join(found["day"].split()), default_year=int(year))
                day = date.edtf if date is not None else None
                if day and len(day) == 10 and (low or day) <= day <= (high or day):
                    days.append(day)
        if days:
            return pattern is _SPOKEN, min(days)
    return False, None
