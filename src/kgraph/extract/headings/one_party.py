"""One party of a heading or an address list: who, in which role, of which kind.

The headings of published diplomatic documents put the office first and the name in
parentheses ("the Ambassador in France (Dillon)"), a title before the name ("President
Kennedy", "Secretary of State Rusk"), the office behind a comma ("Charles B. Parker,
Representing American Interests") or behind "of" ("Harold Saunders of the ... Staff"),
or name an office or a body alone. Nothing here knows a surname: a name is what stands
in parentheses, behind a title or an office with its complement, or words without any
word of office or body.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph.extract.headings.joint_parties import shifted
from kgraph.extract.offices import (
    BODY_WORDS,
    CAPITALISED,
    COMPLEMENTS,
    HONORIFICS,
    LEADING_HONOR,
    LORDLY,
    NAME,
    NOBLE,
    OFFICE_WORDS,
    PARTICLE,
    PEOPLES,
    RANKS,
    RULERS,
    UPPER,
    WITHHELD,
    has_body,
    has_office,
    is_name,
    no_name,
    words_of,
)
from kgraph.model import Party, PartyKind

FIRM = re.compile(
    r"(?:&|and)\s+(?:Company|Co\b\.?|Sons?\b|Brothers|Bros\b|Associates)\.?(?:,?\s+of\s+[\w ]+)?$"
)
ARTICLE = re.compile(
    r"(?:H\. ?[IRSM]\. ?[HM]\.?\s+(?:the\s+)?(?=Prince|Princess|King|Queen|Emperor|Empress|Sultan|Shah|Khedive)"
    r"|(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:\w+\s)?(?:[Mm]ajest(?:y|ies)|[Hh]ighness(?:es)?|[Ee]xcellenc(?:y|ies)|Holiness|Eminence),?\s+the\s+"
    r"|(?:the|The|THE|an?|An?)\s+)"
)
THE = re.compile(r"^(?:the|The)\s+")
_PORTFOLIO = (
    r"(?:(?:Acting |Deputy |Assistant |Under |Deputy Under |Deputy Assistant |First |Vice ){0,4}"
    r"(?:Secretary|Secretaries|Minister|Ministers|Director|Deputy Director|Acting Director|Commissioner|Postmaster|Chairman)"
    r"(?: of State| of Defense| of War| of the Navy| of the Air Force| of the Army| of the Treasury| of the Interior| of Agriculture| of Commerce"
    r"| of Labor| of Central Intelligence| of Foreign Affairs| of Foreign Trade| of Health, Education, and Welfare| of Transportation| of Finance"
    r"| for Foreign Affairs| of Housing and Urban Development| of Energy| of External Affairs| of Justice| of the Council of Ministers))"
)
_TITLED = re.compile(
    rf"(?P<title>(?:(?:the|then|former|late|ex-)\s+){{0,2}}(?:{PEOPLES}\s+)?(?:(?:{HONORIFICS})\b\.?\s+){{0,3}}(?:{_PORTFOLIO}|{RANKS}|{RULERS})(?:\s+(?:{_PORTFOLIO}|{RANKS}|{RULERS}|{HONORIFICS})\b\.?){{0,3}}\.?)"
    rf"\s+(?P<name>(?:(?:{HONORIFICS})\b\.?\s+){{0,3}}(?:{PARTICLE}\s+|d[’'](?!Affaires|Etat|État))?{NAME})"
    rf"(?P<rest>\s+of\s+.+)?$"
)
_HONORED = re.compile(
    rf"(?P<title>(?:the\s+)?(?:(?:{HONORIFICS})\b\.?\s+)+)(?P<name>(?:{PARTICLE}\s+|d[’'](?!Affaires|Etat|État))?{NAME})$"
)
_LEADING_RANK = re.compile(rf"{RANKS}\.?\s+(?=[{UPPER}])")
_RANKED = re.compile(rf"{RANKS}\.?\s+{NAME}$")
_WHERE = re.compile(
    r"(?:,\s+|\)\s*,?\s*|^\s+)(?:(?:[Nn]ow|[Tt]hen|[Tt]emporarily|[Cc]urrently)\s+)?(?:at|in|aboard)\s+(?P<place>(?!the\b)[A-Z][\w. ’'-]+)$"
)
_AWAY = re.compile(  # who has no post abroad is named where he stays: "the President at Yalta"
    r"(?:the\s+|The\s+)?(?:(?:Acting|Vice|Deputy|Under)\s+){0,2}(?:Secretary of (?:State|Defense|War|the Navy|the Treasury)|President|Department of State)(?P<at>,?\s+(?:at|in|aboard)\s+(?P<place>the\s.+|[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*))$"
)

_EMPTY_TITLE = re.compile(r"^(?:(?:Messrs|Mr|MM|M)\b\.?(?:,\s*|\s+|$))+")
_CHRISTENED = re.compile(  # given names that are titles elsewhere: "Mr. Earl Browning"
    rf"(?:Mr|Mrs|Miss|Dr)\.?\s+(?P<name>(?:Dean|Earl|Duke|King|Prince|Major|Marshal|Bishop)\s+{CAPITALISED}(?:\s{CAPITALISED})?)$"
)

_PEER = re.compile(  # a peer is called by his title: "the Marquis of Salterton"
    rf"(?:(?:{HONORIFICS})\b\.?\s+)?(?:Marquis|Marquess|Earl|Duke|Duchess|Viscount|Count|Baron|Prince)\s+of\s+[{UPPER}][\w’'-]+(?:\s+(?:and|de)\s+[{UPPER}][\w’'-]+)?$"
)

_ABBREVIATED_END = re.compile(r"(?:Jr|jr|Sr|Co|Inc|\b[A-Z])\.$")
_SMALL = frozenset(("of", "for", "the", "and", "in", "at", "to", "on", "from", "with"))
_LETTER = re.compile(r"[^\W\d_]")
_APPOSED = re.compile(rf"(?P<who>{NAME}),\s+(?P<office>[^()]*\S)\s*\(")
_LODGED = re.compile(r"\s+(?:at|in|aboard)\s+(?=[A-Z][\w. ’'-]*$)")
_BREAK = re.compile(r",\s+(?!(?:Jr|Sr|II|III|Esq)\b)|\s+—\s*|\s+[-–]\s+|—")
_OF_WHAT = re.compile(r"\s+(?:of|at|in|from|for)\s+(?=the\b|The\b|[A-Z])")


@lru_cache(maxsize=4096)
def plain(phrase: str) -> tuple[int, int, str | None, PartyKind] | None:
    """(start, end, role, kind) of the name within a phrase that holds one party."""
    lead = ARTICLE.match(phrase)
    at = lead.end() if lead else 0
    body = phrase[at:]
    if not body:
        return None
    christened = _CHRISTENED.match(body)
    if christened is not None:
        return at + christened.start("name"), len(phrase), None, "person"
    if _PEER.match(body):
        return at, len(phrase), None, "person"
    if LORDLY.match(body) and "(" not in body:
        return at, len(phrase), None, "office"
    if FIRM.search(body):
        skip = LEADING_HONOR.match(body)
        return at + (skip.end() if skip else 0), len(phrase), None, "body"
    apposed = _APPOSED.match(body)
    if (
        apposed is not None and len(LEADING_HONOR.sub("", apposed["who"]).split()) > 1
        and is_name(apposed["who"]) and has_office(apposed["office"])
    ):  # fmt: skip
        ahead = plain(phrase[at : at + apposed.end("who")])
        if ahead is not None:
            role = body[apposed.end("who") :].strip(" ,")
            return at + ahead[0], at + ahead[1], role, "person"
    close = body.rfind(")")
    if close != -1 and (close >= len(body) - 1 or _follows_name(body[close + 1 :])):
        open_ = body.rfind("(", 0, close)
        if open_ > 0:
            inside = body[open_ + 1 : close]
            inner = inside.strip()
            start = at + open_ + 1 + len(inside) - len(inside.lstrip())
            rest = body[close + 1 :].strip(" ,")
            role = " ".join((body[:open_].strip(" ,") + (f", {rest}" if rest else "")).split())
            if WITHHELD.fullmatch(inner):
                return start, start + len(inner), role, "person"
            named = _named_inside(inner)
            if named is not None and (lead is not None or not is_name(role) or has_office(role)):
                return start + named[0], start + named[1], role, "person"
            if is_name(role) or _HONORED.match(role) or _RANKED.match(role):
                found = plain(phrase[: at + open_].rstrip(" ,"))
                if found is not None:
                    extra = inner if found[2] is None else f"{found[2]}, {inner}"
                    return found[0], found[1], extra, found[3]
    withheld = WITHHELD.match(body)
    if withheld is not None:
        behind = body[withheld.end() :].strip(" ,") or None
        return (
            at,
            at + withheld.end(),
            behind,
            "person" if "name" in withheld[0].lower() else "unknown",
        )
    lodged = _LODGED.search(body)
    if lodged is not None:
        found = plain(body[: lodged.start()])
        if found is not None and found[3] == "person":
            return at + found[0], at + found[1], found[2], "person"
    comma = _BREAK.search(body)
    if comma is not None:
        left = body[: comma.start()]
        found = plain(left)
        if found is not None and found[3] == "person":
            role = body[comma.end() :].strip(" ,")
            both = f"{found[2]}, {role}" if found[2] else role
            return at + found[0], at + found[1], both, "person"
    if _AWAY.match(body):
        return at, at + len(body), None, "office"
    titled = _TITLED.match(body)
    if titled is not None and not _office_like(titled["name"]):
        return _trim(at, titled, titled["title"], titled["rest"])
    ending = _ending_name(body) if lead is None else None
    if ending is not None:
        return at + ending, at + len(body), body[:ending].strip(), "person"
    honored = _HONORED.match(body)
    if honored is not None:
        return _trim(at, honored, honored["title"].strip(), None)
    of = _OF_WHAT.search(body)
    if of is not None and is_name(body[: of.start()]):
        left = body[: of.start()]
        skip = LEADING_HONOR.match(left)
        begin = skip.end() if skip else 0
        if has_body(body[of.end() :]) or skip is not None or len(left.split()) > 1:
            rank = _LEADING_RANK.match(left, begin)
            begin = rank.end() if rank else begin
            role = " ".join(
                part for part in (left[:begin].strip(), body[of.start() :].strip()) if part
            )
            return at + begin, at + of.start(), role, "person"
    if is_name(body) and (lead is None or LEADING_HONOR.match(body)):
        skip = LEADING_HONOR.match(body)
        begin = skip.end() if skip else 0
        return at + begin, at + len(body), body[:begin].strip() or None, "person"
    rank = _LEADING_RANK.match(body)
    if rank is not None and is_name(body[rank.end() :]) and lead is None:
        return at + rank.end(), at + len(body), rank[0].strip(), "person"
    return at, at + len(body), None, _kind(body)


_WORD = re.compile(r"\S+")


def _ending_name(body: str) -> int | None:
    """Where a name begins that ends an office without article: "Governing Mayor Brandt",
    "Chairman of the Council of Ministers of the Soviet Union Kosygin"."""
    words = body.split()
    if len(words) < 3 or not any(word.lower() in OFFICE_WORDS for word in words[:3]):
        return None
    last = words[-1]
    if not re.fullmatch(CAPITALISED, last) or last in COMPLEMENTS or no_name(last):
        return None
    ahead = next((n for n in range(len(words) - 2, 1, -1) if words[n] in COMPLEMENTS), None)
    several = words[0] in ("Members", "Chiefs", "Heads", "Officers")
    if (
        ahead is not None and not several and 2 <= len(words) - ahead - 1 <= 5
    ):  # "... Affairs Arthur H. Hart"
        start = list(_WORD.finditer(body))[ahead + 1].start()
        titled = LEADING_HONOR.match(body, start) or _LEADING_RANK.match(body, start)
        start = titled.end() if titled else start
        if is_name(body[start:]):
            return start
    before = words[-2]
    if before.lower() in _SMALL or before.endswith(","):
        return None
    if " of " in body or " for " in body:
        if before not in COMPLEMENTS:
            return None
    elif before.lower() not in OFFICE_WORDS:
        return None
    return body.rfind(last)


_CONCERNS = frozenset(
    ("plans", "operations", "intelligence", "support", "administration", "research", "policy", "science", "technology",
     "international", "security", "affairs", "coordination", "personnel", "logistics", "air", "naval", "ground",
     "comptroller", "and", "materiel", "requirements", "programs", "planning")
)  # fmt: skip
"""What a deputy's office is concerned with: "Deputy Director (Plans)"."""


def _named_inside(inner: str) -> tuple[int, int] | None:
    """The name within parentheses: "Lansing", "Mr. Lyons", "General MacArthur"."""
    if all(word in _CONCERNS for word in words_of(inner)):
        return None
    skip = LEADING_HONOR.match(inner)
    begin = skip.end() if skip else 0
    rank = _LEADING_RANK.match(inner, begin)
    begin = rank.end() if rank else begin
    noble = NOBLE.match(inner, begin) or _OF_HOUSE.match(inner, begin)
    if is_name(inner[noble.end() if noble else begin :]):
        return begin, len(inner)
    titled = _TITLED.match(inner)
    if titled is not None and not _office_like(titled["name"]):
        return titled.start("name"), titled.end("name")
    return None


_OF_HOUSE = re.compile(
    r"(?:[Vv]on der|[Vv]on dem|[Vv]on|[Vv]an der|[Vv]an den|[Vv]an|[Dd]e la|[Dd]e|[Dd]u|[Dd]i|[Zz]u)\s+(?=[A-Z])"
)


def _follows_name(rest: str) -> bool:
    """Whether what stands behind the closing parenthesis belongs to the same party."""
    return (
        re.match(r"\s*(?:,\s*(?:at|in|on|aboard)\s|,\s*[A-Z]|\s+(?:at|in|aboard|of)\s)", rest)
        is not None
        and len(rest) < 60
    )


def _trim(
    at: int, match: re.Match[str], title: str, rest: str | None
) -> tuple[int, int, str | None, PartyKind]:
    start, end = match.span("name")
    skip = LEADING_HONOR.match(match["name"])
    if skip is not None:
        start += skip.end()
    role = re.sub(r"^(?:the|The)\s+", "", title.strip())
    if rest and rest.strip().split()[-1] not in ("Jr.", "Sr."):
        role = f"{role} {rest.strip()}"
    return at + start, at + end, role or None, "person"


def _office_like(name: str) -> bool:
    return no_name(name)


def _kind(body: str) -> PartyKind:
    words = words_of(body)
    if re.match(r"(?:all|certain|various|several|american|principal)\b", body, re.IGNORECASE) and (
        (words and words[-1].endswith("s")) or "certain" in words
    ):
        return "group"
    plural = bool(words) and words[0] in (
        "chiefs", "heads", "leaders", "members", "ministers", "ambassadors",
    )  # fmt: skip
    plural = plural or bool(
        words and words[-1] in ("leaders", "officers", "missions", "posts", "officials")
    )
    if plural and words[:3] != ("chiefs", "of", "staff"):
        return "group"
    for word in words:
        if word in ("chiefs",) and "staff" in words:
            return "body"
        if word in OFFICE_WORDS:
            return "office"
        if word in BODY_WORDS:
            return "body"
    if body.isupper():
        return "body"
    return "unknown"


def party(phrase: str, offset: int, rule: str) -> Party | None:
    """The party that a phrase names; its span is that of its name.

    >>> party("the Ambassador in France (Dillon)", 0, "x").name
    'Dillon'
    >>> party("Secretary of State Rusk", 0, "x").role
    'Secretary of State'
    >>> party("the Embassy in the Soviet Union", 0, "x").kind
    'body'
    """
    found = _party(phrase, rule)
    return None if found is None else shifted((found,), offset)[0]


@lru_cache(maxsize=4096)
def _party(phrase: str, rule: str) -> Party | None:
    lead = len(phrase) - len(phrase.lstrip(" ,;:.—–-"))
    text = (
        phrase[lead:].rstrip(" ,;:.—–-")
        if not _ABBREVIATED_END.search(phrase.rstrip(" ,;:"))
        else phrase[lead:].rstrip(" ,;:")
    )
    if not _LETTER.search(text):
        return None
    found = plain(text)
    if found is None:
        return None
    start, end, role, kind = found
    name = " ".join(text[start:end].split())
    where = None
    at = _WHERE.search(text[end:] if kind == "person" else name)
    away = _AWAY.match(name) if at is None and kind == "office" else None
    if at is not None:
        where = at["place"]
        if kind != "person":
            cut = len(name) - len(name[: at.start()])
            name = name[: at.start()]
            end -= cut
    elif away is not None:
        where = None if away["place"].startswith("the ") else away["place"]
        end -= len(away["at"])
        name = name[: away.start("at")]
    if role is not None:
        role = " ".join(role.split()).strip(" ,") or None
        if role:
            role = _EMPTY_TITLE.sub("", role)
            role = THE.sub("", role) or None
    return Party(
        name=name, role=role, kind=kind, place=where, start=lead + start, end=lead + end, rule=rule,
    )  # fmt: skip
