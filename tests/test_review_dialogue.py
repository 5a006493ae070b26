"""The walk through doubts in the terminal, and what its files do to a build that is served."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgraph.authorities.doubts import doubts
from kgraph.authorities.review import Decision, Decisions, read_decisions
from kgraph.build import build
from kgraph.cli.review import review
from kgraph.model import Claim, Conflict, Identity, Mention, Record, Redirect
from kgraph.report import KgraphError, Report

TWIN = Redirect(id="person/list/p1", to="person/pell", probability=0.81, reasons=("same surname",))
PAIR = Identity(document="a/1", records=("a/1", "b/7"), score=0.92, reasons=("one number",), source="matching")  # fmt: skip
CLASH = Conflict(
    id="conflict/date/a/1", source="matching", kind="date", subject="a/1", property="date",
    claims=(Claim(value="1931-05-04", source="x"), Claim(value="1931-05-14", source="y")),
    preferred="1931-05-04",
)  # fmt: skip
TEXT = "Pell wrote; Pell signed; the Consul waited."
LETTER = Record(
    id="a/1", source="x", form="letter", text=TEXT,
    mentions=(
        Mention(text="Pell", type="person", start=0, end=4, id="person/pell", probability=0.9, reasons=("same surname",)),
        Mention(text="Pell", type="person", start=12, end=16, id="person/pell", probability=0.9, reasons=("same surname",)),
        Mention(text="the Consul", type="person", start=25, end=35, probability=0.5, reasons=("perhaps person/ross, probability 0.50",)),
        Mention(text="waited", type="event", start=36, end=42, id="event/wait", probability=0.99, reasons=("sure",)),
    ),
)  # fmt: skip

Walk = Callable[..., list[Decision]]


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Runs the dialogue over the doubts above with the answers given; returns what was decided."""

    def run(*answers: str, **options: object) -> list[Decision]:
        given = iter(answers)

        def answer(_: str) -> str:
            try:
                return next(given)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr(
            "kgraph.cli.resolving.resolved", lambda *_, **__: iter((TWIN, PAIR, CLASH, LETTER))
        )
        folder = tmp_path / "decisions"
        assert review(["x"], decisions=folder, reviewer="A. Scholar", **options) == 0  # type: ignore[arg-type]
        return read_decisions(folder).all

    return run


def test_the_most_doubtful_come_first_and_equal_ones_once() -> None:
    found = doubts([TWIN, PAIR, CLASH, LETTER], Decisions())
    assert [(d.about, d.subject, d.times) for d in found] == [
        ("person", "a/1#the Consul@25", 1),
        ("conflict", "conflict/date/a/1", 1),
        ("person", "person/list/p1", 1),
        ("person", "a/1#Pell", 2),
        ("document", "b/7", 1),
    ]
    assert [d.made for d in found if d.about == "person"] == [False, True, True]


def test_what_was_decided_is_not_asked_again(walk: Walk) -> None:
    assert len(walk("", "", "a", "sure of it")) == 1
    left = doubts([TWIN, PAIR, CLASH, LETTER], Decisions(walk("q")))
    assert "person/list/p1" not in [d.subject for d in left]


def test_each_answer_makes_its_decision(walk: Walk) -> None:
    made = walk(
        "m", "person/test-unknown", "y", "the dates agree",  # the Consul means another
        "m", "1931-05-14", "",  # the conflict
        "s", "person/a person/b", "two men",  # the entry of the list
        "n", "seen in the ledger",  # Pell
        "r", "",  # the documents are two
    )  # fmt: skip
    assert {(d.decision, d.about, d.subject, d.target, d.parts, d.note) for d in made} == {
        ("merge", "person", "a/1#the Consul@25", "person/test-unknown", (), "the dates agree"),
        ("merge", "conflict", "conflict/date/a/1", "1931-05-14", (), None),
        ("split", "person", "person/list/p1", None, ("person/a", "person/b"), "two men"),
        ("note", "person", "a/1#Pell", "person/pell", (), "seen in the ledger"),
        ("reject", "document", "b/7", "a/1", (), None),
    }
    assert {d.reviewer for d in made} == {"A. Scholar"}


def test_slips_are_asked_again(walk: Walk) -> None:
    made = walk(
        "x", "s", "m", "person/nobody", "n", "a", "",  # no such answer; no split here; not that id
        about="person", limit=1,
    )  # fmt: skip
    assert [(d.decision, d.target) for d in made] == [("accept", "person/ross")]
    with pytest.raises(KgraphError):
        walk(about="weather")


def test_a_split_without_parts_and_a_note_without_words_are_none(walk: Walk) -> None:
    assert walk("", "s", "person/a", "n", "", "q", about="person") == []


def test_conflicts_bear_what_was_decided() -> None:
    def decided(verdict: str, target: str | None = None) -> Conflict:
        one = Decision(decision=verdict, about="conflict", subject=CLASH.id, target=target,  # type: ignore[arg-type]
                       reviewer="A. Scholar", date="2026-01-02", note="the postmark")  # fmt: skip
        return Decisions([one]).conflict(CLASH)

    other = decided("merge", "1931-05-14")
    assert other.preferred == "1931-05-14"
    assert other.rule == "merged by A. Scholar on 2026-01-02: the postmark"
    assert other.claims == CLASH.claims
    assert decided("reject").assessment == "no conflict: rejected by A. Scholar on 2026-01-02: the postmark"  # fmt: skip
    assert decided("note").preferred == CLASH.preferred


DATA = """
source: letterbook
records:
  - id: lb/1
    form: letter
    senders: [Ann Archer <person/test-ann>]
    addressees: [Ben Baker <person/test-ben>]
    date: 1901-02-03
persons:
  - {id: person/test-ann, label: Ann Archer}
  - {id: person/test-ben, label: Ben Baker}
  - {id: person/test-archer, label: A. Archer}
  - {id: person/test-both, label: the Bakers}
"""
SOURCES = '[[sources]]\nid = "letterbook"\ntitle = "A letter book"\nkind = "letter book"\n'
MERGED = "decision: merge\nabout: person\nsubject: person/test-archer\ntarget: person/test-ann\nreviewer: A. Scholar\ndate: 2026-01-02\n"
SPLIT = "decision: split\nabout: person\nsubject: person/test-both\nparts: [person/test-ann, person/test-ben]\nreviewer: A. Scholar\ndate: 2026-01-02\n"


def test_merged_and_split_ids_are_answered_for_when_served(tmp_path: Path) -> None:
    pytest.importorskip("httpx", reason="the test client needs httpx")
    from starlette.testclient import TestClient

    from kgraph.server.application import Settings, application
    from kgraph.show import describe
    from kgraph.store import open_store

    data = tmp_path / "data"
    (data / "decisions").mkdir(parents=True)
    (data / "letters.yaml").write_text(DATA, "utf-8")
    (data / "sources.toml").write_text(SOURCES, "utf-8")
    (data / "decisions" / "1.yaml").write_text(MERGED, "utf-8")
    (data / "decisions" / "2.yaml").write_text(SPLIT, "utf-8")
    home = tmp_path / "store"
    build([data], home, jobs=1, report=Report())
    with TestClient(application(Settings(home, workers=1)), follow_redirects=False) as client:
        merged = client.get("/doc/person/test-archer")
        assert (merged.status_code, merged.headers["location"]) == (301, "/doc/person/test-ann")
        split = client.get("/doc/person/test-both")
        assert split.status_code == 410
        assert "person/test-ann" in split.text
        assert "person/test-ben" in split.text
        assert client.get("/doc/person/test-ann").status_code == 200
    told = describe(open_store(home), "person/test-ann")
    assert told.aliases == ["person/test-archer"]
