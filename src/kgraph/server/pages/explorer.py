"""The data of the network explorer, kept with the edition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kgraph import iris
from kgraph.server.pages import path_of
from kgraph.server.publication import Edition

if TYPE_CHECKING:
    from kgraph.network import Network

FIELD = 0.62
NAMED = 120  # nodes up to which there is room for every name
LAID_OUT = 1500  # nodes up to which the printed pictures' layout is used


def network_json(edition: Edition) -> bytes:
    """Persons with places on a plane, letters as [from, to, first day, last day, channel],
    all by number, and the looks of channels and sides."""
    kept: bytes | None = edition.memo.get("network.json")
    if kept is None:
        from kgraph.network import load_network

        kept = edition.memo["network.json"] = of_network(load_network(edition.store))
    return kept


def of_network(found: Network) -> bytes:
    """The same of any network."""
    from kgraph.plots.style import Look, channel_looks, side_looks

    names = found.nodes["id"].to_list()
    place = {name: n for n, name in enumerate(names)}
    letters = found.letters
    pairs: dict[tuple[int, int], int] = {}
    rows = []
    names_of_ways = [name or "not stated" for name in letters["channel"].to_list()]
    ways, _ = channel_looks(names_of_ways)  # many channels share the looks of their families
    channels: dict[str, tuple[int, Look]] = {}
    for row in letters.iter_rows(named=True):
        if row["source"] not in place or row["target"] not in place:
            continue
        a, b = place[row["source"]], place[row["target"]]
        pairs[(a, b)] = pairs.get((a, b), 0) + 1
        way = ways[row["channel"] or "not stated"]
        channel, _ = channels.setdefault(way.label, (len(channels), way))
        rows.append([a, b, _iso(row.get("date_earliest")), _iso(row.get("date_latest")), channel])
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
    radii = 8 + 2 * np.sqrt(counted)
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
