"""Networks of letter tables, edge tables and any source, without a store."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from kgraph.cli import application
from kgraph.network import Network, Selection, load_network, network_of, reading
from kgraph.report import KgraphError, Report

APP = application(("network", "queries"))
LETTERS = """sender,recipient,date,place
Ada Ash; Ben Birch,Cyril Cedar,1961-02-03,Oaktown
Cyril Cedar,Ada Ash,March 1961,
Cyril Cedar,,1961-04-01,
Ada Ash,Cyril Cedar,no date at all,Oaktown
Dora Dogwood,Ada Ash,1961,
"""


MAPPING = """separator = ";"
[columns]
sender = "senders"
recipient = "addressees"
date = "date"
place = "place"
"""


def letters_in(folder: Path, ending: str) -> Path:
    path = folder / f"grove{ending}"
    path.write_text(LETTERS, "utf-8")
    path.with_suffix(".toml").write_text(MAPPING, "utf-8")
    if ending == ".parquet":
        pl.read_csv(path.with_suffix(".csv"), infer_schema=False).write_parquet(path)
    return path


def read(path: Path) -> tuple[Network, Report]:
    report = Report()
    return network_of(reading.tables_from([str(path)], report)), report


def labels(network: Network) -> dict[tuple[str, str], float]:
    names = network.nodes["label"]
    return {(names[s], names[t]): w for s, t, w in network.ties.select("s", "t", "weight").rows()}


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_letter_table_is_a_network(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters_in(tmp_path, ".csv")
    monkeypatch.setattr(reading, "LARGE", 0)
    network, report = read(letters_in(tmp_path, ending))
    assert labels(network) == {
        ("Ada Ash", "Cyril Cedar"): 2, ("Ben Birch", "Cyril Cedar"): 1,
        ("Cyril Cedar", "Ada Ash"): 1, ("Dora Dogwood", "Ada Ash"): 1,
    }  # fmt: skip
    march = network.letters.filter(source_label="Cyril Cedar").row(0, named=True)
    assert (str(march["date_earliest"])[:10], str(march["date_latest"])[:10]) == (
        "1961-03-01", "1961-03-31",
    )  # fmt: skip
    assert {finding.code for finding in report} == {"rows-nameless", "date-unreadable"}
    assert network.letters["place"].drop_nulls().unique().to_list() == ["Oaktown"]


def test_columns_and_records_give_the_same_ids_and_dates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("id,sender,addressee,date\n7,Ada Ash,Ben Birch,1961-02-03\n"
                    "8,Ben Birch,[Ada Ash],1961-05\n", "utf-8")  # fmt: skip
    slow, _ = read(path)
    monkeypatch.setattr(reading, "LARGE", 0)
    fast, _ = read(path)
    same = ["source", "target", "document", "date_earliest", "date_latest", "edtf", "weight"]
    assert fast.letters.select(same).equals(slow.letters.select(same))


def test_a_joint_letter_of_a_table_is_split(tmp_path: Path) -> None:
    letters_in(tmp_path, ".csv")
    tables = reading.tables_from([str(letters_in(tmp_path, ".parquet"))], Report())
    split = labels(network_of(tables, Selection(joint="split")))
    assert split["Ben Birch", "Cyril Cedar"] == 0.5
    assert split["Ada Ash", "Cyril Cedar"] == 1.5


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_written_network_is_read_back(shipped_store: Path, tmp_path: Path, ending: str) -> None:
    from kgraph.export import letters

    kept = load_network(shipped_store)
    letters.save(kept, tmp_path / f"all{ending}")
    back, _ = read(tmp_path / f"all{ending}")
    assert back.ids == kept.ids
    assert back.ties.equals(kept.ties)
    order = ["source", "target", "document"]
    dates = ["date_earliest", "date_latest", "channel", "certainty", *order]
    assert back.letters.select(dates).sort(order).equals(kept.letters.select(dates).sort(order))


def test_a_table_without_both_ends_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"colour": ["red"], "size": [1]}).write_parquet(tmp_path / "x.parquet")
    with pytest.raises(KgraphError, match="senders and addressees"):
        read(tmp_path / "x.parquet")


def run(*words: str) -> str:
    done = CliRunner().invoke(APP, ["network", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def asked(*words: str) -> list[dict[str, object]]:
    found = json.loads(run(*words, "-f", "json"))
    assert isinstance(found, dict)
    (rows,) = found.values()
    assert isinstance(rows, list)
    return rows


def test_the_command_measures_a_table(tmp_path: Path) -> None:
    rows = asked(str(letters_in(tmp_path, ".csv")), "--table", "nodes")
    assert (rows[0]["label"], rows[0]["strength_out"]) == ("Ada Ash", 2)


@pytest.mark.parametrize("table", ["reach", "windows", "over-time", "standing", "robustness",
                                   "ranges", "triads", "overlap", "carriers"])  # fmt: skip
def test_every_table_has_rows(shipped_store: Path, table: str) -> None:
    rows = asked("--store", str(shipped_store), "--table", table, "--rounds", "5", "--days", "90")
    assert rows


def test_letters_around_a_day(shipped_store: Path) -> None:
    rows = asked("--store", str(shipped_store), "--around", "1962-10-22", "--days", "30")
    whole = rows[0]
    assert whole["channel"] == "all"
    assert sum(int(str(r["before"])) for r in rows[1:]) >= int(str(whole["before"]))
    assert float(str(whole["low"])) < float(str(whole["ratio"])) < float(str(whole["high"]))


def test_python_reads_a_letter_table_as_the_command_does(tmp_path: Path) -> None:
    found = load_network(letters_in(tmp_path, ".csv"))
    assert found.letters.height
    assert "Ada Ash" in set(found.nodes["label"])


def test_numbers_stand_at_the_right_of_a_table(shipped_store: Path) -> None:
    lines = run("--store", str(shipped_store), "--table", "nodes").splitlines()
    title, rows = lines[2], [x for x in lines[4:] if x.startswith(" person/")]
    for column in ("documents", "strength out", "pagerank"):
        end = title.index(column) + len(column)
        assert all(row[end - 1].isdigit() and row[end : end + 1].isspace() for row in rows)
    start = title.index("label")
    assert all(row[start].isalpha() and row[start - 1].isspace() for row in rows)


def test_ways_between_two(shipped_store: Path) -> None:
    text = run("--store", str(shipped_store), "--layer", "handed-to", "-f", "csv",
               "--way", "person/kennedy-jacqueline", "person/khrushchev-nikita")  # fmt: skip
    assert {line.split(",")[0] for line in text.splitlines()[1:]} == {
        "earliest", "fastest", "shortest",
    }  # fmt: skip


def test_measures_that_are_not_there_are_refused(shipped_store: Path) -> None:
    done = CliRunner().invoke(
        APP, ["network", "--store", str(shipped_store), "--table", "ranges", "--measure", "beauty"]
    )
    assert isinstance(done.exception, KgraphError)
    assert "pagerank" in str(done.exception.hint)


def test_a_choice_that_nothing_fits_says_what_there_is(shipped_store: Path) -> None:
    words = ["network", "--store", str(shipped_store), "--table", "figures", "--side", "martian"]
    told = CliRunner().invoke(APP, words, catch_exceptions=False).output
    assert "nothing has the side 'martian'" in told
    assert "soviet" in told


def test_what_is_wrong_with_many_rows_is_said_once(tmp_path: Path) -> None:
    table = tmp_path / "letters.csv"
    rows = [f"{n},Ada Ash,Ben Birch,1961,pigeon" for n in range(30)]
    table.write_text("\n".join(["id,sender,addressee,date,channel", *rows]) + "\n", "utf-8")
    told = CliRunner().invoke(APP, ["network", str(table), "-f", "csv"])
    assert told.exit_code == 0
    assert told.stderr.count("'pigeon' is no channel") == 1
    assert "the same in 29 more" in told.stderr
    assert told.stdout.startswith("id,label")
