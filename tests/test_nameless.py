"""Whom nobody names is one person in each document, and not one in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import authorities
from kgraph.build import build
from kgraph.model import Party, Person, Record
from kgraph.nameless import names_nobody, node_of
from kgraph.network.gathering import from_records
from kgraph.store import open_store

WRITER = Party(name="Ann Orde", kind="person")


@pytest.mark.parametrize(
    "words",
    ["unknown", "N.N.", "[?]", "Unbekannte", "einen Amtsbruder", "eine Witwe", "une dame", "a courier",
     "an unnamed officer", "some friends", "some of the crew", "неизвестный",
     "[name not declassified]", "Station in [place not declassified]", "[name withheld]"],
)  # fmt: skip
def test_words_that_name_nobody(words: str) -> None:
    assert names_nobody(words)


@pytest.mark.parametrize(
    "words", ["[Ann] Orde", "A. Orde", "An Wei", "Unger", "Einem, Karl von", "des Voeux", "Some, Peter", "Anonby"]
)  # fmt: skip
def test_names_that_look_so(words: str) -> None:
    assert not names_nobody(words)


def test_friends_of_two_letters_are_two_in_a_network_and_one_who_is_named_is_one() -> None:
    letters = [
        Record(id=f"s/{n}", source="s", senders=(WRITER,),
               addressees=(Party(name="einen Freund", kind="person"),)) for n in (1, 2)
    ]  # fmt: skip
    edges = from_records(letters).edges
    assert edges["source"].n_unique() == 1
    assert edges["target"].n_unique() == 2
    assert set(edges["target_label"]) == {"einen Freund"}


def test_one_courier_of_a_letter_is_one() -> None:
    courier = Party(name="a courier", kind="unknown")
    assert node_of(courier, "s", "s/1") == node_of(courier, "s", "s/1")
    assert node_of(courier, "s", "s/1") != node_of(courier, "s", "s/2")


def test_the_graph_and_the_network_know_them_alike(tmp_path: Path) -> None:
    table = tmp_path / "letters.csv"
    table.write_text(
        "sender,addressee,date\nAnn Orde,unknown,1881-05-03\nAnn Orde,unknown,1881-05-04\n"
    )
    build([table], tmp_path / "store")
    store = open_store(tmp_path / "store")
    rows = list(store.select("SELECT DISTINCT ?to { ?letter rico:hasAddressee ?to }"))
    assert len(rows) == 2


def test_a_withheld_place_is_one_in_each_document(tmp_path: Path) -> None:
    rows = "".join(f"{n},Ann Orde,Ben Pell,[place not declassified],1954-06-0{n}\n" for n in (1, 2))
    table = tmp_path / "letters.csv"
    table.write_text(f"id,sender,recipient,place,date\n{rows}", "utf-8")
    build([table], tmp_path / "store")
    store = open_store(tmp_path / "store")
    found = store.select(
        "SELECT DISTINCT ?place WHERE { ?d kg:placeFrom ?place . ?place rdfs:label ?name }"
    )
    assert len(list(found)) == 2


def test_a_name_that_an_editor_completed_is_that_of_the_person_and_stands_as_printed() -> None:
    known = authorities.Authority.of([Person(id="person/orde", label="Ann Mary Orde")])
    signer = Party(name="A[nn] M[ary] O[rde]", kind="person")
    other = Party(name="B[en] P[ell]", kind="person")
    record = Record(id="s/1", source="s", senders=(other,), signed=(signer,))
    items = authorities.resolve_source([record], known)
    found = next(item for item in items if isinstance(item, Record))
    assert [(p.name, p.id) for p in found.signed] == [("A[nn] M[ary] O[rde]", "person/orde")]
    assert node_of(found.senders[0], "s", "s/1") == "person/s/ben-pell"
