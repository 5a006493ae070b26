"""Items and findings on the disk, on their way from one process to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, get_args

import msgspec

from kgraph.model import Item
from kgraph.report import Finding

KINDS: tuple[type[Any], ...] = (Finding, *get_args(Item))
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_DECODERS = [msgspec.msgpack.Decoder(kind) for kind in KINDS]
_ENCODER = msgspec.msgpack.Encoder()


def write(output: IO[bytes], value: Item | Finding) -> None:
    """Append one value: its kind in a byte, its length in four, then msgpack."""
    body = _ENCODER.encode(value)
    output.write(bytes((_NUMBER[type(value)],)) + len(body).to_bytes(4, "big") + body)


def read(path: Path) -> Iterator[Any]:
    """The values of a file in the order they were written; a cut last one is left out."""
    with path.open("rb") as file:
        while len(head := file.read(5)) == 5:
            length = int.from_bytes(head[1:], "big")
            body = file.read(length)
            if len(body) < length:
                return
            yield _DECODERS[head[0]].decode(body)
