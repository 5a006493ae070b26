"""Lists of abbreviations in volumes: how they are read, and what they say that short forms mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import authorities
from kgraph.build import build
from kgraph.model import Abbreviation, Body, Item, Mention, Party, Record
from kgraph.report import Report
from kgraph.sources import frus_tei
from kgraph.store import open_store

VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1968v99"><teiHeader/><text>
<front>{front}</front>
<body><div type="document" xml:id="d1" n="1"><head>1. Telegram From the Embassy in Morocco to the Department of State</head>
<opener><dateline>Rabat, <date when="1968-05-02">May 2, 1968</date>.</dateline></opener>
<p>The RSB has asked for the paper of ORX.</p>
<note type="source">Source: Department of State, Central Files. Secret. Drafted by Marbury (NAV); cleared in L and ORX.</note></div></body>
</text></TEI>"""
ITEMS = """<div type="section" xml:id="terms"><head>Abbreviations and Terms</head><list type="terms">
<item><hi rend="strong"><term xml:id="t_L1">L</term>,</hi> Office of the Legal Adviser, Department of State</item>
<item><hi rend="strong"><term xml:id="t_ORX1">ORX</term>,</hi> Office of Remote
Affairs, Bureau of Distant Affairs, Department of State</item>
<item><hi rend="strong"><term xml:id="t_RSB1">RSB</term>,</hi> Ruritanian Salt Board (since 1951)</item>
<item><hi rend="strong"><term xml:id="t_rtel1">rtel</term>,</hi> returned telegram</item>
<item><hi rend="strong"><term xml:id="t_old1">LEG</term>,</hi> see L</item></list></div>"""
LABELS = """<div><head>List of Symbols</head><list><label>ORX</label><item>Office of Remote Affairs</item>
<label xml:id="t9">rtel</label><item>returned telegram</item></list></div>"""
TABLE = """<div><head>Acronyms</head><table><row><cell>ORX</cell><cell>Office of Remote Affairs</cell></row></table></div>"""
PERSONS = """<div xml:id="persons"><head>Persons and Terms</head><list><item><persName xml:id="p_M1">Marbury, Ann</persName>, Consul</item></list></div>"""


def volume(tmp_path: Path, front: str) -> Path:
    path = tmp_path / "frus1968v99.xml"
    path.write_text(VOLUME.format(front=front), "utf-8")
    return path


def explained(path: Path) -> list[tuple[str, str, str]]:
    items = frus_tei.read(path, Report())
    return [(i.id, i.short, i.meaning) for i in items if isinstance(i, Abbreviation)]


def test_terms_of_items_labels_and_rows_are_read_but_no_pointers_and_no_persons(
    tmp_path: Path,
) -> None:
    assert explained(volume(tmp_path, ITEMS)) == [
        ("abbreviation/frus1968v99/t_L1", "L", "Office of the Legal Adviser, Department of State"),
        ("abbreviation/frus1968v99/t_ORX1", "ORX", "Office of Remote Affairs, Bureau of Distant Affairs, Department of State"),
        ("abbreviation/frus1968v99/t_RSB1", "RSB", "Ruritanian Salt Board (since 1951)"),
        ("abbreviation/frus1968v99/t_rtel1", "rtel", "returned telegram"),
    ]  # fmt: skip
    assert explained(volume(tmp_path, LABELS)) == [
        ("abbreviation/frus1968v99/t1", "ORX", "Office of Remote Affairs"),
        ("abbreviation/frus1968v99/t9", "rtel", "returned telegram"),
    ]
    assert explained(volume(tmp_path, TABLE)) == [
        ("abbreviation/frus1968v99/t1", "ORX", "Office of Remote Affairs")
    ]
    assert explained(volume(tmp_path, PERSONS)) == []


AUTHORITY = authorities.Authority.of(
    [
        Body(id="body/known", label="Legal Adviser of the State", variants=("Office of the Legal Adviser",)),
        Body(id="body/oas", label="Organization of Southern States", variants=("OSS",)),
        Body(id="body/cincx", label="Commander in Chief, Xanadu", variants=("CINCX",)),
    ]
)  # fmt: skip


def resolved(*given: tuple[str, str], **fields: object) -> tuple[Record, list[Item]]:
    forms = [
        Abbreviation(id=f"abbreviation/frus1968v99/t{n}", short=s, meaning=m, source="frus1968v99")
        for n, (s, m) in enumerate(given, 1)
    ]
    record = Record(id="frus1968v99/d1", source="frus1968v99", **fields)  # type: ignore[arg-type]
    items = list(authorities.resolve_source([*forms, record], AUTHORITY))
    return next(i for i in items if isinstance(i, Record)), items


@pytest.mark.parametrize(
    ("meaning", "id"),
    [
        ("Office of the Legal Adviser, Department of State", "body/known"),
        ("Office of Remote Affairs", "body/office-of-remote-affairs"),
        ("Deputy Director for Plans", "body/deputy-director-for-plans"),
        ("Joint Salt Staff; document symbol used by it", "body/joint-salt-staff"),
        ("Government of Ghana", "body/ghanaian-government"),
        ("Office of Remote Affairs telegram", None),
        ("Republic of Ghana", None),
        ("Ministry of Defense", None),
        ("returned mail", None),
        ("Embassy officer", None),
    ],
)
def test_what_means_a_body_or_office_leads_to_it(meaning: str, id: str | None) -> None:
    record, items = resolved(("XYZ", meaning), clearers=(Party(name="XYZ", kind="office"),))
    assert record.clearers[0].id == id
    assert [i.denotes for i in items if isinstance(i, Abbreviation)] == [id]


def test_a_list_holds_for_its_own_source_and_outweighs_the_authority() -> None:
    told = Mention(text="OSS", start=0, end=3, type="organisation")
    record, _ = resolved(("OSS", "Order of Silence (a league); Council"), mentions=(told,))
    assert record.mentions[0].id == "body/oas"  # the meaning is none that is told to be a body
    record, _ = resolved(("OSS", "Order of the Silent Council"), mentions=(told,))
    assert record.mentions[0].id == "body/order-of-the-silent-council"
    record, _ = resolved(mentions=(told,))
    assert record.mentions[0].id == "body/oas"


def test_the_authority_s_entry_of_that_short_form_is_taken_where_it_speaks_of_the_same() -> None:
    cc = (Party(name="CINCX", kind="body"),)
    assert resolved(("CINCX", "Commander in Chief, Xanadu Command"), copies_to=cc)[0].copies_to[0].id == "body/cincx"  # fmt: skip


def test_two_meanings_of_one_short_form_are_left_open() -> None:
    forms = (("EE", "Office of Eastern Affairs"), ("EE", "Office of Economic Estimates"))
    assert resolved(*forms, clearers=(Party(name="EE", kind="office"),))[0].clearers[0].id is None


def test_the_graph_holds_the_list_and_who_cleared(tmp_path: Path) -> None:
    home = tmp_path / "store"
    build([str(volume(tmp_path, ITEMS))], home)
    store = open_store(home)
    rows = list(store.query(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/>"
            " PREFIX kg: <https://w3id.org/kgraph/ontology#> SELECT ?short ?meaning ?what WHERE {"
            " ?a a skos:Concept ; kg:localId ?id ; skos:notation ?short ; skos:definition ?meaning ; schema:about ?what ;"
            " skos:inScheme/rdfs:label 'Abbreviations of frus1968v99' . ?d kg:clearedBy ?what ."
        " FILTER(STRENDS(STR(?a), CONCAT('/id/', ?id))) } ORDER BY ?short"
        ))  # fmt: skip
    assert [(r[0].value, r[1].value, r[2].value.rpartition("/id/")[2]) for r in rows] == [
        ("L", "Office of the Legal Adviser, Department of State", "body/office-of-the-legal-adviser-department-of-state"),
        ("ORX", "Office of Remote Affairs, Bureau of Distant Affairs, Department of State", "body/office-of-remote-affairs-bureau-of-distant-affairs-department-of-state"),
    ]  # fmt: skip
