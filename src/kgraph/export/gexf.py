"""GEXF 1.3 (https://gexf.net), as Gephi reads it: every letter an edge with its time."""

from __future__ import annotations

from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kgraph import __version__
from kgraph.export.letters import (
    EDGE_FIELDS,
    NODE_FIELDS,
    ONE_LAYER,
    Loss,
    edges,
    letters_of,
    nodes,
    undated,
)
from kgraph.network.network import Network
from kgraph.plots.style import side_looks
from kgraph.store import Store

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>kgraph {version}</creator></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_HOURS = ("earliest", "latest")


def write(store: Store, output: IO[bytes]) -> Loss:
    """Write the letters of a store."""
    return (*write_network(letters_of(store), output), ONE_LAYER)


def write_network(network: Network, output: IO[bytes]) -> Loss:
    """Write a network. The interval of a letter is that in which its date lies, in whole
    days, which Gephi and networkx both read; `earliest` and `latest` have the hours.

    `kind` is the channel, by which Gephi tells parallel edges apart; it adds up letters
    of one pair and channel when it opens the file, unless told not to.
    """

    def put(text: str) -> None:
        output.write(text.encode("utf-8"))

    put(_HEAD.format(version=escape(__version__)))
    for kind, fields in (("node", NODE_FIELDS), ("edge", (*EDGE_FIELDS, *_HOURS))):
        put(f'<attributes class="{kind}" mode="static">\n')
        for field in fields:
            put(f'<attribute id="{field}" title="{field}" type="string"/>\n')
        put("</attributes>\n")
    put("<nodes>\n")
    looks = side_looks(network.nodes["side"].to_list())
    for row in nodes(network):
        put(f"<node id={quoteattr(row['id'])} label={quoteattr(row['label'])}>")
        put(_values(row, NODE_FIELDS))
        red, green, blue = (int(looks[row["side"]].edge[k : k + 2], 16) for k in (1, 3, 5))
        put(f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n')
    put("</nodes>\n<edges>\n")
    for row in edges(network):
        put(
            f'<edge id="{row["id"]}" source={quoteattr(row["source"])} '
            f"target={quoteattr(row['target'])} kind={quoteattr(row['channel'])} "
            f'weight="{row["weight"]:g}"'
        )
        if row["start"]:
            put(f' start="{row["start"][:10]}" end="{row["end"][:10]}"')
        row["earliest"], row["latest"] = row["start"], row["end"]
        put(f">{_values(row, (*EDGE_FIELDS, *_HOURS))}</edge>\n")
    put("</edges>\n</graph>\n</gexf>\n")
    lost = [
        "a date in doubt is an interval like a stay in time: see the attribute edtf",
        "evidence, relations between documents and conflicting claims",
    ]
    if without := undated(network):
        lost.append(f"{without} letters have no date and are there at all times")
    return tuple(lost)


def _values(row: dict[str, object], fields: tuple[str, ...]) -> str:
    values = "".join(
        f'<attvalue for="{field}" value={quoteattr(str(row[field]))}/>'
        for field in fields
        if row[field] is not None
    )
    return f"<attvalues>{values}</attvalues>" if values else ""
