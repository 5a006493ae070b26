"""What documents refer to in their own words: by number, by day, by number in an edition."""

from __future__ import annotations

import pytest

from kgraph.authorities import Authority, resolve, trace
from kgraph.authorities.documents.references import references
from kgraph.authorities.documents.referred import meant, referring
from kgraph.authorities.resolution.editions import numbers, volume_documents
from kgraph.model import Date, Number, Party, Record, Relation


def day(text: str) -> Date:
    return Date(text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59",
                certainty="stated")  # fmt: skip


DEPARTMENT = Party(name="Department of State", kind="body", id="body/department")
EMBASSY = Party(name="Embassy in Norlandia", kind="body", id="body/embassy")
PELL = Party(name="Pell", kind="person", id="person/pell")
SOKOLIN = Party(name="Sokolin", kind="person", id="person/sokolin")


def wire(n: int, number: str, sender: Party, to: Party, when: str, text: str = "") -> Record:
    return Record(
        id=f"ed/{n}", source="ed.xml", form="telegram", senders=(sender,), addressees=(to,),
        date=day(when), numbers=(Number(kind="telegram", value=number),), text=text,
    )  # fmt: skip


def letter(n: int, sender: Party, to: Party, when: str, text: str = "") -> Record:
    return Record(id=f"ed/{n}", source="ed.xml", form="letter", senders=(sender,),
                  addressees=(to,), date=day(when), text=text)  # fmt: skip


def links(*records: Record) -> list[tuple[str, str, str]]:
    found = meant([trace(r) for r in records], {})
    return [(one.by.id, one.reference.words, *one.documents) for one in found if one.sure]


@pytest.mark.parametrize(
    ("text", "words", "whose", "told"),
    [
        ("In answer to your telegram No. 412 of May 3 I", "your telegram No. 412 of May 3", "addressee", ("412",)),
        ("Ref Deptel 88. The Minister", "Deptel 88", "department", ("88",)),
        ("As said in Embtels 12 and 14, he", "Embtels 12 and 14", "post", ("12", "14")),
        ("See my 271, May 2, on this.", "my 271, May 2", "writer", ("271",)),
        ("the Department’s telegram 90 asks", "Department’s telegram 90", "department", ("90",)),
        ("I have your kind letter of the 3rd instant.", "your kind letter of the 3rd instant", "addressee", "1951-05-03"),
        ("my message of 28 December said", "my message of 28 December", "writer", "1950-12-28"),
    ],
)  # fmt: skip
def test_words_that_refer_to_a_document(text, words, whose, told):
    [found] = references(text, "telegram", "1951-05-09")
    assert (found.words, found.whose) == (words, whose)
    assert (found.numbers or found.day) == told


@pytest.mark.parametrize(
    "text",
    [
        "our 1959 proposals stand",
        "our 60,000 men",
        "my 12 December memorandum",
        "He said: “I have your letter of May 3” and left.",
        "your letter was kind",
        "the model 412 engine",
    ],
)
def test_words_that_refer_to_none(text):
    assert references(text, "telegram", "1951-05-09") == ()


def test_in_a_talk_it_is_not_known_whose_letter_is_yours():
    assert references("your letter of May 3", "memorandum-of-conversation", "1951-05-09") == ()


def test_numbers_are_followed_with_the_side_that_sent_them():
    asked = wire(1, "412", DEPARTMENT, EMBASSY, "1951-05-03")
    other = wire(2, "412", EMBASSY, DEPARTMENT, "1951-05-04")
    answer = wire(3, "430", EMBASSY, DEPARTMENT, "1951-05-09", "Reference Deptel 412. Done.")
    assert links(asked, other, answer) == [("ed/3", "Deptel 412", "ed/1")]
    again = wire(4, "420", DEPARTMENT, EMBASSY, "1951-05-10", "Your 412. Thanks.")
    assert links(asked, other, again) == [("ed/4", "Your 412", "ed/2")]


def test_a_number_of_last_year_is_not_followed():
    old = wire(1, "412", DEPARTMENT, EMBASSY, "1950-05-03")
    answer = wire(3, "430", EMBASSY, DEPARTMENT, "1951-05-09", "Reference Deptel 412. Done.")
    assert links(old, answer) == []


def test_a_number_with_another_day_is_not_followed():
    asked = wire(1, "412", DEPARTMENT, EMBASSY, "1951-05-03")
    answer = wire(3, "430", EMBASSY, DEPARTMENT, "1951-05-09", "Your telegram 412, April 2, asks")
    assert links(asked, answer) == []


def test_a_letter_is_followed_by_its_day_and_both_parties():
    first = letter(1, SOKOLIN, PELL, "1951-04-02")
    second = letter(2, PELL, SOKOLIN, "1951-04-02")
    answer = letter(3, PELL, SOKOLIN, "1951-04-20", "Thank you for your letter of April 2.")
    assert links(first, second, answer) == [("ed/3", "your letter of April 2", "ed/1")]


def test_of_two_letters_of_one_day_none_is_followed():
    two = [letter(n, SOKOLIN, PELL, "1951-04-02") for n in (1, 2)]
    answer = letter(3, PELL, SOKOLIN, "1951-04-20", "Thank you for your letter of April 2.")
    assert links(*two, answer) == []


def test_the_graph_says_what_a_document_refers_to_and_in_which_words():
    first = letter(1, SOKOLIN, PELL, "1951-04-02")
    answer = letter(
        3, PELL, SOKOLIN, "1951-04-20", "I have your letter of April 2. Your letter of April 2 says"
    )
    traces = [trace(r) for r in (first, answer)]
    [record] = referring(traces, meant(traces, {}))
    [relation] = record.relations
    assert (record.about, relation.type, relation.target) == ("ed/3", "cites", "ed/1")
    assert answer.text[relation.start : relation.end] == "your letter of April 2"
    assert record.about in {r.about for r in resolve([first, answer], Authority.of([])) if isinstance(r, Record) and r.relations}  # fmt: skip


def test_lists_of_documents_are_told_apart():
    assert numbers("Documents 132 and 135–38") == [132, 135, 136, 137, 138]
    assert numbers("Documents 1–900") == []


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("vol. XIII, Document 71", ["frus1961-63v13/d71"]),
        ("volume V, Part 2, Documents 3 and 4", ["frus1961-63v05p2/d3", "frus1961-63v05p2/d4"]),
        ("Foreign Relations, 1969–1976, volume E–5, Part 2, Document 9", ["frus1969-76ve05p2/d9"]),
        ("vol. II, pp. 990-991", []),
    ],
)
def test_documents_of_another_volume_of_the_series(words, ids):
    assert volume_documents(words, "frus1961-63v15/d8") == ids
    assert volume_documents(words, "letters/8") == []


def test_the_number_in_another_volume_is_not_taken_for_one_of_this():
    text = "Also in Foreign Relations, 1952-1954, vol. IV, pp. 31-37 (Document 3)."
    at = text.index("Document 3")
    cites = Relation(type="cites", target="Document 3", text="Document 3",
                     rule="cited:document-number", start=at, end=at + 10)  # fmt: skip
    for edition, target in (("frus1952-54Guat", "frus1952-54v04/d3"), ("ed", "Document 3")):
        record = Record(
            id=f"{edition}/d6", number="6", source="x.xml", text=text, relations=(cites,)
        )
        [found] = [
            r
            for r in resolve([record], Authority.of([]))
            if isinstance(r, Record) and r.id == record.id
        ]
        assert found.relations[0].target == target


def test_a_list_of_documents_becomes_a_link_to_each():
    words = "Documents 2 and 3"
    cites = Relation(
        type="cites", target=words, text=words, rule="cited:document-number", start=4, end=21
    )
    record = Record(
        id="ed/d1", number="1", source="ed.xml", text=f"See {words}.", relations=(cites,)
    )
    found = [
        r for r in resolve([record], Authority.of([])) if isinstance(r, Record) and r.id == "ed/d1"
    ]
    assert [r.target for r in found[0].relations] == ["ed/d2", "ed/d3"]
