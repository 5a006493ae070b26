"""Gold of the five first sources, annotated by hand: compared by ids, not by names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from kgraph.accuracy.scores import Tally
from kgraph.authorities.events import well_known
from kgraph.evaluate import registered
from kgraph.evaluate.comparing import fold, same_day, same_number, same_text
from kgraph.evaluate.index import Index, ids
from kgraph.model import Event, Holding, Leg, Mention, Party, Printing, Record

Rows = list[dict[str, str]]
_T = TypeVar("_T")
PREFIXES = {"p": "person", "o": "body", "pl": "place", "e": "event", "a": "archive",
            "bib": "publication"}  # fmt: skip
MODES = (
    (r"cipher telegram", {"cipher telegram"}),
    (r"commercial", {"commercial telegram"}),
    (r"^cable|transmitted in telegram", {"embassy cable", "telegram"}),
    (r"telegram", {"telegram", "embassy cable"}),
    (r"despatch", {"despatch"}),
    (r"enclosure|attached|cover|transmittal", {"enclosure"}),
    (r"distribution", {"distribution"}),
    (r"^hand|\bgiven to\b", {"hand delivery"}),
    (r"^oral", {"oral"}),
    (r"custody|gift|upload", {"custody", "transfer", "digital publication"}),
)
"""What the gold's own words for a mode may be called here; other words must be a mode or say none."""


def modes(words: str) -> set[str]:
    """The modes that the gold's words allow.

    >>> modes("handed over")
    {'hand delivery'}
    """
    exact = {"press release", "diplomatic note", "translation", "telephone", "despatch", "oral"}
    if words in exact:
        return {words}
    return next((known for sign, known in MODES if re.search(sign, words)), {words, "not stated"})


def local(id: str) -> str:
    """``p/kohler`` as this project writes it: ``person/kohler``; document keys stay."""
    plain = re.sub(r"\s*[\[(].*", "", id).strip()
    head, slash, rest = plain.partition("/")
    return f"{PREFIXES[head]}/{rest}" if slash and head in PREFIXES else plain


def parts(cell: str, separator: str = r" \| ") -> list[str]:
    return [part.strip() for part in re.split(separator, cell) if part.strip()]


def _here(key: str, index: Index) -> bool:
    return key.partition("/")[0] in index.groups


def documents(rows: Rows, index: Index, tally: Tally) -> None:
    """Documents present, embedded, mentioned or missing, with who, when, where and what on them."""
    for row in rows:
        key = row["key"]
        if not _here(key, index):
            continue
        record = index.of(key)
        tally.compare("document", key, [key], [key] if record else [], str.__eq__)
        if record is None:
            continue
        for relation, column in (("sender", "senders"), ("addressee", "addressees"),
                                 ("copy to", "copies_to"), ("drafter", "drafters"),
                                 ("clearer", "clearers")):  # fmt: skip
            wanted = [
                _id(part) for part in parts(re.sub(r"\[[^\]]*\]", "", row[column])) if "/" in part
            ]
            field = relation + "s" if column != "copies_to" else column
            found = ids(getattr(record, field))
            if wanted or (relation in ("sender", "addressee") and row["presence"] == "full text"):
                tally.compare(relation, key, wanted, found, str.__eq__)
        dates = [d.edtf for d in (record.date,) if d and d.edtf]
        if row["date_edtf"]:
            tally.compare("date", key, [row["date_edtf"]], dates, _same_date)
        for relation, column, place in (("place", "place_from", record.place),
                                        ("place to", "place_to", record.place_to)):  # fmt: skip
            if row[column]:
                wanted = [local(p) for p in row[column].split(",")]
                here = [place.id or place.name] if place else []
                match = [
                    p for p in wanted if p in here
                ] or wanted  # one in the other: either will do
                tally.compare(relation, key, match[:1], here, str.__eq__)
        _marks(row, key, record, tally)


def _id(part: str) -> str:
    return local(part.rpartition(": ")[2])


def _same_date(a: str, b: str) -> bool:
    return same_day(a, b) or a.removeprefix("XXXX-") == b[5:]


def _marks(row: dict[str, str], key: str, record: Record, tally: Tally) -> None:
    if row["classification"]:
        marking = "none" if row["classification"].startswith("none") else row["classification"]
        found = [record.classification] if record.classification else []
        tally.compare("classification", key, [marking], found,
                      lambda a, b: same_text(a, b) or (a == "none" and "no " in fold(b) + " "))  # fmt: skip
    if row["handling"]:
        tally.compare("handling", key, parts(row["handling"]), record.handling,
                      lambda a, b: fold(a) == fold(b), complete=False)  # fmt: skip
    if row["numbers"]:
        tally.compare("number", key, parts(row["numbers"]), [n.value for n in record.numbers],
                      same_number, complete=False)  # fmt: skip
    if row["archive_refs"]:
        held = [h.id or h.holder for h in record.holdings]
        tally.compare(
            "holding", key, [local(p) for p in parts(row["archive_refs"])], held, str.__eq__
        )
    if row["printed_in"]:
        wanted = [local(p.split(",")[0]) for p in parts(row["printed_in"])]
        printed = [p.id or p.publication for p in record.printed_in]
        tally.compare("printed in", key, wanted, printed, _publication)


def _publication(wanted: str, found: str) -> bool:
    return wanted == found or wanted.partition("/")[2] == found.partition("/")[2]


def legs(rows: Rows, index: Index, tally: Tally) -> None:
    """Legs in order: found where one of equal order has the same ends; then mode, place, date.

    An end that is an office is also the person whom the authority knows to have held it. Of several
    with the same ends the one of the same date is meant. A version of a text that has no record of
    its own ("frus/9/ru") is told of with its document.
    """
    gold: dict[str, Rows] = defaultdict(list)
    for row in rows:
        key = local(row["doc_key"])
        if _here(key, index) or key in index.events:
            whole = key.rpartition("/")[0]
            version = index.of(key) is None and key not in index.events
            gold[whole if version and index.of(whole) is not None else key].append(row)
    for key, hops in gold.items():
        left = list(_legs(key, index))
        for row in hops:
            ends = tuple(frozenset(_ends(row[c])) for c in ("from", "carrier_or_agent", "to"))
            fit = [leg for leg in left if _fits(leg, ends)]
            match = max(
                fit,
                key=lambda leg: (_dated(leg, row), leg.mode in modes(row["mode"])),
                default=None,
            )
            name = f"{key} leg {row['leg_no']}"
            tally.compare("leg", name, [name], [name] if match else [], str.__eq__)
            if match is None:
                continue
            left.remove(match)
            found = row["mode"] if match.mode in modes(row["mode"]) else match.mode or "none"
            tally.compare("leg mode", name, [row["mode"]], [found], str.__eq__)
            tally.confuse("mode", row["mode"], found)
            if row["date_edtf"]:
                date = [match.date.edtf] if match.date and match.date.edtf else []
                tally.compare("leg date", name, [row["date_edtf"]], date, _same_date)
        for leg in left:
            extra = f"{key}: {_name(leg.from_)} > {_name(leg.by)} > {_name(leg.to)} ({leg.mode})"
            tally.compare("leg", key, [], [extra], str.__eq__)


def _dated(leg: Leg, row: dict[str, str]) -> bool:
    found = leg.date.edtf if leg.date else None
    return bool(row["date_edtf"]) and found is not None and _same_date(row["date_edtf"], found)


def _name(party: Party | None) -> str:
    return (party.id or party.name) if party else "-"


def _legs(key: str, index: Index) -> Iterable[Leg]:
    event: Event | None = index.events.get(key)
    record = index.of(key)
    return (record.legs if record else ()) or (event.legs if event else ())


def _ends(cell: str) -> list[str]:
    if not re.search(r"\b(?:p|o)/", cell):
        return []
    return [local(part) for part in re.split(r", | \| ", cell)]


def _fits(leg: Leg, ends: tuple[frozenset[str], ...]) -> bool:
    sides = (
        {n for p in (leg.from_, *leg.also_from) if p for n in (_name(p), p.holder)},
        {n for p in (leg.by, *leg.also_by) if p for n in (_name(p), p.holder)},
        {n for p in (leg.to, *leg.also_to) if p for n in (_name(p), p.holder)},
    )
    return all(not wanted or wanted & found for wanted, found in zip(ends, sides, strict=True))


class _Named(NamedTuple):
    """A gold mention: words, id, and where it stands in the record's text, if it was found there."""

    words: str
    id: str
    span: tuple[int, int] | None


def _place(
    row: dict[str, str], text: str, taken: dict[tuple[int, int], str] | None = None
) -> tuple[int, int] | None:
    """Where a gold row's words stand in a record's text: in the middle of the words around them,
    but not where others of the source do, which `taken` keeps."""
    quote = re.escape(row["evidence_quote"]).replace(r"\ ", r"\s+")
    surface = re.compile(re.escape(row["surface"]).replace(r"\ ", r"\s+"))
    taken = {} if taken is None else taken
    here: list[tuple[int, int]] = []
    free: list[tuple[int, int]] = []
    middle = 0
    for around in re.finditer(quote, text):  # the words around it may stand twice, too
        here = [m.span() for m in surface.finditer(text, *around.span())]
        middle = sum(around.span())
        free = [span for span in here if taken.get(span, row["start"]) == row["start"]]
        if free:
            break
    found = min(free or here, key=lambda span: abs(sum(span) - middle), default=None)
    if found:
        taken[found] = row["start"]
    return found


def _meet(a: tuple[int, int] | None, b: tuple[int | None, int | None]) -> bool:
    """Whether two spans begin or end together."""
    return a is not None and (a[0] == b[0] or a[1] == b[1])


def mentions(rows: Rows, index: Index, tally: Tally) -> None:
    """Words that name somebody or something.

    Of each kind: the same words; the same place, where a span begins or ends as the gold's
    does (titles, nations and complements may be taken in or not); and linked, where a span
    at the same place has the id. Of links only those at a place of the gold are judged.
    Words that mean two (with two mentions) count once where the gold has none there.
    A document that no source brings is the gold's where the entry of the register says the same.
    Archival units and printed sources are sought in the record's holdings and printings.
    """
    gold: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if _here(row["doc_key"], index):
            gold[row["doc_key"]].append(row)
    for key, named in gold.items():
        record = index.of(key)
        text = record.text if record else ""
        found = record.mentions if record else ()
        for kind in ("person", "organisation", "place", "event", "document"):
            taken: dict[tuple[int, int], str] = {}
            wanted = [
                _Named(row["surface"], local(row["entity_id"]), _place(row, text, taken))
                for row in named
                if row["entity_type"] == kind
            ]
            here = _once([m for m in found if m.type == kind], wanted)
            if not wanted and not here:
                continue
            relation = f"mention of {kind}"
            tally.compare(
                relation, key, [w.words for w in wanted], [m.text for m in here], same_text
            )
            spoken = _spoken_of(key, index) if kind == "document" else None
            _spans(relation, key, wanted, here, tally, spoken)
        for kind, held in (
            ("archival unit", record.holdings if record else ()),
            ("printed source", record.printed_in if record else ()),
        ):
            units = [(r["surface"], _place(r, text)) for r in named if r["entity_type"] == kind]
            if units:
                met = [w for w, span in units if span and any(_touch(span, h) for h in held)]
                tally.compare(f"mention of {kind}", key, [w for w, _ in units], met, str.__eq__)


def _once(here: list[Mention], wanted: list[_Named]) -> list[Mention]:
    """Mentions without further ones of the same words, but where the gold has several there."""
    most = Counter(w.span for w in wanted)
    met: Counter[tuple[int | None, int | None]] = Counter()
    kept = []
    for one in here:
        span = (one.start, one.end)
        met[span] += 1
        if met[span] <= max(1, most[span]):  # type: ignore[index]
            kept.append(one)
    return kept


def _touch(span: tuple[int, int], held: Holding | Printing) -> bool:
    return held.start is not None and held.end is not None and held.start < span[1] and span[0] < held.end  # fmt: skip


def _spoken_of(key: str, index: Index) -> Callable[[_Named, Mention], str | None]:
    """What tells which document a mention means that bears no id itself: the document present to
    which the same words refer, or the gold's id where an entry of the register that cites them
    says the same of it as the gold does, else the entry's own."""
    record = index.of(key)
    about = record.about if record else key

    def met(spans: list[tuple[int, int, _T]], found: Mention) -> list[_T]:
        a, b = found.start, found.end
        return [v for s, e, v in spans if a is not None and b is not None and s < b and a < e]

    def meant(wanted: _Named, found: Mention) -> str | None:
        present = met(index.referred[about], found)
        if present:
            return present[0]
        entries = met(index.cited[about], found)
        same = any(registered.same(index.told.get(wanted.id), e, key) for e in entries)
        return wanted.id if same else entries[0].id if entries else None

    return meant


def _spans(
    relation: str,
    key: str,
    wanted: list[_Named],
    here: list[Mention],
    tally: Tally,
    spoken: Callable[[_Named, Mention], str | None] | None = None,
) -> None:
    left = list(here)
    placed: list[str] = []
    links: list[str] = []
    for one in sorted(wanted, key=lambda w: w.span is None):
        match = next((m for m in left if one.span == (m.start, m.end)), None) or next(
            (m for m in left if _meet(one.span, (m.start, m.end))), None
        ) or next((m for m in left if one.span is None and same_text(one.words, m.text)), None)  # fmt: skip
        if match is None:
            continue
        left.remove(match)
        placed.append(one.words)
        id = match.id or (spoken(one, match) if spoken else None)
        if id:
            links.append(f"{one.words} = {id}")
    tally.compare(f"{relation}, place", key, [w.words for w in wanted],
                  [*placed, *(m.text for m in left)], str.__eq__)  # fmt: skip
    tally.compare(f"{relation}, linked", key, [f"{w.words} = {w.id}" for w in wanted], links,
                  str.__eq__)  # fmt: skip


def events(rows: Rows, index: Index, tally: Tally) -> None:
    if not index.events.keys() - well_known.entries().keys():
        return  # no source tells of events; the gazetteer's are met in any text
    for row in rows:
        key = local(row["event_id"])
        event = index.events.get(key)
        tally.compare("event", key, [key], [key] if event else [], str.__eq__)
        if event and row["date_edtf"]:
            date = [event.date.edtf] if event.date and event.date.edtf else []
            tally.compare("event date", key, [row["date_edtf"]], date, _same_date)


def pairs(rows: Rows, index: Index, tally: Tally) -> None:
    """Who wrote to whom, and how often, over the documents that the gold counts."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        documents = [d for d in parts(row["documents"]) if _here(d, index)]
        if not documents:
            continue
        senders = {local(p) for p in row["sender"].split(" + ")}
        addressees = {local(p) for p in row["addressee"].split(" + ")}
        for document in documents:
            record = index.of(document)
            found = []
            if record:
                counted[row["sender"], row["addressee"]] += 1
                ends = (set(ids(record.senders)), set(ids(record.addressees)))
                found = [document] if ends == (senders, addressees) else [f"{ends[0]} > {ends[1]}"]
            tally.compare("who wrote to whom", f"{row['sender']} > {row['addressee']}", [document],
                          found, str.__eq__)  # fmt: skip
