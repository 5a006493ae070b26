"""Markings of a header line: numbers, copy, classification, urgency, handling, date."""

from __future__ import annotations

import re

from kgraph.extract.covers.lines import DATE, Cover, date_from, is_dateline_place, set_place
from kgraph.model import Date, Number

CLASSIFICATION = re.compile(
    r"(?:TOP[ -]SECRET|Top [Ss]ecret|STRICTLY CONFIDENTIAL|Strictly [Cc]onfidential|STRICTLY SECRET|Strictly [Ss]ecret|MOST SECRET|Most [Ss]ecret|VERY SECRET"
    r"|Very [Ss]ecret|RESTRICTED|Restricted|RESERVED|SECRET|Secret|CONFIDENTIAL|Confidential|UNCLASSIFIED|Unclassified"
    r"|For [Oo]fficial [Uu]se [Oo]nly|OFFICIAL USE ONLY|Official Use Only|Absolutely Secret)\b"
)
PRECEDENCE = re.compile(
    r"(?:HIGHEST PRIORITY|Highest [Pp]riority|OUT OF TURN|Out of [Tt]urn|EXTREMELY URGENT|Very [Uu]rgent"
    r"|VERY URGENT|URGENT|Urgent|PRIORITY|Priority|IMMEDIATE|Immediate|NIACT|Niact|FLASH|Flash"
    r"|Extremely [Uu]rgent|ROUTINE|Routine)\b"
)
HANDLING = re.compile(
    r"(?:REPRODUCTION (?:IS )?PROHIBITED|Reproduction (?:is )?prohibited|(?:MAKING|Making) (?:OF )?(?:copies|Copies|COPIES)"
    r"(?: is| IS)?(?: categorically| strictly)? (?:prohibited|Prohibited|PROHIBITED|forbidden|Forbidden|FORBIDDEN)"
    r"|(?:REPRODUCTION|Reproduction|COPYING|Copying)(?: is| IS)? (?:forbidden|Forbidden|FORBIDDEN)|SPECIAL (?:FOLDER|FILE)|Special [Ff](?:older|ile)\b"
    r"|(?:OF|[Oo]f) (?:SPECIAL|[Ss]pecial|PARTICULAR|[Pp]articular) (?:IMPORTANCE|[Ii]mportance)|NO COPIES|NODIS|EXDIS|LIMDIS|EYES ONLY"
    r"|Eyes [Oo]nly|(?:To be )?[Rr]eturn(?:ed)? (?:within|to)[^.\n]{3,60}|COPYING PROHIBITED|Copying [Pp]rohibited"
    r"|(?:STRICTLY )?PERSONAL\b|(?:Strictly )?Personal\b(?! [a-z])|(?:IN|In|in) (?:STRICT|[Ss]trict) (?:CONFIDENCE|[Cc]onfidence))"
)
_COPY = re.compile(
    r"\b(?:COPY|Copy|copy|EX|Ex|ex|Exemplar)\b\.?\s?(?:N[º°]|(?:NO|No|no|N)\.?|№|#)?\s?(?P<value>\d+)(?!\d|\s?copies)"
)
_SPECIAL = re.compile(
    r"\b(?:SPECIAL|Special|special|SPEC|Spec|spec)\b\.?\s*(?:NUMBERS?|Numbers?|numbers?|NOS?|Nos?|no|N|№)?\.?\s?"
    r"(?P<value>\d+(?:\s?(?:-|–|,|and)\s?\d+)*)"
)
_NUMBER = re.compile(
    r"(?<![\w.])(?:N[º°]|NO|No|N|№|Nr)(?:\.|(?<=[Oo])\s?:)?\s?(?P<value>(?=[\w/.()-]*\d)(?:[A-ZА-Яа-яa-z]{0,3}-?\d[\w/-]*(?:(?<=/\d\d)\.\d\d\.(?:\d\d){1,2}\b)?(?:\s?/\s?\w+|-[\w]+)*|(?:[A-Z]{1,6}[/.-]){1,3}\d[\w/()-]*))"
)
OUR_NUMBER = re.compile(
    r"(?:To|Re|Ref(?:erence)?|Your|Our|to)\b[^.\n]{0,12}?\b(?:our|your|Our|Your)?\s*(?:tel(?:egram)?\.?\s*)?"
    r"(?:Nos?|nos?|№|N)\.?\s?(?P<value>\d+(?:\s?[-–]\s?\d+)?)(?P<of> from [A-Z][a-z]+ \d{1,2}, \d{4})?\s*[:.]?\s*$"
)
PROTOCOL_ITEM = re.compile(
    r"^(?:To|to|TO)\s+(?:item|point|paragraph|para\.?)\s+(?P<item>[\w/]+)\.?\s*(?:of\s+)?(?:the\s+)?(?:prot(?:ocol|\[ocol\]|\.)?|minutes)\s+(?:No\.?\s?|№\s?)?(?P<protocol>\w+)"
)


_OF_A_WIRE = re.compile(
    r"(?:TELE|CIPHER|CRYPTO|[Tt]ele|[Cc]ipher|[Cc]rypto)(?:gram|GRAM)\s+$|(?:CABLE|[Cc]able)\s+$"
)
_HEADING = re.compile(
    r"CIPHER(?:ED)?[ -]?TELEGRAM|Cipher(?:ed)?[ -]?[Tt]elegram|CODED TELEGRAM|Coded [Tt]elegram|####"
    r"|\b(?:CIPHER|CRYPTO)GRAM\b|\b(?:Cipher|Crypto)gram\b|\b(?:TELEGRAM|CABLE|Telegram|Cable|(?:INFORMATION|Information|MEMORANDUM|Memorandum|REPORT|Report|NOTE|Note|LETTER|Letter|CIRCULAR|Circular|DESPATCH|Despatch|DISPATCH|Dispatch))(?=\s+(?:NO|No|№|Nr))"
    r"|^(?:DATE|Date|SENT|Sent|DATED|Dated|SUBJECT)(?:\s+on)?:",
    re.MULTILINE,
)
"""What a line calls the paper, or a date."""


def read_marks(cover: Cover, text: str, a: int, b: int) -> bool:
    """Numbers, dates and markings of one part; true where they leave few words over."""
    taken: list[tuple[int, int]] = []

    def free(found: re.Match[str]) -> bool:
        return all(found.end() <= x or found.start() >= y for x, y in taken)

    dates: list[Date] = []
    for found in DATE.finditer(text, a, b):
        one = date_from(found)
        if one is not None:
            dates.append(one)
            taken.append((found.start(), found.end()))
            year = found.end()
            glued = re.compile(
                r"\s*(?:at|№|No\.?|\*|\[)?\s?[\d:]{1,5}\]?\*?$|[*†a-z]$|,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s?h(?:rs|ours)?\.?)?$"
            ).match(text, year, b)
            if glued is not None and glued.end() >= b - 1:
                taken.append((year, glued.end()))
    numbers: list[Number] = []
    for pattern, kind in ((_SPECIAL, "special"), (_COPY, "copy"), (_NUMBER, "registry")):
        for found in pattern.finditer(text, a, b):
            if free(found):
                at = found.start("value")
                for part in re.finditer(r"[^,]+", re.sub(r"\band\b", ",  ", found["value"])):
                    value = re.sub(r"\s+", " ", part[0]).strip().replace(" - ", "-")
                    begin = at + part.start() + len(part[0]) - len(part[0].lstrip())
                    numbers.append(
                        Number(
                            kind="telegram"
                            if kind == "registry" and _OF_A_WIRE.search(text, a, found.start())
                            else kind,
                            value=value,
                            start=begin,
                            end=begin + len(part[0].strip()),
                            rule="header-number",
                        )
                    )
                taken.append((found.start(), found.end()))
    classification = precedence = None
    handling: list[tuple[str, int, int]] = []
    for found in HANDLING.finditer(text, a, b):
        handling.append((found[0], found.start(), found.end()))
        taken.append((found.start(), found.end()))
    for found in CLASSIFICATION.finditer(text, a, b):
        if free(found) and classification is None:
            classification = (found[0], found.start(), found.end())
            taken.append((found.start(), found.end()))
    for found in PRECEDENCE.finditer(text, a, b):
        if free(found) and precedence is None:
            precedence = (found[0], found.start(), found.end())
            taken.append((found.start(), found.end()))
    form = _HEADING.search(text, a, b)
    if form is not None and free(form):
        taken.append((form.start(), form.end()))
    if not taken:
        return False
    left = "".join(
        ch for at, ch in enumerate(text[a:b], a) if not any(x <= at < y for x, y in taken)
    )
    rest = re.sub(r"[\s.,;:*\"“”#\[\]()»!-]+", " ", left).strip()
    rest = re.sub(r"^(?:and|AND|&|Dated?|DATED?)$", "", rest)
    place_words = ""
    if dates and rest:
        place_words = re.sub(
            r"\s*,\s*(?:Kremlin)$", "", left[: left.find(rest) + len(rest)].strip(' ,."“')
        )
        if not is_dateline_place(place_words):
            return False
    elif len(rest) > 14 or (rest and len(rest) > 0.4 * (b - a)):
        return False
    cover.dates.extend(dates)
    cover.numbers.extend(numbers)
    cover.handling.extend(handling)
    cover.classification = cover.classification or classification
    cover.precedence = cover.precedence or precedence
    if place_words:
        begin = text.find(place_words, a, b)
        if begin >= 0 and cover.place is None:
            set_place(cover, text, begin, place_words)
    return True
