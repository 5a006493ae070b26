"""Offices and kinships whose holder only the words around them tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import authorities, shipped, sources
from kgraph.dating import parse
from kgraph.extract.mentions import MentionFinder
from kgraph.model import Mention, Party, Person, Place, Record
from kgraph.report import Report


@pytest.fixture(scope="module")
def authority() -> authorities.Authority:
    home: Path = shipped.folder("data") / "authorities"
    more = (
        Person(id="person/truman", label="Harry S. Truman", sort="Truman, Harry S.", side="us", died="1972"),
        Person(id="person/stalin", label="Joseph V. Stalin", sort="Stalin, Joseph V.", side="soviet", died="1953"),
    )  # fmt: skip
    return authorities.Authority.of([*sources.items([home], Report()), *more])


def meant(
    authority: authorities.Authority, text: str, *words: str, date: str = "1962-03-10", **fields: object
) -> list[str | None]:  # fmt: skip
    """Ids of the persons whom `words` of a text mean."""
    mentions = tuple(
        Mention(text=w, type="person", start=text.index(w), end=text.index(w) + len(w),
                form="description" if w[0].islower() else "name")
        for w in words
    )  # fmt: skip
    record = Record(id="x/1", source="x", form="letter", text=text, date=parse(date), mentions=mentions,
                    **fields)  # type: ignore[arg-type]  # fmt: skip
    resolved = authorities.resolve_source([record], authority)
    found = next(item for item in resolved if isinstance(item, Record))
    return [m.id for m in found.mentions]


KHRUSHCHEV = (Party(name="N. Khrushchev", kind="person", id="person/khrushchev-nikita"),)
KENNEDY = (Party(name="John F. Kennedy", kind="person", id="person/kennedy-john-f"),)


def test_the_minister_of_another_country_is_not_ours(authority):
    text = "I received Mr. Quibble, the Foreign Minister and Deputy Prime Minister of Belgium."
    assert meant(authority, text, "the Foreign Minister", senders=KHRUSHCHEV) == [None]
    own = "I asked the Foreign Minister of the Soviet Union to reply."
    assert meant(authority, own, "the Foreign Minister") == ["person/gromyko"]


def test_who_will_become_prime_minister_is_not_he_who_is(authority):
    text = "It is clear that Prince Quibble will become the new Prime Minister soon."
    assert meant(authority, text, "the new Prime Minister", senders=KENNEDY) == [None]


def test_a_rank_and_many_heads_are_nobody(authority):
    text = "Let it open at the Foreign Minister level; the heads of government may follow."
    assert meant(authority, text, "the Foreign Minister", "the heads of government", senders=KHRUSHCHEV) == [None, None]  # fmt: skip


def test_our_ambassador_is_of_the_writers_side(authority):
    text = "Thompson came. From the dispatches of our Ambassador I see that talks drag on."
    to_us = meant(authority, text, "our Ambassador", date="1961-09-29", senders=KHRUSHCHEV)
    assert to_us == ["person/menshikov"]


def test_the_wife_of_a_stranger_is_nobodys_else(authority):
    text = "I wrote to Mr. Kennedy, but Mr. Rockwell, having lived with his wife for long, did not."
    named = Mention(text="Mr. Kennedy", type="person", start=11, end=22, id="person/kennedy-john-f")
    assert named.id
    found = meant(authority, text, "Mr. Kennedy", "his wife", senders=KHRUSHCHEV, addressees=KENNEDY)  # fmt: skip
    assert found[1] is None
    plain = "I spoke with Mr. Kennedy at length, and his wife was there."
    assert meant(authority, plain, "Mr. Kennedy", "his wife", senders=KHRUSHCHEV, addressees=KENNEDY) == [
        "person/kennedy-john-f", "person/kennedy-jacqueline",
    ]  # fmt: skip


DAYS = [
    # day, text, words, who
    ("1963-11-21", "Please tell the President that we wait.", "the President", "person/kennedy-john-f"),
    ("1963-11-22", "Please tell the President that we wait.", "the President", None),
    ("1963-11-22", "We mourn the President, murdered in Dallas.", "the President", "person/kennedy-john-f"),
    ("1963-11-23", "The body of the late President lies in the White House.", "the late President", "person/kennedy-john-f"),
    ("1963-11-23", "Grief at the death of the President is general.", "the President", "person/kennedy-john-f"),
    ("1963-11-23", "The new President received the envoys.", "The new President", "person/johnson-lyndon"),
    ("1963-11-24", "I hope that the President will receive the envoy tomorrow.", "the President", None),
    ("1963-11-26", "Today the President received the envoys.", "the President", "person/johnson-lyndon"),
    ("1960-12-01", "Please tell the President that we wait.", "the President", "person/eisenhower"),
    ("1960-12-01", "Please tell the President-elect that we wait.", "the President-elect", "person/kennedy-john-f"),
    ("1963-12-20", "Please tell the President that we wait.", "the President", "person/johnson-lyndon"),
    ("1963-12-20", "Much was said of the late President.", "the late President", "person/kennedy-john-f"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "words", "who"), DAYS)
def test_the_president_in_november_1963(authority, day, text, words, who):
    assert meant(authority, text, words, date=day) == [who]


HOURS = [
    # heading, place, text, who: Kennedy died at 19.00 UTC, Johnson took the oath at 20.38
    ("November 22, 1963, 11 a.m.", "Washington", "Please tell them that the President agrees.", "person/kennedy-john-f"),
    ("November 22, 1963, 9 p.m.", "Moscow", "Please tell them that the President agrees.", "person/kennedy-john-f"),
    ("November 22, 1963, 2:45 p.m.", "Washington", "Please tell them that the President agrees.", None),
    ("November 22, 1963, 6 p.m.", "Washington", "Please tell them that the President agrees.", "person/johnson-lyndon"),
    ("November 22, 1963, 6 p.m.", "Moscow", "Please tell them that the President agrees.", "person/kennedy-john-f"),
    ("November 22, 1963, 11 p.m.", "London", "Please tell them that the President agrees.", "person/johnson-lyndon"),
    ("November 23, 1963, 2 a.m.", "Tokyo", "Please tell them that the President agrees.", "person/kennedy-john-f"),
    ("November 22, 1963, 2210Z", None, "Please tell them that the President agrees.", "person/johnson-lyndon"),
    ("November 22, 1963, 5 p.m.", "Ozarkville", "Please tell them that the President agrees.", None),
    ("November 22, 1963", "Washington", "Please tell them that the President agrees.", None),
    ("November 22, 1963, 6 p.m.", "Washington", "As the President had said, we agree.", None),
    ("November 22, 1963, 6 p.m.", "Washington", "Flags hang low for the President, slain today.", "person/kennedy-john-f"),
    ("April 12, 1945, 9 p.m.", "Washington", "Please tell them that the President agrees.", "person/truman"),
    ("April 12, 1945, noon", "Washington", "Please tell them that the President agrees.", "person/roosevelt-franklin"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "place", "text", "who"), HOURS)
def test_the_hour_decides_on_the_day_when_an_office_changes_hands(authority, heading, place, text, who):  # fmt: skip
    where = {"place": Place(name=place)} if place else {}
    found = meant(authority, text, "the President", date=heading, **where)
    assert found == [who]


def test_what_stays_open_names_both(authority):
    text = "Please tell the President that we wait."
    at = text.index("the President")
    mention = Mention(
        text="the President", type="person", start=at, end=at + 13, form="description"
    )
    record = Record(id="x/1", source="x", text=text, date=parse("1963-11-22"), mentions=(mention,))
    found = next(iter(authorities.resolve_source([record], authority)))
    assert isinstance(found, Record)
    said = " ".join(found.mentions[0].reasons)
    assert "person/kennedy-john-f" in said
    assert "person/johnson-lyndon" in said


LATER = [
    ("1964-05-20", "The President’s assassination is still a riddle.", "The President", "person/kennedy-john-f"),
    ("1965-02-01", "Nobody spoke of the murder of the President.", "the President", "person/kennedy-john-f"),
    ("1964-02-01", "The late President wished it; the new President agrees.", "the new President", "person/johnson-lyndon"),
    ("1970-03-01", "The late President wished it.", "The late President", "person/kennedy-john-f"),
    ("1946-03-01", "Since the President’s death much has changed.", "the President", "person/roosevelt-franklin"),
    ("1957-08-01", "After the President’s assassination Guatemala has no head.", "the President", None),
    ("1950-11-02", "The attempted assassination of the President failed.", "the President", "person/truman"),
    ("1953-03-07", "Crowds mourn the Premier, whose death they do not believe.", "the Premier", "person/stalin"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "words", "who"), LATER)
def test_of_whose_death_a_later_text_speaks(authority, day, text, words, who):
    assert meant(authority, text, words, date=day) == [who]


UNDATED = (
    "In 1963 US President John F. Kennedy was murdered. All had liked the young American president. "
    "The Soviet leader Nikita Khrushchev mourned, for a president seldom dies so; the Soviet leader wept over the "
    "American president’s murder. Then Lyndon Johnson became the new US President, and Jacqueline Kennedy and "
    "Nina Khrushchev met: the widow spoke."
)  # fmt: skip


def test_an_undated_story_tells_its_leaders_itself(authority):
    names = ("John F. Kennedy", "Nikita Khrushchev", "Lyndon Johnson", "Jacqueline Kennedy", "Nina Khrushchev")  # fmt: skip
    words = ("the young American president", "the Soviet leader wept", "a president", "the widow")
    mentions = tuple(
        Mention(text=w.removesuffix(" wept"), type="person", start=UNDATED.index(w),
                end=UNDATED.index(w) + len(w.removesuffix(" wept")), form="description" if w in words else "name")
        for w in (*names, *words)
    )  # fmt: skip
    record = Record(id="x/1", source="x", text=UNDATED, mentions=mentions)
    found = next(i for i in authorities.resolve_source([record], authority) if isinstance(i, Record))  # fmt: skip
    assert [m.id for m in found.mentions[5:]] == [
        "person/kennedy-john-f", "person/khrushchev-nikita", None, "person/kennedy-jacqueline",
    ]  # fmt: skip


def test_a_mourning_telegram_addressed_to_the_president_means_the_living(authority):
    text = "I send you, Mr. President, my condolences on the tragic death of your predecessor."
    to = (Party(name="President", kind="office"),)
    record = Record(id="x/2", source="x", form="telegram", text=text, date=parse("1963-11-23"), addressees=to)  # fmt: skip
    found = next(iter(authorities.resolve_source([record], authority)))
    assert isinstance(found, Record)
    assert found.addressees[0].holder in (None, "person/johnson-lyndon")
    assert meant(authority, text, "Mr. President", date="1963-11-23") in ([None], ["person/johnson-lyndon"])  # fmt: skip


MUNKLE = Party(name="Olavi Munkle", role="Ambassador of Finland", kind="person", id="person/munkle")


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("The Ambassador came early. He had read what Dobrynin wrote.", "The Ambassador", "person/munkle"),
        ("Foreign Minister Karpela wrote. He asks that the Foreign Minister be told.", "the Foreign Minister", None),
        ("Deputy Foreign Minister Karpela met Gromyko; the Foreign Minister left.", "the Foreign Minister", "person/gromyko"),
    ],
)  # fmt: skip
def test_a_title_alone_means_him_whom_the_document_titles_so(authority, text, words, who):
    mentions = tuple(MentionFinder().find(text))
    record = Record(id="x/3", source="x", form="memorandum-of-conversation", text=text, date=parse("1968-11-29"),
                    mentions=mentions, participants=(MUNKLE,))  # fmt: skip
    found = next(i for i in authorities.resolve_source([record], authority) if isinstance(i, Record))  # fmt: skip
    assert [m.id for m in found.mentions if m.text == words] == [who]
