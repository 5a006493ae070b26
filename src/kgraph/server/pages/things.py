"""Pages of persons, bodies, places, events, archives, channels and whatever else there is."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from kgraph import iris
from kgraph.server.pages import Row, View, with_names
from kgraph.server.pages.drawing import in_time
from kgraph.server.pages.words import chronological
from kgraph.server.pictures import has_ego, has_place

LABEL = """
SELECT ?label ?note ?side ?born ?died ?lat ?long ?definition WHERE {
  OPTIONAL { ?x rdfs:label ?label } OPTIONAL { ?x skos:note ?note } OPTIONAL { ?x kg:side ?side }
  OPTIONAL { ?x rico:birthDate ?born } OPTIONAL { ?x rico:deathDate ?died }
  OPTIONAL { ?x geo:lat ?lat ; geo:long ?long } OPTIONAL { ?x skos:definition ?definition }
} LIMIT 1"""

OFFICES = """
SELECT DISTINCT ?title ?begin ?end WHERE {
  ?holding rico:relationHasSource ?x ; a rico:PositionHoldingRelation ; rdfs:label ?title .
  OPTIONAL { ?holding rico:beginningDate ?begin } OPTIONAL { ?holding rico:endDate ?end }
} ORDER BY ?begin ?title"""

NAMES = """
SELECT ?form ?source ?source_label (COUNT(*) AS ?times) WHERE {
  GRAPH ?record {
    { ?node a kg:Mention ; oa:hasBody ?x ; kg:nameAsGiven ?form }
    UNION { ?node a kg:Participation ; prov:agent ?x ; kg:nameAsGiven ?form }
  }
  ?record prov:hadPrimarySource ?source . ?source rdfs:label ?source_label .
} GROUP BY ?form ?source ?source_label ORDER BY DESC(?times) ?form"""

LETTERS = """
SELECT DISTINCT ?document ?label ?date ?part ?other ?other_label ?status WHERE {
  VALUES (?p ?part) { (rico:hasSender "wrote") (rico:hasAddressee "received")
    (schema:ccRecipient "got a copy of") (kg:draftedBy "drafted") (kg:clearedBy "cleared")
    (kg:approvedBy "approved") (kg:signedBy "signed") (schema:translator "translated")
    (kg:participant "took part in") (kg:onBehalfOf "had sent on their behalf") }
  ?document ?p ?x ; rdfs:label ?label .
  OPTIONAL { ?document kg:date ?date }
  OPTIONAL { ?document kg:survivalStatus/skos:notation ?status }
} ORDER BY ?date ?document ?part"""

CORRESPONDENTS = """
SELECT ?other ?label (COUNT(DISTINCT ?sent) AS ?to_them) (COUNT(DISTINCT ?got) AS ?from_them) WHERE {
  { ?sent rico:hasSender ?x ; rico:hasAddressee ?other ; kg:survivalStatus kg:status-extant }
  UNION { ?got rico:hasAddressee ?x ; rico:hasSender ?other ; kg:survivalStatus kg:status-extant }
  ?other rdfs:label ?label .
} GROUP BY ?other ?label ORDER BY DESC(?to_them + ?from_them) ?label"""

HANDS = """
SELECT DISTINCT ?document ?label ?part ?other ?other_label ?date WHERE {
  ?document kg:hasLeg ?leg ; rdfs:label ?label . ?leg kg:legSeries "way" .
  { ?leg kg:handedBy ?x BIND("gave on" AS ?part) OPTIONAL { ?leg kg:handedTo ?other } }
  UNION { ?leg kg:handedTo ?x BIND("was given" AS ?part) OPTIONAL { ?leg kg:handedBy ?other } }
  UNION { ?leg kg:carriedBy ?x BIND("carried" AS ?part) OPTIONAL { ?leg kg:handedTo ?other } }
  OPTIONAL { ?other rdfs:label ?other_label }
  OPTIONAL { ?leg kg:date ?date }
} ORDER BY ?document ?part"""

EVENTS = """
SELECT DISTINCT ?event ?label ?date ?status WHERE {
  { ?event rico:hasOrHadParticipant ?x } UNION { ?event kg:place ?x } UNION { ?event rico:isOrWasPartOf ?x }
  ?event a rico:Event ; rdfs:label ?label .
  OPTIONAL { ?event kg:date ?date } OPTIONAL { ?event kg:eventStatus ?status }
} ORDER BY ?date ?label"""

NAMED_IN = """
SELECT DISTINCT ?document ?label ?date WHERE {
  ?document schema:mentions ?x ; rdfs:label ?label . OPTIONAL { ?document kg:date ?date }
} ORDER BY ?date ?document"""

SAME = """
SELECT DISTINCT ?other WHERE { { ?x owl:sameAs ?other } UNION { ?x skos:closeMatch ?other } } ORDER BY ?other"""

AT_PLACE = """
SELECT DISTINCT ?document ?label ?date ?part WHERE {
  { ?document kg:placeFrom ?x BIND("sent from here" AS ?part) }
  UNION { ?document kg:placeTo ?x BIND("sent here" AS ?part) }
  UNION { ?document kg:hasLeg/kg:place ?x BIND("handed over here" AS ?part) }
  ?document rdfs:label ?label . OPTIONAL { ?document kg:date ?date }
} ORDER BY ?date ?document"""

IN_UNIT = """
SELECT DISTINCT ?document ?label ?shelfmark ?kind WHERE {
  ?copy kg:archivalUnit ?x . ?document rico:hasOrHadInstantiation ?copy ; rdfs:label ?label .
  OPTIONAL { ?copy kg:shelfmark ?shelfmark } OPTIONAL { ?copy kg:copyKind ?kind }
} ORDER BY ?document"""

BY_CHANNEL = """
SELECT DISTINCT ?document ?label ?date WHERE {
  ?document kg:hasLeg/(kg:mode|kg:viaChannel) ?x ; rdfs:label ?label . OPTIONAL { ?document kg:date ?date }
} ORDER BY ?date ?document"""

EVENT = """
SELECT ?status ?date ?kind ?place ?place_label ?topic WHERE {
  OPTIONAL { ?x kg:eventStatus ?status } OPTIONAL { ?x kg:date ?date } OPTIONAL { ?x dcterms:type ?kind }
  OPTIONAL { ?x kg:place ?place . ?place rdfs:label ?place_label } OPTIONAL { ?x dcterms:subject ?topic }
} LIMIT 1"""

TAKING_PART = """
SELECT DISTINCT ?agent ?label ?role WHERE {
  ?x kg:participation ?part . ?part prov:agent ?agent . ?agent rdfs:label ?label .
  OPTIONAL { ?part kg:role ?role }
} ORDER BY ?label"""

SAID = """
SELECT DISTINCT ?statement ?speaker ?speaker_label ?hearer ?hearer_label ?reporter ?reporter_label ?said WHERE {
  ?statement kg:saidIn ?x ; kg:speaker ?speaker ; kg:summary ?said . ?speaker rdfs:label ?speaker_label .
  OPTIONAL { ?statement kg:hearer ?hearer . ?hearer rdfs:label ?hearer_label }
  OPTIONAL { ?statement kg:reporter ?reporter . ?reporter rdfs:label ?reporter_label }
} ORDER BY ?statement"""

REPORTED_IN = """
SELECT DISTINCT ?document ?label ?date WHERE {
  ?x kg:reportedIn ?document . ?document rdfs:label ?label . OPTIONAL { ?document kg:date ?date }
} ORDER BY ?date ?document"""

INSIDE = """
SELECT DISTINCT ?other ?label ?how WHERE {
  VALUES (?p ?how) { (skos:broader "is a kind of") (schema:containedInPlace "lies in")
    (rico:isOrWasIncludedIn "is part of") (rico:hasOrHadHolder "is held by")
    (rico:isOrWasSubordinateTo "belongs to") (dcterms:isPartOf "is part of")
    (kg:probablySame "is probably") (kg:spouseOf "is married to") (kg:siblingOf "is a sibling of")
    (kg:childOf "is a child of") (rico:hasOrHadLocation "is in") }
  ?x ?p ?other . ?other rdfs:label ?label .
} ORDER BY ?how ?label"""

HOLDS = """
SELECT DISTINCT ?other ?label WHERE {
  { ?other skos:broader ?x } UNION { ?other schema:containedInPlace ?x }
  UNION { ?other rico:isOrWasIncludedIn ?x } UNION { ?other rico:isOrWasSubordinateTo ?x }
  ?other rdfs:label ?label .
} ORDER BY ?label"""

CLAIMS = """
SELECT DISTINCT ?claim ?value ?source ?source_label ?words ?assessment ?chosen ?rule WHERE {
  ?x kg:hasClaim ?claim . ?claim rdf:value ?value .
  OPTIONAL { ?claim prov:hadPrimarySource ?source . ?source rdfs:label ?source_label }
  OPTIONAL { ?claim oa:exact ?words } OPTIONAL { ?x kg:assessment ?assessment }
  OPTIONAL { ?x kg:chosen ?chosen } OPTIONAL { ?x kg:rule ?rule }
} ORDER BY ?claim"""

ABOUT = """
SELECT DISTINCT ?other ?label WHERE { ?x kg:about ?other OPTIONAL { ?other rdfs:label ?label } } ORDER BY ?other"""

STATEMENTS = """
SELECT DISTINCT ?p ?o ?label WHERE { ?x ?p ?o OPTIONAL { ?o rdfs:label ?label } } ORDER BY ?p ?o LIMIT 300"""


def kind_of(iri: str) -> str:
    """Kind of a thing by its IRI: person, document, event, channel ..."""
    if iri.startswith(iris.CHANNELS):
        return "channel"
    if iri.startswith(iris.THINGS):
        return iri.removeprefix(iris.THINGS).partition("/")[0]
    return "term"


def thing(view: View, iri: str) -> dict[str, Any]:
    """What the page of anything but a document shows; the template leaves out what is empty."""
    kind = kind_of(iri)
    about = (view.rows(LABEL, x=iri) or [{}])[0]
    agent = kind in ("person", "body", "group", "position")
    sections: dict[str, Any] = {
        "iri": iri,
        "kind": kind,
        "about": about,
        "title": about.get("label") or iris.local(iri),
        "same": [row["other"] for row in view.rows(SAME, x=iri)],
        "inside": view.rows(INSIDE, x=iri),
        "holds": view.rows(HOLDS, x=iri),
        "named_in": _in_order(view.rows(NAMED_IN, x=iri)),
        "names": _names(view.rows(NAMES, x=iri)),
        "offices": view.rows(OFFICES, x=iri) if agent else [],
        "letters": _letters(_in_order(view.rows(LETTERS, x=iri))) if agent else [],
        "correspondents": view.rows(CORRESPONDENTS, x=iri) if agent else [],
        "hands": _in_order(view.rows(HANDS, x=iri)) if agent else [],
        "events": _in_order(view.rows(EVENTS, x=iri))
        if agent or kind in ("place", "event")
        else [],
        "at_place": _letters(_in_order(view.rows(AT_PLACE, x=iri))) if kind == "place" else [],
        "in_unit": view.rows(IN_UNIT, x=iri) if kind == "archive" else [],
        "by_channel": _in_order(view.rows(BY_CHANNEL, x=iri)) if kind == "channel" else [],
        "event": (view.rows(EVENT, x=iri) or [{}])[0] if kind == "event" else {},
        "taking_part": view.rows(TAKING_PART, x=iri) if kind == "event" else [],
        "said_there": _said(view.rows(SAID, x=iri)) if kind == "event" else [],
        "reported_in": _in_order(view.rows(REPORTED_IN, x=iri)) if kind == "event" else [],
        "conflict_claims": with_names(view, view.rows(CLAIMS, x=iri)) if kind == "conflict" else [],
        "conflict_about": view.rows(ABOUT, x=iri) if kind == "conflict" else [],
        "drawn": False,
        "on_map": False,
        "statements": [],
    }
    sections["in_time"], sections["legend"] = _in_time(sections)
    sections["on_map"] = kind == "place" and has_place(view.edition, iris.local(iri))
    sections["drawn"] = agent and has_ego(view.edition, iris.local(iri))
    if not any(sections[name] for name in ("letters", "named_in", "events", "at_place", "in_unit",
                                           "by_channel", "taking_part", "holds",
                                           "conflict_claims")):  # fmt: skip
        sections["statements"] = view.rows(STATEMENTS, x=iri)
    return sections


def _in_time(sections: dict[str, Any]) -> tuple[Markup, tuple[str, str]]:
    """A drawing of the dates on the page, and what upward and downward bars mean."""
    title = sections["title"]
    if sections["letters"]:
        dated = [(row["date"], part) for row in sections["letters"] for part in row["parts"]]
        legend = ("wrote", "received")
        words = f"Documents that {title} wrote (up) and received (down), in time"
    else:
        rows: list[Row] = next(
            (sections[n] for n in ("by_channel", "at_place", "named_in") if sections[n]), []
        )
        dated = list({row["document"]: (row["date"], "documents") for row in rows}.values())
        legend = ("documents", "")
        words = f"Documents in time: {title}"
    return in_time(dated, [name for name in legend if name], words), legend


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows by their dates, what has none last."""
    return sorted(rows, key=lambda row: chronological(row["date"]))


def _names(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Name forms, the most frequent first, each with the sources that write it so."""
    forms: dict[str, list[Row]] = {}
    for row in rows:
        forms.setdefault(row["form"], []).append(row)
    return sorted(forms.items(), key=lambda one: (-sum(int(r["times"]) for r in one[1]), one[0]))


def _letters(rows: list[Row]) -> list[dict[str, Any]]:
    """One row a document, with all parts that the person had in it."""
    found = []
    for _, group in groupby(rows, lambda r: r["document"]):
        same = list(group)
        found.append({**same[0], "parts": list(dict.fromkeys(r["part"] for r in same))})
    return found


def _said(rows: list[Row]) -> list[dict[str, Any]]:
    """Statements with all their hearers."""
    found = []
    for _, group in groupby(rows, lambda r: r["statement"]):
        same = list(group)
        hearers = {r["hearer"]: r["hearer_label"] for r in same if r["hearer"]}
        found.append({**same[0], "hearers": list(hearers.items())})
    return found
