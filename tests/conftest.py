"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("kgraph", deadline=None)  # a busy machine is no failure
settings.load_profile("kgraph")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference texts and gold tables; tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the reference texts are not beside the project ({SHARED})")
    return SHARED


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the data that ship with the project."""
    from kgraph.build import build

    home = tmp_path_factory.mktemp("shipped") / "store"
    build([], home, jobs=1)
    return home
