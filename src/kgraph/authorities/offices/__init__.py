"""Who held an office on a day: "the Secretary of State" is Acheson in March 1951 and Rusk in 1963.

A description ("the Soviet Foreign Minister", "the late president") is read as
office, side and a bearing on time; holders come from ``offices.csv`` beside this
module, from the offices of the authority's persons (which carry the Office of
the Historian's dates), and from nothing else.

On 22 November 1963 "the President" names two men: of a day on which an office changed
hands both are given, unless the words decide ("the late", "the new") or the hour at
which a text was written (`Moment`). The hours between the end of one and the beginning
of the other, when who wrote may have known of either, leave both.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kgraph.authorities.names.spellings import fold
from kgraph.authorities.setting import shifted
from kgraph.model import Person

if TYPE_CHECKING:
    from kgraph.authorities.persons import PersonIndex

SIDES: dict[str, str] = {
    "american": "us", "us": "us", "u.s.": "us", "united states": "us", "united states of america": "us",
    "usa": "us", "white house": "us",
    "soviet": "soviet", "ussr": "soviet", "russian": "soviet", "soviet union": "soviet", "kremlin": "soviet",
    "british": "british", "uk": "british", "united kingdom": "british", "great britain": "british",
    "french": "french", "france": "french", "german": "german", "west german": "german",
    "federal german": "german", "germany": "german", "federal republic of germany": "german",
    "cuban": "cuban", "cuba": "cuban", "canadian": "canadian", "canada": "canadian",
    "indian": "indian", "india": "indian", "un": "un", "united nations": "un",
}  # fmt: skip

_OFFICES: tuple[tuple[str, str, str | None], ...] = (
    # (pattern over folded words, office, side that it implies)
    (r"vice[- ]president", "vice president", "us"),
    (r"president of the united states(?: of america)?", "president", "us"),
    (r"president-elect(?: of the united states(?: of america)?)?", "president-elect", "us"),
    (r"(?:chairman|president) of the presidium(?: of the supreme soviet)?(?: of the ussr)?", "head of state", "soviet"),
    (r"(?:chairman|president) of the council of ministers(?: of the ussr)?|chairman of the ussr council of ministers|mr\.? chairman(?:-president)?", "premier", "soviet"),
    (r"attorney[- ]general", "attorney general", "us"),
    (r"under secretary(?: of state)?|assistant secretary.*|deputy .*|special assistant.*|charge.*|former .*", "", None),
    (r"secretary[- ]general of the united nations|secretary[- ]general", "secretary-general", "un"),
    (r"first secretary(?: of the (?:cc cpsu|central committee.*))?|general secretary(?: of the (?:cc cpsu|central committee.*))?", "party leader", "soviet"),
    (r"secretary of defense", "secretary of defense", "us"),
    (r"secretary of the treasury", "secretary of the treasury", "us"),
    (r"secretary of state", "secretary of state", "us"),
    (r"foreign secretary", "foreign minister", "british"),
    (r"director of central intelligence", "director of central intelligence", "us"),
    (r"director of the (?:us |u\.s\. )?arms control and disarmament agency|disarmament agency director", "director of the arms control and disarmament agency", "us"),
    (r"(?:white house )?press secretary", "press secretary", "us"),
    (r"first lady", "first lady", "us"),
    (r"(?:foreign minister|minister (?:of|for) foreign affairs|foreign affairs minister)(?: of the (?:ussr|soviet union))?", "foreign minister", None),
    (r"minister of defense|defense minister", "minister of defense", None),
    (r"(?:head of the )?government|head of (?:the )?government|heads? of (?:the )?(?:\w+ )?government|leader", "head of government", None),
    (r"ambassador (?:to|in) (?:the )?(?:united states(?: of america)?|usa|us|u\.s\.|washington)", "ambassador to us", None),
    (r"ambassador (?:to|in) (?:the )?(?:ussr|soviet union|moscow)", "ambassador to soviet", "us"),
    (r"(?:mr\.? )?ambassador", "ambassador", None),
    (r"prime minister", "prime minister", None),
    (r"premier", "premier", None),
    (r"chancellor", "chancellor", "german"),
    (r"(?:mr\.? )?president", "president", None),
    (r"minister", "foreign minister", None),
    (r"secretary", "secretary of state", "us"),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(p.replace("(?:the )?", "").replace("the ", "")), office, side)
    for p, office, side in _OFFICES
)  # descriptions are compared without articles
_HEADS = {"us": "president", "soviet": "premier", "german": "chancellor", "french": "president"}
_LATE = re.compile(r"\b(?:late|deceased|slain|murdered|assassinated|fallen)\b")
_NEW = re.compile(r"\bnew(?:ly)?\b")
_ADJECTIVES = re.compile(
    r"\b(?:the|a|an|late|deceased|slain|murdered|assassinated|fallen|new|young|present|current|"
    r"his|her|our|your|my|then|today's|own|comrade|dear|his excellency)\b"
)


class Described(msgspec.Struct, frozen=True):
    """A description read: office key, side, and whether of a dead or a new holder."""

    office: str
    side: str | None = None
    late: bool = False
    new: bool = False


@lru_cache(maxsize=20_000)
def describe(text: str) -> Described | None:
    """The office that a description names, None where it names none that is known.

    >>> describe("the late president")
    Described(office='president', side=None, late=True, new=False)
    >>> describe("Soviet Minister of Foreign Affairs").side
    'soviet'
    """
    words = fold(text).replace("[", "").replace("]", "").strip(" ,.;:'\"")
    words = re.sub(r"s?[' ]*s eyes only$", "", words)
    late, new = bool(_LATE.search(words)), bool(_NEW.search(words))
    words = " ".join(_ADJECTIVES.sub(" ", words).split())
    side = None
    for name in sorted(SIDES, key=len, reverse=True):
        if words.startswith(name + " "):
            side, words = SIDES[name], words[len(name) + 1 :]
            break
    else:
        for name in sorted(SIDES, key=len, reverse=True):
            for link in (" of ", " for "):
                if words.endswith(link + name):
                    side = SIDES[name]
                    break
            middle = re.search(rf"\bof {re.escape(name)} ", words)
            if middle:
                side, words = SIDES[name], words.replace(f"{name} ", "", 1)
            if side:
                break
    for pattern, office, implied in _COMPILED:
        if pattern.fullmatch(words) or (side and pattern.fullmatch(_without_side(words))):
            return Described(office, side or implied, late, new) if office else None
    return None


def _without_side(words: str) -> str:
    for name in sorted(SIDES, key=len, reverse=True):
        words = re.sub(rf" (?:of|for) {re.escape(name)}$", "", words)
    return words


class Tenure(msgspec.Struct, frozen=True):
    """One holder's time in an office: ISO days, inclusive, open where None.

    `began` and `ended` are the instants in UTC where the hour is known, `end` says that
    the holder "died" or was "killed" in office.
    """

    person: str
    first: str | None
    last: str | None
    began: str | None = None
    ended: str | None = None
    end: str | None = None

    def at(self, moment: str) -> bool:
        """Whether the hours known do not forbid that it was held at an instant in UTC."""
        return (not self.began or self.began <= moment) and (not self.ended or moment < self.ended)


class OfficeTable:
    """Offices to their holders' tenures, over one authority."""

    def __init__(self, index: PersonIndex, persons: Iterable[Person] = ()) -> None:
        self._index = index
        self._tenures: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        self._of: dict[str, list[tuple[str, str, Tenure]]] = defaultdict(list)
        from kgraph.authorities.persons.candidates import Query

        for row in _rows():
            year = int(row["from"][:4])
            found = index.match(
                Query(
                    name=row["holder"],
                    first=year,
                    last=year,
                    side=row["side"],
                    about=f"{row['office']} {row['side']}",
                ),
                limit=2,
            )
            if found and found[0].score > 6.0:
                self._put(row["office"], row["side"], _tenure(found[0].id, row))
        for person in persons:
            for office in person.offices:
                read = describe(office.title) if office.from_ else None
                side = (read.side if read else None) or person.side
                if read and side:
                    self._put(read.office, side, Tenure(person.id, office.from_, office.to))

    def _put(self, office: str, side: str, tenure: Tenure) -> None:
        others = self._tenures[office, side]
        if any(t.person == tenure.person and _overlap(t, tenure) for t in others):
            return  # the better dated statement of the two came first
        others.append(tenure)
        self._of[tenure.person].append((office, side, tenure))

    def holders(
        self,
        office: str,
        side: str,
        first: str,
        last: str,
        *,
        late: bool = False,
        new: bool = False,
        moment: str | None = None,
    ) -> list[str]:
        """Persons who held `office` of `side` at some time from `first` to `last` (ISO days).

        `late` asks for one who was dead by then, the last holder or the one before him; `new`
        for the one who follows. `moment` is the instant in UTC, where the hour is known: of a
        day of change it leaves one holder, unless it lies between the two or the hour of the
        change is not known.
        """
        tenures = self._tenures.get((office, side), [])
        if late:
            ended = sorted((t for t in tenures if t.last and t.last <= last), key=lambda t: t.last or "")  # fmt: skip
            return next(([t.person] for t in reversed(ended[-2:]) if t.end or self._died(t.person, last)), [])  # fmt: skip
        if new:
            begun = [t for t in tenures if (t.first or "") <= last and not (moment and t.began and moment < t.began)]  # fmt: skip
            return [max(begun, key=lambda t: t.first or "").person] if begun else []
        if moment:  # a day in Tokyo is still the day before in Washington
            dated = shifted(first, -1), shifted(last, 1)
            changed = [t for t in tenures if _held(t, *dated) and (t.began or t.ended)]
            sure = [t for t in changed if _held(t, *dated) and t.at(moment)]
            if len(changed) > 1 and len(sure) == 1:
                return [sure[0].person]
        found = [t.person for t in tenures if _held(t, first, last)]
        return list(dict.fromkeys(found))

    def _died(self, person: str, day: str) -> bool:
        known = self._index.by_id.get(person)
        return known is not None and known.died is not None and known.died <= int(day[:4])

    def heads(self, side: str) -> str:
        """The office that leads the government of `side`."""
        return _HEADS.get(side, "prime minister")

    def tenures(self, office: str, side: str) -> list[Tenure]:
        """All tenures of an office."""
        return list(self._tenures.get((office, side), []))

    def offices_of(self, person: str) -> list[tuple[str, str, Tenure]]:
        """(office, side, tenure) of one person."""
        return self._of.get(person, [])

    def death(self, office: str, side: str, day: str) -> Tenure | None:
        """The tenure, of the last holder before the one of `day`, that ended with his death; also
        on the day of that death."""
        ended = [t for t in self._tenures.get((office, side), []) if t.last and t.last <= day]
        latest = max(ended, key=lambda t: t.last or "", default=None)
        return latest if latest is not None and latest.end else None


def _held(tenure: Tenure, first: str, last: str) -> bool:
    return (tenure.first or "")[:10] <= last and (tenure.last or "9")[:10] >= first


def _tenure(person: str, row: Mapping[str, str]) -> Tenure:
    first, last = row["from"] or None, row["to"] or None
    return Tenure(
        person, first and first[:10], last and last[:10], _instant(first), _instant(last),
        row["end"] or None,
    )  # fmt: skip


def _instant(written: str | None) -> str | None:
    """An hour with its offset as an instant in UTC; None for a day.

    >>> _instant("1963-11-22T13:00-06:00")
    '1963-11-22T19:00'
    """
    if not written or len(written) == 10:
        return None
    return datetime.fromisoformat(written).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def _overlap(a: Tenure, b: Tenure) -> bool:
    return (a.first or "") <= (b.last or "9") and (b.first or "") <= (a.last or "9")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = Path(__file__).parent / "offices.csv"
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return tuple(csv.DictReader(lines, delimiter=";"))
