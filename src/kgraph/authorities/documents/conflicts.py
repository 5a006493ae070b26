"""Disagreements between claims about one document, typed, and impossible things.

Every claim stays; a conflict names each with its source and words, the preferred
value and the rule that prefers it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kgraph.authorities.documents.keys import day_of, number_keys
from kgraph.authorities.documents.traces import Trace
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.offices import OfficeTable, describe
from kgraph.model import Claim, Conflict, Date, Party

DATE_RULE = (
    "stated before inferred before conjectural; then the narrower interval; "
    "then the earlier, since writing precedes arrival"
)
FIRST_RULE = "the value of the record first named"
MOST_RULE = "the value that most records give, then that of the record first named"
_CERTAINTY = {"stated": 0, "inferred": 1, "conjectural": 2}


def conflicts_of(records: Sequence[Trace]) -> Iterator[Conflict]:
    """The disagreements among `records`, which all describe one document."""
    document = records[0].about
    for name in ("date", "sent", "received"):
        dates = [(t, d) for t in records if (d := getattr(t, name)) is not None and d.edtf]
        if len({d.edtf for _, d in dates}) > 1:
            best = min((d for _, d in dates), key=_date_rank)
            kind = "date" if _disjoint([d for _, d in dates]) else "date-precision"
            yield _conflict(
                kind, document, name,
                [_claim(t, d.edtf or d.text, d.words or d.text, d.locator) for t, d in dates],
                best.edtf, DATE_RULE,
            )  # fmt: skip
    for name in ("place", "place_to"):
        places = [(t, p) for t in records if (p := getattr(t, name)) is not None]
        if len({p.id or fold(p.name) for _, p in places}) > 1:
            yield _conflict(
                "place", document, name,
                [_claim(t, p.id or p.name, p.words or p.name, p.locator) for t, p in places],
                _most([p.id or p.name for _, p in places]), MOST_RULE,
            )  # fmt: skip
    marks = [(t, t.classification) for t in records if t.classification]
    if len({fold(c) for _, c in marks}) > 1:
        yield _conflict(
            "classification", document, "classification",
            [_claim(t, c, c, None) for t, c in marks], _most([c for _, c in marks]), MOST_RULE,
        )  # fmt: skip
    for name in ("senders", "addressees"):
        sets = [(t, _ids(getattr(t, name))) for t in records if getattr(t, name)]
        named = [(t, s) for t, s in sets if s]
        if len(named) > 1 and any(not a & b for _, a in named for _, b in named):
            yield _conflict(
                "parties", document, name,
                [_claim(t, "; ".join(sorted(s)), _words(getattr(t, name)), None) for t, s in named],
                "; ".join(sorted(named[0][1])), FIRST_RULE,
            )  # fmt: skip
    kinds = {n.kind for t in records for n in t.numbers} - {"copy", "section", "central-file"}
    for kind in sorted(kinds):
        values = [
            (t, {k for n in t.numbers if n.kind == kind for k in number_keys(n.value)})
            for t in records
        ]
        given = [(t, v) for t, v in values if v]
        if len(given) > 1 and any(not a & b for _, a in given for _, b in given):
            yield _conflict(
                "number", document, f"numbers ({kind})",
                [_claim(t, "; ".join(sorted(v)), None, None) for t, v in given],
                "; ".join(sorted(given[0][1])), FIRST_RULE,
            )  # fmt: skip


def impossible(traces: Sequence[Trace], offices: OfficeTable | None = None) -> Iterator[Conflict]:
    """Things that cannot be so: answers before questions, receipt before dispatch, an
    office before its holder took it, numbers out of sequence, files of another date."""
    by_id = {t.id: t for t in traces} | {t.about: t for t in traces}
    for t in traces:
        yield from _answers(t, by_id)
        yield from _received(t)
        yield from _file_dates(t)
        if offices is not None:
            yield from _too_early(t, offices)
    yield from _sequence(traces)


def _answers(t: Trace, by_id: dict[str, Trace]) -> Iterator[Conflict]:
    for relation in t.relations:
        question = by_id.get(relation.target) if relation.type == "reply-to" else None
        if question is None or t.date is None or question.date is None:
            continue
        if t.date.latest and question.date.earliest and t.date.latest < question.date.earliest:
            yield _conflict(
                "answer-before-question", t.about, "date",
                [_claim(t, t.date.edtf or t.date.text, t.date.text, None),
                 _claim(question, question.date.edtf or question.date.text, question.date.text, None)],
                None, None, subjects=(question.about,),
                assessment="a reply is dated before the document that it answers",
            )  # fmt: skip


def _received(t: Trace) -> Iterator[Conflict]:
    written = t.sent or t.date
    if not (t.received and written and t.received.latest and written.earliest):
        return
    # a clock east of the sender's shows up to a day less
    if t.received.latest < _earlier(written.earliest, 1):
        yield _conflict(
            "received-before-sent", t.about, "received",
            [_claim(t, t.received.edtf or t.received.text, t.received.text, t.received.locator),
             _claim(t, written.edtf or written.text, written.text, written.locator)],
            None, None, assessment="received before it was written",
        )  # fmt: skip


_FILE = re.compile(r"/(?P<month>\d{1,2})[-–](?P<day>\d{1,2})(?P<year>\d{2})(?!\d)")


def file_date(shelfmark: str, near: int) -> date | None:
    """The date that a decimal file number of the Department of State encodes.

    >>> file_date("711.11-KE/2-1261", 1961)
    datetime.date(1961, 2, 12)
    """
    found = _FILE.search(shelfmark)
    if not found:
        return None
    century = near // 100 * 100
    year = min(
        (century + int(found["year"]) + shift for shift in (-100, 0, 100)),
        key=lambda y: abs(y - near),
    )
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _file_dates(t: Trace) -> Iterator[Conflict]:
    if t.date is None or not t.date.earliest or not t.date.latest:
        return
    marks = [h.shelfmark for h in t.holdings if h.shelfmark and h.copy == "source text"]
    marks += [n.value for n in t.numbers if n.kind == "central-file"]
    seen = set()
    for mark in marks:
        encoded = file_date(mark, int(t.date.earliest[:4]))
        if encoded is None or encoded in seen:
            continue
        seen.add(encoded)
        day = encoded.isoformat()
        if day < _earlier(t.date.earliest, 3) or day > _earlier(t.date.latest, -10):
            yield _conflict(
                "file-number-date", t.about, "date",
                [_claim(t, t.date.edtf or t.date.text, t.date.text, t.date.locator),
                 _claim(t, day, mark, None)],
                t.date.edtf, "the date on the document outweighs the date of its file",
                assessment=_FILED_WITH if _filed_with(t, encoded) else "the file number encodes another date",
            )  # fmt: skip


_FILED_WITH = (
    "the file number encodes an earlier date, perhaps that of what this answers: what the Department "
    "sent was filed with what it had received"
)


def _filed_with(t: Trace, filed: date) -> bool:
    """Whether a paper sent from Washington bears a file number of the quarter of a year before."""
    day = day_of(t.date)
    if day is None or t.place is None or not fold(t.place.name).startswith("washington"):
        return False
    return 0 < (day - filed).days <= 92


def _too_early(t: Trace, offices: OfficeTable) -> Iterator[Conflict]:
    if t.date is None or t.date.certainty != "stated" or not t.date.latest:
        return
    day = t.date.latest[:10]
    for party in (*t.senders, *t.addressees, *t.participants):
        read = describe(party.role) if party.role and party.id else None
        if not read or not party.id:
            continue
        mine = [
            x for o, s, x in offices.offices_of(party.id)
            if o == read.office and (not read.side or s == read.side) and x.first and len(x.first) == 10
        ]  # fmt: skip
        starts = [x.first for x in mine if x.first]
        if starts and day < _earlier(min(starts), 3):
            yield _conflict(
                "office-before-holder", t.about, "role",
                [_claim(t, f"{party.role} on {day}", party.words or party.role, party.locator),
                 Claim(value=f"{read.office} from {min(starts)}", source="authority", record=party.id)],
                None, None, subjects=(party.id,),
                assessment="named with an office that the authority dates later",
            )  # fmt: skip


def _sequence(traces: Sequence[Trace]) -> Iterator[Conflict]:
    series: dict[tuple[str, str, str, int], list[_Numbered]] = defaultdict(list)
    for t in traces:
        day = day_of(t.date)
        place = t.place and (t.place.id or fold(t.place.name))
        if day is None or not place or t.status != "extant":
            continue
        for number in t.numbers:
            if number.kind in ("telegram", "despatch") and number.value.isdigit():
                # numbers begin anew with each fiscal year (July)
                year = day.year + (day.month > 6)
                # and a ministry numbers its telegrams to each post apart
                series[number.kind, place, _to(t), year].append(
                    (day, int(number.value), t, number.value)
                )
    for (kind, place, _, _), items in series.items():
        items = _counted_on(sorted(items, key=lambda i: (i[0], i[1])))
        kept = _longest_rise([n for _, n, _, _ in items])
        if len(items) < 6 or len(kept) < 0.8 * len(items):
            continue
        for i, (day, n, t, value) in enumerate(items):
            if i in kept:
                continue
            before = max((k for k in kept if k < i), default=None)
            after = min((k for k in kept if k > i), default=None)
            claims = [_claim(t, f"{kind} {value} of {day}", value, None)]
            for k in (before, after):
                if k is not None:
                    d, _, other, v = items[k]
                    claims.append(_claim(other, f"{kind} {v} of {d}", v, None))
            near = [items[k][1] for k in (before, after) if k is not None]
            if min(abs(n - x) for x in near) <= 3:
                continue  # numbered before, sent after: an hour's difference
            yield _conflict(
                "number-out-of-sequence", t.about, "numbers", claims, None, None,
                assessment=f"the {kind} numbers from {place} rise with the date; this one does not",
            )  # fmt: skip


_Numbered = tuple[date, int, Trace, str]


def _counted_on(items: list[_Numbered]) -> list[_Numbered]:
    """A series whose numbers have a fixed width, counted on where it begins anew: 998, 001, 002."""
    for i in range(1, len(items)):
        value, before = items[i][3], items[i - 1]
        turn = 10 ** len(value)
        if value.startswith("0") and len(before[3]) == len(value) and before[1] >= 0.9 * turn:
            return items[:i] + [
                (day, n + turn if n < turn / 2 else n, t, v) for day, n, t, v in items[i:]
            ]
    return items


def _to(t: Trace) -> str:
    """Whom a series of numbers is addressed to: the body, office or place, not the person."""
    if t.place_to:
        return t.place_to.id or fold(t.place_to.name)
    return "; ".join(sorted(p.id or fold(p.name) for p in t.addressees if p.kind != "person"))


def _longest_rise(values: Sequence[int]) -> set[int]:
    """Positions of a longest non-falling subsequence of `values`."""
    best: list[int] = []
    back: list[int] = [-1] * len(values)
    tails: list[int] = []
    for i, v in enumerate(values):
        low, high = 0, len(tails)
        while low < high:
            mid = (low + high) // 2
            if values[tails[mid]] <= v:
                low = mid + 1
            else:
                high = mid
        back[i] = tails[low - 1] if low else -1
        if low == len(tails):
            tails.append(i)
        else:
            tails[low] = i
    at = tails[-1] if tails else -1
    while at >= 0:
        best.append(at)
        at = back[at]
    return set(best)


# -- pieces ----------------------------------------------------------------


def _conflict(
    kind: str,
    subject: str,
    name: str,
    claims: list[Claim],
    preferred: str | None,
    rule: str | None,
    *,
    subjects: tuple[str, ...] = (),
    assessment: str | None = None,
) -> Conflict:
    return Conflict(
        id=f"conflict/{kind}/{subject}/{name.replace(' ', '-')}"
        + ("/" + fold(claims[-1].value).replace(" ", "-")[:40] if assessment else ""),
        source="matching",
        kind=kind,
        subject=subject,
        subjects=subjects,
        property=name,
        claims=tuple(claims),
        assessment=assessment,
        preferred=preferred,
        rule=rule,
    )


def _claim(t: Trace, value: str, words: str | None, locator: str | None) -> Claim:
    return Claim(value=value, source=t.source, record=t.id, locator=locator, words=words)


def _date_rank(d: Date) -> tuple[int, int, str]:
    width = 10**6
    if d.earliest and d.latest:
        try:
            first, last = date.fromisoformat(d.earliest[:10]), date.fromisoformat(d.latest[:10])
            width = (last - first).days
        except ValueError:
            pass
    return _CERTAINTY[d.certainty], width, d.earliest or ""


def _disjoint(dates: Iterable[Date]) -> bool:
    known = [(d.earliest, d.latest) for d in dates if d.earliest and d.latest]
    return bool(known) and max(k[0] for k in known) > min(k[1] for k in known)


def _ids(parties: Iterable[Party]) -> set[str]:
    return {p.id for p in parties if p.id} | {p.holder for p in parties if p.holder}


def _words(parties: Iterable[Party]) -> str:
    return "; ".join(p.words or p.name for p in parties)


def _most(values: Sequence[str]) -> str:
    return max(values, key=lambda v: (values.count(v), -values.index(v)))


def _earlier(instant: str, days: int) -> str:
    try:
        return (date.fromisoformat(instant[:10]) - timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return instant
