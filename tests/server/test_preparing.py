"""Large stores: what takes long is made by a process of its own, and nobody hangs meanwhile."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from kgraph.server import preparing
from kgraph.server.application import Settings, application
from kgraph.server.pages import View
from kgraph.server.pages.exchanges import NAME, neighbours
from kgraph.server.publication import Publication

pytest.importorskip("tantivy", reason="search needs: pip install 'kgraph[serve]'")
LETTERS = """SELECT DISTINCT ?a ?b ?time {
  ?x rico:hasSender ?a ; rico:hasAddressee ?b ; kg:earliest ?time } ORDER BY ?a ?b ?time LIMIT 300"""
LETTER = "/doc/document/frus/21"
HTML = {"Accept": "text/html"}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "LARGE", 0)


def generation(home: Path) -> Path:
    return home / (home / "current").read_text().strip()


def test_letters_answer_and_search_says_come_again_until_all_is_ready(
    large: None, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing.Preparation.ready, "__defaults__", (0.001,))
    for made in generation(own_home).glob("search-*"):
        shutil.rmtree(made)
    with TestClient(application(Settings(own_home, workers=1))) as client:
        waiting = client.get("/search?q=letter", headers=HTML)
        assert waiting.status_code == 503
        assert int(waiting.headers["Retry-After"]) > 0
        assert client.get(LETTER, headers=HTML).status_code == 200
        until = time.monotonic() + 120
        while (found := client.get("/search?q=letter", headers=HTML)).status_code == 503:
            assert time.monotonic() < until
            time.sleep(0.2)
        assert found.status_code == 200
        assert list(generation(own_home).glob("search-*"))


def test_the_table_of_exchanges_says_the_same_as_the_store(own_home: Path) -> None:
    publication = Publication(own_home)
    edition = publication.now()
    view = View(edition, Request({"type": "http", "method": "GET", "path": "/", "headers": []}))
    letters = view.rows(LETTERS)
    asked = [neighbours(view, row["time"], row["a"], row["b"]) for row in letters]
    preparing.make(publication, edition, "exchanges")
    assert (edition.store.folder / f"{NAME}.sqlite").exists()
    assert [neighbours(view, row["time"], row["a"], row["b"]) for row in letters] == asked
    assert any("before" in found and "after" in found for found in asked)


def test_what_is_made_ready_is_known_to_be(own_home: Path) -> None:
    publication = Publication(own_home)
    edition = publication.now()
    for name in (*preparing.AT_ONCE, "history"):
        preparing.make(publication, edition, name)
        assert preparing.made(edition, name), name
