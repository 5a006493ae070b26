"""What stands around the words of a letter or telegram, above and below them.

Above: numbers, date, place, classification, copy, urgency, address, distribution,
salutation. Below: signature, office, date, address, translator, recorder. Read line
by line; a line may hold several parts, set apart by wide gaps. Every part keeps
its span; short lines that no rule knows are kept as `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from kgraph import dating
from kgraph.extract import naming
from kgraph.model import Date, Number, Party, Place

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_YEAR = r"(?P<year{n}>1[5-9]\d\d|20\d\d)"
DATE = re.compile(
    r"(?P<open>\[)?(?P<lead>(?:[Nn]o|[Nn]ot) (?:later|earlier) than |[Bb]efore |[Aa]fter |[Aa]bout |[Cc]irca |ca\. )?"
    r"(?:(?P<blank>[\"“]?_{1,4}[\"”]?\s+)"
    rf"(?P<bmonth>{_MONTH})\s+{_YEAR.format(n='0')}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:\s?(?:-|–|and)\s?\d{{1,2}})?(?:st|nd|rd|th)?\s?,?\s+{_YEAR.format(n='1')}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s?{_YEAR.format(n='2')}"
    rf"|{_MONTH},?\s+{_YEAR.format(n='3')}"
    r"|\d{1,2}\s?[./ -]\s?[IVX]{1,4}\s?[./ -]\s?(?:19|20)?\d\d\b"
    r"|(?:1[5-9]|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
    r")(?P<doubt>\s?\?)?(?P<close>\])?"
)
_DAY_MONTH = re.compile(rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?![\d,]*\s*\d{{4}})\b")
_CLOCK = r"(?P<hour>[01]?\d|2[0-4])[:. ](?P<minute>[0-5]\d)"
STAMP = re.compile(
    rf"(?<![\d.]){_CLOCK}\s*(?:hrs?\.?|h\.?)?\s+(?P<day>\d{{1,2}})[. /]\s?(?P<month>[IVX]{{1,4}})[. /]\s?"
    r"(?P<year>(?:19|20)?\d\d)\b\.?"
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
CLASSIFICATION = re.compile(
    r"(?:TOP[ -]SECRET|Top [Ss]ecret|STRICTLY CONFIDENTIAL|Strictly [Cc]onfidential|VERY SECRET"
    r"|Very [Ss]ecret|SECRET|Secret|CONFIDENTIAL|Confidential|UNCLASSIFIED|Unclassified"
    r"|For [Oo]fficial [Uu]se [Oo]nly|OFFICIAL USE ONLY|Official Use Only|Absolutely Secret)\b"
)
PRECEDENCE = re.compile(
    r"(?:HIGHEST PRIORITY|Highest [Pp]riority|OUT OF TURN|Out of [Tt]urn|EXTREMELY URGENT|Very [Uu]rgent"
    r"|VERY URGENT|URGENT|Urgent|PRIORITY|Priority|IMMEDIATE|Immediate|NIACT|Niact|FLASH|Flash"
    r"|Extremely [Uu]rgent|ROUTINE|Routine)\b"
)
HANDLING = re.compile(
    r"(?:REPRODUCTION (?:IS )?PROHIBITED|Reproduction (?:is )?prohibited|(?:MAKING|Making) (?:OF )?(?:copies|Copies|COPIES)"
    r"(?: is| IS)?(?: categorically| strictly)? (?:prohibited|Prohibited|PROHIBITED)|NO COPIES|NODIS|EXDIS|LIMDIS|EYES ONLY"
    r"|Eyes [Oo]nly|(?:To be )?[Rr]eturn(?:ed)? (?:within|to)[^.\n]{3,60}|COPYING PROHIBITED|Copying [Pp]rohibited)"
)
_COPY = re.compile(
    r"\b(?:COPY|Copy|copy|EX|Ex|ex|Exemplar)\b\.?\s?(?:(?:NO|No|no|N)\.?|№|#)?\s?(?P<value>\d+)(?!\d|\s?copies)"
)
_SPECIAL = re.compile(
    r"\b(?:SPECIAL|Special|special|SPEC|Spec|spec)\b\.?\s*(?:NUMBERS?|Numbers?|numbers?|NOS?|Nos?|no|N|№)?\.?\s?"
    r"(?P<value>\d+(?:\s?(?:-|–|,|and)\s?\d+)*)"
)
_NUMBER = re.compile(
    r"(?<![\w.])(?:NO|No|N|№|Nr)\.?\s?(?P<value>(?=[\w/-]*\d)[A-ZА-Яа-яa-z]{0,3}-?\d[\w/-]*(?:\s?/\s?\w+|-[\w]+)*)"
)
_OUR = re.compile(
    r"(?:To|Re|Ref(?:erence)?|Your|Our|to)\b[^.\n]{0,12}?\b(?:our|your|Our|Your)?\s*(?:tel(?:egram)?\.?\s*)?"
    r"(?:No|no|№|N)\.?\s?(?P<value>\d+)(?P<of> from [A-Z][a-z]+ \d{1,2}, \d{4})?\s*:?\s*$"
)
_FROM = re.compile(r"^(?:From|FROM)\s+(?P<place>[A-Z][\w .'-]{2,40})$")
_ADDRESS = re.compile(
    r"^(?:TO|To)\b(?!\s+(?:item|point|para|our|your|No|protocol|the question|question|this|my)\b)\s*(?:the\s+|THE\s+)?(?=\S)"
)
_COMRADE = re.compile(
    r"^(?:Comrades?|COMRADES?|Com\.|Mr\.|MR\.|Mrs\.|MRS\.|Mister|His Excellency|HIS EXCELLENCY)\b"
)
_EXCELLENCY = re.compile(
    r"^(?:To )?(?:His|Her) Excellency|^(?:TO )?(?:HIS|HER) EXCELLENCY|^To the Honorable"
)
_TRANSLATOR = re.compile(
    r"^(?:(?:Translat(?:ed|ion)|Interpreted)(?: \w+)? by|Translators?|Interpreter)\s*:?\s*(?P<who>.+)$"
)
_RECORDER = re.compile(
    r"^(?:(?:The )?(?:conversation|record|minutes)?\s*(?:was |were )?(?:[Rr]ecorded|[Cc]ompiled|[Tt]ranscribed|[Ww]ritten"
    r"|[Dd]rafted|[Pp]repared|[Tt]aken down) by|Note[- ]?taker)\s*:?\s*(?P<who>.*)$"
)
_SALUTATION = re.compile(
    r"^[\"“]?\s*(?P<words>(?:My )?(?:Dear|DEAR|Esteemed|Respected|Honou?red)\b[^\n]{2,90}?|(?:Your )?(?:Excellency|Excellencies)"
    r"|Gentlemen|Sirs?|Comrade [A-Z]\w+)\s*[*]?\s*[,:!]\s*[*]?(?=\s|$)"
)
_VALEDICTION = re.compile(
    r"(?:(?:Always |I remain |Very )?(?:[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Tt]ruly)(?: [Yy]ours)?"
    r"|Yours (?:sincerely|faithfully|truly|respectfully)|With (?:best|warm|kind|deep|great|high|profound)[\w ]{0,40}"
    r"(?:wishes|regards|respect|greetings|esteem)|Thank you(?: again)?|(?:With )?[Bb]est wishes)\s*[,.]?"
)
_SIGNED = re.compile(r"^(?:\(signed\)|/s/|s/s|\[signed\]|Signed:?|p\.p\.)\s*", re.IGNORECASE)
_NAME_LINE = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ][a-z]{0,2}\.\s?){1,3}\s?[A-ZÀ-Þ][\w’'-]+|[A-ZÀ-Þ][\w’'-]+(?:\s(?:[A-ZÀ-Þ]\.\s?)*[A-ZÀ-Þ][\w’'-]+){0,3})\s*[.,]?"
)
_GAP = re.compile(r"\s{3,}|\t+")
_MARK = r"[*†‡ᵃ-ᵿ⁰-⁹¹²³]+"
_DRAFT = re.compile(r"^(?:DRAFT|Draft)$")
_ITEM = re.compile(
    r"^(?:To|to|TO)\s+(?:item|point|paragraph|para\.?)\s+(?P<item>[\w/]+)\.?\s*(?:of\s+)?(?:the\s+)?(?:prot(?:ocol|\[ocol\]|\.)?)\s+(?:No\.?\s?|№\s?)?(?P<protocol>\w+)"
)
_RECEIVED = re.compile(r"^(?:Received|RECEIVED)\b(?P<how>[^\n]*)$")
_LANGUAGE_OF = re.compile(r"^(?:Translated|Translation) from (?:the )?(?P<language>[A-Z][a-z]+)\b")
_ARCHIVES_NOTE = re.compile(r"^(?:REFERENCE|MEMO|INFORMATION)\s*:\s")
_STOPS = re.compile(r"^(?:Attachment|Appendix|Enclosure)s?\s*:")


@dataclass
class Cover:
    """The parts found; lists are in the order of the text."""

    dates: list[Date] = field(default_factory=list)
    stamps: list[Date] = field(default_factory=list)
    received: Date | None = None
    received_how: tuple[str, int, int] | None = None
    place: Place | None = None
    place_to: Place | None = None
    classification: tuple[str, int, int] | None = None
    precedence: tuple[str, int, int] | None = None
    handling: list[tuple[str, int, int]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    addressees: list[Party] = field(default_factory=list)
    copies_to: list[Party] = field(default_factory=list)
    cited: list[Number] = field(default_factory=list)
    salutation: tuple[str, int, int] | None = None
    signed: list[Party] = field(default_factory=list)
    signed_dates: list[Date] = field(default_factory=list)
    signed_place: Place | None = None
    late_addressees: list[Party] = field(default_factory=list)
    translators: list[Party] = field(default_factory=list)
    recorders: list[Party] = field(default_factory=list)
    original_language: str | None = None
    draft: tuple[int, int] | None = None
    unknown: list[tuple[int, int]] = field(default_factory=list)
    body_start: int = 0
    body_end: int = 0


def dates_in(text: str, start: int, end: int) -> Iterator[Date]:
    """Dates written in full between `start` and `end`, marks of notes cut off."""
    for found in DATE.finditer(text, start, end):
        one = date_from(found)
        if one is not None:
            yield one


def date_from(found: re.Match[str], rule: str = "date-line") -> Date | None:
    """A `DATE` match as a date: "[November 1963]", `"__" November 1963`, "No later than ..."."""
    words = found[0]
    clean = words.strip("[]")
    if found["blank"]:
        clean = f"{found['bmonth']} {found['year0']}"
    elif re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", clean):
        return None  # day or month first is not said
    read = dating.parse(clean)
    if read is None:
        read = dating.parse(re.sub(r"(\w)(\d{4})$", r"\1 \2", clean))
    if read is None:
        return Date(text=words, start=found.start(), end=found.end(), rule=rule)
    return msgspec.structs.replace(
        read,
        text=words,
        start=found.start(),
        end=found.end(),
        rule=rule,
        certainty="inferred" if found["open"] else read.certainty,
        note="in the editors' brackets" if found["open"] else read.note,
    )


def stamp_date(found: re.Match[str]) -> Date:
    """A time stamp "11:25 26.XI.63"; whether sent or received is not said by itself."""
    month = found["month"]
    year = found["year"] if len(found["year"]) == 4 else "19" + found["year"]
    hour, minute, day = int(found["hour"]), found["minute"], int(found["day"])
    text = found[0].strip()
    if month not in _ROMAN or not 1 <= day <= 31 or hour > 23:
        return Date(text=text, start=found.start(), end=found.end(), rule="time-stamp")
    edtf = f"{year}-{_ROMAN.index(month) + 1:02d}-{day:02d}"
    moment = f"{edtf}T{hour:02d}:{minute}:00"
    return Date(
        text=text,
        edtf=f"{edtf}T{hour:02d}:{minute}:00",
        earliest=moment,
        latest=f"{edtf}T{hour:02d}:{minute}:59",
        start=found.start(),
        end=found.start() + len(text),
        rule="time-stamp",
        note="time stamp of the header; sent or received is not said, nor the time zone",
    )


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the lines between, without their blanks; empty lines left out."""
    out = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if line.strip():
            out.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at = stop + 1
    return out


def read(text: str, start: int, end: int, *, places: frozenset[str] = frozenset()) -> Cover:
    """The cover of the letter or telegram that stands between `start` and `end`.

    `places` holds further names of towns (a book's own place index).
    """
    cover = Cover(body_start=start, body_end=end)
    spans = lines(text, start, end)
    while spans and _ARCHIVES_NOTE.match(text[slice(*spans[-1])]):
        spans.pop()
    if not spans:
        return cover
    head = _read_head(cover, text, spans, places)
    _read_foot(cover, text, spans, head, places)
    return cover


def _read_head(
    cover: Cover, text: str, spans: list[tuple[int, int]], places: frozenset[str]
) -> int:
    index = 0
    limit = min(len(spans), 40)
    pending: list[tuple[int, int]] = []
    awaiting: str | None = None
    quoted = text[spans[0][0]] in '"“«'
    while index < limit:
        a, b = spans[index]
        line = text[a:b]
        salutation = _SALUTATION.match(line)
        if salutation is not None:
            cover.salutation = (
                salutation["words"].strip(" *"),
                a + salutation.start("words"),
                a + salutation.end("words"),
            )
            index += 1 if b - a - salutation.end() < 3 else 0
            break
        if b - a > 160 and naming_list(line) is None and len(_GAP.sub(" ", line)) > 160:
            break
        if line[0] in '"“«' and index and not quoted:
            break
        pieces = [(a + x, a + y) for x, y in _pieces(line)]
        understood = False
        for x, y in pieces:
            step, awaiting = _piece(cover, text, x, y, places, awaiting)
            understood = understood or step
        if understood:
            cover.unknown.extend(pending)
            pending = []
        else:
            if b - a > 90 or (line.endswith(".") and b - a > 45) or len(pending) >= 8:
                break
            if re.match(r"(?:[1-9]\d?|[IVX]+)\.\s", line) or _STOPS.match(line):
                break
            pending.append((a, b))
            awaiting = None
        index += 1
    index -= len(pending) if cover.salutation is None else 0
    if cover.salutation is not None:
        cover.unknown.extend(pending)
    cover.body_start = spans[index][0] if index < len(spans) else spans[-1][1]
    return index


def _pieces(line: str) -> list[tuple[int, int]]:
    out = []
    at = 0
    for gap in _GAP.finditer(line):
        if gap.start() > at:
            out.append((at, gap.start()))
        at = gap.end()
    if at < len(line):
        out.append((at, len(line)))
    return out


def _piece(
    cover: Cover,
    text: str,
    a: int,
    b: int,
    places: frozenset[str],
    awaiting: str | None,
) -> tuple[bool, str | None]:
    """Reads one part of a header line; returns whether it was understood, and what a
    next line may go on with."""
    words = re.sub(rf"{_MARK}$", "", text[a:b]).rstrip()
    b = a + len(words)
    if words[:1] in '"“«':
        bare = words.lstrip('"“« ')
        a += len(words) - len(bare)
        words = bare
    received = _RECEIVED.match(words)
    if received is not None:
        cover.received_how = (words, a, b)
        date = next(dates_in(text, a, b), None)
        if date is not None:
            cover.received = _as(date, "received-line")
            return True, None
        return True, "received"
    if awaiting == "received":
        date = next(dates_in(text, a, b), None)
        if date is not None:
            cover.received = _as(date, "received-line")
            return True, None
        if re.match(r"(?:in|by|with|via|from)\b", words):
            how = cover.received_how
            if how is not None:
                cover.received_how = (text[how[1] : b], how[1], b)
            return True, "received"
    stamp = STAMP.search(text, a, b)
    if stamp is not None:
        cover.stamps.append(stamp_date(stamp))
        before = text[a : stamp.start()].strip()
        head = re.match(
            r"(?:From\s+)?(?P<place>[A-Z][A-Za-z .-]*[A-Za-z])\s*(?P<numbers>(?:No\.?\s?)?\d[\d ,-]*)?$",
            before,
        )
        if head is not None:
            _set_place(cover, text, a + before.index(head["place"]), head["place"])
            if head["numbers"]:
                begin = text.index(head["numbers"], a)
                cover.numbers.append(
                    Number(
                        kind="telegram",
                        value=re.sub(r"^No\.?\s?", "", head["numbers"]).strip(),
                        start=begin,
                        end=begin + len(head["numbers"].rstrip()),
                        rule="header-number",
                    )
                )
        return True, "stamp-numbers"
    if awaiting == "stamp-numbers" and re.fullmatch(r"\d{3,}(?:[\s,]+\d{3,})*", words):
        cover.numbers.append(
            Number(kind="telegram", value=words, start=a, end=b, rule="header-number")
        )
        return True, "stamp-numbers"
    if (item := _ITEM.match(words)) is not None:
        cover.numbers.append(
            Number(
                kind="document",
                value=f"item {item['item']} of protocol {item['protocol']}",
                start=a,
                end=a + item.end(),
                rule="protocol-item",
            )
        )
        return True, None
    if (our := _OUR.match(words)) is not None:
        cover.cited.append(
            Number(
                kind="telegram",
                value=our["value"],
                start=a + our.start("value"),
                end=a + our.end("value"),
                rule="to-our-number",
            )
        )
        return True, None
    if (place := _FROM.match(words)) is not None:
        _set_place(cover, text, a + place.start("place"), place["place"])
        return True, None
    if (language := _LANGUAGE_OF.match(words)) is not None and len(words) < 40:
        cover.original_language = language["language"]
        return True, None
    if _DRAFT.match(words):
        cover.draft = (a, b)
        return True, None
    if re.fullmatch(r"(?:No\.?|№|N)\s?\d{1,2}\.?", words):
        return False, None  # the first of an inner list, not a registry number
    if _marks(cover, text, a, b):
        return True, None
    listed = naming_list(words)
    if listed is not None:
        for one in naming.distribution(words[listed:], a + listed, "distribution-list"):
            cover.copies_to.append(one)
        return True, None
    cities = _cities(words, places)
    if awaiting == "cities" or (cities and _is_embassy_line(text, b)):
        pass
    if cities and _is_embassy_line(text, b):
        _embassies(cover, text, a, cities)
        return True, "embassies"
    if awaiting == "embassies":
        if re.fullmatch(
            r"(?:SOV[A-Z]+|Sov[a-z]+|SOVIET (?:EMBASS(?:Y|IES)|AMBASSADORS?)|Soviet (?:Embass(?:y|ies)|Ambassadors?))",
            words,
        ):
            return True, None
        if cities:
            _embassies(cover, text, a, cities)
            return True, "embassies"
    if _is_town(words, places):
        if cover.addressees and awaiting == "address":
            cover.place_to = cover.place_to or _place(words, a, "address-block")
            return True, "address"
        if cover.place is None:
            cover.place = _place(words, a, "dateline")
        return True, None
    letterhead = _LETTERHEAD_TOWN.match(words)
    if letterhead is not None and _is_town(letterhead["town"], places):
        if cover.place is None:
            cover.place = _place(letterhead["town"], a + letterhead.start("town"), "letterhead")
        return True, None
    if awaiting == "address" and _continues_address(cover, text, a, b):
        return True, "address"
    if (
        _EXCELLENCY.match(words)
        or _ADDRESS.match(words)
        or _COMRADE.match(words)
        or _bare_body(words)
    ):
        if _address(cover, text, a, b):
            return True, "address"
    return False, None


def naming_list(words: str) -> int | None:
    """Where the names begin in a printed distribution list ("To Brezhnev, Voronov, ..."),
    or None where the words are none."""
    found = re.match(r"(?:TO|To|Copies to|Distribution:?|Sent to:?)\s+(?=[A-Z])", words)
    if found is None:
        return None
    names = re.split(r",\s*(?:and\s+)?|\s+and\s+", words[found.end() :].rstrip(" ."))
    if len(names) < 2:
        return None
    surname = re.compile(
        r"(?:(?:Comrades?|Com\.|[A-Z]\.)\s?)*[A-Z][\w’'-]+(?:\s[A-Z]\.?\s?[A-Z]?\.?)?(?:\s?\([^)]*\))?"
    )
    if all(surname.fullmatch(n.strip()) for n in names) and not any(
        naming.is_place(n) for n in names
    ):
        return found.end()
    return None


def _marks(cover: Cover, text: str, a: int, b: int) -> bool:
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
            glued = re.compile(r"\s*(?:at|№|No\.?|\*|\[)?\s?[\d:]{1,5}\]?\*?$|[*†a-z]$").match(
                text, year, b
            )
            if glued is not None and glued.end() >= b - 1:
                taken.append((year, glued.end()))
    numbers: list[Number] = []
    for pattern, kind in ((_SPECIAL, "special"), (_COPY, "copy"), (_NUMBER, "registry")):
        for found in pattern.finditer(text, a, b):
            if free(found):
                numbers.append(
                    Number(
                        kind=kind,
                        value=re.sub(r"\s+", " ", found["value"]).replace(" - ", "-"),
                        start=found.start(),
                        end=found.end(),
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
    form = re.compile(
        r"CIPHER(?:ED)? TELEGRAM|Cipher(?:ed)? [Tt]elegram|CODED TELEGRAM|Coded [Tt]elegram|####"
    ).search(text, a, b)
    if form is not None and free(form):
        taken.append((form.start(), form.end()))
    if not taken:
        return False
    left = "".join(
        ch for at, ch in enumerate(text[a:b], a) if not any(x <= at < y for x, y in taken)
    )
    rest = re.sub(r"[\s.,;:*\"“”#\[\]()»-]+", " ", left).strip()
    place_words = ""
    if dates and rest:
        place_words = re.sub(
            r"\s*,\s*(?:Kremlin)$", "", left[: left.find(rest) + len(rest)].strip(' ,."“')
        )
        if not _is_dateline_place(place_words):
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
            _set_place(cover, text, begin, place_words)
    return True


def _is_dateline_place(words: str) -> bool:
    if not words or len(words) > 45 or re.search(r"\d", words):
        return False
    return all(
        re.match(r"[A-ZÀ-Þ]", token) or token in ("of", "the", "de", "la", "in")
        for token in re.findall(r"[^\s,]+", words)
    ) and not naming.is_office(words)


def _set_place(cover: Cover, text: str, at: int, words: str) -> None:
    if cover.place is None:
        cover.place = Place(
            name=_cased(words.strip(" ,.")),
            start=at,
            end=at + len(words.rstrip(" ,.")),
            rule="dateline",
        )


def _place(words: str, at: int, rule: str) -> Place:
    """The town of "Moscow, USSR", without what it lies in."""
    lead = len(words) - len(words.lstrip('"“ '))
    town = words[lead:].split(",")[0].rstrip(" .")
    return Place(name=_cased(town), start=at + lead, end=at + lead + len(town), rule=rule)


def _cased(words: str) -> str:
    words = " ".join(words.split())
    return words.title() if words.isupper() and len(words) > 4 else words


_LETTERHEAD_TOWN = re.compile(
    r"^(?:(?:AMERICAN|BRITISH|SOVIET|FRENCH|American|British|Soviet|French) )?(?:EMBASSY|Embassy)\b[\w ]*?\s(?P<town>[A-Z][a-z]+)$"
)
_TOWN = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){0,2}(?:, [A-Z][\w. ]+)?")


def _is_town(words: str, places: frozenset[str]) -> bool:
    bare = words.strip(" .,")
    if not _TOWN.fullmatch(bare):
        return False
    head = bare.split(",")[0]
    return (
        naming.is_town(head)
        or head.casefold() in places
        or naming.is_town(_cased(head))
        or bare
        in ("White House", "The White House", "Moscow, Kremlin", "Kremlin", "THE WHITE HOUSE")
    )


def _cities(words: str, places: frozenset[str]) -> list[tuple[int, int]]:
    if not words.isupper():
        return []
    out = [(m.start(), m.end()) for m in re.finditer(r"[A-Z][A-Z. -]+[A-Z]", words)]
    if out and all(_is_town(words[a:b], places) or len(words[a:b].split()) <= 3 for a, b in out):
        return out
    return []


_EMBASSY = re.compile(
    r"\s*(?:SOV(?:POSOL|EMBASSY|AMBASSADOR|POSLY)|Sov(?:posol|embassy|ambassador)|SOVIET (?:EMBASS(?:Y|IES)|AMBASSADORS?)"
    r"|Soviet (?:Embass(?:y|ies)|Ambassadors?))\b"
)  # fmt: skip


def _is_embassy_line(text: str, at: int) -> bool:
    """Whether the next line, or the one behind it, is a Soviet embassy's telegraph address."""
    rest = text[at : at + 160]
    below = [one for one in rest.split("\n")[1:] if one.strip()]
    return any(_EMBASSY.match(one) for one in below[:2])


def _embassies(cover: Cover, text: str, a: int, cities: list[tuple[int, int]]) -> None:
    for x, y in cities:
        town = _cased(text[a + x : a + y])
        cover.addressees.append(
            Party(
                name=f"Soviet embassy in {town}",
                kind="body",
                place=town,
                start=a + x,
                end=a + y,
                rule="telegraph-address",
                words=text[a + x : a + y],
            )
        )


def _bare_body(words: str) -> bool:
    """A line that is nothing but the addressed body: "CC CPSU"."""
    bare = words.strip(" .,:")
    return (
        len(bare) < 60
        and re.fullmatch(
            r"(?:TO |To )?(?:THE |the )?(?:CC|CPSU|Central Committee|CENTRAL COMMITTEE)[ A-Za-z]*",
            bare,
        )
        is not None
        and naming.is_body(bare)
        and not re.search(r"RESOLUTION|Resolution|SECRETARY", bare)
    )


def _address(cover: Cover, text: str, a: int, b: int) -> bool:
    words = text[a:b].strip(' *"“')
    if len(words) > 110 or words.endswith((";", "...")):
        return False
    if words.endswith(".") and len(words) > 60:
        return False
    prefix = re.match(r"[\"“]?\s*(?:TO|To)\s+(?:the\s+|THE\s+)?|[\"“]?\s*", text[a:b])
    begin = a + (prefix.end() if prefix else 0)
    if _EXCELLENCY.match(words):
        rest = re.sub(
            r"^(?:To |TO )?(?:His|Her|HIS|HER) (?:Excellency|EXCELLENCY)\s*,?\s*|^To the Honorable\s*",
            "",
            words,
        )
        if not rest:
            cover.addressees.append(Party(name="", rule="excellency", start=a, end=b))
            return True
        begin = text.index(rest, a)
    elif words[:2].lower() != "to" and not _COMRADE.match(words) and not _bare_body(words):
        return False
    if re.match(r"(?:whom|be|have|make|approve|our|my)\b", text[begin:b]):
        return False
    found = naming.parties(text[begin:b].rstrip(" ,.:*"), begin, "address-line")
    if not found:
        return False
    if (
        text[a : a + 2] == "To"
        and all(p.kind == "unknown" for p in found)
        and text[begin : begin + 1].islower()
    ):
        return False
    cover.addressees.extend(found)
    return True


def _continues_address(cover: Cover, text: str, a: int, b: int) -> bool:
    """Further lines of an address: the name under the office, the office under the name."""
    words = text[a:b].strip(' ,.:*"”')
    if not words or not cover.addressees or len(words) > 100:
        return False
    if text[b - 1] in ".;?!" and b - a > 40:
        return False
    last = cover.addressees[-1]
    if _ADDRESS.match(words):
        return _address(cover, text, a, b)
    if last.rule == "excellency" and not last.name:
        one = naming.party(words, a, "address-block")
        if one is None:
            return False
        cover.addressees[-1] = one
        return True
    if last.kind == "person":
        if naming.is_office(words) or re.match(r"(?:of|OF|for|under|Union|UNION|U\.?S)\b", words):
            role = words if last.role is None else f"{last.role} {words}"
            cover.addressees[-1] = msgspec.structs.replace(
                last, role=_cased(" ".join(role.split()))
            )
            return True
        return bool(re.match(r"\d+ \w|[A-Z][\w ]+ \d+,", words))
    if last.kind in ("office", "unknown", "body"):
        one = naming.party(words, a, "address-block")
        if one is not None and one.kind == "person" and not naming.is_office(words.split()[0]):
            cover.addressees[-1] = msgspec.structs.replace(one, role=last.name)
            return True
        if re.match(
            r"(?:of|OF|under|UNDER|for|and|Supreme|UNION|Union|THE|the)\b", words
        ) or last.name.endswith((" of", " the", " Of")):
            cover.addressees[-1] = msgspec.structs.replace(last, name=f"{last.name} {words}", end=b)
            return True
    return False


def _read_foot(
    cover: Cover, text: str, spans: list[tuple[int, int]], head: int, places: frozenset[str]
) -> None:
    foot = len(spans)
    while foot > max(head, 0) and len(spans) - foot < 16:
        a, b = spans[foot - 1]
        line = _GAP.sub("  ", text[a:b])
        if len(line) > 130 or (
            line.endswith((".", "?", ";")) and len(line) > 62 and not _mostly_date(line)
        ):
            break
        if re.match(r"(?:[-–•]|\d{1,2}[.)])\s", line) and not DATE.match(line):
            break
        foot -= 1
    named = False
    address = False
    office: list[str] = []
    valediction = False
    end = spans[-1][1]
    first: int | None = None
    index = foot
    while index < len(spans):
        a, b = spans[index]
        line = text[a:b]
        index += 1
        if re.match(r"[\"“«][A-Z][^\"“”»]{1,29}[\"”»],?\s", line):
            continue  # a newspaper's name, not a signature
        lead = re.match(r"[\"“»]+\s*", line)
        if lead is not None:
            a += lead.end()
            line = text[a:b]
        if (who := _TRANSLATOR.match(line)) is not None:
            cover.translators.extend(
                naming.parties(who["who"].rstrip(" ."), a + who.start("who"), "translator-line")
            )
            first = first or a
            if index < len(spans):
                x, y = spans[index]
                if (
                    index == len(spans) - 1
                    and y - x < 30
                    and _only_name(text[x:y])
                    and naming.INITIALS_NAME.fullmatch(text[x:y].strip())
                ):
                    cover.translators.extend(
                        naming.parties(text[x:y].strip(), x, "translator-line")
                    )
                    index += 1
            continue
        if (who := _RECORDER.match(line)) is not None:
            if who["who"].strip(" ."):
                cover.recorders.extend(
                    naming.distribution(
                        who["who"].rstrip(" ."), a + who.start("who"), "recorder-line"
                    )
                )
            else:
                while index < len(spans):
                    x, y = spans[index]
                    one = naming.party(re.sub(r"^(?:\d\w\w )?", "", text[x:y]), x, "recorder-line")
                    at = naming.trailing_name(text[x:y].strip(" ."))
                    if one is None or at is None:
                        break
                    role = text[x : x + at[0]].strip() or None
                    cover.recorders.append(
                        Party(
                            name=text[x + at[0] : x + at[1]],
                            role=role,
                            kind="person",
                            start=x + at[0],
                            end=x + at[1],
                            rule="recorder-line",
                        )
                    )
                    index += 1
            first = first or a
            continue
        if _EXCELLENCY.match(line) or (address and _foot_address(cover, text, a, b, places)):
            if _EXCELLENCY.match(line):
                kept, cover.addressees = cover.addressees, cover.late_addressees
                _address(cover, text, a, b)
                cover.late_addressees, cover.addressees = cover.addressees, kept
                address = True
            first = first or a
            continue
        if re.match(r"(?:To|TO) (?:Mr|Mrs|Comrade|the|His|MR|COMRADE)", line) and named:
            kept, cover.addressees = cover.addressees, cover.late_addressees
            _address(cover, text, a, b)
            cover.late_addressees, cover.addressees = cover.addressees, kept
            address = True
            continue
        close = _VALEDICTION.match(line)
        if close is not None:
            valediction = True
            first = first or a
            rest = line[close.end() :].strip(' ,."”')
            if rest and _only_name(rest):
                at = text.index(rest, a + close.end())
                _sign(cover, text, at, at + len(rest), office)
                named = True
            continue
        dated = DATE.search(line)
        if dated is not None and len(line) - len(dated[0]) < 32:
            here = DATE.search(text, a, b)
            if here is not None:
                rest = (text[a : here.start()] + text[here.end() : b]).strip(' ,."“”')
                if rest and _only_name(rest) and not _is_town(rest, places):
                    at = text.index(rest, a)
                    _sign(cover, text, at, at + len(rest), office)
                    named = True
                elif rest and (_is_town(rest, places) or _is_dateline_place(rest)):
                    cover.signed_place = Place(
                        name=_cased(rest.split(",")[0]),
                        start=text.index(rest, a),
                        end=text.index(rest, a) + len(rest),
                        rule="dateline-below",
                    )
                one = date_from(here, "date-below-signature")
                if one is not None and (named or valediction or len(rest) < 32):
                    cover.signed_dates.append(one)
                    first = first or a
            continue
        bare = _SIGNED.sub("", line).strip(' "”.,*')
        if _is_town(bare, places) or re.fullmatch(r"Moscow,? Kremlin\.?", bare):
            if named and cover.signed_place is None:
                cover.signed_place = Place(
                    name=bare.split(",")[0], start=a, end=b, rule="dateline-below"
                )
            continue
        last = index == len(spans) or all(
            _TRANSLATOR.match(text[x:y]) or _RECORDER.match(text[x:y]) for x, y in spans[index:]
        )
        full = last and len(bare.split()) in (2, 3) and _only_name(bare)
        if bare and _signature_line(cover, text, a, b, office, valediction or named or full):
            named = True
            first = first or a
            continue
        sentence = line.endswith((".", "!", "?")) and len(line.split()) > 4
        if not sentence and (naming.is_office(line) or re.match(r"(?:of|OF|under|for)\s", line)):
            office.append(line.rstrip("."))
            first = first or a
            continue
    if office and cover.signed and cover.signed[-1].role is None:
        cover.signed[-1] = msgspec.structs.replace(
            cover.signed[-1], role=_cased(" ".join(" ".join(office).split()))
        )
    if first is not None and (
        named or cover.translators or cover.recorders or cover.late_addressees
    ):
        cover.body_end = first
    else:
        cover.body_end = end
    if cover.body_end < cover.body_start:
        cover.body_end = cover.body_start


def _mostly_date(line: str) -> bool:
    found = DATE.search(line)
    return found is not None and len(found[0]) > 0.5 * len(line)


def _only_name(words: str) -> bool:
    words = _SIGNED.sub("", words).strip(' "”.,*:')
    if not words or len(words) > 60 or naming.is_place(words):
        return False
    return naming.trailing_name(words) == (0, len(words))


def _signature_line(
    cover: Cover, text: str, a: int, b: int, office: list[str], after_close: bool
) -> bool:
    """A line of one or more signatures, an office before the name allowed."""
    found = False
    line = text[a:b]
    signed = _SIGNED.match(line)
    shift = signed.end() if signed else 0
    spans = [(a + shift + x, a + shift + y) for x, y in _pieces(line[shift:])]
    if len(spans) > 1 and not all(_name_at(text[x:y]) for x, y in spans):
        last = spans[-1]
        spans = [last] if _name_at(text[last[0] : last[1]]) else []
    for x, y in spans:
        words = text[x:y].strip(' "”.,*')
        at = naming.trailing_name(words)
        if at is None:
            return found
        name = words[at[0] : at[1]]
        role = words[: at[0]].strip(" ,")
        sure = (
            bool(signed)
            or after_close
            or bool(office)
            or re.match(r"[A-ZÀ-Þ][a-z]{0,2}\.\s?", name)
        )
        if not sure and not name.isupper():
            return found
        if role and not naming.is_office(role) and not re.match(r"Comrade|Mr", role):
            return found
        begin = text.index(name, x)
        _sign(cover, text, begin, begin + len(name), office + ([role] if role else []))
        found = True
    return found


def _name_at(words: str) -> bool:
    return naming.trailing_name(words.strip(' "”.,*')) is not None


def _sign(cover: Cover, text: str, a: int, b: int, office: list[str]) -> None:
    name = " ".join(text[a:b].split())
    before = cover.signed[-1] if cover.signed else None
    if (
        before is not None
        and before.end is not None
        and a - before.end <= 2
        and "." not in before.name
    ):
        if text[before.end : a].strip() == "" and "\n" in text[before.end : a]:
            cover.signed[-1] = msgspec.structs.replace(before, name=f"{before.name} {name}", end=b)
            return
    cover.signed.append(
        Party(
            name=name,
            role=_cased(" ".join(office)) or None if office else None,
            kind="person",
            start=a,
            end=b,
            rule="signature",
        )
    )
    office.clear()


def _foot_address(cover: Cover, text: str, a: int, b: int, places: frozenset[str]) -> bool:
    words = text[a:b].strip(' ,.:*"”')
    if not cover.late_addressees:
        return False
    if _is_town(words, places) or re.match(
        r"\d+ .*(?:Street|Avenue|Plaza)|[A-Z][\w ]+ \d+, [A-Z]", words
    ):
        if _is_town(words, places) and cover.place_to is None:
            cover.place_to = Place(name=words.split(",")[0], start=a, end=b, rule="address-block")
        return True
    kept, cover.addressees = cover.addressees, cover.late_addressees
    done = _continues_address(cover, text, a, b)
    town = re.search(r"\s([A-Z][a-z]+)$", words)
    if town is not None and _is_town(town[1], places) and cover.place_to is None:
        at = text.rindex(town[1], a, b)
        cover.place_to = Place(name=town[1], start=at, end=at + len(town[1]), rule="address-block")
    cover.late_addressees, cover.addressees = cover.addressees, kept
    return done


def _as(date: Date, rule: str) -> Date:
    return msgspec.structs.replace(date, rule=rule)
