"""Letters in tables: ready mappings, a mapping beside the table, guesses that are told."""

from __future__ import annotations

import builtins
import csv
import io
from pathlib import Path
from typing import Any

import pytest

from kgraph import sources
from kgraph.model import Record
from kgraph.report import KgraphError, Report
from kgraph.sources import columns, letter_table


def rows(path: Path, content: str | bytes) -> tuple[list[Record], Report]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    report = Report()
    return [r for r in sources.read(path, report) if isinstance(r, Record)], report


READY = {
    "csv2cmi": "key,sender,senderID,senderPlace,senderDate,senderDateText,addressee,addresseeID\n"
    "5,Marl,http://d-nb.info/gnd/1,Wien,1899-03-04,4. März,Lund,\n",
    "emlo": "Record ID,Author,Recipient,Origin name,Year,Month,Day,Date as marked\n"
    "5,Marl,Lund,Wien,1899,3,4,4. März\n",
    "correspsearch": "Nummer;Absender;Absender-GND;Absendeort;Empfänger;Datum\n"
    "5;Marl;http://d-nb.info/gnd/1;Wien;Lund;1899-03-04\n",
    "gephi": "Source\tTarget\tType\tId\tWeight\tDate\nMarl\tLund\tDirected\t5\t3\t1899-03-04\n",
}


@pytest.mark.parametrize("name", READY)
def test_ready_mappings(tmp_path: Path, name: str) -> None:
    ending = "tsv" if "\t" in READY[name] else "csv"
    (record,), report = rows(tmp_path / f"table.{ending}", READY[name])
    assert not [f for f in report if f.severity != "info" or f.code == "columns-guessed"]
    assert record.id.endswith("/5")
    assert [p.name for p in record.senders] == ["Marl"]
    assert [p.name for p in record.addressees] == ["Lund"]
    assert record.date
    assert record.date.edtf == "1899-03-04"
    if name != "gephi":
        assert record.place
        assert record.place.name == "Wien"
    for thing in (*record.senders, *record.addressees):
        assert record.text[thing.start : thing.end] == thing.name


def test_a_mail_archive(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Message-ID", "Date", "From", "To", "Cc", "Subject", "In-Reply-To"])
    writer.writerow(["<a@x>", "Mon, 14 May 2001 16:39:00 -0700", '"Ada Marl" <ada@x.org>',
                     "bo@y.org, Cy Rider <cy@y.org>", "dee@z.org", "Tides", "<b@x>"])  # fmt: skip
    (record,), report = rows(tmp_path / "mails.csv", out.getvalue())
    assert len(report) == 0
    assert record.form == "message"
    assert [(p.name, p.ref) for p in record.senders] == [("Ada Marl", "mailto:ada@x.org")]
    assert [p.name for p in record.addressees] == ["bo@y.org", "Cy Rider"]
    assert [p.name for p in record.copies_to] == ["dee@z.org"]
    assert record.date
    assert (record.date.edtf, record.date.zone) == ("2001-05-14T16:39:00", "-07:00")
    assert record.title == "Tides"
    assert [(r.type, r.target) for r in record.relations] == [("reply-to", "<b@x>")]


def test_guesses_are_told_and_unused_columns_too(tmp_path: Path) -> None:
    (record,), report = rows(
        tmp_path / "mine.csv", "Verfasser,Adressat,Fecha,Colour\nMarl,Lund,1899,blue\n"
    )
    assert (record.senders[0].name, record.addressees[0].name) == ("Marl", "Lund")
    assert {f.code: f.severity for f in report} == {
        "columns-guessed": "info",
        "columns-unused": "info",
    }
    told = {f.code: f.message for f in report}
    assert "'Verfasser' as senders" in told["columns-guessed"]
    assert "'Colour'" in told["columns-unused"]


def test_a_mapping_beside_the_table_is_used(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'separator = "/"\nsenders = ["Marl"]\n[columns]\nwhom = "addressees"\n"day sent" = "date"\n',
        "utf-8",
    )
    (record,), report = rows(tmp_path / "mine.csv", "whom,day sent\nLund/Rider,1899-03-04\n")
    assert len(report) == 0
    assert [p.name for p in record.addressees] == ["Lund", "Rider"]
    assert [(p.name, p.certainty) for p in record.senders] == [("Marl", "inferred")]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ('[columns]\nwhom = "adressee"\n', "no field"),
        ("columns = 3\n", "Expected"),
        ("[columns\n", "line 1"),
        ('extends = "nothing"\n[columns]\nwhom = "addressees"\n', "no ready mapping"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, mapping: str, words: str) -> None:
    (tmp_path / "mine.toml").write_text(mapping, "utf-8")
    found, report = rows(tmp_path / "mine.csv", "whom,when\nLund,1899\n")
    (finding,) = report.findings
    assert found == []
    assert words in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("1541-01-20~", "1541-01-20~"),
        ("/1541-07-18", "../1541-07-18"),
        ("1541-09-26/", "1541-09-26/.."),
        ("1541", "1541"),
        ("18860712", "1886-07-12"),
        ("4.3.1899", "1899-03-04"),
    ],
)
def test_dates_in_cells(tmp_path: Path, written: str, edtf: str) -> None:
    (record,), _ = rows(tmp_path / "t.csv", f"sender,addressee,senderDate\nMarl,Lund,{written}\n")
    assert record.date
    assert (record.date.edtf, record.date.text) == (edtf, written)


def test_an_unreadable_date_costs_a_finding_and_not_the_letter(tmp_path: Path) -> None:
    (record,), report = rows(
        tmp_path / "t.csv", "sender,addressee,senderDate\nMarl,Lund,when pigs fly\n"
    )
    assert [f.code for f in report] == ["date-unreadable"]
    assert [f.where for f in report] == [f"{tmp_path / 't.csv'}:2"]
    assert record.senders[0].name == "Marl"


def test_rows_with_too_many_cells_and_rows_without_names(tmp_path: Path) -> None:
    found, report = rows(
        tmp_path / "t.csv", "sender,addressee,senderDate\nMarl,Lund,1899,extra\n,,1899\n\nA,B,\n"
    )
    assert [r.locator for r in found] == ["line 2", "line 5"]
    assert [(f.code, f.where.rpartition(":")[2]) for f in report] == [
        ("row-too-long", "2"), ("rows-nameless", "3"),
    ]  # fmt: skip


def test_cells_over_several_lines_keep_their_line_numbers(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path / "t.csv", 'sender,addressee,note,senderDate\nA,B,"one\ntwo",1899\nC,D,,x\n'
    )
    assert [r.locator for r in found] == ["line 2", "line 4"]


def xlsx(path: Path, table: list[list[Any]]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in table:
        book.active.append(line)
    book.save(path)


def ods(path: Path, table: list[list[Any]]) -> None:
    pytest.importorskip("odf")
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    sheet = Table(name="letters")
    for line in table:
        row = TableRow()
        for value in line:
            cell = TableCell()
            cell.addElement(P(text=str(value)))
            row.addElement(cell)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_spreadsheets_are_read_like_csv(tmp_path: Path, kind: str) -> None:
    table = [["key", "sender", "addressee", "senderDate"], [5, "Größe", "Lund", "1899-03-04"]]
    path = tmp_path / f"sheets.{kind}"
    (xlsx if kind == "xlsx" else ods)(path, table)
    report = Report()
    (record,) = (r for r in sources.read(path, report) if isinstance(r, Record))
    assert len(report) == 0
    assert (record.id, record.senders[0].name) == ("sheets/5", "Größe")
    assert record.date
    assert record.date.edtf == "1899-03-04"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_without_the_package_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / f"table.{kind}"
    (xlsx if kind == "xlsx" else ods)(path, [["sender", "addressee"], ["A", "B"]])
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in ("openpyxl", "odf"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    report = Report()
    assert list(sources.read(path, report)) == []
    (finding,) = report.findings
    assert "kgraph[tables]" in (finding.hint or "")


def test_every_ready_mapping_names_fields_that_exist() -> None:
    ready = columns.ready()
    assert {"csv2cmi", "emlo", "correspsearch", "gephi", "mail"} <= ready.keys()
    for mapping in ready.values():
        assert set(mapping.columns.values()) <= columns.FIELDS
        known = {columns.plain(name) for name in mapping.columns}
        assert known >= {columns.plain(name) for name in mapping.needs}


def test_a_text_with_commas_is_no_table() -> None:
    head = b"Dear Ada, I write from Wien, where it rains,\nand so on, and so on."
    assert not letter_table.sniff(head, "letter.txt")


@pytest.mark.shared
def test_a_real_table_of_letters(shared: Path) -> None:
    path = shared / "sources" / "cmif" / "moritz" / "letters.csv"
    report = Report()
    found = [r for r in sources.read(path, report) if isinstance(r, Record)]
    with path.open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    assert len(found) == len(wanted)
    assert len({r.id for r in found}) == len(found)
    for record, row in zip(found, wanted, strict=True):
        several = [" ".join(name.split()).strip("[]? ") for name in row["sender"].split("|")]
        assert [p.name for p in record.senders] == [name for name in several if name]
        refs = row["senderID"].split("|")
        assert [p.ref or "" for p in record.senders][: len(refs)] == refs[: len(record.senders)]
    dated = [r for r in found if r.date and r.date.edtf]
    assert len(dated) >= 0.999 * sum(bool(row["senderDate"]) for row in wanted)


def test_a_column_that_is_no_name_is_bad_use_only_in_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[columns]\na = "b"\n', "utf-8")
    with pytest.raises(KgraphError, match="is no field"):
        columns.load(tmp_path / "m.toml")


def test_a_column_tells_how_a_letter_went(tmp_path: Path) -> None:
    told, report = rows(
        tmp_path / "ways.csv",
        "sender,addressee,date,channel,carrier\n"
        "Marl,Lund,1861-03-04,Pouch,Captain Ost\n"
        "Marl,Lund,1861-03-05,Bolshakov route,\n"
        "Marl,Lund,1861-03-06,balloon,\n"
        "Marl,Lund,1861-03-07,,\n",
    )
    pouch, route, balloon, nothing = told
    leg = pouch.legs[0]
    assert (leg.mode, leg.channel) == ("pouch", "pouch")
    assert [p.name for p in (leg.from_, leg.by, leg.to) if p] == ["Marl", "Captain Ost", "Lund"]
    assert (pouch.text or "")[leg.start : leg.end] == "Pouch"
    assert (route.legs[0].mode, route.legs[0].channel) == (None, "bolshakov")
    assert (balloon.legs[0].channel, balloon.legs[0].mode_text) == (None, "balloon")
    assert [f.where for f in report if f.code == "channel-unknown"] == [f"{tmp_path}/ways.csv:4"]
    assert nothing.legs == ()
