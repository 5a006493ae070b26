"""What a source note says, gathered: the fields of a record that it may fill."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgraph.model import (
    Date,
    Evidence,
    Holding,
    Leg,
    Number,
    Party,
    Printing,
    Relation,
    Remark,
    Unparsed,
)


@dataclass(frozen=True, slots=True)
class NoteContext:
    """What is known of the document before its source note is read; all optional.

    `year` fills in dates that the note gives without one ("April 11") when the
    document itself is of that year. `sender` and `addressee` complete a leg whose
    ends the note leaves out ("sent by commercial telegram"). `previous` is the
    holding that an "Ibid." at the very beginning of the note goes back to.
    """

    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    date: Date | None = None
    year: int | None = None
    form: str | None = None
    previous: Holding | None = None

    @property
    def sender(self) -> Party | None:
        return self.senders[0] if self.senders else None

    @property
    def addressee(self) -> Party | None:
        return self.addressees[0] if self.addressees else None


@dataclass(slots=True)
class SourceNoteFacts:
    """The facts of one note, spans in the text that the note's offset counts in.

    Each attribute has the name and shape of the field of `kgraph.model.Record` that
    it fills; `approvers` and `signed` as well. `sent`, `received`, `drafted` are
    dates that the note gives; `place` is where a conversation was held, as the note
    says it. `understood` is the number of code points (blanks left out) that some
    rule read, `total` that of all; their quotient is the note's coverage.
    """

    classification: str | None = None
    handling: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    printed_in: list[Printing] = field(default_factory=list)
    drafters: list[Party] = field(default_factory=list)
    clearers: list[Party] = field(default_factory=list)
    approvers: list[Party] = field(default_factory=list)
    signed: list[Party] = field(default_factory=list)
    copies_to: list[Party] = field(default_factory=list)
    translators: list[Party] = field(default_factory=list)
    language: str | None = None
    original_language: str | None = None
    form: str | None = None
    sent: Date | None = None
    received: Date | None = None
    drafted: Date | None = None
    place: str | None = None
    legs: list[Leg] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)
    understood: int = 0
    total: int = 0

    @property
    def coverage(self) -> float:
        """Share of code points, blanks left out, that some rule read; 1.0 for an empty note."""
        return self.understood / self.total if self.total else 1.0
