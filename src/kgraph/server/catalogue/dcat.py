"""The data set as others catalogue it: DCAT 3 with what DCAT-AP 3.0 demands, FAIR Data Point.

DCAT 3 (W3C Recommendation, 2024). The application profile's shapes ask not only for
properties but for the classes of their values (licence, language, media type ...);
since a catalogue is judged without fetching those, their classes are stated here.
"""

from __future__ import annotations

import pyoxigraph as ox

from kgraph.server.describe import CC0, node
from kgraph.server.publication import Edition

DCAT = "http://www.w3.org/ns/dcat#"
DCATAP = "http://data.europa.eu/r5r/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
ADMS = "http://purl.org/adms/"
EU = "http://publications.europa.eu/resource/authority/"
XSD = "http://www.w3.org/2001/XMLSchema#"
FDP = "https://w3id.org/fdp/fdp-o#"
LDP = "http://www.w3.org/ns/ldp#"
PREFIXES = {"dcat": DCAT, "dcatap": DCATAP, "vcard": VCARD, "fdp-o": FDP}
DUMPS = (
    ("nq.gz", "application/n-quads", "RDF_N_QUADS", "application/gzip"),
    ("trig.gz", "application/trig", "RDF_TRIG", "application/gzip"),
    ("nt.gz", "application/n-triples", "RDF_N_TRIPLES", "application/gzip"),
    ("nq.zst", "application/n-quads", "RDF_N_QUADS", "application/zstd"),
)
"""Ending, media type, EU file type and media type of the packing of each dump offered."""
DESCRIPTION = (
    "Documents of diplomacy with their senders, addressees, dates, copies and the way they"
    " travelled from hand to hand, the people and events in them, what each source claims,"
    " and the words that it rests on."
)
KEYWORDS = ("diplomatic correspondence", "history", "letters", "communication network", "Cold War")
SPARQL_PROTOCOL = "http://www.w3.org/TR/sparql11-protocol/"


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


def describe(d: Describing, dataset: ox.NamedNode, edition: Edition, root: str, title: str) -> None:
    """Catalogue, data set, distributions and services, as served at `root`."""
    changed = ox.Literal(edition.modified.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
    catalogue = ox.NamedNode(root + "catalogue")
    services = _services(d, dataset, root)
    publisher, contact = _agents(d, root)
    theme = ox.NamedNode(EU + "data-theme/EDUC")
    public = ox.NamedNode(EU + "access-right/PUBLIC")
    d.say(catalogue, "rdf:type", ox.NamedNode(DCAT + "Catalog"))
    d.say(dataset, "rdf:type", ox.NamedNode(DCAT + "Dataset"))
    for thing in (catalogue, dataset, *services):
        d.say(thing, "dcterms:publisher", publisher)
        d.say(thing, "dcterms:license", ox.NamedNode(CC0))
    for thing in (catalogue, dataset):
        d.say(thing, "dcterms:title", title)
        d.say(thing, "dcterms:description", DESCRIPTION)
        d.say(thing, "dcterms:issued", changed)
        d.say(thing, "dcterms:modified", changed)
        d.say(thing, "dcterms:language", ox.NamedNode(EU + "language/ENG"))
        d.say(thing, "foaf:homepage", ox.NamedNode(root))
        d.say(thing, "dcterms:spatial", *_area(d, edition, root))
        d.say(thing, "dcterms:temporal", _period(d, edition, root))
    for thing in (dataset, *services):
        d.say(thing, DCAT + "contactPoint", contact)
        d.say(thing, DCAT + "keyword", *KEYWORDS)
        d.say(thing, DCAT + "theme", theme)
        d.say(thing, "dcterms:accessRights", public)
    d.say(catalogue, DCAT + "themeTaxonomy", ox.NamedNode(EU + "data-theme"))
    d.say(catalogue, DCAT + "dataset", dataset)
    d.say(catalogue, DCAT + "service", *services)
    d.say(dataset, DCAT + "landingPage", ox.NamedNode(root))
    d.say(dataset, "dcterms:identifier", ox.Literal(str(dataset.value)))
    d.say(dataset, DCAT + "version", ox.Literal(edition.tag))
    d.say(dataset, "dcterms:accrualPeriodicity", ox.NamedNode(EU + "frequency/IRREG"))
    d.say(dataset, "dcterms:provenance", _provenance(d, root))
    for dump in DUMPS:
        _distribution(d, dataset, edition, root, *dump)
    _classes(d, root)


def _agents(d: Describing, root: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    publisher = ox.NamedNode(root + "catalogue/publisher")
    contact = ox.NamedNode(root + "catalogue/contact")
    d.say(publisher, "rdf:type", node("foaf:Agent"))
    d.say(publisher, "foaf:name", ox.Literal("kgraph contributors"))
    kind = ox.NamedNode(ADMS + "publishertype/NonProfitOrganisation")
    d.say(publisher, "dcterms:type", kind)
    d.say(contact, "rdf:type", ox.NamedNode(VCARD + "Kind"), ox.NamedNode(VCARD + "Organization"))
    d.say(contact, VCARD + "fn", ox.Literal("kgraph contributors"))
    d.say(contact, VCARD + "hasURL", ox.NamedNode(root))
    return publisher, contact


def _period(d: Describing, edition: Edition, root: str) -> ox.NamedNode:
    """From the first to the last day of a document that has one."""
    period = ox.NamedNode(root + "catalogue/period")
    d.say(period, "rdf:type", node("dcterms:PeriodOfTime"))
    first, last = span(edition)
    day = ox.NamedNode(XSD + "date")
    if first:
        d.say(period, DCAT + "startDate", ox.Literal(first, datatype=day))
    if last:
        d.say(period, DCAT + "endDate", ox.Literal(last, datatype=day))
    return period


def _area(d: Describing, edition: Edition, root: str) -> list[ox.NamedNode]:
    """The box around the places that have coordinates, and its middle, as WKT."""
    rows = edition.store.select(
        "SELECT (MIN(?y) AS ?s) (MAX(?y) AS ?n) (MIN(?x) AS ?w) (MAX(?x) AS ?e)"
        " { ?p geo:lat ?y ; geo:long ?x }"
    )
    found = [getattr(term, "value", None) for term in next(iter(rows), ())]
    if len(found) != 4 or None in found:
        return []
    south, north, west, east = (float(str(number)) for number in found)
    area = ox.NamedNode(root + "catalogue/area")
    wkt = ox.NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")
    box = f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    middle = f"POINT({(west + east) / 2:.4f} {(south + north) / 2:.4f})"
    d.say(area, "rdf:type", node("dcterms:Location"))
    d.say(area, DCAT + "bbox", ox.Literal(box, datatype=wkt))
    d.say(area, DCAT + "centroid", ox.Literal(middle, datatype=wkt))
    return [area]


def span(edition: Edition) -> tuple[str, str]:
    """First and last day of the documents; empty strings where none is dated."""
    kept: tuple[str, str] | None = edition.memo.get("span")
    if kept is None:
        rows = edition.store.select(
            "SELECT (MIN(?e) AS ?a) (MAX(?l) AS ?b) { ?d a kg:Document ; kg:earliest ?e ;"
            " kg:latest ?l ; kg:survivalStatus kg:status-extant }"
        )
        first, last = next(iter(rows), (None, None))
        kept = (str(getattr(first, "value", ""))[:10], str(getattr(last, "value", ""))[:10])
        edition.memo["span"] = kept
    return kept


def _provenance(d: Describing, root: str) -> ox.NamedNode:
    statement = ox.NamedNode(root + "catalogue/provenance")
    d.say(statement, "rdf:type", node("dcterms:ProvenanceStatement"))
    d.say(statement, "rdfs:label",
          "Every record of a source is a named graph; its source is named by prov:hadPrimarySource.")  # fmt: skip
    return statement


def _distribution(
    d: Describing,
    dataset: ox.NamedNode,
    edition: Edition,
    root: str,
    suffix: str,
    media_type: str,
    file_type: str,
    packing: str,
) -> None:
    file = ox.NamedNode(root + f"dumps/kgraph.{suffix}")
    part = ox.NamedNode(root + f"catalogue/{suffix.replace('.', '-')}")
    changed = ox.Literal(edition.modified.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
    d.say(dataset, DCAT + "distribution", part)
    d.say(part, "rdf:type", ox.NamedNode(DCAT + "Distribution"))
    d.say(part, "dcterms:title", f"All statements as {media_type}, compressed")
    d.say(part, "dcterms:description",
          f"The whole graph in one file; {file.value}.sha256 is its checksum.")  # fmt: skip
    d.say(part, DCAT + "accessURL", file)
    d.say(part, DCAT + "downloadURL", file)
    d.say(part, DCAT + "mediaType", _iana(d, media_type))
    d.say(part, DCAT + "compressFormat", _iana(d, packing))
    format_ = ox.NamedNode(EU + f"file-type/{file_type}")
    d.say(format_, "rdf:type", node("dcterms:MediaTypeOrExtent"))
    d.say(part, "dcterms:format", format_)
    d.say(part, "dcterms:license", ox.NamedNode(CC0))
    d.say(part, "dcterms:issued", changed)
    d.say(part, "dcterms:modified", changed)
    d.say(part, "dcterms:language", ox.NamedNode(EU + "language/ENG"))
    d.say(part, DCATAP + "availability", ox.NamedNode(EU + "planned-availability/STABLE"))
    d.say(file, "rdf:type", node("rdfs:Resource"))


def _services(d: Describing, dataset: ox.NamedNode, root: str) -> list[ox.NamedNode]:
    """The ways to ask and to harvest."""
    services = []
    for name, title, path, standard in (
        ("sparql", "SPARQL 1.1 endpoint", "sparql", SPARQL_PROTOCOL),
        ("fragments", "Triple Pattern Fragments", "fragments",
         "https://linkeddatafragments.org/specification/triple-pattern-fragments/"),
        ("oai", "OAI-PMH 2.0 repository of letters", "oai",
         "http://www.openarchives.org/OAI/openarchivesprotocol.html"),
        ("ldes", "Linked Data Event Stream of versions", "ldes",
         "https://w3id.org/ldes/specification"),
    ):  # fmt: skip
        service = ox.NamedNode(root + "catalogue/" + name)
        address = ox.NamedNode(root + path)
        d.say(service, "rdf:type", ox.NamedNode(DCAT + "DataService"))
        d.say(service, "dcterms:title", title)
        d.say(service, "dcterms:description", f"{title} over all of the data set.")
        d.say(service, DCAT + "endpointURL", address)
        d.say(service, DCAT + "endpointDescription", address)
        d.say(service, DCAT + "servesDataset", dataset)
        d.say(service, "dcterms:conformsTo", ox.NamedNode(standard))
        d.say(service, "foaf:page", ox.NamedNode(root + "about"))
        d.say(ox.NamedNode(standard), "rdf:type", node("dcterms:Standard"))
        d.say(address, "rdf:type", node("rdfs:Resource"))
        services.append(service)
    return services


def _iana(d: Describing, media_type: str) -> ox.NamedNode:
    found = ox.NamedNode("http://www.iana.org/assignments/media-types/" + media_type)
    d.say(found, "rdf:type", node("dcterms:MediaType"))
    return found


def _classes(d: Describing, root: str) -> None:
    """Classes of the values of others that the description points to."""
    for name, kind in (
        (CC0, "dcterms:LicenseDocument"),
        (EU + "language/ENG", "dcterms:LinguisticSystem"),
        (EU + "access-right/PUBLIC", "dcterms:RightsStatement"),
        (EU + "frequency/IRREG", "dcterms:Frequency"),
        (EU + "data-theme", "skos:ConceptScheme"),
        (root, "foaf:Document"),
        (root + "about", "foaf:Document"),
    ):
        d.say(ox.NamedNode(name), "rdf:type", node(kind))
    d.say(ox.NamedNode(EU + "data-theme"), "dcterms:title", "Data theme")
    d.say(ox.NamedNode(CC0), "dcterms:type", ox.NamedNode(ADMS + "licencetype/PublicDomain"))
    for concept, scheme, label in (
        (EU + "data-theme/EDUC", EU + "data-theme", "Education, culture and sport"),
        (EU + "planned-availability/STABLE", EU + "planned-availability", "stable"),
        (EU + "access-right/PUBLIC", EU + "access-right", "public"),
        (EU + "language/ENG", EU + "language", "English"),
        (EU + "frequency/IRREG", EU + "frequency", "irregular"),
        (EU + "file-type/RDF_N_QUADS", EU + "file-type", "RDF N-Quads"),
        (EU + "file-type/RDF_N_TRIPLES", EU + "file-type", "RDF N-Triples"),
        (EU + "file-type/RDF_TRIG", EU + "file-type", "RDF TriG"),
        (ADMS + "licencetype/PublicDomain", ADMS + "licencetype/1.0", "public domain"),
        (ADMS + "publishertype/NonProfitOrganisation", ADMS + "publishertype/1.0",
         "non-profit organisation"),
    ):  # fmt: skip
        d.say(ox.NamedNode(concept), "rdf:type", node("skos:Concept"))
        d.say(ox.NamedNode(concept), "skos:prefLabel", label)
        d.say(ox.NamedNode(concept), "skos:inScheme", ox.NamedNode(scheme))


def data_point(edition: Edition, root: str, title: str) -> list[ox.Triple]:
    """The FAIR Data Point at ``/fdp``: metadata about the metadata, and the way to the catalogue.

    After the FAIR Data Point specification 1.2: a metadata service with an identifier,
    times of issue and change, and an LDP container that holds the catalogue.
    """
    d = Describing()
    point = ox.NamedNode(root + "fdp")
    catalogue = ox.NamedNode(root + "catalogue")
    changed = ox.Literal(edition.modified.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
    publisher, contact = _agents(d, root)
    for kind in (FDP + "FAIRDataPoint", FDP + "MetadataService", DCAT + "DataService"):
        d.say(point, "rdf:type", ox.NamedNode(kind))
    d.say(point, "dcterms:title", title)
    d.say(point, "rdfs:label", title)
    d.say(point, "dcterms:description", DESCRIPTION)
    d.say(point, "dcterms:publisher", publisher)
    d.say(point, "dcterms:license", ox.NamedNode(CC0))
    d.say(point, "dcterms:language", ox.NamedNode(EU + "language/ENG"))
    d.say(point, "dcterms:conformsTo", ox.NamedNode("https://specs.fairdatapoint.org/"))
    d.say(point, DCAT + "contactPoint", contact)
    d.say(point, DCAT + "endpointURL", point)
    d.say(point, FDP + "metadataIdentifier", point)
    d.say(point, FDP + "metadataIssued", changed)
    d.say(point, FDP + "metadataModified", changed)
    d.say(point, FDP + "metadataCatalog", catalogue)
    container = ox.NamedNode(root + "fdp/catalogues")
    d.say(container, "rdf:type", ox.NamedNode(LDP + "DirectContainer"))
    d.say(container, "dcterms:title", "Catalogues")
    d.say(container, LDP + "membershipResource", point)
    d.say(container, LDP + "hasMemberRelation", ox.NamedNode(FDP + "metadataCatalog"))
    d.say(container, LDP + "contains", catalogue)
    return d.triples
