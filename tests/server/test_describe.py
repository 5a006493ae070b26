"""Descriptions of things, found by two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import iris
from kgraph.server.catalogue import statistics
from kgraph.server.describe import describe
from kgraph.server.publication import Publication


@pytest.mark.parametrize(
    "thing",
    ["person/dobrynin", "body/cc-cpsu", "place/moscow", "document/frus/21", "archive/dos-cf"],
)
def test_a_description_asks_only_for_links_that_things_have(
    shipped_store: Path, thing: str
) -> None:
    edition = Publication(shipped_store).now()
    figures = statistics(edition)
    assert set(figures.of_things) < set(figures.properties)
    every = describe(edition.store, iris.thing(thing))
    found = describe(edition.store, iris.thing(thing), figures.of_things)
    assert len(found) > 20
    assert set(found) == set(every)
