"""Letter tables as people make them; the expectations were written before the reader was asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import intake, letter_table

Facts = tuple[list[str], list[str], str | None, str | None, str | None]
WANTED: Facts = (["Ada Marl"], ["Bo Lund"], "1875-07-13", "Wien", "Aro")


def read(path: Path) -> tuple[list[Record], Counter[str]]:
    report = Report()
    found = [r for r in intake.read(path, report) if isinstance(r, Record)]
    return found, Counter(f.code for f in report if f.severity != "info")


def facts(one: Record) -> Facts:
    return (
        [p.name for p in one.senders],
        [p.name for p in one.addressees],
        one.date.edtf if one.date else None,
        one.place.name if one.place else None,
        one.place_to.name if one.place_to else None,
    )


HEADS = {
    "german": "Absender;Empfänger;Datum;Absendeort;Empfangsort\n{};{};{};{};{}\n",
    "german-plain": "Briefschreiber;Briefempfänger;Briefdatum;Ausstellungsort;Zielort\n{};{};{};{};{}\n",
    "german-with-ids": "Absender (Name);Absender (ID);Empfänger (Name);Empfänger (ID);Datum;Absendeort (Name);Empfangsort (Name)\n{};;{};;{};{};{}\n",
    "french": "Expéditeur,Destinataire,Date,Lieu d'expédition,Lieu de destination\n{},{},{},{},{}\n",
    "spanish": "Remitente,Destinatario,Fecha,Lugar de origen,Lugar de destino\n{},{},{},{},{}\n",
    "italian": "Mittente,Destinatario,Data,Luogo di partenza,Luogo di arrivo\n{},{},{},{},{}\n",
    "dutch": "Afzender,Geadresseerde,Datum,Plaats,Plaats van bestemming\n{},{},{},{},{}\n",
    "russian": "Отправитель,Адресат,Дата,Место отправления,Место назначения\n{},{},{},{},{}\n",
    "english-plurals": "Author(s),Recipient(s),Date,Place of origin,Place of destination\n{},{},{},{},{}\n",
    "english-names": "Sender Name,Addressee Name,Date of writing,Sent From Place,Sent To Place\n{},{},{},{},{}\n",
    "snake": "letter_from,letter_to,letter_date,letter_place_from,letter_place_to\n{},{},{},{},{}\n",
    "camel": "fromPerson,toPerson,dateSent,fromPlace,toPlace\n{},{},{},{},{}\n",
    "capitals": "SENDER,RECIPIENT,DATE,ORIGIN,DESTINATION\n{},{},{},{},{}\n",
    "tabs": "Sender\tRecipient\tDate\tOrigin\tDestination\n{}\t{}\t{}\t{}\t{}\n",
    "bars": "Sender|Recipient|Date|Origin|Destination\n{}|{}|{}|{}|{}\n",
    "excel-says-the-separator": "sep=;\nSender;Recipient;Date;Origin;Destination\n{};{};{};{};{}\n",
    "title-above": "Letters of the Marl family\n\nSender,Recipient,Date,Origin,Destination\n{},{},{},{},{}\n",
    "title-above-padded": "Letters of the Marl family,,,,\n,,,,\nSender,Recipient,Date,Origin,Destination\n{},{},{},{},{}\n",
    "comment-above": "# made by hand, 2019\n# by nobody\nSender,Recipient,Date,Origin,Destination\n{},{},{},{},{}\n",
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_heads_of_tables(tmp_path: Path, head: str, encoding: str) -> None:
    path = tmp_path / "family.csv"
    path.write_bytes(
        head.format("Ada Marl", "Bo Lund", "1875-07-13", "Wien", "Aro").encode(encoding)
    )
    found, codes = read(path)
    assert [facts(r) for r in found] == [WANTED]
    assert not codes


@pytest.mark.parametrize(
    ("head", "cells", "edtf"),
    [
        ("Year,Month,Day", "1875,7,13", "1875-07-13"),
        ("year,month,day", "1875,7,", "1875-07"),
        ("Year,Month,Day", "1875,July,13", "1875-07-13"),
        ("Jahr,Monat,Tag", "1875,Juli,13", "1875-07-13"),
        ("Année,Mois,Jour", "1875,juillet,13", "1875-07-13"),
        ("Año,Mes,Día", "1875,julio,13", "1875-07-13"),
        ("Day,Month,Year", "13,07,1875", "1875-07-13"),
        ("Sent year,Sent month,Sent day", "1875,7,13", "1875-07-13"),
        ("Year,Month,Day", "1875,,", "1875"),
        ("Year,Month,Day", "[1875],7,13", "1875-07-13"),
    ],
)
def test_a_date_over_three_columns(tmp_path: Path, head: str, cells: str, edtf: str) -> None:
    path = tmp_path / "family.csv"
    path.write_text(f"Sender,Recipient,{head}\nAda Marl,Bo Lund,{cells}\n", "utf-8")
    found, _ = read(path)
    assert [r.date.edtf if r.date else None for r in found] == [edtf]


@pytest.mark.parametrize(
    ("cells", "edtfs", "code"),
    [
        (["13/07/1875", "03/04/1875"], ["1875-07-13", "1875-04-03"], None),
        (["07/13/1875", "03/04/1875"], ["1875-07-13", "1875-03-04"], None),
        (["03/04/1875", "05/06/1875"], ["1875", "1875"], "date-ambiguous"),
        (["03.04.1875", "13.07.1875"], ["1875-04-03", "1875-07-13"], None),
    ],
)
def test_day_or_month_first(
    tmp_path: Path, cells: list[str], edtfs: list[str], code: str | None
) -> None:
    path = tmp_path / "family.csv"
    path.write_text(
        "Sender,Recipient,Date\n" + "".join(f"Ada,Bo,{cell}\n" for cell in cells), "utf-8"
    )
    found, codes = read(path)
    assert [r.date.edtf if r.date else None for r in found] == edtfs
    assert list(codes) == ([code] if code else [])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Marl, Ada; Lund, Bo", ["Marl, Ada", "Lund, Bo"]),
        ("Ada Marl | Bo Lund", ["Ada Marl", "Bo Lund"]),
        ("Ada Marl / Bo Lund", ["Ada Marl", "Bo Lund"]),
        ("Marl, Ada", ["Marl, Ada"]),
        ("Ada Marl & Sons", ["Ada Marl & Sons"]),
    ],
)
def test_several_names_in_a_cell(tmp_path: Path, cell: str, names: list[str]) -> None:
    path = tmp_path / "family.csv"
    path.write_text(f'Sender,Recipient,Date\n"{cell}",Cy Rider,1875\n', "utf-8")
    found, _ = read(path)
    assert [p.name for r in found for p in r.senders] == names


def test_names_in_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "family.csv"
    path.write_text(
        "Sender first name,Sender last name,Recipient first name,Recipient last name,Date\n"
        "Ada,Marl,Bo,Lund,1875-07-13\n",
        "utf-8",
    )
    found, _ = read(path)
    assert [facts(r)[:3] for r in found] == [(["Ada Marl"], ["Bo Lund"], "1875-07-13")]


def test_what_was_guessed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "family.csv"
    path.write_text("Briefschreiber;Briefempfänger;Farbe\nAda;Bo;rot\n", "utf-8")
    report = Report()
    list(intake.read(path, report))
    told = {f.code: f.message for f in report}
    assert "'Briefschreiber' as senders" in told["columns-guessed"]
    assert "'Farbe'" in told["columns-unused"]


def test_a_table_of_other_things_is_no_letter_table(tmp_path: Path) -> None:
    path = tmp_path / "birds.csv"
    path.write_text("Bird,Colour,Weight\nwren,brown,9\n", "utf-8")
    found, codes = read(path)
    assert found == []
    assert list(codes) == ["columns-unknown"]


def test_spreadsheets_with_a_title_above_the_head(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="spreadsheets need openpyxl")
    book = openpyxl.Workbook()
    for row in [["Letters of the Marl family"], [], ["Sender", "Recipient", "Date", "Origin", "Destination"],
                ["Ada Marl", "Bo Lund", "1875-07-13", "Wien", "Aro"]]:  # fmt: skip
        book.active.append(row)
    path = tmp_path / "family.xlsx"
    book.save(path)
    found, codes = read(path)
    assert [facts(r) for r in found] == [WANTED]
    assert not codes


def test_ids_of_rows_are_lines_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "family.csv"
    path.write_text("Letters of the Marl family\n\nSender,Recipient\nAda,Bo\nBo,Ada\n", "utf-8")
    report = Report()
    found = [r for r in letter_table.read(path, report) if isinstance(r, Record)]
    assert [r.locator for r in found] == ["line 4", "line 5"]


def workbook(path: Path, *sheets: list[list[object]]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)


def test_a_head_over_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "family.xlsx"
    workbook(path, [
        ["Sender", None, "Recipient", None, "Date"],
        ["Name", "Place", "Name", "Place", None],
        ["Ada Marl", "Wien", "Bo Lund", "Aro", "1875-07-13"],
    ])  # fmt: skip
    found, codes = read(path)
    assert [facts(r) for r in found] == [WANTED]
    assert not codes


def test_letters_on_the_second_sheet(tmp_path: Path) -> None:
    path = tmp_path / "family.xlsx"
    workbook(
        path,
        [["This workbook holds letters."], ["See the next sheet."]],
        [["Sender", "Recipient", "Date"], ["Ada Marl", "Bo Lund", "1875-07-13"]],
    )
    found, _ = read(path)
    assert [r.date.edtf if r.date else None for r in found] == ["1875-07-13"]


def test_day_numbers_of_a_spreadsheet_are_days_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "family.xlsx"
    workbook(path, [["Sender", "Recipient", "Date"], ["Ada Marl", "Bo Lund", 22651]])
    [record], _ = read(path)
    assert record.date is not None
    assert (record.date.edtf, record.date.text, record.date.certainty) == (
        "1962-01-05", "22651", "inferred",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "names", "certainty"),
    [
        ("Ada Marl & Per Holm", ["Ada Marl", "Per Holm"], "inferred"),
        ("Ada Marl and Per Holm", ["Ada Marl", "Per Holm"], "inferred"),
        ("Marl, Ada & Holm, Per", ["Marl, Ada", "Holm, Per"], "inferred"),
        ("Joseph and Mary Holm", ["Joseph and Mary Holm"], "stated"),
        ("Ministry of Trade and Foreign Affairs", ["Ministry of Trade and Foreign Affairs"], "stated"),
        ("Ortega y Gasset", ["Ortega y Gasset"], "stated"),
    ],
)  # fmt: skip
def test_two_people_joined_by_and(
    tmp_path: Path, cell: str, names: list[str], certainty: str
) -> None:
    path = tmp_path / "family.csv"
    path.write_text(f'Sender,Recipient,Date\n"{cell}",Bo Lund,1875-07-13\n', "utf-8")
    [record], _ = read(path)
    assert [p.name for p in record.senders] == names
    assert {p.certainty for p in record.senders} == {certainty}


@pytest.mark.parametrize(
    ("written", "edtf"),
    [("5-Jan-1862", "1862-01-05"), ("Jan 5 1862", "1862-01-05"), ("5.1.1862", "1862-01-05"),
     ("5/I/1862", "1862-01-05"), ("Sunday 5 January 1862", "1862-01-05"), ("s.d.", None)],
)  # fmt: skip
def test_days_as_people_write_them(tmp_path: Path, written: str, edtf: str | None) -> None:
    path = tmp_path / "family.csv"
    path.write_text(f'Sender,Recipient,Date\nAda,Bo,"{written}"\n', "utf-8")
    [record], _ = read(path)
    assert (record.date.edtf if record.date else None) == edtf


def test_lines_of_old_computers_and_a_row_that_only_counts(tmp_path: Path) -> None:
    path = tmp_path / "family.csv"
    path.write_bytes(b"Sender,Recipient,Date\rAda Marl,Bo Lund,1875-07-13\rTotal: 1,,\r")
    found, codes = read(path)
    assert [[p.name for p in r.senders] for r in found] == [["Ada Marl"]]
    assert not codes


def of(path: Path, text: str) -> Record:
    path.write_text(text, "utf-8")
    (one,) = read(path)[0]
    return one


def test_years_of_life_are_kept_beside_the_name(tmp_path: Path) -> None:
    one = of(tmp_path / "a.csv", 'Sender,Recipient\n"Marl, Ada (1812-1880)",Committee of 1848\n')
    assert [(p.name, p.note) for p in one.senders] == [("Marl, Ada", "with the years 1812-1880")]
    assert [p.name for p in one.addressees] == ["Committee of 1848"]


def test_commas_part_names_that_stand_alone_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ['Ada Marl,"Bo Lund, Cy Horn"', 'Cy Horn,"Bo Lund, Prime Minister"']
    path.write_text("\n".join(["Sender,Recipient", *rows]) + "\n", "utf-8")
    first, second = read(path)[0]
    assert [(p.name, p.certainty) for p in first.addressees] == [
        ("Bo Lund", "inferred"), ("Cy Horn", "inferred"),
    ]  # fmt: skip
    assert [p.name for p in second.addressees] == ["Bo Lund, Prime Minister"]


def test_a_shelfmark_without_an_archive_is_not_lost(tmp_path: Path) -> None:
    one = of(tmp_path / "a.csv", "Sender,Recipient,Shelfmark,Page\nAda Marl,Bo Lund,4 J 12,33\n")
    assert [(r.property, r.value) for r in one.remarks] == [
        ("shelfmark", "4 J 12"),
        ("pages", "33"),
    ]
    one = of(
        tmp_path / "b.csv", "Sender,Recipient,Shelfmark,Archive\nAda Marl,Bo Lund,4 J 12,Aro\n"
    )
    assert (one.holdings[0].shelfmark, one.remarks) == ("4 J 12", ())


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [("1850-1851", "1850/1851"), ("1850-03-12+01:00", "1850-03-12"), ("1450-1451", "1450/1451")],
)
def test_a_span_of_years_is_no_time_zone(tmp_path: Path, cell: str, edtf: str) -> None:
    one = of(tmp_path / "a.csv", f"Sender,Recipient,Date\nAda Marl,Bo Lund,{cell}\n")
    assert one.date is not None
    assert one.date.edtf == edtf
