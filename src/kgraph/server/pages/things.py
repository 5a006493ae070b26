"""Pages of persons, bodies, places, events, archives, channels and whatever else there is."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from markupsafe import Markup

from kgraph import iris
from kgraph.server.pages import Row, View, named_iris, tallies, with_names
from kgraph.server.pages.drawing import in_time
from kgraph.server.pages.filling import kind_of
from kgraph.server.pages.letter_list import in_time as by_month
from kgraph.server.pages.many import Documents, documents
from kgraph.server.pages.pictures import has_ego, has_place
from kgraph.server.pages.words import chronological

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

NAMES = (
    """SELECT ?form ?source (COUNT(*) AS ?times) WHERE {
      GRAPH ?record { ?node oa:hasBody ?x ; kg:nameAsGiven ?form } ?record prov:hadPrimarySource ?source
    } GROUP BY ?form ?source""",
    """SELECT ?form ?source (COUNT(*) AS ?times) WHERE {
      GRAPH ?record { ?node prov:agent ?x ; a kg:Participation ; kg:nameAsGiven ?form }
      ?record prov:hadPrimarySource ?source } GROUP BY ?form ?source""",
)
"""Two queries without names of sources: in one, the store would begin with all records."""

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

HANDS = """
SELECT DISTINCT ?document ?label ?part ?other ?other_label ?date WHERE {
  { ?leg kg:handedBy ?x ; kg:legSeries "way" . ?document kg:hasLeg ?leg ; rdfs:label ?label
    BIND("gave on" AS ?part) OPTIONAL { ?leg kg:handedTo ?other . ?other rdfs:label ?other_label }
    OPTIONAL { ?leg kg:date ?date } }
  UNION { ?leg kg:handedTo ?x ; kg:legSeries "way" . ?document kg:hasLeg ?leg ; rdfs:label ?label
    BIND("was given" AS ?part) OPTIONAL { ?leg kg:handedBy ?other . ?other rdfs:label ?other_label }
    OPTIONAL { ?leg kg:date ?date } }
  UNION { ?leg kg:carriedBy ?x ; kg:legSeries "way" . ?document kg:hasLeg ?leg ; rdfs:label ?label
    BIND("carried" AS ?part) OPTIONAL { ?leg kg:handedTo ?other . ?other rdfs:label ?other_label }
    OPTIONAL { ?leg kg:date ?date } }
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
  { ?document kg:placeFrom ?x ; rdfs:label ?label BIND("sent from here" AS ?part)
    OPTIONAL { ?document kg:date ?date } }
  UNION { ?document kg:placeTo ?x ; rdfs:label ?label BIND("sent here" AS ?part)
    OPTIONAL { ?document kg:date ?date } }
  UNION { ?leg kg:place ?x . ?document kg:hasLeg ?leg ; rdfs:label ?label
    BIND("handed over here" AS ?part) OPTIONAL { ?document kg:date ?date } }
} ORDER BY ?date ?document"""

IN_UNIT = """
SELECT DISTINCT ?document ?label ?shelfmark ?kind ?date WHERE {
  ?copy kg:archivalUnit ?x . ?document rico:hasOrHadInstantiation ?copy ; rdfs:label ?label .
  OPTIONAL { ?copy kg:shelfmark ?shelfmark } OPTIONAL { ?copy kg:copyKind ?kind }
  OPTIONAL { ?document kg:date ?date }
} ORDER BY ?document"""

BY_CHANNEL = """
SELECT DISTINCT ?document ?label ?date WHERE {
  { ?leg kg:mode ?x } UNION { ?leg kg:viaChannel ?x }
  ?document kg:hasLeg ?leg ; rdfs:label ?label . OPTIONAL { ?document kg:date ?date }
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


LISTED = {
    "letters": (LETTERS, ("rico:hasSender", "rico:hasAddressee", "kg:participant"), "person"),
    "named_in": (NAMED_IN, ("schema:mentions",), "named"),
    "at_place": (AT_PLACE, ("kg:placeFrom", "kg:placeTo"), "place"),
    "in_unit": (IN_UNIT, ("kg:archivalUnit",), "archive"),
    "by_channel": (BY_CHANNEL, ("kg:channel",), "channel"),
}
"""Lists of documents on a page: the query, what points at the thing, its facet."""
LISTS_OF = {"place": ("at_place",), "archive": ("in_unit",), "channel": ("by_channel",)}
NAMED = 500
"""Correspondents whose names are asked for; further ones are counted on the page."""
AGENTS = ("person", "body", "group", "position")


def thing(view: View, iri: str) -> dict[str, Any]:
    """What the page of anything but a document shows; the template leaves out what is empty."""
    kind = kind_of(iri)
    about = (view.rows(LABEL, x=iri) or [{}])[0]
    agent = kind in AGENTS
    wanted = ("named_in", *(("letters",) if agent else LISTS_OF.get(kind, ())))
    listed = {name: documents(view, iri, *LISTED[name]) for name in wanted}
    found = {name: listed[name].rows if name in listed else [] for name in LISTED}
    sections: dict[str, Any] = {
        "iri": iri,
        "kind": kind,
        "about": about,
        "title": about.get("label") or iris.local(iri),
        "same": [row["other"] for row in view.rows(SAME, x=iri)],
        "inside": view.rows(INSIDE, x=iri),
        "holds": view.rows(HOLDS, x=iri),
        **found,
        "letters": _letters(iri, listed["letters"]) if agent else [],
        "at_place": _parts(found["at_place"]),
        "all": {name: one for name, one in listed.items() if one.address},
        "names": _names(view, iri, often=any(one.first for one in listed.values())),
        "offices": view.rows(OFFICES, x=iri) if agent else [],
        "correspondents": _correspondents(view, iri) if agent else [],
        "hands": _in_order(view.rows(HANDS, x=iri)) if agent else [],
        "events": _in_order(view.rows(EVENTS, x=iri))
        if agent or kind in ("place", "event")
        else [],
        "event": (view.rows(EVENT, x=iri) or [{}])[0] if kind == "event" else {},
        "taking_part": view.rows(TAKING_PART, x=iri) if kind == "event" else [],
        "said_there": _said(view.rows(SAID, x=iri)) if kind == "event" else [],
        "reported_in": _in_order(view.rows(REPORTED_IN, x=iri)) if kind == "event" else [],
        "conflict_claims": with_names(view, view.rows(CLAIMS, x=iri)) if kind == "conflict" else [],
        "conflict_about": view.rows(ABOUT, x=iri) if kind == "conflict" else [],
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
    chief = next(
        (n for n in ("letters", "by_channel", "at_place", "in_unit", "named_in") if sections[n]), ""
    )
    words = f"Documents in time: {title}"
    if chief in sections["all"]:
        return by_month(sections["all"][chief].counts, words), ("documents", "")
    if chief == "letters":
        dated = [(row["date"], part) for row in sections["letters"] for part in row["parts"]]
        words = f"Documents that {title} wrote (up) and received (down), in time"
        return in_time(dated, ["wrote", "received"], words), ("wrote", "received")
    rows: list[Row] = sections[chief] if chief else []
    dated = list({row["document"]: (row["date"], "documents") for row in rows}.values())
    return in_time(dated, ["documents"], words), ("documents", "")


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows by their dates, what has none last."""
    return sorted(rows, key=lambda row: chronological(row["date"]))


def _names(view: View, iri: str, often: bool) -> list[tuple[str, list[Row]]]:
    """Name forms, the most frequent first, each with the sources that write it so, or, of
    somebody who is named very often, with one row that has no source."""
    times: Counter[tuple[str, str]] = Counter()
    if often:
        times.update({(form, ""): count for form, count in tallies.forms(view, iri).items()})
    else:
        for query in NAMES:
            for row in view.rows(query, x=iri):
                times[row["form"], row["source"]] += int(row["times"])
    labels = named_iris(view, {source for _, source in times if source})
    forms: dict[str, list[Row]] = {}
    for (form, source), count in sorted(times.items(), key=lambda one: (-one[1], one[0])):
        told = {"source": source, "source_label": labels.get(source, ""), "times": str(count)}
        forms.setdefault(form, []).append(told)
    return sorted(forms.items(), key=lambda one: (-sum(int(r["times"]) for r in one[1]), one[0]))


def _correspondents(view: View, iri: str) -> list[Row]:
    """With whom letters were exchanged, and how many in each direction; most first."""
    to_them, from_them = tallies.sent_to(view, iri), tallies.got_from(view, iri)
    total = Counter(to_them) + Counter(from_them)
    ordered = sorted(total, key=lambda other: (-total[other], other))
    labels = named_iris(view, ordered[:NAMED])
    found = [
        {"other": other, "label": labels.get(other) or iris.local(other),
         "to_them": str(to_them.get(other, 0)), "from_them": str(from_them.get(other, 0))}
        for other in ordered
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-total[row["other"]], row["label"], row["other"]))


def _letters(iri: str, found: Documents) -> list[dict[str, Any]]:
    """One row a document, with all parts that the person had in it."""
    if not found.ends:
        return _parts(found.rows)
    return [{**row, "parts": _part_in(iri, found.ends[row["document"]])} for row in found.rows]


def _part_in(iri: str, ends: dict[str, Any]) -> list[str]:
    parts = [part for name, part in (("from", "wrote"), ("to", "received"))
             if any(whom == iri for whom, _ in ends.get(name, ()))]  # fmt: skip
    return parts or ["took part in"]


def _parts(rows: list[Row]) -> list[dict[str, Any]]:
    """One row a document, with all its parts."""
    found = []
    for _, group in groupby(rows, lambda r: r["document"]):
        same = list(group)
        parts = list(dict.fromkeys(r["part"] for r in same if "part" in r))
        found.append({**same[0], "parts": parts})
    return found


def _said(rows: list[Row]) -> list[dict[str, Any]]:
    """Statements with all their hearers."""
    found = []
    for _, group in groupby(rows, lambda r: r["statement"]):
        same = list(group)
        hearers = {r["hearer"]: r["hearer_label"] for r in same if r["hearer"]}
        found.append({**same[0], "hearers": list(hearers.items())})
    return found
