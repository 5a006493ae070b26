"""Posts abroad as telegrams and headings address them, one or several together.

An embassy is read by `states.institution`; here stand the other ways of naming a post: the
telegraphic address ("Amconsul CASABLANCA", "USINT Cairo"), the town alone ("repeated to
Munich"), and several in one phrase ("the Embassies in Lebanon and Morocco").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kgraph import iris
from kgraph.authorities.gazetteer.entries import towns
from kgraph.authorities.gazetteer.states import (
    SOURCE,
    Institution,
    capital,
    label_of,
    of_side,
    seat,
)
from kgraph.authorities.names.spellings import fold
from kgraph.model import Body

_INTERESTS = re.compile(r"(?:us ?int|(?:(?:us|u\.s\.|american|united states) )?interests? section)(?: (?:in|at|,))? (?:the )?(?P<place>[^,;/]+)")  # fmt: skip
_CONSULATE = re.compile(r"(?:am ?con ?(?:sul|gen)(?:ate)?|(?:(?:us|u\.s\.|american|united states) )?consulate)\.?(?: general)?(?: (?:in|at)|,)? (?:the )?(?P<place>[^,;/]+)")  # fmt: skip
_MISSION = re.compile(r"(?:us ?mission|am ?emb(?:assy)?|am ?legation|(?:(?:us|u\.s\.|american|united states) )?(?:mission|embassy|legation|embassy office|branch office))(?: (?:in|at)|,)? (?P<place>[^,;/]+)")  # fmt: skip
_TOGETHER = re.compile(
    r"(?:the )?(?P<what>(?:[A-Z][\w.]+ )*(?:Embassies|Legations|Consulates(?: General)?|Missions|Interests Sections|"
    r"Governments|Ambassadors|Ministers|Chargés)) (?P<how>in|at|to|of) (?P<places>.+)"
)
_ONE_OF = {
    "Embassies": "Embassy", "Legations": "Legation", "Consulates": "Consulate", "Consulates General": "Consulate General",
    "Missions": "Mission", "Interests Sections": "Interests Section", "Governments": "Government",
    "Ambassadors": "Ambassador", "Ministers": "Minister", "Chargés": "Chargé",
}  # fmt: skip
_AND = re.compile(r",?\s+and\s+(?:(?:in|at|to|of)\s+)?|,\s+")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def together(words: str) -> tuple[str, ...]:
    """The single posts of a phrase that names several by one word; empty for any other.

    >>> together("the Embassies in Lebanon, Saudi Arabia, and Morocco")
    ('Embassy in Lebanon', 'Embassy in Saudi Arabia', 'Embassy in Morocco')
    >>> together("Embassy in Trinidad and Tobago"), together("Missions to Other Posts")
    ((), ())
    """
    found = _TOGETHER.fullmatch(words.strip())
    if found is None:
        return ()
    *whose, last = re.split(r" (?=[A-Z]\w+(?: General| Sections)?$)", found["what"])
    places = [_ARTICLE.sub("", place) for place in _AND.split(found["places"])]
    if len(places) < 2 or not all(seat(place) for place in places):
        return ()
    what = " ".join((*whose, _ONE_OF[last]))
    return tuple(f"{what} {found['how']} {place}" for place in places)


def joined(words: str) -> Iterator[tuple[str, str]]:
    """Each way of parting a phrase in two at an "and": the names left and right of it.

    >>> list(joined("the Mission to the United Nations and the Interests Section in Algeria"))
    [('Mission to the United Nations', 'Interests Section in Algeria')]
    """
    for found in re.finditer(r",?\s+and\s+", words):
        left, right = words[: found.start()], words[found.end() :]
        yield _ARTICLE.sub("", left.strip()), _ARTICLE.sub("", right.strip())


@lru_cache(maxsize=20_000)
def american_post(words: str, town: bool = False) -> Institution | Body | None:
    """The American post of an address; with `town` also where no more than its town is named.

    A mission in a capital is the embassy there. What is in no capital is one post, whether it was
    a consulate, a consulate general or a mission at the time; a consulate in a capital and an
    interests section are bodies of their own.

    >>> american_post("Amembassy TUNIS").city, american_post("AmConsul Hong Kong").id
    ('Tunis', 'body/us-post-hong-kong')
    >>> american_post("USINT Cairo").label
    'Interests Section of the United States in Egypt'
    >>> american_post("The Hague", town=True).city, american_post("The Hague")
    ('The Hague', None)
    """
    plain = " ".join(fold(words).strip(" .,").split())
    us = of_side("us")
    assert us is not None
    for pattern, kind in ((_INTERESTS, "Interests Section"), (_CONSULATE, "Consulate")):
        found = pattern.fullmatch(plain)
        if found is not None:
            at = seat(found["place"])
            if at is None or at[0] == us:
                return _post(found["place"])
            state, city = at
            where = label_of(state) if state and kind == "Interests Section" else city
            return _body(kind, where, city)
    found = _MISSION.fullmatch(plain)
    place = found["place"] if found else plain if town else None
    if place is None:
        return None
    at = seat(place) if found else capital(place)
    if at is None:
        return _post(place)
    return Institution("embassy", us, at[1], at[0]) if at[0] != us else None


_AT_HOME = frozenset(
    ("Baltimore", "Boston", "Camp David", "Chicago", "Honolulu", "Los Angeles", "Miami", "New Orleans", "New York",
     "Philadelphia", "San Francisco", "Seattle", "Washington")
)  # fmt: skip


def _post(place: str) -> Body | None:
    town = towns().get(fold(place))
    return _body("Post", town, town) if town and town not in _AT_HOME else None


def _body(kind: str, where: str, city: str) -> Body:
    return Body(
        id=f"body/us-{iris.slug(kind)}-{iris.slug(city)}",
        label=f"{kind} of the United States in {where}",
        side="us", source=SOURCE,
    )  # fmt: skip
