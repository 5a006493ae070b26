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
from kgraph.model import Date, Number, Party, Place, Printing, Record

GOLDEN = yaml.load(
    (Path(__file__).parent / "golden" / "same" / "pairs.yaml").read_text("utf-8"), yaml.BaseLoader
)
BODIES = frozenset(("embassy", "consulate", "ministry", "department"))
NUMBERED = ("telegram", "special", "registry")
NUMBERS = count(1)


def party(name: str) -> Party:
    if name.startswith("gnd:"):  # as a catalogue gives a person: name and entry of a register
        name, _, entry = name.removeprefix("gnd:").partition("=")
        return Party(name=name, kind="person", ref=f"https://d-nb.info/gnd/{entry}")
    if name.startswith("name:"):
        return Party(name=name.removeprefix("name:"), kind="person")
    kind = "body" if name in BODIES else "person"
    return Party(name=name.title(), kind=kind, id=f"{kind}/{name}")  # type: ignore[arg-type]


def day(text: str | None) -> Date | None:
    if text is None:
        return None
    return Date(text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59")


def record(source: str, id: str, said: dict[str, Any], outer: str | None = None) -> Record:
    texts = [said.get("text", "")] if isinstance(said.get("text", ""), str) else said["text"]
    text = "\n".join(GOLDEN["texts"].get(one, "") for one in texts)
    place = said.get("place")
    if "catalogued" in said:  # a list of statements stands for the text
        text = f"sent: {said['from']}\nsent on: {said['date']}\nreceived: {said['to']}\n"
    return Record(
        id=id, source=source, form=said["form"], date=day(said.get("date")), text=text,
        senders=(party(said["from"]),) if "from" in said else (),
        addressees=(party(said["to"]),) if "to" in said else (),
        participants=tuple(party(p) for p in said.get("with", ())),
        numbers=tuple(Number(kind=k, value=said[k]) for k in NUMBERED if k in said),
        printed_in=(Printing(publication=said["catalogued"]),) if "catalogued" in said else (),
        place=Place(name=place, id=place) if place else None, part_of=outer,
    )  # fmt: skip


def traces(source: str, said: dict[str, Any]) -> tuple[str, list[Trace]]:
    """The id of the record that is meant, and its trace with that of the document around it."""
    id = f"{source}/d{next(NUMBERS)}"
    if "carries" in said:
        inner = record(source, f"{id}/1", said["carries"], id)
        return id, [trace(record(source, id, said)), trace(inner)]
    if "inside" not in said:
        return id, [trace(record(source, id, said))]
    outer = record(source, id, said["inside"])
    inner = record(source, f"{id}/1", said, id)
    return f"{id}/1", [trace(outer), trace(inner)]


@pytest.mark.parametrize("case", GOLDEN["pairs"], ids=lambda case: case["what"])
def test_a_pair_across_sources(case: dict[str, Any]) -> None:
    a, first = traces("one", case["a"])
    b, second = traces("two", case["b"])
    further = [t for said in case.get("also", ()) for t in traces(said.get("of", "two"), said)[1]]
    third, more = traces("three", case["third"]) if "third" in case else (a, [])
    everything = [*first, *second, *further, *more]
    groups = [set(i.records) for i in same_documents(everything)]
    met = [set(e.reported_in) for e in shared_meetings(everything)]
    one = {a, b, third}
    found = "yes" if one in groups else "event" if {a, b} in met else "no"
    assert found == case["same"], (groups, met)
    letters = {f"{id}/1" for id in one}
    assert all(group in (one, letters) for group in groups), "nothing else is joined"
