"""One person and all who stand next to them."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from kgraph.network.network import Network
from kgraph.plots.network import letters_of, network

MOST = 60


def around(data: Network, focus: str, most: int = MOST) -> tuple[Network, int]:
    """The network of `focus` and its neighbours, and how many neighbours were left out.

    Where there are more than `most`, those with most letters to or from `focus` stay.
    """
    centre = data.number(focus)
    both = data.matrix + data.matrix.T
    weight = np.asarray(both[[centre], :].todense()).ravel()
    order = np.argsort(-weight, kind="stable")
    near = [int(i) for i in order if weight[i] > 0]
    keep = np.zeros(data.size, bool)
    keep[[centre, *near[:most]]] = True
    return data.only(keep), max(0, len(near) - most)


def ego(
    data: Network,
    focus: str,
    *,
    title: str = "",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """`focus` in the middle, neighbours around by side and then by number of letters.

    Ties among the neighbours are drawn too.
    """
    name = data.nodes["label"][data.number(focus)]
    key = data.nodes["id"][data.number(focus)]
    part, left = around(data, focus)
    note = f"{left} correspondents with fewer letters are left out." if left else ""

    def arrange(
        net: Network, radii: NDArray[np.float64], width: float, height: float
    ) -> NDArray[np.float64]:
        return _ring(net, net.number(key), radii, width, height)

    return network(
        part, title=title or f"The correspondence of {name}", subtitle=subtitle, source=source,
        style=style, note=note, arrange=arrange,
    )  # fmt: skip


def _ring(
    net: Network, centre: int, radii: NDArray[np.float64], width: float, height: float
) -> NDArray[np.float64]:
    sides = net.nodes["side"].fill_null("~").to_list()
    letters = letters_of(net)
    others = sorted(
        (i for i in range(net.size) if i != centre), key=lambda i: (sides[i], -letters[i], i)
    )
    points = np.zeros((net.size, 2))
    middle = np.array([width / 2, height / 2])
    points[centre] = middle
    reach = middle - np.array([min(90.0, width * 0.17), min(34.0, height * 0.1)])
    rings = 1 if len(others) <= 26 else 2
    for k, i in enumerate(others):
        angle = np.pi / 2 - 2 * np.pi * (k + 0.5) / len(others)
        share = 1.0 if rings == 1 or k % 2 == 0 else 0.66
        points[i] = middle + reach * share * np.array([np.cos(angle), np.sin(angle)])
    return points
