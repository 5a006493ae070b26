"""The register of documents that should be there."""

import msgspec
import pytest

from kgraph.authorities import Authority, resolve, trace
from kgraph.authorities.documents.missing import from_signs, register, signs
from kgraph.authorities.documents.referred import meant
from kgraph.extract.mentions import MentionFinder, Name
from kgraph.model import Date, Holding, Identity, Number, Party, Place, Record, Relation


def day(text: str) -> Date:
    return Date(text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59")


PELL = Party(name="Pell", kind="person", id="person/pell")
SOKOLIN = Party(name="Sokolin", kind="person", id="person/sokolin")


def numbered(n: int) -> Record:
    return Record(id=f"ed/{n}", source="ed.xml", number=str(n), title=f"No. {n}")


def test_a_gap_in_an_edition_s_numbering():
    records = [trace(numbered(n)) for n in range(1, 15) if n != 9]
    [gap] = register(records)
    assert (gap.id, gap.status, gap.number) == ("ed/9", "missing", "9")
    assert {r.target for r in gap.relations} == {"ed/8", "ed/10"}


def test_a_choice_of_numbers_is_no_series_with_gaps():
    assert list(register([trace(numbered(n)) for n in (1, 4, 9, 15, 22, 30, 41, 57, 60)])) == []


def test_a_cited_letter_that_is_not_there_and_its_likeliest_candidate():
    answer = Record(
        id="ed/2", source="ed.xml", senders=(PELL,), addressees=(SOKOLIN,), date=day("1961-11-20"),
        relations=(Relation(type="reply-to", target="your letter of November 9, 1961",
                            text="your letter of November 9, 1961"),),
    )  # fmt: skip
    near = Record(id="other/7", source="other.xml", form="letter", senders=(SOKOLIN,), addressees=(PELL,),
                  date=day("1961-11-09"))  # fmt: skip
    far = Record(id="other/8", source="other.xml", form="letter", date=day("1961-11-25"))
    [cited] = register([trace(r) for r in (answer, near, far)])
    assert cited.status == "cited"
    assert cited.form == "letter"
    assert cited.senders == (SOKOLIN,)
    assert cited.date.earliest.startswith("1961-11-09")
    targets = [r.target for r in cited.relations if r.type == "related"]
    assert targets == ["other/7"]


def test_what_is_present_is_not_missing():
    answer = Record(
        id="ed/2", source="ed.xml", relations=(Relation(type="reply-to", target="ed/1"),)
    )
    assert list(register([trace(answer), trace(Record(id="ed/1", source="ed.xml"))])) == []


def test_words_that_say_a_document_was_not_found_or_not_printed():
    record = Record(id="ed/3", source="ed.xml",
                    text="No record of this talk has been found. Attachment not printed. All is well.")  # fmt: skip
    found = list(from_signs(record))
    assert [r.status for r in found] == ["not-found", "not-published"]
    assert found[1].relations[0].type == "enclosed-in"
    sign = signs(record)[0]
    assert record.text[sign.start : sign.end] == sign.words


def test_a_text_without_such_words_yields_nothing():
    assert (
        list(
            from_signs(
                Record(id="ed/4", source="ed.xml", text="The record was found to be in order.")
            )
        )
        == []
    )


def test_the_register_comes_out_of_resolving():
    records = [numbered(n) for n in range(1, 15) if n != 9]
    out = list(resolve(records, Authority.of([])))
    assert [i.id for i in out if isinstance(i, Record) and i.status == "missing"] == ["ed/9"]


def test_what_is_printed_or_held_elsewhere_is_not_missing():
    citing = Record(
        id="ed/2", source="ed.xml",
        relations=(
            Relation(type="cites", target="document spoken of before", rule="cited:holding"),
            Relation(type="cites", target="volume IV", rule="cited:publication"),
            Relation(type="cites", target="Document 7", text="Document 7", rule="cited:document-number"),
        ),
    )  # fmt: skip
    assert list(register([trace(citing)])) == []


def test_a_cited_number_and_day_is_the_telegram_that_bears_them():
    words = "telegram 771 from Lindt, 9 November 1961"
    citing = Record(id="ed/2", source="ed.xml", date=day("1961-11-20"), relations=(
        Relation(type="cites", target=words, text=words, rule="cited:telegram"),))  # fmt: skip

    def telegram(place: str) -> Record:
        return Record(id="other/7", source="other.xml", form="telegram", date=day("1961-11-09"),
                      numbers=(Number(kind="telegram", value="771"),), place=Place(name=place))  # fmt: skip

    found = list(register([trace(citing), trace(telegram("Lindt"))]))
    assert [i.records for i in found if isinstance(i, Identity)] == [("other/7", "ed/2/cited-1")]
    elsewhere = list(register([trace(citing), trace(telegram("Almeda"))]))
    assert [i for i in elsewhere if isinstance(i, Identity)] == []


def telegram(n: int, number: str, when: str, *relations: Relation) -> Record:
    return Record(
        id=f"ed/{n}", source="ed.xml", form="telegram", senders=(PELL,), addressees=(SOKOLIN,),
        date=day(when), numbers=(Number(kind="special", value=number),), relations=relations,
    )  # fmt: skip


def note(words: str, target: str | None = None) -> Relation:
    return Relation(type="cites", target=target or words, text=words, rule="cited:telegram",
                    start=5, end=5 + len(words))  # fmt: skip


def test_a_document_that_two_cite_is_entered_once_with_both():
    words = "despatch 747 from Lindt, May 3"
    citing = [
        telegram(1, "1", "1961-05-09", note(words)),
        telegram(2, "2", "1961-05-12", note(words)),
    ]
    [cited] = [r for r in register([trace(r) for r in citing]) if isinstance(r, Record)]
    assert cited.date.edtf == "1961-05-03"
    assert {r.target for r in cited.relations} == {"ed/1", "ed/2"}


def test_a_day_without_a_year_is_the_nearest():
    citing = telegram(1, "1", "1962-01-04", note("telegram 7 from Lindt, December 28"))
    [cited] = register([trace(citing)])
    assert cited.date.edtf == "1961-12-28"


def test_a_number_that_another_of_the_source_bears_is_not_missing():
    by_number = note("REFERENCE: No. 1967-1968", "telegram no. 1967-1968")
    first = telegram(1, "1967-1968", "1963-11-22")
    second = telegram(2, "1973", "1963-11-23", by_number)
    found = list(resolve([first, second], Authority.of([])))
    assert [r for r in found if isinstance(r, Record) and r.status == "cited"] == []
    assert any(
        r.about == "ed/2" and r.relations and r.relations[0].target == "ed/1"
        for r in found
        if isinstance(r, Record)
    )


def test_what_bears_another_number_is_no_candidate():
    citing = telegram(1, "1", "1961-05-09", note("telegram 212, May 8"))
    other = Record(id="ed/9", source="ed.xml", form="telegram", date=day("1961-05-08"),
                   numbers=(Number(kind="telegram", value="215"),))  # fmt: skip
    near = Record(id="ed/8", source="ed.xml", form="telegram", date=day("1961-05-08"))
    [cited] = [
        r for r in register([trace(r) for r in (citing, other, near)]) if isinstance(r, Record)
    ]
    assert [r.target for r in cited.relations if r.type == "related"] == ["ed/8"]


def test_a_document_of_which_no_more_than_the_year_is_known_is_near_no_day():
    citing = telegram(1, "1", "1961-05-09", note("telegram 212, January 8"))
    year = Date(
        text="1961", edtf="1961", earliest="1961-01-01T00:00:00", latest="1961-12-31T23:59:59"
    )
    vague = Record(id="ed/9", source="ed.xml", form="telegram", date=year)
    near = Record(id="ed/8", source="ed.xml", form="telegram", date=day("1961-01-08"))
    [cited] = [
        r for r in register([trace(r) for r in (citing, vague, near)]) if isinstance(r, Record)
    ]
    assert [r.target for r in cited.relations if r.type == "related"] == ["ed/8"]


def test_a_solution_that_is_not_found_is_no_document() -> None:
    from kgraph.authorities.documents.missing import signs

    text = (
        "If a reasonable solution is not found, we shall go on.\n"
        "The attachment has not been found.\n"
        "[2] Apparently a cable of Quibble's, which has not been found."
    )
    found = signs(Record(id="x/9", source="x", text=text))
    assert [sign.words for sign in found] == ["has not been found", "has not been found"]


def test_the_register_tells_the_footnote_in_which_a_paper_is_missed() -> None:
    from kgraph.authorities.documents.missing import from_signs

    text = "Body.\n[1] See vol. II, p. 4.\n[2] Not printed. (Box 7)\n[3] Apparently a cable, which has not been found."
    titles = sorted(r.title or "" for r in from_signs(Record(id="x/9", source="x", text=text)))
    assert titles == [
        "Document spoken of in x/9: footnote 2: Not printed. (Box 7)",
        "Document spoken of in x/9: footnote 3: Apparently a cable, which has not been found.",
    ]


DEPARTMENT = Party(name="Department of State", kind="body", id="body/department", start=3, end=9)
EMBASSY = Party(name="Embassy in Norlandia", kind="body", id="body/embassy")


def wire(n: int, number: str, sender: Party, to: Party, when: str, text: str = "") -> Record:
    return Record(
        id=f"ed/{n}", source="ed.xml", form="telegram", senders=(sender,), addressees=(to,),
        date=day(when), numbers=(Number(kind="telegram", value=number),), text=text,
    )  # fmt: skip


def unprinted(*records: Record) -> list[Record]:
    traces = [trace(r) for r in records]
    return [r for r in register(traces, list(meant(traces, {}))) if isinstance(r, Record)]


def test_telegrams_that_are_referred_to_and_not_present_are_entered_with_all_who_refer_to_them():
    first = wire(1, "40", EMBASSY, DEPARTMENT, "1951-03-02", "Embtel 38. The minister left.")
    second = wire(2, "90", DEPARTMENT, EMBASSY, "1951-03-09", "Your telegrams 38 and 40 received.")
    later = wire(3, "12", EMBASSY, DEPARTMENT, "1952-02-01", "Embtel 38. He is back.")
    [one, other] = unprinted(first, second, later)
    assert (one.status, one.form, one.numbers[0].value) == ("cited", "telegram", "38")
    assert [r.target for r in one.relations if r.type == "cited-in"] == ["ed/1", "ed/2"]
    assert ([p.name for p in one.senders], [p.name for p in one.addressees]) == (
        [EMBASSY.name], [DEPARTMENT.name],
    )  # fmt: skip
    assert one.addressees[0].start is None  # where the name stands is told of another text
    assert (one.date.edtf, one.date.certainty) == ("../1951-03-02", "inferred")
    assert [r.target for r in other.relations] == ["ed/3"]  # numbers begin anew each year


def test_a_letter_referred_to_by_its_day_has_a_day_and_both_ends():
    letter = Record(id="ed/1", source="ed.xml", form="letter", senders=(PELL,), addressees=(SOKOLIN,),
                    date=day("1951-03-09"), text="I thank you for your letter of March 3.")  # fmt: skip
    [one] = unprinted(letter)
    assert (one.senders[0].id, one.addressees[0].id) == (SOKOLIN.id, PELL.id)
    assert one.date.edtf == "1951-03-03"


def test_words_that_name_another_end_do_not_give_it_that_of_the_document():
    wires = (
        wire(1, "40", DEPARTMENT, EMBASSY, "1951-03-02", "We refer to Deptel 31 to Paris."),
        wire(2, "41", DEPARTMENT, EMBASSY, "1951-03-02", "As Rome Embtel 77 says, he left."),
    )
    [one] = unprinted(*wires)
    assert (one.numbers[0].value, [p.name for p in one.senders]) == ("31", [DEPARTMENT.name])
    assert one.addressees == ()


def test_a_reference_that_two_documents_may_be_is_not_missing():
    text = "I thank you for your letter of March 3."
    letters = [
        Record(id=f"ed/{n}", source="ed.xml", form="letter", senders=(SOKOLIN,), addressees=(PELL,),
               date=day("1951-03-03")) for n in (1, 2)
    ]  # fmt: skip
    answer = Record(id="ed/3", source="ed.xml", form="letter", senders=(PELL,), addressees=(SOKOLIN,),
                    date=day("1951-03-09"), text=text)  # fmt: skip
    assert unprinted(*letters, answer) == []


def test_of_many_who_are_written_to_none_is_the_writer():
    many = wire(1, "40", DEPARTMENT, EMBASSY, "1951-03-02", "Your 31 is noted.")
    several = msgspec.structs.replace(many, addressees=(EMBASSY, PELL))
    assert unprinted(several) == []


NOTE = "Source: Department of State, Lot 7. The source text is a translation. "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It came in telegram 17 from Oslo, May 3.", [("telegram", "17", "XXXX-05-03")]),
        ("See telegram 17 from Oslo, May 3, Foreign Relations, 1915, p. 4.", []),  # printed
        ("See the reply to the note of May 3 from Pell.", [("note", None, "XXXX-05-03")]),
        ("It is a memorandum of Pell's May 3 meeting with Tarn.", []),  # the meeting's day
        ("7. Memorandum of conversation, May 3, 1961. On ships.", []),  # its own title
        ("Telegrams came from Oslo, and a letter.", []),
        (NOTE + "The Russian-language text is in Lot 9.", [("letter", None, None)]),
        ("He spoke of a plan. The Russian text is long.", []),  # of some other document
    ],
)
def test_what_words_must_tell_of_a_document_to_enter_it(
    text: str, told: list[tuple[str, str | None, str | None]]
) -> None:
    held = (
        (Holding(holder="Department of State", start=8, end=27),) if text.startswith(NOTE) else ()
    )
    names = [Name(text=n, type="person", surname=True) for n in ("Pell", "Tarn")]
    record = Record(id="ed/1", source="ed", form="letter", text=text, holdings=held,
                    mentions=tuple(MentionFinder(names).find(text)))  # fmt: skip
    found = [r for r in register([trace(record)]) if isinstance(r, Record)]
    assert [
        (r.form, next((n.value for n in r.numbers), None), r.date.edtf if r.date else None)
        for r in found
    ] == told
    assert all(r.status == "cited" for r in found)
