"""Values on the disk, on their way from one step or process to another: streaming msgpack.

Each value stands as its kind in one byte, its length in four, then msgpack.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec


class Packing:
    """Files of values of certain kinds. What is written with one order of kinds is read with it."""

    def __init__(self, kinds: tuple[type[Any], ...]) -> None:
        self._number = {kind: number for number, kind in enumerate(kinds)}
        self._decoders = [msgspec.msgpack.Decoder(kind) for kind in kinds]
        self._encoder = msgspec.msgpack.Encoder()

    def write(self, output: IO[bytes], value: Any) -> None:
        """Append one value. KeyError for one of another kind."""
        body = self._encoder.encode(value)
        output.write(bytes((self._number[type(value)],)) + len(body).to_bytes(4, "big") + body)

    def read(self, path: Path) -> Iterator[Any]:
        """The values of a file in the order they were written; a last one cut short is left out."""
        with path.open("rb") as file:
            while len(head := file.read(5)) == 5:
                length = int.from_bytes(head[1:], "big")
                body = file.read(length)
                if len(body) < length:
                    return
                yield self._decoders[head[0]].decode(body)
