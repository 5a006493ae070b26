"""Who a line of a participants list names, and what its lines otherwise say."""

from __future__ import annotations

import pytest

from kgraph.extract.attendance import is_side, participants


def _names(words: str) -> list[str]:
    return [party.name for party in participants(words, 0)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The President, Mr. Ambrel, Mr. Costrin; General Dovell, Mr. Ferrant",
         ["President", "Ambrel", "Costrin", "Dovell", "Ferrant"]),
        ("Messrs. Ambrel, Costrin and Dovell; Ferrant and Gellick",
         ["Ambrel", "Costrin", "Dovell", "Ferrant", "Gellick"]),
        ("Dr. Otmar Velling—Economic and Scientific Secretary of the Austrian Embassy",
         ["Otmar Velling"]),
        ("Mr. Pell Ambrel and Mr. Ivo Costrin were present for the entire meeting.",
         ["Pell Ambrel", "Ivo Costrin"]),
        ("Mr. Ambrel was out of the city", []),
        ("[5 names not declassified]", []),
        ("U.S. Side:", []),
        ("Germans", []),
        ("United Kingdom", []),
        ("Mr. Norling, Director, Office of Coal and Steel Affairs", ["Norling"]),
    ],
)  # fmt: skip
def test_names_of_a_line(line: str, names: list[str]) -> None:
    assert _names(line) == names


def test_office_before_the_name_is_its_role() -> None:
    (party,) = participants("Assistant Secretary of State for Polar Affairs, J. Hale Trevanion", 0)
    assert (party.name, party.role) == (
        "J. Hale Trevanion",
        "Assistant Secretary of State for Polar Affairs",
    )
    (other,) = participants("State Secretary Konrad Ambrel", 0)
    assert (other.name, other.role) == ("Konrad Ambrel", "State Secretary")


def test_symbol_before_a_dash_is_the_office() -> None:
    (party,) = participants("EE—Mr. Ambrel", 0)
    assert (party.name, party.office) == ("Ambrel", "EE")
    first, second = participants("NSC Staff—Holm Costrin; Jan H. Dovell", 0)
    assert (first.name, first.office, second.name) == ("Holm Costrin", "NSC Staff", "Jan H. Dovell")


def test_an_interpreter_keeps_the_duty_as_role() -> None:
    (party,) = participants("Pavel Ambrel (Interpreter)", 0)
    assert (party.name, party.role) == ("Pavel Ambrel", "Interpreter")


def test_spans_lie_on_the_printed_name() -> None:
    line = "Messrs Ambrel, Costrin; State Secretary Konrad Dovell"
    for party in participants(line, 100):
        assert party.start is not None
        assert party.end is not None
        assert line[party.start - 100 : party.end - 100] == party.name


def test_a_name_is_no_side() -> None:
    assert not is_side("Mr. Ambrel")
    assert is_side("The United States:")
