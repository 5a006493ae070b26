"""The examples in docstrings give what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kgraph

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(kgraph.__path__, "kgraph.")
    if not found.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_show(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as absent:
        pytest.skip(f"{absent.name} is not installed")
    failed, _ = doctest.testmod(module)
    assert failed == 0
