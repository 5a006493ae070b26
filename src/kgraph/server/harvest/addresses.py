"""Addresses of everything that programs harvest, beside the pages and the endpoint.

To add a protocol, write a module whose class has an ``answer``, and a line here.
"""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from kgraph.server.catalogue.openapi import Description
from kgraph.server.harvest.events import EventStream
from kgraph.server.harvest.fragments import Fragments, counts_all
from kgraph.server.harvest.history import History
from kgraph.server.harvest.letter_index import LetterIndex
from kgraph.server.harvest.linkset import Linksets
from kgraph.server.harvest.oai import Repository
from kgraph.server.harvest.resourcesync import ResourceSync
from kgraph.server.preparing import Preparation
from kgraph.server.publication import Publication
from kgraph.server.reconciliation import Reconciliation
from kgraph.server.resources import Resources


def routes(
    publication: Publication,
    resources: Resources,
    fragments: Fragments,
    preparation: Preparation,
) -> list[BaseRoute]:
    """One line an address."""
    history = History(publication)
    sync = ResourceSync(history)
    reconciliation = Reconciliation()
    return [
        Route("/fragments", preparation.waited("statistics", fragments.answer, counts_all)),
        Route("/ldes", preparation.waited("history", EventStream(history).answer)),
        Route(
            "/oai",
            preparation.waited("history", Repository(history).answer),
            methods=["GET", "HEAD", "POST"],
        ),
        Route("/.well-known/resourcesync", preparation.waited("history", sync.answer)),
        Route("/resourcesync/{name}", preparation.waited("history", sync.answer)),
        Route("/cmif.xml", LetterIndex(publication).answer),
        Route("/linkset/{path:path}", Linksets(resources.links_of).answer),
        Route("/reconcile", reconciliation.answer, methods=["GET", "HEAD", "POST"]),
        Route("/reconcile/{path:path}", reconciliation.answer),
        Route("/openapi.json", Description().answer),
    ]
