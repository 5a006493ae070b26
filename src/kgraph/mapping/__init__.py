"""Items -> N-Quads lines. Mapping knows terms and IRIs, and never sees a source's format.

item ──quads()──▶ lines of its record's graph + shortcuts + preferred values
records of one document that several records describe ──preferred()──▶ preferred values
"""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.mapping.authorities import abbreviation_lines, entry_lines, source_lines
from kgraph.mapping.context import Context
from kgraph.mapping.derived import derived_lines, preferred_date
from kgraph.mapping.documents import RecordMapping
from kgraph.mapping.events import conflict_lines, event_lines, identity_lines, redirect_lines
from kgraph.model import (
    Abbreviation,
    Conflict,
    Event,
    Identity,
    Item,
    Record,
    Redirect,
    SourceEntry,
)

__all__ = ["Context", "preferred", "preferred_date", "quads"]


def quads(item: Item, context: Context) -> list[str]:
    """N-Quads lines, each with its newline, that say what `item` says.

    A record's lines stand in the graph named by the record's IRI; its shortcuts
    and, unless its document is in ``context.shared``, its preferred values stand
    in the derived graph; agents and places in the authority graph.
    """
    if isinstance(item, Record):
        lines = RecordMapping(item, context).lines()
        if context.canonical.get(item.about, item.about) not in context.shared:
            lines += derived_lines([item], context)
        return lines
    if isinstance(item, Event):
        return event_lines(item, context)
    if isinstance(item, Conflict):
        return conflict_lines(item, context)
    if isinstance(item, Identity):
        return identity_lines(item, context)
    if isinstance(item, Redirect):
        return redirect_lines(item)
    if isinstance(item, SourceEntry):
        return source_lines(item)
    if isinstance(item, Abbreviation):
        return abbreviation_lines(item)
    return entry_lines(item)


def preferred(records: Sequence[Record], context: Context) -> list[str]:
    """Lines with the preferred values of the one document that `records` describe."""
    return derived_lines(records, context)
