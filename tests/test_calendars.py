"""The calendars of whole editions agree with tables made by reading them, and stay facts."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from kgraph import model
from kgraph.report import Report
from kgraph.sources import calendar

DATA = Path(__file__).parents[1] / "data"
VOLUME = "frus1961-63v06"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def items() -> dict[str, Any]:
    return {getattr(item, "id", ""): item for item in calendar.read(DATA, Report())}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def surnames(parties: tuple[model.Party, ...]) -> set[str]:
    return {p.name.split()[-1].casefold() for p in parties}


def test_the_volume_has_its_documents_parties_and_dates(items: Any, shared: Path) -> None:
    wrong = []
    for row in table(shared / "gold" / "frus-tei" / "gold_documents.tsv"):
        if row["volume"] != VOLUME:
            continue
        record = items[f"{VOLUME}/{row['doc_id']}"]
        if row["date_when"] and (
            record.date is None or not record.date.edtf.startswith(row["date_when"][:16])
        ):
            wrong.append((record.id, "date"))
        if not row["date_when"] and record.date is not None and record.date.certainty == "stated":
            wrong.append((record.id, "a date that is not stated"))
        if row["tag_suspect"] or row["doc_id"] == "d18":  # the volume's own tags err there
            continue
        for field, column in (("senders", "from"), ("addressees", "to")):
            wanted = {
                n.split("|")[0].split()[-1].casefold()
                for n in row[f"{column}_person"].split(" ; ")
                if n
            }
            found = surnames(tuple(p for p in getattr(record, field) if p.kind == "person"))
            if row["kind"] != "memcon" and wanted and not wanted <= found:
                wrong.append((record.id, field))
    assert wrong == []


def test_messages_carried_inside_telegrams_are_there(items: Any, shared: Path) -> None:
    for row in table(shared / "gold" / "frus-1961-63v06" / "inner_letters.tsv"):
        record = items[f"{VOLUME}/{row['doc_id']}/1"]
        assert record.part_of == f"{VOLUME}/{row['doc_id']}"
        for field, names in (
            ("senders", row["inner_sender"]),
            ("addressees", row["inner_recipient"]),
        ):
            wanted = {n.strip().split()[0].casefold() for n in names.split(";")}
            assert surnames(getattr(record, field)) == wanted, (record.id, field)
        assert record.date is not None
        assert record.date.edtf == row["inner_date"], record.id


def test_letters_go_through_the_hands_that_the_volume_names(items: Any, shared: Path) -> None:
    lost = []
    for row in table(shared / "gold" / "frus-1961-63v06" / "delivery.tsv"):
        outer = items[f"{VOLUME}/{row['doc_id']}"]
        inner = items.get(f"{VOLUME}/{row['doc_id']}/1")
        legs = [*outer.legs, *(inner.legs if inner else ())]
        ways = {
            (leg.from_.id if leg.from_ else None, leg.to.id if leg.to else None) for leg in legs
        }
        for hands in re.findall(r"(\w+)>(\w+)", row["carriers"].replace("R. Kennedy", "Robert")):
            if {"State", "Department", "House", "Soviet", "MFA", "Washington", "US"} & set(hands):
                continue  # a body under another name
            wanted = tuple(h.replace("Robert", "kennedy-robert").casefold() for h in hands)
            if not any(a and b and wanted[0] in a and wanted[1] in b for a, b in ways):
                lost.append((row["doc_id"], hands))
        if row["channel"] == "commercial telegram":
            assert any(leg.mode == "commercial telegram" for leg in legs), row["doc_id"]
    assert lost == []


def test_undated_letters_are_bounded_by_their_delivery(items: Any, shared: Path) -> None:
    for row in table(shared / "gold" / "frus-1961-63v06" / "undated.tsv"):
        date = items[f"{VOLUME}/{row['doc_id']}"].date
        assert date.certainty == "inferred"
        assert date.latest[:10] == row["not_after"]
        if row["not_before"]:
            assert date.earliest[:10] == row["not_before"]


def test_the_russian_collection_has_its_documents(items: Any, shared: Path) -> None:
    wrong = []
    rows = table(shared / "gold" / "dossier" / "gold_documents.tsv")
    assert sum(re.fullmatch(r"dossier/\d+", key) is not None for key in items) == 96
    for row in rows:
        record = items[f"dossier/{row['number']}"]
        wanted = row["date_iso"] if not row["date_iso"].startswith("/") else f"..{row['date_iso']}"
        if wanted and (record.date is None or record.date.edtf != wanted):
            wrong.append((record.id, "date"))
        if row["place"] and (record.place is None or record.place.name != row["place"]):
            wrong.append((record.id, "place"))
        serial = re.sub(r"\s", "", row["serial"])
        if serial and serial not in {re.sub(r"\s", "", n.value) for n in record.numbers}:
            wrong.append((record.id, "number"))
        for field, column in (("senders", "sender"), ("addressees", "recipient")):
            for name in re.findall(r"([A-Z][a-z]+) [A-Z]\.", row[column]):
                parties = (
                    record.senders + record.participants
                    if field == "senders"
                    else record.addressees
                )
                if not any(name[:8] in p.name.title() for p in parties):
                    wrong.append((record.id, field))
    assert wrong == []


def test_enclosed_and_quoted_documents_are_there(items: Any, shared: Path) -> None:
    for row in table(shared / "gold" / "dossier" / "gold_enclosed.tsv"):
        record = items[f"dossier/{row['outer']}/{row['index']}"]
        assert record.part_of in {f"dossier/{row['outer']}", f"dossier/{row['outer']}/2"}
        if row["date_iso"]:
            assert record.date.edtf == row["date_iso"], record.id


def test_a_letter_that_a_resolution_approves_is_only_meant_to_go(items: Any) -> None:
    for key in ("dossier/17/3", "dossier/17/4", "dossier/49/1", "dossier/83/2"):
        assert {leg.status for leg in items[key].legs} == {"intended"}, key


def test_persons_bear_the_ids_of_the_authority_that_names_them(items: Any, shared: Path) -> None:
    names = {row["id"]: row for row in table(shared / "sources" / "people" / "people.tsv")}
    wrong = []
    for person in items.values():
        if isinstance(person, model.Person) and "hoh" in person.identifiers:
            row = names[person.identifiers["hoh"]]
            ours = set(re.findall(r"\w{3,}", f"{person.label} {person.sort}".casefold()))
            if not ours & set(re.findall(r"\w{3,}", row["surname"].casefold())):
                wrong.append((person.id, row["display_name"]))
            if row["birth"] and person.born and person.born[:4] != row["birth"]:
                wrong.append((person.id, "born"))
    assert wrong == []
