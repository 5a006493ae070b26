"""Exact betweenness shared out among processors, each a Python of its own.

igraph keeps other threads waiting while it counts, so the starts of chains are dealt out to
processes: this one, and for each further processor ``python -m kgraph.network.sharing``,
which reads ties and starts from its standard input and writes its sums.
"""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from typing import Any

import numpy as np

from kgraph.network.network import Floats, Ints, Network
from kgraph.report import KgraphError


def shared(network: Network, starts: Ints) -> Floats:
    """The shortest chains from `starts` through each node, summed."""
    s, t, _ = network.ends
    many = processors()
    hands = [starts[k::many] for k in range(many)]  # dealt out like cards
    helpers = [_started(network.size, s, t, hand) for hand in hands[1:]]
    try:
        total = _summed(network.size, s, t, hands[0])
        for helper in helpers:
            output, _ = helper.communicate()
            if helper.returncode:
                raise KgraphError("a process that counts shortest chains has ended early")
            total += np.load(BytesIO(output))
    finally:
        for helper in helpers:
            if helper.poll() is None:
                helper.kill()
                helper.wait()
    return total


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started(n: int, s: Ints, t: Ints, starts: Ints) -> subprocess.Popen[bytes]:
    helper = subprocess.Popen(
        [sys.executable, "-m", "kgraph.network.sharing"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert helper.stdin is not None
    with helper.stdin as there:
        np.savez(there, n=np.array(n), s=s, t=t, starts=starts)
    helper.stdin = None
    return helper


def _summed(n: int, s: Ints, t: Ints, starts: Ints) -> Floats:
    import igraph

    graph: Any = igraph.Graph(n=n, edges=np.column_stack([s, t]).tolist(), directed=True)
    return np.array(graph.betweenness(directed=True, sources=starts.tolist()), dtype=np.float64)


def main() -> None:
    """Sum what standard input asks for, to standard output."""
    given = np.load(BytesIO(sys.stdin.buffer.read()))
    np.save(sys.stdout.buffer, _summed(int(given["n"]), given["s"], given["t"], given["starts"]))


if __name__ == "__main__":
    main()
