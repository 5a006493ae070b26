"""Bounds of undated papers, and years of days that tell none."""

from __future__ import annotations

from pathlib import Path

from kgraph.extract.editions.undated import told_day
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import items

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


def years(tmp_path: Path, *divisions: tuple[str, list[str]]) -> list[str]:
    chapters = "".join(
        f'<div type="subchapter">{f"<head>{head}</head>" if head else ""}'
        + "".join(f'<div type="document" xml:id="d{n}"><head>{words}</head></div>'
                  for n, words in enumerate(papers, 100 * at + 1)) + "</div>"
        for at, (head, papers) in enumerate(divisions)
    )  # fmt: skip
    file = tmp_path / "harbour.xml"
    file.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="harbour"><text><body><div type="chapter">'
        f"<head>Harbours</head>{chapters}</div></body></text></TEI>"
    )
    found = [i for i in items([file], Report()) if isinstance(i, Record)]
    return [r.date.edtf for r in found if r.date]


def test_a_day_without_a_year_is_of_the_year_that_the_division_names(tmp_path: Path) -> None:
    papers = ["1. Memorandum from Orde to Pell, March 2. On piers. Secret. 2 pp. Harbour Files."]
    assert years(tmp_path, ("March 1882", papers), ("March 1884", papers)) == [
        "1882-03-02", "1884-03-02",
    ]  # fmt: skip
    # a heading that is misspelt, and one that names a span of years
    assert years(tmp_path, ("Mrach 1882", papers), ("Piers, 1882-1885", papers)) == [
        "1882-03-02", "1882-03-02",
    ]  # fmt: skip


def test_january_behind_december_is_of_the_next_year(tmp_path: Path) -> None:
    first = (
        "1. Memorandum from Orde to Pell, December 30, 1882. On piers. Secret. 2 pp. Harbour Files."
    )
    then = "2. Memorandum from Orde to Pell, January 3. On piers. Secret. 2 pp. Harbour Files."
    last = "3. Memorandum from Orde to Pell, February 1. On piers. Secret. 2 pp. Harbour Files."
    assert years(tmp_path, ("", [first, then, last])) == ["1882-12-30", "1883-01-03", "1883-02-01"]


def test_an_undated_paper_whose_heading_says_so_is_bounded(tmp_path: Path) -> None:
    papers = [
        "1. Memorandum from Orde to Pell, May 3, 1882. On piers. Secret. 2 pp. Harbour Files.",
        "2. Memorandum from Orde to Pell, undated. On piers. Secret. 2 pp. Harbour Files.",
        "3. Memorandum from Orde to Pell, May 9, 1882. On piers. Secret. 2 pp. Harbour Files.",
    ]
    assert years(tmp_path, ("", papers)) == ["1882-05-03", "1882-05-03/1882-05-09", "1882-05-09"]


def test_what_a_meeting_agreed_on_and_the_span_of_a_report_are_no_dateline(tmp_path: Path) -> None:
    for words in ("Agreed to meet at 1030 Friday, 15 September 1882.",
                  "Progress of Harbour Operations, 15 November 1881-15 September 1882"):  # fmt: skip
        file = tmp_path / "strait.xml"
        file.write_text(
            '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="strait">'
            '<text><body><div type="document" xml:id="d1"><head>1. Harbour Staff Paper</head>'
            f"<p>{words}</p><p>The piers were looked at and found to be in want of repair before the winter.</p>"
            "</div></body></text></TEI>"
        )
        [paper] = [i for i in items([file], Report()) if isinstance(i, Record)]
        assert (paper.date, paper.place) == (None, None)
