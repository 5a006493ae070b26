"""The register of doubts that the graph itself holds: claims that disagree, documents not there."""

from __future__ import annotations

from itertools import groupby

import msgspec

from kgraph import iris, lookup, queries
from kgraph.model import Claim, Conflict
from kgraph.store import Store

ABSENT = ("cited", "implied", "missing", "not-found", "lost", "not-published", "proposed")
"""The states of a document that no source gives."""


class Absent(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A document that is spoken of and not present.

    `candidates` are the documents that it may be, each with its score from 0 to 1.
    """

    id: str
    status: str
    title: str = ""
    cited_by: tuple[str, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()


def conflicts(store: Store, kind: str | None = None, document: str | None = None) -> list[Conflict]:
    """The conflicts that the graph holds, each once: about documents first, then other things.

    `kind` is that of a conflict ("date"), `document` the local id of a thing it is about.
    """
    if document is not None:
        document = lookup.follow(store, lookup.term(document)).value
    found: dict[str, Conflict] = {}
    rows = queries.select(store, "conflicts", {"document": document} if document else None)
    about: dict[str, dict[str, None]] = {}
    for row in rows:
        about.setdefault(row["conflict"] or "", {})[row["document"] or ""] = None
    for name, claims in groupby(rows, lambda row: row["conflict"] or ""):
        told = list(claims)
        first = told[0]
        if name in found or (kind is not None and first["kind"] != kind):
            continue
        subject, *others = about[name]
        found[name] = Conflict(
            id=name, source=first["source"] or "", kind=first["kind"] or "", subject=subject,
            subjects=tuple(others), property=first["property"] or "",
            claims=tuple(_claim(row) for row in told if row["document"] == first["document"]),
            assessment=first["assessment"], preferred=first["preferred"], rule=first["rule"],
        )  # fmt: skip
    return sorted(found.values(), key=lambda one: one.subject.partition("/")[0] in iris.KINDS)


def _claim(row: dict[str, str | None]) -> Claim:
    return Claim(
        value=row["value"] or "",
        source=(row["source"] or "").removeprefix("source/"),
        record=row["record"].removeprefix("record/") if row["record"] else None,
        words=row["words"],
    )


def absent(store: Store, status: str | None = None) -> list[Absent]:
    """The documents that are cited, implied, numbered or sought and that no source gives."""
    candidates: dict[str, list[tuple[str, float]]] = {}
    for row in queries.select(store, "missing-candidates"):
        score = (row["why"] or "").partition("score ")[2].partition(":")[0]
        candidates.setdefault(row["document"] or "", []).append(
            (row["candidate"] or "", float(score or 0))
        )
    found: dict[str, Absent] = {}
    given = {"status": status} if status else None
    for row in queries.select(store, "missing-documents", given):
        id_ = row["document"] or ""
        one = found.setdefault(
            id_,
            Absent(
                id=id_, status=row["status"] or "", title=row["label"] or "",
                candidates=tuple(sorted(candidates.get(id_, ()), key=lambda c: (-c[1], c[0]))),
            ),
        )  # fmt: skip
        if row["cited_by"] and row["cited_by"] not in one.cited_by:
            one.cited_by += (row["cited_by"],)
    return list(found.values())
