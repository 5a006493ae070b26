"""Persons matched to the authority."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.model import Person


class PersonIndex:
    """Persons by the keys of their names."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self.persons = list(persons)
