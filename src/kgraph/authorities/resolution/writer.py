"""Where the writer of a record stands: the states and the mission of those who write and read it."""

from __future__ import annotations

import re

import msgspec

from kgraph.authorities.gazetteer.states import State, adjective, named
from kgraph.authorities.names.spellings import fold
from kgraph.model import Record

_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_ARTICLE = re.compile(r"^(?:the|a|an) |[.,]")

WRITTEN = frozenset(
    ("letter", "note", "message", "telegram", "despatch", "aide-memoire", "cipher-telegram", "note-verbale")
)  # fmt: skip
ADDRESSED = frozenset(("letter", "note", "message", "aide-memoire", "note-verbale"))


class Standing(msgspec.Struct):
    """The writer's state, the mission that writes or is written to, and the addressee's state."""

    record: str = ""
    form: str = ""
    year: int | None = None
    american: bool = False  # an American edition, where missions without a nation are American
    writer: State | None = None
    city: str | None = None  # of the mission
    host: State | None = None
    posted: bool = False  # the writer is at the mission
    whose: State | None = None  # the mission is
    where: State | None = None  # the place of writing lies in it
    town: str | None = None  # of writing, as written
    to: State | None = None
    service: bool = False  # between the American ministry and its missions
    missions: dict[
        str, set[str]
    ] = {}  # cities of the missions that the text names in full, by state
    washington: bool = False  # writer or reader is the American ministry or its head

    def seat_of(self, state: State) -> str | None:
        """Where the mission of a state is that writes or is written to: where it writes from,
        or where the ministry is that it writes to."""
        if self.whose is not None and self.city and self.whose.key == state.key:
            return self.city
        return "Washington" if self.washington and state.key != "us" else None


def others(words: str, year: int | None, *two: State) -> bool:
    """Whether words name a state that is neither of the two."""
    keys = {state.key for state in two}
    found = (named(word) or adjective(word) for word in _CAPITALISED.findall(words))
    return any(
        state is not None and (state.in_year(year) or state).key not in keys for state in found
    )


def american(record: Record) -> bool:
    """Whether a record is of an American edition or goes to or from the American ministry."""
    return record.id.startswith("frus") or any(
        "Department of State" in p.name for p in (*record.senders, *record.addressees)
    )


def key_of(words: str) -> str:
    low = _ARTICLE.sub("", fold(words))
    return re.sub(r"\bof (?:the )?", "of ", low).strip()


def quoted(text: str, start: int | None) -> bool:
    """Whether somebody else's words are quoted there."""
    if start is None:
        return False
    before = text[max(0, start - 1500) : start]
    return before.rfind("“") > before.rfind("”")
