"""axe in Chromium finds nothing on any kind of page, wide and narrow, light and dark.

A harness page shows every page in a frame, runs axe there, and writes what it found
into itself; Chromium prints it. axe is taken from the package ``axe-core-python`` or
from the file that ``KGRAPH_AXE`` names.
"""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from page_kinds import KINDS
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kgraph.server.application import Settings, application

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
                None)  # fmt: skip
HARNESS = """<!doctype html><title>harness</title><pre id="found"></pre><script>
(async () => {
  const found = [];
  for (const [width, address] of TASKS) {
    const frame = document.createElement("iframe");
    frame.style.width = width + "px"; frame.style.height = "900px"; frame.src = address;
    document.body.append(frame);
    await new Promise((done) => frame.addEventListener("load", done));
    const inside = frame.contentWindow, script = frame.contentDocument.createElement("script");
    script.src = "/axe.js"; frame.contentDocument.head.append(script);
    await new Promise((done) => script.addEventListener("load", done));
    const rules = { "target-size": { enabled: true } };  // of WCAG 2.2, off by itself
    const told = await inside.axe.run(frame.contentDocument, { iframes: false, rules });
    for (const one of told.violations)
      found.push(`${address} at ${width}: ${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
    if (inside.document.documentElement.scrollWidth > width + 1)
      found.push(`${address} at ${width}: wider than the screen`);
    frame.remove();
  }
  document.getElementById("found").textContent = JSON.stringify({ pages: TASKS.length, found });
})();
</script>"""


def _axe() -> Path | None:
    if os.environ.get("KGRAPH_AXE"):
        return Path(os.environ["KGRAPH_AXE"])
    spec = importlib.util.find_spec("axe_core_python")
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.rglob("axe.min.js"), None)


pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.skipif(_axe() is None, reason="no axe here: pip install axe-core-python, or "
                       "set KGRAPH_AXE to axe.min.js"),
]  # fmt: skip


def _with_harness(app: ASGIApp) -> ASGIApp:
    tasks = [[width, address] for width in (1200, 390) for address in KINDS]

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path")
        if path == "/harness":
            answer = HTMLResponse(HARNESS.replace("TASKS", json.dumps(tasks)))
            await answer(scope, receive, send)
        elif path == "/axe.js":
            axe = _axe()
            assert axe is not None
            script = PlainTextResponse(axe.read_text("utf-8"), media_type="text/javascript")
            await script(scope, receive, send)
        else:
            await app(scope, receive, send)

    return wrapped


@pytest.fixture(scope="module")
def address(shipped_store: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = _with_harness(application(Settings(shipped_store, workers=1)))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(address: str, tmp_path: Path, scheme: str) -> None:
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path}", "--window-size=1400,1000", "--timeout=280000",
        f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}",
        "--virtual-time-budget=2000000", "--dump-dom", f"{address}/harness",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=320, check=False)
    written = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert written, "no answer"
    assert written[1], "the browser did not finish: " + done.stderr[-500:]
    told = json.loads(html.unescape(written[1]))
    assert told["pages"] == 2 * len(KINDS)
    assert told["found"] == []
