"""The data of the network explorer, kept with the edition."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph import __version__, iris
from kgraph.report import KgraphError
from kgraph.server import kept
from kgraph.server.pages import path_of
from kgraph.server.pages.pictures import correspondence, has_ego
from kgraph.server.publication import Edition

if TYPE_CHECKING:
    from kgraph.network import Network

MOST_TIES = 5000
"""Pairs of persons up to which the explorer shows everything."""
NEAR, TIES_AROUND = 60, 400
"""Others who are shown around one person, and pairs among all these."""
WIDEST = 40.0
"""What the busiest take of the field at most, in thousandths of its width."""
FIELD = 0.62
NAMED = 120  # nodes up to which there is room for every name
LAID_OUT = 1500  # nodes up to which the printed pictures' layout is used


def network_json(edition: Edition) -> bytes:
    """Persons with places on a plane, letters as [from, to, first day, last day, channel],
    all by number, and the looks of channels and sides.

    Where more than `MOST_TIES` pairs wrote to each other, those with most letters, and "of":
    how many pairs and persons there are. A last day that is the first one is 0.
    """
    return kept.document(
        edition, f"explorer-{__version__}.json", lambda: of_network(correspondence(edition))
    )


def around_json(edition: Edition, person: str) -> bytes:
    """The same of a person and those with most letters to or from them, at most `NEAR`, and of
    the pairs with most letters among these. Raises `KgraphError` for who wrote and received none."""
    from kgraph.plots.ego import around

    if not has_ego(edition, person):
        raise KgraphError(f"{person} wrote and received no letter")
    found, left = around(correspondence(edition), person, NEAR)
    return of_network(found, TIES_AROUND, left, found.number(person))


def strongest(found: Network, most: int, centre: int = -1) -> Network:
    """The pairs with most letters and whom they tie, those of `centre` before others;
    everything where there are no more pairs."""
    import numpy as np
    import polars as pl

    if found.ties.height <= most:
        return found
    others = (pl.col("s") != centre) & (pl.col("t") != centre)
    order = found.ties.sort(others, "letters", "s", "t", descending=[False, True, False, False])
    chosen = order.head(most).select("s", "t")
    keep = np.zeros(found.size, bool)
    keep[chosen["s"].to_numpy()] = keep[chosen["t"].to_numpy()] = True
    letters = found.letters.join(chosen, on=["s", "t"], how="semi", maintain_order="left")
    return replace(found, letters=letters).only(keep)


def of_network(whole: Network, most: int = MOST_TIES, left: int = 0, centre: int = -1) -> bytes:
    """The same of any network, of `most` pairs at most; `left` is how many others are left out
    already."""
    from kgraph.plots.style import Look, channel_looks, side_looks

    found = strongest(whole, most, centre)
    names = found.nodes["id"].to_list()
    place = {name: n for n, name in enumerate(names)}
    letters = found.letters
    pairs: dict[tuple[int, int], int] = {}
    rows = []
    names_of_ways = [name or "not stated" for name in letters["channel"].to_list()]
    ways, _ = channel_looks(names_of_ways)  # many channels share the looks of their families
    channels: dict[str, tuple[int, Look]] = {}
    columns = ("source", "target", "channel", "date_earliest", "date_latest")
    days: dict[object, str] = {}  # of instants met before
    for source, target, name, *ends in letters.select(columns).iter_rows():
        if source not in place or target not in place:
            continue
        a, b = place[source], place[target]
        pairs[(a, b)] = pairs.get((a, b), 0) + 1
        way = ways[name or "not stated"]
        channel, _ = channels.setdefault(way.label, (len(channels), way))
        first, last = (days.get(end) or days.setdefault(end, _iso(end)) for end in ends)
        rows.append([a, b, first, 0 if last == first else last, channel])
    labels = [label or name for label, name in zip(found.nodes["label"], names, strict=True)]
    positions = _positions(labels, pairs)
    sides = found.nodes["side"].to_list() if "side" in found.nodes.columns else [None] * len(names)
    looks = side_looks(sides)
    data = {
        "nodes": [
            {"label": labels[n], "path": path_of(iris.thing(names[n])),
             "side": sides[n] or "", "colour": looks[sides[n]].fill, "edge": looks[sides[n]].edge,
             "shape": looks[sides[n]].shape, "x": round(x, 4), "y": round(y, 4)}
            for n, (x, y) in enumerate(positions)
        ],
        "channels": [
            {"label": way.label, "colour": way.colour, "dash": way.dash[1]}
            for _, way in channels.values()
        ],
        "sides": [
            {"label": one.label, "shape": one.shape, "fill": one.fill, "edge": one.edge}
            for one in dict.fromkeys(looks.values())
        ],
        "letters": rows,
        "of": {
            "nodes": whole.size + left,
            "ties": whole.ties.height if found is not whole else None,
        },
    }  # fmt: skip
    return json.dumps(data, separators=(",", ":")).encode()


def _iso(value: object) -> str:
    return str(value)[:10] if value is not None else ""


def _positions(labels: list[str], pairs: dict[tuple[int, int], int]) -> list[tuple[float, float]]:
    """Where the nodes stand in a field one wide and `FIELD` high, as in printed pictures."""
    import numpy as np
    from scipy import sparse

    from kgraph.plots.layout import part_blocks, positions

    size = len(labels)
    if not size:
        return []
    counted = np.zeros(size)
    rows, columns, weights = [], [], []
    for (a, b), n in pairs.items():
        counted[a] += n
        counted[b] += n
        if a != b:
            rows.append(a)
            columns.append(b)
            weights.append(float(n))
    matrix = sparse.csr_array((weights, (rows, columns)), shape=(size, size))
    width = 1000.0
    roots = np.sqrt(counted)
    radii = 8 + min(2.0, WIDEST / max(float(roots.max()), 1.0)) * roots
    if size <= LAID_OUT:
        points = positions(matrix, radii, width, width * FIELD)
        if size <= NAMED:  # room for a name in two lines below each, in a window of that width
            wide = np.array(
                [len(words) if len(words) <= 22 else len(words) / 2 + 3 for words in labels]
            )
            halves = np.column_stack([np.maximum(wide * 3.4, radii) + 2, radii + 14.0])
            points = part_blocks(points, halves, width, width * FIELD, np.full(size, -12.0))
    else:
        import networkx as nx

        graph = nx.from_scipy_sparse_array(matrix)
        spread = nx.spring_layout(graph, seed=1, iterations=20)
        points = (np.array([spread[n] for n in range(size)]) + 1) / 2 * [width, width * FIELD]
    return [(float(x) / width, FIELD - float(y) / width) for x, y in points]
