"""Documents that a note or a text refers to: numbers, telegrams, letters, volumes."""

from __future__ import annotations

import re

from kgraph.extract import names, timewords
from kgraph.model import Relation

_KIND = r"(?:[Tt]elegrams?|[Dd]es?patch(?:es)?|[Aa]irgrams?|[Cc]ircular\s+(?:telegram|airgram)|[Cc]ables?|[Ii]nstruction)"
_NOUN = (
    r"(?:letters?|memorandum|memoranda|notes?|messages?|telegrams?|despatch|cables?|airgram|reports?|aide-mémoire|aide-memoire"
    r"|memoranda of conversation|memorandum of conversation|record|paper|draft|press release|minutes|statement|speech|covering (?:note|memorandum|letter))"
)
_FROM_TO = rf"(?:from|to)\s+{names.TITLED}{names.NAME}(?:\s+to\s+{names.TITLED}{names.NAME})?"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("volume-document", re.compile(r"(?:Foreign Relations, \d{4}[–-]\d{2,4},\s+)?\b(?:vol\.|volume)\s+[IVXLC]+(?:,?\s+(?:Part|part)\s+\d)?,\s+(?:Documents?\s+\d+(?:(?:[–-]|,\s|\s+and\s+|,\s+and\s+)\d+)*|footnote \d+|pp?\.\s*\d+(?:[–-]\d+)?)")),
    ("document-number", re.compile(r"\b(?:[Ff]ootnotes?\s+\d+,\s+)?Documents?\s+\d+(?:(?:[–-]|,\s+and\s+|,\s|\s+and\s+|\s+or\s+)\d+)*")),
    ("telegram", re.compile(
        rf"\b{_KIND}\s+(?:Nos?\.\s+)?(?:[A-Z][A-Za-z]+\s)?[A-Z]{{0,3}}[–-]?\d[\d/–-]*(?:(?:,\s+(?:and\s+)?|\s+and\s+)\d{{1,6}}(?!\s?[ap]\.m))*"
        rf"(?:\s+(?:from|to)\s+(?:the\s+)?(?:[A-Z][\w.’-]*(?:\s+(?:[A-Z][\w.’-]*|in\s+(?=[A-Z])))*))?(?:(?:,?\s+of|,|\s+dated)?\s+{timewords.DATE})?")),
    ("series-telegram", re.compile(rf"\b(?:Secto|Tosec|Dulte|Tedul|Polto|Topol|Deptel|Embtel|Depcirtel|Cirtel|Usito|Ecbun|Delga|Gadel|Cahto|Tocah|Hakto|Tohak|Todep|Toden)\s\d+(?:\s+(?:from|to)\s+[A-Z]\w+(?:\s[A-Z]\w+)*)?(?:,\s+{timewords.DATE})?")),
    ("dated-document", re.compile(rf"\b(?:his|her|its|their|an?|the|this)\s+(?:[\w-]+\s+)?(?:{timewords.DATE}(?:,)?\s+)(?:[\w-]+\s+)?{_NOUN}(?:\s+(?:of|{_FROM_TO})(?:\s+conversation)?)?(?:\s+(?:from|to)\s+(?:the\s+)?{names.TITLED}{names.NAME})*")),
    ("document-from-to", re.compile(rf"\b(?:an?|the|his|her)\s+(?:[\w-]+\s+){{0,3}}{_NOUN}(?:\s+of\s+(?:{timewords.DATE}|transmittal|conversation))*,?\s+(?:dated\s+{timewords.DATE},?\s+)?from\s+{names.TITLED}{names.NAME}\s+to\s+(?:the\s+)?{names.TITLED}{names.NAME}(?:,?\s+(?:dated|of)?\s*{timewords.DATE})?")),
    ("document-dated", re.compile(rf"\b(?:an?|the|his|her)\s+(?:[\w-]+\s+){{0,2}}{_NOUN}\s+(?:to\s+{names.TITLED}{names.NAME}\s+)?(?:of|dated)\s+{timewords.DATE}")),
    ("series-paper", re.compile(r"\b(?:NSC|NSSM|NSDM|NSAM|NIE|SNIE|OCB|CFEP|JCS|MC|PPS|PRM|PD|BNSP|IR|MM)\s+(?:No\.\s+)?\d[\d./–-]*(?:/\d+)?")),
    ("supra-infra", re.compile(r"\b(?:supra|infra)\b")),
)  # fmt: skip
_NEEDS = {
    "volume-document": ("vol",), "document-number": ("Document",), "document-from-to": ("from",),
    "telegram": ("gram", "patch", "ircular", "able", "nstruction"), "supra-infra": ("supra", "infra"),
}  # fmt: skip
"""Letters without some of which a pattern cannot match: looked for first."""
_DIGIT = re.compile(r"\d")
_WITHOUT_DIGITS = ("document-from-to", "supra-infra")
ENCLOSURE = re.compile(
    rf"\b(?P<verb>[Tt]ransmitted|[Ss]ent|[Ff]orwarded|[Ee]nclosed|[Aa]ttached|[Cc]irculated|[Ss]ubmitted)\b[^.;]{{0,60}}?\b(?:(?:as\s+)?(?:an?\s+|the\s+)?(?:[Ee]nclosure|[Aa]ttachment|[Aa]nnex|[Tt]ab)(?:\s+(?:No\.\s+)?[\w]+)?\s+(?:to|in)|to|under\s+(?:cover\s+of|a\s+covering))\s+"
    rf"(?P<carrier>(?:an?\s+|the\s+|his\s+|{timewords.DATE}\s+)*[^.;]{{3,160}})"
)


def find_citations(
    text: str, offset: int = 0, start: int = 0, end: int | None = None
) -> list[Relation]:
    """References to other documents, longest first where they overlap; `target` holds
    the words, and `rule` tells which form they have ("cited:telegram").

    >>> [r.target for r in find_citations("See telegram 1498 to Moscow, May 3, and Document 34.")]
    ['telegram 1498 to Moscow, May 3', 'Document 34']
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int, str]] = []
    digits = _DIGIT.search(text, start, stop) is not None
    for kind, pattern in PATTERNS:
        if not digits and kind not in _WITHOUT_DIGITS:
            continue
        if kind in _NEEDS and all(text.find(word, start, stop) < 0 for word in _NEEDS[kind]):
            continue
        for m in pattern.finditer(text, start, stop):
            a, b = m.span()
            if not any(x < b and a < y for x, y, _ in spans):
                spans.append((a, b, kind))
    return [
        Relation(
            type="cites", target=" ".join(text[a:b].split()), text=text[a:b],
            start=offset + a, end=offset + b, rule=f"cited:{kind}",
        )
        for a, b, kind in sorted(spans)
    ]  # fmt: skip
