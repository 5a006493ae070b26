"""The page of a document: facts, claims by source, its way, its copies, its words."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from kgraph import iris, queries
from kgraph.server.pages import Row, View, with_names
from kgraph.server.pages.by_source import compared, copies_once, exchange, ways
from kgraph.server.pages.pictures import has_route

FACTS = """
SELECT ?label ?status ?form ?date ?received ?regest ?classification WHERE {
  OPTIONAL { ?x rdfs:label ?label }
  OPTIONAL { ?x kg:survivalStatus/skos:notation ?status }
  OPTIONAL { ?x rico:hasDocumentaryFormType/rdfs:label ?form }
  OPTIONAL { ?x kg:date ?date }
  OPTIONAL { ?x kg:received ?received }
  OPTIONAL { ?x kg:regest ?regest }
  OPTIONAL { ?x kg:classification ?classification }
} LIMIT 1"""

PEOPLE = """
SELECT DISTINCT ?role ?agent ?label ?as ?title ?source_label WHERE {
  ?x kg:activity/kg:participation ?part .
  ?part prov:agent ?agent ; prov:hadRole ?role_concept .
  ?role_concept skos:prefLabel ?role .
  ?agent rdfs:label ?label .
  OPTIONAL { ?part kg:nameAsGiven ?as }
  OPTIONAL { ?part kg:roleAsGiven ?title }
} ORDER BY ?role ?label"""

LEGS = """
SELECT DISTINCT ?leg ?series ?index ?status ?from ?from_label ?by ?by_label ?to ?to_label ?mode
  ?channel ?channel_label ?place ?place_label ?date ?words ?given ?source ?source_label WHERE {
  ?x kg:hasLeg ?leg .
  ?leg kg:legSeries ?series ; kg:legIndex ?index ; kg:legStatus ?status .
  GRAPH ?record { ?x kg:hasLeg ?leg } ?record prov:hadPrimarySource ?source .
  ?source rdfs:label ?source_label .
  OPTIONAL { ?leg kg:handedBy ?from . ?from rdfs:label ?from_label }
  OPTIONAL { ?leg kg:carriedBy ?by . ?by rdfs:label ?by_label }
  OPTIONAL { ?leg kg:handedTo ?to . ?to rdfs:label ?to_label }
  OPTIONAL { ?leg kg:mode/skos:prefLabel ?mode }
  OPTIONAL { ?leg kg:modeAsGiven ?given }
  OPTIONAL { ?leg kg:viaChannel ?channel . ?channel skos:prefLabel ?channel_label }
  OPTIONAL { ?leg kg:place ?place . ?place rdfs:label ?place_label }
  OPTIONAL { ?leg kg:date ?date }
  OPTIONAL { ?leg oa:exact ?words }
} ORDER BY ?source_label ?series ?index ?to_label"""

COPIES = """
SELECT DISTINCT ?copy ?holder ?holder_label ?shelfmark ?kind ?unit ?unit_label ?language ?extent
  ?note ?source ?source_label WHERE {
  ?x rico:hasOrHadInstantiation ?copy .
  ?copy rico:hasOrHadHolder ?holder . ?holder rdfs:label ?holder_label .
  GRAPH ?record { ?x rico:hasOrHadInstantiation ?copy } ?record prov:hadPrimarySource ?source .
  ?source rdfs:label ?source_label .
  OPTIONAL { ?copy kg:shelfmark ?shelfmark }
  OPTIONAL { ?copy kg:copyKind ?kind }
  OPTIONAL { ?copy kg:archivalUnit ?unit . ?unit rdfs:label ?unit_label }
  OPTIONAL { ?copy dcterms:language ?language }
  OPTIONAL { ?copy kg:extent ?extent }
  OPTIONAL { ?copy skos:note ?note }
} ORDER BY ?source_label ?copy"""

DATES = """
SELECT DISTINCT ?kind ?date ?given ?certainty ?words ?note ?source ?source_label WHERE {
  ?x kg:hasDate ?claim . ?claim kg:dateKind ?kind .
  GRAPH ?record { ?x kg:hasDate ?claim } ?record prov:hadPrimarySource ?source .
  ?source rdfs:label ?source_label .
  OPTIONAL { ?claim kg:date ?date }
  OPTIONAL { ?claim kg:dateAsGiven ?given }
  OPTIONAL { ?claim kg:certainty/skos:notation ?certainty }
  OPTIONAL { ?claim oa:exact ?words0 }
  OPTIONAL { ?claim kg:evidence/oa:hasSelector/oa:exact ?words1 }
  OPTIONAL { ?claim skos:note ?note }
  BIND(COALESCE(?words0, ?words1) AS ?words)
} ORDER BY ?kind ?source_label"""

RELATED = """
SELECT DISTINCT ?how ?other ?label ?date WHERE {
  VALUES (?p ?how ?inverse) {
    (rico:isReplyTo "answers" false) (rico:isReplyTo "is answered by" true)
    (kg:encloses "encloses" false) (kg:encloses "is enclosed in" true)
    (kg:quotes "quotes" false) (kg:quotes "is quoted in" true)
    (kg:covers "forwards" false) (kg:covers "is forwarded by" true)
    (kg:attachedTo "is attached to" false) (kg:attachedTo "has attached" true)
    (rico:hasOrHadConstituent "contains" false) (rico:hasOrHadConstituent "is part of" true)
    (dcterms:isPartOf "belongs to" false) (dcterms:isPartOf "includes" true)
    (dcterms:references "refers to" false) (dcterms:references "is referred to by" true)
    (dcterms:isVersionOf "is a version of" false) (dcterms:isVersionOf "has the version" true)
    (schema:translationOfWork "translates" false) (schema:translationOfWork "is translated by" true)
    (rico:isDraftOf "is a draft of" false) (rico:isDraftOf "has the draft" true)
    (kg:proposes "proposes" false) (kg:proposes "is proposed by" true)
    (kg:reports "reports" false) (kg:thanksFor "gives thanks for" false)
    (crm:P70_documents "records" false) (kg:reportedIn "reports" true)
  }
  { ?x ?p ?other FILTER(!?inverse) } UNION { ?other ?p ?x FILTER(?inverse) }
  ?other rdfs:label ?label .
  OPTIONAL { ?other kg:date ?date }
} ORDER BY ?how ?date ?label"""

CONFLICTS = """
SELECT DISTINCT ?conflict ?kind ?property ?value ?source ?source_label ?words ?assessment ?chosen ?rule
WHERE {
  ?conflict a kg:Conflict ; kg:about ?x ; kg:onProperty ?property ; kg:hasClaim ?claim .
  ?claim rdf:value ?value .
  OPTIONAL { ?conflict kg:conflictKind ?kind }
  OPTIONAL { ?claim prov:hadPrimarySource ?source . ?source rdfs:label ?source_label }
  OPTIONAL { ?claim oa:exact ?words }
  OPTIONAL { ?conflict kg:assessment ?assessment }
  OPTIONAL { ?conflict kg:chosen ?chosen }
  OPTIONAL { ?conflict kg:rule ?rule }
} ORDER BY ?conflict ?claim"""

MENTIONS = """
SELECT ?thing ?label (GROUP_CONCAT(DISTINCT ?as; separator=" · ") AS ?words) (COUNT(*) AS ?times) WHERE {
  GRAPH ?record { ?mention a kg:Mention ; oa:hasBody ?thing ; kg:nameAsGiven ?as }
  ?record kg:describes ?x .
  ?thing rdfs:label ?label .
} GROUP BY ?thing ?label ORDER BY DESC(?times) ?label"""

MORE = """
SELECT DISTINCT ?name ?value WHERE {
  { ?x kg:handling ?value BIND("Handling" AS ?name) }
  UNION { ?x dcterms:language ?value BIND("Language" AS ?name) }
  UNION { ?x dcterms:subject ?value BIND("Subject" AS ?name) }
  UNION { ?x rico:hasOrHadIdentifier ?n . ?n kg:numberKind ?k ; rdf:value ?v
          BIND(CONCAT(UCASE(SUBSTR(?k, 1, 1)), SUBSTR(?k, 2), " number") AS ?name) BIND(?v AS ?value) }
  UNION { ?x kg:printedIn ?p . ?p rdfs:label ?l . OPTIONAL { ?p schema:pagination ?pg }
          BIND("Printed in" AS ?name) BIND(CONCAT(?l, COALESCE(CONCAT(", ", ?pg), "")) AS ?value) }
} ORDER BY ?name ?value"""

PLACES = """
SELECT DISTINCT ?name ?place ?label WHERE {
  { ?x kg:placeFrom ?place BIND("From" AS ?name) } UNION { ?x kg:placeTo ?place BIND("To" AS ?name) }
  ?place rdfs:label ?label .
} ORDER BY ?name ?label"""

RECORDS = """
SELECT DISTINCT ?record ?id ?title ?locator ?source ?source_label ?rights ?url WHERE {
  ?record kg:describes ?x ; prov:hadPrimarySource ?source ; kg:localId ?id .
  ?source rdfs:label ?source_label .
  OPTIONAL { ?record dcterms:title ?title }
  OPTIONAL { ?record kg:locator ?locator }
  OPTIONAL { ?source dc:rights ?rights }
  OPTIONAL { ?source schema:url ?url }
} ORDER BY ?source_label ?id"""

ABOUT = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?x kg:about ?d }"
CHIEFLY = 3
"""Documents up to which a conflict is shown in full on the page of each."""

ROLES = ("Sender", "On behalf of", "Signer", "Addressee", "Copy recipient", "Drafter", "Clearer",
         "Approver", "Translator", "Participant")  # fmt: skip


def letter(view: View, iri: str) -> dict[str, Any]:
    """What the page of a document shows."""
    facts = (view.rows(FACTS, x=iri) or [{}])[0]
    people: dict[str, list[Row]] = {role: [] for role in ROLES}
    for row in view.rows(PEOPLE, x=iri):
        listed = people.setdefault(row["role"], [])
        if all(row["agent"] != other["agent"] for other in listed):
            listed.append(row)
    conflicts = [
        list(rows)
        for _, rows in groupby(
            with_names(view, view.rows(CONFLICTS, x=iri)), lambda r: r["conflict"]
        )
    ]
    spread = {c[0]["conflict"]: _documents_in(view, c[0]["conflict"]) for c in conflicts}
    legs = view.rows(LEGS, x=iri)
    dates = view.rows(DATES, x=iri)
    return {
        "iri": iri,
        "title": facts.get("label") or iris.local(iri),
        "facts": facts,
        "people": {role: rows for role, rows in people.items() if rows},
        "places": view.rows(PLACES, x=iri),
        "more": view.rows(MORE, x=iri),
        "ways": ways([row for row in legs if row["series"] == "way"]),
        "other_legs": [row for row in legs if row["series"] != "way"],
        "copies": copies_once(view.rows(COPIES, x=iri)),
        "dates": dates,
        "compared": compared(view, iri, dates, ROLES),
        "exchange": exchange(view, iri, people),
        "related": [
            (how, list(rows))
            for how, rows in groupby(view.rows(RELATED, x=iri), lambda r: r["how"])
        ],
        "conflicts": [c for c in conflicts if spread[c[0]["conflict"]] <= CHIEFLY],
        "shared_conflicts": [
            (c, spread[c[0]["conflict"]]) for c in conflicts if spread[c[0]["conflict"]] > CHIEFLY
        ],
        "drawn": bool(legs) and has_route(view.edition, iris.local(iri)),
        "evidence": _evidence(view, iri),
        "mentions": view.rows(MENTIONS, x=iri),
        "records": view.rows(RECORDS, x=iri),
    }


def _documents_in(view: View, conflict: str) -> int:
    """How many documents a conflict is about."""
    return int(view.rows(ABOUT, x=conflict)[0]["n"])


def _evidence(view: View, iri: str) -> list[tuple[str, list[Row]]]:
    """The words that facts of the document rest on, by property, as the ready question
    ``evidence`` gives them."""
    rows = [
        row for row in view.rows(queries.named()["evidence"].text, document=iri) if row["words"]
    ]
    for row in rows:
        row["value"] = iris.local(row["value"]) if row["value"].startswith("http") else row["value"]
        row["locator"] = _place_in(row["locator"])
    rows.sort(key=lambda r: (r["property"], r["source"], r["locator"]))
    return [(name, list(same)) for name, same in groupby(rows, lambda r: r["property"])]


def _place_in(locator: str) -> str:
    """``a.txt#char=10,78`` as "a.txt, characters 10–78"."""
    name, _, span = locator.partition("#char=")
    if not span:
        return f"characters {name.replace('-', '–')}" if name[:1].isdigit() else name
    return f"{name}, characters {span.replace(',', '–')}"
