"""What the documents of one edition share while they are read, and what is known of one so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kgraph.extract.headings import Heading
from kgraph.extract.layout import Layout
from kgraph.extract.mentions import MentionFinder, Name
from kgraph.model import Date, Evidence, Holding, Number, Party, Record, Relation, Remark, Unparsed
from kgraph.report import Report


@dataclass(slots=True)
class Context:
    """What the documents of one source share while they are read."""

    volume: str
    source: str
    report: Report = field(default_factory=Report)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    year: int | None = None  # of the last dated document
    previous_holding: Holding | None = None
    previous: Record | None = None
    participants: dict[str, tuple[Party, ...]] = field(default_factory=dict)  # by document number
    finder: MentionFinder | None = None
    mark_mentions: bool = True

    def mentions(self) -> MentionFinder:
        """The finder of names in this source, built once."""
        if self.finder is None:
            self.finder = MentionFinder(
                Name(text=form, type="person", ref=f"{self.volume}#{pid}")
                for pid, name, _ in self.people
                for form in _forms(name)
            )
        return self.finder


def _forms(name: str) -> list[str]:
    """Printed forms of a list's "Khrushchev, Nikita S.": turned round, and the surname alone."""
    last, _, first = name.partition(", ")
    if not first:
        return [name] if len(name) > 3 else []
    return [f"{first} {last}", last] if len(last) > 3 else [f"{first} {last}"]


@dataclass(slots=True)
class Draft:
    """One document while it is read: its layout, and what was found so far."""

    layout: Layout
    context: Context
    heading: Heading
    values: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)
    other_dates: list[Date] = field(default_factory=list)
