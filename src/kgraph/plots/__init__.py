"""Pictures: each takes data and returns a matplotlib figure; none saves, none sees a store."""

from kgraph.plots.channels import by_direction, channels
from kgraph.plots.circles import circles, grouped
from kgraph.plots.curves import answers, standing, standing_table
from kgraph.plots.ego import around, ego
from kgraph.plots.flow import flow, streams
from kgraph.plots.hops import between, legs_of
from kgraph.plots.map import map, ways_between
from kgraph.plots.matrix import matrix
from kgraph.plots.multiples import by_year, multiples
from kgraph.plots.network import letters_of, network, ties_by_channel
from kgraph.plots.reliability import reliability
from kgraph.plots.route import route
from kgraph.plots.timeline import letters_by_lane, timeline

__all__ = [
    "answers",
    "around",
    "between",
    "by_direction",
    "by_year",
    "channels",
    "circles",
    "ego",
    "flow",
    "grouped",
    "legs_of",
    "letters_by_lane",
    "letters_of",
    "map",
    "matrix",
    "multiples",
    "network",
    "reliability",
    "route",
    "standing",
    "standing_table",
    "streams",
    "ties_by_channel",
    "timeline",
    "ways_between",
]
