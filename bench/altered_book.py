"""A copy of the dossier's pages, and of their gold, with other names, years, numbers and shelfmarks.

As in `altered`, every surname that the gold or the book's index names becomes an invented
one, in the pages and the gold alike, in whatever case it stands; forms of one name that
differ in their transliteration's ending go together. Years go up by `altered.YEARS`, also
where a note mark is glued to them or where only two digits are written; registry numbers,
files and leaves of shelfmarks change as well.
"""

from __future__ import annotations

import re
from pathlib import Path

from altered import YEARS, invented

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_YEAR = re.compile(
    rf"(?:(?P<day>{_MONTH}\s+\d{{1,2}},?\s+|\d{{1,2}}\s+{_MONTH},?\s+|{_MONTH},?\s+)|(?<![\w.]))"
    r"(?P<year>19\d\d)(?(day)(?=\d{0,3}(?!\d))|(?![\w/]))"
)
"""A year, in a written date also with a note's mark glued to it."""
_SHORT = re.compile(r"(?<=[./ ])([IVX]{1,4}[./ ]\s?)(\d\d)(?!\d)")
_FILE = re.compile(r"(?<=\bD\. )(\d+)(?!\d)")
_LEAVES = re.compile(r"(?<=\bL\. )(\d+(?:\s?[-,]\s?\d+)*)(?!\d)")
_ENDING = re.compile(r"(?:iy|y|i|a|aya)$")


def _another(name: str) -> str:
    """The invented name for one form of a surname; "-a" and "-aya" stay feminine."""
    made = invented(_ENDING.sub("", name.casefold()).capitalize())
    return made + "a" if re.search(r"(?:ova|eva|ina|aya)$", name.casefold()) else made


class BookAlteration:
    """What is changed: the surnames and registry numbers of the gold tables `tables`."""

    def __init__(self, tables: list[list[dict[str, str]]]) -> None:
        names: set[str] = set()
        self.serials: dict[str, str] = {}
        for rows in tables:
            for row in rows:
                names |= {row.get("surname", "")}
                for cell in (row.get("sender", ""), row.get("recipient", "")):
                    names |= {m[1] for m in re.finditer(r"(\w+) (?:[A-Z]\.)+", cell)}
                number = re.match(r"\d{3,5}(?=/\w)", row.get("serial", ""))
                if number:
                    self.serials[number[0]] = str(int(number[0]) + 1307)
        given = {w for rows in tables for row in rows for w in row.get("given", "").split()}
        self.surnames = {n for n in names if re.fullmatch(r"[A-Z][a-z]{3,}", n)} - given
        stems = sorted({_ENDING.sub("", n) for n in self.surnames}, key=len, reverse=True)
        forms = "|".join(f"{n}(?:iy|y|i|aya|a)?|{n.upper()}(?:IY|Y|I|AYA|A)?" for n in stems)
        self._name = re.compile(rf"(?<![^\W\d_])(?:{forms})(?![^\W\d_])")
        serials = "|".join(sorted(self.serials, key=len, reverse=True))
        self._serial = re.compile(rf"(?<!\d)(?:{serials})(?=/\w)")

    def apply(self, text: str) -> str:
        """`text` with other names, years and numbers."""

        def name(found: re.Match[str]) -> str:
            made = _another(found[0])
            return made.upper() if found[0].isupper() else made

        def leaves(found: re.Match[str]) -> str:
            return re.sub(r"\d+", lambda m: str(int(m[0]) + 40), found[0])

        text = self._name.sub(name, text)
        text = self._serial.sub(lambda m: self.serials[m[0]], text)
        text = _YEAR.sub(lambda m: f"{m['day'] or ''}{int(m['year']) + YEARS}", text)
        text = _SHORT.sub(lambda m: f"{m[1]}{(int(m[2]) + YEARS) % 100:02d}", text)
        text = _FILE.sub(lambda m: str(int(m[1]) + 311), text)
        return _LEAVES.sub(leaves, text)

    def copy(self, pages: Path, folder: Path) -> Path:
        """An altered copy of the folder of pages, in `folder`."""
        target = folder / "dossier" / "pages"
        target.mkdir(parents=True)
        for page in sorted(pages.iterdir()):
            (target / page.name).write_text(self.apply(page.read_text("utf-8")), "utf-8")
        return target

    def rows(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """Gold rows to go with the altered copy."""
        kept = {"number", "outer", "index", "doc", "page_file", "printed_page", "type"}
        return [
            {k: v if k in kept or not v else self.apply(v) for k, v in row.items()} for row in rows
        ]
