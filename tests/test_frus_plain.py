"""Plain texts of the series in every shape of line breaks: the same documents are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import frus_text

FILLER = "The talks went on for some days, and nothing new was said of the harbour. " * 130
NUMBERED = [
    [
        "1. Telegram From the Embassy in Ruritania to the Department of State",
        "Source: Department of State, Central Files, 611.99/5-471. Secret; Priority.",
        "Strelsau, May 4, 1971, 1420Z.",
        f"310. The minister asked about grain. {FILLER}",
        "Gladwyn",
    ],
    [
        "2. Editorial Note",
        f"In June the two delegations met again at Zenda. {FILLER}",
    ],
    [
        "3. Letter From President Vance to Prime Minister Tarnov",
        "Source: National Archives, Vance Papers, Box 3, Ruritania. Secret.",
        "Washington, June 8, 1971.",
        f"Dear Mr. Prime Minister: I have read your words with care. {FILLER}",
        "Sincerely,",
        "Martin Vance",
    ],
    [
        "4. Memorandum From the Assistant Secretary of State for European Affairs (Kohlmann) to Secretary of State Rusche",
        "Source: Department of State, Central Files, 611.99/6-971. Confidential.",
        "Washington, June 9, 1971.",
        f"The grain should be sold. {FILLER}",
    ],
]  # fmt: skip
FILED = [
    [
        "763.99/18",
        "The Minister in Ruritania (Bell) to the Secretary of State",
        "Strelsau, March 10, 1915.",
        f"Sir: I have the honor to report on the harbour. {FILLER}",
        "Edward Bell",
    ],
    [
        "763.99/19",
        "The Secretary of State to President Wynn",
        "Washington, April 2, 1915.",
        f"My Dear Mr. President: The enclosed came this morning. {FILLER}",
        "Robert Lansdale",
    ],
    [
        "763.99/21",
        "President Wynn to the Secretary of State",
        "Washington, April 3, 1915.",
        f"My Dear Mr. Secretary: I agree with every word. {FILLER}",
        "W. W.",
    ],
    [
        "763.99/22",
        "The Ambassador in Utopia (Penn Fielding) to the Secretary of State",
        "London, April 5, 1915.",
        f"I have seen the minister twice. {FILLER}",
        "Fielding",
    ],
]  # fmt: skip


def _blocks(volume: list[list[str]]) -> str:
    return "\n\n".join(part for document in volume for part in document)


def _tight(volume: list[list[str]]) -> str:
    return "\n".join(part for document in volume for part in document)


def _indented(volume: list[list[str]]) -> str:
    deep = "\n            "
    return "\n".join(
        "".join(f"\n        {part.replace('. The', f'.{deep}The')}\n" for part in document)
        for document in volume
    )


def _documents_on_lines(volume: list[list[str]]) -> str:
    return "\n".join(" ".join(document) for document in volume)


def _one_line(volume: list[list[str]]) -> str:
    return " ".join(part for document in volume for part in document)


SHAPES = [_blocks, _tight, _indented, _documents_on_lines, _one_line]


def _read(text: str, path: Path) -> list[Record]:
    path.write_text(text, "utf-8")
    assert frus_text.sniff(text.encode()[:65536], path.name)
    return [one for one in frus_text.read(path, Report()) if isinstance(one, Record)]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_edition_with_numbers_is_read_in_every_shape(
    shape: Callable[[list[list[str]]], str], tmp_path: Path
) -> None:
    records = _read(shape(NUMBERED), tmp_path / "volume.txt")
    assert [one.number for one in records] == ["1", "2", "3", "4"]
    assert [[p.name for p in one.senders] for one in records] == [
        ["Embassy in Ruritania"], [], ["Vance"], ["Kohlmann"],
    ]  # fmt: skip
    assert [[p.name for p in one.addressees] for one in records] == [
        ["Department of State"], [], ["Tarnov"], ["Rusche"],
    ]  # fmt: skip
    assert [one.date.edtf[:10] for one in records if one.date and one.date.edtf] == [
        "1971-05-04", "1971-06-08", "1971-06-09",
    ]  # fmt: skip
    assert [one.place.name for one in records if one.place] == [
        "Strelsau", "Washington", "Washington",
    ]  # fmt: skip
    assert [p.name for one in records for p in one.signed] == ["Gladwyn", "Martin Vance"]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_edition_without_numbers_is_read_in_every_shape(
    shape: Callable[[list[list[str]]], str], tmp_path: Path
) -> None:
    records = _read(shape(FILED), tmp_path / "volume.txt")
    assert [[p.name for p in one.senders] for one in records] == [
        ["Bell"], ["Secretary of State"], ["Wynn"], ["Penn Fielding"],
    ]  # fmt: skip
    assert [[p.name for p in one.addressees] for one in records] == [
        ["Secretary of State"], ["Wynn"], ["Secretary of State"], ["Secretary of State"],
    ]  # fmt: skip
    assert [one.date.edtf for one in records if one.date] == [
        "1915-03-10", "1915-04-02", "1915-04-03", "1915-04-05",
    ]  # fmt: skip
    assert [p.name for one in records for p in one.signed] == [
        "Edward Bell", "Robert Lansdale", "W. W.", "Fielding",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "12. Editorial Note On May 3 the ministers met at Zenda and spoke of grain.",
        "763.99/18 Draft of a Note on the Harbour of Zenda Washington, March 3, 1915. The matter is grave.",
        "Vance Papers Minute by President Vance and Prime Minister Tarnov It was agreed that the grain be sold.",
        "31. Chronology Prepared in the Office of Grain 1 Source: Department of State, Central Files. Secret.",
    ],
)
def test_a_document_by_itself_is_known_by_its_opening(text: str) -> None:
    assert frus_text.sniff(text.encode(), "document.txt")


@pytest.mark.parametrize("shape", [_tight, _one_line])
def test_a_volume_is_known_by_its_title_page(
    shape: Callable[[list[list[str]]], str], tmp_path: Path
) -> None:
    page = [
        "Foreign Relations of the United States, 1971–1973, Volume XXX, Ruritania",
        "Edited at the Office of the Historian",
        f"Preface. {FILLER * 8}",
    ]
    text = shape([page, *NUMBERED])
    records = _read(text, tmp_path / "volume.txt")
    assert [one.number for one in records] == ["1", "2", "3", "4"]


def test_a_title_ends_before_the_first_sentence_of_a_note(tmp_path: Path) -> None:
    text = (
        "763.99/18 The Secretary of State to President WynnThe ribbon copy of this letter"
        " has not been found. Washington, May 3, 1915. My Dear Mr. President: I agree."
    )
    (record,) = _read(text, tmp_path / "document.txt")
    assert [one.name for one in record.addressees] == ["Wynn"]
    assert record.date is not None
    assert record.date.edtf == "1915-05-03"


def test_the_first_numbered_documents_may_be_of_persons_of_any_title(tmp_path: Path) -> None:
    heads = (
        "Count Rekberg to Mr. Mottley.",
        "Lord Lindale to Mr. Seabrook.",
        "Mr. Pell to Sir F. Brewe.",
    )
    text = "\n\n".join(
        f"{number}. {head}\n\nLondon, May {number}, 1865.\n\nThe fish has come."
        for number, head in enumerate(heads, 1)
    )
    text = f"Papers Relating to Foreign Affairs\n\n{text}\n"
    records = _read(text, tmp_path / "volume.txt")
    assert [[p.name for p in one.senders] for one in records] == [
        ["Rekberg"],
        ["Lindale"],
        ["Pell"],
    ]


@pytest.mark.parametrize(
    ("words", "date", "place"),
    [
        (  # a day in the note, and the dateline behind it
            "7. Memorandum of Conversation Source: Ruritanian Archives, Box 2. Secret. Approved in S on June 27. "
            "Zenda, June 20, 1960, 2:10 p.m. The King spoke of salt.",
            "1960-06-20T14:10:00", "Zenda",
        ),
        (  # the years that a file covers
            "7. Memorandum From Mr. Grey to Secretary Elphberg Source: Ruritanian Archives, Country Files, Vol. IX, "
            "August 1, 1970–October 31, 1970. Secret. Zenda, September 16, 1970. SUBJECT Salt The price has risen.",
            "1970-09-16", "Zenda",
        ),
        (  # a note without a full stop
            "7. Memorandum of Conversation Source: Ruritanian Archives, Box 2. Secret. Drafted by Grey "
            "Berlin, January 19, 1960, 3:30–5:30 p.m. SUBJECT Salt PARTICIPANTS The King Mr. Grey They spoke of salt.",
            "1960-01-19", "Berlin",
        ),
        (  # no comma behind the town
            "7. Memorandum of Conversation Source: Ruritanian Archives, Box 2. Secret. The paper was drawn up at the mill. "
            "Strelsau May 9, 1963, 10:15 a.m. US/MC/5 PARTICIPANTS The King Mr. Grey They spoke of salt.",
            "1963-05-09T10:15:00", "Strelsau",
        ),
        (  # a day of its own, without a town
            "7. Memorandum for the Record Source: Ruritanian Archives, Box 2. Secret. Drafted by Grey on October 14. "
            "October 12, 1963. While I was at the mill the King called.",
            "1963-10-12", None,
        ),
        (  # a note with its own dates runs on behind the title
            "Elphberg Papers: Telegram Prime Minister Grey to President ElphbergSent by way of the fleet. It was read to "
            "the Diet on July 1, 1944, and noted by the Staffs at their 172d Meeting, July 12, 1944. See ante, p. 7. "
            "Zenda, [June 30, 1944.] top secret Personal for the President. The salt has come.",
            "1944-06-30", "Zenda",
        ),
        (  # a title that tells when the meeting was held, and the dateline of its record
            "IO Files: US/A/17 Memorandum of a Conversation With the Minister of Salt, Zenda, August 30, 1948 "
            "[Strelsau,] September 3, 1948. confidential Subject: Salt The Minister spoke of salt.",
            "1948-09-03", "Strelsau",
        ),
    ],
)  # fmt: skip
def test_the_dateline_among_other_dates(
    tmp_path: Path, words: str, date: str, place: str | None
) -> None:
    path = tmp_path / "frus1999" / "d7.txt"
    path.parent.mkdir()
    path.write_text(words, "utf-8")
    one = next(one for one in frus_text.read(path, Report()) if isinstance(one, Record))
    assert one.date is not None
    assert (one.date.edtf or "").startswith(date)
    assert (one.place.name if one.place else None) == place


def test_the_list_of_papers_and_the_index_of_a_volume_are_no_documents(tmp_path: Path) -> None:
    listed = [
        line
        for page in range(1, 8)
        for line in (f"May {page}", "Mr. Orde to Mr. AmbrelAsks for a pier.", str(page))
    ]
    letter = ("Mr. Orde to Mr. Ambrel", "Washington, May 3, 1866.", "Sir: The pier is built.")
    index = [
        f"{name}, 12, {page}n" for page, name in enumerate(("Ambrel", "Costrin", "Dovell") * 4)
    ]
    file = tmp_path / "frus1866p1.txt"
    parts = ["List of Papers", "Date", "Paper", "Page", *listed, *letter, "Index", *sorted(index)]
    file.write_text("\n\n".join(parts), "utf-8")
    (record,) = (one for one in frus_text.read(file, Report()) if isinstance(one, Record))
    assert record.date is not None
    assert record.date.edtf == "1866-05-03"
    assert "Dovell" not in record.text


@pytest.mark.parametrize(
    ("behind", "before"), [("(1)", "(1) "), ("[1]", "[1] "), ("¹", "¹"), ("*", "* ")]
)
def test_marks_of_notes_as_copies_of_pages_write_them(
    tmp_path: Path, behind: str, before: str
) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text(
        f"1. Telegram From the Embassy in Ruritania to the Department of State{behind}\n\n"
        "Strelsau, March 12, 1958—6 p.m.\n\n1204. The ships are late. (1) They came by night.\n\n"
        f"{before}Source: Department of State, Central Files, 611.57/3–1258. Secret; Priority.\n",
        "utf-8",
    )
    (one,) = (item for item in frus_text.read(path, Report()) if isinstance(item, Record))
    assert [party.name for party in one.addressees] == ["Department of State"]
    assert (one.classification, one.handling) == ("Secret", ("Priority",))
    assert [held.shelfmark for held in one.holdings] == ["Central Files, 611.57/3–1258"]
