"""Pairs across two sources, of each kind that is met, with the answer written first
(`golden/same/pairs.yaml`)."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from kgraph.authorities import Trace, trace
from kgraph.authorities.documents.meetings import shared_meetings
from kgraph.authorities.documents.same_document import same_documents
from kgraph.model import Date, Number, Party, Place, Record

GOLDEN = yaml.load(
    (Path(__file__).parent / "golden" / "same" / "pairs.yaml").read_text("utf-8"), yaml.BaseLoader
)
BODIES = frozenset(("embassy", "consulate", "ministry", "department"))
NUMBERS = count(1)


def party(name: str) -> Party:
    kind = "body" if name in BODIES else "person"
    return Party(name=name.title(), kind=kind, id=f"{kind}/{name}")  # type: ignore[arg-type]


def day(text: str | None) -> Date | None:
    if text is None:
        return None
    return Date(text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59")


def record(source: str, id: str, said: dict[str, Any], outer: str | None = None) -> Record:
    text = GOLDEN["texts"].get(said.get("text", ""), "")
    place = said.get("place")
    return Record(
        id=id, source=source, form=said["form"], date=day(said.get("date")), text=text,
        senders=(party(said["from"]),) if "from" in said else (),
        addressees=(party(said["to"]),) if "to" in said else (),
        participants=tuple(party(p) for p in said.get("with", ())),
        numbers=(Number(kind="telegram", value=said["telegram"]),) if "telegram" in said else (),
        place=Place(name=place, id=place) if place else None, part_of=outer,
    )  # fmt: skip


def traces(source: str, said: dict[str, Any]) -> tuple[str, list[Trace]]:
    """The id of the record that is meant, and its trace with that of the document around it."""
    id = f"{source}/d{next(NUMBERS)}"
    if "inside" not in said:
        return id, [trace(record(source, id, said))]
    outer = record(source, id, said["inside"])
    inner = record(source, f"{id}/1", said, id)
    return f"{id}/1", [trace(outer), trace(inner)]


@pytest.mark.parametrize("case", GOLDEN["pairs"], ids=lambda case: case["what"])
def test_a_pair_across_sources(case: dict[str, Any]) -> None:
    a, first = traces("one", case["a"])
    b, second = traces("two", case["b"])
    further = traces("two", case["also"])[1] if "also" in case else []
    everything = [*first, *second, *further]
    groups = [set(i.records) for i in same_documents(everything)]
    met = [set(e.reported_in) for e in shared_meetings(everything)]
    found = "yes" if {a, b} in groups else "event" if {a, b} in met else "no"
    assert found == case["same"], (groups, met)
    assert all(group == {a, b} for group in groups), "nothing else is joined"
