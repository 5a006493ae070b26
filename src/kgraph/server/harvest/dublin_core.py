"""A document in the fifteen elements of Dublin Core (oai_dc)."""

from __future__ import annotations

import re

import pyoxigraph as ox
from lxml import etree

from kgraph.server.publication import Edition

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ELEMENTS = """
SELECT DISTINCT ?element ?value WHERE {
  { ?x rdfs:label ?value BIND("title" AS ?element) }
  UNION { ?x rico:hasSender/rdfs:label ?value BIND("creator" AS ?element) }
  UNION { ?x dcterms:subject ?value BIND("subject" AS ?element) }
  UNION { ?x schema:mentions/rdfs:label ?value BIND("subject" AS ?element) }
  UNION { ?x kg:regest ?value BIND("description" AS ?element) }
  UNION { ?x rico:hasAddressee|kg:draftedBy|schema:translator|schema:ccRecipient ?c .
          ?c rdfs:label ?value BIND("contributor" AS ?element) }
  UNION { ?x kg:date ?value BIND("date" AS ?element) }
  UNION { ?x rico:hasDocumentaryFormType/rdfs:label ?value BIND("type" AS ?element) }
  UNION { ?x dcterms:language ?value BIND("language" AS ?element) }
  UNION { ?x ^kg:describes/prov:hadPrimarySource/rdfs:label ?value BIND("source" AS ?element) }
  UNION { ?x rico:isReplyTo|kg:encloses|dcterms:references ?value FILTER(isIRI(?value))
          BIND("relation" AS ?element) }
  UNION { ?x kg:placeFrom|kg:placeTo ?p . ?p rdfs:label ?value BIND("coverage" AS ?element) }
}"""
ORDER = ("title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
         "format", "identifier", "source", "language", "relation", "coverage", "rights")  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dublin_core(edition: Edition, iri: str) -> etree._Element:
    """An ``oai_dc:dc`` element about a document."""
    found: dict[str, set[str]] = {
        "identifier": {iri},
        "rights": {"https://creativecommons.org/publicdomain/zero/1.0/"},
        "publisher": {"kgraph"},
    }
    query = ELEMENTS.replace("?x", str(ox.NamedNode(iri)))  # ten times faster than joined values
    for element, value in edition.store.select(query):
        if element is not None and value is not None:
            name = str(getattr(element, "value", ""))
            found.setdefault(name, set()).add(str(getattr(value, "value", "")))
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name in ORDER:
        for text in sorted(found.get(name, ())):
            etree.SubElement(root, f"{{{DC}}}{name}").text = _NOT_XML.sub("", text)
    return root
