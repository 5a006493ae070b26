"""Pictures on pages, drawn when first asked for and kept with the edition."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph.report import KgraphError
from kgraph.server.publication import Edition, Publication

LARGEST = 400
"""Persons above which a picture of everything would say nothing; the strongest are drawn."""


@dataclass
class Pictures:
    """``/pictures/network.svg``, ``timeline.svg``, ``route/<document>.svg``, ``ego/<person>.svg``."""

    publication: Publication
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def answer(self, request: Request) -> Response:
        name = request.path_params["name"].removesuffix(".svg")
        edition = self.publication.now()
        try:
            body = await run_in_threadpool(self._drawn, edition, name)
        except KgraphError as error:
            return PlainTextResponse(f"{error}\n", 404)
        return Response(body, media_type="image/svg+xml")

    def _drawn(self, edition: Edition, name: str) -> bytes:
        kept: dict[str, bytes] = edition.memo.setdefault("pictures", {})
        with self._lock:  # matplotlib draws one picture at a time
            if name not in kept:
                if len(kept) > 400:
                    kept.clear()
                kept[name] = draw(edition, name)
            return kept[name]


def draw(edition: Edition, name: str) -> bytes:
    """The SVG called `name`; `KgraphError` where there is nothing to draw."""
    import matplotlib

    matplotlib.use("agg")
    kind, _, thing = name.partition("/")
    drawer = DRAWERS.get(kind)
    if drawer is None:
        raise KgraphError(f"there is no picture {name}")
    return drawer(edition, thing)


def _route(edition: Edition, document: str) -> bytes:
    from kgraph import plots
    from kgraph.export.picture import rendered
    from kgraph.network.network import tables_of

    tables = tables_of(edition.store, ("handed-to",))
    legs = plots.legs_of(tables.edges, tables.nodes, document)
    if not legs.height:
        raise KgraphError(f"nothing is known of the way of {document}")
    return rendered(plots.route(legs, title="", style="screen"), ".svg")


def _ego(edition: Edition, person: str) -> bytes:
    from kgraph import plots
    from kgraph.export.picture import rendered
    from kgraph.network import load_network

    found = load_network(edition.store)
    if person not in set(found.nodes["id"]):
        raise KgraphError(f"{person} wrote and received no letter")
    return rendered(plots.ego(found, person, style="screen"), ".svg")


def _whole(kind: str) -> Callable[[Edition, str], bytes]:
    def drawer(edition: Edition, _: str) -> bytes:
        from kgraph import plots
        from kgraph.export.picture import rendered
        from kgraph.network import load_network

        found = load_network(edition.store)
        if not found.size:
            raise KgraphError("there are no letters to draw")
        return rendered(getattr(plots, kind)(found, style="screen"), ".svg")

    return drawer


DRAWERS: dict[str, Callable[[Edition, str], bytes]] = {
    "route": _route,
    "ego": _ego,
    "network": _whole("network"),
    "timeline": _whole("timeline"),
    "channels": _whole("channels"),
    "map": _whole("map"),
    "matrix": _whole("matrix"),
}
