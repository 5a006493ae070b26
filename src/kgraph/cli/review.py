"""``kgraph review``: a person decides what matching left in doubt."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli.options import note

if TYPE_CHECKING:
    from kgraph.authorities import Authority
    from kgraph.model import Mention, Party, Person

EXAMPLE = "kgraph review data --list"

ASK = "[a]ccept  [r]eject  [s]plit  [m]erge into another  [n]ote  [enter] later  [q]uit > "


def review(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources to review [default: the shipped data].")
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
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 100,
) -> int:
    """Walk through doubtful links and conflicts; each decision becomes a small text file.

    Later builds apply the files in the folder and name the reviewer.
    """
    from kgraph.authorities.review import Decision, write_decision
    from kgraph.cli.doubts import decisions_in, resolved, shipped_authority
    from kgraph.report import Report

    report = Report()
    folder, known = decisions_in(decisions)
    decided = {(d.subject, d.target) for d in known.all}
    who = reviewer or getpass.getuser()
    today = datetime.date.today().isoformat()
    count = written = 0
    entries = shipped_authority(authority or (), report)
    names: dict[str, str] = {}
    found = _named(resolved(sources or (), entries, known, report), names)
    for about, subject, target, said in _doubts(found):
        if (subject, target) in decided:
            continue
        decided.add((subject, target))
        count += 1
        if count > limit:
            break
        print(f"{about}: {subject} -> {target or '?'}\n    {said}")
        for end in (subject, target or ""):
            told = names.get(end) or _entry(entries, end)
            if told:
                print(f"    {end}: {told}")
        if list_only:
            continue
        try:
            answer = input(ASK).strip().lower()[:1]
        except EOFError:
            break
        if answer == "q":
            break
        verdicts = {"a": "accept", "r": "reject", "s": "split", "m": "merge", "n": "note"}
        if answer not in verdicts:
            continue
        if answer == "m":
            target = input("    id of the other: ").strip() or target
        words = input("    note (may be empty): ").strip() or None
        path = write_decision(
            folder,
            Decision(
                decision=verdicts[answer],  # type: ignore[arg-type]
                about=about,  # type: ignore[arg-type]
                subject=subject,
                target=target,
                reviewer=who,
                date=today,
                note=words,
            ),
        )
        written += 1
        note(f"    written: {path}")
    note(f"{min(count, limit)} doubts, {written} decisions written to {folder}")
    return 0


def _named(items: Iterator[object], names: dict[str, str]) -> Iterator[object]:
    """`items`, while the names of persons and the titles of documents are gathered."""
    from kgraph.model import Person, Record

    for item in items:
        if isinstance(item, Person):
            names[item.id] = _said_of(item)
        elif isinstance(item, Record):
            when = f", {item.date.text or item.date.edtf}" if item.date else ""
            names[item.id] = f"{item.title or item.form}{when}"
        yield item


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


def _doubts(items: Iterator[object]) -> Iterator[tuple[str, str, str | None, str]]:
    """(about, subject, target, what is said) of each doubtful link or conflict."""
    from kgraph.authorities.review import subjects
    from kgraph.model import Conflict, Identity, Party, Record, Redirect

    for item in items:
        if isinstance(item, Redirect) and item.probability is not None and item.probability < 0.97:
            yield "person", item.id, item.to, f"{item.probability:.2f}: {'; '.join(item.reasons)}"
        elif isinstance(item, Record):
            parties = (*item.senders, *item.addressees, *item.participants, *item.signed)
            everything: tuple[Party | Mention, ...] = (*parties, *item.mentions)
            for named in everything:
                p = named.probability
                if p is not None and p < 0.97 and named.reasons:
                    words = named.name if isinstance(named, Party) else named.text
                    target = named.id or named.reasons[0].removeprefix("perhaps ").split(",")[0]
                    subject = subjects(item.id, words, named.start)[0]
                    said = f"{p:.2f}: {'; '.join(named.reasons)}"
                    yield "person", subject, target, said + _around(item.text, named)
        elif isinstance(item, Identity) and item.score < 0.99 and item.source == "matching":
            said = f"{item.score:.2f}: {'; '.join(item.reasons)}"
            for record in item.records[1:]:
                yield "document", record, item.records[0], said
        elif isinstance(item, Conflict) and item.source == "matching":
            values = " | ".join(f"{c.value} ({c.record or c.source})" for c in item.claims)
            yield "conflict", item.id, item.preferred, f"{item.kind}: {values}"


def _around(text: str, named: Party | Mention) -> str:
    """The words around a name, on a line of their own."""
    if named.start is None or named.end is None or named.end > len(text):
        return ""
    around = text[max(0, named.start - 70) : named.end + 70]
    return f"\n    ... {' '.join(around.split())} ..."
