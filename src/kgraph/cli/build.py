"""``kgraph build``: sources -> store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import StoreOption, note, print_findings
from kgraph.report import KgraphError, Report

EXAMPLE = "kgraph build data --store .kgraph"


def build(
    source: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Files, folders or http(s) addresses [default: the data that come with kgraph].",
        ),
    ] = None,
    store: StoreOption = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", min=1, help="Processes [default: one a core].")
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            help="What converts the sources: processes here, or Spark (kgraph[spark]; its master "
            "from SPARK_MASTER).",
            metavar="local|spark",
        ),
    ] = "local",
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Do not list findings of severity info.")
    ] = False,
) -> int:
    """Build the store from sources and print a summary.

    Unchanged sources are not converted again. The store answers as before until
    the new graph is complete. Exit status 1 where a finding is an error.
    """
    from kgraph.build import build as run
    from kgraph.store import DEFAULT_LOCATION

    where = store or os.environ.get("KGRAPH_STORE") or DEFAULT_LOCATION
    if where.startswith(("http://", "https://")):
        raise KgraphError(
            f"{where} is an endpoint; a build needs a folder", hint="use --store PATH"
        )
    report = Report()
    with _Bar() as bar:
        summary = run(
            source or [], Path(where),
            jobs=jobs, with_engine=engine, report=report, progress=bar.show,
        )  # fmt: skip
    print_findings(report, least=("error", "warning") if quiet else ("error", "warning", "info"))
    for name, value in summary.lines():
        print(f"{name:<11} {value}")
    return 1 if report.has_errors else 0


class _Bar:
    """Progress on a terminal; nothing in a pipe."""

    def __enter__(self) -> _Bar:
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("starting", total=None)
        self._shown = self._progress.console.is_terminal
        if self._shown:
            self._progress.start()
        return self

    def show(self, what: str, done: int, of: int) -> None:
        if self._shown:
            self._progress.update(self._task, description=what, completed=done, total=of or None)

    def __exit__(self, *failure: object) -> None:
        if self._shown:
            self._progress.stop()
            if any(failure):
                note("the store answers as before")
