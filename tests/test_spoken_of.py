"""Events and documents that a text speaks of are linked where something sure says which."""

from __future__ import annotations

import pytest

from kgraph.authorities import Authority, resolve_source
from kgraph.dating import parse
from kgraph.model import Event, Mention, Participant, Party, Person, Place, Record, Relation


def person(id: str, label: str) -> Person:
    return Person(id=f"person/{id}", label=label)


def event(id: str, label: str, kind: str, **more: object) -> Event:
    who = more.pop("who", ())
    return Event(
        id=f"event/{id}", label=label, kind=kind, source="a",
        participants=tuple(Participant(party=Party(name=w, id=f"person/{w}")) for w in who),  # type: ignore[attr-defined]
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


AUTHORITY = Authority.of([
    person("quell", "Ivo Quell"), person("brack", "Otto Brack"), person("marr", "Ada Marr"),
    event("funeral", "Funeral of Quell", "funeral", who=("quell",), date=parse("3 May 1961")),
    event("other-funeral", "Funeral of Brack", "funeral", who=("brack",), date=parse("9 May 1971")),
    event("reception", "Reception at the palace", "reception", reported_in=("x/1",)),
    event("talk", "Brack and Marr at Lindt", "meeting", who=("brack", "marr"),
          date=parse("1 May 1961"), place=Place(name="Lindt", id="place/lindt")),
    event("later", "Brack and Quell", "meeting", who=("brack", "quell"), date=parse("1 May 1963")),
    event("wish", "Proposed visit of Marr", "visit", who=("marr",), status="proposed",
          reported_in=("x/1",)),
])  # fmt: skip


def linked(words: str, *inside: tuple[str, str], record: str = "x/9", day: str = "8 May 1961") -> str | None:  # fmt: skip
    mentions = [Mention(start=0, end=len(words), text=words, type="event")]
    for name, id in inside:
        at = words.index(name)
        kind = "place" if id.startswith("place/") else "person"
        mentions.append(Mention(start=at, end=at + len(name), text=name, type=kind, id=id))  # type: ignore[arg-type]
    given = Record(id=record, source="x", text=words, date=parse(day), mentions=tuple(mentions))
    found = next(iter(resolve_source([given], AUTHORITY)))
    assert isinstance(found, Record)
    return found.mentions[0].id


@pytest.mark.parametrize(
    ("words", "inside", "record", "event"),
    [
        ("Quell’s funeral", [("Quell", "person/quell")], "x/9", "event/funeral"),
        ("Marr’s funeral", [("Marr", "person/marr")], "x/9", None),
        ("the funeral", [], "x/9", None),
        ("the reception", [], "x/1", "event/reception"),
        ("the reception", [], "x/9", None),
        ("Brack’s meeting with Marr", [("Brack", "person/brack"), ("Marr", "person/marr")], "x/9",
         "event/talk"),
        ("Brack’s meeting with Quell", [("Brack", "person/brack"), ("Quell", "person/quell")],
         "x/9", None),
        ("Marr’s meeting of June 2", [("Marr", "person/marr")], "x/9", None),
        ("Marr’s visit", [("Marr", "person/marr")], "x/1", None),
        ("the proposed visit of Marr", [("Marr", "person/marr")], "x/1", "event/wish"),
        ("these funerals", [], "x/9", None),
    ],
)  # fmt: skip
def test_an_event_is_known_by_its_people_day_or_record(
    words: str, inside: list[tuple[str, str]], record: str, event: str | None
) -> None:
    assert linked(words, *inside, record=record) == event


def test_a_link_says_why_and_how_sure() -> None:
    words = "Quell’s funeral"
    mentions = (
        Mention(start=0, end=15, text=words, type="event"),
        Mention(start=0, end=5, text="Quell", type="person", id="person/quell"),
    )
    record = Record(id="x/9", source="x", text=words, date=parse("8 May 1961"), mentions=mentions)
    found = next(iter(resolve_source([record], AUTHORITY)))
    assert isinstance(found, Record)
    assert found.mentions[0].probability is not None
    assert found.mentions[0].probability >= 0.9
    assert "named with it: person/quell" in found.mentions[0].reasons


def documents(text: str, words: str, *inner: Record, **more: object) -> str | None:
    at = text.index(words)
    mention = Mention(start=at, end=at + len(words), text=words, type="document")
    outer = Record(id="e/d30", number="30", source="e", form="telegram", text=text, mentions=(mention,), **more)  # type: ignore[arg-type]  # fmt: skip
    found = next(iter(resolve_source([outer, *inner], Authority())))
    assert isinstance(found, Record)
    return found.mentions[0].id


def test_a_number_of_the_same_edition_is_that_document() -> None:
    assert documents("See Document 34.", "Document 34") == "e/d34"
    assert documents("See vol. V, Document 34.", "Document 34") is None


def test_the_letter_is_the_one_inside() -> None:
    letter = Record(id="e/d30/1", source="e", form="letter", part_of="e/d30")
    other = Record(id="e/d30/2", source="e", form="letter", part_of="e/d30")
    assert documents("He read the letter.", "the letter", letter) == "e/d30/1"
    assert documents("He read a letter.", "a letter", letter) is None
    assert documents("He read the letter.", "the letter", letter, other) is None
    assert documents("He read the telegram.", "the telegram", letter) is None


def test_what_the_source_points_at_is_that() -> None:
    relation = Relation(type="cites", target="e/d7", text="telegram 9", start=4, end=14)
    assert documents("See telegram 9.", "telegram 9", relations=(relation,)) == "e/d7"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("I write this letter in haste.", True),
        ("I was glad to see this letter.", False),
        ("Thank you for your letter. I return this letter to you.", False),
        ("He said: “Show this letter to Quell.”", False),
    ],
)
def test_this_letter_is_the_writers_own(text: str, own: bool) -> None:
    at = text.index("this letter")
    mention = Mention(start=at, end=at + 11, text="this letter", type="document")
    given = Record(id="x/7", source="x", form="letter", text=text, mentions=(mention,))
    found = next(iter(resolve_source([given], AUTHORITY)))
    assert isinstance(found, Record)
    assert found.mentions[0].id == ("x/7" if own else None)


def test_these_murders_are_the_two_told_of_before() -> None:
    authority = Authority.of([
        person("quell", "Ivo Quell"), person("brack", "Otto Brack"),
        event("a", "Murder of Quell", "murder", who=("quell",), date=parse("3 May 1961")),
        event("b", "Murder of Brack", "murder", who=("brack",), date=parse("5 May 1961")),
    ])  # fmt: skip
    text = "After Quell’s murder and Brack’s murder all spoke of these murders."

    def one(words: str, kind: str, id: str | None = None) -> Mention:
        at = text.index(words)
        return Mention(start=at, end=at + len(words), text=words, type=kind, id=id)  # type: ignore[arg-type]

    mentions = (
        one("Quell", "person", "person/quell"), one("Brack", "person", "person/brack"),
        one("Quell’s murder", "event"), one("Brack’s murder", "event"), one("these murders", "event"),
    )  # fmt: skip
    given = Record(id="x/9", source="x", text=text, date=parse("8 May 1961"), mentions=mentions)
    found = next(iter(resolve_source([given], authority)))
    assert isinstance(found, Record)
    both = [m.id for m in found.mentions if m.text == "these murders"]
    assert both == ["event/a", "event/b"]
