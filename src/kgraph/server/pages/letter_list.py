"""The list of letters and other documents, narrowed by facets, time and words."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from kgraph.server.pages import View, link
from kgraph.server.pages.drawing import Month, bars
from kgraph.server.pages.facets import Narrowed
from kgraph.server.pages.finding import Counts, Index
from kgraph.server.pages.search import page_number
from kgraph.server.pages.words import day, said

PER_PAGE = 100
PATH = "/letters"
ORDERS = {"Date": "by_date", "Document": "by_name"}
DOCUMENTS = (("kind", "document"),)


def letters(view: View) -> dict[str, Any]:
    """What the page shows."""
    chosen = Narrowed.read(PATH, view.request.query_params, DOCUMENTS)
    index = Index.of(view.edition)
    order = chosen.order if chosen.order in ORDERS else "Date"
    page = page_number(view.request.query_params.get("page", ""))
    found = index.find(chosen.asked, PER_PAGE, (page - 1) * PER_PAGE, ORDERS[order])
    counts = index.counts(chosen.asked)
    return {
        "title": "Letters and other documents",
        "chosen": chosen,
        "count": found.count,
        "rows": [_row(one) for one in found.results],
        "orders": list(ORDERS),
        "order": order,
        "drawing": in_time(counts, "Documents in time"),
        "facets": chosen.facets(view, counts),
        "removals": chosen.removals(view),
        "page": page,
        "pages": max(1, -(-found.count // PER_PAGE)),
    }


def in_time(counts: Counts, title: str) -> Markup:
    """Counts by month (``1961-09``) drawn as bars."""
    months: dict[tuple[Month, str], int] = {
        ((int(month[:4]), int(month[5:])), "documents"): n for month, n in counts["month"]
    }
    return bars(months, ("documents",), title)


def _row(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "date": day(found["date"]),
        "document": link(found["iri"], found["label"]),
        "from": _few(found.get("from", [])),
        "to": _few(found.get("to", [])),
        "channel": ", ".join(label for _, label in found.get("channels", [])),
        "status": "" if found["status"] in ("", "extant") else said(found["status"]),
    }


def _few(agents: list[list[str]]) -> Markup:
    """Links to the first three of some agents, and how many more there are."""
    shown = Markup(", ").join(link(iri, label) for iri, label in agents[:3])
    more = len(agents) - 3
    return shown + (f" and {more} more" if more > 0 else "")
