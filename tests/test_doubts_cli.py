"""What the verbs about doubt print, as a historian reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgraph import cli
from kgraph.cli.conflicts import _told
from kgraph.model import Claim, Conflict
from kgraph.shipped import folder

YAML = """\
source: a
records:
  - id: a/1
    form: letter
    date: 1961-05-03
    relations:
      - {cites: a/9}
  - id: a/9
    form: telegram
    status: cited
    senders: [Brack]
  - id: ed/a/9
    document: a/9
    form: other
    status: cited
  - id: a/8
    form: letter
    status: cited
  - id: ed/a/8
    document: a/8
    form: letter
    status: extant
"""


def test_a_document_that_some_record_gives_is_not_missing_and_each_is_listed_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(YAML)
    with pytest.raises(SystemExit):
        cli.main(["missing", str(file), "-f", "tsv"])
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split("\t")[:3] for line in lines[1:]]
    assert rows == [["a/9", "cited", "[Telegram from Brack]"]]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        cli.main(list(arguments))
    return capsys.readouterr().out


def test_conflicts_and_missing_are_those_of_the_store_and_no_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who built a graph of his own is not told of the documents that come with kgraph."""
    file = tmp_path / "a.yaml"
    file.write_text(
        YAML
        + """\
  - id: b/1
    document: a/1
    form: letter
    date: 1961-05-04
"""
    )
    store = str(tmp_path / "store")
    run(capsys, "build", str(file), "--store", store, "--quiet")
    told = run(capsys, "conflicts", "--store", store, "-f", "tsv").splitlines()[1:]
    assert {line.split("\t")[1] for line in told} == {"a/1"}
    assert [line.split("\t")[3] for line in told] == ["1961-05-03", "1961-05-04"]
    assert run(capsys, "conflicts", "--store", store, "--kind", "place").strip() == ""
    gone = run(capsys, "missing", "--store", store, "-f", "tsv").splitlines()[1:]
    assert [line.split("\t")[0] for line in gone] == ["a/9"]
    assert gone[0].split("\t")[3] == "a/1"


def test_a_review_is_of_what_the_store_was_built_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(YAML + "  - {id: b/1, document: a/1, form: letter, date: 1961-05-04}\n")
    store = str(tmp_path / "store")
    run(capsys, "build", str(file), "--store", store, "--quiet")
    told = run(capsys, "review", "--list", "--store", store)
    assert "1961-05-04" in told
    assert "frus" not in told
    file.rename(tmp_path / "b.yaml")
    with pytest.raises(SystemExit) as ended:
        cli.main(["review", "--list", "--store", store])
    assert ended.value.code == 2
    assert "a.yaml, from which the store was built, is not there" in capsys.readouterr().err


def test_what_a_missing_document_may_be_is_in_the_graph(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        """\
source: a
records:
  - {id: a/1, form: letter, date: 1961-05-06, relations: [{cites: "a memorandum of May 3, 1961"}]}
  - {id: a/2, form: memorandum, date: 1961-05-03, senders: [Quibble]}
  - {id: a/3, form: memorandum, date: 1961-05-03, senders: [Bramble]}
"""
    )
    store = str(tmp_path / "store")
    run(capsys, "build", str(file), "--store", store, "--quiet")
    (gone,) = run(capsys, "missing", "--store", store, "-f", "tsv").splitlines()[1:]
    assert gone.split("\t")[4] == "a/2 (0.50), a/3 (0.50)"
    assert gone in run(capsys, "missing", str(file), "-f", "tsv")
    (row,) = json.loads(run(capsys, "missing", "--store", store, "-f", "json"))
    assert row["candidates"] == [["a/2", 0.5], ["a/3", 0.5]]


def test_conflicts_from_the_store_are_those_read_from_its_sources(
    shipped_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = run(capsys, "conflicts", "--store", str(shipped_store), "--document", "th/N6")
    read = run(capsys, "conflicts", str(folder("data")), "--document", "th/N6")
    assert "N6 heading: 26 November 1963, says th/N6: “26 November 1963”" in stored
    assert sorted(read.split("\n\n")[0].splitlines()[1:]) == sorted(
        next(p for p in stored.split("\n\n") if "date (date)" in p).splitlines()[1:]
    )


def test_a_conflict_is_told_as_a_paragraph() -> None:
    conflict = Conflict(
        id="conflict/x", source="matching", kind="file-number-date", subject="a/1", property="date",
        claims=(
            Claim(value="1961-05-03", source="a", record="a/1", words="3 May 1961"),
            Claim(value="1961-05-08", source="b"),
        ),
        preferred="1961-05-03", rule="it is nearer",
    )  # fmt: skip
    assert _told(conflict).splitlines() == [
        "a/1: date (file number date)",
        "  - 1961-05-03, says a/1: “3 May 1961”",
        "  - 1961-05-08, says b",
        "  preferred: 1961-05-03, since it is nearer",
    ]
