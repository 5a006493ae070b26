"""Signatures in texts that run on: a name behind the last sentence, and what may follow it.

Invented endings in the manner of papers from 1862 to 1979; each was written with what is expected
before the rules were run on it.
"""

from __future__ import annotations

import pytest

from kgraph.extract.closings import closing_name

SIGNED = [
    ("The matter may rest there. With assurances [etc.] W. J. Brandt", "W. J. Brandt"),
    ("I shall leave within a fortnight. Accept [etc.] A. Rostand", "A. Rostand"),
    ("They are very bitter here. Yours ever J. W. P[ellew]", "J. W. P[ellew]"),
    ("It is too plain to us all. Yours always, W[infield S. Chalmers]", "W[infield S. Chalmers]"),
    (
        "I should like to have your view. Faithfully yours, Robert Lanyon [Enclosure] Memorandum by the Counselor on Mails. It is held that ships may be searched.",
        "Robert Lanyon",
    ),
    (
        "I would recall him. Robert Lanyon [Enclosure 1—Telegram] The Minister of Ruritania to the Chargé. Please inform.",
        "Robert Lanyon",
    ),
    (
        "Sincerely, John J McNair [Attachment] Draft directive. The zone shall be small.",
        "John J McNair",
    ),
    (
        "Would you approve this? Faithfully yours, Robert Lanyon P. S. Since writing this Mr. Pole has called.",
        "Robert Lanyon",
    ),
    ("Talks resume next week. End FYI. Dorrance", "Dorrance"),
    ("A statement would be issued. (Ibid., 794.5/5–1060) See Supplement. Harker", "Harker"),
    ("The Minutes are in Conference Files, CF 2275. 4 Ruskin", "Ruskin"),
    ("THE SHAH WAS FIRM ABOUT IT.GDS ROCKLAND", "ROCKLAND"),
    ("RELATIONS MAY BE RESTORED IN DUE COURSE. GP-3 EAGLESON", "EAGLESON"),
    ("We should then move faster. Sincerely, [signed Melvin R. Lorne]", "Melvin R. Lorne"),
    ("The cost would be higher. [signed] Henry A. Kessler", "Henry A. Kessler"),
    ("They know our aims. Henry L Stimpson Secretary of War", "Henry L Stimpson"),
    (
        "We value their presence. Sincerely,[signed] David D. Newland American Ambassador",
        "David D. Newland",
    ),
    (
        "We might take it up in person. Sincerely yours, E. M. Hawes New York , April 20, 1916. [Received April 21.]",
        "E. M. Hawes",
    ),
    ("He will answer for it. Sincerely yours, Joseph Parmer 2nd", "Joseph Parmer 2nd"),
    ("It would be futile and irritating. John Kenworth", "John Kenworth"),
    ("I have, etc., C. F. Aldous", "C. F. Aldous"),
    (
        "I have the honor to be, sir, your obedient servant, Wm. H. Sewell. [Inclosure.] Translation. The Prince to the Consul.",
        "Wm. H. Sewell",
    ),
]
UNSIGNED = [
    "He left for Paris.",
    "The meeting ended at noon. Participants: Mr. Doe, Mr. Roe",
    "The following were present. United States",
    "It was agreed to meet again. [Attachment] Agenda",
    "See the paper of the Secretary. [Enclosure] List of ships",
    "The Assembly met at Paris. Security Council",
    "They discussed three points. Conclusions",
    "He told this to President Vance. [Enclosure] The text follows.",
    "The note was handed to Mr. Doe. [Annex] Text of the note.",
    "NO CHANGE IS EXPECTED. SECRET",
    "The talk turned to Ruritania. Approved",
    "The paper was read by all. See Supplement.",
]


@pytest.mark.parametrize(("words", "name"), SIGNED)
def test_the_name_that_ends_a_text(words: str, name: str) -> None:
    at = closing_name(words)
    assert at is not None
    assert words[slice(*at)] == name


@pytest.mark.parametrize("words", UNSIGNED)
def test_an_end_without_a_signature(words: str) -> None:
    assert closing_name(words) is None
