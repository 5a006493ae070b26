"""Structural holes: who stands between people who do not write to each other."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from kgraph.network.engines import Engine, as_igraph, choose
from kgraph.network.network import Floats, Network

_BLOCK = 20_000_000


def _shares(network: Network) -> tuple[Any, Any]:
    """Mutual weights a + a', and each row's share of them."""
    both = sparse.csr_array(network.matrix + network.matrix.T)
    total = np.asarray(both.sum(axis=1)).ravel()
    scale = np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)
    return both, sparse.csr_array(sparse.diags_array(scale) @ both)


def masked_product(left: Any, right: Any, mask: Any) -> Any:
    """(left @ right) at the places where `mask` is not zero, in blocks of rows."""
    n = mask.shape[0]
    weight = np.asarray((left != 0).astype(float) @ np.diff(right.indptr).astype(float))
    parts = []
    start = 0
    while start < n:
        ends = np.searchsorted(np.cumsum(weight[start:]), _BLOCK) + start + 1
        end = int(min(max(ends, start + 1), n))
        part = (left[start:end] @ right).multiply(mask[start:end])
        parts.append(sparse.csr_array(part))
        start = end
    return sparse.vstack(parts, format="csr") if parts else mask


def constraint(network: Network, engine: Engine = "auto") -> Floats:
    """How much of a person's ties lead back to one and the same circle.

    c(i) = sum over neighbours j of (p(i, j) + sum over q of p(i, q) p(q, j))^2, with
    p(i, j) the share of i's letters (sent and received) exchanged with j. Burt 1992,
    *Structural Holes*, p. 54; as networkx's `constraint` with weights. Low for a
    broker, high for who depends on a few tied to each other. No tie: not a number.
    """
    if network.size == 0:
        return np.zeros(0)
    if choose(engine) == "igraph":
        return np.array(as_igraph(network).constraint(weights="weight"), dtype=np.float64)
    both, p = _shares(network)
    mask = sparse.csr_array((np.ones(both.nnz), both.indices, both.indptr), shape=both.shape)
    reach = sparse.csr_array(p + masked_product(p, p, mask))
    value = np.asarray(reach.multiply(reach).sum(axis=1)).ravel()
    return np.where(np.diff(both.indptr) > 0, value, np.nan)


def effective_size(network: Network) -> Floats:
    """How many circles a person's neighbours make: neighbours less their overlap.

    e(i) = sum over neighbours j of (1 - sum over q != i, j of p(i, q) m(j, q)), with
    m(j, q) the letters between j and q over those between j and the one that j has
    most with. Burt 1992, p. 52; as networkx's `effective_size` of a directed graph.
    No tie: not a number.
    """
    if network.size == 0:
        return np.zeros(0)
    both, p = _shares(network)
    most = np.asarray(both.max(axis=1).todense()).ravel()
    scale = np.divide(1.0, most, out=np.zeros(len(most)), where=most > 0)
    m = sparse.csr_array(sparse.diags_array(scale) @ both)
    mask = sparse.csr_array((np.ones(both.nnz), both.indices, both.indptr), shape=both.shape)
    overlap = masked_product(p, sparse.csr_array(m.T), mask)
    degree = np.diff(both.indptr)
    value = degree - np.asarray(overlap.sum(axis=1)).ravel()
    return np.where(degree > 0, value, np.nan)
