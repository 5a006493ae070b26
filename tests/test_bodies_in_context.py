"""Bodies and places: by name, by the state that a name tells, and by where the writer stands."""

from __future__ import annotations

import pytest

from kgraph import authorities
from kgraph.authorities.gazetteer.states import institution
from kgraph.extract.mentions import MentionFinder
from kgraph.model import Body, Date, Item, Party, Place, PlaceEntry, Record

AUTHORITY = authorities.Authority.of(
    [
        Body(id="body/dos", label="Department of State", side="us", variants=("State Department",)),
        Body(id="body/soviet-government", label="Government of the Soviet Union", side="soviet", variants=("Soviet government",)),
        Body(id="body/cc-cpsu", label="Central Committee of the CPSU", side="soviet", variants=("Central Committee",)),
        Body(id="body/the-party", label="the party of the tale", kind="group", only_in=("tale/",), variants=("the delegation",)),
        PlaceEntry(id="place/usa", label="United States", variants=("USA",)),
    ]
)  # fmt: skip


def resolved(text: str, **fields: object) -> tuple[Record, list[Item]]:
    made: dict[str, object] = {
        "id": "frus1936v09/d1", "source": "frus1936v09", "form": "telegram", "text": text,
        "date": Date(text="1936", edtf="1936-05-04", earliest="1936-05-04", latest="1936-05-04"),
        "mentions": tuple(MentionFinder().find(text)), **fields,
    }  # fmt: skip
    items = list(authorities.resolve_source([Record(**made)], AUTHORITY))  # type: ignore[arg-type]
    return next(i for i in items if isinstance(i, Record)), items


def linked(text: str, words: str, **fields: object) -> str | None:
    record, _ = resolved(text, **fields)
    found = [m for m in record.mentions if m.text == words]
    assert found, [m.text for m in record.mentions]
    return found[0].id


def embassy(name: str) -> tuple[Party, ...]:
    return (Party(name=name, kind="office"),)


DEPARTMENT = (Party(name="Department of State", kind="office"),)


@pytest.mark.parametrize(
    ("words", "kind", "state", "city"),
    [
        ("the Imperial Japanese Government", "government", "japanese", None),
        ("Government of the Netherlands", "government", "netherlands", None),
        ("the French Foreign Ministry", "ministry", "french", None),
        ("the British Embassy in Cairo", "embassy", "british", "Cairo"),
        ("Embassy in the Soviet Union", "embassy", None, "Moscow"),
        ("Amembassy Tokyo", "embassy", "us", "Tokyo"),
        ("Legation of Sweden in Bern", "embassy", "swedish", "Bern"),
        ("Foreign Office", "ministry", None, None),
    ],
)
def test_institutions_are_read(words: str, kind: str, state: str | None, city: str | None) -> None:
    found = institution(words)
    assert found is not None
    assert (found.kind, found.state.key if found.state else None, found.city) == (kind, state, city)


@pytest.mark.parametrize("words", ["the military government", "Foreign Minister", "Embassy Row", "the Martian Embassy"])  # fmt: skip
def test_what_names_no_state_is_no_institution(words: str) -> None:
    assert institution(words) is None


def test_places_and_organisations_of_the_gazetteer_are_linked_and_described() -> None:
    record, items = resolved("NATO met at Tokyo; Japan was not there, nor was Holland.")
    assert [(m.text, m.id) for m in record.mentions] == [
        ("NATO", "body/north-atlantic-treaty-organization"),
        ("Tokyo", "place/tokyo"),
        ("Japan", "place/japan"),
        ("Holland", "place/netherlands"),
    ]
    entries = {i.id: i for i in items if isinstance(i, (Body, PlaceEntry))}
    assert set(entries) == {m.id for m in record.mentions}
    tokyo = entries["place/tokyo"]
    assert isinstance(tokyo, PlaceEntry)
    assert tokyo.within == "place/japan"
    assert tokyo.lat is not None
    assert 35 < tokyo.lat < 36


def test_an_entry_is_given_once_and_none_where_the_authority_has_its_own() -> None:
    record, items = resolved("The United States and the USA, Japan and Japan.")
    assert [m.id for m in record.mentions] == ["place/usa"] * 2 + ["place/japan"] * 2
    assert [i.id for i in items if isinstance(i, PlaceEntry)] == ["place/japan"]


def test_a_name_of_two_places_is_left_open() -> None:
    assert linked("He had come from Georgia.", "Georgia") is None


def test_a_government_alone_is_nobodys() -> None:
    text = "I told the Minister that the Government had no intention to yield."
    assert linked(text, "the Government", senders=embassy("Embassy in Japan"), addressees=DEPARTMENT) is None  # fmt: skip


def test_the_writers_own_government() -> None:
    sender = (Party(name="Sato", role="Japanese Ambassador", kind="person"),)
    text = "I am to say that my Government agrees."
    assert linked(text, "my Government", senders=sender, form="note") == "body/japanese-government"
    quoted = "He said: “I fear that my Government agrees.”"
    assert linked(quoted, "my Government", senders=sender, form="note") is None


def test_the_addressees_own_government() -> None:
    to = (Party(name="Sato", role="Japanese Ambassador", kind="person"),)
    text = "I ask that your Government consider this."
    assert linked(text, "your Government", addressees=to, form="letter") == "body/japanese-government"  # fmt: skip
    assert linked(text, "your Government", addressees=to, form="memorandum-of-conversation") is None


def test_the_embassy_is_that_which_writes_or_is_written_to() -> None:
    text = "The Embassy has told the Foreign Office so, and the French Embassy agrees."
    for words, id in (
        ("The Embassy", "body/us-embassy-tokyo"),
        ("Foreign Office", "body/japanese-foreign-ministry"),
        ("the French Embassy", "body/french-embassy-tokyo"),
    ):
        assert linked(text, words, senders=embassy("Embassy in Japan"), addressees=DEPARTMENT) == id
    there = "Please ask the Embassy to reply."
    assert linked(there, "the Embassy", senders=DEPARTMENT, addressees=embassy("Embassy in Greece")) == "body/us-embassy-athens"  # fmt: skip
    ours = "Concert with the French Embassy."  # that at Athens, or that in Washington?
    assert linked(ours, "the French Embassy", senders=DEPARTMENT, addressees=embassy("Embassy in Greece")) is None  # fmt: skip


def test_the_sender_is_the_same_body_as_the_embassy_of_its_text() -> None:
    record, items = resolved(
        "The Embassy concurs.", senders=embassy("Embassy in Japan"), addressees=DEPARTMENT
    )
    assert record.senders[0].id == record.mentions[0].id == "body/us-embassy-tokyo"
    entry = next(i for i in items if isinstance(i, Body))
    assert (entry.label, entry.side) == ("Embassy of the United States in Japan", "us")


def test_a_foreign_mission_speaks_of_its_own_ministry() -> None:
    text = "The Foreign Office are concerned."
    record, _ = resolved(text, senders=embassy("British Embassy"), addressees=DEPARTMENT, form="note",
                         place=Place(name="Washington"))  # fmt: skip
    assert [m.id for m in record.mentions] == ["body/british-foreign-ministry"]


def test_the_department_is_the_american_one_unless_another_is_named() -> None:
    between = {"senders": embassy("Embassy in Japan"), "addressees": DEPARTMENT}
    assert linked("I ask the Department to reply.", "the Department", **between) == "body/dos"
    other = "The War Department replied. I thanked the Department for it."
    assert linked(other, "the Department", **between) is None
    elsewhere = {"id": "tale/2", "source": "tale", "form": "letter"}
    assert linked("I ask the Department to reply.", "the Department", **elsewhere) is None


def test_the_central_committee_of_others_is_not_the_soviet_one() -> None:
    writer = (Party(name="Orlov", role="Soviet Ambassador", kind="person"),)
    own = "I report to the Central Committee on this."
    assert linked(own, "Central Committee", senders=writer) == "body/cc-cpsu"
    other = "I spoke to the Central Committee of the Patriotic Union."
    assert "body/cc-cpsu" not in [m.id for m in resolved(other, senders=writer)[0].mentions]
    assert linked(own, "Central Committee") is None


def test_a_name_that_one_source_gives_is_no_name_elsewhere() -> None:
    text = "We received the delegation on Monday."
    assert linked(text, "the delegation", id="tale/1", source="tale") == "body/the-party"
    assert linked(text, "the delegation") is None


def test_the_russian_embassy_of_soviet_days_is_soviet() -> None:
    text = "Mr. Orlov of the Russian Embassy in London called."
    assert linked(text, "the Russian Embassy in London") == "body/soviet-embassy-london"
    early = Date(text="1900", edtf="1900", earliest="1900-01-01", latest="1900-12-31")
    assert linked(text, "the Russian Embassy in London", date=early) == "body/russian-embassy-london"  # fmt: skip


def test_the_embassy_in_germany_is_that_of_its_days() -> None:
    text = "The Embassy in Germany asked the German Government and Amembassy Bonn."
    late = Date(text="1961", edtf="1961-05-04", earliest="1961-05-04", latest="1961-05-04")
    assert linked(text, "The Embassy in Germany") == "body/us-embassy-germany"
    assert linked(text, "The Embassy in Germany", date=late) == "body/us-embassy-bonn"
    assert linked(text, "the German Government") == "body/german-government"
    assert linked(text, "the German Government", date=late) == "body/west-german-government"
    record, items = resolved(text, date=late, senders=embassy("Embassy in Germany"))
    assert record.senders[0].id == "body/us-embassy-bonn"
    labels = [i.label for i in items if isinstance(i, Body) and i.id == "body/us-embassy-bonn"]
    assert labels == ["Embassy of the United States in the Federal Republic of Germany"]


def test_the_chinese_government_is_told_apart_or_left_open() -> None:
    text = "The Chinese Government and the Government of the Republic of China were told."
    late = Date(text="1955", edtf="1955-05-04", earliest="1955-05-04", latest="1955-05-04")
    assert linked(text, "The Chinese Government") == "body/chinese-government"
    assert linked(text, "The Chinese Government", date=late) is None
    nationalist = linked(text, "the Government of the Republic of China", date=late)
    assert nationalist == "body/nationalist-chinese-government"


def both(text: str, words: str, **fields: object) -> list[str]:
    record, _ = resolved(text, **fields)
    return sorted(m.id or "" for m in record.mentions if m.text == words)


def test_our_two_countries_are_the_writers_and_the_addressees() -> None:
    quibble = (Party(name="Quibble", kind="person", role="Secretary of State"),)
    envoy = (Party(name="Ozark", kind="person", role="Japanese Ambassador"),)
    text = "It is of use to our two countries, and our Governments know it."
    letter = {"form": "note", "senders": quibble, "addressees": envoy}
    assert both(text, "our two countries", **letter) == ["place/japan", "place/usa"]
    assert both(text, "our Governments", **letter) == [
        "body/japanese-government",
        "body/us-government",
    ]
    assert both(text, "our two countries", **{**letter, "form": "memorandum"}) == [""]


def test_in_reports_home_our_two_countries_are_his_and_the_one_where_he_is() -> None:
    home = (Party(name="Department of State", kind="body", id="body/dos"),)
    report = {"senders": embassy("Embassy in Japan"), "addressees": home}
    text = "He spoke of both our governments and our countries. Our governments agree with all our countries."
    assert both(text, "our governments", **report) == [
        "body/japanese-government",
        "body/us-government",
    ]
    assert both(text, "Our governments", **report) == [""]  # of the allies, it may be
    assert both(text, "our countries", **report) == ["", "place/japan", "place/usa"]


def test_a_guest_who_reports_home_of_a_third_state_tells_of_no_pair() -> None:
    home = (Party(name="Central Committee of the CPSU", kind="body", id="body/cc-cpsu"),)
    guest = (Party(name="Quibblov", kind="person", role="Soviet Foreign Minister"),)
    report = {
        "id": "tale/1", "source": "tale", "senders": guest, "addressees": home,
        "place": Place(name="Washington"), "date": Date(text="1963", edtf="1963", earliest="1963-05-04", latest="1963-05-04"),
    }  # fmt: skip
    text = "I said that peace between our countries is the wish of all."
    assert both(text, "our countries", **report) == ["place/soviet-union", "place/usa"]
    third = f"The Japanese Minister came to me. {text}"
    assert both(third, "our countries", **report) == [""]


def test_the_embassy_is_the_only_one_named() -> None:
    text = "He went to the French Embassy in Madrid. Then the Embassy sent a wire."
    tale = {"id": "tale/1", "source": "tale", "form": "other"}
    assert linked(text, "the Embassy", **tale) == "body/french-embassy-madrid"
    two = f"The Soviet Embassy in London was mute. {text}"
    assert linked(two, "the Embassy", **tale) is None
