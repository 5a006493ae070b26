"""Bodies and places told by a noun: "the Soviet government", "Embassy in the Soviet Union",
"our press", "Ministry of Foreign Affairs", "Arlington Cemetery", "my residence"."""

from __future__ import annotations

import re

from kgraph.extract.mentions.context import CAPS, NATION, OWN, Around, Left, is_nation
from kgraph.extract.mentions.nouns import ALONE, OPENERS, Thing

_NOUN_RIGHT = re.compile(
    rf"(?:\s(?:of|for)\s(?:the\s)?(?:{NATION}\s)?{CAPS}(?:(?:,? and(?: the)?|,? of(?: the)?)? {CAPS}){{0,4}})+"
)
_MISSION_RIGHT = re.compile(
    rf"\s(?:in|at|to|of)\s(?:the\s)?{CAPS}(?:(?: of)?(?: the)? {CAPS}){{0,2}}"
)
_NOUN_USE = re.compile(
    r"(?=[.,;:)?!]|$|\n|[’']s\s|\s(?:and|or|to|for|in|on|at|by|with|from|as|is|was|are|were|has|had|have|will|would|could|should|"
    r"can|does|doesn|did|do|may|might|must|who|which|that|but|not|if|when|while|where|because|so|also|itself)\b)"
)
_NATION_RIGHT = re.compile(
    r"\sof (?:the )?(?:USSR|U\.S\.S\.R\.|Soviet Union|CPSU|USA|United States(?: of America)?|[A-Z][a-z]+ Republic)\b"
)
_GOING = frozenset(
    ["go", "went", "gone", "come", "came", "coming", "going", "drive", "drove", "visit", "return", "returned", "invited", "escorted", "arrived", "gathered", "mob", "walk", "walked"]
)  # fmt: skip
_THERE = frozenset(
    [
        "at",
        "into",
        "inside",
        "outside",
        "near",
        "left",
        "entered",
        "leave",
        "leaving",
        "visit",
        "visited",
        "visiting",
        "in",
    ]
)
_PART_OF = frozenset(("Members", "Officials", "Representatives", "Leaders", "Heads", "Chiefs"))
_MEMBERS = re.compile(r"\w+\sof\s(?:the\s)?(?=[A-Z])")
_ENDS = re.compile(r"[.,;:)?!]|$|\s(?:and|in|is|was|has|had|will|who|which)\b")
_LENDER = re.compile(
    r"\s(?:the\s)?(?P<who>[A-Z]{2,6}\b(?![.’'])|(?:[A-Z][a-z]+\s){1,4}(?:Archives?|Library|Institute|Foundation))"
)
_CIRCLES = re.compile(
    r"(?:(?:extreme|far|ultra)[ -])?(?:right|left)(?:[ -]wing|ist)?\s$|(?:ruling|business|military|government)\s$"
)
_SEAT = re.compile(
    r"[.;:)?!]|,\s(?!and\b|labor|goods)|$|\n|[’']s\s|\s(?:and (?:the|in|at|to|its)|on|by|today|tonight|yesterday|last|this|since|when|where|"
    r"was|were|is|had|people|has been)\b"
)
_WHERE = (
    "in ",
    "In ",
    "to ",
    "from ",
    "From ",
    "near ",
    "outside ",
    "around ",
    "reached ",
    "left ",
    "leaving ",
    "entered ",
)
_VILLA = re.compile(rf"(?:\s{CAPS})+")
_OWNED_GROUPS = frozenset(
    ["officials", "delegation", "troops", "leadership", "delegations", "family", "staff"]
)


def is_there(text: str, start: int) -> bool:
    """Whether the words before `start` say that somebody is or goes there: "at", "went to"."""
    before = text[max(0, start - 24) : start]
    if before[-1:] != " ":
        return False
    last = before[:-1].split(" ")[-3:]
    if last[-1] in _THERE:
        return True
    pair = " ".join(last[-2:])
    return (last[-1] == "to" and len(last) > 1 and last[-2] in _GOING) or pair in (
        "seizure of", "attack on", "arrived at", "gathered at",
    )  # fmt: skip


def government(around: Around, start: int, end: int) -> Thing | None:
    """ "the Soviet government", "my government", "the government of the USA"."""
    left = around.left(start)
    right = _NOUN_RIGHT.match(around.text, end)
    stop = around.trim(right.end()) if right else end
    if right is None:
        owned = around.owner(start)
        if owned is not None:
            return Thing(owned, end, "organisation", "government")
        if around.text[end : end + 4] == " of ":
            stop = around.mention_at(end + 4) or end
    if left.det in ("a", "an", "no", "some", "any", "several"):
        return None
    begin = left.start if left.det else start if left.nation is None else left.nation
    if not left.det and left.nation is None and stop == end:
        return None
    if left.words and left.words not in (
        ("new",),
        ("own",),
        ("present",),
        ("respective",),
        ("two",),
    ):
        if left.nation is None:
            return None
        begin = left.nation
    if around.text.startswith(" and people", stop):
        stop += len(" and people")
    return Thing(begin, stop, "organisation", "government")


def public(around: Around, start: int, end: int) -> Thing | None:
    """ "the Soviet press", "our press", "State Department officials", "the Kennedy family"."""
    left = around.left(start)
    word = around.text[start:end]
    if left.nation is not None:
        if word in ("staff", "family", "families"):
            return None
        stop = end
        if word == "public":
            if not around.text.startswith(" opinion", end):
                return None
            stop += len(" opinion")
        whole = left.det in ("the", "our", "their") and not left.words
        return Thing(left.start if whole else left.nation, stop, "organisation", "public")
    owner = around.owners.get(start - 1)
    if owner is not None:
        return Thing(owner, end, "organisation", "public") if word in _OWNED_GROUPS else None
    if word == "circles" and (kind := _CIRCLES.search(around.text, max(0, start - 30), start)):
        return Thing(kind.start(), end, "organisation", "public")
    if word == "family" and left.det == "your" and left.words in ((), ("whole",), ("entire",)):
        return Thing(left.start, end, "organisation", "public")
    if left.words:
        return None
    group = word.lower() in ("delegation", "delegations")
    if left.det in ("our", "their", "your", "my") and (group or word == "press"):
        return Thing(left.start, end, "organisation", "public")
    if left.det == "the" and group:
        return Thing(left.start, end, "organisation", "public")
    if left.det == "the" and word in ("people", "peoples", "leadership"):
        stop = around.complement(end, ("of",))
        if stop > end:
            return Thing(left.start, stop, "organisation", "public")
    return None


def body(around: Around, start: int, end: int) -> Thing | None:
    """A capitalised noun with its name: "the Executive Committee", "Ministry of Trade"."""
    text = around.text
    word = text[start:end]
    right = None
    if word not in ("Conference", "Union", "Service") and text[end : end + 1] == " ":
        right = _NOUN_RIGHT.match(text, end)
    stop = around.trim(right.end()) if right else end
    named = around.capitals(start)
    if named is not None:
        begin, words, the = named
        if words[0] in OPENERS:
            return None
        if words[0] in _PART_OF and (part := _MEMBERS.match(text, begin)):
            begin = part.end()
        if word in ("Conference", "Office", "Service", "Program") and not the:
            return None
        if word == "Office" and words in (["Oval"], ["Foreign"]):
            return None
        return Thing(begin, stop, "organisation", "body")
    if word == "Dept":
        return Thing(start, end, "organisation", "body")
    if word not in ALONE and stop == end:
        return None
    left = around.left(start)
    if left.det and not left.words and (left.det == "the" or left.det in OWN):
        return Thing(left.start, stop, "organisation", "body")
    if stop > end and not left.words:
        return Thing(start, stop, "organisation", "body")
    return None


def magazine(around: Around, start: int, end: int) -> Thing | None:
    """A periodical with its name: "USSR magazine"."""
    named = around.capitals(start, 2)
    if named is None or named[1][0] in OPENERS:
        return None
    return Thing(named[0], end, "organisation", "body")


def wing(around: Around, start: int, end: int) -> Thing | None:
    """Those of one side in politics: "the far right", "right-wingers", "the right-wing"."""
    text = around.text
    left = around.left(start)
    if text[start:end].endswith("s"):
        begin = left.start if not left.words and left.det == "the" else start
        return Thing(begin, end, "organisation", "public")
    if left.det != "the" or left.words or not _ENDS.match(text, end):
        return None
    return Thing(left.start, end, "organisation", "public")


def lender(around: Around, start: int, end: int) -> Thing | None:
    """Who gave a copy: "copy courtesy of NSA"."""
    found = _LENDER.match(around.text, end)
    return Thing(*found.span("who"), "organisation", "body") if found else None


def mission(around: Around, start: int, end: int) -> Thing | None:
    """An embassy, legation or consulate: a body, or the house where somebody is or goes."""
    text = around.text
    left = around.left(start)
    if left.det in ("a", "an", "no", "any", "some", "several"):
        return None
    right = _MISSION_RIGHT.match(text, end)
    stop = around.trim(right.end()) if right else end
    begin = start
    if not left.words and (left.det == "the" or left.det in OWN):
        begin = left.start
    elif left.nation is not None:
        begin = left.nation
    if begin == start and (text[start].islower() or (stop == end and text[start:end] == "Mission")):
        return None
    if text[start:end] == "Mission" and stop == end and left.nation is None:
        return None
    return Thing(begin, stop, "place" if is_there(text, begin) else "organisation", "mission")


def site(around: Around, start: int, end: int) -> Thing | None:
    """A feature or building with its name: "Black Sea", "Arlington Cemetery", "the Villa Kastell"."""
    text = around.text
    word = text[start:end]
    named = around.capitals(start)
    if named is None or named[1][0] in OPENERS:
        follows = _VILLA.match(text, end) if word == "Villa" else None
        if follows is None:
            return None
        the = text[max(0, start - 4) : start] == "the "
        return Thing(start - 4 if the else start, follows.end(), "place", "site")
    begin, words, _ = named
    if word in ("House", "Base", "Field", "Square", "Valley") and len(words) > 2:
        return None
    if word == "House" and words[-1] not in ("Blair", "Spaso"):
        return None
    following = text[end : end + 2]
    if word == "Field" and following[:1] not in ("", ",", ".", ";", ")", "\n"):
        return None
    if following[:1] == " " and following[1:].isupper() and word not in ("Island", "Islands", "Lake"):  # fmt: skip
        return None
    return Thing(begin, end, "place", "site")


def dwelling(around: Around, start: int, end: int) -> Thing | None:
    """ "my residence", "our countries", "in the hotel", "the Soviet capital"."""
    left = around.left(start)
    word = around.text[start:end]
    if word == "capital":
        return _capital(around, left, start, end)
    if left.words and not (word == "countries" and left.words in (("two",), ("respective",))):
        return None
    if word == "hotel":
        there = left.det == "the" and is_there(around.text, left.start)
        return Thing(left.start, end, "place", "dwelling") if there else None
    return Thing(left.start, end, "place", "dwelling") if left.det in OWN else None


def _capital(around: Around, left: Left, start: int, end: int) -> Thing | None:
    """A seat of government, not money: "in the capital", "the Soviet capital"."""
    if left.words or left.det != "the" or _SEAT.match(around.text, end) is None:
        return None
    if left.nation is None and not around.text.endswith(_WHERE, 0, left.start):
        return None
    return Thing(left.start, end, "place", "dwelling")


def country(around: Around, start: int, end: int) -> Thing | None:
    """ "the US", "the UK" as nouns."""
    found = _NOUN_USE.match(around.text, end)
    return Thing(start, end, "place", "country") if found is not None else None


def widened(text: str, start: int, end: int) -> Thing | None:
    """A known body with the nation that stands before or after its name:
    "USSR Ministry of Foreign Affairs", "Ministry of Foreign Affairs of the USSR"."""
    begin = start
    if start > 2 and text[start - 1] == " ":
        token = text[max(0, start - 24) : start - 1].rpartition(" ")[2]
        if is_nation(token):
            begin = start - 1 - len(token)
    right = _NATION_RIGHT.match(text, end) if text[end : end + 4] == " of " else None
    if begin == start and right is None:
        return None
    return Thing(begin, right.end() if right else end, "organisation", "body")


_NEXT_CAPITAL = re.compile(r" (?P<word>[A-Z][a-z]+)")


def is_adjectival(text: str, end: int) -> bool:
    """Whether the short name of a state stands before a capitalised noun: "UAR Ambassador"."""
    found = _NEXT_CAPITAL.match(text, end)
    return found is not None and found["word"] not in OPENERS


_DATELINE = re.compile(r",\s(?:\d|[A-Z][a-z]+ \d)|\s*$|\s*\n")
_BUILDINGS = frozenset(
    ("White House", "Kremlin", "Pentagon", "State Department", "Department of State", "Foreign Office", "Foreign Ministry",
     "Department of Justice", "Department of Defense", "Capitol")
)  # fmt: skip


def is_building(text: str, start: int, end: int) -> bool:
    """Whether a known body is named as the house where something happens: "at the White House"."""
    name = text[start:end]
    if name not in _BUILDINGS:
        return False
    if text.endswith(("Drafted at the ", "drafted at the ", "Drafted in the "), 0, start):
        return False
    if name == "White House" and _DATELINE.match(text, end):
        return True
    if text[start - 4 : start] not in ("the ", "The "):
        return False
    if name in ("White House", "Kremlin"):
        return is_there(text, start - 4)
    before = text[max(0, start - 14) : start - 5].rpartition(" ")[2]
    return before in ("at", "inside", "outside", "left", "entered")


_SITE = re.compile(r"(?<![\w@/.:-])[A-Z]\w+\.(?:org|com|net)\b(?![/\w])")


def websites(text: str) -> list[Thing]:
    """Sites named as publishers: "TranslatingHistory.org"."""
    if ".org" not in text and ".com" not in text and ".net" not in text:
        return []
    return [Thing(*m.span(), "organisation", "body") for m in _SITE.finditer(text)]


_DESK = re.compile(r"[A-Z][A-Z]{0,3}(?:[/–-][A-Z][A-Z]{0,4})*(?=\))")
_COUNTRIES = frozenset(("US", "USSR", "UK", "UAR", "GDR", "FRG", "USA", "PRC", "ROK", "GRC", "CPR"))


def desk(text: str, at: int) -> Thing | None:
    """The symbol of an office in brackets after a name: "Farley (S/AE)"."""
    found = _DESK.match(text, at)
    if found is None or found.group() in _COUNTRIES:
        return None
    return Thing(found.start(), found.end(), "organisation", "desk")
