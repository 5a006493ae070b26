"""Lines of a cover, dates and time stamps in them, and what is found: `Cover`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from kgraph import dating
from kgraph.extract import gazetteer, naming
from kgraph.model import Date, Number, Party, Place

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH = rf"(?:{_MONTHS}|{_MONTHS.upper()})\.?"
_YEAR = r"(?P<year{n}>1[5-9]\d\d|20\d\d)"
DATE = re.compile(
    r"(?P<open>\[)?(?P<lead>(?:[Nn]o|[Nn]ot) (?:later|earlier) than |[Bb]efore |[Aa]fter |[Bb]etween (?=\d{1,2} and )|[Aa]bout |[Cc]irca |ca\. )?"
    r"(?:(?P<blank>[\"“]?_{1,4}[\"”]?\s+)"
    rf"(?P<bmonth>{_MONTH})\s+{_YEAR.format(n='0')}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:\s?(?:-|–|and)\s?\d{{1,2}})?(?:st|nd|rd|th)?\s?,?\s+{_YEAR.format(n='1')}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|and)\s?\d{{1,2}}(?:st|nd|rd|th)?)?\s+{_MONTH},?\s?{_YEAR.format(n='2')}"
    rf"|{_MONTH},?\s+{_YEAR.format(n='3')}"
    rf"|[\"“]\d{{1,2}}[\"”]\s+{_MONTH},?\s+{_YEAR.format(n='4')}"
    r"|\d{1,2}\s?[./ -]\s?[IVX]{1,4}\s?[./ -]\s?(?:19|20)?\d\d\b"
    r"|(?:1[5-9]|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
    r")(?P<doubt>\s?\?)?(?P<close>\])?"
)
_CLOCK = r"(?P<hour>[01]?\d|2[0-4])[:. ](?P<minute>[0-5]\d)"
STAMP = re.compile(
    rf"(?<![\d.])(?:(?P<day2>\d{{1,2}})\.(?P<month2>[IVX]{{1,4}}|\d{{1,2}})\.(?P<year2>(?:19)?\d\d),?\s+"
    r"(?P<hour2>[01]?\d|2[0-4])[:.](?P<minute2>[0-5]\d)(?![\d.])"
    rf"|{_CLOCK}\s*(?:hrs?\.?|h\.?)?\s+(?P<day>\d{{1,2}})[. /]\s?(?P<month>[IVX]{{1,4}}|(?<=\.)\d{{1,2}}(?=\.))[. /]\s?"
    r"(?P<year>(?:19|20)?\d\d)\b\.?)"
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
GAP = re.compile(r"\s{3,}|\t+")
_TOWN = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){0,2}(?:, [A-Z][\w. ]+)?")


@dataclass
class Cover:
    """The parts found; lists are in the order of the text."""

    dates: list[Date] = field(default_factory=list)
    stamps: list[Date] = field(default_factory=list)
    received: Date | None = None
    receiver: Party | None = None  # who took it in, where told
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
    senders: list[Party] = field(default_factory=list)  # as a label says: "FROM: ..."
    subject: tuple[str, int, int] | None = None
    unknown: list[tuple[int, int]] = field(default_factory=list)
    body_start: int = 0
    body_end: int = 0


@dataclass(frozen=True)
class Line:
    """A line above a text, or a part of one: `text[a:b]`, whose words are `words`.

    `places` are known towns; `awaiting` is what the line before may go on with.
    """

    cover: Cover
    text: str
    a: int
    b: int
    words: str
    places: frozenset[str]
    awaiting: str


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
    elif clean[:1] in '"“':
        clean = re.sub(r"[\"“”]", "", clean)  # '"4" March 1968', a blank filled in
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
    day_, month, year, hour_, minute = (
        found[part] or found[f"{part}2"] for part in ("day", "month", "year", "hour", "minute")
    )
    year = year if len(year) == 4 else "19" + year
    hour, day = int(hour_), int(day_)
    text = found[0].strip()
    if month.isdigit() and 1 <= int(month) <= 12:
        month = _ROMAN[int(month) - 1]
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


def timed(date: Date, text: str, end: int) -> Date:
    """A day with the hour that stands behind it, or before it, on its line up to `end`."""
    if date.start is None or date.edtf is None or not re.fullmatch(r"[\d-]{10}", date.edtf):
        return date
    begin = max(text.rfind("\n", 0, date.start) + 1, date.start - 24)
    clock = re.compile(_CLOCK).search(text, begin, date.start)
    said = [text[at:end] for at in (date.start, begin)]
    said.extend([f"{date.text}, {clock[0]}"] if clock and " " not in clock[0] else [])
    for words in said:
        read = dating.parse(re.sub(r"\bat\b|:(?=\s)", " ", words))
        if read is not None and read.edtf is not None and read.edtf.startswith(f"{date.edtf}T"):
            return msgspec.structs.replace(
                date, edtf=read.edtf, earliest=read.earliest, latest=read.latest
            )
    return date


def with_rule(date: Date, rule: str) -> Date:
    return msgspec.structs.replace(date, rule=rule)


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


def pieces(line: str) -> list[tuple[int, int]]:
    out = []
    at = 0
    for gap in GAP.finditer(line):
        if gap.start() > at:
            out.append((at, gap.start()))
        at = gap.end()
    if at < len(line):
        out.append((at, len(line)))
    return out


def cased(words: str) -> str:
    words = " ".join(words.split())
    return words.title() if words.isupper() and len(words) > 4 else words


def is_town(words: str, places: frozenset[str]) -> bool:
    bare = words.strip(" .,")
    if not _TOWN.fullmatch(bare):
        return False
    head = bare.split(",")[0]
    return (
        naming.is_town(head)
        or head.casefold() in places
        or naming.is_town(cased(head))
        or gazetteer.is_city(cased(head))
        or head in ("White House", "The White House")
        or bare
        in ("White House", "The White House", "Moscow, Kremlin", "Kremlin", "THE WHITE HOUSE")
    )


def is_dateline_place(words: str) -> bool:
    if not words or len(words) > 45 or re.search(r"\d", words):
        return False
    return all(
        re.match(r"[A-ZÀ-Þ]", token) or token in ("of", "the", "de", "la", "in")
        for token in re.findall(r"[^\s,]+", words)
    ) and not naming.is_office(words)


def town_place(words: str, at: int, rule: str) -> Place:
    """The town of "Moscow, USSR", without what it lies in."""
    lead = len(words) - len(words.lstrip('"“ '))
    town = words[lead:].split(",")[0].rstrip(" .")
    return Place(name=cased(town), start=at + lead, end=at + lead + len(town), rule=rule)


def set_place(cover: Cover, text: str, at: int, words: str) -> None:
    if cover.place is None:
        cover.place = Place(
            name=cased(words.strip(" ,.")),
            start=at,
            end=at + len(words.rstrip(" ,.")),
            rule="dateline",
        )
