"""Letters of a catalogue in CMIF: who, where, when, and what cannot be right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import sources
from kgraph.evaluate import evaluate
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import cmif, encoded_date

HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><sourceDesc>
<bibl type="print" xml:id="ed1">Invented Letters, ed. by Q. Quill, Nowhere 1999</bibl>
</sourceDesc></fileDesc><profileDesc>
"""
TAIL = "</profileDesc></teiHeader><text><body><p/></body></text></TEI>"
ONE = """<correspDesc key="7" source="#ed1" ref="https://letters.example/7">
<correspAction type="sent">{sent}</correspAction>
<correspAction type="received">{received}</correspAction>{more}</correspDesc>"""
ADA = '<persName ref="http://d-nb.info/gnd/1">Marl, Ada</persName>'
BO = '<persName ref="http://viaf.org/viaf/2">Lund, Bo</persName>'


def letters(path: Path, body: str) -> tuple[list[Record], Report]:
    path.write_text(HEAD + body + TAIL, "utf-8")
    report = Report()
    return [r for r in cmif.read(path, report) if isinstance(r, Record)], report


def letter(
    path: Path, sent: str = ADA, received: str = BO, more: str = ""
) -> tuple[Record, Counter[str]]:
    found, report = letters(path / "x.xml", ONE.format(sent=sent, received=received, more=more))
    return found[0], Counter(f.code for f in report)


def test_a_plain_letter(tmp_path: Path) -> None:
    sent = (
        ADA
        + '<placeName ref="https://sws.geonames.org/3/">Wien</placeName><date when="1899-03-04"/>'
    )
    received = BO + '<placeName>[Lund]</placeName><date when="1899-03-09">9. März</date>'
    record, codes = letter(tmp_path, sent, received)
    assert not codes
    assert (record.id, record.number, record.url) == ("x/7", "7", "https://letters.example/7")
    assert [(p.name, p.kind, p.ref) for p in record.senders] == [
        ("Marl, Ada", "person", "http://d-nb.info/gnd/1")
    ]
    assert [(p.name, p.ref) for p in record.addressees] == [("Lund, Bo", "http://viaf.org/viaf/2")]
    assert record.place
    assert (record.place.name, record.place.ref) == ("Wien", "https://sws.geonames.org/3/")
    assert record.place_to
    assert (record.place_to.name, record.place_to.certainty) == ("Lund", "inferred")
    assert record.date
    assert (record.date.edtf, record.date.latest) == ("1899-03-04", "1899-03-04T23:59:59")
    assert record.received
    assert (record.received.text, record.received.edtf) == ("9. März", "1899-03-09")
    assert record.printed_in[0].publication.startswith("Invented Letters")
    for thing in (*record.senders, *record.addressees, record.place, record.place_to):
        assert thing.start is not None
        assert record.text[thing.start : thing.end] == thing.name


@pytest.mark.parametrize(
    ("encoded", "edtf", "certainty", "code"),
    [
        ('<date when="18860712"/>', "1886-07-12", "stated", "date-untidy"),
        ('<date when=" 1875-07-13"/>', "1875-07-13", "stated", "date-untidy"),
        ('<date when="1875"/>', "1875", "stated", None),
        ('<date when="1875-07"/>', "1875-07", "stated", None),
        ('<date when="-0043-03-15"/>', "-0043-03-15", "stated", None),
        ('<date when="1875-07-13T10:00:00Z"/>', "1875-07-13T10:00:00", "stated", None),
        ('<date when="1875-07-13" cert="low"/>', "1875-07-13?", "conjectural", None),
        ('<date when="1875-07-13" cert="medium"/>', "1875-07-13", "inferred", None),
        ('<date when="1875-07-13" evidence="conjecture"/>', "1875-07-13?", "conjectural", None),
        ('<date from="1875-07-13" to="1875-07-15"/>', "1875-07-13/1875-07-15", "stated", None),
        ('<date notBefore="1875" notAfter="1876-02"/>', "1875/1876-02", "inferred", None),
        ('<date notAfter="1876"/>', "../1876", "inferred", None),
        ('<date notBefore="1876"/>', "1876/..", "inferred", None),
        ('<date notBefore="1877" notAfter="1876"/>', "1876/1877", "inferred", "date-reversed"),
        ('<date when="1847-01-01">undated</date>', "1847?", "stated", "date-too-precise"),
        ('<date when="1847-01-01">o. D.</date>', "1847?", "stated", "date-too-precise"),
        ('<date when="1847-01-01">[1847]</date>', "1847", "stated", "date-too-precise"),
        ('<date when="1847-01-01">New Year 1847</date>', "1847-01-01", "stated", None),
        ('<date when="1875-02-30">30 February</date>', None, "stated", "date-unreadable"),
        ('<date when="spring"/>', None, "stated", "date-unreadable"),
    ],
)
def test_dates(
    tmp_path: Path, encoded: str, edtf: str | None, certainty: str, code: str | None
) -> None:
    record, codes = letter(tmp_path, ADA + encoded)
    assert record.date
    assert (record.date.edtf, record.date.certainty) == (edtf, certainty)
    assert list(codes) == ([code] if code else [])
    assert record.text[record.date.start : record.date.end] == record.date.text


def test_a_letter_without_a_date_has_none(tmp_path: Path) -> None:
    record, codes = letter(tmp_path)
    assert record.date is None
    assert not codes


def test_joint_letters_and_offices(tmp_path: Path) -> None:
    record, _ = letter(tmp_path, ADA + BO, '<orgName ref="http://x/y">Office of Tides</orgName>')
    assert [p.name for p in record.senders] == ["Marl, Ada", "Lund, Bo"]
    assert [(p.name, p.kind) for p in record.addressees] == [("Office of Tides", "body")]


def test_several_actions_of_one_type_are_one(tmp_path: Path) -> None:
    more = f'<correspAction type="sent">{BO}<date when="1900"/></correspAction>'
    record, _ = letter(tmp_path, ADA + '<date when="1899"/>', BO, more)
    assert [p.name for p in record.senders] == ["Marl, Ada", "Lund, Bo"]
    assert record.date
    assert [record.date.edtf, *(d.edtf for d in record.other_dates)] == ["1899", "1900"]


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [("Unbekannt", "unknown", None), ("unknown", "unknown", None), ("N. N.", "unknown", None),
     ("Marl, Ada", "person", "unknown-as-person")],
)  # fmt: skip
def test_the_address_of_the_unknown_is_nobodys(
    tmp_path: Path, name: str, kind: str, code: str | None
) -> None:
    sent = f'<persName ref="http://correspSearch.net/unknown">{name}</persName>'
    record, codes = letter(tmp_path, sent)
    assert [(p.name, p.kind, p.ref) for p in record.senders] == [(name, kind, None)]
    assert list(codes) == ([code] if code else [])


def test_one_id_for_sender_and_addressee_is_kept_for_neither(tmp_path: Path) -> None:
    record, codes = letter(
        tmp_path, ADA, BO.replace("http://viaf.org/viaf/2", "http://d-nb.info/gnd/1")
    )
    assert [p.ref for p in (*record.senders, *record.addressees)] == [None, None]
    assert [p.name for p in (*record.senders, *record.addressees)] == ["Marl, Ada", "Lund, Bo"]
    assert codes == {"one-id-for-two": 1}


def test_received_before_sent_keeps_both_and_says_so(tmp_path: Path) -> None:
    record, codes = letter(
        tmp_path, ADA + '<date when="1899-03-04"/>', BO + '<date when="1899-02-28"/>'
    )
    assert record.date
    assert record.received
    assert (record.date.edtf, record.received.edtf) == ("1899-03-04", "1899-02-28")
    assert record.received.certainty == "conjectural"
    assert codes == {"received-before-sent": 1}


@pytest.mark.parametrize("kind", ["transmitted", "forwarded", "redirected"])
def test_other_actions_are_legs(tmp_path: Path, kind: str) -> None:
    more = (f'<correspAction type="{kind}"><persName>Rider, Cy</persName><placeName>Graz</placeName>'
            '<date when="1899-03-05"/></correspAction>')  # fmt: skip
    record, _ = letter(tmp_path, more=more)
    (leg,) = record.legs
    assert leg.by
    assert leg.place
    assert leg.date
    assert (leg.by.name, leg.place.name, leg.date.edtf) == ("Rider, Cy", "Graz", "1899-03-05")
    assert (leg.mode, leg.mode_text) == ("not stated", kind)
    assert leg.from_
    assert leg.from_.name == "Lund, Bo"  # after the addressee had it


def test_mentions_and_relations_of_version_2(tmp_path: Path) -> None:
    more = """<note>
    <ref type="cmif:mentionsPerson" target="http://d-nb.info/gnd/9">Dee, Eva</ref>
    <ref type="cmif:mentionsPlace" target="https://sws.geonames.org/8/">Linz</ref>
    <ref type="cmif:mentionsOrg" target="http://d-nb.info/gnd/10">Guild of Clocks</ref>
    <ref type="cmif:mentionsBibl" target="http://x/book">A Book of Tides</ref>
    <ref type="cmif:hasLanguage" target="de"/>
    <ref type="cmif:hasTextBase" target="https://lod.academy/cmif/vocab/terms#manuscript"/>
    </note><correspContext><ref type="prev" target="https://letters.example/6">Letter 6</ref>
    </correspContext>"""
    record, _ = letter(tmp_path, more=more)
    assert [(m.text, m.type, m.ref) for m in record.mentions] == [
        ("Dee, Eva", "person", "http://d-nb.info/gnd/9"),
        ("Linz", "place", "https://sws.geonames.org/8/"),
        ("Guild of Clocks", "organisation", "http://d-nb.info/gnd/10"),
        ("A Book of Tides", "document", "http://x/book"),
    ]
    assert all(record.text[m.start : m.end] == m.text for m in record.mentions)
    assert record.language == "de"
    assert [(r.type, r.target) for r in record.relations] == [
        ("related", "https://letters.example/6")
    ]
    assert [r.property for r in record.remarks] == ["cmif:hasTextBase"]


def test_ids_are_unique_whatever_the_keys_are(tmp_path: Path) -> None:
    plain = f'<correspAction type="sent">{ADA}</correspAction><correspAction type="received">{BO}</correspAction>'
    body = "".join(
        f"<correspDesc{attributes}>{plain}</correspDesc>"
        for attributes in (' key="1"', ' key="1"', "", ' xml:id="L3"', ' ref="https://e.org/id/RA_4.html"',
                           ' key=" a/b c "')
    )  # fmt: skip
    found, _ = letters(tmp_path / "cat.xml", body)
    assert [r.id for r in found] == ["cat/1", "cat/1-2", "cat/3", "cat/L3", "cat/RA_4", "cat/a-b-c"]


def test_what_is_not_well_formed_is_read_all_the_same(tmp_path: Path) -> None:
    good = ONE.format(sent=ADA, received=BO, more="")
    found, report = letters(tmp_path / "x.xml", good + "<note>Marl & Lund</persName>" + good)
    assert len(found) == 2
    (finding,) = report.findings
    assert finding.code == "xml-broken"
    assert finding.where == f"{tmp_path / 'x.xml'}:6"


def test_no_memory_grows_with_the_letters(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "many.xml"
    one = ONE.format(sent=ADA, received=BO, more="").replace('key="7"', "")
    peaks = []
    for count in (500, 4000):
        path.write_text(HEAD + one * count + TAIL, "utf-8")
        tracemalloc.start()
        assert sum(1 for _ in cmif.read(path, Report())) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4_000_000


@given(st.dates())
def test_an_encoded_day_reads_as_that_day(day: object) -> None:
    reading = encoded_date.point(str(day))
    assert reading is not None
    assert reading.edtf == str(day)
    assert (reading.earliest, reading.latest) == (f"{day}T00:00:00", f"{day}T23:59:59")


@pytest.mark.shared
def test_every_letter_of_the_reference_catalogues(shared: Path) -> None:
    report = Report()
    files = sorted((shared / "sources" / "cmif").glob("*/*.xml"))
    (found,) = evaluate(shared / "gold" / "cmif", files, report)
    assert {s.relation: s.f1 for s in found.scores if s.f1 and s.f1 < 0.9995} == {}
    assert len(found.scores) == 12
    assert not report.has_errors


@pytest.mark.shared
def test_the_examples_of_the_standard(shared: Path) -> None:
    folder = shared / "suites" / "cmif" / "examples"
    report = Report()
    found = [r for p in sorted(folder.glob("*.xml")) for r in sources.read(p, report)]
    assert len(found) == 6
    assert len(report) == 0
    assert all(isinstance(r, Record) and r.senders and r.addressees and r.date for r in found)
