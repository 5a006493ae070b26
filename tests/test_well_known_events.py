"""Events that a text calls by name, or tells of again: wars, conferences, the one death."""

from __future__ import annotations

import pytest

from kgraph import authorities
from kgraph.dating import parse
from kgraph.extract.mentions import MentionFinder, Name
from kgraph.model import Event, Item, Participant, Party, Person, Record

KESTREL = Person(id="person/kestrel", label="Osric Kestrel", kind="person")
DEATH = Event(id="event/kestrels-death", label="Assassination of Osric Kestrel", source="x", kind="assassination",
              date=parse("1957-06-02"), participants=(Participant(role="victim", party=Party(name="Kestrel", id="person/kestrel")),))  # fmt: skip
OATH = Event(id="event/quill-sworn-in", label="Swearing-in of Piers Quill", source="x", kind="swearing-in",
             date=parse("1957-06-03"), participants=(Participant(role="subject", party=Party(name="Quill", id="person/quill")),))  # fmt: skip
QUILL = Person(id="person/quill", label="Piers Quill", kind="person")
AUTHORITY = authorities.Authority.of([KESTREL, QUILL, DEATH, OATH])


def items(text: str, date: str) -> list[Item]:
    names = [Name(text=p.label, type="person") for p in (KESTREL, QUILL)]
    found = tuple(MentionFinder(names).find(text))
    record = Record(id="papers/1", source="papers", form="letter", text=text, date=parse(date),
                    mentions=found)  # fmt: skip
    return list(authorities.resolve_source([record], AUTHORITY))


def events(text: str, date: str) -> list[str | None]:
    record = next(i for i in items(text, date) if isinstance(i, Record))
    return [m.id for m in record.mentions if m.type == "event"]


@pytest.mark.parametrize(
    ("text", "date", "id"),
    [
        ("He fought in World War II.", "1951-03-04", "event/second-world-war"),
        ("He fears another World War I.", "1921-03-04", "event/first-world-war"),
        ("It was settled at the Quebec Conference.", "1944-10-02", "event/quebec-conference-1944"),
        ("Since the war began, prices rose.", "1916-05-01", "event/first-world-war"),
        ("Since the war began, prices rose.", "1943-05-01", "event/second-world-war"),
        ("We await the SALT talks.", "1969-02-01", "event/strategic-arms-limitation-talks"),
    ],
)
def test_an_event_is_known_by_its_name_and_days(text: str, date: str, id: str) -> None:
    assert set(events(text, date)) == {id}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Since the war began, prices rose.", "1951-05-01"),  # which war?
        ("We speak of the Korean War.", "1899-05-01"),  # before it
        ("It was settled at the Quebec Conference.", "1961-10-02"),  # one of two
    ],
)
def test_a_name_that_does_not_tell_is_left_open(text: str, date: str) -> None:
    assert events(text, date) == [None]


def test_a_well_known_event_comes_with_its_days_once() -> None:
    found = [i for i in items("The Yalta Conference; the Yalta Conference.", "1946-01-02") if isinstance(i, Event)]  # fmt: skip
    assert [e.id for e in found] == ["event/yalta-conference"]
    assert found[0].date is not None
    assert found[0].date.edtf == "1945-02-04/1945-02-11"


def test_who_was_killed_is_the_person_named_before() -> None:
    assert events("Osric Kestrel was assassinated at noon.", "1957-06-04") == [DEATH.id]
    other = "I wrote to Osric Kestrel, and his driver was assassinated at noon."
    assert events(other, "1957-06-04") == [None]


def test_who_was_sworn_in_is_the_person_named_before() -> None:
    assert events("Piers Quill was sworn in as President.", "1957-06-04") == [OATH.id]
    assert events("Piers Quill was sworn in as President.", "1990-06-04") == [None]


def test_the_tragedy_is_the_death_told_of_before() -> None:
    text = "We mourn. The assassination of Osric Kestrel shocks us; the tragedy will be remembered."
    assert events(text, "1957-06-04") == [DEATH.id, DEATH.id]
    assert events("We mourn; the tragedy will be remembered.", "1957-06-04") == [None]
