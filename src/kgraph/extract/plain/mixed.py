"""Documents with numbers and documents without in one text, as where volumes were put together.

What a text mostly has is taken as it stands. Of the other kind only those are taken that surely begin
a document, and those behind one of them until one of the usual kind follows.
"""

from __future__ import annotations

from collections.abc import Callable


def merged(usual: list[int], other: list[int], sure: Callable[[int], bool]) -> list[int]:
    """Places where documents begin, of two kinds.

    >>> merged([10, 20, 60], [30, 40, 50, 70], lambda at: at == 40)
    [10, 20, 40, 50, 60]
    """
    out: list[int] = []
    foreign = False
    own = frozenset(usual)
    for at in sorted({*usual, *other}):
        if at in own:
            foreign = False
        elif foreign or sure(at):
            foreign = True
        else:
            continue
        out.append(at)
    return out
