"""Who is meant: names, offices and kinships in records and lists."""

import csv

import msgspec
import pytest

from kgraph.authorities import Authority, resolve_source
from kgraph.authorities.names.spelled import spelled_title
from kgraph.authorities.offices import describe
from kgraph.authorities.offices.missions import Missions, Post, read_post
from kgraph.authorities.persons import PersonIndex
from kgraph.authorities.persons.candidates import Query
from kgraph.authorities.persons.kinship import read_kin
from kgraph.authorities.setting import filed, years_named
from kgraph.model import Date, Mention, Office, Party, Person, Record, Redirect, Relation

EDWIN = Person(
    id="person/marlowe-edwin", label="Edwin T. Marlowe", sort="Marlowe, Edwin T.", gender="male",
    side="us", born="1911", died="1963-11-22", variants=("E.T. Marlowe",),
    offices=(Office(title="Attorney General", from_="1951-01-21", to="1964-09-02"),),
    relations=(Relation(type="sibling-of", target="person/marlowe-hugh"),),
)  # fmt: skip
HUGH = Person(id="person/marlowe-hugh", label="Hugh Marlowe", sort="Marlowe, Hugh", gender="male",
              born="1921")  # fmt: skip
WIFE = Person(id="person/marlowe-iris", label="Iris Marlowe", sort="Marlowe, Iris", gender="female",
              relations=(Relation(type="spouse-of", target="person/marlowe-edwin"),))  # fmt: skip
SOKOLIN = Person(id="person/sokolin", label="Pavel Yuryevich Sokolin", side="soviet",
                 sort="Sokolin, Pavel Yuryevich", gender="male")  # fmt: skip
PEOPLE = (EDWIN, HUGH, WIFE, SOKOLIN)


def day(text: str) -> Date:
    return Date(text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59")


def linked(*mentions: Mention, **fields):
    record = Record(id="x/d1", source="x.xml", mentions=mentions, **fields)
    out = list(resolve_source([record], Authority.of(PEOPLE)))
    return next(r for r in out if isinstance(r, Record))


def person(text: str, **fields) -> Mention:
    return Mention(start=0, end=len(text), text=text, type="person", **fields)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("E. Marlowe", "person/marlowe-edwin"),
        ("Marlow, Edwin", "person/marlowe-edwin"),
        ("P.Yu. Sokolin", "person/sokolin"),
        ("Sokolin Pavel", "person/sokolin"),
        ("Mrs. Iris Marlowe", "person/marlowe-iris"),
    ],
)
def test_a_written_name_finds_its_person(written, found):
    assert PersonIndex(PEOPLE).match(Query(name=written))[0].id == found


def test_the_younger_is_not_the_elder_where_both_are_known():
    elder = Person(id="person/elder", label="Amos B. Pell", sort="Pell, Amos B.", note="Premier")
    younger = Person(id="person/younger", label="Amos B. Pell, Jr.", sort="Pell, Amos B., Jr.")
    index = PersonIndex((elder, younger))
    assert index.match(Query(name="Pell, Amos Benedict, Jr."))[0].id == "person/younger"
    assert index.match(Query(name="Pell, Amos Benedict"))[0].id == "person/elder"


def test_an_initial_e_or_y_is_no_conjunction():
    index = PersonIndex([Person(id="person/y", label="Yegor F. Sokolin", sort="Sokolin, Yegor F.")])
    assert index.match(Query(name="Sokolin, E.F."))[0].id == "person/y"
    assert index.match(Query(name="Sokolin, Y.F."))[0].id == "person/y"


def test_a_given_name_in_full_is_not_that_of_initials_whose_names_are_known():
    nikita = Person(id="person/nikita", label="Nikita S. Petrov", sort="Petrov, Nikita S.",
                    variants=("N. Petrov", "N.S. Petrov"), gender="male")  # fmt: skip
    nina = Person(id="person/nina", label="Nina Petrov", sort="Petrov, Nina", gender="female")
    index = PersonIndex([nikita, nina])
    assert [c.id for c in index.match(Query(name="Nina Petrov"))] == ["person/nina"]
    assert index.match(Query(name="N.S. Petrov"))[0].id == "person/nikita"
    assert [c.id for c in index.match(Query(name="Petrova"))] == ["person/nina"]


def test_a_common_given_name_alone_says_less_than_a_rare_one():
    names = [*(f"Roe{i}, John" for i in range(400)), "Birk, John A.", "Tell, Ottokar A."]
    index = PersonIndex(
        Person(id=f"person/hoh-{i}", label=name, identifiers={"hoh": str(i)})
        for i, name in enumerate(names)
    )
    common = index.match(Query(name="Birk, John"))[0]
    rare = index.match(Query(name="Tell, Ottokar"))[0]
    assert (common.id, rare.id) == ("person/hoh-400", "person/hoh-401")
    assert common.probability < 0.8 < rare.probability


def test_contradicting_given_names_are_never_joined():
    candidates = PersonIndex([EDWIN]).match(Query(name="Robert Marlowe"))
    assert not candidates or candidates[0].probability < 0.2


def test_a_second_initial_is_not_somebody_s_first_name():
    index = PersonIndex([Person(id="person/r", label="Richard Pell", sort="Pell, Richard H.")])
    found = index.match(Query(name="Chester R. Pell"))
    assert not found or found[0].probability < 0.2


def test_two_equally_good_candidates_share_the_doubt():
    twins = [Person(id=f"person/pell-{i}", label="Amos Pell", sort="Pell, Amos") for i in (1, 2)]
    found = PersonIndex(twins).match(Query(name="Amos Pell"))
    assert len(found) == 2
    assert all(c.probability <= 0.5 for c in found)


def test_somebody_not_yet_born_is_not_meant():
    index = PersonIndex([EDWIN])
    then = index.match(Query(name="Edwin Marlowe", first=1890, last=1891))
    assert not then or then[0].probability < 0.1


def test_a_bare_surname_takes_up_the_person_named_before():
    record = linked(person("Marlowe", form="name"), senders=(Party(name="Hugh Marlowe", kind="person"),),
                    date=day("1961-05-05"))  # fmt: skip
    assert record.senders[0].id == "person/marlowe-hugh"
    assert record.mentions[0].id == "person/marlowe-hugh"
    assert record.mentions[0].reasons


def test_the_doubtful_stay_unlinked_and_say_whom_they_might_mean():
    record = linked(person("Marlowe", form="name"), date=day("1961-05-05"))
    mention = record.mentions[0]
    assert mention.id is None
    assert mention.probability < 0.9
    assert "person/marlowe" in mention.reasons[0]


def test_my_brother_is_the_writer_s():
    record = linked(
        person("my brother", form="description"),
        senders=(Party(name="Hugh Marlowe", kind="person"),),
        date=day("1961-05-05"),
    )
    assert record.mentions[0].id == "person/marlowe-edwin"


def test_your_husband_is_the_addressee_s():
    record = linked(
        person("your husband", form="description"),
        addressees=(Party(name="Mrs. Iris Marlowe", kind="person"),),
        date=day("1961-05-05"),
    )
    assert record.mentions[0].id == "person/marlowe-edwin"


def test_given_name_and_patronymic_suffice():
    record = linked(person("Pavel Yuryevich", form="name"), date=day("1961-05-05"))
    assert record.mentions[0].id == "person/sokolin"


@pytest.mark.parametrize(
    ("date", "holder"),
    [("1951-03-10", "person/hoh-1"), ("1963-06-10", "person/hoh-2"), ("1940-01-01", None)],
)
def test_an_office_names_its_holder_at_the_date(date, holder):
    acheson = Person(
        id="person/hoh-1", label="Dean Acheson", sort="Acheson, Dean", identifiers={"hoh": "1"}
    )
    rusk = Person(id="person/hoh-2", label="Dean Rusk", sort="Rusk, Dean", identifiers={"hoh": "2"})
    record = Record(id="x/1", source="x.xml", date=day(date),
                    mentions=(person("the Secretary of State", form="description"),))  # fmt: skip
    out = next(iter(resolve_source([record], Authority.of([acheson, rusk]))))
    assert out.mentions[0].id == holder


def test_the_president_in_the_days_after_a_death_in_office():
    kennedy = Person(
        id="person/a", label="John F. Kennedy", sort="Kennedy, John F.", died="1963-11-22"
    )
    johnson = Person(id="person/b", label="Lyndon B. Johnson", sort="Johnson, Lyndon B.")
    texts = {
        "grief at the murder of the President": "person/a",
        "the oath that the new President took": "person/b",
        "an answer that the President sent": None,
    }
    for text, expected in texts.items():
        start = text.index("President") - 4
        mention = Mention(
            start=start, end=start + 13, text="the President", type="person", form="description"
        )
        record = Record(
            id="x/1", source="x", date=day("1963-11-23"), mentions=(mention,), text=text
        )
        out = next(iter(resolve_source([record], Authority.of([kennedy, johnson]))))
        if expected is None or "new" not in text:
            assert out.mentions[0].id == expected, text


def test_a_volume_s_list_decides_what_its_surnames_mean():
    listed = Person(
        id="person/vol1961/p_MH1", label="Marlowe, Hugh", sort="Marlowe, Hugh", source="vol1961.xml"
    )
    record = Record(id="vol1961/d1", source="vol1961.xml", date=day("1961-02-02"),
                    mentions=(person("Marlowe", form="name"),))  # fmt: skip
    out = list(resolve_source([listed, record], Authority.of(PEOPLE)))
    redirect = next(i for i in out if isinstance(i, Redirect))
    assert (redirect.id, redirect.to) == (listed.id, "person/marlowe-hugh")
    assert redirect.probability > 0.9
    assert out[-1].mentions[0].id == "person/marlowe-hugh"


def test_markup_that_contradicts_the_words_is_evidence_and_not_truth():
    listed = [
        Person(
            id="person/vol1961/p_A",
            label="Marlowe, Hugh",
            sort="Marlowe, Hugh",
            source="vol1961.xml",
        ),
        Person(
            id="person/vol1961/p_B",
            label="Sokolin, Pavel",
            sort="Sokolin, Pavel",
            source="vol1961.xml",
        ),
    ]
    record = Record(
        id="vol1961/d1", source="vol1961.xml", date=day("1961-02-02"),
        senders=(Party(name="Pavel Sokolin", kind="person", rule="heading", ref="vol1961#p_A"),),
        addressees=(Party(name="Hugh Marlowe", kind="person", rule="heading", ref="vol1961#p_A"),),
    )  # fmt: skip
    out = next(
        i for i in resolve_source([*listed, record], Authority.of(PEOPLE)) if isinstance(i, Record)
    )
    assert out.senders[0].id == "person/sokolin"
    assert any("markup" in r for r in out.senders[0].reasons)
    assert out.addressees[0].id == "person/marlowe-hugh"


def test_an_unknown_person_of_a_list_keeps_a_node_of_his_own():
    listed = Person(
        id="person/vol1961/p_Z", label="Zeller, Otto", sort="Zeller, Otto", source="vol1961.xml"
    )
    record = Record(id="vol1961/d1", source="vol1961.xml", date=day("1961-02-02"),
                    mentions=(person("Zeller", form="name"),))  # fmt: skip
    out = list(resolve_source([listed, record], Authority.of(PEOPLE)))
    assert not any(isinstance(i, Redirect) for i in out)
    assert out[-1].mentions[0].id == "person/vol1961/p_Z"


def test_an_id_entered_by_hand_stays():
    record = linked(senders=(Party(name="the writer", kind="person", id="person/sokolin"),))
    assert record.senders[0].id == "person/sokolin"


def test_entries_with_one_outside_identifier_become_one():
    other = Person(id="person/hoh-7", label="Marlowe, E. T.", sort="Marlowe, E. T.",
                   identifiers={"viaf": "99"}, variants=("Edw. Marlowe",))  # fmt: skip
    one = Authority.of(
        [Person(id="person/m", label="Edwin Marlowe", identifiers={"viaf": "99"}), other]
    )
    assert list(one.persons) == ["person/m"]
    assert one.current("person/hoh-7") == "person/m"
    assert "Edw. Marlowe" in one.persons["person/m"].variants


@pytest.mark.parametrize(
    ("text", "office", "side"),
    [
        ("the Soviet Minister of Foreign Affairs", "foreign minister", "soviet"),
        ("the head of the Soviet government", "head of government", "soviet"),
        ("the British Prime Minister", "prime minister", "british"),
        ("the Attorney General", "attorney general", "us"),
    ],
)
def test_descriptions_are_read_as_offices(text, office, side):
    read = describe(text)
    assert read is not None
    assert (read.office, read.side) == (office, side)


def test_descriptions_that_name_no_office():
    assert describe("a member of the delegation") is None
    assert read_kin("my colleague") is None
    assert describe("the late president").late


def test_editors_brackets_within_names():
    assert spelled_title("[U.S.] Ambassador [to Moscow Amos] Pell")[1].endswith("Pell")
    assert spelled_title("Iris [daughter of the Marlowes]") == (None, "Iris")
    assert spelled_title("French Ambassador Dubois") == ("French Ambassador", "Dubois")


@pytest.mark.shared
def test_volume_lists_are_tied_to_the_office_of_the_historian(shared):
    from kgraph.authorities.resolution.volume_lists import ListedPersons
    from kgraph.report import Report
    from kgraph.sources import people

    authority = Authority.of(people.read(shared / "sources/people/people.tsv", Report()))
    with (shared / "gold/frus-tei/person_links.tsv").open(encoding="utf-8", newline="") as lines:
        links = list(csv.DictReader(lines, delimiter="\t"))
    made = right = 0
    lists: dict[str, ListedPersons] = {}
    for row in links:
        volume = row["volume"]
        listed = lists.setdefault(volume, ListedPersons(authority, f"{volume}.xml"))
        redirect = listed.enter(
            Person(id=f"person/{volume}/{row['pid']}", label=row["printed_name"],
                   sort=row["printed_name"], source=f"{volume}.xml")
        )  # fmt: skip
        if redirect:
            made += 1
            right += authority.persons[redirect.to].identifiers["hoh"] == row["people_id"]
    assert right / made >= 0.98
    assert right / len(links) >= 0.95


def test_chiefs_of_mission_by_tenure() -> None:
    office = Office(
        title="Ambassador e p, russia", id="position/ambassador-e-p-russia",
        from_="1957-07-16", to="1962-07-27",
    )  # fmt: skip
    other = msgspec.structs.replace(office, from_="1962-09-11", to="1966-11-14")
    missions = Missions(
        [
            Person(id="person/a", label="Amos Pell", offices=(office,)),
            Person(id="person/b", label="Boris Ozark", offices=(other,)),
        ]
    )
    post = read_post("the Ambassador in the Soviet Union")
    assert post == read_post("American Ambassador at Moscow") == Post("ambassador", "russia")
    assert post is not None
    assert missions.holders(post, "1961-03-01", "1961-03-01") == ["person/a"]
    assert missions.holders(post, "1962-08-15", "1962-08-15") == []
    assert missions.holders(post, "1962-01-01", "1962-12-31") == ["person/a", "person/b"]
    assert read_post("the British Ambassador in Moscow") is None
    assert read_post("the Ambassador in Atlantis") is None


def test_an_undated_paper_is_dated_by_its_file_number_or_the_years_it_names() -> None:
    assert filed("Central Files, 761.13/2-1361") == ("1961-02-13", "1961-02-13")
    assert filed("Lot 66 D 204") is None
    assert years_named("printed in 1961 and 1963") == ("1961-01-01", "1963-12-31")
    assert years_named("in 1861 and in 1963") is None


def test_quoted_words_are_those_of_the_speaker_named_before_them() -> None:
    text = "Iris Marlowe, in tears, said: “You knew my husband.”"
    said = linked(
        Mention(start=0, end=12, text="Iris Marlowe", type="person", form="name"),
        Mention(start=40, end=50, text="my husband", type="person", form="description"),
        text=text,
        date=day("1963-11-27"),
        senders=(Party(name="Pavel Sokolin", kind="person"),),
    )
    assert [m.id for m in said.mentions] == ["person/marlowe-iris", "person/marlowe-edwin"]


def test_a_row_of_persons_is_no_apposition() -> None:
    text = "the President, Hugh Marlowe, and Pavel Sokolin came"
    row = linked(
        Mention(start=0, end=13, text="the President", type="person", form="description"),
        Mention(start=15, end=27, text="Hugh Marlowe", type="person", form="name"),
        Mention(start=33, end=46, text="Pavel Sokolin", type="person", form="name"),
        text=text,
    )
    assert row.mentions[0].id is None


def test_the_prime_minister_is_the_one_named_and_not_the_writer():
    premier = Person(id="person/premier", label="Pavel Orlin", sort="Orlin, Pavel", side="soviet",
                     offices=(Office(title="Chairman of the Council of Ministers", from_="1950", to="1955"),))  # fmt: skip
    other = Person(id="person/pm", label="Hugh Tarrant", sort="Tarrant, Hugh", side="british",
                   offices=(Office(title="Prime Minister", from_="1950", to="1955"),))  # fmt: skip
    authority = Authority.of([premier, other])

    def found(text: str, *names: str) -> str | None:
        words = (*names, "the Prime Minister")
        mentions = tuple(
            Mention(start=text.index(w), end=text.index(w) + len(w), text=w, type="person",
                    form="description" if w == words[-1] else "name")
            for w in words
        )  # fmt: skip
        record = Record(id="x/d1", source="x.xml", form="letter", date=day("1951-05-05"), text=text,
                        senders=(Party(name="Pavel Orlin", kind="person"),), mentions=mentions)  # fmt: skip
        out = next(r for r in resolve_source([record], authority) if isinstance(r, Record))
        return out.mentions[-1].id

    assert (
        found("You and the Prime Minister, Hugh Tarrant, know it.", "Hugh Tarrant") == "person/pm"
    )
    assert found("You and the Prime Minister know it.") != "person/premier"
