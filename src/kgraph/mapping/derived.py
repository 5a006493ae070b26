"""Preferred values of a document, chosen among the claims of its records.

Nothing is overwritten: claims stay in their records' graphs; the derived graph
says which value an everyday query should see, and by which rule it was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgraph import iris, vocab
from kgraph.mapping.context import Context
from kgraph.mapping.statements import Statements
from kgraph.model import Date, Leg, Record, Status
from kgraph.titles import title_of

DATE_RULE = (
    "stated before inferred before conjectural; then the narrower interval; "
    "then the earlier, since writing precedes arrival"
)
STATUS_RULE = "a record that gives the text outweighs one that only speaks of it"
FIRST_RULE = "the value of the record first named"

_CERTAINTY = {"stated": 0, "inferred": 1, "conjectural": 2}
_STATUS: tuple[Status, ...] = (
    "extant", "not-published", "cited", "implied", "proposed", "lost", "missing", "not-found",
)  # fmt: skip


def preferred_date(dates: Sequence[Date]) -> Date | None:
    """The date that `DATE_RULE` prefers; None without any readable date."""
    readable = [d for d in dates if d.edtf]
    return min(readable, key=_rank) if readable else None


def _rank(date: Date) -> tuple[int, bool, int, str]:
    width = 10**9
    if date.earliest and date.latest:
        width = _day(date.latest) - _day(date.earliest)
    return (_CERTAINTY[date.certainty], not (date.earliest and date.latest), width,
            date.earliest or "")  # fmt: skip


def _day(instant: str) -> int:
    sign = -1 if instant.startswith("-") else 1
    year, month, day = instant.lstrip("-")[:10].split("-")
    return sign * int(year) * 372 + int(month) * 31 + int(day)


def derived_lines(records: Sequence[Record], context: Context) -> list[str]:
    """Lines of the derived graph about the one document that `records` describe.

    Called with one record for most documents, and once with all of them for a
    document that several records describe.
    """
    first = records[0]
    doc = context.document(first.about)
    local_id = iris.local(doc)
    out = Statements(iris.DERIVED)
    out.kind(doc, "kg:Document", "rico:Record")
    out.text(doc, "kg:localId", local_id)
    status = min((r.status for r in records), key=_STATUS.index)
    out.link(doc, "kg:survivalStatus", vocab.iri(f"kg:status-{status}"))
    out.text(doc, "rdfs:label", title_of(records))

    written = [r.date for r in records if r.date]
    inferred = [d for r in records for d in r.other_dates if d.certainty != "stated"]
    chosen = preferred_date(written) or preferred_date(inferred)
    if chosen:
        _date(out, doc, chosen)
        if len({d.edtf for d in written if d.edtf}) > 1:
            _preference(out, doc, "date", chosen.edtf or chosen.text, DATE_RULE)
    received = preferred_date([r.received for r in records if r.received])
    if received and received.edtf:
        out.typed(doc, "kg:received", received.edtf, "edtf:EDTF")
    if len({r.status for r in records}) > 1:
        _preference(out, doc, "survivalStatus", status, STATUS_RULE)
    _single(out, doc, records)
    _several(out, doc, records, context)
    for notation in _channels(records):
        out.link(doc, "kg:channel", iris.channel(notation))
    return out.lines


def _single(out: Statements, doc: str, records: Sequence[Record]) -> None:
    """Properties of which a document has one: of the first record that gives it."""
    for field in ("form", "classification"):
        values = [
            str(getattr(r, field)) for r in records if getattr(r, field) not in (None, "other")
        ]
        if not values:
            continue
        if field == "form":
            out.link(doc, "rico:hasDocumentaryFormType", vocab.iri(f"kg:form-{values[0]}"))
        else:
            out.text(doc, "kg:classification", values[0])
        if len(set(values)) > 1:
            _preference(out, doc, field, values[0], FIRST_RULE)


def _several(out: Statements, doc: str, records: Sequence[Record], context: Context) -> None:
    """Properties of which a document may have several: of all records together."""
    for r in records:
        out.text(doc, "kg:kindAsGiven", r.kind)
        out.text(doc, "kg:regest", r.regest, "en")
        out.text(doc, "dcterms:subject", r.subject)
        out.text(doc, "dcterms:language", r.language)
        out.text(doc, "schema:inLanguage", r.original_language)
        for mark in r.handling:
            out.text(doc, "kg:handling", mark)
        for predicate, place in (("kg:placeFrom", r.place), ("kg:placeTo", r.place_to)):
            if place:
                out.link(doc, predicate, context.place(place.name, place.id, r.id))
        if r.part_of:
            out.link(context.document(r.part_of), "rico:hasOrHadConstituent", doc)
        for inner in r.contains:
            out.link(doc, "rico:hasOrHadConstituent", context.document(inner))


def _channels(records: Sequence[Record]) -> list[str]:
    """Channels of a document: the routes that its legs name, or else their modes."""
    known = vocab.channels()
    legs: list[Leg] = [
        leg
        for r in records
        for leg in r.legs
        if leg.series == "way" and leg.status in ("stated", "implied")
    ]
    routes = {leg.channel for leg in legs if leg.channel in known}
    found = routes or {leg.mode for leg in legs if leg.mode in known}
    notations = sorted(n for n in found if n and n != "not stated")
    letters = any(r.senders and r.addressees and r.status == "extant" for r in records)
    return notations or (["not stated"] if letters else [])


def _date(out: Statements, doc: str, date: Date) -> None:
    out.typed(doc, "kg:date", date.edtf, "edtf:EDTF")
    out.typed(doc, "kg:earliest", date.earliest, "xsd:dateTime")
    out.typed(doc, "kg:latest", date.latest, "xsd:dateTime")


def _preference(out: Statements, doc: str, name: str, value: str, rule: str) -> None:
    node = iris.part(doc, "preferred", name)
    out.kind(node, "kg:Preference")
    out.link(node, "kg:about", doc)
    out.text(node, "kg:onProperty", name)
    out.text(node, "kg:chosen", value)
    out.text(node, "kg:rule", rule)
