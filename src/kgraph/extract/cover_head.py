"""The lines above a text, down to the salutation."""

from __future__ import annotations

import re

from kgraph.extract import naming
from kgraph.extract.cover_address import (
    ADDRESS,
    COMRADE,
    EXCELLENCY,
    TELEGRAPH_ADDRESS,
    cities,
    continue_address,
    embassies,
    is_bare_body,
    is_embassy_line,
    naming_list,
    read_address,
)
from kgraph.extract.cover_lines import (
    GAP,
    STAMP,
    Cover,
    dates_in,
    is_town,
    pieces,
    set_place,
    stamp_date,
    town_place,
    with_rule,
)
from kgraph.extract.cover_marks import OUR_NUMBER, PROTOCOL_ITEM, read_marks
from kgraph.model import Number

_FROM = re.compile(
    r"^(?:From|FROM)\s+(?P<place>[A-Z][^\W\d][^\W\d .'-]*(?:[ .'-]+[^\W\d]+){0,4}?)(?P<rest>,?\s+[\dA-Z].*\d.*)?$"
)
_SALUTATION = re.compile(
    r"^[\"“]?\s*(?P<words>(?:My )?(?:Dear|DEAR|Esteemed|Respected|Honou?red)\b[^\n]{2,90}?|(?:Your )?(?:Excellency|Excellencies)"
    r"|Gentlemen|Sirs?|Comrade [A-Z]\w+)\s*[*]?\s*[,:!]\s*[*]?(?=\s|$)"
)
NOTE_MARK = r"[*†‡ᵃ-ᵿ⁰-⁹¹²³]+"
_DRAFT = re.compile(r"^(?:DRAFT|Draft)$")
_RECEIVED = re.compile(r"^(?:Received|RECEIVED)\b(?P<how>[^\n]*)$")
_LANGUAGE_OF = re.compile(r"^(?:Translated|Translation) from (?:the )?(?P<language>[A-Z][a-z]+)\b")
_STOPS = re.compile(r"^(?:Attachment|Appendix|Enclosure)s?\s*:")
_LETTERHEAD_TOWN = re.compile(
    r"^(?:(?:AMERICAN|BRITISH|SOVIET|FRENCH|American|British|Soviet|French) )?(?:EMBASSY|Embassy)\b[\w ]*?\s(?P<town>[A-Z][a-z]+)$"
)


def read_head(cover: Cover, text: str, spans: list[tuple[int, int]], places: frozenset[str]) -> int:
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
        if b - a > 160 and naming_list(line) is None and len(GAP.sub(" ", line)) > 160:
            break
        if line[0] in '"“«' and index and not quoted:
            break
        parts = [(a + x, a + y) for x, y in pieces(line)]
        understood = False
        for x, y in parts:
            step, awaiting = _piece(cover, text, x, y, places, awaiting)
            understood = understood or step
        if understood:
            cover.unknown.extend(pending)
            pending = []
        else:
            if (
                b - a > 90
                or (line.endswith((".", "?")) and len(line.split()) > 4)
                or len(pending) >= 8
            ):
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


def _below_a_name(cover: Cover, words: str) -> bool:
    """Whether one or two capitalised words under an addressee's name are his town."""
    last = cover.addressees[-1] if cover.addressees else None
    return (
        last is not None
        and last.kind == "person"
        and re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: [A-ZÀ-Þ][a-zà-ÿ]{2,})?\.?", words) is not None
        and not naming.is_office(words)
        and not naming.is_body(words)
        and re.match(r"(?:Dear|Esteemed|Gentlemen|Sirs?|Please|Copy|Draft)\b", words) is None
    )


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
    words = re.sub(rf"{NOTE_MARK}$", "", text[a:b]).rstrip()
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
            cover.received = with_rule(date, "received-line")
            return True, None
        return True, "received"
    if awaiting == "received":
        date = next(dates_in(text, a, b), None)
        if date is not None:
            cover.received = with_rule(date, "received-line")
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
            set_place(cover, text, a + before.index(head["place"]), head["place"])
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
    if (item := PROTOCOL_ITEM.match(words)) is not None:
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
    if (our := OUR_NUMBER.match(words)) is not None:
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
        dated = list(dates_in(text, a + place.end("place"), b))
        if place["rest"] is None or dated:
            set_place(cover, text, a + place.start("place"), place["place"])
            cover.dates.extend(dated)
            return True, None
    if (language := _LANGUAGE_OF.match(words)) is not None and len(words) < 40:
        cover.original_language = language["language"]
        return True, None
    if _DRAFT.match(words):
        cover.draft = (a, b)
        return True, None
    if re.fullmatch(r"(?:No\.?|№|N)\s?\d{1,2}\.?", words):
        return False, None  # the first of an inner list, not a registry number
    if read_marks(cover, text, a, b):
        return True, None
    listed = naming_list(words)
    if listed is not None:
        for one in naming.distribution(words[listed:], a + listed, "distribution-list"):
            cover.copies_to.append(one)
        return True, None
    towns = cities(words, places)
    if towns and is_embassy_line(text, b):
        embassies(cover, text, a, towns)
        return True, "embassies"
    if awaiting == "embassies":
        if TELEGRAPH_ADDRESS.fullmatch(words):
            return True, None
        if towns:
            embassies(cover, text, a, towns)
            return True, "embassies"
    if is_town(words, places):
        if cover.addressees and awaiting == "address":
            cover.place_to = cover.place_to or town_place(words, a, "address-block")
            return True, "address"
        if cover.place is None:
            cover.place = town_place(words, a, "dateline")
        return True, None
    if awaiting == "address" and cover.place_to is None and _below_a_name(cover, words):
        cover.place_to = town_place(words, a, "address-block")
        return True, "address"
    letterhead = _LETTERHEAD_TOWN.match(words)
    if letterhead is not None and is_town(letterhead["town"], places):
        if cover.place is None:
            cover.place = town_place(letterhead["town"], a + letterhead.start("town"), "letterhead")
        return True, None
    if awaiting == "address" and continue_address(cover, text, a, b):
        return True, "address"
    addressed = (
        EXCELLENCY.match(words)
        or ADDRESS.match(words)
        or COMRADE.match(words)
        or is_bare_body(words)
    )
    if addressed and read_address(cover, text, a, b):
        return True, "address"
    return False, None
