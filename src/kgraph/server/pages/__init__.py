"""Pages for people: rendered here, readable without JavaScript.

A page is a template and the few values it needs, which a module of this package
asks of the graph. To add one, write a function that takes a `View` and returns a
dictionary, a template of that name, and a line in `kgraph.server.application`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
import pyoxigraph as ox
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kgraph import iris
from kgraph.server.pages.words import dated, day, said, side
from kgraph.server.publication import Edition
from kgraph.store import Term
from kgraph.store.sparql import with_constants

TEMPLATES = Path(__file__).parents[1] / "templates"
Row = dict[str, str]

SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What every page lets a browser do: nothing is fetched from, or told to, another host."""


LOCAL = re.compile(r"[a-z]+/[\w./:-]+")
LABELS = "SELECT ?x ?label WHERE { VALUES ?x { %s } ?x rdfs:label ?label }"


@dataclass
class View:
    """One request for one page: the edition it is drawn from, and the request."""

    edition: Edition
    request: Request

    @classmethod
    def of(cls, edition: Edition) -> View:
        """A view that nobody asked for, of what is made before."""
        return cls(edition, Request({"type": "http", "method": "GET", "path": "/", "headers": []}))

    def rows(self, query: str, **bound: str) -> list[Row]:
        """Rows of a query as plain text; IRIs stay whole, what is unbound is "". Values in
        `bound` that begin with http are bound as IRIs, the others as strings."""
        terms = {
            name: ox.NamedNode(value) if value.startswith("http") else ox.Literal(value)
            for name, value in bound.items()
        }
        text, left = with_constants(query, terms)
        answer = self.edition.store.select(text, left)
        return [
            {name: _plain(cell) for name, cell in zip(answer.columns, row, strict=True)}
            for row in answer
        ]

    @cached_property
    def site(self) -> str:
        """Address of the home page, with its slash."""
        return str(self.request.base_url)


def _plain(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def path_of(iri: str) -> str:
    """Where the page about an IRI is; IRIs of others are their own address."""
    if iri.startswith(iris.THINGS):
        return "/doc/" + iri.removeprefix(iris.THINGS)
    if iri.startswith(iris.BASE):
        return "/" + iri.removeprefix(iris.BASE)
    return iri


def link(iri: str, label: str = "") -> Markup:
    """A link to the page about an IRI; nothing for an empty one."""
    if not iri:
        return Markup("")
    words = label or iris.local(iri)
    return Markup('<a href="{}">{}</a>').format(path_of(iri), words)


def with_names(view: View, claims: list[Row]) -> list[Row]:
    """Claims with the names of the things that they claim (``name``) and prefer."""
    names = labels_of(view, [row[key] for row in claims for key in ("value", "chosen")])
    for row in claims:
        row["name"] = names.get(row["value"], "")
        row["chosen_name"] = names.get(row["chosen"], "")
    return claims


def claimed(value: str, label: str = "") -> Markup:
    """What a source claims: a thing by its name, a date in words, anything else as it is."""
    return link(iris.THINGS + value, label) if label else escape(dated(value))


def labels_of(view: View, keys: list[str]) -> dict[str, str]:
    """What things are called that are named as in facets and claims: ``person/x``, ``c/...`` for
    a channel. Values that are words are not in the answer."""
    named = {}
    for key in dict.fromkeys(keys):
        if not LOCAL.fullmatch(key):
            continue
        named[iris.CHANNELS + key[2:] if key.startswith("c/") else iris.THINGS + key] = key
    return {named[iri]: label for iri, label in named_iris(view, named).items()}


def named_iris(view: View, listed: Iterable[str]) -> dict[str, str]:
    """What things are called, by their IRIs."""
    safe = [iri for iri in listed if not set(iri) & set('<>"{}|\\^` \n')]
    rows = view.rows(LABELS % " ".join(f"<{iri}>" for iri in safe)) if safe else []
    return {row["x"]: row["label"] for row in rows}


class Pages:
    """The templates, and what all of them share."""

    def __init__(self, title: str) -> None:
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters.update(
            link=link,
            day=day,
            claimed=claimed,
            said=said,
            side=side,
            local=iris.local,
            thing=iris.thing,
            path=path_of,
        )
        self.environment.globals.update(site_title=title, base=iris.BASE)

    def render(
        self, view: View, template: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        page = self.environment.get_template(template).render(
            view=view, path=view.request.url.path, **values
        )
        return HTMLResponse(page, status, {"Content-Language": "en", **SAFE})


def joined(parts: Iterable[Markup | str], last: str = " and ") -> Markup:
    """Links as an enumeration: a, b and c."""
    listed = [escape(p) for p in parts]
    if len(listed) < 2:
        return Markup("".join(listed))
    return Markup(", ").join(listed[:-1]) + last + listed[-1]
