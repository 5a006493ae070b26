"""Countries and cities of the 19th and 20th century, from `data/gazetteer/`.

General lists, not made from any source; a place of the authority is told to
`MentionFinder` by its caller.
"""

from __future__ import annotations

from functools import cache

from kgraph import shipped


@cache
def read_list(name: str) -> tuple[str, ...]:
    """Every form in ``data/gazetteer/<name>.txt``; lines with # are remarks."""
    path = shipped.folder("data") / "gazetteer" / f"{name}.txt"
    lines = path.read_text("utf-8").splitlines()
    return tuple(
        form.strip()
        for line in lines
        if line and not line.startswith("#")
        for form in line.split("|")
    )


@cache
def _places() -> frozenset[str]:
    return frozenset((*read_list("countries"), *read_list("cities")))


@cache
def _cities() -> frozenset[str]:
    return frozenset(read_list("cities"))


def is_city(words: str) -> bool:
    """Whether the words are the name of a well-known city."""
    return words in _cities()


@cache
def _countries() -> frozenset[str]:
    return frozenset(read_list("countries"))


def is_country(words: str) -> bool:
    """Whether the words are the name of a country, with or without "the"."""
    return words.removeprefix("the ") in _countries()


def is_place(words: str) -> bool:
    """Whether the words are the name of a country or a well-known city."""
    return words.removeprefix("the ") in _places()
