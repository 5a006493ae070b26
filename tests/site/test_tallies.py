"""Counts that are kept beside a generation are those that the store gives when it is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

from kgraph.server.pages import View, tallies
from kgraph.server.publication import Publication


def test_the_table_says_what_the_store_says(shipped_store: Path, tmp_path: Path) -> None:
    home = tmp_path / "store"
    shutil.copytree(shipped_store, home)
    edition = Publication(home).now()
    view = View.of(edition)
    (edition.beside / f"{tallies.NAME}.sqlite").unlink(missing_ok=True)
    agents = [
        row["x"] for row in view.rows("SELECT DISTINCT ?x { ?node oa:hasBody|prov:agent ?x }")
    ]
    questions = (tallies.sent_to, tallies.got_from, tallies.forms)
    asked = [[question(view, iri) for question in questions] for iri in agents]
    assert any(sent and got and forms for sent, got, forms in asked)
    tallies.write(edition)
    assert [[question(view, iri) for question in questions] for iri in agents] == asked
