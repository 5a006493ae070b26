"""When two records describe one document, and when they do not."""

from kgraph.authorities import trace
from kgraph.authorities.documents.align import align, segments
from kgraph.authorities.documents.keys import days_apart, number_key, sketch
from kgraph.authorities.documents.meetings import shared_meetings
from kgraph.authorities.documents.same_document import pairs, same_documents
from kgraph.model import Date, Identity, Number, Party, Record

LONG = (
    "The minister received me at four in the afternoon and spoke at length of the harbour works. "
    "He said that nineteen ships lie idle, that the dredgers have not come, and that the governor "
    "of the province asks for coal before the frost. I replied that the company in Port Almeda had "
    "been written to twice. He asked me to tell you that the matter will not bear delay, since the "
    "river closes in November and the pilots leave for the south. "
)
OTHER = (
    "Yesterday the commission met again about wool. The delegates from the islands held that the "
    "tariff should fall by a third within two years, and the chair adjourned without any vote. "
    "Tea was served on the terrace and the band of the garrison played until late in the evening. "
)


def day(text: str) -> Date:
    return Date(text=text, edtf=text, earliest=f"{text}T00:00:00", latest=f"{text}T23:59:59")


def person(name: str) -> Party:
    return Party(name=name, kind="person", id=f"person/{name.lower()}")


def record(id: str, source: str, text: str = "", date: str = "1961-05-16", **fields):
    fields.setdefault("senders", (person("Pell"),))
    fields.setdefault("addressees", (person("Sokolin"),))
    return trace(Record(id=id, source=source, form="telegram", text=text, text_length=len(text),
                        date=day(date), **fields))  # fmt: skip


def joined(*traces, known=()):
    return [i.records for i in same_documents(list(traces), known)]


def test_one_telegram_printed_in_two_volumes():
    a, b = record("v1/d4", "v1.xml", LONG), record("v2/d9", "v2.xml", LONG[:300])
    [identity] = same_documents([a, b])
    assert set(identity.records) == {"v1/d4", "v2/d9"}
    assert identity.score >= 0.9
    assert any("passages" in r for r in identity.reasons)


def test_another_text_of_the_same_day_is_another_document():
    a = record("v1/d4", "v1.xml", LONG, numbers=(Number(kind="telegram", value="12"),))
    b = record("v2/d9", "v2.xml", OTHER, numbers=(Number(kind="telegram", value="13"),))
    assert joined(a, b) == []


def test_two_telegrams_of_one_volume_and_day_in_one_file_are_two():
    mark = (Number(kind="central-file", value="611.61/5-1661"),)
    a = record("v1/d4", "v1.xml", LONG, numbers=mark)
    b = record("v1/d5", "v1.xml", OTHER + LONG[:90], numbers=mark)
    assert joined(a, b) == []


def test_special_numbers_join_two_translations_whose_dates_differ_by_a_day():
    number = (Number(kind="special", value="Nos. 2002-2004"),)
    a = record("b/36", "book", OTHER, date="1961-05-16", numbers=number)
    b = record("t/N6", "site", LONG, date="1961-05-17",
               numbers=(Number(kind="special", value="2002-2004"),))  # fmt: skip
    assert joined(a, b) == [("b/36", "t/N6")]


def test_the_same_number_a_year_later_is_another_document():
    number = (Number(kind="telegram", value="88"),)
    a = record("v1/d4", "v1.xml", LONG, numbers=number)
    b = record("v2/d4", "v2.xml", OTHER, date="1962-05-16", numbers=number)
    assert joined(a, b) == []


def test_a_letter_within_a_telegram_meets_the_letter_and_the_covers_stay_apart():
    letter = LONG
    inner = record("v1/d15/1", "v1.xml", letter, part_of="v1/d15")
    outer = record("v1/d15", "v1.xml", "Following is the text. " + letter, contains=("v1/d15/1",),
                   senders=(person("Kemp"),), addressees=(person("Ross"),))  # fmt: skip
    other_inner = record("b/8/1", "book", letter, part_of="b/8")
    other_outer = record("b/8", "book", "I hand on this letter. " + letter, contains=("b/8/1",),
                         senders=(person("Orlik"),), addressees=(person("Danin"),))  # fmt: skip
    assert joined(inner, outer, other_inner, other_outer) == [("v1/d15/1", "b/8/1")]


def test_what_editors_already_tied_is_not_said_twice():
    a, b = record("v1/d4", "v1.xml", LONG), record("v2/d9", "v2.xml", LONG)
    known = [Identity(document="v1/d4", records=("v1/d4", "v2/d9"))]
    assert joined(a, b, known=known) == []


def test_a_formula_that_many_share_joins_nothing():
    formula = LONG[:150]
    many = [
        record(f"v{i}/d1", f"v{i}.xml", formula + f" {i} " * 40, date=f"1961-05-{i + 1:02}",
               senders=(person(f"A{i}"),))
        for i in range(9)
    ]  # fmt: skip
    assert joined(*many) == []


def test_one_edition_under_two_names_is_recognised_by_its_numbers_and_headings():
    def notes(source, i):
        return trace(Record(id=f"{source}/{i}", source=source, number=str(i), title=f"Letter {i} from Pell",
                            senders=(person("Pell"),), addressees=(person("Sokolin"),)))  # fmt: skip

    both = [notes(s, i) for s in ("web", "volume") for i in range(1, 8)]
    assert len(joined(*both)) == 7
    assert joined(notes("web", 1), notes("volume", 1)) == []


def test_a_meeting_recorded_by_both_sides_is_one_event_and_two_documents():
    def memo(id, source, place):
        return trace(Record(id=id, source=source, form="memorandum-of-conversation", date=day("1963-08-09"),
                            participants=(person("Pell"), person("Sokolin"))))  # fmt: skip

    a, b = memo("v1/d208", "v1.xml", "Gagra"), memo("book/4", "book", "Pitsunda")
    [event] = shared_meetings([a, b])
    assert set(event.reported_in) == {"v1/d208", "book/4"}
    assert len(event.participants) == 2
    assert joined(a, b) == []


def test_pairs_are_ordered_and_explained():
    found = pairs([record("v1/d4", "v1.xml", LONG), record("v2/d9", "v2.xml", LONG)])
    assert found[0].reasons
    assert 0 < found[0].probability <= 1


def test_sketches_share_what_texts_share():
    a, b = set(sketch(LONG)), set(sketch(OTHER + LONG))
    assert a
    assert len(a & b) / len(a) > 0.9
    assert not a & set(sketch(OTHER))
    assert sketch("two words") == ()


def test_days_apart_and_number_keys():
    assert days_apart(day("1961-05-16"), day("1961-05-18")) == 2
    assert days_apart(day("1961-05-16"), None) is None
    assert number_key("No. 2442/GS") == number_key("2442/gs")


LEFT = (
    "Mr. Pell came to see me at noon. He spoke of the nineteen ships at Almeda. "
    "The weather was fine. He wishes an answer by 4 November."
)
RIGHT = (
    "At midday I was visited by Pell. Of the 19 vessels, nineteen ships in all, lying at Almeda he "
    "talked long. An answer before November 4 would please him."
)


def test_translations_are_laid_side_by_side_and_gaps_marked():
    passages = align(LEFT, RIGHT)
    beside = [(p.left[0].text, p.right[0].text) for p in passages if p.left and p.right]
    assert any("ships" in a and "vessels" in b for a, b in beside)
    assert any("answer" in a and "November 4" in b for a, b in beside)
    assert any(not p.right and "weather" in p.left[0].text for p in passages)


def test_nothing_is_lost_in_alignment():
    passages = align(LEFT, RIGHT)
    assert [s for p in passages for s in p.left] == segments(LEFT)
    assert [s for p in passages for s in p.right] == segments(RIGHT)
    for s in segments(LEFT):
        assert " ".join(LEFT[s.start : s.end].split()) == s.text
