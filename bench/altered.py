"""Copies of volumes, and of their gold, with invented surnames and later years.

A reader that knows names by heart, or has learnt a volume's dates, does worse on
such a copy; one that reads does not. Every surname that the gold names becomes an
invented one, everywhere in the volume and the gold alike; every year goes up by
`YEARS`, so that weekdays no longer fit, which no reader should need.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

YEARS = 8  # keeps leap years
STARTS = [
    "Br",
    "Tr",
    "Kv",
    "Dren",
    "Plo",
    "Sva",
    "Mer",
    "Ost",
    "Quin",
    "Hal",
    "Vor",
    "Zim",
    "Fel",
    "Nor",
    "Gar",
    "Lum",
]
MIDDLES = ["a", "o", "e", "i", "u", "ai", "or", "an", "el", "om"]
ENDS = [
    "vek",
    "dall",
    "mond",
    "rick",
    "sten",
    "vale",
    "kov",
    "thorpe",
    "zani",
    "gard",
    "lin",
    "beck",
]
KEPT = {"State", "Embassy", "Department", "President", "Secretary", "House", "Office", "Mission"}
_SURNAME = re.compile(r"[A-Z][a-z]{3,}$")


def invented(surname: str) -> str:
    """A surname that nobody bears, always the same for one surname."""
    n = int.from_bytes(hashlib.sha256(surname.encode()).digest()[:4], "big")
    return (STARTS[n % 16] + MIDDLES[n // 16 % 10] + ENDS[n // 160 % 12]).capitalize()


class Alteration:
    """What is changed in a set of volumes: the surnames of `rows`, gold of FRUS documents."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        names = {
            part.partition("|")[0].split()[-1]
            for row in rows
            for cell in (row["from_person"], row["to_person"])
            for part in cell.split(" ; ")
            if part.strip()
        }
        self.surnames = {n for n in names if _SURNAME.search(n)} - KEPT
        longest = sorted(self.surnames, key=len, reverse=True)
        self._name = (
            re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b") if longest else None
        )
        self._year = re.compile(r"(?<![\w.])(1[89]\d\d)(?!\w)")

    def apply(self, text: str) -> str:
        """`text` with other names and years."""
        if self._name is not None:
            text = self._name.sub(lambda m: invented(m[0]), text)
        return self._year.sub(lambda m: str(int(m[1]) + YEARS), text)

    def copy(self, path: Path, folder: Path) -> Path:
        """An altered copy of a volume in `folder`."""
        target = folder / path.name
        target.write_text(self.apply(path.read_text("utf-8")), "utf-8")
        return target

    def rows(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """Gold rows to go with the altered copies."""
        kept = {"volume", "doc_id", "kind", "tag_suspect"}
        return [{k: v if k in kept else self.apply(v) for k, v in row.items()} for row in rows]
