"""Datelines: where and when a document was written, and when it was received.

"Moscow, March 10, 1962, 4 p.m."; "[Washington, undated.]"; "Legation of the United
States, London, May 17, 1861. [Received June 1.]"; a place and a date that stand in
the closing lines. The place is what stands before the date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from kgraph import dating
from kgraph.model import Certainty, Date, Place

RECEIVED = re.compile(
    r"[\[(]\s*(?:[Vv]ia\s(?P<via>[A-Z][^\[\]()\n]{2,50}?)[.,;]\s+)?(?:(?:Not dated|Undated|No date)[.;,:]?\s*)?(?:Received|Rec[’']d|Recd|Rec\.)(?:\s+by (?:telegraph|cable|mail|wire))?(?:\s+(?:at|in)\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3},)?\s*:?\s*(?P<what>[^\])]*)[\])]?\.?",
    re.IGNORECASE,
)
_VIA = re.compile(r"[,\s]*[(\[]?\b[Vv]ia\s+(?P<via>[A-Z][\w .,’'-]+?)[)\]]?(?=[,.]|$)")
_EMPTY = re.compile(r"^[\W\d_]*$")
_NUMBER_LINE = re.compile(r"\s*(?:\[?No\.?\s?(?P<no>\d[\w/–-]*)\.?\]?|\[(?P<bracket>\d{1,5})\])")


@dataclass(slots=True)
class Dateline:
    """Place, date and receipt of a dateline; spans count in the record's text."""

    start: int
    end: int
    place: Place | None = None
    date: Date | None = None
    received: Date | None = None
    undated: bool = False
    via: str | None = None
    rest: tuple[int, int] | None = None


def read_dateline(
    text: str,
    offset: int = 0,
    *,
    default_year: int | None = None,
    place: tuple[int, int] | None = None,
    date: tuple[int, int] | None = None,
) -> Dateline:
    """Read one dateline; `place` and `date` are spans in `text` that markup already names.

    >>> line = read_dateline("London, May 17, 1861. [Received June 1.]")
    >>> line.place.name, line.date.edtf, line.received.edtf
    ('London', '1861-05-17', '1861-06-01')
    """
    line = Dateline(offset, offset + len(text))
    words = text
    received = RECEIVED.search(words)
    if received is not None:
        words = (
            words[: received.start()]
            + " " * (received.end() - received.start())
            + words[received.end() :]
        )
    begin, end = 0, len(words)
    if date is not None:
        found = dating.parse(words[date[0] : date[1]].strip(), default_year=default_year)
        found = (
            dating.parse(words[date[0] : end], default_year=default_year, offset=offset + date[0])
            if found is not None
            else None
        )
    else:
        found = dating.parse(words, default_year=default_year, offset=offset)
    if found is not None and found.text.lower().startswith("undated") and found.edtf is None:
        line.undated = True
    line.date = found
    if found is not None and found.start is not None:
        bracket = text[: found.start - offset]
        if bracket.count("[") > bracket.count("]") and found.certainty == "stated" and found.edtf:
            line.date = msgspec.structs.replace(
                found, certainty="inferred", note=found.note or "supplied by the editor"
            )
    if place is not None:
        begin, end = place
    elif found is not None and found.start is not None:
        end = found.start - offset
    elif date is not None:
        end = date[0]
    line.place = _place(words, begin, end, offset, marked=place is not None)
    if received is not None and received["what"].strip():
        at = offset + received.start("what")
        line.received = receipt(received["what"], at, sent_on(received["via"], found), default_year)
    return line


def sent_on(via: str | None, sent: Date | None) -> Date | None:
    """The day on which another post sent a telegram on: "(Via Chefoo, August 19. Received ...)";
    the day on which it was `sent`, where none is told."""
    year = int(sent.earliest[:4]) if sent is not None and sent.earliest else None
    return (dating.parse(via, default_year=year) if via else None) or sent


def receipt(words: str, offset: int, sent: Date | None, default_year: int | None) -> Date | None:
    """The date of a receipt, whose year is often that of the dispatch `sent` or the next."""
    year = int(sent.earliest[:4]) if sent is not None and sent.earliest else default_year
    found = dating.parse(words, default_year=year, offset=offset)
    if found is None and sent is not None:
        return _same_day(words, offset, sent)
    if found is not None and found.earliest and sent is not None and sent.earliest:
        return _later_year(found, sent, words)
    return found


_HOUR_ALONE = re.compile(
    r"\s*(?:at\s+)?(?:(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?\s?[ap]\.?\s?m\.?|12\s?m\.?|noon|midnight)\s*",
    re.IGNORECASE,
)


def _same_day(words: str, offset: int, sent: Date) -> Date | None:
    """A receipt of which the hour alone is printed: "[Received 8:25 p. m.]"."""
    day = (sent.edtf or "")[:10]
    if len(day) < 10 or "X" in day or "/" in day or _HOUR_ALONE.fullmatch(words) is None:
        return None
    year, month, number = (int(part) for part in day.split("-"))
    found = dating.parse(f"{list(dating.MONTHS)[month - 1]} {number}, {year}, {words.strip()}")
    if found is None or found.edtf is None:
        return None
    return msgspec.structs.replace(
        found, text=words.strip(), start=offset, end=offset + len(words), certainty="inferred",
        note="the hour alone is printed; of the day on which it was sent",
    )  # fmt: skip


def _later_year(received: Date, sent: Date, words: str) -> Date:
    """What was received before it was sent, without a year of its own, was received the next year."""
    assert received.earliest is not None
    if re.search(r"\d{4}", words) or received.earliest[:10] >= (sent.earliest or "")[:10]:
        return received
    year = int(received.earliest[:4]) + 1
    later = dating.parse(words, default_year=year)
    if later is None or later.earliest is None or sent.earliest is None:
        return received
    if later.earliest[:4] == sent.earliest[:4] or int(sent.earliest[5:7]) < 11:
        return received
    return msgspec.structs.replace(
        received, edtf=later.edtf, earliest=later.earliest, latest=later.latest
    )


_HOUSE = re.compile(  # the house in which a letter was written, before its town
    r"(?:(?:Republic|Kingdom|Empire) of (?:the )?[A-Z]\w+,\s*)?(?:(?:[A-Z][\w-]+\s+(?:and\s+)?){0,3}(?:Legation|Embassy|(?:Vice[- ])?Consulate(?:[ -]General)?|Mission|Agency)(?:\s+(?:of|in|to|at)\s+(?:the\s+)?[A-Z][^,;]{2,50})?"
    r"|Department of (?:State(?: for Foreign Affairs)?|Foreign Affairs|Foreign Relations)|Sublime Porte|Executive Mansion|(?:The )?White House|Treasury Department|War Department|Navy Department|(?:Imperial )?Foreign Office|(?:Royal |Imperial )?Ministry (?:of|for) (?:State|Foreign (?:Affairs|Relations)|External Relations)|National Palace|Government House|Downing Street|Navy-Yard|Headquarters|(?:No\.\s?)?\d{1,4},?\s(?:[A-Z][\w’'.-]+\s){1,3}(?:Street|Square|Place|Road|Avenue|Terrace|Crescent|Gardens))"
    r",\s*(?=[A-Z])"
)


def is_house(words: str) -> bool:
    """Whether the words name a legation or a department, and no town."""
    return _HOUSE.match(f"{words.strip(' ,.')}, X") is not None


_IN_COPIES = re.compile(
    r",?\s+in\s(?:duplicate|triplicate|quadruplicate|\w+\s(?:copies|originals))\b.*$"
)
_NO_PLACE = re.compile(  # "Strelsau, Thursday, the" before a day
    r"(?:,?\s*\b(?:[Uu]ndated|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|noon|afternoon|evening|night))?"
    r"|(?<=[,.\w] )(?:the|this)|(?<=, )(?:midnight|noon)|(?:in\s(?:the\s)?|at\s)?(?:early\s|late\s)?(?:morning|afternoon|evening|night)(?:\sof)?))+$"
)
_NTH_DAY = re.compile(  # of a conference: "Twenty-Second Day"
    r"(?:\w+[- ])?(?:First|Second|Third|\w+th)\sDay", re.IGNORECASE
)
_DONE_AT = re.compile(
    r"(?:(?:[Dd]one|[Gg]iven|[Ww]ritten|[Ss]igned)\s(?:in\s(?:duplicate|triplicate|quadruplicate|\w+\s(?:copies|originals)),?\s)?(?:at|in)\s)(?=[A-Z]|the\s[A-Z])"
    r"|(?:(?:[Ss]igned|[Ss]ubscribed|[Aa]ffirmed|[Dd]eclared|[Tt]aken) and )?(?:[Ss]worn|[Aa]ffirmed|[Dd]eclared|[Tt]aken)(?: to)?(?: before (?:me|us))?,? (?:at|in) (?:(?:the|my) (?:[\w-]+[\s,]+){1,4}?(?:(?:of|at|in) )?)?(?=[A-Z])"
)


def _place(text: str, begin: int, end: int, offset: int, *, marked: bool) -> Place | None:
    via = _VIA.search(text, begin, end)
    if via is not None and via.start() > begin and not marked:
        end = via.start()
    number = _NUMBER_LINE.match(text, begin, end)
    if number is not None and not marked:
        begin = number.end()
    while begin < end and text[begin] in " ,.;:[(—–-\n\t":
        if text[begin] == "[" and re.match(r"\[[^\]]*not declassified\]", text[begin:end]):
            break
        begin += 1
    while end > begin and text[end - 1] in " ,.;:[(—–-\n\t":
        if text[end - 1] == "." and re.search(
            r"\b(?:[A-Z]|Mass|Conn|Mich|Ind|Kans|Ill|Va|Vt|Pa|Md|Mo|Me|Cal|Calif|Tenn|Ky|Fla|Ga|La|Minn|Wis|Tex|Ore|Wash|Miss|Ala|Ark|Col|Colo|Del|Neb|Nev|Okla|Dak|St|N\. ?[HJYCMD]|R\. ?I|S\. ?[CD]|W\. ?Va|D\. ?C)\.$",
            text[begin:end],
        ):
            break
        end -= 1
    if text[begin:end].count("]") > text[begin:end].count("[") and text[end - 1] == "]":
        end -= 1
        while end > begin and text[end - 1] in " ,.;:":
            end -= 1
    done = _DONE_AT.match(text, begin, end) if not marked else None
    if done is not None:
        begin = done.end()
    house = _HOUSE.match(text, begin, end) if not marked else None
    if house is not None:
        begin = house.end()
    words = text[begin:end]
    copies = _IN_COPIES.search(words)
    if copies is not None and copies.start():
        end = begin + copies.start()
        words = text[begin:end]
    day = _NO_PLACE.search(words)
    if day is not None:
        end = begin + day.start()
        words = text[begin:end]
    if not words or _EMPTY.match(words) or _NTH_DAY.fullmatch(words) or len(words) > 120:
        return None
    if not marked and re.match(
        r"(?:[Uu]ndated|[Dd]ated|[Dd]rafted|[Tt]he|[Oo]n(?! [Bb]oard)|[Ii]n|[Tt]his|[Ff]rom|[Tt]ime|[Dd]ate)\b(?! (?:Hague|White|Dalles))",
        words,
    ):
        return None
    name = " ".join(words.split())
    certainty: Certainty = (
        "inferred"
        if text[:begin].count("[") > text[:begin].count("]") and not name.startswith("[")
        else "stated"
    )
    return Place(
        name=name, start=offset + begin, end=offset + end, rule="dateline", certainty=certainty
    )


OF_A_PERIOD = re.compile(  # titles of reports, and what a meeting agreed on
    r"\b(?:[Aa]greed|[Mm]eet|[Cc]overing|[Pp]eriod|[Pp]rogress|[Rr]eport|[Mm]emorandum|[Oo]perations|[Mm]onthly|[Yy]early|[Ss]tatement|[Pp]roduction)\b"
)


def is_dateline(block: str, line: Dateline) -> bool:
    """Whether a paragraph is the dateline `line` that was read in it, and nothing else."""
    if line.date is None:
        return False
    start = line.date.start or 0
    end = line.date.end or 0
    before, after = block[:start].strip(" ,[]("), block[end:]
    after = RECEIVED.sub("", after) if "eceived" in after else after
    after = re.sub(
        r"\[Rec(?:eived|[’']d)\b[^\]]*\]|\(Rec(?:eived|[’']d)\b[^)]*\)",
        "",
        after,
        flags=re.IGNORECASE,
    )
    after = re.sub(r"\[?No\.?\s?\d[\w/–-]*\.?\]?", "", after)
    if len(after.strip(" .[]();,0123456789")) > 2:
        return False
    if line.date.edtf is None and not line.undated:
        return False
    if OF_A_PERIOD.search(before) or re.match(r"(?:Re)?[Pp]rinted in\b", before):
        return False
    if re.search(r"\b(?:of|on|dated|the|to|from|by|in|until|for|and)$", before) or re.search(
        r"[a-z]{4,}\.\s", before
    ):
        return False
    if len(before) > 90 or (
        before
        and not (
            before[0].isupper()
            or before[0].isdigit()
            or before[0] == "“"
            or "not declassified" in before
        )
    ):
        return False
    return not (line.date.edtf is not None and len(line.date.edtf) < 7 and not before)
