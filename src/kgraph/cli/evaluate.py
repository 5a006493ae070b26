"""``kgraph evaluate``: how well sources are read, against gold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from kgraph.cli.options import note, print_findings, print_table
from kgraph.report import KgraphError, Report

if TYPE_CHECKING:
    from kgraph.accuracy.scores import Score
    from kgraph.evaluate import Evaluation

EXAMPLE = "kgraph evaluate tests/golden/evaluate/gold tests/golden/evaluate/letters.xml"


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A gold table, or a folder of them.")
    ],
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="What to read and compare with it.")
    ],
    format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
    misses: Annotated[
        int, typer.Option(metavar="N", min=0, help="List up to N misses of each relation.")
    ] = 0,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read.")] = 1,
) -> None:
    """Print precision, recall and F1 of each relation, with 95 % intervals.

    Gold tables are told by their columns; rows about volumes or files that no
    source holds are left out; what a source does not give is missed, so that its errors are
    told and do not change the exit status. Confusion tables follow for forms and modes.
    """
    from kgraph.evaluate import evaluate as compare

    if format not in ("table", "json"):
        raise KgraphError(f"there is no format {format!r}", hint="table or json")
    report = Report()
    found = compare(gold, sources, report, jobs)
    print_findings(report, least=("error",))
    if report.findings:
        counted = (f"{times} {code}" for code, times in report.counts().items())
        note(f"findings while reading: {', '.join(counted)}")
    if not found:
        raise KgraphError(
            f"nothing in {gold} speaks of what was read",
            hint="the gold's volumes, files or ids must be those of the sources",
        )
    if format == "json":
        plain = [_plain(one, misses) for one in found]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(plain)) + b"\n")
        return
    for one in found:
        rows = [row(score) for score in one.scores]
        print_table(HEAD, rows, title=f"{one.gold}  ({one.file})")
        _print_misses(one, misses)
        for name, pairs in one.tally.confusions.items():
            wrong = [(*pair, n) for pair, n in pairs.most_common() if pair[0] != pair[1]]
            right = sum(n for pair, n in pairs.items() if pair[0] == pair[1])
            if wrong:
                print_table(
                    ("gold", "found", "times"),
                    [*wrong, ("(alike)", "", right)],
                    title=f"confusions of {name}",
                )


HEAD = ("relation", "rows", "hits", "wrong", "missed", "precision", "recall", "F1", "95 %")


def row(score: Score) -> tuple[object, ...]:
    """A score as cells of the table."""
    low, high = score.interval or (None, None)
    return (
        score.relation,
        score.documents,
        score.hits,
        score.wrong,
        score.missed,
        _cell(score.precision),
        _cell(score.recall),
        _cell(score.f1),
        f"{_cell(low)}-{_cell(high)}" if low is not None else "",
    )


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _plain(one: Evaluation, misses: int) -> dict[str, object]:
    listed: dict[str, list[object]] = {}
    for miss in one.tally.misses:
        kept = listed.setdefault(miss.relation, [])
        if len(kept) < misses:
            kept.append(msgspec.to_builtins(miss))
    return {
        "gold": one.gold,
        "file": one.file,
        "relations": [score.plain() for score in one.scores],
        "misses": listed if misses else {},
        "confusions": {
            name: [{"gold": a, "found": b, "times": n} for (a, b), n in pairs.most_common()]
            for name, pairs in one.tally.confusions.items()
        },
    }


def _print_misses(one: Evaluation, most: int) -> None:
    if not most:
        return
    shown: dict[str, int] = {}
    rows = []
    for miss in one.tally.misses:
        shown[miss.relation] = shown.get(miss.relation, 0) + 1
        if shown[miss.relation] <= most:
            beside = "; ".join(miss.beside[:4])
            rows.append((miss.relation, miss.document, miss.kind, miss.value[:80], beside[:80]))
    if rows:
        print_table(("relation", "document", "kind", "value", "other side"), rows, title="misses")
