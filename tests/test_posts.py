"""Posts abroad: by telegraphic address, by town, several in one phrase, and foreign missions at a capital."""

from __future__ import annotations

import pytest

from kgraph import authorities
from kgraph.extract.headings import read_heading
from kgraph.model import Body, Date, Party, Place, Record

AUTHORITY = authorities.Authority.of(
    [
        Body(id="body/dos", label="Department of State", side="us"),
        Body(id="body/un-mission", label="Mission to the United Nations", side="us", variants=("USUN",)),
    ]
)  # fmt: skip
DEPARTMENT = (Party(name="Department of State", kind="body"),)


def resolved(year: int = 1962, edition: str = "frus1962v99", **fields: object) -> Record:
    day = f"{year}-05-04"
    made: dict[str, object] = {
        "id": f"{edition}/d1", "source": edition, "form": "telegram",
        "date": Date(text=day, edtf=day, earliest=day, latest=day), **fields,
    }  # fmt: skip
    items = authorities.resolve_source([Record(**made)], AUTHORITY)  # type: ignore[arg-type]
    return next(item for item in items if isinstance(item, Record))


def to(name: str, rule: str = "heading", kind: str = "body", **fields: object) -> list[str | None]:
    """The ids of what a record addressed to `name` by the Department goes to."""
    party = Party(name=name, kind=kind, rule=rule)  # type: ignore[arg-type]
    record = resolved(senders=DEPARTMENT, addressees=(party,), **fields)  # type: ignore[arg-type]
    return [p.id for p in record.addressees]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Amembassy TUNIS", "body/us-embassy-tunis"),
        ("AmEmbassy The Hague", "body/us-embassy-the-hague"),
        ("Amconsul CASABLANCA", "body/us-post-casablanca"),
        ("Consulate General at Munich", "body/us-post-munich"),
        ("Mission at Berlin", "body/us-post-berlin"),
        ("USINT Cairo", "body/us-interests-section-cairo"),
        ("Interests Section in Egypt", "body/us-interests-section-cairo"),
        ("Amconsul Tunis", "body/us-consulate-tunis"),
        ("USUN", "body/un-mission"),
        ("The Hague", "body/us-embassy-the-hague"),
        ("San Jose", "body/us-embassy-san-jose"),
        ("Luxembourg", "body/us-embassy-luxembourg"),
        ("Naha", "body/us-post-naha"),
        ("Japan", None),
        ("New York", None),
    ],
)
def test_a_post_is_told_by_its_address_or_its_town(name: str, id: str | None) -> None:
    assert to(name) == [id]


def test_a_town_means_no_post_in_older_days_nor_in_other_editions_nor_as_a_person() -> None:
    assert to("Munich", year=1912) == [None]
    assert to("Munich", kind="person") == [None]
    record = resolved(edition="archive", senders=(Party(name="Orlin"),), addressees=(Party(name="Munich", kind="body"),))  # fmt: skip
    assert record.addressees[0].id is None


def test_posts_named_together_are_addressees_of_their_own_with_the_words_of_all() -> None:
    name = "Embassies in Lebanon, Saudi Arabia, and Morocco"
    party = Party(name=name, kind="body", start=20, end=68, rule="heading")
    record = resolved(senders=DEPARTMENT, addressees=(party,))
    assert [(p.name, p.id, p.start, p.end) for p in record.addressees] == [
        ("Embassy in Lebanon", "body/us-embassy-beirut", 20, 68),
        ("Embassy in Saudi Arabia", "body/us-embassy-jidda", 20, 68),
        ("Embassy in Morocco", "body/us-embassy-rabat", 20, 68),
    ]
    assert to("Mission to the United Nations and the Interests Section in Algeria") == [
        "body/un-mission", "body/us-interests-section-algiers"]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["Embassies in Lebanon and Ruritania", "Bureau of European and Canadian Affairs", "Mission to the North Atlantic Treaty Organization and European Regional Organizations"],
)  # fmt: skip
def test_what_is_one_body_or_not_wholly_known_stays_one(name: str) -> None:
    assert to(name) == [None]


def test_the_department_and_a_foreign_mission_in_its_capital() -> None:
    assert to("Swedish Embassy") == ["body/swedish-embassy-washington"]
    note = resolved(
        form="note", year=1915, senders=(Party(name="Swedish Legation", kind="body"),),
        addressees=(Party(name="American Embassy", kind="body"),), place=Place(name="Vienna"),
    )  # fmt: skip
    assert note.senders[0].id == "body/swedish-embassy-vienna"


def test_washington_is_the_department_for_a_post_and_not_for_others() -> None:
    copy = (Party(name="Washington", kind="body", rule="copies-to"),)
    post = resolved(senders=(Party(name="Embassy in Sweden", kind="body"),), copies_to=copy)
    assert post.copies_to[0].id == "body/dos"
    station = resolved(senders=(Party(name="Station in Sweden", kind="body"),), copies_to=copy)
    assert station.copies_to[0].id is None


@pytest.mark.parametrize(
    ("heading", "parties"),
    [
        ("Telegram 1517 from USUN, October 28", [("USUN", "body")]),
        ("Despatch 576 from San Jose, April 6, 1961", [("San Jose", "body")]),
        ("Telegram 84 to Tegucigalpa, 69 to Managua, and 143 to Panama, September 30, 1963",
         [("Tegucigalpa", "body"), ("Managua", "body"), ("Panama", "body")]),
        ("Letter from Houston to Lane, May 2, 1914", [("Houston", "person"), ("Lane", "person")]),
        ("Telegram From Marbury to Panama Orlin, May 2, 1914", [("Marbury", "person"), ("Panama Orlin", "person")]),
    ],
)  # fmt: skip
def test_a_telegram_goes_between_towns_and_a_letter_between_persons(
    heading: str, parties: list[tuple[str, str]]
) -> None:
    read = read_heading(heading)
    assert [(p.name, p.kind) for p in (*read.senders, *read.addressees)] == parties


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Evaluation prepared by the Guided Missile and Rocket Committee, Naval Signals Committee, and National Film Reading Center, May 1",
         ["Guided Missile and Rocket Committee", "Naval Signals Committee", "National Film Reading Center"]),
        ("Paper prepared by Harold Orlin and National Planning Staff, May 1", ["Harold Orlin", "National Planning Staff"]),
    ],
)  # fmt: skip
def test_what_a_committee_is_for_is_no_person(heading: str, names: list[str]) -> None:
    assert [p.name for p in read_heading(heading).drafters] == names
