"""One thing has one entry: the shipped authorities and what is linked to them hold no twins."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kgraph import authorities, titles
from kgraph.authorities import Authority
from kgraph.authorities.gazetteer.bodies import BodyIndex
from kgraph.authorities.names import spoken
from kgraph.authorities.persons.candidates import AS_PRINTED
from kgraph.model import Archive, Body, Date, Holding, Party, Person, PlaceEntry, Record
from kgraph.network.gathering import Gatherer
from kgraph.network.tables import unify
from kgraph.report import Report
from kgraph.sources import calendar, frus_tei

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def entries() -> list[object]:
    return list(calendar.read(DATA / "authorities", Report()))


def test_no_two_bodies_share_a_form_of_name(entries: list[object]) -> None:
    assert BodyIndex(e for e in entries if isinstance(e, Body)).shared == {}


@pytest.mark.parametrize("kind", [Person, PlaceEntry, Archive])
def test_no_two_entries_share_a_label(entries: list[object], kind: type) -> None:
    ids = defaultdict(set)
    for entry in entries:
        if isinstance(entry, kind):
            ids[entry.label.casefold()].add(entry.id)  # type: ignore[attr-defined]
    assert ids
    assert not {label: found for label, found in ids.items() if len(found) > 1}


def test_every_form_of_a_body_finds_it(entries: list[object]) -> None:
    bodies = [e for e in entries if isinstance(e, Body)]
    index = BodyIndex(bodies)
    named = [
        (f, b.id, f"{start}x") for b in bodies for f in (b.label, *b.variants)
        for start in (b.only_in or ("",))
    ]  # fmt: skip
    assert [f for f, body, record in named if index.find(f, record) != body] == []


def test_a_description_of_one_source_means_nobody_in_another(entries: list[object]) -> None:
    bodies = [e for e in entries if isinstance(e, Body)]
    index = BodyIndex(bodies)
    local = [b for b in bodies if b.only_in]
    assert local
    assert {index.find(b.label, "frus1861/d1") for b in local} <= {None}


def test_the_embassy_of_one_in_the_other_is_not_the_other_way_round() -> None:
    index = BodyIndex([
        Body(id="body/a", label="Embassy of Ruritania in the Soviet Union"),
        Body(id="body/b", label="Embassy of the Soviet Union in Ruritania"),
    ])  # fmt: skip
    assert index.find("the Embassy of Ruritania in the USSR") == "body/a"
    assert index.find("Embassy of the Soviet Union in Ruritania") == "body/b"


def test_a_holder_is_the_body_of_that_name() -> None:
    authority = authorities.Authority.of([
        Body(id="body/sri", label="Ministry of State", variants=("State Ministry",)),
        Archive(id="archive/x", label="Ministry of State, box 1", holder="body/sri", shelfmark="Box 1"),
    ])  # fmt: skip
    record = Record(id="a/1", source="a", holdings=(
        Holding(holder="The Ministry of State", shelfmark="Lot 9"),
        Holding(holder="elsewhere", id="archive/x"),
        Holding(holder="Nobody’s Library"),
    ))  # fmt: skip
    found = next(iter(authorities.resolve_source([record], authority)))
    assert isinstance(found, Record)
    assert [h.holder_id for h in found.holdings] == ["body/sri", "body/sri", None]


def test_a_listed_person_is_labelled_as_the_name_is_spoken(tmp_path: Path) -> None:
    volume = tmp_path / "frus1962v99.xml"
    volume.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1962v99"><text><front>'
        '<div xml:id="persons"><head>Persons</head><list>'
        '<item><persName xml:id="p_BQ1">Brackwater, Quill A., Jr.</persName>, a consul</item>'
        "</list></div></front><body/></text></TEI>"
    )
    persons = [i for i in frus_tei.read(volume, Report()) if isinstance(i, Person)]
    assert [(p.label, p.sort) for p in persons] == [
        ("Quill A. Brackwater, Jr.", "Brackwater, Quill A., Jr.")
    ]


def test_a_reign_is_not_put_before_the_name() -> None:
    assert spoken("Zelda IV, Queen of Ruritania") == "Zelda IV, Queen of Ruritania"
    assert spoken("Brack, General Otto") == "General Otto Brack"
    assert spoken("Mao Zedong") == "Mao Zedong"


def test_a_document_without_title_gets_one_in_brackets() -> None:
    untitled = Record(
        id="x/1", source="x", form="letter", date=Date(text="3 May 1961"),
        senders=(Party(name="Brack"),),
        addressees=tuple(Party(name=n) for n in ("A", "B", "C", "D")),
    )  # fmt: skip
    said = "[Letter from Brack to A, B, C and others, 3 May 1961]"
    assert titles.title_of([untitled]) == said
    given = Record(id="y/1", document="x/1", source="y", title="Brack’s Letter")
    assert titles.title_of([untitled, given]) == "Brack’s Letter"
    gatherer = Gatherer()
    gatherer.add(untitled)
    gatherer.add(given)
    gatherer.add(Record(id="z/2", source="z"))
    documents = unify(gatherer.tables()).documents
    assert documents.select("document", "title").rows() == [
        ("x/1", "Brack’s Letter"), ("z/2", "[Document z/2]"),
    ]  # fmt: skip


def test_the_better_of_two_forms_tells_how_sure_a_joint_entry_is():
    made = Person(
        id="person/pell", label="A. Pell", sort="Pell, Amos Benedict", note="Consul at Rhyl"
    )
    listed = Person(
        id="person/hoh-77", label="Pell, Amos Benedict", sort="Pell, Amos Benedict",
        identifiers={"hoh": "77"}, note="Consul at Rhyl",
    )  # fmt: skip
    joined = Authority.of([made, listed]).redirects["person/hoh-77"]
    assert joined.to == "person/pell"
    assert AS_PRINTED in joined.reasons
