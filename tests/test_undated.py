"""Bounds of undated papers from what source notes tell of their delivery."""

from __future__ import annotations

from kgraph.extract.editions.undated import told_day

LOW, HIGH = "1881-10-28", "1881-11-14"


def test_the_first_of_several_days_counts() -> None:
    note = "The text was transmitted to the Legation on November 4. It was received on November 5."
    assert told_day(note, LOW, HIGH) == (False, "1881-11-04")


def test_a_statement_was_made_on_its_day() -> None:
    note = "A memorandum says that Ambrel made the oral statement to Costrin on November 3."
    assert told_day(note, LOW, HIGH) == (True, "1881-11-03")


def test_a_day_outside_the_neighbours_and_a_copy_are_no_evidence() -> None:
    assert told_day("Handed to the Minister on December 4.", LOW, HIGH) == (False, None)
    assert told_day("A draft was given in copy to him on November 4.", LOW, HIGH) == (False, None)


def test_the_year_turns_between_the_neighbours() -> None:
    assert told_day("Received on January 2.", "1881-12-30", "1882-01-05") == (False, "1882-01-02")
