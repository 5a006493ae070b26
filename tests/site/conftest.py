"""The site over the shipped data, and a reader of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the server needs: pip install 'kgraph[serve]'")
pytest.importorskip("httpx", reason="the test client needs httpx")
pytest.importorskip("tantivy", reason="search needs: pip install 'kgraph[serve]'")
html = pytest.importorskip("lxml.html", reason="pages are read with lxml")

from starlette.testclient import TestClient  # noqa: E402

from kgraph.server.application import Settings, application  # noqa: E402


@pytest.fixture(scope="session")
def site(shipped_store: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(shipped_store, workers=1))) as found:
        found.headers["Accept"] = "text/html,*/*;q=0.1"
        yield found


@pytest.fixture(scope="session")
def page(site: TestClient) -> Callable[[str], Any]:
    """The tree of a page that answers 200 with HTML, read once."""
    read: dict[str, Any] = {}

    def get(address: str) -> Any:
        if address not in read:
            answer = site.get(address)
            assert answer.status_code == 200, address
            assert answer.headers["content-type"].startswith("text/html"), address
            read[address] = html.fromstring(answer.text)
        return read[address]

    return get
