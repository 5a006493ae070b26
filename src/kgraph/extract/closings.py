"""Signatures in texts that run on without line breaks: where the name stands that ends a paper.

It stands behind a valediction or the last sentence; behind it an office, a place and date, an
editor's note, a postscript or enclosures may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.extract.openings import signature_like

_PARTS = r"(?:[A-Z]\.|[A-Z](?=\s[A-Z])|[A-Z][\w’'-]+\.?|de[A-Z]\.|de|von|van|(?!\[(?:[EeIi]ncl|[Aa]tt|[Aa]nn|etc|[Rr]ec|[Ss]ig|[Pp]os|[Tt]ab|[Hh]ere|[Oo]m))[A-Z]?\[[^\]\s]{1,14}\]\.?|[A-Z]\[[A-Za-z. ]{1,30}\])"
_VALEDICTION = (
    r"\b[Yy]ours,?\s+(?:as\s+)?(?:ever|always)\b,?\s+|\betc\.,\s+"
    r"|\b(?:[Yy]ours|[Yy]rs\.?|[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Tt]ruly|[Ss]ervant|[Rr]egards|[Rr]espects?|[Ww]ishes|[Cc]onsideration)\b[^.:;\[]{0,40}?(?:,|(?<=[a-z])\.)\s*"
)
_OFFICE = (
    r"(?:(?:American|British|United States|U\.S\.|Acting|Deputy|Assistant|Under|First|Second|Third)\s)*"
    r"(?:Ambassador|Minister|Secretary|Chargé|Consul|Counselor|Chairman|President|Director|Attorney|Chief|Commissioner|Major|Brigadier|Lieutenant|Colonel|General|Admiral|Captain|Counsel|Representative|Special Assistant|Special Counsel|Executive Secretary|Combined Secretariat|Counselor|Associate|Senior)\b[^.;:\[\]]{0,70}"
)
_DATED = r"[A-Z][\w ,]{2,40}?\s?,\s[A-Z][a-z]+\.?\s\d{1,2},\s1[789]\d\d\.?(?:\s?\[[Rr]eceived [^\]]{3,40}\])?"
_NOTE = r"(?:Printed from|The source text|Signed|File copy|This telegram|The signature|Bracketed|Brackets)\b[^.]{0,140}\."
_BEFORE = rf"(?:(?:{_VALEDICTION})|(?<=[.!?”\")\]’])(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bGen\.)(?<!\bAmb\.)\s*|(?<=GDS)\s+|\bG[Pp]-?\s?\d\.?\s+)"
_LAST_NAME = re.compile(
    rf"{_BEFORE}(?:\d{{1,2}}\s(?=[A-Z]))?(?:\[[Ss]igned(?:\]\s*|\s+))?(?P<name>{_PARTS}(?:\s{_PARTS}){{0,4}}?(?:(?<!\b[A-Z]\.)|(?=\s*$))(?:,\s(?:Jr|Sr)\.?|\s2nd|\s3rd)?)\]?\s*"
    rf"(?:{_NOTE}|{_DATED}|{_OFFICE}\.?)?$"
)
_BEHIND = re.compile(
    r"\s*(?:\[(?:[EeIi]nclosure|Attachment|Annex|Appendix|Tab|Postscript)\b|\bP\.\s?S\.?\s|\bEnclosures?:)"
)
_POLITE = re.compile(
    r"(?:Yours |Very )?(?:Sincerely|Cordially|Respectfully|Faithfully|Truly|Regards|Yours)\s"
)
_TITLE = re.compile(r"\[(?:[EeIi]ncl|[Aa]tt|[Aa]nn|[Aa]pp|[Tt]ab)[^\]]*\]\s*$")
_REACH = 330
"""How many characters before the end a signature is sought."""


def closing_name(words: str) -> tuple[int, int] | None:
    """Where the signature stands that ends a text which runs on, or None.

    >>> words = "I shall see him again. Very truly yours, W. Aldous"
    >>> words[slice(*closing_name(words))]
    'W. Aldous'
    >>> closing_name("He left for Paris.") is None
    True
    """
    for end, final in _ends(words):
        at = _before(words, end, final=final)
        if at is not None:
            return at
    return None


def _ends(words: str) -> Iterator[tuple[int, bool]]:
    """Where a paper's own words may end, and whether nothing follows there."""
    for found in _BEHIND.finditer(words):
        yield found.start(), False
    yield len(words.rstrip()), True


def _before(words: str, end: int, *, final: bool) -> tuple[int, int] | None:
    start = max(0, end - _REACH)
    while (found := _LAST_NAME.search(words, start, end)) is not None:
        a = found.start("name")
        if (polite := _POLITE.match(words, a, found.end("name"))) is not None:
            a = polite.end()
        name = words[a : found.end("name")].removesuffix(" 2nd").removesuffix(" 3rd")
        if re.search(r"[a-z]{3}\.$", name):
            name = name[:-1]  # the stop behind it
        title = _TITLE.search(words, max(0, a - 60), a) is not None  # "[Attachment] Agenda"
        if (final or " " in name) and not title and signature_like(name):
            stop = found.end("name")
            return a, stop - (words[a:stop] == f"{name}.")
        start = found.start() + 1
    return None
