"""Who is meant by the names, offices and kinships in one record.

A record's parties come first (their names are fullest), then its mentions in the
order of the text; each person found becomes company for those after: a bare
surname takes up the person of that surname who is already there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.described import RANKS, Descriptions
from kgraph.authorities.kinship import Kin, read_kin
from kgraph.authorities.names import parse
from kgraph.authorities.offices import describe
from kgraph.authorities.persons import AS_PRINTED, Query, Scored, compare_names, decide, sound
from kgraph.authorities.review import Decisions, subjects
from kgraph.authorities.setting import Found, Setting, filed, shifted, years_named
from kgraph.authorities.spelled import female_title, spelled_title
from kgraph.authorities.spellings import fold, given_like
from kgraph.authorities.spoken_of import with_events
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

_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ich|ichna)$")
_PLURAL = re.compile(r"^[Tt]he ([A-Z]\w{3,})s$")
_SPOUSE = Kin("spouse-of", None, "")
_WIFE = Kin("spouse-of", "female", "")
_ACRONYM = re.compile(r"^[A-Z]{2,4}$")


class Resolver:
    """Fills the ids of records of one source."""

    def __init__(
        self,
        authority: Authority,
        listed: ListedPersons,
        source: str,
        threshold: float,
        decisions: Decisions | None = None,
    ) -> None:
        self.authority = authority
        self.listed = listed
        self.threshold = threshold
        self.decisions = decisions
        self.span = years_of_source(source)
        self.met: Counter[str] = Counter()
        self.days: list[str] = []  # of the dated records so far
        self._memo: dict[tuple[object, ...], list[Scored]] = {}
        self.descriptions = Descriptions(authority, self.person)

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
            changes["mentions"] = with_events(
                record, self._mentions(record.mentions, setting), setting, self.authority,
                self.threshold,
            )  # fmt: skip
        return msgspec.structs.replace(record, **changes) if changes else record

    def _setting(self, record: Record) -> Setting:
        dates = [d for d in (record.date, record.sent, record.received, *record.other_dates) if d]
        first = next((d.earliest for d in dates if d.earliest), None)
        last = next((d.latest for d in dates if d.latest), None)
        wide = False
        if first is None:
            first, last, wide = self._days(record)
        else:
            self.days.append(first[:10])
        return Setting(
            first=first[:10] if first else None,
            last=last[:10] if last else None,
            persons={},
            text=record.text,
            senders=[],
            addressees=[],
            sides=Counter(),
            wide=wide,
            record=record.id,
        )

    def _days(self, record: Record) -> tuple[str | None, str | None, bool]:
        """Days of an undated record, and whether they are wide: the source's years, a day in a
        file number, the years that its words name, or those of the records before it."""
        if self.span[0] is not None:
            return f"{self.span[0]}-01-01", f"{self.span[1]}-12-31", True
        day = filed(record.text) if len(record.text) < 20_000 else None
        if day is not None:
            self.days.append(day[0])
            return *day, False
        years = years_named(record.text) if len(record.text) < 20_000 else None
        if years is not None:
            return *years, True
        if self.days:
            return f"{min(self.days)[:4]}-01-01", f"{max(self.days)[:4]}-12-31", True
        return None, None, True

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
        """`party` with id, probability and reasons; an id given by hand stays, and what a
        reviewer decided outweighs everything."""
        return self._decided(party, party.name, setting) or self._undisputed(
            self._party(party, setting), party.name, setting
        )

    def _decided(self, named: Named, words: str, setting: Setting) -> Named | None:
        """`named` as a reviewer's accepted link has it."""
        for subject in subjects(setting.record, words, named.start) if self.decisions else ():
            decision = self.decisions.accepted(subject) if self.decisions else None
            if decision and decision.target:
                found = Found(self.authority.current(decision.target), 1.0, (decision.said,))
                return self._filled(named, found, setting, 3.0)
        return None

    def _undisputed(self, named: Named, words: str, setting: Setting) -> Named:
        """`named` without an id that a reviewer rejected for it."""
        if self.decisions is None or not named.id:
            return named
        for subject in subjects(setting.record, words, named.start):
            against = self.decisions.rejected(subject, named.id)
            if against:
                return msgspec.structs.replace(
                    named, id=None, probability=None, reasons=(against.said,)
                )
        return named

    def _party(self, party: Party, setting: Setting) -> Party:
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
        posted = self.descriptions.posted(party.name, setting) if party.kind != "body" else None
        read = describe(party.name)
        if posted:
            holder = posted.id
        elif read and party.kind != "body":
            holders = self.descriptions.holders(read, setting)
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
        best = max((compare_names(a, b)[0] for a in parse(name) for b in own.names), default=0.0)
        holders: list[str] = []
        read = describe(title or "") or describe(role or "")
        if read:
            holders = self.descriptions.holders(read, setting)
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
        done = self._beside(done, setting.text)
        for mention in [m for m in done if m.type == "person" and not m.id]:
            done.extend(self._couple(mention, done))
        return tuple(done)

    def _beside(self, done: list[Mention], text: str) -> list[Mention]:
        """Descriptions in apposition take the id of the name beside them: "the widow, Iris
        Pell", "A. Pell, Minister of War"; not so in a row of persons."""
        people = [
            m for m in done if m.type == "person" and m.start is not None and m.end is not None
        ]
        begins = {m.start: m for m in people if m.form != "description"}
        ends = {m.end: m for m in people if m.form != "description"}
        every = {m.start for m in people}
        outer: dict[int, int] = {}
        for m in people:
            if m.form == "description":
                outer[m.end or 0] = min(m.start or 0, outer.get(m.end or 0, m.start or 0))
        for i, mention in enumerate(done):
            start, end = mention.start, mention.end
            if mention.type != "person" or mention.form != "description" or mention.id or start is None or end is None:  # fmt: skip
                continue
            if mention.text.startswith(("Mr", "mr")) or outer.get(end) != start or mention.reasons:
                continue
            after = next((begins[end + gap] for gap in (1, 2) if end + gap in begins), None)
            before = next((ends[start - gap] for gap in (1, 2) if start - gap in ends), None)
            if before and text and text[end : end + 1] not in ("", ",", ".", ";", ")", "\n"):
                before = None  # "Pell, The President Wants to Know"
            other = after or before
            if other is None or not other.id:
                continue
            stop = (other.end if after else end) or 0
            if any(stop + gap in every for gap in (2, 5, 6)):  # ", ", " and ", ", and "
                continue
            done[i] = msgspec.structs.replace(
                mention, id=other.id, probability=min(0.95, other.probability or 0.95),
                reasons=("stands beside the name",),
            )  # fmt: skip
        return done

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
        """`mention` with its id, where one is probable enough or a reviewer said so."""
        return self._decided(mention, mention.text, setting) or self._undisputed(
            self._mention(mention, setting), mention.text, setting
        )

    def _mention(self, mention: Mention, setting: Setting) -> Mention:
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
        found = self.descriptions.described(mention, setting)
        if found is None:
            title, name = spelled_title(mention.text)
            if mention.core and mention.core != mention.text:
                name = mention.core
                title = title or mention.text.replace(mention.core, "").strip() or None
            if title or mention.form != "description":
                found = self.person(name, title or mention.role, setting)
        return self._filled(mention, found, setting, 1.0)

    # -- names -------------------------------------------------------------

    def person(self, name: str, role: str | None, setting: Setting) -> Found | None:
        """The likeliest person of that name, with probability and reasons; None for nobody."""
        first, last = setting.years
        decade = (first // 5 * 5 if first else None, (last // 5 * 5 + 4) if last else None)
        key = (name, role, decade)
        scored = self._memo.get(key)
        if scored is None:
            query = Query(
                name=f"{female_title(role)}{name}", first=decade[0], last=decade[1], about=role
            )
            scored = self._memo[key] = self.listed.scores(query)
            if not scored and len(name.split()) <= 3:
                scored = self._memo[key] = self._by_given(name)
        if not scored:
            return self._initials(name, setting) if _ACRONYM.match(name) else None
        readings = parse(name)
        bare = not readings[0].given if readings else True
        read = describe(role) if role else None
        holders = self.descriptions.holders(read, setting) if read else []
        full = sum(1 for s in scored if AS_PRINTED in s[2])
        married: set[str] = set()
        if female_title(role):
            family = self.authority.family
            married = {w for p in setting.persons for w in family.of(p, _WIFE)}
        adjusted = []
        for id, score, reasons in scored:
            why = list(reasons)
            company = setting.persons.get(id)
            if company:
                score += company * (1.8 if bare and company >= 3.0 else 1.0)
                why.append("named in the same document")
            listed = "in the source's list of persons" in why
            if bare and listed:
                score += 3.0
            elif not listed and not sound(why):
                score -= 1.5  # what is not in its list, a source spells as it means it
            if holders:
                if id in holders:
                    score += 4.0
                    why.append("held that office at the date")
                elif bare:
                    score -= 2.0
            elif bare:
                score += self._rank(id, setting)
            if not bare and len(readings[0].given[0]) > 2 and AS_PRINTED in why and full == 1:
                score += 0.7
                why.append("nobody else is so called")
            if married and id in married:
                score += 1.5
                why.append("wife of a person of the document")
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
                RANKS.get(office, 0.8)
                for office, _, t in self.authority.offices.offices_of(id)
                if (t.first or "") <= shifted(setting.last, 60)
                and (t.last or "9") >= shifted(setting.first, -60)
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


def _fullness(mention: Mention) -> int:
    """2 for names of several words, 1 for single ones, 0 for descriptions."""
    if mention.form == "description" or mention.type != "person":
        return 0
    words = (mention.core or mention.text).replace(".", ". ").split()
    return 2 if len(words) > 1 else 1


__all__ = ["Resolver", "Setting", "spelled_title"]
