"""Where the writer of a record stands, and which body "the Embassy" or "my Government" then is.

A name that tells by itself ("the Japanese Government", "NATO") is found in the authority, the
gazetteer or by the state that it names. "The Embassy" is the mission that wrote or was
written to, "the Foreign Office" the ministry of the state where the writer is posted, "my
Government" the writer's in what he writes himself, "the Department" the American one between
it and its missions. What depends on more than that stays open: "the Government" alone means
somebody else in every paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kgraph.authorities.gazetteer.posts import american_post, joined, together
from kgraph.authorities.gazetteer.states import (
    Institution,
    State,
    adjective,
    body,
    institution,
    of_side,
    seat,
)
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.offices import describe
from kgraph.authorities.resolution.namesakes import HOUSES, is_american, namesake
from kgraph.authorities.resolution.writer import (
    ADDRESSED,
    WRITTEN,
    Standing,
    american,
    key_of,
    others,
    quoted,
)
from kgraph.model import Abbreviation, Body, Mention, Party, Record

if TYPE_CHECKING:
    from kgraph.authorities.authority import Authority

NAMED = 0.97
"""Probability of a link by a name that only one body has, or by the state that it names."""
PLACED = 0.93
"""Probability of a link by where the writer stands."""

_OWN = re.compile(r"^(?:my|our|this) (?:own )?government$")
_YOURS = re.compile(r"^your (?:own )?government$")
_BOTH = re.compile(
    r"(?:both )?our (?P<two>two |both |respective )?(?P<what>countries|governments|nations)"
)
_MANY = frozenset(
    (
        "government", "foreign ministry", "foreign office", "ministry of foreign affairs", "mfa", "fonoff", "central committee",
        "council of ministers", "presidium", "presidium of central committee", "congress", "senate", "delegation",
        "house of representatives", "supreme court", "embassy", "legation",
    )
)  # fmt: skip
"""Names that many states' bodies have."""
_COMMUNIST = frozenset(("central committee", "council of ministers", "presidium of central committee"))  # fmt: skip
_DEPARTMENT = re.compile(r"^(?:the )?dep(?:artmen)?t\.?$")
_OTHER_DEPARTMENT = re.compile(
    r"\b(?:War|Navy|Treasury|Defense|Justice|Army|Commerce|Interior|Agriculture|Labor|Political|Legal|Economic|"
    r"International|American)\sDep(?:artmen)?t|Dep(?:artmen)?t\sof\s(?:the\s)?(?!State\b)[A-Z]"
)
_SERVICE = re.compile(
    r"(?:the )?(?:(?:acting |under |assistant )?secretary of state\b|department of state$|(?:ambassador|minister|charge|chargé|"
    r"consul(?: general)?|vice consul|agent|representative)s?\b.*? (?:in|at|to) |(?:embassy|legation|consulate|mission)\b)", re.IGNORECASE
)  # fmt: skip
_SERVICE_IDS = ("body/dos", "body/us-embassy-")
_HEAD_OF_MINISTRY = re.compile(r"(?:[Tt]he )?(?:(?:Acting|Assistant|Under) )?Secretary of State")
_HOME = re.compile(r"(?:the )?Department|Washington")
"""What posts call the ministry that they report to."""
_SOVIET = re.compile(r"\sof\sthe\s(?:CPSU|USSR|U\.S\.S\.R\.|Soviet(?: Union)?\b|Communist Party)")
_WHOSE = re.compile(r"\sof\s(?:the\s)?[A-Z][\w.]+(?: Party of the Soviet)?")
_ENVOY = re.compile(
    r"(?P<whose>.+?) (?:ambassador|minister|charge|chargé|foreign minister|minister (?:of|for) foreign affairs|consul|president|"
    r"prime minister|premier|chancellor|embassy)\b.*"
)
_MINISTER = re.compile(
    r"\bforeign (?:minister|ministry)|\bminist(?:er|ry) (?:of|for) foreign|\bmfa\b"
)
_CITY = re.compile(r"\s(?:in\s|at\s)?(?:the\s)?(?P<city>[A-Z]\w+(?:\s[A-Z]\w+)?)")
_LEADERSHIP = re.compile(r"(?:the )?(?P<whose>.+) leadership")
_PRESS = re.compile(r"^our press$")
_POSTED = re.compile(r"\b(?:ambassador|charge|minister)\b.*?(?: (?:to|in|at) (?:the )?(?P<place>[\w .-]+))?$")  # fmt: skip


ShortForms = Mapping[str, Abbreviation]
"""What a source's list of abbreviations explains, by `short_form`."""


def short_form(words: str) -> str:
    """An abbreviation without its points and with one kind of dash.

    >>> short_form("S/S–RO"), short_form("U.N.")
    ('S/S-RO', 'UN')
    """
    return words.replace("–", "-").replace(".", "").strip()


class Meant(NamedTuple):
    """A body that words mean: id, probability and reason; `entry` where the authority has none."""

    id: str
    probability: float
    reason: str
    entry: Body | None = None


class Bodies:
    """Finds the bodies that names in records mean; keeps the entries that it made."""

    def __init__(self, authority: Authority, short_forms: ShortForms | None = None) -> None:
        self.authority = authority
        self.short_forms: ShortForms = short_forms or {}
        self.made: dict[str, Body] = {}

    def standing(
        self, record: Record, senders: Iterable[Party], to: Iterable[Party], year: int | None = None
    ) -> Standing:
        """Where the writer of `record` stands, from its parties as they were resolved."""
        senders, to = tuple(senders), tuple(to)
        one = Standing(record=record.id, form=record.form, american=american(record), year=year)
        writers = {s.key: s for p in senders if (s := self._state(p, one.american, year))}
        readers = {s.key: s for p in to if (s := self._state(p, one.american, year))}
        one.writer = next(iter(writers.values())) if len(writers) == 1 else None
        one.to = next(iter(readers.values())) if len(readers) == 1 else None
        place = record.place.name if record.place else None
        one.town = place.split(",")[0] if place else None
        one.where = at[0].in_year(year) if place and (at := seat(place)) and at[0] else None
        for posted, parties in ((True, senders), (False, to)):
            found = {at for p in parties if (at := self._post(p, place if posted else None, year))}
            state = one.writer if posted else one.to
            if len(found) == 1 and one.city is None:
                one.host, one.city = found.pop()
                one.whose, one.posted = state, posted
                if one.host is not None and state is not None and one.host.key == state.key:
                    one.host = one.city = one.whose = None
        if one.city is None and one.writer and one.to and one.writer.key != one.to.key:
            envoy = any(_POSTED.search(fold(p.role or "")) and not _MINISTER.search(fold(p.role or "")) for p in senders)  # fmt: skip
            if (
                envoy
                and any(_MINISTER.search(fold(p.role or p.name)) for p in to)
                and one.to.capitals
            ):
                one.host, one.city, one.whose, one.posted = (
                    one.to,
                    one.to.capitals[0],
                    one.writer,
                    True,
                )
        one.service = one.american and any(
            (p.id or "").startswith(_SERVICE_IDS) or _SERVICE.match(f"{p.role or p.name}")
            for p in (*senders, *to)
        )
        one.washington = any(
            p.id == "body/dos" or _HEAD_OF_MINISTRY.fullmatch(p.role or p.name)
            for p in (*senders, *to)
        )
        for mention in () if one.american else record.mentions:
            if mention.type in ("organisation", "place"):
                read = institution(mention.core or mention.text)
                if read is not None and read.city and read.state:
                    one.missions.setdefault(read.state.key, set()).add(read.city)
        return one

    def party(self, party: Party, standing: Standing) -> str | None:
        """Id of the body that a sender or receiver is, by its name and by where it writes from."""
        if key_of(party.name) in _MANY:
            return None
        if standing.service and party.kind == "body" and _HOME.fullmatch(party.name):
            return "body/dos"
        explained = self.short_forms.get(short_form(party.name))
        if explained is not None and explained.denotes:
            return explained.denotes
        id = self.authority.body_index.find(party.name, standing.record)
        if id is None and party.rule == "copies-to" and party.kind == "body":
            id = self.authority.body_index.find(f"Embassy {party.name}", standing.record)
        if id is not None:
            return self._known(id)
        read = institution(party.name)
        if standing.american and (read is None or (read.kind == "embassy" and read.state is None)):
            post = _american_post(party, standing.year)
            if isinstance(post, Body):
                self.made.setdefault(post.id, post)
                return post.id
            read = post or read
        read = read.in_year(standing.year) if read is not None else None
        if read is None or read.state is None:
            return None
        city = read.city
        if read.kind == "embassy" and city is None:
            city = standing.seat_of(read.state)
            if city is None:
                return None
        return self._of(read.kind, read.state, city)

    def several(self, party: Party, standing: Standing) -> tuple[Party, ...]:
        """The parties that one phrase names together ("the Embassies in Lebanon and Morocco"), each
        with the span of the whole; the party itself where it is one, or where one of them is nobody known."""
        if party.id or party.kind != "body" or " and " not in party.name:
            return (party,)
        if institution(party.name) or self.authority.body_index.find(party.name, standing.record):
            return (party,)
        for names in (together(party.name), *joined(party.name)):
            each = tuple(msgspec.structs.replace(party, name=name) for name in names)
            if each and all(self.party(one, standing) for one in each):
                return each
        return (party,)

    def mention(self, mention: Mention, standing: Standing, text: str) -> Meant | None:
        """The body that a mention means; None where its words and the writer do not tell."""
        words = mention.core or mention.text
        key = key_of(words)
        explained = self.short_forms.get(short_form(words))
        if explained is not None and explained.denotes:
            return Meant(explained.denotes, NAMED, "in the source's list of abbreviations")
        id = self.authority.body_index.of_record(words, standing.record)
        if id is not None:
            return Meant(id, NAMED, f"the name of {id} in this source")
        if key not in _MANY:
            id = self.authority.body_index.find(words, standing.record)
            if id is not None:
                other = namesake(id, standing.year, text)
                return (other and self._named(other, "so called then")) or Meant(
                    self._known(id), NAMED, f"the name of {id}"
                )
        low = fold(words)
        state = standing.writer
        if _OWN.match(low) or _PRESS.match(low):
            if state is None or standing.form not in WRITTEN or quoted(text, mention.start):
                return None
            if _PRESS.match(low):
                press = self.authority.body_index.find(f"{state.adjectives[0]} press") or (
                    self.authority.body_index.find("American press") if state.key == "us" else None
                )
                return Meant(press, PLACED, "the writer's own") if press else None
            return Meant(self._of("government", state), PLACED, "the writer's own")
        if _YOURS.match(low):
            to = standing.to
            if to is None or standing.form not in ADDRESSED or quoted(text, mention.start):
                return None
            return Meant(self._of("government", to), PLACED, "the addressee's own")
        if _DEPARTMENT.match(low):
            return self._department(mention, standing, text)
        if key in _COMMUNIST:
            return self._communist(words, key, mention, standing, text)
        if key in HOUSES:
            ours = is_american(key, mention.start, standing, text)
            return self._named(f"United States {words.removeprefix('the ')}", "the writer's own") if ours else None  # fmt: skip
        led = _LEADERSHIP.fullmatch(low)
        if led is not None:
            return self._led(led["whose"], mention, standing, text)
        read = institution(words)
        if read is None:
            return None
        if read.kind == "embassy" and read.city is None and mention.end is not None:
            follows = _CITY.match(text, mention.end)
            at = seat(follows["city"]) if follows else None
            if at is not None:
                read = msgspec.structs.replace(read, host=at[0], city=at[1])
        read = read.in_year(standing.year)
        return self._institution(read, low, standing) if read is not None else None

    def both(self, mention: Mention, standing: Standing, text: str) -> tuple[tuple[State, str | None], ...]:  # fmt: skip
        """The two states, and ids of their governments where such are meant, of "our two countries":
        the writer's and the addressee's, or in reports home that where the writer is."""
        found = _BOTH.fullmatch(fold(mention.text))
        mine, to = standing.writer, standing.to
        if found is None or mine is None or to is None:
            return ()
        if text.endswith(("all ", "All "), 0, mention.start):
            return ()
        if to.key != mine.key:
            other = to if standing.form in ADDRESSED else None
        else:
            other = standing.host if standing.posted else standing.where
            around = text[max(0, (mention.start or 0) - 400) : (mention.end or 0) + 400]
            if (
                other is not None
                and not standing.posted
                and others(around, standing.year, mine, other)
            ):
                return ()  # he may be speaking with a third
        if other is None or other.key == mine.key or standing.form not in WRITTEN:
            return ()
        governments = found["what"] == "governments"
        two = found["two"] or text.endswith("both ", 0, mention.start)
        if governments and to.key == mine.key and not two:
            return ()  # those of allies, it may be
        return tuple((s, self._of("government", s) if governments else None) for s in (mine, other))

    def label(self, id: str) -> str:
        """The label of a body."""
        entry = self.authority.bodies.get(id) or self.made.get(id)
        return entry.label if entry is not None else ""

    def government(self, state: State) -> str:
        """The id of a state's government."""
        return self._of("government", state)

    def _institution(self, read: Institution, low: str, standing: Standing) -> Meant | None:
        writer = standing.writer
        if read.kind == "government":
            return Meant(self._of("government", read.state), NAMED, "names its state") if read.state else None  # fmt: skip
        if read.kind == "ministry":
            if read.state is not None:
                return Meant(self._of("ministry", read.state), NAMED, "names its state")
            if writer is not None and writer.key == "us" and standing.posted and standing.host:
                return Meant(self._of("ministry", standing.host), PLACED, "where the writer is posted")  # fmt: skip
            if writer is not None and writer.key != "us":
                return Meant(self._of("ministry", writer), PLACED, "the writer's own")
            return None
        state, city, host = read.state, read.city, read.host
        if city is not None:
            if state is None and low.startswith("our "):
                state = writer
            elif state is None and standing.american:
                state = of_side("us")
            if state is None or (host is not None and host.key == state.key):
                return None
            return Meant(self._of("embassy", state, city), NAMED, "names state and place")
        if state is None:
            if not low.startswith(("the ", "our ", "embassy", "legation", "this ")):
                return None
            if standing.city is None or standing.whose is None:
                return self._only_mission(low, standing)
            own = self._of("embassy", standing.whose, standing.city)
            return Meant(own, PLACED, "the mission that writes or is written to")
        cities = standing.missions.get(state.key, ())
        if len(cities) == 1 and not standing.american:
            (city,) = cities
            return Meant(self._of("embassy", state, city), PLACED, "named in full elsewhere in it")
        if standing.posted and standing.city is not None:
            if standing.host is not None and standing.host.key == state.key:
                return None  # of the host, somewhere else
            return Meant(self._of("embassy", state, standing.city), PLACED, "where the writer is posted")  # fmt: skip
        if standing.city is None and writer is not None and writer.key == "us" and state.key != "us" and standing.american:  # fmt: skip
            return Meant(self._of("embassy", state, "Washington"), PLACED, "where the writer is")
        return None

    def _only_mission(self, low: str, standing: Standing) -> Meant | None:
        """The one mission that a text which nobody of a mission writes names in full."""
        named = [(key, city) for key, cities in standing.missions.items() for city in cities]
        state = of_side(named[0][0]) if len(named) == 1 else None
        if state is None or not low.startswith("the "):
            return None
        return Meant(
            self._of("embassy", state, named[0][1]), PLACED, "named in full elsewhere in it"
        )

    def _department(self, mention: Mention, standing: Standing, text: str) -> Meant | None:
        if not standing.service or mention.start is None:
            return None
        if _OTHER_DEPARTMENT.search(text, max(0, mention.start - 600), mention.start + 40):
            return None
        return Meant("body/dos", PLACED, "between it and its missions")

    def _communist(
        self, words: str, key: str, mention: Mention, standing: Standing, text: str
    ) -> Meant | None:
        """A body that every communist state or party has, where it is the Soviet one."""
        end = mention.end or 0
        whose = _WHOSE.match(text, end)
        soviet = whose is not None and bool(_SOVIET.match(whose.group()))
        reason = "the words behind it"
        if whose is None:
            sides = (standing.writer, standing.to, standing.host)
            soviet = any(s is not None and s.key == "soviet" for s in sides)
            reason = "writer or addressee is Soviet"
            if not soviet:
                form = key.replace("of ", r"of\s(?:the\s)?")
                named = [m[1] for m in re.finditer(rf"(?i:{form})(\s+of\s+the\s+\S+ ?\S*)", text)]
                soviet = bool(named) and all(_SOVIET.match(one) for one in named)
                reason = "named in full elsewhere in it"
        id = self.authority.body_index.find(words) if soviet else None
        return Meant(id, PLACED, reason) if id else None

    def _led(self, whose: str, mention: Mention, standing: Standing, text: str) -> Meant | None:
        """The government of "the Soviet leadership", but nobody's of "American leadership in NATO"."""
        state = adjective(whose)
        if state is not None and not mention.text.startswith(("the ", "The ")):
            leads = standing.american or text.startswith((" in ", " of "), mention.end or 0)
            leading = (leads and state.key == "us") or text.endswith("under ", 0, mention.start)
            state = None if leading else state
        state = state.in_year(standing.year) if state is not None else None
        return Meant(self._of("government", state), NAMED, "names its state") if state else None

    def _named(self, name: str, reason: str) -> Meant | None:
        id = self.authority.body_index.find(name)
        return Meant(self._known(id), PLACED, reason) if id else None

    def _of(self, kind: str, state: State, city: str | None = None) -> str:
        """The id of a state's body: the authority's own, or that of an entry now made."""
        adjective = state.adjectives[0]
        tried = {
            "government": (f"{adjective} government",),
            "ministry": ("Department of State" if state.key == "us" else f"{adjective} Ministry of Foreign Affairs",),
            "embassy": (f"{adjective} Embassy in {city}",),
        }[kind]  # fmt: skip
        for name in tried:
            id = self.authority.body_index.find(name)
            if id is not None:
                return self._known(id)
        made = body(kind, state, city)  # type: ignore[arg-type]
        if made.id not in self.authority.bodies:
            self.made.setdefault(made.id, made)
        return made.id

    def _known(self, id: str) -> str:
        other = self.authority.body_index.others.get(id)
        if other is not None:
            self.made.setdefault(id, other)
        return id

    def _state(self, party: Party, american: bool, year: int | None) -> State | None:
        """The state that a party acts for."""
        found = self._named_state(party, american)
        return found and found.in_year(year)

    def _named_state(self, party: Party, american: bool) -> State | None:
        for id in (party.id, party.holder):
            if id is None:
                continue
            entry = self.authority.bodies.get(id) or self.made.get(id) or self.authority.persons.get(id)  # fmt: skip
            state = of_side(entry.side) if entry is not None and entry.side else None
            if state is not None:
                return state
        for words in (party.role, party.name):
            read = institution(words) if words else None
            if read is not None and read.state is not None:
                return read.state
            if read is not None and read.kind == "embassy" and american:
                return of_side("us")
        return self._by_office(party, american)

    def _by_office(self, party: Party, american: bool) -> State | None:
        """The state whose office a party holds: "German Ambassador", "Secretary of State", in
        American editions also "Ambassador in Germany"."""
        words = party.role or (party.name if party.kind == "office" else "")
        if not words:
            return None
        found = _ENVOY.fullmatch(fold(words).removeprefix("the "))
        if found:
            return adjective(found["whose"])
        read = describe(words)
        if read is not None and read.side and read.office != "president":
            return of_side(read.side)
        return of_side("us") if american and _SERVICE.match(words) else None

    def _post(
        self, party: Party, place: str | None, year: int | None
    ) -> tuple[State | None, str] | None:
        """State and city of the mission that a party is or heads."""
        at = self._mission(party, place)
        host = at[0].in_year(year) if at is not None and at[0] is not None else None
        if at is None or host is None or host is at[0]:
            return at
        return host, host.capitals[0] if host.capitals else at[1]

    def _mission(self, party: Party, place: str | None) -> tuple[State | None, str] | None:
        read = institution(party.name)
        if read is not None and read.kind == "embassy":
            if read.city is not None:
                return read.host, read.city
            return seat(place) if place else None
        said = f"{fold(party.role or '')} {fold(party.name) if party.kind == 'office' else ''}"
        found = _POSTED.search(said.strip())
        if found is None or _MINISTER.search(said):
            return None
        at = seat(found["place"]) if found["place"] else None
        return at or (seat(place) if place else None)


def _american_post(party: Party, year: int | None) -> Institution | Body | None:
    """The American post that a party is; the name of a town alone means one since 1946, and that
    of a state where telegrams are repeated to it."""
    if party.rule == "copies-to" and institution(f"Embassy {party.name}") is not None:
        return american_post(f"Embassy {party.name}")
    return american_post(party.name, town=party.kind == "body" and (year is None or year > 1945))
