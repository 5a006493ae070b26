"""Offices without a name and posts told by their towns, linked by what the document says."""

from __future__ import annotations

from kgraph.authorities import Authority, resolve_source
from kgraph.model import Body, Leg, Party, Person, PlaceEntry, Record

AUTHORITY = Authority.of([
    Person(id="person/vane", label="Edwin Vane"),
    Person(id="person/tarn", label="Oskar Tarn"),
    Body(id="body/post", label="Embassy in Ruritania", variants=("Embassy Strelsau",)),
    PlaceEntry(id="place/strelsau", label="Strelsau"),
])  # fmt: skip


def read(sender: Party, addressee: Party, leg: Leg) -> Leg:
    given = Record(id="x/1", source="x", senders=(sender,), addressees=(addressee,), legs=(leg,))
    found = next(iter(resolve_source([given], AUTHORITY)))
    assert isinstance(found, Record)
    return found.legs[0]


def to_the(office: str) -> Leg:
    taker = Party(name=office, kind="office", rule="leg-party")
    return Leg(index=1, to=taker, mode="hand delivery")


VANE = Party(name="Vane", role="President", kind="person", id="person/vane")
TARN = Party(name="Tarn", role="Chairman", kind="person", id="person/tarn")


def test_the_president_of_a_note_is_the_one_whom_the_letter_is_addressed_to() -> None:
    leg = read(TARN, VANE, to_the("President"))
    assert leg.to is not None
    assert (leg.to.name, leg.to.holder) == ("President", "person/vane")


def test_of_two_presidents_neither_is_taken() -> None:
    other = Party(name="Tarn", role="President", kind="person", id="person/tarn")
    leg = read(other, VANE, to_the("President"))
    assert leg.to is not None
    assert leg.to.holder is None


def test_a_telegram_repeated_to_a_town_goes_to_the_post_there() -> None:
    town = Party(name="Strelsau", kind="body", rule="copies-to")
    leg = read(TARN, VANE, Leg(index=1, to=town, mode="embassy cable"))
    assert leg.to is not None
    assert leg.to.id == "body/post"
