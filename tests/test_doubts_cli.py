"""What the verbs about doubt print, as a historian reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import cli
from kgraph.cli.conflicts import _told
from kgraph.model import Claim, Conflict

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
