"""Which edges count: the filters of ``kgraph network`` and ``kgraph plot``."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

import polars as pl

from kgraph import vocab
from kgraph.network.tables import LAYERS, EdgeTables
from kgraph.report import KgraphError

By = Literal["person", "office", "government"]
Joint = Literal["full", "split"]
CERTAINTIES = ("stated", "inferred", "conjectural")
PRESENT = ("extant",)
KNOWN = ("extant", "cited", "implied", "lost", "not-published", "elsewhere")
HOPS = ("stated", "implied", "elsewhere")


@dataclass(frozen=True)
class Selection:
    """The choices of a user; an empty tuple or None means: do not filter by this.

    `channels` and `without_channels` are notations (or slugs) of
    ``ontology/channels.ttl``; a channel stands for all narrower ones, and meets an
    edge by its channel or its mode. `start` and `end` keep an edge whose date *may*
    lie between them, both included; with `surely` it must. `known` also counts
    documents that no source brings but that are known to have been written, and
    hops that were only intended or proposed are never counted.
    """

    layers: tuple[str, ...] = ("wrote-to",)
    channels: tuple[str, ...] = ()
    without_channels: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    surely: bool = False
    places: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    certainty: str | None = None
    known: bool = False
    by: By = "person"
    joint: Joint = "full"

    def __post_init__(self) -> None:
        for layer in self.layers:
            if layer not in LAYERS:
                raise KgraphError(f"there is no layer {layer!r}", hint=_near(layer, LAYERS))
        for channel in (*self.channels, *self.without_channels):
            narrower(channel)
        if self.start and self.end and self.start > self.end:
            raise KgraphError("the time span ends before it begins", hint="swap --from and --to")

    def words(self) -> list[str]:
        """The filters in words, for titles and source lines."""
        said: list[str] = []
        if self.channels:
            said.append("through " + " or ".join(map(label_of, self.channels)))
        if self.without_channels:
            said.append("without " + " and ".join(map(label_of, self.without_channels)))
        if self.start and self.end:
            said.append(f"{day(self.start)} to {day(self.end)}")
        elif self.start:
            said.append(f"from {day(self.start)}")
        elif self.end:
            said.append(f"until {day(self.end)}")
        for name, values in (
            ("from", self.places),
            ("side", self.sides),
            ("classified", self.classifications),
            ("form", self.forms),
            ("source", self.sources),
        ):
            if values:
                said.append(f"{name} {', '.join(values)}")
        if self.certainty:
            said.append(f"{self.certainty} or better")
        return said

    def without(self, *channels: str) -> Selection:
        """The same choices, with `channels` taken away."""
        return replace(self, without_channels=(*self.without_channels, *channels))


def day(moment: datetime) -> str:
    """A day as historians write it: 22 October 1962."""
    return f"{moment.day} {moment:%B} {moment.year}"


def moment(text: str | None, last: bool = False) -> datetime | None:
    """A bound typed as 1961, 1961-09 or 1961-09-29 (or an ISO date-time).

    `last` makes it the last instant of the year, month or day.
    """
    if text is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?", text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, dom, hour, minute = (int(x) if x else None for x in found.groups())
        assert year is not None
        if last:
            month = month or 12
            dom = dom or calendar.monthrange(year, month)[1]
            if hour is None:
                return datetime(year, month, dom, 23, 59, 59)
        return datetime(year, month or 1, dom or 1, hour or 0, minute or 0)
    except ValueError:
        raise KgraphError(
            f"{text!r} is not a date", hint="give a date as 1961, 1961-09 or 1961-09-29"
        ) from None


def _near(word: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else f"one of: {', '.join(names)}"


@cache
def _tree() -> dict[str, tuple[str, ...]]:
    """Notation -> itself and all narrower notations."""
    below: dict[str, list[str]] = {name: [name] for name in vocab.channels()}
    for name in vocab.channels():
        for above in vocab.broader(name):
            below.setdefault(above, [above]).append(name)
    return {name: tuple(sorted(names)) for name, names in below.items()}


def narrower(channel: str) -> tuple[str, ...]:
    """`channel` and everything narrower; by notation or slug. Unknown: `KgraphError`."""
    for name in (channel, channel.replace("-", " ")):
        if name in _tree():
            return _tree()[name]
    raise KgraphError(f"there is no channel {channel!r}", hint=_near(channel, _tree()))


def label_of(channel: str) -> str:
    """The label of a channel: "bolshakov" -> "Bolshakov route"."""
    known = vocab.channels()
    return known.get(channel) or known.get(channel.replace("-", " ")) or channel


def on_channels(channels: Iterable[str]) -> pl.Expr:
    """Whether an edge went through one of `channels`, by its channel or its mode."""
    names = {name for channel in channels for name in narrower(channel)}
    wanted = pl.col("channel").is_in(names) | pl.col("mode").is_in(names)
    if "not stated" in names:
        wanted = wanted | (pl.col("channel").is_null() & pl.col("mode").is_null())
    return wanted.fill_null(False)


def _like(column: str, values: Iterable[str]) -> pl.Expr:
    wanted = [value.casefold() for value in values]
    return pl.col(column).str.to_lowercase().is_in(wanted).fill_null(False)


def select(tables: EdgeTables, choice: Selection) -> EdgeTables:
    """The tables with the edges that `choice` keeps; all other tables unchanged."""
    keep = pl.col("layer").is_in(choice.layers)
    statuses = KNOWN if choice.known else PRESENT
    hop = pl.col("layer") == "handed-to"
    spoken = pl.col("layer") == "spoke-with"
    status = pl.col("status").fill_null("extant")
    keep &= (hop & status.is_in([*HOPS, "extant"])) | spoken | status.is_in(statuses)
    if choice.channels:
        keep &= on_channels(choice.channels)
    if choice.without_channels:
        keep &= ~on_channels(choice.without_channels)
    first, last = pl.col("date_earliest"), pl.col("date_latest")
    if choice.surely:
        first, last = last, first
    if choice.start:
        keep &= (last.fill_null(first) if not choice.surely else last) >= choice.start
    if choice.end:
        keep &= (first.fill_null(last) if not choice.surely else first) <= choice.end
    for column, values in (
        ("classification", choice.classifications),
        ("form", choice.forms),
        ("source_id", choice.sources),
    ):
        if values:
            keep &= _like(column, values)
    if choice.places:
        ids = tables.nodes.filter((pl.col("kind") == "place") & _like("label", choice.places))[
            "id"
        ].to_list()
        keep &= _like("place", [*choice.places, *ids])
    if choice.sides:
        members = tables.nodes.filter(_like("side", choice.sides))["id"]
        keep &= pl.col("source").is_in(members.implode()) | pl.col("target").is_in(
            members.implode()
        )
    if choice.certainty:
        if choice.certainty not in CERTAINTIES:
            raise KgraphError(
                f"there is no certainty {choice.certainty!r}",
                hint=_near(choice.certainty, CERTAINTIES),
            )
        allowed = CERTAINTIES[: CERTAINTIES.index(choice.certainty) + 1]
        keep &= pl.col("certainty").fill_null("stated").is_in(allowed)
    return replace(tables, edges=tables.edges.filter(keep))


def unmatched(tables: EdgeTables, choice: Selection) -> list[str]:
    """What was asked for and is nowhere in the tables, each with what there is instead."""
    places = tables.nodes.filter(pl.col("kind") == "place")["label"]
    said = []
    for noun, values, column in (
        ("side", choice.sides, tables.nodes["side"]),
        ("classification", choice.classifications, tables.edges["classification"]),
        ("form", choice.forms, tables.edges["form"]),
        ("source", choice.sources, tables.edges["source_id"]),
        ("place", choice.places, pl.concat([tables.edges["place"], places])),
    ):
        if not values:
            continue
        counted = column.drop_nulls().alias("value").value_counts()
        known = counted.sort("count", "value", descending=[True, False])["value"].to_list()
        low = {name.casefold() for name in known}
        for value in values:
            if value.casefold() not in low:
                some = ", ".join(known[:8]) + (" ..." if len(known) > 8 else "")
                said.append(f"nothing has the {noun} {value!r}; there are: {some or 'none'}")
    return said
