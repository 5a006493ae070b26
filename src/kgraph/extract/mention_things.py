"""Bodies, events, places and documents told by a noun and what stands around it.

"the Soviet government", "Embassy in the Soviet Union", "our press"; "the funeral of the
late president", "a meeting with R. Kennedy"; "Arlington Cemetery"; "your letter of May 3",
"telegram 2562 from Moscow", "the Russian-language text". A noun is tried only where one
of the words of `NOUNS` stands; what it governs may be a mention found before, so that
names inside remain mentions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from kgraph.model import MentionType


class Thing(NamedTuple):
    """One mention told by its noun: half-open span, type, rule."""

    start: int
    end: int
    type: MentionType
    rule: str


_GOVERNMENTS = frozenset(
    ["Government", "Governments", "government", "governments", "Govt", "Govts", "Gov"]
)
_PUBLIC = frozenset(
    [
        "press",
        "media",
        "people",
        "peoples",
        "leadership",
        "leaderships",
        "circles",
        "officials",
        "authorities",
        "delegation",
        "delegations",
        "Delegation",
        "Delegations",
        "troops",
        "forces",
        "Forces",
        "comrades",
        "public",
        "side",
    ]
)
_BODIES = frozenset(
    ["Ministry", "Committee", "Council", "Commission", "Department", "Army", "Navy", "Party", "Assembly", "Congress", "Institute", "Foundation", "Agency", "Association", "Administration", "Conference", "Organization", "Academy", "University", "Bank", "League", "Society", "Union", "Bureau", "Office", "Program", "Parliament", "Cabinet", "Senate", "Knesset", "Archive", "Archives", "Command", "Court", "Board", "Majlis", "Diet", "Presidium", "Secretariat", "Directorate", "Chiefs", "Club", "Service", "Dept"]
)  # fmt: skip
_ALONE = frozenset(
    ["Ministry", "Committee", "Council", "Commission", "Department", "Party", "Assembly", "Congress", "Administration", "Cabinet", "Parliament", "Senate", "Knesset", "Presidium", "Secretariat", "Agency", "Bureau", "Majlis", "Diet", "Dept"]
)  # fmt: skip
_MISSIONS = frozenset(
    ["Embassy", "embassy", "Legation", "legation", "Consulate", "consulate", "Mission"]
)
_SITES = frozenset(
    ["Cemetery", "Hotel", "Palace", "Airport", "Sea", "River", "Bay", "Strait", "Straits", "Canal", "Gulf", "Island", "Islands", "Mountains", "Villa", "Castle", "Cathedral", "Square", "Heights", "Peninsula", "Ocean", "Lake", "Valley", "Desert", "Base", "Field", "House"]
)  # fmt: skip
_DWELLINGS = frozenset(["residence", "hotel", "house"])
_STRONG = frozenset(
    ["funeral", "assassination", "murder", "murders", "tragedy", "inauguration", "coronation", "coup", "invasion", "landing", "landings", "mobilization", "mobilisation", "armistice", "blockade", "quarantine", "revolution", "uprising", "massacre", "burial", "kidnapping", "reception", "ceremony", "ceremonies", "investigation", "reprisals"]
)  # fmt: skip
_WEAK = frozenset(
    ["meeting", "meetings", "conversation", "conversations", "talk", "talks", "conference", "visit", "trip", "war", "crisis", "attack", "attacks", "negotiations", "discussion", "discussions", "election", "elections", "summit", "incident", "strike", "seizure", "capture", "bombardment", "bombing", "death", "opening", "signing", "luncheon", "dinner", "hijacking", "raid", "arrest", "explosion", "encounter", "encounters", "campaign", "Crisis", "War", "Summit", "Conference", "speech", "service", "interview", "exchange", "exhibition"]
)  # fmt: skip
_LETTERS = frozenset(
    ["letter", "letters", "message", "messages", "telegram", "telegrams", "memorandum", "memoranda", "aide-mémoire", "note", "notes", "despatch", "despatches", "dispatch", "dispatches", "airgram", "cable", "cables", "communication"]
)  # fmt: skip
_PAPERS = frozenset(
    ["declaration", "declarations", "statement", "statements", "treaty", "Treaty", "agreement", "Agreement", "convention", "protocol", "Protocol", "report", "reports", "reply", "replies", "response", "speech", "speeches", "proposal", "proposals", "draft", "resolution", "instructions", "instruction", "circular", "communiqué", "memoirs", "memoir", "address", "appeal", "memo", "answer", "release", "announcement", "Memorandum", "Letter", "Telegram", "Note", "Message", "condolences", "despatch"]
)  # fmt: skip
_TEXTS = frozenset(["text", "texts", "translation", "copy", "version"])
_SYMBOLS = frozenset(
    ["Embtel", "Embtels", "Deptel", "Deptels", "Polto", "Topol", "Secto", "Tosec", "Embdes", "Depcirtel", "Circtel", "Usun", "Musto", "CAP", "NSAM", "NSDM", "NSSM", "Tab", "Tabs", "Annex", "Enclosure"]
)  # fmt: skip
_OWNERS = frozenset(["your", "Your", "my", "My", "our", "Our", "Embassy’s", "Department’s", "Legation’s", "Embassy's", "Department's", "Dept’s", "Consulate’s"])  # fmt: skip

KINDS: dict[str, str] = {
    **dict.fromkeys(_GOVERNMENTS, "government"),
    **dict.fromkeys(_PUBLIC, "public"),
    **dict.fromkeys(_BODIES, "body"),
    **dict.fromkeys(_MISSIONS, "mission"),
    **dict.fromkeys(_SITES, "site"),
    **dict.fromkeys(_DWELLINGS, "dwelling"),
    **dict.fromkeys(_STRONG, "strong"),
    **dict.fromkeys(_WEAK, "weak"),
    **dict.fromkeys(_LETTERS, "letter"),
    **dict.fromkeys(_PAPERS, "paper"),
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(_SYMBOLS, "symbol"),
    **dict.fromkeys(_OWNERS, "owner"),
    **dict.fromkeys(("present", "Present", "attended", "To"), "row"),
}
"""What kind of noun a word is; the words at which `Reader` is asked."""

NATION = (
    r"(?:Soviet|American|British|French|West German|East German|German|Chinese|Japanese|Italian|Russian|USSR|USA|US|U\.S\.|UK|U\.K\.|UN|GDR|FRG|"
    r"Indian|Cuban|Israeli|Arab|Egyptian|Polish|Turkish|Greek|Spanish|Swiss|Dutch|Czech|Western|Eastern|Allied|Communist|Sov|Amer|"
    r"Imperial|Royal|Provisional|National|Federal|Reich|United States|Soviet Union|North Korean|South Korean|"
    r"[A-Z][a-z]+(?:ian|ese|ish|ani|ean|aqi|eli|ench|alan|ino|can))"
)
_NATIONS = rf"{NATION}(?:[ -](?:and )?{NATION})*"
_POSSESSIVE = r"(?:[Mm]y|[Yy]our|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Ii]ts)"
_THE = r"(?:[Tt]he|THE)"
_WORD = (
    r"(?!(?:the|my|your|his|her|our|their|its|this|that|these|those|an?|both|all|other|several|no|some|any|of|to|in|at|by|with|"
    r"from|and|or|for|on|was|were|had|been|has|have|be|is|are|as|not|into|upon|after|before|during|than|which|who|but|about|"
    r"regarding|concerning|between|through|until|since|over|under|against|if|when|while|because|said|gave|told|handed|sent)\b)[a-zé][a-zé-]+"
)
_CAPS = r"(?:U\.S\.|[A-Z][\w’'-]*\w(?:’(?=\s))?)"
_SMALL = r"(?:of the|of|and|for|on|de|in the)"
_NAME_LEFT = re.compile(
    rf"(?:(?P<the>{_THE}|{_POSSESSIVE}|[Tt]his|[Aa]ll)\s)?(?P<name>(?:{_CAPS}(?:,? {_SMALL})? ){{1,4}})$"
)
_DET_LEFT = re.compile(
    rf"(?P<det>(?:{_THE}|{_POSSESSIVE}|[Bb]oth|[Tt]his|[Tt]hat|[Aa]n?|[Aa]ll|[Oo]ther|[Tt]hese|[Ss]everal|[Nn]o|[Ss]ome|[Aa]ny)\s)?"
    rf"(?P<words>(?:(?:{_WORD}|\d+-\w+)\s){{0,3}})(?P<nations>{_NATIONS}\s)?$"
)
_NOUN_RIGHT = re.compile(
    rf"(?:\s(?:of|for)\s(?:the\s)?(?:{NATION}\s)?{_CAPS}(?:(?:,? and(?: the)?|,? of(?: the)?)? {_CAPS}){{0,4}})+"
)
_MISSION_RIGHT = re.compile(
    rf"\s(?:in|at|to|of)\s(?:the\s)?{_CAPS}(?:(?: of)?(?: the)? {_CAPS}){{0,2}}"
)
_LOCATIVE = re.compile(
    r"\b(?:at|into|inside|outside|near|left|entered|leave|leaving|visit(?:ed|ing)?|in|seizure of|attack on|(?:go|went|gone|come|came|coming|going|drive|drove|visit|return|returned|invited|escorted|arrived|gathered|mob|walk|walked) (?:to|at))\s$"
)
_OWNED = re.compile(r"[’']s?\s(?:[\w-]+\s){0,2}$")
_OF = re.compile(
    r"\s(?P<word>of|with|between|in|at|to|against|by|from|on|near|through|about|over|concerning|for)\s"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_DATE = rf"(?:{_MONTH}\s\d{{1,2}}(?:st|d|nd|rd|th)?(?:,\s\d{{4}})?|(?:the\s)?\d{{1,2}}(?:st|d|nd|rd|th)?(?:\sof)?\s{_MONTH}(?:,?\s\d{{4}})?|{_MONTH}\s\d{{4}}|1[789]\d\d)"
_DATED = re.compile(
    rf",?\s(?:(?:of|dated|on)\s(?:the\s)?)?{_DATE}|\s(?:yesterday|of (?:yesterday|today))\b"
)
_NUMBERED = re.compile(r"\s(?:No[s.]*\s?|#)?[A-Z]{0,4}[–-]?\d{1,6}\b(?!:|\s?[ap]\.\s?m)")
_SYMBOL = re.compile(r"(?:\sNo\.)?\s(?:[A-Z]\b|(?:[A-Z]{1,2}[–-])?\d{1,6}(?:[/–-]\w+)?)(?!\.m)")
_OWN_NUMBER = re.compile(r"\s(?:No\.\s)?\d{1,5}(?=[.,;)]|\s(?:of|to|from|and|dated|was|has|discussed|refers)|$)(?!,\d{3})")  # fmt: skip
_MODIFIED = re.compile(rf"(?:{_CAPS}|\d{{4}})(?:\s{_CAPS})*\s(?:[a-z-]+\s)?$")
_DATE_LEFT = re.compile(rf"(?:[Aa]n?|[Tt]he)\s{_MONTH}\s\d{{1,2}}\s$")
_SPAN_RIGHT = re.compile(
    r"\s(?:of|to|against|in|on|by|with)\s(?:the|my|your|his|her|our)\s(?:(?:entire|whole|late)\s)?(?:[a-z]+)\b(?!\s[A-Z])"
)
_SOMEWHERE = re.compile(
    rf"(?!{_MONTH}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|I\b)(?:the\s)?{_CAPS}(?:\s{_CAPS})*"
)
_NOT_LETTERS = frozenset(
    [
        "capital",
        "same",
        "above",
        "following",
        "first",
        "last",
        "next",
        "latter",
        "bank",
        "dollar",
        "love",
        "musical",
        "credit",
    ]
)


class Reader:
    """Reads what a noun governs in one text.

    `ends` maps the beginnings of mentions found before to their ends, `owners` their ends to
    their beginnings; things found are to be put into both by the caller as they come.
    """

    def __init__(self, text: str, ends: Mapping[int, int], owners: Mapping[int, int]) -> None:
        self.text = text
        self.ends = ends
        self.owners = owners

    def thing(self, start: int, end: int, kind: str) -> Thing | None:
        """What is named by the noun at text[start:end], or None."""
        if kind == "government":
            return self._government(start, end)
        if kind == "public":
            return self._public(start, end)
        if kind == "body":
            return self._body(start, end)
        if kind == "mission":
            return self._mission(start, end)
        if kind == "site":
            return self._site(start, end)
        if kind == "dwelling":
            return self._dwelling(start, end)
        if kind in ("strong", "weak"):
            return self._event(start, end, kind)
        if kind == "symbol":
            found = _SYMBOL.match(self.text, end)
            if found is None:
                return None
            return Thing(start, self._dated(found.end()), "document", "citation")
        if kind == "owner":
            number = _OWN_NUMBER.match(self.text, end)
            if number is None:
                return None
            return Thing(start, self._dated(number.end()), "document", "citation")
        return self._document(start, end, kind)

    # -- bodies and places -------------------------------------------------

    def _left(self, start: int) -> tuple[int, re.Match[str]]:
        base = max(0, start - 60)
        found = _DET_LEFT.search(self.text[base:start])
        assert found is not None  # every part may be empty
        return base, found

    def _government(self, start: int, end: int) -> Thing | None:
        base, left = self._left(start)
        det = (left["det"] or "").strip().lower()
        words = (left["words"] or "").split()
        right = _NOUN_RIGHT.match(self.text, end)
        stop = self._through(right.end()) if right else end
        if right is None and (owned := self._owned_by_name(start)):
            return Thing(owned, end, "organisation", "government")
        if right is None and self.text[end : end + 4] == " of ":
            at = self._mention_at(end + 4)
            stop = at if at is not None else end
        if det in ("a", "an", "no", "some", "any", "several") or (
            not det and not left["nations"] and stop == end
        ):
            return None
        begin = base + left.start()
        if not det:
            begin = base + left.start("nations") if left["nations"] else start
        elif words and not (
            len(words) == 1 and words[0] in ("new", "own", "present", "former", "respective")
        ):
            if not left["nations"]:
                return None
            begin = base + left.start("nations")
        if self.text[stop : stop + 8] == " and peo":
            stop += len(" and people")
        return Thing(begin, stop, "organisation", "government")

    def _owned_by_name(self, start: int) -> int | None:
        """Where a mention begins that owns the noun: "Queen Anne’s Government"."""
        owned = _OWNED.search(self.text, max(0, start - 30), start)
        if owned is None:
            return None
        return self.owners.get(owned.start())

    def _public(self, start: int, end: int) -> Thing | None:
        base, left = self._left(start)
        det = (left["det"] or "").strip().lower()
        word = self.text[start:end]
        words = (left["words"] or "").split()
        lone = word in ("delegation", "Delegation", "delegations", "Delegations")
        if left["nations"]:
            if word == "side":
                return None
            if word == "public" and self.text[end : end + 8] != " opinion":
                return None
            begin = base + left.start("nations")
            if det in ("the", "our", "their") and not words:
                begin = base + left.start()
            stop = end + 8 if word == "public" else end
            return Thing(begin, stop, "organisation", "public")
        if self.text[start - 1 : start] == " " and (owner := self.owners.get(start - 1)):
            if word in ("officials", "delegation", "troops", "leadership", "delegations"):
                return Thing(owner, end, "organisation", "public")
            return None
        if det in ("our", "their", "your", "my") and not words and (lone or word == "press"):
            return Thing(base + left.start(), end, "organisation", "public")
        if det == "the" and not words and word in ("delegation", "Delegation"):
            return Thing(base + left.start(), end, "organisation", "public")
        if word in ("people", "peoples", "leadership") and det == "the":
            at = self._complement(end, ("of",))
            if at > end:
                return Thing(base + left.start(), at, "organisation", "public")
        return None

    def _body(self, start: int, end: int) -> Thing | None:
        text = self.text
        if text[end : end + 1] == "’" or text[end : end + 2] == "'s":
            pass
        base = max(0, start - 80)
        named = _NAME_LEFT.search(text, base, start)
        right = _NOUN_RIGHT.match(text, end)
        if right is not None and text[start:end] in ("Conference", "Union", "Service", "Office"):
            right = None
        stop = self._trim(right.end()) if right else end
        word = text[start:end]
        if named is not None:
            begin = named.start()
            opens = begin == 0 or text[max(0, begin - 2) : begin] in (". ", "? ", "! ") or text[begin - 1] == "\n"  # fmt: skip
            first = text[begin : named.end()].split()[0]
            if first in _OPENERS and not named["the"]:
                return None
            if opens and not named["the"] and first in ("In", "On", "At", "For", "To", "From"):
                return None
            if word in ("Conference", "Office", "Service", "Program") and not named["the"]:
                return None
            if word == "Office" and named["name"].strip() in ("Oval", "Foreign"):
                return None
            return Thing(begin, stop, "organisation", "body")
        if word not in _ALONE and stop == end:
            return None
        if word == "Dept":
            return Thing(start, end, "organisation", "body")
        det = re.compile(rf"(?:{_THE}|{_POSSESSIVE})\s$").search(text, max(0, start - 6), start)
        if det is None and stop == end:
            return None
        if det is None and word not in (
            "Dept",
            "Ministry",
            "Department",
            "Council",
            "Committee",
            "Commission",
            "Presidium",
            "Bureau",
        ):
            return None
        return Thing(det.start() if det else start, stop, "organisation", "body")

    def _mission(self, start: int, end: int) -> Thing | None:
        text = self.text
        base, left = self._left(start)
        det = (left["det"] or "").strip().lower()
        if det in ("a", "an", "no", "any", "some", "several"):
            return None
        right = _MISSION_RIGHT.match(text, end)
        stop = self._trim(right.end()) if right else end
        begin = start
        if (left["nations"] or det) and not left["words"]:
            begin = (
                base + left.start()
                if det in ("the", "our", "their", "its", "my", "your", "his", "her")
                else (base + left.start("nations") if left["nations"] else start)
            )
        elif left["nations"]:
            begin = base + left.start("nations")
        if begin == start and stop == end and not text[start].isupper():
            return None
        if text[start].islower() and begin == start:
            return None
        if text[start:end] == "Mission" and stop == end and not left["nations"]:
            return None
        there = _LOCATIVE.search(text, max(0, begin - 12), begin) is not None
        return Thing(begin, stop, "place" if there else "organisation", "mission")

    def _site(self, start: int, end: int) -> Thing | None:
        text = self.text
        named = _NAME_LEFT.search(text, max(0, start - 60), start)
        word = text[start:end]
        if named is None or named["name"].split()[0] in _OPENERS:
            if word == "Villa" and (
                m := re.compile(rf"(?:\s{_CAPS})+").match(text, end)
            ):  # names follow it
                the = start - 4 if text[max(0, start - 4) : start] == "the " else start
                return Thing(the, m.end(), "place", "site")
            return None
        if word in ("House", "Base", "Field", "Square", "Valley") and len(named["name"].split()) > 2:  # fmt: skip
            return None
        if word == "Field" and not re.match(r"\s*(?:$|[,.;)])", text[end : end + 2]):
            return None
        if re.match(r"\s[A-Z]", text[end : end + 2]) and word not in ("Island", "Islands", "Lake"):
            return None
        if word == "House" and named["name"].strip() not in ("Blair", "Spaso", "Century"):
            return None
        begin = named.start("name") if named["the"] not in ("the", "The") else named.start()
        return Thing(begin, end, "place", "site")

    def _dwelling(self, start: int, end: int) -> Thing | None:
        found = re.compile(r"(?:[Mm]y|[Oo]ur|[Yy]our|[Hh]is|[Hh]er|[Tt]heir)\s$").search(
            self.text, max(0, start - 6), start
        )
        if found is not None and self.text[start:end] != "hotel":
            return Thing(found.start(), end, "place", "dwelling")
        if self.text[start:end] == "hotel" and self.text[start - 7 : start] in (
            "in the ",
            "at the ",
        ):
            return Thing(start - 4, end, "place", "dwelling")
        return None

    # -- what a noun governs -----------------------------------------------

    def _mention_at(self, at: int) -> int | None:
        """The end of the mention that begins at `at`, or after "the " there."""
        stop = self.ends.get(at)
        if stop is None and self.text[at : at + 4] == "the ":
            stop = self.ends.get(at + 4)
        return stop

    def _complement(self, end: int, words: tuple[str, ...], *, capitals: bool = False) -> int:
        """The end of the complements that follow `end`, each a mention found before; with
        `capitals` also capitalised words that nothing knows."""
        for _ in range(3):
            found = _OF.match(self.text, end)
            if found is None or found["word"] not in words:
                break
            stop = self._mention_at(found.end())
            if (
                stop is None
                and capitals
                and found["word"] in ("of", "on", "at", "in", "to", "with")
            ):
                named = _SOMEWHERE.match(self.text, found.end())
                stop = self._trim(named.end()) if named else None
            if stop is None:
                break
            for _ in range(3):
                joined = re.compile(r"(?:,\s(?:and\s)?|\sand\s)").match(self.text, stop)
                further = self._mention_at(joined.end()) if joined else None
                if further is None or found["word"] in ("of", "in", "at"):
                    break
                stop = further
            end = stop
        return end

    def _through(self, stop: int) -> int:
        """`stop`, or the end of the mention that it stands in."""
        return self._trim(stop)

    def _trim(self, stop: int) -> int:
        return stop - 2 if self.text[stop - 2 : stop] in ("’s", "'s") else stop

    def _dated(self, end: int) -> int:
        """`end`, or where a date ends that follows it."""
        found = _DATED.match(self.text, end)
        return found.end() if found else end

    def _owner(self, start: int) -> int | None:
        """Where the possessor of a noun begins: "Kennedy’s [planned] visit", "my [own] visit"."""
        owned = _OWNED.search(self.text, max(0, start - 34), start)
        if owned is not None:
            return self.owners.get(owned.start())
        return None

    # -- events ------------------------------------------------------------

    def _event(self, start: int, end: int, kind: str) -> Thing | None:
        text = self.text
        word = text[start:end]
        if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
            return None
        base, left = self._left(start)
        det = (left["det"] or "").strip().lower()
        words = (left["words"] or "").split()
        if kind == "strong":
            if text[end : end + 13] == " arrangements":
                return None
            stop = self._complement(
                end, ("of", "in", "at", "against", "by", "for", "on", "to", "with"), capitals=True
            )
            if stop == end and (
                right := re.compile(r"\shosted by (?:the\s)?(?:\w+)").match(text, end)
            ):
                stop = right.end()
            if stop == end and (right := _SPAN_RIGHT.match(text, end)):
                stop = right.end()
        else:
            stop = self._complement(
                end, ("of", "with", "between", "in", "at", "to", "on", "against"), capitals=True
            )
            dated = self._dated(stop)
            if stop == end and dated > stop and word in ("talks", "talk", "service"):
                dated = stop
            stop = dated
        owner = self._owner(start)
        if owner is not None:
            return Thing(owner, max(stop, end), "event", "event")
        if det in ("my", "your", "his", "her", "our", "their", "its") and len(words) <= 1:
            if word in ("talk", "talks", "attack", "campaign", "service", "strike", "discussion"):
                return None
            return Thing(base + left.start(), stop, "event", "event")
        modified = _MODIFIED.search(text, max(0, start - 40), start)
        begin = base + left.start("det") if det and len(words) <= 1 else None
        if kind == "strong":
            if begin is not None and det in ("the", "a", "an", "this", "these"):
                return Thing(begin, stop, "event", "event")
            if left["nations"] and word in ("invasion", "coup", "revolution", "uprising"):
                return Thing(base + left.start("nations"), stop, "event", "event")
            return None
        if word in ("speech", "campaign", "service", "interview", "exchange", "exhibition"):
            if word == "service" and words[-1:] == ["memorial"] and begin is not None:
                return Thing(begin, stop, "event", "event")
            if stop > end and begin is not None and word != "service" and det in ("the", "a", "an"):
                return Thing(begin, stop, "event", "event")
            return None
        if modified is not None:
            name = modified.group().split()
            if name[0] not in _OPENERS and (word[0].islower() or len(name) > 0):
                first = modified.start()
                if text[max(0, first - 4) : first].lower() == "the ":
                    first -= 4
                known = left["nations"] is not None and word not in ("election", "elections", "coup", "War", "war")  # fmt: skip
                if not known or stop > end:
                    return Thing(first, stop, "event", "event")
        if stop > end and begin is not None and det in ("the", "a", "an", "this", "that"):
            return Thing(begin, stop, "event", "event")
        if word in ("elections", "war", "summit") and det == "the" and not words:
            return Thing(begin or start, stop, "event", "event")
        if words[-1:] == ["summit"] and word == "meeting" and det == "the":
            return Thing(base + left.start("det"), stop, "event", "event")
        return None

    # -- documents ---------------------------------------------------------

    def _document(self, start: int, end: int, kind: str) -> Thing | None:
        text = self.text
        word = text[start:end]
        if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
            return None
        number = _NUMBERED.match(text, end) if kind != "text" else None
        stop = number.end() if number else end
        if word in ("notes", "note", "copy", "report", "reports", "answer", "address") and text[end : end + 5] in (" that", " with"):  # fmt: skip
            return None
        before = stop
        if text[stop : stop + 15] == " of transmittal" or text[stop : stop + 12] == " of condolen":
            stop += 15 if text[stop + 4] == "t" else len(" of condolence")
            before = -1
        if kind == "text":
            inner = re.compile(
                r"\sof (?:the |a |section \w+ of |that )?(?:[A-Z][\w-]+(?:-language)? )?(?:text|letter|message|telegram|memorandum|note|treaty|agreement|speech|reply|statement|declaration|President[’']s message)"
            ).match(text, stop)
            if inner is not None:
                stop = inner.end()
        stop = self._dated(stop)
        cited = self._complement(stop, ("from", "to", "of", "by", "through"))
        if cited > stop:
            stop = self._dated(cited)
        told = stop > before
        owner = self._owner(start)
        if owner is not None:
            return Thing(owner, stop, "document", "document")
        base, left = self._left(start)
        det = (left["det"] or "").strip().lower()
        words = (left["words"] or "").split()
        if len(words) > 1 and not (
            len(words) == 2 and words[0] in ("very", "slightly", "brief", "long", "short")
        ):
            det, words = "", words[-1:]
        if words and words[0] in _NOT_LETTERS:
            return None
        own = det in ("my", "your", "his", "her", "our", "their", "its")
        begin = base + left.start("det") if det else start
        dated_left = _DATE_LEFT.search(text, max(0, start - 20), start)
        if dated_left is not None:
            return Thing(dated_left.start(), stop, "document", "document")
        if own:
            if word in ("notes", "statements", "address", "copy", "text", "version", "translation", "answer", "instructions") and not told:  # fmt: skip
                return None
            return Thing(begin, stop, "document", "document")
        if kind == "text":
            adjective = left["nations"] or any(w.endswith("-language") for w in words) or (
                words and words[-1] in ("language", "transliterated", "different")
            )  # fmt: skip
            lang = re.compile(r"[A-Z]\w+-language\s$").search(text, max(0, start - 30), start)
            if lang is not None:
                the = text[max(0, lang.start() - 4) : lang.start()]
                first = lang.start() - 4 if the.lower() == "the " else lang.start()
                return Thing(first, stop, "document", "document")
            if adjective and det in ("the", "a", "an") and word in ("text", "translation"):
                return Thing(begin, stop, "document", "document")
            if told and (det or kind == "text") and stop > end and (
                inner is not None or word in ("copy",)
            ):  # fmt: skip
                return Thing(begin if det else start, stop, "document", "document")
            return None
        if det in ("this", "these", "no", "any", "some"):
            return None
        if number is not None and not det:
            return Thing(start, stop, "document", "document")
        if told and (det or word[0].isupper()):
            return Thing(begin, stop, "document", "document")
        if word[0].isupper():
            modified = _MODIFIED.search(text, max(0, start - 40), start)
            if word in ("Treaty", "Agreement", "Protocol") and modified is not None:
                first = modified.start()
                if text[max(0, first - 4) : first].lower() == "the ":
                    first -= 4
                return Thing(first, stop, "document", "document")
            return None
        if kind == "letter" and det in ("the", "that", "a", "an") and word not in ("notes", "cables", "communication"):  # fmt: skip
            if det in ("a", "an") and words and words[-1] not in _KINDS_OF_LETTER:
                return None
            return Thing(begin, stop, "document", "document")
        if left["nations"] and kind == "letter" and told:
            return Thing(base + left.start("nations"), stop, "document", "document")
        if word in ("treaty", "agreement", "declaration", "communiqué", "resolution"):
            modified = _MODIFIED.search(text, max(0, start - 30), start)
            if modified is not None and modified.group().split()[0] not in _OPENERS:
                return Thing(modified.start(), stop, "document", "document")
        return None


_KINDS_OF_LETTER = frozenset(
    [
        "personal",
        "private",
        "official",
        "confidential",
        "long",
        "short",
        "brief",
        "oral",
        "verbal",
        "commercial",
        "circular",
        "cipher",
        "secret",
        "joint",
        "second",
        "further",
        "similar",
        "identical",
        "diplomatic",
    ]
)
_OPENERS = frozenset(
    ["The", "This", "That", "These", "Those", "In", "On", "At", "For", "To", "From", "With", "By", "If", "When", "While", "As", "After", "Before", "Since", "But", "And", "Or", "He", "She", "It", "They", "We", "I", "You", "There", "What", "Which", "Who", "His", "Her", "Our", "My", "Your", "Their", "Its", "During", "Under", "Regarding", "Concerning", "No", "Not", "All", "Any", "Some", "Such", "Also", "Both", "Each", "Mr.", "Mrs.", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Dear", "Sincerely", "Your", "Subject", "Telegram", "Memorandum", "Letter", "Message", "See", "Same", "Copy", "Drafted", "Repeated", "Secret", "Confidential", "Top", "However", "Following", "Meanwhile", "Thus", "Then", "Now", "Here"]
)  # fmt: skip

_NATION_LEFT = re.compile(rf"{_NATIONS}\s$")
_NATION_RIGHT = re.compile(
    r"\sof (?:the )?(?:USSR|U\.S\.S\.R\.|Soviet Union|CPSU|USA|United States(?: of America)?|[A-Z][a-z]+ Republic)\b"
)


def widened(text: str, start: int, end: int) -> Thing | None:
    """A known body with the nation that stands before or after its name:
    "USSR Ministry of Foreign Affairs", "Ministry of Foreign Affairs of the USSR"."""
    left = None
    if start > 2 and text[start - 1] == " ":
        left = _NATION_LEFT.search(text, max(0, start - 24), start)
    right = _NATION_RIGHT.match(text, end) if text[end : end + 4] == " of " else None
    if left is None and right is None:
        return None
    return Thing(
        left.start() if left else start, right.end() if right else end, "organisation", "body"
    )


_BUILDINGS = frozenset(
    """White House|Kremlin|Pentagon|State Department|Department of State|Foreign Office|Foreign Ministry|Department of Justice|
Department of Defense|Capitol""".replace("\n", "").split("|")
)


def is_building(text: str, start: int, end: int) -> bool:
    """Whether a known body is named as the house where something happens: "at the White House"."""
    if text[start:end] not in _BUILDINGS or text[start - 4 : start] not in ("the ", "The "):
        return False
    before = text[max(0, start - 20) : start - 4]
    if text[start:end].startswith(("White", "Kremlin")):
        return _LOCATIVE.search(before) is not None
    return re.search(r"\b(?:at|inside|outside|left|entered)\s$", before) is not None


_DESK = re.compile(r"[A-Z][A-Z]{0,3}(?:[/–-][A-Z][A-Z]{0,4})*(?=\))")
_COUNTRIES = frozenset(("US", "USSR", "UK", "UAR", "GDR", "FRG", "USA", "PRC", "ROK", "GRC", "CPR"))


def desk(text: str, at: int) -> Thing | None:
    """The symbol of an office in brackets after a name: "Farley (S/AE)"."""
    found = _DESK.match(text, at)
    if found is None or found.group() in _COUNTRIES:
        return None
    return Thing(found.start(), found.end(), "organisation", "desk")
