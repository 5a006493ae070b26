"""Whose government "his Government", "both Governments" and "the Government, he said" are."""

from __future__ import annotations

import pytest

from kgraph import authorities
from kgraph.extract.mentions import MentionFinder
from kgraph.model import Body, Date, Party, Person, Record

AUTHORITY = authorities.Authority.of(
    [
        Person(id="person/velikov", label="Anton Velikov", sort="Velikov, Anton", side="soviet"),
        Person(id="person/harlan", label="Tobias Harlan", sort="Harlan, Tobias", side="us"),
        Body(id="body/soviet-government", label="Soviet Government", side="soviet"),
        Body(id="body/us-government", label="Government of the United States", side="us", variants=("American government",)),
    ]
)  # fmt: skip
SOVIET, AMERICAN = "body/soviet-government", "body/us-government"


def governments(text: str, id: str = "frus1961-63v99/d1", **fields: object) -> list[str]:
    """Ids of the mentions of governments in `text` that do not name their state."""
    made: dict[str, object] = {
        "id": id, "source": id.partition("/")[0], "form": "memorandum-of-conversation", "text": text,
        "date": Date(text="1962", edtf="1962-05-04", earliest="1962-05-04", latest="1962-05-04"),
        "mentions": tuple(MentionFinder().find(text)), **fields,
    }  # fmt: skip
    items = authorities.resolve_source([Record(**made)], AUTHORITY)  # type: ignore[arg-type]
    record = next(i for i in items if isinstance(i, Record))
    bare = ("his", "their", "both", "the two", "the")
    return [
        m.id or ""
        for m in record.mentions
        if m.rule == "mention-government" and m.text.lower().rpartition(" ")[0] in bare
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The Belgian Minister said that his Government would wait.", ["body/belgian-government"]),
        ("Ambassador Anton Velikov called. He would ask his Government.", [SOVIET]),
        ("Anton Velikov told Tobias Harlan that his Government would wait.", [SOVIET]),
        ("Tobias Harlan said that his Government would wait.", [""]),
        ("Acting on orders of his Government, the Belgian Minister called on Velikov.", [""]),
        ("Ambassador Munkle called. The Ambassador said that his Government would wait.", [""]),
        ("The Belgian Minister told the Danish Minister that his Government would wait.", [""]),
    ],
)  # fmt: skip
def test_his_government_is_that_of_the_foreigner_named_before(text: str, meant: list[str]) -> None:
    assert governments(text) == meant


def test_their_governments_are_those_of_two_envoys() -> None:
    text = "Harlan briefed Belgian Ambassador Lonck and Danish Ambassador Friis, who will ask their governments."
    assert governments(text) == ["body/belgian-government", "body/danish-government"]
    of_three = text.replace("and Danish", ", Swedish Ambassador Dahl and Danish")
    assert governments(of_three) == [""]


def test_both_governments_are_the_writers_and_the_only_other_that_is_named() -> None:
    text = "The United States will help Japan. Both Governments agree."
    assert set(governments(text)) == {AMERICAN, "body/japanese-government"}
    assert governments("Denmark will help Japan. Both Governments agree.") == [""]
    assert governments("Denmark and the United States help Japan. Both Governments agree.") == [""]


def test_the_government_of_whom_a_sentence_says_that_he_says_it() -> None:
    text = "The government is looking into all of it, Harlan said, and asks for patience. The government asks much."
    asks = (Party(name="Anton Velikov", kind="person"),)
    said = f"Tobias Harlan received me. {text}"
    assert governments(said, "tale/d1", form="cipher-telegram", senders=asks) == [AMERICAN, ""]


@pytest.mark.parametrize(
    ("text", "words", "id"),
    [
        ("It pleased the Soviet leadership.", "the Soviet leadership", SOVIET),
        ("They accept American leadership in NATO.", "American leadership", None),
        ("The allies fought under Soviet leadership.", "Soviet leadership", None),
    ],
)
def test_a_leadership_is_its_government_but_not_the_act_of_leading(
    text: str, words: str, id: str | None
) -> None:
    mentions = tuple(MentionFinder().find(text))
    record = Record(id="tale/d1", source="tale", text=text, mentions=mentions)
    found = next(
        r for r in authorities.resolve_source([record], AUTHORITY) if isinstance(r, Record)
    )
    assert [m.id for m in found.mentions if m.text == words] == [id]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He edits USSR magazine and lives here.", "USSR magazine"),
        ("It strengthens the far right, and far-right circles rejoice.", "the far right"),
        ("It strengthens the far right, and far-right circles rejoice.", "far-right circles"),
        ("The copy is courtesy of NSA; translation by Brown.", "NSA"),
        ("Translated by Ann Hill and Quillstone.org in 2020.", "Quillstone.org"),
        ("Drafted at the White House.", "White House"),
    ],
)
def test_bodies_told_by_a_noun_or_by_where_they_stand(text: str, words: str) -> None:
    assert words in [m.text for m in MentionFinder().find(text) if m.type == "organisation"]


def test_far_right_of_a_house_is_no_body() -> None:
    assert not MentionFinder().find("The chair stood at the far right corner of it.")
