"""Lines above a text that a label opens, and references that stand alone on a line.

"Issued to: Embassy in India", "CC: Second Department", "Subject: Rice", "FROM: Embassy in Bern",
"Our ref: 4/12", "DEM/DAE/103/664", "Harbour Road, Bombay-1", "From PEKING To Moscow".
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import naming
from kgraph.extract.covers.address import TELEGRAPH_ADDRESS, embassies, read_address
from kgraph.extract.covers.lines import Line, is_town, set_place, town_place
from kgraph.extract.covers.marks import HANDLING, PRECEDENCE, read_marks
from kgraph.model import Number, Party

RULE = "labelled-line"
_TO = re.compile(
    r"(?:Issued to|Addressees?|Recipients?|Receivers?|ISSUED TO|ADDRESSEES?|RECIPIENTS?)\s*:\s*(?P<who>\S.*)$"
)
_TO_ALONE = re.compile(
    r"(?:\[?To\]?|TO)\s*:\s*(?P<who>[A-ZÀ-Þ][^,:;]{2,60})(?:,\s+(?P<marks>[A-Z][A-Za-z ]+))?$"
)
_FROM = re.compile(
    r"(?:From|FROM|Issuing (?:unit|Unit)|Issued by|Sender|SENDER)\s*:\s*(?:[Tt]he\s+)?(?P<who>[A-ZÀ-Þ]\S.*)$"
)
_COPIES = re.compile(
    r"(?:CC|Cc|cc|C\.c\.|c\.c\.|Copies(?:\s+(?:to|sent to))?|COPIES(?:\s+TO)?|Copy(?:\s+to)?|COPY TO|Info|For information|Distribution(?:\s+list)?|DISTRIBUTION)\s*:\s*(?P<who>[A-ZÀ-Þ].*)$"
)
_COPIED_TO = re.compile(
    r"(?P<to>\[?(?:To|TO)\]?:?\s+[^,:]{3,80}),\s+(?:and\s+)?cop(?:y|ied|ies)(?:\s+sent)?\s+to\s+(?:the\s+)?(?P<who>[A-ZÀ-Þ][^:]{3,160}?)[:.]?$"
)
_SUBJECT = re.compile(
    r"(?:Subject|SUBJECT|Re|RE|Topic|TOPIC|Regarding|REGARDING|Subj|Concerning|Theme|Object|OBJECT)\s*:\s*(?P<what>\S.{2,200})$"
)
_LEVEL = re.compile(
    r"(?:Level|LEVEL|Classification|CLASSIFICATION|Grade|Urgency|Category)\s*:\s*(?P<marks>\S.*)$"
)
_REFERENCE = re.compile(  # "Our ref: 4/12", "DEM/DAE/103/664", "HS 11/4/2"
    r"(?:(?:(?:Our|OUR)\s+)?(?:[Rr]ef(?:erence)?|REF|File|FILE)(?:erence)?\.?(?:\s+(?:[Nn]o|NO)\.?)?\s*[:.]?\s*(?P<told>(?=[\w/().-]*\d)[\w(][\w/().-]+(?:\s[\w/().-]+)?)"
    r"|(?P<alone>(?!N[or]\b)(?=[^\d]*\d)(?:[A-Z]{1,6}[ /.])*(?:[\w().]+(?:\. [\w().]+)*/){2,}[\w().-]+))"
)
_YOURS = re.compile(r"(?:Your|YOUR)\s+(?:[Rr]ef|REF)")
_STREET = re.compile(
    r"(?:[^,]*\b(?:Road|Street|Avenue|Boulevard|Square|Bag|Box|Lane|Place|Marg|Road|Straße|strasse|P\.O\.)\b[^,]*|\d+[A-Z]?,?\s[^,]*),\s+(?P<town>[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?)(?:[-,\s]{1,2}(?:\d+|D\.?C\.?|[A-Z]{1,2}\d{1,2}[A-Z]?))*\.?"
    r"|(?P<coded>[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?),?\s(?:D\.?C\.?(?:\s\d{5})?|[A-Z]{1,2}\d{1,2}[A-Z]?(?:\s\d[A-Z]{2})?)"
)
_TOWN_TO_TOWN = re.compile(
    r"(?:From|FROM):?\s+(?P<from>[A-ZÀ-Þ][\w’' -]+?),?\s+(?:to|To|TO):?\s+(?P<to>[A-ZÀ-Þ][\w’' -]+)"
)
_WIRE_ADDRESS = re.compile(
    r"(?:DIPLOMATIE|FOREIGN|PRODROME|SECSTATE|FOREIGN OFFICE|EXTERNAL)\s+(?P<town>[A-ZÀ-Þ]{4,}(?: [A-ZÀ-Þ]+)?)"
)
"""The telegraphic address of a foreign ministry: "DIPLOMATIE PARIS"."""
_FROM_TOWN = re.compile(
    r"(?:[Cc]iphered |[Cc]oded |CIPHERED |CODED )?(?:Telegram|Cable|TELEGRAM|CABLE)\s+(?:from|FROM)\s+(?P<town>[A-ZÀ-Þ][\w’' -]+?)(?=,|\.|$)(?P<rest>.*)$"
)


def read(line: Line) -> str | None:
    """What a labelled line tells, put into the cover; None where the line is none."""
    for one in (_copies, _addressed, _level, _subject, _towns, _sender, _reference, _street):
        if (then := one(line)) is not None:
            return then
    return None


def listed(words: str, at: int) -> list[Party]:
    """The members of a list of receivers, notes in brackets left out."""
    bare = re.sub(
        r"\s*[\[(](?:\d+|\w+ cop(?:y|ies)|\d+ cop(?:y|ies))[\])]", lambda m: " " * len(m[0]), words
    )
    named = naming.distribution(bare.rstrip(" ."), at, "distribution-list")
    return [msgspec.structs.replace(one, name=one.name.strip()) for one in named]


def _copies(line: Line) -> str | None:
    found = _COPIES.match(line.words)
    if found is None:
        return None
    line.cover.copies_to.extend(listed(found["who"], line.a + found.start("who")))
    return ""


def _addressed(line: Line) -> str | None:
    also = _COPIED_TO.match(line.words)
    if also is not None:
        line.cover.copies_to.extend(listed(also["who"], line.a + also.start("who")))
        return (
            "address"
            if read_address(line.cover, line.text, line.a, line.a + also.end("to"))
            else ""
        )
    found = _TO.match(line.words)
    if found is not None:
        at = line.a + found.start("who")
        sent = naming.distribution(found["who"].rstrip(" ."), at, RULE)
        line.cover.addressees[:] = [msgspec.structs.replace(one, rule=RULE) for one in sent]
        return ""
    found = _TO_ALONE.match(line.words)
    if found is None:
        return None
    marks = found["marks"]
    at = line.a + found.start("who")
    one = naming.party(found["who"], at, RULE)
    if marks is not None and one is not None and is_town(marks, line.places):
        line.cover.place_to = line.cover.place_to or town_place(
            marks, line.a + found.start("marks"), RULE
        )
        line.cover.addressees.append(one)  # "TO: Secretary for Home Affairs, Pretoria"
        return "address"
    if marks is None and is_town(found["who"], line.places):
        line.cover.place_to = line.cover.place_to or town_place(found["who"], at, RULE)
        return ""
    if marks is None or not (HANDLING.fullmatch(marks) or PRECEDENCE.fullmatch(marks)):
        return None
    read_marks(line.cover, line.text, line.a + found.start("marks"), line.b)
    if one is not None:
        line.cover.addressees.append(one)
    return "address"


def _sender(line: Line) -> str | None:
    found = _FROM.match(line.words)
    if found is None:
        return None
    if is_town(found["who"], line.places) and line.cover.place is None:
        line.cover.place = town_place(found["who"], line.a + found.start("who"), RULE)
        return ""
    sent = naming.parties(found["who"].rstrip(" ."), line.a + found.start("who"), RULE)
    if not sent or any(one.kind == "unknown" or naming.is_place(one.name) for one in sent):
        return None
    if is_town(found["who"], line.places) or re.search(r"\d{4}", found["who"]):
        return None
    line.cover.senders.extend(sent)
    town = sent[-1].place
    if town is not None and line.cover.place is None:
        at = line.text.rindex(town, line.a, line.b)
        line.cover.place = town_place(town, at, RULE)
    return ""


def _subject(line: Line) -> str | None:
    found = _SUBJECT.match(line.words)
    if found is None or re.match(
        r"(?:[Pp]oint|[Ii]tem|[Yy]our|[Oo]ur|[Mm]y|No\b|№)", found["what"]
    ):
        return None
    if line.cover.subject is None:
        line.cover.subject = (
            " ".join(found["what"].split()).rstrip("."), line.a + found.start("what"), line.b,
        )  # fmt: skip
    return ""


def _level(line: Line) -> str | None:
    found = _LEVEL.match(line.words)
    if found is None or not read_marks(
        line.cover, line.text, line.a + found.start("marks"), line.b
    ):
        return None
    return ""


def _towns(line: Line) -> str | None:
    """ "From PEKING To Moscow", "Telegram from Pyongyang, 27 August 1984, No. 172"."""
    cover = line.cover
    both = _TOWN_TO_TOWN.fullmatch(line.words)
    if both is not None and all(is_town(both[side], line.places) for side in ("from", "to")):
        set_place(cover, line.text, line.a + both.start("from"), both["from"])
        at = line.a + both.start("to")
        cover.place_to = cover.place_to or town_place(both["to"], at, "dateline")
        return ""
    wire = _WIRE_ADDRESS.fullmatch(line.words)
    if wire is not None and is_town(wire["town"], line.places):
        at = line.a + wire.start("town")
        cover.place_to = cover.place_to or town_place(wire["town"], at, "telegraph-address")
        return ""
    if is_town(line.words, line.places) and not line.words.isupper():
        below = line.text[line.b : line.b + 80].lstrip().split("\n")[0].rstrip()
        if TELEGRAPH_ADDRESS.fullmatch(below):  # "Bern / Soviet Ambassador"
            embassies(cover, line.text, line.a, [(0, len(line.words))])
            cover.place_to = cover.place_to or town_place(line.words, line.a, "telegraph-address")
            return "embassies"
    there = _FROM_TOWN.match(line.words)
    if there is None or not is_town(there["town"], line.places):
        return None
    rest = (line.a + there.start("rest"), line.b)
    before = len(cover.numbers)
    if there["rest"].strip(" ,.") and not read_marks(cover, line.text, *rest):
        return None
    for at in range(before, len(cover.numbers)):
        if cover.numbers[at].kind == "registry":
            cover.numbers[at] = msgspec.structs.replace(cover.numbers[at], kind="telegram")
    set_place(cover, line.text, line.a + there.start("town"), there["town"])
    return ""


def _reference(line: Line) -> str | None:
    if _YOURS.match(line.words):
        return ""
    found = _REFERENCE.fullmatch(line.words)
    if found is None:
        return None
    group = "told" if found["told"] else "alone"
    start, end = (line.a + at for at in found.span(group))
    line.cover.numbers.append(
        Number(kind="registry", value=found[group], start=start, end=end, rule="header-number")
    )
    return ""


def _street(line: Line) -> str | None:
    """The writer's street and town in a letterhead; an addressee's below his name."""
    found = _STREET.fullmatch(line.words)
    part = "town" if found is not None and found["town"] else "coded"
    if found is None or not is_town(found[part], line.places):
        return None
    at = line.a + found.start(part)
    cover = line.cover
    if cover.addressees and line.awaiting == "address":
        cover.place_to = cover.place_to or town_place(found[part], at, "address-block")
        return "address"
    cover.place = cover.place or town_place(found[part], at, "letterhead")
    return ""
