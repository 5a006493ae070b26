"""The examples of docs/serving.md run, and the addresses that it lists answer."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from .conftest import Running

TEXT = (Path(__file__).parents[2] / "docs" / "serving.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("curl")
]
ADDRESSES = [
    address
    for row in re.findall(r"^\| (`/.*?) \|", TEXT, re.MULTILINE)
    for address in re.findall(r"`(/[^`…]*)`", row)
    if not address.endswith("/") and "IRI" not in address
]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_example_answers(running: Running, tmp_path: Path, command: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not on this machine")
    here = command.replace("http://localhost:8000", running.url).replace("/tmp/", f"{tmp_path}/")
    done = subprocess.run(["bash", "-c", here], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout or any(file.stat().st_size for file in tmp_path.iterdir())


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_answers(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_there_are_examples_and_addresses() -> None:
    assert len(COMMANDS) >= 12
    assert len(ADDRESSES) >= 14
