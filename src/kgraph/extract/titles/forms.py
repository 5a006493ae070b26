"""Which documentary form an editor's title names: "Coded telegram", "Record of a talk".

Forms are those of `kgraph.model.Form`; the finer word is kept beside it.
"""

from __future__ import annotations

import re

from kgraph.model import Form

_FORMS: tuple[tuple[str, Form, str], ...] = (
    (r"(?:coded|ciphered|cipher|encrypted|encoded|enciphered|code)\s+(?:telegram|cable|message)"
     r"|cryptogram|cipher-?telegrams?\b|ciphergram", "cipher-telegram", "cipher telegram"),
    (r"(?:from\s+the\s+)?(?:minutes|notes?|(?:verbatim\s+)?record|transcript|protocol|stenogram|stenographic\s+record)"
     r"\s+(?:no\.?\s?\w+\s+)?(?:of|from)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,5}?(?:meeting|session|sitting|plenum)s?"
     r"\s+of\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}?(?:politburo|presidium|committee|council|secretariat|board|collegium"
     r"|cabinet|plenum|commission|bureau|leadership)\b", "minutes", "minutes"),
    (r"(?:from\s+the\s+)?(?:minutes|notes?|record|transcript|protocol)\s+(?:of|from)\s+(?:an?\s+|the\s+)?"
     r"(?:[\w-]+\s+){0,4}?(?:politburo|presidium|committee|council|secretariat|cabinet|plenum)\s+"
     r"(?:meeting|session|sitting)s?\b(?!\s+(?:with|between))", "minutes", "minutes"),
    (r"(?:(?:entry\s+|entries\s+)?from\s+the\s+)?(?:journal|diary)\s+of\b(?:[^:,]{3,90}[:,]|[^:]{3,110}:)\s+(?:(?:reception|visit|meeting|call)\s+(?:of|by|from)|(?:conversation|talk|meeting)\s+with)\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:from\s+the\s+)?(?:soviet\s+|us\s+|american\s+)?(?:journal|diary)\b.*?(?:record|notes?|memorandum|minutes)\s+(?:of|on|about|from)\s+(?:an?\s+|the\s+)?"
     r"(?:conversation|talk|meeting)", "memorandum-of-conversation", "record of conversation"),
    (r"(?:from\s+(?:the\s+)?)?(?:\w+\s+)?(?:record|memorandum|memorand[ua]ms?|memo|notes?|minutes"
     r"|transcript|stenographic\s+record|summary|report)(?:\s+for\s+the\s+record)?\s+(?:of|on|about|regarding|concerning|from(?=\s+an?\s+(?:\w+\s+)?(?:conversation|talk)))\s+(?:an?\s+|the\s+)?[^\"“]{0,60}?"
     r"(?:conversations?|talks?|meetings?(?=\s+(?:between|with)\b)|meeting|discussion|dinner\s+conversation)\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:from\s+)?(?:the\s+)?record\s+of\s+[^\"“]{1,60}(?:'s|’s)\s+(?:conversation|talk|meeting)",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:from\s+(?:the\s+)?)?(?:notes?|record|memorandum|report|account|minutes|summary)\s+(?:taken\s+|made\s+|prepared\s+|written\s+|kept\s+)?by\s+[^\"“]{2,70}?"
     r"\s+(?:of|on|about|at)\s+(?:an?|the|his|her|their)\s+(?:conversations?|talks?|meetings?|discussions?)\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:minutes|notes?|record|memorandum|transcript|report|summary)\s*[,:]\s+(?:conversation|discussion|meeting|talk)s?\s+(?:between|with|of\b[^\"“]{2,90}?\swith)\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:minutes|notes?|record|transcript)\s+(?:of|from)\s+(?:the\s+|an?\s+)?(?:[\w’-]+\s+){0,3}?summit\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"information\s+(?:on|about)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,2}?(?:meeting|conversation|talk)s?\s+(?:between|with|of\b[^\"“]{2,70}?\swith)\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:conversation|discussion|meeting|talk)s?\s+(?:between|with)\b", "memorandum-of-conversation", "conversation"),
    (r"(?:conversation|discussion|meeting|talk)s?\s+of\s+(?:the\s+)?[^\"“]{2,70}?\s+with\b", "memorandum-of-conversation", "conversation"),
    (r"(?:conversation|meeting)\s+(?:minutes|record|notes|transcript|memorandum|summary)\s+(?:between|with|of)\b", "memorandum-of-conversation", "record of conversation"),
    (r"(?:memcon|telcon)\b", "memorandum-of-conversation", "record of conversation"),
    (r"airgram", "telegram", "airgram"),
    (r"(?:circular\s+)?(?:telegrams?|cables?|wires?)", "telegram", "telegram"),
    (r"despatch|dispatch", "despatch", "despatch"),
    (r"press\s+release|communiqu[eé]|(?:TASS|tass)\s+(?:reports?|statement|communiqu[eé]|announcement)",
     "press-release", "press report"),
    (r"(?:resolution|decree|decision)s?\b|[^\"“]{0,60}\b(?:resolution|decree)\b(?=\s*[\"“])",
     "resolution", "resolution"),
    (r"(?:extracts?|excerpts?)\s+from\s+(?:the\s+)?(?:protocol|minutes)", "minutes", "extract from minutes"),
    (r"(?:protocol|minutes|stenogram|transcript)\b", "minutes", "minutes"),
    (r"(?:cover(?:ing)?|forwarding|transmittal)\s+(?:note|letter)", "note", "cover note"),
    (r"note\s+verbale|diplomatic\s+note|verbal\s+note", "note", "diplomatic note"),
    (r"(?:brief\s+)?(?:memorand[ua]ms?|memos?|aide[- ]m[eé]moire)\b", "memorandum", "memorandum"),
    (r"(?:information\s+|explanatory\s+)?note\b", "note", "note"),
    (r"(?:oral\s+|confidential\s+|personal\s+)*messages?\b", "message", "message"),
    (r"(?:draft\s+|personal\s+|open\s+)*letters?\b", "letter", "letter"),
    (r"petition|appeal|request", "letter", "petition"),
    (r"(?:brief\s+)?reports?\b|reference\b|information\b", "memorandum", "report"),
    (r"extract\s+from", "other", "extract"),
    (r"application\s+form|questionnaire|application", "other", "application"),
    (r"statement|speech|address\b|interview|article", "other", "statement"),
    (r"(?:meeting|session|sitting|plenum)\s+of\b", "minutes", "minutes"),
    (r"(?:from\s+the\s+)?(?:journal|diary)\b", "other", "journal"),
    (r"materials?\b|list\b|inventory|plan\b|instructions?\b", "other", "materials"),
    (r"(?:(?!(?:to|of|on|at|in|for|from|by|with|about)\s)[\w’'-]+\s+){0,4}?(?:politburo|presidium|secretariat|cabinet)\s+(?:meeting|session|sitting)s?\b", "minutes", "minutes"),
    (r"circular\b", "other", "circular"),
    (r"(?:directive|order)s?\b(?=,|:|\s+(?:from|no|of|by)\b)", "other", "order"),
)  # fmt: skip
_ADJECTIVES = re.compile(
    r"(?:(?:top|secret|very|urgent|strictly|confidential|personal|classified|excerpts?|draft|from|the"
    r"|an?|of|copy|translation|soviet|american|chinese|cuban|polish|hungarian|bulgarian|czechoslovak"
    r"|romanian|albanian|yugoslav|mongolian|east|west|german|north|korean|vietnamese|indian|brief"
    r"|handwritten|official|special|final|first|second|untitled|joint|circular|secret)\s+)*",
    re.IGNORECASE,
)
QUOTE = re.compile(r"[\"“«]|(?<=[\s,])[‘'](?=[A-Z])")
"""Where a title within the title begins."""


def form_of(title: str) -> tuple[Form, str | None, tuple[int, int] | None]:
    """The documentary form that a title opens with, its finer word and its span."""
    lead = _ADJECTIVES.match(title)
    at = lead.end() if lead else 0
    for start in dict.fromkeys((0, at)):
        for pattern, form, kind in _FORMS:
            found = re.compile(rf"(?:{pattern})", re.IGNORECASE | re.DOTALL).match(title, start)
            if found is not None:
                return form, kind, (found.start(), found.end())
    best: tuple[int, Form, str, int] | None = None
    limit = QUOTE.search(title)
    for pattern, form, kind in _FORMS:
        found = re.compile(rf"\b(?:{pattern})", re.IGNORECASE).search(
            title, 0, limit.start() if limit else len(title)
        )
        if found is not None and (best is None or found.start() < best[0]):
            best = (found.start(), form, kind, found.end())
    if best is not None:
        return best[1], best[2], (best[0], best[3])
    return "other", None, None
