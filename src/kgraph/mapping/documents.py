"""A source record about a document -> the statements of its named graph."""

from __future__ import annotations

import re

from kgraph import iris, vocab
from kgraph.mapping.context import Context
from kgraph.mapping.statements import Statements
from kgraph.model import (
    Date,
    Holding,
    Leg,
    Mention,
    Party,
    Printing,
    Record,
    Relation,
    Remark,
    Spanned,
)

_ID = re.compile(r"^[^\s/]+/\S+$")

RELATIONS: dict[str, tuple[str, bool]] = {
    # type of relation -> (property, whether it runs from the target to this document)
    "reply-to": ("rico:isReplyTo", False),
    "encloses": ("kg:encloses", False),
    "enclosed-in": ("kg:encloses", True),
    "enclosure-of": ("kg:encloses", True),
    "quotes": ("kg:quotes", False),
    "quoted-in": ("kg:quotes", True),
    "cites": ("dcterms:references", False),
    "cited-in": ("dcterms:references", True),
    "cover-of": ("kg:covers", False),
    "covered-by": ("kg:covers", True),
    "draft-of": ("rico:isDraftOf", False),
    "version-of": ("dcterms:isVersionOf", False),
    "translation-of": ("schema:translationOfWork", False),
    "part-of": ("dcterms:isPartOf", False),
    "contains": ("dcterms:isPartOf", True),
    "attached-to": ("kg:attachedTo", False),
    "proposes": ("kg:proposes", False),
    "reports": ("kg:reports", False),
    "records": ("crm:P70_documents", False),
    "thanks-for": ("kg:thanksFor", False),
}

ROLES = (
    # field of the record, activity, role, shortcut in the derived graph
    ("senders", "sending", "sender", "rico:hasSender"),
    ("on_behalf_of", "sending", "on-behalf-of", "kg:onBehalfOf"),
    ("signed", "sending", "signer", "kg:signedBy"),
    ("addressees", "sending", "addressee", "rico:hasAddressee"),
    ("copies_to", "sending", "copy-recipient", "schema:ccRecipient"),
    ("drafters", "drafting", "drafter", "kg:draftedBy"),
    ("clearers", "drafting", "clearer", "kg:clearedBy"),
    ("approvers", "drafting", "approver", "kg:approvedBy"),
    ("translators", "translating", "translator", "schema:translator"),
    ("participants", "conversation", "participant", "kg:participant"),
)
_CLASS_OF_ACTIVITY = {
    "sending": "kg:Sending",
    "drafting": "kg:Drafting",
    "translating": "kg:Translating",
    "conversation": "kg:Conversation",
}


class RecordMapping:
    """Writes one record. `about` and `graph` are IRIs of the document and the record."""

    def __init__(self, record: Record, context: Context) -> None:
        self.record = record
        self.context = context
        self.about = context.document(record.about)
        self.graph = iris.record(record.id)
        self.out = Statements(self.graph)
        self.derived = Statements(iris.DERIVED)
        self._spans: set[str] = set()

    def lines(self) -> list[str]:
        self._provenance()
        self._description()
        self._parties()
        for name, date in (
            ("written", self.record.date),
            ("sent", self.record.sent),
            ("received", self.record.received),
        ):
            if date:
                self.date(self.about, name, date, name)
        for n, date in enumerate(self.record.other_dates, 1):
            self.date(self.about, "other", date, "other", n)
        for leg in numbered(self.record.legs):
            self.leg(*leg)
        for n, holding in enumerate(self.record.holdings, 1):
            self._holding(n, holding)
        for n, printing in enumerate(self.record.printed_in, 1):
            self._printing(n, printing)
        for n, relation in enumerate(self.record.relations, 1):
            self._relation(n, relation)
        for n, mention in enumerate(self.record.mentions, 1):
            self._mention(n, mention)
        self._remarks()
        return self.out.lines + self.derived.lines + self.context.take_agents()

    def _provenance(self) -> None:
        r, out = self.record, self.out
        out.kind(self.graph, "kg:SourceRecord")
        out.link(self.graph, "kg:describes", self.about)
        out.link(self.graph, "prov:hadPrimarySource", iris.source(r.source))
        out.text(self.graph, "kg:localId", r.id)
        out.text(self.graph, "rdfs:label", f"{r.source}: {r.title or r.id}")
        out.text(self.graph, "kg:locator", r.locator)
        out.text(self.graph, "kg:numberInSource", r.number)
        out.text(self.graph, "schema:url", r.url)
        out.link(self.graph, "kg:survivalStatus", vocab.iri(f"kg:status-{r.status}"))
        for part in r.unparsed:
            out.text(self.graph, "kg:unparsed", part.text)

    def _description(self) -> None:
        """The record bears what its source gives; what the document bears is derived."""
        r, out = self.record, self.out
        out.text(self.graph, "dcterms:title", r.title)
        out.text(self.graph, "kg:kindAsGiven", r.kind)
        if r.form != "other":
            out.link(self.graph, "rico:hasDocumentaryFormType", vocab.iri(f"kg:form-{r.form}"))
        out.text(self.graph, "kg:classification", r.classification)
        for mark in r.handling:
            out.text(self.graph, "kg:handling", mark)
        for predicate, place in (("kg:placeFrom", r.place), ("kg:placeTo", r.place_to)):
            if place:
                iri = self.context.place(place.name, place.id, r.id)
                out.link(self.graph, predicate, iri)
                if place.start is not None or place.words or place.locator:
                    self._fact(predicate, place.name, place)
        for n, number in enumerate(r.numbers, 1):
            node = iris.part(self.graph, "number", n)
            out.kind(node, "rico:Identifier")
            out.link(self.about, "rico:hasOrHadIdentifier", node)
            out.text(node, "kg:numberKind", number.kind)
            out.text(node, "rdf:value", number.value)
            self.evidence(node, number)

    def _parties(self) -> None:
        begun: set[str] = set()
        for field, activity, role, shortcut in ROLES:
            parties: tuple[Party, ...] = getattr(self.record, field)
            node = iris.part(self.graph, activity)
            if parties and activity not in begun:
                begun.add(activity)
                self.out.kind(node, _CLASS_OF_ACTIVITY[activity])
                self.out.link(self.about, "kg:activity", node)
                if activity == "conversation":  # an event, and every event has a label
                    what = self.record.title or self.record.about
                    self.out.text(node, "rdfs:label", f"Conversation recorded in {what}", "en")
            for n, party in enumerate(parties, 1):
                agent = self.participation(node, role, n, party)
                self.derived.link(self.about, shortcut, agent)
        if self.record.status == "extant":
            for sender in self.record.senders:
                for addressee in self.record.addressees:
                    self.derived.link(
                        self.context.agent(sender, self.record.source, self.record.id),
                        "kg:wroteTo",
                        self.context.agent(addressee, self.record.source, self.record.id),
                    )

    def participation(self, activity: str, role: str, n: int, party: Party) -> str:
        """One agent's part in an activity; returns the agent's IRI."""
        out = self.out
        agent = self.context.agent(party, self.record.source, self.record.id)
        node = iris.part(self.graph, role, n)
        out.kind(node, "kg:Participation")
        out.link(activity, "kg:participation", node)
        out.link(node, "prov:agent", agent)
        out.link(node, "prov:hadRole", vocab.iri(f"kg:role-{role}"))
        out.text(node, "kg:nameAsGiven", party.name)
        out.text(node, "kg:roleAsGiven", party.role)
        out.text(node, "kg:officeSymbol", party.office)
        if party.ref and party.ref.startswith(("http://", "https://")):
            out.link(node, "rdfs:seeAlso", _safe(party.ref))
        else:
            out.text(node, "dcterms:identifier", party.ref)
        if party.holder:
            out.link(node, "kg:officeHolder", iris.thing(party.holder))
        if party.place:
            out.link(node, "kg:place", self.context.place(party.place, None, self.record.id))
        if party.date:
            self.plain_date(node, party.date)
        self._link_reasons(node, party.probability, party.reasons)
        self.evidence(node, party)
        return agent

    def _link_reasons(self, node: str, probability: float | None, reasons: tuple[str, ...]) -> None:
        """How sure the link to an authority entry is, and why."""
        self.out.typed(node, "kg:probability", probability, "xsd:decimal")
        for reason in reasons:
            self.out.text(node, "kg:reason", reason)

    def plain_date(self, node: str, date: Date) -> None:
        """A date on a node of its own: a leg, a participation, an event."""
        if date.edtf:
            self.out.typed(node, "kg:date", date.edtf, "edtf:EDTF")
        self.out.typed(node, "kg:earliest", date.earliest, "xsd:dateTime")
        self.out.typed(node, "kg:latest", date.latest, "xsd:dateTime")
        if date.text != date.edtf:
            self.out.text(node, "kg:dateAsGiven", date.text)

    def date(self, owner: str, kind: str, date: Date, *path: object) -> None:
        """A date claim about `owner`."""
        node = iris.part(self.graph, "date", *path)
        self.out.kind(node, "kg:DateClaim")
        self.out.link(owner, "kg:hasDate", node)
        self.out.text(node, "kg:dateKind", kind)
        self.plain_date(node, date)
        if date.calendar != "gregorian":
            self.out.text(node, "kg:calendar", date.calendar)
        self.evidence(node, date)

    def leg(self, leg: Leg, n: int) -> None:
        out = self.out
        node = iris.part(self.graph, "leg", leg.series, leg.index, *([n] if n > 1 else []))
        out.kind(node, "kg:TransmissionLeg", "crm:E10_Transfer_of_Custody")
        out.link(self.about, "kg:hasLeg", node)
        out.typed(node, "kg:legIndex", leg.index, "xsd:integer")
        out.text(node, "kg:legSeries", leg.series)
        out.text(node, "kg:legStatus", leg.status)
        for predicate, first, rest in (
            ("kg:handedBy", leg.from_, leg.also_from),
            ("kg:carriedBy", leg.by, leg.also_by),
            ("kg:handedTo", leg.to, leg.also_to),
        ):
            for party in ((first,) if first else ()) + rest:
                out.link(
                    node, predicate, self.context.agent(party, self.record.source, self.record.id)
                )
        notations = vocab.channels()
        if leg.mode:
            known = leg.mode in notations
            out.link(node, "kg:mode", iris.channel(leg.mode if known else "not stated"))
            out.text(node, "kg:modeAsGiven", leg.mode_text or (None if known else leg.mode))
        else:
            out.text(node, "kg:modeAsGiven", leg.mode_text)
        if leg.channel in notations:
            out.link(node, "kg:viaChannel", iris.channel(leg.channel or ""))
        if leg.place:
            out.link(
                node, "kg:place", self.context.place(leg.place.name, leg.place.id, self.record.id)
            )
        if leg.place_to:
            out.link(
                node,
                "kg:placeTo",
                self.context.place(leg.place_to.name, leg.place_to.id, self.record.id),
            )
        if leg.date:
            self.plain_date(node, leg.date)
        self.evidence(node, leg)

    def _holding(self, n: int, holding: Holding) -> None:
        out = self.out
        node = iris.part(self.graph, "copy", n)
        out.kind(node, "rico:Instantiation")
        out.link(self.about, "rico:hasOrHadInstantiation", node)
        holder = Party(name=holding.holder, kind="body", id=holding.holder_id)
        out.link(
            node,
            "rico:hasOrHadHolder",
            self.context.agent(holder, self.record.source, self.record.id),
        )
        if holding.id:
            out.link(node, "kg:archivalUnit", iris.thing(holding.id))
        out.text(node, "kg:shelfmark", holding.shelfmark)
        out.text(node, "kg:copyKind", holding.copy)
        out.text(node, "kg:kindAsGiven", holding.form)
        out.text(node, "dcterms:language", holding.language)
        out.text(node, "kg:extent", holding.extent)
        if holding.witness_of:
            out.link(node, "kg:witnessOf", self.context.document(holding.witness_of))
        if holding.date:
            self.date(node, "copy", holding.date, "copy", n)
        self.evidence(node, holding)

    def _printing(self, n: int, printing: Printing) -> None:
        out = self.out
        node = iris.part(self.graph, "printing", n)
        out.kind(node, "kg:Printing")
        out.link(self.about, "kg:printedIn", node)
        out.text(node, "rdfs:label", printing.publication)
        if printing.id:
            out.link(node, "dcterms:isPartOf", iris.thing(printing.id))
        out.text(node, "schema:pagination", printing.pages)
        if printing.in_part:
            out.typed(node, "kg:inPart", "true", "xsd:boolean")
        out.text(node, "kg:difference", printing.differs)
        if printing.date:
            self.plain_date(node, printing.date)
        self.evidence(node, printing)

    def _relation(self, n: int, relation: Relation) -> None:
        out = self.out
        node = iris.part(self.graph, "relation", n)
        out.kind(node, "kg:Relation")
        out.link(node, "rico:relationHasSource", self.about)
        out.text(node, "kg:relationType", relation.type)
        out.text(node, "kg:nameAsGiven", relation.text)
        if _ID.match(relation.target):
            target = self.context.thing(relation.target)
            out.link(node, "rico:relationHasTarget", target)
            name, inverse = RELATIONS.get(relation.type, ("kg:related", False))
            here, there = (target, self.about) if inverse else (self.about, target)
            self.derived.link(here, name, there)
        else:
            out.text(node, "kg:nameAsGiven", relation.target)
        self.evidence(node, relation)

    def _mention(self, n: int, mention: Mention) -> None:
        out = self.out
        node = iris.part(self.graph, "mention", n)
        out.kind(node, "kg:Mention")
        out.text(node, "kg:nameAsGiven", mention.text)
        out.text(node, "dcterms:type", mention.type)
        out.text(node, "kg:role", mention.role)
        out.text(node, "kg:nameForm", mention.form)
        out.text(node, "kg:coreName", mention.core)
        if mention.id:
            thing = self.context.thing(mention.id)
            out.link(node, "oa:hasBody", thing)
            if mention.id != self.record.about:  # "this letter" in itself
                self.derived.link(self.about, "schema:mentions", thing)
        if mention.start is not None and mention.end is not None:
            out.link(node, "oa:hasTarget", self._span(mention.start, mention.end, mention.text))
        else:
            out.link(node, "oa:hasTarget", self.graph)
        if mention.certainty != "stated":
            out.link(node, "kg:certainty", vocab.iri(f"kg:certainty-{mention.certainty}"))
        self._link_reasons(node, mention.probability, mention.reasons)
        out.text(node, "kg:rule", mention.rule)

    def _remarks(self) -> None:
        out = self.out
        self.remarks(self.record.remarks)
        for n, fact in enumerate(self.record.evidence, 1):
            node = iris.part(self.graph, "evidence", n)
            out.kind(node, "oa:Annotation")
            out.link(node, "kg:about", self.about)
            out.text(node, "kg:onProperty", fact.field)
            out.text(node, "kg:rule", fact.rule)
            words = fact.words
            if fact.start is not None and fact.end is not None:
                words = words or self.record.text[fact.start : fact.end]
                out.link(node, "kg:evidence", self._span(fact.start, fact.end, words))
            else:
                self._place_in_source(node, words, fact.locator)

    def remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Doubts and side remarks about the thing described."""
        for n, remark in enumerate(remarks, 1):
            node = iris.part(self.graph, "remark", n)
            self.out.kind(node, "kg:Remark")
            self.out.link(node, "kg:about", self.about)
            self.out.text(node, "dcterms:type", remark.kind)
            self.out.text(node, "kg:onProperty", remark.property)
            self.out.text(node, "rdf:value", remark.value)
            if remark.source:
                self.out.link(node, "prov:hadPrimarySource", iris.source(remark.source))
            self.evidence(node, remark)

    def _fact(self, predicate: str, value: str, spanned: Spanned) -> None:
        """Evidence for a plain statement about the document."""
        name = predicate.partition(":")[2]
        node = iris.part(self.graph, "fact", name)
        self.out.kind(node, "oa:Annotation")
        self.out.link(node, "kg:about", self.about)
        self.out.text(node, "kg:onProperty", name)
        self.out.text(node, "rdf:value", value)
        self.evidence(node, spanned)

    def evidence(self, node: str, spanned: Spanned) -> None:
        """The words, rule, certainty and note of a fact that has a node of its own."""
        out = self.out
        if spanned.start is not None and spanned.end is not None and spanned.end > spanned.start:
            words = spanned.words or self.record.text[spanned.start : spanned.end]
            out.link(node, "kg:evidence", self._span(spanned.start, spanned.end, words))
            out.text(node, "kg:locator", spanned.locator)
        else:
            self._place_in_source(node, spanned.words, spanned.locator)
        out.text(node, "kg:rule", spanned.rule)
        if spanned.certainty != "stated":
            out.link(node, "kg:certainty", vocab.iri(f"kg:certainty-{spanned.certainty}"))
        out.text(node, "skos:note", spanned.note)

    def _place_in_source(self, node: str, words: str | None, locator: str | None) -> None:
        self.out.text(node, "oa:exact", words)
        self.out.text(node, "kg:locator", locator)

    def _span(self, start: int, end: int, words: str | None) -> str:
        """IRI of a span of the record's text (W3C Web Annotation, sections 4.2.4 and 4.2.5)."""
        node = iris.part(self.graph, "span", f"{start}-{end}")
        if node not in self._spans:
            self._spans.add(node)
            out = self.out
            out.kind(node, "oa:SpecificResource")
            out.link(node, "oa:hasSource", self.graph)
            selector = node + "/selector"
            out.link(node, "oa:hasSelector", selector)
            out.kind(selector, "oa:TextPositionSelector")
            out.typed(selector, "oa:start", start, "xsd:integer")
            out.typed(selector, "oa:end", end, "xsd:integer")
            if words:
                out.kind(selector, "oa:TextQuoteSelector")
                out.text(selector, "oa:exact", words)
        return node


def _safe(address: str) -> str:
    """An outside address with what an IRI may not hold percent-encoded."""
    return re.sub(r"[\x00-\x20<>\"{}|\\^`]", lambda m: f"%{ord(m[0]):02X}", address.strip())


def numbered(legs: tuple[Leg, ...]) -> list[tuple[Leg, int]]:
    """Legs with their number among those of equal series and index."""
    seen: dict[tuple[str, int], int] = {}
    numbered = []
    for leg in legs:
        key = (leg.series, leg.index)
        seen[key] = seen.get(key, 0) + 1
        numbered.append((leg, seen[key]))
    return numbered
