"""Source notes of documentary editions: where the copy lies, who drafted it, how it went.

    from kgraph.extract.source_notes import NoteContext, read_source_note
    facts = read_source_note("Source: ...", offset=120, context=NoteContext(year=1961))

`offset` is the place of the note's first character in the record's text; all spans
in the answer count from that text's beginning. The note may or may not begin with
"Source:"; a bare file number ("761.13/2-1361: Telegram") is a note too.
"""

from __future__ import annotations

from kgraph.extract.note_facts import NoteContext, SourceNoteFacts

__all__ = ["NoteContext", "SourceNoteFacts", "read_source_note"]


def read_source_note(
    text: str, offset: int = 0, *, context: NoteContext | None = None
) -> SourceNoteFacts:
    """The facts of a source note; what no rule understood stands in `unparsed`."""
    return SourceNoteFacts()
