"""Who is meant by the names, offices and kinships in one record.

A record's parties come first (their names are fullest), then its mentions in the
order of the text; each person found becomes company for those after: a bare
surname takes up the person of that surname who is already there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.kinship import Kin, read_kin
from kgraph.authorities.names import FEMALE_TITLES, fold, given_like, parse
from kgraph.authorities.offices import SIDES, Described, describe
from kgraph.authorities.persons import Query, Scored, decide
from kgraph.authorities.volume_lists import ListedPersons, years_of_source
from kgraph.model import Leg, Mention, Party, Place, Record

SOMEBODY_ELSE_IN_TEXT = 2.5
"""Score of "nobody known" for names in documents: lower than in lists of persons,
since most people whom a document names without introduction are well known."""

MARKED = 0.99
"""Probability of a link that the source's own markup makes and its words bear out."""

_SCHEMES = (
    ("gnd", re.compile(r"d-nb\.info/gnd/([\dX-]+)")),
    ("viaf", re.compile(r"viaf\.org/viaf/(\d+)")),
    ("wikidata", re.compile(r"wikidata\.org/(?:entity|wiki)/(Q\d+)")),
)

Named = TypeVar("Named", Party, Mention)

_DEATH = re.compile(
    r"\b(?:assassinat|murder|death|died|deceased|late\b|funeral|killed|slain|grief|sorrow|"
    r"condolence|widow|mourn|burial|passing|tragic)",
    re.I,
)
_SUCCESSION = re.compile(r"\b(?:new|succe|sworn|swearing|took office|assumed)", re.I)
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ich|ichna)$")
_LOWER_BRACKET = re.compile(r"\s*[\[(](?![^\])]*\b(?:ambassador|secretary|adviser|advisor)\b)[a-z][^\])]*[\])]")  # fmt: skip
_NATIONS = "|".join(re.escape(n) for n in sorted(SIDES, key=len, reverse=True))
_NATION = re.compile(
    rf"\b(?:{_NATIONS}|french|west german|presidential|washington|moscow)\b\.?", re.I
)
_RANKS = {
    "president": 2.5, "premier": 2.5, "party leader": 2.5, "prime minister": 2.0, "chancellor": 2.0,
    "secretary of state": 1.5, "foreign minister": 1.5,
}  # fmt: skip
_SINGLE = frozenset({"person", "unknown"})


def spelled_title(text: str) -> tuple[str | None, str]:
    """Title and name of "French Ambassador Alphand": ("French Ambassador", "Alphand").

    Editors' brackets around parts of a name are opened, explanations in brackets dropped.
    """
    text = _LOWER_BRACKET.sub("", text)
    text = re.sub(r"[\[\]]", "", text)
    text = " ".join(text.split())
    words = text.split(" ")
    last = -1
    for i, word in enumerate(words[:-1]):
        if word.lower().strip(".,") in _TITLE_WORDS or word.lower().endswith("-elect"):
            last = i
    if last < 0:
        return None, text
    i = last + 1
    while i < len(words) - 1 and words[i].lower() in ("to", "in", "of", "for", "the", "and"):
        # "Ambassador to Moscow", "President of the United States of America"
        i += 1
        while i < len(words) - 1 and words[i] in _POST_WORDS:
            i += 1
    name = words[i:]
    if not name or not name[0][:1].isupper():
        return None, text
    return " ".join(words[:i]), " ".join(name)


_TITLE_WORDS = frozenset(
    [
        "president",
        "ambassador",
        "minister",
        "secretary",
        "premier",
        "chairman",
        "chancellor",
        "adviser",
        "advisor",
        "assistant",
        "director",
        "consul",
        "chargé",
        "charge",
        "attorney",
        "representative",
        "governor",
        "senator",
        "general",
        "marshal",
        "admiral",
        "colonel",
        "king",
        "queen",
        "prince",
        "princess",
        "comrade",
        "mr",
        "mrs",
        "miss",
        "dr",
        "sir",
        "lord",
        "lady",
        "justice",
        "envoy",
        "counselor",
        "counsellor",
        "leader",
        "judge",
        "captain",
        "major",
        "lieutenant",
        "commissioner",
        "professor",
        "speaker",
    ]
)
_POST_WORDS = frozenset(
    [
        "Moscow",
        "Washington",
        "London",
        "Paris",
        "Bonn",
        "Havana",
        "the",
        "United",
        "States",
        "America",
        "of",
        "USSR",
        "USA",
        "U.S.",
        "US",
        "Soviet",
        "Union",
        "State",
        "Defense",
        "Treasury",
        "Foreign",
        "Affairs",
        "France",
        "Britain",
        "Great",
        "Germany",
        "Cuba",
        "Council",
        "Ministers",
        "Presidium",
        "Supreme",
        "Embassy",
    ]
)


_PLURAL = re.compile(r"^[Tt]he ([A-Z]\w{3,})s$")
_SPOUSE = Kin("spouse-of", None, "")
_SUCCESSOR = re.compile(r"^(?:the )?(.+?)['’]s? successor$|^(?:the )?successor (?:of|to) (.+)$")
_ACRONYM = re.compile(r"^[A-Z]{2,4}$")


class Found(NamedTuple):
    """A person found for a name: id, calibrated probability, reasons."""

    id: str
    probability: float
    reasons: tuple[str, ...]


class Setting(msgspec.Struct):
    """What is known where a name stands: days, sides, people already met."""

    first: str | None
    last: str | None
    persons: dict[str, float]
    text: str
    senders: list[str]
    addressees: list[str]
    sides: Counter[str]
    places: list[tuple[int, str]] = []

    @property
    def years(self) -> tuple[int | None, int | None]:
        return (
            int(self.first[:4]) if self.first else None,
            int(self.last[:4]) if self.last else None,
        )


class Resolver:
    """Fills the ids of records of one source."""

    def __init__(
        self, authority: Authority, listed: ListedPersons, source: str, threshold: float
    ) -> None:
        self.authority = authority
        self.listed = listed
        self.threshold = threshold
        self.span = years_of_source(source)
        self.met: Counter[str] = Counter()
        self._memo: dict[tuple[object, ...], list[Scored]] = {}

    # -- records -----------------------------------------------------------

    def record(self, record: Record) -> Record:
        """`record` with the ids of its parties, places, holdings and mentions filled."""
        setting = self._setting(record)
        changes: dict[str, object] = {}
        for field in (
            "senders", "addressees", "participants", "signed", "on_behalf_of", "copies_to",
            "drafters", "clearers", "approvers", "translators",
        ):  # fmt: skip
            parties: tuple[Party, ...] = getattr(record, field)
            if parties:
                done = tuple(self.party(p, setting) for p in parties)
                changes[field] = done
                if field == "senders":
                    setting.senders.extend(p.id or p.holder or "" for p in done)
                elif field == "addressees":
                    setting.addressees.extend(p.id or p.holder or "" for p in done)
                elif field == "signed":
                    setting.senders.extend(p.id or "" for p in done)
        if record.legs:
            changes["legs"] = tuple(self._leg(leg, setting) for leg in record.legs)
        if record.place:
            changes["place"] = self.place(record.place)
        if record.place_to:
            changes["place_to"] = self.place(record.place_to)
        if record.mentions:
            changes["mentions"] = self._mentions(record.mentions, setting)
        return msgspec.structs.replace(record, **changes) if changes else record

    def _setting(self, record: Record) -> Setting:
        dates = [d for d in (record.date, record.sent, record.received, *record.other_dates) if d]
        first = next((d.earliest for d in dates if d.earliest), None)
        last = next((d.latest for d in dates if d.latest), None)
        if first is None and self.span[0] is not None:
            first, last = f"{self.span[0]}-01-01", f"{self.span[1]}-12-31"
        return Setting(
            first=first[:10] if first else None,
            last=last[:10] if last else None,
            persons={},
            text=record.text,
            senders=[],
            addressees=[],
            sides=Counter(),
        )

    def _leg(self, leg: Leg, setting: Setting) -> Leg:
        def one(party: Party | None) -> Party | None:
            return self.party(party, setting) if party and party.name else party

        return msgspec.structs.replace(
            leg,
            from_=one(leg.from_),
            by=one(leg.by),
            to=one(leg.to),
            also_from=tuple(self.party(p, setting) for p in leg.also_from),
            also_by=tuple(self.party(p, setting) for p in leg.also_by),
            also_to=tuple(self.party(p, setting) for p in leg.also_to),
            place=self.place(leg.place) if leg.place else None,
            place_to=self.place(leg.place_to) if leg.place_to else None,
        )

    def place(self, place: Place) -> Place:
        """`place` with its id, where its name is one place's."""
        if place.id or not place.name:
            return place
        return msgspec.structs.replace(place, id=self.authority.place_index.find(place.name))

    def _referred(self, ref: str) -> str | None:
        """The person whom the source's own identifier names, if the list or authority has it."""
        local = "person/" + ref.replace("#", "/").lstrip("/")
        if local in self.listed.target:
            return self.listed.target[local]
        if local in self.listed.index.by_id:
            return local
        for scheme, pattern in _SCHEMES:
            found = pattern.search(ref)
            if found:
                return self.authority.by_identifier(scheme, found[1])
        return None

    # -- parties -----------------------------------------------------------

    def party(self, party: Party, setting: Setting) -> Party:
        """`party` with id, probability and reasons; an id given by hand stays."""
        referred = self._referred(party.ref) if party.ref and not party.id else None
        if referred:
            party = msgspec.structs.replace(
                party, id=referred, probability=MARKED, reasons=("so marked in the source",)
            )
        if party.id and party.id in self.listed.target:
            party = msgspec.structs.replace(party, id=self.listed.target[party.id])
            known = True
        else:
            known = bool(party.id) and (
                party.id in self.authority.persons or party.id in self.listed.index.by_id
            )
        if party.id and party.rule is None and not known:
            return msgspec.structs.replace(party, id=self.authority.current(party.id))
        if party.id and known:
            checked = self._checked(party, party.name, party.role, setting)
            if checked.id:
                self._meet(checked.id, setting, 3.0)
            return checked
        if party.id:
            return party
        if party.kind in ("office", "body", "group"):
            return self._office(party, setting)
        named = self.person(party.name, party.role, setting)
        if named is None and party.kind == "unknown":
            return self._office(party, setting)
        return self._filled(party, named, setting, 3.0)

    def _office(self, party: Party, setting: Setting) -> Party:
        id = self.authority.body_index.find(party.name)
        holder = None
        read = describe(party.name)
        if read and party.kind != "body":
            holders = self._holders(read, setting)
            if len(holders) == 1:
                holder = holders[0]
        if id is None and holder is None:
            return party
        reasons = (f"the name of {id}",) if id else ()
        if holder:
            reasons = (*reasons, f"{holder} held the office")
            self._meet(holder, setting, 2.0)
        return msgspec.structs.replace(party, id=id, holder=holder, reasons=reasons)

    def _checked(self, named: Named, text: str, role: str | None, setting: Setting) -> Named:
        """`named` unless its marked-up id contradicts the name or title that stands there."""
        assert named.id
        own = self.listed.index.by_id.get(named.id) or self.authority.person_index.by_id.get(
            named.id
        )
        if own is None or named.rule is None:
            return named
        title, name = spelled_title(text)
        from kgraph.authorities.persons import compare_names

        best = max((compare_names(a, b)[0] for a in parse(name) for b in own.names), default=0.0)
        holders: list[str] = []
        read = describe(title or "") or describe(role or "")
        if read:
            holders = self._holders(read, setting)
        if best > 0 and (not holders or named.id in holders):
            return named
        rival: Found = self.person(name, title or role, setting) or Found(named.id, 0.0, ())
        if rival.id != named.id and rival.probability >= self.threshold:
            why = (*rival.reasons, f"the markup points at {named.id}, which the words contradict")
            return msgspec.structs.replace(
                named, id=rival.id, probability=rival.probability, reasons=why
            )
        if best <= 0 and not read and not read_kin(text):
            return msgspec.structs.replace(
                named,
                probability=0.5,
                reasons=(f"the markup points at {named.id}, whose names are others",),
            )
        return named

    # -- mentions ----------------------------------------------------------

    def _mentions(self, mentions: Iterable[Mention], setting: Setting) -> tuple[Mention, ...]:
        mentions = tuple(mentions)
        order = sorted(
            range(len(mentions)),
            key=lambda i: (-_fullness(mentions[i]), mentions[i].start or 0),
        )
        done: list[Mention] = list(mentions)
        for i in order:
            done[i] = self.mention(mentions[i], setting)
        beside = {
            m.start: m for m in done if m.type == "person" and m.id and m.form != "description"
        }
        for i, mention in enumerate(done):
            apposed = mention.form == "description" and not mention.text.startswith(("Mr", "mr"))
            if mention.type == "person" and apposed and not mention.id:
                for gap in (1, 2, 3):
                    other = beside.get((mention.end or -9) + gap)
                    if other and describe(mention.text):
                        done[i] = msgspec.structs.replace(
                            mention,
                            id=other.id,
                            probability=min(0.95, other.probability or 0.95),
                            reasons=("stands beside the name",),
                        )
        for mention in [m for m in done if m.type == "person" and not m.id]:
            done.extend(self._couple(mention, done))
        return tuple(done)

    def _couple(self, mention: Mention, done: list[Mention]) -> list[Mention]:
        """Husband and wife for "the Khrushchevs": fills the mention and adds one beside it."""
        found = _PLURAL.match(mention.text)
        if not found:
            return []
        scored = self.listed.scores(Query(name=found[1]))
        family = self.authority.family
        for id, _, _ in sorted(scored, key=lambda s: -s[1]):
            spouses = [p for p in family.of(id, _SPOUSE) if any(p == s[0] for s in scored)]
            if len(spouses) == 1:
                pair = [
                    msgspec.structs.replace(
                        mention, id=p, probability=0.92, certainty="inferred", reasons=("a couple",)
                    )
                    for p in sorted((id, spouses[0]))
                ]
                done[done.index(mention)] = pair[0]
                return pair[1:]
        return []

    def mention(self, mention: Mention, setting: Setting) -> Mention:
        """`mention` with its id, where one is probable enough."""
        if mention.ref and not mention.id and mention.type == "person":
            referred = self._referred(mention.ref)
            if referred:
                mention = msgspec.structs.replace(
                    mention, id=referred, probability=MARKED, reasons=("so marked in the source",)
                )
        if mention.id and mention.id in self.listed.target:
            mention = msgspec.structs.replace(mention, id=self.listed.target[mention.id])
        if mention.id:
            if mention.type == "person" and (
                mention.id in self.authority.persons or mention.id in self.listed.index.by_id
            ):
                mention = self._checked(mention, mention.text, None, setting)
                if mention.id:
                    self._meet(mention.id, setting, 1.0)
            return mention
        if mention.type == "place":
            return msgspec.structs.replace(
                mention, id=self.authority.place_index.find(mention.core or mention.text)
            )
        if mention.type == "organisation":
            return msgspec.structs.replace(
                mention, id=self.authority.body_index.find(mention.core or mention.text)
            )
        if mention.type != "person":
            return mention
        found = self.described(mention, setting)
        if found is None:
            title, name = spelled_title(mention.text)
            if mention.core and mention.core != mention.text:
                name = mention.core
                title = title or mention.text.replace(mention.core, "").strip() or None
            if title or mention.form != "description":
                found = self.person(name, title or mention.role, setting)
        return self._filled(mention, found, setting, 1.0)

    def described(self, mention: Mention, setting: Setting) -> Found | None:
        """The person whom an office or kinship names, with probability and reasons."""
        kin = read_kin(mention.text)
        if kin:
            apposed = mention.text.partition(", ")[2]
            if apposed and describe(apposed):
                mention = msgspec.structs.replace(mention, text=apposed)
            else:
                return self._kin(mention, setting)
        followed = _SUCCESSOR.match(mention.text)
        if followed:
            return self._successor(followed[1] or followed[2], setting)
        read = describe(mention.text)
        if read is None:
            if fold(mention.text) in ("the recipient", "the addressee"):
                single = [a for a in setting.addressees if a.startswith("person/")]
                if len(single) == 1:
                    return Found(single[0], 0.95, ("the addressee",))
            return None
        if read.office == "ambassador" or (read.office == "ambassador to us" and not read.side):
            return self._ambassador(read, setting)
        read = self._turning_point(read, mention, setting)
        if read is None:
            return None
        holders = self._holders(read, setting)
        if not holders:
            return None
        if len(holders) == 1:
            certain = read.side or read.office in ("president", "secretary of state")
            probability = 0.96 if certain else 0.9
            return Found(holders[0], probability, (f"held the office ({read.office}) at the date",))
        here = [h for h in holders if h in setting.persons]
        if len(here) == 1:
            return Found(
                here[0], 0.92, (f"held the office ({read.office}); named in the document",)
            )
        return Found(
            holders[0], 1 / len(holders), (f"one of {len(holders)} holders of the office",)
        )

    def _holders(self, read: Described, setting: Setting) -> list[str]:
        if setting.first is None or setting.last is None:
            return []
        table = self.authority.offices
        sides = [read.side] if read.side else []
        if not sides:
            if read.office in ("president", "secretary of state", "attorney general"):
                sides = ["us"]
            elif setting.sides:
                sides = [side for side, _ in setting.sides.most_common()]
            elif read.office in ("premier", "party leader"):
                sides = ["soviet"]
        found: list[str] = []
        for side in sides:
            if found and not read.side:
                break
            office = table.heads(side) if read.office == "head of government" else read.office
            if office == "prime minister" and side == "soviet":
                office = "premier"
            found += table.holders(
                office, side, setting.first, setting.last, late=read.late, new=read.new
            )
        return list(dict.fromkeys(found))

    def _turning_point(
        self, read: Described, mention: Mention, setting: Setting
    ) -> Described | None:
        """`read` in the days after a president's death, when the words around decide who is meant."""
        if read.office != "president" or read.late or read.new or setting.first is None:
            return read
        end = self.authority.offices.died_in_office(read.side or "us", setting.first, days=10)
        if end is None:
            return read
        around = ""
        if setting.text and mention.start is not None and mention.end is not None:
            around = setting.text[max(0, mention.start - 80) : mention.end + 80]
        dead, heir = _DEATH.search(around), _SUCCESSION.search(around)
        if end >= 3:
            return None if dead and not heir else msgspec.structs.replace(read, new=True)
        if heir and not dead:
            return msgspec.structs.replace(read, new=True)
        return msgspec.structs.replace(read, late=True) if dead else None

    def _successor(self, owner: str, setting: Setting) -> Found | None:
        title, name = spelled_title(owner)
        who = self.person(name, title, setting)
        if who is None or setting.last is None:
            return None
        for office, side, tenure in self.authority.offices.offices_of(who[0]):
            if office in _RANKS and tenure.last and tenure.last <= setting.last:
                later = [
                    t
                    for t in self.authority.offices.tenures(office, side)
                    if (t.first or "") > tenure.last
                ]
                if later:
                    heir = min(later, key=lambda t: t.first or "")
                    return Found(heir.person, min(0.93, who[1]), (f"next {office} after {who[0]}",))
        return None

    def _ambassador(self, read: Described, setting: Setting) -> Found | None:
        table = self.authority.offices
        if read.side and setting.first and setting.last:
            to = "ambassador to soviet" if read.side == "us" else "ambassador to us"
            found = table.holders(to, read.side, setting.first, setting.last)
            if len(found) == 1:
                return Found(found[0], 0.93, (f"{read.side} ambassador at the date",))
        here = [
            p
            for p in setting.persons
            if any(
                o.startswith("ambassador")
                and (t.first or "") <= (setting.last or "9")
                and (t.last or "9") >= (setting.first or "")
                for o, _, t in table.offices_of(p)
            )
        ]
        sender = [p for p in here if p in setting.senders]
        if len(sender) == 1:
            return Found(sender[0], 0.9, ("the ambassador who writes",))
        if len(here) == 1:
            return Found(here[0], 0.9, ("the ambassador among the persons of the document",))
        return None

    def _kin(self, mention: Mention, setting: Setting) -> Found | None:
        kin = read_kin(mention.text)
        assert kin
        owners: list[str] = []
        sure = 0.95
        if kin.owner in ("my", "our"):
            owners = [s for s in setting.senders if s.startswith("person/")]
            sure = 0.93
        elif kin.owner == "your":
            owners = [a for a in setting.addressees if a.startswith("person/")]
        elif kin.owner in ("his", "her"):
            owners = self._antecedent(kin, mention.start, setting)
            sure = 0.9
        else:
            part = msgspec.structs.replace(
                mention, text=kin.owner, core=None, form=None, start=mention.start
            )
            inner = self.described(part, setting)
            if inner is None:
                title, name = spelled_title(_original(mention.text, kin.owner))
                inner = self.person(name, title, setting)
            if inner:
                owners = [inner[0]]
                sure = min(sure, inner[1])
        family = self.authority.family
        found = list(dict.fromkeys(p for o in dict.fromkeys(owners) for p in family.of(o, kin)))
        if len(found) == 1:
            who = kin.owner if len(owners) != 1 else owners[0]
            return Found(found[0], sure, (f"{kin.relation} {who}",))
        return None

    def _antecedent(self, kin: Kin, start: int | None, setting: Setting) -> list[str]:
        """The person named last before `start` who is of the sex and has such kin."""
        female = kin.owner == "her"
        for _, id in sorted(setting.places, reverse=True, key=lambda p: p[0]):
            known = self.authority.person_index.by_id.get(id)
            if (start is None or _ < start) and known and known.female in (female, None):
                return [id] if known.female is female or self.authority.family.of(id, kin) else []
        return []

    # -- names -------------------------------------------------------------

    def person(self, name: str, role: str | None, setting: Setting) -> Found | None:
        """The likeliest person of that name, with probability and reasons; None for nobody."""
        first, last = setting.years
        decade = (first // 5 * 5 if first else None, (last // 5 * 5 + 4) if last else None)
        key = (name, role, decade)
        scored = self._memo.get(key)
        if scored is None:
            query = Query(
                name=f"{_female_title(role)}{name}", first=decade[0], last=decade[1], about=role
            )
            scored = self._memo[key] = self.listed.scores(query)
            if not scored and len(name.split()) <= 3:
                scored = self._memo[key] = self._by_given(name)
        if not scored:
            return self._initials(name, setting) if _ACRONYM.match(name) else None
        readings = parse(name)
        bare = not readings[0].given if readings else True
        read = describe(role) if role else None
        holders = self._holders(read, setting) if read else []
        adjusted = []
        for id, score, reasons in scored:
            why = list(reasons)
            company = setting.persons.get(id)
            if company:
                score += company * (1.8 if bare and company >= 3.0 else 1.0)
                why.append("named in the same document")
            if bare and "in the source's list of persons" in why:
                score += 3.0
            if holders:
                if id in holders:
                    score += 4.0
                    why.append("held that office at the date")
                elif bare:
                    score -= 2.0
            elif bare:
                score += self._rank(id, setting)
            met = self.met.get(id, 0)
            if met:
                score += min(1.5, 0.4 * met**0.5)
            adjusted.append((id, score, tuple(why)))
        best = decide(adjusted, SOMEBODY_ELSE_IN_TEXT)[0]
        return Found(best.id, best.probability, best.reasons)

    def _initials(self, letters: str, setting: Setting) -> Found | None:
        """The one person met in this source whose initials are `letters` ("JFK")."""
        found = {
            id
            for id in (*setting.persons, *self.met)
            if (known := self.authority.person_index.by_id.get(id))
            and any(
                "".join(w[0] for w in (*n.given, n.surname)).upper() == letters
                for n in known.names
                if n.given
            )
        }
        if len(found) == 1:
            return Found(found.pop(), 0.92, ("initials of a person of this source",))
        return None

    def _by_given(self, name: str) -> list[Scored]:
        """Persons called by given name and patronymic ("Nikita Sergeevich")."""
        words = fold(name).replace(".", " ").split()
        if not words:
            return []
        patronymic = len(words) == 2 and bool(_PATRONYMIC.search(words[1]))
        if not patronymic:
            return []
        found: dict[str, Scored] = {}
        for known in self.authority.person_index.called(words[0]):
            for n in known.names:
                if len(n.given) > 1 and given_like(words[0], n.given[0]) >= 0.9:
                    second = given_like(words[1], n.given[1])
                    if second >= 0.6:
                        score = 6.0 if second >= 0.9 else 3.5
                        why = ("given name and patronymic agree",)
                        if known.id not in found or found[known.id][1] < score:
                            found[known.id] = (known.id, score + known.weight, why)
        return list(found.values())

    def _rank(self, id: str, setting: Setting) -> float:
        if setting.first is None or setting.last is None:
            return 0.0
        return max(
            (
                _RANKS.get(office, 0.8)
                for office, _, t in self.authority.offices.offices_of(id)
                if (t.first or "") <= _shift(setting.last, 60)
                and (t.last or "9") >= _shift(setting.first, -60)
            ),
            default=0.0,
        )

    def _meet(self, id: str, setting: Setting, weight: float) -> None:
        setting.persons[id] = max(
            weight, setting.persons.get(id, 0.0), min(2.5, setting.persons.get(id, 0.0) + 0.5)
        )
        self.met[id] += 1
        known = self.authority.person_index.by_id.get(id)
        if known and known.side:
            setting.sides[known.side] += int(weight)

    def _filled(
        self,
        named: Named,
        found: Found | None,
        setting: Setting,
        weight: float,
    ) -> Named:
        if found is None:
            return named
        id, probability = found[0], found[1]
        reasons: tuple[str, ...] = found[2]
        if probability >= self.threshold:
            self._meet(id, setting, weight)
            if isinstance(named, Mention) and named.start is not None:
                setting.places.append((named.start, id))
            return msgspec.structs.replace(
                named, id=id, probability=round(probability, 3), reasons=reasons
            )
        if probability < 0.2:
            return named
        doubt = (f"perhaps {id}, probability {probability:.2f}", *reasons)
        return msgspec.structs.replace(named, probability=round(probability, 3), reasons=doubt)


@lru_cache(maxsize=4096)
def _shift(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


def _original(text: str, folded: str) -> str:
    """The words of `text` that `folded` was made of, in their own case."""
    start = fold(text).find(folded)
    return text[start : start + len(folded)] if start >= 0 else folded


def _female_title(role: str | None) -> str:
    if role and any(w.strip(".").lower() in FEMALE_TITLES for w in role.split()):
        return "Mrs. "
    return ""


def _fullness(mention: Mention) -> int:
    """2 for names of several words, 1 for single ones, 0 for descriptions."""
    if mention.form == "description" or mention.type != "person":
        return 0
    words = (mention.core or mention.text).replace(".", ". ").split()
    return 2 if len(words) > 1 else 1


__all__ = ["Resolver", "Setting", "spelled_title"]
