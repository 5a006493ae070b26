"""GraphML (http://graphml.graphdrawing.org): every letter an edge with all its attributes."""

from __future__ import annotations

from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kgraph.export.letters import (
    EDGE_FIELDS,
    NODE_FIELDS,
    ONE_LAYER,
    Loss,
    edges,
    letters_of,
    nodes,
)
from kgraph.network.network import Network
from kgraph.store import Store

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write(store: Store, output: IO[bytes]) -> Loss:
    """Write the letters of a store."""
    return (*write_network(letters_of(store), output), ONE_LAYER)


def write_network(network: Network, output: IO[bytes]) -> Loss:
    """Write a network; parallel letters stay apart, dates are ISO 8601 text."""

    def put(text: str) -> None:
        output.write(text.encode("utf-8"))

    put(_HEAD)
    for field in ("label", *NODE_FIELDS):
        put(f'<key id="n_{field}" for="node" attr.name="{field}" attr.type="string"/>\n')
    put('<key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>\n')
    for field in ("start", "end", *EDGE_FIELDS):
        put(f'<key id="e_{field}" for="edge" attr.name="{field}" attr.type="string"/>\n')
    put('<graph id="letters" edgedefault="directed">\n')
    for row in nodes(network):
        put(f"<node id={quoteattr(row['id'])}>{_data('n', row, ('label', *NODE_FIELDS))}</node>\n")
    for row in edges(network):
        put(
            f'<edge id="{row["id"]}" source={quoteattr(row["source"])} '
            f'target={quoteattr(row["target"])}><data key="e_weight">{row["weight"]:g}</data>'
            f"{_data('e', row, ('start', 'end', *EDGE_FIELDS))}</edge>\n"
        )
    put("</graph>\n</graphml>\n")
    return ("evidence, relations between documents and conflicting claims",)


def _data(kind: str, row: dict[str, object], fields: tuple[str, ...]) -> str:
    return "".join(
        f'<data key="{kind}_{field}">{escape(str(row[field]))}</data>'
        for field in fields
        if row[field] is not None
    )
