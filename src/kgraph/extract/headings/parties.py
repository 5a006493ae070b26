"""Several parties of one phrase: where it parts ("A and B"), and where it does not ("the Embassies in X and Y")."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from kgraph.extract.gazetteer import is_city, is_country, read_list
from kgraph.extract.headings.joint_parties import shared, shifted
from kgraph.extract.headings.one_party import ARTICLE, FIRM, THE, party, plain
from kgraph.extract.names import BODY_SYMBOLS
from kgraph.extract.offices import (
    BODY_WORDS,
    OFFICE_WORDS,
    RANKS,
    RULERS,
    UPPER,
    WITHHELD,
    has_body,
    has_office,
    words_of,
)
from kgraph.model import Party

__all__ = ["parties", "party", "posts"]

_LEADING_TITLE = re.compile(rf"(?:{RULERS}|{RANKS})\.?\s+(?=[{UPPER}])")
_COUNTRY = re.compile(  # names of countries that hold a word for a body
    rf"(?:the\s+)?(?:United (?:Kingdom|States|Nations|Arab Republic)|Soviet Union|Union of [\w ]+|(?:[{UPPER}][\w’'-]+\s+){{1,3}}(?:Republic|Union|Kingdom|Empire)|(?:Republic|Kingdom|Union|Commonwealth) of [\w ]+)$"
)
_ALL = re.compile(r"(?:the )?(?:all|certain|various|several|principal|other)\b", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\s+and\s+(?:others|another|other\s+persons)\s*$")
_IN_TOWN = re.compile(r"\s+(?:in|at)\s+[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2}$")
_AT_THE_HEAD = re.compile(  # offices that nobody is told for beside: "the President, King Saud, and ..."
    r"[Tt]he (?:Vice )?President|[Tt]he (?:Acting )?Secretary(?: of State)?|[Tt]he Prime Minister"
)
_OF_THE_STATE = re.compile(
    r"[Tt]he (?:(?:Acting|Deputy|Vice|Under|Assistant) )*(?:Secretary(?: of (?:State|Defense|the Treasury|War|the Navy))?|President|Prime Minister|Foreign Minister|Chancellor|Attorney General)"
)
_LAST_OF_BODY = re.compile(
    r"\b(?:Committee|Commission|Council|Board|Center|Agency|Staff|Group|Bureau|Division)$"
)
_BODY_CLOSES = re.compile(
    rf"(?!(?:the|The|to)\b)(?:[{UPPER}][\w’-]*\s){{1,6}}{_LAST_OF_BODY.pattern[2:]}"
)
_CONCERN = re.compile(rf"(?:the\s)?(?P<first>[{UPPER}][a-z’-]+)(?:\s[{UPPER}][a-z’-]+){{0,2}}")
_POSTS = re.compile(
    r"\b(?:Embassies|Legations|Consulates(?: General)?|Missions|Stations|Delegations|Posts|Governments|Representatives|Ambassadors|Ministers|Consuls(?: General)?)\s+(?:in|at|to|of)\s[^()]*$"
)
_OFFICES_HELD = re.compile(  # "The Commissioners to China, Messrs. Pell and Marbury"
    r"(?P<office>(?:[Tt]he\s+)?(?:[A-Z][\w’-]*\s+){0,3}(?:Commissioners|Ministers|Ambassadors|Delegates|Plenipotentiaries|Envoys|Consuls|Agents|Secretaries|Representatives|Senators)\b[^,;()]{0,60}),?\s+(?P<who>Messrs\.?\s.+)$"
)
_JOINT = re.compile(
    r"\s*(?:,\s+and\s+|;\s+and\s+|;\s+|\s+and\s+(?:to\s+(?=the\b))?|\s*&\s+|(?<=[a-z.])\s*/\s*(?=[A-Z][\w.]+\s+[A-Z]))"
)


def parties(phrase: str, offset: int, rule: str) -> tuple[Party, ...]:
    """All parties of a phrase: joint senders and addressees are separate entries.

    An "and" parts only where both sides stand alone: behind a name, or before "the"
    and another office; "Near Eastern and South Asian Affairs" is not parted.

    >>> [p.name for p in parties("President Kennedy and Prime Minister Macmillan", 0, "x")]
    ['Kennedy', 'Macmillan']
    >>> [p.name for p in parties("Chairmen Khrushchev and Brezhnev", 0, "x")]
    ['Khrushchev', 'Brezhnev']
    """
    return shifted(_parties(phrase, rule), offset)


def posts(found: tuple[Party, ...]) -> tuple[Party, ...]:
    """Parties of a telegram or despatch: a town or an agency's short name is no person's there.

    >>> [p.kind for p in posts(parties("Tegucigalpa and San Jose", 0, "x"))]
    ['body', 'body']
    """
    towns = any(_is_town(one.name) for one in found)  # "Managua" beside it tells "Panama"
    return tuple(
        msgspec.structs.replace(one, kind="body")
        if one.kind in ("person", "unknown")
        and one.role is None
        and (_is_town(one.name) or one.name in BODY_SYMBOLS or (towns and is_country(one.name)))
        else one
        for one in found
    )


@lru_cache(maxsize=4096)
def _parties(phrase: str, rule: str) -> tuple[Party, ...]:
    apposed = _OFFICES_HELD.match(phrase)
    if apposed is not None:
        office = THE.sub("", apposed["office"].strip())
        held = parties(phrase[apposed.start("who") :], apposed.start("who"), rule)
        if len(held) > 1 and all(one.kind == "person" for one in held):
            return tuple(msgspec.structs.replace(one, role=office) for one in held)
    if "," not in phrase:
        phrase = _AND_OTHERS.sub("", phrase)
    cuts: list[tuple[int, int]] = []
    begin = 0
    joins = list(_JOINT.finditer(phrase))
    if joins:
        joins += [
            comma for comma in re.finditer(r",\s+(?=(?:the|The|[A-Z]))", phrase)
            if not any(j.start() <= comma.start() < j.end() for j in joins)
        ]  # fmt: skip
        joins.sort(key=lambda join: join.start())
    for join in joins:
        left, right = phrase[begin : join.start()].strip(" ,"), phrase[join.end() :].strip()
        if left and right and _parts(left, right, join[0]):
            cuts.append((begin, join.start()))
            begin = join.end()
    cuts.append((begin, len(phrase)))
    found: list[Party] = []
    for a, b in cuts:
        one = party(phrase[a:b], a, rule)
        if one is not None:
            found.append(one)
    return shared(found)


def _first(right: str) -> str:
    """The first party-like piece on the right of a join."""
    depth = 0
    for i, char in enumerate(right):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif (
            depth <= 0
            and (char in ",;" or right.startswith(" and ", i))
            and not right.startswith(", Jr", i)
        ):
            return right[:i]
    return right


def _parts(left: str, right: str, join: str) -> bool:
    if "/" in join:  # "Harold Marsh/Richard Ulvik"
        return " " in left and _plain_person(left) and _plain_person(_first(right))
    plain_and = "and" in join or "&" in join or ";" in join
    found = plain(left)
    first = _first(right)
    if found is None:
        return False
    named = found[3] == "person"
    if _BODY_CLOSES.fullmatch(first):
        if _LAST_OF_BODY.search(left) and "," in join:
            return True  # "the A Committee, B Committee, and C Center"
        if plain_and and "," not in join and _two_concerns(left):
            return False  # "the Guided Missile and Astronautics Committee"
    if left.count("(") != left.count(")"):
        return False
    if FIRM.search(left + " " + join.strip() + " " + right):
        return False  # "Pell, Marbury & Co."
    if _ALL.match(left) and not re.search(r"s\b", left.partition(" ")[2]):
        return False  # "All Diplomatic and Consular Officers"
    if re.match(r"(?:Company|Co\b|Sons|Brothers|Associates|Bros)", right):
        return False
    if left.endswith(")") and named:
        return (
            (plain_and and not first[:1].islower()) or first[:4] == "the " or _plain_person(first)
        )
    if named:
        if not plain_and:  # a comma behind a name: its office follows, or another person
            return _plain_person(first) and " and " in right
        if found[2] is not None and re.match(
            r"^(?:the )?[A-Z]\w+ (?:Affairs|Relations|Staff)", first
        ):
            return False
        if (
            len(left.split()) >= 1
            and found[0] > 0
            and left.endswith(tuple("aeiou"))
            and first == ""
        ):
            return False
        return not first[:1].islower() or first[:4] in ("the ", "his ")
    if not plain_and:
        if _AT_THE_HEAD.fullmatch(left) and _plain_person(first) and " and " in right:
            return re.match(r"Mrs?\b", first) is None and (
                left.endswith(" President") or bool(_LEADING_TITLE.match(first))
            )
        if first.startswith("the ") and has_body(left) and has_body(first) and not has_office(left):
            return " and " in right
        return (
            first.startswith("the ")
            and has_office(left)
            and _right_is_office(first)
            and " and " in right
        )
    if plain_and and re.fullmatch(r"(?:[Oo]ther|[Cc]ertain|[Aa]ll) (?:[\w-]+ )*[A-Z]?\w+s", first):
        return True  # "the Embassy in Ruritania and Other Posts"
    if _POSTS.search(left) and not has_body(_COUNTRY.sub("", first)):
        return False  # "the Embassies in France and the United Kingdom"
    if (
        _OF_THE_STATE.fullmatch(_IN_TOWN.sub("", left))
        and len(first.split()) > 1
        and _plain_person(first)
    ):
        return True  # "the Secretary of State and Jean Roe"
    if re.fullmatch(RULERS, left) and re.fullmatch(RULERS, first.strip(" ,")):
        return True
    if first.startswith(("the ", "The ", "to the ")) and _right_is_office(first):
        return not re.search(r"\b(?:of|for|between)$", left) and not _complement(left)
    if re.match(
        r"(?:Secretary|President|Prime Minister|Ambassador|Foreign Minister|Chairman|Premier|General|Admiral|Director)\b",
        first,
    ):
        one = plain(first)
        if one is not None and one[3] == "person":
            # "the Counselor and Chairman of the Council (Rostand)" is one person
            return not (first.endswith(")") and ARTICLE.match(left) and "(" not in left)
        return False
    return bool(WITHHELD.match(first)) and found[3] == "person"


def _two_concerns(left: str) -> bool:
    """Whether the words before an "and" may name with those behind it what one body is for: they
    are capitalised, and begin with no given name."""
    concern = _CONCERN.fullmatch(left)
    return concern is not None and concern["first"] not in _given_names()


def _is_town(name: str) -> bool:
    return is_city(name) or name in read_list("posts")


@cache
def _given_names() -> frozenset[str]:
    return frozenset(read_list("given_names"))


def _complement(left: str) -> bool:
    """Whether what follows only continues the office on the left ("... for Europe and the Office")."""
    last = re.search(r"\b(?:Office|Bureau|Department|Division) of$", left)
    return last is not None


def _right_is_office(first: str) -> bool:
    head = words_of(re.split(r"\s(?:of|for|in|at|to)\s", first)[0])
    return any(word in OFFICE_WORDS or word in BODY_WORDS for word in head)


def _plain_person(first: str) -> bool:
    one = plain(first.strip())
    return one is not None and one[3] == "person"
