"""Persons, bodies, places, archives, publications, sources -> the authority graph."""

from __future__ import annotations

from kgraph import iris
from kgraph.mapping.context import CLASS_OF_KIND
from kgraph.mapping.statements import Statements
from kgraph.model import Abbreviation, Archive, Body, Person, PlaceEntry, Publication, SourceEntry

Entry = Person | Body | PlaceEntry | Archive | Publication

_SAME_AS = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "viaf": "http://viaf.org/viaf/{}",
    "gnd": "https://d-nb.info/gnd/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
_KINSHIP = {
    "spouse-of": "kg:spouseOf",
    "sibling-of": "kg:siblingOf",
    "child-of": "kg:childOf",
    "member-of": "schema:memberOf",
}


def entry_lines(entry: Entry) -> list[str]:
    """Lines about one authority entry."""
    out = Statements(iris.AUTHORITIES)
    iri = iris.thing(entry.id)
    out.text(iri, "rdfs:label", entry.label)
    out.text(iri, "kg:localId", entry.id)
    for variant in entry.variants:
        if variant != entry.label:
            out.text(iri, "skos:altLabel", variant)
    for authority, number in sorted(entry.identifiers.items()):
        if authority in _SAME_AS:
            out.link(iri, "owl:sameAs", _SAME_AS[authority].format(number))
        out.text(iri, "dcterms:identifier", f"{authority}:{number}")
    out.text(iri, "skos:note", entry.note)
    if isinstance(entry, Person):
        _person(out, iri, entry)
    elif isinstance(entry, Body):
        out.kind(iri, CLASS_OF_KIND[entry.kind])
        out.text(iri, "kg:side", entry.side)
        _within(out, iri, "rico:isOrWasSubordinateTo", entry.within)
        _within(out, iri, "rico:hasOrHadLocation", entry.place)
    elif isinstance(entry, PlaceEntry):
        out.kind(iri, "rico:Place")
        _within(out, iri, "schema:containedInPlace", entry.within)
        out.typed(iri, "geo:lat", entry.lat, "xsd:decimal")
        out.typed(iri, "geo:long", entry.lon, "xsd:decimal")
    elif isinstance(entry, Archive):
        out.kind(iri, "rico:RecordSet")
        out.text(iri, "kg:shelfmark", entry.shelfmark)
        out.text(iri, "dcterms:type", entry.kind)
        _within(out, iri, "rico:hasOrHadHolder", entry.holder)
        _within(out, iri, "rico:isOrWasIncludedIn", entry.within)
    else:
        out.kind(iri, "dcterms:BibliographicResource")
        out.text(iri, "dcterms:type", entry.kind)
        out.text(iri, "dcterms:issued", entry.date)
        _within(out, iri, "dcterms:isPartOf", entry.within)
        for author in entry.authors:
            if "/" in author:
                out.link(iri, "dcterms:creator", iris.thing(author))
            else:
                out.text(iri, "dc:creator", author)
    return out.lines


def _person(out: Statements, iri: str, person: Person) -> None:
    out.kind(iri, "rico:Person")
    out.text(iri, "kg:side", person.side)
    out.text(iri, "schema:gender", person.gender)
    out.text(iri, "dcterms:type", None if person.kind == "person" else person.kind)
    out.text(iri, "rico:birthDate", person.born)
    out.text(iri, "rico:deathDate", person.died)
    out.text(iri, "schema:alternateName", person.sort)
    for n, office in enumerate(person.offices, 1):
        node = iris.part(iri, "office", n)
        out.kind(node, "rico:PositionHoldingRelation")
        out.link(node, "rico:relationHasSource", iri)
        position = office.id or f"position/{iris.slug(office.title)}"
        out.link(node, "rico:relationHasTarget", iris.thing(position))
        out.kind(iris.thing(position), "rico:Position")
        out.text(iris.thing(position), "rdfs:label", office.title)
        out.text(node, "rdfs:label", office.title)
        out.text(node, "rico:beginningDate", office.from_)
        out.text(node, "rico:endDate", office.to)
        out.text(node, "dcterms:source", office.source)
        if office.body and "/" in office.body:
            out.link(iris.thing(position), "rico:existsOrExistedIn", iris.thing(office.body))
    for relation in person.relations:
        if relation.type in _KINSHIP:
            out.link(iri, _KINSHIP[relation.type], iris.thing(relation.target))
    for relation in person.same_as_probably:
        out.link(iri, "kg:probablySame", iris.thing(relation.target))


def _within(out: Statements, iri: str, predicate: str, local_id: str | None) -> None:
    if local_id:
        out.link(iri, predicate, iris.thing(local_id))


def abbreviation_lines(entry: Abbreviation) -> list[str]:
    """Lines about a short form: its source's list as a concept scheme, and what it means there."""
    out = Statements(iris.AUTHORITIES)
    iri, scheme = iris.thing(entry.id), iris.thing(entry.id.rpartition("/")[0])
    out.kind(iri, "skos:Concept")
    out.text(iri, "rdfs:label", entry.short)
    out.text(iri, "kg:localId", entry.id)
    out.text(iri, "skos:notation", entry.short)
    out.text(iri, "skos:definition", entry.meaning)
    _within(out, iri, "schema:about", entry.denotes)
    out.link(iri, "skos:inScheme", scheme)
    out.kind(scheme, "skos:ConceptScheme")
    out.text(scheme, "rdfs:label", f"Abbreviations of {entry.id.split('/')[1]}")
    return out.lines


def source_lines(entry: SourceEntry) -> list[str]:
    """Lines about a source: what it is, who made it, under which rights."""
    out = Statements(iris.AUTHORITIES)
    iri = iris.source(entry.id)
    out.kind(iri, "kg:Source")
    out.text(iri, "rdfs:label", entry.title)
    out.text(iri, "kg:localId", f"source/{entry.id}")
    out.text(iri, "dcterms:type", entry.kind)
    for creator in entry.creators:
        out.text(iri, "dc:creator", creator)
    out.text(iri, "dc:publisher", entry.publisher)
    out.text(iri, "dcterms:issued", entry.date)
    out.text(iri, "dc:rights", entry.rights)
    if entry.license and entry.license.startswith("http"):
        out.link(iri, "dcterms:license", entry.license)
    else:
        out.text(iri, "dc:rights", entry.license)
    out.text(iri, "schema:url", entry.url)
    out.text(iri, "dcterms:provenance", entry.how_to_get)
    for name in entry.files:
        out.text(iri, "kg:sourceFile", name)
    for whole in ((entry.part_of,) if entry.part_of else ()) + entry.collections:
        out.link(iri, "dcterms:isPartOf", iris.source(whole))
    out.text(iri, "skos:note", entry.note)
    return out.lines
