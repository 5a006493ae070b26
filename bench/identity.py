"""How well persons of volumes' lists are matched to the authority, volume by volume.

Run from the project's root: ``python bench/identity.py [--plot docs/images/reliability.png]``.
It reads the reference
tables beside the project and prints, as Markdown: precision and recall at several
thresholds, with the authority as it is and with the printed form of each gold link
taken out of it (what a name never printed before would meet), the recall of the
blocks, and the calibration measured on each volume when fitted on the others.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from pathlib import Path

import msgspec

from kgraph.authorities import Authority
from kgraph.authorities.names.blocking import recall
from kgraph.authorities.persons.calibration import Bin, calibrated, error, fit, reliability
from kgraph.authorities.resolution.volume_lists import ListedPersons
from kgraph.model import Person
from kgraph.report import Report
from kgraph.sources import people

SHARED = Path(__file__).parents[2] / "shared"


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def outcomes(
    persons: list[Person], links: list[dict[str, str]], notes: dict[tuple[str, str], str]
) -> tuple[dict[str, list[tuple[float, bool]]], float]:
    """(probability of the best candidate, whether it is right) by volume; seconds taken."""
    authority = Authority.of(persons)
    _ = authority.person_index
    lists: dict[str, ListedPersons] = {}
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    start = time.process_time()
    for row in links:
        volume = row["volume"]
        listed = lists.setdefault(volume, ListedPersons(authority, f"{volume}.xml"))
        candidates = listed.candidates(
            Person(id="person/x", label=row["printed_name"], sort=row["printed_name"],
                   note=notes.get((volume, row["pid"])))
        )  # fmt: skip
        best = candidates[0] if candidates else None
        right = bool(best) and authority.persons[best.id].identifiers["hoh"] == row["people_id"]
        found[volume].append((best.probability if best else 0.0, right))
    return found, time.process_time() - start


def draw(shown: list[tuple[str, list[Bin]]], links: int, path: Path) -> None:
    """The reliability plot, for docs/identity.md."""
    from kgraph import plots

    figure = plots.reliability(
        shown,
        subtitle=f"{links:,} links between lists of persons of eight volumes and the authority, "
        "in ten bins of probability; numbers of links beside the open points",
        source="Bars are 95 % intervals (Wilson). On the line, links are right as often as they say.",
    )
    figure.savefig(path)


def main() -> int:
    if not SHARED.is_dir():
        print("the reference tables are not beside the project", file=sys.stderr)
        return 1
    links = rows("gold/frus-tei/person_links.tsv")
    notes = {
        (r["volume"], r["pid"]): r["description"] for r in rows("gold/frus-tei/gold_persons.tsv")
    }
    persons = [
        p
        for p in people.read(SHARED / "sources/people/people.tsv", Report())
        if isinstance(p, Person)
    ]
    by_id = {p.identifiers["hoh"]: p for p in persons}
    without = dict(by_id)
    for row in links:
        p = without[row["people_id"]]
        kept = tuple(v for v in p.variants if v != row["printed_name"])
        without[row["people_id"]] = msgspec.structs.replace(p, variants=kept, note=None)
    shown: list[tuple[str, list[Bin]]] = []
    for title, given in (
        ("authority as it is", persons),
        ("printed form and note taken out", list(without.values())),
    ):
        found, seconds = outcomes(given, links, notes)
        everything = [o for volume in found.values() for o in volume]
        print(f"\n## {title} ({len(links)} links, {seconds:.1f} s of processor time)\n")
        print("| threshold | precision | recall |\n|---|---|---|")
        for threshold in (0.5, 0.7, 0.8, 0.9, 0.95):
            made = [right for p, right in everything if p >= threshold]
            print(
                f"| {threshold} | {sum(made) / len(made):.4f} | {sum(made) / len(everything):.4f} |"
            )
        print("\n| volume | links | precision at 0.9 | recall at 0.9 |\n|---|---|---|---|")
        for volume, one in found.items():
            made = [right for p, right in one if p >= 0.9]
            print(
                f"| {volume} | {len(one)} | {sum(made) / max(1, len(made)):.4f} | {sum(made) / len(one):.4f} |"
            )
        left_out: list[tuple[float, bool]] = []
        for volume, one in found.items():
            knots = fit([o for other, os in found.items() if other != volume for o in os])
            left_out += [(calibrated(p, knots), right) for p, right in one]
        print(f"\ncalibration error: raw {error(everything):.4f}, "
              f"fitted on the other volumes {error(left_out):.4f}\n")  # fmt: skip
        print("| probability | links | expected | observed |\n|---|---|---|---|")
        shown.append((title, reliability(everything)))
        for b in reliability(everything):
            print(f"| {b.low:.1f}-{b.high:.1f} | {b.links} | {b.expected:.3f} | {b.observed:.3f} |")
    if "--plot" in sys.argv[1:-1]:
        draw(shown, len(links), Path(sys.argv[sys.argv.index("--plot") + 1]))
    pairs = [
        (
            row["printed_name"],
            (without[row["people_id"]].label, *without[row["people_id"]].variants),
        )
        for row in links
    ]
    print("\n## recall of the blocks (printed form taken out)\n\n| keys | recall |\n|---|---|")
    for levels in ("=", "=~", "=~^", "=~^%", "=~^%+"):
        print(f"| {levels} | {recall(pairs, levels):.4f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
