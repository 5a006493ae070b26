"""The labels above or before the names of those present: "Present on the Cuban side:"."""

from __future__ import annotations

import re

_SIDE = (
    r"(?:(?:[Ff]or|[Ff]rom|[Oo]n|FOR|FROM|ON)\s+(?:the\s+|our\s+|THE\s+)?)?(?:[Tt]he\s+)?(?:[A-ZÀ-Þ][\w.’'-]*\s+){1,4}?"
    r"(?:[Ss]ide|[Dd]elegation|[Pp]articipants|[Pp]arty|SIDE|DELEGATION)"
)
_OF_SIDE = (  # "from the KGB", "on the side of the GDR"
    r"(?:on\s+the\s+(?:side|part)\s+of|(?:on\s+)?behalf\s+of|from|for)\s+(?:the\s+|our\s+)?(?:[A-ZÀ-Þ][\w.’'-]*|of|the|and)(?:\s+(?:[A-ZÀ-Þ][\w.’'-]*|of|the|and)){0,6}"
)
_THERE = (
    r"(?:(?:[Aa]lso\s+|[Tt]hose\s+|[Oo]thers\s+|[Pp]ersons\s+|ALSO\s+|THOSE\s+)?(?:[Pp]resent|PRESENT|[Aa]ttending|ATTENDING|[Ii]n\s+[Aa]ttendance|IN\s+ATTENDANCE|[Tt]aking\s+[Pp]art"
    r"|TAKING\s+PART|[Pp]articipating)|[Aa]ttendance|[Aa]ttendees|[Aa]ttended\s+by|[Pp]articipants|PARTICIPANTS|[Pp]articipated|ATTENDED\s+BY"
    r"|[Ii]nvited|INVITED|[Ii]nvitees|(?:[Ii]n\s+)?(?:[Tt]he\s+)?[Cc]hair(?:man|ed\s+by|person)?|[Pp]resid(?:ing|ed(?:\s+over)?\s+by)|[Ww]ith\s+the\s+participation\s+of|[Mm]embers\s+present)"
)
LABEL = re.compile(
    rf"\W{{0,3}}(?P<label>{_THERE}(?:\s+(?:were|was))?(?:\s+(?:at|in|for)\s+(?:the\s+)?(?:conversation|meeting|talks?|session|reception|discussion)s?)?(?:,?\s+(?:{_SIDE}|{_OF_SIDE}|\([^()]{{2,40}}\)))?(?:\s+(?:were|was))?|{_SIDE})"
    r"(?:\s+[Cc]omrades?)?\s*(?:(?P<colon>:)\s*|(?:(?<=were)|(?<=was)|(?<=[Oo]ver by)|(?<=[Cc]haired by)|(?<=[Aa]ttended by))\s+(?=\S))(?P<who>\S.*)?$"
)
"""Who stands behind it is `who`; None where the names stand on lines of their own."""
