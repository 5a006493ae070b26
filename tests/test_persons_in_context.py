"""Persons of one name, of drifting spelling or told by an office, apart in short texts."""

from __future__ import annotations

import pytest

from kgraph import authorities, shipped, sources
from kgraph.dating import parse
from kgraph.extract.mentions import MentionFinder
from kgraph.model import Person, Record
from kgraph.report import Report


@pytest.fixture(scope="module")
def authority() -> authorities.Authority:
    home = shipped.folder("data") / "authorities"
    more = (
        Person(id="person/tarlow-m", label="George Tarlow", sort="Tarlow, George", variants=("Tarlow",)),
        Person(id="person/tarlow-w", label="William Tarlow", sort="Tarlow, William"),
    )  # fmt: skip
    return authorities.Authority.of([*sources.items([home], Report()), *more])


def meant(authority: authorities.Authority, text: str, date: str) -> list[tuple[str, str | None]]:
    mentions = tuple(MentionFinder().find(text))
    record = Record(id="x/1", source="x", form="telegram", text=text, date=parse(date), mentions=mentions)  # fmt: skip
    items = authorities.resolve_source([record], authority)
    found = next(i for i in items if isinstance(i, Record))
    return [(m.text, m.id) for m in found.mentions if m.type == "person"]


@pytest.mark.parametrize(
    ("text", "date", "words", "id"),
    [
        ("Mr. Gromiko repeated himself.", "1962-03-20", "Mr. Gromiko", "person/gromyko"),
        ("Ambassador Dobrinin called.", "1963-02-11", "Ambassador Dobrinin", "person/dobrynin"),
        ("Ambassador Men'shikov left it.", "1961-05-16", "Ambassador Men'shikov", "person/menshikov"),
        ("Mr. Adjubei lunched with us.", "1962-01-31", "Mr. Adjubei", "person/adzhubei"),
        ("Chou En-lai has not answered.", "1962-11-14", "Chou En-lai", "person/chou-en-lai"),
        ("Zhou Enlai has not answered.", "1971-07-10", "Zhou Enlai", "person/chou-en-lai"),
        ("I told it to General de Gaulle.", "1963-01-14", "General de Gaulle", "person/de-gaulle"),
        ("De Gaulle said no.", "1963-01-14", "De Gaulle", "person/de-gaulle"),
        ("Mrs. Kennedy wrote to him.", "1963-12-01", "Mrs. Kennedy", "person/kennedy-jacqueline"),
        ("Attorney General Kennedy would tell his brother.", "1962-10-23", "his brother", "person/kennedy-john-f"),
        ("Attorney General Kennedy would tell his brother.", "1962-10-23", "Attorney General Kennedy", "person/kennedy-robert"),
        ("President Kennedy signed it.", "1963-10-07", "President Kennedy", "person/kennedy-john-f"),
        ("Secretary Dulles left for Paris.", "1956-12-08", "Secretary Dulles", "person/dulles-john"),
        ("I told the Secretary of State.", "1960-03-03", "the Secretary of State", "person/herter"),
        ("Mrs. Rusk poured the tea.", "1963-08-08", "Mrs. Rusk", None),
    ],
)  # fmt: skip
def test_a_short_text_tells_who(
    authority: authorities.Authority, text: str, date: str, words: str, id: str | None
) -> None:
    assert (words, id) in meant(authority, text, date)


def test_a_bare_surname_is_whom_the_text_has_named_and_not_the_better_known(
    authority: authorities.Authority,
) -> None:
    text = "William Tarlow rang twice. I said that Tarlow must wait."
    assert meant(authority, text, "1966-09-09")[-1][1] in ("person/tarlow-w", None)
    text = "George Tarlow rang twice. I said that Tarlow must wait."
    assert meant(authority, text, "1966-09-09")[-1] == ("Tarlow", "person/tarlow-m")


def test_the_wife_of_the_only_one_of_that_name_is_not_he(authority: authorities.Authority) -> None:
    found = dict(meant(authority, "Dean Rusk spoke of Mrs. Rusk.", "1963-08-08"))
    assert found["Dean Rusk"] == "person/rusk"
    assert found["Mrs. Rusk"] is None
