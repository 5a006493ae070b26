# %% [markdown]
# # One FRUS volume as a network
#
# *Foreign Relations of the United States* 1961-1963, volume VI, read from its published TEI
# (`kgraph read`, no store needed). Set `FRUS` to the file; the text is the public domain's, and is
# to be had from the Office of the Historian.

# %%
import os
from pathlib import Path

from kgraph import plots
from kgraph.network import (
    changes,
    cohesion,
    communities,
    from_records,
    network_of,
    replies,
    rhythm,
    summary,
)
from kgraph.report import Report
from kgraph.sources import frus_tei

path = Path(os.environ.get("FRUS", "../shared/sources/frus-tei/frus1961-63v06.xml"))
report = Report()
tables = from_records(frus_tei.read(path, report))
volume = network_of(tables)
cohesion.key_figures(volume)

# %%
summary.nodes(volume).select(
    "label", "documents", "degree_out", "degree_in", "strength_out", "strength_in"
).head(10)

# %%
plots.network(
    volume,
    title="Who wrote to whom in FRUS 1961-1963, VI",
    source="FRUS 1961-1963, volume VI, read by kgraph without an authority file.",
)

# %%
plots.timeline(
    volume, title="FRUS 1961-1963, VI, by date and way", source="FRUS 1961-1963, volume VI."
)

# %% [markdown]
# Circles, and how surely each is in its own: the share of ten seeds that put it with the same others.

# %%
circles = communities.communities(volume)
volume.nodes.select("label").with_columns(circle=circles.member, stability=circles.stability).sort(
    "circle", "stability", descending=[False, True]
).head(8)

# %%
rhythm.bursts(volume)

# %%
changes.change_points(volume)

# %%
replies.delays(volume).head(8)

# %%
plots.answers(volume, by="channel", source="FRUS 1961-1963, volume VI.")
