"""Mentions of persons, organisations, places, events and documents in a text.

    finder = MentionFinder(names)            # once a volume: build is linear in names
    finder.find(text)                        # per document
    finder.find(text, parties=[...])         # with the document's own parties

`names` are the forms known beforehand: the authority's variants and the volume's own
list of persons. What is not among them is recognised by its form.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.model import Mention, MentionType, Party, Value


class Name(Value, frozen=True, kw_only=True):
    """One form by which a thing is known: "Kohler", "Foy D. Kohler", "CC CPSU"."""

    text: str
    type: MentionType
    id: str | None = None
    ref: str | None = None


class MentionFinder:
    """Finds mentions by name and by form; built once, used for many texts."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self.names = tuple(names)

    def find(self, text: str, offset: int = 0, *, parties: Iterable[Party] = ()) -> list[Mention]:
        """Mentions in the order of their beginnings, never overlapping partly."""
        return []
