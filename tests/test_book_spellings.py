"""A book that spells its persons otherwise in its text than in its index."""

from __future__ import annotations

import pytest

from kgraph.authorities import Authority
from kgraph.authorities.resolution.volume_lists import ListedPersons
from kgraph.model import Office, Person
from kgraph.sources import book_lists
from kgraph.sources.book_spellings import with_spellings


def entry(sort: str, *variants: str) -> Person:
    surname, _, given = sort.partition(", ")
    return Person(
        id=f"person/{surname.lower()}", label=f"{given} {surname}".strip(), sort=sort,
        variants=(f"{surname} {given}".strip(), *variants), note="name index, page 9",
    )  # fmt: skip


INDEX = [
    entry("Gollister, Robert"),
    entry("Vintrop, John"),
    entry("Vintrop, Mary"),
    entry("Nguan, Tok Ngim"),
    entry("Torvich, A.B."),
    entry("Torvich, P.R."),
    entry("Sufanuvat"),
    entry("Mory, Edward Winthrop"),
]


def added(text: str) -> dict[str, set[str]]:
    """Surnames of the entries that get more forms, and these forms."""
    found = zip(INDEX, with_spellings(INDEX, text), strict=True)
    return {
        before.sort.partition(",")[0] if before.sort else "": set(after.variants) - set(before.variants)
        for before, after in found
        if after != before
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "surname", "form"),
    [
        ("It went to Minister Robert Hollister in May.", "Gollister", "Robert Hollister"),
        ("Secretary ROBERT HOLLISTER's reply is lost.", "Gollister", "Robert Hollister"),
        ("Then Anton Borisovich Torvich read it.", "Torvich", "Anton Borisovich Torvich"),
        ("Prince Souphanouvat came too.", "Sufanuvat", "Souphanouvat"),
        ("Premier Nguyen Toc Ngim came too.", "Nguan", "Nguyen Toc Ngim"),
    ],
)
def test_another_spelling_of_the_text_is_the_entrys(text: str, surname: str, form: str) -> None:
    assert form in added(text)[surname]


def test_a_surname_spelt_anew_keeps_the_entrys_given_names() -> None:
    assert "Hollister, Robert" in added("It went to Robert Hollister in May.")["Gollister"]


@pytest.mark.parametrize(
    "text",
    [
        "It went to George Hollister in May.",  # another given name
        "Then Viktor Borisovich Torvich read it.",  # other initials
        "Robert Gollister read it.",  # the entry's own words
        "Edward Winthrop read it.",  # another entry's words
        "Affairs of A.B. Torvich were sold.",  # no name before the initials
        "Anna Borisovna Torvicha read it.",  # a woman of the name
        "The Hollister Society met.",  # no given name
    ],
)
def test_what_may_be_somebody_else_is_not_added(text: str) -> None:
    assert added(text) == {}


def test_the_spelling_of_the_text_finds_the_person_of_the_authority() -> None:
    known = Person(id="person/hollister", label="Robert A. Hollister", sort="Hollister, Robert A.")
    listed = ListedPersons(Authority.of([known]), "a book")
    spelt = with_spellings(INDEX, "Robert A. Hollister came.")[0]
    before, after = (listed.candidates(p)[0] for p in (INDEX[0], spelt))
    assert (before.id, after.id) == (known.id, known.id)
    assert after.probability > before.probability


def test_a_title_of_an_index_is_an_office_and_not_a_name() -> None:
    line = book_lists.Name("Sufanuvat, Prince", "Sufanuvat", None, title="Prince")
    person = book_lists.persons([line], "a book", [9])[0]
    assert person.offices == (Office(title="Prince"),)
    assert "Prince" not in person.variants


def test_the_younger_of_an_index_keeps_his_suffix_in_its_place() -> None:
    line = book_lists.Name("Harrow Jr. Edwin Miles", "Harrow", "Jr. Edwin Miles")
    person = book_lists.persons([line], "a book", [9])[0]
    assert (person.label, person.sort) == ("Edwin Miles Harrow Jr.", "Harrow, Edwin Miles, Jr.")
