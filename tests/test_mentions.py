"""Mentions by name and by form, with names that no list has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extract.mentions import MentionFinder, Name, person_forms
from kgraph.extract.notes.documents_cited import find_citations
from kgraph.model import Party


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    names = [
        Name(text=form, type="person", id="person/quibble", ref="p_QA1")
        for form in person_forms("Quibble, Alma J.")
    ]
    return MentionFinder(names)


def found(finder: MentionFinder, text: str, kind: str = "person") -> list[str]:
    return [m.text for m in finder.find(text) if m.type == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quibble agreed.", ["Quibble"]),
        ("The end.\nA. Quibble\n", ["A. Quibble"]),
        ("Alma J. Quibble's paper", ["Alma J. Quibble"]),
        ("It was Ambassador Quibble who left.", ["Ambassador Quibble"]),
        ("He met Mr. Zyxov. Then Zyxov left.", ["Mr. Zyxov", "Zyxov"]),
        ("The letter of A.B. Ozarkin was long.", ["A.B. Ozarkin"]),
        ("There was Robert Ozarkin with us.", ["Robert Ozarkin"]),
        ("Bramblov said that he would.", ["Bramblov"]),
        ("It was cleared with Quibble, Ozarkin, and Bramblov.", ["Quibble", "Ozarkin", "Bramblov"]),
        (
            "We saw the President and the Soviet Ambassador.",
            ["the President", "the Soviet Ambassador"],
        ),
        ("I wrote to my brother and your husband.", ["my brother", "your husband"]),
        ("The British prime minister came.", ["The British prime minister"]),
    ],
)
def test_persons(finder: MentionFinder, text: str, expected: list[str]) -> None:
    assert found(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Quibble Library has it.",
        "The Soviet position was hard.",
        "Furthermore, it was late on Monday in March.",
        "A. Strategic forces",
        "an Iranian in a quibbler's hat",
    ],
)
def test_no_person(finder: MentionFinder, text: str) -> None:
    assert found(finder, text) == []


def test_a_known_name_keeps_its_ids(finder: MentionFinder) -> None:
    (mention,) = finder.find("Ambassador Quibble spoke.")
    assert (mention.id, mention.ref, mention.core) == ("person/quibble", "p_QA1", "Quibble")


def test_a_form_shared_by_two_names_has_no_id() -> None:
    finder = MentionFinder(
        [
            Name(text="Ozark", type="person", id="person/a"),
            Name(text="Ozark", type="person", id="person/b"),
        ]
    )
    assert [m.id for m in finder.find("Then Ozark left.")] == [None]


def test_a_man_called_king_and_the_king() -> None:
    finder = MentionFinder([Name(text="King", type="person", id="person/king", surname=True)])
    hits = [(m.text, m.id) for m in finder.find("The paper went to King. Then the King left.")]
    assert hits == [("King", "person/king"), ("the King", None)]


def test_the_parties_of_the_document_are_known_in_it() -> None:
    text = "We found that Brackwater had gone."
    assert MentionFinder().find(text) == []
    with_party = MentionFinder().find(
        text, parties=[Party(name="J. Brackwater", kind="person", id="person/b")]
    )
    assert [(m.text, m.id) for m in with_party] == [("Brackwater", "person/b")]


def test_places_bodies_events_documents(finder: MentionFinder) -> None:
    text = "In Vienna the State Department spoke of World War II, of my letter of May 3 and Document 34."
    assert found(finder, text, "place") == ["Vienna"]
    assert found(finder, text, "organisation") == ["State Department"]
    assert found(finder, text, "event") == ["World War II"]
    assert found(finder, text, "document") == ["my letter of May 3", "Document 34"]


def test_word_boundaries(finder: MentionFinder) -> None:
    assert found(finder, "A Parisian in Romeo's Chinaware shop", "place") == []


PIECES = (
    "the ", "The ", "my ", "’s ", "President", "Ozark", " Pell", "[", "]", "[Dean] ", " [Nina]", ", ", ". ", " and ", " of ",
    "Embassy", "government", "letter", " in ", "Moscow", "United States", " May 3", "\n", "Kennedy", "A.B. ", "funeral", "your 9",
    " said ", "visit", "Department", " (S/AE)", "to ", "from ", "Mr. ", "wife", "US", "Soviet ", "-", "To ",
)  # fmt: skip


@settings(max_examples=200)
@given(
    st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.integers(0, 10_000),
)
def test_spans_show_their_words(text: str, offset: int) -> None:
    for mention in MentionFinder().find(text, offset):
        assert mention.start is not None
        assert mention.end is not None
        assert text[mention.start - offset : mention.end - offset] == mention.text


def test_forms_of_a_listed_name() -> None:
    assert "Bramble" in person_forms("Bramble Ortega, Jacinto")
    assert person_forms("Doe, Gen. John Q., Jr.")[0] == "John Q. Doe"


def test_documents_cited() -> None:
    text = "See telegram 1498 to Vaduz, May 3, the May 4 memorandum from Ozark to Bramble, NSC 5422, and vol. V, Document 28."
    assert [r.target for r in find_citations(text)] == [
        "telegram 1498 to Vaduz, May 3", "the May 4 memorandum from Ozark to Bramble", "NSC 5422", "vol. V, Document 28",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("person", "Quibble’s widow wept.", ["Quibble’s widow", "Quibble"]),
        ("person", "the wife of the late president", ["the wife of the late president", "the late president"]),
        ("person", "We saw Nina [Ozarkina] and [Dean] Ozarkin.", ["Nina [Ozarkina]", "[Dean] Ozarkin"]),
        ("person", "your husband, President of the United States A.B. Ozark",
         ["your husband", "President of the United States A.B. Ozark"]),
        ("organisation", "The Soviet government and our press agreed.", ["The Soviet government", "our press"]),
        ("organisation", "Ministry of Trade of the USSR", ["Ministry of Trade of the USSR"]),
        ("organisation", "It was signed by Mr. Ozark (S/AE).", ["S/AE"]),
        ("place", "We met at the White House, then at the Soviet Embassy.", ["White House", "the Soviet Embassy"]),
        ("place", "They live in the US, near the Blue River.", ["US", "the Blue River"]),
        ("event", "his visit, the Geneva talks and the funeral of the late president",
         ["his visit", "the Geneva talks", "the funeral of the late president"]),
        ("event", "The meeting was long.", []),
        ("document", "Your 902, May 3; Deptel 2210; a letter from Mr. Ozark of May 3", ["Your 902, May 3", "Deptel 2210", "a letter from Mr. Ozark of May 3"]),
        ("document", "I send this letter by hand.", ["this letter"]),
        ("document", "[1] The text of this letter is lost.", []),
        ("document", "Source: Ozark Papers. Another copy of this letter is lost.", []),
        ("organisation", "the Office of the Ozark Press Secretary", ["the Office of the Ozark Press Secretary"]),
        ("organisation", "Members of the Ozark Institute came.", ["Ozark Institute"]),
        ("organisation", "a member of the Presidium of the Central Committee of the CPSU",
         ["Presidium of the Central Committee of the CPSU", "Central Committee of the CPSU"]),
        ("place", "Since the Vietnam War the UAR Ambassador to Cuba was silent.", ["Vietnam", "Cuba"]),
        ("place", "[Ambassador to Rome Adam] Ozark left.", ["Rome"]),
        ("place", "relations between our two countries", ["our two countries"]),
        ("event", "the funeral arrangements", ["the funeral arrangements"]),
        ("person", "the agency director Ozark", ["director Ozark"]),
    ],
)  # fmt: skip
def test_what_nouns_govern(
    finder: MentionFinder, kind: str, text: str, expected: list[str]
) -> None:
    assert found(finder, text, kind) == expected


def test_names_told_once_are_known_in_the_whole_source() -> None:
    finder = MentionFinder().learned("The note of A.B. Ozarkin was long.")
    assert found(finder, "It went to Ozarkin.") == ["Ozarkin"]
    assert found(MentionFinder(), "It went to Ozarkin.") == []


def test_surnames_told_in_one_text_are_known_in_the_next_where_no_list_is() -> None:
    finder = MentionFinder()
    assert found(finder, "A note of A.B. Ozarkin.") == ["A.B. Ozarkin"]
    assert found(finder, "It went to Ozarkin.") == ["Ozarkin"]
    assert found(finder, "An ozarkin is a bird; Ozarkin is too.") == []
