"""Words on the ways of shipped documents: none over another, none off the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import plots
from kgraph.network.network import tables_of
from kgraph.store import open_store


@pytest.mark.parametrize(
    "document",
    [
        "th/N8/letter",  # a hop that another source makes shorter
        "frus1961-63v06/d44",  # one sender, five posts
        "frus1961-63v06/d70",  # a letter handed back
        "event/jk-mikoyan-conversation",  # five who send word through one
    ],
)
def test_no_words_of_a_way_overlap(shipped_store: Path, document: str) -> None:
    tables = tables_of(open_store(shipped_store), ("handed-to",))
    figure = plots.route(plots.legs_of(tables.edges, tables.nodes, document))
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    texts = [t for axes in figure.axes for t in axes.texts] + list(figure.texts)
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts if t.get_text().strip()]
    assert len(boxes) > 4
    for n, (words, box) in enumerate(boxes):
        assert box.x0 >= -1
        assert box.x1 <= figure.bbox.x1 + 1, words
        for others, other in boxes[:n]:
            wide = min(box.x1, other.x1) - max(box.x0, other.x0)
            high = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert wide <= 1 or high <= 1.5, (words, others)
