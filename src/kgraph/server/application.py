"""The server's addresses: one list, each with what answers there."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from kgraph.server.caching import Front
from kgraph.server.catalogue import Catalogue
from kgraph.server.endpoint.graph_store import GraphStore
from kgraph.server.endpoint.sparql import Endpoint, Updating
from kgraph.server.endpoint.workers import Asked, LocalPool, Pool
from kgraph.server.harvest import addresses as harvest
from kgraph.server.harvest.dumps import Dumps
from kgraph.server.harvest.fragments import Fragments
from kgraph.server.harvest.letter_index import CMIF, write_letter
from kgraph.server.pages import Pages
from kgraph.server.pages import site as pages
from kgraph.server.pages.landing import Landing
from kgraph.server.pages.pictures import Pictures
from kgraph.server.preparing import Preparation
from kgraph.server.publication import Publication
from kgraph.server.resources import Resources

CHANGING = ["GET", "HEAD", "POST", "PUT", "DELETE"]


@dataclass
class Settings:
    """How a store is published."""

    home: Path
    workers: int = 2
    timeout: float = 30.0
    writable: bool = False
    token: str | None = None
    hosts: frozenset[str] = frozenset()  # that SERVICE may ask
    rows: int | None = None  # that an answer to a query may have
    title: str = "kgraph"

    def __post_init__(self) -> None:
        if self.writable and not self.token:
            self.token = secrets.token_urlsafe(24)


@dataclass
class Site:
    """What the handlers share."""

    settings: Settings
    publication: Publication
    pool: Asked
    resources: Resources
    endpoint: Endpoint
    graphs: GraphStore
    catalogue: Catalogue
    dumps: Dumps
    fragments: Fragments
    preparation: Preparation
    routes: list[BaseRoute] = field(default_factory=list)
    warm: Callable[[], None] = lambda: None  # begins what the first visitor would wait for


def site(settings: Settings, asked: Asked | None = None) -> Site:
    """The parts of a server over the store that `settings` names.

    `asked` answers queries; None: processes of this one's own, or this process itself
    where the store may be written to.
    """
    publication = Publication(settings.home, writable=settings.writable)
    pool: Asked
    updating: Updating | None = None

    def update(text: str, base: str) -> None:
        publication.now().store.oxigraph.update(text, base_iri=base)
        publication.changed()

    if settings.writable:
        pool = LocalPool(lambda: publication.now().store.oxigraph, settings.timeout)
        updating = update
    elif asked is not None:
        pool = asked
    else:
        pool = Pool(lambda: publication.now().folder, settings.workers, settings.timeout)
    preparation = Preparation(publication)
    people = pages.Site(publication, pool, Pages(settings.title), preparation)
    fragments = Fragments(publication)
    resources = Resources(
        publication, people.page, (CMIF,), write_letter, people.citing, people.in_schema_org
    )
    endpoint = Endpoint(
        publication,
        pool,
        settings.token,
        updating,
        longest=settings.timeout,
        hosts=settings.hosts,
        rows=settings.rows,
        page=people.query,
    )
    graphs = GraphStore(publication, settings.writable, settings.token)
    return Site(
        settings,
        publication,
        pool,
        resources,
        endpoint,
        graphs,
        Catalogue(publication, page=Landing(people.pages).answer),
        Dumps(publication),
        fragments,
        preparation,
        [
            *harvest.routes(publication, resources, fragments, preparation),
            Route("/pictures/{name:path}", Pictures(publication).answer),
            *people.routes(),
        ],
        people.warm,
    )


def routes(shared: Site) -> list[BaseRoute]:
    """Every address of the server, in the order in which they are tried."""
    resources, endpoint = shared.resources, shared.endpoint
    catalogue = shared.preparation.waited("statistics", shared.catalogue.answer)
    return [
        Route("/sparql", endpoint.answer, methods=["GET", "HEAD", "POST"]),
        Route("/sparql/", endpoint.answer, methods=["GET", "HEAD", "POST"]),
        Route("/graphs", shared.graphs.answer, methods=CHANGING),
        Route("/graphs/{path:path}", shared.graphs.answer, methods=CHANGING),
        Route("/id/{path:path}", resources.thing),
        Route("/doc/{path:path}", resources.document),
        *(
            Route(path + suffix, resources.channel_or_term)
            for path in ("/ontology", "/shapes", "/channel")
            for suffix in ("", ".{suffix}")
        ),
        Route("/channel/{path:path}", resources.channel_or_term),
        Route("/.well-known/void", catalogue),
        Route("/dataset", catalogue),
        Route("/dataset/{path:path}", catalogue),
        Route("/catalogue", catalogue),
        Route("/catalogue/{path:path}", catalogue),
        Route("/fdp", catalogue),
        Route("/fdp/catalogues", catalogue),
        Route("/dumps/{name}", shared.dumps.answer),
        Route("/robots.txt", shared.catalogue.robots),
        Route("/sitemap.xml", shared.catalogue.sitemap),
        *shared.routes,
    ]


async def _missing(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"there is nothing at {request.url.path}\n", 404)


def application(settings: Settings, asked: Asked | None = None) -> ASGIApp:
    """The ASGI application that publishes a store; `asked` as in `site`."""
    shared = site(settings, asked)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        shared.pool.start()
        shared.warm()
        shared.preparation.begin()
        yield
        await shared.preparation.end()
        shared.fragments.close()
        shared.pool.stop()

    app = Starlette(routes=routes(shared), lifespan=lifespan, exception_handlers={404: _missing})
    app.state.site = shared
    return Front(app, shared.publication, keep=not settings.writable)
