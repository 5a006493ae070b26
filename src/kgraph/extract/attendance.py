"""The lines of a participants list: who was present, and which lines name a side only."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import offices
from kgraph.extract import parties as who
from kgraph.model import Party

RULE = "participants"

_LEAD = re.compile(
    r"\s*(?:Also present|Also Present|Present|PRESENT|Participants|PARTICIPANTS)\s*:\s*"
)
_REMARK = re.compile(
    r"\s*\((?P<remark>(?:part|at |for |interpret|who |until|after|left|present|during|notetaker"
    r"|note ?taker|portion)[^)]*)\)\s*$",
    re.IGNORECASE,
)
_ATTENDED = re.compile(
    r"\s*,?\s+(?:(?:was|were)\s+(?:also\s+)?(?:present|in attendance)|attended|also attended"
    r"|joined the)\b.*$"
)
_ABSENT = re.compile(
    r"\b(?:was|were)\s+(?:out of|absent|not present|unable)\b|\bdid not (?:attend|participate)\b"
)
_WITHHELD_GROUP = re.compile(r"\[\d+\s+(?:names|lines?)\b[^\]]*\]\.?$")
_DASH = re.compile(r"\s*[—–]\s*|\s+-\s*|:\s+")
_TITLE = re.compile(
    rf"(?:{offices.HONORIFICS}|{offices.RANKS}|{offices.RULERS})\b\.?\s+(?=[{offices.UPPER}\[])"
)
_OFFICE_ALONE = re.compile(
    r"[Tt]he\s+(?:(?:Acting|Deputy|Vice|Under|Assistant|Prime|Foreign|Attorney|Federal)\s+)*"
    r"(?:President|Secretary|Chancellor|Premier|Minister|Ambassador|Chairman|Chargé|King|General)"
    r"(?:\s+of\s+(?:State|Defense|War|the Treasury|the Navy))?$"
)
_SEVERAL = re.compile(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+")
_MESSRS = re.compile(r"Messrs\b\.?\s+|MM\.\s+|Mesdames\s+")
_ROLE_FIRST = re.compile(
    rf"(?P<role>[^,]+(?:,[^,]+)?),\s+(?P<name>{offices.NAME})$",
)
_OFFICE_BEFORE = re.compile(
    r"(?P<role>(?:[A-Z][\w-]+\s+){1,3})(?P<name>[A-Z][\w.’'-]*\s+(?:[\w.’'-]+\s+)*[A-Z][\w.’'-]+)$"
)
_SIDE = re.compile(
    r"(?:For\s+)?(?:[Tt]he\s+)?(?:United States|United Kingdom|Soviet Union|U\.?S\.?|U\.?K\.?|USSR"
    r"|[A-Z]\w+)\s+(?:[Ss]ide|[Dd]elegation|[Pp]articipants|[Oo]fficials|[Rr]epresentatives"
    r"|[Gg]roup|[Pp]arty)"
)
_NATION = re.compile(
    rf"(?:[Tt]he\s+)?(?:{offices.PEOPLES}|Americans|Germans|Italians|Russians|Soviets|Belgians"
    r"|Norwegians|Austrians|Hungarians|Canadians|Australians|Koreans|Indians|Israelis|Egyptians)"
)
_SIDES = frozenset(
    [
        "US",
        "USA",
        "UK",
        "USSR",
        "UNITEDSTATES",
        "UNITEDKINGDOM",
        "FRANCE",
        "GERMANY",
        "FRG",
        "GDR",
        "UNITEDNATIONS",
        "SOVIETUNION",
    ]
)


def participants(words: str, offset: int) -> list[Party]:
    """The persons that one line of a participants list names.

    Names are those printed, without titles; offices, before the name or behind it, go
    to `role`, a symbol before a dash to `office`. A line that names a side only, or
    says that somebody was away, names nobody.

    >>> [(p.name, p.role) for p in participants("Mr. C. Pineau, French Foreign Minister", 0)]
    [('C. Pineau', 'French Foreign Minister')]
    >>> [p.name for p in participants("Mr. Ambrel, Mr. Costrin, and General Dovell", 0)]
    ['Ambrel', 'Costrin', 'Dovell']
    >>> participants("United States side:", 0)
    []
    """
    lead = _LEAD.match(words)
    begin = lead.end() if lead else 0
    body = words[begin:]
    if not body.strip() or is_side(body) or _ABSENT.search(body):
        return []
    if _WITHHELD_GROUP.match(body.strip()):
        return []
    body = _ATTENDED.sub("", body)
    remark = _REMARK.search(body)
    duty = None
    if remark is not None:
        body = body[: remark.start()]
        if re.match(r"(?i)interpret|note ?taker", remark["remark"]):
            duty = remark["remark"]
    out: list[Party] = []
    at = begin
    for piece in re.split(r"(?<=[^\W\d_]|[)\]])\s*;\s*|(?<=Jr\.)\s*;\s*", body.rstrip(" .;,")):
        at = words.find(piece, at)
        if not _WITHHELD_GROUP.match(piece.strip()):
            out.extend(_piece(piece, offset + at))
        at += len(piece)
    if duty is not None and len(out) == 1 and out[0].role is None:
        out[0] = msgspec.structs.replace(out[0], role=duty)
    return out


def is_side(words: str) -> bool:
    """Whether a line of a list names a side ("United States", "German Side:") and nobody."""
    clean = words.strip()
    if re.match(r"\[(?!\w* ?names? not)", clean) or clean.endswith(":"):
        return True
    if re.match(r"(?i)(?:subject|place|date|time)\b\s*:", clean):
        return True
    if re.sub(r"[.\s]", "", clean).upper().removeprefix("THE") in _SIDES:
        return True
    return bool(_SIDE.fullmatch(clean) or _NATION.fullmatch(clean))


def _piece(piece: str, offset: int) -> list[Party]:
    """The persons of what stands between two semicolons."""
    dash = _DASH.search(piece)
    if dash is not None and not _names(piece[: dash.start()]):
        rest = piece[dash.end() :]
        if _names(rest.split(",")[0]):
            symbol = piece[: dash.start()].strip()
            found = _people(rest, offset + dash.end())
            return [msgspec.structs.replace(party, office=symbol) for party in found]
    return _people(piece, offset)


def _names(words: str) -> bool:
    """Whether the words begin with a title and name, or are a name of two words or more."""
    words = words.strip()
    return bool(_TITLE.match(words)) or (
        len(words.split()) > 1 and not offices.has_body(words) and offices.is_name(words)
    )


def _people(piece: str, offset: int) -> list[Party]:
    several = _each(piece, offset)
    if several:
        return several
    head = re.split(r",|\s*[—–]\s*|\s-\s", piece)[0]
    if re.search(r"\band\b|&", head):
        found = list(who.parties(piece, offset, RULE))
        if found:
            return found
    one = who.party(piece, offset, RULE)
    if one is None:
        return []
    if one.kind != "person":
        one = _office_first(piece, offset) or one
    return [one]


def _each(piece: str, offset: int) -> list[Party]:
    """The persons of an enumeration in which every member is one by its own words."""
    messrs = _MESSRS.match(piece)
    begin = messrs.end() if messrs else 0
    cuts = [begin]
    for join in _SEVERAL.finditer(piece, begin):
        cuts.extend((join.start(), join.end()))
    cuts.append(len(piece))
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    if len(spans) < 2:
        return []
    out: list[Party] = []
    for start, end in spans:
        words = piece[start:end]
        titled = _TITLE.match(words)
        alone = _OFFICE_ALONE.match(words)
        if messrs is None and titled is None and alone is None:
            return []
        if messrs is not None and not offices.is_name(words) and titled is None:
            return []
        rest = words[titled.end() :] if titled is not None and not alone else ""
        if offices.has_office(rest) or offices.has_body(rest):
            return []  # "Counselor, French Embassy" is an office
        one = who.party(words, offset + start, RULE)
        if one is None:
            return []
        out.append(msgspec.structs.replace(one, kind="person") if messrs else one)
    return out


def _office_first(piece: str, offset: int) -> Party | None:
    """ "Assistant Director for Harbors, J. Trevanion": the name behind its office."""
    for pattern in (_ROLE_FIRST, _OFFICE_BEFORE):
        found = pattern.match(piece)
        if found is None:
            continue
        name = found["name"]
        if len(name.split()) > 1 and offices.is_name(name) and not offices.has_body(name):
            office = found["role"].strip()
            if offices.has_office(office) and (
                pattern is _ROLE_FIRST or offices.has_office(office.split()[-1])
            ):
                return Party(
                    name=" ".join(name.split()), role=office, kind="person", rule=RULE,
                    start=offset + found.start("name"), end=offset + found.end("name"),
                )  # fmt: skip
    return None
