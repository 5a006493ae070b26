"""Pages that list things: people, events, places, archives, channels, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup

from kgraph.server import kept
from kgraph.server.pages import Row, View, claimed, labels_of, link
from kgraph.server.pages.drawing import in_time, share
from kgraph.server.pages.words import chronological, day, said, side
from kgraph.server.publication import Edition

PER_PAGE = 200
SEVERAL = " · "
Cell = Callable[[Row], object]
Key = Callable[[Row], Any]


def _as_they_are(_: View, rows: list[Row]) -> list[Row]:
    return rows


@dataclass(frozen=True)
class Listing:
    """A table of things: its query, its columns, and how each cell is written."""

    title: str
    query: str
    columns: Sequence[tuple[str, Cell]]
    lead: Markup | str = ""
    numbers: tuple[str, ...] = ()  # variables that are counts: aligned right, with a bar
    picture: tuple[str, str] | None = None  # address and what it shows
    counts: dict[str, str] = field(default_factory=dict)
    """Further variables: patterns of the documents (?d) of a thing, to be counted."""
    dated: str = ""  # variable whose dates are drawn as bars in time
    orders: dict[str, Key] = field(default_factory=dict)
    """By which columns readers may sort, the first without being asked."""
    gathered: Callable[[View, list[Row]], list[Row]] = _as_they_are
    """Makes the rows of the table of the rows of the query."""


def _linked(iri: str, label: str) -> Cell:
    return lambda row: link(row[iri], row[label])


def _text(name: str) -> Cell:
    return lambda row: row[name]


def _few(name: str) -> Cell:
    """Links to the first three of what ``address␟label · address␟label`` lists, and how
    many more there are."""

    def cell(row: Row) -> Markup:
        pairs = [one.split("\x1f") for one in row[name].split(SEVERAL) if one]
        shown = Markup(", ").join(link(iri, label) for iri, label in pairs[:3])
        more = len(pairs) - 3
        return shown + (f" and {more} more" if more > 0 else "")

    return cell


def _each(row: Row) -> Markup:
    """Claims one below the other with their sources, dates in words and things by their names."""
    told = Markup("").join(
        Markup("<li>{}{}</li>").format(
            claimed(value, label),
            Markup('<br><span class="soft small">{}</span>').format(source) if source else "",
        )
        for value, label, source in (one.split("\x1e") for one in row["claims"].split("\x1f"))
    )
    return Markup('<ul class="dots">{}</ul>').format(told)


def _day(name: str) -> Cell:
    return lambda row: day(row[name])


def _person(row: Row) -> Markup:
    years = [row[one].partition("-")[0].strip("?~%") for one in ("born", "died")]
    lived = "–".join(years) if all(years) else f"b. {years[0]}" if years[0] else (
        f"d. {years[1]}" if years[1] else "")  # fmt: skip
    return link(row["x"], row["label"]) + (
        Markup(' <span class="soft">{}</span>').format(lived) if lived else ""
    )


def _by_label(row: Row) -> tuple[bool, str]:
    """Names in their order, those of what is only described ("an unnamed ...") last."""
    return row["label"][:1].islower(), row["label"].casefold()


def _by_name(row: Row) -> tuple[bool, str]:
    """A person's place in the alphabet: by the name to sort by, else the last word."""
    sort = row["sort"] or (row["label"].rpartition(" ")[2] + " " + row["label"])
    return row["label"][:1].islower(), sort.casefold()


def _met_by_name(row: Row) -> tuple[bool, bool, str]:
    """The alphabet of those whom documents name, that of those known from works of reference, and
    last those who are only described."""
    met = any(int(row[count] or 0) for count in ("wrote", "received", "named"))
    described, name = _by_name(row)
    return described, not met, name


def _most(*names: str) -> Key:
    return lambda row: (-sum(int(row[name] or 0) for name in names), *_by_label(row))


def _once(_: View, rows: list[Row]) -> list[Row]:
    """One row a thing, where a query gives several for their places."""
    found: dict[str, Row] = {}
    for row in rows:
        if row["x"] not in found:
            found[row["x"]] = dict(row)
        elif row["places"] not in found[row["x"]]["places"]:
            found[row["x"]]["places"] += SEVERAL + row["places"]
    return list(found.values())


def _nested(_: View, rows: list[Row]) -> list[Row]:
    """Archival units below their holders and the units that they belong to; ``depth`` says how
    deep. A unit stands in one place only; holders of one name are one line."""
    units: dict[str, Row] = {}
    for row in rows:  # the narrowest whole that the graph names is kept
        key = row["x"] if row["holder"] else row["label"]
        if key not in units or row["within"] in units:
            units[key] = row
    for row in list(units.values()):
        if row["holder_label"] in units:  # the holder whom units name is the one to open
            units[row["holder_label"]] = {**units[row["holder_label"]], "x": row["holder"]}
    inside: dict[str, list[tuple[str, Row]]] = {}
    for key, row in units.items():
        whole = row["within"] if row["within"] in units else row["holder_label"]
        inside.setdefault(whole if whole in units and whole != key else "", []).append((key, row))
    found: dict[str, Row] = {}

    def told(whole: str, depth: int) -> None:
        for key, row in sorted(inside.get(whole, ()), key=lambda one: _by_label(one[1])):
            if key not in found:
                found[key] = {**row, "depth": str(depth)}
                told(key, depth + 1)

    told("", 0)
    return list(found.values())


def _unit(row: Row) -> Markup:
    return Markup('<span class="depth{}">{}</span>').format(
        min(int(row["depth"]), 4), link(row["x"], row["label"])
    )


def _used(_: View, rows: list[Row]) -> list[Row]:
    return [row for row in rows if int(row["documents"])]


def _conflicts(view: View, rows: list[Row]) -> list[Row]:
    """One row a conflict, with all things that it is about."""
    found = []
    claims = {row["x"]: _claims(row["claims"]) for row in rows}
    names = labels_of(view, [value for told in claims.values() for value, _ in told])
    for x, group in groupby(rows, lambda row: row["x"]):
        same = list(group)
        same[0]["claims"] = "\x1f".join(
            f"{value}\x1e{names.get(value, '')}\x1e{source}" for value, source in claims[x]
        )
        about = dict.fromkeys(f"{row['about']}\x1f{row['about_label']}" for row in same)
        found.append({**same[0], "about": SEVERAL.join(about)})
    return sorted(found, key=lambda row: said(row["property"]))


def _claims(joined: str) -> list[tuple[str, str]]:
    """Value and source of each claim, in the order in which they were made."""
    told = {tuple(one.split("\x1d")) for one in joined.split("\x1f")}
    return [(value, source) for _, value, source in sorted(told, key=lambda t: (len(t[0]), t))]


LISTINGS: dict[str, Listing] = {
    "people": Listing(
        "People",
        """SELECT ?x ?label ?side ?sort ?born ?died WHERE {
             ?x a rico:Person ; rdfs:label ?label . OPTIONAL { ?x kg:side ?side } OPTIONAL { ?x schema:alternateName ?sort }
             OPTIONAL { ?x rico:birthDate ?born } OPTIONAL { ?x rico:deathDate ?died } }""",
        (
            ("Person", _person), ("Side", lambda row: side(row["side"])), ("Wrote", _text("wrote")),
            ("Received", _text("received")), ("Named in", _text("named")),
        ),
        numbers=("Wrote", "Received", "Named in"),
        counts={"wrote": "?d rico:hasSender ?x", "received": "?d rico:hasAddressee ?x", "named": "?d schema:mentions ?x"},
        lead="Those whom no document names, known from works of reference, stand behind the others.",
        orders={"Person": _met_by_name, "Wrote": _most("wrote"), "Received": _most("received"),
                "Named in": _most("named"), "Side": lambda row: (not row["side"], side(row["side"]), _by_name(row))},
    ),
    "events": Listing(
        "Events",
        """SELECT DISTINCT ?x ?label ?date ?places ?status WHERE {
             ?x a rico:Event ; rdfs:label ?label . OPTIONAL { ?x kg:date ?date }
             OPTIONAL { ?x kg:place ?place . ?place rdfs:label ?place_label BIND(CONCAT(STR(?place), "\\u001F", ?place_label) AS ?places) }
             OPTIONAL { ?x kg:eventStatus ?status } } ORDER BY ?x ?places""",
        (
            ("Date", _day("date")), ("Event", _linked("x", "label")), ("Place", _few("places")),
            ("Status", lambda row: "" if row["status"] == "occurred" else said(row["status"])),
        ),
        dated="date",
        gathered=_once,
        orders={"Date": lambda row: (chronological(row["date"]), row["label"]), "Event": _by_label},
    ),
    "places": Listing(
        "Places",
        """SELECT ?x ?label ?places WHERE {
             ?x a rico:Place ; rdfs:label ?label .
             OPTIONAL { ?x schema:containedInPlace ?whole . ?whole rdfs:label ?whole_label BIND(CONCAT(STR(?whole), "\\u001F", ?whole_label) AS ?places) } }
           ORDER BY ?x ?places""",
        (
            ("Place", _linked("x", "label")), ("Lies in", _few("places")),
            ("Sent from here", _text("from")), ("Sent here", _text("to")), ("Named in", _text("named")),
        ),
        numbers=("Sent from here", "Sent here", "Named in"),
        counts={"from": "?d kg:placeFrom ?x ; a kg:Document", "to": "?d kg:placeTo ?x ; a kg:Document", "named": "?d schema:mentions ?x"},
        picture=("/pictures/map.svg", "Map of the ways that letters took between places"),
        gathered=_once,
        orders={"Place": _by_label, "Sent from here": _most("from"), "Sent here": _most("to"), "Named in": _most("named")},
    ),
    "archives": Listing(
        "Archives and their units",
        """SELECT ?x ?label ?mark ?within ?holder ?holder_label ?documents WHERE {
             { SELECT ?x ?label ?mark ?within ?holder ?holder_label (COUNT(DISTINCT ?d) AS ?documents) {
                 ?x a rico:RecordSet ; rdfs:label ?label ; rico:hasOrHadHolder ?holder . ?holder rdfs:label ?holder_label .
                 OPTIONAL { ?x kg:shelfmark ?mark } OPTIONAL { ?x rico:isOrWasIncludedIn ?within }
                 OPTIONAL { ?d rico:hasOrHadInstantiation/kg:archivalUnit ?x }
               } GROUP BY ?x ?label ?mark ?within ?holder ?holder_label }
             UNION { SELECT (MIN(STR(?h)) AS ?x) ?label (COUNT(DISTINCT ?d) AS ?documents) {
                 ?copy rico:hasOrHadHolder ?h . ?h rdfs:label ?label . FILTER NOT EXISTS { ?copy a rico:RecordSet }
                 ?d rico:hasOrHadInstantiation ?copy } GROUP BY ?label }
           } ORDER BY ?x ?within""",
        (("Holder and unit", _unit), ("Shelfmark", _text("mark")), ("Documents", _text("documents"))),
        lead="Documents with a copy there. Units stand below their holder and the unit that they belong to.",
        numbers=("Documents",),
        gathered=_nested,
    ),
    "channels": Listing(
        "Channels and modes",
        """SELECT ?x ?label ?definition ?above ?above_label (COUNT(DISTINCT ?d) AS ?documents) WHERE {
             ?x skos:inScheme ?scheme ; skos:prefLabel ?label ; skos:definition ?definition .
             FILTER(STRENDS(STR(?scheme), "/channel"))
             OPTIONAL { ?x skos:broader ?above . ?above skos:prefLabel ?above_label }
             OPTIONAL { ?d kg:hasLeg/(kg:mode|kg:viaChannel) ?x } }
           GROUP BY ?x ?label ?definition ?above ?above_label ORDER BY DESC(?documents) ?label""",
        (
            ("Channel", _linked("x", "label")), ("Is a kind of", _linked("above", "above_label")),
            ("Meaning", _text("definition")), ("Documents", _text("documents")),
        ),
        lead=Markup('Those that documents here took; <a href="/channel">the whole scheme</a> has more.'),
        numbers=("Documents",),
        picture=("/pictures/channels.svg", "How many letters went by each channel, by direction"),
        gathered=_used,
        orders={"Documents": _most("documents"), "Channel": _by_label},
    ),
    "conflicts": Listing(
        "Where sources disagree",
        """SELECT ?x ?about ?about_label ?property (GROUP_CONCAT(?told; separator="\\u001F") AS ?claims) ?assessment WHERE {
             ?x a kg:Conflict ; kg:about ?about ; kg:onProperty ?property ; kg:hasClaim ?c . ?c rdf:value ?claim .
             OPTIONAL { ?c prov:hadPrimarySource ?s . OPTIONAL { ?s rdfs:label ?named } }
             BIND(CONCAT(STR(?c), "\\u001D", STR(?claim), "\\u001D", COALESCE(?named, "")) AS ?told)
             OPTIONAL { ?about rdfs:label ?about_label } OPTIONAL { ?x kg:assessment ?assessment } }
           GROUP BY ?x ?about ?about_label ?property ?assessment ORDER BY ?x""",
        (
            ("On", lambda row: link(row["x"], said(row["property"]))), ("About", _few("about")),
            ("Claims", _each), ("Assessment", _text("assessment")),
        ),
        "Nothing is overwritten: every claim stays, with the source that makes it.",
        gathered=_conflicts,
    ),
}  # fmt: skip


def rows_of(edition: Edition, name: str) -> list[Row]:
    """The rows of a listing, asked for once an edition."""
    rows: list[Row] = kept.value(edition, f"list-{name}-2", lambda: _asked(edition, name))
    return rows


def _asked(edition: Edition, name: str) -> list[Row]:
    chosen, view = LISTINGS[name], View.of(edition)
    rows = view.rows(chosen.query)
    for variable, pattern in chosen.counts.items():
        query = f"SELECT ?x (COUNT(DISTINCT ?d) AS ?n) WHERE {{ {pattern} }} GROUP BY ?x"
        counted = {row["x"]: row["n"] for row in view.rows(query)}
        for row in rows:
            row[variable] = counted.get(row["x"], "0")
    return chosen.gathered(view, rows)


def listing(view: View, name: str) -> dict[str, object]:
    """What the page of a listing shows."""
    chosen = LISTINGS[name]
    ordered: dict[str, list[Row]] = view.edition.memo.setdefault("listings", {})
    drawn: dict[str, Markup] = view.edition.memo.setdefault("listings drawn", {})
    order = view.request.query_params.get("sort", "")
    if order not in chosen.orders:
        order = next(iter(chosen.orders), "")
    key = f"{name} by {order}"
    if key not in ordered:
        rows = rows_of(view.edition, name)
        ordered[key] = sorted(rows, key=chosen.orders[order]) if order else rows
    rows = ordered[key]
    if chosen.dated and name not in drawn:
        dates = [(row[chosen.dated], "documents") for row in rows]
        drawn[name] = in_time(dates, ("documents",), f"{chosen.title} in time")
    pages = max(1, (len(rows) + PER_PAGE - 1) // PER_PAGE)
    asked = view.request.query_params.get("page", "1")
    page = min(max(int(asked) if asked.isdigit() else 1, 1), pages)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    most = _largest(chosen, rows)
    return {
        "title": chosen.title,
        "lead": chosen.lead,
        "columns": [name for name, _ in chosen.columns],
        "orders": list(chosen.orders),
        "order": order,
        "numbers": chosen.numbers,
        "picture": chosen.picture,
        "drawing": drawn.get(name, ""),
        "count": len(rows),
        "rows": [
            [
                (column, share(str(cell(row)), most[column]) if column in most else cell(row))
                for column, cell in chosen.columns
            ]
            for row in shown
        ],
        "page": page,
        "pages": pages,
    }


def _largest(chosen: Listing, rows: list[Row]) -> dict[str, int]:
    """The largest number of each column of numbers, over all pages."""
    cells = dict(chosen.columns)
    return {name: max((int(str(cells[name](row)) or 0) for row in rows), default=0)
            for name in chosen.numbers}  # fmt: skip
