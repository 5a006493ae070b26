"""A passage that tells of a paper's way, and who is named in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from kgraph.extract import gazetteer, names, timewords
from kgraph.extract.carriage_words import ADVERB
from kgraph.model import Date, Party, PartyKind, Place

NAT = r"(?:(?:Soviet|Russian|British|French|American|U\.S\.|US|German|West German|East German|Chinese|Japanese|Italian|Indian|Israeli|Egyptian|Cuban|Polish|Turkish|Korean|Swiss|Swedish|Dutch|Belgian|Yugoslav|Canadian|Australian|Austrian|Spanish|Mexican|[A-Z][a-z]+(?:ian|ese|ish|ani|can|ean|ssian))\s+)"
OFFICE = r"(?:(?:Deputy|Acting|Vice|First|Assistant|Under|Minister|Permanent)\s+)*(?:President(?!['’])|Prime Minister|Foreign Minister|Foreign Secretary|Secretary(?:\s+of\s+(?:State|Defense|War|the Treasury))?|Attorney General|Ambassador|Chargé(?:\s+d[’']Affaires)?|Charge(?:\s+d[’']Affaires)?|Minister|Chairman|Premier|Chancellor|King|Queen|Counselor|Consul(?:\s+General)?|Naval Aide|Military Attaché|Acting Secretary|Director|Chief\s+of\s+(?:the\s+)?\w+(?:\s+in\s+[A-Z]\w+)?|Naval\s+Attaché|Press\s+Secretary)"
BODY = r"(?:Embassy|Embassies|Legation|Department(?:\s+of\s+\w+)?|White House|Foreign (?:Ministry|Office)|Ministry(?:\s+of\s+(?:Foreign\s+Affairs|\w+))?|Mission|Delegation|Consulate(?:\s+General)?|Government|State Department|Kremlin|Pentagon|Security Council|Presidium|Residency|Station|Headquarters|press|media|public|CIA|NSC|UN|United Nations|Congress)"
_AT_PLACE = r"(?:\s+(?:in|at)\s+(?:the\s+)?(?!White)[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*){0,2})?"
_OF = rf"(?:\s+(?:of|for|on)\s+(?:the\s+)?(?!{timewords.MONTH})[A-Z][\w-]*(?:(?:\s+and)?\s+(?!{timewords.MONTH})[A-Z][\w-]*){{0,4}})"
_TO_PLACE = rf"(?:\s+(?:in|to)\s+(?:the\s+)?(?!White|{NAT}?(?:Foreign|{OFFICE}|{BODY}))[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*){{0,1}})?"
_PERSON_NAME = re.compile(
    rf"(?:the\s+)?(?P<pre>{NAT}?(?:{names.TITLED}|(?:{OFFICE}\s+(?:to\s+[A-Z]\w+\s+)?)*))(?P<name>{names.NAME})"
)
_TITLE_PARTY = re.compile(
    rf"(?:[Tt]he\s+|[Hh]is\s+|[Yy]our\s+|[Oo]ur\s+|[Mm]y\s+|[Aa]n?\s+)?(?:(?:President|Secretary)[’']s\s+)?"
    rf"(?P<name>{NAT}?(?:{OFFICE}(?:{_OF}|(?<=dor){_TO_PLACE}|(?<=ister){_TO_PLACE})?|(?:Council|Committee|Board|Bureau|Office){_OF}|{BODY}(?:{_OF})?{_AT_PLACE}))(?!\w)"
)
_KIN = re.compile(
    r"(?P<name>(?:my|his|her|the President[’']s)\s+(?:brother|wife|son|aide|assistant|secretary|emissary|representative))\b"
)
PRONOUN = re.compile(r"\b(?P<name>me|him|her|us|them|you|I|he|she|we|they)\b")
_NOT_NAMES = frozenset(
    str.split("""Text Following This The Embassy Department Telegram Document Moscow According Another Copy Letter Message Note Source Signed Original Russian English President Secretary Ambassador
    Transmitted Delivered Handed Sent Also Translation Emb Embtel Deptel Soviet Government Confidential Secret In On At By It When After Before Following For His Her Please Begin End Oral
    Although While However Regarding As Under Both Central Files Lot Correspondence Presidential Received Repeated Memorandum Mr""")
)


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
    named: list[Party] = field(default_factory=list)  # in the sentence so far, for "him"

    def several(self, into: list[Party], got: tuple[Party, int], b: int) -> int:
        """Add the party `got` and those joined to it by commas and "and"; where they end."""
        into.append(got[0])
        at = got[1]
        while m := re.compile(r"(?:,\s+and|,|\s+and)\s+(?:to\s+|by\s+)?(?=(?:the\s+)?[A-Z])").match(
            self.text, at, b
        ):
            more = self.party(m.end(), b)
            if (
                more is None
                or more[0].kind not in ("person", "office")
                or re.match(
                    r"\s+(?:was|were|had|has|is|said|handed|stated|read)\b", self.text[more[1] : b]
                )
            ):
                break
            into.append(more[0])
            at = more[1]
        return at

    def party(self, at: int, b: int) -> tuple[Party, int] | None:
        """The person, office or body named at `at`."""
        text = self.text
        if m := _KIN.match(text, at, b):
            return self.make(m, "person"), m.end()
        if m := PRONOUN.match(text, at, b):
            party = self.pronoun(m)
            return (party, m.end()) if party is not None else None
        if t := _TITLE_PARTY.match(text, at, b):
            name = t["name"]
            after = re.match(rf"\s+(?P<n>{names.NAME})(?![’']s)", text[t.end() : b])
            titled = re.match(rf"{NAT}?(?:{OFFICE})$", name) is not None
            if not (
                titled
                and after
                and after["n"].split()[0] not in _NOT_NAMES
                and not gazetteer.is_place(after["n"])
            ):
                kind: PartyKind = (
                    "office"
                    if re.search(OFFICE, name)
                    and not re.search(r"Embassy|Ministry|Department|Delegation|Mission", name)
                    else "body"
                )
                if name in ("press", "media", "public"):
                    kind = "group"
                return self.make(t, kind), t.end()
        if m := _PERSON_NAME.match(text, at, b):
            words = m["name"].split()
            while words and words[0] in _NOT_NAMES:
                return None
            if (
                gazetteer.is_place(m["name"])
                or m["name"] in _NOT_NAMES
                or re.search(
                    r"(?:Library|Files|Bulletin|Department|(?:White|Blair|State|Opera|Guest) House|Embassy)$",
                    m["name"],
                )
            ):
                return None
            if re.match(r"[’']s?\b(?!\s*(?:$|,))|[’']s", text[m.end() : b]):
                return None
            return self.make(m, "person", role=(m["pre"] or "").strip() or None), m.end()
        return None

    def make(self, m: re.Match[str], kind: PartyKind, role: str | None = None) -> Party:
        """The party that the group "name" of a match names."""
        return Party(
            name=" ".join(m["name"].split()), kind=kind, role=role,
            start=self.offset + m.start("name"), end=self.offset + m.end("name"), rule="leg-party",
        )  # fmt: skip

    def pronoun(self, m: re.Match[str]) -> Party | None:
        """Who "me" and "him" are: the writer, or the one named before."""
        who: Party | None
        if m["name"].lower() in ("me", "us", "i", "we"):
            who = self.writer or (self.sender if self.where == "body" else None)
        elif m["name"] == "you":
            who = self.addressee
        else:
            speaker = re.search(
                r"from\s+(\S+)\s+to\s+[^,.;]{3,40}?\s+(?:stating|indicating|informing|reporting|which stated)",
                self.text[: m.start()],
            )
            others = [p for p in self.named if not (self.giver and p.name == self.giver.name)]
            first = [p for p in others if speaker and p.name.endswith(speaker[1])]
            who = first[-1] if first else others[-1] if others else None
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

    def names_in(self, a: int, b: int) -> list[Party]:
        """The persons named between `a` and `b`, in order."""
        found: list[Party] = []
        at = a
        while m := re.compile(r"(?<![\w.])(?=[A-Z])").search(self.text, at, b):
            got = self.party(m.start(), b)
            if got is not None and got[0].kind == "person":
                found.append(got[0])
                at = max(got[1], m.start() + 1)
            else:
                nxt = re.compile(r"\S+").match(self.text, m.start(), b)
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
