"""The filters that ``kgraph network``, ``kgraph plot`` and network exports share."""

from __future__ import annotations

from typing import Annotated, cast, get_args

import typer

from kgraph.network.selection import By, Joint, Selection, moment
from kgraph.network.tables import LAYERS
from kgraph.report import KgraphError

Layers = Annotated[
    list[str] | None,
    typer.Option("--layer", help=f"One of {', '.join(LAYERS)}; repeat for more.", metavar="LAYER"),
]
Channels = Annotated[
    list[str] | None,
    typer.Option("--channel", help="Only through this channel or mode.", metavar="CHANNEL"),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without-channel", help="As if it had not existed.", metavar="CHANNEL"),
]
From = Annotated[
    str | None, typer.Option("--from", help="First year, month or day.", metavar="DATE")
]
To = Annotated[str | None, typer.Option("--to", help="Last year, month or day.", metavar="DATE")]
Nodes = Annotated[str, typer.Option("--by", help="Nodes are person, office or government.")]
Count = Annotated[
    str,
    typer.Option("--joint", help="A letter of several hands counts full or split among the pairs."),
]
Sides = Annotated[
    list[str] | None, typer.Option("--side", help="Only from or to this side.", metavar="SIDE")
]
Places = Annotated[
    list[str] | None, typer.Option("--place", help="Only sent from here.", metavar="PLACE")
]
Classes = Annotated[
    list[str] | None,
    typer.Option("--classification", help="Only with this marking.", metavar="WORD"),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="Only from this source.", metavar="SOURCE")
]
Certainty = Annotated[
    str | None, typer.Option("--certainty", help="stated, inferred or conjectural, or better.")
]
Known = Annotated[
    bool, typer.Option("--known", help="Count letters too that no source brings but one cites.")
]
Forms = Annotated[
    list[str] | None,
    typer.Option("--form", help="Only of this form: letter, telegram ...", metavar="FORM"),
]
Surely = Annotated[
    bool, typer.Option("--surely", help="Only dates that lie wholly between --from and --to.")
]


def selection(
    layer: list[str] | None,
    channel: list[str] | None,
    without_channel: list[str] | None,
    start: str | None,
    end: str | None,
    by: str,
    joint: str,
    side: list[str] | None,
    place: list[str] | None,
    classification: list[str] | None,
    source: list[str] | None,
    certainty: str | None,
    known: bool,
    layers: tuple[str, ...] = ("wrote-to",),
    form: list[str] | None = None,
    surely: bool = False,
) -> Selection:
    """The `Selection` that the options say; `layers` where none is named."""
    if by not in get_args(By):
        raise KgraphError(f"--by is {by!r}", hint=f"write --by {', '.join(get_args(By))}")
    if joint not in get_args(Joint):
        raise KgraphError(f"--joint is {joint!r}", hint="write --joint full or --joint split")
    return Selection(
        layers=tuple(layer) if layer else layers,
        channels=tuple(channel or ()),
        without_channels=tuple(without_channel or ()),
        start=moment(start),
        end=moment(end, last=True),
        by=cast(By, by),
        joint=cast(Joint, joint),
        sides=tuple(side or ()),
        places=tuple(place or ()),
        classifications=tuple(classification or ()),
        sources=tuple(source or ()),
        certainty=certainty,
        known=known,
        forms=tuple(form or ()),
        surely=surely,
    )
