"""Ids as people type them: merged ones are followed, misspelt ones lead to the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kgraph import iris, lookup, queries
from kgraph.cli import main
from kgraph.report import KgraphError
from kgraph.show import describe
from kgraph.store import open_store

MERGED, NOW = "frus1961-63v06/d8", "frus/8"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("person/khruschev", "person/khrushchev-nikita"),
        ("bolshakof", "person/bolshakov"),
        ("persn/rusk", "person/rusk"),
        ("Dean_Rusk", "person/rusk"),
        ("moscow", "place/moscow"),
    ],
)
def test_a_misspelt_id_is_answered_with_the_one_meant(
    typed: str, meant: str, shipped_store: Path
) -> None:
    assert lookup.near(open_store(shipped_store), typed)[0] == meant


def test_another_number_is_no_misspelling(shipped_store: Path) -> None:
    assert lookup.near(open_store(shipped_store), "frus/2111") == []


def test_show_says_which_id_was_meant(shipped_store: Path) -> None:
    with pytest.raises(KgraphError) as raised:
        describe(open_store(shipped_store), "person/khruschev")
    assert "person/khrushchev-nikita" in (raised.value.hint or "")


def test_an_id_that_was_merged_asks_about_what_it_is_now(shipped_store: Path) -> None:
    store = open_store(shipped_store)
    old = queries.select(store, "legs", {"document": MERGED})
    assert old
    assert old == queries.select(store, "legs", {"document": NOW})
    assert describe(store, MERGED).id == NOW


def test_what_is_not_merged_stays(shipped_store: Path) -> None:
    thing = NamedNode(iris.thing("person/rusk"))
    assert lookup.follow(open_store(shipped_store), thing) == thing


def test_an_empty_answer_about_an_unknown_id_says_so(
    shipped_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["query", "legs", "-p", "document=persn/rusk", "--store", str(shipped_store)])
    assert not ended.value.code
    told = capsys.readouterr()
    assert "nothing is known of persn/rusk" in told.err
    assert "did you mean person/rusk" in told.err
    assert "nothing is known" not in told.out


def test_an_id_with_a_colon_is_not_taken_for_an_address() -> None:
    assert lookup.term("frus/note:3").value == iris.thing("frus/note:3")
    assert lookup.term("urn:x:y").value == "urn:x:y"
