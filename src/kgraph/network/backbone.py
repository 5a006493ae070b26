"""The backbone: the ties that matter to at least one of their ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kgraph.network.network import Floats, Network


def disparity(network: Network) -> Floats:
    """How likely a tie so heavy were by chance, at the end where it is least likely.

    alpha(i, j) = (1 - w(i, j) / s(i))^(k(i) - 1), for the k letters-receivers that i
    divides its s letters among, and likewise for j and those who write to j; the
    smaller of both. Serrano, Boguna and Vespignani 2009,
    https://doi.org/10.1073/pnas.0808904106 (their directed form). One value a tie, in the order
    of `Network.ties`. An end with one tie only says nothing (1); a tie whose both
    ends have one only has 1.
    """
    s, t, w = network.ends
    n = network.size
    out, into = np.bincount(s, w, n), np.bincount(t, w, n)
    fan_out, fan_in = np.bincount(s, minlength=n), np.bincount(t, minlength=n)
    first = np.where(fan_out[s] > 1, (1 - w / out[s]) ** (fan_out[s] - 1.0), 1.0)
    second = np.where(fan_in[t] > 1, (1 - w / into[t]) ** (fan_in[t] - 1.0), 1.0)
    return np.asarray(np.minimum(first, second))


@dataclass(frozen=True)
class Backbone:
    """Which ties of `Network.ties` are kept, and what they hold."""

    keep: NDArray[np.bool_]
    alpha: float | None
    ties: int
    all_ties: int
    letters: float
    all_letters: float

    def words(self) -> str:
        """What was left out, for the note of a picture."""
        share = 100 * self.letters / self.all_letters if self.all_letters else 100.0
        return f"Backbone: {self.ties} of {self.all_ties} ties, with {share:.0f} % of the letters."


def backbone(network: Network, alpha: float = 0.05, strongest: bool = True) -> Backbone:
    """Ties with `disparity` below `alpha`; with `strongest` also each node's heaviest one."""
    keep = disparity(network) < alpha
    if strongest:
        keep |= _strongest(network)
    return _made(network, keep, alpha)


def backbone_of(network: Network, ties: int) -> Backbone:
    """About `ties` ties: the least likely by chance, and each node's heaviest one."""
    value = disparity(network)
    keep = _strongest(network)
    w = network.ends[2]
    order = np.lexsort((-w, value))
    missing = max(0, ties - int(keep.sum()))
    keep[order[~keep[order]][:missing]] = True
    return _made(network, keep, None)


def _strongest(network: Network) -> NDArray[np.bool_]:
    s, t, w = network.ends
    keep = np.zeros(len(s), bool)
    both = np.concatenate([s, t])
    tie = np.concatenate([np.arange(len(s)), np.arange(len(s))])
    weight = np.concatenate([w, w])
    order = np.lexsort((tie, -weight, both))
    first = np.ones(len(order), bool)
    first[1:] = both[order][1:] != both[order][:-1]
    keep[tie[order[first]]] = True
    return keep


def _made(network: Network, keep: NDArray[np.bool_], alpha: float | None) -> Backbone:
    w = network.ends[2]
    return Backbone(keep, alpha, int(keep.sum()), len(keep), float(w[keep].sum()), float(w.sum()))
