"""Who is who, and which records describe the same document.

The seam to a build is three functions; none of them needs a store:

- ``Authority.of(items)``: gathers persons, bodies, places, archives and
  publications of the authority (the shipped data first, then larger lists such
  as the Office of the Historian's); entries that share an outside identifier
  become one, under the id met first.
- ``resolve(items, authority, ...)``: streams all items of all sources through,
  with `id`, `probability` and `reasons` filled, and yields at the end the
  `Identity`, `Conflict`, `Redirect` items and the cited or missing documents
  that follow from all records together.
- the same in two steps, for parallel and incremental builds:
  ``resolve_source(items, authority, ...)`` for the items of one source (a
  generator, no knowledge of other sources), ``trace(record)`` for the small
  extract of a record that comparing it with others needs (serialisable, kept
  between builds), and ``across(traces, ...)`` for what follows from all.

A link below the threshold is not made: the party keeps a node of its own,
minted from the source and the name, and says in `reasons` who it might be.
"""

from kgraph.authorities.authority import Authority
from kgraph.authorities.documents.traces import Trace, trace
from kgraph.authorities.resolution import across, resolve, resolve_source

__all__ = ["Authority", "Trace", "across", "resolve", "resolve_source", "trace"]
