"""Events, conversations, conflicts and same-document links -> statements."""

from __future__ import annotations

from kgraph import iris, vocab
from kgraph.mapping.context import Context
from kgraph.mapping.documents import RELATIONS, RecordMapping, numbered
from kgraph.mapping.statements import Statements
from kgraph.model import Conflict, Event, Identity, Record, Redirect

_CONVERSATIONS = ("conversation", "meeting", "talk", "telephone", "briefing", "handing-over")


def event_lines(event: Event, context: Context) -> list[str]:
    """Lines of the named graph of one event as one source reports it."""
    stand_in = Record(id=event.id, source=event.source)
    writer = RecordMapping(stand_in, context)
    graph = writer.graph
    writer.about = about = iris.thing(event.id)
    out, derived = writer.out, writer.derived
    out.kind(graph, "kg:SourceRecord")
    out.link(graph, "kg:describes", about)
    out.link(graph, "prov:hadPrimarySource", iris.source(event.source))
    out.text(graph, "kg:locator", event.locator)
    out.text(graph, "oa:exact", event.words)
    out.kind(about, "rico:Event")
    if event.statements or any(word in event.kind for word in _CONVERSATIONS):
        out.kind(about, "kg:Conversation")
    out.text(about, "rdfs:label", event.label)
    out.text(about, "kg:localId", event.id)
    out.text(about, "dcterms:type", event.kind)
    out.text(about, "kg:eventStatus", event.status)
    out.text(about, "dcterms:subject", event.topic)
    out.text(about, "skos:note", event.note)
    if event.date:
        writer.plain_date(about, event.date)
        if event.date.note or event.date.certainty != "stated" or event.date.locator:
            writer.date(about, "event", event.date, "event")
    for place in ((event.place,) if event.place else ()) + event.other_places:
        out.link(about, "kg:place", context.place(place.name, place.id, event.id))
    for n, participant in enumerate(event.participants, 1):
        agent = writer.participation(about, "participant", n, participant.party)
        out.text(iris.part(graph, "participant", n), "kg:role", participant.role)
        derived.link(about, "rico:hasOrHadParticipant", agent)
    for document in event.reported_in:
        out.link(about, "kg:reportedIn", context.document(document))
    if event.part_of:
        out.link(about, "rico:isOrWasPartOf", iris.thing(event.part_of))
    for leg, n in numbered(event.legs):
        writer.leg(leg, n)
    for n, said in enumerate(event.statements, 1):
        node = iris.part(graph, "statement", n)
        out.kind(node, "kg:Statement")
        out.link(node, "kg:saidIn", about)
        out.link(node, "kg:speaker", context.agent(said.speaker, event.source, event.id))
        for hearer in said.hearers:
            out.link(node, "kg:hearer", context.agent(hearer, event.source, event.id))
        if said.reporter:
            out.link(node, "kg:reporter", context.agent(said.reporter, event.source, event.id))
        out.text(node, "kg:summary", said.summary, "en")
        for local_id in said.about:
            out.link(node, "kg:about", context.thing(local_id))
        writer.evidence(node, said)
    for n, relation in enumerate(event.relations, 1):
        node = iris.part(graph, "relation", n)
        target = context.thing(relation.target)
        out.kind(node, "kg:Relation")
        out.link(node, "rico:relationHasSource", about)
        out.link(node, "rico:relationHasTarget", target)
        out.text(node, "kg:relationType", relation.type)
        writer.evidence(node, relation)
        name, inverse = RELATIONS.get(relation.type, ("kg:related", False))
        derived.link(*((target, name, about) if inverse else (about, name, target)))
    writer.remarks(event.remarks)
    return out.lines + derived.lines + context.take_agents()


def conflict_lines(conflict: Conflict, context: Context) -> list[str]:
    """Lines about a conflict that a reader noted: every claim stays."""
    graph = iris.record(f"conflict/{conflict.id.removeprefix('conflict/')}")
    node = iris.thing(f"conflict/{conflict.id.removeprefix('conflict/')}")
    out = Statements(graph)
    out.kind(graph, "kg:SourceRecord")
    out.link(graph, "kg:describes", node)
    out.link(graph, "prov:hadPrimarySource", iris.source(conflict.source))
    out.kind(node, "kg:Conflict")
    out.text(node, "kg:localId", f"conflict/{conflict.id.removeprefix('conflict/')}")
    out.text(node, "rdfs:label", f"{conflict.kind}: {conflict.property} of {conflict.subject}")
    out.text(node, "kg:conflictKind", conflict.kind)
    out.text(node, "kg:onProperty", conflict.property)
    for local_id in (conflict.subject, *conflict.subjects):
        out.link(node, "kg:about", context.thing(local_id))
    for n, claim in enumerate(conflict.claims, 1):
        part = iris.part(graph, "claim", n)
        out.kind(part, "kg:Claim")
        out.link(node, "kg:hasClaim", part)
        out.text(part, "rdf:value", claim.value)
        out.link(part, "prov:hadPrimarySource", iris.source(claim.source))
        if claim.record:
            out.link(part, "prov:wasDerivedFrom", iris.record(claim.record))
        out.text(part, "kg:locator", claim.locator)
        out.text(part, "oa:exact", claim.words)
    out.text(node, "kg:assessment", conflict.assessment, "en")
    out.text(node, "kg:chosen", conflict.preferred)
    out.text(node, "kg:rule", conflict.rule)
    return out.lines


def identity_lines(identity: Identity, context: Context) -> list[str]:
    """Lines about the link between records of one document. The ids that are not
    canonical stay as aliases, so that an IRI once published keeps its meaning."""
    out = Statements(iris.DERIVED)
    about = context.document(identity.document)
    node = iris.thing(f"same/{identity.document}/{iris.slug(' '.join(identity.records))}")
    out.kind(node, "kg:SameDocument")
    out.link(node, "kg:about", about)
    for record in identity.records:
        out.link(node, "kg:sameDocument", iris.record(record))
        alias = iris.document(record)
        if alias != about:
            out.link(alias, "owl:sameAs", about)
            out.link(alias, "dcterms:isReplacedBy", about)
    for reason in identity.reasons:
        out.text(node, "kg:reason", reason)
    out.typed(node, "kg:probability", identity.score, "xsd:decimal")
    out.link(node, "kg:certainty", vocab.iri(f"kg:certainty-{identity.certainty}"))
    if identity.source:
        out.link(node, "prov:hadPrimarySource", iris.source(identity.source))
    return out.lines


def redirect_lines(redirect: Redirect) -> list[str]:
    """Lines about an id that was merged into another, split, or given up."""
    out = Statements(iris.DERIVED)
    old = iris.thing(redirect.id)
    out.text(old, "kg:localId", redirect.id)
    if redirect.to:
        out.link(old, "owl:sameAs", iris.thing(redirect.to))
        out.link(old, "dcterms:isReplacedBy", iris.thing(redirect.to))
    else:
        out.typed(old, "owl:deprecated", "true", "xsd:boolean")
    for part in redirect.parts:
        out.link(old, "dcterms:isReplacedBy", iris.thing(part))
    out.typed(old, "kg:probability", redirect.probability, "xsd:decimal")
    for reason in redirect.reasons:
        out.text(old, "kg:reason", reason)
    out.text(old, "dc:contributor", redirect.reviewer)
    return out.lines
