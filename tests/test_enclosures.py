"""What covering letters tell of the papers that they enclose: from whom they came, and that they went on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kgraph import dating
from kgraph.extract.carried.enclosures import of_enclosed
from kgraph.model import Leg, Party, Record
from kgraph.report import Report
from kgraph.sources import frus_tei

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "golden" / "enclosures" / "ways.yaml").read_text("utf-8")
)
LANSBURY, VANCE = Party(name="Lansbury", kind="person"), Party(name="Vance", kind="person")


def ways_of(case: dict[str, Any]) -> list[list[Leg]]:
    outer = Record(
        id="x/d1", source="x", form="letter", senders=(LANSBURY,), addressees=(VANCE,), text=case["text"],
        date=dating.parse(f"May 4, {case.get('year', 1915)}"),
    )  # fmt: skip
    papers = [str(one).partition(" of ") for one in case["inner"]]
    inner = [
        Record(id=f"x/d1/{n}", source="x", form=form, senders=(Party(name=name),) if name else ())  # type: ignore[arg-type]
        for n, (form, _, name) in enumerate(papers, 1)
    ]
    return of_enclosed(case["text"], [(0, len(case["text"]))], outer, inner)


def told(leg: Leg) -> dict[str, str | None]:
    return {
        "from": leg.from_.name if leg.from_ else None,
        "to": leg.to.name if leg.to else None,
        "mode": leg.mode,
        "date": leg.date.edtf if leg.date else None,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_how_an_enclosed_paper_came(case: dict[str, Any]) -> None:
    ways = ways_of(case)
    for way in ways if case.get("each") else ways[:1]:
        found = [told(leg) for leg in way[:-1]]
        for wanted, leg in zip(case["ways"], found, strict=True):
            assert {key: leg[key] for key in wanted} == {k: str(v) for k, v in wanted.items()}
        on = told(way[-1])
        assert (on["from"], on["to"], on["mode"]) == ("Lansbury", "Vance", "enclosure")


VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1915v99"><text><body><div type="compilation">
<div type="document" n="1" xml:id="d1"><head>The Acting Secretary of State (Lansbury) to President Vance</head>
<dateline>Washington, May 4, 1915.</dateline>
<p>Dear Mr. President: The Ruritanian Minister called today and handed me the enclosed memorandum.</p>
<closer><signed>Robert Lansbury</signed></closer>
<frus:attachment xmlns:frus="http://history.state.gov/frus/ns/1.0"><head>[Enclosure] Memorandum by the Ruritanian Minister (Zyxov)</head>
<p>The Royal Government has learned with regret of the seizure of its vessels.</p></frus:attachment></div>
<div type="document" n="2" xml:id="d2"><head>2. Airgram From the Embassy in Ruritania to the Department of State</head>
<dateline>Strelsau, May 5, 1961.</dateline><p>A–17. The Embassy forwards its yearly report on trade.</p></div>
</div></body></text></TEI>"""


def test_an_enclosure_of_a_volume_tells_its_way(tmp_path: Path) -> None:
    path = tmp_path / "frus1915v99.xml"
    path.write_text(VOLUME, "utf-8")
    records = [one for one in frus_tei.read(path, Report()) if isinstance(one, Record)]
    cover, paper, airgram = records
    assert [(told(leg)["from"], told(leg)["to"], leg.mode, leg.index) for leg in paper.legs] == [
        ("Ruritanian Minister", "Lansbury", "hand delivery", 1),
        ("Lansbury", "Vance", "enclosure", 2),
    ]
    assert paper.legs[0].words
    assert paper.legs[0].words in cover.text
    assert [leg.mode for leg in airgram.legs] == ["airgram"]
