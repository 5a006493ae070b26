"""Pages that list things: letters, people, events, places, archives, channels, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kgraph.server.pages import Row, View, day, link, said
from kgraph.server.pages.drawing import in_time, share

PER_PAGE = 200
Cell = Callable[[Row], object]


@dataclass(frozen=True)
class Listing:
    """A table of things: its query, its columns, and how each cell is written."""

    title: str
    query: str
    columns: Sequence[tuple[str, Cell]]
    lead: str = ""
    numbers: tuple[str, ...] = ()  # variables that are counts: aligned right, with a bar
    picture: tuple[str, str] | None = None  # address and what it shows
    dated: str = ""  # variable whose dates are drawn as bars in time


def _linked(iri: str, label: str) -> Cell:
    return lambda row: link(row[iri], row[label])


def _text(name: str) -> Cell:
    return lambda row: row[name]


def _few(name: str) -> Cell:
    """The first three of names that " · " parts, and how many more there are."""

    def cell(row: Row) -> str:
        names = row[name].split(" · ")
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return ", ".join(names[:3]) + more

    return cell


def _said(name: str) -> Cell:
    return lambda row: said(row[name])


def _day(name: str) -> Cell:
    return lambda row: day(row[name])


LISTINGS: dict[str, Listing] = {
    "letters": Listing(
        "Letters and other documents",
        """SELECT ?x ?label ?date ?form ?channel ?status
             (GROUP_CONCAT(DISTINCT ?s; separator=" · ") AS ?from) (GROUP_CONCAT(DISTINCT ?t; separator=" · ") AS ?to)
           WHERE { ?x a kg:Document ; rdfs:label ?label ; kg:survivalStatus/skos:notation ?status .
             OPTIONAL { ?x kg:date ?date } OPTIONAL { ?x kg:earliest ?earliest }
             OPTIONAL { ?x rico:hasDocumentaryFormType/rdfs:label ?form }
             OPTIONAL { ?x rico:hasSender/rdfs:label ?s } OPTIONAL { ?x rico:hasAddressee/rdfs:label ?t }
             OPTIONAL { SELECT ?x (GROUP_CONCAT(DISTINCT ?c; separator=", ") AS ?channel) { ?x kg:channel/skos:prefLabel ?c } GROUP BY ?x } }
           GROUP BY ?x ?label ?date ?earliest ?form ?channel ?status ORDER BY ?earliest ?x""",
        (
            ("Date", _day("date")), ("Document", _linked("x", "label")), ("From", _few("from")),
            ("To", _few("to")), ("Channel", _text("channel")),
            ("Status", lambda row: "" if row["status"] == "extant" else said(row["status"])),
        ),
        dated="date",
    ),
    "people": Listing(
        "People",
        """SELECT ?x ?label ?side (COUNT(DISTINCT ?sent) AS ?wrote) (COUNT(DISTINCT ?got) AS ?received) (COUNT(DISTINCT ?in) AS ?named)
           WHERE { ?x a rico:Person ; rdfs:label ?label . OPTIONAL { ?x kg:side ?side } OPTIONAL { ?x schema:alternateName ?sort }
             { ?sent rico:hasSender ?x } UNION { ?got rico:hasAddressee ?x } UNION { ?in schema:mentions ?x } UNION { ?x a rico:Person } }
           GROUP BY ?x ?label ?side ?sort ORDER BY ?sort ?label""",
        (
            ("Person", _linked("x", "label")), ("Side", _said("side")), ("Wrote", _text("wrote")),
            ("Received", _text("received")), ("Named in", _text("named")),
        ),
        numbers=("Wrote", "Received", "Named in"),
        picture=("/pictures/matrix.svg", "Who wrote to whom, as a table of squares: a row writes to a column"),
    ),
    "events": Listing(
        "Events",
        """SELECT DISTINCT ?x ?label ?date ?place ?place_label ?status WHERE {
             ?x a rico:Event ; rdfs:label ?label . OPTIONAL { ?x kg:date ?date }
             OPTIONAL { ?x kg:place ?place . ?place rdfs:label ?place_label } OPTIONAL { ?x kg:eventStatus ?status } }
           ORDER BY ?date ?label""",
        (
            ("Date", _day("date")), ("Event", _linked("x", "label")),
            ("Place", _linked("place", "place_label")), ("Status", lambda row: "" if row["status"] == "occurred" else said(row["status"])),
        ),
        dated="date",
    ),
    "places": Listing(
        "Places",
        """SELECT ?x ?label ?lat ?long (COUNT(DISTINCT ?d) AS ?documents) WHERE {
             ?x a rico:Place ; rdfs:label ?label . OPTIONAL { ?x geo:lat ?lat ; geo:long ?long }
             OPTIONAL { ?d kg:placeFrom|kg:placeTo ?x ; a kg:Document } } GROUP BY ?x ?label ?lat ?long ORDER BY ?label""",
        (
            ("Place", _linked("x", "label")), ("Latitude", _text("lat")),
            ("Longitude", _text("long")), ("Documents", _text("documents")),
        ),
        numbers=("Documents",),
        picture=("/pictures/map.svg", "Map of the ways that letters took between places"),
    ),
    "archives": Listing(
        "Archives and their units",
        """SELECT ?x ?label ?mark ?within ?within_label (COUNT(DISTINCT ?d) AS ?documents) WHERE {
             ?x a rico:RecordSet ; rdfs:label ?label . OPTIONAL { ?x kg:shelfmark ?mark }
             OPTIONAL { ?x rico:isOrWasIncludedIn|rico:hasOrHadHolder ?within . ?within rdfs:label ?within_label }
             OPTIONAL { ?d rico:hasOrHadInstantiation/kg:archivalUnit ?x } }
           GROUP BY ?x ?label ?mark ?within ?within_label ORDER BY ?label""",
        (
            ("Unit", _linked("x", "label")), ("Shelfmark", _text("mark")),
            ("Within", _linked("within", "within_label")), ("Documents", _text("documents")),
        ),
        numbers=("Documents",),
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
        numbers=("Documents",),
        picture=("/pictures/channels.svg", "How many letters went by each channel, by direction"),
    ),
    "conflicts": Listing(
        "Where sources disagree",
        """SELECT ?x ?about ?about_label ?kind ?property (GROUP_CONCAT(?claim; separator=" — ") AS ?claims) ?assessment WHERE {
             ?x a kg:Conflict ; kg:about ?about ; kg:onProperty ?property ; kg:hasClaim/rdf:value ?claim .
             OPTIONAL { ?about rdfs:label ?about_label } OPTIONAL { ?x kg:conflictKind ?kind } OPTIONAL { ?x kg:assessment ?assessment } }
           GROUP BY ?x ?about ?about_label ?kind ?property ?assessment ORDER BY ?kind ?x""",
        (
            ("About", _linked("about", "about_label")), ("Kind", _said("kind")), ("Of", lambda row: link(row["x"], said(row["property"]))),
            ("Claims", _text("claims")), ("Assessment", _text("assessment")),
        ),
        "Nothing is overwritten: every claim stays, with the source that makes it.",
    ),
}  # fmt: skip


def listing(view: View, name: str) -> dict[str, object]:
    """What the page of a listing shows; the rows are asked for once an edition."""
    chosen = LISTINGS[name]
    kept: dict[str, list[Row]] = view.edition.memo.setdefault("listings", {})
    if name not in kept:
        found = view.rows(chosen.query)
        if chosen.dated:
            found.sort(key=lambda row: not row[chosen.dated])  # what is not dated stands last
        kept[name] = found
    rows = kept[name]
    pages = max(1, (len(rows) + PER_PAGE - 1) // PER_PAGE)
    asked = view.request.query_params.get("page", "1")
    page = min(max(int(asked) if asked.isdigit() else 1, 1), pages)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    most = _largest(chosen, rows)
    return {
        "title": chosen.title,
        "lead": chosen.lead,
        "columns": [name for name, _ in chosen.columns],
        "numbers": chosen.numbers,
        "picture": chosen.picture,
        "drawing": in_time(
            [(row[chosen.dated], "documents") for row in rows],
            ("documents",),
            f"{chosen.title} in time",
        )
        if chosen.dated
        else "",
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
