"""Ampersands and angles that stand bare in XML, where a parser that goes on would lose what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_BARE = re.compile(
    rb"(?s)<!\[CDATA\[.*?\]\]>|<!--.*?-->|(?P<bare>&(?!#?\w{1,32};)|<(?=[\s\d=.,;]))"
)
_CHUNK = 1 << 20


def first_bare(path: Path) -> int | None:
    """The line of the first bare ampersand or angle, from 1, or None."""
    with path.open("rb") as file:
        lines = 1
        for piece in _pieces(file, _CHUNK):
            found = next((one for one in _BARE.finditer(piece) if one["bare"]), None)
            if found is not None:
                return lines + piece.count(b"\n", 0, found.start())
            lines += piece.count(b"\n")
    return None


class Escaped:
    """A file whose bare ampersands and angles are written as XML wants them, for a parser that reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._pieces = _pieces(file, _CHUNK)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._left) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._left += _BARE.sub(_escaped, piece)
        size = len(self._left) if size < 0 else size
        out, self._left = self._left[:size], self._left[size:]
        return out


def _escaped(found: re.Match[bytes]) -> bytes:
    return {b"&": b"&amp;", b"<": b"&lt;"}.get(found["bare"], found[0])


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    """The file in pieces that never end within an entity."""
    held = b""
    while chunk := file.read(size):
        chunk = held + chunk
        at = max(chunk.rfind(b"&", max(0, len(chunk) - 40)), chunk.rfind(b"<", len(chunk) - 1))
        held = chunk[at:] if at >= 0 else b""
        yield chunk[:at] if at >= 0 else chunk
    if held:
        yield held
