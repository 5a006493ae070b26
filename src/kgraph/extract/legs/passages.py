"""A passage that tells of a paper's way, and who is named in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from kgraph.extract import gazetteer, names, timewords
from kgraph.extract.legs.carriage_words import ADVERB
from kgraph.extract.legs.frames import Frame
from kgraph.extract.office_words import (
    EMISSARY,
    HOLDER_IN_BRACKETS,
    KIN,
    LOWER_PARTY,
    NAT,
    NOT_NAMES,
    NOT_PERSONS,
    OFFICE,
    PERSON_NAME,
    PRONOUN,
    TITLE_PARTY,
    WITHHELD,
)
from kgraph.extract.offices import COMPLEMENTS
from kgraph.model import Date, Party, PartyKind, Place

_TOWN_LAST = re.compile(r"(?:^|(?<=[\s;(]))(?P<name>(?:The\s)?[A-Z][\w-]+(?:\s[A-Z]\w+)?)\s*$")
_OWN_HOUSE = re.compile(
    r"(?:the\s+)?(?P<name>(?:[A-Z][\w.-]*\s){0,2}[A-Z][\w.-]*[’']s?\s+(?:headquarters|staff|delegation))\b"
)
_OWN_AIDE = re.compile(
    rf"(?:the\s+)?(?P<role>[A-Z]\w+(?:\s[A-Z]\w+)?[’']s?\s+[A-Z][\w-]+(?:\s[A-Z][\w-]+){{0,4}})\s*\((?P<name>{names.TITLED}{names.NAME})\)"
)
"""An aide told by whose he is: "Roe’s Private Secretary (Doe)"."""
_PORTFOLIO = re.compile(
    r"(?:Plans|Administration|Intelligence|Support|Operations|Political|Economic|Science)\b"
)
_INITIALS = re.compile(r"(?P<name>(?:[A-Z]\.){2,4})(?!\s?[A-Z])")
_NOT_INITIALS = frozenset(("U.S.", "U.N.", "U.K.", "N.Y.", "D.C.", "P.M.", "A.M.", "U.S.S.R."))
_SYMBOL = re.compile(r"\s*\([A-Z]{1,5}(?:[/-][A-Z]+)*\)(?=\s*(?:,|and\b|\.|;))")
"""An office symbol behind a name in a list: "Roe (ACDA), Doe (EUR)"."""
_TITLED_SO = re.compile(
    r"(?:Acting|Deputy|Special|Assistant|Associate|Adviser|Advisor|Chief|Director|Counselor|Chairman|Head|Executive|Naval|Military|Senior|Officer)\b"
)
_TITLE_ENDS = re.compile(r"[^,;.()]*")
_SLASHED = re.compile(r"/[A-Z]{2,}\b")
_ALL = re.compile(r"(?P<name>.+)", re.DOTALL)
_SERVING = re.compile(
    r"\s+to\s+the\s+(?:President|Secretary|Under\s+Secretary)(?:\s+of\s+[A-Z]\w+)?(?:\s+for\s+[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+)*)?(?=\s*,|\s+and\b|\s*\.|\s*;)"
)


def _ends_in_a_name(chunk: str) -> bool:
    """Whether an office without article ends in its holder's name: "Director of the Bureau of
    the Budget Bell"."""
    words = chunk.split()
    return (
        len(words) > 3 and " of " in chunk and words[-1][:1].isupper() and words[-1] not in COMPLEMENTS
        and words[-2] in COMPLEMENTS
    )  # fmt: skip


_NAME_BEHIND = re.compile(rf"\s+(?P<n>{names.NAME})(?![’']s)")
_OFFICE_ALONE = re.compile(rf"{NAT}?(?:{OFFICE})$")
_STOP = re.compile(r"(?<!\bJr)(?<!\bSr)(?<=[a-z]{2})\.$")
_CAPITAL = re.compile(r"(?<![\w.])(?=[A-Z])")  # where a word begins with one
_WORD = re.compile(r"\S+")
_NATION = re.compile(r"the\s+(?P<name>[A-Z][a-z]+(?:ans|ese|ish|sh|ch|is|es))\b")


_BODY_BEHIND = re.compile(r"\s(?:Committee|Commission|Council|Board|Group|Staff|Bureau|Agency)\b")
"""The noun that makes a body of the capitals before it: "Joint Strategic Plans Committee"."""

_OF_HOUSE = re.compile(
    r"\s+of\s+(?:the\s+)?(?P<house>[A-Z][\w/&’-]*(?:\s(?:[A-Z][\w/&’-]*|[Ss]taff|of|the))*\s(?:[Ss]taff|Office|Department|Agency|Bureau|Embassy|Council|Division)|[A-Z]{1,5}(?:/[A-Z]+)+)(?=\s*(?:,|;|and\b|\.))"
)
"""Where somebody works, behind his name: "Roe of the White House staff"."""


_AND_ALSO = re.compile(r"(?:,\s*and\b|,|\s+and\b)\s*(?:to\s+|by\s+)?(?=(?:the\s+)?[A-Z])")


@dataclass(slots=True)
class Passage:
    """Words about a paper's way, beginning at `offset` of the record's text, and what is
    known of the paper: its sender, addressee and date, and who writes of it."""

    text: str
    offset: int
    where: str  # "note" or "body"
    sender: Party | None
    addressee: Party | None
    writer: Party | None
    date: Date | None
    year: int | None
    back: bool = False  # whether the note speaks of a route past the ministries
    giver: Party | None = None
    last: Frame | None = None  # the hop before it in the sentence
    named: list[Party] = field(default_factory=list)  # in the sentence so far, for "him"
    day: Date | None = None  # told last, for "the next day"

    def several(self, into: list[Party], got: tuple[Party, int], b: int) -> int:
        """Add the party `got` and those joined to it by commas and "and"; where they end."""
        into.append(got[0])
        at = got[1]
        by = self.text[: (got[0].start or 0) - self.offset].rstrip().endswith("by")
        while True:
            if (symbol := _SYMBOL.match(self.text, at, b)) is not None and into[
                -1
            ].kind == "person":
                at = symbol.end()
            m = _AND_ALSO.match(self.text, at, b)
            if m is None or ("by " in m.group() and not by):
                break
            title = _TITLED_SO.match(self.text, m.end(), b)
            if (
                title is not None
                and into[-1].kind == "person"
                and not into[-1].role
                and m.group().strip() == ","
            ):
                end = _TITLE_ENDS.match(self.text, m.end(), b)
                if end is not None and _ends_in_a_name(end.group()):
                    into.append(self.make(_ALL.match(self.text, m.end(), end.end()), "person"))  # type: ignore[arg-type]
                    at = end.end()
                    continue
                more = self.party(m.end(), b)
                if more is None or more[0].kind != "person" or _TITLED_SO.search(more[0].name.split()[-1]):  # fmt: skip
                    end = _TITLE_ENDS.match(self.text, m.end(), b)
                    at = end.end() if end is not None else m.end()
                    continue
            more = self.party(m.end(), b)
            if (
                more is None
                or not (
                    more[0].kind in ("person", "office")
                    or (more[0].kind == "body" and m.group().endswith("to "))
                )
                or (m.group().endswith("by ") and re.match(r"\s+to\s", self.text[more[1] : b]))
                or re.match(
                    r"\s+(?:was|were|had|has|is|said|handed|stated|read)\b", self.text[more[1] : b]
                )
            ):
                break
            into.append(more[0])
            at = self.whole_office(into, more[1], b)
        return at

    def whole_office(self, into: list[Party], at: int, b: int) -> int:
        """Give the office added last what it is for: "Counselor to the President for Trade"."""
        m = _SERVING.match(self.text, at, b) if into[-1].kind == "office" else None
        if m is None or into[-1].start is None:
            return at
        words = self.text[into[-1].start - self.offset : m.end()]
        into[-1] = msgspec.structs.replace(
            into[-1], name=" ".join(words.split()), end=self.offset + m.end()
        )
        return m.end()

    def party(self, at: int, b: int) -> tuple[Party, int] | None:
        """The person, office or body named at `at`."""
        text = self.text
        if m := WITHHELD.match(text, at, b):
            return self.make(m, "person"), m.end()
        if m := KIN.match(text, at, b):
            return self.make(m, "person"), m.end()
        if m := PRONOUN.match(text, at, b):
            party = self.pronoun(m)
            return (party, m.end()) if party is not None else None
        if t := TITLE_PARTY.match(text, at, b):
            name = t["name"]
            after = _NAME_BEHIND.match(text, t.end(), b)
            titled = _OFFICE_ALONE.match(name) is not None
            if not (
                titled
                and after
                and after["n"].split()[0] not in NOT_NAMES
                and (not gazetteer.is_place(after["n"]) or name.endswith("of State"))
            ):
                kind: PartyKind = (
                    "office"
                    if re.search(OFFICE, name)
                    and not re.search(r"Embassy|Ministry|Department|Delegation|Mission", name)
                    else "body"
                )
                if name in ("press", "media", "public"):
                    kind = "group"
                return self.held(t, kind, b)
        if (low := LOWER_PARTY.match(text, at, b)) and self.year is not None and self.year < 1950:
            body = re.search(r"office|legation|embassy", low["name"]) is not None
            return self.held(low, "body" if body else "office", b)
        if m := _OWN_AIDE.match(text, at, b):
            return self.make(m, "person", role=" ".join(m["role"].split())), m.end()
        if m := _OWN_HOUSE.match(text, at, b):
            return self.make(m, "body"), m.end()
        if (
            (m := _INITIALS.match(text, at, b))
            and m["name"] not in _NOT_INITIALS
            and self.quoted(at)
        ):
            return self.make(m, "person"), m.end("name")
        if m := PERSON_NAME.match(text, at, b):
            words = m["name"].split()
            while words and words[0] in NOT_NAMES:
                return None
            placed = gazetteer.is_place(m["name"]) and not (m["pre"] or "").endswith("of State ")
            if placed or NOT_PERSONS.search(m["name"]):
                return None
            if (noun := _BODY_BEHIND.match(text, m.end("name"), b)) is not None:
                party = Party(
                    name=" ".join(text[m.start("name") : noun.end()].split()), kind="body",
                    start=self.offset + m.start("name"), end=self.offset + noun.end(),
                )  # fmt: skip
                return party, noun.end()
            if re.match(r"[’']s?\b(?!\s*(?:$|,))|[’']s", text[m.end() : b]):
                return None
            person = self.make(m, "person", role=(m["pre"] or "").strip() or None)
            if person.name.isupper() and (both := _SLASHED.match(text, m.end(), b)) is not None:
                named = f"{person.name}{both.group()}"
                end = self.offset + both.end()
                return msgspec.structs.replace(person, name=named, kind="body", end=end), both.end()
            if (house := _OF_HOUSE.match(text, m.end(), b)) is not None:
                return msgspec.structs.replace(person, office=house["house"]), house.end()
            return person, m.end()
        return None

    def quoted(self, at: int) -> bool:
        """Whether `at` lies in words that an editor quotes."""
        return self.where == "note" and self.text.rfind("“", 0, at) > self.text.rfind("”", 0, at)

    def nation(self, at: int, b: int) -> tuple[Party, int] | None:
        """A nation’s people, as papers are had from them: "the Russians"."""
        m = _NATION.match(self.text, at, b)
        return (self.make(m, "group"), m.end()) if m is not None else None

    def held(self, m: re.Match[str], kind: PartyKind, b: int) -> tuple[Party, int]:
        """An office, or its holder where he is named behind it: "the Minister (Roe)"."""
        holder = HOLDER_IN_BRACKETS.match(self.text, m.end(), b) if kind == "office" else None
        if holder is not None and _PORTFOLIO.match(holder["name"]):
            named = " ".join(self.text[m.start("name") : holder.end()].split())
            office = self.make(m, kind)
            return msgspec.structs.replace(
                office, name=named, end=self.offset + holder.end()
            ), holder.end()
        if holder is None or gazetteer.is_place(holder["name"]):
            return self.make(m, kind), m.end()
        return self.make(holder, "person", role=" ".join(m["name"].split())), holder.end()

    def emissary(self, a: int, b: int) -> Party | None:
        """An unnamed bearer between `a` and `b`: "a special emissary, who handed it"."""
        m = EMISSARY.search(self.text, a, b)
        return self.make(m, "unknown") if m is not None else None

    def date_at(self, a: int, b: int) -> Date:
        """The date between `a` and `b`; "the next day" counts from the day told before it."""
        before = self.day
        if before is None and re.search(r"\b(?:next|following|same|that|later)\b", self.text[a:b]):
            days = list(timewords.DATE_RE.finditer(self.text, 0, a))
            if days:
                before = timewords.read_date(self.text, *days[-1].span(), year=self.year)
        found = timewords.read_date(
            self.text, a, b, self.offset, year=self.year, near=self.date, before=before
        )
        if found.edtf is not None:
            self.day = found
        return found

    def make(self, m: re.Match[str], kind: PartyKind, role: str | None = None) -> Party:
        """The party that the group "name" of a match names."""
        words = m["name"]
        if words.endswith(".") and _STOP.search(words):
            words = words[:-1]  # the stop of the sentence
        return Party(
            name=" ".join(words.split()), kind=kind, role=role,
            start=self.offset + m.start("name"), end=self.offset + m.start("name") + len(words), rule="leg-party",
        )  # fmt: skip

    def pronoun(self, m: re.Match[str]) -> Party | None:
        """Who "me" and "him" are: the writer, or the one named before."""
        who: Party | None
        if m["name"].lower() in ("me", "us", "i", "we"):
            who = (
                self.writer
                or self.initials(m.end())
                or (self.sender if self.where == "body" else None)
            )
        elif m["name"] == "you":
            who = self.addressee
        else:
            speaker = re.search(
                r"from\s+(\S+)\s+to\s+[^,.;]{3,40}?\s+(?:stating|indicating|informing|reporting|which stated)",
                self.text[: m.start()],
            )
            others = [p for p in self.named if not (self.giver and p.name == self.giver.name)]
            first = [p for p in others if speaker and p.name.endswith(speaker[1])]
            who = (
                first[-1]
                if first
                else self.of_last(m["name"])
                or self.subject_of(others, m)
                or (others[-1] if others else None)
            )
        if who is None:
            return Party(
                name=m["name"],
                kind="unknown",
                start=self.offset + m.start("name"),
                end=self.offset + m.end("name"),
                rule="leg-pronoun",
            )
        return msgspec.structs.replace(
            who,
            start=self.offset + m.start("name"),
            end=self.offset + m.end("name"),
            rule="leg-pronoun",
            certainty="inferred",
            note=f"“{m['name']}”",
        )

    def subject_of(self, named: list[Party], m: re.Match[str]) -> Party | None:
        """Whom "he" means behind "which": the first of the `named`, who opens the sentence."""
        if m["name"] not in ("he", "she") or not named:
            return None
        return named[0] if re.search(r"\bwhich\s+$", self.text[: m.start()]) else None

    def initials(self, at: int) -> Party | None:
        """Who says "me" in a notation that an editor quotes: the initials at its end."""
        if self.where != "note":
            return None
        m = re.compile(
            r"[^“”]*?(?P<name>(?:[A-Z]\.?\s?){2,3}|[A-Z][a-z]+(?:,?\s[A-Z]\.)*)[.\s]*”"
        ).match(self.text, at)
        if m is None or not re.fullmatch(r"(?:[A-Z]\.?\s?){2,3}", m["name"]):
            return None
        found = self.make(m, "person")
        name = found.name.rstrip(" .")
        return msgspec.structs.replace(found, name=name, end=(found.start or 0) + len(name))

    def of_last(self, pronoun: str) -> Party | None:
        """Whom a pronoun means of those who took part in the hop before: "he" its giver,
        "him" its receiver, or whoever of the two does not give now."""
        if self.last is None or not self.last.receiver:
            return None
        if pronoun in ("he", "she"):
            return self.last.giver[0] if self.last.giver else None
        if pronoun not in ("him", "her"):
            return None
        sides = [*self.last.receiver[:1], *self.last.giver[:1]]
        free = [p for p in sides if self.giver is None or p.name != self.giver.name]
        return free[0] if free else None

    def party_before(self, a: int, at: int) -> Party | None:
        """The subject that ends right before the verb."""
        left = self.text[a:at]
        m = re.search(rf"(?:{ADVERB}|,\s[^,]{{3,60}},\s)*$", left)
        stop = a + (m.start() if m else len(left))
        stretch = self.text[a:stop].rstrip(" ,")
        stop = a + len(stretch)
        for back in range(min(len(stretch), 70), 0, -1):
            i = stop - back
            if i > a and self.text[i - 1] not in ' (“"—':
                continue
            got = self.party(i, stop)
            if got is not None and got[1] == stop and got[0].kind != "unknown":
                return got[0]
        return None

    def post_before(self, a: int, at: int) -> Party | None:
        """A post told by its town, right before the verb: "Paris was instructed to"."""
        m = _TOWN_LAST.search(self.text, a, at)
        if m is None or not gazetteer.is_place(m["name"]):
            return None
        return self.make(m, "body")

    def subject(self, a: int, at: int) -> Party | None:
        """The person or office that the sentence begins with, before a verb of its own."""
        got = self.party(a, at)
        if got is None or got[0].kind not in ("person", "office"):
            return None
        return got[0] if re.match(r"\s+[a-z]+", self.text[got[1] : at]) else None

    def names_in(self, a: int, b: int) -> list[Party]:
        """The persons named between `a` and `b`, in order."""
        found: list[Party] = []
        at = a
        while m := _CAPITAL.search(self.text, at, b):
            got = self.party(m.start(), b)
            if got is not None and got[0].kind == "person":
                if not re.match(r",\s+where\b", self.text[got[1] : b]):
                    found.append(got[0])
                at = max(got[1], m.start() + 1)
            else:
                nxt = _WORD.match(self.text, m.start(), b)
                at = nxt.end() if nxt else m.start() + 1
        return found

    def place_at(self, a: int, b: int) -> Place:
        """The place whose name stands between `a` and `b`."""
        name = self.text[a:b].rstrip(" .,")
        name = re.sub(r"^the\s+", "", name)
        return Place(
            name=" ".join(name.split()),
            start=self.offset + a,
            end=self.offset + b,
            rule="leg-place",
        )
