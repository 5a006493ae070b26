"""Shapes as SPARQL find what a SHACL engine finds; references to nothing are found."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate

from kgraph.report import KgraphError
from kgraph.shapes import SH, Shapes
from kgraph.shipped import folder

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://e/> .
"""
DATA = """
e:Letter rdfs:subClassOf e:Document .
e:ann a e:Person ; e:name "Ann", "Anne" ; e:age 5 ; e:born "1900-01-01"^^xsd:date .
e:ben a e:Person ; e:age "old" ; e:name "Ben"@en, "Ben"@de, "Benn"@en .
e:cas a e:Person ; e:name 7 ; e:friend e:ann, e:ben, e:nobody ; e:age "x"^^xsd:integer .
e:one a e:Letter ; e:from e:ann ; e:to e:ben ; e:start 3 ; e:end 9 ; e:kind "letter" .
e:two a e:Letter ; e:from e:ben, e:cas ; e:to e:ben ; e:start 9 ; e:end 3 ; e:kind "telegramme" .
e:four e:from e:ann .
e:three a e:Document ; e:from "Ann" ; e:start 1 ; e:other e:one, e:ann ; e:kind 5 .
"""
SHAPES = {
    "count": "sh:path e:name ; sh:minCount 1 ; sh:maxCount 1",
    "count-two": "sh:path e:friend ; sh:minCount 2 ; sh:maxCount 2",
    "datatype": "sh:path e:name ; sh:datatype xsd:string",
    "datatype-ill-formed": "sh:path e:age ; sh:datatype xsd:integer",
    "node-kind": "sh:path e:from ; sh:nodeKind sh:IRI",
    "class": "sh:path e:friend ; sh:class e:Person",
    "subclass": "sh:path e:other ; sh:class e:Document",
    "in": 'sh:path e:kind ; sh:in ("letter" "telegram" 5)',
    "pattern": 'sh:path e:kind ; sh:pattern "^LETT" ; sh:flags "i"',
    "range": "sh:path e:age ; sh:minInclusive 6 ; sh:maxExclusive 100",
    "length": "sh:path e:name ; sh:minLength 2 ; sh:maxLength 3",
    "less-than": "sh:path e:start ; sh:lessThan e:end",
    "disjoint": "sh:path e:from ; sh:disjoint e:to",
    "equals": "sh:path e:from ; sh:equals e:to",
    "unique-lang": "sh:path e:name ; sh:uniqueLang true",
    "language-in": 'sh:path e:name ; sh:languageIn ("de" "fr")',
    "has-value": "sh:path e:from ; sh:hasValue e:ben",
    "inverse-path": "sh:path [ sh:inversePath e:from ] ; sh:maxCount 1",
    "sequence-path": "sh:path (e:from e:name) ; sh:maxCount 1",
    "alternative-path": "sh:path [ sh:alternativePath (e:from e:to) ] ; sh:maxCount 1",
    "star-path": "sh:path [ sh:zeroOrMorePath e:friend ] ; sh:class e:Person",
    "or": "sh:path e:friend ; sh:or ([ sh:nodeKind sh:Literal ] [ sh:class e:Person ])",
    "not": "sh:path e:from ; sh:not [ sh:class e:Person ]",
    "and": "sh:path e:name ; sh:and ([ sh:minLength 3 ] [ sh:datatype xsd:string ])",
    "xone": "sh:path e:name ; sh:xone ([ sh:minLength 3 ] [ sh:datatype xsd:string ])",
    "node": "sh:path e:friend ; sh:node [ sh:property [ sh:path e:age ; sh:minCount 1 ] ]",
    "nested": "sh:path e:from ; sh:property [ sh:path e:name ; sh:maxCount 1 ]",
    "qualified": "sh:path e:friend ; sh:qualifiedValueShape [ sh:class e:Person ] ; "
    "sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
}
TARGETS = {
    "person": "sh:targetClass e:Person",
    "document": "sh:targetClass e:Document",
    "subjects": "sh:targetSubjectsOf e:start",
    "objects": "sh:targetObjectsOf e:from",
    "node": "sh:targetNode e:ann",
}
NODE_SHAPES = {
    "closed": "sh:closed true ; sh:ignoredProperties (e:name) ; sh:property [ sh:path e:age ]",
    "or-of-properties": "sh:or ([ sh:property [ sh:path e:friend ; sh:minCount 1 ] ] "
    "[ sh:property [ sh:path e:age ; sh:minCount 1 ] ])",
    "sparql": 'sh:sparql [ sh:select """SELECT $this ?value WHERE { $this <http://e/from> ?value . '
    '$this <http://e/to> ?value }""" ]',
}


def by_pyshacl(data: str, shapes: str) -> set[str]:
    """Focus nodes that pyshacl finds at fault."""
    graph = rdflib.Graph().parse(data=data, format="turtle")
    _, results, _ = validate(
        graph, shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"), advanced=True
    )
    sh = rdflib.Namespace(SH)
    found = results.objects(None, sh.result)  # and not what sh:detail goes on to tell
    return {str(results.value(result, sh.focusNode)) for result in found}


def by_sparql(data: str, shapes: str) -> set[str]:
    """Focus nodes that our queries find at fault."""
    store = ox.Store()
    store.load(data, ox.RdfFormat.TURTLE)
    found = set()
    for test in Shapes(shapes).tests():
        for row in store.query(test.query):  # type: ignore[union-attr]
            found.add(getattr(row["this"], "value", ""))
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("constraint", SHAPES)
def test_a_property_shape_finds_what_pyshacl_finds(constraint: str, target: str) -> None:
    shapes = (
        f"{PREFIXES} e:S a sh:NodeShape ; {TARGETS[target]} ; "
        f"sh:property [ {SHAPES[constraint]} ] ."
    )
    expected = by_pyshacl(PREFIXES + DATA, shapes)
    if constraint == "nested":  # we name the node the shape is about, pyshacl the node it walks to
        assert bool(by_sparql(PREFIXES + DATA, shapes)) == bool(expected)
    else:
        assert by_sparql(PREFIXES + DATA, shapes) == expected


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("constraint", NODE_SHAPES)
def test_a_node_shape_finds_what_pyshacl_finds(constraint: str, target: str) -> None:
    shapes = f"{PREFIXES} e:S a sh:NodeShape ; {TARGETS[target]} ; {NODE_SHAPES[constraint]} ."
    assert by_sparql(PREFIXES + DATA, shapes) == by_pyshacl(PREFIXES + DATA, shapes)


def test_every_constraint_is_violated_by_something() -> None:
    """Otherwise the comparison above would compare nothing with nothing."""
    for constraint in SHAPES.values():
        shapes = "".join(
            f"e:S{n} a sh:NodeShape ; {target} ; sh:property [ {constraint} ] ."
            for n, target in enumerate(TARGETS.values())
        )
        assert by_sparql(PREFIXES + DATA, PREFIXES + shapes), constraint


def test_severity_message_and_deactivation_are_heeded() -> None:
    shapes = (
        PREFIXES
        + """
    e:S a sh:NodeShape ; sh:targetClass e:Person ;
      sh:property [ sh:path e:name ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "once" ] ;
      sh:property [ sh:path e:name ; sh:maxCount 0 ; sh:deactivated true ] ."""
    )
    (test,) = Shapes(shapes).tests()
    assert (test.severity, test.message) == ("warning", "once")


def test_an_unknown_constraint_is_refused() -> None:
    shapes = PREFIXES + "e:S a sh:NodeShape ; sh:targetClass e:A ; sh:memberShape e:B ."
    with pytest.raises(KgraphError, match="memberShape"):
        list(Shapes(shapes).tests())


def test_the_projects_shapes_are_all_understood() -> None:
    text = (folder("ontology") / "shapes.ttl").read_text("utf-8")
    assert len(list(Shapes(text).tests())) > 20


def test_the_projects_shapes_agree_with_pyshacl_on_broken_data() -> None:
    shapes = (folder("ontology") / "shapes.ttl").read_text("utf-8")
    ontology = (folder("ontology") / "kgraph.ttl").read_text("utf-8")
    data = ontology + (Path(__file__).parent / "broken.ttl").read_text("utf-8")
    expected = by_pyshacl(data, shapes)
    assert len(expected) >= 8
    assert by_sparql(data, shapes) == expected
