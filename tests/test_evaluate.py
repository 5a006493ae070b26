"""Precision, recall and F1: counted rightly, compared fairly."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kgraph.accuracy.scores import Score, Tally, harmonic, wilson
from kgraph.cli import main
from kgraph.dating import parse
from kgraph.evaluate import GOLDS, comparing, evaluate, frus, golds_in, registered
from kgraph.evaluate.index import Index
from kgraph.model import Number, Party, Record, Relation
from kgraph.report import KgraphError, Report

CASE = Path(__file__).parent / "golden" / "evaluate"


def kgraph(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_the_example_scores_what_it_should() -> None:
    (found,) = evaluate(CASE / "gold", [CASE / "letters.xml"], Report())
    scores = {s.relation: s for s in found.scores}
    assert all(s.f1 in (None, 1.0) for s in scores.values()), found.tally.misses
    assert scores["sender"].hits == 3
    assert scores["document"].documents == 2  # other.xml was not read, and is left out


def test_misses_and_wrong_values_are_listed_with_the_other_side(tmp_path: Path) -> None:
    changed = (CASE / "gold" / "letters.tsv").read_text("utf-8")
    changed = changed.replace("Rider, Cy", "Eddin, Flo").replace("1899-03-04", "1899-03-05")
    (tmp_path / "letters.tsv").write_text(changed, "utf-8")
    (found,) = evaluate(tmp_path, [CASE / "letters.xml"], Report())
    scores = {s.relation: s for s in found.scores}
    sender = scores["sender"]
    assert (sender.hits, sender.wrong, sender.missed) == (2, 1, 1)
    assert (scores["date"].hits, scores["date"].missed) == (1, 1)
    listed = {(m.relation, m.kind, m.value, m.beside) for m in found.tally.misses}
    assert ("sender", "missed", "Eddin, Flo", ("Rider, Cy",)) in listed
    assert ("sender", "wrong", "Rider, Cy", ("Eddin, Flo",)) in listed


@pytest.mark.parametrize(
    ("wanted", "found", "complete", "counts"),
    [
        (["a", "b"], ["b", "a"], True, (2, 0, 0)),
        (["a", "a"], ["a"], True, (1, 0, 1)),
        (["a"], ["a", "a"], True, (1, 1, 0)),
        (["a"], ["c"], False, (0, 0, 1)),
        ([], [], True, (0, 0, 0)),
        ([], ["x"], True, (0, 1, 0)),
    ],
)
def test_counting(
    wanted: Sequence[str], found: Sequence[str], complete: bool, counts: tuple[int, int, int]
) -> None:
    tally = Tally()
    tally.compare("r", "d", wanted, found, str.__eq__, complete=complete)
    score = tally.scores["r"]
    assert (score.hits, score.wrong, score.missed) == counts


def test_precision_and_recall_without_anything_to_divide_are_none() -> None:
    assert (Score("r").precision, Score("r").recall, Score("r").f1, Score("r").interval) == (
        None,
    ) * 4
    none_right = Score("r", hits=0, wrong=1, missed=1)
    assert (none_right.precision, none_right.recall, none_right.f1) == (0.0, 0.0, 0.0)


@given(st.integers(0, 200), st.integers(1, 200))
@example(0, 75)
def test_wilsons_interval_holds_the_proportion_and_narrows(hits: int, more: int) -> None:
    trials = hits + more
    low, high = wilson(hits, trials) or (0, 0)
    assert 0 <= low <= hits / trials <= high <= 1
    wide = wilson(hits, trials)
    narrow = wilson(hits * 10, trials * 10)
    assert wide
    assert narrow
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_wilsons_interval_against_a_published_value() -> None:
    low, high = wilson(81, 263) or (0, 0)  # Newcombe 1998, table I, method 3: 0.2553 to 0.3662
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_harmonic_mean_lies_between(a: float, b: float) -> None:
    mean = harmonic(a, b)
    assert mean is not None
    assert min(a, b) - 1e-9 <= mean <= max(a, b) + 1e-9


@pytest.mark.parametrize(
    ("same", "a", "b", "answer"),
    [
        (comparing.same_name, "Marl, Ada", "Ada Marl", True),
        (comparing.same_name, "Secretary of State", "the Secretary of State", True),
        (comparing.same_name, "Größe", "Grosse", True),
        (comparing.same_name, "Vázquez", "Vazquez", True),
        (comparing.same_name, "Mr. Marl", "Marl", True),
        (comparing.same_name, "Ada Marl", "Marl", False),
        (comparing.same_name, "Marl", "Lund", False),
        (comparing.like_name, "Dobrynin A.F.", "A.F. Dobrynin", True),
        (comparing.like_name, "Dobrynin A.F.", "Dobrynin", True),
        (comparing.like_name, "Kennedy R.F.", "Robert F. Kennedy", True),
        (comparing.like_name, "Kennedy R.F.", "J.F. Kennedy", False),
        (comparing.like_name, "Semichastny V.E.", "V.E. Semichastniy", True),
        (comparing.like_name, "USSR MFA", "Ministry of Foreign Affairs of the USSR", True),
        (comparing.like_name, "CC CPSU", "USSR MFA", False),
        (comparing.same_body, "the Embassy in Libya", "Embassy in Libya", True),
        (comparing.same_body, "Embassy in Libya", "Embassy in Malta", False),
        (comparing.same_place, "Washington", "Washington, D.C.", True),
        (comparing.same_place, "Paris", "Geneva", False),
        (comparing.same_day, "1960-05-23T18:00:00", "1960-05-23", True),
        (comparing.same_day, "1960-05-23?", "1960-05-23", True),
        (comparing.same_day, "1960-05", "1960-05-23", False),
        (comparing.same_day, "", "", False),
        (comparing.same_number, "Special N 2000", "2000", True),
        (comparing.same_number, "1754 - 1765", "1754–1765", True),
        (comparing.same_number, "П126/48", "P126/48", True),
        (comparing.same_number, "1754", "1755", False),
        (comparing.same_shelf, "RGANI. F. 3. Op. 16. D. 2. L. 9. Copy.", "F. 3. Op. 16. D. 2", True),
        (comparing.same_shelf, "RGANI. F. 3. Op. 16. D. 2.", "F. 3. Op. 16. D. 3", False),
    ],
)  # fmt: skip
def test_when_a_value_found_is_the_value_wanted(
    same: Callable[[str, str], bool], a: str, b: str, answer: bool
) -> None:
    assert same(a, b) is answer
    assert same(b, a) is answer


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert kgraph("evaluate", str(CASE / "gold"), str(CASE / "letters.xml")) == 0
    printed = capsys.readouterr().out
    assert "CMIF letters" in printed
    assert "addressee" in printed
    assert "1.000" in printed


def test_the_command_prints_json_with_misses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    changed = (CASE / "gold" / "letters.tsv").read_text("utf-8").replace("Lund, Bo", "Finn, Gus")
    (tmp_path / "gold.tsv").write_text(changed, "utf-8")
    kgraph(
        "evaluate", str(tmp_path), str(CASE / "letters.xml"), "--format", "json", "--misses", "1"
    )
    (table,) = json.loads(capsys.readouterr().out)
    scores = {s["relation"]: s for s in table["relations"]}
    assert scores["addressee"]["precision"] == 0.5
    assert len(scores["addressee"]["recall_interval"]) == 2
    assert table["misses"]["addressee"][0]["value"] == "Finn, Gus"


def test_gold_that_speaks_of_nothing_read_is_bad_use(tmp_path: Path) -> None:
    text = (CASE / "gold" / "letters.tsv").read_text("utf-8").replace("letters.xml", "absent.xml")
    (tmp_path / "gold.tsv").write_text(text, "utf-8")
    assert kgraph("evaluate", str(tmp_path), str(CASE / "letters.xml")) == 2


def test_what_is_no_gold_table_is_bad_use(tmp_path: Path) -> None:
    with pytest.raises(KgraphError, match="no gold table"):
        list(golds_in(tmp_path / "absent"))
    (tmp_path / "x.tsv").write_text("a\tb\n1\t2\n", "utf-8")
    with pytest.raises(KgraphError, match="no gold table that is known"):
        list(golds_in(tmp_path))


@pytest.mark.shared
def test_every_kind_of_gold_is_known_by_its_columns(shared: Path) -> None:
    kinds = [gold.name for _, gold, _ in golds_in(shared / "gold")]
    assert sorted(kinds) == sorted(gold.name for gold in GOLDS)


@pytest.mark.parametrize(
    ("gold", "parties", "hits", "missed"),
    [
        ("Secretary to the President|", [("J. P. Tumbler", "Secretary to the President")], 1, 0),
        ("President and the Secretary of State|", [("President", None), ("Secretary of State", None)], 2, 0),
        ("President and the Secretary of State|", [("President", None)], 0, 1),
        ("Foreign Office and Colonial Office Liaison Staff|", [("Foreign Office and Colonial Office Liaison Staff", None)], 1, 0),
        ("Draft Note|", [], 0, 0),
        ("Secretary of State|", [("Vance", "Under Secretary of State")], 0, 1),
    ],
)  # fmt: skip
def test_one_party_named_in_two_ways(
    gold: str, parties: list[tuple[str, str | None]], hits: int, missed: int
) -> None:
    record = Record(
        id="frus1/d1", source="x",
        senders=tuple(Party(name=name, role=role) for name, role in parties),
    )  # fmt: skip
    row = dict.fromkeys(("to_person", "to_org", "date_when", "date_from", "date_to", "date_text", "place", "kind", "signed", "tag_suspect"), "")  # fmt: skip
    row |= {"volume": "frus1", "doc_id": "d1", "from_person": "", "from_org": gold}
    tally = Tally()
    frus.documents([row], Index([record]), tally)
    score = tally.scores.get("sender", Score("sender"))
    assert (score.hits, score.missed) == (hits, missed)


ROW = {
    "kind": "memorandum", "numbers": "", "date_edtf": "XXXX-02-26", "senders": "p/hale",
    "addressees": "p/dunn [implied]", "relations": "", "language": "",
}  # fmt: skip
HALE, DUNN = Party(name="Hale", id="person/hale"), Party(name="Dunn", id="person/dunn")


@pytest.mark.parametrize(
    ("entry", "row", "same"),
    [
        ({"senders": (HALE,), "date": parse("1961-02-26")}, {}, True),
        ({"senders": (DUNN,), "date": parse("1961-02-26")}, {}, False),  # somebody else's
        ({"senders": (HALE,), "form": "note"}, {}, False),
        ({"form": "memorandum"}, {}, False),  # it tells nothing by which to know it
        ({"addressees": (DUNN,)}, {"date_edtf": ""}, True),
        ({"numbers": (Number(kind="telegram", value="38"),), "form": "telegram"}, {"kind": "telegram", "numbers": "39"}, False),
        ({"relations": (Relation(type="version-of", target="ed/9", note="russian text"),)},
         {"relations": "version of ed/9/message", "language": "Russian"}, True),
        ({"relations": (Relation(type="version-of", target="ed/9", note="russian text"),)},
         {"relations": "version of ed/9", "language": "English (implied)"}, False),
        ({"relations": (Relation(type="version-of", target="ed/8", note="russian text"),)},
         {"relations": "version of ed/9", "language": "Russian"}, False),
    ],
)  # fmt: skip
def test_when_an_entry_of_the_register_is_the_document_of_a_gold_row(
    entry: dict[str, Any], row: dict[str, str], same: bool
) -> None:
    about = next((r.target for r in entry.get("relations", ())), "ed/9")
    one = Record(
        **{"id": "ed/9/spoken-1", "source": "ed", "form": "memorandum", "status": "cited", **entry}
    )
    assert registered.same({**ROW, **row}, one, about) is same
