"""What each source says of a document, side by side, and the letters before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from kgraph import iris
from kgraph.server.pages import Row, View, link
from kgraph.server.pages.exchanges import neighbours
from kgraph.server.pages.words import day

SAID = """
SELECT DISTINCT ?source ?source_label ?what ?value ?label WHERE {
  ?record kg:describes ?x ; prov:hadPrimarySource ?source . ?source rdfs:label ?source_label .
  GRAPH ?record { ?x kg:activity/kg:participation ?part . ?part prov:agent ?value ; prov:hadRole ?role }
  ?role skos:prefLabel ?what . ?value rdfs:label ?label .
} ORDER BY ?source_label ?what ?label"""

WHEN = "SELECT ?when WHERE { ?x kg:earliest ?when } LIMIT 1"
NAMED = "SELECT ?label ?date WHERE { ?other kg:date ?date ; rdfs:label ?label } LIMIT 1"
MOST_NAMES = 4


@dataclass(frozen=True)
class Comparison:
    """A table of facts: sources as columns, and for each fact what each of them says."""

    sources: list[Row]
    facts: list[tuple[str, list[Markup], bool]]  # name, one cell a source, whether they differ


def compared(view: View, iri: str, dates: list[Row], roles: tuple[str, ...]) -> Comparison | None:
    """The facts of a document by source; None where fewer than two sources tell any."""
    rows = view.rows(SAID, x=iri)
    for date in dates:
        if date["date"]:
            what = {"written": "Date", "received": "Received"}.get(date["kind"], date["kind"])
            rows.append({**date, "what": what, "value": date["date"], "label": ""})
    sources = {row["source"]: row for row in sorted(rows, key=lambda r: r["source_label"])}
    if len(sources) < 2:
        return None
    order = ["Date", "Received", *roles]
    cells: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        cells.setdefault(row["what"], {}).setdefault(row["source"], []).append(row)
    facts = []
    for what in sorted(cells, key=lambda w: (order.index(w) if w in order else len(order), w)):
        said = cells[what]
        values = {frozenset(row["value"] for row in one) for one in said.values()}
        facts.append((what.capitalize(), [_cell(said.get(s, [])) for s in sources],
                      len(values) > 1))  # fmt: skip
    return Comparison(list(sources.values()), facts)


def _cell(rows: list[Row]) -> Markup:
    told = list(dict.fromkeys(
        link(row["value"], row["label"]) if row["label"] else Markup("{}").format(day(row["value"]))
        for row in rows
    ))  # fmt: skip
    more = len(told) - MOST_NAMES
    words = Markup("<br>").join(told[:MOST_NAMES])
    return words + (Markup("<br>and {} more").format(more) if more > 0 else "")


def exchange(view: View, iri: str, people: dict[str, list[Row]]) -> dict[str, Row]:
    """The letters before and after this one between its sender and its addressee, in either
    direction; only between persons, whose exchanges are read one letter after the other."""
    ends = [people[role][0]["agent"] for role in ("Sender", "Addressee") if people.get(role)]
    if len(ends) < 2 or not all(end.startswith(iris.THINGS + "person/") for end in ends):
        return {}
    here = view.rows(WHEN, x=iri)
    if not here:
        return {}
    found = {}
    for name, other in neighbours(view, here[0]["when"], *ends).items():
        if named := view.rows(NAMED, other=other):
            found[name] = {"other": other, **named[0]}
    return found


def ways(legs: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Hops by the source that tells them, in their order, the fullest telling first."""
    ordered = sorted(legs, key=lambda leg: (leg["source_label"], int(leg["index"])))
    told = [list(rows) for _, rows in groupby(ordered, lambda leg: leg["source_label"])]
    return [(rows[0], rows) for rows in sorted(told, key=lambda rows: -len(rows))]


def copies_once(copies: list[Row]) -> list[Row]:
    """A copy that several sources name stands once, with all of them (``sources``)."""
    found: dict[tuple[str, ...], Row] = {}
    for row in copies:
        key = tuple(row[k].casefold() for k in ("holder_label", "shelfmark", "unit", "kind",
                                                "language", "extent", "note"))  # fmt: skip
        source = f"{row['source']}\x1f{row['source_label']}"
        if key not in found:
            found[key] = {**row, "sources": source}
        elif source not in found[key]["sources"].split("\x1e"):
            found[key]["sources"] += "\x1e" + source
    return list(found.values())
