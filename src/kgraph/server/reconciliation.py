"""The W3C Reconciliation Service (API 0.2) over HTTP; its answers are made by
`kgraph.authorities.reconcile`."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from kgraph.report import Report
from kgraph.shipped import folder

if TYPE_CHECKING:  # what it takes to read and match names is loaded when a name is first asked
    from kgraph.authorities import Authority
    from kgraph.authorities.reconcile import Service
    from kgraph.model import Item


def shipped() -> Authority:
    """The persons, bodies and places that come with kgraph."""
    from kgraph.authorities import Authority
    from kgraph.sources import intake

    def entries() -> Iterator[Item]:
        yield from intake.items([folder("data") / "authorities"], Report())

    return Authority.of(entries())


@dataclass
class Reconciliation:
    """``/reconcile`` and what stands under it. The authority is read at the first question."""

    _authority: Authority | None = None
    _kept: Service | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def _service(self, address: str) -> Service:
        from kgraph.authorities.reconcile import Service

        with self._lock:
            if self._authority is None:
                self._authority = shipped()
            if self._kept is None or self._kept.address != address:
                self._kept = Service(self._authority, address)
            return self._kept

    async def answer(self, request: Request) -> Response:
        """The manifest, candidates for ``queries``, values for ``extend``, suggestions."""
        given: dict[str, str] = dict(request.query_params)
        if request.method == "POST":
            form = await request.form()
            given |= {name: str(value) for name, value in form.items()}
        try:
            return await run_in_threadpool(self._answer, request, given)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return PlainTextResponse(f"this cannot be read: {error}\n", 400)

    def _answer(self, request: Request, given: dict[str, str]) -> Response:
        address = str(request.base_url).rstrip("/") + "/reconcile"
        service = self._service(address)
        path = request.path_params.get("path", "").strip("/")
        if path == "preview":
            page = service.preview(given.get("id", ""))
            return HTMLResponse(page) if page else PlainTextResponse("no such id\n", 404)
        found: dict[str, Any]
        prefix = given.get("prefix", "")
        if path == "suggest/entity":
            found = service.suggest_entity(prefix, cursor=int(given.get("cursor", "0")))
        elif path == "suggest/type":
            found = service.suggest_type(prefix)
        elif path == "suggest/property":
            found = service.suggest_property(prefix)
        elif path == "properties":
            limit = int(given["limit"]) if "limit" in given else None
            found = service.propose_properties(given.get("type", ""), limit)
        elif path:
            return PlainTextResponse(f"there is no {path}\n", 404)
        elif "queries" in given:
            found = service.query(json.loads(given["queries"]))
        elif "extend" in given:
            found = service.extend(json.loads(given["extend"]))
        else:
            found = service.manifest()
        callback = given.get("callback")
        if callback and request.method == "GET":
            return _script(callback, found)
        return JSONResponse(found)


_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,4}", re.ASCII)


def _script(callback: str, found: dict[str, Any]) -> Response:
    """JSONP, as OpenRefine before version 3.5 asks: a script that calls `callback`."""
    if not _CALLBACK.fullmatch(callback):
        raise ValueError("a callback is the name of a function")
    body = json.dumps(found, ensure_ascii=True).replace("<", "\\u003c")
    return Response(
        f"/**/{callback}({body});",
        media_type="application/javascript",
        headers={"X-Content-Type-Options": "nosniff"},
    )
