"""Archival units and publications found by what a note cites. All names are invented."""

from __future__ import annotations

import pytest

from kgraph import authorities
from kgraph.authorities.resolution.shelves import Shelves
from kgraph.model import Archive, Body, Holding, Printing, Publication, Record

AUTHORITY = authorities.Authority.of(
    [
        Body(id="body/moor", label="Ministry of Moors", variants=("Moor Ministry",)),
        Body(id="body/dale", label="Dale Library"),
        Archive(id="archive/moor", label="Ministry of Moors files", holder="body/moor", kind="fonds"),
        Archive(id="archive/moor-lot", label="Lot 9", holder="body/moor", shelfmark="Peat: Lot 9 D 1",
                variants=("Lot 9 D 1",)),
        Archive(id="archive/dale", label="Dale Library", holder="body/dale", kind="archive",
                variants=("Edwin Dale Library",)),
        Archive(id="archive/dale-peat", label="Dale, Peat", holder="body/dale", shelfmark="Peat Files, Bogs"),
        Publication(id="publication/peat", label="The Cutting of Peat"),
        Publication(id="publication/gazette", label="Moor Gazette, May 8, 1961", kind="periodical",
                    date="1961-05-08", variants=("Moor Gazette",)),
        Publication(id="publication/v9", label="Foreign Relations of the United States, 1990-1992, Volume IX",
                    kind="official series", variants=("vol. IX",)),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("holder", "shelfmark", "unit"),
    [
        ("Ministry of Moors", "Peat: Lot 9 D 1", "archive/moor-lot"),
        ("Moor Ministry", "Lot 9 D 1", "archive/moor-lot"),
        ("Ministry of Moors", "Peat: Lot 9 D 1, Box 3, Folder 2", "archive/moor-lot"),
        ("Edwin Dale Library", "Peat Files,Bogs", "archive/dale-peat"),
        ("Dale Library", None, "archive/dale"),
        ("Ministry of Moors", "Peat: Lot 9 D 2", None),
        ("Dale Library", "Lot 9 D 1", None),
        ("Ministry of Moors", "Peat: Lot 9 D 1, Letters of the Regent", None),
        ("Ministry of Fens", "Lot 9 D 1", None),
    ],
)
def test_the_unit_that_a_citation_names(
    holder: str, shelfmark: str | None, unit: str | None
) -> None:
    assert Shelves(AUTHORITY).unit(holder, shelfmark) == unit


@pytest.mark.parametrize(
    ("title", "publication"),
    [
        ("The Cutting of Peat", "publication/peat"),
        ("Doe, The Cutting of Peat", "publication/peat"),
        ("Moor Gazette, May 8, 1961", "publication/gazette"),
        ("Moor Gazette, May 9, 1961", None),
        ("Moor Gazette", None),
        ("Foreign Relations, 1990–92, vol. IX, Document 12", "publication/v9"),
        ("Foreign Relations, 1990–1992, volume X, Document 12", None),
        ("vol. IX", None),
    ],
)
def test_the_publication_that_a_title_names(title: str, publication: str | None) -> None:
    assert Shelves(AUTHORITY).publication(title) == publication


def test_a_record_gets_the_ids_and_keeps_those_given_by_hand() -> None:
    record = Record(
        id="r",
        source="s",
        holdings=(
            Holding(holder="Dale Library", shelfmark="Peat Files, Bogs"),
            Holding(holder="Dale Library", shelfmark="Peat Files, Bogs", id="archive/other"),
        ),
        printed_in=(Printing(publication="The Cutting of Peat"),),
    )
    (done,) = authorities.resolve_source([record], AUTHORITY)
    assert isinstance(done, Record)
    assert [h.id for h in done.holdings] == ["archive/dale-peat", "archive/other"]
    assert [p.id for p in done.printed_in] == ["publication/peat"]
