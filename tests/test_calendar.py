"""Our own data files: short forms, findings that name the place, and reading that goes on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kgraph import model
from kgraph.report import Report
from kgraph.sources import calendar, dataschema, markedyaml

DATA = Path(__file__).parents[1] / "data"

GOOD = """\
source: kgraph-editors
file: register.txt
records:
  - id: reg/1
    form: letter
    senders: "Miss Ada Quill <person/quill>"
    addressees: [person/marsh, the Harbour Board]
    date: 1911-03-04
    place: place/port
    numbers: {copy: 12, special: [20, 21]}
    holdings:
      - {id: archive/box-7, copy: draft, at: 30-38}
    printed_in: ["publication/gazette, pp. 3-4"]
    relations:
      - {reply-to: reg/0, certainty: inferred}
    legs:
      - {from: [person/quill, person/marsh], by: person/marsh, to: the Board, mode: mail}
      - {from: the Board, to: person/quill, mode: courier, date: 1911-03-09}
    mentions:
      - 4-13 person/quill | Ada Quill | writer | name
  - {id: reg/0, status: cited}
persons:
  - {id: person/quill, label: Ada Quill}
  - {id: person/marsh, label: Tom Marsh}
bodies: [{id: body/harbour, label: Harbour Office}]
places: [{id: place/port, label: Port, lat: 1.5, lon: -2}]
archives: [{id: archive/box-7, label: Box 7 of the office, holder: body/harbour, shelfmark: Box 7}]
publications: [{id: publication/gazette, label: The Gazette}]
events:
  - {id: event/launch, label: Launch, participants: {guest: [person/quill, person/marsh]}}
"""


def load(tmp_path: Path, text: str, name: str = "register.yaml") -> tuple[dict[str, Any], Report]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    report = Report()
    return {getattr(item, "id", ""): item for item in calendar.read(path, report)}, report


def said(report: Report, code: str) -> str:
    """The one finding with this code."""
    found = [str(f) for f in report if f.code == code]
    assert len(found) == 1, [str(f) for f in report]
    return found[0]


def test_short_forms_say_the_same_as_long_ones(tmp_path: Path) -> None:
    items, report = load(tmp_path, GOOD)
    assert not list(report)
    record = items["reg/1"]
    assert record.senders[0].name == "Miss Ada Quill"
    assert record.senders[0].id == "person/quill"
    assert record.senders[0].kind == "person"
    assert [p.name for p in record.addressees] == ["Tom Marsh", "the Harbour Board"]
    assert record.addressees[1].id is None
    assert (record.date.edtf, record.date.latest) == ("1911-03-04", "1911-03-04T23:59:59")
    assert record.place.name == "Port"
    assert [(n.kind, n.value) for n in record.numbers] == [
        ("copy", "12"), ("special", "20"), ("special", "21")]  # fmt: skip
    holding = record.holdings[0]
    assert (holding.holder, holding.shelfmark, holding.copy) == ("Harbour Office", "Box 7", "draft")
    assert holding.locator == "register.txt#char=30,38"
    assert (holding.start, holding.end) == (30, 38)
    assert (record.printed_in[0].publication, record.printed_in[0].pages) == ("The Gazette", "3-4")
    assert (record.relations[0].type, record.relations[0].target) == ("reply-to", "reg/0")
    assert [leg.index for leg in record.legs] == [1, 2]
    assert record.legs[0].also_from[0].id == "person/marsh"
    mention = record.mentions[0]
    assert (mention.start, mention.end, mention.type, mention.form) == (4, 13, "person", "name")
    assert {p.role for p in items["event/launch"].participants} == {"guest"}
    assert items["event/launch"].source == "kgraph-editors"


@pytest.mark.parametrize(
    ("good", "bad", "code", "where", "expected", "found"),
    [
        ("    form: letter", "    form: leter", "bad-value", ":5:form", "one of letter", "'leter'"),
        ("    date: 1911", "    dat: 1911", "unknown-field", ":8:dat", "field", "'dat'"),
        ("date: 1911-03-04", "date: March 4", "bad-date", ":8:date", "EDTF", "'March 4'"),
        ("mode: mail", "mode: mial", "unknown-mode", ":17:legs[0].mode", "notation", "'mial'"),
        ("[person/marsh, the", "[person/mash, the", "unknown-id", ":7:addressees[0].id",
         "a person in data/authorities", "'person/mash'"),
        ("place: place/port", "place: {note: x}", "missing-field", ":9:place", "'name'", "note"),
        ("lat: 1.5", "lat: north", "bad-value", ":26:lat", "number", "'north'"),
        ("reply-to: reg/0", "reply-to: reg/9", "unknown-document", ":15:relations[0].target",
         "a record", "'reg/9'"),
        ("  - {id: reg/0,", "  - {id: reg/1,", "duplicate-id", ":21:id", "once", "'reg/1'"),
        ("mode: courier", "mode: courier, index: 4", "leg-order", ":17:legs[0]", "1 to 2", "[1, 4]"),
        ("bodies: [{id", "bodys: [{id", "unknown-field", ":25:bodys", "bodies", "'bodys'"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_finding_with_its_place(
    tmp_path: Path, good: str, bad: str, code: str, where: str, expected: str, found: str
) -> None:
    assert good in GOOD
    items, report = load(tmp_path, GOOD.replace(good, bad, 1))
    finding = next(f for f in report if f.code == code)
    assert where in finding.where
    assert "expected" in finding.message
    assert expected in finding.message
    assert found in finding.message
    assert {"reg/1", "person/quill"} <= items.keys(), "the rest goes on"


def test_a_misspelt_word_brings_the_right_one(tmp_path: Path) -> None:
    _, report = load(tmp_path, GOOD.replace("form: letter", "form: leter"))
    assert "did you mean 'letter'?" in said(report, "bad-value")


def test_a_broken_entry_leaves_its_neighbours(tmp_path: Path) -> None:
    text = GOOD.replace("  - {id: reg/0, status: cited}", "  - just words\n  - {id: reg/0}")
    items, report = load(tmp_path, text)
    assert "expected fields such as `id:`, found 'just words'" in said(report, "bad-value")
    assert "reg/0" in items


def test_a_leg_cannot_arrive_before_an_earlier_one_left(tmp_path: Path) -> None:
    text = GOOD.replace("to: the Board, mode: mail", "to: the Board, mode: mail, date: 1911-03-20")
    _, report = load(tmp_path, text)
    assert "register.yaml:18:legs[1].date" in said(report, "leg-order")


def test_a_file_that_is_no_yaml_says_where_it_breaks(tmp_path: Path) -> None:
    items, report = load(tmp_path, GOOD.replace('"Miss Ada Quill', '"Miss "Ada Quill'))
    assert items == {}
    assert "register.yaml:6" in said(report, "yaml-broken")


def test_a_field_twice_is_reported(tmp_path: Path) -> None:
    _, report = load(tmp_path, GOOD.replace("    form: letter", "    form: note\n    form: letter"))
    assert "register.yaml:6:form" in said(report, "repeated-field")


def test_dates_out_of_a_calendar_are_text_and_no_is_a_word(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1911-03-04\nb: no\nc: 12:30\nd: ~\ne: '~'\n")
    assert markedyaml.load(path).value == {
        "a": "1911-03-04", "b": "no", "c": "12:30", "d": None, "e": "~"}  # fmt: skip


def test_sniff_knows_our_files_by_their_lists() -> None:
    assert calendar.sniff(GOOD.encode(), "x.yaml")
    assert calendar.sniff(GOOD.replace("records:", "recrods:").encode(), "x.yaml")
    assert not calendar.sniff(b"routes:\n  - a\n", "routes.yaml")
    assert not calendar.sniff(GOOD.encode(), "x.xml")


@given(st.text(), st.text())
def test_any_name_with_an_id_is_taken_apart_again(name: str, rest: str) -> None:
    from kgraph.sources.shortforms import split_name

    name = " ".join(name.split())
    expected = name or None
    assert split_name(f"{name} <person/x>") == (expected, "person/x")


@given(st.recursive(st.none() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_no_value_of_a_field_stops_the_reader(value: Any) -> None:
    from kgraph.sources.entries import Entry, Reading

    reading = Reading(report=Report(), names={}, ids=set(), sources=set())
    entry = Entry(reading, "x.yaml", None, ("records", 0), "s", None)
    for field in ("senders", "date", "legs", "numbers", "mentions", "relations", "form"):
        item = entry.read({"id": f"reg/{field}", field: value}, model.Record)
        assert item is None or isinstance(item, model.Record)


class CoreLoader(yaml.CSafeLoader):
    """YAML as an editor with a JSON Schema reads it: numbers, true and false, but no dates."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, rule, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^~?$", "~"),
    ("int", r"^-?[0-9]+$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rule), list(first))


def our_files() -> list[Path]:
    return [p for p in sorted(DATA.rglob("*.yaml")) if calendar.sniff(p.read_bytes(), p.name)]


def test_the_schema_is_made_from_the_model() -> None:
    shipped = (DATA / "record.schema.json").read_text("utf-8")
    assert shipped == dataschema.text(), (
        "python -m kgraph.sources.dataschema > data/record.schema.json"
    )


@pytest.mark.parametrize("path", our_files(), ids=lambda p: p.name)
def test_shipped_files_fit_the_schema(path: Path) -> None:
    schema = json.loads((DATA / "record.schema.json").read_text("utf-8"))
    value = yaml.load(path.read_text("utf-8"), CoreLoader)
    validator = jsonschema.Draft202012Validator(schema)
    errors = [
        f"{path.name}: {list(e.absolute_path)}: {e.message[:200]}"
        for e in validator.iter_errors(value)
    ]
    assert errors == []


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(dataschema.schema())
    good = yaml.load(GOOD, CoreLoader)
    assert validator.is_valid(good)
    for bad in (GOOD.replace("form: letter", "form: leter"), GOOD.replace("dat", "dta", 1)):
        assert not validator.is_valid(yaml.load(bad, CoreLoader))
