"""Precision, recall and F1 of what readers find, against gold tables.

A gold table is told by its columns (`GOLDS`); a folder of them is searched. Rows
are aligned with records by id; rows of volumes or files that no source holds are
left out. How values are compared is said in `kgraph.evaluate.comparing`, how they
are counted in `kgraph.accuracy.scores`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from kgraph import authorities, sources
from kgraph.accuracy.scores import Score, Tally, wilson
from kgraph.evaluate import catalogues, frus, seeds
from kgraph.evaluate.index import Index
from kgraph.model import Item, Person, Record
from kgraph.report import KgraphError, Report
from kgraph.shipped import folder

__all__ = ["GOLDS", "Gold", "Score", "Tally", "evaluate", "golds_in", "score", "wilson"]

Rows = list[dict[str, str]]
TOLD = "seeds, documents"
"""The gold that tells of documents what the register's entries are compared with."""


class Gold(NamedTuple):
    """A kind of gold table: its name, the columns that tell it, and what compares its rows."""

    name: str
    columns: frozenset[str]
    compare: Callable[[Rows, Index, Tally], None]
    by_id: bool = False  # the gold names persons by this project's ids


GOLDS = (
    Gold("FRUS documents", frozenset({"volume", "doc_id", "from_person", "to_org"}), frus.documents),
    Gold("FRUS participants", frozenset({"volume", "list_type", "item"}), frus.participants),
    Gold("FRUS attachments", frozenset({"volume", "element", "first_words"}), frus.attachments),
    Gold("FRUS source notes", frozenset({"volume", "where", "note"}), frus.source_notes),
    Gold("FRUS persons", frozenset({"volume", "pid", "name", "description"}), frus.persons),
    Gold("FRUS 1961-63 VI, delivery", frozenset({"volume", "channel", "carriers"}), frus.delivery,
         True),
    Gold("FRUS 1961-63 VI, inner letters", frozenset({"inner_sender", "inner_recipient"}),
         frus.inner_letters, True),
    Gold("FRUS 1961-63 VI, undated", frozenset({"doc_id", "not_before", "not_after"}), frus.undated),
    Gold("seeds, documents", frozenset({"key", "presence", "archive_refs"}), seeds.documents, True),
    Gold("seeds, legs", frozenset({"doc_key", "leg_no", "carrier_or_agent"}), seeds.legs, True),
    Gold("seeds, mentions", frozenset({"mention_id", "surface", "entity_id"}), seeds.mentions, True),
    Gold("seeds, events", frozenset({"event_id", "participants_roles"}), seeds.events, True),
    Gold("seeds, pairs", frozenset({"per_channel", "sender", "addressee"}), seeds.pairs, True),
    Gold("dossier, documents", frozenset({"number", "archive_ref", "serial"}), catalogues.dossier),
    Gold("dossier, enclosed", frozenset({"outer", "index", "relation"}), catalogues.enclosed),
    Gold("dossier, receipts", frozenset({"doc", "endnote", "received"}), catalogues.receipts),
    Gold("dossier, names", frozenset({"entry", "surname", "printed_pages_cited"}),
         catalogues.index_names),
    Gold("dossier, canonical names", frozenset({"entry", "surname", "canonical"}),
         catalogues.canonical_names, True),
    Gold("CMIF letters", frozenset({"file", "n", "senders_ref", "recv_date"}), catalogues.cmif),
    Gold("archive pages", frozenset({"id", "recipient", "date_iso", "remark"}), catalogues.wilson),
)  # fmt: skip


def golds_in(path: Path) -> Iterator[tuple[Path, Gold, Rows]]:
    """The gold tables at `path`, a file or a folder, with their kinds and rows.

    Raises `KgraphError` for a file that is no known gold table, or a folder without one.
    """
    if not path.exists():
        raise KgraphError(f"there is no gold table {str(path)!r}", hint="check the spelling")
    found = False
    for file in sorted(path.rglob("*.[tc]sv")) if path.is_dir() else [path]:
        rows = _rows(file)
        columns = set(rows[0]) if rows else set()
        for gold in GOLDS:
            if gold.columns <= columns:
                found = True
                yield file, gold, rows
    if not found:
        raise KgraphError(
            f"{path} holds no gold table that is known",
            hint=f"known are {'; '.join(g.name for g in GOLDS)}; each is told by its columns",
        )


def _rows(path: Path) -> Rows:
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        mark = "," if path.suffix == ".csv" else "\t"
        return [
            {k: v or "" for k, v in row.items() if k}
            for row in csv.DictReader(file, delimiter=mark)
        ]


class Evaluation(msgspec.Struct):
    """One gold table against the sources."""

    gold: str
    file: str
    tally: Tally

    @property
    def scores(self) -> list[Score]:
        return list(self.tally.scores.values())


def evaluate(
    gold: Path, given: Sequence[str | Path], report: Report, jobs: int = 1
) -> list[Evaluation]:
    """Read `given` and compare with every gold table at `gold`; those without a match are left out."""
    tables = list(golds_in(gold))
    items = list(sources.items(given, report, jobs))
    return score(tables, items, report)


def score(
    tables: Iterable[tuple[Path, Gold, Rows]], items: list[Item], report: Report
) -> list[Evaluation]:
    """Compare items with gold tables. Where the gold names ids, names are resolved first."""
    tables = list(tables)
    index = Index(items)
    linked: Index | None = None
    out = []
    for file, gold, rows in tables:
        if gold.by_id and linked is None:
            linked = _linked(items, report)
            linked.told = {r["key"]: r for _, g, rs in tables if g.name == TOLD for r in rs}
        tally = Tally()
        gold.compare(rows, linked if gold.by_id and linked else index, tally)
        if tally.scores:
            out.append(Evaluation(gold.name, str(file), tally))
    return out


def _linked(items: list[Item], report: Report) -> Index:
    """Items with their names linked to the authority that comes with kgraph, and to persons with
    outside identifiers among the items themselves (an authority file that was given too)."""
    known = list(sources.items([folder("data") / "authorities"], Report()))
    known += [item for item in items if isinstance(item, Person) and item.identifiers]
    authority = authorities.Authority.of(known)
    labels = {item.id: item.label for item in known if isinstance(item, Person)}
    rest = (i for i in items if not (isinstance(i, Person) and i.identifiers))
    resolved = list(authorities.resolve_source(rest, authority, report=report))
    index = Index(resolved, labels)
    traces = [authorities.trace(item) for item in resolved if isinstance(item, Record)]
    index.cite(authorities.across(traces, authority))
    index.linked = {id: authority.current(to) for id, to in index.linked.items()}
    index.known = authority.persons
    return index
