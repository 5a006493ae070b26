"""Long lists of words, gathered by their first letters, find what they found before."""

from __future__ import annotations

import re

import pytest

from kgraph.alternatives import by_letter, by_letter_as_written, parted
from kgraph.dating import months
from kgraph.extract.legs import carriage_words

TEXT = """The note was HANDED to the Minister, who had received two letters and an aide-mémoire by
courier; hand-carried copies went to relay posts on 3 Août and in März, and a Memorandum was
to pouch. Passed, pouched and repeated to Paris; jettisoned ones were not."""


@pytest.mark.parametrize(
    "words",
    [
        carriage_words.VERBS,
        "letters?|memorand(?:um|a)|aide[- ]m[ée]moires?|cop(?:y|ies)|note",
        "août|märz|mar|march",
        r"(?<=to )pouch|a?bsent|[pr]elay|pos(?:t|e)s|p",
    ],
)
def test_what_is_found_is_the_same(words: str) -> None:
    for before, after, flags in (
        (words, by_letter(words), re.IGNORECASE),
        (words, by_letter_as_written(words), 0),
    ):
        found = [
            [m.span() for m in re.finditer(rf"\b(?:{one})\b", TEXT, flags)]
            for one in (before, after)
        ]
        assert found[0] == found[1]
        assert found[0] or not flags


def test_alternatives_within_groups_and_classes_stay_together() -> None:
    assert parted(r"a(?:b|c)d|[|)]e|\(f|g\|h") == [r"a(?:b|c)d", "[|)]e", r"\(f", r"g\|h"]


def test_a_month_is_read_in_either_case() -> None:
    month = re.compile(months.PATTERN, re.IGNORECASE)
    for name in ("Sept", "AOÛT", "août", "März", "марта"):
        found = month.match(name)
        assert found is not None
        assert found[0] == name
