"""Archival units and publications of the authority, found by what a record cites.

A holding is a holder and a shelfmark as printed. The holder is the body so called. Its unit is the one of that holder
whose shelfmark says the same; a box or folder that the authority does not know lies in
the unit that its leading words name. A printing is found by its whole title. What the
authority does not know keeps no id.
"""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.model import Archive, Holding, Printing, Publication, Record

_INSIDE = re.compile(
    r"(?:box(?:es)?|folders?|vol(?:ume)?s?|part|cf|reel|tab|item|no|envelope|file)\b[ \w]*|\d[\d ]*[a-z]?"
)
"""Parts of a shelfmark that name a place inside a unit."""
_FOREIGN_RELATIONS = re.compile(
    r"foreign relations(?: of the united states)? (?P<years>\d{4}(?: \d{2,4})?) (?:vol|volume) (?P<volume>[ivxlc]+)\b"
)
_MANY_ISSUES = frozenset(("periodical", "newspaper"))


class Shelves:
    """The units and publications of an authority by the words that cite them."""

    def __init__(self, authority: Authority) -> None:
        self._units: dict[str, dict[str, str]] = defaultdict(dict)  # holder -> shelfmark -> id
        self._titles: dict[str, str] = {}
        self._authority = authority
        holders = _holder_forms(authority)
        self._holders = {
            form: id for id, forms in holders.items() if id in authority.bodies for form in forms
        }
        for unit in authority.archives.values():
            for holder in holders[unit.holder or unit.id]:
                for form in _marks(unit):
                    self._units[holder].setdefault(form, unit.id)
        for publication in authority.publications.values():
            for title in _titles(publication):
                self._titles.setdefault(title, publication.id)

    def record(self, record: Record) -> Record:
        """The record with the ids of its holdings and printings filled in, where known."""
        holdings = tuple(self._held(one) for one in record.holdings)
        printings = tuple(self._printed(one) for one in record.printed_in)
        if holdings == record.holdings and printings == record.printed_in:
            return record
        return msgspec.structs.replace(record, holdings=holdings, printed_in=printings)

    def unit(self, holder: str, shelfmark: str | None) -> str | None:
        """Id of the unit that a citation names, or that its box or folder lies in."""
        units = self._units.get(_plain(holder))
        if units is None:
            return None
        pieces = [_plain(piece) for piece in re.split(r"[,:;]", shelfmark or "") if piece.strip()]
        for stop in range(len(pieces), 0 if pieces else -1, -1):
            if all(_INSIDE.fullmatch(piece) for piece in pieces[stop:]):
                found = units.get(" ".join(pieces[:stop]))
                if found is not None:
                    return found
        return None

    def publication(self, title: str) -> str | None:
        """Id of the publication with this title, an author before it or not."""
        plain = _plain(title)
        volume = _FOREIGN_RELATIONS.match(plain)
        if volume is not None:
            return self._titles.get(
                f"foreign relations {_span(volume['years'])} {volume['volume']}"
            )
        found = self._titles.get(plain)
        if found is None and "," in title:
            found = self._titles.get("by " + _plain(title.split(",", 1)[1]))
        return found

    def _held(self, holding: Holding) -> Holding:
        id = holding.id or self.unit(holding.holder, holding.shelfmark)
        unit = self._authority.archives.get(id or "")
        holder = holding.holder_id or (unit.holder if unit else None) or self.holder(holding.holder)
        if (id, holder) == (holding.id, holding.holder_id):
            return holding
        return msgspec.structs.replace(holding, id=id, holder_id=holder)

    def holder(self, name: str) -> str | None:
        """Id of the body called `name`, or of the holder of the archive so called."""
        if name in self._authority.bodies:
            return name
        return self._holders.get(_plain(name)) or self._authority.body_index.find(name)

    def _printed(self, printing: Printing) -> Printing:
        if printing.id is not None:
            return printing
        found = self.publication(printing.publication)
        return printing if found is None else msgspec.structs.replace(printing, id=found)


def _plain(words: str) -> str:
    """Small letters and digits, one blank between words, no article before them."""
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split()).removeprefix("the ")


def _holder_forms(authority: Authority) -> dict[str, set[str]]:
    """The names by which each holder, a body or an archive, is cited."""
    forms: dict[str, set[str]] = defaultdict(set)
    for body in authority.bodies.values():
        forms[body.id] |= {_plain(form) for form in (body.label, *body.variants)}
    for unit in authority.archives.values():
        if unit.kind == "archive":
            forms[unit.holder or unit.id] |= {_plain(form) for form in (unit.label, *unit.variants)}
    return forms


def _marks(unit: Archive) -> set[str]:
    """The shelfmarks of a unit; of a whole archive also none at all."""
    marks = {_plain(mark) for mark in (unit.shelfmark, *unit.variants) if mark}
    return marks | {""} if unit.kind == "archive" else marks


def _titles(publication: Publication) -> set[str]:
    """Titles that name this publication alone; of a dated issue only those with a year."""
    titles = set()
    for title in (publication.label, *publication.variants):
        plain = _plain(title)
        if re.match(r"vol(?:ume)? [ivxlc]+$", plain):
            continue  # a volume of whatever edition speaks
        if publication.kind in _MANY_ISSUES and publication.date and not re.search(r"\d{4}", plain):
            continue
        titles.add(plain)
        volume = _FOREIGN_RELATIONS.match(plain)
        if volume is not None:
            titles.add(f"foreign relations {_span(volume['years'])} {volume['volume']}")
    if publication.kind == "book":
        titles |= {f"by {title}" for title in list(titles)}
    return titles


def _span(years: str) -> str:
    """ "1961 63" and "1961 1963" are one."""
    first, _, last = years.partition(" ")
    return f"{first} {last[-2:]}".strip()
