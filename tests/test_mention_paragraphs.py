"""Mentions in paragraphs of our own, in the manner of papers of several eras.

They guard against rules that fit only texts at hand: floors a little under what was
measured when the rules were written.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kgraph.extract.mentions import MentionFinder
from marked import matched, paragraphs, unmarked

FILE = Path(__file__).parent / "golden" / "mentions" / "paragraphs.txt"
FLOORS = {  # precision, recall
    "person": (0.96, 0.92),
    "organisation": (0.88, 0.86),
    "place": (0.92, 0.84),
    "event": (0.85, 0.75),
    "document": (0.80, 0.75),
}


@pytest.fixture(scope="module")
def counts() -> dict[str, Counter[str]]:
    finder = MentionFinder()
    out = {kind: Counter[str]() for kind in FLOORS}
    for _, text, wanted in paragraphs(FILE):
        found = [(m.start or 0, m.end or 0, m.type) for m in finder.find(text)]
        hits, missed, wrong = matched(wanted, found)
        for name, spans in (("hits", hits), ("missed", missed), ("wrong", wrong)):
            for _, _, kind in spans:
                out[kind][name] += 1
    return out


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_mentions_are_found(kind: str, counts: dict[str, Counter[str]]) -> None:
    one = counts[kind]
    precision = one["hits"] / (one["hits"] + one["wrong"])
    recall = one["hits"] / (one["hits"] + one["missed"])
    assert (precision, recall) >= (FLOORS[kind][0], 0), one
    assert recall >= FLOORS[kind][1], one


def test_marks_are_taken_out() -> None:
    assert unmarked("{e the fall of {l Ozark}} came") == (
        "the fall of Ozark came",
        [(0, 17, "event"), (12, 17, "place")],
    )


@pytest.fixture(scope="module")
def sentences() -> dict[str, Counter[str]]:
    finder = MentionFinder()
    out = {kind: Counter[str]() for kind in ("event", "document")}
    for _, text, wanted in paragraphs(FILE.with_name("events_documents.txt")):
        found = [(m.start or 0, m.end or 0, m.type) for m in finder.find(text) if m.type in out]
        for name, spans in zip(("hits", "missed", "wrong"), matched(wanted, found), strict=True):
            for _, _, kind in spans:
                out[kind][name] += 1
    return out


@pytest.mark.parametrize(("kind", "hits", "wrong"), [("event", 24, 0), ("document", 20, 2)])
def test_sentences_with_events_and_documents(
    kind: str, hits: int, wrong: int, sentences: dict[str, Counter[str]]
) -> None:
    assert sentences[kind]["hits"] >= hits
    assert sentences[kind]["wrong"] <= wrong
