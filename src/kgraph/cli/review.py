"""``kgraph review``: a person decides what matching left in doubt."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from kgraph.cli.options import StoreOption, note, print_findings, status_of

if TYPE_CHECKING:
    from kgraph.authorities import Authority
    from kgraph.authorities.doubts import Doubt
    from kgraph.authorities.review import Decision
    from kgraph.model import Person

EXAMPLE = "kgraph review data --list"

NAME = "[a]ccept  [r]eject  [m]eans another  [n]ote  [enter] later  [q]uit > "
ENTRY = "[a]ccept  [r]eject  [m]erge into another  [s]plit  [n]ote  [enter] later  [q]uit > "
DOCUMENT = (
    "[a]ccept: one document  [r]eject: two  [m]erge with another  [n]ote  [enter] later  [q]uit > "
)
CONFLICT = "[a]ccept the preferred  [m] prefer another  [r]eject: no conflict  [n]ote  [enter] later  [q]uit > "
"""What is asked about a name in a document, an entry of a list, two records, a conflict."""
VERDICTS = {"a": "accept", "r": "reject", "s": "split", "m": "merge", "n": "note"}


def review(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]", help="Sources to review [default: those of the store]."
        ),
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="Folder of decisions.")
    ] = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="Your name.")] = None,
    authority: Annotated[
        list[Path] | None, typer.Option("--authority", help="Further authority files.")
    ] = None,
    list_only: Annotated[
        bool, typer.Option("--list", help="List the doubts, ask nothing.")
    ] = False,
    about: Annotated[
        str | None,
        typer.Option("--about", help="Only person, body, place, event, document or conflict."),
    ] = None,
    below: Annotated[
        float, typer.Option("--below", min=0.0, max=1.0, help="Only links less probable than this.")
    ] = 0.95,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 100,
    store: StoreOption = None,
) -> int:
    """Walk through doubtful links and conflicts; each decision becomes a small text file.

    The most doubtful come first. Later builds apply the files in the folder and name the reviewer.
    """
    from kgraph.authorities.doubts import doubts
    from kgraph.authorities.review import Subject, write_decision
    from kgraph.cli.resolving import built_from, decisions_in, resolved, shipped_authority
    from kgraph.report import KgraphError, Report

    if about is not None and about not in get_args(Subject):
        raise KgraphError(f"nothing is called {about} here", f"one of {', '.join(get_args(Subject))}")  # fmt: skip
    report = Report()
    folder, known = decisions_in(decisions)
    who = reviewer or getpass.getuser()
    entries = shipped_authority(authority or (), report)
    names: dict[str, str] = {}
    items = resolved(sources or built_from(store), entries, known, report)
    found = doubts(items, known, certain=below, names=names, describe=_said_of)
    print_findings(report, least=("error", "warning"))
    if about is not None:
        found = [doubt for doubt in found if doubt.about == about]
    written = 0
    for number, doubt in enumerate(found[:limit], 1):
        print(f"{number} of {len(found)}. {_asked(doubt)}\n    {doubt.said}")
        for end in (doubt.subject, doubt.target or ""):
            told = names.get(end) or _entry(entries, end)
            if told:
                print(f"    {end}: {told}")
        if list_only:
            continue
        known_ids = names.keys() | entries.persons.keys() | entries.bodies.keys()
        known_ids |= entries.places.keys() | entries.events.keys()
        try:
            decision = _dialogue(doubt, who, known_ids)
        except (EOFError, KeyboardInterrupt):
            print()
            break
        if decision is None:
            break
        if decision is not LATER:
            written += 1
            note(f"    written: {write_decision(folder, decision)}")
    said = f"{len(found)} doubts"
    if not list_only:
        said += f", {written} decisions written to {folder}"
    note(said)
    return status_of(report)


LATER = object()
"""The reviewer's answer that leaves a doubt open."""


def _dialogue(doubt: Doubt, who: str, known: Collection[str]) -> Decision | None:
    """What the reviewer decides; `LATER` for nothing yet, None to stop."""
    from kgraph.authorities.review import Decision

    entry = doubt.about == "person" and "#" not in doubt.subject
    menu = {"document": DOCUMENT, "conflict": CONFLICT}.get(doubt.about, ENTRY if entry else NAME)
    if "#" in doubt.subject:
        menu = NAME
    while True:
        answer = input(menu).strip().lower()[:1]
        if answer == "q":
            return None
        if answer == "":
            return LATER  # type: ignore[return-value]
        if f"[{answer}]" not in menu:
            print(f"    {answer} is none of the answers")
            continue
        target = doubt.target
        parts: tuple[str, ...] = ()
        if answer == "a" and target is None:
            print("    nothing is proposed here: say what it means with m")
            continue
        if answer == "m":
            target = input("    the preferred value: " if doubt.about == "conflict" else "    id of the other: ").strip()  # fmt: skip
            if not target:
                continue
            strange = doubt.about != "conflict" and target not in known
            if strange and not _agreed(f"    nothing here is called {target}; all the same?"):
                continue
        if answer == "s":
            parts = tuple(input("    ids of its parts, with spaces between: ").split())
            target = None
            if len(parts) < 2:
                print("    a split has two parts at least")
                continue
        reason = (
            input("    note (may be empty): " if answer != "n" else "    note: ").strip() or None
        )
        if answer == "n" and reason is None:
            continue
        return Decision(
            decision=VERDICTS[answer],  # type: ignore[arg-type]
            about=doubt.about,
            subject=doubt.subject,
            target=target,
            parts=parts,
            reviewer=who,
            date=datetime.date.today().isoformat(),
            note=reason,
        )


def _agreed(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().lower() == "y"


def _asked(doubt: Doubt) -> str:
    """The question in a line."""
    name, _, words = doubt.subject.partition("#")
    if doubt.about == "conflict":
        return f"conflict {doubt.subject}: preferred {doubt.target or 'nothing'}"
    how = f"{'linked' if doubt.made else 'left open'}, probability {doubt.probability:.2f}"
    times = f", {doubt.times} times" if doubt.times > 1 else ""
    if words:
        return f'{doubt.about}: "{words.partition("@")[0]}" in {name}{times} -> {doubt.target or "?"} ({how})'
    return f"{doubt.about}: {doubt.subject} -> {doubt.target or '?'} ({how})"


def _entry(authority: Authority, id: str) -> str | None:
    """What the authority says of a person or body, in a line."""
    person = authority.persons.get(authority.current(id))
    body = authority.bodies.get(id)
    return _said_of(person) if person else body.label if body else None


def _said_of(person: Person) -> str:
    offices = "; ".join(
        f"{o.title} {o.from_ or ''}-{o.to or ''}".removesuffix(" -") for o in person.offices[:2]
    )
    years = f"{person.born or ''}-{person.died or ''}".strip("-")
    parts = [person.sort or person.label, years, offices, (person.note or "")[:100]]
    return " | ".join(part for part in parts if part)
