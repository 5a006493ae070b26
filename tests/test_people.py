"""Persons and places of authority files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import sources
from kgraph.model import Item, Person, PlaceEntry
from kgraph.report import Report

HEAD = "id\tdisplay_name\tsurname\tforename\tbirth\tdeath\tpocom_id\tauthority_ids\tn_printed_forms\tprinted_forms\troles\tfirst_remark\n"


def read(path: Path, content: str) -> tuple[list[Item], Report]:
    path.write_text(content, "utf-8")
    report = Report()
    return list(sources.read(path, report)), report


def test_the_offices_table(tmp_path: Path) -> None:
    row = (
        "100009\tMarl, Ada Quill\tMarl\tAda Quill\t1901\t1980\tmarl-ada\tviaf:77\t3\t"
        "Marl, Ada Quill | Ada Marl | Marl, A. Q.\tambassador-e-p@atlantis 1950-01-02..1952-03-04; "
        "chief-of-tides@chief-of-tides 1953-05-06..\tKeeper of clocks.\n"
    )
    (person,), report = read(tmp_path / "people.tsv", HEAD + row)
    assert len(report) == 0
    assert isinstance(person, Person)
    assert (person.id, person.label, person.sort) == (
        "person/hoh-100009",
        "Ada Quill Marl",
        "Marl, Ada Quill",
    )
    assert person.identifiers == {"hoh": "100009", "viaf": "77", "pocom": "marl-ada"}
    assert person.variants == ("Ada Marl", "Marl, A. Q.")
    assert [(o.title, o.id, o.from_, o.to) for o in person.offices] == [
        ("Ambassador e p, atlantis", "position/ambassador-e-p-atlantis", "1950-01-02", "1952-03-04"),
        ("Chief of tides", "position/chief-of-tides", "1953-05-06", None),
    ]  # fmt: skip
    assert (person.born, person.died) == ("1901", "1980")


def test_a_role_cut_short_costs_a_warning_and_not_the_person(tmp_path: Path) -> None:
    row = "7\tMarl, Ada\tMarl\tAda\t\t\t\t\t1\tMarl, Ada\tkeeper@x 1950..1951; amba\t\n"
    (person,), report = read(tmp_path / "people.tsv", HEAD + row + "\t\t\t\t\t\t\t\t\t\t\tx\n")
    assert isinstance(person, Person)
    assert len(person.offices) == 1
    assert [(f.code, f.where.rpartition(":")[2]) for f in report] == [
        ("role-unreadable", "2"), ("row-incomplete", "3"),
    ]  # fmt: skip


def test_plain_persons(tmp_path: Path) -> None:
    (person, other), report = read(
        tmp_path / "p.csv",
        "name,born,GND,aliases,web\n"
        '"Marl, Ada",1901,https://d-nb.info/gnd/118-X,A. Marl|Ada M.,https://viaf.org/viaf/55\n'
        "Bo Lund,,,,\n",
    )
    assert len(report) == 0
    assert isinstance(person, Person)
    assert (person.id, person.label, person.sort) == ("person/marl-ada", "Ada Marl", "Marl, Ada")
    assert person.identifiers == {"gnd": "118-X", "viaf": "55"}
    assert person.variants == ("A. Marl", "Ada M.")
    assert isinstance(other, Person)
    assert other.sort is None


def test_plain_places(tmp_path: Path) -> None:
    (wien, graz), report = read(
        tmp_path / "places.csv",
        "id,place,latitude,longitude,geonames\nwien,Wien,48.2,16.37,2761369\ngraz,Graz,north,200,\n",
    )
    assert isinstance(wien, PlaceEntry)
    assert (wien.id, wien.lat, wien.lon) == ("place/wien", 48.2, 16.37)
    assert wien.identifiers == {"geonames": "2761369"}
    assert isinstance(graz, PlaceEntry)
    assert (graz.lat, graz.lon) == (None, None)
    assert [f.code for f in report] == ["not-degrees", "not-degrees"]


@pytest.mark.shared
def test_the_whole_authority(shared: Path) -> None:
    report = Report()
    found = list(sources.read(shared / "sources" / "people" / "people.tsv", report))
    assert len(found) == 16_687
    assert len({p.id for p in found if isinstance(p, Person)}) == 16_687
    assert sum("viaf" in p.identifiers for p in found if isinstance(p, Person)) == 725
    assert {f.code for f in report} == {"role-unreadable"}
    kohler = next(p for p in found if isinstance(p, Person) and p.label == "Foy David Kohler")
    assert any(o.from_ == "1962-09-27" and o.to == "1966-11-14" for o in kohler.offices)
