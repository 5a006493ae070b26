"""States, their governments, foreign ministries and missions abroad, as texts name them.

`data/gazetteer/states.csv` names each state, its adjectives and its seats of missions. A name
such as "the Japanese Government", "Embassy in Japan" or "French Foreign Ministry" is read as
an institution: what it is, whose, and where. Each gets one id, made of the adjective and the
city ("body/japanese-government", "body/us-embassy-tokyo").
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from kgraph import iris
from kgraph.authorities.names.spellings import fold
from kgraph.model import Body
from kgraph.shipped import folder

Kind = Literal["government", "ministry", "embassy"]


_LATER = re.compile(r"(?P<from>\d{4})-(?P<to>\d{4}) (?P<name>.+)")


DOUBTFUL = "?"
"""In `later`: the name may mean several states."""


class State(msgspec.Struct, frozen=True):
    """A state: `key` as ids have it ("japanese", "us"), `side` as the authority has it."""

    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    key: str
    side: str
    later: str = ""  # years in which the name means another state, and that state's name

    def in_year(self, year: int | None) -> State | None:
        """The state that the name means in a year: of Germany from 1949 to 1990 the Federal Republic.
        None where it may mean several, as China does from 1950 to 1978.

        >>> named("Germany").in_year(1961).name, named("Germany").in_year(1914).name
        ('Federal Republic of Germany', 'Germany')
        """
        found = _LATER.fullmatch(self.later)
        if found is None or year is None or not int(found["from"]) <= year <= int(found["to"]):
            return self
        return None if found["name"] == DOUBTFUL else named(found["name"]) or self


class Institution(msgspec.Struct, frozen=True):
    """An institution as named: `state` is whose it is, `city` where a mission is; either may
    be left to the reader ("the Embassy in Japan", "the French Embassy", "the Foreign Office")."""

    kind: Kind
    state: State | None = None
    city: str | None = None
    host: State | None = None

    def in_year(self, year: int | None) -> Institution | None:
        """The institution of the states that its names mean in a year; None where it may be that of
        several states."""
        state = self.state and self.state.in_year(year)
        if self.state is not None and state is None:
            return None
        host = self.host and (self.host.in_year(year) or self.host)
        if state is self.state and host is self.host:
            return self
        city = self.city
        if host is not self.host and host is not None and host.capitals:
            city = host.capitals[0]
        return Institution(self.kind, state, city, host)


@cache
def states() -> tuple[State, ...]:
    """All states of ``data/gazetteer/states.csv``."""
    text = (folder("data") / "gazetteer" / "states.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = []
    for row in csv.DictReader(lines, delimiter=";"):
        names, adjectives = row["names"].split("|"), row["adjectives"].split("|")
        key = {"us": "us", "soviet": "soviet", "british": "british"}.get(row["side"])
        key = key or iris.slug(adjectives[0])
        found.append(
            State(
                name=names[0],
                names=tuple(names),
                adjectives=tuple(adjectives),
                capitals=tuple(c for c in row["capitals"].split("|") if c),
                key=key,
                side=row["side"] or key,
                later=row.get("later") or "",
            )
        )
    return tuple(found)


@cache
def _named() -> dict[str, State]:
    return {fold(name): state for state in states() for name in state.names}


@cache
def _adjectives() -> dict[str, State]:
    return {fold(word): state for state in states() for word in state.adjectives}


@cache
def _seats() -> dict[str, tuple[State, str]]:
    return {fold(city): (state, state.capitals[0]) for state in states() for city in state.capitals}


def of_side(side: str | None) -> State | None:
    """The state of an authority's side: "us", "soviet", "french"."""
    return next((s for s in states() if side in (s.side, s.key)), None) if side else None


def named(words: str) -> State | None:
    """The state of that name: "Belgium", "the Soviet Union"."""
    return _named().get(fold(words).removeprefix("the "))


def adjective(words: str) -> State | None:
    """The state that an adjective names: "Japanese", "Imperial German", "U.S."."""
    return _whose(fold(words))


def capital(place: str) -> tuple[State, str] | None:
    """State and city of a mission, from the name of the city alone."""
    name = fold(place).strip(" .,")
    return _seats().get(name) or _seats().get(name.removeprefix("the "))


def seat(place: str) -> tuple[State | None, str] | None:
    """State and city of a mission, from the name of the state or of the city where it is.

    >>> seat("Japan")[1], seat("the Soviet Union")[1], seat("Petrograd")[0].name
    ('Tokyo', 'Moscow', 'Russia')
    """
    at = capital(place)
    if at is not None:
        return at
    state = _named().get(fold(place).strip(" .,").removeprefix("the "))
    if state is None:
        return None
    return state, state.capitals[0] if state.capitals else state.name


_TRIM = re.compile(r"^(?:the |his |her |their |our |my |your |its )?(?:(?:present|own|said) )?")
_GOVERNMENT_OF = re.compile(r"(?:government|govt\.?) of (?:the )?(?P<name>.+)")
_MINISTRY_OF = re.compile(
    r"(?:foreign ministry|ministry (?:of|for) foreign affairs|mfa) of (?:the )?(?P<name>.+)"
)
_MISSION = re.compile(
    r"(?P<whose>.*?)\s?(?:embassy|legation)(?: of (?:the )?(?P<of>.+?))?"
    r"(?:(?: (?:in|at|to)|,) (?:the )?(?P<place>[^,]+?)| (?P<bare>[^,]+?))?"
)
_AMERICAN = re.compile(r"am\s?(?:emb(?:assy)?|legation)\.?\s(?:(?:in|at)\s)?(?P<place>[^,]+)")
_MINISTRY = re.compile(
    r"(?P<whose>.*?)\s?(?:foreign ministry|foreign office|fon ?off|forn off|minfonaff|mfa|"
    r"ministry (?:of|for) foreign affairs)"
)
_GOVERNMENT = re.compile(r"(?P<whose>.+) (?:government|govt\.?|govts?)(?: and people)?")
_ROYAL = re.compile(r"^(?:royal|imperial|federal)\s(?=\w)|(?<=\w)\s(?:royal|imperial)$")


@lru_cache(maxsize=20_000)
def institution(words: str) -> Institution | None:
    """What a name says of government, foreign ministry or mission; None for anything else.

    >>> institution("the Imperial Japanese Government").state.key
    'japanese'
    >>> one = institution("Embassy in the United Kingdom")
    >>> one.kind, one.state, one.city
    ('embassy', None, 'London')
    >>> institution("the military government")
    """
    plain = " ".join(_TRIM.sub("", fold(words).strip(" .,"), count=1).split())
    found = _GOVERNMENT_OF.fullmatch(plain)
    if found:
        state = _named().get(found["name"].removesuffix(" and people"))
        return Institution("government", state) if state else None
    found = _MINISTRY_OF.fullmatch(plain)
    if found:
        state = _named().get(found["name"])
        return Institution("ministry", state) if state else None
    found = _AMERICAN.fullmatch(plain)
    if found:
        return _mission(_adjectives()["us"], found["place"])
    found = _GOVERNMENT.fullmatch(plain)
    if found:
        state = _whose(found["whose"])
        return Institution("government", state) if state else None
    found = _MINISTRY.fullmatch(plain)
    if found:
        state = _whose(found["whose"]) if found["whose"] else None
        return Institution("ministry", state) if state or not found["whose"] else None
    found = _MISSION.fullmatch(plain)
    if not found:
        return None
    state = _whose(found["whose"]) if found["whose"] else _named().get(found["of"] or "")
    if (found["whose"] or found["of"]) and state is None:
        return None
    place = found["place"] or found["bare"]
    return _mission(state, place) if place else Institution("embassy", state)


def _mission(state: State | None, place: str) -> Institution | None:
    at = seat(place)
    return Institution("embassy", state, at[1], at[0]) if at else None


def _whose(words: str) -> State | None:
    return _adjectives().get(words) or _adjectives().get(_ROYAL.sub("", words))


def body(kind: Kind, state: State, city: str | None = None) -> Body:
    """The entry of an institution; a mission is that in `city`.

    >>> body("embassy", of_side("us"), "Tokyo").id
    'body/us-embassy-tokyo'
    """
    name = label_of(state)
    if kind == "embassy":
        at = seat(city or "")
        host = at[0] if at else None
        return Body(
            id=f"body/{state.key}-embassy-{iris.slug(city or '')}",
            label=f"Embassy of {name} in {label_of(host) if host else city}",
            side=state.side,
            source=SOURCE,
        )
    if kind == "ministry":
        return Body(
            id=f"body/{state.key}-foreign-ministry",
            label=f"Foreign Ministry of {name}",
            side=state.side,
            source=SOURCE,
        )
    return Body(
        id=f"body/{state.key}-government",
        label=f"Government of {name}",
        side=state.side,
        source=SOURCE,
    )


def label_of(state: State) -> str:
    """The name of a state within a sentence: "the United States", "Japan"."""
    return state.name if state.name not in _ARTICLE else f"the {state.name}"


SOURCE = "kgraph-editors"
"""Source of the entries that the gazetteer makes."""
_ARTICLE = frozenset(
    (
        "United States", "United Kingdom", "Soviet Union", "Netherlands", "Philippines", "Sudan", "Dominican Republic",
        "Federal Republic of Germany", "German Democratic Republic", "Republic of Korea", "Republic of China", "Congo",
    )
)  # fmt: skip
