"""Items on the disk between two steps of a build: msgpack, one after the other, streaming."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from kgraph import model
from kgraph.authorities import Trace
from kgraph.model import Item

Kept = Item | Trace

_KINDS: tuple[type[Any], ...] = (
    model.Record,
    model.Event,
    model.Person,
    model.Body,
    model.PlaceEntry,
    model.Archive,
    model.Publication,
    model.Conflict,
    model.Identity,
    model.Redirect,
    model.SourceEntry,
    Trace,
)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}
_DECODERS = [msgspec.msgpack.Decoder(kind) for kind in _KINDS]
_ENCODER = msgspec.msgpack.Encoder()
ENTRIES: tuple[type[Any], ...] = _KINDS[2:7]
"""What an authority list is made of: persons, bodies, places, archives, publications."""


def write(output: IO[bytes], item: Kept) -> None:
    """Append one item: its kind and length in five bytes, then msgpack."""
    body = _ENCODER.encode(item)
    output.write(bytes((_NUMBER[type(item)],)) + len(body).to_bytes(4, "big") + body)


def read(path: Path) -> Iterator[Any]:
    """The items of a file in the order they were written."""
    with path.open("rb") as file:
        while head := file.read(5):
            yield _DECODERS[head[0]].decode(file.read(int.from_bytes(head[1:], "big")))
