"""Several parties of one phrase: where they stand in a text, and the titles that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from kgraph.model import Party

_PLURALS = {"chairmen": "Chairman", "secretaries": "Secretary", "congressmen": "Congressman"}


def shifted(found: Iterable[Party], offset: int) -> tuple[Party, ...]:
    """Parties read in a phrase alone, as they stand in a text where it begins at `offset`; so a
    phrase that comes again need not be read again."""
    return tuple(
        msgspec.structs.replace(one, start=(one.start or 0) + offset, end=(one.end or 0) + offset)
        for one in found
    )


def shared(found: list[Party]) -> tuple[Party, ...]:
    """A plural title before the first of joint names holds for all of them; what follows
    the last ("of the National Security Council Staff") for those before it."""
    out = list(found)
    if len(out) > 1 and out[0].role:
        title = out[0].role
        single = _PLURALS.get(title.lower()) or re.sub(r"(?<=[a-z])s$", "", title)
        if single != title and out[1].kind == "person" and out[1].role is None:
            out[0] = msgspec.structs.replace(out[0], role=single)
            for index in range(1, len(out)):
                if out[index].kind == "person" and out[index].role is None:
                    out[index] = msgspec.structs.replace(out[index], role=single)
    if len(out) > 1 and out[-1].role and out[-1].role.startswith("of "):
        for index in range(len(out) - 1):
            if out[index].kind == "person" and out[index].role is None:
                out[index] = msgspec.structs.replace(out[index], role=out[-1].role)
    return tuple(out)
