"""Cytoscape's JSON (cyjs; https://js.cytoscape.org): every letter an edge."""

from __future__ import annotations

import json
from typing import IO

from kgraph import __version__
from kgraph.export.letters import ONE_LAYER, Loss, edges, letters_of, nodes
from kgraph.network.network import Network
from kgraph.store import Store


def write(store: Store, output: IO[bytes]) -> Loss:
    """Write the letters of a store."""
    return (*write_network(letters_of(store), output), ONE_LAYER)


def write_network(network: Network, output: IO[bytes]) -> Loss:
    """Write a network; the interaction of an edge is its channel."""
    content = {
        "format_version": "1.0",
        "generated_by": f"kgraph-{__version__}",
        "target_cytoscapejs_version": "~3.0",
        "data": {"name": "letters", "shared_name": "letters"},
        "elements": {
            "nodes": [
                {"data": _known({**row, "name": row["label"]})} for row in nodes(network)
            ],
            "edges": [
                {"data": _known({**row, "interaction": row["channel"], "s": None, "t": None})}
                for row in edges(network)
            ],
        },
    }  # fmt: skip
    output.write(json.dumps(content, ensure_ascii=False).encode("utf-8"))
    return ("evidence, relations between documents and conflicting claims",)


def _known(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if value is not None}
