# ruff: noqa: B018
# %% [markdown]
# # The pen-pal channel, and the weeks after Dallas
#
# A walk through the network of the data that ship with kgraph. `kgraph build` makes the store;
# this notebook reads the default one.

# %%
from datetime import datetime

import networkx as nx
import polars as pl

from kgraph import plots
from kgraph.network import (
    Selection,
    centrality,
    changes,
    channels,
    doubt,
    loss,
    network_of,
    paths,
    replies,
    rhythm,
    summary,
)
from kgraph.network.explanation import explain
from kgraph.network.network import tables_of
from kgraph.network.tables import LAYERS
from kgraph.store import open_store

tables = tables_of(open_store(), LAYERS)
letters = network_of(tables)
summary.nodes(letters).select(
    "label", "side", "documents", "strength_out", "strength_in", "pagerank"
).head(8)

# %% [markdown]
# ## 1961 and 1962: Kennedy and Khrushchev
#
# Who wrote to whom, and by which way. A letter that two sign counts for each of them.

# %%
early = network_of(tables, Selection(start=datetime(1960, 1, 1), end=datetime(1962, 12, 31)))
plots.network(
    early, title="Who wrote to whom, 1960 to 1962", source="The data that ship with kgraph."
)

# %%
summary.channels(early).select("channel", "documents", "edges", "first", "last")

# %% [markdown]
# The back channel was few letters and many hands. What would be missing without the Bolshakov
# route? The interval resamples documents: it shows how much hangs on single ones.

# %%
hands = Selection(layers=("handed-to",))
lost = loss.without(tables, ("bolshakov",), hands, rounds=100)
lost.figures

# %%
lost.cut_off

# %%
channels.carriers(tables, hands).filter(pl.col("across") > 0).select(
    "channel", "label", "documents", "across"
).head(12)

# %% [markdown]
# ## After 22 November 1963
#
# Letters a day before and after, as two rates; and the dates at which the pace changed.

# %%
rhythm.around(letters, datetime(1963, 11, 22), days=21)

# %%
changes.change_points(letters)

# %%
weeks = network_of(tables, Selection(start=datetime(1963, 11, 20), end=datetime(1963, 12, 31)))
plots.timeline(weeks, title="The weeks after Dallas", source="The data that ship with kgraph.")

# %% [markdown]
# Jacqueline Kennedy's letter of 1 December: the way it took, and the shortest way between the two.

# %%
plots.route(
    plots.legs_of(tables.edges, tables.nodes, "th/N8/letter"),
    title="Jacqueline Kennedy's letter from hand to hand",
    source="The data that ship with kgraph.",
)

# %%
both = network_of(tables, hands)
paths.fastest(both, "person/kennedy-jacqueline", "person/khrushchev-nikita").hops.select(
    "source_label", "target_label", "date", "channel"
)

# %%
paths.shortest(both, "person/kennedy-jacqueline", "person/khrushchev-nikita").hops.select(
    "source_label", "target_label", "document", "channel"
)

# %% [markdown]
# ## How long was the wait for an answer?
#
# Turns between two; one that never ended is censored, so few numbers and wide bounds.

# %%
replies.delays(letters).head(6)

# %% [markdown]
# ## How sure is a ranking?
#
# Dates drawn from their intervals, one of the records that disagree, inferred ties mostly kept: who
# stands where in the middle nine tenths of such worlds. Then whole archives lost, one after the other.

# %%
doubt.ranges(tables, centrality.pagerank, rounds=60).select(
    "label", "value", "low", "high", "best", "worst"
).head(6)

# %%
doubt.robustness(letters, centrality.pagerank, by="archive", shares=(0.1, 0.3, 0.5), rounds=30)

# %% [markdown]
# ## The same network in networkx
#
# `load` gives a networkx graph; kgraph is one of the engines that networkx can hand its work to.

# %%
graph = letters.to_networkx()
ranks = nx.pagerank(graph, backend="kgraph")
sorted(ranks, key=ranks.get, reverse=True)[:4]

# %% [markdown]
# ## Every number names its documents

# %%
explain(letters, "person/dobrynin").select("role", "document", "date", "with_label", "channel")
