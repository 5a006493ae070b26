"""The pages and their addresses."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kgraph import iris, queries
from kgraph.report import KgraphError
from kgraph.server.endpoint.workers import Asked, Failed, Question
from kgraph.server.pages import LOCAL, Pages, Row, View, link, path_of, schema_org
from kgraph.server.pages.answers_drawn import all_numbers, drawn
from kgraph.server.pages.citing import bibtex, citation, ris
from kgraph.server.pages.explorer import around_json, network_json
from kgraph.server.pages.home import LABELLED, MOST_PAIRS, gathered, home
from kgraph.server.pages.letter_list import letters
from kgraph.server.pages.letters import letter
from kgraph.server.pages.lists import LISTINGS, listing
from kgraph.server.pages.pictures import drawing_tools, has_ego, has_route
from kgraph.server.pages.search import search
from kgraph.server.pages.things import thing
from kgraph.server.preparing import Preparation
from kgraph.server.publication import Edition, Publication
from kgraph.server.resources import SHAPES

LATER = 5.0
"""Seconds after the beginning when what is not needed at once is loaded."""
STATIC = Path(__file__).parents[1] / "static"
ROWS = 500
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Site:
    """The handlers of all pages."""

    publication: Publication
    pool: Asked
    pages: Pages
    preparation: Preparation

    def routes(self) -> list[BaseRoute]:
        """Addresses of pages. Those of things are answered by `kgraph.server.resources`."""
        lists: list[BaseRoute] = [
            Route(
                f"/{name}",
                self.preparation.waited("lists", self._made("list.html", self._listing(name))),
            )
            for name in LISTINGS
        ]
        return [
            Route("/", self.preparation.waited("lists", self._made("home.html", self._home))),
            Route(
                "/letters", self.preparation.waited("search", self._made("letters.html", letters))
            ),
            *lists,
            Route("/search", self.preparation.waited("search", self._made("search.html", search))),
            Route("/about", self._made("about.html", lambda _: {"title": "How to use and cite"})),
            Route(
                "/network",
                self.preparation.waited("lists", self._made("network.html", self._network)),
            ),
            Route(
                "/network.json",
                self.preparation.waited("network", self.network_data, of_everybody),
            ),
            Route("/query", self.query),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    def warm(self) -> None:
        """Have in the background what the first letter's page would wait for: the templates,
        and the documents whose ways can be drawn; and when the first visitors have been
        served, what the first drawing would."""

        def made() -> None:
            for name in ("letter.html", "search.html", "thing.html"):
                self.pages.environment.get_template(name)
            with contextlib.suppress(KgraphError, OSError):
                has_route(self.publication.now(), "")
            time.sleep(LATER)
            with contextlib.suppress(ImportError):
                drawing_tools()

        threading.Thread(target=made, daemon=True, name="first pages").start()

    def _made(self, template: str, values: Callable[[View], dict[str, Any]]) -> Handler:
        async def handler(request: Request) -> Response:
            def made() -> Response:
                view = View(self.publication.now(), request)
                return self.pages.render(view, template, values(view))

            return await run_in_threadpool(made)

        return handler

    def _listing(self, name: str) -> Callable[[View], dict[str, Any]]:
        return lambda view: listing(view, name)

    def _home(self, view: View) -> dict[str, Any]:
        return {"title": self.pages.environment.globals["site_title"], **home(view)}

    def _network(self, view: View) -> dict[str, Any]:
        iri = iris.thing(view.request.query_params.get("person", ""))
        named = view.rows(LABELLED, x=iri) if iri != iris.THINGS else []
        if named and has_ego(view.edition, iris.local(iri)):
            title = f"Letters around {named[0]['label']}"
            return {"title": title, "focus": iri, "label": named[0]["label"], "pairs": []}
        pairs = gathered(view.edition)["pairs"]
        return {"title": "Network of correspondents", "focus": "", "pairs": pairs,
                "more": len(pairs) >= MOST_PAIRS}  # fmt: skip

    async def network_data(self, request: Request) -> Response:
        """Persons with places on a plane, and ties with dates and channels, for the explorer:
        of the whole network, or around one ``person``."""
        edition = self.publication.now()
        try:
            if of_everybody(request):
                body = await run_in_threadpool(network_json, edition)
            else:
                body = await run_in_threadpool(around_json, edition, request.query_params["person"])
        except KgraphError as error:
            return PlainTextResponse(f"{error}\n", 404)
        return Response(body, media_type="application/json")

    async def query(self, request: Request) -> Response:
        """The SPARQL page: ready questions, their parameters, and the answer as a table."""
        from kgraph import vocab

        view = View(self.publication.now(), request)
        asked = request.query_params
        named = await run_in_threadpool(queries.named)
        chosen = named.get(asked.get("name", "")) or named["who-wrote-to-whom"]
        text = asked.get("query") or chosen.text
        values: dict[str, Any] = {
            "title": "Ask in SPARQL", "named": list(named.values()), "chosen": chosen.name,
            "summary": chosen.summary, "text": text, "error": "", "columns": [], "numbers": [], "rows": [],
            "more": False, "raw": "", "drawing": "",
            "prefixes": sorted(vocab.prefixes().items()), "terms": _terms(),
        }  # fmt: skip
        given = {p.name: asked.get(f"p.{p.name}", "") for p in chosen.parameters}
        values["parameters"] = [
            {"name": p.name, "optional": p.optional or bool(p.default), "meaning": p.meaning,
             "typed": given[p.name] or p.default or ""}
            for p in chosen.parameters
        ]  # fmt: skip
        if asked.get("query") or "name" in asked:
            ask = chosen if text == chosen.text else queries.parse(text, chosen.name)
            try:
                await self._answer(view, ask, {k: v for k, v in given.items() if v}, values)
            except (KgraphError, Failed) as error:
                values["error"] = str(error)
        return self.pages.render(view, "query.html", values)

    async def _answer(
        self, view: View, ask: queries.Query, given: dict[str, str], values: dict[str, Any]
    ) -> None:
        from kgraph import vocab
        from kgraph.store.sparql import with_bindings

        known = {p.name for p in ask.parameters}
        bound = ask.bindings({k: v for k, v in given.items() if k in known})
        text = with_bindings(ask.text, bound)
        question = Question(text=text, prefixes=tuple(vocab.prefixes().items()))
        media_type, chunks = await self.pool.ask(question)
        body = b"".join(chunks)
        values["raw"] = "/sparql?query=" + quote(text)
        if "json" not in media_type:
            values["columns"] = ["answer"]
            values["rows"] = [[("answer", body.decode("utf-8", "replace"))]]
            return
        answer = json.loads(body)
        if "boolean" in answer:
            values["columns"] = ["answer"]
            values["rows"] = [[("answer", str(answer["boolean"]).lower())]]
            return
        columns = answer["head"]["vars"]
        labelled = {c for c in columns if f"{c}_label" in columns}
        values["columns"] = [c for c in columns if c.removesuffix("_label") not in labelled or (
            c in labelled)]  # fmt: skip
        bindings = answer["results"]["bindings"]
        values["more"] = len(bindings) > ROWS
        values["drawing"] = drawn(columns, bindings[:5000])
        values["numbers"] = [c for c in columns if all_numbers(bindings, c)]
        values["rows"] = [
            [(name, _cell(row.get(name), row.get(f"{name}_label") if name in labelled else None))
             for name in values["columns"]]
            for row in bindings[:ROWS]
        ]  # fmt: skip

    def page(
        self, request: Request, edition: Edition, iri: str, quads: list[ox.Quad]
    ) -> Response | None:
        """The page about a thing, for `kgraph.server.resources`."""
        view = View(edition, request)
        if not quads:
            values = {"title": "Not here", "iri": iri}
            return self.pages.render(view, "missing.html", values, 404)
        if iri.startswith(iris.THINGS + "document/") and "/-/" not in iri:
            found = letter(view, iri)
            found |= {
                "citation": citation(found),
                "jsonld": schema_org.in_script(schema_org.of_letter(found)),
            }
            return self.pages.render(view, "letter.html", found)
        about: dict[str, Any] = thing(view, iri)
        if iri == SHAPES:  # shipped beside the store
            about |= {"title": "Shapes", "kind": "shapes", "statements": _demands(quads)}
        about["jsonld"] = schema_org.in_script(schema_org.of_thing(about, view.site))
        return self.pages.render(view, "thing.html", about)

    def in_schema_org(self, request: Request, edition: Edition, iri: str) -> Response:
        """What the page about a thing says, as JSON-LD in the words of schema.org."""
        view = View(edition, request)
        if iri.startswith(iris.THINGS + "document/") and iris.PART not in iri:
            data = schema_org.of_letter(letter(view, iri))
        else:
            data = schema_org.of_thing(thing(view, iri), view.site)
        body = json.dumps(data, ensure_ascii=False, indent=1)
        return Response(body, headers={"Content-Type": schema_org.CONTENT_TYPE})

    def citing(self, request: Request, edition: Edition, iri: str, suffix: str) -> Response:
        """A document as a BibTeX or RIS record."""
        view = View(edition, request)
        merged = view.rows("SELECT ?into WHERE { ?x dcterms:isReplacedBy ?into }", x=iri)
        if len(merged) == 1:
            return RedirectResponse(f"{path_of(merged[0]['into'])}.{suffix}", 301)
        found = letter(view, iri)
        if suffix == "bib":
            return PlainTextResponse(bibtex(found), media_type="application/x-bibtex")
        return PlainTextResponse(ris(found), media_type="application/x-research-info-systems")


def of_everybody(request: Request) -> bool:
    """Whether the whole network is asked for, and not that around a person."""
    return not request.query_params.get("person")


def _demands(quads: list[ox.Quad]) -> list[Row]:
    """What shapes demand, in their own words: one row a message, beside its shape."""
    sh = "http://www.w3.org/ns/shacl#"
    shape_of = {
        str(q.object): q.subject.value
        for q in quads
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.BlankNode)
    }
    return [
        {"p": shape_of.get(str(q.subject), str(q.subject).strip("<>")), "o": q.object.value,
         "label": ""}
        for q in quads
        if q.predicate.value == sh + "message" and isinstance(q.object, ox.Literal)
    ]  # fmt: skip


def _terms() -> list[str]:
    """Terms of the ontology as they are typed: for completion on the SPARQL page."""
    from kgraph.shipped import folder

    text = (folder("ontology") / "kgraph.ttl").read_text("utf-8")
    return sorted(set(re.findall(r"^(kg:[\w-]+)", text, re.MULTILINE)))


def _cell(term: dict[str, str] | None, label: dict[str, str] | None = None) -> object:
    """A value of an answer: a thing as a link by its name, where the answer has one beside it."""
    words = label["value"] if label else ""
    if term is None:
        return words
    value = term["value"]
    if term["type"] == "uri" and value.startswith(iris.BASE):
        return link(value, words)
    if words and LOCAL.fullmatch(value):
        return link(iris.THINGS + value, words)
    if term["type"] == "uri":
        return escape(value)
    return value
