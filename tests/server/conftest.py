"""One store, its application, and the same application behind a real port."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the server needs: pip install 'kgraph[serve]'")
pytest.importorskip("httpx", reason="the test client needs httpx")

import uvicorn
from starlette.testclient import TestClient

from kgraph.server.application import Settings, application


@pytest.fixture(scope="session")
def home(shipped_store: Path) -> Path:
    """The store that most tests serve; none of them changes it."""
    return shipped_store


@pytest.fixture
def own_home(shipped_store: Path, tmp_path: Path) -> Path:
    """A copy of the store, for tests that build into it."""
    return Path(shutil.copytree(shipped_store, tmp_path / "store"))


@pytest.fixture(scope="session")
def client(home: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(home, workers=1)), follow_redirects=False) as found:
        yield found


class Running:
    """An application that listens at a free port, in a thread of its own."""

    def __init__(self, app: Any) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(app, port=self.port, log_level="warning", server_header=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> Running:
        self.thread.start()
        for _ in range(600):
            if self.server.started:
                return self
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def __exit__(self, *failure: object) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=20)


@pytest.fixture(scope="session")
def running(home: Path) -> Iterator[Running]:
    """A real server, for clients that speak HTTP themselves."""
    with Running(application(Settings(home, workers=2, timeout=5))) as found:
        yield found
