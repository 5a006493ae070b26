"""Names that several bodies have: "Congress", "the Senate", "the Atomic Energy Commission"."""

from __future__ import annotations

import re

from kgraph.authorities.gazetteer.states import adjective, named
from kgraph.authorities.resolution.writer import Standing

HOUSES = frozenset(("congress", "senate", "house of representatives", "supreme court"))
CONGRESSES = frozenset(
    (
        "argentine", "bolivian", "brazilian", "chilean", "chinese", "colombian", "costa-rican", "cuban", "dominican",
        "ecuadoran", "guatemalan", "haitian", "honduran", "indian", "liberian", "mexican", "nicaraguan", "panamanian",
        "paraguayan", "peruvian", "philippine", "salvadoran", "uruguayan", "venezuelan", "nationalist-chinese",
    )
)  # fmt: skip
"""Keys of states that have, or have parties called, a Congress."""
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")

_OTHER = re.compile(
    r"(?:\b[Pp]arty|\bCP|\bCPSU|People[’']s|(?<!\d)[1-4]?\d(?:st|nd|rd|th)|World|Peace|Communist|Workers[’']|Union|Congress) Congress\b"
    r"|Congress of (?:the )?(?!US\b|U\.S\.|United States\b)[A-Z]"
)
"""Congresses of parties and of peoples."""


def is_american(key: str, at: int | None, standing: Standing, text: str) -> bool:
    """Whether the house called `key` is that of the United States: in what Americans write at home,
    and a Congress also in what they write or record elsewhere, where no state is the host, or
    is named, that has a Congress of its own."""
    if not standing.american:
        return False
    writer = standing.writer.key if standing.writer is not None else None
    if writer == "us" and not standing.posted:
        return at is None or not _OTHER.search(text, max(0, at - 12), at + 40)
    if key != "congress" or _OTHER.search(text):
        return False
    if writer is not None:
        host = standing.host.key if standing.host is not None else None
        if writer != "us" or host in CONGRESSES:
            return False
    elif standing.where is None or standing.where.key != "us":
        return False
    words = set(_CAPITALISED.findall(text))
    return not any((s := named(w) or adjective(w)) and s.key in CONGRESSES for w in words)


_OF_NATIONS = re.compile(r"\b(?:Security Council|General Assembly|United Nations|UN)\b")


def namesake(id: str, year: int | None, text: str) -> str | None:
    """The name of the body that shares the name of `id` and is meant in a text of that year: from
    1946 to 1952, where the United Nations are spoken of, their Atomic Energy Commission."""
    if id != "body/atomic-energy-commission" or year is None or not 1946 <= year <= 1952:
        return None
    return "United Nations Atomic Energy Commission" if _OF_NATIONS.search(text) else None
