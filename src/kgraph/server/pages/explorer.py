"""The data of the network explorer, kept with the edition."""

from __future__ import annotations

import json

from kgraph import iris
from kgraph.server.pages import path_of
from kgraph.server.publication import Edition

FIELD = 0.62
LAID_OUT = 1500  # nodes up to which the printed pictures' layout is used


def network_json(edition: Edition) -> bytes:
    """Persons with places on a plane, letters as [from, to, first day, last day, channel],
    all by number, and the looks of channels and sides."""
    kept: bytes | None = edition.memo.get("network.json")
    if kept is not None:
        return kept
    from kgraph.network import load_network
    from kgraph.plots.style import Look, channel_looks, side_looks

    found = load_network(edition.store)
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
    positions = _positions(len(names), pairs)
    labels = found.nodes["label"].to_list()
    sides = found.nodes["side"].to_list() if "side" in found.nodes.columns else [None] * len(names)
    looks = side_looks(sides)
    data = {
        "nodes": [
            {"label": labels[n] or names[n], "path": path_of(iris.thing(names[n])),
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
    kept = edition.memo["network.json"] = json.dumps(data, separators=(",", ":")).encode()
    return kept


def _iso(value: object) -> str:
    return str(value)[:10] if value is not None else ""


def _positions(size: int, pairs: dict[tuple[int, int], int]) -> list[tuple[float, float]]:
    """Where the nodes stand in a field one wide and `FIELD` high, as in printed pictures."""
    import numpy as np
    from scipy import sparse

    from kgraph.plots.layout import positions

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
    else:
        import networkx as nx

        graph = nx.from_scipy_sparse_array(matrix)
        spread = nx.spring_layout(graph, seed=1, iterations=20)
        points = (np.array([spread[n] for n in range(size)]) + 1) / 2 * [width, width * FIELD]
    return [(float(x) / width, FIELD - float(y) / width) for x, y in points]
