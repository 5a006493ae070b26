"""Texts that an XML editor broke and indented, without their tags. All names invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.extract.paragraphs import paragraphs
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import items


def indented(*lines: tuple[int, str]) -> str:
    """Lines of a text, each so deep; one without words is a line that held a tag alone."""
    return "".join(f"\n{' ' * depth}{words}" for depth, words in lines) + "\n"


LIST = (
    (24, "12. Memorandum of ConversationSource: Department of State, Central Files,"),
    (32, "762.00/6–1862. Secret. Drafted by Orde."),
    (24, ""),
    (24, ""),
    (28, "Washington, June 18, 1962, 3 p.m."),
    (24, ""),
    (28, "SUBJECT"),
    (28, "Piers and Dredging"),
    (24, ""),
    (24, ""),
    (28, "PARTICIPANTS"),
    (28, ""),
    (32, "United States"),
    (28, ""),
    (28, "The Secretary"),
    (28, ""),
    (32, "Paul Costrin, Deputy"),
    (32, "Director of Harbors"),
    (29, "John Orde, Danish Desk"),
    (28, ""),
    (32, "Denmark"),
    (28, ""),
    (28, "Ambassador Anton"),
    (36, "Ambrel"),
    (32, "Ambrel visited Washington in June for talks on the harbor."),
    (28, "Mr. Dovell, pvt. sec. to P.M."),
    (24, ""),
    (28, "Dredging of the Harbor"),
    (24, "Mr. Ambrel opened the talk by saying that the harbor must be dredged before the ice"),
    (28, "comes, and that Denmark had made"),
    (32, "Costrin an offer."),
    (24, "The Secretary thanked him."),
)  # fmt: skip


def test_lines_of_one_element_are_joined_and_elements_beside_it_are_not() -> None:
    assert paragraphs(indented(*LIST))[6:13] == [
        "The Secretary", "Paul Costrin, Deputy Director of Harbors", "John Orde, Danish Desk",
        "Denmark",
        "Ambassador Anton Ambrel Ambrel visited Washington in June for talks on the harbor.",
        "Mr. Dovell, pvt. sec. to P.M.", "Dredging of the Harbor",
    ]  # fmt: skip


def test_those_present_are_read_from_it_without_the_note_and_the_heading_among_them(
    tmp_path: Path,
) -> None:
    file = tmp_path / "frus1961-63v99.txt"
    file.write_text(indented(*LIST), "utf-8")
    (record,) = [one for one in items([file], Report()) if isinstance(one, Record)]
    assert [(one.name, one.role) for one in record.participants] == [
        ("Secretary", None), ("Paul Costrin", "Deputy Director of Harbors"),
        ("John Orde", "Danish Desk"), ("Anton Ambrel", "Ambassador"), ("Dovell", "pvt. sec. to P.M"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        # an element that holds further ones ends with a line of its own
        ([(24, ""), (28, "Paul Costrin"), (28, "Chief of Harbors"), (24, ""), (24, "The end of it.")],
         ["Paul Costrin", "Chief of Harbors", "The end of it."]),
        # text of one element
        ([(24, ""), (28, "The proposal that"), (28, "Denmark made was read by all who were there."),
          (24, "It was put aside.")],
         ["The proposal that Denmark made was read by all who were there.", "It was put aside."]),
        # numbers of items begin paragraphs, hours and volumes do not
        ([(24, "It was agreed to:"), (28, "a. dredge the harbor;"), (28, "b. build a pier."),
          (24, "Washington, June 18, 1962, 3:15"), (28, "p. m."), (24, "See the Memos, Vol."), (28, "2. Secret.")],
         ["It was agreed to:", "a. dredge the harbor;", "b. build a pier.",
          "Washington, June 18, 1962, 3:15 p. m.", "See the Memos, Vol. 2. Secret."]),
    ],
)  # fmt: skip
def test_the_blanks_of_empty_lines_tell_what_stands_in_one_element(
    lines: list[tuple[int, str]], wanted: list[str]
) -> None:
    body = [(24, "Some words of a first paragraph that is long."), *lines]
    assert paragraphs(indented(*body))[1:] == wanted
