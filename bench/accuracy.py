"""How well the readers read: all gold tables in ../shared, beside two baselines.

Prints a table to stdout; ``--markdown`` prints it as docs/accuracy.md holds it, and
``--write`` puts it there.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import altered
import altered_book
import stripped
from baselines import ner_reader, regex_reader

from kgraph import sources
from kgraph.accuracy import measured
from kgraph.accuracy.scores import Score
from kgraph.evaluate import Evaluation, golds_in, score
from kgraph.model import Item
from kgraph.report import Report

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
DOC = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- measured: bench/accuracy.py --markdown -->", "<!-- end -->"
PAIRS = (
    ("FRUS volumes in TEI", ("frus-tei", "frus-1961-63v06"), ("frus-tei/*.xml",)),
    ("The first five sources, read", ("seeds",), ("seeds/*.txt",)),
    ("The dossier's pages", ("dossier",), ("dossier/pages", "people/people.tsv")),
    ("Archive pages", ("wilson",), ("wilson/pages/*",)),
    ("Letter catalogues (CMIF)", ("cmif",), ("cmif/*/*.xml",)),
)
BASE = ("sender", "addressee", "date", "place", "form")
SHAPES = {
    "blocks": "a paragraph a line",
    "raw": "with the line breaks of the files",
    "lines": "a document a line",
    "line": "without any line break",
}
Row = tuple[str, Score]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="words that a section's title must hold")
    parser.add_argument(
        "--write", action="store_true", help="put it into docs/accuracy.md; with --only, its part"
    )
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"the reference texts and gold tables are not beside the project ({SHARED})")
    found = sections(options.jobs, options.only or "")
    if options.write:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            for title, rows in found:
                markdown(title, rows)
        before, _, rest = DOC.read_text("utf-8").partition(BEGIN)
        there, _, after = rest.partition(END)
        new = printed.getvalue() if not options.only else spliced(there, printed.getvalue())
        DOC.write_text(f"{before}{BEGIN}\n{new}\n{END}{after}", "utf-8")
        write_measured(new)
        return
    show = markdown if options.markdown else plain
    for title, rows in found:
        show(title, rows)


def write_measured(tables: str) -> None:
    """The counts of docs/accuracy.md in a table that ships, without baselines and own data."""
    lines = ["\t".join(measured.COLUMNS)]
    part = ""
    for line in tables.splitlines():
        if line.startswith("### "):
            part = line[4:]
        row = re.match(r"\| (\D[^|]*?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", line)
        if row and not part.startswith("Baseline") and "by hand" not in part:
            lines.append("\t".join((part, *row.groups())))
    (ROOT / "src" / "kgraph" / "accuracy" / measured.FILE).write_text("\n".join(lines) + "\n")


def spliced(there: str, new: str) -> str:
    """The sections `there`, with those that are measured anew in their places or at the end."""
    split = re.compile(r"(?m)^(?=### )")
    fresh = {part.split("\n", 1)[0]: part for part in split.split(new) if part.startswith("### ")}
    kept = [part for part in split.split(there) if part.startswith("### ")]
    out = [fresh.pop(part.split("\n", 1)[0], part).strip() for part in kept]
    for title, part in fresh.items():  # after its sisters, or before the baselines
        sisters = [
            n for n, old in enumerate(out) if old.partition(":")[0] == title.partition(":")[0]
        ]
        baselines = [n for n, old in enumerate(out) if old.startswith("### Baseline")]
        at = sisters[-1] + 1 if sisters else baselines[0] if baselines else len(out)
        out.insert(at, part.strip())
    return "\n" + "\n\n".join(out) + "\n"


def sections(jobs: int, only: str) -> Iterator[tuple[str, list[Row]]]:
    """Every part of the table with its scores."""
    for title, golds, patterns in PAIRS:
        if only not in title:
            continue
        items = list(read(patterns, jobs))
        tables = [table for gold in golds for table in golds_in(SHARED / "gold" / gold)]
        for one in score(tables, items, Report()):
            yield f"{title}: {one.gold}", [(s.relation, s) for s in one.scores]
    calendars = "The first five sources, as entered by hand in data/"
    if only in calendars:
        items = list(read_all([ROOT / "data"], jobs))
        for one in score(golds_in(SHARED / "gold" / "seeds"), items, Report()):
            yield f"{calendars}: {one.gold}", [(s.relation, s) for s in one.scores]
    if only in "Altered copies":
        yield (
            "Altered copies of the FRUS volumes (other surnames, other years)",
            altered_copies(jobs),
        )
    if only in "Altered copy of the dossier":
        for name, rows in altered_dossier():
            yield f"Altered copy of the dossier (other surnames, years, numbers): {name}", rows
    if only in "Plain text":
        for shape, words in SHAPES.items():
            yield f"Plain text of the FRUS volumes, {words}", plain_texts(jobs, shape)
        for shape in ("raw", "line"):
            yield (
                f"Plain text of single FRUS documents, {SHAPES[shape]}",
                plain_texts(jobs, shape, single=True),
            )
    if only in "Baselines":
        yield from baselines()


def read(patterns: Iterable[str], jobs: int) -> Iterator[Item]:
    paths = [path for pattern in patterns for path in sorted((SHARED / "sources").glob(pattern))]
    return read_all(paths, jobs)


def read_all(paths: Iterable[Path], jobs: int) -> Iterator[Item]:
    """Items of `paths`; a reader that fails ends the measurement, which would be worth nothing."""
    report = Report()
    yield from sources.items(list(paths), report, jobs)
    for finding in report:
        if finding.code in ("reader-failed", "process-lost", "time-limit"):
            sys.exit(str(finding))


def volumes() -> list[Path]:
    return sorted((SHARED / "sources" / "frus-tei").glob("*.xml"))


def documents() -> tuple[Path, object, list[dict[str, str]]]:
    return next(iter(golds_in(SHARED / "gold" / "frus-tei" / "gold_documents.tsv")))


def altered_copies(jobs: int) -> list[Row]:
    file, gold, rows = documents()
    change = altered.Alteration(rows)
    with tempfile.TemporaryDirectory() as place:
        copies = [change.copy(path, Path(place)) for path in volumes()]
        items = list(read_all(copies, jobs))
        found: list[Evaluation] = score([(file, gold, change.rows(rows))], items, Report())  # type: ignore[list-item]
    return [(s.relation, s) for one in found for s in one.scores]


def altered_dossier() -> Iterator[tuple[str, list[Row]]]:
    # invented names are in no authority: tables that want links are left out
    tables = [one for one in golds_in(SHARED / "gold" / "dossier") if not one[1].by_id]
    change = altered_book.BookAlteration([rows for _, _, rows in tables])
    with tempfile.TemporaryDirectory() as place:
        pages = change.copy(SHARED / "sources" / "dossier" / "pages", Path(place))
        items = list(read_all([pages], 1))
    changed = [(file, gold, change.rows(rows)) for file, gold, rows in tables]
    for one in score(changed, items, Report()):
        if "canonical" not in one.gold:  # no authority knows invented people
            yield one.gold, [(s.relation, s) for s in one.scores]


def plain_texts(jobs: int, shape: str, *, single: bool = False) -> list[Row]:
    """Read from plain text: whole volumes, or each document as a file of its own."""
    file, gold, rows = documents()
    with tempfile.TemporaryDirectory() as place:
        if single:
            parts = [p for path in volumes() for p in stripped.split(path, Path(place), shape)]
            items: list[Item] = list(read_all(parts, jobs))
        else:
            copies = [stripped.copy(path, Path(place), shape) for path in volumes()]
            items = list(stripped.aligned(read_all(copies, jobs), rows, volumes()))
        found: list[Evaluation] = score([(file, gold, rows)], items, Report())  # type: ignore[list-item]
    return [(s.relation, s) for one in found for s in one.scores]


def baselines() -> Iterator[tuple[str, list[Row]]]:
    table = documents()
    plain_items: list[Item] = [r for path in volumes() for r in regex_reader.read(path)]
    (found,) = score([table], plain_items, Report())  # type: ignore[list-item]
    yield (
        "Baseline, regular expressions: FRUS documents",
        [(s.relation, s) for s in found.scores if s.relation in BASE],
    )
    ready = ner_reader.pipeline()
    if ready is None:
        print("Baseline, named entities: not measured, no English model of spaCy is installed",
              file=sys.stderr)  # fmt: skip
        return
    nlp, name = ready
    ner_items: list[Item] = [r for path in volumes() for r in ner_reader.read(path, nlp)]
    (found,) = score([table], ner_items, Report())  # type: ignore[list-item]
    yield (
        f"Baseline, named entities ({name}): FRUS documents",
        [(s.relation, s) for s in found.scores if s.relation in BASE[:-1]],
    )
    seeds = list(sources.items([SHARED / "sources" / "seeds"], Report()))
    mentions = SHARED / "gold" / "seeds" / "mentions.tsv"
    (found,) = score(golds_in(mentions), ner_reader.mentioning(seeds, nlp), Report())
    yield (
        f"Baseline, named entities ({name}): mentions in the first five sources",
        [
            (s.relation, s) for s in found.scores
            if not s.relation.endswith(", linked") and "unit" not in s.relation and "printed" not in s.relation
        ],
    )  # fmt: skip


def cells(s: Score) -> list[str]:
    low, high = s.interval or (None, None)
    return [
        s.relation, *(str(n) for n in (s.documents, s.hits, s.wrong, s.missed)),
        *("" if v is None else f"{v:.3f}" for v in (s.precision, s.recall, s.f1)),
        "" if low is None else f"{low:.3f}-{high:.3f}",
    ]  # fmt: skip


HEAD = ["relation", "rows", "hits", "wrong", "missed", "precision", "recall", "F1", "95 %"]


def plain(title: str, rows: list[Row]) -> None:
    print(f"\n{title}")
    print(f"{HEAD[0]:34}" + "".join(f"{name:>10}" for name in HEAD[1:-1]) + f"{HEAD[-1]:>14}")
    for _, s in rows:
        one = cells(s)
        print(
            f"{one[0]:34}" + "".join(f"{c:>10}" for c in one[1:-1]) + f"{one[-1]:>14}", flush=True
        )


def markdown(title: str, rows: list[Row]) -> None:
    print(f"\n### {title}\n")
    print("| " + " | ".join(HEAD) + " |")
    print("|---|" + "---:|" * (len(HEAD) - 1))
    for _, s in rows:
        print("| " + " | ".join(cells(s)) + " |", flush=True)


if __name__ == "__main__":
    main()
