"""SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation, 2013) at ``/graphs``.

A graph is named by ``?graph=IRI``, ``?default``, or directly by the address under
``/graphs/``. Reading is always allowed; PUT, POST and DELETE need a writable
store and its token.
"""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import vocab
from kgraph.server import negotiation
from kgraph.server.endpoint.protocol import BadRequest
from kgraph.server.negotiation import RDF
from kgraph.server.publication import Publication

Graph = ox.NamedNode | ox.DefaultGraph
_GRAPH_FORMATS = tuple(r for r in RDF if r.suffix not in ("trig", "nq"))


@dataclass
class GraphStore:
    """The protocol over a publication, which may be changed through it where it is `writable`."""

    publication: Publication
    writable: bool = False
    token: str | None = None
    path: str = "/graphs"

    async def answer(self, request: Request) -> Response:
        try:
            graph = self._graph(request)
            if request.method in ("GET", "HEAD"):
                return self._read(request, graph)
            answer = await self._change(request, self._to_change(request), graph)
            self.publication.changed()
            return answer
        except BadRequest as error:
            return PlainTextResponse(str(error) + "\n", error.status, error.headers)

    def _graph(self, request: Request) -> Graph | None:
        """The graph that a request names; None where it names none (section 4)."""
        query = request.query_params
        if "default" in query and "graph" in query:
            raise BadRequest(400, "name one graph: 'default' or 'graph', not both")
        if len(query.getlist("graph")) > 1:
            raise BadRequest(400, "'graph' is given more than once")
        if "default" in query:
            return ox.DefaultGraph()
        if "graph" in query:
            try:
                return ox.NamedNode(query["graph"])
            except ValueError:
                raise BadRequest(400, f"not an absolute IRI: {query['graph']!r}") from None
        if request.url.path.rstrip("/") == self.path:
            return None
        return ox.NamedNode(str(request.url.replace(query="", fragment="")))

    def _to_change(self, request: Request) -> ox.Store:
        if not self.writable:
            raise BadRequest(403, "this store is read-only; it is not served with --writable")
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            raise BadRequest(401, "changing a graph needs the token", WWW_Authenticate="Bearer")
        return self.publication.now().store.oxigraph

    async def _change(self, request: Request, store: ox.Store, graph: Graph | None) -> Response:
        if request.method == "PUT":
            return await self._put(request, store, graph)
        if request.method == "POST":
            return await self._post(request, store, graph)
        if request.method == "DELETE":
            return self._delete(store, graph)
        raise BadRequest(405, f"{request.method} is no operation on a graph")

    def _read(self, request: Request, graph: Graph | None) -> Response:
        if graph is None:
            raise BadRequest(400, "name a graph: ?graph=IRI or ?default")
        chosen = negotiation.choose(request.headers.get("accept"), _GRAPH_FORMATS)
        if chosen is None:
            kinds = ", ".join(r.media_type for r in _GRAPH_FORMATS)
            raise BadRequest(406, f"a graph can be had as: {kinds}", Vary="Accept")
        store = self.publication.now().store.oxigraph
        if self.writable:
            if not self._holds(store, graph):
                raise BadRequest(404, "there is no such graph")
        elif isinstance(graph, ox.DefaultGraph):
            raise BadRequest(404, "this store keeps everything in named graphs")
        triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
        if not triples and not self.writable:
            raise BadRequest(404, "there is no such graph")
        body = ox.serialize(triples, format=chosen.rdf, prefixes=vocab.prefixes())
        return Response(body, headers={"Content-Type": chosen.content_type, "Vary": "Accept"})

    @staticmethod
    def _holds(store: ox.Store, graph: Graph) -> bool:
        return isinstance(graph, ox.DefaultGraph) or store.contains_named_graph(graph)

    async def _put(self, request: Request, store: ox.Store, graph: Graph | None) -> Response:
        if graph is None:
            raise BadRequest(400, "name the graph to put: ?graph=IRI or ?default")
        triples = await self._payload(request, graph)
        existed = self._holds(store, graph)
        if existed:
            store.clear_graph(graph)
        elif isinstance(graph, ox.NamedNode):
            store.add_graph(graph)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        return Response(status_code=204 if existed else 201)

    async def _post(self, request: Request, store: ox.Store, graph: Graph | None) -> Response:
        headers = {}
        if graph is None:
            made = f"{str(request.url.replace(query='')).rstrip('/')}/{uuid.uuid4()}"
            graph = ox.NamedNode(made)
            headers["Location"] = made
        triples = await self._payload(request, graph)
        existed = self._holds(store, graph)
        if not existed and isinstance(graph, ox.NamedNode):
            store.add_graph(graph)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        return Response(status_code=204 if existed else 201, headers=headers)

    def _delete(self, store: ox.Store, graph: Graph | None) -> Response:
        if graph is None:
            raise BadRequest(400, "name the graph to delete: ?graph=IRI or ?default")
        if not self._holds(store, graph):
            raise BadRequest(404, "there is no such graph")
        if isinstance(graph, ox.NamedNode):
            store.remove_graph(graph)
        else:
            store.clear_graph(graph)
        return Response(status_code=204)

    async def _payload(self, request: Request, graph: Graph) -> list[ox.Triple]:
        """The triples sent, in one body or as files of a form (section 5.5)."""
        base = graph.value if isinstance(graph, ox.NamedNode) else str(request.url)
        kind = request.headers.get("content-type", "text/turtle")
        if kind.startswith("multipart/form-data"):
            triples: list[ox.Triple] = []
            form = await request.form()
            for _, part in form.multi_items():
                if isinstance(part, UploadFile):
                    data = await part.read()
                    triples += _parse(data, part.content_type or "text/turtle", base)
            return triples
        return _parse(await request.body(), kind, base)


def _parse(data: bytes, content_type: str, base: str) -> list[ox.Triple]:
    media_type = content_type.partition(";")[0].strip().lower()
    rdf = ox.RdfFormat.from_media_type(media_type)
    if rdf is None:
        raise BadRequest(415, f"{media_type} is not read here; send text/turtle, for example")
    try:
        return [q.triple for q in ox.parse(io.BytesIO(data), format=rdf, base_iri=base)]
    except SyntaxError as error:
        raise BadRequest(400, str(error)) from None
