"""The documents that others refer to by number or day, where they are present.

"Your telegram 1234" in a telegram from the Department of State to an embassy is the
embassy's telegram 1234 of the months before; "my letter of October 26" is the writer's of
that day to the same addressee. A reference is followed only where one document alone
bears the number or day, the right form and the right parties (or, for a post's numbered
telegrams, the place); what is not present stays with the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from kgraph.authorities.documents.keys import day_of, keys_of, number_keys
from kgraph.authorities.documents.references import Reference, Whose, pairs
from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.names.spellings import fold
from kgraph.model import Record, Relation

NUMBERED = 0.97
"""Probability of a link by number, parties and time."""
DATED = 0.94
"""Probability of a link by day and both parties."""
BACK = 150
"""Days before a document in which a number without a day is sought: posts begin anew each
year, so that an older document of that number is likely another year's."""

_BY_NUMBER = re.compile(r"telegram no\. (\d[\d–-]*)")
_LETTERS = frozenset(("letter", "message", "note", "communication", "memorandum"))
_WIRES = frozenset(("telegram", "cipher-telegram", "airgram", "despatch"))


class Meant(NamedTuple):
    """A reference of a document, and the documents present that it may mean: none, the one, or
    several between which its words do not tell."""

    by: Trace
    reference: Reference
    number: str | None  # which of the reference's numbers
    documents: frozenset[str]

    @property
    def sure(self) -> bool:
        return len(self.documents) == 1

    @property
    def probability(self) -> float:
        return NUMBERED if self.number else DATED

    @property
    def reasons(self) -> tuple[str, str]:
        return ("its number", "the parties") if self.number else ("its day", "both parties")


class _Ends(NamedTuple):
    senders: frozenset[str]
    addressees: frozenset[str]


def meant(traces: Iterable[Trace], of: Mapping[str, str]) -> Iterator[Meant]:
    """What each document refers to, number by number. `of` maps records to the document that
    they are one of, so that two records of one document are one candidate."""
    present = [t for t in traces if _is_sent(t)]
    ends = {t.id: _ends(t) for t in present}
    numbered: dict[str, list[Trace]] = defaultdict(list)
    dated: dict[str, list[Trace]] = defaultdict(list)
    for t in present:
        day = day_of(t.date)
        if day is None:
            continue
        dated[day.isoformat()].append(t)
        for n in t.numbers:
            if n.kind in ("telegram", "despatch", "airgram"):
                for key in number_keys(n.value):
                    numbered[key].append(t)
    for t in present:
        written = day_of(t.date)
        if written is None or t.contains:
            continue  # the words of a document that carries another may be the other's
        for reference, number in pairs(t.references):
            near = numbered.get(number, ()) if number else dated.get(reference.day or "", ())
            found = {
                of.get(c.id, c.about)
                for c in near
                if c.id != t.id and _is_meant(reference, number, t, c, ends, written)
            }
            yield Meant(t, reference, number, frozenset(found))


def _is_sent(t: Trace) -> bool:
    return t.status == "extant" and t.form in _LETTERS | _WIRES


def numbers_cited(traces: Iterable[Trace]) -> dict[tuple[str, int], str]:
    """The documents of one source that others of it cite by number alone ("our No. 1967"),
    by the citing record's id and the place of the relation among its relations."""
    traces = list(traces)
    bearing: dict[tuple[str, str], list[Trace]] = defaultdict(list)
    for t in traces:
        if t.status == "extant" and day_of(t.date):
            for n in t.numbers:
                if n.kind in ("telegram", "special"):
                    for key in number_keys(n.value):
                        bearing[t.source, key].append(t)
    found = {}
    for t in traces:
        written = day_of(t.date)
        for place, relation in enumerate(t.relations):
            number = _BY_NUMBER.fullmatch(relation.target) if relation.type == "cites" else None
            if number is None or written is None:
                continue
            meant = {
                c.about
                for key in number_keys(number[1])
                for c in bearing.get((t.source, key), ())
                if c.id != t.id and (day := day_of(c.date)) and 0 <= (written - day).days < BACK
            }
            if len(meant) == 1:
                found[t.id, place] = meant.pop()
    return found


def _ends(t: Trace) -> _Ends:
    return _Ends(frozenset(keys_of(t.senders or t.signed)), frozenset(keys_of(t.addressees)))


def _is_meant(
    reference: Reference, number: str | None, t: Trace, c: Trace, ends: Mapping[str, _Ends],
    written: date,
) -> bool:  # fmt: skip
    day = day_of(c.date)
    if day is None or not 0 <= (written - day).days < (8000 if reference.day else BACK):
        return False
    if reference.day and abs((date.fromisoformat(reference.day) - day).days) > (1 if number else 0):
        return False
    whose = side_meant(reference.whose, t)
    if whose is None or reference.elsewhere:
        return False
    mine, theirs = ends[t.id], ends[c.id]
    if whose == "writer":
        writers, readers = mine.senders, mine.addressees
    else:
        writers, readers = mine.addressees, mine.senders
    if not writers & theirs.senders or (theirs.addressees and not readers & theirs.addressees):
        return False
    if number:
        return c.form in _WIRES and c.source == t.source
    return bool(readers & theirs.addressees) and _alike(reference.form, c.form)


def side_meant(whose: Whose, t: Trace) -> Whose | None:
    """Whether the writer or the addressee is meant; None where that is not clear."""
    if whose in ("writer", "addressee"):
        return whose
    senders, addressees = _of_department(t.senders or t.signed), _of_department(t.addressees)
    if senders == addressees:
        return None
    return "writer" if senders == (whose == "department") else "addressee"


def _of_department(parties: Iterable[object]) -> bool:
    names = [fold(getattr(p, "name", "")) for p in parties]
    return any("department of state" in n or n.endswith("secretary of state") for n in names)


def _alike(meant: str, form: str) -> bool:
    """Whether a document of `form` may be called what the words call it."""
    if meant == form or {meant, form} <= {"letter", "message", "communication"}:
        return True
    return {meant, form} <= {"note", "communication", "message"} or (
        meant == "telegram" and form == "cipher-telegram"
    )


def referring(traces: Iterable[Trace], references: Iterable[Meant]) -> Iterator[Record]:
    """For each document that surely refers to others a record of its references, one to
    each document, with the words and the reasons. `references` are those that `meant` found."""
    found: dict[str, dict[tuple[str, int], Relation]] = {}
    by_id: dict[str, Trace] = {}
    given = list(traces)
    for one in references:
        if not one.sure:
            continue
        [document] = one.documents
        by_id[one.by.id] = one.by
        met = found.setdefault(one.by.id, {})
        for again in one.by.spoken:
            if again.again == one.reference.start:  # "the letter", after "your letter of May 3"
                met[document, again.start] = Relation(
                    type="cites", target=document, text=again.words, start=again.start, end=again.end,
                    rule="reference-in-text", certainty="inferred", note="the one spoken of before",
                )  # fmt: skip
        met.setdefault(
            (document, -1),
            Relation(
                type="cites", target=document, text=one.reference.words,
                start=one.reference.start, end=one.reference.end, rule="reference-in-text",
                certainty="inferred",
                note=f"{' and '.join(one.reasons)} agree, probability {one.probability}",
            ),
        )  # fmt: skip
    all_of_them = {t.id: t for t in given}
    for (id, place), document in numbers_cited(given).items():
        by_id[id] = all_of_them[id]
        cites = by_id[id].relations[place]
        found.setdefault(id, {}).setdefault(
            (document, -1),
            msgspec.structs.replace(cites, target=document, certainty="inferred", text=cites.text,
                                    note="its number in the same source"),
        )  # fmt: skip
    for id, relations in found.items():
        t = by_id[id]
        yield Record(
            id=f"{id}/references",
            document=t.about,
            source=t.source,
            form=t.form,  # type: ignore[arg-type]
            status=t.status,  # type: ignore[arg-type]
            title=t.title,
            relations=tuple(relations.values()),
        )
