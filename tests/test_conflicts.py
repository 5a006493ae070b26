"""Disagreements between records, and things that cannot be."""

from datetime import date

from kgraph.authorities import Authority, across, trace
from kgraph.authorities.documents.conflicts import conflicts_of, file_date, impossible
from kgraph.model import (
    Conflict,
    Date,
    Holding,
    Identity,
    Number,
    Party,
    Person,
    Place,
    Record,
    Relation,
)


def day(text: str, **fields) -> Date:
    return Date(
        text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59", **fields
    )


def doc(id: str, when: str | None = None, **fields) -> Record:
    fields.setdefault("source", id.split("/")[0])
    return Record(id=id, date=day(when) if when else None, **fields)


def kinds(*records: Record) -> list[str]:
    return [c.kind for c in impossible([trace(r) for r in records])]


def test_differing_dates_are_one_conflict_with_every_claim_and_a_rule():
    a, b = doc("a/1", "1963-11-25"), doc("b/1", "1963-11-26")
    [conflict] = conflicts_of([trace(a), trace(b)])
    assert conflict.kind == "date"
    assert {(c.value, c.record) for c in conflict.claims} == {
        ("1963-11-25", "a/1"),
        ("1963-11-26", "b/1"),
    }
    assert conflict.preferred == "1963-11-25"
    assert conflict.rule


def test_a_narrower_date_is_no_contradiction():
    a = doc("a/1", "1963-11-25")
    b = Record(id="b/1", source="b", date=Date(text="November 1963", edtf="1963-11",
               earliest="1963-11-01T00:00:00", latest="1963-11-30T23:59:59"))  # fmt: skip
    assert [c.kind for c in conflicts_of([trace(a), trace(b)])] == ["date-precision"]


def test_places_parties_marks_and_numbers_that_differ():
    a = doc("a/1", "1961-01-02", place=Place(name="Gagra", id="place/gagra"), classification="Secret",
            addressees=(Party(name="Ministry", id="body/ministry"),), numbers=(Number(kind="telegram", value="1"),))  # fmt: skip
    b = doc("b/1", "1961-01-02", place=Place(name="Pitsunda", id="place/pitsunda"), classification="Top Secret",
            addressees=(Party(name="CC", id="body/cc"),), numbers=(Number(kind="telegram", value="2"),))  # fmt: skip
    assert {c.kind for c in conflicts_of([trace(a), trace(b)])} == {
        "place",
        "classification",
        "parties",
        "number",
    }


def test_records_that_agree_have_no_conflict():
    a, b = (
        doc("a/1", "1961-01-02", classification="Secret"),
        doc("b/1", "1961-01-02", classification="SECRET"),
    )
    assert list(conflicts_of([trace(a), trace(b)])) == []


def test_an_answer_before_its_question():
    question = doc("a/1", "1961-03-10")
    answer = doc("a/2", "1961-03-01", relations=(Relation(type="reply-to", target="a/1"),))
    later = doc("a/3", "1961-03-12", relations=(Relation(type="reply-to", target="a/1"),))
    assert kinds(question, answer, later) == ["answer-before-question"]


def test_received_before_it_was_sent_but_for_time_zones():
    assert kinds(doc("a/1", "1961-03-10", received=day("1961-03-05"))) == ["received-before-sent"]
    assert kinds(doc("a/1", "1961-03-10", received=day("1961-03-09"))) == []


def test_a_file_number_that_encodes_another_date():
    held = (Holding(holder="Department of State", shelfmark="Central Files, 711.11-KE/2-1261"),)
    [conflict] = impossible([trace(doc("a/1", "1961-04-20", holdings=held))])
    assert conflict.kind == "file-number-date"
    assert conflict.claims[1].value == "1961-02-12"
    assert kinds(doc("a/1", "1961-02-12", holdings=held)) == []


def test_file_dates():
    assert file_date("611.61/12-2362", 1962) == date(1962, 12, 23)
    assert file_date("763.72/406", 1914) is None
    assert file_date("611.61/13-4562", 1962) is None


def test_an_office_before_its_holder_took_it():
    rusk = Person(id="person/hoh-9", label="Dean Rusk", sort="Rusk, Dean", identifiers={"hoh": "9"})
    authority = Authority.of([rusk])

    def letter(when):
        return trace(
            doc("a/1", when, senders=(Party(name="Rusk", role="Secretary of State", id=rusk.id),))
        )

    assert [c.kind for c in impossible([letter("1958-05-05")], authority.offices)] == [
        "office-before-holder"
    ]
    assert list(impossible([letter("1962-05-05")], authority.offices)) == []


def test_a_number_out_of_sequence():
    def numbered(i, number):
        return doc(f"a/{i}", f"1961-09-{i:02}", form="despatch", place=Place(name="Almeda"),
                   numbers=(Number(kind="despatch", value=str(number)),))  # fmt: skip

    rising = [numbered(i, 100 + 5 * i) for i in range(1, 12)]
    assert kinds(*rising) == []
    assert kinds(*rising, numbered(12, 3)) == ["number-out-of-sequence"]


def test_numbers_of_fixed_width_begin_anew():
    def wire(i, number):
        return doc(f"a/{i}", f"1961-09-{i:02}", form="telegram", place=Place(name="Almeda"),
                   numbers=(Number(kind="telegram", value=number),))  # fmt: skip

    rising = [wire(i, str(950 + 5 * i)) for i in range(1, 10)]
    assert kinds(*rising, wire(11, "002"), wire(12, "009")) == []
    assert kinds(*rising, wire(11, "002"), wire(12, "500")) == ["number-out-of-sequence"]


def test_a_paper_sent_may_be_filed_under_the_day_of_what_it_answers():
    def paper(place):
        return trace(doc("a/1", "1961-05-12", place=Place(name=place),
                         numbers=(Number(kind="central-file", value="611.61/4-2061"),)))  # fmt: skip

    offices = Authority.of([]).offices
    [sent], [came] = (list(impossible([paper(p)], offices)) for p in ("Washington", "Almeda"))
    assert (sent.kind, came.kind) == ("file-number-date", "file-number-date")
    assert "what this answers" in (sent.assessment or "")
    assert "what this answers" not in (came.assessment or "")


def test_a_ministry_numbers_its_telegrams_to_each_post_apart():
    def telegram(i, number, post):
        return doc(f"{post}/{i}", f"1961-09-{i:02}", form="telegram", place=Place(name="Almeda"),
                   addressees=(Party(name=f"Embassy in {post}", kind="body"),),
                   numbers=(Number(kind="telegram", value=str(number)),))  # fmt: skip

    north = [telegram(i, 100 + 5 * i, "North") for i in range(1, 12)]
    assert kinds(*north, telegram(12, 3, "South")) == []
    assert kinds(*north, telegram(12, 3, "North")) == ["number-out-of-sequence"]


def test_conflicts_follow_from_all_records_of_a_document_together():
    a, b = doc("a/1", "1963-11-25"), doc("b/1", "1963-11-26")
    known = [Identity(document="a/1", records=("a/1", "b/1"))]
    found = [
        i
        for i in across([trace(a), trace(b)], Authority.of([]), known=known)
        if isinstance(i, Conflict)
    ]
    assert [c.kind for c in found] == ["date"]
    assert found[0].subject == "a/1"
