"""Bodies, events, places and documents told by a noun and what stands around it.

A noun is tried only where one of the words of `mention_nouns` stands; what it governs may
be a mention found before, so that names inside remain mentions of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from kgraph.extract import mention_bodies, mention_documents, mention_events
from kgraph.extract.mention_context import Around
from kgraph.extract.mention_nouns import Thing

READERS: dict[str, Callable[[Around, int, int], Thing | None]] = {
    "government": mention_bodies.government,
    "public": mention_bodies.public,
    "body": mention_bodies.body,
    "mission": mention_bodies.mission,
    "site": mention_bodies.site,
    "dwelling": mention_bodies.dwelling,
    "country": mention_bodies.country,
    "strong": mention_events.strong,
    "weak": mention_events.weak,
    "letter": mention_documents.letter,
    "paper": mention_documents.paper,
    "text": mention_documents.wording,
    "deed": mention_events.deed,
    "title": mention_documents.titled,
    "book": mention_documents.book,
    "volume": mention_documents.volume,
    "symbol": mention_documents.symbol,
    "owner": mention_documents.owned_number,
}
"""What reads a noun of each kind; to add a kind, name its words in `mention_nouns.KINDS`."""

FIRST = frozenset(("government", "public", "body", "mission", "site", "dwelling", "country"))
"""Kinds that are read first, since others govern what they find."""
