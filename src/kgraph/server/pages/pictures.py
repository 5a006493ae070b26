"""Pictures on pages, drawn when first asked for and kept with the edition."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import __version__
from kgraph.report import KgraphError
from kgraph.server import kept
from kgraph.server.publication import Edition, Publication

if TYPE_CHECKING:
    from kgraph.network import Network
    from kgraph.network.tables import EdgeTables

WHOLE = ("network", "timeline", "channels", "map", "matrix")
"""Pictures of the whole network."""


@dataclass
class Pictures:
    """``/pictures/network.svg``, ``timeline.svg``, ``route/<document>.svg``, ``ego/<person>.svg``,
    ``place/<place>.svg`` ..."""

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
    kind, _, thing = name.partition("/")
    drawer = DRAWERS.get(kind)
    if drawer is None:
        raise KgraphError(f"there is no picture {name}")
    return drawer(edition, thing)


def drawing_tools() -> ModuleType:
    """`kgraph.plots`, with the library behind it set to draw without a screen; to load them
    takes some seconds."""
    import matplotlib

    matplotlib.use("agg")
    from kgraph import plots

    return plots


def has_route(edition: Edition, document: str) -> bool:
    """Whether a way of the document can be drawn."""
    kept: frozenset[str] | None = edition.memo.get("routes")
    if kept is None:
        kept = edition.memo["routes"] = frozenset(_ways(edition).edges["document"].to_list())
    return document in kept


def longest_way(edition: Edition) -> str:
    """The letter whose hops form one chain through most hands; "" where no way has three."""
    import polars as pl

    edges = _ways(edition).edges.filter(
        pl.col("source") != pl.col("target"), ~pl.col("document").str.starts_with("event/")
    )
    pairs = edges.select("document", "source", "target").unique()
    chains = (
        pairs.group_by("document").agg(
            hops=pl.len(), givers=pl.col("source").n_unique(), takers=pl.col("target").n_unique()
        )
        .filter((pl.col("hops") == pl.col("givers")) & (pl.col("hops") == pl.col("takers")))
        .filter(pl.col("hops") > 2).sort("hops", "document", descending=[True, False])
    )  # fmt: skip
    return str(chains["document"][0]) if chains.height else ""


def has_ego(edition: Edition, person: str) -> bool:
    """Whether the person is in the network of correspondents."""
    return person in _among(
        edition, "egos-1", lambda: correspondence(edition).nodes["id"].to_list()
    )


def _among(edition: Edition, name: str, make: Callable[[], list[str]]) -> frozenset[str]:
    found: frozenset[str] | None = edition.memo.get(f"set of {name}")
    if found is None:
        found = frozenset(kept.value(edition, name, make))
        edition.memo[f"set of {name}"] = found
    return found


def _ways(edition: Edition) -> EdgeTables:
    from kgraph.network.network import tables_of

    kept: EdgeTables | None = edition.memo.get("ways")
    if kept is None:
        kept = edition.memo["ways"] = tables_of(edition.store, ("handed-to",))
    return kept


def correspondence(edition: Edition) -> Network:
    """The network of who wrote to whom, read once an edition."""
    from kgraph.network import load_network

    kept: Network | None = edition.memo.get("correspondence")
    if kept is None:
        kept = edition.memo["correspondence"] = load_network(edition.store)
    return kept


def has_place(edition: Edition, place: str) -> bool:
    """Whether letters went from or to the place and a map can show where."""
    return place in _among(edition, "mapped-1", lambda: _mapped(edition))


def _mapped(edition: Edition) -> list[str]:
    from kgraph.plots import ways_between

    ways, _, _ = ways_between(correspondence(edition))
    return sorted({*ways["from_place"].to_list(), *ways["to_place"].to_list()})


def _place(edition: Edition, place: str) -> bytes:
    from kgraph.export.picture import rendered

    plots = drawing_tools()
    from kgraph.plots import coast

    if not has_place(edition, place):
        raise KgraphError(f"no letter is known to have gone from or to {place}")
    figure = plots.map(
        correspondence(edition), title="", style="screen", coast=coast.shipped(), only=place
    )
    return rendered(figure, ".svg")


def _route(edition: Edition, document: str) -> bytes:
    from kgraph.export.picture import rendered

    plots = drawing_tools()
    tables = _ways(edition)
    legs = plots.legs_of(tables.edges, tables.nodes, document)
    if not legs.height:
        raise KgraphError(f"nothing is known of the way of {document}")
    return rendered(plots.route(legs, title="", style="screen"), ".svg")


def _ego(edition: Edition, person: str) -> bytes:
    from kgraph.export.picture import rendered

    plots = drawing_tools()
    found = correspondence(edition)
    if person not in set(found.nodes["id"]):
        raise KgraphError(f"{person} wrote and received no letter")
    return rendered(plots.ego(found, person, style="screen"), ".svg")


def _whole(kind: str) -> Callable[[Edition, str], bytes]:
    def drawn(edition: Edition) -> bytes:
        from kgraph.export.picture import rendered

        plots = drawing_tools()
        found = correspondence(edition)
        if not found.size:
            raise KgraphError("there are no letters to draw")
        words: dict[str, Any] = {"style": "screen"}
        if kind == "map":
            from kgraph.plots import coast

            words["coast"] = coast.shipped()
        return rendered(getattr(plots, kind)(found, **words), ".svg")

    def drawer(edition: Edition, _: str) -> bytes:
        return kept.document(edition, f"{kind}-{__version__}.svg", lambda: drawn(edition))

    return drawer


def draw_all(edition: Edition) -> None:
    """Draw the pictures of the whole network, to be kept."""
    for kind in WHOLE:
        with contextlib.suppress(KgraphError):
            draw(edition, kind)


DRAWERS: dict[str, Callable[[Edition, str], bytes]] = {
    "route": _route,
    "place": _place,
    "ego": _ego,
    **{kind: _whole(kind) for kind in WHOLE},
}
