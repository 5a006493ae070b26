"""The command line: one file per verb, each of which parses, calls one function and prints.

To add a verb, write ``kgraph/cli/<verb>.py`` with

- a function of the verb's name, whose signature is typer's (``Annotated[str,
  typer.Option(...)]``) and whose docstring is the help text (no decorator, no
  typer app). It returns the exit status, or None for 0;
- ``EXAMPLE``, one command that runs as it stands, which ends the verb's help;

and name it in `VERBS`. Shared options (``--store``) are in `kgraph.cli.options`.
Data goes to stdout, everything else to stderr; bad use is raised as
`KgraphError`, which `main` prints as one message with its hint, status 2.
Only the verb that is called is imported.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from kgraph import __version__
from kgraph.report import KgraphError

VERBS: tuple[str, ...] = (
    "build",
    "read",
    "evaluate",
    "query",
    "queries",
    "show",
    "network",
    "plot",
    "export",
    "check",
    "conflicts",
    "missing",
    "compare",
    "review",
    "reconcile",
    "serve",
)


def _with_status(function: Callable[..., int | None]) -> Callable[..., None]:
    """`function`, whose returned number becomes the exit status.

    Where the reader of the output went away there is nothing left to say; what else the system
    refuses (a full disk, a folder that is not ours) is bad use.
    """

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            status = function(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except OSError as error:
            what = f"{error.filename}: " if error.filename else ""
            raise KgraphError(
                f"{what}{error.strerror or error}",
                hint="look whether there is room on the disk, and whether you may write there",
            ) from error
        if status:
            raise typer.Exit(status)

    return run


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kgraph {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Turn diplomatic correspondence into a graph of people, documents and events, and ask it."""


def application(verbs: Sequence[str] = VERBS) -> typer.Typer:
    """The typer application with `verbs`; a verb whose module is not there is left out."""
    app = typer.Typer(
        name="kgraph",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(epilog="Example: kgraph build && kgraph query who-wrote-to-whom")(_top)
    for verb in verbs:
        name = f"kgraph.cli.{verb}"
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        app.command(verb, epilog=f"Example: {module.EXAMPLE}")(_with_status(getattr(module, verb)))
    return app


def complain(error: KgraphError) -> None:
    """Print `error` and its hint to stderr."""
    print(f"error: {error}", file=sys.stderr)
    if error.hint:
        print(f"hint: {error.hint}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status (see the module's text)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbs = VERBS
    if given and given[0] in VERBS and "_KGRAPH_COMPLETE" not in os.environ:
        verbs = (given[0],)
    try:
        application(verbs)(given, prog_name="kgraph")
    except KgraphError as error:
        complain(error)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
