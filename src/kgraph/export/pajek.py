"""Pajek (http://mrvar.fdv.uni-lj.si/pajek): arcs by channel, with the days they may lie in."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import IO

from kgraph.export.letters import ONE_LAYER, Loss, edges, letters_of
from kgraph.network.network import Network
from kgraph.store import Store


def write(store: Store, output: IO[bytes]) -> Loss:
    """Write the letters of a store."""
    return (*write_network(letters_of(store), output), ONE_LAYER)


def write_network(network: Network, output: IO[bytes]) -> Loss:
    """Write a network as one multi-relational .net file, one relation a channel.

    Times are whole numbers in Pajek: the days as yyyymmdd. The label of an arc is its
    document.
    """
    lines = [f"*Vertices {network.size}"]
    labels = network.nodes["label"].to_list()
    double = {label for label, many in Counter(labels).items() if many > 1}
    for number, key, label in network.names():
        shown = f"{label} ({key})" if label in double else label
        lines.append(f'{number + 1} "{_quoted(shown)}"')
    by_channel: dict[str, list[str]] = defaultdict(list)
    for row in edges(network):
        span = f" [{_day(row['start'])}-{_day(row['end'])}]" if row["start"] else ""
        by_channel[row["channel"]].append(
            f'{row["s"] + 1} {row["t"] + 1} {row["weight"]:g}{span} l "{_quoted(row["document"])}"'
        )
    for number, channel in enumerate(sorted(by_channel), start=1):
        lines.append(f'*Arcs :{number} "{_quoted(channel)}"')
        lines += [f"{number}: {arc}" for arc in by_channel[channel]]
    output.write(("\n".join(lines) + "\n").encode("utf-8"))
    return (
        "ids, sides and dates of life of persons",
        "hours, modes, places, certainty and sources of letters",
        "evidence, relations between documents and conflicting claims",
        "(igraph and networkx read neither relations nor times of Pajek: for them take GraphML)",
    )


def _day(moment: str) -> str:
    return moment[:10].replace("-", "")


def _quoted(text: str) -> str:
    return text.replace('"', "'").replace("\n", " ")
