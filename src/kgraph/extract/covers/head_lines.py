"""The kinds of line that stand above a text, and a reader for each.

A reader returns None where the line is none of its kind, else what the next line may go on
with ("" for nothing). They are tried in the order of `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kgraph.extract import naming
from kgraph.extract.covers import labelled
from kgraph.extract.covers.address import (
    ADDRESS,
    COMRADE,
    ESQUIRE,
    EXCELLENCY,
    FOR_WHAT,
    TELEGRAPH_ADDRESS,
    cities,
    continue_address,
    embassies,
    is_bare_body,
    is_embassy_line,
    naming_list,
    read_address,
)
from kgraph.extract.covers.lines import (
    STAMP,
    Cover,
    Line,
    dates_in,
    is_town,
    set_place,
    stamp_date,
    timed,
    town_place,
    with_rule,
)
from kgraph.extract.covers.marks import OUR_NUMBER, PROTOCOL_ITEM, read_marks
from kgraph.model import Number

_FROM = re.compile(
    r"^(?:From|FROM)\s*:?\s+(?P<place>[A-Z][^\W\d][^\W\d .'-]*(?:[ .'-]+[^\W\d]+){0,4}?)(?P<rest>(?=.*\d)(?:,\s+[\dA-Z]|\s+\d|\s+[A-Z][a-z]+\s\d).*)?$"
)
NOTE_MARK = r"[*†‡ᵃ-ᵿ⁰-⁹¹²³]+"
_FROM_HOUSE = re.compile(
    r"(?:From|FROM)\s*:?\s+(?:(?:the|THE)\s+)?(?:[A-Z][\w’-]+\s+){0,3}(?:EMBASSY|Embassy|LEGATION|Legation|CONSULATE|Consulate|MISSION|Mission)(?:\s+(?:GENERAL|General))?"
    r"\s+(?:in|IN|at|AT)\s+(?P<town>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)"
)
_DRAFT = re.compile(r"^(?:DRAFT|Draft)$")
_DAY_MONTH = re.compile(r",?\s+(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2})\.?")
_RECEIVED = re.compile(r"^(?:Received|RECEIVED|Arrived|ARRIVED(?=:| ON| AT))\b(?P<how>[^\n]*)$")
_LANGUAGE_OF = re.compile(r"^(?:Translated|Translation) from (?:the )?(?P<language>[A-Z][a-z]+)\b")
_LETTERHEAD_TOWN = re.compile(
    r"^(?:(?:AMERICAN|BRITISH|SOVIET|FRENCH|American|British|Soviet|French) )?(?:EMBASSY|Embassy)\b[\w ]*?\s(?P<town>[A-Z][a-z]+)$"
)
_HOUSE_IN_TOWN = re.compile(
    r"(?:THE |The )?(?:(?:[A-Z][\w’-]+ ){0,3}(?:EMBASSY|Embassy|LEGATION|Legation|HIGH COMMISSION|High Commission)(?: (?:OF|of|IN|in)(?: the| THE)?(?: [A-Z][\w’-]+){1,4})?),"
    r" (?P<town>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)\.?"
)
_PROTOCOL = re.compile(
    r"(?:PROTOCOL|Protocol|MINUTES|Minutes)\s(?:NO\.?|No\.?|№|Nr\.?|#)\s?(?P<number>\d[\w/-]*)(?:\s(?:of|OF|from)\b.{3,90})?\.?"
)
_HEAD_OF_STAMP = re.compile(
    r"(?:From\s+)?(?P<place>[A-Z][A-Za-z .-]*[A-Za-z])\s*(?P<numbers>(?:No\.?\s?)?\d[\d ,-]*)?$"
)
_INNER_NUMBER = re.compile(r"(?:No\.?|№|N)\s?\d\.?")


def read_line(
    cover: Cover, text: str, a: int, b: int, places: frozenset[str], awaiting: str
) -> str | None:
    """Read one part of a line into the cover: what the next may go on with, None where no
    reader understands it."""
    words = re.sub(rf"{NOTE_MARK}$", "", text[a:b]).rstrip()
    b = a + len(words)
    if words[:1] in '"“«':
        bare = words.lstrip('"“« ')
        a += len(words) - len(bare)
        words = bare
    line = Line(cover, text, a, b, words, places, awaiting)
    for read in KINDS:
        if (then := read(line)) is not None:
            return then
    return None


def _received(line: Line) -> str | None:
    """ "Received by mail, May 16, 1964", and a second line of it."""
    cover, (a, b) = line.cover, (line.a, line.b)
    begins = _RECEIVED.match(line.words) is not None
    if not begins and line.awaiting != "received":
        return None
    if begins:
        cover.received_how = (line.words, a, b)
    stamp = STAMP.search(line.text, a, b)
    if stamp is not None:
        cover.received = with_rule(stamp_date(stamp), "received-line")
        return ""
    date = next(dates_in(line.text, a, b), None)
    if date is not None:
        cover.received = with_rule(timed(date, line.text, b), "received-line")
        return ""
    if not begins:
        if not re.match(r"(?:in|by|with|via|from)\b", line.words):
            return None
        if (how := cover.received_how) is not None:
            cover.received_how = (line.text[how[1] : b], how[1], b)
    return "received"


def _stamp(line: Line) -> str | None:
    """A telegraph office's stamp, with the place and the numbers before it."""
    cover, text, a = line.cover, line.text, line.a
    stamp = STAMP.search(text, a, line.b)
    if stamp is None:
        return None
    cover.stamps.append(stamp_date(stamp))
    before = text[a : stamp.start()].strip()
    head = _HEAD_OF_STAMP.match(before)
    if head is not None:
        set_place(cover, text, a + before.index(head["place"]), head["place"])
        if head["numbers"]:
            value = re.sub(r"^No\.?\s?", "", head["numbers"]).strip()
            start = text.index(head["numbers"], a)
            _number(line, "telegram", value, start, start + len(head["numbers"].rstrip()))
    return "stamp-numbers"


def _stamp_numbers(line: Line) -> str | None:
    """Numbers of telegrams on the line below a stamp."""
    if line.awaiting != "stamp-numbers" or not re.fullmatch(r"\d{3,}(?:[\s,]+\d{3,})*", line.words):
        return None
    _number(line, "telegram", line.words, line.a, line.b)
    return "stamp-numbers"


def _number(line: Line, kind: str, value: str, start: int, end: int) -> None:
    line.cover.numbers.append(
        Number(kind=kind, value=value, start=start, end=end, rule="header-number")
    )


def _protocol_item(line: Line) -> str | None:
    """ "Item 5 of protocol no. 12"."""
    item = PROTOCOL_ITEM.match(line.words)
    if item is None:
        return None
    value = f"item {item['item']} of protocol {item['protocol']}"
    end = line.a + item.end()
    line.cover.numbers.append(
        Number(kind="document", value=value, start=line.a, end=end, rule="protocol-item")
    )
    return ""


_DECISION = re.compile(r"(?:(?:No\.?|№)\s?)?(?P<value>[PПCСBБ]\s?\d{1,3}/[\w-]{1,8})")


def _decision(line: Line) -> str | None:
    """The number of a body's decision, alone on its line: "P41/7"."""
    found = _DECISION.fullmatch(line.words)
    if found is None:
        return None
    _number(line, "registry", found["value"], line.a + found.start("value"), line.a + found.end())
    return ""


def _protocol(line: Line) -> str | None:
    """The number of minutes, alone on its line or before their body: "Protocol No. 12"."""
    found = _PROTOCOL.fullmatch(line.words)
    if found is None:
        return None
    _number(line, "document", f"protocol {found['number']}", line.a, line.a + found.end("number"))
    return ""


def _our_number(line: Line) -> str | None:
    """ "To our no. 123": the paper that this one is about."""
    our = OUR_NUMBER.match(line.words)
    if our is None:
        return None
    start, end = (line.a + x for x in our.span("value"))
    line.cover.cited.append(
        Number(kind="telegram", value=our["value"], start=start, end=end, rule="to-our-number")
    )
    return ""


_FROM_RECEIVED = re.compile(
    r"^(?:From|FROM)\s+(?P<place>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)[.,]?\s+(?=Received\b|RECEIVED\b)"
)


def _from_received(line: Line) -> str | None:
    """ "From Havana. Received ..."."""
    both = _FROM_RECEIVED.match(line.words)
    if both is None:
        return None
    set_place(line.cover, line.text, line.a + both.start("place"), both["place"])
    return _received(replace(line, a=line.a + both.end(), words=line.words[both.end() :]))


def _from(line: Line) -> str | None:
    """ "From Havana", "From Havana, 5 May 1963", "From Havana, 5 May"."""
    place = _FROM.match(line.words)
    if place is None:
        return None
    house = _FROM_HOUSE.fullmatch(line.words)
    if house is not None and is_town(house["town"], line.places):
        set_place(line.cover, line.text, line.a + house.start("town"), house["town"])
        return ""
    dated = list(dates_in(line.text, line.a + place.end("place"), line.b))
    if place["rest"] is not None and not dated and not _DAY_MONTH.fullmatch(place["rest"]):
        return None
    set_place(line.cover, line.text, line.a + place.start("place"), place["place"])
    line.cover.dates.extend(dated)
    return ""


def _language(line: Line) -> str | None:
    """ "Translated from Spanish"."""
    language = _LANGUAGE_OF.match(line.words)
    if language is None or len(line.words) >= 40:
        return None
    line.cover.original_language = language["language"]
    return ""


def _draft(line: Line) -> str | None:
    if not _DRAFT.match(line.words):
        return None
    line.cover.draft = (line.a, line.b)
    return ""


def _marks(line: Line) -> str | None:
    """Classification, copies, registry numbers, dates."""
    if _INNER_NUMBER.fullmatch(line.words):
        return None  # the first of an inner list
    before = len(line.cover.dates)
    if not read_marks(line.cover, line.text, line.a, line.b):
        return None
    return "dated" if len(line.cover.dates) > before else ""


def _distribution(line: Line) -> str | None:
    """A list of those who got copies."""
    listed = naming_list(line.words)
    if listed is None:
        return None
    words = FOR_WHAT.sub("", line.words)
    named = naming.distribution(words[listed:], line.a + listed, "distribution-list")
    line.cover.copies_to.extend(named)
    return ""


def _embassies(line: Line) -> str | None:
    """Towns whose embassies get a circular telegram."""
    towns = cities(line.words, line.places)
    if line.awaiting == "embassies" and TELEGRAPH_ADDRESS.fullmatch(line.words):
        return ""
    if not towns or not (line.awaiting == "embassies" or is_embassy_line(line.text, line.b)):
        return None
    embassies(line.cover, line.text, line.a, towns)
    if len(towns) == 1 and line.awaiting != "embassies":
        a, b = towns[0]
        line.cover.place_to = line.cover.place_to or town_place(
            line.words[a:b], line.a + a, "telegraph-address"
        )
    return "embassies"


def _town(line: Line) -> str | None:
    """A town alone: the addressee's below his name, else the writer's."""
    cover = line.cover
    if is_town(line.words, line.places):
        if cover.addressees and line.awaiting == "address":
            cover.place_to = cover.place_to or town_place(line.words, line.a, "address-block")
            return "address"
        cover.place = cover.place or town_place(line.words, line.a, "dateline")
        return ""
    if line.awaiting == "dated" and cover.place is None and _below_the_date(line):
        cover.place = town_place(line.words, line.a, "dateline")
        return ""
    if line.awaiting == "address" and cover.place_to is None and _below_a_name(line):
        cover.place_to = town_place(line.words, line.a, "address-block")
        return "address"
    return None


_NO_TOWN = re.compile(
    r"(?:Dear|Esteemed|Draft|Translat\w+|Excerpts?|Extracts?|Copy|Copies|Telegram|Cable|Letter|Note|Memorandum|Report|Attachment|Enclosure"
    r"|Annex|Appendix|Minutes|Protocol|Resolution|Decision|Present|Urgent|Comrades?|To|From|Subject|Re|Pravda|Izvestia|Reception|Conversation|Meeting|Session|Visit|Talks?|Statement|Speech|Record|Information|Reference|Mr|Mrs|Sir|Gentlemen"
    r"|Confidential|Personal|Original|Handwritten|Stamp|Summary|Introduction|Signed|Strictly|Very|Not)\b"
)


def _like_a_town(words: str) -> bool:
    return (
        re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: [A-ZÀ-Þ][a-zà-ÿ]{2,})?", words) is not None
        and _NO_TOWN.match(words) is None
        and not naming.is_office(words)
        and not naming.is_body(words)
        and not naming.is_place(words)
    )


def set_town(cover: Cover, text: str, a: int, b: int) -> None:
    """Take the words `text[a:b]` for the writer's town, where they can be one."""
    if _like_a_town(text[a:b]):
        cover.place = town_place(text[a:b], a, "dateline")


def _below_the_date(line: Line) -> bool:
    """Whether one or two capitalised words alone below a date are the town that it was written in."""
    return (
        _like_a_town(line.words)
        and re.search(
            r"\b(?:diary|journal|DIARY|JOURNAL|from|by|of)\b[^\n]*\n\s*$",
            line.text[max(0, line.a - 120) : line.a],
        )
        is None
    )


def _below_a_name(line: Line) -> bool:
    """Whether one or two capitalised words under an addressee's name are his town."""
    words = line.words
    last = line.cover.addressees[-1] if line.cover.addressees else None
    return (
        last is not None
        and last.kind == "person"
        and re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: [A-ZÀ-Þ][a-zà-ÿ]{2,})?\.?", words) is not None
        and not naming.is_office(words)
        and not naming.is_body(words)
        and re.match(r"(?:Dear|Esteemed|Gentlemen|Sirs?|Please|Copy|Draft)\b", words) is None
    )


def _letterhead(line: Line) -> str | None:
    """ "AMERICAN EMBASSY Oslo": the writer's house."""
    house = _LETTERHEAD_TOWN.match(line.words) or _HOUSE_IN_TOWN.fullmatch(line.words)
    if house is None or not is_town(house["town"], line.places):
        return None
    cover = line.cover
    cover.place = cover.place or town_place(
        house["town"], line.a + house.start("town"), "letterhead"
    )
    return ""


def _address(line: Line) -> str | None:
    """Whom the paper is for, and further lines of that; a label that told it holds."""
    if ADDRESS.match(line.words) and any(
        one.rule == labelled.RULE for one in line.cover.addressees
    ):
        return ""
    where = (line.cover, line.text, line.a, line.b)
    if line.awaiting == "address" and continue_address(*where):
        return "address"
    addressed = (
        EXCELLENCY.match(line.words)
        or ADDRESS.match(line.words)
        or COMRADE.match(line.words)
        or ESQUIRE.search(line.words)
        or is_bare_body(line.words)
    )
    return "address" if addressed and read_address(*where) else None


KINDS: tuple[Callable[[Line], str | None], ...] = (
    _received, labelled.read, _from_received, _stamp, _stamp_numbers, _protocol_item, _decision, _protocol, _our_number, _from, _language, _draft,
    _marks, _distribution, _embassies, _town, _letterhead, _address,
)  # fmt: skip
