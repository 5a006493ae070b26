"""Catalogues of letters as they are met in the wild; each with what a reader finds.

The expectations were written before the reader was asked.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kgraph import nameless
from kgraph.model import Record
from kgraph.report import Report
from kgraph.sources import cmif, cmif_values, intake

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
HEAD = "<TEI {ns}><teiHeader><fileDesc><sourceDesc><bibl xml:id='e'>A book</bibl></sourceDesc></fileDesc><profileDesc>"
TAIL = "</profileDesc></teiHeader><text><body><p/></body></text></TEI>"
BOTH = """<correspDesc><correspAction type="sent">{sent}</correspAction>
<correspAction type="received">{received}</correspAction>{more}</correspDesc>"""
ADA = "<persName>Ada Marl</persName>"
BO = "<persName>Bo Lund</persName>"


def read(path: Path, text: str) -> tuple[list[Record], Counter[str]]:
    path.write_text(text, "utf-8")
    report = Report()
    found = [r for r in cmif.read(path, report) if isinstance(r, Record)]
    for one in found:
        for span in (*one.senders, *one.addressees, one.place, one.date):
            if span is not None and span.start is not None:
                assert 0 <= span.start <= (span.end or 0) <= len(one.text)
    return found, Counter(f.code for f in report)


def one(
    tmp_path: Path, sent: str = ADA, received: str = BO, more: str = "", ns: str = NS
) -> tuple[Record, Counter[str]]:
    body = BOTH.format(sent=sent, received=received, more=more)
    found, codes = read(tmp_path / "x.xml", HEAD.format(ns=ns) + body + TAIL)
    return found[0], codes


def test_without_a_namespace(tmp_path: Path) -> None:
    record, codes = one(tmp_path, ns="")
    assert ([p.name for p in record.senders], [p.name for p in record.addressees]) == (
        ["Ada Marl"],
        ["Bo Lund"],
    )
    assert not codes


def test_with_a_prefix(tmp_path: Path) -> None:
    text = """<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader><t:profileDesc><t:correspDesc>
    <t:correspAction type="sent"><t:persName>Ada Marl</t:persName><t:date when="1899"/></t:correspAction>
    <t:correspAction type="received"><t:persName>Bo Lund</t:persName></t:correspAction>
    </t:correspDesc></t:profileDesc></t:teiHeader></t:TEI>"""
    path = tmp_path / "p.xml"
    found, codes = read(path, text)
    assert cmif.sniff(path.read_bytes(), path.name)
    assert [p.name for p in found[0].senders] == ["Ada Marl"]
    assert found[0].date is not None
    assert not codes


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("sent", "senders"), (" Sent ", "senders"), ("written", "senders"), ("composed", "senders"),
        ("received", "addressees"), ("RECEIVED", "addressees"), ("delivered", "legs"),
        ("addressed", "addressees"), ("transmitted", "legs"), ("redirected", "legs"), ("forwarded", "legs"),
        ("", "legs"),
    ],
)  # fmt: skip
def test_types_of_action(tmp_path: Path, kind: str, field: str) -> None:
    text = f'{HEAD.format(ns=NS)}<correspDesc><correspAction type="{kind}">{ADA}</correspAction></correspDesc>{TAIL}'
    found, _ = read(tmp_path / "x.xml", text)
    value = getattr(found[0], field)
    assert len(value) == 1
    if field != "legs":
        assert value[0].name == "Ada Marl"


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        (
            "<persName><forename>Ada</forename><surname>Marl</surname></persName>",
            "Ada Marl",
            "person",
        ),
        (
            "<persName><surname>Marl</surname>, <forename>Ada</forename></persName>",
            "Marl, Ada",
            "person",
        ),
        ('<name type="person">Ada Marl</name>', "Ada Marl", "person"),
        ('<rs type="person">Ada Marl</rs>', "Ada Marl", "person"),
        ('<name type="org">Tide Office</name>', "Tide Office", "body"),
        ("<orgName>Tide Office</orgName>", "Tide Office", "body"),
        ("<persName>[Ada Marl]</persName>", "Ada Marl", "person"),
        ("<persName>Ada Marl (?)</persName>", "Ada Marl", "person"),
        ("<persName>\n  Ada\n  Marl\n</persName>", "Ada Marl", "person"),
        ("<persName>N.N.</persName>", "N.N.", "unknown"),
    ],
)
def test_names_of_senders(tmp_path: Path, words: str, name: str, kind: str) -> None:
    record, _ = one(tmp_path, words)
    assert [(p.name, p.kind) for p in record.senders] == [(name, kind)]


@pytest.mark.parametrize("ref", ["n/a", "-", "none", "", "#", "null", "?", "k.A."])
def test_an_identifier_that_is_none(tmp_path: Path, ref: str) -> None:
    record, _ = one(tmp_path, f'<persName ref="{ref}">Ada Marl</persName>')
    assert [(p.name, p.ref) for p in record.senders] == [("Ada Marl", None)]


@pytest.mark.parametrize(
    ("words", "name", "ref"),
    [
        ("<placeName>Wien</placeName>", "Wien", None),
        (
            '<placeName ref="https://www.geonames.org/1">Wien</placeName>',
            "Wien",
            "https://www.geonames.org/1",
        ),
        ('<name type="place">Wien</name>', "Wien", None),
        ('<rs type="place" ref="#w">Wien</rs>', "Wien", "#w"),
        ("<settlement>Wien</settlement>", "Wien", None),
        (
            "<placeName><settlement>Wien</settlement><country>Österreich</country></placeName>",
            "Wien",
            None,
        ),
        ('<placeName ref="n/a">Wien</placeName>', "Wien", None),
    ],
)
def test_places(tmp_path: Path, words: str, name: str, ref: str | None) -> None:
    record, _ = one(tmp_path, ADA + words)
    assert record.place is not None
    assert (record.place.name, record.place.ref) == (name, ref)
    assert len(record.senders) == 1


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ('<date when-iso="1875-07-13"/>', "1875-07-13"),
        ('<date notBefore-iso="1875" notAfter-iso="1876"/>', "1875/1876"),
        ("<date>1875-07-13</date>", "1875-07-13"),
        ("<date>13 July 1875</date>", "1875-07-13"),
        ("<date>13. Juli 1875</date>", "1875-07-13"),
        ('<date when="1875-07-13?"/>', "1875-07-13?"),
        ('<date when="1875-07-XX"/>', "1875-07-XX"),
        ('<date when="1875-07-00"/>', "1875-07"),
        ('<date when="1875-00-00"/>', "1875"),
        ('<date when="1875-7-3"/>', "1875-07-03"),
        ('<date when="1875/07/13"/>', "1875-07-13"),
        ('<date from="1875-07-13"/>', "1875-07-13/.."),
        ('<date to="1875-07-13"/>', "../1875-07-13"),
        ('<date when="-0043-03-15"/>', "-0043-03-15"),
        ('<date when=""/>', None),
        ('<date when="unknown"/>', None),
    ],
)
def test_dates(tmp_path: Path, words: str, edtf: str | None) -> None:
    record, _ = one(tmp_path, ADA + words)
    assert (record.date.edtf if record.date else None) == edtf


def test_a_date_in_the_old_style_says_so(tmp_path: Path) -> None:
    record, _ = one(tmp_path, ADA + '<date when="1875-07-13" calendar="#julian">1 July 1875</date>')
    assert record.date is not None
    assert record.date.calendar == "julian"


def test_words_outside_elements_are_kept(tmp_path: Path) -> None:
    record, _ = one(tmp_path, f"written by {ADA} at dawn")
    assert [p.name for p in record.senders] == ["Ada Marl"]
    assert [u.text for u in record.unparsed] == ["written by", "at dawn"]


def test_context_replies_and_neighbours(tmp_path: Path) -> None:
    more = """<correspContext><ref type="prev" target="#l1">before</ref><ref type="next" target="#l3"/>
    <ref type="replyTo" target="#l0"/><ref target="https://x.example/9">the last one</ref></correspContext>"""
    record, _ = one(tmp_path, more=more)
    assert [(r.type, r.target) for r in record.relations] == [
        ("related", "#l1"),
        ("related", "#l3"),
        ("reply-to", "#l0"),
        ("related", "https://x.example/9"),
    ]


def test_notes_in_groups(tmp_path: Path) -> None:
    more = """<noteGrp><note><ref type="https://lod.academy/cmif/vocab/terms#mentionsPerson" target="http://d-nb.info/gnd/5">Cy</ref></note>
    <note type="mentions"><ref type="cmif:mentionsPlace" target="n/a">Aro</ref><ref type="mentionsOrg">Tide Office</ref>
    <ref type="mentionsBibl" target="#b">On Clocks</ref><ref type="hasLanguage" target="de"/></note></noteGrp>"""
    record, codes = one(tmp_path, more=more)
    assert [(m.text, m.type, m.ref) for m in record.mentions] == [
        ("Cy", "person", "http://d-nb.info/gnd/5"),
        ("Aro", "place", None),
        ("Tide Office", "organisation", None),
        ("On Clocks", "document", "#b"),
    ]
    assert record.language == "de"
    assert not codes


def test_empty_letters_and_empty_elements(tmp_path: Path) -> None:
    found, codes = read(
        tmp_path / "x.xml",
        HEAD.format(ns=NS)
        + "<correspDesc/><correspDesc><correspAction type='sent'><persName/><placeName/><date/>"
        "</correspAction></correspDesc>" + TAIL,
    )
    assert len(found) == 2
    assert not any(r.senders or r.place or r.date for r in found)
    assert codes["action-missing"] == 2


def test_a_corpus_of_several_files(tmp_path: Path) -> None:
    inner = HEAD.format(ns="") + BOTH.format(sent=ADA, received=BO, more="") + TAIL
    found, codes = read(tmp_path / "c.xml", f"<teiCorpus {NS}>{inner}{inner}</teiCorpus>")
    assert len({r.id for r in found}) == 2
    assert not codes


@pytest.mark.parametrize(
    ("encoding", "declared"), [("latin-1", ""), ("utf-16", "utf-16"), ("cp1252", "windows-1252")]
)
def test_encodings(tmp_path: Path, encoding: str, declared: str) -> None:
    sent = "<persName>Ädä Märl</persName>"
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    path = tmp_path / "e.xml"
    path.write_bytes(
        (prolog + HEAD.format(ns=NS) + BOTH.format(sent=sent, received=BO, more="") + TAIL).encode(
            encoding
        )
    )
    report = Report()
    found = [r for r in intake.read(path, report) if isinstance(r, Record)]
    assert [p.name for r in found for p in r.senders] == ["Ädä Märl"]
    assert Counter(f.code for f in report) == ({"not-utf8": 1} if not declared else {})


def test_a_web_page_instead_of_a_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "letters.xml"
    path.write_text(
        "<!DOCTYPE html><html><body><h1>404</h1><p>No correspDesc here</p></body></html>", "utf-8"
    )
    report = Report()
    assert list(intake.read(path, report)) == []
    assert [f.code for f in report] == ["unknown-format"]


def test_a_catalogue_cut_off_in_the_middle(tmp_path: Path) -> None:
    whole = HEAD.format(ns=NS) + BOTH.format(sent=ADA, received=BO, more="") * 20 + TAIL
    path = tmp_path / "cut.xml"
    path.write_text(whole[: len(whole) // 2], "utf-8")
    report = Report()
    found = [r for r in intake.read(path, report) if isinstance(r, Record)]
    assert 8 <= len(found) <= 11
    assert [f.code for f in report] == ["xml-broken"]
    assert all(r.senders for r in found[:-1])


def test_an_entity_that_nobody_declared(tmp_path: Path) -> None:
    found, codes = read(
        tmp_path / "x.xml",
        HEAD.format(ns=NS)
        + BOTH.format(sent="<persName>Jan M&uuml;ller</persName>", received=BO, more="")
        + TAIL,
    )
    assert [p.name for p in found[0].senders] == ["Jan Müller"]
    assert codes["xml-broken"] == 1


WORDS = st.text(
    st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"], include_characters=" ,.'’&<>-"), min_size=3, max_size=30
).map(lambda s: " ".join(s.split()))  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    letters=st.lists(
        st.tuples(
            WORDS, WORDS, st.dates(), st.sampled_from(["", "https://d-nb.info/gnd/1", "#p7"])
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_a_catalogue_says_is_what_is_read(
    tmp_path: Path, letters: list[tuple[str, str, date, str]]
) -> None:
    assume(
        all(
            re.search(r"\w", w) and not nameless.UNKNOWN.match(w)
            for a, b, _, _ in letters
            for w in (a, b)
        )
    )
    assume(not any(cmif_values.unbracketed(w)[1] for a, b, _, _ in letters for w in (a, b)))
    body = "".join(
        f"<correspDesc><correspAction type='sent'><persName ref={quoteattr(ref)}>{escape(a)}</persName>"
        f"<date when='{day.isoformat()}'/></correspAction><correspAction type='received'>"
        f"<persName>{escape(b)}</persName></correspAction></correspDesc>"
        for a, b, day, ref in letters
    )
    found, _ = read(tmp_path / "x.xml", HEAD.format(ns=NS) + body + TAIL)
    assert [
        (
            r.senders[0].name,
            r.addressees[0].name,
            r.date.edtf if r.date else None,
            r.senders[0].ref or "",
        )
        for r in found
    ] == [(a, b, day.isoformat(), ref) for a, b, day, ref in letters]


@pytest.mark.parametrize(
    ("sent", "name", "ref"),
    [
        ('<persName>Ada Marl<idno type="GND">118540238</idno></persName>', "Ada Marl", "https://d-nb.info/gnd/118540238"),
        ("<persName>Ada<lb/>Marl</persName>", "Ada Marl", None),
        ("<persName><choice><sic>Adda Marl</sic><corr>Ada Marl</corr></choice></persName>", "Ada Marl", None),
        ("<persName>Ada<!-- sic --> Marl</persName>", "Ada Marl", None),
        ("<persName><![CDATA[Ada & Marl]]></persName>", "Ada & Marl", None),
        ('<persName ref="http://x/1"><surname>Marl</surname>, <forename>Ada</forename></persName>', "Marl, Ada", "http://x/1"),
    ],
)  # fmt: skip
def test_what_stands_inside_a_name(tmp_path: Path, sent: str, name: str, ref: str | None) -> None:
    record, codes = one(tmp_path, sent)
    assert [(p.name, p.ref) for p in record.senders] == [(name, ref)]
    assert not codes


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ('<date when="0000-00-00"/>', None),
        ('<date when="0000">undated</date>', None),
        ('<date when="--05-12"/>', "XXXX-05-12"),
        ('<date when="-0044-03-15"/>', "-0044-03-15"),
        ('<date period="http://n2t.net/ark:/99152/p0">early 1820s</date>', "1820/1823~"),
        ('<date when="1850-05-00"/>', "1850-05"),
    ],
)
def test_odd_encoded_days(tmp_path: Path, date: str, edtf: str | None) -> None:
    record, _ = one(tmp_path, ADA + date)
    assert record.date is not None
    assert record.date.edtf == edtf


def test_the_town_is_the_place_and_the_country_is_kept(tmp_path: Path) -> None:
    record, _ = one(tmp_path, ADA + "<country>Norvik</country><settlement>Lindt</settlement>")
    assert record.place is not None
    assert record.place.name == "Lindt"
    assert [(r.property, r.value) for r in record.remarks] == [("sent place", "Norvik")]


def test_several_sources_and_a_source_elsewhere(tmp_path: Path) -> None:
    text = (HEAD.format(ns=NS) + BOTH.format(sent=ADA, received=BO, more="") + TAIL).replace(
        "<correspDesc>", '<correspDesc source="#e https://example.org/f">'
    )
    found, codes = read(tmp_path / "x.xml", text)
    assert [p.publication for p in found[0].printed_in] == ["A book", "https://example.org/f"]
    assert not codes


def test_a_description_in_a_sentence_is_kept(tmp_path: Path) -> None:
    text = f"{HEAD.format(ns=NS)}<correspDesc><p>{ADA} to Bo Lund, in May</p></correspDesc>{TAIL}"
    found, codes = read(tmp_path / "x.xml", text)
    assert [u.text for u in found[0].unparsed] == ["Ada Marl to Bo Lund, in May"]
    assert codes == {"action-missing": 1}
