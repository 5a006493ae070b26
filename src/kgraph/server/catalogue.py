"""What is here, for harvesters: VoID, DCAT 3 and DQV with counted figures, sitemap, robots.

VoID after the W3C Interest Group Note of 2011; DCAT 3 (W3C 2024) with what the
DCAT-AP 3.0 profile demands of a catalogue, dataset, distribution and data service;
quality measurements after DQV (W3C Note of 2016).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import iris, vocab
from kgraph.server import negotiation
from kgraph.server.describe import node
from kgraph.server.negotiation import RDF
from kgraph.server.publication import Edition, Publication
from kgraph.server.resources import CC0

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DQV = "http://www.w3.org/ns/dqv#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
ADMS = "http://www.w3.org/ns/adms#"
SPDX = "http://spdx.org/rdf/terms#"
EU = "http://publications.europa.eu/resource/authority/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"void": VOID, "dcat": DCAT, "dqv": DQV, "vcard": VCARD, "hydra": HYDRA}

KINDS = {
    "person": "rico:Person", "document": "kg:Document", "event": "rico:Event",
    "place": "rico:Place", "body": "rico:CorporateBody", "archive": "rico:RecordSet",
    "publication": "dcterms:BibliographicResource", "conflict": "kg:Conflict",
}  # fmt: skip
SITEMAP_SIZE = 40_000


@dataclass(frozen=True)
class Statistics:
    """Counted figures of an edition."""

    triples: int
    subjects: int
    properties: dict[str, int]
    classes: dict[str, int]
    links: dict[str, int]  # to other data sets, by the host linked to


def statistics(edition: Edition) -> Statistics:
    """The figures of an edition, counted once and then kept with it."""
    kept: Statistics | None = edition.memo.get("statistics")
    if kept is not None:
        return kept
    store = edition.store

    def pairs(query: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for name, count in store.select(query):
            if name is not None and count is not None:
                found[str(getattr(name, "value", name))] = int(str(getattr(count, "value", 0)))
        return found

    properties = pairs("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p")
    classes = pairs("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c")
    links = pairs(
        "SELECT ?host (COUNT(*) AS ?n) { ?s owl:sameAs ?o"
        f" FILTER(isIRI(?o) && !STRSTARTS(STR(?o), '{iris.BASE}'))"
        " BIND(REPLACE(STR(?o), '^(https?://[^/]+/).*$', '$1') AS ?host) }"
        " GROUP BY ?host ORDER BY ?host"
    )
    subjects = pairs("SELECT ('all' AS ?x) (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")["all"]
    counted = Statistics(sum(properties.values()), subjects, properties, classes, links)
    edition.memo["statistics"] = counted
    return counted


def conflicts(edition: Edition) -> int:
    """Number of conflicts that the graph holds."""
    return statistics(edition).classes.get(vocab.iri("kg:Conflict"), 0)


class Describing:
    """Triples of a description, written with short names."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []

    def say(self, subject: ox.NamedNode | ox.BlankNode, predicate: str, *values: object) -> None:
        """`predicate` is a prefixed name of ours or a full IRI; strings become literals."""
        name = ox.NamedNode(predicate) if predicate.startswith("http") else node(predicate)
        for value in values:
            if isinstance(value, (ox.NamedNode, ox.BlankNode, ox.Literal)):
                self.triples.append(ox.Triple(subject, name, value))
            elif isinstance(value, int):
                self.triples.append(ox.Triple(subject, name, ox.Literal(value)))
            else:
                self.triples.append(ox.Triple(subject, name, ox.Literal(str(value), language="en")))


@dataclass
class Catalogue:
    """Handlers for the addresses at which harvesters look first."""

    publication: Publication
    title: str = "kgraph: a knowledge graph of diplomatic correspondence"

    def description(self, edition: Edition, root: str) -> list[ox.Triple]:
        """VoID, DCAT and DQV about the store, as served at `root` (ends with a slash)."""
        d = Describing()
        dataset = ox.NamedNode(root + "dataset")
        self._void(d, dataset, edition, root)
        self._dcat(d, dataset, edition, root)
        self._quality(d, dataset, edition, root)
        return d.triples

    def _void(self, d: Describing, dataset: ox.NamedNode, edition: Edition, root: str) -> None:
        figures = statistics(edition)
        d.say(dataset, "rdf:type", ox.NamedNode(VOID + "Dataset"))
        d.say(dataset, VOID + "sparqlEndpoint", ox.NamedNode(root + "sparql"))
        d.say(dataset, VOID + "uriSpace", ox.Literal(iris.THINGS))
        d.say(dataset, VOID + "dataDump", *(ox.NamedNode(root + f"dumps/kgraph.{suffix}")
                                            for suffix in ("nq.gz", "trig.gz", "nt.gz")))  # fmt: skip
        d.say(dataset, VOID + "triples", figures.triples)
        d.say(dataset, VOID + "distinctSubjects", figures.subjects)
        d.say(dataset, VOID + "properties", len(figures.properties))
        d.say(dataset, VOID + "classes", len(figures.classes))
        d.say(dataset, VOID + "entities", sum(figures.classes.get(vocab.iri(c), 0)
                                              for c in KINDS.values()))  # fmt: skip
        for namespace in vocab.prefixes().values():
            if any(name.startswith(namespace) for name in figures.properties):
                d.say(dataset, VOID + "vocabulary", ox.NamedNode(namespace))
        for suffix in ("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "TriG", "N-Quads"):
            d.say(dataset, VOID + "feature", ox.NamedNode("http://www.w3.org/ns/formats/" + suffix))
        for name, count in figures.classes.items():
            part = ox.NamedNode(f"{root}dataset/class/{iris.slug(name)}")
            d.say(dataset, VOID + "classPartition", part)
            d.say(part, VOID + "class", ox.NamedNode(name))
            d.say(part, VOID + "entities", count)
        for name, count in figures.properties.items():
            part = ox.NamedNode(f"{root}dataset/property/{iris.slug(name)}")
            d.say(dataset, VOID + "propertyPartition", part)
            d.say(part, VOID + "property", ox.NamedNode(name))
            d.say(part, VOID + "triples", count)
        for host, count in figures.links.items():
            part = ox.NamedNode(f"{root}dataset/links/{iris.slug(host)}")
            d.say(part, "rdf:type", ox.NamedNode(VOID + "Linkset"))
            d.say(part, VOID + "subjectsTarget", dataset)
            d.say(part, VOID + "objectsTarget", ox.NamedNode(host))
            d.say(part, VOID + "linkPredicate", node("owl:sameAs"))
            d.say(part, VOID + "triples", count)
            d.say(dataset, VOID + "subset", part)

    def _dcat(self, d: Describing, dataset: ox.NamedNode, edition: Edition, root: str) -> None:
        catalogue = ox.NamedNode(root + "catalogue")
        service = ox.NamedNode(root + "catalogue/sparql")
        publisher = ox.NamedNode(root + "catalogue/publisher")
        contact = ox.NamedNode(root + "catalogue/contact")
        rights = ox.NamedNode(CC0)
        changed = ox.Literal(edition.modified.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
        d.say(publisher, "rdf:type", node("foaf:Agent"))
        d.say(publisher, "foaf:name", ox.Literal("kgraph contributors"))
        d.say(contact, "rdf:type", ox.NamedNode(VCARD + "Organization"))
        d.say(contact, VCARD + "fn", ox.Literal("kgraph contributors"))
        d.say(contact, VCARD + "hasURL", ox.NamedNode(root))
        d.say(catalogue, "rdf:type", ox.NamedNode(DCAT + "Catalog"))
        for thing in (catalogue, dataset, service):
            d.say(thing, "dcterms:publisher", publisher)
            d.say(thing, "dcterms:license", rights)
        for thing in (catalogue, dataset):
            d.say(thing, "dcterms:title", self.title)
            d.say(thing, "dcterms:description", DESCRIPTION)
            d.say(thing, "dcterms:modified", changed)
            d.say(thing, "dcterms:language", ox.NamedNode(EU + "language/ENG"))
            d.say(thing, "foaf:homepage", ox.NamedNode(root))
        d.say(catalogue, DCAT + "dataset", dataset)
        d.say(catalogue, DCAT + "service", service)
        d.say(dataset, "rdf:type", ox.NamedNode(DCAT + "Dataset"))
        d.say(dataset, "dcterms:identifier", ox.Literal(str(dataset.value)))
        d.say(dataset, DCAT + "contactPoint", contact)
        d.say(dataset, DCAT + "keyword", "diplomatic correspondence", "history", "letters",
              "communication network", "Cold War")  # fmt: skip
        d.say(dataset, DCAT + "theme", ox.NamedNode(EU + "data-theme/EDUC"))
        d.say(dataset, DCAT + "version", ox.Literal(edition.tag))
        d.say(dataset, "dcterms:accessRights", ox.NamedNode(EU + "access-right/PUBLIC"))
        for suffix, media_type, file_type in (
            ("nq.gz", "application/n-quads", "RDF_N_QUADS"),
            ("trig.gz", "application/trig", "RDF_TRIG"),
            ("nt.gz", "application/n-triples", "RDF_N_TRIPLES"),
        ):
            file = ox.NamedNode(root + f"dumps/kgraph.{suffix}")
            part = ox.NamedNode(root + f"catalogue/{suffix.partition('.')[0]}")
            d.say(dataset, DCAT + "distribution", part)
            d.say(part, "rdf:type", ox.NamedNode(DCAT + "Distribution"))
            d.say(part, "dcterms:title", f"All quads as {media_type}, compressed")
            d.say(part, DCAT + "accessURL", file)
            d.say(part, DCAT + "downloadURL", file)
            d.say(part, DCAT + "mediaType", _iana(media_type))
            d.say(part, DCAT + "compressFormat", _iana("application/gzip"))
            d.say(part, "dcterms:format", ox.NamedNode(EU + f"file-type/{file_type}"))
            d.say(part, "dcterms:license", rights)
            d.say(part, "dcterms:modified", changed)
        d.say(service, "rdf:type", ox.NamedNode(DCAT + "DataService"))
        d.say(service, "dcterms:title", "SPARQL endpoint")
        d.say(service, DCAT + "endpointURL", ox.NamedNode(root + "sparql"))
        d.say(service, DCAT + "endpointDescription", ox.NamedNode(root + "sparql"))
        d.say(service, DCAT + "servesDataset", dataset)
        d.say(service, DCAT + "contactPoint", contact)
        d.say(service, "dcterms:conformsTo",
              ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/"))  # fmt: skip

    def _quality(self, d: Describing, dataset: ox.NamedNode, edition: Edition, root: str) -> None:
        manifest = edition.store.manifest
        figures = {
            "conflicts": (conflicts(edition), "conflicts between claims that the graph holds"),
            "findings": (sum(manifest.findings.values()), "findings of the build"),
        }
        for name, (value, meaning) in figures.items():
            metric = ox.NamedNode(root + f"catalogue/metric/{name}")
            measured = ox.NamedNode(root + f"catalogue/measurement/{name}")
            d.say(metric, "rdf:type", ox.NamedNode(DQV + "Metric"))
            d.say(metric, "skos:definition", meaning)
            d.say(measured, "rdf:type", ox.NamedNode(DQV + "QualityMeasurement"))
            d.say(measured, DQV + "isMeasurementOf", metric)
            d.say(measured, DQV + "computedOn", dataset)
            d.say(measured, DQV + "value", value)
            d.say(dataset, DQV + "hasQualityMeasurement", measured)

    async def answer(self, request: Request) -> Response:
        """VoID and DCAT in the RDF format that the client likes."""
        chosen = negotiation.choose(request.headers.get("accept"), RDF) or RDF[0]
        edition = self.publication.now()
        triples = self.description(edition, str(request.base_url))
        body = ox.serialize(triples, format=chosen.rdf, prefixes={**vocab.prefixes(), **PREFIXES})
        return Response(body, headers={"Content-Type": chosen.content_type, "Vary": "Accept"})

    async def robots(self, request: Request) -> Response:
        """Everything may be crawled but the endpoint, which answers questions, not crawlers."""
        root = str(request.base_url)
        lines = ["User-agent: *", "Disallow: /sparql", "Disallow: /search", "Crawl-delay: 1",
                 f"Sitemap: {root}sitemap.xml"]  # fmt: skip
        return PlainTextResponse("\n".join(lines) + "\n")

    async def sitemap(self, request: Request) -> Response:
        """The sitemap, or an index of sitemaps where there are many pages (sitemaps.org 0.9)."""
        edition = self.publication.now()
        root = str(request.base_url)
        addresses = pages(edition)
        changed = edition.modified.isoformat(timespec="seconds")
        part = request.query_params.get("part")
        if part is None and len(addresses) > SITEMAP_SIZE:
            numbers = range((len(addresses) + SITEMAP_SIZE - 1) // SITEMAP_SIZE)
            return _xml(
                "sitemapindex", "sitemap", (f"{root}sitemap.xml?part={n}" for n in numbers), changed
            )
        if part is not None:
            if not part.isdigit() or int(part) * SITEMAP_SIZE >= len(addresses):
                return PlainTextResponse("there is no such part\n", 404)
            addresses = addresses[int(part) * SITEMAP_SIZE : (int(part) + 1) * SITEMAP_SIZE]
        return _xml("urlset", "url", (root + address for address in addresses), changed)


DESCRIPTION = (
    "Documents of diplomacy with their senders, addressees, dates, copies and the way they"
    " travelled from hand to hand, the people and events in them, what each source claims,"
    " and the words that it rests on."
)


def pages(edition: Edition) -> list[str]:
    """Paths of all documents about things, without the leading slash."""
    kept: list[str] | None = edition.memo.get("pages")
    if kept is None:
        found: set[str] = set()
        for name in KINDS.values():
            query = (
                f"SELECT DISTINCT ?x {{ ?x a {name} FILTER(STRSTARTS(STR(?x), '{iris.THINGS}')) }}"
            )
            for (thing,) in edition.store.select(query):
                if isinstance(thing, ox.NamedNode):
                    found.add("doc/" + thing.value.removeprefix(iris.THINGS))
        kept = edition.memo["pages"] = ["", *sorted(found)]
    return kept


def _iana(media_type: str) -> ox.NamedNode:
    return ox.NamedNode("http://www.iana.org/assignments/media-types/" + media_type)


def _xml(outer: str, inner: str, addresses: Iterable[str], changed: str) -> Response:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']  # fmt: skip
    for address in addresses:
        lines.append(f"<{inner}><loc>{escape(address)}</loc><lastmod>{changed}</lastmod></{inner}>")
    lines.append(f"</{outer}>")
    return Response("\n".join(lines) + "\n", media_type="application/xml")
