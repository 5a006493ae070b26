"""Blocks that stand below the signature and are no part of it: receivers a line each, footnotes.

"DISTRIBUTION / 1. Chief of Staff / 2. File", "2 copies sent: / 1 - to Cde. Orlin / 2 - to file",
"Footnotes / [1] See ...", "Encl: 1", "Sent: 2 November 1949, 18:00".
"""

from __future__ import annotations

import re

from kgraph.extract import naming
from kgraph.extract.covers.labelled import listed
from kgraph.extract.covers.lines import Cover
from kgraph.extract.covers.marks import OUR_NUMBER, read_marks
from kgraph.model import Number

_MANY = r"(?:\d+|(?i:two|three|four|five|six|seven|eight|nine|ten))"
_LABEL = re.compile(
    r"(?:DISTRIBUTION(?: LIST)?|Distribution(?: [Ll]ist)?|Distributed to|CC|Cc|cc|c\.c\.|Copies(?: sent)?(?: to)?|COPIES(?: TO)?|Copy(?: to)?|COPY TO|Sent to|SENT TO"
    rf"|(?:Printed|Made|Typed|Issued)(?: in)? {_MANY} copies|{_MANY} (?:copies|cc\.?)(?: (?:sent|made|printed|typed|issued))?(?: to)?|For information)\s*[:.]?"
)
_LABELLED = re.compile(
    r"(?:DISTRIBUTION(?: LIST)?|Distribution(?: [Ll]ist)?|Distributed to|CC|Cc|cc|c\.c\.|Copies(?: sent)?(?: to)?|COPIES(?: TO)?|Copy(?: to)?|COPY TO|Sent to|SENT TO)\s*:\s*(?P<first>\S.*)"
)
"""The same label with its first receiver on its line, further ones below."""
_ITEM = re.compile(
    r"(?P<mark>\d{1,2}\s?[.)]\s|\d{1,2}\s?x\s|(?:[Nn]os?\.?\s?)?\d{1,2}(?:\s?-\s?\d{1,2})?\s?[-–—]\s?|\d{1,2}(?:st|nd|rd|th)?\s(?:copy|copies)\s?[-–—:]?\s?|[-–•*]\s)?(?P<to>(?:[Tt]o|[Ff]or)\s+(?:the\s+)?)?(?P<who>(?=[A-ZÀ-Þ]|\d(?:st|nd|rd|th)\s[A-Z]).{2,90})"
)
_NOBODY = re.compile(
    r"(?i)(?:the |for the )?(?:(?:embassy|department|office|section|case)(?:['’]s)? files?$|file|files|(?:\w+ )?archives?$|archives?|case|record|registry|destroyed|spare|typist|executor|reserve)\b.*|\d+ copies"
)
_NO_RECEIVER = re.compile(
    r"(?i)(?:(?:drafted|typed|printed|executed|prepared|written|recorded|translated|verified|checked|signed|received|sent|date)\b|.*:$|[\w ]{2,20}:\s)"
)
_FOOTNOTES = re.compile(r"(?:Footnotes?|FOOTNOTES?|Endnotes?|Notes|NOTES)\s*:?")
_A_FOOTNOTE = re.compile(
    r"(?:\[\d{1,3}\]|\[[ivx]{1,5}\]|\d{1,3}\s*\.?\s+(?:See|Ibid|Here|This refers|Probably|The reference))\s?\S"
)
_EDITORS = re.compile(
    r"\[(?:[Ee]ditor|[Tt]ranslator|(?:The )?(?:[Ff]ollowing|[Rr]emaining|[Rr]est)|[Nn]ote|Ed\.|Trans\.|N\.B\.)[^\]]*\]?$|\[[^\]]*(?:[-–—]\s*(?:Ed|Trans|trans|ed)s?\.?|[Tt]ranslator['’]?s?|[Ee]ditors?)\s*\]$|\[?\s*(?:\.\s?){3,4}\s*\]?$|\[?…\]?$"
)
_ENCLOSED = re.compile(
    r"(?:Encl|Enc|Encls|Enclosures?|Attachments?|Annex|ENCL)\b\.?\s*[:.]\s*.{0,60}$|(?:Encl|Enc)\.?$"
)
_GONE = re.compile(
    r"(?:Sent|SENT|Dispatched|DISPATCHED|Despatched|Time of dispatch)\s*:\s*(?=.*\d).{4,50}$"
)
_OUTGOING = re.compile(
    r"[-–—]\s?(?P<number>\d{1,4})\s?[-–—]\s?(?P<name>[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)\s?[-–—]?"
)
_IN_WORDS = re.compile(
    r"\b(?:I am|I’m|We are|I have|We have) (?:also )?(?:(?:sending|sent|giving|given|forwarding|forwarded) (?:a )?cop(?:y|ies) of this (?:letter|note|message|memorandum|minute|telegram)"
    r"|(?:copying|copied) this (?:letter|note|message|memorandum|minute)?)\s?to (?P<who>[^.;:\n]{3,160})"
)
_REACH = 24


def passes_over(line: str) -> bool:
    """Whether a line below the text signs nothing and ends nothing: enclosures, hours of sending."""
    return _ENCLOSED.fullmatch(line) is not None or _GONE.fullmatch(line) is not None


def outgoing(line: str) -> re.Match[str] | None:
    """A signature between the outgoing number and dashes: "– 172 – Orlin –"."""
    return _OUTGOING.fullmatch(line.strip())


def number_sent(cover: Cover, found: re.Match[str], at: int) -> None:
    """Keeps the outgoing number that stands with a signature, once."""
    value = found["number"]
    if all(one.value != value for one in cover.numbers):
        start = at + found.start("number")
        cover.numbers.append(
            Number(
                kind="telegram", value=value, start=start, end=start + len(value), rule="signature"
            )
        )


def cut(cover: Cover, text: str, spans: list[tuple[int, int]], head: int) -> list[tuple[int, int]]:
    """The lines without the blocks at their end, whose receivers go into the cover."""
    spans = _without_notes(text, spans, head)
    for at in range(len(spans) - 1, max(head, len(spans) - _REACH) - 1, -1):
        line = text[slice(*spans[at])]
        begun = _LABELLED.fullmatch(line)
        if begun is not None:
            first = (spans[at][0] + begun.start("first"), spans[at][1])
            known = [*cover.copies_to]
            stop = _receivers(cover, text, [*spans[:at], first, *spans[at + 1 :]], at, begun=True)
            if stop > at + 1:
                return [*spans[:at], *spans[stop:]] or spans
            cover.copies_to[:] = known
        if _LABEL.fullmatch(line.strip()) is None:
            continue
        stop = _receivers(cover, text, spans, at + 1)
        if stop > at + 1:
            return [*spans[:at], *spans[stop:]] or spans
    return spans


def _without_notes(text: str, spans: list[tuple[int, int]], head: int) -> list[tuple[int, int]]:
    for at in range(max(head, 1), len(spans)):
        if _FOOTNOTES.fullmatch(text[slice(*spans[at])].strip()) and len(spans) - at > 1:
            return spans[:at]
    end = len(spans)
    while end > head + 1:
        line = text[slice(*spans[end - 1])].strip()
        if not (_A_FOOTNOTE.match(line) or _EDITORS.match(line)):
            break
        end -= 1
    return spans[:end]


def _receivers(
    cover: Cover, text: str, spans: list[tuple[int, int]], at: int, *, begun: bool = False
) -> int:
    """Reads receivers from line `at` on; the number of the first line that is none. Where the
    first stands behind its label, names alone below it may as well be signatures."""
    known = {one.name for one in cover.copies_to}
    top = at
    while at < len(spans):
        a, b = spans[at]
        line = text[a:b].rstrip(" .;,")
        bare = re.sub(r"^\d{1,2}\s?[-–—.)x]\s?(?:to\s+)?", "", line)
        if _NOBODY.fullmatch(bare):
            at += 1
            continue
        item = _ITEM.fullmatch(line)
        if item is None or _NO_RECEIVER.match(item["who"]):
            break
        if line.endswith("?") or (text[b - 1] == "." and len(line.split()) > 9):
            break
        plain = item["mark"] is None and item["to"] is None
        if plain and not (
            naming.is_office(bare)
            or naming.is_body(bare)
            or (naming.trailing_name(bare) and (at == top or not begun))
        ):
            break
        several = ";" in item["who"] or (begun and at == top)
        found = listed(item["who"], a + item.start("who")) if several else []
        one = naming.party(item["who"], a + item.start("who"), "distribution-list")
        for party in found or ([one] if one is not None else []):
            if party.name not in known:
                cover.copies_to.append(party)
        at += 1
    return at


def in_words(cover: Cover, text: str) -> None:
    """Receivers of copies whom the letter itself tells: "I am sending a copy of this letter to ..."."""
    found = _IN_WORDS.search(text, cover.body_start, cover.body_end)
    if found is not None:
        known = {one.name for one in cover.copies_to}
        named = listed(found["who"], found.start("who"))
        cover.copies_to.extend(
            one for one in named if one.name not in known and one.name[:1].isupper()
        )


def number(cover: Cover, text: str, a: int, b: int) -> bool:
    """A registry number alone on a line below the signature: "No. 692/693"."""
    line = text[a:b].strip()
    if re.fullmatch(r"(?:No|NO|Nr|№|N[º°]?)\.?\s?\d[\w/-]*\.?", line) is None or OUR_NUMBER.match(
        line
    ):
        return False
    return read_marks(cover, text, a, b)
