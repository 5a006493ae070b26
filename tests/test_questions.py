"""The competency questions: what a historian asks of the shipped data, with exact answers.

The answers are those that a careful reader of the five founding texts gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgraph import queries
from kgraph.build import build
from kgraph.store import Store, open_store

Rows = list[dict[str, str | None]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("store") / "kgraph"
    build([], home, jobs=1)
    return open_store(home)


def ask(store: Store, name: str, **given: str) -> Rows:
    return queries.select(store, name, given)


def column(rows: Rows, name: str) -> list[str]:
    return [row[name] or "" for row in rows]


def test_which_letters_went_through_bolshakov_from_hand_to_hand(store: Store) -> None:
    rows = ask(store, "letters-through", carrier="person/bolshakov")
    hands = [(r["document"], r["from"], r["to"], r["place"], r["date"]) for r in rows]
    assert hands == [
        ("frus/21", "person/bolshakov", "person/salinger", "place/carlyle-hotel", "XXXX-09-30"),
        ("frus/23", "person/bolshakov", "person/salinger", "place/white-house", "XXXX-11-11"),
    ]
    assert rows[0]["onward"] == "person/kennedy-john-f"


def test_who_got_a_copy_of_one_telegram_and_not_of_the_other(store: Store) -> None:
    people = column(ask(store, "copies-to-first-only", first="th/N2", second="th/N8"), "person")
    assert [p.removeprefix("person/") for p in people] == [
        "brezhnev",
        "grishin",
        "kirilenko",
        "kosygin",
        "kozlov",
        "kuusinen",
        "kuznetsov",
        "mazurov",
        "mikoyan",
        "mzhavanadze",
        "podgorny",
        "polyansky",
        "ponomarev",
        "rashidov",
        "shvernik",
        "suslov",
        "voronov",
        "yefremov",
    ]


def test_which_documents_rusk_drafted(store: Store) -> None:
    assert column(ask(store, "drafted-in-collection", person="person/rusk"), "document") == [
        "frus/5"
    ]


def test_what_lies_in_both_the_library_and_the_lot_file(store: Store) -> None:
    rows = ask(store, "held-in-both")
    whole = {r["document"] for r in rows if r["whole"] == "true"}
    part = {r["document"] for r in rows if r["whole"] == "false"}
    assert whole == {f"frus/{n}" for n in (3, 5, 6, 9, 10, 16, 18, 19, 28, 29)}
    assert part == {"frus/11", "frus/13", "frus/15"}


def test_which_documents_are_spoken_of_and_not_present(store: Store) -> None:
    rows = ask(store, "cited-not-present")
    found = {r["document"]: r["status"] for r in rows}
    refs = [
        "telegram-2562",
        "despatch-747",
        "despatch-1183",
        "v05d28",
        "rusk-memo-feb26",
        "memcon-feb22",
        "rusk-appointment-book",
        "president-appointment-book",
        "memo-president-nov11",
        "transmittal-27",
        "rusk-note-mcnamara",
        "bohlen-note-jan18",
        "rough-translation-30",
    ]
    assert {"frus/34", *(f"frus/ref/{name}" for name in refs)} <= set(found)
    assert found["frus/20"] == "missing"
    assert found["m/no-record-feb21"] == "not-found"
    by_source: dict[str | None, set[str | None]] = defaultdict(set)
    for row in rows:
        by_source[row["source"]].add(row["document"])
    expected = {
        "source/translating-history": (
            "khrushchev-to-johnson dobrynin-condolences-jacqueline dobrynin-condolences-rusk "
            "dobrynin-condolences-rfk kgb-reports khrushchev-son-memoirs dobrynin-memoirs "
            "peace-speech condolence-telegrams condolence-book report-nina-tears "
            "jfk-speeches-quoting-khrushchev"
        ),
        "source/dossier-notice": "russian-jfk-dossier tass-photos kk-telegrams",
        "source/wilson-117349": "yeltsin-documents",
        "source/wilson-111625": (
            "tass-declaration khrushchev-declarations khrushchev-message-sorensen "
            "khrushchev-response-letter soviet-announcement-cuba president-speech-oct22 "
            "president-declaration-oct23 president-public-announcement captain-instructions"
        ),
    }
    for source, names in expected.items():
        assert {f"m/{name}" for name in names.split()} <= by_source[source], source


def test_through_whose_hands_jacqueline_kennedys_letter_went(store: Store) -> None:
    rows = ask(store, "hands", document="th/N8/letter")
    chain = [rows[0]["from"], *(r["to"] for r in rows)]
    assert chain == [
        f"person/{name}"
        for name in ("kennedy-jacqueline", "bundy", "thompson", "dobrynin", "khrushchev-nikita")
    ]
    oral = ask(store, "hands", document="event/jk-mikoyan-conversation")
    assert {
        (r["from"], r["by"], r["to"]) for r in oral if r["to"] == "person/khrushchev-nikita"
    } == {("person/kennedy-jacqueline", "person/mikoyan", "person/khrushchev-nikita")}


def test_who_wrote_to_whom_and_how_often(store: Store) -> None:
    table = {
        (r["senders"], r["addressees"]): int(r["documents"] or 0)
        for r in ask(store, "correspondence")
    }
    nikita, jfk, jacqueline = (
        "person/khrushchev-nikita",
        "person/kennedy-john-f",
        "person/kennedy-jacqueline",
    )
    both = f"{nikita} + person/brezhnev"
    assert table == {
        (nikita, jfk): 10,
        (both, jfk): 2,
        (jfk, nikita): 10,
        (jfk, both): 1,
        ("body/dos", "body/us-embassy-moscow"): 4,
        ("body/us-embassy-moscow", "body/dos"): 1,
        ("body/dos", "person/rusk"): 1,
        ("person/kohler", "person/gromyko"): 1,
        ("person/dobrynin", "body/cc-cpsu"): 2,
        ("person/mikoyan", "body/cc-cpsu"): 3,
        ("person/dobrynin", "body/ussr-mfa"): 1,
        (nikita, jacqueline): 1,
        ("person/khrushchev-nina", jacqueline): 1,
        (jacqueline, nikita): 1,
    }
    assert sum(table.values()) == 39


def test_by_which_channel_their_letters_went(store: Store) -> None:
    found: dict[tuple[str | None, str | None], set[str | None]] = defaultdict(set)
    for row in ask(store, "channels-of-correspondence"):
        found[(row["to"], row["channel"])].add(row["document"])
    jfk, nikita = "person/kennedy-john-f", "person/khrushchev-nikita"

    def documents(*numbers: int) -> set[str | None]:
        return {f"frus/{n}" for n in numbers}

    assert found[(jfk, "not stated")] == documents(1, 24, 18)
    assert found[(jfk, "commercial telegram")] == documents(6, 12, 3)
    assert found[(jfk, "embassy cable")] == found[(jfk, "despatch")] == documents(11)
    assert found[(jfk, "telegram")] == documents(13)
    assert found[(jfk, "bolshakov")] == documents(21, 23)
    assert found[(jfk, "attorney general")] == documents(30)
    assert found[(nikita, "commercial telegram")] == documents(5)
    assert found[(nikita, "press release")] == documents(10)
    assert found[(nikita, "telegram")] == documents(19)
    assert found[(nikita, "not stated")] == documents(2, 7, 14, 16, 17, 22, 25, 26)


def test_who_took_part_in_the_final_drafting(store: Store) -> None:
    rows = [
        r for r in ask(store, "meeting-on", document="frus/7") if r["place"] == "place/white-house"
    ]
    assert {r["participant"] for r in rows} == {
        f"person/{name}"
        for name in ("kennedy-john-f", "rusk", "thompson", "harriman", "bohlen", "kohler", "bundy")
    }
    assert {r["date"] for r in rows} == {"XXXX-02-21"}


def test_where_russian_texts_are_kept(store: Store) -> None:
    kept = {
        ((r["document"] or "").removesuffix("/message"), r["unit"])
        for r in ask(store, "texts-in-language")
    }
    cf = "archive/dos-cf/"
    assert kept == {
        ("frus/6", cf + "761.13-2-1561"),
        ("frus/9", cf + "611.37-5-361"),
        ("frus/11", cf + "611.37-5-361"),
        ("frus/12", "archive/dos-lot66d204"),
        ("frus/13", "archive/dos-lot66d204"),
        ("frus/15", "archive/dos-lot66d204"),
        ("frus/21", "archive/dos-lot77d163"),
        ("frus/27", "archive/kl-nsf-khrushchev"),
        ("frus/28", cf + "711.11-KE-12-2961"),
    }


def test_whether_two_records_are_one_telegram_and_its_date(store: Store) -> None:
    rows = ask(store, "same-telegram", document="th/N6")
    assert {(r["record_id"], r["date"]) for r in rows} == {
        ("th/N6", "1963-11-26"),
        ("wc/117349", "1963-11-25"),
    }
    assert len({r["reason"] for r in rows}) >= 7
    assert {r["preferred"] for r in rows} == {"1963-11-25"}


def test_who_signed_the_book_of_condolences_according_to_whom(store: Store) -> None:
    rows = ask(store, "signed-the-book")
    assert {(r["signer"], r["reported_in"]) for r in rows} == {
        ("person/khrushchev-nikita", "news/001"),
        ("person/khrushchev-nina", "th/N8/letter"),
    }


def test_who_is_on_all_distribution_lists_and_who_on_one(store: Store) -> None:
    rows = ask(store, "distribution-lists", prefix="th/N")
    lists: dict[str | None, set[str | None]] = defaultdict(set)
    for row in rows:
        lists[row["lists"]].add(row["person"])
    assert lists["5"] == {"person/gromyko", "person/khrushchev-nikita"}
    assert lists["1"] == {"person/ponomarev"}


def test_through_whose_hands_the_message_of_january_went(store: Store) -> None:
    rows = ask(store, "hands", document="frus/30")
    steps = [(r["from"], r["to"]) for r in rows]
    assert steps == [
        ("person/khrushchev-nikita", "person/kennedy-robert"),
        ("person/kennedy-robert", "person/kennedy-john-f"),
        ("person/bundy", "person/rusk"),
        ("person/rusk", "person/mcnamara"),
        ("person/bohlen", "person/rusk"),
    ]
    assert not any("bolshakov" in str(r.values()) for r in rows)


def test_who_appears_in_three_or_more_sources(store: Store) -> None:
    rows = ask(store, "persons-across-sources", at_least="3")
    assert {r["person"]: r["sources"] for r in rows} == {
        "person/kennedy-john-f": "5",
        "person/khrushchev-nikita": "4",
        "person/kohler": "4",
        "person/dobrynin": "3",
        "person/kennedy-robert": "3",
        "person/rusk": "3",
        "person/thompson": "3",
    }
