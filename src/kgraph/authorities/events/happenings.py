"""Which event of the authority a text means: "Kennedy's funeral", "the meeting of February 21".

Kind, people, place and date named in the words, and the record's own date, add or take
log-odds; an event that the authority knows this record to report gains most. A death and
a funeral come once to a person, so the name decides; people meet often, so a meeting must
be reported by the record, or bear the day and a participant, or two participants shortly
before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from kgraph.authorities.names.spellings import fold
from kgraph.authorities.persons.candidates import decide
from kgraph.authorities.setting import Found, Setting, shifted
from kgraph.dating import find
from kgraph.dating.months import ENGLISH
from kgraph.model import Event, Mention, Record

NO_EVENT = 2.5
"""Score of the reading that no event of the authority is meant."""

_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("death", r"\bassassinat|\bmurder|\bkill|\bdeath|\btrag(?:edy|ic)|\bshot\b|\bslain\b"),
        ("funeral", r"\bfuneral|\bburial"),
        ("memorial", r"\bmemorial|\brequiem"),
        ("reception", r"\breception"),
        ("talk", r"\bmeeting|\btalk|\bconversation|\bdiscussion|\bencounter|\binterview|\btelephone call"),
        ("visit", r"\bvisit|\btrip|\bmission\b|\bjourney"),
        ("speech", r"\bspeech|\baddress|\bstatement"),
        ("inquiry", r"\binvestigation|\binquiry"),
        ("crisis", r"\bcrisis"),
        ("war", r"\bwar\b"),
        ("election", r"\belection"),
        ("oath", r"\bswearing|\binaugurat|\bsworn|\btook the oath|\btaking of the oath"),
        ("signing", r"\bsigning|\bsignature"),
        ("briefing", r"\bbriefing"),
    )
)  # fmt: skip
_DAY = re.compile(rf"\b({'|'.join(ENGLISH)})\s(\d{{1,2}})\b")
_MONTH = re.compile(rf"\b({'|'.join(ENGLISH)})\b(?!\s\d)")
ONCE = frozenset(("death", "funeral", "memorial"))
"""Kinds of events that come once to a person."""
_VICTIM = frozenset(("victim", "deceased", "subject", "mourned", "honoured"))
WEEKS = 60
"""Days after a death in which "the funeral" is that of him who died."""
_MET = frozenset(("talk", "visit", "reception"))
_ME = re.compile(r"\b(?:me|us|my|our)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:was|were|had been|has been) (?:sworn|inaugurated|crowned)|^took the oath"
)
_NAMED = frozenset(("crisis", "war", "election"))
_SEVERAL = re.compile(r"^(?:these|those|both|several|many|all|further|other|any)\b", re.I)
_STEM = re.compile(r"[a-z]{3,}|\d{4}")
_TO_COME = frozenset(("planned", "proposed", "did-not-take-place", "ongoing"))
_PLANS = re.compile(r"\b(?:propos|plan|invit|intend|next|further|coming|future)", re.I)


class Happening(msgspec.Struct, frozen=True):
    """An event of the authority, made ready for comparison."""

    id: str
    kind: str
    words: frozenset[str]  # stems of its label
    named: str  # its kind as the authority writes it
    agents: frozenset[str]
    victims: frozenset[str]  # of a death, who died; of a burial, who is buried
    places: frozenset[str]
    first: str | None
    last: str | None
    day: str | None  # month and day, of a date without year
    reported: frozenset[str]
    to_come: bool
    planned: bool


def kind_of(words: str) -> str | None:
    """The kind of event that `words` begin to tell.

    >>> kind_of("the reception after the funeral"), kind_of("the garden")
    ('reception', None)
    """
    low = fold(words)
    found = [(m.start(), kind) for kind, pattern in _KINDS if (m := pattern.search(low))]
    return min(found)[1] if found else None


def _stems(words: str) -> frozenset[str]:
    return frozenset(w[:6] for w in _STEM.findall(fold(words)) if w not in ("the", "and", "his"))


class Happenings:
    """The events of an authority by their kinds."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._kinds: dict[str, list[Happening]] = defaultdict(list)
        for event in events:
            kind = kind_of(event.kind) or kind_of(event.label)
            if kind:
                self._kinds[kind].append(_ready(event, kind))

    def of_the_dead(self, kind: str, persons: Iterable[str], setting: Setting) -> list[str]:
        """The deaths or burials of persons who died in the weeks before a record was written."""
        if kind not in ONCE or setting.last is None or setting.first is None or setting.wide:
            return []
        named = frozenset(persons)
        deaths = {
            p for one in self._kinds.get("death", ()) for p in one.victims & named
            if one.last and one.first and one.first <= shifted(setting.last, 1) and one.last >= shifted(setting.first, -WEEKS)
        }  # fmt: skip
        return [
            one.id for one in self._kinds.get(kind, ())
            if one.victims & deaths and not one.planned
        ]  # fmt: skip

    def find(
        self, mention: Mention, inside: Sequence[Mention], record: Record, setting: Setting,
        near: frozenset[str] = frozenset(),
    ) -> Found | None:  # fmt: skip
        """The likeliest event for words that hold the mentions `inside`; None where no
        event of that kind comes near. `near` are the persons named beside the words, who
        may have taken part with those whom the words name in what the document reports."""
        kind = kind_of(mention.text)
        if kind is None or _SEVERAL.match(mention.text):
            return None
        scored = []
        for one in self._kinds.get(kind, ()):
            score, why = _score(one, mention, inside, record, setting, near)
            if score > 0:
                scored.append((one.id, score, tuple(why)))
        best = next(iter(decide(scored, NO_EVENT)), None)
        return Found(best.id, best.probability, best.reasons) if best else None


def _ready(event: Event, kind: str) -> Happening:
    date = event.date
    places = (event.place, *event.other_places)
    edtf = (date.edtf or "") if date else ""
    return Happening(
        id=event.id,
        kind=kind,
        words=_stems(event.label),
        named=fold(event.kind).rstrip("s"),
        agents=frozenset(p.party.id for p in event.participants if p.party.id),
        victims=frozenset(
            p.party.id for p in event.participants if p.party.id and p.role in _VICTIM
        ),
        places=frozenset(p.id for p in places if p and p.id),
        first=date.earliest[:10] if date and date.earliest else None,
        last=date.latest[:10] if date and date.latest else None,
        day=edtf[5:10] if edtf.startswith("XXXX-") else None,
        reported=frozenset(event.reported_in),
        to_come=event.status in _TO_COME,
        planned=event.status in _TO_COME and event.status != "ongoing",
    )


def _score(
    one: Happening, mention: Mention, inside: Sequence[Mention], record: Record, setting: Setting,
    near: frozenset[str],
) -> tuple[float, list[str]]:  # fmt: skip
    score, why = 2.0, [f"an event of that kind ({one.named})"]
    if one.named in fold(mention.text):
        score += 2.5
    reported = bool({record.id, record.about} & one.reported)
    if reported:
        score += 3.0
        why.append("the authority knows that this document reports it")
    if one.planned and not _PLANS.search(mention.text):
        score -= 5.0
    stems = _stems(mention.text)
    called = one.kind in _NAMED and len(stems) > 1 and stems <= one.words
    if called:
        score += 3.0
        why.append("called so")
    agents = {m.id for m in inside if m.type in ("person", "organisation") and m.id}
    if one.kind in _MET and _ME.search(mention.text):
        agents |= {s for s in setting.senders if s.startswith("person/")}
    common, others = agents & one.agents, agents - one.agents
    fresh = (
        one.kind in _MET
        and common | near >= one.agents
        and len(one.agents) > 1
        and _just_before(one, setting)
    )
    beside = near & one.agents - common if common and (reported or fresh) else frozenset()
    if beside:
        score += 2.0 * len(beside) + (2.0 if common | beside == one.agents else 0.0)
        why.append("named beside it: " + ", ".join(sorted(beside)))
    if common:
        score += 2.0 * min(3, len(common)) - 3.0 * len(others)
        score += 2.5 if one.kind in ONCE else 0.0
        why.append("named with it: " + ", ".join(sorted(common)))
    elif agents and one.agents:
        score -= 4.0
    places = {m.id for m in inside if m.type == "place" and m.id}
    there = bool(places & one.places)
    if there:
        score += 1.5
        why.append("at that place")
    elif places and one.places and not common:
        score -= 2.0
    dated = _dates(one, mention.text)
    score += dated
    if dated > 0:
        why.append("on that day")
    time = _time(one, setting)
    present = one.kind in _NAMED and there and places <= one.places and _during(one, setting) and not one.planned  # fmt: skip
    if present:
        score += 3.0
        why.append("there, in those days")
    sure = (
        reported
        or present
        or called
        or (common and fresh and not others)
        or (common and one.kind in ONCE)
        or (dated > 0 and (common or there) and not others)
        or (len(common) > 1 and not others and time > 0)
        or (common and time > 0 and _OFFICE.match(mention.text))
    )
    return (score + time if sure else 0.0), why


def _just_before(one: Happening, setting: Setting) -> bool:
    """Whether the record was written within three days of the event."""
    if not (one.first and one.last and setting.first and setting.last) or setting.wide:
        return False
    return shifted(setting.first, -3) <= one.last and one.first <= setting.last


def _during(one: Happening, setting: Setting) -> bool:
    """Whether the record was written while the event lasted."""
    if not (one.first and one.last and setting.first and setting.last) or setting.wide:
        return False
    return one.first <= setting.first and setting.last <= one.last


def _dates(one: Happening, words: str) -> float:
    """Agreement with a date that the words name, with or without its year."""
    when = next(iter(find(words)), None)
    day = _DAY.search(words)
    if day and (when is None or one.day):
        here = f"{ENGLISH.index(day[1]) + 1:02}-{int(day[2]):02}"
        first, last = one.day or (one.first or "")[5:10], one.day or (one.last or "")[5:10]
        return 0.0 if not first or not last else 3.0 if first <= here <= last else -5.0
    month = _MONTH.search(words)
    known = one.day or (
        (one.first or "")[5:7] if (one.first or "")[:7] == (one.last or "")[:7] else ""
    )
    if month and known and (when is None or not when.earliest):
        return 3.0 if known[:2] == f"{ENGLISH.index(month[1]) + 1:02}" else -5.0
    if when is None or not (one.first and one.last and when.earliest and when.latest):
        return 0.0
    return 3.0 if when.earliest[:10] <= one.last and one.first <= when.latest[:10] else -5.0


def _time(one: Happening, setting: Setting) -> float:
    """What the record's own days say: nothing of later days is spoken of as past."""
    if one.first is None or one.last is None or setting.first is None or setting.last is None:
        return 0.0
    if one.first > shifted(setting.last, 1) and not one.to_come:
        return -6.0
    if one.last >= shifted(setting.first, -40):
        return 1.0
    return 0.0 if one.last >= shifted(setting.first, -400) else -2.0
