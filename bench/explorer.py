"""Milliseconds between frames of the network explorer in Chromium, over an invented network of
5,000 ties, while it is dragged and zoomed without a pause.

python bench/explorer.py [PERSONS TIES]

The page is the site's own; only the data are invented. A script in the page moves the mouse and
counts frames with requestAnimationFrame, then sends the gaps here. What counts is the middle and
the slowest hundredth: 16.7 is as often as a screen of 60 hertz shows a picture.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import uvicorn
from network import invented
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kgraph.network import network_of
from kgraph.server.pages.explorer import of_network
from kgraph.server.pages.site import STATIC

PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/static/site.css">
<select id="channel"><option value="">all</option></select><input id="from"><input id="to">
<input id="who"><datalist id="everybody"></datalist><button id="nearer"></button>
<button id="farther"></button><button id="all"></button>
<canvas id="explorer" data-from="/network.json" tabindex="0"></canvas><p id="told"></p><div id="legend"></div>
<script src="/static/explorer.js"></script><script>
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const frame = () => new Promise(requestAnimationFrame);
(async () => {
  while (!document.getElementById("told").textContent) await wait(100);
  await wait(1500);
  const canvas = document.getElementById("explorer"), box = canvas.getBoundingClientRect();
  canvas.setPointerCapture = () => {};
  const send = (kind, x, y, more) => canvas.dispatchEvent(new (kind === "wheel" ? WheelEvent :
    PointerEvent)(kind, { clientX: box.left + x, clientY: box.top + y, pointerId: 1,
    pointerType: "mouse", bubbles: true, cancelable: true, ...more }));
  const gaps = { drag: [], zoom: [], rest: [] };
  for (const doing of ["rest", "drag", "zoom"]) {
    let last = await frame();
    if (doing === "drag") send("pointerdown", 500, 300);
    for (let i = 0; i < 240; i++) {
      if (doing === "drag") send("pointermove", 500 + 200 * Math.sin(i / 20), 300 + 90 * Math.cos(i / 15));
      if (doing === "zoom") send("wheel", 500, 300, { deltaY: i % 80 < 40 ? -40 : 40 });
      const now = await frame(); gaps[doing].push(now - last); last = now;
    }
    if (doing === "drag") send("pointerup", 500, 300);
    await wait(800);
  }
  fetch("/measured", { method: "POST", body: JSON.stringify(gaps) });
})();
</script>"""


def main() -> None:
    """Measure once and print a table."""
    people, ties = (int(x) for x in sys.argv[1:3]) if len(sys.argv) > 2 else (1200, 5000)
    data = network_of(invented(people, ties))
    body = of_network(data)
    asyncio.run(_measured(body, f"{data.size} persons, {data.ties.height} ties"))


async def _measured(body: bytes, title: str) -> None:
    told: asyncio.Future[dict[str, list[float]]] = asyncio.get_running_loop().create_future()

    async def measured(request: Request) -> Response:
        told.set_result(json.loads(await request.body()))
        return Response()

    app = Starlette(routes=[
        Route("/", lambda _: HTMLResponse(PAGE)),
        Route("/network.json", lambda _: Response(body, media_type="application/json")),
        Route("/measured", measured, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ])  # fmt: skip
    server = uvicorn.Server(uvicorn.Config(app, port=8765, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = subprocess.Popen(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", f"--user-data-dir={Path(folder)}",
             "--window-size=1200,900", "--remote-debugging-port=0", "http://127.0.0.1:8765/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            gaps = await asyncio.wait_for(told, 180)
        finally:
            browser.terminate()
            browser.wait(20)
            server.should_exit = True
            await serving
    print(
        f"{title}\n\n| while | frames a second | median ms | slowest hundredth, ms |\n|---|---|---|---|"
    )
    for doing, ms in gaps.items():
        slow = sorted(ms)[int(len(ms) * 0.99)]
        print(
            f"| {doing} | {1000 / statistics.mean(ms):.0f} | {statistics.median(ms):.1f} | {slow:.1f} |"
        )


if __name__ == "__main__":
    main()
