"""The state of reading one source note: what is understood so far, what "ibid." would mean."""

from __future__ import annotations

import re

from kgraph.extract.notes.facts import NoteContext, SourceNoteFacts
from kgraph.extract.notes.sentences import Copy
from kgraph.model import Evidence, Holding, Unparsed

_WORDISH = re.compile(r"\w")
_GAP = re.compile(rb"\x00+")


class NoteReading:
    """State of one reading: what is understood so far, what "ibid." would mean."""

    def __init__(self, text: str, offset: int, context: NoteContext) -> None:
        self.text = text
        self.offset = offset
        self.context = context
        self.facts = SourceNoteFacts()
        self.known = bytearray(len(text))
        self.last: Holding | None = context.previous
        self.pending: Copy | None = None  # a version spoken of in the sentence before
        self.year = context.year
        if self.year is None and context.date is not None and context.date.edtf:
            m = re.match(r"\d{4}", context.date.edtf)
            self.year = int(m.group()) if m else None

    def evidence(self, name: str, a: int, b: int, rule: str) -> None:
        """Keep the words that a plain field rests on."""
        self.facts.evidence.append(
            Evidence(field=name, start=self.offset + a, end=self.offset + b, rule=rule)
        )

    def mark(self, a: int, b: int) -> None:
        """Count text[a:b] as understood."""
        a, b = max(a, 0), min(b, len(self.text))
        if a < b:
            self.known[a:b] = b"\x01" * (b - a)

    def mark_if_dull(self, a: int, b: int) -> None:
        """Count text[a:b] as understood where it holds no letter and no digit."""
        if not _WORDISH.search(self.text[a:b]):
            self.mark(a, b)

    def finish(self) -> None:
        """Gather what no rule understood, and count what was."""
        text, facts = self.text, self.facts
        facts.total = sum(map(len, text.split()))
        for gap in _GAP.finditer(bytes(self.known)):
            a, b = gap.span()
            if not _WORDISH.search(text[a:b]):
                self.mark(a, b)
                continue
            while text[a] in " \n\t.,;:)]”":
                a += 1
            while text[b - 1] in " \n\t,;:([":
                b -= 1
            if text[a:b].strip(" .,") in ("and", "or", "also", "the", "The", "of"):
                self.mark(a, b)
                continue
            facts.unparsed.append(
                Unparsed(
                    where="source-note",
                    text=text[a:b],
                    start=self.offset + a,
                    end=self.offset + b,
                )
            )
        missed = "".join([text[slice(*gap.span())] for gap in _GAP.finditer(self.known)])
        facts.understood = facts.total - sum(map(str.isalnum, missed))
