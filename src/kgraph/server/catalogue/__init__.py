"""What is here, for harvesters: VoID, DCAT 3 and DQV with counted figures, sitemap, robots.

VoID after the W3C Interest Group Note of 2011; DCAT 3 (W3C 2024) with what the
DCAT-AP 3.0 profile demands of a catalogue, dataset, distribution and data service;
quality measurements after DQV (W3C Note of 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from xml.sax.saxutils import escape

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph import __version__, iris, vocab
from kgraph.accuracy.measured import measured as measured_accuracy
from kgraph.server import kept, negotiation
from kgraph.server.catalogue import dcat
from kgraph.server.catalogue.dcat import XSD, Describing
from kgraph.server.describe import node
from kgraph.server.negotiation import HTML, RDF
from kgraph.server.publication import Edition, Publication

VOID = "http://rdfs.org/ns/void#"
DQV = "http://www.w3.org/ns/dqv#"
PREFIXES = {"void": VOID, "dqv": DQV, **dcat.PREFIXES}

KINDS = {
    "person": "rico:Person", "document": "kg:Document", "event": "rico:Event",
    "place": "rico:Place", "body": "rico:CorporateBody", "archive": "rico:RecordSet",
    "publication": "dcterms:BibliographicResource", "conflict": "kg:Conflict",
}  # fmt: skip
SITEMAP_SIZE = 40_000
STATISTICS = f"statistics-{__version__}"


@dataclass(frozen=True)
class Statistics:
    """Counted figures of an edition."""

    triples: int
    subjects: int
    properties: dict[str, int]
    classes: dict[str, int]
    links: dict[str, int]  # to other data sets, by the host linked to
    of_parts: tuple[str, ...] = ()  # properties that only parts of things have (legs, mentions)

    @property
    def of_things(self) -> list[str]:
        """Properties that other things have."""
        return [name for name in self.properties if name not in self.of_parts]


def statistics(edition: Edition) -> Statistics:
    """The figures of an edition, counted once and then kept with it, and beside its
    generation where that can be written: counting takes a minute for 16 million quads."""
    found: Statistics | None = edition.memo.get("figures")
    if found is None:
        told = kept.value(edition, STATISTICS, lambda: asdict(_counted(edition)))
        found = edition.memo["figures"] = Statistics(
            **{**told, "of_parts": tuple(told.get("of_parts", ()))}
        )
    return found


def counted(edition: Edition) -> bool:
    """Whether the figures of an edition are counted already."""
    return "figures" in edition.memo or kept.there(edition, STATISTICS)


def _counted(edition: Edition) -> Statistics:
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
    of_parts = tuple(
        name
        for name in properties
        if not store.query(
            f"ASK {{ ?s <{name}> ?o FILTER(isIRI(?s) && !CONTAINS(STR(?s), '{iris.PART}')) }}"
        )
    )
    subjects = pairs("SELECT ('all' AS ?x) (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")["all"]
    return Statistics(sum(properties.values()), subjects, properties, classes, links, of_parts)


def conflicts(edition: Edition) -> int:
    """Number of conflicts that the graph holds."""
    return statistics(edition).classes.get(vocab.iri("kg:Conflict"), 0)


def figures_of_quality(edition: Edition) -> dict[str, tuple[int, str]]:
    """What is counted of the quality of the data: name -> (value, meaning)."""
    manifest = edition.store.manifest
    return {
        "conflicts": (conflicts(edition), "conflicts between claims that the graph holds"),
        "findings": (sum(manifest.findings.values()), "findings of the build"),
        "records": (manifest.records, "records of sources, each a named graph of its own"),
        "faults": (len(manifest.faults), "statements that break a shape of the ontology"),
    }


PAGES = ("/dataset", "/catalogue", "/.well-known/void")
"""Addresses that have a page for browsers."""


@dataclass
class Catalogue:
    """Handlers for the addresses at which harvesters look first."""

    publication: Publication
    title: str = "kgraph: a knowledge graph of diplomatic correspondence"
    page: Callable[[Request, Edition, str], Response] | None = None  # what a browser gets

    def description(self, edition: Edition, root: str) -> list[ox.Triple]:
        """VoID, DCAT and DQV about the store, as served at `root` (ends with a slash)."""
        d = Describing()
        dataset = ox.NamedNode(root + "dataset")
        self._void(d, dataset, edition, root)
        dcat.describe(d, dataset, edition, root, self.title)
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

    def _quality(self, d: Describing, dataset: ox.NamedNode, edition: Edition, root: str) -> None:
        """Data Quality Vocabulary: what is measured, and the measured values."""
        figures = figures_of_quality(edition)
        dimension = ox.NamedNode(root + "catalogue/dimension/consistency")
        d.say(dimension, "rdf:type", ox.NamedNode(DQV + "Dimension"))
        d.say(dimension, "skos:prefLabel", "Consistency")
        for name, (value, meaning) in figures.items():
            metric = ox.NamedNode(root + f"catalogue/metric/{name}")
            measured = ox.NamedNode(root + f"catalogue/measurement/{name}")
            d.say(metric, "rdf:type", ox.NamedNode(DQV + "Metric"))
            d.say(metric, "skos:definition", meaning)
            d.say(metric, DQV + "inDimension", dimension)
            d.say(metric, DQV + "expectedDataType", ox.NamedNode(XSD + "integer"))
            d.say(measured, "rdf:type", ox.NamedNode(DQV + "QualityMeasurement"))
            d.say(measured, DQV + "isMeasurementOf", metric)
            d.say(measured, DQV + "computedOn", dataset)
            d.say(measured, DQV + "value", value)
            d.say(dataset, DQV + "hasQualityMeasurement", measured)
        self._accuracy(d, root)

    def _accuracy(self, d: Describing, root: str) -> None:
        """How well the readers read, against gold: of the program that reads, not of this store."""
        reader = ox.NamedNode(root + "catalogue/reader")
        dimension = ox.NamedNode(root + "catalogue/dimension/accuracy")
        metric = ox.NamedNode(root + "catalogue/metric/f1")
        d.say(reader, "rdf:type", node("prov:SoftwareAgent"))
        d.say(reader, "rdfs:label", f"The readers of kgraph {__version__}")
        d.say(dimension, "rdf:type", ox.NamedNode(DQV + "Dimension"))
        d.say(dimension, "skos:prefLabel", "Accuracy of reading")
        d.say(metric, "rdf:type", ox.NamedNode(DQV + "Metric"))
        d.say(
            metric, "skos:definition", "F1, the harmonic mean of precision and recall, against gold"
        )
        d.say(metric, DQV + "inDimension", dimension)
        d.say(metric, DQV + "expectedDataType", ox.NamedNode(XSD + "decimal"))
        for number, (part, score) in enumerate(measured_accuracy(), 1):
            if score.f1 is None:
                continue
            one = ox.NamedNode(root + f"catalogue/measurement/f1-{number}")
            value = ox.Literal(f"{score.f1:.3f}", datatype=ox.NamedNode(XSD + "decimal"))
            d.say(one, "rdf:type", ox.NamedNode(DQV + "QualityMeasurement"))
            d.say(one, DQV + "isMeasurementOf", metric)
            d.say(one, DQV + "computedOn", reader)
            d.say(one, DQV + "value", value)
            d.say(one, "rdfs:label", f"{score.relation} ({part}), {score.documents:,} rows of gold")

    async def answer(self, request: Request) -> Response:
        """VoID and DCAT, or the FAIR Data Point, in the RDF format that the client likes or
        that ``?format=`` names; the page about the data set for browsers."""
        path = request.url.path
        offered = (*RDF, HTML) if self.page and path in PAGES else RDF
        suffix = request.query_params.get("format")
        named = next((r for r in offered if r.suffix == suffix), None)
        chosen = named or negotiation.choose(request.headers.get("accept"), offered)
        if chosen is None or (suffix and named is None):
            kinds = ", ".join(r.media_type for r in offered)
            status = 400 if suffix else 406
            return PlainTextResponse(
                f"the catalogue can be had as: {kinds}\n", status, {"Vary": "Accept"}
            )
        edition = self.publication.now()
        if chosen is HTML and self.page is not None:
            return await run_in_threadpool(self.page, request, edition, self.title)
        root = str(request.base_url)
        if request.url.path.startswith("/fdp"):
            triples = dcat.data_point(edition, root, self.title)
        else:
            triples = await run_in_threadpool(self.description, edition, root)
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
        return await run_in_threadpool(self._sitemap, request)

    def _sitemap(self, request: Request) -> Response:
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


def pages(edition: Edition) -> list[str]:
    """Paths of all documents about things, without the leading slash."""
    found: list[str] = kept.value(edition, "pages-1", lambda: _pages(edition))
    return found


def _pages(edition: Edition) -> list[str]:
    found: set[str] = set()
    for name in KINDS.values():
        query = f"SELECT DISTINCT ?x {{ ?x a {name} FILTER(STRSTARTS(STR(?x), '{iris.THINGS}')) }}"
        for (thing,) in edition.store.select(query):
            if isinstance(thing, ox.NamedNode):
                found.add("doc/" + thing.value.removeprefix(iris.THINGS))
    return ["", *sorted(found)]


def _xml(outer: str, inner: str, addresses: Iterable[str], changed: str) -> Response:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']  # fmt: skip
    for address in addresses:
        lines.append(f"<{inner}><loc>{escape(address)}</loc><lastmod>{changed}</lastmod></{inner}>")
    lines.append(f"</{outer}>")
    return Response("\n".join(lines) + "\n", media_type="application/xml")
