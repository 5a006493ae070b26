"""Records in short, for comparing a reader's yield with what a person checked by eye."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kgraph.model import Date, Item, Leg, Party, Person, PlaceEntry, Record


def in_short(found: Iterable[Item]) -> list[dict[str, Any]]:
    """The facts of records, persons and places, without spans and without texts."""
    return [_record(one) if isinstance(one, Record) else _entry(one) for one in found]


def compare(case: Path, found: Iterable[Item]) -> None:
    """Asserts that what was found is what `expected.json` in the folder `case` holds.

    With KGRAPH_GOLDEN=1 in the environment the file is written anew, to be read as a diff.
    """
    path = case / "expected.json"
    short = in_short(found)
    if os.environ.get("KGRAPH_GOLDEN"):
        path.write_text(json.dumps(short, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert short == json.loads(path.read_text("utf-8"))


def said(one: Record, field: str) -> Any:
    """A field of a record in the short form that `.page` files use."""
    if field in ("date", "received"):
        value = getattr(one, field)
        return value.edtf if value else None
    if field == "stamps":
        return [d.edtf for d in one.other_dates if d.rule == "time-stamp"]
    if field in ("place", "place_to"):
        place = getattr(one, field)
        return place.name if place else None
    if field == "numbers":
        return [f"{n.kind} {n.value}" for n in one.numbers]
    if field == "holdings":
        return [f"{h.holder} | {h.shelfmark or ''}".strip() for h in one.holdings]
    if field == "handwritten":
        return sum(r.kind == "annotation" for r in one.remarks)
    value = getattr(one, field)
    return (
        [p if isinstance(p, str) else p.name for p in value] if isinstance(value, tuple) else value
    )


def _record(one: Record) -> dict[str, Any]:
    full: dict[str, Any] = {
        "id": one.id,
        "form": one.form,
        "kind": one.kind,
        "status": one.status if one.status != "extant" else None,
        "title": one.title,
        "senders": _parties(one.senders),
        "addressees": _parties(one.addressees),
        "participants": _parties(one.participants),
        "copies_to": _parties(one.copies_to),
        "signed": _parties(one.signed),
        "translators": _parties(one.translators),
        "date": _date(one.date),
        "other_dates": [_date(date) for date in one.other_dates],
        "received": _date(one.received),
        "place": one.place.name if one.place else None,
        "place_to": one.place_to.name if one.place_to else None,
        "classification": one.classification,
        "handling": list(one.handling),
        "numbers": [f"{number.kind} {number.value}" for number in one.numbers],
        "holdings": [" ".join(filter(None, (h.holder, h.shelfmark))) for h in one.holdings],
        "printed_in": [f"{p.publication} {p.pages}" for p in one.printed_in],
        "legs": [_leg(leg) for leg in one.legs],
        "part_of": one.part_of,
        "contains": list(one.contains),
        "relations": [f"{relation.type} {relation.target}" for relation in one.relations],
        "remarks": [f"{r.kind} {r.property}: {r.value}" for r in one.remarks],
        "regest": one.regest,
        "original_language": one.original_language,
    }
    return {key: value for key, value in full.items() if value}


def _entry(one: Item) -> dict[str, Any]:
    short: dict[str, Any] = {"id": getattr(one, "id", None), "label": getattr(one, "label", None)}
    if isinstance(one, (Person, PlaceEntry)) and one.variants:
        short["variants"] = list(one.variants)
    return short


def _parties(found: Iterable[Party]) -> list[str]:
    return [f"{one.name} ({one.role})" if one.role else one.name for one in found]


def _date(one: Date | None) -> str | None:
    return None if one is None else f"{one.edtf} [{one.text}] {one.rule}"


def _leg(one: Leg) -> str:
    hands = [party.name if party else "-" for party in (one.from_, one.by, one.to)]
    more = [party.name for party in (*one.also_from, *one.also_to)]
    when = one.date.edtf if one.date else None
    return f"{' > '.join(hands)} ({one.mode}, {when})" + (f" + {', '.join(more)}" if more else "")
