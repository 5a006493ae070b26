"""Remarks on how papers travelled, and source notes of all eras: what a careful reader finds.

The cases stand in ``tests/golden/remarks``: invented words in the forms that editors and
officials used from 1861 to 1980, each with the legs or facts expected of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kgraph import dating
from kgraph.extract.legs import find_legs
from kgraph.extract.notes.facts import NoteContext
from kgraph.extract.notes.source_notes import read_head_note, read_source_note
from kgraph.model import Leg, Party

FOLDER = Path(__file__).parent / "golden" / "remarks"
LEGS: list[dict[str, Any]] = [
    case
    for name in (
        "legs",
        "legs_receivers",
        "legs_unseen",
        "legs_notes",
        "legs_ordinary",
        "legs_means",
        "legs_further",
        "legs_audit",
        "legs_eleventh",
        "legs_twelfth",
    )
    for case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
]
NOTES: list[dict[str, Any]] = [
    case
    for name in ("notes", "notes_eleventh")
    for case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
]
CITED = "Source: Department of State, Central Files, 611.98/5–561. Secret. "
SENDER, ADDRESSEE = Party(name="Sendak", kind="person"), Party(name="Addington", kind="person")
WRITER = Party(name="Writham", kind="person")


def legs_of(case: dict[str, Any]) -> list[Leg]:
    date = dating.parse(f"May 5, {case.get('year', 1961)}")
    form = "telegram" if "elegram" in case["text"] and case.get("where") == "head-note" else "letter"  # fmt: skip
    context = NoteContext(senders=(SENDER,), addressees=(ADDRESSEE,), date=date, form=form)
    if case.get("where") == "body":
        found = find_legs(
            case["text"], sender=SENDER, addressee=ADDRESSEE, writer=WRITER, date=date, where="body"
        )
    elif case.get("where") == "head-note":
        found = read_head_note(case["text"], context=context).legs
    else:
        found = read_source_note(CITED + case["text"], context=context).legs
    return [leg for leg in found if leg.series == "way"]


def plain(name: str) -> str:
    return re.sub(r"^(?:the|president|premier|prime minister)\s+", "", name.casefold())


def fits(wanted: dict[str, Any], leg: Leg) -> bool:
    """Whether a leg has the ends, mode, day and place that are wanted of it."""
    sides = {
        "from": (leg.from_, leg.by, *leg.also_from, *leg.also_by),
        "by": (leg.by, *leg.also_by),
        "to": (leg.to, *leg.also_to),
    }
    for side, parties in sides.items():
        names = {plain(party.name) for party in parties if party is not None}
        if side in wanted and not names & {plain(n) for n in wanted[side].split("|")}:
            return False
    modes = wanted.get("mode", leg.mode)
    if leg.mode not in ([modes] if isinstance(modes, str) else modes):
        return False
    if (wanted.get("status", "stated") == "intended") != (leg.status == "intended"):
        return False
    if wanted.get("date") == "none":
        if leg.date is not None:
            return False
    elif "date" in wanted:
        day = leg.date.edtf.partition("T")[0] if leg.date and leg.date.edtf else None
        if day != str(wanted["date"]):
            return False
    place = None if leg.place is None else plain(leg.place.name)
    if "place" in wanted and place != (
        None if wanted["place"] == "none" else plain(wanted["place"])
    ):
        return False
    everyone = {
        "takers": (leg.to, *leg.also_to),
        "givers": (leg.from_, *leg.also_from),
    }
    for side, parties in everyone.items():
        if side in wanted and [p.name for p in parties if p is not None] != wanted[side]:
            return False
    if "certainty" in wanted and leg.certainty != wanted["certainty"]:
        return False
    return "channel" not in wanted or (leg.channel or "none") == wanted["channel"]


def case_of(case: dict[str, Any]) -> Any:
    known = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=case["text"][:60], marks=known)


@pytest.mark.parametrize("case", [case_of(case) for case in LEGS])
def test_the_legs_of_a_remark(case: dict[str, Any]) -> None:
    left = legs_of(case)
    for wanted in case["legs"]:
        match = next((leg for leg in left if fits(wanted, leg)), None)
        assert match is not None, f"{wanted} not among {left}"
        left.remove(match)
    assert left == []


def people(parties: list[Party], wanted: list[str]) -> list[str]:
    """Names with their offices, the office left out where none is asked for."""
    full = [f"{p.name} ({p.office})" if p.office else p.name for p in parties]
    return [name if name in wanted else re.sub(r" \([^)]*\)$", "", name) for name in full]


@pytest.mark.parametrize("case", NOTES, ids=lambda c: c["text"][:60])
def test_the_facts_of_a_source_note(case: dict[str, Any]) -> None:
    facts = read_source_note(case["text"], context=NoteContext(year=1961))
    assert facts.classification == case.get("classification")
    assert facts.handling == case.get("handling", [])
    for role in ("drafters", "clearers", "approvers"):
        wanted = case.get(role, [])
        assert people(getattr(facts, role), wanted) == wanted
    assert [p.name for p in facts.copies_to] == case.get("copies", [])
    held = [f"{h.holder} | {h.shelfmark or ''}" for h in facts.holdings]
    assert held == case.get("holdings", [])
    printings = [f"{p.publication} | {p.pages or ''}" for p in facts.printed_in]
    assert printings == case.get("printed", [])
