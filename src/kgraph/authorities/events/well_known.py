"""Wars, crises and conferences that everybody calls by a name: "World War II", "SALT".

They come from `data/gazetteer/happenings.csv` with their days. A name that one event bears
means it in documents that are not much older; one that several bear means the event near
whose days the document was written. "The war" alone is the world war during which it was.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache

from kgraph.authorities.gazetteer.states import SOURCE
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.setting import Found, Setting, shifted
from kgraph.dating import from_edtf
from kgraph.model import Event, Place
from kgraph.shipped import folder

CALLED = 0.97
"""Probability that a name which one event bears means it."""
DURING = 0.93
"""Probability that of several events so called the one of those days is meant."""
_BEFORE = {"talks": 730, "conference": 365}
"""Days before its beginning from which an event is spoken of, as one to come."""
_AFTER = 400
"""Days after its end during which one of several events so called is meant."""
_TRIM = re.compile(r"^(?:the|this|that) |[.,\"“”]")
_AT = re.compile(
    r"^(?:landings?|invasion|fiasco|debacle|disaster|failure|affair|attack|operation|events|crisis|meeting|conference|talks) (?:at|of|in|on) (?:the )?"
)
"""What may stand before the name of an event: "the landing at the Bay of Pigs"."""
_THE_WAR = frozenset(("war", "present war", "great war"))
_WORLD_WARS = ("event/first-world-war", "event/second-world-war")


@cache
def entries() -> dict[str, Event]:
    """The events of the gazetteer by their ids."""
    return {event.id: event for event, _ in _rows()}


@cache
def _rows() -> tuple[tuple[Event, tuple[str, ...]], ...]:
    text = (folder("data") / "gazetteer" / "happenings.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = []
    for row in csv.DictReader(lines, delimiter=";"):
        same = row["first"] == row["last"]
        where = row["place"]
        event = Event(
            id=f"event/{row['id']}",
            label=row["label"],
            source=SOURCE,
            kind=row["kind"],
            date=from_edtf(row["first"] if same else f"{row['first']}/{row['last']}"),
            place=Place(name=where.rpartition("/")[2].replace("-", " ").title(), id=where) if where else None,
        )  # fmt: skip
        found.append((event, tuple(row["names"].split("|"))))
    return tuple(found)


@cache
def _named() -> dict[str, tuple[Event, ...]]:
    names: dict[str, list[Event]] = defaultdict(list)
    for event, forms in _rows():
        for form in forms:
            names[_key(form)].append(event)
    return {name: tuple(events) for name, events in names.items()}


def _key(words: str) -> str:
    return " ".join(_TRIM.sub("", fold(words)).replace("–", "-").split())


def called(words: str, setting: Setting) -> Found | None:
    """The event that a name means in a document of those days; None where none or several."""
    name = _key(words)
    if name in _THE_WAR:
        return None if setting.wide else _during(_WORLD_WARS, setting)
    events = _named().get(name) or _named().get(_AT.sub("", name), ())
    if len(events) == 1:
        first = (events[0].date.earliest or "")[:10] if events[0].date else ""
        known = shifted(first, -_BEFORE.get(events[0].kind, 0))
        if setting.last is None or setting.last >= known:
            return Found(events[0].id, CALLED, ("called so",))
        return None
    if not events or setting.first is None or setting.last is None or setting.wide:
        return None
    near = [e for e in events if _near(e, setting, _AFTER)]
    if len(near) != 1:
        return None
    return Found(near[0].id, DURING, ("called so, and of those days",))


def _during(ids: tuple[str, ...], setting: Setting) -> Found | None:
    for id in ids:
        if _near(entries()[id], setting, 0):
            return Found(id, DURING, ("the world war of those days",))
    return None


def _near(event: Event, setting: Setting, after: int) -> bool:
    date = event.date
    if not (date and date.earliest and date.latest and setting.first and setting.last):
        return False
    begun = shifted(date.earliest[:10], -_BEFORE.get(event.kind, 0) // 3 if after else 0)
    return setting.first >= begun and setting.last <= shifted(date.latest[:10], after)
