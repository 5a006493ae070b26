"""The lines of a participants list: who was present, and which lines name a side only."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from kgraph.extract import gazetteer, offices
from kgraph.extract.headings import parties as who
from kgraph.extract.headings.joint_parties import shifted
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
_CHAIR = re.compile(r"\s*\((?:presiding|in the chair)\)")
_ATTENDED = re.compile(
    r"\s*,?\s+(?:(?:was|were)\s+(?:also\s+)?(?:present|in attendance)|attended|also attended"
    r"|joined the)\b.*$"
)
_FOR_ITEMS = re.compile(
    r"\s+(?:was|were)\s+(?:also\s+)?present\s+(?:for|during|throughout|at)\s+[^.]{3,60}\.?$"
)
_ABSENT = re.compile(
    r"\b(?:was|were)\s+(?:out of|absent|not present|unable)\b|\bdid not (?:attend|participate)\b"
)
_WITHHELD_GROUP = re.compile(r"\[\d+\s+(?:names|lines?)\b[^\]]*\]\.?$")
_DASH = re.compile(r"\s*[—–]\s*|\s+-\s*|:\s+")
_TITLE = re.compile(
    rf"(?:{offices.HONORIFICS}|{offices.RANKS}|{offices.RULERS})\b\.?\s+(?=(?:de|van|von)?[{offices.UPPER}\[]|{offices.PARTICLE}\s+[{offices.UPPER}])"
)
_OFFICE_ALONE = re.compile(
    r"[Tt]he\s+(?:(?:Acting|Deputy|Vice|Under|Assistant|Prime|Foreign|Attorney|Federal)\s+)*"
    r"(?:President|Secretary|Chancellor|Premier|Minister|Ambassador|Chairman|Chargé|King|General)"
    r"(?:\s+of\s+(?:State|Defense|War|the Treasury|the Navy))?$"
)
_SEVERAL = re.compile(r",\s+and\s+|,\s+|(?<! E)\s+and\s+|\s+&\s+")  # "Ambassador E and P"
_SUPPLIED = re.compile(rf"\[(?={_TITLE.pattern}[^\]]*\]$)")  # "[Mr. Osgood—Danish Delegation]"
_BEHIND = re.compile(r"\s*[—–]\s*|\s-\s")  # what parts an enumeration from its delegation
_BODY_BEFORE = re.compile(  # "Danish Legation Mr. Osgood"
    rf"(?P<body>[^,]{{6,50}}?)\s+(?=(?:{offices.HONORIFICS})\b\.?\s+[{offices.UPPER}])"
)
_APPOSED = re.compile(
    rf"The\s+(?P<office>[^,;()]{{4,60}}),\s+(?P<name>(?:{offices.HONORIFICS})\b\.?\s+(?:{offices.NAME}))$"
)
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
_AGENCIES = re.compile(  # that head a list of their people
    r"State|Defense|War|Navy|Treasury|White House|(?:The )?Joint Chiefs(?: of Staff)?|JCS|CIA|NSC|NSC Staff|OSD|OMB|ACDA|USIA|AID|Justice|Commerce|Agriculture|Energy|Interior|Labor|DOD|DCI|OSTP|USUN|FBI"
)
_GROUP = re.compile(
    r"(?:Combined |Joint |The )?(?:Secretariat|Staff|Interpreters|[Nn]ote ?[Tt]akers?|Observers|Advis[eo]rs|Secretaries|Delegates|Delegations?|Guests|Others)"
    r"|Secretary|Interpreter|British Empire|America, United States of"
)
_MESSRS_ALL = re.compile(r"Messe?rs?\.(?:\s(?:and\s)?[A-ZÀ-Þ][\w.’'-]*,?)+(?:\s\([^()]*\))?\.?")
_SHORTENED = re.compile(r"(?:\bet al|\b[A-Z](?:\.[A-Z])+)\.$")
_SMALL = re.compile(
    r"\b(?!(?:of|the|and|for|to|in|at|on|de|la|du|des|del|di|von|van)\b)[a-z]{2,}\b"
)
_HONOURS = re.compile(r"(?:[A-Z]\.\s?){1,4}(?:[A-Z]\.?)?")  # "M. P.", "G. C. M. G."
_FRENCH = re.compile(rf"M\.\s+(?=(?:[{offices.UPPER}]\.\s?){{2,3}}[{offices.UPPER}][a-z])")
"""What stands before initials at the head of a line: "M. V. E. Orlin", a Monsieur."""
_SPOKEN = re.compile(
    r"^[^:,;]{2,40}:\s(?:\S+\s){0,3}?(?:[a-z]{2,}\s){2}(?!of\b)"
)  # "Mr. Pell: I am glad that"
_COLUMN = rf"(?:U\.\s?S\.(?:\s?A\.)?|U\.\s?K\.|U\.\s?S\.\s?S\.\s?R\.|US|UK|USSR|United States|United Kingdom|Soviet Union|France|Great Britain|British Empire|Italy|Japan|Germany|China|Canada|{offices.PEOPLES})"
_HEADS_OF_COLUMNS = re.compile(rf"{_COLUMN}(?:\s+{_COLUMN})+")
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
    """The persons that one item of a participants list names, line by line where each
    line names somebody.

    Names are those printed, without titles; offices, before the name or behind it, go
    to `role`, a symbol before a dash to `office`. A line that names a side only, or
    says that somebody was away, names nobody.

    >>> [(p.name, p.role) for p in participants("Mr. C. Pineau, French Foreign Minister", 0)]
    [('C. Pineau', 'French Foreign Minister')]
    >>> [p.name for p in participants("Mr. Ambrel, Mr. Costrin, and General Dovell", 0)]
    ['Ambrel', 'Costrin', 'Dovell']
    >>> [p.name for p in participants("State—Paul Ambrel\\nJohn Costrin", 0)]
    ['Paul Ambrel', 'John Costrin']
    >>> participants("United States side:", 0)
    []
    """
    return list(shifted(_participants(words), offset))


def unnoted(words: str) -> str:
    """An item with blanks for the notes that stand in it at names, without a blank before them.

    >>> unnoted("Mr. OrdeJ. W. Orde, Adviser, Danish Delegation.–Danish Delegation").split()
    ['Mr.', 'Orde', '–Danish', 'Delegation']
    """
    if "." not in words or not _GLUED_AT.search(words):
        return words
    return _GLUED.sub(lambda m: " " * len(m[0]), words)


@lru_cache(maxsize=4096)
def _participants(words: str) -> tuple[Party, ...]:
    words = unnoted(words)
    lines = list(_LINE.finditer(words)) if "\n" in words or _RUN_ON.search(words) else []
    if len(lines) > 1 and _line_by_line([m[0] for m in lines]):
        return tuple(one for m in lines for one in _item(m[0], m.start()))
    columns = _by_agency(words) or _columns(words)
    if columns:
        return tuple(one for a, b in columns for one in _item(words[a:b], a))
    return tuple(_item(words, 0))


def _columns(words: str) -> list[tuple[int, int]]:
    """The members of a row whose columns ran together: each a title and a name, and nothing else."""
    if not _TITLE.match(words) or re.search(r"[,;:()\n—]|\band\b|&", words):
        return []
    cuts: list[int] = []
    reached = 0
    for found in _TITLE.finditer(words):
        initial = found[0].startswith("M.")  # a given name's more often than a title
        if not cuts or (found.start() > reached and not initial):
            cuts.append(found.start())
        reached = found.end()
    spans = list(zip(cuts, [*cuts[1:], len(words)], strict=True))
    pieces = [words[a:b].strip() for a, b in spans]
    if len(spans) < 2 or any(_TITLE.fullmatch(one + " ") for one in pieces):
        return []
    members = [_item(one, 0) for one in pieces]
    alike = all(len(one) == 1 and one[0].kind == "person" for one in members)
    return spans if alike else []


_AGENCY_AMID = re.compile(
    rf"(?:^|(?<=\s))(?:{_AGENCIES.pattern})(?=\s+(?:[{offices.UPPER}]\.\s|(?:{offices.RANKS})\.?\s|[{offices.UPPER}][\w’'-]+\s)|$)"
)
_FULL_NAME = re.compile(
    rf"(?:(?:{offices.RANKS})\.?\s+)?(?:[{offices.UPPER}]\.\s?)*[{offices.UPPER}][\w’'-]+\s(?:[{offices.UPPER}]\.\s?)*[{offices.UPPER}][\w’'-]+(?:,?\sJr\.)?(?:\s+|$)"
)


def _by_agency(words: str) -> list[tuple[int, int]]:
    """The members of two columns that ran together, parted by those whose people they are:
    "State Anna C. Berg Paul Orlin Treasury John Kast"."""
    if re.search(r"[,;:()\n—–]|\band\b|&", words):
        return []
    cuts = [m.span() for m in _AGENCY_AMID.finditer(words)]
    out: list[tuple[int, int]] = []
    at = 0
    for a, b in [*cuts, (len(words), len(words))] if cuts else []:
        chair = _CHAIRMAN.match(words, at, a)
        start = chair.end() if chair else at
        while start < a and words[start].isspace():
            start += 1
        while start < a:
            name = _FULL_NAME.match(words, start, a)
            if name is None or offices.no_name(name[0]):
                return []
            out.append((start, start + len(name[0].rstrip())))
            start = name.end()
        at = b
    return out


_CHAIRMAN = re.compile(r"\s*Chairman\s+")
_RUN_ON = re.compile(  # "Marshall GreerRichard Helm": lines that ran together
    r"(?<=[a-z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bVan)(?<!\bVon)(?<!\bDu)(?<!\bDi)(?<!\bFitz)(?<!\bEl)(?=[A-Z][a-z]+\.?\s+[A-Z])"
)
_GLUED_AT = re.compile(
    _RUN_ON.pattern.partition("(?=[A-Z][a-z]")[0].replace("[a-z]", "[a-z,;)]") + r"(?=[A-Z])"
)
_GLUED = re.compile(
    _GLUED_AT.pattern
    + r"(?:[^.\n–—]|(?<=[A-Z])\.|(?<=Mr)\.|(?<=Messrs)\.|(?<=Dr)\.|(?<=Jr)\.){12,260}?(?<![A-Z])(?<!Mr)(?<!Dr)(?<!Jr)\.(?=$|[\s;,)–—])"
)
_LINE = re.compile(rf"[^\n]+?(?:(?=\n)|$|{_RUN_ON.pattern})")


def _line_by_line(lines: list[str]) -> bool:
    """Whether each line of an item is a person or a side, and none goes on in the next."""
    named = 0
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if is_side(line):
            continue
        if line.rstrip().endswith((",", "(", "—", " of", " for", " the", " and", " to")):
            return False
        if after and (not after[0].isupper() or after.startswith("(")):
            return False
        found = _item(line, 0)
        if not found or any(one.kind not in ("person", "office") for one in found):
            return False
        if any(one.kind == "office" and not _OFFICE_ALONE.match(line) for one in found):
            return False  # "Deputy Chief of Mission" below a name
        named += 1
    return named > 1 or (named == 1 and len(lines) == 2 and is_side(lines[0]))


def _item(words: str, offset: int) -> list[Party]:
    lead = _LEAD.match(words)
    begin = lead.end() if lead else 0
    body = words[begin:]
    supplied = _SUPPLIED.match(body)
    if not body.strip() or (is_side(body) and supplied is None) or _ABSENT.search(body):
        return []
    if _WITHHELD_GROUP.match(body.strip()):
        return []
    if (monsieur := _FRENCH.match(body)) is not None:
        begin += monsieur.end()
        body = body[monsieur.end() :]
    body = _CHAIR.sub(lambda m: " " * len(m[0]), _ATTENDED.sub("", body))
    if supplied is not None:
        begin += 1
        body = body[1:-1]
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


_OTHERS = re.compile(r"(?i)(?:also|others?) present\s?[:.]?")
_BRACKETED = re.compile(r"\[(?!\w* ?names? not)")
_LABELLED = re.compile(r"(?i)(?:subject|place|date|time)\b\s*:")
_DOTS = re.compile(r"[.\s]")


def is_side(words: str) -> bool:
    """Whether a line of a list names a side ("United States", "German Side:") and nobody."""
    clean = words.strip()
    if _OTHERS.fullmatch(clean):
        return True
    if clean.endswith(("—", "–")):
        clean = clean.rstrip("—– ")
    if clean.startswith("America, United States of") and "\n" not in clean:
        return True
    if _BRACKETED.match(clean) or clean.endswith(":"):
        return True
    if _LABELLED.match(clean):
        return True
    if _DOTS.sub("", clean).upper().removeprefix("THE") in _SIDES:
        return True
    if _HEADS_OF_COLUMNS.fullmatch(clean):
        return True
    return bool(
        _SIDE.fullmatch(clean)
        or _NATION.fullmatch(clean)
        or _GROUP.fullmatch(clean.rstrip("."))
        or _AGENCIES.fullmatch(clean)
        or gazetteer.is_country(f"the {clean[4:]}" if clean.startswith("The ") else clean)
        or (clean.startswith("Government of ") and gazetteer.is_country(clean[14:]))
    )


_CAPITAL_HEADING = re.compile(
    r"(?:[IVX]+\.\s*)?(?:SUMMARY|DISCUSSION|CONCLUSIONS?|AGENDA|DECISIONS?|BACKGROUND|MINUTES|SUBJECTS?|COMMENTS?|ACTIONS?)\b"
)


_DOCUMENT_MARK = re.compile(r"[A-Z][A-Za-z]+(?:/[A-Z]+)+/\d+")  # "SecDel/MC/56"


def reads_as_one(block: str) -> bool:
    """Whether a paragraph can be a line of a list of those present."""
    block = " ".join(unnoted(block).split()) or block
    if _MESSRS_ALL.fullmatch(block) or (len(block) < 100 and _ABSENT.search(block)):
        return True
    if len(block) > 140 or _SPOKEN.match(block):
        return False
    block = _FOR_ITEMS.sub("", block)
    sentence = block.endswith(".") and not _SHORTENED.search(block)
    if sentence and len(_SMALL.findall(block)) > 1:
        return False
    if _CAPITAL_HEADING.match(block) or _DOCUMENT_MARK.fullmatch(block):
        return False
    if re.search(r"(?<!Mes)[a-z]{3}\.\s+[A-Z][a-z]+ [a-z]+", block) or re.match(
        r"\d+[.)]\s", block
    ):
        return False
    if re.search(
        r"\b(?:was|were|said|asked|stated|opened|began|had|is|are|has|have|would|called|thanked|expressed|replied|noted|recalled|reported|explained|remarked|observed|began by)\b",
        block,
    ):
        return False
    return block[0].isupper() or block[0] in "[("


def _piece(piece: str, offset: int) -> list[Party]:
    """The persons of what stands between two semicolons."""
    dash = _DASH.search(piece)
    if dash is not None and (
        not _names(piece[: dash.start()])
        or (_TITLE.match(piece, dash.end()) and not _TITLE.match(piece))
    ):
        rest = piece[dash.end() :]
        held = offices.has_office(piece[: dash.start()]) and re.fullmatch(
            rf"[{offices.UPPER}][\w’'-]+", rest.strip()
        )  # "The Secretary of State—Orde"
        if held and not offices.no_name(rest) and not offices.has_body(rest):
            one = who.party(rest, offset + dash.end(), RULE)
            if one is not None:
                return [
                    msgspec.structs.replace(one, kind="person", role=piece[: dash.start()].strip())
                ]
        if _names(rest.split(",")[0]):
            symbol = piece[: dash.start()].strip()
            found = _each_named(rest, offset + dash.end()) or _people(rest, offset + dash.end())
            return [msgspec.structs.replace(party, office=symbol) for party in found]
    lodged = _BODY_BEFORE.match(piece)
    if lodged is not None and offices.has_body(lodged["body"]):
        found = _people(piece[lodged.end() :], offset + lodged.end())
        return [msgspec.structs.replace(party, office=lodged["body"]) for party in found]
    return _people(piece, offset)


def _each_named(words: str, offset: int) -> list[Party]:
    """The persons of "Anna Berg, John Orlin", each with a given name and nothing beside."""
    out: list[Party] = []
    at = 0
    for name in words.split(", "):
        apart = not any(word in offices.COMPLEMENTS for word in name.split())
        if len(name.split()) < 2 or not apart or not _names(name) or _TITLE.match(name):
            return []
        out += _people(name, offset + at)
        at += len(name) + 2
    return out if len(out) > 1 else []


def _names(words: str) -> bool:
    """Whether the words begin with a title and name, or are a name of two words or more."""
    words = words.strip()
    return bool(_TITLE.match(words)) or (
        len(words.split()) > 1 and not offices.has_body(words) and offices.is_name(words)
    )


_COMMA = re.compile(r",|\s*[—–]\s*|\s-\s")
_AND = re.compile(r"\band\b|&")


def _people(piece: str, offset: int) -> list[Party]:
    apposed = _APPOSED.match(piece)  # "The Danish Minister, Mr. Osgood"
    if apposed is not None and offices.has_office(apposed["office"]):
        found = _people(apposed["name"], offset + apposed.start("name"))
        return [
            msgspec.structs.replace(one, role=_joined(one.role, apposed["office"])) for one in found
        ]
    several = _each(piece, offset)
    if several:
        return several
    head = _COMMA.split(piece, maxsplit=1)[0]
    if _AND.search(head):
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
    """The persons of an enumeration: each begins with a title, or all stand behind "Messrs.".

    What stands between two of them is the first one's office; a body or country behind
    the last is that of all who have none ("Mr. Ambrel and Mr. Costrin, Danish Legation").
    """
    messrs = _MESSRS.match(piece)
    begin = messrs.end() if messrs else 0
    dash = _BEHIND.search(piece, begin)
    end = dash.start() if dash is not None and messrs else len(piece)
    cuts = [begin]
    for join in _SEVERAL.finditer(piece, begin, end):
        cuts.extend((join.start(), join.end()))
    cuts.append(end)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    if len(spans) < 2:
        return []
    out: list[Party] = []
    roles: list[list[str]] = []
    for start, stop in spans:
        words = piece[start:stop]
        if _begins_one(words, messrs is not None):
            one = who.party(words, offset + start, RULE)
            if one is None:
                return []
            out.append(msgspec.structs.replace(one, kind="person") if messrs else one)
            roles.append([])
        elif not out:
            return []
        else:
            roles[-1].append(words)
    if len(out) < 2:
        return []
    if dash is not None and messrs:
        roles[-1].append(piece[dash.end() :])
    shared = ", ".join(roles[-1])
    common = shared if offices.has_body(shared) or not offices.has_office(shared) else ""
    return [
        msgspec.structs.replace(one, role=_joined(one.role, ", ".join(own) or common))
        for one, own in zip(out, roles, strict=True)
    ]


_OF_A_SIDE = re.compile(r"\s+of the [A-Z][\w ]{2,40}$")  # "Mr. Orlin of the Danish group"


def _begins_one(words: str, listed: bool) -> bool:
    """Whether the words of an enumeration are a person and not the office of one."""
    if _HONOURS.fullmatch(words):
        return False
    if _OFFICE_ALONE.match(words):
        return True
    titled = _TITLE.match(words)
    if titled is None:
        return listed and offices.is_name(words)
    rest = _OF_A_SIDE.sub("", words[titled.end() :])
    return not offices.no_name(rest)


def _joined(role: str | None, more: str) -> str | None:
    return ", ".join(filter(None, (role, re.sub(r"^of (?=the\b|[A-Z])", "", more)))) or None


def _office_first(piece: str, offset: int) -> Party | None:
    """ "Assistant Director for Harbors, J. Trevanion": the name behind its office."""
    for pattern in (_ROLE_FIRST, _OFFICE_BEFORE):
        found = pattern.match(piece)
        if found is None:
            continue
        name = found["name"]
        honor = offices.LEADING_HONOR.match(name)
        ahead = honor.end() if honor else 0
        if len(name.split()) > 1 and offices.is_name(name) and not offices.has_body(name):
            office = found["role"].strip()
            if offices.has_office(office) and (
                pattern is _ROLE_FIRST or offices.has_office(office.split()[-1])
            ):
                return Party(
                    name=" ".join(name[ahead:].split()), role=office, kind="person", rule=RULE,
                    start=offset + found.start("name") + ahead, end=offset + found.end("name"),
                )  # fmt: skip
    return None
