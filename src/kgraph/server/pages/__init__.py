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
from kgraph.server.publication import Edition
from kgraph.store import Term

TEMPLATES = Path(__file__).parents[1] / "templates"
Row = dict[str, str]

SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What every page lets a browser do: nothing is fetched from, or told to, another host."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass
class View:
    """One request for one page: the edition it is drawn from, and the request."""

    edition: Edition
    request: Request

    def rows(self, query: str, **bound: str) -> list[Row]:
        """Rows of a query as plain text; IRIs stay whole, what is unbound is "". Values in
        `bound` that begin with http are bound as IRIs, the others as strings."""
        terms = {
            name: ox.NamedNode(value) if value.startswith("http") else ox.Literal(value)
            for name, value in bound.items()
        }
        answer = self.edition.store.select(query, terms)
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


def day(edtf: str) -> str:
    """An EDTF date in the words of a reader: ``1961-09-28~`` is "about 28 September 1961".

    >>> day("1961-09-29"), day("1963-11"), day("XXXX-09-30"), day("1961-02-22?")
    ('29 September 1961', 'November 1963', '30 September, year not stated', 'perhaps 22 February 1961')
    """
    if not edtf:
        return ""
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        if start in ("", ".."):
            return f"{day(end)} or before"
        if end in ("", ".."):
            return f"{day(start)} or after"
        return f"{day(start)} to {day(end)}"
    before = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}.get(edtf[-1], "")
    plain = edtf.rstrip("?~%")
    plain, _, clock = plain.partition("T")
    parts = plain.split("-")
    if len(parts) > 3 or not all(re.fullmatch(r"[\dX]+", p) for p in parts):
        return edtf
    year = parts[0] if "X" not in parts[0] else ""
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 and parts[1].isdigit() and (
        1 <= int(parts[1]) <= 12) else ""  # fmt: skip
    number = str(int(parts[2])) if len(parts) > 2 and parts[2].isdigit() else ""
    words = " ".join(w for w in (number, month, year) if w)
    if not year:
        words = f"{words}, year not stated" if words else "not dated"
    hour = f", {clock[:5]}" if clock else ""
    return before + words + hour


SIDES = {"us": "United States", "soviet": "Soviet Union"}
NAMES = {
    "part_of": "part of", "copies_to": "copies to", "place_to": "place sent to",
    "on_behalf_of": "on behalf of", "printed_in": "printed in", "wording": "wording",
    "date dated": "date", "claim": "what is claimed", "reference": "who or what is meant",
    "identity": "who it is", "existence": "whether it exists", "numbering": "number in a series",
}  # fmt: skip


def said(name: str) -> str:
    """The name of a property, status or kind in a reader's words.

    >>> said("part_of"), said("did-not-take-place")
    ('part of', 'did not take place')
    """
    name = re.sub(r"\[\d+\]$", "", name)
    return NAMES.get(name) or SIDES.get(name) or re.sub(r"[-_]+", " ", name)


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
            link=link, day=day, said=said, local=iris.local, path=path_of
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
