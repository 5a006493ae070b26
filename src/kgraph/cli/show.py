"""``kgraph show``: all about one thing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli.options import StoreOption
from kgraph.report import KgraphError

if TYPE_CHECKING:
    from kgraph.show import Description, Fact

EXAMPLE = "kgraph show frus/21"
FORMATS = ("table", "json", "ttl", "jsonld")


def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="A local id (person/kohler, frus/21) or an IRI.")
    ],
    format: Annotated[
        str, typer.Option("-f", "--format", help=f"One of {', '.join(FORMATS)}.")
    ] = "table",
    store: StoreOption = None,
) -> None:
    """Show all about one thing: what is preferred, its way from hand to hand, and what each
    source claims, with the words it rests on.
    """
    from kgraph import answers
    from kgraph import show as showing
    from kgraph.store import open_store

    if format not in FORMATS:
        raise KgraphError(f"there is no format {format!r}", hint=f"one of {', '.join(FORMATS)}")
    graph = open_store(store)
    if format in ("ttl", "jsonld"):
        answers.write_triples(showing.triples(graph, id), sys.stdout.buffer, format)
        return
    description = showing.describe(graph, id)
    if format == "json":
        import msgspec

        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(description)) + b"\n")
        return
    for line in _lines(description):
        print(line)


def _lines(thing: Description) -> Iterator[str]:
    yield f"{thing.id}  {thing.label or ''}".rstrip()
    yield thing.iri
    yield ", ".join(thing.kinds)
    if thing.aliases:
        yield f"also known as {', '.join(thing.aliases)}"
    if thing.names:
        yield "named " + ", ".join(f"“{name}” ({count}x)" for name, count in thing.names[:12])
    if thing.preferred:
        yield ""
        yield "Preferred and shared statements"
        yield from _facts(thing.preferred, 1)
    if thing.legs:
        yield ""
        yield "From hand to hand"
        for leg in thing.legs:
            yield "  " + _leg(leg)
    for account in thing.accounts:
        yield ""
        place = f", {account.locator}" if account.locator else ""
        yield f"According to {account.source_label or account.source} ({account.record}{place})"
        yield from _facts(account.facts, 1)
    for links in thing.links:
        yield ""
        yield f"{links.property} of {links.count}"
        for subject, label in links.subjects:
            yield f"  {subject}  {label or ''}".rstrip()
        if links.count > len(links.subjects):
            yield f"  ... and {links.count - len(links.subjects)} more"


def _leg(leg: dict[str, str | None]) -> str:
    hands = f"{leg['from'] or '?'} -> {leg['to'] or '?'}"
    parts = [f"{leg['leg']}. {hands}"]
    for name, before in (("by", "by "), ("mode", ""), ("channel", "channel "), ("place", "at ")):
        if leg[name] and leg[name] != "not stated":
            parts.append(f"{before}{leg[name]}")
    parts += [value for name in ("date", "status") if (value := leg[name])]
    return ", ".join(parts)


def _facts(facts: list[Fact], depth: int) -> Iterator[str]:
    for fact in facts:
        nested = bool(fact.parts)
        name = fact.property.partition(":")[2] or fact.property
        value = "" if nested else (f"{fact.label} [{fact.value}]" if fact.label else fact.value)
        line = f"{'  ' * depth}{name}: {value}".rstrip()
        if fact.words:
            line += f"  “{fact.words}”"
        if fact.start is not None:
            line += f" ({fact.start}-{fact.end})"
        elif fact.locator:
            line += f" ({fact.locator})"
        if fact.certainty:
            line += f" {fact.certainty}"
        yield line
        yield from _facts(fact.parts, depth + 1)
